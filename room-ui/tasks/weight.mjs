// The room's first load, gzipped: script and style together, and the door's script on its own page.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT = 150_000;
const weigh = (...names) => names.reduce((sum, name) => sum + gzipSync(readFileSync(`dist/${name}`), { level: 9 }).length, 0);
// The first load is what the room's own script asks for by itself; a part that it would load behind it belongs to it.
for (const name of ['room.js', 'door.js']) if (/\bfrom\s*["'`]\.\//.test(readFileSync(`dist/${name}`, 'utf8'))) throw new Error(`${name} loads something that is not weighed`);
const [room, door] = [weigh('room.js', 'room.css'), weigh('door.js')];
console.log(`room ${room} bytes gzipped, door ${door} bytes gzipped, limit ${LIMIT}`);
process.exit(room <= LIMIT && door <= LIMIT ? 0 : 1);
