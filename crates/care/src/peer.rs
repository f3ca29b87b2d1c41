//! Peer-led check-ins: members of a group, or of a circle in it, meet without staff. Who hosts, when somebody else does, and the host's script.

use crate::schedule::in_zone;
use jiff::{SignedDuration, Timestamp};

/// Minutes one may last.
pub const MINUTES: std::ops::RangeInclusive<i64> = 20..=45;
/// So many may stand ahead, of one circle or of a whole group: what is planned far ahead is kept by nobody.
pub const AHEAD: usize = 4;
pub const DAYS_AHEAD: i64 = 28;
/// Milliseconds after the start at which the next in line hosts instead of somebody who did not come.
pub const HOST_LATE: i64 = 5 * 60_000;
/// The same for a host who went away.
pub const HOST_GONE: i64 = 2 * 60_000;
/// Whoever is still alone so long after the start reads that they may go.
pub const ALONE: i64 = 10 * 60_000;
/// Milliseconds after a call for staff at which one may be made again, if nobody of them is there.
pub const CALL_AGAIN: i64 = 10 * 60_000;
/// Minutes beyond its planned end; then it ends by itself.
pub const EXTRA: i64 = 10;
/// Minutes before the start at which the door opens. Nobody of the staff is there to wait with.
pub const OPENS: i64 = 10;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// Leaders have not opened contact outside of the group.
    NotAllowed,
    Time,
    Past,
    TooFar,
    Minutes,
    TooMany,
    /// No circle of theirs.
    Circle,
}

impl Unfit {
    pub fn key(self) -> &'static str {
        match self {
            Unfit::NotAllowed => "peer-not-allowed",
            Unfit::Time => "change-time-unreadable",
            Unfit::Past => "change-time-past",
            Unfit::TooFar => "peer-too-far",
            Unfit::Minutes => "peer-minutes-unfit",
            Unfit::TooMany => "peer-too-many",
            Unfit::Circle => "peer-circle-unfit",
        }
    }
}

/// One that somebody would like to plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    pub starts_at: Timestamp,
    pub minutes: i64,
}

/// `ahead` stand in the calendar of these people already. Date and time are on the clock of whoever plans.
pub fn wish(typed: (&str, &str, &str), zone: &str, now: Timestamp, ahead: usize) -> Result<Wish, Unfit> {
    let (date, time, minutes) = typed;
    let starts_at = in_zone(date, time, zone).ok_or(Unfit::Time)?;
    if starts_at <= now {
        return Err(Unfit::Past);
    }
    if starts_at.duration_since(now) > SignedDuration::from_hours(24 * DAYS_AHEAD) {
        return Err(Unfit::TooFar);
    }
    let minutes = minutes.trim().parse().ok().filter(|minutes| MINUTES.contains(minutes)).ok_or(Unfit::Minutes)?;
    if ahead >= AHEAD {
        return Err(Unfit::TooMany);
    }
    Ok(Wish { starts_at, minutes })
}

/// Why the way in is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shut {
    /// Leaders closed contact outside of the group.
    NotAllowed,
    /// Not in the group, or not in the circle, any more.
    NotIn,
    /// The circle ended before this began.
    CircleOver,
    CalledOff,
    /// It is over, or nobody held it.
    Over,
    /// Somebody is inside with whom they do not meet. Who, and that it is so, nobody is told.
    NotToday,
}

impl Shut {
    pub fn key(self) -> &'static str {
        match self {
            Shut::NotAllowed => "peer-shut-not-allowed",
            Shut::NotIn => "peer-shut-not-in",
            Shut::CircleOver => "peer-shut-circle-over",
            Shut::CalledOff => "peer-shut-called-off",
            Shut::Over => "peer-shut-over",
            Shut::NotToday => "peer-shut-not-today",
        }
    }
}

/// In which order they host: whoever hosted longest ago comes first, and before all who never did. Whoever would rather not host is not in it.
/// `people` are given in the order that decides between equals, each with when they hosted last.
pub fn line(people: &[(i64, Option<i64>)], unwilling: &[i64]) -> Vec<i64> {
    let mut willing: Vec<&(i64, Option<i64>)> = people.iter().filter(|(person, _)| !unwilling.contains(person)).collect();
    willing.sort_by_key(|(_, last)| last.unwrap_or(i64::MIN));
    willing.into_iter().map(|(person, _)| *person).collect()
}

/// Whoever hosts now, and for how many milliseconds they have been away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hosting<S> {
    pub who: S,
    pub away: Option<i64>,
}

/// Who hosts from now on, if that is somebody else: the first in line at once, the next one when the first does not come or goes away.
/// `since_start` are milliseconds since the planned start, and may be negative.
pub fn takes_over<S: Copy + PartialEq>(line: &[S], here: &[S], declined: &[S], host: Option<Hosting<S>>, since_start: i64) -> Option<S> {
    let willing = || line.iter().copied().filter(|one| !declined.contains(one));
    let next = || willing().find(|one| here.contains(one));
    match host {
        Some(Hosting { away: None, .. }) => None,
        Some(Hosting { away: Some(away), who }) => next().filter(|one| *one != who && away >= HOST_GONE),
        None => next().filter(|one| Some(*one) == willing().next() || since_start >= HOST_LATE),
    }
}

/// From when staff may be called again, who were called then; nothing while one of them is there. A call that reached nobody, or whom it
/// brought and who left, is not the last one.
pub fn callable_from(called_at: i64, staff_here: bool) -> Option<i64> {
    (!staff_here).then_some(called_at + CALL_AGAIN)
}

/// The steps that the host leads through, in order. What to say in each are the words of the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Welcome,
    Rules,
    Round,
    Takes,
    Closing,
}

pub const SCRIPT: [Step; 5] = [Step::Welcome, Step::Rules, Step::Round, Step::Takes, Step::Closing];

/// How many minutes each step has, in the order of the script: the round has what the others leave.
pub fn minutes_of(minutes: u16) -> [u16; SCRIPT.len()] {
    let takes = minutes / 5;
    [2, 3, minutes.saturating_sub(2 + 3 + takes + 2), takes, 2]
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_wish_that_does_not_fit_says_why() {
        let now = at("2026-11-27T12:00:00Z");
        let of = |date, time, minutes, ahead| wish((date, time, minutes), "America/New_York", now, ahead);
        let fits = Wish { starts_at: at("2026-11-28T00:30:00Z"), minutes: 30 };
        assert_eq!(of("2026-11-27", "19:30", " 30 ", 3), Ok(fits), "on the clock of whoever plans");
        for (date, time, minutes, ahead, unfit) in [
            ("", "19:30", "30", 0, Unfit::Time),
            ("2026-11-27", "25:00", "30", 0, Unfit::Time),
            ("2026-11-27", "07:00", "30", 0, Unfit::Past),
            ("2026-12-26", "19:30", "30", 0, Unfit::TooFar),
            ("2026-11-27", "19:30", "19", 0, Unfit::Minutes),
            ("2026-11-27", "19:30", "46", 0, Unfit::Minutes),
            ("2026-11-27", "19:30", "half", 0, Unfit::Minutes),
            ("2026-11-27", "19:30", "30", AHEAD, Unfit::TooMany),
        ] {
            assert_eq!(of(date, time, minutes, ahead), Err(unfit), "{date} {time} {minutes} {ahead}");
        }
    }

    #[test]
    fn whoever_hosted_longest_ago_is_next() {
        let people = [(1, Some(30)), (2, None), (3, Some(10)), (4, None)];
        assert_eq!(line(&people, &[]), [2, 4, 3, 1]);
        assert_eq!(line(&people, &[2, 3]), [4, 1]);
        assert!(line(&people, &[1, 2, 3, 4]).is_empty(), "nobody is made to");
    }

    #[test]
    fn the_next_one_hosts_when_the_first_is_late_or_gone() {
        let (line, everybody) = ([1, 2, 3], [1, 2, 3]);
        assert_eq!(takes_over(&line, &everybody, &[], None, -60_000), Some(1), "the first at once");
        assert_eq!(takes_over(&line, &[2, 3], &[], None, HOST_LATE - 1), None, "the others wait for them");
        assert_eq!(takes_over(&line, &[3, 2], &[], None, HOST_LATE), Some(2));
        assert_eq!(takes_over(&line, &[2, 3], &[1], None, -60_000), Some(2), "a no leaves it to the next");
        let host = |away| Some(Hosting { who: 2, away });
        assert_eq!(takes_over(&line, &everybody, &[], host(None), HOST_LATE), None, "whoever hosts goes on");
        assert_eq!(takes_over(&line, &[1, 3], &[], host(Some(HOST_GONE - 1)), HOST_LATE), None);
        assert_eq!(takes_over(&line, &[1, 3], &[], host(Some(HOST_GONE)), HOST_LATE), Some(1));
        assert_eq!(takes_over(&line, &[], &[], host(Some(HOST_GONE)), HOST_LATE), None, "nobody else is here");
    }

    #[test]
    fn staff_are_called_again_when_nobody_came_or_stayed() {
        assert_eq!(callable_from(7, true), None);
        assert_eq!(callable_from(7, false), Some(7 + CALL_AGAIN));
    }

    #[test]
    fn every_sentence_has_a_key_of_its_own() {
        let unfit = [Unfit::NotAllowed, Unfit::Time, Unfit::Past, Unfit::TooFar, Unfit::Minutes, Unfit::TooMany, Unfit::Circle];
        assert_eq!(unfit.map(Unfit::key).into_iter().collect::<BTreeSet<_>>().len(), unfit.len());
        let shut = [Shut::NotAllowed, Shut::NotIn, Shut::CircleOver, Shut::CalledOff, Shut::Over, Shut::NotToday];
        assert_eq!(shut.map(Shut::key).into_iter().collect::<BTreeSet<_>>().len(), shut.len());
    }

    proptest! {
        /// Over any stretch of check-ins nobody hosts twice before everybody who would has hosted once, and nobody who would rather not ever does.
        #[test]
        fn the_host_rotates_fairly(count in 1i64..9, unwilling in prop::collection::btree_set(0i64..9, 0..9), rounds in 1usize..40) {
            let unwilling: Vec<i64> = unwilling.into_iter().collect();
            let mut last: BTreeMap<i64, i64> = BTreeMap::new();
            let mut times: BTreeMap<i64, usize> = BTreeMap::new();
            let willing: Vec<i64> = (0..count).filter(|one| !unwilling.contains(one)).collect();
            for round in 0..rounds {
                let people: Vec<(i64, Option<i64>)> = (0..count).map(|one| (one, last.get(&one).copied())).collect();
                let order = line(&people, &unwilling);
                prop_assert_eq!(order.iter().collect::<BTreeSet<_>>(), willing.iter().collect::<BTreeSet<_>>());
                let Some(host) = order.first() else { continue };
                last.insert(*host, round as i64);
                *times.entry(*host).or_default() += 1;
                let counts: Vec<usize> = willing.iter().map(|one| times.get(one).copied().unwrap_or(0)).collect();
                prop_assert!(counts.iter().max().unwrap() - counts.iter().min().unwrap() <= 1, "{:?}", counts);
            }
        }

        /// Whoever comes later hosts soon, and not again and again to catch up.
        #[test]
        fn a_newcomer_hosts_once_and_then_waits_like_the_others(count in 2i64..8, before in 0usize..20) {
            let mut last: BTreeMap<i64, i64> = BTreeMap::new();
            let mut host = |people: std::ops::Range<i64>, round: i64| {
                let people: Vec<(i64, Option<i64>)> = people.map(|one| (one, last.get(&one).copied())).collect();
                let host = line(&people, &[])[0];
                last.insert(host, round);
                host
            };
            for round in 0..before {
                host(0..count, round as i64);
            }
            let hosts: Vec<i64> = (0..=count).map(|round| host(0..count + 1, before as i64 + round)).collect();
            prop_assert_eq!(hosts.iter().collect::<BTreeSet<_>>().len(), hosts.len(), "{:?}", hosts);
        }

        /// Whatever happens: only somebody who is here, in line and willing takes over, and never from a host who is here.
        #[test]
        fn nobody_takes_over_who_may_not(
            line in prop::collection::btree_set(0u8..8, 0..8),
            here in prop::collection::btree_set(0u8..8, 0..8),
            declined in prop::collection::btree_set(0u8..8, 0..8),
            host in prop::option::of((0u8..8, prop::option::of(0i64..400_000))),
            since in -600_000i64..2_000_000,
        ) {
            let (line, here, declined): (Vec<u8>, Vec<u8>, Vec<u8>) =
                (line.into_iter().collect(), here.into_iter().collect(), declined.into_iter().collect());
            let host = host.map(|(who, away)| Hosting { who, away });
            if let Some(next) = takes_over(&line, &here, &declined, host, since) {
                prop_assert!(line.contains(&next) && here.contains(&next) && !declined.contains(&next));
                prop_assert!(host.is_none_or(|host| host.away.is_some() && host.who != next));
            } else if since >= HOST_LATE && host.is_none() {
                prop_assert!(!line.iter().any(|one| here.contains(one) && !declined.contains(one)), "nobody is left without a host who need not be");
            }
        }

        #[test]
        fn the_steps_fill_the_time(minutes in 20u16..=45) {
            let steps = minutes_of(minutes);
            prop_assert_eq!(steps.iter().sum::<u16>(), minutes);
            prop_assert!(steps.iter().all(|step| *step > 0));
            prop_assert!(steps[2] >= minutes / 3, "most of it belongs to the round");
        }
    }
}
