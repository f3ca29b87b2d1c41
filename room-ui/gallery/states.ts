import type { BoardElement, View } from '../src/wire/generated.ts';
import type { No, OwnMedia } from '../src/session.ts';
import type { RoomState } from '../src/state/room_state.ts';
import type { AppProps } from '../src/view/app.tsx';
import { BOARD, DRAWN } from './board.ts';
import { READING_STATES } from './readings.ts';
import { CARD, chair, facilitator, member, message, NOW, OWN, room, tools } from './samples.ts';

export interface Sample {
  room: RoomState;
  /** What lies on the whiteboard. */
  drawn?: readonly BoardElement[];
  own?: Partial<OwnMedia>;
  /** The worksheet in which something is written and not kept. */
  written?: string;
  refuses?: No;
  start?: AppProps['start'];
}

const HANDS = { order: [5, 3], quiet_first: [3, 5] };
const round = {
  kind: { is: 'plain' as const },
  echo: null,
  prompt: 'Name one moment this week when you let the wave pass.',
  turn: { seat: 3, since: NOW - 50_000, until: NOW + 70_000 },
  waiting: [4, 5, 7, 8, 9, 10],
  had: [{ seat: 0, spoke: true }, { seat: 1, spoke: false }, { seat: 2, spoke: true }],
};
const shared = [
  { seat: 1, word: 'hopeful', concern: '' },
  { seat: 5, word: 'tired', concern: 'I start the new job on Monday and I keep waking up at four.' },
];
const checkIn = { open: true, mine: null, passed: false, shared, done: 4, of: 11, told: null };
const told = [
  { seat: 1, answer: { mood: 7, word: 'hopeful', concern: '', to_group: true } },
  { seat: 4, answer: { mood: 2, word: 'flat', concern: 'I did not sleep, and I would rather not say it in the circle.', to_group: false } },
  { seat: 5, answer: { mood: 5, word: 'tired', concern: 'I start the new job on Monday and I keep waking up at four.', to_group: true } },
  { seat: 7, answer: null },
];
const takeaways = [
  { id: 0, by: 3, text: 'The wave gets smaller if I do not fight it.' },
  { id: 1, by: 2, text: 'I can leave the room for two minutes and come back.' },
];
const closing = { open: true, takeaways, my_homework: [{ id: 2, text: 'Log three urges and what you did', days: 7 }], mine: null, answered: 3, homework: null };
const chat = { messages: Object.fromEntries([message(1, 5, 'The sheet from last week is in my library now, thank you.'), message(2, 2, 'I am a bit shaky today, could I go later?', 'facilitators'), message(3, 0, 'Of course. Take your time.')]) };
const waiting = [
  { seat: 11, name: 'Wei', part: 'member' as const, stance: 'ask_me' as const, since: NOW - 120_000, here: true },
  { seat: 12, name: 'Grace', part: 'member' as const, stance: 'listening' as const, since: NOW - 30_000, here: false },
];

const TABLE = { at: 'table' as const };
const spots = { 1: { ...TABLE, of: 0 }, 2: { ...TABLE, of: 0 }, 3: { ...TABLE, of: 0 }, 4: { ...TABLE, of: 1 }, 5: { ...TABLE, of: 1 }, 6: { ...TABLE, of: 1 }, 7: { ...TABLE, of: 2 }, 8: { ...TABLE, of: 2 } };
const mine = { table: 0, prompt: 'Tell each other one thing that helped this week, and what made it possible.', note: 'Walking with a neighbour. Saying no once.', called: false, coming: [] };
const out = { until: NOW + 492_000, tables: 3, mine: null, told: null, going: null, lead: null };
const noTables = { spots: {}, plan: null, round: null, brought: [] };
const leadTables = [
  { table: 0, prompt: mine.prompt, seats: [1, 2, 3], called: null, visited: NOW - 130_000, noted: true, apart: false },
  { table: 1, prompt: mine.prompt, seats: [4, 5, 6], called: NOW - 20_000, visited: null, noted: false, apart: false },
  { table: 2, prompt: mine.prompt, seats: [7, 8], called: null, visited: null, noted: false, apart: true },
];
const choosing = { how: 'choice' as const, prompts: ['Talk about the week', 'Write in silence, then read to each other', ''], mine: 1, taken: [3, 2, 0], places: null };
const laid = { how: 'draw' as const, prompts: [mine.prompt, mine.prompt, mine.prompt], mine: null, taken: [3, 3, 2], places: { 1: 0, 2: 0, 3: 0, 4: 1, 5: 1, 6: 1, 7: 2, 8: 2 } };
const brought = [
  { table: 0, text: 'Walking with a neighbour. Saying no once.' },
  { table: 2, text: 'We both sleep better when the phone stays in the kitchen. It took three evenings until it did not feel strange.' },
];

const CAPTIONS = { by: 19, lines: ['I woke at four again and did not reach for the telephone.', 'I counted my breath instead, and it was light before', 'I noticed'] };
const interpreted = ({ aloud = false, ...more }: Partial<View['tools']['interpreting']> & { aloud?: boolean }): View['tools']['interpreting'] => ({ channels: [{ seat: 19, language: 'Español', aloud }], listening: null, listeners: null, captions: null, ...more });
const HOSTING = { host: 2, next: 1, step: 0, since: null, steps: [2, 3, 17, 6, 2], ends_at: NOW + 20 * 60_000, called_at: null, again_at: null, alone: false, declined: false, without: ['check_in', 'journal', 'closing', 'markers', 'board', 'slides', 'video', 'reading'] };
/** A check-in of members without staff, hosted from this seat. */
function hostedBy(host: number | null, more: Partial<View> = {}, hosting: Partial<typeof HOSTING> | { called_at: number; again_at: number } = {}): Partial<View> {
  const base = member(4).chairs;
  const chairs = Object.fromEntries(Object.entries(base).map(([seat, chair]) => [seat, { ...chair, part: 'member' as const }]));
  return { week: 0, minutes: 30, phases: [], running: null, chairs, tools: tools({ hosting: { ...HOSTING, ...hosting, host } }), ...more };
}
const HELPS = ['Sleeping enough', 'Talking to somebody I trust', 'Going for a walk, even a short one'];
const asked = { kind: 'single' as const, question: 'What helped you most this week?', options: HELPS, named: false, live: false };
const poll = { id: 0, ask: asked, open: true, mine: null, again: false, answered: 3, of: 9, result: null, too_few: false, who: {} };
const counted = { answered: 8, counts: [2, 5, 1], words: [] };
const WORDS = [['steady', 3], ['a bit lighter', 1], ['curious', 1], ['tired', 2], ['warm', 1]].map(([word, count]) => ({ word: String(word), count: Number(count) }));
const WAVE = { question: 'What happens to an urge when nobody feeds it?', options: ['It grows without end', 'It rises, peaks and passes', 'It stays as it is'], mine: null, solved: null, count: null };
const SOLVED = { right: 1, why: 'Most urges peak within half an hour. Riding it out teaches the body that it passes by itself.' };
const quiz = { id: 0, open: true, questions: [WAVE, { ...WAVE, question: 'Which of these is grounding?', options: ['Naming five things I see', 'Holding my breath'] }] };
const feedback = { ...round, kind: { is: 'feedback' as const, seat: 2 }, prompt: 'The letter to my brother that I read aloud' };
const listening = { ...round, kind: { is: 'listening' as const } };
const writing = { prompt: 'A letter to yourself a year ago: what would you like that person to know?', stage: 'writing' as const, since: NOW - 70_000, until: NOW + 230_000, mine: { text: '', sharing: null }, lines: null, lead: null };
const LETTER = 'Dear me,\nyou do not know yet that you will sit here one evening and breathe more slowly. The year was long. You asked for help in spring, and it was not the end of anything.';
const choosingPage = { ...writing, stage: 'choosing' as const, mine: { text: LETTER, sharing: null } };
const lines = { anonymous: ['It was not the end of anything.', 'I am allowed to be slow.', 'Call her back.'], too_few: false, named: [{ seat: 5, line: 'Thank you for going to that first evening.' }] };
const given = [{ seat: 4, prompt: writing.prompt, text: LETTER }];
const journal = (round: NonNullable<View['tools']['journal']['round']> | null, more: Partial<View['tools']['journal']> = {}) => tools({ journal: { round, given: null, ...more } });

const part = (name: string, seat: number | null, wants: string | null = null) => ({ name, seat, wants });
const WANTS = 'Wants to say what it is like to find the sink full, without starting a fight, and to ask for one clear thing.';
const scene = {
  stage: 'laid' as const,
  title: 'The full sink',
  setting: 'Two people share a flat. The sink has been full since Sunday. One of them has just come home from a long shift; the other is on the sofa with a phone.',
  stop: 'Pause',
  parts: [part('The one who comes home', 2, WANTS), part('The one on the sofa', null)],
  mine: 0 as number | null,
  watch: null as string | null,
  until: null,
  before: 6,
  after: null,
  seen: [],
  lead: null,
};
const WATCH = 'Watch for a sentence that says what somebody feels and what they would like, without the word “always”.';
const onStage = { ...scene, stage: 'playing' as const, until: NOW + 131_000, parts: [part('The one who comes home', 3), part('The one on the sofa', 5)], mine: null, watch: WATCH, before: null };
const seen = [{ seat: 4, worked: 'You said what you felt before you asked.', wish: 'Look up once.' }, { seat: 7, worked: '', wish: 'A shorter beginning.' }];
const shelf = [{ card: 'dishes', skill: 'communication' as const, title: 'The full sink' }, { card: 'money', skill: 'assertiveness' as const, title: 'A small loan, again' }];
const leadScene = { ...onStage, parts: [part('The one who comes home', 3, WANTS), part('The one on the sofa', 5, 'Had a hard day too and hears blame quickly.')], lead: { burdens: [{ seat: 3, before: 6, after: null }, { seat: 5, before: 2, after: null }], stopped_by: null } };
const play = (now: NonNullable<View['tools']['role_play']['scene']> | null, more: Partial<View['tools']['role_play']> = {}) => tools({ role_play: { scene: now, shelf: null, ...more } });

function withEmpty(view: View): View {
  const dropped = view.chairs[8];
  return { ...view, chairs: { ...view.chairs, 7: chair('Noor', { presence: 'empty' }), 8: { ...(dropped ?? chair('Elif')), presence: 'reconnecting', mic: false } } };
}

const deck = { material: 7, title: 'How a wave of worry passes', pages: 5, page: 2, by: 0, spotlight: { x: 420, y: 300 } };
const film = { material: 9, title: 'One slow breath', captions: true, by: 0, running: false, position: 12_000, since: NOW - 5_000 };
const sharing = (seat: number | null, more: Partial<View['tools']['share']> = {}) => tools({ share: { seat, may: false, members: null, ...more } });

const onBoard = (here: typeof BOARD, more: Partial<View['tools']> = {}, at_tables: number[] | null = null): View['tools'] => tools({ board: { here, at_tables }, ...more });
const TABLE_BOARD = { ...BOARD, table: 0, names: false };
const BEFORE = { begun_at: null, running: null };

export const STATES: Record<string, () => Sample> = {
  'member-2': () => ({ room: room(member(2, { running: null, phases: [] }, 1), { speaking: [0] }) }),
  'member-5': () => ({ room: room(member(5), { speaking: [3] }) }),
  'member-11': () => ({ room: room(withEmpty(member(11, { tools: tools({ hands: HANDS }) })), { speaking: [3], floating: [{ id: 1, seat: 9, kind: 'thanks', at: NOW }] }) }),
  'member-20': () => ({ room: room(withEmpty(member(20, { tools: tools({ hands: HANDS }) })), { speaking: [3] }) }),
  'member-before': () => ({ room: room(member(9, BEFORE)) }),
  'member-overrun': () => ({ room: room(member(7, { running: { index: 3, since: NOW - 1_700_000, until: NOW - 200_000 } })) }),
  'member-breathing': () => ({ room: room(member(9, { tools: tools({ calm: { mine: { exercise: 'breathing', since: NOW - 1_000, until: NOW + 100_000, all: true, own: false }, singly: null, together: true } }) })) }),
  'member-senses': () => ({ room: room(member(9, { tools: tools({ calm: { mine: { exercise: 'senses', since: NOW - 1_000, until: NOW + 100_000, all: false, own: false }, singly: null, together: false } }) })) }),
  'member-own-moment': () => ({ room: room({ ...member(9, { tools: tools({ calm: { mine: { exercise: 'breathing', since: NOW - 5_000, until: null, all: false, own: true }, singly: null, together: false } }) }) }), own: { mic: false } }),
  'member-own-senses': () => ({ room: room({ ...member(9, { tools: tools({ calm: { mine: { exercise: 'senses', since: NOW - 5_000, until: null, all: false, own: true }, singly: null, together: false } }) }) }), own: { mic: false } }),
  'lead-moments': () => ({ room: room(facilitator(9, { tools: tools({ calm: { mine: null, singly: [{ seat: 2, since: NOW - 190_000, own: true }, { seat: 4, since: NOW - 20_000, own: false }], together: false } }) })), start: { tab: 'guide', panel: true } }),
  'member-invited': () => ({ room: room(member(9, { tools: tools({ invite: { mine: { seat: 2, by: 0, at: NOW, yes: null }, asked: null } }) })) }),
  'lead-prepared': () => ({ room: room(facilitator(9, {}, { prepared: [[], [], [{ tool: 'slides', material: 7, text: 'How a wave of worry passes', pages: 5 }, { tool: 'poll', kind: 'single', text: 'What helped you most this week?', options: HELPS }, { tool: 'calm', exercise: 'breathing', minutes: 2 }, { tool: 'board', template: 'coping' }, { tool: 'quiz', text: WAVE.question, options: WAVE.options, right: 1, why: SOLVED.why, more: [{ text: 'Which of these is grounding?', options: ['Naming five things I see', 'Holding my breath'], right: 0, why: SOLVED.why }] }]] })) }),
  'member-slides': () => ({ room: room(member(9, { tools: tools({ slides: deck }) })) }),
  'lead-slides': () => ({ room: room(facilitator(9, { tools: tools({ slides: deck }) })) }),
  ...READING_STATES,
  'member-video': () => ({ room: room(member(9, { tools: tools({ video: film }) })) }),
  'lead-video': () => ({ room: room(facilitator(9, { tools: tools({ video: film }) })) }),
  'member-screen': () => ({ room: room(member(9, { tools: sharing(3) })) }),
  'lead-screen': () => ({ room: room(facilitator(9, { tools: sharing(0, { may: true, members: true }) })) }),
  'lead-markers': () => ({
    room: room(
      facilitator(9, {
        tools: tools({
          calm: { mine: null, singly: [{ seat: 4, since: NOW - 60_000, own: false }], together: false },
          invite: { mine: null, asked: [{ seat: 3, by: 0, at: NOW, yes: true }, { seat: 7, by: 0, at: NOW, yes: null }] },
          markers: [
            { id: 0, by: 0, at: NOW - 400_000, moment: 'cohesion', note: '' },
            { id: 1, by: 0, at: NOW - 90_000, moment: 'repair', note: 'after the apology, three nodded' },
          ],
        }),
      }, { suggestion: { seat: 5, quiet_minutes: 14, wants_to_be_asked: true } }),
    ),
  }),
  'member-table': () => ({ room: room(member(9, { tools: tools({ tables: { ...noTables, spots, round: { ...out, mine: { ...mine, coming: [0] }, told: { text: 'Two more minutes: who has not spoken yet?', at: NOW - 5_000 } } } }) }), { speaking: [3] }) }),
  'member-tables-out': () => ({ room: room(member(9, { tools: tools({ tables: { ...noTables, spots: { 3: { ...TABLE, of: 0 }, 4: { ...TABLE, of: 0 } }, round: out } }) })) }),
  'member-choosing': () => ({ room: room(member(9, { tools: tools({ tables: { ...noTables, plan: choosing } }) })) }),
  'member-brought': () => ({ room: room(member(9, { tools: tools({ tables: { ...noTables, brought } }) })) }),
  'member-aside': () => ({ room: room(member(9, { tools: tools({ tables: { ...noTables, spots: { 0: { at: 'aside' as const, of: 0 }, 2: { at: 'aside' as const, of: 0 } } } }) }), { speaking: [0] }) }),
  'lead-tables-laid': () => ({ room: room(facilitator(9, { tools: tools({ tables: { ...noTables, plan: laid } }) })) }),
  'lead-tables': () => ({ room: room(facilitator(9, { tools: tools({ tables: { ...noTables, spots, round: { ...out, lead: leadTables } } }) })) }),
  'lead-tables-visit': () => ({
    room: room(facilitator(9, { tools: tools({ tables: { ...noTables, spots: { ...spots, 0: { ...TABLE, of: 0 } }, round: { ...out, mine, lead: leadTables } } }) }), { speaking: [2] }),
  }),
  'lead-aside': () => ({ room: room(facilitator(9, { tools: tools({ tables: { ...noTables, spots: { 0: { at: 'aside' as const, of: 0 }, 4: { at: 'aside' as const, of: 0 } } } }) }, { helps: [{ seat: 4, at: NOW - 12_000, card: CARD }] })) }),
  'member-family': () => {
    const view = member(2);
    view.chairs[1]!.beside = 'Erik and little Ida';
    return { room: room(view) };
  },
  'member-watched': () => {
    const watched = member(9);
    return { room: room({ ...watched, chairs: { ...watched.chairs, 9: chair('Sofia', { part: 'observer' }) } }), start: { open: 'more' } };
  },
  'member-journal': () => ({ room: room(member(9, { tools: journal(writing) })) }),
  'member-journal-written': () => ({ room: room(member(9, { tools: journal({ ...writing, until: NOW + 40_000, mine: { text: LETTER, sharing: null } }) })) }),
  'member-journal-choosing': () => ({ room: room(member(9, { tools: journal(choosingPage) })) }),
  'member-journal-chosen': () => ({ room: room(member(9, { tools: journal({ ...choosingPage, mine: { text: LETTER, sharing: { with: 'anonymous', line: 'It was not the end of anything.' } } }) })) }),
  'member-journal-lines': () => ({ room: room(member(9, { tools: journal({ ...choosingPage, stage: 'shown', lines }) })) }),
  'member-journal-few': () => ({ room: room(member(9, { tools: journal({ ...choosingPage, stage: 'shown', lines: { anonymous: [], too_few: true, named: [] } }) })) }),
  'observer-journal': () => ({ room: room(member(20, { tools: journal({ ...writing, mine: null }) }, 18)) }),
  'lead-journal': () => ({ room: room(facilitator(9, { tools: journal({ ...choosingPage, mine: { text: '', sharing: null }, lead: { chosen: 3, of: 9 } }, { given }) })) }),
  'lead-journal-lines': () => ({ room: room(facilitator(9, { tools: journal({ ...choosingPage, stage: 'shown', lines: { anonymous: [], too_few: false, named: [] } }, { given: [] }) })) }),
  'member-scene': () => ({ room: room(member(9, { tools: play(scene) })) }),
  'member-scene-watching': () => ({ room: room(member(9, { tools: play(onStage) }), { speaking: [3] }) }),
  'member-scene-paused': () => ({ room: room(member(9, { tools: play({ ...onStage, stage: 'paused', until: null }) })) }),
  'member-scene-over': () => ({ room: room(member(9, { tools: play({ ...onStage, stage: 'feedback', until: null, seen }) })) }),
  'lead-scene': () => ({ room: room(facilitator(9, { tools: play({ ...leadScene, stage: 'laid', until: null, parts: [leadScene.parts[0]!, part('The one on the sofa', null, 'Had a hard day too.')] }, { shelf }) })) }),
  'lead-scene-paused': () => ({ room: room(facilitator(9, { tools: play({ ...leadScene, stage: 'paused', until: null, lead: { ...leadScene.lead, stopped_by: 6 } }, { shelf }) })) }),
  'lead-scene-over': () => ({ room: room(facilitator(9, { tools: play({ ...leadScene, stage: 'feedback', until: null, seen, lead: { burdens: [{ seat: 3, before: 6, after: 3 }], stopped_by: null } }, { shelf }) })) }),
  'member-prompt': () => ({ room: room(member(8, { tools: tools({ prompt: { text: 'What would you say to a friend who had the week you had?' } }) })) }),
  'member-check-in': () => ({ room: room(member(11, { tools: tools({ check_in: checkIn }) })) }),
  'member-checked-in': () => ({ room: room(member(11, { tools: tools({ check_in: { ...checkIn, mine: { mood: 6, word: 'ready', concern: '', to_group: true } } }) })) }),
  'member-round': () => ({ room: room(member(11, { tools: tools({ go_round: round, hands: HANDS }) }), { speaking: [3] }) }),
  'member-round-mine': () => ({ room: room(member(11, { tools: tools({ go_round: { ...round, turn: { ...round.turn, seat: 2 } } }) })) }),
  'member-listening': () => ({ room: room(member(11, { tools: tools({ go_round: listening }) }), { speaking: [3] }) }),
  'member-says-back': () => ({ room: room(member(11, { tools: tools({ go_round: { ...listening, echo: { seat: 2, again: false } } }) })) }),
  'member-heard': () => ({ room: room(member(11, { tools: tools({ go_round: { ...listening, turn: { ...round.turn, seat: 2 }, echo: { seat: 4, again: false } } }) }), { speaking: [4] }) }),
  'member-heard-again': () => ({ room: room(member(11, { tools: tools({ go_round: { ...listening, turn: { ...round.turn, seat: 2 }, echo: { seat: 4, again: true } } }) })) }),
  'member-feedback': () => ({ room: room(member(11, { tools: tools({ go_round: feedback }) }), { speaking: [3] }) }),
  'member-feedback-giving': () => ({ room: room(member(11, { tools: tools({ go_round: { ...feedback, kind: { is: 'feedback', seat: 5 }, turn: { ...round.turn, seat: 2 }, waiting: [4, 7] } }) })) }),
  'member-poll': () => ({ room: room(member(9, { tools: tools({ poll }) })) }),
  'member-poll-several': () => ({ room: room(member(9, { tools: tools({ poll: { ...poll, again: true, ask: { ...asked, kind: 'several' } } }) })) }),
  'member-poll-scale': () => ({ room: room(member(9, { tools: tools({ poll: { ...poll, ask: { ...asked, kind: 'scale', options: [], named: true, question: 'How close did you feel to the group today?' } } }) })) }),
  'member-poll-order': () => ({ room: room(member(9, { tools: tools({ poll: { ...poll, ask: { ...asked, kind: 'order', question: 'What shall we do next week?' } } }) })) }),
  'member-poll-words': () => ({ room: room(member(9, { tools: tools({ poll: { ...poll, ask: { ...asked, kind: 'words', options: [], question: 'How do you leave today?' } } }) })) }),
  'member-poll-answered': () => ({ room: room(member(9, { tools: tools({ poll: { ...poll, mine: { choice: 1 }, answered: 4 } }) })) }),
  'member-poll-live': () => ({
    room: room(member(9, { tools: tools({ poll: { ...poll, ask: { ...asked, named: true, live: true }, mine: { choice: 1 }, answered: 3, result: { ...counted, answered: 3, counts: [1, 2, 0] }, who: { 1: { choice: 0 }, 2: { choice: 1 }, 5: { choice: 1 } } } }) })),
  }),
  'member-poll-result': () => ({ room: room(member(9, { tools: tools({ poll: { ...poll, open: false, answered: 8, result: counted } }) })) }),
  'member-poll-scale-result': () => ({ room: room(member(9, { tools: tools({ poll: { ...poll, open: false, answered: 8, ask: { ...asked, kind: 'scale', options: [] }, result: { ...counted, counts: [0, 0, 0, 1, 0, 1, 2, 0, 3, 1, 0] } } }) })) }),
  'member-poll-order-result': () => ({ room: room(member(9, { tools: tools({ poll: { ...poll, open: false, answered: 8, ask: { ...asked, kind: 'order' }, result: { ...counted, counts: [19, 11, 18] } } }) })) }),
  'member-poll-cloud': () => ({ room: room(member(9, { tools: tools({ poll: { ...poll, open: false, answered: 8, ask: { ...asked, kind: 'words', options: [], question: 'How do you leave today?' }, result: { answered: 8, counts: [], words: WORDS } } }) })) }),
  'member-poll-few': () => ({ room: room(member(9, { tools: tools({ poll: { ...poll, open: false, answered: 0, too_few: true } }) })) }),
  'member-quiz': () => ({ room: room(member(9, { tools: tools({ quiz }) })) }),
  'member-quiz-closed': () => ({ room: room(member(9, { tools: tools({ quiz: { ...quiz, open: false, questions: [{ ...WAVE, mine: 0, solved: SOLVED }, { ...WAVE, solved: SOLVED }] } }) })) }),
  'member-quiz-own': () => ({ room: room(member(9, { tools: tools({ quiz: { ...quiz, questions: [{ ...WAVE, mine: 1, solved: SOLVED }, { ...WAVE, mine: 0, solved: SOLVED }] } }) })) }),
  'lead-poll': () => ({ room: room(facilitator(9, { tools: tools({ poll }) })) }),
  'lead-quiz': () => ({ room: room(facilitator(9, { tools: tools({ quiz: { ...quiz, open: false, questions: [{ ...WAVE, solved: SOLVED, count: { answered: 7, right: 5 } }, { ...WAVE, solved: SOLVED, count: { answered: 3, right: null } }] } }) })) }),
  'lead-listening': () => ({ room: room(facilitator(11, { tools: tools({ go_round: { ...listening, echo: { seat: 4, again: true } } }) })) }),
  'member-board': () => ({ room: room(member(9, { tools: onBoard(BOARD) })), drawn: DRAWN }),
  'member-board-looking': () => ({ room: room(member(9, { tools: onBoard({ ...BOARD, may_draw: false, who: { may: 'leaders' } }) })), drawn: DRAWN }),
  'member-board-empty': () => ({ room: room(member(5, { tools: onBoard({ ...BOARD, template: null, names: false }) })) }),
  'member-table-board': () => ({ room: room(member(9, { tools: onBoard(TABLE_BOARD, { tables: { ...noTables, spots, round: { ...out, mine } } }) }), { speaking: [3] }), drawn: DRAWN }),
  'member-out-board': () => ({ room: room(member(9, { tools: onBoard(BOARD, { tables: { ...noTables, spots: { 3: { ...TABLE, of: 0 }, 4: { ...TABLE, of: 0 } }, round: out } }) })), drawn: DRAWN }),
  'lead-table-board': () => ({
    room: room(facilitator(9, { tools: onBoard({ ...TABLE_BOARD, template: null }, { tables: { ...noTables, spots: { ...spots, 0: { ...TABLE, of: 0 } }, round: { ...out, mine, lead: leadTables } } }, [0, 1]) })),
    drawn: DRAWN.slice(6),
    start: { tab: 'guide', panel: true },
  }),
  'lead-all-boards': () => ({ room: room(facilitator(9, { tools: tools({ board: { here: null, at_tables: [0, 1, 2] }, tables: { ...noTables, spots, round: { ...out, lead: leadTables } } }) })), start: { tab: 'guide', panel: true } }),
  'lead-board': () => ({ room: room(facilitator(9, { tools: onBoard({ ...BOARD, who: { may: 'named', seats: [2, 5] } }) })), drawn: DRAWN, start: { tab: 'guide', panel: true } }),
  'lead-board-cleared': () => ({ room: room(facilitator(9, { tools: onBoard({ ...BOARD, cleared: true }) })), drawn: DRAWN.slice(0, 6), start: { tab: 'guide', panel: true } }),
  'member-closing': () => ({ room: room(member(11, { tools: tools({ closing }) })) }),
  'lead-chat-told': () => ({ room: room(facilitator(9, { tools: tools({ chat: { messages: { 0: { id: 0, seat: 0, at: NOW - 60_000, text: 'You two go first after the break, if you like.', to: 'facilitators', with: [3, 4] } } } }) })), start: { tab: 'chat', panel: true } }),
  'member-chat': () => ({ room: room(member(9, { tools: tools({ chat }) })), start: { tab: 'chat', panel: true } }),
  'member-crisis': () => ({ room: room(member(9)), start: { open: 'crisis' } }),
  'member-help': () => ({ room: room(member(9)), start: { open: 'help' } }),
  'member-help-told': () => ({ room: room({ ...member(9), you: { ...member(9).you, help_asked: true } }), start: { open: 'help' } }),
  'member-more': () => ({ room: room(member(9)), start: { open: 'more' } }),
  'member-keys': () => ({ room: room(member(9)), start: { open: 'keys' } }),
  'member-leave': () => ({ room: room(member(9)), start: { open: 'leave' } }),
  'member-hushed': () => ({ room: room(member(9)), own: { mic: false, hushed: true, cameraTrouble: 'denied' } }),
  'member-languages': () => ({ room: room(member(20, { tools: tools({ interpreting: interpreted({}) }) })) }),
  'member-listens': () => ({ room: room(member(20, { tools: tools({ interpreting: interpreted({ listening: 19, captions: CAPTIONS }) }) })), own: { captions: true } }),
  'member-aloud': () => ({ room: room(member(20, { tools: tools({ interpreting: interpreted({ listening: 19, aloud: true }) }) })) }),
  'member-captions': () => ({ room: room(member(20, { tools: tools({ interpreting: { ...interpreted({ captions: CAPTIONS }), channels: [] } }) })), own: { captions: true } }),
  'interpreter-begins': () => ({ room: room(member(20, {}, 19)) }),
  'interpreter-works': () => ({ room: room(member(20, { tools: tools({ interpreting: interpreted({ listeners: 2, captions: CAPTIONS }) }) }, 19)) }),
  'member-sound-blocked': () => ({ room: room(member(9)), own: { soundBlocked: true } }),
  'host-before': () => ({ room: room(member(4, hostedBy(2, { begun_at: null }))) }),
  'host-welcome': () => ({ room: room(member(4, hostedBy(2))) }),
  'host-round': () => ({ room: room(member(4, hostedBy(2, {}, { step: 2 }))) }),
  'host-closing': () => ({ room: room(member(4, hostedBy(2, {}, { step: 4 }))) }),
  'host-alone': () => ({ room: room(member(4, hostedBy(2, { begun_at: null }, { alone: true }))) }),
  'host-other': () => ({ room: room(member(4, hostedBy(3, {}, { step: 1 }))) }),
  'host-nobody': () => ({ room: room(member(4, hostedBy(null))) }),
  'host-call-again': () => ({ room: room(member(4, hostedBy(3, {}, { called_at: NOW - 11 * 60_000, again_at: NOW - 60_000 }))) }),
  'host-called': () => ({ room: room(member(4, hostedBy(3, {}, { called_at: NOW - 60_000, again_at: NOW + 9 * 60_000 }))) }),
  'host-help': () => ({ room: room(member(4, hostedBy(3))), start: { open: 'help' } }),
  'host-talks': () => ({ room: room(member(4, { ...hostedBy(2), tools: tools({ hosting: { ...HOSTING, host: 2, step: 2 }, go_round: { ...round, turn: { ...round.turn, seat: 3 }, waiting: [1], had: [] } }) })) }),
  'host-staff': () => {
    const { chairs, ...hosted } = hostedBy(2);
    return { room: room(facilitator(4, { ...hosted, chairs: { ...chairs, 0: { ...chairs![0]!, part: 'facilitator' } } })) };
  },
  'member-no-leader': () => ({ room: room(member(9, { without_leader: true })) }),
  reconnecting: () => ({ room: room(member(9), { link: 'reconnecting' }), own: { quality: 'none' } }),
  connecting: () => ({ room: room(null) }),
  replaced: () => ({ room: room(member(9), { link: 'over', farewell: 'replaced' }) }),
  ended: () => ({ room: room(member(9, { ended: true })) }),
  'lead-before': () => ({ room: room(facilitator(9, BEFORE, { waiting })) }),
  'lead-11': () => ({
    room: room(withEmpty(facilitator(11, { tools: tools({ hands: HANDS, go_round: { ...round, turn: { ...round.turn, seat: 3 } } }) }, { not_heard: [4, 10] })), { speaking: [3] }),
  }),
  'lead-suggestion': () => ({ room: room(facilitator(11, { tools: tools({ hands: HANDS }) }, { suggestion: { seat: 4, quiet_minutes: 14, wants_to_be_asked: true }, not_heard: [4] })) }),
  'lead-20': () => ({ room: room(facilitator(20)) }),
  'lead-drop': () => ({ room: room(withEmpty(facilitator(11, {}, { drops: [{ seat: 8, since: NOW - 94_000, card: CARD }], waiting }))) }),
  'lead-help': () => ({ room: room(facilitator(11, {}, { helps: [{ seat: 4, at: NOW - 12_000, card: CARD }] })) }),
  'lead-check-in': () => ({ room: room(facilitator(11, { tools: tools({ check_in: { ...checkIn, told, passed: true } }) })) }),
  'lead-closing': () => ({ room: room(facilitator(11, { tools: tools({ closing: { ...closing, homework: { 3: [{ id: 4, text: 'Call your brother once', days: 5 }] } } }) })) }),
  'lead-people': () => ({ room: room(withEmpty(facilitator(11, {}, { waiting }))), start: { tab: 'people', panel: true } }),
  'lead-chat': () => ({ room: room(facilitator(11, { tools: tools({ chat }) })), start: { tab: 'chat', panel: true } }),
  'lead-guide-open': () => ({ room: room(facilitator(11, { tools: tools({ hands: HANDS }) })), start: { tab: 'guide', panel: true } }),
  'lead-end': () => ({ room: room(facilitator(11)), start: { open: 'end' } }),
  'lead-remove': () => ({ room: room(facilitator(11)), start: { open: { remove: 3 } } }),
  'lead-panel-closed': () => ({ room: room(facilitator(11, {}, { drops: [{ seat: 8, since: NOW - 94_000, card: CARD }], waiting })), start: { panel: false } }),
};

export const OWN_DEFAULT = OWN;
