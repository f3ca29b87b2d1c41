//! A group's sessions as a person's calendar understands them: one weekly series for each time of the week, with its exceptions.

use care::schedule;
use ground::seal;
use jiff::{SignedDuration, Timestamp};

use super::ics::{Event, Weekly};

/// One session as it is planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planned {
    pub id: i64,
    /// Where the rhythm put it.
    pub slot: Timestamp,
    pub start: Timestamp,
    pub minutes: i64,
    pub cancelled: bool,
    pub changes: i64,
}

/// What somebody's feed says of one group.
#[derive(Debug, Clone)]
pub struct Group {
    pub id: i64,
    pub zone: String,
    /// Weekday, 1 is Monday, and minute of the day.
    pub times: Vec<(i8, i16)>,
    /// In the order of their slots.
    pub sessions: Vec<Planned>,
}

/// Whose feed it is, and the two neutral texts.
#[derive(Debug, Clone)]
pub struct Reader {
    pub person: i64,
    pub host: String,
    pub summary: String,
    pub place: String,
}

impl Reader {
    /// Stable for this person and thing, and says nothing of either: two people cannot see from it that they share a group.
    pub fn uid(&self, thing: &str) -> String {
        let hash = seal::hash(&format!("{}/{thing}", self.person));
        format!("{}@{}", hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect::<String>(), self.host)
    }

    pub fn event(&self, uid: String, zone: &str, planned: &Planned) -> Event {
        Event {
            uid,
            zone: zone.to_owned(),
            start: planned.start,
            minutes: planned.minutes,
            sequence: planned.changes,
            summary: self.summary.clone(),
            place: self.place.clone(),
            cancelled: planned.cancelled,
            weekly: None,
            instead_of: None,
        }
    }
}

/// Every session of the group: those in the rhythm as series with exceptions, the others one by one.
pub fn events(reader: &Reader, group: &Group) -> Vec<Event> {
    let mut rest: Vec<Planned> = group.sessions.clone();
    let mut events = Vec::new();
    for (weekday, minute) in &group.times {
        let (Some(first), Some(last)) = (rest.iter().map(|one| one.slot).min(), rest.iter().map(|one| one.slot).max()) else { break };
        let weekly = schedule::Weekly { weekday: *weekday, minute_of_day: *minute, zone: group.zone.clone() };
        let occurrences = weekly.between(first, last.saturating_add(SignedDuration::from_secs(1)).unwrap_or(last));
        let (own, others): (Vec<Planned>, Vec<Planned>) = rest.into_iter().partition(|one| occurrences.contains(&one.slot));
        rest = others;
        let uid = reader.uid(&format!("group/{}/{weekday}/{minute}", group.id));
        events.extend(one_series(reader, group, &uid, &own, &occurrences));
    }
    events.extend(rest.iter().map(|one| reader.event(reader.uid(&format!("session/{}", one.id)), &group.zone, one)));
    events
}

fn one_series(reader: &Reader, group: &Group, uid: &str, own: &[Planned], occurrences: &[Timestamp]) -> Vec<Event> {
    let (Some(first), Some(last)) = (own.first(), own.last()) else { return Vec::new() };
    let until = last.slot;
    let within = occurrences.iter().filter(|start| (first.slot..=until).contains(*start));
    let except = within.filter(|start| !own.iter().any(|one| one.slot == **start)).copied().collect();
    // Each new week and each change makes a new version of the whole series. An exception is never older than its series: some programs
    // ignore it otherwise.
    let sequence = own.len() as i64 - 1 + own.iter().map(|one| one.changes).sum::<i64>();
    let master = Planned { start: first.slot, cancelled: false, ..*first };
    let mut events = vec![Event { sequence, weekly: Some(Weekly { until, except }), ..reader.event(uid.to_owned(), &group.zone, &master) }];
    let differs = |one: &&Planned| one.start != one.slot || one.cancelled || one.minutes != first.minutes;
    events.extend(own.iter().filter(differs).map(|one| Event {
        sequence,
        instead_of: Some(one.slot),
        ..reader.event(uid.to_owned(), &group.zone, one)
    }));
    events
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn reader(person: i64) -> Reader {
        Reader { person, host: "hearth.example".into(), summary: "Appointment".into(), place: "Hearth".into() }
    }

    /// Tuesdays at half past six in New York, right across the change in November.
    fn group() -> Group {
        let starts = ["2026-10-20T22:30:00Z", "2026-10-27T22:30:00Z", "2026-11-03T23:30:00Z", "2026-11-10T23:30:00Z"];
        let planned = |(id, start): (usize, &&str)| Planned {
            id: id as i64,
            slot: at(start),
            start: at(start),
            minutes: 90,
            cancelled: false,
            changes: 0,
        };
        let sessions = starts.iter().enumerate().map(planned).collect();
        Group { id: 7, zone: "America/New_York".into(), times: vec![(2, 18 * 60 + 30)], sessions }
    }

    #[test]
    fn one_time_a_week_is_one_event() {
        let all = events(&reader(1), &group());
        assert_eq!(all.len(), 1);
        let weekly = all[0].weekly.as_ref().unwrap();
        assert_eq!((all[0].start, weekly.until, weekly.except.len()), (at("2026-10-20T22:30:00Z"), at("2026-11-10T23:30:00Z"), 0));
        assert!(events(&reader(1), &Group { sessions: vec![], ..group() }).is_empty());
    }

    #[test]
    fn a_week_without_a_session_is_left_out_and_a_moved_one_stands_for_its_slot() {
        let mut one = group();
        one.sessions.remove(1);
        one.sessions[1].start = at("2026-11-05T15:00:00Z");
        one.sessions[1].changes = 1;
        one.sessions[2].cancelled = true;
        one.sessions[2].changes = 3;
        let all = events(&reader(1), &one);
        assert_eq!(all[0].weekly.as_ref().unwrap().except, [at("2026-10-27T22:30:00Z")]);
        assert_eq!(
            all.iter().map(|event| event.instead_of).collect::<Vec<_>>(),
            [None, Some(at("2026-11-03T23:30:00Z")), Some(at("2026-11-10T23:30:00Z"))]
        );
        assert_eq!((all[1].start, all[2].cancelled), (at("2026-11-05T15:00:00Z"), true));
        assert!(all.iter().all(|event| event.uid == all[0].uid && event.sequence == 2 + 4));
    }

    #[test]
    fn the_version_never_falls_whatever_happens() {
        let mut one = group();
        let first = one.sessions[0];
        let mut last = -1;
        for step in 0..6 {
            match step {
                1 => one.sessions[1].changes += 1,
                2 => one.sessions[3].cancelled = true,
                3 => one.sessions[3].changes += 1,
                4 => one.sessions.push(Planned { id: 9, slot: at("2026-11-17T23:30:00Z"), start: at("2026-11-17T23:30:00Z"), ..first }),
                _ => {}
            }
            let sequence = events(&reader(1), &one)[0].sequence;
            assert!(sequence >= last, "step {step}");
            last = sequence;
        }
    }

    #[test]
    fn what_is_not_in_the_rhythm_stands_alone() {
        let mut one = group();
        let first = one.sessions[0];
        let tonight = at("2026-11-05T01:00:00Z");
        one.sessions.push(Planned { id: 8, slot: tonight, start: tonight, ..first });
        one.sessions.sort_by_key(|planned| planned.slot);
        let all = events(&reader(1), &one);
        let alone: Vec<&Event> = all.iter().filter(|event| event.weekly.is_none() && event.instead_of.is_none()).collect();
        assert_eq!((alone.len(), alone[0].start), (1, tonight));
        assert_ne!(alone[0].uid, all[0].uid);
    }

    #[test]
    fn two_times_a_week_are_two_series_and_each_person_has_their_own_names_for_them() {
        let mut one = group();
        let first = one.sessions[0];
        one.times.push((4, 9 * 60));
        let thursdays = ["2026-10-22T13:00:00Z", "2026-10-29T13:00:00Z"];
        one.sessions.extend(thursdays.iter().map(|start| Planned { slot: at(start), start: at(start), ..first }));
        one.sessions.sort_by_key(|planned| planned.slot);
        let (mine, yours) = (events(&reader(1), &one), events(&reader(2), &one));
        assert_eq!(mine.len(), 2);
        let uids = |events: &[Event]| events.iter().map(|event| event.uid.clone()).collect::<std::collections::BTreeSet<_>>();
        assert!(uids(&mine).is_disjoint(&uids(&yours)));
        assert_eq!(uids(&mine), uids(&events(&reader(1), &one)), "the same names every time");
    }
}
