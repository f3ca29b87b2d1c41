import type { Session } from '../../session.ts';
import type { BoardView, Seat } from '../../wire/generated.ts';

/** What the canvas is given. It is a bundle of its own with a React of its own, so it shares no context with the room. */
export interface Given {
  session: Session;
  board: BoardView;
  lang: 'en' | 'es';
  live: boolean;
  name(seat: Seat): string;
  tell(key: string, values?: Record<string, string | number>): void;
}

export interface Mounted {
  update(given: Given): void;
  /** Lays a note with these words under that thing, or where there is room. Gives the names of what lies there now. */
  note(words: string, under: string | null): string[];
  takeBack(names: readonly string[]): void;
  unmount(): void;
}

export type Mount = (box: HTMLElement, given: Given) => Promise<Mounted>;

/** Where it comes from: the page says the address, which carries the hash of what is there. The gallery has it in its own bundle. */
export const canvas = {
  async load(): Promise<Mount> {
    const address = document.getElementById('room')?.dataset['board'] ?? '';
    const bundle = (await import(/* @vite-ignore */ address)) as { mount: Mount };
    return bundle.mount;
  },
};
