import type { FromDoor, ToDoor } from '../wire/generated.ts';
import { loadChoice, openTrack } from '../media/devices.ts';
import { Line } from '../wire/socket.ts';
import type { Words } from '../words.ts';
import { el, setText } from './dom.ts';

const SAYS: Record<FromDoor['is'], string> = {
  waiting: 'door-waiting',
  leader_late: 'door-leader-late',
  admitted: 'door-admitted',
  declined: 'door-declined',
  ended: 'door-ended',
};

/** The waiting room: it knows neither names nor counts, only whether the door has opened. */
export function wait(box: HTMLElement, words: Words): void {
  const { socket = '', ticket = '', room = '/' } = box.dataset;
  const line = el('p', { role: 'status', class: 'dc-status' });
  box.append(line);
  let track: MediaStreamTrack | null = null;
  void preview(words).then((found) => {
    if (!found) return;
    track = found.track;
    box.append(found.element);
  });
  let last = '';
  const say = (key: string) => setText(line, words.say(key));
  const leave = (to: string) => {
    track?.stop();
    location.assign(to);
  };
  const door = new Line<FromDoor>(socket, ticket, {
    hello: (fresh): ToDoor => ({ is: 'hello', ticket: fresh }),
    ping: (): ToDoor => ({ is: 'ping' }),
    up: () => last && say(last),
    down: () => say('door-reconnecting'),
    turnedAway() {
      // Back to the form, unless this is it: then a link, never a loop.
      const form = box.dataset['door'] ?? ticket.replace(/\/ticket$/, '');
      if (form !== location.pathname) leave(form);
      else box.replaceChildren(el('p', { role: 'status', class: 'dc-status' }, words.say('door-turned-away')), el('p', {}, el('a', { href: '/' }, words.say('door-home'))));
    },
    answersPings: false,
    message(message) {
      last = SAYS[message.is];
      say(last);
      if (message.is === 'admitted') {
        door.close();
        leave(room);
      }
      if (message.is !== 'declined' && message.is !== 'ended') return;
      door.close();
      track?.stop();
      // What the page said about waiting is no longer true.
      box.replaceChildren(line, el('p', {}, el('a', { href: '/' }, words.say('door-home'))));
    },
  });
  door.open();
}

/** A small mirror, for those who chose to come in with their camera on. */
async function preview(words: Words): Promise<{ element: HTMLElement; track: MediaStreamTrack } | null> {
  const choice = loadChoice();
  if (!choice.cameraOn) return null;
  const track = await openTrack('camera', choice.camera).catch(() => null);
  if (!track) return null;
  const video = el('video', { autoplay: true, playsinline: true, muted: true, 'aria-label': words.say('door-preview') });
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  return { element: el('div', { class: 'dc-preview dc-small' }, video), track };
}
