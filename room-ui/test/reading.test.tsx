import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { FakeSession } from '../gallery/fake_session.ts';
import { ARTICLE, told, WORKSHEET } from '../gallery/readings.ts';
import { NOW, OWN } from '../gallery/samples.ts';
import { STATES } from '../gallery/states.ts';
import { Reading, Shown } from '../src/tools/reading/index.tsx';
import { Leaving, Left } from '../src/tools/reading/left.tsx';
import { pageOf } from '../src/tools/reading/sheet.tsx';
import { HereContext } from '../src/view/here.tsx';
import { shown, words } from './shown.tsx';

/** What stands in the hearth once the words are there. */
function read(name: string, part: number, prepare: (session: FakeSession) => void = () => undefined): string {
  const { room } = STATES[name]!();
  const view = room.view!;
  const session = new FakeSession(room, OWN, NOW);
  prepare(session);
  const open = { ...view.tools.reading!, part };
  const here = { session, words, view, room, own: OWN, crisis: [], practice: {}, ask: () => Promise.resolve(true), tell: () => undefined };
  return renderToStaticMarkup(<HereContext value={here}><Reading open={open} told={told(open.item, view.you.part === 'member')!} /></HereContext>);
}

const text = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('what is read together', () => {
  it('marks where the group is, in words, and once', () => {
    const html = read('member-reading', 1);
    expect(html.match(/aria-current="true"/g)).toHaveLength(1);
    expect(text(html)).toMatch(/We are at: Why a word helps.*Most of us were never.*We are here Why a word helps When people put a feeling into one plain word .*When no word comes.*Sources Lieberman/);
    expect(html).toContain('<strong>one plain word</strong>');
    expect(text(read('member-reading', 0))).toContain('We are at: The beginning');
    expect(text(read('member-reading', 60)), 'a language with fewer headings').toContain('We are here When no word comes');
  });

  it('lets leaders say where we are, and members take it along', () => {
    const [lead, member] = [text(read('lead-reading', 1)), text(read('member-reading', 1))];
    expect(lead).toMatch(/Where we are The beginning Why a word helps When no word comes Back Next Put it away/);
    expect(lead).not.toContain('Take it along');
    expect(member).toContain('Take it along');
    expect(member).not.toContain('Put it away');
  });

  it('gives room to write to members alone, and says who sees it', () => {
    const html = read('member-worksheet', 1);
    expect(text(html)).toMatch(/Only you see what you write here.*1\. My half hour for worries.*We are here 2\. Worries that came today.*Keep this for yourself/);
    expect([html.match(/<textarea/g)?.length, html.match(/<input[^>]*type="text"/g)?.length, html.match(/type="radio"/g)?.length]).toEqual([1, 5, 11]);
    const lead = read('lead-worksheet', 1);
    expect(text(lead)).toMatch(/Members can write beside each question\. Only they see/);
    expect(lead).not.toMatch(/<textarea|type="radio"|Keep this/);
  });

  it('has what was typed when it is shown again, and says that it is not kept', () => {
    const html = read('member-worksheet', 0, ({ library }) => library.sheets.write('the-worry-slip', pageOf(WORKSHEET), 'answer-0', 'Half past five'));
    expect(html).toContain('value="Half past five"');
    expect(text(html)).toContain('Not kept yet. It is on this device alone.');
  });

  it('says kindly that something is not open, once the library has said so, and shows the title meanwhile', () => {
    expect(shown('member-reading-closed')).toMatch(/Not answering the urge The words are coming/);
    const { room } = STATES['member-reading-closed']!();
    const view = room.view!;
    const here = { session: new FakeSession(room, OWN, NOW), words, view, room, own: OWN, crisis: [], practice: {}, ask: () => Promise.resolve(true), tell: () => undefined };
    const as = (told: 'closed' | false) => text(renderToStaticMarkup(<HereContext value={here}><Shown open={view.tools.reading!} told={told} again={() => undefined} /></HereContext>));
    expect(as('closed')).toMatch(/Not answering the urge This one is not open to you\./);
    expect(as(false)).toContain(words.say('room-slides-again'));
    expect(as(false)).not.toContain('not open to you');
  });

  it('has no way into the page but as words', () => {
    const evil = { words: '<img src=x onerror=alert(1)>', style: { is: 'plain' as const } };
    const { room } = STATES['member-reading']!();
    const here = { session: new FakeSession(room, OWN, NOW), words, view: room.view!, room, own: OWN, crisis: [], practice: {}, ask: () => Promise.resolve(true), tell: () => undefined };
    const odd = { ...ARTICLE, parts: [{ title: [evil], blocks: [{ is: 'paragraph' as const, of: [evil] }], blanks: [] }] };
    const html = renderToStaticMarkup(<HereContext value={here}><Reading open={room.view!.tools.reading!} told={odd} /></HereContext>);
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img');
  });
});

describe('what is left of a sheet that was put away', () => {
  const strip = (open: string | null, prepare: (session: FakeSession) => void) => {
    const session = new FakeSession(STATES['member-reading-left']!().room, OWN, NOW);
    prepare(session);
    return text(renderToStaticMarkup(<Left sheets={session.library.sheets} words={words} open={open} />));
  };
  const write = ({ library }: FakeSession) => library.sheets.write('the-worry-slip', pageOf(WORKSHEET), 'answer-0', 'Half past five');

  it('can be kept or let go, and is not shown beside the sheet itself', () => {
    expect(strip(null, write)).toMatch(/What you wrote in “The worry slip” is still here, and not kept yet\. Keep this for yourself Let it go/);
    expect(strip('the-worry-slip', write).trim()).toBe('');
    expect(strip(null, () => undefined).trim()).toBe('');
    expect(strip(null, write)).not.toContain('Half past five');
  });

  it('stands before the way out, unless another tab has taken this one’s place', () => {
    const page = (farewell: 'ended' | 'replaced', prepare: (session: FakeSession) => void) => {
      const session = new FakeSession(STATES['ended-reading-left']!().room, OWN, NOW);
      prepare(session);
      return text(renderToStaticMarkup(<Leaving sheets={session.library.sheets} words={words} farewell={farewell} />));
    };
    expect(page('ended', write)).toMatch(/Before you go.*is still here, and not kept yet/);
    expect(page('ended', () => undefined)).not.toContain('Before you go');
    expect(page('replaced', write)).toMatch(/^(?!.*Before you go).*is still here, and not kept yet/);
  });
});
