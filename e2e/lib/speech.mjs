// What each browser hears instead of a microphone: a voice of its own, spoken by espeak-ng; without it a tone that comes and goes like speech.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const LINES =
  'I was glad to come today. The week was long, and on Wednesday I nearly stayed at home. Then I remembered what we said about waves. ' +
  'They come, they stand high, and they pass. I counted my breath, I called my sister, and after a while it was quieter again.';
const VOICES = ['en-us+f3', 'en-gb+m3', 'en-us+m7', 'en-gb+f4'];

/** The wav file of voice `number`, made once for all stories. */
export function speech(number) {
  const folder = join(tmpdir(), 'hearth-speech');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `voice-${number}.wav`);
  if (existsSync(file)) return file;
  const spoken = spawnSync('espeak-ng', ['-v', VOICES[number % VOICES.length], '-s', String(140 + number * 8), '-p', String(30 + number * 15), '-w', file, LINES]);
  if (spoken.status !== 0) writeFileSync(file, wav(number));
  return file;
}

/** Ten seconds: syllables of a tenth of a second with pauses between sentences. */
function wav(number) {
  const rate = 16_000;
  const data = Buffer.alloc(rate * 10 * 2);
  for (let at = 0; at < rate * 10; at += 1) {
    const second = at / rate;
    const speaks = second % 4 < 3.2 && second % 0.22 < 0.15;
    const tone = Math.sin(2 * Math.PI * (140 + number * 40) * second) + Math.sin(2 * Math.PI * (900 + number * 90) * second) / 3;
    data.writeInt16LE(speaks ? Math.round(tone * 9_000) : 0, at * 2);
  }
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}
