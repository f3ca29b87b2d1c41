import { listDevices, loadChoice, saveChoice } from '../media/devices.ts';
import { chord } from '../media/level.ts';
import type { Words } from '../words.ts';
import { el, setText } from './dom.ts';

/** Plays a gentle chord through the chosen speaker, where the browser lets us choose. */
export function speakerCard(words: Words): HTMLElement {
  const line = el('p', { role: 'status' });
  const select = el('select', { id: 'dc-speaker', onchange: () => void saveChoice({ speaker: select.value }) });
  const field = el('div', { class: 'dc-field', hidden: true }, el('label', { for: 'dc-speaker' }, words.say('door-speaker')), select);
  const canChoose = 'setSinkId' in HTMLMediaElement.prototype;
  const list = async () => {
    const speakers = (await listDevices()).filter((device) => device.kind === 'speaker');
    field.hidden = !canChoose || speakers.length < 2;
    const used = loadChoice().speaker;
    select.replaceChildren(...speakers.map(({ id, label }, index) => el('option', { value: id, selected: id === used }, label || words.say('door-device-number', { number: index + 1 }))));
  };
  const play = async () => {
    await list();
    try {
      await playChord(canChoose ? (loadChoice().speaker ?? '') : '');
      setText(line, words.say('door-speaker-played'));
    } catch {
      setText(line, words.say('door-speaker-failed'));
    }
  };
  void list();
  const button = el('button', { type: 'button', class: 'dc-button', onclick: () => void play() }, words.say('door-speaker-test'));
  return el('div', { class: 'dc-card' }, el('h3', {}, words.say('door-speaker-title')), field, button, line);
}

async function playChord(sink: string): Promise<void> {
  const context = new AudioContext();
  await context.resume();
  const out = context.createMediaStreamDestination();
  const player = new Audio();
  player.srcObject = out.stream;
  if (sink) await player.setSinkId(sink).catch(() => undefined);
  await player.play();
  chord(out, [261.63, 329.63, 392, 523.25], 0.16, 2.2);
  setTimeout(() => void context.close(), 3_500);
}
