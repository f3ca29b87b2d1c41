import { PING_EVERY, PONG_WITHIN, waitBeforeTry } from '../state/resume.ts';

export interface LineEnds<In> {
  /** First message to send, built around a fresh ticket. */
  hello(ticket: string): unknown;
  ping(nonce: number): unknown;
  message(message: In): void;
  /** The first message of a new socket has come: the server knows us again. */
  up(): void;
  /** The socket is gone; called once per loss and at once, because sending media must stop with it. */
  down(): void;
  /** We may not be here any more: only the door leads in. */
  turnedAway(status: number): void;
  /** Whether the other side answers pings; if so, a silent socket counts as dead. */
  answersPings: boolean;
}

/** A socket that comes back by itself, with a new ticket each time, until it is closed for good. */
export class Line<In> {
  private socket: WebSocket | null = null;
  private attempt = 0;
  private lostAt: number | null = null;
  private closed = false;
  private waiting: ReturnType<typeof setTimeout> | null = null;
  private pinging: ReturnType<typeof setInterval> | null = null;
  private lastHeard = 0;
  private nonce = 0;
  private beats = 0;
  private trying = false;
  private readonly wake = () => this.hurry();
  private readonly socketPath: string;
  private readonly ticketPath: string;
  private readonly ends: LineEnds<In>;

  constructor(socketPath: string, ticketPath: string, ends: LineEnds<In>) {
    this.socketPath = socketPath;
    this.ticketPath = ticketPath;
    this.ends = ends;
  }

  open(): void {
    addEventListener('online', this.wake);
    document.addEventListener('visibilitychange', this.wake);
    void this.connect();
  }

  send(message: unknown): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  close(): void {
    this.closed = true;
    removeEventListener('online', this.wake);
    document.removeEventListener('visibilitychange', this.wake);
    if (this.waiting) clearTimeout(this.waiting);
    this.letGo();
  }

  /** Drops this socket and takes a new one at once, for instance because a patch is missing. */
  restart(): void {
    if (this.socket && !this.closed) this.lost(this.socket);
  }

  private letGo(): void {
    if (this.pinging) clearInterval(this.pinging);
    this.pinging = null;
    const socket = this.socket;
    this.socket = null;
    if (socket && socket.readyState <= WebSocket.OPEN) socket.close();
  }

  private async connect(): Promise<void> {
    if (this.trying || this.closed) return;
    this.trying = true;
    const ticket = await this.ticket();
    this.trying = false;
    if (this.closed) return;
    if (ticket === null) return this.later();
    const url = new URL(this.socketPath, location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(url);
    this.socket = socket;
    this.lastHeard = Date.now();
    let first = true;
    socket.onopen = () => {
      socket.send(JSON.stringify(this.ends.hello(ticket)));
      // A resume with nothing missed may be answered by nothing but this pong.
      this.sendPing();
    };
    socket.onmessage = (event) => {
      if (socket !== this.socket) return;
      this.lastHeard = Date.now();
      if (first) {
        first = false;
        this.attempt = 0;
        this.lostAt = null;
        this.ends.up();
      }
      this.ends.message(JSON.parse(String(event.data)) as In);
    };
    socket.onclose = () => this.lost(socket);
    this.pinging = setInterval(() => this.beat(socket), PING_EVERY / 5);
  }

  private beat(socket: WebSocket): void {
    const limit = this.ends.answersPings || socket.readyState === WebSocket.CONNECTING ? PONG_WITHIN : Infinity;
    if (Date.now() - this.lastHeard > limit) return this.lost(socket);
    this.beats += 1;
    if (this.beats % 5 === 0) this.sendPing();
  }

  private sendPing(): void {
    this.nonce += 1;
    this.send(this.ends.ping(this.nonce));
  }

  private async ticket(): Promise<string | null> {
    try {
      const answer = await fetch(this.ticketPath, { method: 'POST', signal: AbortSignal.timeout(PONG_WITHIN) });
      if ([401, 403, 404].includes(answer.status)) {
        this.close();
        this.ends.turnedAway(answer.status);
        return null;
      }
      if (!answer.ok) return null;
      const { ticket } = (await answer.json()) as { ticket?: unknown };
      return typeof ticket === 'string' ? ticket : null;
    } catch {
      return null;
    }
  }

  private lost(socket: WebSocket): void {
    if (socket !== this.socket) return;
    this.letGo();
    if (this.closed) return;
    this.ends.down();
    this.later();
  }

  private later(): void {
    this.lostAt ??= Date.now();
    const wait = waitBeforeTry(this.attempt, Date.now() - this.lostAt, Math.random());
    this.attempt += 1;
    this.waiting = setTimeout(() => {
      this.waiting = null;
      void this.connect();
    }, wait);
  }

  /** The network or the person is back: no reason to wait any longer. */
  private hurry(): void {
    if (document.visibilityState === 'hidden') return;
    if (this.socket) {
      this.sendPing();
      return;
    }
    if (!this.waiting) return;
    clearTimeout(this.waiting);
    this.waiting = null;
    void this.connect();
  }
}
