// One person at one device: a browser process of their own, with a camera, a microphone and a voice.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { speech } from './speech.mjs';
import { PATIENCE, pause, until } from './wait.mjs';

const OUT = fileURLToPath(new URL('../out', import.meta.url));
export const PASSWORD = 'a quiet place to try';
export const DESKTOP = { viewport: { width: 1360, height: 850 } };
export const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
// Twelve pictures a second, because four browsers encode three layers each on two cores.
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--use-fake-device-for-media-stream=fps=12', '--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required', '--allow-loopback-in-peer-connection',
];

export class Person {
  /** `voice` picks the wav file; `size` is DESKTOP or PHONE; `relay` is the network to come by, if it shall be cut. */
  static async arrive(hearth, name, { email = mail(name), password = PASSWORD, voice = 0, size = DESKTOP, context = {}, relay = null } = {}) {
    const person = new this();
    Object.assign(person, { hearth, name, email, password, relay, base: relay?.base ?? hearth.base, troubles: [], isCutOff: false, away: false });
    person.first = name.replace('Dr. ', '').split(' ')[0];
    person.browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [...FLAGS, `--use-file-for-fake-audio-capture=${speech(voice)}`],
    });
    person.context = await person.browser.newContext({ ...size, permissions: ['camera', 'microphone'], locale: 'en-US', ...context });
    person.context.setDefaultTimeout(PATIENCE);
    await relay?.lead(person.context);
    if (relay) await person.noteLosses();
    await person.openPage();
    return person;
  }

  /** A fresh tab; what goes wrong in it is remembered. */
  async openPage() {
    const page = await this.context.newPage();
    this.page = page;
    this.watch(page);
    return page;
  }

  watch(page) {
    page.on('websocket', (socket) => socket.on('framereceived', () => (this.heardAt = Date.now())));
    const trouble = (text) => this.isCutOff || this.troubles.push(`${this.first}: ${text}`);
    page.on('pageerror', (error) => trouble(`script error: ${error.message}`));
    page.on('console', (line) => line.type() === 'error' && !isWanted(line) && trouble(`console: ${line.text()} (${line.location().url})`));
    page.on('request', (request) => {
      if (/^(https?|wss?):/.test(request.url()) && new URL(request.url()).host !== new URL(this.base).host) trouble(`asked another host: ${request.url()}`);
    });
    page.on('response', (response) => response.status() >= 500 && trouble(`${response.status()} ${response.url()}`));
  }

  go(path) {
    return this.page.goto(this.base + path);
  }

  button(name, within = this.page) {
    return within.getByRole('button', { name, exact: typeof name === 'string' }).filter({ visible: true }).first();
  }

  press(name, within) {
    return this.button(name, within).click();
  }

  field(label, { exact = false, within = this.page } = {}) {
    return within.getByLabel(label, { exact }).first();
  }

  box(name, { role = 'radio', within = this.page } = {}) {
    return within.getByRole(role, { name }).first();
  }

  fill(label, text, options) {
    return this.field(label, options).fill(text);
  }

  check(name, options) {
    return this.box(name, options).check();
  }

  pick(label, value, options) {
    return this.field(label, options).selectOption(value);
  }

  tab(name) {
    return this.page.getByRole('tab', { name }).click();
  }

  /** Words on the whiteboard, by hand. */
  async writesOnBoard(text) {
    const board = await this.page.locator('.drawing canvas').last().boundingBox();
    const at = (x, y) => [board.x + board.width * x, board.y + board.height * y];
    await this.page.mouse.click(...at(0.5, 0.5));
    await this.page.keyboard.press('t');
    await this.page.mouse.click(...at(0.7, 0.75));
    await this.page.keyboard.type(text, { delay: 20 });
    await this.page.mouse.click(...at(0.2, 0.85));
  }

  async signIn() {
    await this.go('/sign-in');
    await this.page.locator('input[name=email]').fill(this.email);
    await this.page.locator('input[name=password]').fill(this.password);
    await this.page.locator('form[action="/sign-in"] button').click();
    await this.page.waitForURL('**/today');
  }

  /** The next one at the same desk: nobody sits at more than a few real browsers here. */
  async becomes(name) {
    await this.context.clearCookies();
    Object.assign(this, { name, email: mail(name) });
    await this.signIn();
  }

  /** From Today to the door of the session that is on now; remembers its address. */
  async toDoor() {
    await this.go('/today');
    await this.page.locator('a[href$="/door"]').first().click();
    await this.page.waitForURL('**/door');
    this.session = new URL(this.page.url()).pathname.split('/')[2];
  }

  /** Fills in whatever this person is asked, and goes in. A key that comes while the page still grows may be lost; a person presses again. */
  async passDoor(how) {
    await this.knock(how);
    const inside = (options) => this.page.waitForURL(/\/(waiting|room)$/, options);
    await inside({ timeout: PATIENCE / 4 }).catch(async () => {
      await this.page.locator('form[action$="/door"] button').press('Enter');
      await inside();
    });
  }

  async knock({ mic = true, camera = true, stance = 'open' } = {}) {
    const { page } = this;
    const enter = page.getByRole('switch').first();
    await enter.waitFor();
    await enter.setChecked(mic);
    if (!camera) await page.getByRole('switch').nth(1).setChecked(false);
    if (await page.locator('select[name=jurisdiction]').count()) {
      await page.locator('select[name=jurisdiction]').selectOption('NY');
      await page.locator('input[name=location]').fill(`${this.first}'s kitchen, Albany`);
      await page.locator('input[name=callback]').fill('518 555 0142');
      await page.locator('input[name=contact_name]').fill('Somebody Close');
      await page.locator('input[name=contact_phone]').fill('518 555 0143');
      if (await page.locator('input[name=alone]').count()) await page.locator('input[name=alone]').check();
      await page.locator(`input[name=stance][value=${stance}]`).check();
    }
    if (await page.locator('input[name=agree]').count()) {
      await page.locator('input[name=signed_name]').fill(this.name);
      await page.locator('input[name=agree]').check();
    }
    // By key: the device check above still grows, and a button that moves between press and release is not clicked.
    await page.locator('form[action$="/door"] button').press('Enter');
  }

  /** Waits until the room shows itself. */
  async inRoom() {
    await this.page.waitForURL('**/room');
    await until(`${this.first} is in the room`, async () => (await this.view()) && (await this.connection()) === 'connected', {
      seen: async () => `(${await this.connection()})`,
    });
  }

  /** After the server died: the one that runs now has said something to this browser, and sound and pictures are connected again. */
  comesBack() {
    return until(`${this.first} is back`, async () => this.heardAt > this.hearth.up && (await this.connection()) === 'connected', { patience: 90_000 });
  }

  /** What the server last told this browser. */
  view() {
    return this.page.evaluate(() => window.__hearth?.state() ?? null);
  }

  connection() {
    return this.page.evaluate(() => window.__hearth?.connection() ?? null);
  }

  stats() {
    return this.page.evaluate(() => window.__hearth.stats());
  }

  /** Waits until the view is as wanted, and gives it back. */
  sees(what, test, options = {}) {
    let last = null;
    return until(`${this.first} sees ${what}`, async () => {
      last = await this.view().catch(() => null);
      return last && (await test(last)) ? last : null;
    }, { ...options, seen: () => `\n${JSON.stringify(last)?.slice(0, 2_000)}` });
  }

  /** Waits until sound and pictures of every seat in `seats` flow into this browser. A connection that was made anew counts from nothing again. */
  async receives(seats, { sound = seats } = {}) {
    const before = await this.stats();
    let now = before;
    const grows = (seat, key) => {
      const [was, is] = [before[seat]?.[key] ?? 0, now[seat]?.[key] ?? 0];
      if (is < was) before[seat][key] = is;
      return is > was;
    };
    await until(`${this.first} sees and hears seats ${seats}`, async () => {
      now = await this.stats();
      return seats.every((seat) => grows(seat, 'framesDecoded')) && sound.every((seat) => grows(seat, 'audioEnergy'));
    }, { seen: () => `\nbefore ${JSON.stringify(before)}\nnow    ${JSON.stringify(now)}` });
  }

  /** Remembers how much the network had carried when the page said that it is reconnecting. */
  async noteLosses() {
    this.saidAfter = null;
    await this.context.exposeBinding('__reconnecting', async (_, is) => {
      this.saidAfter = is ? await this.relay.carried() : null;
    });
    await this.context.addInitScript(() => {
      let was = false;
      new MutationObserver(() => {
        const is = document.querySelector('.standing .notice.strong') !== null;
        if (is !== was) window.__reconnecting(is);
        was = is;
      }).observe(document, { childList: true, subtree: true });
    });
  }

  /** Fail closed: once the page says that nobody can hear or see this person, not one packet of sound or picture leaves. */
  async fallsSilent() {
    await until(`${this.first} reads that the connection is gone`, () => this.saidAfter !== null);
    await pause(2_500);
    const late = this.relay.sent.slice(this.saidAfter);
    if (late.length > 0) throw new Error(`${this.first} sent ${late.length} packets while reconnecting: ${JSON.stringify(late.slice(0, 5))}`);
  }

  async shot(name) {
    mkdirSync(OUT, { recursive: true });
    await this.page.screenshot({ path: `${OUT}/${name}-${this.first}.png` }).catch(() => undefined);
  }

  async leave() {
    this.relay?.close();
    await this.browser.close();
  }
}

function mail(name) {
  const plain = name.replace('Dr. ', '').normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
  return `${plain.replaceAll(' ', '.')}@example.org`;
}

/** A page that is not there, or a refused sign-in, is an answer and no fault; browsers report both. */
function isWanted(line) {
  return /the server responded with a status of 4\d\d/.test(line.text());
}
