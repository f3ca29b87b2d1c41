import type { No, OwnScreen } from '../session.ts';
import type { Command, View } from '../wire/generated.ts';

/** Pictures a second: letters have to be sharp, not smooth. */
const MOST_FRAMES = 15;

/** Our own screen while it is in the middle. Sound stays behind: what a computer plays is seldom meant for the group. */
export class Screen implements OwnScreen {
  private held: MediaStreamTrack | null = null;
  /** Whether ours is the screen in the middle, by the server's word. */
  private shown = false;
  private readonly ask: (command: Command) => Promise<No | null>;
  private readonly changed: () => void;

  constructor(ask: (command: Command) => Promise<No | null>, changed: () => void) {
    this.ask = ask;
    this.changed = changed;
  }

  /** Phones and old browsers cannot. */
  can(): boolean {
    return typeof navigator !== 'undefined' && 'getDisplayMedia' in (navigator.mediaDevices ?? {});
  }

  stream(): MediaStream | null {
    return this.held ? new MediaStream([this.held]) : null;
  }

  /** What goes out instead of our picture. */
  track(): MediaStreamTrack | null {
    return this.shown ? this.held : null;
  }

  /** Has to be called from a press: browsers ask the person which window. */
  async share(): Promise<boolean> {
    try {
      const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { max: MOST_FRAMES } }, audio: false });
      this.hold(stream.getVideoTracks()[0] ?? null);
    } catch {
      // Thought better of it, or not allowed on this computer; the browser has said so itself.
      return false;
    }
    const no = await this.ask({ tool: 'share', act: { do: 'start' } });
    if (no) this.close();
    return no === null;
  }

  /** A new view: ended by somebody else, or by a server that was restarted. */
  told(view: View): void {
    const shown = view.tools.share.seat === view.you.seat;
    if (this.shown && !shown) this.close();
    this.shown = shown;
  }

  close(): void {
    this.hold(null);
  }

  private hold(track: MediaStreamTrack | null): void {
    if (this.held) this.held.onended = null;
    this.held?.stop();
    this.held = track;
    if (!track) return;
    track.contentHint = 'detail';
    // The browser has a button of its own to end it.
    track.onended = () => {
      this.held = null;
      if (this.shown) void this.ask({ tool: 'share', act: { do: 'stop' } });
      this.changed();
    };
  }
}
