import type { Farewell, FromRoom, Reaction, Seat, View } from '../wire/generated.ts';
import { merge } from './merge.ts';
import { newsBetween, type News } from './news.ts';

/** `reconnecting` is shown in words, and nothing is sent from microphone or camera while it lasts. */
export type Link = 'connecting' | 'live' | 'reconnecting' | 'over';

export interface Floating {
  id: number;
  seat: Seat;
  kind: Reaction;
  at: number;
}

export interface RoomState {
  link: Link;
  farewell: Farewell | null;
  /** The last sequence number seen; null asks for the whole view. */
  seq: number | null;
  /** A patch is missing: the picture can no longer be trusted. */
  torn: boolean;
  seats: number;
  view: View | null;
  /** Server clock minus our clock, in milliseconds. */
  ahead: number;
  speaking: readonly Seat[];
  floating: readonly Floating[];
  /** The newest things worth saying aloud, oldest first. */
  news: readonly News[];
  count: number;
}

export type Happening =
  | { is: 'message'; message: FromRoom; at: number }
  | { is: 'link'; link: Link }
  | { is: 'moment'; at: number };

/** A reaction floats this long. */
export const FLOAT_FOR = 4_000;
const NEWS_KEPT = 12;

export const EMPTY: RoomState = {
  link: 'connecting',
  farewell: null,
  seq: null,
  torn: false,
  seats: 0,
  view: null,
  ahead: 0,
  speaking: [],
  floating: [],
  news: [],
  count: 0,
};

export function reduce(state: RoomState, happening: Happening): RoomState {
  switch (happening.is) {
    case 'message':
      return reduceMessage(state, happening.message, happening.at);
    case 'link':
      return relink(state, happening.link);
    case 'moment': {
      const floating = state.floating.filter((one) => happening.at - one.at < FLOAT_FOR);
      return floating.length === state.floating.length ? state : { ...state, floating };
    }
  }
}

function relink(state: RoomState, link: Link): RoomState {
  if (state.link === 'over' || state.link === link) return state;
  // Rings must not stay lit while nobody can be heard.
  return { ...state, link, speaking: link === 'live' ? state.speaking : [] };
}

function reduceMessage(state: RoomState, message: FromRoom, at: number): RoomState {
  switch (message.is) {
    case 'view':
      return seen(state, message.view, message.seq, message.now - at, { seats: message.seats, torn: false });
    case 'patch':
      return patched(state, message.seq, message.now - at, message.patch);
    case 'speech':
      return same(state.speaking, message.speaking) ? state : { ...state, speaking: message.speaking };
    case 'reacted':
      return {
        ...state,
        count: state.count + 1,
        floating: [...state.floating.slice(-19), { id: state.count, seat: message.seat, kind: message.kind, at }],
      };
    case 'pong':
      return { ...state, ahead: message.now - at };
    case 'bye':
      return { ...state, link: 'over', farewell: message.farewell, speaking: [] };
    case 'done':
    case 'refused':
    case 'answer':
    case 'no_media':
    // The whiteboard has a feed of its own.
    case 'drawn':
    case 'pointed':
      return state;
  }
}

function same(one: readonly Seat[], other: readonly Seat[]): boolean {
  return one.length === other.length && one.every((seat, index) => seat === other[index]);
}

function patched(state: RoomState, seq: number, ahead: number, patch: unknown): RoomState {
  // After a resume the server may repeat what we have.
  if (state.seq !== null && seq <= state.seq) return state;
  if (state.view === null || state.seq === null || seq !== state.seq + 1) return { ...state, seq: null, torn: true };
  return seen(state, merge(state.view, patch) as View, seq, ahead, {});
}

function seen(state: RoomState, view: View, seq: number, ahead: number, more: Partial<RoomState>): RoomState {
  const fresh = state.view === null ? [] : newsBetween(state.view, view);
  const numbered = fresh.map((news, index) => ({ ...news, id: state.count + index }));
  return {
    ...state,
    ...more,
    view,
    seq,
    ahead,
    link: state.link === 'over' ? 'over' : 'live',
    news: numbered.length === 0 ? state.news : [...state.news, ...numbered].slice(-NEWS_KEPT),
    count: state.count + numbered.length,
  };
}
