//! Which new groups could be made of the people who wait: who fits which group, what a placing is worth, and whether a plan holds.
//! The search for the best plan is a solver's; what it may do and what counts is said here.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, tz::TimeZone};

use crate::{catalogue::DayPart, schedule::Weekly};

/// Somebody who waits and has told enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applicant {
    pub id: i64,
    /// What they live with, and the topic that they asked for.
    pub topics: BTreeSet<String>,
    pub aims: BTreeSet<String>,
    /// When they could come, on the practice's clock: ISO weekday and a word of `catalogue::DayPart`.
    pub free: BTreeSet<(u8, String)>,
    pub residence: String,
    /// "en", "es" or "either".
    pub language: String,
    /// A word of `screening::AGES`; empty if it was not told.
    pub age: String,
}

/// Somebody who could lead a new group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leader {
    pub id: i64,
    /// Codes of the places where they may do so.
    pub places: BTreeSet<String>,
    /// When they could, on the practice's clock; `None` if they never said, and then every time is thinkable.
    pub free: Option<Vec<Window>>,
}

/// A stretch of a weekday on the practice's clock, in minutes since midnight. One that goes past midnight is there twice, once for each day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Window {
    pub day: u8,
    pub from: i16,
    pub to: i16,
}

impl Leader {
    /// When a group would begin that meets at this time: the usual hour if the leader can, else the first half hour of that part of the day
    /// from which they have the whole session; `None` if they have none.
    pub fn begins(&self, day: u8, part: &str) -> Option<i16> {
        let part = DayPart::parse(part)?;
        let (_, usual) = USUAL.into_iter().find(|(one, _)| *one == part)?;
        let Some(free) = &self.free else { return Some(usual) };
        let can = |minute: &i16| free.iter().any(|window| window.day == day && window.from <= *minute && minute + MINUTES <= window.to);
        let in_part = |minute: &i16| i8::try_from(minute / 60).is_ok_and(|hour| hour >= 5 && DayPart::of(hour) == part);
        std::iter::once(usual).chain((0..48).map(|half| half * 30)).filter(in_part).find(can)
    }
}

/// A window that somebody entered on their own clock, on the practice's clock in the week after `around`.
pub fn window_on_clock(window: Window, from: &str, to: &str, around: Timestamp) -> Vec<Window> {
    let there = || {
        let weekly = Weekly { weekday: i8::try_from(window.day).ok()?, minute_of_day: window.from, zone: from.to_owned() };
        let local = weekly.next(around)?.to_zoned(TimeZone::get(to).ok()?);
        Some((local.weekday().to_monday_one_offset() as u8, i16::from(local.hour()) * 60 + i16::from(local.minute())))
    };
    let Some((day, from)) = there() else { return Vec::new() };
    let to = from + (window.to - window.from);
    let here = Window { day, from, to };
    let next = Window { day: day % 7 + 1, from: from - 24 * 60, to: to - 24 * 60 };
    if to > 24 * 60 { vec![here, next] } else { vec![here] }
}

/// How large a group may be (E9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Fewer do not start.
    pub least: usize,
    pub most: usize,
}

/// A group that could be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub topic: String,
    pub day: u8,
    pub part: String,
    pub language: &'static str,
    pub leader: i64,
    /// What most of those who fit want to be able to do; at most three.
    pub aims: BTreeSet<String>,
    /// Indexes of the applicants who fit, in their order.
    pub fits: Vec<usize>,
}

/// A placing is worth this much by itself: a seat for somebody outweighs every fine difference between groups.
pub const SEAT: u32 = 20;
/// For each aim that a person shares with the group.
pub const SHARED_AIM: u32 = 2;
/// For each age band that a group has: a group of one age is a group with fewer ways to see a thing.
pub const AGE_BAND: u32 = 3;
/// A topic at a time is thought of for so many of the leaders who are alike.
const LEADERS_PER_GROUP: usize = 3;
/// More candidates than this are not looked at; the ones that the fewest people fit fall out first.
const MOST_CANDIDATES: usize = 600;
const AIMS: usize = 3;

/// How long a group is thought to meet.
pub const MINUTES: i16 = 90;
/// A first guess at the hour, for the coordinator to change.
const USUAL: [(DayPart, i16); 3] = [(DayPart::Morning, 10 * 60), (DayPart::Afternoon, 14 * 60 + 30), (DayPart::Evening, 18 * 60 + 30)];

/// A time in the middle of each part of the day, in minutes since midnight.
const MIDDLE: [(DayPart, i16); 3] = [(DayPart::Morning, 10 * 60), (DayPart::Afternoon, 14 * 60 + 30), (DayPart::Evening, 19 * 60)];

/// The same times on another clock, as they fall in the week after `around`: an evening in Los Angeles is a night in New York.
pub fn on_clock(free: &BTreeSet<(u8, String)>, from: &str, to: &str, around: Timestamp) -> BTreeSet<(u8, String)> {
    let there = |(day, word): &(u8, String)| {
        let (_, minute_of_day) = MIDDLE.into_iter().find(|(part, _)| part.word() == word)?;
        let weekly = Weekly { weekday: i8::try_from(*day).ok()?, minute_of_day, zone: from.to_owned() };
        let local = weekly.next(around)?.to_zoned(TimeZone::get(to).ok()?);
        Some((local.weekday().to_monday_one_offset() as u8, DayPart::of(local.hour()).word().to_owned()))
    };
    free.iter().filter_map(there).collect()
}

/// Whether somebody may and can be in a group at that time.
pub fn fits(applicant: &Applicant, leader: &Leader, topic: &str, time: &(u8, String), language: &str) -> bool {
    applicant.topics.contains(topic)
        && applicant.free.contains(time)
        && leader.places.contains(&applicant.residence)
        && (applicant.language == "either" || applicant.language == language)
}

/// What it is worth to place this person there.
pub fn worth(applicant: &Applicant, candidate: &Candidate) -> u32 {
    SEAT + SHARED_AIM * applicant.aims.intersection(&candidate.aims).count() as u32
}

/// Every group worth a thought: enough people fit, and a leader could come. The most promising first.
pub fn candidates(applicants: &[Applicant], leaders: &[Leader], size: Size) -> Vec<Candidate> {
    // Leaders who may work in the same places at the same times are one choice made several times.
    let mut alike: BTreeMap<_, Vec<&Leader>> = BTreeMap::new();
    for leader in leaders {
        alike.entry((&leader.places, &leader.free)).or_default().push(leader);
    }
    let mut all: Vec<Candidate> = Vec::new();
    for leaders in alike.values() {
        let mut thinkable = thinkable(applicants, leaders[0], size);
        thinkable.sort_by_key(|candidate| std::cmp::Reverse(candidate.fits.len()));
        // In turns, so that no leader is asked for everything and none for nothing.
        let mut turn = leaders.iter().cycle();
        for candidate in thinkable {
            let asked = turn.by_ref().take(LEADERS_PER_GROUP.min(leaders.len()));
            all.extend(asked.map(|leader| Candidate { leader: leader.id, ..candidate.clone() }));
        }
    }
    all.sort_by_key(|candidate| std::cmp::Reverse(candidate.fits.len()));
    all.truncate(MOST_CANDIDATES);
    all
}

/// The topics, times and languages at which enough people fit a group of this leader.
fn thinkable(applicants: &[Applicant], leader: &Leader, size: Size) -> Vec<Candidate> {
    let topics: BTreeSet<&String> = applicants.iter().flat_map(|applicant| &applicant.topics).collect();
    let times: BTreeSet<&(u8, String)> = applicants.iter().flat_map(|applicant| &applicant.free).collect();
    let mut here = Vec::new();
    for topic in topics {
        for time in times.iter().filter(|time| leader.begins(time.0, &time.1).is_some()) {
            for language in ["en", "es"] {
                let fitting: Vec<usize> =
                    (0..applicants.len()).filter(|index| fits(&applicants[*index], leader, topic, time, language)).collect();
                if fitting.len() >= size.least {
                    here.push(candidate(applicants, topic, time, language, leader.id, fitting));
                }
            }
        }
    }
    here
}

fn candidate(
    applicants: &[Applicant],
    topic: &str,
    (day, part): &(u8, String),
    language: &'static str,
    leader: i64,
    fits: Vec<usize>,
) -> Candidate {
    let mut counted: BTreeMap<&String, usize> = BTreeMap::new();
    for aim in fits.iter().flat_map(|index| &applicants[*index].aims) {
        *counted.entry(aim).or_default() += 1;
    }
    let mut aims: Vec<(&String, usize)> = counted.into_iter().collect();
    aims.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let aims = aims.into_iter().take(AIMS).map(|(aim, _)| aim.clone()).collect();
    Candidate { topic: topic.to_owned(), day: *day, part: part.clone(), language, leader, aims, fits }
}

/// One group of a plan: a candidate, and who is in it. Both are indexes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formed {
    pub candidate: usize,
    pub people: Vec<usize>,
}

/// What a plan is worth.
pub fn value(plan: &[Formed], applicants: &[Applicant], candidates: &[Candidate]) -> u32 {
    let of_group = |formed: &Formed| {
        let seats: u32 = formed.people.iter().map(|index| worth(&applicants[*index], &candidates[formed.candidate])).sum();
        let ages: BTreeSet<&str> =
            formed.people.iter().map(|index| applicants[*index].age.as_str()).filter(|age| !age.is_empty()).collect();
        seats + AGE_BAND * ages.len() as u32
    };
    plan.iter().map(of_group).sum()
}

/// Why a plan cannot be carried out. Whatever made it, nobody is asked to join a group before this has said nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// A person stands in two groups, or twice in one.
    Twice,
    /// Somebody does not fit the group.
    DoesNotFit,
    TooFew,
    TooMany,
    /// A leader would lead two of the groups.
    LeaderTwice,
}

/// The first flaw of a plan, if it has one.
pub fn flaw(plan: &[Formed], candidates: &[Candidate], size: Size) -> Option<Flaw> {
    let (mut placed, mut leading) = (BTreeSet::new(), BTreeSet::new());
    for formed in plan {
        let candidate = &candidates[formed.candidate];
        if !leading.insert(candidate.leader) {
            return Some(Flaw::LeaderTwice);
        }
        if formed.people.len() < size.least {
            return Some(Flaw::TooFew);
        }
        if formed.people.len() > size.most {
            return Some(Flaw::TooMany);
        }
        for person in &formed.people {
            if !placed.insert(*person) {
                return Some(Flaw::Twice);
            }
            if !candidate.fits.contains(person) {
                return Some(Flaw::DoesNotFit);
            }
        }
    }
    None
}

/// A plan without a solver: again and again the candidate that the most people still fit. What a solver finds must not be worse.
pub fn greedy(candidates: &[Candidate], size: Size) -> Vec<Formed> {
    let (mut placed, mut leading, mut plan) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    loop {
        let free = |candidate: &Candidate| candidate.fits.iter().copied().filter(|index| !placed.contains(index)).collect::<Vec<_>>();
        let open = candidates.iter().enumerate().filter(|(_, candidate)| !leading.contains(&candidate.leader));
        let best = open.map(|(index, candidate)| (index, free(candidate))).max_by_key(|(_, people)| people.len());
        let Some((candidate, mut people)) = best.filter(|(_, people)| people.len() >= size.least) else { return plan };
        people.truncate(size.most);
        leading.insert(candidates[candidate].leader);
        placed.extend(people.iter().copied());
        plan.push(Formed { candidate, people });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub fn applicant(id: i64, topic: &str, residence: &str) -> Applicant {
        Applicant {
            id,
            topics: [topic.to_owned()].into(),
            aims: ["calm".to_owned()].into(),
            free: [(2, "evening".to_owned())].into(),
            residence: residence.into(),
            language: "en".into(),
            age: "25-34".into(),
        }
    }

    #[test]
    fn a_leader_leads_only_inside_what_they_entered() {
        let free = |windows: &[(u8, i16, i16)]| Leader {
            free: Some(windows.iter().map(|(day, from, to)| Window { day: *day, from: *from, to: *to }).collect()),
            ..leader(1, &["NY"])
        };
        let evening = free(&[(2, 19 * 60 + 10, 21 * 60)]);
        assert_eq!(evening.begins(2, "evening"), Some(19 * 60 + 30), "the first half hour with a whole session after it");
        assert_eq!((evening.begins(2, "morning"), evening.begins(3, "evening")), (None, None));
        assert_eq!(free(&[(2, 17 * 60, 22 * 60)]).begins(2, "evening"), Some(18 * 60 + 30), "the usual hour where they can");
        assert_eq!(free(&[(2, 18 * 60, 19 * 60)]).begins(2, "evening"), None, "an hour is no session");
        assert_eq!(free(&[(2, 16 * 60, 18 * 60)]).begins(2, "afternoon"), Some(16 * 60));
        assert_eq!(free(&[]).begins(2, "evening"), None, "windows that all ended elsewhere are not no windows");
        assert_eq!(leader(1, &["NY"]).begins(7, "morning"), Some(10 * 60), "who never said is asked for any time");
        assert_eq!(leader(1, &["NY"]).begins(7, "night"), None);
    }

    #[test]
    fn a_window_is_read_on_the_clock_of_the_practice() {
        let around: Timestamp = "2026-11-25T12:00:00Z".parse().unwrap();
        let entered = Window { day: 2, from: 18 * 60, to: 21 * 60 };
        let there = window_on_clock(entered, "America/Los_Angeles", "America/New_York", around);
        assert_eq!(there, [Window { day: 2, from: 21 * 60, to: 24 * 60 }]);
        let late = window_on_clock(Window { to: 23 * 60, ..entered }, "America/Los_Angeles", "America/New_York", around);
        assert_eq!(late[1], Window { day: 3, from: -3 * 60, to: 2 * 60 }, "past midnight it is the next day, too");
        assert!(window_on_clock(entered, "Moon/Base", "UTC", around).is_empty());
    }

    fn leader(id: i64, places: &[&str]) -> Leader {
        Leader { id, places: places.iter().map(|place| (*place).to_owned()).collect(), free: None }
    }

    const SIZE: Size = Size { least: 3, most: 4 };

    #[test]
    fn only_who_may_and_can_come_fits() {
        let (ada, amara) = (applicant(1, "grief", "NY"), leader(9, &["NY"]));
        let tuesday = (2, "evening".to_owned());
        assert!(fits(&ada, &amara, "grief", &tuesday, "en"));
        assert!(!fits(&ada, &amara, "anger", &tuesday, "en"), "another topic");
        assert!(!fits(&ada, &amara, "grief", &(3, "evening".to_owned()), "en"), "another day");
        assert!(!fits(&ada, &amara, "grief", &tuesday, "es"), "another language");
        assert!(!fits(&ada, &leader(9, &["NJ"]), "grief", &tuesday, "en"), "no licence there");
    }

    #[test]
    fn candidates_have_enough_people_and_a_leader_who_can_come() {
        let people: Vec<_> = (0..3).map(|id| applicant(id, "grief", "NY")).collect();
        let found = candidates(&people, &[leader(9, &["NY"])], SIZE);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].fits.as_slice(), found[0].day, found[0].language), (&[0, 1, 2][..], 2, "en"));
        assert!(candidates(&people[..2], &[leader(9, &["NY"])], SIZE).is_empty(), "two are too few");
        let busy = Leader { free: Some(vec![Window { day: 5, from: 9 * 60, to: 12 * 60 }]), ..leader(9, &["NY"]) };
        assert!(candidates(&people, &[busy], SIZE).is_empty());
    }

    #[test]
    fn times_are_told_on_one_clock() {
        let around: Timestamp = "2026-11-25T00:00:00Z".parse().unwrap();
        let free: BTreeSet<_> = [(2, "evening".to_owned()), (7, "afternoon".to_owned())].into();
        assert_eq!(on_clock(&free, "America/New_York", "America/New_York", around), free);
        let there = on_clock(&free, "America/Los_Angeles", "America/New_York", around);
        assert!(there.contains(&(7, "evening".to_owned())), "half past two is half past five there: {there:?}");
        assert!(on_clock(&free, "Moon/Base", "UTC", around).is_empty());
    }

    #[test]
    fn every_flaw_is_found() {
        let people: Vec<_> = (0..6).map(|id| applicant(id, "grief", if id == 5 { "CA" } else { "NY" })).collect();
        let found = candidates(&people, &[leader(9, &["NY"])], SIZE);
        let plan = |people: &[usize]| vec![Formed { candidate: 0, people: people.to_vec() }];
        assert_eq!(flaw(&plan(&[0, 1, 2]), &found, SIZE), None);
        assert_eq!(flaw(&plan(&[0, 1]), &found, SIZE), Some(Flaw::TooFew));
        assert_eq!(flaw(&plan(&[0, 1, 2, 3, 4]), &found, SIZE), Some(Flaw::TooMany));
        assert_eq!(flaw(&plan(&[0, 1, 1]), &found, SIZE), Some(Flaw::Twice));
        assert_eq!(flaw(&plan(&[0, 1, 5]), &found, SIZE), Some(Flaw::DoesNotFit));
        let twice = [plan(&[0, 1, 2]), plan(&[3, 4, 0])].concat();
        assert_eq!(flaw(&twice, &found, SIZE), Some(Flaw::LeaderTwice));
    }

    #[test]
    fn a_group_of_several_ages_is_worth_more() {
        let mut people: Vec<_> = (0..3).map(|id| applicant(id, "grief", "NY")).collect();
        let found = candidates(&people, &[leader(9, &["NY"])], SIZE);
        let plan = vec![Formed { candidate: 0, people: vec![0, 1, 2] }];
        let before = value(&plan, &people, &found);
        assert_eq!(before, 3 * (SEAT + SHARED_AIM) + AGE_BAND);
        people[0].age = "65".into();
        assert_eq!(value(&plan, &people, &found), before + AGE_BAND);
    }
}
