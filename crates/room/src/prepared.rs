//! A tool that was laid ready, as the command that opens it. From there on it is the tool's own rule that decides.

use care::agenda::Prepared;

use crate::{
    limits,
    refusal::Refusal,
    tools::{
        ToolCommand,
        board::{BoardCommand, Drawers},
        calm::CalmCommand,
        go_round::{GoRoundCommand, Order},
        journal::JournalCommand,
        poll::{PollAsk, PollCommand},
        prompt::PromptCommand,
        quiz::{QuizCommand, QuizQuestion},
        reading::ReadingCommand,
        role_play::RolePlayCommand,
        slides::SlidesCommand,
        tables::{How, TablesCommand},
        video::VideoCommand,
    },
};

/// A go-round that was prepared gives each this long, in seconds; whoever leads may add more.
const TURN: u16 = 90;

pub fn command(prepared: &Prepared) -> Result<ToolCommand, Refusal> {
    Ok(match prepared.clone() {
        Prepared::Prompt { text } => ToolCommand::Prompt(PromptCommand::Show { text }),
        Prepared::GoRound { text } => ToolCommand::GoRound(GoRoundCommand::Open { prompt: text, order: Order::Seats, seconds: TURN }),
        Prepared::Poll { kind, text, options } => {
            ToolCommand::Poll(PollCommand::Open(PollAsk { kind: word(kind)?, question: text, options, named: false, live: false }))
        }
        Prepared::Quiz { text, options, right, why, more } => {
            let first = QuizQuestion { question: text, options, right, why };
            let more =
                more.into_iter().map(|one| QuizQuestion { question: one.text, options: one.options, right: one.right, why: one.why });
            ToolCommand::Quiz(QuizCommand::Open { questions: std::iter::once(first).chain(more).collect() })
        }
        Prepared::Journal { text, minutes } => ToolCommand::Journal(JournalCommand::Open { prompt: text, minutes }),
        Prepared::Tables { prompts } => ToolCommand::Tables(TablesCommand::Lay { how: How::Draw, prompts }),
        Prepared::Scene { card, .. } => ToolCommand::RolePlay(RolePlayCommand::Pick { card }),
        Prepared::Calm { exercise, minutes } => ToolCommand::Calm(CalmCommand::Open { exercise: word(exercise)?, seat: None, minutes }),
        Prepared::Board { template } => ToolCommand::Board(BoardCommand::Open { template, who: Drawers::Everybody, names: false }),
        Prepared::Slides { material, text, pages } => {
            let pages = pages.clamp(*limits::DECK_PAGES.start(), *limits::DECK_PAGES.end());
            ToolCommand::Slides(SlidesCommand::Open { material, title: text, pages })
        }
        Prepared::Video { material, text, captions } => ToolCommand::Video(VideoCommand::Open { material, title: text, captions }),
        Prepared::Reading { item, text } => ToolCommand::Reading(ReadingCommand::Open { item, title: text }),
    })
}

/// A word of the agenda as the tool knows it.
fn word<T: serde::de::DeserializeOwned>(word: String) -> Result<T, Refusal> {
    serde_json::from_value(word.into()).map_err(|_| Refusal::OutOfRange)
}
