import type { Command, FromRoom, Reaction, Refusal, Seat, View, Want } from './wire/generated.ts';
import type { No, OwnMedia, Places, Session, Snapshot } from './session.ts';
import { Connection } from './media/connection.ts';
import { listDevices, loadChoice, saveChoice, type Choice, type Device, type Kind } from './media/devices.ts';
import { chime } from './media/level.ts';
import { OwnTracks } from './media/own_tracks.ts';
import { deck, homework, library, shelf } from './media/library.ts';
import { Screen } from './media/screen.ts';
import { QualityWatch } from './media/quality_watch.ts';
import { Line } from './wire/socket.ts';
import { answered, asked, forgetAnswers, maySend, OFF, toAsk, told, want, type Own } from './state/own.ts';
import { BoardFeed } from './state/board_feed.ts';
import { EMPTY, reduce, type Happening, type RoomState } from './state/room_state.ts';
import { loudness, type Floor } from './state/hearing.ts';
import { sameWants, wantsFor, type Tile } from './state/wants.ts';

/** Ties socket, media and state together. All rules are the server's; this only keeps both sides in step. */
export class LiveSession implements Session {
  readonly connection: Connection;
  readonly setMic = (on: boolean) => this.setOwn('mic', on);
  readonly setCamera = (on: boolean) => this.setOwn('camera', on);
  readonly setSelfHidden = (selfHidden: boolean) => this.change({ selfHidden });
  readonly setFloor = (floor: Floor) => this.change({ floor });
  readonly unlockSound = () => void this.connection.unlock();
  readonly setCaptions = (captions: boolean) => this.change({ captions });
  readonly shelf = shelf;
  readonly homework = homework;
  readonly deck = deck;
  readonly library = library;
  readonly screen = new Screen((command) => this.ask(command), () => this.settle());
  readonly devices = listDevices;
  readonly board = new BoardFeed((x, y) => void this.line.send({ is: 'point', x, y }));
  private readonly line: Line<FromRoom>;
  private readonly tracks: OwnTracks;
  private readonly places: Places;
  private readonly listeners = new Set<() => void>();
  private readonly waiting = new Map<number, (no: No | null) => void>();
  private room: RoomState = EMPTY;
  private snapshot: Snapshot;
  private choice: Choice = loadChoice();
  private owns: Record<Kind, Own> = { mic: want(OFF, this.choice.micOn), camera: want(OFF, this.choice.cameraOn) };
  private extra = { quality: 'unknown' as OwnMedia['quality'], audioOnly: false, selfHidden: false, soundBlocked: false, floor: 'quiet' as Floor, captions: false };
  private lastTiles: readonly Tile[] = [];
  private lastWants: readonly Want[] = [];
  private readonly quality = new QualityWatch((quality) => this.change({ quality }));
  private commands = 0;
  private mediaSeats = 0;
  private returning = false;
  /** One object for each loss of the socket, while it lasts. */
  private lost: object | null = null;
  private timer: ReturnType<typeof setInterval> | null = null;

  constructor(places: Places) {
    this.places = places;
    this.tracks = new OwnTracks(this.choice, () => this.settle());
    this.connection = new Connection({
      offer: (sdp) => void this.line.send({ is: 'offer', sdp }),
      soundBlocked: (soundBlocked) => this.change({ soundBlocked }),
      rebuilt: () => this.change({}),
    });
    this.connection.setSpeaker(this.choice.speaker ?? '');
    this.line = new Line<FromRoom>(places.socket, places.ticket, {
      hello: (ticket) => ({ is: 'hello', ticket, since: this.room.seq, drawn: this.board.drawn }),
      ping: (nonce) => ({ is: 'ping', nonce }),
      message: (message) => this.hear(message),
      up: () => this.up(),
      down: () => this.down(),
      turnedAway: places.turnedAway,
      answersPings: true,
    });
    this.snapshot = this.picture();
  }

  start(): void {
    this.line.open();
    this.timer = setInterval(() => this.everySecond(), 1_000);
    document.addEventListener('visibilitychange', () => this.tellWants());
    for (const kind of ['mic', 'camera'] as const) if (this.owns[kind].wanted) this.takeUp(kind);
  }

  get(): Snapshot {
    return this.snapshot;
  }

  subscribe(changed: () => void): () => void {
    this.listeners.add(changed);
    return () => this.listeners.delete(changed);
  }

  now(): number {
    return Date.now() + this.room.ahead;
  }

  ask(command: Command): Promise<No | null> {
    const id = (this.commands += 1);
    if (!this.live || !this.line.send({ is: 'do', id, command })) return Promise.resolve({ why: 'offline' });
    return new Promise((done) => this.waiting.set(id, done));
  }

  react(kind: Reaction): void {
    this.line.send({ is: 'react', kind });
  }

  setAudioOnly(audioOnly: boolean): void {
    this.change({ audioOnly });
    if (audioOnly) this.setCamera(false);
    this.tellWants();
  }

  pictureOf(seat: Seat): MediaStream | null {
    return this.connection.pictureOf(seat);
  }

  ownPicture(): MediaStream | null {
    const track = this.tracks.track('camera');
    return track ? new MediaStream([track]) : null;
  }

  deviceInUse(kind: Device['kind']): string {
    return kind === 'speaker' ? (this.choice.speaker ?? '') : this.tracks.device(kind);
  }

  useDevice(kind: Device['kind'], id: string): void {
    this.choice = saveChoice({ [kind]: id });
    if (kind === 'speaker') this.connection.setSpeaker(id);
    else void this.tracks.use(kind, id).then(() => this.settle());
  }

  tiles(tiles: readonly Tile[]): void {
    this.lastTiles = tiles;
    this.tellWants();
  }

  private setOwn(kind: Kind, on: boolean): void {
    this.owns[kind] = want(this.owns[kind], on);
    saveChoice(kind === 'mic' ? { micOn: on } : { cameraOn: on });
    if (on) this.takeUp(kind);
    if (on && kind === 'camera') this.extra = { ...this.extra, audioOnly: false };
    this.settle();
  }

  private takeUp(kind: Kind): void {
    void this.tracks.open(kind).then((open) => {
      if (!open) this.owns[kind] = want(this.owns[kind], false);
      this.settle();
    });
  }

  /** Brings server, senders and buttons in line with what is wanted. Safe to call at any time. */
  private settle(): void {
    for (const kind of ['mic', 'camera'] as const) {
      const own = this.owns[kind];
      const ready = !own.wanted || this.tracks.track(kind) !== null;
      const ask = toAsk(own);
      if (ask !== null && ready && this.live) {
        this.owns[kind] = asked(own);
        void this.ask({ do: kind, on: ask }).then((no) => {
          if (no?.why !== 'offline') this.owns[kind] = answered(this.owns[kind], ask, no === null);
          this.settle();
        });
      }
      if (kind === 'camera' && !own.wanted && this.tracks.track('camera')) this.tracks.close('camera');
    }
    this.feed();
    this.publish();
  }

  /** The only place that lets sound or picture out: socket there, wanted by us, and granted by the server. */
  private feed(): void {
    const track = (kind: Kind) => (maySend(this.owns[kind], this.live) ? this.tracks.track(kind) : null);
    const screen = this.live ? this.screen.track() : null;
    if (!this.lost) this.connection.send(track('mic'), screen ?? track('camera'));
  }

  private get live(): boolean {
    return this.room.link === 'live' && !this.lost;
  }

  private hear(message: FromRoom): void {
    // Our own pings are answered at once, before the room has said whether it still knows us; its own answer carries no number of ours.
    if (message.is === 'view' && this.mediaSeats > 0) this.reopenMedia(true);
    else if (this.returning && !(message.is === 'pong' && message.nonce > 0)) this.reopenMedia(false);
    if (message.is === 'done') this.resolve(message.id, null);
    else if (message.is === 'refused') this.resolve(message.id, message.refusal);
    else if (message.is === 'answer') void this.connection.answer(message.sdp);
    else if (message.is === 'drawn' || message.is === 'pointed') this.board.hear(message);
    else if (message.is === 'no_media') this.connection.rebuildSoon();
    else this.take({ is: 'message', message, at: Date.now() });
  }

  private resolve(id: number, no: Refusal | null): void {
    this.waiting.get(id)?.(no);
    this.waiting.delete(id);
  }

  private take(happening: Happening): void {
    const before = this.room;
    this.room = reduce(before, happening);
    if (this.room === before) return;
    if (this.room.torn && !before.torn) return this.line.restart();
    if (this.room.view && this.room.view !== before.view) this.viewChanged(this.room.view);
    if (this.room.link === 'over' && before.link !== 'over') return this.end();
    const tone = this.room.news.filter((news) => news.id >= before.count).map((news) => news.tone);
    if (tone.includes('alert')) chime('alert');
    else if (tone.includes('arrival')) chime('arrival');
    this.publish();
  }

  private viewChanged(view: View): void {
    this.owns = { mic: told(this.owns.mic, view.you.mic, view.tools.calm.mine?.own), camera: told(this.owns.camera, view.you.camera) };
    this.screen.told(view);
    if (this.room.seats > 0 && this.mediaSeats !== this.room.seats) {
      this.mediaSeats = this.room.seats;
      void this.connection.open(this.mediaSeats);
    }
    this.settle();
  }

  private up(): void {
    this.lost = null;
    this.feed();
    // With a known picture we are live again; without one the view that is coming makes us so.
    if (this.room.seq === null) return;
    this.take({ is: 'link', link: 'live' });
    this.returning = true;
    this.tellWants();
    this.settle();
  }

  /** A server that sends the whole picture does not know our connection any more: only a new one helps. Else ICE finds the way again. */
  private reopenMedia(whole: boolean): void {
    this.returning = false;
    if (!whole) return void (this.mediaSeats > 0 && this.connection.open(this.mediaSeats));
    this.connection.close();
    this.mediaSeats = 0;
    this.lastWants = [];
  }

  private down(): void {
    for (const done of this.waiting.values()) done({ why: 'offline' });
    this.waiting.clear();
    this.owns = { mic: forgetAnswers(this.owns.mic), camera: forgetAnswers(this.owns.camera) };
    // A picture that must be fetched whole comes with a media connection that must be offered again.
    if (this.room.seq === null) this.mediaSeats = 0;
    this.lastWants = [];
    void this.fallSilent((this.lost = {}));
  }

  /** "Nobody can hear or see you" is said when it is true: after the last packet. */
  private async fallSilent(lost: object): Promise<void> {
    await this.connection.hush(() => this.lost === lost);
    if (this.room.view && this.lost === lost) this.take({ is: 'link', link: 'reconnecting' });
  }

  private end(): void {
    if (this.timer) clearInterval(this.timer);
    this.line.close();
    this.connection.close();
    for (const kind of ['mic', 'camera'] as const) this.tracks.close(kind);
    this.screen.close();
    this.publish();
    this.places.over(this.room);
  }

  private everySecond(): void {
    this.take({ is: 'moment', at: Date.now() });
    this.tracks.checkSilence(this.owns.mic.wanted);
    void this.connection.sample().then((now) => this.quality.look(now));
  }

  private tellWants(): void {
    const shown = !this.extra.audioOnly && document.visibilityState !== 'hidden';
    const wants = wantsFor(this.lastTiles, shown);
    if (!this.live || sameWants(wants, this.lastWants)) return;
    if (this.line.send({ is: 'want', wants })) this.lastWants = wants;
  }

  private change(extra: Partial<LiveSession['extra']>): void {
    this.extra = { ...this.extra, ...extra };
    this.publish();
  }

  private picture(): Snapshot {
    const { mic, camera } = this.owns;
    return { room: this.room, own: {
      mic: mic.wanted, camera: camera.wanted,
      hushed: mic.hushed,
      micTrouble: this.tracks.trouble('mic'),
      cameraTrouble: this.tracks.trouble('camera'),
      ...this.extra,
    } };
  }

  private publish(): void {
    this.snapshot = this.picture();
    if (this.room.view) this.connection.balance(loudness(this.room.view, this.extra.floor));
    for (const listener of this.listeners) listener();
  }
}
