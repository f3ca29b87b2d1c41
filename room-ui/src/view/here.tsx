import { createContext, useContext, useEffect, useState } from 'react';
import type { Command, View } from '../wire/generated.ts';
import type { RoomState } from '../state/room_state.ts';
import type { OwnMedia, Session } from '../session.ts';
import type { Words } from '../words.ts';

export interface Line {
  name: string;
  number: string;
}

export interface Practice {
  name?: string;
  phone?: string;
  /** When staff read a call, in a sentence; only where members meet without them. */
  watch?: string;
}

/** What every part of the room may know. */
export interface Here {
  session: Session;
  words: Words;
  view: View;
  room: RoomState;
  own: OwnMedia;
  crisis: Line[];
  practice: Practice;
  /** True when it is done and stored; a no is said in a toast, and the caller keeps what was typed. */
  ask(command: Command): Promise<boolean>;
  tell(key: string, values?: Record<string, string | number>): void;
}

export const HereContext = createContext<Here | null>(null);

export function useHere(): Here {
  const here = useContext(HereContext);
  if (!here) throw new Error('outside of the room');
  return here;
}

/** The server's time, anew every `every` milliseconds. */
export function useNow(every = 1_000): number {
  const { session } = useHere();
  const [now, setNow] = useState(() => session.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(session.now()), every);
    return () => clearInterval(timer);
  }, [session, every]);
  return now;
}
