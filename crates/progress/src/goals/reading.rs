//! The forms of a goal's plan: what each part asks, how it is read, and how it is shown again.

use care::{
    goals::{Days, Goal, Looked, MEASURES, MILESTONES, Measure, Milestone, NAME_CHARS, TEXT_CHARS, WORDS_CHARS, check},
    reminders::Quiet,
    screening::AIMS,
};
use jiff::civil::Date;

use super::queries::Kept;

/// The parts of a plan in the order in which they are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Words,
    Why,
    Looked,
    Days,
    Until,
    Sure,
    Milestones,
    Check,
}

impl Part {
    pub const ALL: [Part; 8] = [Part::Words, Part::Why, Part::Looked, Part::Days, Part::Until, Part::Sure, Part::Milestones, Part::Check];

    pub fn word(self) -> &'static str {
        match self {
            Part::Words => "words",
            Part::Why => "why",
            Part::Looked => "looked",
            Part::Days => "days",
            Part::Until => "until",
            Part::Sure => "sure",
            Part::Milestones => "milestones",
            Part::Check => "check",
        }
    }

    pub fn parse(word: &str) -> Option<Part> {
        Part::ALL.into_iter().find(|part| part.word() == word)
    }

    pub fn place(self) -> usize {
        Part::ALL.iter().position(|part| *part == self).unwrap_or(0)
    }

    pub fn next(self) -> Part {
        Part::ALL.get(self.place() + 1).copied().unwrap_or(Part::Check)
    }

    pub fn before(self) -> Option<Part> {
        self.place().checked_sub(1).and_then(|at| Part::ALL.get(at).copied())
    }
}

/// The fields of a form, as they were typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    pub fn is(&self, name: &str, value: &str) -> bool {
        self.get(name) == value
    }

    pub fn has(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }

    fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }
}

/// What one part of the plan is to become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    Words(String),
    Why {
        why: String,
        aims: std::collections::BTreeSet<String>,
    },
    /// A number of 0 is a new one.
    Looked(Vec<Looked>),
    Days {
        days: Days,
        remind: Option<i16>,
    },
    Until(Option<Date>),
    Sure {
        sure: Option<u8>,
        smaller: String,
    },
    Milestones(Vec<String>),
    Nothing,
}

fn text(fields: &Fields, name: &str, most: usize) -> Result<String, &'static str> {
    let text = fields.get(name);
    if text.chars().count() > most { Err("goal-too-long") } else { Ok(text.to_owned()) }
}

fn read_looked(fields: &Fields) -> Result<Vec<Looked>, &'static str> {
    let mut all = Vec::new();
    for row in 0..MEASURES {
        let words = text(fields, &format!("words-{row}"), NAME_CHARS)?;
        let aim = fields.get(&format!("aim-{row}"));
        if words.is_empty() && aim.is_empty() {
            continue;
        }
        if words.is_empty() {
            return Err("goal-looked-nameless");
        }
        let (kind, bound) = (fields.get(&format!("kind-{row}")), fields.get(&format!("bound-{row}")));
        let measure = Measure::read(kind, bound, aim).ok_or("goal-looked-aim")?;
        all.push(Looked { number: fields.get(&format!("number-{row}")).parse().unwrap_or(0), words, measure });
    }
    Ok(all)
}

fn read_days(fields: &Fields, quiet: Quiet) -> Result<Edit, &'static str> {
    let days = (1..=7).filter(|number| fields.has(&format!("day-{number}"))).fold(Days(0), Days::with);
    if days.is_empty() {
        return Err("goal-days-none");
    }
    let remind = match fields.get("remind") {
        "" => None,
        typed => Some(care::times::read(typed).ok_or("goal-remind-unreadable")?),
    };
    if remind.is_some_and(|minute| quiet.holds_minute(minute)) { Err("goal-remind-quiet") } else { Ok(Edit::Days { days, remind }) }
}

fn read_until(fields: &Fields, today: Date) -> Result<Edit, &'static str> {
    if !fields.has("until") {
        return Ok(Edit::Until(None));
    }
    let until: Date = fields.get("until").parse().map_err(|_| "goal-until-unreadable")?;
    if until < today { Err("check-day-past") } else { Ok(Edit::Until(Some(until))) }
}

/// Reads a part as it was sent; the key of a sentence where that is impossible.
pub fn read(part: Part, fields: &Fields, today: Date, quiet: Quiet) -> Result<Edit, &'static str> {
    match part {
        Part::Words => match text(fields, "words", WORDS_CHARS)? {
            words if words.is_empty() => Err("check-no-words"),
            words => Ok(Edit::Words(words)),
        },
        Part::Why => {
            let aims = AIMS.iter().filter(|aim| fields.has(&format!("aim-{aim}"))).map(|aim| (*aim).to_owned()).collect();
            Ok(Edit::Why { why: text(fields, "why", TEXT_CHARS)?, aims })
        }
        Part::Looked => Ok(Edit::Looked(read_looked(fields)?)),
        Part::Days => read_days(fields, quiet),
        Part::Until => read_until(fields, today),
        Part::Sure => {
            let sure = fields.get("sure").parse().ok().filter(|sure| *sure <= 10);
            Ok(Edit::Sure { sure, smaller: text(fields, "smaller", TEXT_CHARS)? })
        }
        Part::Milestones => {
            let lines: Vec<String> =
                fields.get("milestones").lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
            if lines.len() > MILESTONES || lines.iter().any(|line| line.chars().count() > NAME_CHARS) {
                return Err("goal-milestones-many");
            }
            Ok(Edit::Milestones(lines))
        }
        Part::Check => Ok(Edit::Nothing),
    }
}

impl Edit {
    pub fn apply(&self, kept: &mut Kept) {
        let goal = &mut kept.goal;
        match self {
            Edit::Words(words) => goal.words.clone_from(words),
            Edit::Why { why, aims } => (goal.why, goal.aims) = (why.clone(), aims.clone()),
            Edit::Looked(looked) => set_looked(goal, looked),
            Edit::Days { days, remind } => (goal.days, kept.remind) = (*days, *remind),
            Edit::Until(until) => goal.until = *until,
            Edit::Sure { sure, smaller } => (goal.sure, goal.smaller) = (*sure, smaller.clone()),
            Edit::Milestones(lines) => {
                let reached = |words: &String| goal.milestones.iter().find(|one| one.words == *words).and_then(|one| one.reached_on);
                goal.milestones = lines.iter().map(|words| Milestone { words: words.clone(), reached_on: reached(words) }).collect();
            }
            Edit::Nothing => {}
        }
    }
}

/// New ones get numbers that none of the old ones had, so that no old day is read as theirs.
fn set_looked(goal: &mut Goal, looked: &[Looked]) {
    let mut next = goal.next_number().max(looked.iter().map(|one| one.number).max().unwrap_or(0).saturating_add(1));
    let known: Vec<u8> = goal.looked.iter().map(|one| one.number).collect();
    goal.looked = looked
        .iter()
        .map(|one| {
            let mut one = one.clone();
            if !known.contains(&one.number) {
                one.number = next;
                next = next.saturating_add(1);
            }
            one
        })
        .collect();
}

/// A part as its form shows it first.
pub fn fields(part: Part, kept: &Kept, today: Date) -> Fields {
    let (goal, mut fields) = (&kept.goal, Fields::default());
    match part {
        Part::Words => fields.set("words", &goal.words),
        Part::Why => {
            fields.set("why", &goal.why);
            goal.aims.iter().for_each(|aim| fields.set(format!("aim-{aim}"), "on"));
        }
        Part::Looked => {
            for (row, one) in goal.looked.iter().enumerate() {
                fields.set(format!("number-{row}"), one.number.to_string());
                fields.set(format!("words-{row}"), &one.words);
                fields.set(format!("kind-{row}"), one.measure.kind());
                let most = one.measure.bound() == Some(care::goals::Bound::AtMost);
                fields.set(format!("bound-{row}"), if most { "at_most" } else { "at_least" });
                fields.set(format!("aim-{row}"), one.measure.aim().map_or_else(String::new, |aim| one.measure.write(aim)));
            }
        }
        Part::Days => {
            (1..=7).filter(|number| goal.days.has_number(*number)).for_each(|number| fields.set(format!("day-{number}"), "on"));
            fields.set("remind", kept.remind.map_or_else(String::new, care::times::write));
        }
        Part::Until => fields.set("until", goal.until.unwrap_or_else(|| check::in_three_months(today)).to_string()),
        Part::Sure => {
            fields.set("sure", goal.sure.map_or_else(String::new, |sure| sure.to_string()));
            fields.set("smaller", &goal.smaller);
        }
        Part::Milestones => {
            fields.set("milestones", goal.milestones.iter().map(|one| one.words.as_str()).collect::<Vec<_>>().join("\n"));
        }
        Part::Check => {}
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::goals::queries::draft;

    const TODAY: Date = jiff::civil::date(2026, 11, 23);
    const QUIET: Quiet = Quiet { from: 1_320, to: 420 };

    fn typed(fields: &[(&str, &str)]) -> Fields {
        Fields(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn every_part_reads_what_it_shows() {
        let example = care::goals::library::shipped().unwrap().remove(0);
        let mut kept = draft(7, example.goal("en"));
        kept.goal.milestones = vec![Milestone { words: "One week".into(), reached_on: Some(TODAY) }];
        kept.goal.until = Some(TODAY);
        kept.goal.sure = Some(8);
        kept.remind = Some(1_260);
        let before = kept.goal.clone();
        for part in Part::ALL {
            let edit = read(part, &fields(part, &kept, TODAY), TODAY, QUIET).unwrap();
            edit.apply(&mut kept);
            assert_eq!(kept.goal, before, "{}", part.word());
        }
        assert_eq!(kept.remind, Some(1_260));
    }

    #[test]
    fn what_cannot_be_is_said() {
        for (part, fields, key) in [
            (Part::Words, typed(&[("words", "  ")]), "check-no-words"),
            (Part::Words, typed(&[("words", &"a".repeat(301))]), "goal-too-long"),
            (Part::Looked, typed(&[("words-0", "Up"), ("kind-0", "time"), ("aim-0", "25:00")]), "goal-looked-aim"),
            (Part::Looked, typed(&[("words-0", ""), ("kind-0", "time"), ("aim-0", "6:30")]), "goal-looked-nameless"),
            (Part::Days, typed(&[("remind", "21:00")]), "goal-days-none"),
            (Part::Days, typed(&[("day-1", "on"), ("remind", "soon")]), "goal-remind-unreadable"),
            (Part::Days, typed(&[("day-1", "on"), ("remind", "23:00")]), "goal-remind-quiet"),
            (Part::Until, typed(&[("until", "2026-02-30")]), "goal-until-unreadable"),
            (Part::Until, typed(&[("until", "2026-11-22")]), "check-day-past"),
            (Part::Milestones, typed(&[("milestones", &"one\n".repeat(13))]), "goal-milestones-many"),
        ] {
            assert_eq!(read(part, &fields, TODAY, QUIET), Err(key), "{}", part.word());
        }
    }

    #[test]
    fn a_new_measure_never_takes_the_number_of_an_old_one() {
        let example = care::goals::library::shipped().unwrap().remove(0);
        let mut kept = draft(7, example.goal("en"));
        let new = Looked { number: 0, words: "New".into(), measure: Measure::Done };
        let invented = Looked { number: 99, words: "Invented".into(), measure: Measure::Done };
        Edit::Looked(vec![kept.goal.looked[1].clone(), new, invented]).apply(&mut kept);
        let numbers: Vec<u8> = kept.goal.looked.iter().map(|one| one.number).collect();
        assert_eq!(numbers[0], 2, "the old one keeps its days");
        assert!(numbers[1] > 4 && numbers[2] > numbers[1], "{numbers:?}");
    }
}
