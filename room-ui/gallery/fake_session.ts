import type { BoardElement, Command, Reaction, Seat } from '../src/wire/generated.ts';
import type { Device } from '../src/media/devices.ts';
import type { Offered } from '../src/view/shelf.tsx';
import type { Library, No, OwnMedia, Session, Snapshot, Titled } from '../src/session.ts';
import { BoardFeed } from '../src/state/board_feed.ts';
import { someLibrary } from './readings.ts';
import type { Floor } from '../src/state/hearing.ts';
import type { RoomState } from '../src/state/room_state.ts';

/** A session that talks to nobody: it shows what it was given and remembers what was asked. */
export class FakeSession implements Session {
  readonly asked: Command[] = [];
  readonly screen = { can: () => true, stream: () => null, share: () => Promise.resolve(false) };
  readonly board = new BoardFeed();
  readonly library: Library;
  private snapshot: Snapshot;
  private readonly clock: number;
  private readonly listeners = new Set<() => void>();
  private readonly refuses: No | null;

  constructor(room: RoomState, own: OwnMedia, clock: number, refuses: No | null = null, drawn: readonly BoardElement[] = []) {
    this.board.take({ is: 'drawn', to: { board: 0, revision: drawn.length }, whole: true, elements: [...drawn], gone: [] });
    this.snapshot = { room, own };
    this.library = someLibrary(room.view?.you.part === 'member');
    this.clock = clock;
    this.refuses = refuses;
  }

  get(): Snapshot {
    return this.snapshot;
  }

  subscribe(changed: () => void): () => void {
    this.listeners.add(changed);
    return () => this.listeners.delete(changed);
  }

  ask(command: Command): Promise<No | null> {
    this.asked.push(command);
    return Promise.resolve(this.refuses);
  }

  setMic(mic: boolean): void {
    this.own({ mic });
  }

  setCamera(camera: boolean): void {
    this.own({ camera });
  }

  setAudioOnly(audioOnly: boolean): void {
    this.own({ audioOnly });
  }

  setSelfHidden(selfHidden: boolean): void {
    this.own({ selfHidden });
  }

  setFloor(floor: Floor): void {
    this.own({ floor });
  }

  setCaptions(captions: boolean): void {
    this.own({ captions });
  }

  pictureOf(_: Seat): MediaStream | null {
    return null;
  }

  ownPicture(): MediaStream | null {
    return null;
  }

  shelf(): Promise<Offered[]> {
    return Promise.resolve([
      { id: 7, kind: 'slides', title: 'How a wave of worry passes', pages: 5, notes: ['Ask first: who has seen a wave this week?', 'Draw it on the board.'], captions: false },
      { id: 8, kind: 'slides', title: 'Five senses', pages: 3, notes: [''], captions: false },
      { id: 9, kind: 'video', title: 'One slow breath', pages: 0, notes: [''], captions: true },
    ]);
  }

  homework(): Promise<Titled[]> {
    return Promise.resolve([
      { title: 'A longer breath out', days: 7 },
      { title: 'Small steps towards one thing', days: 14 },
    ]);
  }

  /** Nothing is drawn here: what draws a deck is tried in real browsers. */
  deck(): Promise<null> {
    return Promise.resolve(null);
  }

  devices(): Promise<Device[]> {
    return Promise.resolve([
      { id: 'm1', kind: 'mic', label: 'Built-in microphone' },
      { id: 'm2', kind: 'mic', label: 'Headset' },
      { id: 'c1', kind: 'camera', label: 'Front camera' },
      { id: 's1', kind: 'speaker', label: 'Headset' },
    ]);
  }

  deviceInUse(kind: Device['kind']): string {
    return { mic: 'm2', camera: 'c1', speaker: 's1' }[kind];
  }

  useDevice(): void {}
  unlockSound(): void {}
  tiles(): void {}
  react(_: Reaction): void {}

  /** The clock stands still, so that two pictures of the same state are the same. */
  now(): number {
    return this.clock;
  }

  private own(change: Partial<OwnMedia>): void {
    this.snapshot = { ...this.snapshot, own: { ...this.snapshot.own, ...change } };
    for (const listener of this.listeners) listener();
  }
}
