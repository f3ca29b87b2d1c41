//! From answers to a total, a band, and whether somebody must look.

use serde::{Deserialize, Serialize};

use super::{
    instrument::{Band, Criteria, Cutoff, Instrument, Method},
    warning,
};

/// The number of each answer in the order of the questions; `None` where nothing was answered.
pub type Answers = Vec<Option<i64>>;

/// What a set of answers came to, as it was told on the day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// Missing where the instrument has no sum, or too much was left out for one.
    pub total: Option<i64>,
    /// The place of the band in the instrument's list.
    pub band: Option<usize>,
    /// How many of the counted questions have no answer.
    pub missing: usize,
    pub alarm: bool,
    pub acute: bool,
}

/// Why answers are not taken; the number of the question, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// A number that is no answer of this question.
    OutOfRange(usize),
    /// It has to be answered, and was not.
    Unanswered(usize),
    /// More was passed than the rule allows.
    TooMany,
}

/// Whether a question is asked at all, given what was answered before.
pub fn is_asked(instrument: &Instrument, answers: &[Option<i64>], item: usize) -> bool {
    asked(instrument, answers).get(item).copied().unwrap_or(false)
}

/// Which questions are asked. One that is not asked opens no other, whatever stands there from before somebody changed their mind.
fn asked(instrument: &Instrument, answers: &[Option<i64>]) -> Vec<bool> {
    let least = |index: usize| instrument.values(index).iter().min().copied().unwrap_or(0);
    let above = |index: usize| answers.get(index).copied().flatten().is_some_and(|answer| answer > least(index));
    let mut asked: Vec<bool> = Vec::with_capacity(instrument.items.len());
    for (index, about) in instrument.items.iter().enumerate() {
        let opens = |number: &usize| number.checked_sub(1).is_some_and(|one| asked.get(one) == Some(&true) && above(one));
        let after = about.after.is_empty() || about.after.iter().any(opens);
        asked.push(after && (!about.after_yes || (0..index).any(above)));
    }
    asked
}

/// Whether these may be kept while somebody is still answering: only the range counts.
pub fn may_keep(instrument: &Instrument, answers: &[Option<i64>]) -> Result<(), Trouble> {
    let odd = |(index, answer): (usize, &Option<i64>)| match answer {
        Some(value) if !instrument.values(index).contains(value) => Some(index + 1),
        _ => None,
    };
    match answers.iter().enumerate().find_map(odd) {
        Some(item) => Err(Trouble::OutOfRange(item)),
        None if answers.len() > instrument.items.len() => Err(Trouble::OutOfRange(answers.len())),
        None => Ok(()),
    }
}

/// Whether these may be sent.
pub fn may_send(instrument: &Instrument, answers: &[Option<i64>]) -> Result<(), Trouble> {
    may_keep(instrument, answers)?;
    for index in 0..instrument.items.len() {
        let open = answers.get(index).copied().flatten().is_none();
        if open && !instrument.may_pass(index) && is_asked(instrument, answers, index) {
            return Err(Trouble::Unanswered(index + 1));
        }
    }
    let most = instrument.score.missing.most;
    if most > 0 && missing(instrument, answers) > most { Err(Trouble::TooMany) } else { Ok(()) }
}

fn counted<'a>(instrument: &'a Instrument, answers: &'a [Option<i64>]) -> impl Iterator<Item = (usize, Option<i64>)> + 'a {
    let asked = asked(instrument, answers);
    let each = instrument.items.iter().enumerate().map(|(index, item)| (index, item, answers.get(index).copied().flatten()));
    // What may be passed counts nothing when it is; it is not missing. What was passed over does not count even if it was answered before.
    let each = each.filter(move |(index, item, _)| item.after.is_empty() || asked[*index]);
    each.filter(|(_, item, answer)| item.counts && (answer.is_some() || !item.may_pass)).map(|(index, _, answer)| (index, answer))
}

fn missing(instrument: &Instrument, answers: &[Option<i64>]) -> usize {
    counted(instrument, answers).filter(|(_, answer)| answer.is_none()).count()
}

/// An answer as it counts: turned round where the question is.
fn turned(instrument: &Instrument, item: usize, answer: i64) -> i64 {
    if !instrument.items[item].reverse {
        return answer;
    }
    let values = instrument.values(item);
    values.iter().min().copied().unwrap_or(0) + values.iter().max().copied().unwrap_or(0) - answer
}

pub fn score(instrument: &Instrument, answers: &[Option<i64>]) -> Score {
    let total = total(instrument, answers);
    let raised = |acute: bool| {
        instrument.alarms.iter().any(|alarm| {
            let answer = answers.get(alarm.item - 1).copied().flatten();
            (!acute || alarm.acute) && answer.is_some_and(|answer| answer >= alarm.at_least)
        })
    };
    Score {
        total,
        band: total.and_then(|total| instrument.bands.iter().position(|band| (band.from..=band.to).contains(&total))),
        missing: missing(instrument, answers),
        alarm: raised(false),
        acute: raised(true),
    }
}

fn total(instrument: &Instrument, answers: &[Option<i64>]) -> Option<i64> {
    if instrument.score.method == Method::None {
        return None;
    }
    let (mut sum, mut all, mut answered) = (0, 0, 0);
    for (item, answer) in counted(instrument, answers) {
        all += 1;
        if let Some(answer) = answer {
            answered += 1;
            sum += turned(instrument, item, answer);
        }
    }
    let missing = usize::try_from(all - answered).unwrap_or(0);
    if missing > instrument.score.missing.most || answered == 0 {
        return None;
    }
    // In whole numbers, half up: (sum x all / answered + add) x times.
    let transform = instrument.score.transform;
    let over = (sum * all + transform.add * answered) * transform.times;
    Some((2 * over + answered).div_euclid(2 * answered))
}

/// The sum of one part; missing if any of its answers is.
pub fn subscale(instrument: &Instrument, items: &[usize], answers: &[Option<i64>]) -> Option<i64> {
    items.iter().map(|item| answers.get(item - 1).copied().flatten().map(|answer| turned(instrument, item - 1, answer))).sum()
}

/// Whether the pattern is there. An answer that is missing does not count for it.
pub fn meets(criteria: &Criteria, answers: &[Option<i64>]) -> bool {
    let high = |item: &&usize| answers.get(**item - 1).copied().flatten().is_some_and(|answer| answer >= criteria.at_least);
    criteria.need.iter().all(|need| need.items.iter().filter(high).count() >= need.count)
}

/// On the side of the cut-off that counts as a case.
pub fn is_clinical(instrument: &Instrument, cutoff: &Cutoff, total: i64) -> bool {
    warning::reaches(instrument, cutoff.at, total)
}

pub fn band<'a>(instrument: &'a Instrument, score: &Score) -> Option<&'a Band> {
    score.band.and_then(|band| instrument.bands.get(band))
}

/// For the task: which questions somebody must look at, by number and answer.
pub fn summary(instrument: &Instrument, answers: &[Option<i64>]) -> String {
    let raised = instrument.alarms.iter().filter_map(|alarm| {
        let answer = answers.get(alarm.item - 1).copied().flatten().filter(|answer| *answer >= alarm.at_least)?;
        Some(format!("{} = {answer}", alarm.item))
    });
    let mut each: Vec<String> = raised.collect();
    each.dedup();
    format!("{}: {}", instrument.short, each.join(", "))
}
