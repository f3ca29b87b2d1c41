/** What is to leave: a track, nothing for now, or nothing at all. */
type Wish = MediaStreamTrack | null | 'shut';

/**
 * One sender and what is to leave through it. Without a track it is not silent at once: what waits in Chromium's queue still goes, and
 * repeats and padding with it. Only encodings that are switched off stop every packet; an offer made meanwhile would call them paused,
 * so that is for the time without a socket alone.
 */
export class Outlet {
  private readonly sender: RTCRtpSender;
  private wish: Wish = null;
  private working: Promise<boolean> | null = null;

  constructor(sender: RTCRtpSender) {
    this.sender = sender;
  }

  /** True once the sender does what was wished last; false when it cannot be made to. Wishes wait for each other. */
  put(wish: Wish): Promise<boolean> {
    this.wish = wish;
    this.working ??= this.follow().finally(() => {
      this.working = null;
    });
    return this.working;
  }

  private async follow(): Promise<boolean> {
    try {
      for (;;) {
        const wish = this.wish;
        if (wish === 'shut') await Promise.all([this.sender.replaceTrack(null), this.switchTo(false)]);
        else await this.switchTo(true);
        // A wish that came meanwhile must not find an old track let out.
        if (wish !== 'shut' && wish === this.wish) await this.sender.replaceTrack(wish);
        if (wish === this.wish) return true;
      }
    } catch {
      return false;
    }
  }

  private async switchTo(active: boolean): Promise<void> {
    const parameters = this.sender.getParameters();
    if (parameters.encodings.every((encoding) => (encoding.active ?? true) === active)) return;
    for (const encoding of parameters.encodings) encoding.active = active;
    await this.sender.setParameters(parameters);
  }
}
