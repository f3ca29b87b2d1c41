//! What is kept of a person, table by table: how it is shown to them, and how it is destroyed. A test holds this against the real tables, so
//! that nothing new can be forgotten.

mod destroying;
mod queries;

pub use destroying::DESTROY;
pub use queries::{FILES, PARTS};

/// How a value is written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Number,
    /// Microseconds since 1970.
    At,
}

/// One plain value: its name in the file, the expression that finds it, and how it is written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    pub name: &'static str,
    pub expression: &'static str,
    pub kind: Kind,
}

/// One sealed text: its name, its column, the table and column it was sealed for, and the expression of its row.
pub struct Sealed {
    pub name: &'static str,
    pub column: &'static str,
    pub spot: (&'static str, &'static str),
    pub row: &'static str,
}

/// One part of the export.
pub struct Part {
    /// The sentence `mydata-…` is its heading.
    pub name: &'static str,
    /// Tables and conditions.
    pub from: &'static str,
    facts: &'static str,
    pub sealed: &'static [Sealed],
    /// The tables whose rows this part shows.
    pub tables: &'static [&'static str],
}

impl Part {
    pub fn facts(&self) -> impl Iterator<Item = Fact> + use<> {
        self.facts.split_whitespace().filter_map(|fact| {
            let at = fact.find(['=', '#', '@'])?;
            let kind = match fact.as_bytes()[at] {
                b'=' => Kind::Text,
                b'#' => Kind::Number,
                _ => Kind::At,
            };
            Some(Fact { name: &fact[..at], expression: &fact[at + 1..], kind })
        })
    }
}

const fn part(
    name: &'static str,
    from: &'static str,
    facts: &'static str,
    sealed: &'static [Sealed],
    tables: &'static [&'static str],
) -> Part {
    Part { name, from, facts, sealed, tables }
}

/// One of which nothing is sealed.
const fn plain(name: &'static str, from: &'static str, facts: &'static str, tables: &'static [&'static str]) -> Part {
    part(name, from, facts, &[], tables)
}

const fn sealed(name: &'static str, column: &'static str, spot: (&'static str, &'static str), row: &'static str) -> Sealed {
    Sealed { name, column, spot, row }
}

/// At most so many plain values and sealed texts stand in a part.
pub const FACTS: usize = 7;
pub const SEALED: usize = 2;

/// Tables without anything of a member, or that must outlive a record: each with its reason.
pub const OTHERS: &[(&str, &str)] = &[
    ("practice", "of the practice"),
    ("practice_billing", "of the practice"),
    ("crisis_line", "of the practice"),
    ("topic", "of the practice"),
    ("groups", "of the practice"),
    ("group_time", "of the practice"),
    ("group_programme", "of the practice"),
    ("listing", "of the practice"),
    ("course_price", "of the practice"),
    ("discount_code", "of the practice"),
    ("document", "of the practice"),
    ("holiday", "of the practice"),
    ("instrument", "of the practice"),
    ("instrument_pack", "of the practice"),
    ("measure_schedule", "of the practice"),
    ("measure_warning", "of the practice"),
    ("outcome_figure", "counts without persons"),
    ("outcome_feedback", "counts without persons"),
    ("outcome_shown", "of the practice"),
    ("workshop_question", "of the practice"),
    ("material", "of the practice"),
    ("strategy_setting", "of a whole group"),
    ("group_question", "what leaders ask, about nobody"),
    ("library_article", "of the practice"),
    ("library_hidden", "of the practice"),
    ("series_note", "of the practice"),
    ("homework_template", "of the practice"),
    ("homework_starter_away", "of the practice"),
    ("session_material", "of a whole group"),
    ("session_reading", "of a whole group"),
    ("channel", "of a whole group, or the line of a member to staff; what was written in it is in messages"),
    ("message", "the place of a text in its thread, without the text, so that the answers of others can be followed"),
    ("message_rules", "of the practice"),
    ("outside_contact", "of the practice"),
    ("circle", "of all who are in it; who was in it and what it was for are in circles"),
    ("alumni_space", "of the practice"),
    ("chat_check_in", "of a whole group"),
    ("person_block", "of two at once, and by number; its own person finds it on their page of messages"),
    ("danger_word", "of the practice"),
    ("session", "of a whole group"),
    ("appointment", "shown by who takes part"),
    ("family_group", "of a whole family"),
    ("peer_group", "of a whole group"),
    ("peer_session", "of all for whom it is; who planned and who hosts it are in it by number"),
    ("peer_staff", "of staff"),
    ("kept_apart", "of two at once: shown to one it would tell of the other"),
    ("call_slot", "times that a clinician offers"),
    ("note_addendum", "goes with its note"),
    ("authority", "of staff"),
    ("public_profile", "of staff"),
    ("on_call", "of staff"),
    ("process_note", "45 CFR 164.501: apart from the record, its author's alone"),
    ("room_event", "how a room is rebuilt; what was meant to last is in answers, takeaways and homework. Sealed under the person's key"),
    ("push_key", "of the practice"),
    ("data_key", "keys; destroyed first"),
    ("audit", "the book of who did what, by number; never altered"),
    ("audit_head", "of the audit book"),
    ("job", "work for later, sealed where it is about somebody"),
    ("sign_in_failure", "counts, forgotten within a day"),
    ("subscriber", "addresses without an account, forgotten on leaving"),
    ("listing_known", "of the digest"),
    ("digest_asked", "of the digest"),
    ("digest_confirmed", "of the digest"),
    ("legal_hold", "why a record may not be destroyed"),
    ("destruction", "the list of what was destroyed"),
    ("migration", "of the database"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_is_read_and_none_is_more_than_there_is_place_for() {
        for part in PARTS {
            assert_eq!(part.facts().count(), part.facts.split_whitespace().count(), "{}", part.name);
            assert!(part.facts().count() <= FACTS && part.sealed.len() <= SEALED, "{}", part.name);
            assert!(part.facts().all(|fact| !fact.name.is_empty() && !fact.expression.is_empty()));
            assert!(part.from.contains("= $1"), "{} would be everybody's", part.name);
        }
        let fact = part("a", "", "since@x.created_at", &[], &[]).facts().next();
        assert_eq!(fact, Some(Fact { name: "since", expression: "x.created_at", kind: Kind::At }));
    }

    #[test]
    fn everything_that_destroys_names_its_person() {
        assert!(DESTROY.iter().all(|sql| sql.contains("$1") && sql.contains(" WHERE ")));
        assert!(DESTROY[0].contains("data_key"), "keys first: if anything fails after them, nothing can be read");
    }
}
