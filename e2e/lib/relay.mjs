// The network between one browser and the server, on this machine only: it can go dark and come back, for everything or for media alone.
import { createSocket } from 'node:dgram';
import { connect, createServer } from 'node:net';

const HOME = '127.0.0.1';

export class Relay {
  /** Stands in front of the server at `port`. */
  static async open(port) {
    const relay = new Relay();
    Object.assign(relay, { target: port, dark: { tcp: false, udp: false }, pairs: new Set(), held: [], media: new Map(), sent: [] });
    relay.server = createServer({ pauseOnConnect: true, allowHalfOpen: true }, (near) => relay.#knock(near));
    await new Promise((done) => relay.server.listen(0, HOME, done));
    relay.base = `http://${HOME}:${relay.server.address().port}`;
    return relay;
  }

  /** Nothing passes any more, and nobody is told: sockets stay open, new ones hang, datagrams are lost. */
  cut({ tcp = true, udp = true } = {}) {
    this.dark = { tcp: this.dark.tcp || tcp, udp: this.dark.udp || udp };
    if (tcp) for (const socket of [...this.pairs].flat()) socket.pause();
  }

  /** What TCP had kept for later arrives now, as a network would send it again. */
  mend() {
    this.dark = { tcp: false, udp: false };
    for (const socket of [...this.pairs].flat()) socket.resume();
    for (const near of this.held.splice(0)) this.#join(near);
  }

  /** How many packets of sound and picture the browser has sent up to now, those included that wait to be read; `sent` has them. */
  async carried() {
    for (let turn = 0; turn < 3; turn += 1) await new Promise((done) => setImmediate(done));
    return this.sent.length;
  }

  /** Leads the page's media through this relay as well: candidates of the server's answer get a port of ours, and those of TCP go. */
  async lead(context) {
    await context.exposeBinding('__relayed', (_, port) => this.#mediaPort(port));
    await context.addInitScript(() => {
      const accept = RTCPeerConnection.prototype.setRemoteDescription;
      const relayed = async (line) => {
        const words = line.split(' ');
        words[5] = await window.__relayed(Number(words[5]));
        return words.join(' ');
      };
      RTCPeerConnection.prototype.setRemoteDescription = async function (answer) {
        if (!this.watched) this.addEventListener('connectionstatechange', () => window.__paths?.push(this.connectionState));
        this.watched = true;
        const lines = answer.sdp.split('\r\n').filter((line) => !(line.startsWith('a=candidate:') && / tcp /i.test(line)));
        const led = await Promise.all(lines.map((line) => (line.startsWith('a=candidate:') ? relayed(line) : line)));
        return accept.call(this, { type: answer.type, sdp: led.join('\r\n') });
      };
    });
  }

  close() {
    this.server.close();
    for (const socket of [...this.held, ...[...this.pairs].flat()]) socket.destroy();
    for (const { near, far } of this.media.values()) [near, ...far.values()].forEach((socket) => socket.close());
    this.media.clear();
  }

  #knock(near) {
    if (this.dark.tcp) this.held.push(near);
    else this.#join(near);
  }

  #join(near) {
    const far = connect({ port: this.target, host: HOME, allowHalfOpen: true });
    const pair = [near, far];
    this.pairs.add(pair);
    const over = () => {
      this.pairs.delete(pair);
      pair.forEach((socket) => socket.destroy());
    };
    for (const [from, to] of [[near, far], [far, near]]) {
      from.setNoDelay(true);
      from.on('data', (bytes) => to.write(bytes));
      from.on('end', () => to.end());
      from.on('error', over);
      from.on('close', over);
    }
    near.resume();
  }

  /** A port of ours for a media port of the server; each of the browser's own addresses gets its own socket to the other side. */
  async #mediaPort(port) {
    const known = this.media.get(port);
    if (known) return known.near.address().port;
    const near = createSocket('udp4');
    const far = new Map();
    await new Promise((done) => near.bind(0, HOME, done));
    this.media.set(port, { near, far });
    near.on('message', (bytes, from) => {
      this.#note(bytes);
      if (this.dark.udp) return;
      if (!far.has(from.port)) far.set(from.port, this.#farSocket(near, from));
      far.get(from.port).send(bytes, port, HOME);
    });
    return near.address().port;
  }

  #farSocket(near, from) {
    const socket = createSocket('udp4');
    socket.on('message', (bytes) => this.dark.udp || near.send(bytes, from.port, from.address));
    return socket;
  }

  /** The head of an SRTP packet is in clear: 128 to 191 as RFC 7983 says, and no RTCP type in the second byte. */
  #note(bytes) {
    const kind = bytes[1] & 0x7f;
    if (bytes[0] < 128 || bytes[0] > 191 || (kind >= 64 && kind <= 95)) return;
    this.sent.push({ at: Date.now(), kind, bytes: bytes.length });
  }
}
