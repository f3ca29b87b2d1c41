import { Chat, NO_DRAFT } from '../src/tools/chat/index.tsx';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderToStaticMarkup } from 'react-dom/server';
import { FakeSession } from '../gallery/fake_session.ts';
import { parseFtl } from '../gallery/ftl.ts';
import { NOW, OWN } from '../gallery/samples.ts';
import { STATES } from '../gallery/states.ts';
import type { OwnMedia } from '../src/session.ts';
import { Hosted } from '../src/tools/hosting/strip.tsx';
import { Interpreting } from '../src/tools/interpreting/index.tsx';
import { Guide } from '../src/view/guide.tsx';
import { Hearth } from '../src/view/hearth.tsx';
import { HereContext } from '../src/view/here.tsx';
import { wordsFrom } from '../src/words.ts';

export const words = wordsFrom(parseFtl(readFileSync(join(import.meta.dirname, '../../content/locales/en/room.ftl'), 'utf8')), 'en');

/** What stands in the hearth, or in the guide, of one state of the gallery, as text. */
export function shown(name: string, part: 'hearth' | 'guide' | 'chat' | 'below' | 'strip' = 'hearth', more: Partial<OwnMedia> = {}): string {
  const own = { ...OWN, ...more };
  const { room, drawn } = (STATES[name] ?? (() => { throw new Error(name); }))();
  if (!room.view) throw new Error('no view');
  const here = {
    session: new FakeSession(room, own, NOW, null, drawn),
    words,
    view: room.view,
    room,
    own,
    crisis: [],
    practice: { watch: 'Somebody is on call.' },
    ask: () => Promise.resolve(true),
    tell: () => undefined,
  };
  const parts = {
    hearth: <Hearth />,
    guide: <Guide end={() => undefined} />,
    chat: <Chat draft={NO_DRAFT} setDraft={() => undefined} />,
    below: <Interpreting />,
    strip: <Hosted help={() => undefined} />,
  };
  const html = renderToStaticMarkup(<HereContext value={here}>{parts[part]}</HereContext>);
  return html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').replaceAll('&#x27;', "'");
}
