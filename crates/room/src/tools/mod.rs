//! The tools of the circle. One tool is one folder with one type that implements [`Tool`], and one line in `tools!` below.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    agenda::Agenda,
    at::At,
    events::RoomEvent,
    people::{Person, Seat},
    refusal::Refusal,
    talk_time::TalkTime,
};

pub mod board;
pub mod calm;
pub mod chat;
pub mod check_in;
pub mod closing;
pub mod go_round;
pub mod hands;
pub mod hosting;
pub mod interpreting;
pub mod invite;
pub mod journal;
pub mod markers;
pub mod poll;
pub mod prompt;
pub mod quiz;
pub mod reading;
pub mod role_play;
pub mod share;
pub mod slides;
pub mod tables;
mod unwritten;
pub mod video;

/// What a tool may look at while it decides: the room around it, and never another tool but the one that says who is where.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    pub people: &'a std::collections::BTreeMap<Seat, Person>,
    pub agenda: &'a Agenda,
    pub talk: &'a TalkTime,
    pub tables: &'a tables::Tables,
    /// Pairs who are never to sit at the same small table.
    pub apart: &'a [(Seat, Seat)],
    /// The scene cards of the house, in the group's language.
    pub scenes: &'a [care::scenes::Card],
    /// The group's language, for what the house itself prints.
    pub language: &'a str,
    /// Members meet without staff: who is to host, and when.
    pub hosted: Option<&'a hosting::Hosted>,
    pub now: At,
    /// A random number drawn by the caller; the same one gives the same decision.
    pub luck: u64,
}

impl Around<'_> {
    pub fn person(&self, seat: Seat) -> Result<&Person, Refusal> {
        self.people.get(&seat).ok_or(Refusal::NobodyThere)
    }

    pub fn in_circle(&self, seat: Seat) -> bool {
        self.people.get(&seat).is_some_and(Person::in_circle)
    }
}

/// Fisher-Yates with a small generator of its own, so that the same luck gives the same order after a restart.
fn shuffle(seats: &mut [Seat], luck: u64) {
    let mut state = luck | 1;
    for last in (1..seats.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        seats.swap(last, ((state >> 33) as usize) % (last + 1));
    }
}

/// Who may send a command of a tool. Decided before the tool sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// Everybody in the circle.
    Circle,
    /// Facilitators and members: whoever takes turns.
    TurnTakers,
    Facilitators,
    /// Whoever hosts a peer-led check-in, and facilitators.
    Host,
    /// Whoever sits in the interpreter's seat.
    Interpreters,
}

/// One tool of the room: a small machine of its own. Time and luck come in with [`Around`]; what happens goes out as events.
pub trait Tool: Default {
    type Command;
    type Event;
    type View;

    fn right(command: &Self::Command) -> Right;
    fn decide(&self, by: &Person, command: &Self::Command, around: Around<'_>) -> Result<Vec<Self::Event>, Refusal>;
    fn apply(&mut self, event: &Self::Event, at: At);
    fn view_for(&self, viewer: &Person, around: Around<'_>) -> Self::View;

    /// Whose words or answers an event holds; its text is sealed under that person's key.
    fn author(_event: &Self::Event) -> Option<Seat> {
        None
    }

    /// Whether an event lives in memory only: an anonymous ballot is nowhere written down beside its seat.
    fn unwritten(_event: &Self::Event) -> bool {
        false
    }

    /// What the session's timeline says of an event, as a key of the word list: that it happened, never what was said.
    fn timeline(_event: &Self::Event) -> Option<&'static str> {
        None
    }

    /// The deck or film of the library that an event put in the middle; the recap lists it.
    fn shown(_event: &Self::Event) -> Option<i64> {
        None
    }

    /// What follows for this tool when something happened in the room: somebody left, the session ended.
    fn follow(&self, _event: &RoomEvent, _around: Around<'_>) -> Vec<Self::Event> {
        Vec::new()
    }

    /// What follows for this tool when the tables are laid, go or come back: they are the one tool that others know.
    fn follow_tables(&self, _event: &tables::TablesEvent, _around: Around<'_>) -> Vec<Self::Event> {
        Vec::new()
    }

    /// What time alone brings about: a countdown that is over.
    fn tick(&self, _around: Around<'_>) -> Vec<Self::Event> {
        Vec::new()
    }
}

macro_rules! tools {
    ($($name:ident: $tool:path, $command:path, $event:path, $view:path, $variant:ident;)*) => {
        /// A command for one of the tools.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
        #[serde(tag = "tool", content = "act", rename_all = "snake_case")]
        pub enum ToolCommand { $($variant($command),)* }

        impl ToolCommand {
            /// The tool's name, as browsers know it.
            pub fn tool(&self) -> &'static str {
                match self { $(ToolCommand::$variant(_) => stringify!($name),)* }
            }
        }

        /// Something that happened in one of the tools.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "tool", content = "event", rename_all = "snake_case")]
        pub enum ToolEvent { $($variant($event),)* }

        /// What one person sees of every tool.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
        pub struct ToolViews { $(pub $name: $view,)* }

        /// The state of every tool.
        #[derive(Debug, Clone, Default, PartialEq)]
        pub struct Tools { $(pub $name: $tool,)* }

        impl Tools {
            pub fn right(command: &ToolCommand) -> Right {
                match command { $(ToolCommand::$variant(command) => <$tool as Tool>::right(command),)* }
            }

            pub fn decide(&self, by: &Person, command: &ToolCommand, around: Around<'_>) -> Result<Vec<ToolEvent>, Refusal> {
                Ok(match command {
                    $(ToolCommand::$variant(command) =>
                        self.$name.decide(by, command, around)?.into_iter().map(ToolEvent::$variant).collect(),)*
                })
            }

            pub fn apply(&mut self, event: &ToolEvent, at: At) {
                match event { $(ToolEvent::$variant(event) => self.$name.apply(event, at),)* }
            }

            pub fn author(event: &ToolEvent) -> Option<Seat> {
                match event { $(ToolEvent::$variant(event) => <$tool as Tool>::author(event),)* }
            }

            pub fn unwritten(event: &ToolEvent) -> bool {
                match event { $(ToolEvent::$variant(event) => <$tool as Tool>::unwritten(event),)* }
            }

            pub fn timeline(event: &ToolEvent) -> Option<&'static str> {
                match event { $(ToolEvent::$variant(event) => <$tool as Tool>::timeline(event),)* }
            }

            pub fn shown(event: &ToolEvent) -> Option<i64> {
                match event { $(ToolEvent::$variant(event) => <$tool as Tool>::shown(event),)* }
            }

            pub fn follow(&self, event: &RoomEvent, around: Around<'_>) -> Vec<ToolEvent> {
                let mut events = Vec::new();
                $(events.extend(self.$name.follow(event, around).into_iter().map(ToolEvent::$variant));)*
                events
            }

            pub fn follow_tables(&self, event: &ToolEvent, around: Around<'_>) -> Vec<ToolEvent> {
                let mut events = Vec::new();
                let ToolEvent::Tables(event) = event else { return events };
                $(events.extend(self.$name.follow_tables(event, around).into_iter().map(ToolEvent::$variant));)*
                events
            }

            pub fn tick(&self, around: Around<'_>) -> Vec<ToolEvent> {
                let mut events = Vec::new();
                $(events.extend(self.$name.tick(around).into_iter().map(ToolEvent::$variant));)*
                events
            }

            pub fn view_for(&self, viewer: &Person, around: Around<'_>) -> ToolViews {
                ToolViews { $($name: self.$name.view_for(viewer, around),)* }
            }
        }
    };
}

tools! {
    prompt: prompt::Prompt, prompt::PromptCommand, prompt::PromptEvent, Option<prompt::PromptView>, Prompt;
    check_in: check_in::CheckIn, check_in::CheckInCommand, check_in::CheckInEvent, Option<check_in::CheckInView>, CheckIn;
    go_round: go_round::GoRound, go_round::GoRoundCommand, go_round::GoRoundEvent, Option<go_round::GoRoundView>, GoRound;
    hands: hands::Hands, hands::HandsCommand, hands::HandsEvent, hands::HandsView, Hands;
    hosting: hosting::HostingTool, hosting::HostingCommand, hosting::HostingEvent, Option<hosting::HostingView>, Hosting;
    chat: chat::Chat, chat::ChatCommand, chat::ChatEvent, chat::ChatView, Chat;
    invite: invite::Invite, invite::InviteCommand, invite::InviteEvent, invite::InviteView, Invite;
    markers: markers::Markers, markers::MarkersCommand, markers::MarkersEvent, Option<Vec<markers::Marker>>, Markers;
    calm: calm::Calm, calm::CalmCommand, calm::CalmEvent, calm::CalmViews, Calm;
    tables: tables::Tables, tables::TablesCommand, tables::TablesEvent, tables::TablesView, Tables;
    poll: poll::Poll, poll::PollCommand, poll::PollEvent, Option<poll::PollView>, Poll;
    quiz: quiz::Quiz, quiz::QuizCommand, quiz::QuizEvent, Option<quiz::QuizView>, Quiz;
    journal: journal::Journal, journal::JournalCommand, journal::JournalEvent, journal::JournalView, Journal;
    role_play: role_play::RolePlay, role_play::RolePlayCommand, role_play::RolePlayEvent, role_play::RolePlayViews, RolePlay;
    reading: reading::Reading, reading::ReadingCommand, reading::ReadingEvent, Option<reading::ReadingView>, Reading;
    slides: slides::Slides, slides::SlidesCommand, slides::SlidesEvent, Option<slides::SlidesView>, Slides;
    video: video::Video, video::VideoCommand, video::VideoEvent, Option<video::VideoView>, Video;
    share: share::Share, share::ShareCommand, share::ShareEvent, share::ShareView, Share;
    board: board::Board, board::BoardCommand, board::BoardEvent, board::BoardViews, Board;
    interpreting: interpreting::Interpreting, interpreting::InterpretingCommand, interpreting::InterpretingEvent, interpreting::InterpretingView, Interpreting;
    closing: closing::Closing, closing::ClosingCommand, closing::ClosingEvent, Option<closing::ClosingView>, Closing;
}
