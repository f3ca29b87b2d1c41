/** So long at most what was typed waits before it is sent. */
export const WAIT = 1_500;
/** The server takes no control characters; a pasted tab must not cost somebody their page. */
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g;

export type Keeping = 'kept' | 'keeping' | 'waiting';

/** A text that is kept while its person types: sent at most every one and a half seconds, one message at a time, and again after a gap in the line. */
export class Keeper {
  text: string;
  keeping: Keeping = 'kept';
  send: (text: string) => Promise<boolean>;
  private kept: string;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private under: Promise<boolean> | null = null;
  private readonly changed: () => void;

  constructor(saved: string, send: (text: string) => Promise<boolean>, changed: () => void) {
    this.text = saved;
    this.kept = saved;
    this.send = send;
    this.changed = changed;
  }

  write(raw: string): void {
    this.text = raw.replace(CONTROL, ' ');
    if (this.keeping === 'kept') this.keeping = 'keeping';
    this.soon();
    this.changed();
  }

  /** Sends what is not kept yet; true when all of it is. */
  async flush(): Promise<boolean> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    while (this.under) await this.under;
    if (this.text !== this.kept) {
      const going = this.text;
      this.under = this.send(going);
      const done = await this.under;
      this.under = null;
      if (done) this.kept = going;
      this.keeping = !done ? 'waiting' : this.text === this.kept ? 'kept' : 'keeping';
      this.changed();
    } else if (this.keeping !== 'kept') {
      this.keeping = 'kept';
      this.changed();
    }
    if (this.text !== this.kept) this.soon();
    return this.text === this.kept;
  }

  private soon(): void {
    this.timer ??= setTimeout(() => void this.flush(), WAIT);
  }
}
