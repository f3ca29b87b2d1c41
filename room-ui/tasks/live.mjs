// The shipped bundle in a real browser against a stand-in server: door, waiting room, media, fail closed, resume. Run after `npm run build`.
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { HOST, mediaPeer, servePages, StandInRoom } from './stand_in.mjs';

const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required', '--allow-loopback-in-peer-connection',
];
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });
const context = await browser.newContext({ viewport: { width: 1280, height: 820 }, bypassCSP: false });
let bad = 0;
const check = (name, good, more = '') => {
  if (!good) bad += 1;
  console.log(`${good ? 'ok ' : 'BAD'} ${name} ${more}`);
};
const pause = (length) => new Promise((done) => setTimeout(done, length));
/** Waits up to ten seconds for something to become true, and says what it waited for. */
async function until(name, test) {
  for (let waited = 0; waited < 10_000; waited += 100) {
    if (await test()) return check(name, true);
    await pause(100);
  }
  return check(name, false);
}

const peer = await mediaPeer(context);
const state = { away: false };
await servePages(context, peer, state);
const page = await context.newPage();
page.on('pageerror', (error) => check('no script error', false, error.message));
page.on('console', (line) => /Content Security Policy/.test(line.text()) && check('no policy report', false, line.text()));
const connection = () => page.evaluate(() => globalThis.__hearth?.connection());
const stats = () => page.evaluate(() => globalThis.__hearth.stats());

await door();
await waiting();
const room = new StandInRoom(peer);
await inside();
await gap();
await farewells();
await browser.close();
console.log(bad === 0 ? 'all well' : `${bad} faults`);
process.exit(bad === 0 ? 0 : 1);

async function door() {
  await page.goto(`${HOST}/sessions/12/door`);
  const start = page.getByRole('button', { name: 'Check my camera and microphone' });
  await start.click({ timeout: 1_000 }).catch(() => undefined);
  await until('the door hears the microphone', () => page.getByText('We hear you.').isVisible());
  await until('the door tests the way to the media port', () => page.getByText('Your connection is good.').isVisible());
  await page.getByLabel('With my microphone on').check();
  await page.getByRole('button', { name: 'Play a sound' }).click();
  await until('the door plays a sound', () => page.getByText('You should have heard').isVisible());
  const choice = await page.evaluate(() => JSON.parse(sessionStorage.getItem('hearth-devices')));
  check('the choice is kept for the room', choice.micOn === true && choice.cameraOn === true && typeof choice.mic === 'string');
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    const axe = await context.newCDPSession(page);
    const { readFileSync } = await import('node:fs');
    await axe.send('Runtime.evaluate', { expression: readFileSync(axePath, 'utf8') });
    const { violations } = await page.evaluate(() => globalThis.axe.run(document));
    check(`axe finds nothing at the door, ${colorScheme}`, violations.length === 0, violations.map((one) => `${one.id} ${one.nodes[0]?.target}`).join(', '));
    await page.screenshot({ path: `/tmp/door-${colorScheme}.png`, fullPage: true });
  }
}

async function waiting() {
  let socket = null;
  await page.routeWebSocket(/door\/socket/, (opened) => {
    socket = opened;
    opened.onMessage((raw) => JSON.parse(raw).is === 'hello' && opened.send('{"is":"waiting"}'));
  });
  await page.goto(`${HOST}/sessions/12/waiting`);
  await until('the waiting room says so', () => page.getByText('You are in the waiting room.').isVisible());
  socket.send('{"is":"leader_late"}');
  await until('and is kind about a late leader', () => page.getByText('a little late today').isVisible());
  await socket.close();
  await until('and comes back by itself', () => page.getByText('You are in the waiting room.').isVisible());
  const next = new StandInRoom(peer);
  await next.take(page);
  socket.send('{"is":"admitted"}');
  await page.waitForURL('**/sessions/12/room');
  check('and leads into the room', true);
}

async function inside() {
  await room.take(page);
  await page.goto(`${HOST}/sessions/12/room`);
  await until('media is connected', async () => (await connection()) === 'connected');
  const offer = room.seen.offers[0] ?? '';
  check('two slots for us and two per seat', offer.match(/^m=/gm)?.length === 2 + 2 * 4, offer.match(/^m=\w+/gm)?.join(' '));
  check('three layers', /a=simulcast:send q;h;f/.test(offer));
  await until('we hear seat 0', async () => (await stats())[0].audioEnergy > 0);
  await until('microphone and camera are asked for once', () => JSON.stringify(room.seen.commands) === '[{"do":"mic","on":true},{"do":"camera","on":true}]');
  await until('pictures are wanted by size', () => room.seen.wants.at(-1)?.some((want) => want.seat === 0 && want.layer !== 'off'));
  const before = await peer.received();
  await until('our sound and picture flow', async () => (await peer.received()) > before + 50);
}

async function gap() {
  state.away = true;
  await room.socket.close();
  await until('a lost socket is said at once', () => page.getByText('Reconnecting…').isVisible());
  await pause(300);
  const held = await peer.received();
  await pause(2_000);
  check('nothing is sent while it says so', (await peer.received()) === held, `${held} packets`);
  state.away = false;
  await until('it resumes from the last number', () => room.seen.hellos.at(-1) === room.seq);
  const after = await peer.received();
  await until('and flows as before', async () => (await peer.received()) > after + 50);
  const ufrag = (sdp) => /ice-ufrag:(\S+)/.exec(sdp)?.[1];
  check('ice was restarted on the same connection', ufrag(room.seen.offers[0]) !== ufrag(room.seen.offers.at(-1)));
  room.patch({ you: { mic: false }, chairs: { 1: { mic: false } } });
  await until('being muted is said kindly', () => page.getByText('A facilitator muted your microphone').isVisible());
  await page.keyboard.press('m');
  await until('the key M unmutes', () => room.seen.commands.at(-1)?.do === 'mic' && room.seen.commands.at(-1)?.on === true);
  room.patch({ title: 'Lost' }, room.seq + 5);
  await until('a missing patch asks for the whole view', () => room.seen.hellos.at(-1) === null);
  await until('and media goes on', async () => (await connection()) === 'connected');
}

async function farewells() {
  await page.keyboard.press('c');
  await page.locator('#chat-text').fill('mvhc?');
  await page.locator('#chat-text').press('Enter');
  await until('a no is said in words', () => page.getByText('We could not save this.').isVisible());
  check('and what was typed is kept', (await page.locator('#chat-text').inputValue()) === 'mvhc?');
  room.send({ is: 'bye', farewell: 'replaced' });
  await until('a second window is calm', () => page.getByText('You are here in another window').isVisible());
  await page.getByRole('button', { name: 'Take my seat back' }).click();
  await until('and gives the seat back', async () => (await connection()) === 'connected');
  await page.getByRole('button', { name: 'Leave' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
  await page.waitForURL('**/sessions/12/goodbye', { timeout: 10_000 }).catch(() => undefined);
  check('leaving leads to the goodbye page', page.url().endsWith('/goodbye'));
}
