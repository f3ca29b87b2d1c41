import type { Offered } from '../view/shelf.tsx';
import type { Titled } from '../session.ts';
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
