// Generated from crates/room by `cargo xtask wire`. Do not edit.

export type Answer = { mood: number, word: string, concern: string, to_group: boolean, };

export type At = number;

export type Audience = "circle" | "facilitators";

export type Ballot = { "choice": number } | { "choices": Array<number> } | { "score": number } | { "order": Array<number> } | { "words": string };

export type Blank = { name: string, kind: BlankKind, 
/**
 * Letters, or the end of the scale.
 */
most: number, };

export type BlankKind = "long" | "line" | "scale";

export type Block = { "is": "heading", "of": Array<Span> } | { "is": "paragraph", "of": Array<Span> } | { "is": "list", "of": { numbered: boolean, items: Array<Array<Span>>, } };

export type BoardCommand = { "do": "open", template: BoardTemplate | null, who: Drawers, 
/**
 * Whether names stand at the cursors.
 */
names: boolean, } | { "do": "open_here", template: BoardTemplate | null, } | { "do": "open_at_tables", template: BoardTemplate | null, } | { "do": "draw", board: number, elements: Array<BoardElement>, } | { "do": "let", who: Drawers, } | { "do": "names", on: boolean, } | { "do": "clear" } | { "do": "lay_back" } | { "do": "close" };

export type BoardElement = { id: string, kind: ElementKind, 
/**
 * The higher one wins; of two that are equal the one with the lower nonce.
 */
version: number, nonce: number, 
/**
 * Where it lies in the pile, as a word that sorts between its neighbours.
 */
index: string, gone: boolean, x: number, y: number, w: number, h: number, angle: number, stroke: string, fill: string, 
/**
 * Filled with hatching instead of wholly.
 */
hatched: boolean, width: number, dash: ElementDash, 
/**
 * How much like a hand-drawn line it looks, 0 to 2.
 */
rough: number, round: boolean, opacity: number, seed: number, locked: boolean, groups: Array<string>, 
/**
 * Of a line: x and y by turns, counted from the element's own corner.
 */
points: Array<number>, ends: ElementEnds | null, words: ElementWords | null, };

export type BoardTemplate = "feelings" | "thought" | "values" | "control" | "coping" | "timeline" | "thermometer";

export type BoardView = { number: number, 
/**
 * The table it lies at; none is the circle.
 */
table: number | null, template: BoardTemplate | null, who: Drawers, may_draw: boolean, 
/**
 * Whether names stand at the cursors.
 */
names: boolean, 
/**
 * Leaders only: something was cleared that can be laid back.
 */
cleared: boolean, };

export type BoardViews = { 
/**
 * The one that lies where this person is.
 */
here: BoardView | null, 
/**
 * Leaders only: the tables that have one; what is on it, they see when they visit.
 */
at_tables: Array<number> | null, };

export type Brought = { table: number, text: string, };

export type Burden = { seat: Seat, before: number | null, after: number | null, };

export type CalmCommand = { "do": "open", exercise: Exercise, seat: Seat | null, minutes: number, } | { "do": "close", seat: Seat | null, } | { "do": "take", exercise: Exercise, } | { "do": "enough" };

export type CalmView = { exercise: Exercise, since: At, 
/**
 * Nothing ends a moment that somebody took.
 */
until: At | null, 
/**
 * It is offered to everybody, not to this person alone.
 */
all: boolean, 
/**
 * They took it themselves.
 */
own: boolean, };

export type CalmViews = { mine: CalmView | null, 
/**
 * Leaders only: who has a pause of their own, and whether everybody has one.
 */
singly: Array<Pausing> | null, together: boolean, };

export type CaptionsView = { by: Seat, 
/**
 * The last lines, oldest first; the one that is being typed stands at the end.
 */
lines: Array<string>, };

export type Card = { 
/**
 * Where the person said they are today, in their own words.
 */
location: string, callback: string, contact_name: string, contact_phone: string, alone: boolean, 
/**
 * Crisis lines that hold at that location, as "name: number".
 */
crisis_lines: Array<string>, };

export type Chair = { name: string, part: Part, presence: Presence, mic: boolean, camera: boolean, 
/**
 * "Just listening today."
 */
listening: boolean, 
/**
 * Who else sits at this camera; empty for nobody.
 */
beside: string, };

export type ChannelView = { seat: Seat, language: string, aloud: boolean, };

export type ChatCommand = { "do": "say", text: string, to: Audience, } | { "do": "tell", text: string, seats: Array<Seat>, };

export type ChatView = { 
/**
 * By id, so that one more line travels as one line.
 */
messages: { [key in number]: Message }, };

export type CheckInCommand = { "do": "open" } | { "do": "answer", mood: number, word: string, concern: string, to_group: boolean, } | { "do": "pass" } | { "do": "close" };

export type CheckInView = { open: boolean, mine: Answer | null, passed: boolean, shared: Array<Shared>, 
/**
 * How many have answered or passed, of how many.
 */
done: number, of: number, 
/**
 * Facilitators only.
 */
told: Array<Told> | null, };

export type ClosingAnswer = { mood: number | null, heard: number | null, safe: number | null, useful: number | null, connected: number | null, line: string, };

export type ClosingCommand = { "do": "open" } | { "do": "write_takeaway", text: string, } | { "do": "remove_takeaway", id: number, } | { "do": "give_homework", seat: Seat, text: string, days: number, } | { "do": "take_back_homework", seat: Seat, id: number, } | { "do": "answer" } & ClosingAnswer | { "do": "close" };

export type ClosingView = { open: boolean, takeaways: Array<Takeaway>, my_homework: Array<Homework>, mine: ClosingAnswer | null, answered: number, 
/**
 * Facilitators only: everybody's homework by seat.
 */
homework: { [key in number]: Array<Homework> } | null, };

export type Command = RoomCommand | ToolCommand;

export type Drawers = { "may": "everybody" } | { "may": "leaders" } | { "may": "named", "seats": Array<Seat> };

export type Drawn = { board: number, revision: number, };

export type Drop = { seat: Seat, since: At, card: Card, };

export type Echo = { seat: Seat, again: boolean, };

export type ElementAlign = "left" | "center" | "right";

export type ElementDash = "solid" | "dashed" | "dotted";

export type ElementEnds = { head: boolean, tail: boolean, from: ElementHold | null, to: ElementHold | null, };

export type ElementHold = { id: string, focus: number, gap: number, };

export type ElementKind = "rectangle" | "ellipse" | "diamond" | "line" | "arrow" | "freedraw" | "text";

export type ElementWords = { text: string, size: number, font: number, align: ElementAlign, 
/**
 * In the middle of what it stands in, as on a sticky note.
 */
middle: boolean, line: number, 
/**
 * Grows with its words instead of breaking them at its width.
 */
auto: boolean, inside: string | null, };

export type Exercise = "breathing" | "senses" | "quiet";

export type Farewell = "left" | "removed" | "sent_back" | "replaced" | "ended" | "signed_out" | "to_door" | "too_fast";

export type FromDoor = { "is": "waiting" } | { "is": "leader_late" } | { "is": "admitted" } | { "is": "declined" } | { "is": "ended" };

export type FromRoom = { "is": "view", seq: number, now: At, seats: number, view: View, } | { "is": "patch", seq: number, now: At, patch: unknown, } | { "is": "drawn", to: Drawn, whole: boolean, elements: Array<BoardElement>, gone: Array<[string, number]>, } | { "is": "pointed", number: number, seat: Seat | null, x: number, y: number, } | { "is": "done", id: number, } | { "is": "refused", id: number, refusal: Refusal, } | { "is": "answer", sdp: string, } | { "is": "no_media" } | { "is": "speech", speaking: Array<Seat>, } | { "is": "reacted", seat: Seat, kind: Reaction, } | { "is": "pong", nonce: number, now: At, } | { "is": "bye", farewell: Farewell, };

export type GoRoundCommand = { "do": "open", prompt: string, order: Order, seconds: number, } | { "do": "open_listening", prompt: string, order: Order, seconds: number, } | { "do": "open_feedback", seat: Seat, about: string, seconds: number, } | { "do": "done" } | { "do": "pass" } | { "do": "come_back_to_me" } | { "do": "join_in" } | { "do": "heard", so: boolean, } | { "do": "not_me" } | { "do": "thank" } | { "do": "add_time", seconds: number, } | { "do": "skip" } | { "do": "close" };

export type GoRoundView = { kind: RoundKind, prompt: string, turn: Turn | null, echo: Echo | null, waiting: Array<Seat>, had: Array<Had>, };

export type Had = { seat: Seat, spoke: boolean, };

export type HandsCommand = { "do": "raise" } | { "do": "lower" } | { "do": "take", seat: Seat, };

export type HandsView = { 
/**
 * In the order they were raised.
 */
order: Array<Seat>, 
/**
 * Facilitators only: those who have spoken least first.
 */
quiet_first: Array<Seat> | null, };

export type Help = { seat: Seat, at: At, card: Card, };

export type Homework = { id: number, text: string, days: number, };

export type HostingCommand = { "do": "step", index: number, } | { "do": "hand_over", seat: Seat, } | { "do": "not_me" } | { "do": "take" } | { "do": "bring_staff" };

export type HostingView = { host: Seat | null, 
/**
 * Who hosts next if this one goes.
 */
next: Seat | null, 
/**
 * The step of the script, from 0.
 */
step: number, since: At | null, 
/**
 * Minutes of each step.
 */
steps: Array<number>, ends_at: At, 
/**
 * When somebody asked for staff; who it was, nobody is told.
 */
called_at: At | null, 
/**
 * From when staff may be called again; nothing if they were not called, or while one of them is here.
 */
again_at: At | null, 
/**
 * You have waited for ten minutes, and nobody else is here.
 */
alone: boolean, 
/**
 * You said that you would rather not host.
 */
declined: boolean, 
/**
 * Tools that nobody brings here.
 */
without: Array<string>, };

export type How = "by_hand" | "draw" | "choice";

export type InterpretingCommand = { "do": "open", language: string, } | { "do": "aloud", on: boolean, } | { "do": "close" } | { "do": "listen", to: Seat | null, } | { "do": "captions", on: boolean, } | { "do": "type", text: string, done: boolean, };

export type InterpretingView = { 
/**
 * The interpreters who are where this person is.
 */
channels: Array<ChannelView>, 
/**
 * Whom this person listens to.
 */
listening: Seat | null, 
/**
 * For the interpreter alone: how many listen. Who they are is nobody's business.
 */
listeners: number | null, captions: CaptionsView | null, };

export type InviteCommand = { "do": "ask", seat: Seat, } | { "do": "put_away", seat: Seat, } | { "do": "answer", yes: boolean, };

export type InviteView = { 
/**
 * The question to me that I have not answered.
 */
mine: Invited | null, 
/**
 * Leaders only.
 */
asked: Array<Invited> | null, };

export type Invited = { seat: Seat, by: Seat, at: At, yes: boolean | null, };

export type JournalCommand = { "do": "open", prompt: string, minutes: number, } | { "do": "extend", minutes: number, } | { "do": "end_quiet" } | { "do": "write", text: string, } | { "do": "share" } & Sharing | { "do": "show" } | { "do": "put_away" };

export type JournalLead = { chosen: number, of: number, };

export type JournalLines = { 
/**
 * In an order that says nothing; empty when there are too few of them for nobody to be recognised.
 */
anonymous: Array<string>, 
/**
 * Some were given, and not enough.
 */
too_few: boolean, named: Array<NamedLine>, };

export type JournalRound = { prompt: string, stage: JournalStage, since: At, until: At, 
/**
 * One's own page; observers and interpreters have none.
 */
mine: MyPage | null, 
/**
 * Once they are shown.
 */
lines: JournalLines | null, lead: JournalLead | null, };

export type JournalStage = "writing" | "choosing" | "shown" | "put_away";

export type JournalView = { round: JournalRound | null, 
/**
 * Leaders only: every page that was given to them this evening.
 */
given: Array<SharedPage> | null, };

export type Layer = "off" | "low" | "middle" | "high";

export type LeadTable = { table: number, prompt: string, seats: Array<Seat>, called: At | null, visited: At | null, 
/**
 * Whether they have written something; what, they bring back themselves.
 */
noted: boolean, 
/**
 * Two sit here who are kept apart since then: a leader may move one of them.
 */
apart: boolean, };

export type LeadView = { waiting: Array<Waiting>, voices: Array<Voice>, not_heard: Array<Seat>, suggestion: Suggestion | null, drops: Array<Drop>, helps: Array<Help>, stances: { [key in number]: Stance }, 
/**
 * Homework that the programme suggests.
 */
homework: Array<string>, 
/**
 * What was laid ready, by phase.
 */
prepared: Array<Array<Prepared>>, };

export type Marker = { id: number, by: Seat, at: At, moment: Moment, note: string, };

export type MarkersCommand = { "do": "mark", moment: Moment, note: string, } | { "do": "describe", id: number, note: string, } | { "do": "remove", id: number, };

export type Message = { id: number, seat: Seat, at: At, text: string, to: Audience, 
/**
 * Who sat at the small table where it was said, or whom a leader told it: it stays among them. Empty for the circle.
 */
with?: Array<Seat>, };

export type Moment = "universality" | "catharsis" | "cohesion" | "interpersonal_learning" | "hope" | "rupture" | "repair" | "own";

export type MyPage = { text: string, 
/**
 * What I chose; empty until I have.
 */
sharing: Sharing | null, };

export type NamedLine = { seat: Seat, line: string, };

export type Order = "seats" | "random";

export type Part = "facilitator" | "member" | "observer" | "interpreter";

export type PartView = { name: string, seat: Seat | null, 
/**
 * For whoever plays it, and for leaders.
 */
wants: string | null, };

export type Passage = { title: Array<Span>, blocks: Array<Block>, blanks: Array<Blank>, };

export type Pausing = { seat: Seat, since: At, 
/**
 * Taken, not given: they come back when they like.
 */
own: boolean, };

export type Phase = { kind: PhaseKind, minutes: number, 
/**
 * What the group is asked; may be empty.
 */
prompt: string, 
/**
 * What this phase is about; may be empty.
 */
theme: string, };

export type PhaseKind = "check_in" | "learn" | "practise" | "discuss" | "close";

export type Pick = { card: string, skill: Skill, title: string, };

export type PlanView = { how: How, prompts: Array<string>, mine: number | null, 
/**
 * How many have chosen each table; who, the leaders alone see.
 */
taken: Array<number>, places: { [key in number]: number } | null, };

export type PlayStage = "laid" | "playing" | "paused" | "feedback";

export type PollAsk = { kind: PollKind, question: string, 
/**
 * Two to eight for what is chosen or ordered, none for the others.
 */
options: Array<string>, named: boolean, 
/**
 * What has come so far is shown at once. Only named ones can: an anonymous answer that is seen arriving is not anonymous.
 */
live: boolean, };

export type PollCommand = { "do": "open" } & PollAsk | { "do": "vote", id: number, ballot: Ballot, } | { "do": "close" } | { "do": "put_away" };

export type PollKind = "single" | "several" | "scale" | "order" | "words";

export type PollView = { id: number, ask: PollAsk, open: boolean, mine: Ballot | null, 
/**
 * The room was interrupted and an anonymous answer with it, because it was never written down: please once more.
 */
again: boolean, 
/**
 * How many have answered, of how many.
 */
answered: number, of: number, result: Tally | null, 
/**
 * It has closed, and so few answered that an anonymous result would tell who said what.
 */
too_few: boolean, 
/**
 * Named, and the result is shown: who answered what, by seat.
 */
who: { [key in number]: Ballot }, };

export type Prepared = { "tool": "prompt", text: string, } | { "tool": "go_round", text: string, } | { "tool": "poll", kind: string, text: string, options: Array<string>, } | { "tool": "quiz", text: string, options: Array<string>, 
/**
 * Which option is right, counted from 0.
 */
right: number, why: string, 
/**
 * What is asked after the first, in order.
 */
more?: Array<PreparedQuestion>, } | { "tool": "journal", text: string, minutes: number, } | { "tool": "tables", prompts: Array<string>, } | { "tool": "scene", card: string, text: string, } | { "tool": "calm", exercise: string, minutes: number, } | { "tool": "board", template: BoardTemplate | null, } | { "tool": "slides", material: number, text: string, pages: number, } | { "tool": "video", material: number, text: string, captions: boolean, } | { "tool": "reading", item: string, text: string, };

export type PreparedQuestion = { text: string, options: Array<string>, right: number, why: string, };

export type Presence = "empty" | "reconnecting" | "here";

export type PromptCommand = { "do": "show", text: string, } | { "do": "clear" };

export type PromptView = { text: string, };

export type QuizAsked = { question: string, options: Array<string>, mine: number | null, 
/**
 * After answering, or when the quiz has closed.
 */
solved: Solved | null, 
/**
 * Leaders only.
 */
count: QuizCount | null, };

export type QuizCommand = { "do": "open", questions: Array<QuizQuestion>, } | { "do": "answer", id: number, question: number, option: number, } | { "do": "close" } | { "do": "put_away" };

export type QuizCount = { answered: number, 
/**
 * When the quiz has closed and enough have answered; before, each step of it would tell of one person.
 */
right: number | null, };

export type QuizQuestion = { question: string, options: Array<string>, 
/**
 * The place of the right one, from 0.
 */
right: number, 
/**
 * Shown after answering; may stay empty.
 */
why: string, };

export type QuizView = { id: number, open: boolean, questions: Array<QuizAsked>, };

export type Reaction = "heart" | "thanks" | "me_too" | "strength";

export type ReadingCommand = { "do": "open", 
/**
 * Its word in addresses.
 */
item: string, title: string, } | { "do": "go", part: number, } | { "do": "close" };

export type ReadingView = { item: string, title: string, part: number, by: Seat, };

export type Refusal = { "why": "not_yours" } | { "why": "not_in_circle" } | { "why": "nobody_there" } | { "why": "not_now" } | { "why": "empty" } | { "why": "too_long", most: number, } | { "why": "out_of_range" } | { "why": "too_many" } | { "why": "unreadable" } | { "why": "alone" } | { "why": "kept_apart" } | { "why": "too_few_for_tables" } | { "why": "table_full" } | { "why": "not_agreed" } | { "why": "part_taken" } | { "why": "part_free" } | { "why": "resting" } | { "why": "just_listening" } | { "why": "voting_over" } | { "why": "board_closed" } | { "why": "board_full" } | { "why": "not_drawing" } | { "why": "others_drawing" } | { "why": "two_words" } | { "why": "not_your_turn" } | { "why": "too_fast" } | { "why": "unknown" } | { "why": "not_kept" };

export type RolePlayCommand = { "do": "pick", card: string, } | { "do": "lay" } & SceneWritten | { "do": "assign", part: number, seat: Seat | null, } | { "do": "take", part: number | null, } | { "do": "play", minutes: number, } | { "do": "stop" } | { "do": "go_on" } | { "do": "finish" } | { "do": "rate", level: number, } | { "do": "tell", worked: string, wish: string, } | { "do": "again", swap: boolean, } | { "do": "put_away" };

export type RolePlayLead = { burdens: Array<Burden>, 
/**
 * Who said the stop word.
 */
stopped_by: Seat | null, };

export type RolePlayView = { stage: PlayStage, title: string, setting: string, stop: string, parts: Array<PartView>, 
/**
 * Which part is mine.
 */
mine: number | null, 
/**
 * For those who watch, and for leaders.
 */
watch: string | null, 
/**
 * While it is played.
 */
until: At | null, before: number | null, after: number | null, seen: Array<Seen>, lead: RolePlayLead | null, };

export type RolePlayViews = { scene: RolePlayView | null, 
/**
 * Leaders only: the cards of the house by name; their words come when one is picked.
 */
shelf: Array<Pick> | null, };

export type RoomCommand = { "do": "mic", on: boolean, } | { "do": "camera", on: boolean, } | { "do": "set_stance", stance: Stance, } | { "do": "help" } | { "do": "object" } | { "do": "leave" } | { "do": "admit", seat: Seat, } | { "do": "admit_all" } | { "do": "send_back", seat: Seat, } | { "do": "remove", seat: Seat, } | { "do": "mute", seat: Seat, } | { "do": "mute_all" } | { "do": "begin" } | { "do": "phase", index: number, } | { "do": "extend", minutes: number, } | { "do": "open_prepared", phase: number, tool: number, } | { "do": "settle_drop", seat: Seat, } | { "do": "settle_help", seat: Seat, } | { "do": "dismiss_suggestion", seat: Seat, } | { "do": "end" };

export type RoundKind = { "is": "plain" } | { "is": "listening" } | { "is": "feedback", seat: Seat, };

export type RoundView = { until: At, tables: number, mine: TableView | null, told: TableLine | null, 
/**
 * Where this leader is on the way to.
 */
going: number | null, 
/**
 * Leaders only.
 */
lead: Array<LeadTable> | null, };

export type Running = { index: number, since: At, until: At, };

export type ScenePart = { name: string, wants: string, };

export type SceneWritten = { title: string, setting: string, parts: Array<ScenePart>, watch: string, stop: string, };

export type Seat = number;

export type Seen = { seat: Seat, worked: string, wish: string, };

export type ShareCommand = { "do": "start" } | { "do": "stop" } | { "do": "allow", on: boolean, };

export type ShareView = { 
/**
 * Whose screen is in the middle.
 */
seat: Seat | null, 
/**
 * Whether this person may begin.
 */
may: boolean, 
/**
 * Leaders only: whether members may.
 */
members: boolean | null, };

export type Shared = { seat: Seat, word: string, concern: string, };

export type SharedPage = { seat: Seat, prompt: string, text: string, };

export type Sharing = { "with": "nothing" } | { "with": "therapist" } | { "with": "anonymous", line: string, } | { "with": "named", line: string, };

export type Skill = "communication" | "empathy" | "conflict_resolution" | "listening" | "stress" | "problem_solving" | "emotion_regulation" | "assertiveness";

export type SlidesCommand = { "do": "open", material: number, title: string, pages: number, } | { "do": "turn", page: number, } | { "do": "point", at: Spotlight | null, } | { "do": "close" };

export type SlidesView = { material: number, title: string, pages: number, page: number, by: Seat, spotlight: Spotlight | null, };

export type Solved = { right: number, why: string, };

export type Span = { words: string, style: Style, };

export type Spot = { "at": "circle" } | { "at": "table", "of": number } | { "at": "aside", "of": Seat };

export type Spotlight = { x: number, y: number, };

export type Stance = "listening" | "ask_me" | "open";

export type Style = { "is": "plain" } | { "is": "strong" } | { "is": "stressed" } | { "is": "link", "to": string };

export type Suggestion = { seat: Seat, quiet_minutes: number, wants_to_be_asked: boolean, };

export type TableLine = { text: string, at: At, };

export type TableView = { table: number, prompt: string, note: string, called: boolean, 
/**
 * Leaders who come in a moment.
 */
coming: Array<Seat>, };

export type TablesCommand = { "do": "lay", how: How, prompts: Array<string>, } | { "do": "put", seat: Seat, table: number | null, } | { "do": "take", table: number, } | { "do": "send", minutes: number, } | { "do": "clear" } | { "do": "extend", minutes: number, } | { "do": "tell", text: string, } | { "do": "visit", table: number | null, } | { "do": "call" } | { "do": "answer", table: number, } | { "do": "note", text: string, } | { "do": "come_back" } | { "do": "close", seconds: number, } | { "do": "aside", seat: Seat, };

export type TablesView = { 
/**
 * Everybody who is not in the circle. Who is where is no secret: nobody is anywhere unseen.
 */
spots: { [key in number]: Spot }, 
/**
 * For leaders, and for members while they may choose.
 */
plan: PlanView | null, round: RoundView | null, 
/**
 * What the last tables brought back.
 */
brought: Array<Brought>, };

export type Takeaway = { id: number, by: Seat, text: string, };

export type Tally = { answered: number, 
/**
 * By option, or by point of the scale: how many chose it. Of an order: the sum of the places, from 1; the smallest is first.
 */
counts: Array<number>, words: Array<WordCount>, };

export type ToDoor = { "is": "hello", ticket: string, } | { "is": "ping" };

export type ToRoom = { "is": "hello", ticket: string, since: number | null, 
/**
 * The last change of the whiteboard that was seen, to be told what came after it.
 */
drawn: Drawn | null, } | { "is": "do", id: number, command: Command, } | { "is": "react", kind: Reaction, } | { "is": "point", x: number, y: number, } | { "is": "offer", sdp: string, } | { "is": "want", wants: Array<Want>, } | { "is": "ping", nonce: number, };

export type Told = { seat: Seat, answer: Answer | null, };

export type ToolCommand = { "tool": "prompt", "act": PromptCommand } | { "tool": "check_in", "act": CheckInCommand } | { "tool": "go_round", "act": GoRoundCommand } | { "tool": "hands", "act": HandsCommand } | { "tool": "hosting", "act": HostingCommand } | { "tool": "chat", "act": ChatCommand } | { "tool": "invite", "act": InviteCommand } | { "tool": "markers", "act": MarkersCommand } | { "tool": "calm", "act": CalmCommand } | { "tool": "tables", "act": TablesCommand } | { "tool": "poll", "act": PollCommand } | { "tool": "quiz", "act": QuizCommand } | { "tool": "journal", "act": JournalCommand } | { "tool": "role_play", "act": RolePlayCommand } | { "tool": "reading", "act": ReadingCommand } | { "tool": "slides", "act": SlidesCommand } | { "tool": "video", "act": VideoCommand } | { "tool": "share", "act": ShareCommand } | { "tool": "board", "act": BoardCommand } | { "tool": "interpreting", "act": InterpretingCommand } | { "tool": "closing", "act": ClosingCommand };

export type ToolViews = { prompt: PromptView | null, check_in: CheckInView | null, go_round: GoRoundView | null, hands: HandsView, hosting: HostingView | null, chat: ChatView, invite: InviteView, markers: Array<Marker> | null, calm: CalmViews, tables: TablesView, poll: PollView | null, quiz: QuizView | null, journal: JournalView, role_play: RolePlayViews, reading: ReadingView | null, slides: SlidesView | null, video: VideoView | null, share: ShareView, board: BoardViews, interpreting: InterpretingView, closing: ClosingView | null, };

export type Turn = { seat: Seat, since: At, until: At, };

export type VideoCommand = { "do": "open", material: number, title: string, 
/**
 * Whether it has captions; what they say is the library's.
 */
captions: boolean, } | { "do": "play", from: number, } | { "do": "pause", at: number, } | { "do": "close" };

export type VideoView = { material: number, title: string, captions: boolean, by: Seat, running: boolean, position: number, since: At, };

export type View = { title: string, week: number, starts_at: At, minutes: number, you: You, 
/**
 * By seat number: every expected chair and everybody who is in the circle.
 */
chairs: { [key in number]: Chair }, phases: Array<Phase>, begun_at: At | null, running: Running | null, ended: boolean, 
/**
 * No facilitator is in the circle right now.
 */
without_leader: boolean, tools: ToolViews, 
/**
 * Facilitators only.
 */
lead: LeadView | null, };

export type Voice = { seat: Seat, seconds: number, 
/**
 * Whole percent of all talk so far.
 */
share: number, heard: boolean, };

export type Waiting = { seat: Seat, name: string, part: Part, stance: Stance, since: At, 
/**
 * Their waiting-room page is still open.
 */
here: boolean, };

export type Want = { seat: Seat, layer: Layer, };

export type WordCount = { word: string, count: number, };

export type Words = { title: string, lead: string, is_worksheet: boolean, parts: Array<Passage>, sources: Array<string>, 
/**
 * As homework to oneself takes them along: the text of an article, or the questions of a worksheet.
 */
page: string, prompts: Array<string>, };

export type You = { seat: Seat, part: Part, stance: Stance, mic: boolean, camera: boolean, 
/**
 * The facilitators know that you asked for help.
 */
help_asked: boolean, };

