/** What somebody writes beside the questions of a worksheet, or takes along of what is read. It is on this device alone until they keep it. */
export interface Page {
  /** Whose it is. */
  reader: string;
  title: string;
  /** The questions of a worksheet, or the text of an article. */
  prompts: readonly string[];
  text: string;
}

export type Answers = Readonly<Record<string, string>>;
export type Keeping = 'open' | 'keeping' | 'kept' | 'trouble';

export interface Entry {
  answers: Answers;
  /** What makes it one: sent twice it is kept once. */
  once: string;
  /** The version that it follows on; 0 is none. */
  seen: number;
}

/** Somebody else is signed in by now. */
export class SomebodyElse extends Error {}

/** Where it is kept: among their own homework. */
export interface Home {
  /** Its number; the same `once` gives the same one again. Null if that did not work; for anybody but its reader it throws `SomebodyElse`. */
  begin(page: Page, once: string): Promise<string | null>;
  write(home: string, entry: Entry): Promise<'kept' | 'elsewhere' | 'no'>;
  token(): string;
}

interface Sheet {
  page: Page;
  answers: Answers;
  kept: Answers;
  keeping: Keeping;
  once: string;
  home: string | null;
  seen: number;
  /** On its way, and nobody knows whether it arrived. */
  sent: Entry | null;
  running: Promise<boolean> | null;
}

const NOTHING: Answers = {};

function same(one: Answers, other: Answers): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => (one[name] ?? '').trim() === (other[name] ?? '').trim());
}

/** The sheets of one evening. Nothing of them ever goes to the room, and none goes away with something in it that was not kept. */
export class Sheets {
  private readonly all = new Map<string, Sheet>();
  private readonly listeners = new Set<() => void>();
  private readonly home: Home;
  private changes = 0;

  constructor(home: Home) {
    this.home = home;
  }

  readonly subscribe = (changed: () => void) => {
    this.listeners.add(changed);
    return () => this.listeners.delete(changed);
  };

  /** Another number whenever something changed. */
  readonly version = () => this.changes;

  answer(item: string, name: string): string {
    return this.all.get(item)?.answers[name] ?? '';
  }

  keeping(item: string): Keeping {
    return this.all.get(item)?.keeping ?? 'open';
  }

  hasWords(item: string): boolean {
    return !same(this.all.get(item)?.answers ?? NOTHING, NOTHING);
  }

  write(item: string, page: Page, name: string, words: string): void {
    const sheet = this.sheet(item, page);
    sheet.answers = { ...sheet.answers, [name]: words };
    if (sheet.keeping === 'kept') sheet.keeping = 'open';
    this.changed();
  }

  /** What has words in it that are kept nowhere. */
  unkept(): readonly { item: string; title: string; keeping: Keeping }[] {
    const open = [...this.all].filter(([item, sheet]) => this.hasWords(item) && !same(sheet.answers, sheet.kept));
    return open.map(([item, sheet]) => ({ item, title: sheet.page.title, keeping: sheet.keeping }));
  }

  /** True when all that was written until now is kept. Pressed twice it is done once. */
  keep(item: string, page?: Page): Promise<boolean> {
    const sheet = page ? this.sheet(item, page) : this.all.get(item);
    if (!sheet) return Promise.resolve(false);
    sheet.running ??= this.run(sheet);
    return sheet.running;
  }

  /** For whoever says so: the words are gone. */
  forget(item: string): void {
    this.all.delete(item);
    this.changed();
  }

  /** For whoever leaves this screen to somebody else. */
  forgetAll(): void {
    this.all.clear();
    this.changed();
  }

  /** When nothing is left that somebody would lose by going away. */
  settled(): Promise<void> {
    if (this.unkept().length === 0) return Promise.resolve();
    return new Promise((done) => {
      const stop = this.subscribe(() => {
        if (this.unkept().length > 0) return;
        stop();
        done();
      });
    });
  }

  private sheet(item: string, page: Page): Sheet {
    const known = this.all.get(item);
    if (known) return known;
    const sheet: Sheet = { page, answers: NOTHING, kept: NOTHING, keeping: 'open', once: this.home.token(), home: null, seen: 0, sent: null, running: null };
    this.all.set(item, sheet);
    return sheet;
  }

  private async run(sheet: Sheet): Promise<boolean> {
    sheet.keeping = 'keeping';
    this.changed();
    const wanted = sheet.answers;
    const done = await this.send(sheet, wanted).catch((trouble: unknown) => {
      if (trouble instanceof SomebodyElse) this.forgetAll();
      return false;
    });
    // Whoever went on writing meanwhile has something that is not kept yet.
    sheet.keeping = done ? (same(sheet.answers, sheet.kept) ? 'kept' : 'open') : 'trouble';
    sheet.running = null;
    this.changed();
    return done;
  }

  private async send(sheet: Sheet, wanted: Answers): Promise<boolean> {
    for (let tries = 0; tries < 2; tries += 1) {
      sheet.home ??= await this.home.begin(sheet.page, sheet.once);
      const came = sheet.home === null ? 'no' : await this.deliver(sheet, sheet.home, wanted);
      if (came !== 'elsewhere') return came === 'kept';
      // It was changed elsewhere since: nothing of that is written over, and this becomes one of its own.
      Object.assign(sheet, { home: null, once: this.home.token(), seen: 0, sent: null, kept: NOTHING });
    }
    return false;
  }

  private async deliver(sheet: Sheet, home: string, wanted: Answers): Promise<'kept' | 'elsewhere' | 'no'> {
    while (sheet.sent || !same(wanted, sheet.kept)) {
      sheet.sent ??= { answers: wanted, once: this.home.token(), seen: sheet.seen };
      const came = await this.home.write(home, sheet.sent);
      if (came !== 'kept') return came;
      sheet.kept = sheet.sent.answers;
      sheet.seen += 1;
      sheet.sent = null;
    }
    return 'kept';
  }

  private changed(): void {
    this.changes += 1;
    for (const listener of this.listeners) listener();
  }
}
