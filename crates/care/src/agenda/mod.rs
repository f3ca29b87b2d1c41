//! The plan of one session: up to twelve phases, or none at all (L16).

mod prepared;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use prepared::{EMPTY, EXERCISES, POLL_KINDS, Prepared, PreparedQuestion, Tool, Typed};

/// The five phases of a led session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PhaseKind {
    CheckIn,
    Learn,
    Practise,
    Discuss,
    Close,
}

impl PhaseKind {
    pub const ALL: [PhaseKind; 5] = [PhaseKind::CheckIn, PhaseKind::Learn, PhaseKind::Practise, PhaseKind::Discuss, PhaseKind::Close];

    pub fn word(self) -> &'static str {
        match self {
            PhaseKind::CheckIn => "check_in",
            PhaseKind::Learn => "learn",
            PhaseKind::Practise => "practise",
            PhaseKind::Discuss => "discuss",
            PhaseKind::Close => "close",
        }
    }

    pub fn parse(word: &str) -> Option<PhaseKind> {
        PhaseKind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The key of its name.
    pub fn key(self) -> &'static str {
        match self {
            PhaseKind::CheckIn => "phase-check-in",
            PhaseKind::Learn => "phase-learn",
            PhaseKind::Practise => "phase-practise",
            PhaseKind::Discuss => "phase-discuss",
            PhaseKind::Close => "phase-close",
        }
    }
}

/// One phase as planned. The live room follows the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Phase {
    pub kind: PhaseKind,
    pub minutes: u16,
    /// What the group is asked; may be empty.
    #[serde(default)]
    pub prompt: String,
    /// What this phase is about; may be empty.
    #[serde(default)]
    pub theme: String,
    /// What whoever leads has laid ready, in order. Leaders only: members see a tool when it is opened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(skip)]
    pub tools: Vec<Prepared>,
}

impl Phase {
    /// One with nothing typed yet.
    pub fn of(kind: PhaseKind, minutes: u16) -> Phase {
        Phase { kind, minutes, prompt: String::new(), theme: String::new(), tools: Vec::new() }
    }

    /// As members see it.
    pub fn without_tools(&self) -> Phase {
        Phase { tools: Vec::new(), ..self.clone() }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agenda {
    /// What the whole session is called; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    pub phases: Vec<Phase>,
    /// What each member may be given to do until next time.
    #[serde(default)]
    pub homework: Vec<String>,
    /// What whoever leads has to have at hand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub materials: Vec<String>,
    /// What the library has for this week, by its words, in order: to be read before the group meets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<String>,
}

/// Most phases; minutes of one phase; characters of a prompt or theme.
pub const PHASES: usize = 12;
pub const MINUTES: std::ops::RangeInclusive<u16> = 1..=120;
pub const TEXT_CHARS: usize = 300;
/// Tools laid ready in one phase: more nobody opens in its minutes.
pub const TOOLS: usize = 8;

/// Nobody reads more in a week.
pub const READINGS: usize = 4;

/// Why an agenda cannot be kept. Each is the key of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfit {
    TooManyPhases,
    TooManyTools,
    TooManyReadings,
    Minutes,
    TooLong,
}

impl Misfit {
    pub fn key(self) -> &'static str {
        match self {
            Misfit::TooManyPhases => "agenda-too-many",
            Misfit::TooManyTools => "prepared-too-many",
            Misfit::TooManyReadings => "agenda-too-many-readings",
            Misfit::Minutes => "agenda-minutes",
            Misfit::TooLong => "agenda-too-long",
        }
    }
}

impl Agenda {
    /// What a session of this agenda teaches: the themes of its learning and practising, else its title.
    pub fn taught(&self) -> Vec<&str> {
        let teaches = |phase: &&Phase| matches!(phase.kind, PhaseKind::Learn | PhaseKind::Practise) && !phase.theme.is_empty();
        let mut themes: Vec<&str> = self.phases.iter().filter(teaches).map(|phase| phase.theme.as_str()).collect();
        if themes.is_empty() && !self.title.is_empty() {
            themes.push(&self.title);
        }
        themes.dedup();
        themes
    }

    pub fn check(&self) -> Result<(), Misfit> {
        if self.phases.len() > PHASES {
            return Err(Misfit::TooManyPhases);
        }
        if self.phases.iter().any(|phase| !MINUTES.contains(&phase.minutes)) {
            return Err(Misfit::Minutes);
        }
        if self.phases.iter().any(|phase| phase.tools.len() > TOOLS) {
            return Err(Misfit::TooManyTools);
        }
        if self.readings.len() > READINGS {
            return Err(Misfit::TooManyReadings);
        }
        let texts = self
            .phases
            .iter()
            .flat_map(|phase| [&phase.prompt, &phase.theme])
            .chain(&self.homework)
            .chain(&self.materials)
            .chain(&self.readings)
            .chain([&self.title]);
        let too_long = |text: &str| text.chars().count() > TEXT_CHARS;
        let of_tools = self.phases.iter().flat_map(|phase| &phase.tools).any(|tool| tool.texts().iter().any(|text| too_long(text)));
        if of_tools || texts.into_iter().any(|text| too_long(text)) { Err(Misfit::TooLong) } else { Ok(()) }
    }

    /// Everything in it that people read.
    pub fn texts_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let of_phases = self.phases.iter_mut().flat_map(|phase| {
            [&mut phase.theme, &mut phase.prompt].into_iter().chain(phase.tools.iter_mut().flat_map(Prepared::texts_mut))
        });
        std::iter::once(&mut self.title).chain(of_phases).chain(&mut self.homework).chain(&mut self.materials)
    }

    pub fn minutes(&self) -> u32 {
        self.phases.iter().map(|phase| u32::from(phase.minutes)).sum()
    }

    /// The title, or else the theme of the first phase that has one.
    pub fn theme(&self) -> &str {
        if !self.title.is_empty() {
            return &self.title;
        }
        self.phases.iter().map(|phase| phase.theme.as_str()).find(|theme| !theme.is_empty()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phase(minutes: u16, prompt: &str) -> Phase {
        Phase { kind: PhaseKind::Discuss, minutes, prompt: prompt.into(), theme: String::new(), tools: Vec::new() }
    }

    #[test]
    fn an_empty_agenda_is_welcome() {
        assert_eq!(Agenda::default().check(), Ok(()));
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let of = |phases| Agenda { phases, ..Agenda::default() }.check();
        assert_eq!(of(vec![phase(0, "")]), Err(Misfit::Minutes));
        assert_eq!(of(vec![phase(121, "")]), Err(Misfit::Minutes));
        assert_eq!(of(vec![phase(5, &"x".repeat(301))]), Err(Misfit::TooLong));
        assert_eq!(of(vec![phase(5, ""); 13]), Err(Misfit::TooManyPhases));
        let reading = |count| Agenda { readings: vec!["a-b".into(); count], ..Agenda::default() }.check();
        assert_eq!((reading(READINGS), reading(READINGS + 1)), (Ok(()), Err(Misfit::TooManyReadings)));
    }
}
