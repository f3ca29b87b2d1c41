import { listenTo, type Ear } from './level.ts';
import { openTrack, saveChoice, troubleOf, type Choice, type Kind, type Trouble } from './devices.ts';

interface Held {
  track: MediaStreamTrack | null;
  opening: Promise<void> | null;
  trouble: Trouble | null;
}

/** A microphone that is on and gives not one sample of sound for this long is unplugged or switched off on its own side. */
const SILENT_AFTER = 12_000;
const SILENCE = 0.0006;

/** Our own microphone and camera: opened when wanted, and let go of, so that the camera light tells the truth. */
export class OwnTracks {
  private readonly held: Record<Kind, Held> = {
    mic: { track: null, opening: null, trouble: null },
    camera: { track: null, opening: null, trouble: null },
  };
  private choice: Choice;
  private ear: Ear | null = null;
  private heardAt = Date.now();
  private readonly changed: () => void;

  constructor(choice: Choice, changed: () => void) {
    this.choice = choice;
    this.changed = changed;
  }

  track(kind: Kind): MediaStreamTrack | null {
    return this.held[kind].track;
  }

  trouble(kind: Kind): Trouble | null {
    return this.held[kind].trouble;
  }

  device(kind: Kind): string {
    return this.held[kind].track?.getSettings().deviceId ?? this.choice[kind] ?? '';
  }

  /** Opens the device if it is not open yet. True if there is a track now. */
  async open(kind: Kind): Promise<boolean> {
    const held = this.held[kind];
    held.opening ??= this.take(kind).finally(() => {
      held.opening = null;
    });
    await held.opening;
    return held.track !== null;
  }

  close(kind: Kind): void {
    const held = this.held[kind];
    held.track?.stop();
    held.track = null;
    if (kind === 'mic') this.deafen();
    this.changed();
  }

  async use(kind: Kind, deviceId: string): Promise<boolean> {
    this.choice = saveChoice({ [kind]: deviceId });
    const was = this.held[kind].track !== null;
    this.close(kind);
    return was ? this.open(kind) : true;
  }

  /** To be called about once a second while the microphone is on. */
  checkSilence(on: boolean): void {
    const held = this.held.mic;
    if (!held.track || !on) {
      this.heardAt = Date.now();
      return;
    }
    this.ear ??= listenTo(held.track);
    if (!this.ear.awake() || this.ear.peak() > SILENCE) this.heardAt = Date.now();
    const silent = Date.now() - this.heardAt > SILENT_AFTER;
    if (silent === (held.trouble === 'silent')) return;
    held.trouble = silent ? 'silent' : null;
    this.changed();
  }

  private async take(kind: Kind): Promise<void> {
    const held = this.held[kind];
    if (held.track?.readyState === 'live') return;
    try {
      const track = await openTrack(kind, this.choice[kind]);
      held.track = track;
      held.trouble = null;
      // Unplugged in the middle of a session.
      track.onended = () => {
        if (held.track !== track) return;
        held.track = null;
        held.trouble = 'missing';
        if (kind === 'mic') this.deafen();
        this.changed();
      };
    } catch (error) {
      held.trouble = troubleOf(error);
    }
    this.changed();
  }

  private deafen(): void {
    this.ear?.stop();
    this.ear = null;
    this.heardAt = Date.now();
  }
}
