import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { FakeSession } from '../gallery/fake_session.ts';
import { parseFtl } from '../gallery/ftl.ts';
import { NOW, OWN } from '../gallery/samples.ts';
import { STATES } from '../gallery/states.ts';
import { TOOLS } from '../src/tools/registry.ts';
import { Guide } from '../src/view/guide.tsx';
import { Hearth } from '../src/view/hearth.tsx';
import { HereContext } from '../src/view/here.tsx';
import { wordsFrom } from '../src/words.ts';

const words = wordsFrom(parseFtl(readFileSync(join(import.meta.dirname, '../../content/locales/en/room.ftl'), 'utf8')), 'en');

function shown(name: string, part: 'hearth' | 'guide' = 'hearth'): string {
  const { room } = (STATES[name] ?? (() => { throw new Error(name); }))();
  if (!room.view) throw new Error('no view');
  const here = {
    session: new FakeSession(room, OWN, NOW),
    words,
    view: room.view,
    room,
    own: OWN,
    crisis: [],
    practice: {},
    ask: () => Promise.resolve(true),
    tell: () => undefined,
  };
  const html = renderToStaticMarkup(<HereContext value={here}>{part === 'hearth' ? <Hearth /> : <Guide end={() => undefined} />}</HereContext>);
  return html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').replaceAll('&#x27;', "'");
}

describe('the hearth', () => {
  it('shows one thing: closing, then go-round, check-in, prompt, phase', () => {
    expect(TOOLS.map((tool) => tool.name)).toEqual(['closing', 'go_round', 'check_in', 'prompt', 'hands', 'chat']);
    expect(shown('member-11')).toContain('Name one moment this week');
    expect(shown('member-prompt')).toContain('What would you say to a friend');
    expect(shown('member-2')).toContain('It is good that you are here.');
    expect(shown('ended')).toContain('The session has ended');
  });

  it('offers the beginning to facilitators only', () => {
    expect(shown('lead-before')).toContain('Begin the session');
    expect(shown('member-before')).not.toContain('Begin the session');
  });

  it('says kindly that no facilitator is here', () => expect(shown('member-no-leader')).toContain('Your facilitator is not here at the moment'));
});

describe('check-in', () => {
  it('asks, and always lets one pass', () => {
    expect(shown('member-check-in')).toMatch(/How are you right now\?.*Something on my mind.*Facilitators only.*Pass/);
  });
  it('shows what was shared once one has answered, and no numbers of others', () => {
    const text = shown('member-checked-in');
    expect(text).toMatch(/Thank you for checking in.*hopeful.*Change my check-in/);
    expect(text).not.toContain('mood');
  });
  it('shows facilitators everything, marked where it is for them only', () => {
    expect(shown('lead-check-in', 'guide')).toMatch(/Priya mood 2 flat.*for facilitators only.*Noor passed/);
    expect(shown('lead-check-in')).toContain('You passed, and that is fine');
  });
});

describe('go-round', () => {
  it('has pass and later before and during one’s turn, and done only during it', () => {
    expect(shown('member-round-mine')).toMatch(/it is your turn.*I am done Pass Come back to me/);
    const had = shown('member-round');
    expect(had).toContain('Another turn for me');
    expect(had).not.toContain('I am done');
  });
  it('shows seconds to facilitators only', () => {
    expect(shown('lead-11')).toMatch(/Theo has the floor · 1:10.*One more minute Move on End the go-round/);
    expect(shown('member-round')).not.toContain('1:10');
  });
});

describe('hands, closing and the guide', () => {
  it('puts the quiet ones first in the line of hands', () => expect(shown('lead-11', 'guide')).toMatch(/Hands.*Theo Hand 2 Take Lucía Hand 1 Take/));
  it('has one suggestion, with whether the person wants to be asked', () => {
    expect(shown('lead-suggestion', 'guide')).toContain('Priya has been quiet for 14 minutes. They would be glad to be asked. Not now');
  });
  it('closes with takeaways first', () => expect(shown('member-closing')).toMatch(/Takeaways Homework How it was What do we take with us\? Theo The wave/));
  it('lays the suggested homework ready', () => expect(shown('lead-closing', 'guide')).toMatch(/Every member here.*Log three urges.*Give it.*Call your brother once Take back/));
  it('leads through the agenda', () => expect(shown('lead-11', 'guide')).toMatch(/Next: Discuss, 25 min.*Go on to Discuss 5 more minutes One phase back End the session/));
});
