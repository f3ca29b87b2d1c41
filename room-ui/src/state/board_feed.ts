import type { BoardElement, Drawn, FromRoom } from '../wire/generated.ts';

/** Somebody's cursor. */
export type Point = Extract<FromRoom, { is: 'pointed' }>;
type Told = Extract<FromRoom, { is: 'drawn' }>;

/** What is new on the board. */
export interface BoardChange {
  /** Everything that lies there was told anew. */
  whole: boolean;
  elements: readonly BoardElement[];
  /** With the version at which it went. */
  gone: readonly [string, number][];
}

/** The whiteboard as the server knows it. It stands beside the view: a stroke must not draw the whole room anew. */
export class BoardFeed {
  /** Which state this is; sent along when a socket comes back. */
  drawn: Drawn | null = null;
  readonly elements = new Map<string, BoardElement>();
  private readonly listeners = new Set<(change: BoardChange) => void>();
  private readonly pointing = new Set<(point: Point) => void>();
  /** Tells the others where our own cursor is. */
  readonly point: (x: number, y: number) => void;

  constructor(point: (x: number, y: number) => void = () => undefined) {
    this.point = point;
  }

  hear(message: Told | Point): void {
    if (message.is === 'drawn') this.take(message);
    else for (const listener of this.pointing) listener(message);
  }

  onPoint(listener: (point: Point) => void): () => void {
    this.pointing.add(listener);
    return () => this.pointing.delete(listener);
  }

  take({ to, whole, elements, gone }: Told): void {
    const before = new Set(whole ? this.elements.keys() : []);
    if (whole) this.elements.clear();
    for (const element of elements) this.elements.set(element.id, element);
    for (const [id] of gone) this.elements.delete(id);
    this.drawn = to;
    // A server that had to begin anew may not even remember that there was something.
    const lost = [...before].filter((id) => !this.elements.has(id) && !gone.some(([one]) => one === id));
    const all = [...gone, ...lost.map((id): [string, number] => [id, 0])];
    for (const listener of this.listeners) listener({ whole, elements, gone: all });
  }

  subscribe(listener: (change: BoardChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** What lies on the board with this number; nothing while the server has told of another one only. */
  on(board: number): BoardElement[] {
    return this.drawn?.board === board ? [...this.elements.values()] : [];
  }

  /** Everything written on the board with this number, from top to bottom. */
  written(board: number): BoardElement[] {
    const said = this.on(board).filter((element) => element.words && element.words.text.trim() !== '');
    return said.sort((one, other) => (one.y - other.y) || (one.x - other.x));
  }
}

/** The words of a thing on the board, in one line. */
export function reads(element: BoardElement): string {
  return element.words?.text.replaceAll('\n', ' ') ?? '';
}
