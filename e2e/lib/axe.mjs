import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds on the page as it is now, one line each. */
export async function axe(page) {
  // The page's own policy forbids foreign scripts; the debugger may.
  const debug = await page.context().newCDPSession(page);
  await debug.send('Runtime.evaluate', { expression: source });
  await debug.detach();
  const { violations } = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: tags }), TAGS);
  return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).slice(0, 4).join(', ')}`);
}

/** Wider than the screen is a fault of its own: nobody scrolls sideways with shaking hands. */
export function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Fragments have come in, and nothing fades any more: axe would measure the half-way colours. */
export async function settled(person) {
  // A page that listens for news never falls silent.
  await person.page.waitForLoadState((await person.page.locator('[data-live]').count()) ? 'load' : 'networkidle');
  await person.page.evaluate(() => Promise.allSettled(document.getAnimations().map((one) => one.finished.catch(() => undefined))).then(() => undefined));
}

/** What axe finds and what sticks out, on the page where this person is. */
export async function faults(person) {
  const found = await axe(person.page);
  const over = await overflow(person.page);
  if (over > 0) found.push(`${over} px wider than the screen`);
  return found;
}
