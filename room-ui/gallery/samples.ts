import type { Chair, LeadView, Message, Seat, View } from '../src/wire/generated.ts';
import type { OwnMedia } from '../src/session.ts';
import { EMPTY, type RoomState } from '../src/state/room_state.ts';

/** A Tuesday evening in March; the hands of the clock stand still. */
export const NOW = Date.UTC(2026, 2, 17, 22, 58, 18);
const MINUTE = 60_000;

const NAMES = ['Dr. Osei', 'Jonas', 'Maya', 'Theo', 'Priya', 'Lucía', 'Sam', 'Noor', 'Elif', 'Ben', 'Ana Sofía', 'Wei', 'Grace', 'Tomasz', 'Ines', 'Kwame', 'Dana', 'Oluwaseun', 'Dr. Iyer', 'Marta'];

export function chair(name: string, more: Partial<Chair> = {}): Chair {
  return { name, part: 'member', presence: 'here', mic: false, camera: false, listening: false, beside: '', ...more };
}

export function chairs(count: number): View['chairs'] {
  const made: View['chairs'] = {};
  for (let seat = 0; seat < count; seat += 1) {
    const name = NAMES[seat] ?? `Guest ${seat}`;
    made[seat] = chair(name, { mic: seat % 3 !== 1 });
  }
  if (made[0]) made[0].part = 'facilitator';
  if (made[6]) made[6].listening = true;
  if (count >= 20) {
    if (made[18]) made[18].part = 'observer';
    if (made[19]) made[19].part = 'interpreter';
  }
  return made;
}

export const PHASES: View['phases'] = [
  { kind: 'check_in', minutes: 15, prompt: '', theme: '' },
  { kind: 'learn', minutes: 20, prompt: '', theme: 'Riding the wave: urges and exposure' },
  { kind: 'practise', minutes: 20, prompt: 'Name one moment this week when you let the wave pass.', theme: 'Riding the wave' },
  { kind: 'discuss', minutes: 25, prompt: 'Where did the alarm go off this week, and what did you try?', theme: '' },
  { kind: 'close', minutes: 10, prompt: '', theme: '' },
];

export function member(count: number, more: Partial<View> = {}, seat: Seat = 2): View {
  const all = chairs(count);
  const you = seat < count ? seat : 1;
  return {
    title: 'Steady Ground',
    week: 6,
    starts_at: NOW - 28 * MINUTE,
    minutes: 90,
    you: { seat: you, part: all[you]?.part ?? 'member', stance: 'open', mic: true, camera: false, help_asked: false },
    chairs: all,
    phases: PHASES,
    begun_at: NOW - 26 * MINUTE,
    running: { index: 2, since: NOW - 8 * MINUTE, until: NOW + 11 * MINUTE + 42_000 },
    ended: false,
    without_leader: false,
    tools: { prompt: null, check_in: null, go_round: null, hosting: null, hands: { order: [], quiet_first: null }, chat: { messages: {} }, calm: { mine: null, singly: null, together: false }, invite: { mine: null, asked: null }, markers: null, tables: { spots: {}, plan: null, round: null, brought: [] }, poll: null, quiz: null, journal: { round: null, given: null }, role_play: { scene: null, shelf: null }, board: { here: null, at_tables: null }, reading: null, slides: null, video: null, share: { seat: null, may: false, members: null }, interpreting: { channels: [], listening: null, listeners: null, captions: null }, closing: null },
    lead: null,
    ...more,
  };
}

export function leadView(count: number, more: Partial<LeadView> = {}): LeadView {
  const shares = [12, 21, 9, 11, 2, 10, 6, 8, 11, 7, 3];
  const voices = Array.from({ length: Math.min(count, 18) }, (_, seat) => ({
    seat,
    seconds: (shares[seat % 11] ?? 5) * 12,
    share: count > 11 ? Math.round((shares[seat % 11] ?? 5) / 1.7) : (shares[seat] ?? 5),
    heard: seat !== 4,
  }));
  return { waiting: [], voices, not_heard: [], suggestion: null, drops: [], helps: [], stances: { 1: 'open', 2: 'ask_me', 6: 'listening' }, homework: ['Log three urges and what you did', 'Ten minutes of the body scan, four times'], prepared: [], ...more };
}

export function facilitator(count: number, more: Partial<View> = {}, lead: Partial<LeadView> = {}): View {
  return { ...member(count, {}, 0), lead: leadView(count, lead), ...more };
}

export function tools(more: Partial<View['tools']>): View['tools'] {
  return { ...member(2).tools, ...more };
}

export function message(id: number, seat: Seat, text: string, to: Message['to'] = 'circle'): [number, Message] {
  return [id, { id, seat, at: NOW - (20 - id) * MINUTE, text, to }];
}

export const CARD = {
  location: '14 Elm Street, Albany, New York',
  callback: '+1 518 555 0142',
  contact_name: 'Rosa Alvarez (sister)',
  contact_phone: '+1 518 555 0188',
  alone: true,
  crisis_lines: ['Suicide and crisis line: 988', 'Emergency: 911'],
};

export const OWN: OwnMedia = {
  mic: true,
  camera: false,
  hushed: false,
  micTrouble: null,
  cameraTrouble: null,
  quality: 'good',
  audioOnly: false,
  selfHidden: false,
  soundBlocked: false,
  floor: 'quiet',
  captions: false,
};

export function room(view: View | null, more: Partial<RoomState> = {}): RoomState {
  return { ...EMPTY, link: view ? 'live' : 'connecting', view, seq: 1, seats: 20, ...more };
}
