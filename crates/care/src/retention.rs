//! How long a record must be kept before it may be destroyed. The rules are dated data (`content/retention.json`); what they do not
//! cover the practice decides, by name.

use jiff::{ToSpan, civil::Date};
use serde::Deserialize;

/// Whoever was taken in as a minor was at least this old: the age from which the years until a limit of age are counted, on the safe side.
const YOUNGEST: i16 = 13;

#[derive(Debug, Clone, Deserialize)]
pub struct Retention {
    /// The day the table was read.
    pub as_of: Date,
    pub rule: Vec<Rule>,
    /// How long the list of what was destroyed is kept.
    pub destroyed_list_years: i16,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Rule {
    /// A place of `licensing`.
    pub place: String,
    /// Years after the last entry.
    pub years: i16,
    /// A minor's record is kept until this age, if that is later.
    pub minor_until_age: i16,
    pub source: String,
}

pub fn shipped() -> Result<Retention, serde_json::Error> {
    serde_json::from_str(include_str!("../../../content/retention.json"))
}

impl Retention {
    pub fn of(&self, place: &str) -> Option<&Rule> {
        self.rule.iter().find(|rule| rule.place == place)
    }

    /// The strictest of the rules of all the places somebody was in; `None` where one of them has no rule, or without any place.
    pub fn strictest(&self, places: &[String]) -> Option<&Rule> {
        let found: Option<Vec<&Rule>> = places.iter().map(|place| self.of(place)).collect();
        found?.into_iter().max_by_key(|rule| (rule.years, rule.minor_until_age))
    }
}

impl Rule {
    /// The first day on which the record may be destroyed.
    pub fn free_from(&self, last_entry: Date, was_minor_on: Option<Date>) -> Date {
        let after = |day: Date, years: i16| day.checked_add(i64::from(years).years()).unwrap_or(Date::MAX);
        let adult = after(last_entry, self.years);
        was_minor_on.map_or(adult, |day| adult.max(after(day, self.minor_until_age - YOUNGEST)))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_rule_has_its_source() {
        let all = shipped().unwrap();
        assert!(all.rule.iter().all(|rule| !rule.source.is_empty() && rule.years > 0 && rule.minor_until_age > 18));
        assert_eq!(all.destroyed_list_years, 5);
    }

    #[test]
    fn the_strictest_place_counts_and_an_unknown_one_leaves_it_to_the_practice() {
        let all = shipped().unwrap();
        let of = |places: &[&str]| {
            all.strictest(&places.iter().map(|place| (*place).to_owned()).collect::<Vec<_>>()).map(|rule| rule.place.as_str())
        };
        assert_eq!(of(&["NY"]), Some("NY"));
        assert_eq!(of(&["NY", "NJ"]), Some("NJ"));
        assert_eq!(of(&["NY", "FL"]), None, "nobody has read a source for it");
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn a_record_is_free_after_its_years_and_a_minors_not_before_their_age() {
        let all = shipped().unwrap();
        let ny = all.of("NY").unwrap();
        assert_eq!(ny.free_from(date(2026, 3, 1), None), date(2032, 3, 1));
        assert_eq!(ny.free_from(date(2026, 3, 1), Some(date(2026, 1, 1))), date(2035, 1, 1));
        assert_eq!(ny.free_from(date(2032, 3, 1), Some(date(2026, 1, 1))), date(2038, 3, 1));
        assert_eq!(ny.free_from(date(2028, 2, 29), None), date(2034, 2, 28), "a leap day");
    }
}
