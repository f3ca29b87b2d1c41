//! "Did it help?", as it was last worked out: `progress` writes it once an hour, whoever shows it reads a few rows. None of them is a person.

use care::outcomes::{Figure, Hidden, Interval};
use sea_orm::FromQueryResult;

use crate::{
    clock::Moment,
    db::{Ask, Tx},
    fault::Fault,
    values,
    words::Language,
};

/// One line: of the whole practice, of a topic, of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub slug: String,
    pub part: String,
    pub about: String,
    pub hidden: Option<Hidden>,
    pub figure: Figure,
}

#[derive(FromQueryResult)]
struct Row {
    slug: String,
    part: String,
    about: String,
    hidden: String,
    starters: i64,
    completers: i64,
    improved: i64,
    unmeasured: i64,
    below: i64,
}

fn told(row: Row) -> Told {
    let count = |n: i64| u32::try_from(n).unwrap_or(0);
    let figure = Figure {
        starters: count(row.starters),
        completers: count(row.completers),
        improved: count(row.improved),
        unmeasured: count(row.unmeasured),
        below: count(row.below),
    };
    Told { slug: row.slug, part: row.part, about: row.about, hidden: Hidden::parse(&row.hidden), figure }
}

const FIELDS: &str = "f.slug, f.part, f.about, f.hidden, f.starters, f.completers, f.improved, f.unmeasured, f.below FROM outcome_figure f";

pub async fn all(db: &(impl Ask + Sync)) -> Result<Vec<Told>, Fault> {
    let rows: Vec<Row> = db.rows(&format!("SELECT {FIELDS} ORDER BY f.slug, f.part, f.about"), []).await?;
    Ok(rows.into_iter().map(told).collect())
}

/// What visitors see: nothing until somebody decided it, and nothing while it is too small.
pub async fn shown(db: &(impl Ask + Sync)) -> Result<Option<Told>, Fault> {
    let sql =
        format!("SELECT {FIELDS} JOIN outcome_shown s ON s.slug = f.slug AND s.shown = 1 WHERE f.part = 'practice' AND f.hidden = ''");
    Ok(db.row::<Row>(&sql, []).await?.map(told))
}

/// What members say themselves: how many, and the middle in tenths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct Feedback {
    pub people: i64,
    pub tenths: i64,
    pub computed_at: Moment,
}

/// `None` until it was worked out for the first time.
pub async fn feedback(db: &(impl Ask + Sync)) -> Result<Option<Feedback>, Fault> {
    db.row("SELECT people, tenths, computed_at FROM outcome_feedback WHERE id = 1", []).await
}

/// Puts the figures of this hour in the place of those of the last.
pub async fn keep(tx: &Tx, all: &[Told], feedback: Feedback) -> Result<(), Fault> {
    tx.run("DELETE FROM outcome_figure", []).await?;
    for one in all {
        // What is not told is not kept: no backup has it.
        let figure = if one.hidden.is_some() { Figure::default() } else { one.figure };
        let counts = [figure.starters, figure.completers, figure.improved, figure.unmeasured, figure.below].map(i64::from);
        let [starters, completers, improved, unmeasured, below] = counts;
        let hidden = one.hidden.map_or("", Hidden::word);
        let sql = "INSERT INTO outcome_figure (slug, part, about, hidden, starters, completers, improved, unmeasured, below)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        let row = values![one.slug.clone(), one.part.clone(), one.about.clone(), hidden, starters, completers, improved, unmeasured, below];
        tx.run(sql, row).await?;
    }
    let sql = "INSERT INTO outcome_feedback (id, people, tenths, computed_at) VALUES (1, $1, $2, $3)
        ON CONFLICT (id) DO UPDATE SET people = excluded.people, tenths = excluded.tenths, computed_at = excluded.computed_at";
    tx.run(sql, values![feedback.people, feedback.tenths, feedback.computed_at]).await?;
    Ok(())
}

/// Who decided whether visitors see it.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Decision {
    pub slug: String,
    pub shown: i64,
    pub by_name: String,
    pub decided_at: Moment,
}

pub async fn decision(db: &(impl Ask + Sync)) -> Result<Option<Decision>, Fault> {
    let sql = "SELECT s.slug, s.shown, p.name AS by_name, s.decided_at FROM outcome_shown s JOIN person p ON p.id = s.decided_by";
    db.row(sql, []).await
}

pub async fn decide(tx: &Tx, slug: &str, shown: bool, by: i64, at: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO outcome_shown (id, slug, shown, decided_by, decided_at) VALUES (1, $1, $2, $3, $4) ON CONFLICT (id) DO UPDATE
        SET slug = excluded.slug, shown = excluded.shown, decided_by = excluded.decided_by, decided_at = excluded.decided_at";
    tx.run(sql, values![slug, i64::from(shown), by, at]).await?;
    Ok(())
}

fn parts(interval: Interval) -> [(&'static str, String); 3] {
    [("share", interval.share.to_string()), ("low", interval.low.to_string()), ("high", interval.high.to_string())]
}

/// The figure in words, wherever it stands: always with n, what is missing, the interval and both ways of counting. Empty if it may not be told.
pub fn sentences(language: Language, figure: &Figure) -> Vec<String> {
    let Some(starters) = figure.of_starters() else { return Vec::new() };
    let counts = [("n", figure.starters), ("completers", figure.completers), ("improved", figure.improved), ("missing", figure.missing())];
    let counts = counts.map(|(name, count)| (name, count.to_string()));
    let with = |interval: Interval| counts.iter().cloned().chain(parts(interval)).collect::<Vec<_>>();
    let completers = match figure.of_completers() {
        Some(interval) => language.say("outcome-of-completers", &with(interval)),
        None => language.say("outcome-few-completers", &counts),
    };
    vec![
        language.say("outcome-of-starters", &with(starters)),
        language.say("outcome-interval", &with(starters)),
        language.say("outcome-missing", &counts),
        completers,
    ]
}

/// What members say themselves, in words; of fewer than ten nothing is told.
pub fn feedback_words(language: Language, feedback: Option<Feedback>) -> String {
    let told = feedback.filter(|feedback| feedback.people >= i64::from(care::outcomes::FEWEST));
    let Some(told) = told else { return language.t("outcome-feedback-few") };
    let comma = if language == Language::Spanish { "," } else { "." };
    let middle = match told.tenths % 10 {
        0 => (told.tenths / 10).to_string(),
        rest => format!("{}{comma}{rest}", told.tenths / 10),
    };
    // A number with a comma is no number to the words' own plural rules, and needs none.
    language.say("outcome-feedback", &[("n", told.people.to_string()), ("middle", format!("{middle}\u{200a}"))])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(starters: u32, completers: u32, improved: u32) -> Figure {
        Figure { starters, completers, improved, unmeasured: 2, below: 5 }
    }

    #[test]
    fn the_figure_is_told_whole_or_not_at_all() {
        for language in Language::ALL {
            let told = sentences(language, &figure(40, 25, 15)).join(" ");
            for number in ["40", "25", "15", "38", "24", "53", "60", "77"] {
                assert!(told.contains(number), "{number}: {told}");
            }
            assert!(!told.contains('{') && !told.contains("outcome-"), "{told}");
            let few = sentences(language, &figure(12, 9, 4));
            assert_eq!(few.len(), 4);
            assert!(few[3].contains('9') && !few[3].contains('%'), "nine completers have no share: {few:?}");
            assert!(sentences(language, &figure(9, 9, 9)).is_empty());
        }
    }

    #[test]
    fn feedback_is_a_number_of_its_own() {
        let of = |people, tenths| Some(Feedback { people, tenths, computed_at: Moment(0) });
        assert!(feedback_words(Language::English, of(23, 75)).contains("7.5"));
        assert!(feedback_words(Language::Spanish, of(23, 75)).contains("7,5"));
        assert!(feedback_words(Language::Spanish, of(23, 80)).contains('8'));
        for none in [None, of(9, 75), of(0, 0)] {
            assert_eq!(feedback_words(Language::English, none), Language::English.t("outcome-feedback-few"));
        }
    }
}
