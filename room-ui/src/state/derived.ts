import type { Chair, LeadView, Message, Phase, Seat, Spot, View } from '../wire/generated.ts';

export interface Seated extends Chair {
  seat: Seat;
  you: boolean;
}

/** Everybody's chair in seat order, our own among them. */
export function seated(view: View): Seated[] {
  return Object.entries(view.chairs)
    .map(([seat, chair]) => ({ ...chair, seat: Number(seat), you: Number(seat) === view.you.seat }))
    .sort((one, other) => one.seat - other.seat);
}

export function spotOf(view: View, seat: Seat): Spot {
  return view.tools.tables.spots[seat] ?? { at: 'circle' };
}

/** Whether we share sound and pictures with this seat. */
export function isBeside(view: View, seat: Seat): boolean {
  const [mine, theirs] = [spotOf(view, view.you.seat), spotOf(view, seat)];
  return mine.at === theirs.at && (mine.at === 'circle' ? null : mine.of) === (theirs.at === 'circle' ? null : theirs.of);
}

/** The chairs that stand around us: at a small table, or apart, only those who sit there; in the circle everybody's. */
export function around(view: View): Seated[] {
  const all = seated(view);
  return spotOf(view, view.you.seat).at === 'circle' ? all : all.filter((chair) => isBeside(view, chair.seat));
}

export function nameOf(view: View, seat: Seat): string {
  return view.chairs[seat]?.name ?? view.lead?.waiting.find((one) => one.seat === seat)?.name ?? '';
}

/** At most two letters: of the first and the last word; titles such as "Dr." say nothing about the person. */
export function initials(name: string): string {
  const words = name.split(/\s+/u).filter((word) => /^[\p{L}\p{N}]/u.test(word) && !/^(dr|dra|mr|mrs|ms|sr|sra)\.$/iu.test(word));
  const first = [...(words[0] ?? '')];
  const last = words.length > 1 ? [...(words.at(-1) ?? '')][0] : first[1];
  return ((first[0] ?? '') + (last ?? '')).toLocaleUpperCase();
}

/** The place in the line of hands, from 1; 0 if the hand is down. */
export function handPlace(view: View, seat: Seat): number {
  return view.tools.hands.order.indexOf(seat) + 1;
}

export interface Clock {
  over: boolean;
  minutes: number;
  /** Seconds beyond the minutes. */
  seconds: number;
  /** Minutes as a person would say them: what is left rounded up, what has overrun rounded down. */
  said: number;
}

export function clockTo(until: number, now: number): Clock {
  const left = until - now;
  const whole = Math.floor(Math.abs(left) / 1_000);
  const over = left < 0;
  return {
    over,
    minutes: Math.floor(whole / 60),
    seconds: whole % 60,
    said: over ? Math.floor(-left / 60_000) : Math.ceil(left / 60_000),
  };
}

export function minutesSeconds({ minutes, seconds }: Clock): string {
  return `${minutes}:${String(seconds).padStart(2, '0')}`;
}

export function phaseNow(view: View): Phase | null {
  return view.running ? (view.phases[view.running.index] ?? null) : null;
}

export function phaseNext(view: View): { index: number; phase: Phase } | null {
  const index = view.running ? view.running.index + 1 : 0;
  const phase = view.phases[index];
  return phase ? { index, phase } : null;
}

/** Here now, and still expected: "9 here, 1 expected". */
export function headcount(view: View): { here: number; expected: number } {
  const chairs = Object.values(view.chairs);
  const here = chairs.filter((chair) => chair.presence !== 'empty').length;
  return { here, expected: chairs.length - here };
}

export function messagesOf(view: View): Message[] {
  return Object.values(view.tools.chat.messages).sort((one, other) => one.id - other.id);
}

export function unreadAfter(view: View, lastRead: number): number {
  return messagesOf(view).filter((message) => message.id > lastRead && message.seat !== view.you.seat).length;
}

export function takesTurns(view: View): boolean {
  return view.you.part === 'facilitator' || view.you.part === 'member';
}

/** Something that wants the hearth more than what is only left standing there. */
export function othersOpen({ tools }: View): boolean {
  return Boolean(tools.go_round || tools.check_in?.open || tools.closing?.open);
}

/** The name of the part that this seat plays, as long as there is a scene to play. */
export function partOf(view: View, seat: Seat): string | null {
  const scene = view.tools.role_play.scene;
  if (!scene || scene.stage === 'feedback') return null;
  return scene.parts.find((part) => part.seat === seat)?.name ?? null;
}

export interface VoiceBar {
  seat: Seat;
  share: number;
  /** Length of the bar and of the equal-share mark, in percent of the track. */
  bar: number;
  tone: 'even' | 'much' | 'little';
}

/** The track ends at twice the equal share or the longest bar, so that the mark stands still in most rooms. */
export function voiceBars(lead: LeadView): { bars: VoiceBar[]; mark: number } {
  const count = Math.max(1, lead.voices.length);
  const equal = 100 / count;
  const full = Math.max(equal * 2.2, ...lead.voices.map((voice) => voice.share));
  const bars = lead.voices.map(({ seat, share }) => ({
    seat,
    share,
    bar: (share / full) * 100,
    tone: share > equal * 1.7 ? ('much' as const) : share < equal * 0.35 ? ('little' as const) : ('even' as const),
  }));
  return { bars, mark: (equal / full) * 100 };
}
