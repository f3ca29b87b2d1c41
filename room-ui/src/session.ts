import type { Command, Reaction, Refusal, Seat, View, Words } from './wire/generated.ts';
import type { BoardFeed } from './state/board_feed.ts';
import type { Floor } from './state/hearing.ts';
import type { RoomState } from './state/room_state.ts';
import type { Sheets } from './state/sheets.ts';
import type { Quality } from './state/quality.ts';
import type { Tile } from './state/wants.ts';
import type { Deck } from './media/deck.ts';
import type { Offered } from './view/shelf.tsx';
import type { Device, Kind, Trouble } from './media/devices.ts';

/** Our own side of the room: what the buttons show. */
export interface OwnMedia {
  mic: boolean;
  camera: boolean;
  /** A facilitator muted us. */
  hushed: boolean;
  micTrouble: Trouble | null;
  cameraTrouble: Trouble | null;
  quality: Quality;
  audioOnly: boolean;
  selfHidden: boolean;
  soundBlocked: boolean;
  /** How loud the group is while we listen to an interpreter. */
  floor: Floor;
  /** We would like to read what somebody types. */
  captions: boolean;
}

export interface Snapshot {
  room: RoomState;
  own: OwnMedia;
}

/** A no of the server, or our own: there is no connection to ask over. */
export type No = Refusal | { why: 'offline' };

/** Our own screen, which may stand in the middle instead of our picture. */
export interface OwnScreen {
  /** Whether this device can show it at all. */
  can(): boolean;
  stream(): MediaStream | null;
  /** Asks which window and then the server. False if either said no. */
  share(): Promise<boolean>;
}

/** Homework by the title under which it lies on the shelf. */
export interface Titled {
  title: string;
  days: number;
}

/** An article or a worksheet, by the name that the group reads. */
export interface Readable {
  item: string;
  title: string;
  is_worksheet: boolean;
}

/** Its words in our own language. */
export interface Told extends Words {
  /** We have homework, and can keep it there. */
  keeps: boolean;
  /** Who we were when it was fetched: what is kept is kept for nobody else. */
  reader: string;
}

/** What there is to read. */
export interface Library {
  /** Articles and worksheets for this group, for leaders. */
  shelf(): Promise<Readable[]>;
  /** Null if it is not open to us. */
  words(item: string): Promise<Told | null>;
  /** What we write for ourselves while the group reads. */
  readonly sheets: Sheets;
}

/** What the views need of a session; the gallery has one of its own that talks to nobody. */
export interface Session {
  get(): Snapshot;
  subscribe(changed: () => void): () => void;
  /** Null when it is done and stored. */
  ask(command: Command): Promise<No | null>;
  react(kind: Reaction): void;
  setMic(on: boolean): void;
  setCamera(on: boolean): void;
  setAudioOnly(on: boolean): void;
  setSelfHidden(hidden: boolean): void;
  setFloor(floor: Floor): void;
  setCaptions(on: boolean): void;
  pictureOf(seat: Seat): MediaStream | null;
  ownPicture(): MediaStream | null;
  readonly screen: OwnScreen;
  /** Decks and films of the practice's library, for leaders. */
  shelf(): Promise<Offered[]>;
  /** What the practice's homework shelf has, for leaders. */
  homework(): Promise<Titled[]>;
  /** A deck ready to be drawn; null where there is nothing to draw on. */
  deck(material: number): Promise<Deck | null>;
  readonly library: Library;
  devices(): Promise<Device[]>;
  deviceInUse(kind: Device['kind']): string;
  useDevice(kind: Device['kind'], id: string): void;
  unlockSound(): void;
  tiles(tiles: readonly Tile[]): void;
  /** What lies on the whiteboard, and whose cursors are where. */
  readonly board: BoardFeed;
  now(): number;
}

export type { Kind, View };

/** Where the page's parts are on the server, and what happens when the session is over for us. */
export interface Places {
  socket: string;
  ticket: string;
  /** Called once, when there is no way back into this session from here. */
  over(state: RoomState): void;
  turnedAway(status: number): void;
}
