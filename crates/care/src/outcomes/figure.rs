//! "Improved within eight weeks": defined once, so that nobody can choose the definition that looks best.
//!
//! A starter has a first score within seven days of their first session, in the clinical range. A completer has a later score on or before day 56.
//! Improved is a reliable change for the better between the two. Only ways whose eight weeks are over count: before that, those who are quick
//! would be in the figure and those who are slow would not.

use jiff::{SignedDuration, Timestamp};

use crate::measures::{
    ChangeRule, Instrument,
    change::{self, Outcome},
    score,
};

const DAY: SignedDuration = SignedDuration::from_hours(24);
pub const WEEKS: i64 = 8;
/// Below so many people a share says more about somebody than about the practice.
pub const FEWEST: u32 = 10;

/// One total and when it was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scored {
    pub at: Timestamp,
    pub total: i64,
}

/// Between these a first score counts as where somebody began.
pub fn beginning(first: Timestamp) -> (Timestamp, Timestamp) {
    (first - DAY * 7, first + DAY * 7)
}

/// The last moment of day 56.
pub fn end(first: Timestamp) -> Timestamp {
    first + DAY * 56
}

/// Where somebody stood at the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beginning {
    /// No score in time.
    Unmeasured,
    Below,
    Clinical,
}

/// One way through a group, measured by one instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course {
    pub began: Beginning,
    /// The last score in time, if there is one after the first: better, by enough to be no chance?
    pub improved: Option<bool>,
}

impl Course {
    /// From everything that somebody sent, in any order. `None` while the eight weeks run, and for an instrument without a cut-off for everybody.
    pub fn of(instrument: &Instrument, rule: &ChangeRule, first: Timestamp, scores: &[Scored], now: Timestamp) -> Option<Course> {
        if now <= end(first) {
            return None;
        }
        let (from, to) = beginning(first);
        let before = scores.iter().filter(|one| (from..=to).contains(&one.at)).min_by_key(|one| one.at);
        let last =
            before.and_then(|before| scores.iter().filter(|one| one.at > before.at && one.at <= end(first)).max_by_key(|one| one.at));
        Course::between(instrument, rule, before.map(|one| one.total), last.map(|one| one.total))
    }

    /// From where somebody began to where they stood later, whenever that was. `None` for an instrument without a cut-off for everybody.
    pub fn between(instrument: &Instrument, rule: &ChangeRule, before: Option<i64>, later: Option<i64>) -> Option<Course> {
        let cutoff = instrument.cutoffs.iter().find(|cutoff| cutoff.whom.is_empty())?;
        let Some(before) = before else { return Some(Course { began: Beginning::Unmeasured, improved: None }) };
        if !score::is_clinical(instrument, cutoff, before) {
            return Some(Course { began: Beginning::Below, improved: None });
        }
        let better = |later| matches!(change::outcome(instrument, rule, before, later), Outcome::Recovered | Outcome::Improved);
        Some(Course { began: Beginning::Clinical, improved: later.map(better) })
    }
}

/// Counts of people. Nothing in it belongs to one of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figure {
    /// Everybody who began in the clinical range: n.
    pub starters: u32,
    /// Those of them with a last score in time.
    pub completers: u32,
    pub improved: u32,
    /// Whoever sent nothing around their first session: nobody knows where they began.
    pub unmeasured: u32,
    /// Whoever began below the cut-off.
    pub below: u32,
}

impl Figure {
    pub fn add(&mut self, course: Course) {
        match course.began {
            Beginning::Unmeasured => self.unmeasured += 1,
            Beginning::Below => self.below += 1,
            Beginning::Clinical => {
                self.starters += 1;
                self.completers += u32::from(course.improved.is_some());
                self.improved += u32::from(course.improved == Some(true));
            }
        }
    }

    /// Starters without a last score.
    pub fn missing(&self) -> u32 {
        self.starters - self.completers
    }

    /// Improved of everybody who began; whoever sent nothing more counts as not improved.
    pub fn of_starters(&self) -> Option<Interval> {
        (self.starters >= FEWEST).then(|| interval(self.improved, self.starters)).flatten()
    }

    /// Improved of those with a last score.
    pub fn of_completers(&self) -> Option<Interval> {
        (self.completers >= FEWEST).then(|| interval(self.improved, self.completers)).flatten()
    }
}

pub fn fold(courses: impl IntoIterator<Item = Course>) -> Figure {
    let mut figure = Figure::default();
    courses.into_iter().for_each(|course| figure.add(course));
    figure
}

/// A share with its interval, in whole per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    pub share: u32,
    pub low: u32,
    pub high: u32,
}

/// Wilson's interval at 95 per cent: it stays between 0 and 100 and holds for small numbers, where the plain one does not. Rounded outwards.
pub fn interval(hits: u32, n: u32) -> Option<Interval> {
    const Z: f64 = 1.959_963_984_540_054;
    if n == 0 || hits > n {
        return None;
    }
    let (count, share) = (f64::from(n), f64::from(hits) / f64::from(n));
    let whole = 1.0 + Z * Z / count;
    let middle = (share + Z * Z / (2.0 * count)) / whole;
    let half = Z * (share * (1.0 - share) / count + Z * Z / (4.0 * count * count)).sqrt() / whole;
    // What is nothing but the last bit of a number is no per cent.
    let per_cent = |value: f64| (value.clamp(0.0, 1.0) * 1e8).round() / 1e6;
    Some(Interval {
        share: per_cent(share).round() as u32,
        low: per_cent(middle - half).floor() as u32,
        high: per_cent(middle + half).ceil() as u32,
    })
}

/// Why a figure is not told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hidden {
    /// Fewer than ten.
    Few,
    /// It has enough, but with it in sight a hidden one could be worked out from the sum.
    Neighbour,
}

impl Hidden {
    pub const ALL: [Hidden; 2] = [Hidden::Few, Hidden::Neighbour];

    pub fn word(self) -> &'static str {
        match self {
            Hidden::Few => "few",
            Hidden::Neighbour => "neighbour",
        }
    }

    pub fn parse(word: &str) -> Option<Hidden> {
        Hidden::ALL.into_iter().find(|hidden| hidden.word() == word)
    }
}

/// Which parts of a whole are told, by how many each has. What is hidden must come to ten together, or the whole minus what is told would tell it.
pub fn hide(starters: &[u32]) -> Vec<Option<Hidden>> {
    let mut told: Vec<_> = starters.iter().map(|n| (*n < FEWEST).then_some(Hidden::Few)).collect();
    loop {
        let hidden: u32 = starters.iter().zip(&told).filter(|(_, hidden)| hidden.is_some()).map(|(n, _)| *n).sum();
        if hidden == 0 || hidden >= FEWEST {
            return told;
        }
        let smallest = (0..starters.len()).filter(|index| told[*index].is_none()).min_by_key(|index| starters[*index]);
        let Some(smallest) = smallest else { return told };
        told[smallest] = Some(Hidden::Neighbour);
    }
}

/// The same for a whole of topics that are made of groups: within each topic as between them, and nothing inside a topic that is hidden.
pub fn hide_within(topics: &[Vec<u32>]) -> Vec<(Option<Hidden>, Vec<Option<Hidden>>)> {
    let sums: Vec<u32> = topics.iter().map(|groups| groups.iter().sum()).collect();
    let told = hide(&sums);
    let inside = |(groups, topic): (&Vec<u32>, Option<Hidden>)| match topic {
        None => (None, hide(groups)),
        Some(hidden) => {
            let each = groups.iter().map(|n| Some(if *n < FEWEST { Hidden::Few } else { Hidden::Neighbour }));
            (Some(hidden), each.collect())
        }
    };
    topics.iter().zip(told).map(inside).collect()
}
