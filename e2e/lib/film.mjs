// A film for the library, made by the browser itself: twelve seconds of a growing and shrinking circle, with places to seek to.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const MUXER = fileURLToPath(new URL('../node_modules/mediabunny/dist/bundles/mediabunny.min.cjs', import.meta.url));
export const SECONDS = 12;

/** The bytes of a WebM file. `page` has to be one of ours: browsers encode on pages that are safe only. */
export async function film(page) {
  await page.evaluate((source) => {
    const module = { exports: {} };
    // eslint-disable-next-line no-new-func
    window.mediabunny = (0, eval)(`(function (module, exports) { ${source}; return module.exports; })`)(module, module.exports);
  }, readFileSync(MUXER, 'utf8'));
  const encoded = await page.evaluate(async (seconds) => {
    const { Output, WebMOutputFormat, BufferTarget, CanvasSource } = window.mediabunny;
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [320, 180];
    const ink = canvas.getContext('2d');
    const output = new Output({ format: new WebMOutputFormat(), target: new BufferTarget() });
    const source = new CanvasSource(canvas, { codec: 'vp8', bitrate: 200_000, keyFrameInterval: 1 });
    output.addVideoTrack(source, { frameRate: 10 });
    await output.start();
    for (let frame = 0; frame < seconds * 10; frame += 1) {
      ink.fillStyle = '#2b201b';
      ink.fillRect(0, 0, 320, 180);
      ink.fillStyle = '#f3b562';
      ink.beginPath();
      ink.arc(160, 90, 30 + 40 * Math.abs(Math.sin(frame / 20)), 0, 7);
      ink.fill();
      await source.add(frame / 10, 0.1);
    }
    await output.finalize();
    return Array.from(new Uint8Array(output.target.buffer));
  }, SECONDS);
  return Buffer.from(encoded);
}
