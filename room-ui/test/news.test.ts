import { describe, expect, it } from 'vitest';
import { newsBetween } from '../src/state/news.ts';
import type { View } from '../src/wire/generated.ts';
import { BOARD } from '../gallery/board.ts';
import { CARD, chairs, facilitator, member, message, NOW, tools } from '../gallery/samples.ts';

const told = (before: View, after: View) => newsBetween(before, after).map((news) => [news.key, ...Object.values(news.with)].join(' '));
const guest = (seat: number, here = true) => ({ seat, name: `Guest ${seat}`, part: 'member' as const, stance: 'open' as const, since: NOW, here });
const at = (seat: number, presence: 'empty' | 'reconnecting' | 'here'): View => {
  const all = chairs(5);
  const chair = all[seat];
  if (chair) chair.presence = presence;
  return member(5, { chairs: all });
};

describe('nothing is said', () => {
  it('when nothing has changed', () => {
    for (const view of [member(5), facilitator(12), member(20)]) expect(told(view, view)).toEqual([]);
  });

  it('about our own doing', () => {
    const mine = tools({ hands: { order: [2], quiet_first: null }, chat: { messages: Object.fromEntries([message(1, 2, 'mine')]) } });
    expect(told(member(5), member(5, { tools: mine }))).toEqual([]);
    expect(told(at(2, 'empty'), at(2, 'here'))).toEqual([]);
  });

  it('when somebody only mutes, turns the camera on or starts to reconnect', () => {
    const quiet = chairs(5);
    for (const chair of Object.values(quiet)) [chair.mic, chair.camera] = [!chair.mic, !chair.camera];
    expect(told(member(5), member(5, { chairs: quiet }))).toEqual([]);
    expect(told(at(1, 'here'), at(1, 'reconnecting'))).toEqual([]);
  });

  it('when a hand goes down, a message is repeated or a tool is closed', () => {
    const before = tools({ hands: { order: [1, 3], quiet_first: null }, chat: { messages: Object.fromEntries([message(1, 1, 'a')]) }, prompt: { text: 'x' } });
    expect(told(member(5, { tools: before }), member(5, { tools: { ...before, hands: { order: [3], quiet_first: null }, prompt: null } }))).toEqual([]);
  });
});

describe('who comes and goes', () => {
  it.each([
    ['empty', 'here', ['room-news-here Jonas']],
    ['reconnecting', 'here', ['room-news-here Jonas']],
    ['here', 'empty', ['room-news-gone Jonas']],
    ['reconnecting', 'empty', ['room-news-gone Jonas']],
  ] as const)('from %s to %s', (before, after, said) => expect(told(at(1, before), at(1, after))).toEqual(said));

  it('is said of a chair that was not there before', () => expect(told(member(4), member(5))).toEqual(['room-news-here Priya']));
});

describe('the session', () => {
  it('begins, moves on, loses its leader, and ends', () => {
    const waiting = member(5, { begun_at: null, running: null });
    expect(told(waiting, member(5))).toEqual(['room-news-begun', 'room-news-phase-practise']);
    expect(told(member(5), member(5, { without_leader: true }))).toEqual(['room-without-leader']);
    expect(told(member(5, { without_leader: true }), member(5))).toEqual([]);
    expect(told(member(5), member(5, { ended: true }))).toEqual(['room-news-ended']);
  });

  it('has a sentence for each of its phases', () => {
    const keys = [0, 1, 2, 3, 4].map((index) => told(member(5, { running: null }), member(5, { running: { index, since: NOW, until: NOW } }))[0]);
    expect(new Set(keys).size).toBe(5);
    expect(told(member(5), member(5, { running: { index: 9, since: NOW, until: NOW } }))).toEqual([]);
  });

  it('does not say a phase again because it was made longer', () => {
    const running = { index: 2, since: NOW, until: NOW + 600_000 };
    expect(told(member(5), member(5, { running }))).toEqual([]);
  });
});

describe('the tools', () => {
  const round = (seat: number | null) => tools({ go_round: { kind: { is: 'plain' }, echo: null, prompt: 'x', turn: seat === null ? null : { seat, since: NOW, until: NOW }, waiting: [], had: [] } });

  it('say whose turn it is, once', () => {
    const [none, jonas, mine] = [round(null), round(1), round(2)].map((one) => member(5, { tools: one })) as [View, View, View];
    expect(told(none, jonas)).toEqual(['room-news-turn Jonas']);
    expect(told(jonas, mine)).toEqual(['room-news-your-turn']);
    expect(told(mine, mine)).toEqual([]);
    expect(told(mine, none)).toEqual([]);
  });

  it('say who says back what they heard, and ask for it by name', () => {
    const echo = (seat: number, again = false) => {
      const all = round(1);
      return member(5, { tools: { ...all, go_round: { ...all.go_round!, kind: { is: 'listening' }, echo: { seat, again } } } });
    };
    const speaking = member(5, { tools: round(1) });
    expect(told(speaking, echo(3))).toEqual(['room-listening-says-back Theo']);
    expect(told(speaking, echo(2))).toEqual(['room-news-say-back Jonas']);
    expect(told(echo(2), echo(2, true))).toEqual(['room-news-say-back Jonas']);
    expect(told(echo(2), echo(2))).toEqual([]);
    expect(told(echo(2), member(5, { tools: round(2) }))).toEqual(['room-news-your-turn']);
  });

  it('say that a poll is asked and that it has closed, and that a quiz has begun', () => {
    const ask = { kind: 'single' as const, question: 'Which?', options: ['a', 'b'], named: false, live: false };
    const poll = (id: number, open: boolean) => member(5, { tools: tools({ poll: { id, ask, open, mine: null, again: false, answered: 0, of: 5, result: null, too_few: false, who: {} } }) });
    expect(told(member(5), poll(0, true))).toEqual(['room-news-poll Which?']);
    expect(told(poll(0, true), poll(0, false))).toEqual(['room-news-poll-closed']);
    expect(told(poll(0, false), poll(1, true))).toEqual(['room-news-poll Which?']);
    expect(told(poll(0, true), poll(0, true))).toEqual([]);
    expect(told(member(5), member(5, { tools: tools({ quiz: { id: 0, open: true, questions: [] } }) }))).toEqual(['room-news-quiz']);
  });

  it('say a new prompt and a changed one', () => {
    const prompt = (text: string) => member(5, { tools: tools({ prompt: { text } }) });
    expect(told(member(5), prompt('Where?'))).toEqual(['room-news-prompt Where?']);
    expect(told(prompt('Where?'), prompt('What?'))).toEqual(['room-news-prompt What?']);
  });

  it('name who wrote and who raised a hand, in order, and never what was written', () => {
    const after = tools({ hands: { order: [3, 1], quiet_first: null }, chat: { messages: Object.fromEntries([message(1, 1, 'secret'), message(2, 3, 'secret')]) } });
    const said = told(member(5), member(5, { tools: after }));
    expect(said).toEqual(['room-news-message Jonas', 'room-news-message Theo', 'room-news-hand Theo', 'room-news-hand Jonas']);
    expect(said.join()).not.toContain('secret');
  });
});

describe('what a facilitator is told besides', () => {
  const lead = (more: Parameters<typeof facilitator>[2]) => facilitator(5, {}, more);
  const tones = (before: View, after: View) => newsBetween(before, after).map((news) => [news.key, news.tone]);

  it('alerts for help and for a drop, rings for an arrival', () => {
    const after = lead({ helps: [{ seat: 1, at: NOW, card: CARD }], drops: [{ seat: 3, since: NOW, card: CARD }], waiting: [guest(8)] });
    expect(tones(lead({}), after)).toEqual([['room-news-help', 'alert'], ['room-news-drop', 'alert'], ['room-news-waiting', 'arrival']]);
    expect(tones(after, after)).toEqual([]);
  });

  it('rings when somebody at the door comes back, and not while their page is closed', () => {
    expect(tones(lead({}), lead({ waiting: [guest(8, false)] }))).toEqual([]);
    expect(tones(lead({ waiting: [guest(8, false)] }), lead({ waiting: [guest(8)] }))).toEqual([['room-news-waiting', 'arrival']]);
  });

  it('never says what is on a card', () => {
    const said = told(lead({}), lead({ helps: [{ seat: 1, at: NOW, card: CARD }] })).join();
    for (const private_ of [CARD.location, CARD.callback, CARD.contact_name]) expect(said).not.toContain(private_);
  });

  it('is silent for members', () => expect(newsBetween(member(5), member(5)).filter((news) => news.tone !== 'none')).toEqual([]));
});

describe('where we are and with whom', () => {
  it('says that a whiteboard is there or was put away, and nothing of one that somebody has left behind at a table', () => {
    const on = (here: View['tools']['board']['here'], of: number | null) =>
      member(5, { tools: tools({ board: { here, at_tables: null }, tables: { spots: of === null ? {} : { 2: { at: 'table', of } }, plan: null, round: null, brought: [] } }) });
    const board = (number: number, table: number | null) => ({ ...BOARD, number, table });
    expect(told(on(null, 0), on(board(1, 0), 0))).toEqual(['room-news-board']);
    expect(told(on(board(1, 0), 0), on(null, 0))).toEqual(['room-news-board-closed']);
    expect(told(on(board(0, null), null), on(null, 0))).not.toContain('room-news-board-closed');
    expect(told(on(board(1, 0), 0), on(null, 1))).not.toContain('room-news-board-closed');
    expect(told(on(board(1, 0), 0), on(board(2, 1), 1))).toContain('room-news-board');
  });

  const table = (of: number) => ({ at: 'table' as const, of });
  const nowhere = { spots: {}, plan: null, round: null, brought: [] };
  const mine = { table: 0, prompt: '', note: '', called: false, coming: [] as number[] };
  const round = { until: NOW + 60_000, tables: 2, mine, told: null as { text: string; at: number } | null, going: null, lead: null };
  const at = (spots: View['tools']['tables']['spots'], more: Partial<typeof round> | null = null): View =>
    member(5, { tools: tools({ tables: { ...nowhere, spots, round: more ? { ...round, ...more } : null } }) });

  it('is said when we are moved, with the names of those beside us', () => {
    expect(told(at({}), at({ 2: table(0), 3: table(0), 4: table(1) }, {}))).toEqual(['room-news-table 1 Theo']);
    expect(told(at({ 2: table(0), 3: table(0) }, {}), at({}))).toEqual(['room-news-circle']);
    expect(told(at({}), at({ 0: { at: 'aside', of: 0 }, 2: { at: 'aside', of: 0 } }))).toEqual(['room-news-aside Dr. Osei']);
  });

  it('is not said when others are moved', () => {
    expect(told(at({}), at({ 3: table(0), 4: table(0) }, { mine: undefined as never }))).toEqual([]);
  });

  it('a visit and a line to all are said once', () => {
    const here = { 2: table(0), 3: table(0) };
    const line = { text: 'Two more minutes', at: NOW };
    expect(told(at(here, {}), at(here, { mine: { ...mine, coming: [0] } }))).toEqual(['room-tables-coming Dr. Osei']);
    expect(told(at(here, { mine: { ...mine, coming: [0] } }), at(here, { mine: { ...mine, coming: [0] } }))).toEqual([]);
    expect(told(at(here, {}), at(here, { told: line }))).toEqual(['room-tables-told Two more minutes']);
    expect(told(at(here, { told: line }), at(here, { told: line }))).toEqual([]);
  });

  it('a table that calls is heard by leaders, once, with the soft tone', () => {
    const leads = (called: number | null): View =>
      facilitator(5, { tools: tools({ tables: { ...nowhere, round: { ...round, mine: null, lead: [{ table: 0, prompt: '', seats: [2, 3], called, visited: null, noted: false, apart: false }] } } }) });
    const news = newsBetween(leads(null), leads(NOW));
    expect(news.map((one) => [one.key, one.tone])).toEqual([['room-news-call', 'arrival']]);
    expect(newsBetween(leads(NOW), leads(NOW))).toEqual([]);
  });

  it('a pause and a gentle question are said to whom they are for', () => {
    const pause = (all: boolean) => member(5, { tools: tools({ calm: { mine: { exercise: 'quiet', since: NOW, until: NOW + 60_000, all, own: false }, singly: null, together: all } }) });
    expect(told(member(5), pause(true))).toEqual(['room-news-calm']);
    expect(told(member(5), pause(false))).toEqual(['room-news-calm-one']);
    expect(told(pause(true), pause(true))).toEqual([]);
    const asked = member(5, { tools: tools({ invite: { mine: { seat: 2, by: 0, at: NOW, yes: null }, asked: null } }) });
    expect(told(member(5), asked)).toEqual(['room-invite-eyebrow Dr. Osei']);
  });

  it('a moment that somebody takes is said to them and, softly, to whoever leads', () => {
    const own = (since: number) => member(5, { tools: tools({ calm: { mine: { exercise: 'breathing', since, until: null, all: false, own: true }, singly: null, together: false } }) });
    expect(told(member(5), own(NOW))).toEqual(['room-news-calm-own']);
    expect(told(own(NOW), own(NOW))).toEqual([]);
    const leads = (singly: { seat: number; since: number; own: boolean }[]) => facilitator(5, { tools: tools({ calm: { mine: null, singly, together: false } }) });
    const taken = [{ seat: 3, since: NOW, own: true }];
    expect(newsBetween(leads([]), leads(taken)).map((one) => [one.key, one.tone])).toEqual([['room-news-calm-took', 'arrival']]);
    expect(newsBetween(leads(taken), leads(taken))).toEqual([]);
    expect(newsBetween(leads([]), leads([{ seat: 3, since: NOW, own: false }]))).toEqual([]);
    expect(newsBetween(leads([]), leads([{ seat: 0, since: NOW, own: true }]))).toEqual([]);
  });

  it('a yes is heard by leaders, a "not now" makes no sound', () => {
    const leads = (yes: boolean | null) => facilitator(5, { tools: tools({ invite: { mine: null, asked: [{ seat: 3, by: 0, at: NOW, yes }] } }) });
    expect(newsBetween(leads(null), leads(true)).map((one) => [one.key, one.tone])).toEqual([['room-news-invite-yes', 'arrival']]);
    expect(newsBetween(leads(null), leads(false))).toEqual([]);
  });
});

describe('writing and playing', () => {
  const round = (stage: 'writing' | 'choosing' | 'shown' | 'put_away', text = '') => ({ journal: { round: { prompt: 'p', stage, since: NOW, until: NOW, mine: { text, sharing: null }, lines: null, lead: null }, given: null } });
  const scene = (stage: 'laid' | 'playing' | 'paused' | 'feedback', mine: number | null = null) => ({ role_play: { shelf: null, scene: { stage, title: 'The bus', setting: '', stop: 'Pause', parts: [{ name: 'The one who stands', seat: 2, wants: '' }], mine, watch: null, until: null, before: null, after: null, seen: [], lead: null } } });
  const between = (before: Parameters<typeof tools>[0], after: Parameters<typeof tools>[0]) => told(member(5, { tools: tools(before) }), member(5, { tools: tools(after) }));

  it('says when the quiet begins and ends, and nothing while one types', () => {
    expect(between({}, round('writing'))).toEqual(['room-news-journal']);
    expect(between(round('writing'), round('writing', 'Dear me'))).toEqual([]);
    expect(between(round('writing'), round('choosing'))).toEqual(['room-news-journal-over']);
    expect(between(round('choosing'), round('shown'))).toEqual(['room-journal-lines']);
    expect(between(round('shown'), {})).toEqual([]);
  });

  it('says one’s own part, and that the scene pauses', () => {
    expect(between({}, scene('laid'))).toEqual(['room-news-scene The bus']);
    expect(between(scene('laid'), scene('laid', 0))).toEqual(['room-play-you-are The one who stands']);
    expect(between(scene('laid', 0), scene('playing', 0))).toEqual(['room-news-scene-on The bus']);
    expect(between(scene('playing', 0), scene('paused', 0))).toEqual(['room-play-paused-title The bus']);
    expect(between(scene('paused', 0), scene('feedback', 0))).toEqual(['room-news-scene-over The bus']);
  });
});

describe('what is shown', () => {
  const between = (before: Parameters<typeof tools>[0], after: Parameters<typeof tools>[0]) => told(member(5, { tools: tools(before) }), member(5, { tools: tools(after) }));
  const deck = (page: number) => ({ slides: { material: 7, title: 'Waves', pages: 3, page, by: 0, spotlight: null } });
  const film = (running: boolean) => ({ video: { material: 8, title: 'One breath', captions: true, by: 0, running, position: 0, since: NOW } });
  const share = (seat: number | null) => ({ share: { ...tools({}).share, seat } });
  const language = (seats: number[]) => ({ interpreting: { ...tools({}).interpreting, channels: seats.map((seat) => ({ seat, language: 'Português', aloud: true })) } });
  const round = { go_round: { kind: { is: 'plain' as const }, prompt: 'What do you take?', turn: null, echo: null, waiting: [], had: [] } };

  it('says that a deck, a film or a screen is there, once', () => {
    expect(between({}, deck(0))).toEqual(['room-news-slides Waves']);
    expect(between(deck(0), deck(1))).toEqual([]);
    expect(between({}, film(false))).toEqual(['room-news-video One breath']);
    expect(between(film(false), film(true))).toEqual([]);
    expect(between(share(null), share(1))[0]).toMatch(/^room-share-of \S/);
    expect(between(share(null), share(2)), 'one knows of one’s own').toEqual([]);
    expect(between(share(0), share(null))).toEqual([]);
  });
  it('says who opened what to read, not each part of it, and that it is put away', () => {
    const reading = (item: string, part = 0) => ({ reading: { item, title: item, part, by: 0 } });
    expect(between({}, reading('waves'))).toEqual([`room-news-reading ${member(5).chairs[0]!.name} waves`]);
    expect(between(reading('waves'), reading('waves', 2))).toEqual([]);
    expect(between(reading('waves'), reading('one-rung'))).toHaveLength(1);
    expect(between(reading('waves'), {})).toEqual(['room-news-reading-closed waves']);
  });
  it('says who interprets, and what a go-round asks', () => {
    expect(between(language([]), language([3]))).toHaveLength(1);
    expect(between(language([]), language([3]))[0]).toMatch(/^room-news-interpreting .+ Português$/);
    expect(between(language([3]), language([3]))).toEqual([]);
    expect(between({}, round)).toEqual(['room-news-go-round What do you take?']);
    expect(between(round, round)).toEqual([]);
  });
});
