// A page as somebody finds it: axe has nothing to say, nothing sticks out; with PICTURES=1 it is kept in e2e/out, for human eyes.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { faults, settled } from './axe.mjs';

const OUT = process.env.PICTURES && fileURLToPath(new URL('../out', import.meta.url));
let pictures = 0;

export async function looksRight(person, what = new URL(person.page.url()).pathname) {
  await settled(person);
  if (OUT) {
    mkdirSync(OUT, { recursive: true });
    pictures += 1;
    const name = `${String(pictures).padStart(2, '0')}-${person.first}-${what}`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    await person.page.screenshot({ path: `${OUT}/${name}.png`, fullPage: true });
  }
  assert.deepEqual(await faults(person), [], what);
}
