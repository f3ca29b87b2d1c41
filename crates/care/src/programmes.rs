//! Shipped programmes: one agenda per session, in our own words. A group works with its own copy, in the language it speaks.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use crate::agenda::Agenda;

#[derive(Debug, Clone, Deserialize)]
pub struct Programme {
    pub slug: String,
    /// By language code.
    pub title: BTreeMap<String, String>,
    /// Repeats from the start when it is through.
    pub session: Vec<Agenda>,
    /// The last session: looks back, says goodbye, plans what to carry on (P12).
    pub closure: Agenda,
}

const SHIPPED: &[&str] = &[
    include_str!("../../../content/programmes/steady-weeks.json"),
    include_str!("../../../content/programmes/skills-class.json"),
    include_str!("../../../content/programmes/open-circle.json"),
    include_str!("../../../content/programmes/dbt-skills.json"),
    include_str!("../../../content/programmes/cbt-anxiety.json"),
    include_str!("../../../content/programmes/cbt-depression.json"),
    include_str!("../../../content/programmes/behavioural-activation.json"),
    include_str!("../../../content/programmes/process-group.json"),
    include_str!("../../../content/programmes/grief.json"),
    include_str!("../../../content/programmes/anger.json"),
    include_str!("../../../content/programmes/ocd-exposure.json"),
    include_str!("../../../content/programmes/trauma-stabilisation.json"),
    include_str!("../../../content/programmes/mindfulness.json"),
    include_str!("../../../content/programmes/relationships.json"),
    include_str!("../../../content/programmes/wellness-workshop.json"),
];

/// Read once: three hundred kilobytes of JSON are too much for every page that names a programme.
static READ: LazyLock<Option<Vec<Programme>>> = LazyLock::new(|| read().ok());

/// Every programme that ships.
pub fn shipped() -> Result<Vec<Programme>, serde_json::Error> {
    READ.clone().map_or_else(read, Ok)
}

fn read() -> Result<Vec<Programme>, serde_json::Error> {
    SHIPPED.iter().map(|text| serde_json::from_str(text)).collect()
}

fn known(slug: &str) -> Option<&'static Programme> {
    READ.iter().flatten().find(|programme| programme.slug == slug)
}

/// Each English sentence of the programmes with its Spanish one. A programme stands once, so that both languages have the same sessions,
/// minutes and homework and nobody has to keep two files in step.
const SPANISH: &str = include_str!("../../../content/programmes/es.json");

/// One shipped programme as a group of that language works with it.
pub fn find(slug: &str, language: &str) -> Result<Option<Programme>, serde_json::Error> {
    known(slug).cloned().map(|programme| programme.said_in(language)).transpose()
}

/// How many sessions a shipped programme has before it begins again; 0 if nobody knows it.
pub fn length(slug: &str) -> i64 {
    known(slug).map_or(0, |programme| programme.session.len() as i64)
}

impl Programme {
    /// The same programme in another language. A sentence that has no translation stays as it is; a test sees to it that none does.
    pub fn said_in(mut self, language: &str) -> Result<Programme, serde_json::Error> {
        if language == "es" {
            let words: BTreeMap<String, String> = serde_json::from_str(SPANISH)?;
            for text in self.session.iter_mut().chain([&mut self.closure]).flat_map(Agenda::texts_mut) {
                if let Some(said) = words.get(text.as_str()) {
                    text.clone_from(said);
                }
            }
        }
        Ok(self)
    }

    /// The agenda of session `number`, counted from 1; the closure for the last one.
    pub fn agenda(&self, number: usize, is_last: bool) -> Agenda {
        if is_last {
            return self.closure.clone();
        }
        let index = number.saturating_sub(1).checked_rem(self.session.len()).unwrap_or(0);
        self.session.get(index).cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_agenda_fits_and_has_a_goodbye() {
        for programme in shipped().unwrap() {
            for agenda in programme.session.iter().chain([&programme.closure]) {
                assert_eq!(agenda.check(), Ok(()), "{}", programme.slug);
            }
            assert!(!programme.closure.phases.is_empty(), "{}", programme.slug);
            assert!(programme.title.contains_key("en") && programme.title.contains_key("es"));
        }
    }

    #[test]
    fn an_empty_programme_gives_empty_agendas() {
        let all = shipped().unwrap();
        let open = all.iter().find(|programme| programme.slug == "open-circle").unwrap();
        assert!(open.agenda(3, false).phases.is_empty());
    }
}
