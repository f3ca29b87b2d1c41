// Screenshots made small: no alpha, the noise of cameras rounded away, the best filter for each row, the best deflate.
import { deflateSync, inflateSync } from 'node:zlib';

const SIGN = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Takes the eight-bit PNG that Chromium writes, gives a smaller one; colours are rounded to multiples of `step`, which no eye sees at 4. */
export function slim(png, step = 4) {
  const parts = chunks(png);
  const head = parts.find((part) => part.type === 'IHDR').data;
  const [width, height, depth, colour] = [head.readUInt32BE(0), head.readUInt32BE(4), head[8], head[9]];
  if (depth !== 8 || (colour !== 2 && colour !== 6) || head[12] !== 0) return png;
  const channels = colour === 6 ? 4 : 3;
  const raw = inflateSync(Buffer.concat(parts.filter((part) => part.type === 'IDAT').map((part) => part.data)));
  const rows = unfiltered(raw, width * channels, height, channels).map((row) => rounded(channels === 4 ? withoutAlpha(row, width) : row, step));
  const out = [];
  let above = Buffer.alloc(width * 3);
  for (const row of rows) {
    out.push(bestFilter(row, above));
    above = row;
  }
  const small = Buffer.from(head);
  small[9] = 2;
  const made = [SIGN, chunk('IHDR', small), chunk('IDAT', deflateSync(Buffer.concat(out), { level: 9, memLevel: 9 })), chunk('IEND', Buffer.alloc(0))];
  const result = Buffer.concat(made);
  return result.length < png.length ? result : png;
}

/** White stays white. */
function rounded(row, step) {
  return row.map((value) => (value > 255 - step ? 255 : Math.round(value / step) * step));
}

function chunks(png) {
  const found = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    found.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return found;
}

function unfiltered(raw, stride, height, channels) {
  const rows = [];
  let above = Buffer.alloc(stride);
  for (let y = 0; y < height; y += 1) {
    const kind = raw[y * (stride + 1)];
    const row = Buffer.from(raw.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1)));
    for (let x = 0; x < stride; x += 1) row[x] = (row[x] + guess(kind, row, above, x, channels)) & 255;
    rows.push(row);
    above = row;
  }
  return rows;
}

function withoutAlpha(row, width) {
  const out = Buffer.alloc(width * 3);
  for (let x = 0; x < width; x += 1) row.copy(out, x * 3, x * 4, x * 4 + 3);
  return out;
}

/** The filter whose remainders are smallest, as the PNG specification advises. */
function bestFilter(row, above) {
  let best = null;
  for (let kind = 0; kind < 5; kind += 1) {
    const out = Buffer.alloc(row.length + 1);
    out[0] = kind;
    let sum = 0;
    for (let x = 0; x < row.length; x += 1) {
      const rest = (row[x] - guess(kind, row, above, x, 3)) & 255;
      out[x + 1] = rest;
      sum += Math.min(rest, 256 - rest);
    }
    if (!best || sum < best.sum) best = { sum, out };
  }
  return best.out;
}

function guess(kind, row, above, x, channels) {
  const left = x >= channels ? row[x - channels] : 0;
  if (kind === 1) return left;
  if (kind === 2) return above[x];
  if (kind === 3) return (left + above[x]) >> 1;
  if (kind !== 4) return 0;
  const corner = x >= channels ? above[x - channels] : 0;
  const near = left + above[x] - corner;
  const [a, b, c] = [Math.abs(near - left), Math.abs(near - above[x]), Math.abs(near - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? above[x] : corner;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(12 + data.length);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc(body), 8 + data.length);
  return out;
}

function crc(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}
