import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Line, type LineEnds } from '../src/wire/socket.ts';

/** A socket without a network: the test says what comes in and when it breaks. */
class FakeSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  readyState = FakeSocket.CONNECTING;
  sent: unknown[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly url: string;

  constructor(url: URL) {
    this.url = String(url);
    FakeSocket.all.push(this);
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {
    this.readyState = 3;
  }
  opens(): void {
    this.readyState = FakeSocket.OPEN;
    this.onopen?.();
  }
  says(message: unknown): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  breaks(): void {
    this.readyState = 3;
    this.onclose?.();
  }
}

const heard: string[] = [];
const ends = (answersPings = true): LineEnds<{ is: string }> => ({
  hello: (ticket) => ({ is: 'hello', ticket }),
  ping: (nonce) => ({ is: 'ping', nonce }),
  message: (message) => heard.push(message.is),
  up: () => heard.push('UP'),
  down: () => heard.push('DOWN'),
  turnedAway: () => heard.push('AWAY'),
  answersPings,
});

let answer: { status: number; ticket?: unknown } | 'offline';
let tickets = 0;
const listeners = new Map<string, () => void>();
const newest = (): FakeSocket => FakeSocket.all.at(-1) as FakeSocket;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  [heard.length, FakeSocket.all.length, tickets, answer] = [0, 0, 0, { status: 200 }];
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('location', { href: 'https://hearth.example/sessions/7/room' });
  vi.stubGlobal('document', { visibilityState: 'visible', addEventListener: (name: string, wake: () => void) => listeners.set(name, wake), removeEventListener: (name: string) => listeners.delete(name) });
  vi.stubGlobal('addEventListener', (name: string, wake: () => void) => listeners.set(name, wake));
  vi.stubGlobal('removeEventListener', (name: string) => listeners.delete(name));
  vi.stubGlobal('fetch', async () => {
    tickets += 1;
    if (answer === 'offline') throw new TypeError('no network');
    const { status, ticket = `t${tickets}` } = answer;
    return { status, ok: status < 300, json: async () => ({ ticket }) };
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const settle = () => vi.advanceTimersByTimeAsync(0);

async function opened(answersPings = true): Promise<Line<{ is: string }>> {
  const line = new Line('/sessions/7/room/socket', '/sessions/7/room/ticket', ends(answersPings));
  line.open();
  await settle();
  newest().opens();
  newest().says({ is: 'view' });
  return line;
}

describe('a line to the server', () => {
  it('begins with a fresh ticket, over TLS where the page is', async () => {
    await opened();
    expect(newest().url).toBe('wss://hearth.example/sessions/7/room/socket');
    expect(newest().sent).toEqual([{ is: 'hello', ticket: 't1' }, { is: 'ping', nonce: 1 }]);
    expect(heard).toEqual(['UP', 'view']);
  });

  it('is down at once when it breaks, and up only when the server speaks again', async () => {
    await opened();
    newest().breaks();
    expect(heard.at(-1)).toBe('DOWN');
    await settle();
    expect(FakeSocket.all).toHaveLength(2);
    newest().opens();
    expect(heard.at(-1)).toBe('DOWN');
    newest().says({ is: 'patch' });
    expect(heard.slice(-2)).toEqual(['UP', 'patch']);
    expect(newest().sent[0]).toEqual({ is: 'hello', ticket: 't2' });
  });

  it('tries again at 0, 0.3, 1.2, 2.7 and 4.8 s, and from then on every two', async () => {
    await opened();
    answer = 'offline';
    newest().breaks();
    const tries: number[] = [];
    for (let at = 0; at <= 9_000; at += 100) {
      const before = tickets;
      await vi.advanceTimersByTimeAsync(at === 0 ? 0 : 100);
      if (tickets > before) tries.push(at);
    }
    expect(tries).toEqual([0, 300, 1_200, 2_700, 4_800, 6_800, 8_800]);
  });

  it('begins the tries anew each time it was up', async () => {
    await opened();
    for (let loss = 2; loss <= 4; loss += 1) {
      newest().breaks();
      await settle();
      expect(FakeSocket.all).toHaveLength(loss);
      newest().opens();
      newest().says({ is: 'patch' });
    }
  });

  it('counts a silent socket as dead after eight seconds', async () => {
    await opened();
    await vi.advanceTimersByTimeAsync(8_000);
    expect(heard).not.toContain('DOWN');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(heard.at(-1)).toBe('DOWN');
  });

  it('waits in silence where nobody answers pings', async () => {
    await opened(false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(heard).toEqual(['UP', 'view']);
  });

  it('stays up as long as something comes', async () => {
    await opened();
    for (let second = 0; second < 60; second += 5) {
      await vi.advanceTimersByTimeAsync(5_000);
      newest().says({ is: 'pong' });
    }
    expect(heard).not.toContain('DOWN');
    const nonces = newest().sent.slice(1) as { nonce: number }[];
    expect(nonces.map((ping) => ping.nonce)).toEqual(nonces.map((_, index) => index + 1));
    expect(nonces.length).toBeGreaterThan(10);
  });

  it.each([401, 403, 404])('goes to the door when the server says %i, and does not knock again', async (status) => {
    await opened();
    answer = { status };
    newest().breaks();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(heard.slice(-2)).toEqual(['DOWN', 'AWAY']);
    expect(tickets).toBe(2);
  });

  it.each([[500, 't'], [503, 't'], [200, 7], [200, null]])('tries again after %i with ticket %j', async (status, ticket) => {
    answer = { status, ticket };
    const line = new Line('/socket', '/ticket', ends());
    line.open();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(tickets).toBeGreaterThan(3);
    expect(FakeSocket.all).toHaveLength(0);
    line.close();
  });

  it('says whether a message went out', async () => {
    const line = await opened();
    expect(line.send({ is: 'react' })).toBe(true);
    newest().readyState = 3;
    expect(line.send({ is: 'react' })).toBe(false);
  });

  it('does not listen to a socket that it has given up', async () => {
    const line = await opened();
    const old = newest();
    line.restart();
    await settle();
    old.says({ is: 'patch' });
    old.breaks();
    expect(heard).toEqual(['UP', 'view', 'DOWN']);
    expect(FakeSocket.all).toHaveLength(2);
  });

  it('is over when it is closed: no socket, no timer, no listener', async () => {
    const line = await opened();
    line.close();
    newest().breaks();
    await vi.advanceTimersByTimeAsync(120_000);
    expect([heard.includes('DOWN'), tickets, listeners.size, vi.getTimerCount()]).toEqual([false, 1, 0, 0]);
  });

  it('does not wait when the network is back, and leaves a hidden page alone', async () => {
    await opened();
    answer = 'offline';
    newest().breaks();
    await vi.advanceTimersByTimeAsync(60_000);
    answer = { status: 200 };
    const before = tickets;
    vi.stubGlobal('document', { visibilityState: 'hidden' });
    listeners.get('online')?.();
    await settle();
    expect(tickets).toBe(before);
    vi.stubGlobal('document', { visibilityState: 'visible' });
    listeners.get('online')?.();
    await settle();
    expect(tickets).toBe(before + 1);
  });
});
