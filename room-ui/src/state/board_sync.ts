import type { BoardElement } from '../wire/generated.ts';
import type { BoardChange } from './board_feed.ts';

/** A thing on our own canvas, as far as it matters here. */
export interface Local {
  id: string;
  version: number;
  versionNonce: number;
  isDeleted: boolean;
}

export interface Mark {
  version: number;
  nonce: number;
}

/** The server's rule, which every browser follows: the higher version wins, of two equal ones the lower nonce. */
export function beats(one: Mark, other: Mark): boolean {
  return one.version > other.version || (one.version === other.version && one.nonce < other.nonce);
}

/** In one message: so many things, and so many numbers of points. */
const TOGETHER = 60;
const NUMBERS = 12_000;
/** What we sent this long ago may be lost with a server that broke; it is sent once more. */
const RECENT = 10_000;

/** Keeps our own canvas and the server's board in step. It knows no canvas and no clock: both are told to it. */
export class BoardSync<T extends Local> {
  /** The last version of each thing that the server knows or was sent. */
  private readonly known = new Map<string, Mark>();
  /** At which version a thing went. */
  private readonly gone = new Map<string, number>();
  private readonly waiting = new Map<string, BoardElement>();
  private readonly sentAt = new Map<string, number>();
  private readonly toWire: (element: T) => BoardElement | null;

  constructor(toWire: (element: T) => BoardElement | null, there: Iterable<BoardElement>) {
    this.toWire = toWire;
    for (const element of there) this.known.set(element.id, element);
  }

  /** Our canvas changed. True if there is something to send. */
  drew(elements: readonly T[]): boolean {
    for (const element of elements) {
      const known = this.known.get(element.id);
      const mark = { version: element.version, nonce: element.versionNonce };
      if (known ? !beats(mark, known) : element.isDeleted) continue;
      const wire = this.toWire(element);
      this.known.set(element.id, mark);
      // Brought back by an undo: the server remembers at which version it went.
      const least = (this.gone.get(element.id) ?? -1) + 1;
      if (wire) this.waiting.set(element.id, { ...wire, version: Math.max(wire.version, least) });
    }
    return this.waiting.size > 0;
  }

  /** What goes out now; empty when all is sent. */
  take(now: number): BoardElement[] {
    const batch: BoardElement[] = [];
    let numbers = 0;
    for (const [id, element] of this.waiting) {
      numbers += element.points.length + 40;
      if (batch.length > 0 && (batch.length >= TOGETHER || numbers > NUMBERS)) break;
      batch.push(element);
      this.waiting.delete(id);
      this.sentAt.set(id, now);
    }
    return batch;
  }

  /** It did not go out; what was drawn over meanwhile stays as it is. */
  again(batch: readonly BoardElement[]): void {
    for (const element of batch) if (!this.waiting.has(element.id)) this.waiting.set(element.id, element);
  }

  /** A no: our canvas takes back what the server has of these. */
  refused(batch: readonly BoardElement[], there: ReadonlyMap<string, BoardElement>): void {
    for (const { id } of batch) {
      const server = there.get(id);
      this.waiting.delete(id);
      this.sentAt.delete(id);
      if (server) this.known.set(id, server);
      else this.known.delete(id);
    }
  }

  /** What of the server's news is to be put onto our canvas: what is newer than ours, and what is gone. */
  heard(change: BoardChange, ours: ReadonlyMap<string, T>, now: number): { put: BoardElement[]; drop: string[] } {
    const put = change.elements.filter((element) => {
      const local = ours.get(element.id);
      const known = this.known.get(element.id);
      if (!known || beats(element, known)) this.known.set(element.id, element);
      if (!local) return true;
      const waits = this.waiting.get(element.id);
      if (waits && !beats(element, waits)) return false;
      this.waiting.delete(element.id);
      this.gone.delete(element.id);
      return beats(element, { version: local.version, nonce: local.versionNonce });
    });
    const drop = change.gone.filter(([id, version]) => version > 0 || !this.resend(id, ours, now));
    for (const [id, version] of drop) {
      this.waiting.delete(id);
      this.known.delete(id);
      this.gone.set(id, version);
    }
    return { put, drop: drop.map(([id]) => id) };
  }

  /** Drawn by us a moment ago and unknown to a server that had to begin anew: we still have it. */
  private resend(id: string, ours: ReadonlyMap<string, T>, now: number): boolean {
    if (this.waiting.has(id)) return true;
    const local = ours.get(id);
    const sent = this.sentAt.get(id);
    if (!local || local.isDeleted || sent === undefined || now - sent > RECENT) return false;
    const wire = this.toWire(local);
    if (wire) this.waiting.set(id, wire);
    return wire !== null;
  }
}

/** How long to wait until the next message: a long stroke is sent less often, since it travels whole each time. */
export function pause(waiting: number): number {
  return Math.min(600, 140 + waiting / 12);
}
