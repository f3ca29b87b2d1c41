import { probe } from '../media/probe.ts';
import { judgeEchoes, type Quality } from '../state/quality.ts';
import type { Words } from '../words.ts';
import { el, setText } from './dom.ts';

const RESULT: Record<Quality, string> = {
  good: 'door-connection-good',
  fair: 'door-connection-fair',
  poor: 'door-connection-poor',
  none: 'door-connection-none',
  unknown: 'door-connection-none',
};

/** Tests the way to the room's own media port, and says the result in words; the figures are there for those who help. */
export function connectionCard(words: Words, path: string): HTMLElement {
  const line = el('p', { role: 'status' });
  const figures = el('p', { class: 'dc-soft' });
  const again = el('button', { type: 'button', class: 'dc-button', onclick: () => void test() }, words.say('door-connection-again'));
  const test = async () => {
    again.disabled = true;
    setText(line, words.say('door-connection-testing'));
    setText(figures, '');
    line.classList.remove('dc-warn');
    try {
      const echoes = await probe(path);
      const quality = judgeEchoes(echoes);
      setText(line, words.say(RESULT[quality]));
      line.classList.toggle('dc-warn', quality !== 'good');
      const sorted = [...echoes.back].sort((one, other) => one - other);
      const ms = Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);
      const lost = echoes.sent === 0 ? 0 : Math.round((1 - echoes.back.length / echoes.sent) * 100);
      if (sorted.length > 0) setText(figures, words.say('door-connection-figures', { ms, lost }));
    } catch {
      setText(line, words.say('door-connection-none'));
      line.classList.add('dc-warn');
    }
    again.disabled = false;
  };
  void test();
  return el('div', { class: 'dc-card' }, el('h3', {}, words.say('door-connection-title')), line, figures, again);
}
