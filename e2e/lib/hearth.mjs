// A demo practice of its own for each story: free port, fresh data, killed and started again at will.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './wait.mjs';

const binary = process.env.HEARTH_BIN ?? fileURLToPath(new URL('../../target/debug/hearth', import.meta.url));

export class Hearth {
  /** Starts a practice and waits until it answers. */
  static async open() {
    if (!existsSync(binary)) throw new Error(`${binary} is missing: cargo build -p hearth`);
    const hearth = new Hearth();
    hearth.port = await freePort();
    hearth.base = `http://127.0.0.1:${hearth.port}`;
    hearth.data = mkdtempSync(join(tmpdir(), 'hearth-story-'));
    hearth.log = '';
    hearth.ahead = 0;
    await hearth.start();
    return hearth;
  }

  async start() {
    const child = spawn(binary, ['demo', '--port', String(this.port), '--data', this.data, '--ahead', `${this.ahead}m`], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    this.over = new Promise((done) => child.once('exit', done));
    child.on('exit', (code, signal) => {
      this.ended = signal ?? code;
    });
    this.ended = null;
    for (const pipe of [child.stdout, child.stderr]) pipe.on('data', (text) => (this.log += text));
    await until('the practice answers', async () => {
      if (this.ended !== null) throw new Error(`hearth ended with ${this.ended}:\n${this.log}`);
      return fetch(`${this.base}/livez`).then((answer) => answer.ok, () => false);
    });
    this.up = Date.now();
  }

  /** As a power cut would: no goodbye, nothing written any more. */
  async kill() {
    this.child.kill('SIGKILL');
    await this.over;
  }

  /** The same practice, so many minutes after now. */
  async later(minutes) {
    this.child.kill('SIGTERM');
    await this.over;
    this.ahead = Math.round(minutes);
    await this.start();
  }

  async close() {
    this.child.kill('SIGTERM');
    const late = setTimeout(() => this.child.kill('SIGKILL'), 10_000);
    await this.over;
    clearTimeout(late);
    rmSync(this.data, { recursive: true, force: true });
  }
}

function freePort() {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => found(port));
    });
  });
}
