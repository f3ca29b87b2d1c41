import type { Words } from '../words.ts';
import { el, setText } from './dom.ts';

interface Battery extends EventTarget {
  level: number;
  charging: boolean;
}

const LOW = 0.25;

/** A session lasts longer than a quarter of a battery. Browsers that do not tell stay silent. */
export function batteryLine(words: Words): HTMLElement {
  const line = el('p', { role: 'status', class: 'dc-battery' });
  const read = (navigator as Navigator & { getBattery?: () => Promise<Battery> }).getBattery;
  void read
    ?.call(navigator)
    .then((battery) => {
      const tell = () => setText(line, battery.level <= LOW && !battery.charging ? words.say('door-battery', { percent: Math.round(battery.level * 100) }) : '');
      tell();
      battery.addEventListener('levelchange', tell);
      battery.addEventListener('chargingchange', tell);
    })
    .catch(() => undefined);
  return line;
}
