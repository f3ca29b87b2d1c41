//! Weekly sessions in the group's local time, right across daylight-saving changes.

mod clash;
mod month;
mod suggest;

use jiff::{
    SignedDuration, Timestamp, ToSpan,
    civil::{Date, Time, Weekday},
    tz::TimeZone,
};

pub use clash::{Busy, clashes};
pub use month::{Month, in_zone};
pub use suggest::{Free, Suggestion, Wanted, suggest};

/// When a group meets. `weekday` 1 is Monday, `minute_of_day` 0 to 1439, `zone` an IANA name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weekly {
    pub weekday: i8,
    pub minute_of_day: i16,
    pub zone: String,
}

impl Weekly {
    /// The first start at or after `after`. A local time that a clock change skips moves on by the gap; one that comes twice is the first.
    /// `None` if the zone or the numbers mean nothing.
    pub fn next(&self, after: Timestamp) -> Option<Timestamp> {
        let zone = TimeZone::get(&self.zone).ok()?;
        let weekday = Weekday::from_monday_one_offset(self.weekday).ok()?;
        let time = Time::new((self.minute_of_day / 60).try_into().ok()?, (self.minute_of_day % 60).try_into().ok()?, 0, 0).ok()?;
        let today = after.to_zoned(zone.clone()).date();
        let first = if today.weekday() == weekday { today } else { today.nth_weekday(1, weekday).ok()? };
        let at = |date: jiff::civil::Date| Some(date.to_datetime(time).to_zoned(zone.clone()).ok()?.timestamp());
        let start = at(first)?;
        if start >= after { Some(start) } else { at(first.checked_add(7.days()).ok()?) }
    }

    /// Every start in `[from, until)`, in order.
    pub fn between(&self, from: Timestamp, until: Timestamp) -> Vec<Timestamp> {
        let mut starts = Vec::new();
        let mut after = from;
        while let Some(start) = self.next(after).filter(|start| *start < until) {
            starts.push(start);
            let Ok(later) = start.checked_add(SignedDuration::from_secs(1)) else { break };
            after = later;
        }
        starts
    }

    /// The start a week before `start`, in local time.
    pub fn before(&self, start: Timestamp, weeks: i64) -> Option<Timestamp> {
        let zone = TimeZone::get(&self.zone).ok()?;
        Some(start.to_zoned(zone).checked_sub((7 * weeks).days()).ok()?.timestamp())
    }
}

/// A group with one time a week does not meet twice within so long, even beside a session that was put in by hand.
const APART: SignedDuration = SignedDuration::from_hours(72);

/// Which starts of a group's rhythm in `[from, until)` still have no session. `slots` are the starts that its sessions had when they were
/// planned: one that was moved or cancelled keeps its slot, so it is not planned again. Nothing is planned on a day of `holidays`,
/// counted on the group's own calendar.
pub fn missing(rhythm: &[Weekly], holidays: &[Date], slots: &[Timestamp], from: Timestamp, until: Timestamp) -> Vec<Timestamp> {
    let apart = if rhythm.len() == 1 { APART } else { SignedDuration::from_secs(1) };
    let is_taken = |start: Timestamp| slots.iter().any(|slot| slot.duration_since(start).abs() < apart);
    let mut starts: Vec<Timestamp> = rhythm
        .iter()
        .flat_map(|weekly| weekly.between(from, until).into_iter().map(move |start| (start, weekly)))
        .filter(|(start, weekly)| {
            let day = TimeZone::get(&weekly.zone).map(|zone| start.to_zoned(zone).date());
            !is_taken(*start) && day.is_ok_and(|day| !holidays.contains(&day))
        })
        .map(|(start, _)| start)
        .collect();
    starts.sort_unstable();
    starts.dedup();
    starts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn seven_in_the_evening_stays_seven_in_the_evening() {
        let weekly = Weekly { weekday: 2, minute_of_day: 19 * 60, zone: "America/New_York".into() };
        let mut at: Timestamp = "2026-10-20T00:00:00Z".parse().unwrap();
        for _ in 0..30 {
            let start = weekly.next(at).unwrap();
            let local = start.to_zoned(TimeZone::get("America/New_York").unwrap());
            assert_eq!((local.hour(), local.minute(), local.weekday()), (19, 0, Weekday::Tuesday));
            at = start.checked_add(jiff::SignedDuration::from_secs(1)).unwrap();
        }
    }

    proptest! {
        #[test]
        fn the_next_start_is_within_eight_days_and_not_before(weekday in 1i8..=7, minute in 0i16..1440, second in 1_700_000_000i64..1_900_000_000,
            zone in prop::sample::select(vec!["America/New_York", "America/Phoenix", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns", "Europe/Lisbon", "Pacific/Auckland", "UTC"])) {
            let weekly = Weekly { weekday, minute_of_day: minute, zone: zone.into() };
            let after = Timestamp::from_second(second).unwrap();
            let start = weekly.next(after).unwrap();
            prop_assert!(start >= after);
            prop_assert!(start.duration_since(after).as_hours() <= 8 * 24);
        }
    }

    #[test]
    fn nonsense_gives_nothing() {
        let weekly = Weekly { weekday: 9, minute_of_day: 0, zone: "UTC".into() };
        assert_eq!(weekly.next(Timestamp::UNIX_EPOCH), None);
        let weekly = Weekly { weekday: 1, minute_of_day: 0, zone: "Moon/Base".into() };
        assert_eq!(weekly.next(Timestamp::UNIX_EPOCH), None);
    }
}
