import type { Offered } from '../view/shelf.tsx';
import type { Library, Readable, Titled, Told } from '../session.ts';
import { Sheets, SomebodyElse, type Home } from '../state/sheets.ts';
import type { Deck } from './deck.ts';

/** What the practice's library offers to leaders. */
export async function shelf(): Promise<Offered[]> {
  const answer = await fetch('/materials/shelf');
  if (!answer.ok) throw new Error(`the library answered ${answer.status}`);
  return (await answer.json()) as Offered[];
}

/** Homework that the practice keeps, in the language of the group. The address is beside that of the page. */
export async function homework(): Promise<Titled[]> {
  const answer = await fetch('homework-shelf');
  if (!answer.ok) throw new Error(`the homework shelf answered ${answer.status}`);
  return (await answer.json()) as Titled[];
}

/** What draws a deck is fetched with the first one: most sessions have none. */
export async function deck(material: number): Promise<Deck> {
  const { Deck } = await import('./deck.ts');
  return Deck.load(`/materials/${material}/file`);
}

/** What there is to read for this group. The address is beside that of the page. */
async function readings(): Promise<Readable[]> {
  const answer = await fetch('library-shelf');
  if (!answer.ok) throw new Error(`the library answered ${answer.status}`);
  return (await answer.json()) as Readable[];
}

/** The words of it in our own language; null if it is not open to us. */
async function words(item: string): Promise<Told | null> {
  const answer = await fetch(`/library/${item}/words`);
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(`the library answered ${answer.status}`);
  return (await answer.json()) as Told;
}

const WEEK = 7;

function inAWeek(): string {
  const day = new Date();
  day.setDate(day.getDate() + WEEK);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** Sends what the forms of the homework pages send. Whoever is not signed in any more ends at another address. */
async function sent(path: string, fields: [string, string][]): Promise<{ status: number; home: string | null }> {
  const answer = await fetch(path, { method: 'POST', body: new URLSearchParams(fields) });
  const home = answer.redirected ? (/^\/homework\/(-?\d+)$/.exec(new URL(answer.url).pathname)?.[1] ?? null) : null;
  return { status: answer.status, home };
}

/** Our own homework, which nobody else reads. */
const OWN_HOMEWORK: Home = {
  async begin({ reader, title, prompts, text }, once) {
    const fields: [string, string][] = [['reader', reader], ['text', title], ['prompts', prompts.join('\n')], ['page', text], ['due', inAWeek()], ['reads', 'alone'], ['once', once], ['then', 'sheet']];
    const answer = await sent('/homework', fields);
    if (answer.status === 403) throw new SomebodyElse();
    return answer.home;
  },
  async write(home, { answers, once, seen }) {
    const answer = await sent(`/homework/${home}/entries`, [...Object.entries(answers), ['once', once], ['seen', String(seen)], ['slot', 'whole']]);
    if (answer.home === home) return 'kept';
    // Written into by another device, or put away since.
    return answer.status === 409 || answer.status === 404 ? 'elsewhere' : 'no';
  },
  token: () => crypto.randomUUID(),
};

export const library: Library = { shelf: readings, words, sheets: new Sheets(OWN_HOMEWORK) };
