import { listenTo, type Ear } from '../media/level.ts';
import type { Words } from '../words.ts';
import { el, setText } from './dom.ts';

export interface Meter {
  element: HTMLElement;
  listen(track: MediaStreamTrack): void;
  rest(): void;
}

const EVERY = 80;
const HEARD = 0.03;
const SILENT_AFTER = 4_000;
const BARS = 16;

/** Shows that the microphone hears something, and says so in words, since a moving bar alone is not for everybody. */
export function micMeter(words: Words): Meter {
  const bars = Array.from({ length: BARS }, () => el('span'));
  const line = el('p', { role: 'status' });
  let ear: Ear | null = null;
  let timer: ReturnType<typeof setInterval> | null = null;
  let heard = false;
  let since = 0;
  const tick = () => {
    const peak = ear?.peak() ?? 0;
    if (!ear?.awake()) since = Date.now();
    const lit = Math.round(Math.min(1, Math.sqrt(peak)) * BARS);
    bars.forEach((bar, index) => bar.classList.toggle('on', index < lit));
    if (peak > HEARD) {
      heard = true;
      since = Date.now();
    }
    if (heard) setText(line, words.say('door-mic-heard'));
    else if (Date.now() - since > SILENT_AFTER) setText(line, words.say('door-mic-silent'));
    line.classList.toggle('dc-warn', !heard && Date.now() - since > SILENT_AFTER);
  };
  const rest = () => {
    ear?.stop();
    ear = null;
    if (timer) clearInterval(timer);
    for (const bar of bars) bar.classList.remove('on');
    setText(line, '');
  };
  return {
    element: el('div', {}, el('div', { class: 'dc-level', 'aria-hidden': 'true' }, ...bars), line),
    rest,
    listen(track) {
      rest();
      ear = listenTo(track);
      heard = false;
      since = Date.now();
      setText(line, words.say('door-mic-hello'));
      timer = setInterval(tick, EVERY);
    },
  };
}
