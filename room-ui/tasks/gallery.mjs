// Builds the gallery, looks at every state at three widths, lets axe check each, and with --shots keeps pictures in /tmp/gallery.
import { createRequire } from 'node:module';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';

const shots = process.argv.includes('--shots');
const only = process.argv.find((arg) => arg.startsWith('--only='))?.slice(7);
const lang = process.argv.find((arg) => arg.startsWith('--lang='))?.slice(7) ?? 'en';
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const widths = [
  { width: 390, height: 844 },
  { width: 768, height: 1024 },
  { width: 1360, height: 900 },
];
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

// The house's own fonts, so that lines break as they will; without them the system's letters do.
const site = mkdtempSync(join(tmpdir(), 'room-gallery-'));
const fonts = { Figtree: 'figtree.woff2', Fraunces: 'fraunces.woff2' };
mkdirSync(join(site, 'public/assets'), { recursive: true });
const faces = Object.entries(fonts).map(([name, file]) => {
  const from = join('../crates/ground/assets', file);
  if (existsSync(from)) copyFileSync(from, join(site, 'public/assets', file));
  return `@font-face{font-family:${name};src:url(/assets/${file}) format("woff2");font-weight:100 900}`;
});
writeFileSync(join(site, 'public/fonts.css'), faces.join(''));
// And its sheets, which the room's own must stand up to.
const sheets = ['tokens.css', 'hearth.css'].map((file) => join('../crates/ground/assets', file)).filter((file) => existsSync(file));
writeFileSync(join(site, 'public/house.css'), process.argv.includes('--bare') ? '' : sheets.map((file) => readFileSync(file, 'utf8')).join('\n'));
process.env.GALLERY_PUBLIC = join(site, 'public');
process.env.GALLERY_OUT = join(site, 'out');

await build({ configFile: 'vite.gallery.ts', logLevel: 'warn' });
const server = await preview({ configFile: 'vite.gallery.ts', logLevel: 'warn', preview: { host: '127.0.0.1', port: 4179, strictPort: false } });
const address = server.httpServer.address();
const base = `http://127.0.0.1:${address.port}/`;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });
const out = '/tmp/gallery';
if (shots) mkdirSync(out, { recursive: true });
let bad = 0;
let seen = 0;
try {
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  page.on('pageerror', (error) => {
    bad += 1;
    console.log(`script error: ${error.message}`);
  });
  await page.goto(base);
  const names = (await page.evaluate(() => globalThis.names)).filter((name) => !only || name.includes(only));
  for (const name of names) {
    for (const size of widths) {
      await page.setViewportSize(size);
      await page.goto(`${base}?state=${name}&lang=${lang}`);
      await page.waitForSelector('#room > *');
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      // The circle measures itself once; two frames are enough.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      await page.addScriptTag({ path: axePath });
      const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
      seen += 1;
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
      if (wide) {
        bad += 1;
        console.log(`${name} at ${size.width}: wider than the screen`);
      }
      for (const violation of violations) {
        bad += 1;
        console.log(`${name} at ${size.width}: ${violation.id} (${violation.help})`);
        for (const node of violation.nodes.slice(0, 3)) console.log(`    ${node.target.join(' ')}\n    ${node.failureSummary?.split('\n').slice(1, 3).join(' ')}`);
      }
      if (shots) await page.screenshot({ path: `${out}/${lang === 'en' ? '' : `${lang}-`}${name}-${size.width}.png` });
    }
  }
} finally {
  await browser.close();
  await server.close();
}
console.log(`${seen} pictures looked at, ${bad} faults`);
process.exit(bad === 0 ? 0 : 1);
