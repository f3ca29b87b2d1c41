import type { Echoes } from '../state/quality.ts';
import { relays } from './relays.ts';

const MESSAGES = 20;
const EVERY = 100;
const OPEN_WITHIN = 8_000;
const LAST_ECHO = 1_000;

/** Twenty small messages to the room's own media port and back, over two seconds. No sound, no picture. */
export async function probe(path: string): Promise<Echoes> {
  const pc = new RTCPeerConnection({ iceServers: relays() });
  try {
    // Lost messages must stay lost here, or loss would look like delay.
    const channel = pc.createDataChannel('echo', { ordered: false, maxRetransmits: 0 });
    const open = new Promise<void>((done, fail) => {
      channel.onopen = () => done();
      pc.onconnectionstatechange = () => pc.connectionState === 'failed' && fail(new Error('no connection'));
      setTimeout(() => fail(new Error('no connection in time')), OPEN_WITHIN);
    });
    open.catch(() => undefined);
    await pc.setLocalDescription(await pc.createOffer());
    const answer = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'text/plain' }, body: pc.localDescription?.sdp ?? '' });
    if (!answer.ok) throw new Error(`probe answered ${answer.status}`);
    await pc.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
    await open;
    return await echoes(channel);
  } finally {
    pc.close();
  }
}

async function echoes(channel: RTCDataChannel): Promise<Echoes> {
  const left = new Map<string, number>();
  const back: number[] = [];
  channel.binaryType = 'arraybuffer';
  channel.onmessage = (event: MessageEvent<string | ArrayBuffer>) => {
    const text = typeof event.data === 'string' ? event.data : new TextDecoder().decode(event.data);
    const at = left.get(text);
    if (at === undefined) return;
    left.delete(text);
    back.push(performance.now() - at);
  };
  const pause = (length: number) => new Promise((done) => setTimeout(done, length));
  let sent = 0;
  for (; sent < MESSAGES; sent += 1) {
    if (channel.readyState !== 'open') break;
    left.set(`echo ${sent}`, performance.now());
    channel.send(`echo ${sent}`);
    await pause(EVERY);
  }
  for (let waited = 0; waited < LAST_ECHO && left.size > 0; waited += 50) await pause(50);
  return { sent, back };
}
