import { createRoot } from 'react-dom/client';
import { App } from '../src/view/app.tsx';
import { canvas } from '../src/tools/board/mount.ts';
import { wordsFrom } from '../src/words.ts';
import '../src/style/base.css';
import '../src/style/circle.css';
import '../src/style/hearth.css';
import '../src/style/shown.css';
import '../src/style/reading.css';
import '../src/style/panel.css';
import '../src/style/bar.css';
import '../src/style/dialogs.css';
import '../src/style/board.css';
import en from '../../content/locales/en/room.ftl?raw';
import es from '../../content/locales/es/room.ftl?raw';
import { FakeSession } from './fake_session.ts';
import { pageOf } from '../src/tools/reading/sheet.tsx';
import { WORKSHEET } from './readings.ts';
import { parseFtl } from './ftl.ts';
import { NOW } from './samples.ts';
import { OWN_DEFAULT, STATES } from './states.ts';

canvas.load = async () => (await import('../src/tools/board/canvas.tsx')).mount;
const asked = new URLSearchParams(location.search);
const lang = asked.get('lang') === 'es' ? 'es' : 'en';
document.documentElement.lang = lang;
const words = wordsFrom(parseFtl(lang === 'es' ? es : en), lang);
const names = Object.keys(STATES);
(window as unknown as { names: string[] }).names = names;
const make = STATES[asked.get('state') ?? ''];
const box = document.getElementById('room');
if (box && make) {
  const sample = make();
  const session = new FakeSession(sample.room, { ...OWN_DEFAULT, ...sample.own }, NOW, sample.refuses ?? null, sample.drawn);
  if (sample.written) session.library.sheets.write(sample.written, pageOf(WORKSHEET), 'answer-0', 'Half past five');
  const crisis = [
    { name: words.lang === 'es' ? 'Emergencias' : 'Emergency', number: '911' },
    { name: words.lang === 'es' ? 'Línea de crisis' : 'Suicide and crisis line', number: '988' },
  ];
  createRoot(box).render(
    <App session={session} words={words} crisis={crisis} practice={{ name: 'Elm Street Practice', phone: '+1 518 555 0100' }} gone={() => undefined} start={sample.start ?? {}} />,
  );
} else if (box) {
  box.replaceChildren(
    ...names.map((name) => {
      const link = document.createElement('a');
      link.href = `?state=${name}`;
      link.textContent = `${name} `;
      return link;
    }),
  );
}
