// A stand-in for the server: the pages with their content policy, a socket that plays one member's room, and a peer in another
// tab in place of the media engine. It knows no rules; the real ones are tested in crates/room.
import { existsSync, readFileSync } from 'node:fs';

export const HOST = 'http://hearth.localhost';
const DIST = new URL('../dist/', import.meta.url).pathname;
const WORDS = new URL('../../content/locales/en/room.ftl', import.meta.url).pathname;
const POLICY = `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ws://hearth.localhost; img-src 'self'; font-src 'self'; media-src 'self' blob: mediastream:`;

const found = readFileSync(WORDS, 'utf8').split('\n').map((line) => /^([a-z][\w-]*) = (.*)$/.exec(line)).filter(Boolean);
const words = Object.fromEntries(found.map(([, key, text]) => [key, text]));

function page(body, script) {
  const json = (id, value) => `<script type="application/json" id="${id}">${JSON.stringify(value)}</script>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Session</title>
    <link rel="stylesheet" href="/assets/tokens.css"><link rel="stylesheet" href="/assets/hearth.css"><link rel="stylesheet" href="/assets/room.css"></head><body>${body}
    ${json('words', words)}${json('crisis', [{ name: 'Emergency', number: '911' }])}${json('practice', { name: 'Elm Street', phone: '555' })}
    <script type="module" src="/assets/${script}"></script></body></html>`;
}

const PAGES = {
  '/sessions/12/room': page(
    '<main id="room" data-socket="/sessions/12/room/socket" data-ticket="/sessions/12/room/ticket" data-door="/sessions/12/door" data-goodbye="/sessions/12/goodbye" data-lang="en"></main>',
    'room.js',
  ),
  '/sessions/12/door': page('<main><h1>Door</h1><section id="device-check" data-probe="/sessions/12/door/probe"><p>Check</p></section></main>', 'door.js'),
  '/sessions/12/waiting': page(
    '<main><h1>Waiting</h1><div id="waiting" data-socket="/sessions/12/door/socket" data-ticket="/sessions/12/door/ticket" data-room="/sessions/12/room"></div></main>',
    'door.js',
  ),
  '/sessions/12/goodbye': '<!doctype html><title>Goodbye</title><h1>Goodbye</h1>',
};

/** The house's own sheets and fonts, where they are already. */
function house(file) {
  const path = new URL(`../../crates/ground/assets/${file}`, import.meta.url).pathname;
  return existsSync(path) ? { path } : { status: 404, body: '' };
}

/** Routes all of HOST in this context. `state.away` makes tickets fail, as when the server restarts. */
export async function servePages(context, peer, state) {
  await context.route(`${HOST}/**`, async (route) => {
    const path = new URL(route.request().url()).pathname;
    if (/^\/assets\/(tokens\.css|hearth\.css|f\w+\.woff2)$/.test(path)) return route.fulfill(house(path.slice(8)));
    if (path.startsWith('/assets/r') || path.startsWith('/assets/d')) {
      return route.fulfill({ path: DIST + path.slice(8), contentType: path.endsWith('.css') ? 'text/css' : 'text/javascript' });
    }
    if (path.endsWith('/ticket')) return state.away ? route.fulfill({ status: 503 }) : route.fulfill({ json: { ticket: 'once' } });
    if (path.endsWith('/probe')) return route.fulfill({ contentType: 'text/plain', body: await peer.answer(`probe ${Math.random()}`, route.request().postData()) });
    if (PAGES[path]) return route.fulfill({ body: PAGES[path], contentType: 'text/html; charset=utf-8', headers: { 'content-security-policy': POLICY } });
    return route.fulfill({ status: 404, body: path });
  });
}

/** A peer connection per key in a tab of its own: it answers offers, echoes data, and sends one tone to seat 0's slot. */
export async function mediaPeer(context) {
  const tab = await context.newPage();
  await tab.route('http://localhost:9/', (route) => route.fulfill({ body: '<!doctype html>', contentType: 'text/html' }));
  await tab.goto('http://localhost:9/');
  await tab.evaluate(() => {
    const peers = (globalThis.peers = {});
    const sound = new AudioContext();
    const tone = sound.createOscillator();
    const out = sound.createMediaStreamDestination();
    tone.connect(out);
    tone.start();
    globalThis.answer = async (key, sdp) => {
      // Another session id in the offer is another connection, for instance after the page was loaded again.
      const session = /^o=\S+ (\d+)/m.exec(sdp)[1];
      if (peers[key]?.session !== session) peers[key] = Object.assign(new RTCPeerConnection(), { session });
      const pc = peers[key];
      pc.ondatachannel = ({ channel }) => (channel.onmessage = ({ data }) => channel.send(data));
      await pc.setRemoteDescription({ type: 'offer', sdp });
      const slot = pc.getTransceivers()[2];
      if (slot && !slot.sender.track) {
        await slot.sender.replaceTrack(out.stream.getAudioTracks()[0]);
        slot.direction = 'sendonly';
      }
      await pc.setLocalDescription(await pc.createAnswer());
      for (let waited = 0; pc.iceGatheringState !== 'complete' && waited < 3_000; waited += 50) await new Promise((done) => setTimeout(done, 50));
      return pc.localDescription.sdp;
    };
    globalThis.received = async (key) => {
      let count = 0;
      (await peers[key].getStats()).forEach((entry) => (count += entry.type === 'inbound-rtp' ? entry.packetsReceived : 0));
      return count;
    };
  });
  return {
    answer: (key, sdp) => tab.evaluate(([of, text]) => globalThis.answer(of, text), [key, sdp]),
    received: () => tab.evaluate(() => globalThis.received('room')),
  };
}

const chair = (name, more) => ({ name, part: 'member', presence: 'here', mic: false, camera: false, listening: false, ...more });

function firstView() {
  const you = { seat: 1, part: 'member', stance: 'open', mic: false, camera: false, help_asked: false };
  const chairs = { 0: chair('Dr. Osei', { part: 'facilitator', mic: true, camera: true }), 1: chair('Maya') };
  const tools = { hands: { order: [] }, chat: { messages: {} } };
  return { title: 'Steady Ground', week: 1, starts_at: 0, minutes: 90, you, chairs, phases: [], begun_at: 1, ended: false, without_leader: false, tools };
}

/** The room's socket as one member sees it. */
export class StandInRoom {
  seen = { hellos: [], offers: [], commands: [], wants: [] };
  seq = 0;
  view = firstView();
  socket = null;

  constructor(peer) {
    this.peer = peer;
  }

  async take(page) {
    await page.routeWebSocket(/room\/socket/, (socket) => {
      this.socket = socket;
      socket.onMessage((raw) => void this.hear(JSON.parse(raw)));
    });
  }

  send(message) {
    this.socket.send(JSON.stringify(message));
  }

  patch(patch, seq = (this.seq += 1)) {
    if (patch.you) this.view = { ...this.view, you: { ...this.view.you, ...patch.you } };
    this.send({ is: 'patch', seq, now: Date.now(), patch });
  }

  async hear(message) {
    const { seen } = this;
    if (message.is === 'hello') {
      seen.hellos.push(message.since);
      if (message.since === null || message.since !== this.seq) this.send({ is: 'view', seq: (this.seq += 1), now: Date.now(), seats: 4, view: this.view });
    }
    if (message.is === 'ping') this.send({ is: 'pong', nonce: message.nonce, now: Date.now() });
    if (message.is === 'want') seen.wants.push(message.wants);
    if (message.is === 'offer') {
      seen.offers.push(message.sdp);
      this.send({ is: 'answer', sdp: await this.peer.answer('room', message.sdp) });
    }
    if (message.is === 'do') this.obey(message.id, message.command);
  }

  obey(id, command) {
    this.seen.commands.push(command);
    if (command.tool === 'chat') return this.send({ is: 'refused', id, refusal: { why: 'not_kept' } });
    this.send({ is: 'done', id });
    if (command.do === 'leave') this.send({ is: 'bye', farewell: 'left' });
    if (command.do === 'mic' || command.do === 'camera') this.patch({ you: { [command.do]: command.on }, chairs: { 1: { [command.do]: command.on } } });
    return undefined;
  }
}
