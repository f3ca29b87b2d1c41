//! A sentence in the hearth: the theme of a discussion, a question, a quiet moment.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    at::At,
    limits,
    people::Person,
    refusal::Refusal,
    tools::{Around, Right, Tool},
};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum PromptCommand {
    Show { text: String },
    Clear,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum PromptEvent {
    Shown { text: String },
    Cleared,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PromptView {
    pub text: String,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Prompt {
    text: Option<String>,
}

impl Tool for Prompt {
    type Command = PromptCommand;
    type Event = PromptEvent;
    type View = Option<PromptView>;

    fn right(_: &PromptCommand) -> Right {
        Right::Facilitators
    }

    fn decide(&self, _: &Person, command: &PromptCommand, _: Around<'_>) -> Result<Vec<PromptEvent>, Refusal> {
        match command {
            PromptCommand::Show { text } => Ok(vec![PromptEvent::Shown { text: limits::text(text, limits::PROMPT_CHARS)? }]),
            PromptCommand::Clear if self.text.is_none() => Err(Refusal::NotNow),
            PromptCommand::Clear => Ok(vec![PromptEvent::Cleared]),
        }
    }

    fn apply(&mut self, event: &PromptEvent, _: At) {
        self.text = match event {
            PromptEvent::Shown { text } => Some(text.clone()),
            PromptEvent::Cleared => None,
        };
    }

    fn view_for(&self, _: &Person, _: Around<'_>) -> Self::View {
        self.text.clone().map(|text| PromptView { text })
    }
}
