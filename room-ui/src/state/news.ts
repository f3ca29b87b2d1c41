import type { Seat, View } from '../wire/generated.ts';
import { around, spotOf } from './derived.ts';

/** Something that happened, as a key of the word list; the screen reader hears it and facilitators may hear a sound. */
export interface News {
  id: number;
  key: string;
  with: Record<string, string | number>;
  /** Only an arrival makes a sound: one soft tone each time, not only for the first. */
  tone: 'none' | 'arrival' | 'alert';
}

function name(view: View, seat: Seat): string {
  return view.chairs[seat]?.name ?? '';
}

function news(key: string, values: News['with'] = {}, tone: News['tone'] = 'none'): News {
  return { id: 0, key, with: values, tone };
}

/** What changed between two pictures of the room that a person who cannot see it should be told. */
export function newsBetween(before: View, after: View): News[] {
  return [
    ...session(before, after),
    ...chairs(before, after),
    ...turn(before, after),
    ...moves(before, after),
    ...tools(before, after),
    ...shown(before, after),
    ...leading(before, after),
  ];
}

function session(before: View, after: View): News[] {
  const told: News[] = [];
  if (!before.begun_at && after.begun_at) told.push(news('room-news-begun'));
  const index = after.running?.index;
  if (index !== undefined && index !== before.running?.index) {
    const phase = after.phases[index];
    if (phase) told.push(news(PHASE_NEWS[phase.kind]));
  }
  const called = after.tools.hosting?.called_at;
  if (called && called !== before.tools.hosting?.called_at) told.push(news('room-staff-called'));
  const host = after.tools.hosting?.host;
  if (typeof host === 'number' && host !== before.tools.hosting?.host) told.push(host === after.you.seat ? news('room-host-you') : news('room-host-name', { name: name(after, host) }));
  if (!before.without_leader && after.without_leader) told.push(news('room-without-leader'));
  if (!before.ended && after.ended) told.push(news('room-news-ended'));
  return told;
}

const PHASE_NEWS = {
  check_in: 'room-news-phase-check-in',
  learn: 'room-news-phase-learn',
  practise: 'room-news-phase-practise',
  discuss: 'room-news-phase-discuss',
  close: 'room-news-phase-close',
} as const;

function chairs(before: View, after: View): News[] {
  const told: News[] = [];
  for (const [key, chair] of Object.entries(after.chairs)) {
    const seat = Number(key);
    if (seat === after.you.seat) continue;
    const was = before.chairs[seat]?.presence ?? 'empty';
    if (chair.presence === was) continue;
    if (chair.presence === 'here') told.push(news('room-news-here', { name: chair.name }));
    else if (chair.presence === 'empty') told.push(news('room-news-gone', { name: chair.name }));
  }
  return told;
}

function turn(before: View, after: View): News[] {
  const round = after.tools.go_round;
  const begun = round && !before.tools.go_round ? [news('room-news-go-round', { text: round.prompt })] : [];
  return [...begun, ...floor(before, after)];
}

function floor(before: View, after: View): News[] {
  const now = after.tools.go_round?.turn?.seat;
  const echo = after.tools.go_round?.echo;
  if (echo && (echo.seat !== before.tools.go_round?.echo?.seat || echo.again !== before.tools.go_round.echo.again)) {
    const words = { name: name(after, echo.seat === after.you.seat && now !== undefined ? now : echo.seat) };
    return [news(echo.seat === after.you.seat ? 'room-news-say-back' : 'room-listening-says-back', words)];
  }
  if (now === undefined || now === before.tools.go_round?.turn?.seat) return [];
  return [now === after.you.seat ? news('room-news-your-turn') : news('room-news-turn', { name: name(after, now) })];
}

/** Where we are now, with whom; and what is said to the tables. */
function moves(before: View, after: View): News[] {
  const [was, is] = [spotOf(before, before.you.seat), spotOf(after, after.you.seat)];
  const [mine, round] = [after.tools.tables.round?.mine, after.tools.tables.round];
  const told: News[] = [];
  if (JSON.stringify(was) !== JSON.stringify(is)) {
    const names = around(after).filter((chair) => !chair.you).map((chair) => chair.name).join(', ');
    if (is.at === 'table') told.push(news('room-news-table', { table: is.of + 1, names }));
    else told.push(is.at === 'aside' ? news('room-news-aside', { names }) : news('room-news-circle'));
  }
  for (const seat of mine?.coming ?? []) {
    if (!before.tools.tables.round?.mine?.coming.includes(seat)) told.push(news('room-tables-coming', { name: name(after, seat) }));
  }
  const said = round?.told;
  if (said && mine && said.at !== before.tools.tables.round?.told?.at) told.push(news('room-tables-told', { text: said.text }));
  const calls = round?.lead?.filter((table) => typeof table.called === 'number' && !before.tools.tables.round?.lead?.[table.table]?.called) ?? [];
  return [...told, ...calls.map((table) => news('room-news-call', { table: table.table + 1 }, 'arrival'))];
}

function sameSpot(before: View, after: View): boolean {
  const [was, is] = [before.tools.tables.spots[before.you.seat], after.tools.tables.spots[after.you.seat]];
  return was?.at === is?.at && (was && 'of' in was ? was.of : null) === (is && 'of' in is ? is.of : null);
}

function tools(before: View, after: View): News[] {
  const told: News[] = [];
  if (after.tools.check_in?.open && !before.tools.check_in?.open) told.push(news('room-news-check-in'));
  if (after.tools.closing?.open && !before.tools.closing?.open) told.push(news('room-news-closing'));
  const poll = after.tools.poll;
  if (poll?.open && poll.id !== before.tools.poll?.id) told.push(news('room-news-poll', { text: poll.ask.question }));
  if (poll && !poll.open && before.tools.poll?.open) told.push(news('room-news-poll-closed'));
  if (after.tools.quiz?.open && !before.tools.quiz?.open) told.push(news('room-news-quiz'));
  const [board, had] = [after.tools.board.here, before.tools.board.here];
  if (board && board.number !== had?.number) told.push(news('room-news-board'));
  // Whoever goes to a table or comes back leaves a board where it lies; that is not news of the board.
  if (!board && had && sameSpot(before, after)) told.push(news('room-news-board-closed'));
  const pause = after.tools.calm.mine;
  if (pause && pause.since !== before.tools.calm.mine?.since) told.push(news(pause.all ? 'room-news-calm' : pause.own ? 'room-news-calm-own' : 'room-news-calm-one'));
  const [wrote, writes] = [before.tools.journal.round?.stage, after.tools.journal.round?.stage];
  if (writes && writes !== wrote && writes !== 'put_away') told.push(news(JOURNAL_NEWS[writes]));
  told.push(...scene(before, after));
  const invited = after.tools.invite.mine;
  if (invited && !before.tools.invite.mine) told.push(news('room-invite-eyebrow', { name: name(after, invited.by) }));
  const prompt = after.tools.prompt?.text;
  if (prompt && prompt !== before.tools.prompt?.text) told.push(news('room-news-prompt', { text: prompt }));
  for (const [id, message] of Object.entries(after.tools.chat.messages)) {
    if (before.tools.chat.messages[Number(id)] || message.seat === after.you.seat) continue;
    told.push(news('room-news-message', { name: name(after, message.seat) }));
  }
  const hands = after.tools.hands.order.filter((seat) => !before.tools.hands.order.includes(seat) && seat !== after.you.seat);
  return [...told, ...hands.map((seat) => news('room-news-hand', { name: name(after, seat) }))];
}

/** What lies in the middle to be looked at or listened to. */
function shown(before: View, after: View): News[] {
  const told: News[] = [];
  const [deck, film, { seat }] = [after.tools.slides, after.tools.video, after.tools.share];
  if (deck && deck.material !== before.tools.slides?.material) told.push(news('room-news-slides', { title: deck.title }));
  if (film && film.material !== before.tools.video?.material) told.push(news('room-news-video', { title: film.title }));
  const [page, had] = [after.tools.reading, before.tools.reading];
  if (page && page.item !== had?.item) told.push(news('room-news-reading', { name: name(after, page.by), title: page.title }));
  if (!page && had) told.push(news('room-news-reading-closed', { title: had.title }));
  if (typeof seat === 'number' && seat !== before.tools.share.seat && seat !== after.you.seat) told.push(news('room-share-of', { name: name(after, seat) }));
  const [was, is] = [before.tools.interpreting, after.tools.interpreting];
  for (const { seat: who, language } of is.channels) {
    if (!was.channels.some((one) => one.seat === who)) told.push(news('room-news-interpreting', { name: name(after, who), language }));
  }
  if (is.captions && !was.captions && is.captions.by !== after.you.seat) told.push(news('room-news-captions', { name: name(after, is.captions.by) }));
  return told;
}

const JOURNAL_NEWS = { writing: 'room-news-journal', choosing: 'room-news-journal-over', shown: 'room-journal-lines' } as const;
const SCENE_NEWS = { laid: 'room-news-scene', playing: 'room-news-scene-on', paused: 'room-play-paused-title', feedback: 'room-news-scene-over' } as const;

/** A scene by its stages; that it pauses must reach everybody at once. */
function scene(before: View, after: View): News[] {
  const [was, is] = [before.tools.role_play.scene, after.tools.role_play.scene];
  if (!is) return [];
  const told: News[] = is.stage === was?.stage ? [] : [news(SCENE_NEWS[is.stage], { title: is.title })];
  const part = is.mine === null || is.mine === undefined ? null : is.parts[is.mine];
  if (part && is.mine !== was?.mine && is.stage !== 'feedback') told.push(news('room-play-you-are', { part: part.name }));
  return told;
}

function leading(before: View, after: View): News[] {
  const [was, is] = [before.lead, after.lead];
  if (!was || !is) return [];
  const knew = new Set(was.waiting.filter((one) => one.here).map((one) => one.seat));
  const arrived = is.waiting.filter((one) => one.here && !knew.has(one.seat));
  const dropped = is.drops.filter((drop) => !was.drops.some((one) => one.seat === drop.seat));
  const asked = is.helps.filter((help) => !was.helps.some((one) => one.seat === help.seat));
  const answered = (after.tools.invite.asked ?? []).filter((one) => one.yes === true && before.tools.invite.asked?.some((was) => was.seat === one.seat && was.yes !== true));
  const rested = before.tools.calm.singly ?? [];
  const rests = (after.tools.calm.singly ?? []).filter((one) => one.own && one.seat !== after.you.seat && !rested.some((was) => was.own && was.seat === one.seat));
  return [
    ...rests.map((one) => news('room-news-calm-took', { name: name(after, one.seat) }, 'arrival')),
    ...answered.map((one) => news('room-news-invite-yes', { name: name(after, one.seat) }, 'arrival')),
    ...asked.map((help) => news('room-news-help', { name: name(after, help.seat) }, 'alert')),
    ...dropped.map((drop) => news('room-news-drop', { name: name(after, drop.seat) }, 'alert')),
    ...arrived.map((one) => news('room-news-waiting', { name: one.name }, 'arrival')),
  ];
}
