import type { Seat } from '../wire/generated.ts';
import { askForDtx } from '../state/sdp.ts';
import type { Sample } from '../state/quality.ts';
import { Outlet } from './outlet.ts';
import { relays } from './relays.ts';

interface Slot {
  audio: RTCRtpTransceiver;
  video: RTCRtpTransceiver;
  picture: MediaStream;
  player: HTMLAudioElement;
}

export interface Hooks {
  offer(sdp: string): void;
  soundBlocked(blocked: boolean): void;
  /** The streams of every seat are new ones. */
  rebuilt(): void;
}

export interface SlotStats {
  seat: Seat;
  framesDecoded: number;
  audioEnergy: number;
  packetsSent: number;
}

const STILL_GONE_AFTER = 4_000;
const SILENT_WITHIN = 1_500;
/** Repeats and padding leave with smaller gaps than this. */
const QUIET_FOR = 120;

const LAYERS: RTCRtpEncodingParameters[] = [
  { rid: 'q', scaleResolutionDownBy: 4, maxBitrate: 80_000 },
  { rid: 'h', scaleResolutionDownBy: 2, maxBitrate: 250_000 },
  { rid: 'f', scaleResolutionDownBy: 1, maxBitrate: 700_000 },
];

function preferVp8(transceiver: RTCRtpTransceiver): void {
  const known = RTCRtpReceiver.getCapabilities('video')?.codecs ?? [];
  const kept = known.filter((codec) => /^video\/(vp8|rtx)$/i.test(codec.mimeType));
  if (kept.some((codec) => /vp8/i.test(codec.mimeType))) transceiver.setCodecPreferences(kept);
}

/**
 * The one connection for media. Its slots are fixed: 0 our sound, 1 our picture, then sound and picture of each seat.
 * Nobody renegotiates when people come and go.
 */
export class Connection {
  private pc: RTCPeerConnection | null = null;
  private slots: Slot[] = [];
  /** Our sound, our picture. */
  private outlets: Outlet[] = [];
  private sound: MediaStreamTrack | null = null;
  private picture: MediaStreamTrack | null = null;
  private seats = 0;
  private failures = 0;
  private speaker = '';
  private loudness: (seat: Seat) => number = () => 1;
  private hushed = false;
  /** Settles when our senders do as they were told. */
  private told: Promise<unknown> = Promise.resolve();
  private restarting: ReturnType<typeof setTimeout> | null = null;
  private readonly hooks: Hooks;

  constructor(hooks: Hooks) {
    this.hooks = hooks;
  }

  /** First call: builds everything. Later calls: restarts ICE on the same connection, or rebuilds one that failed. */
  async open(seats: number): Promise<void> {
    const broken = !this.pc || this.pc.connectionState === 'failed' || this.pc.connectionState === 'closed' || seats !== this.seats;
    if (broken) this.build(seats);
    else this.pc?.restartIce();
    await this.makeOffer();
  }

  async answer(sdp: string): Promise<void> {
    const pc = this.pc;
    if (pc?.signalingState !== 'have-local-offer') return;
    try {
      await pc.setRemoteDescription({ type: 'answer', sdp: askForDtx(sdp) });
    } catch {
      // An answer to an older offer, or one we cannot read: only a new connection helps.
      this.rebuildSoon();
    }
  }

  rebuildSoon(): void {
    if (this.restarting) return;
    const wait = Math.min(10_000, 500 * 2 ** this.failures);
    this.failures += 1;
    this.restarting = setTimeout(() => {
      this.restarting = null;
      this.build(this.seats);
      void this.makeOffer();
    }, wait);
  }

  /** Null is for a muted microphone or a closed camera; a muted track would still send silence. */
  send(sound: MediaStreamTrack | null, picture: MediaStreamTrack | null): void {
    this.sound = sound;
    this.picture = picture;
    this.hushed = false;
    this.told = this.tell(sound, picture);
  }

  /** After this nothing leaves, as long as that is `still` wanted: a connection whose senders do not stop in time is given up. */
  async hush(still: () => boolean): Promise<void> {
    this.sound = null;
    this.picture = null;
    this.hushed = true;
    const late = new Promise<boolean>((done) => setTimeout(() => done(false), SILENT_WITHIN));
    const silent = await Promise.race([this.tell('shut', 'shut').then((shut) => shut && this.quiet()), late]);
    if (!silent && still()) this.close();
  }

  /** Senders that have stopped still let out what waits in the browser's queue; only its own count tells when that is over. */
  private async quiet(): Promise<boolean> {
    let before = -1;
    for (let looks = 0; looks * QUIET_FOR < SILENT_WITHIN; looks += 1) {
      let sent = 0;
      (await this.pc?.getStats())?.forEach((entry: Record<string, unknown>) => {
        if (entry['type'] === 'transport') sent += Number(entry['packetsSent'] ?? 0);
      });
      if (sent === before) return true;
      before = sent;
      await new Promise((done) => setTimeout(done, QUIET_FOR));
    }
    return false;
  }

  pictureOf(seat: Seat): MediaStream | null {
    return this.slots[seat]?.picture ?? null;
  }

  /** After a tap, browsers allow sound. */
  async unlock(): Promise<void> {
    const results = await Promise.allSettled(this.slots.map((slot) => slot.player.play()));
    this.hooks.soundBlocked(results.some((result) => result.status === 'rejected' && isBlocked(result.reason)));
  }

  setSpeaker(id: string): void {
    this.speaker = id;
    for (const { player } of this.slots) void player.setSinkId?.(id).catch(() => undefined);
  }

  get state(): string {
    return this.pc?.connectionState ?? 'none';
  }

  close(): void {
    if (this.restarting) clearTimeout(this.restarting);
    for (const { player } of this.slots) player.remove();
    this.slots = [];
    this.outlets = [];
    this.pc?.close();
    this.pc = null;
  }

  private build(seats: number): void {
    this.close();
    this.seats = seats;
    const pc = new RTCPeerConnection({ iceServers: relays(), bundlePolicy: 'max-bundle', rtcpMuxPolicy: 'require' });
    this.pc = pc;
    const sound = pc.addTransceiver('audio', { direction: 'sendonly' });
    const picture = pc.addTransceiver('video', { direction: 'sendonly', sendEncodings: LAYERS.map((layer) => ({ ...layer })) });
    preferVp8(picture);
    this.outlets = [new Outlet(sound.sender), new Outlet(picture.sender)];
    this.told = this.tell(this.sound, this.picture);
    this.slots = Array.from({ length: seats }, () => this.slot(pc));
    this.balance(this.loudness);
    pc.onconnectionstatechange = () => this.watch(pc);
    this.hooks.rebuilt();
  }

  /** How loud each voice plays, 0 to 1. */
  balance(loudness: (seat: Seat) => number): void {
    this.loudness = loudness;
    this.slots.forEach((slot, seat) => {
      slot.player.volume = loudness(seat);
    });
  }

  private slot(pc: RTCPeerConnection): Slot {
    const audio = pc.addTransceiver('audio', { direction: 'recvonly' });
    const video = pc.addTransceiver('video', { direction: 'recvonly' });
    preferVp8(video);
    const player = document.createElement('audio');
    player.srcObject = new MediaStream([audio.receiver.track]);
    player.autoplay = true;
    player.hidden = true;
    document.body.append(player);
    if (this.speaker) void player.setSinkId?.(this.speaker).catch(() => undefined);
    player.play().catch((error: unknown) => {
      if (isBlocked(error)) this.hooks.soundBlocked(true);
    });
    return { audio, video, picture: new MediaStream([video.receiver.track]), player };
  }

  private watch(pc: RTCPeerConnection): void {
    if (pc !== this.pc) return;
    if (pc.connectionState === 'connected') this.failures = 0;
    else if (pc.connectionState === 'failed') this.rebuildSoon();
    else if (pc.connectionState === 'disconnected') setTimeout(() => this.reviveIf(pc), STILL_GONE_AFTER);
  }

  /** Browsers take half a minute to call a lost path failed; a new one is often found at once, for instance after a change of network. */
  private reviveIf(pc: RTCPeerConnection): void {
    if (pc !== this.pc || pc.connectionState !== 'disconnected') return;
    pc.restartIce();
    void this.makeOffer();
  }

  private async tell(...wishes: (MediaStreamTrack | null | 'shut')[]): Promise<boolean> {
    const told = await Promise.all(this.outlets.map((outlet, index) => outlet.put(wishes[index] ?? null)));
    return !told.includes(false);
  }

  private async makeOffer(): Promise<void> {
    const pc = this.pc;
    // Without a socket nobody would hear it; whoever comes back asks for another one.
    if (!pc || this.hushed) return;
    await this.told;
    if (pc !== this.pc) return;
    await pc.setLocalDescription(await pc.createOffer());
    // No waiting for our own candidates: the server answers to whoever knocks with the right password.
    if (pc === this.pc && pc.localDescription) this.hooks.offer(pc.localDescription.sdp);
  }

  /** Everything a browser counts, by mid, so that tests can see that pictures and sound really flow. */
  async stats(own: Seat): Promise<SlotStats[]> {
    const all = this.slots.map((_, seat) => ({ seat, framesDecoded: 0, audioEnergy: 0, packetsSent: 0 }));
    const report = await this.pc?.getStats();
    const seatOf = new Map(this.slots.flatMap((slot, seat) => [[slot.audio.mid, seat] as const, [slot.video.mid, seat] as const]));
    report?.forEach((entry: Record<string, unknown>) => {
      if (entry['type'] === 'outbound-rtp' && all[own]) all[own].packetsSent += Number(entry['packetsSent'] ?? 0);
      if (entry['type'] !== 'inbound-rtp') return;
      const of = all[seatOf.get(String(entry['mid'])) ?? -1];
      if (!of) return;
      of.framesDecoded += Number(entry['framesDecoded'] ?? 0);
      of.audioEnergy += Number(entry['totalAudioEnergy'] ?? 0);
    });
    return all;
  }

  async sample(): Promise<Sample | null> {
    if (!this.pc || this.pc.connectionState !== 'connected') return null;
    const sample: Sample = { roundTrip: null, received: 0, lost: 0 };
    (await this.pc.getStats()).forEach((entry: Record<string, unknown>) => {
      if (entry['type'] === 'candidate-pair' && entry['nominated'] && entry['currentRoundTripTime'] !== undefined) {
        sample.roundTrip = Number(entry['currentRoundTripTime']) * 1_000;
      }
      if (entry['type'] !== 'inbound-rtp') return;
      sample.received += Number(entry['packetsReceived'] ?? 0);
      sample.lost += Math.max(0, Number(entry['packetsLost'] ?? 0));
    });
    return sample;
  }
}

function isBlocked(error: unknown): boolean {
  return error instanceof Error && error.name === 'NotAllowedError';
}
