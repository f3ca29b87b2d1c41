//! What a synthetic member does next: the view goes in, acts come out. No sockets, no clock.

use std::collections::HashMap;
use std::time::Duration;

use room::tools::{
    ToolCommand, chat::Audience, chat::ChatCommand, check_in::CheckInCommand, closing::ClosingAnswer, closing::ClosingCommand,
    go_round::GoRoundCommand, go_round::Order, hands::HandsCommand,
};
use room::{Command, Part, PhaseKind, Presence, RoomCommand, View};

use crate::persona::Persona;

/// What the member does now.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    Do(Command),
    Speak(Duration),
    Hush,
}

/// Somebody needs this long to read a question.
const THINKS: Duration = Duration::from_secs(3);
/// An act that had no effect is tried again after this.
const AGAIN: Duration = Duration::from_secs(6);
/// Facilitators wait so long for late members before they begin.
const WAITS: Duration = Duration::from_secs(45);
/// While the group discusses without turns, the word goes on after this.
const WORD: Duration = Duration::from_secs(12);

/// How fast a synthetic facilitator leads; `None` leaves leading to somebody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lead {
    pub phase: Duration,
}

pub struct Member {
    persona: Persona,
    lead: Option<Lead>,
    /// When each act was last tried, by its name.
    tried: HashMap<&'static str, Duration>,
    /// Since when each question stands, by its name.
    seen: HashMap<&'static str, Duration>,
    turn_since: Option<Duration>,
    speaking_until: Duration,
    phase: Option<(u8, Duration)>,
}

impl Member {
    pub fn new(persona: Persona, lead: Option<Lead>) -> Member {
        Member { persona, lead, tried: HashMap::new(), seen: HashMap::new(), turn_since: None, speaking_until: Duration::ZERO, phase: None }
    }

    /// `now` counts from when the member came in. Call it a few times a second, and when the view has changed.
    pub fn react(&mut self, now: Duration, view: &View) -> Vec<Act> {
        let mut acts = Vec::new();
        if view.ended {
            return vec![Act::Hush];
        }
        let running = view.running.map(|running| running.index);
        if self.phase.map(|(index, _)| index) != running {
            self.phase = running.map(|index| (index, now));
        }
        self.devices(now, view, &mut acts);
        self.check_in(now, view, &mut acts);
        self.turn(now, view, &mut acts);
        self.discussion(now, view, &mut acts);
        self.closing(now, view, &mut acts);
        if view.you.part == Part::Facilitator && self.lead.is_some() {
            self.lead(now, view, &mut acts);
        }
        acts
    }

    fn devices(&mut self, now: Duration, view: &View, acts: &mut Vec<Act>) {
        if !view.you.camera && self.once("camera", now) {
            acts.push(Act::Do(Command::Room(RoomCommand::Camera { on: true })));
        }
        let takes_part = matches!(view.you.part, Part::Facilitator | Part::Member);
        if takes_part && !view.you.mic && self.once("mic", now) {
            acts.push(Act::Do(Command::Room(RoomCommand::Mic { on: true })));
        }
        if view.you.part == Part::Member && view.you.stance != self.persona.stance && self.once("stance", now) {
            acts.push(Act::Do(Command::Room(RoomCommand::SetStance { stance: self.persona.stance })));
        }
    }

    fn check_in(&mut self, now: Duration, view: &View, acts: &mut Vec<Act>) {
        let open = view.tools.check_in.as_ref().is_some_and(|check_in| check_in.open && check_in.mine.is_none() && !check_in.passed);
        if self.ripe("check-in", open, now) {
            let (word, concern) = (self.persona.word.to_owned(), self.persona.concern.to_owned());
            let answer = CheckInCommand::Answer { mood: self.persona.mood, word, concern, to_group: self.persona.turn > Duration::ZERO };
            acts.push(Act::Do(Command::Tool(ToolCommand::CheckIn(answer))));
        }
    }

    fn turn(&mut self, now: Duration, view: &View, acts: &mut Vec<Act>) {
        let mine = view.tools.go_round.as_ref().and_then(|round| round.turn).is_some_and(|turn| turn.seat == view.you.seat);
        if !mine {
            if self.turn_since.take().is_some() {
                acts.push(Act::Hush);
            }
            return;
        }
        let since = match self.turn_since {
            Some(since) => since,
            None => {
                if self.persona.turn > Duration::ZERO {
                    acts.push(Act::Speak(self.persona.turn));
                }
                *self.turn_since.insert(now)
            }
        };
        let passes = self.persona.turn.is_zero();
        let ready = now >= since + if passes { THINKS } else { self.persona.turn + Duration::from_secs(1) };
        if ready && self.once("turn", now) {
            let end = if passes { GoRoundCommand::Pass } else { GoRoundCommand::Done };
            acts.push(Act::Do(Command::Tool(ToolCommand::GoRound(end))));
        }
    }

    fn discussion(&mut self, now: Duration, view: &View, acts: &mut Vec<Act>) {
        let kind = view.running.and_then(|running| view.phases.get(usize::from(running.index))).map(|phase| phase.kind);
        let free = kind == Some(PhaseKind::Discuss) && view.tools.go_round.is_none();
        if self.ripe("chat", free && !self.persona.chat.is_empty(), now) && self.only("said") {
            let say = ChatCommand::Say { text: self.persona.chat.to_owned(), to: Audience::Circle };
            acts.push(Act::Do(Command::Tool(ToolCommand::Chat(say))));
        }
        let up = view.tools.hands.order.contains(&view.you.seat);
        if self.ripe("hand", free && self.persona.raises_hand && !up, now) && self.only("raised") {
            acts.push(Act::Do(Command::Tool(ToolCommand::Hands(HandsCommand::Raise))));
        }
        // The word goes from chair to chair, so that one person speaks at a time without anybody arranging it.
        let here: Vec<u8> = view.chairs.iter().filter(|(_, chair)| chair.presence == Presence::Here).map(|(seat, _)| *seat).collect();
        let since = self.phase.map_or(now, |(_, since)| since);
        let slot = (now.saturating_sub(since).as_secs() / WORD.as_secs()) as usize;
        let my_word = free && here.get(slot % here.len().max(1)) == Some(&view.you.seat.0);
        if my_word && now >= self.speaking_until && self.persona.turn > Duration::ZERO {
            self.speaking_until = now + WORD;
            acts.push(Act::Speak(WORD - Duration::from_secs(3)));
        }
    }

    fn closing(&mut self, now: Duration, view: &View, acts: &mut Vec<Act>) {
        let Some(closing) = view.tools.closing.as_ref().filter(|closing| closing.open) else { return };
        if self.ripe("closing", closing.mine.is_none(), now) {
            let [mood, heard, safe, useful, connected] = self.persona.closing.map(Some);
            let answer = ClosingAnswer { mood, heard, safe, useful, connected, line: String::new() };
            acts.push(Act::Do(Command::Tool(ToolCommand::Closing(ClosingCommand::Answer(answer)))));
        }
        let leads = view.you.part == Part::Facilitator;
        if leads && !self.persona.takeaway.is_empty() && closing.takeaways.is_empty() && self.once("takeaway", now) {
            let text = self.persona.takeaway.to_owned();
            acts.push(Act::Do(Command::Tool(ToolCommand::Closing(ClosingCommand::WriteTakeaway { text }))));
        }
    }

    fn lead(&mut self, now: Duration, view: &View, acts: &mut Vec<Act>) {
        let Some(pace) = self.lead else { return };
        let mut act = |member: &mut Member, name, wanted: bool, command: Command| {
            if wanted && member.once(name, now) {
                acts.push(Act::Do(command));
            }
        };
        let waiting = view.lead.as_ref().is_some_and(|lead| !lead.waiting.is_empty());
        act(self, "admit", waiting, Command::Room(RoomCommand::AdmitAll));
        let all_here = view.chairs.values().all(|chair| chair.presence == Presence::Here);
        let Some((index, since)) = self.phase else {
            let begin = view.begun_at.is_none() && (all_here || now > WAITS);
            act(self, "begin", begin, Command::Room(RoomCommand::Begin));
            return;
        };
        let kind = view.phases.get(usize::from(index)).map(|phase| phase.kind);
        let tools = &view.tools;
        let open = Command::Tool(ToolCommand::CheckIn(CheckInCommand::Open));
        act(self, "open check-in", kind == Some(PhaseKind::CheckIn) && tools.check_in.is_none(), open);
        let round = GoRoundCommand::Open { prompt: "What do you take from this week?".into(), order: Order::Seats, seconds: 60 };
        let wants_round = kind == Some(PhaseKind::Practise) && tools.go_round.is_none() && !self.seen.contains_key("round");
        act(self, "open round", wants_round, Command::Tool(ToolCommand::GoRound(round)));
        if tools.go_round.is_some() {
            self.seen.insert("round", now);
        }
        let round_over = tools.go_round.as_ref().is_some_and(|round| round.turn.is_none() && round.waiting.is_empty());
        act(self, "close round", round_over, Command::Tool(ToolCommand::GoRound(GoRoundCommand::Close)));
        let open = Command::Tool(ToolCommand::Closing(ClosingCommand::Open));
        act(self, "open closing", kind == Some(PhaseKind::Close) && tools.closing.is_none(), open);
        if now < since + pace.phase || tools.go_round.is_some() {
            return;
        }
        let last = usize::from(index) + 1 >= view.phases.len();
        act(self, "next", !last, Command::Room(RoomCommand::Phase { index: index + 1 }));
        act(self, "end", last, Command::Room(RoomCommand::End));
    }

    /// True when an act may be tried (again).
    fn once(&mut self, name: &'static str, now: Duration) -> bool {
        let may = self.tried.get(name).is_none_or(|at| now >= *at + AGAIN);
        if may {
            self.tried.insert(name, now);
        }
        may
    }

    /// True the first time.
    fn only(&mut self, name: &'static str) -> bool {
        self.tried.insert(name, Duration::MAX - AGAIN).is_none()
    }

    /// True when a question has stood long enough to be answered, and not too often.
    fn ripe(&mut self, name: &'static str, stands: bool, now: Duration) -> bool {
        if !stands {
            self.seen.remove(name);
            return false;
        }
        let since = *self.seen.entry(name).or_insert(now);
        // Not everybody answers in the same second.
        let thinks = THINKS + Duration::from_millis(700) * (self.persona.person % 7) as u32;
        now >= since + thinks && self.once(name, now)
    }
}
