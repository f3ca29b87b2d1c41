//! The licence table at the door: every authority at every place on every kind of day, against the tables read a second time by hand.

use care::{
    licensing::{Authority, Kind, Service, Tables, Verdict, decide, shipped},
    topics,
};
use jiff::civil::{Date, date};
use proptest::prelude::*;

const FROM: Date = date(2026, 3, 1);
const TO: Date = date(2026, 9, 30);

/// The days that matter to an authority from March to September, and whether it holds on them.
const DAYS: &[(Date, bool)] = &[
    (date(2025, 9, 30), false),
    (date(2026, 2, 28), false),
    (FROM, true),
    (date(2026, 6, 15), true),
    (TO, true),
    (date(2026, 10, 1), false),
    (date(2027, 3, 1), false),
];

const COMPACTS: &[(&str, &[&str])] = &[("PSYPACT", &["FL", "NJ"]), ("Counseling Compact", &["AZ", "MN", "OH", "LA", "GA", "IN"])];

fn authority(kind: Kind, jurisdiction: &str) -> Authority {
    Authority { holder: 1, kind, jurisdiction: jurisdiction.into(), from: FROM, to: TO }
}

fn codes(tables: &Tables) -> Vec<String> {
    tables.jurisdiction.iter().map(|known| known.code.clone()).collect()
}

/// One authority, everywhere, on each of the days: covered where `there` says so.
#[track_caller]
fn everywhere(tables: &Tables, held: Authority, there: impl Fn(&str) -> bool) {
    for place in codes(tables) {
        for (day, holds) in DAYS {
            let expected = match (there(&place), holds) {
                (true, true) => Verdict::Covered,
                (true, false) => Verdict::Expired,
                (false, _) => Verdict::NotCovered,
            };
            let verdict = decide(tables, std::slice::from_ref(&held), &place, *day, Service::Therapy);
            assert_eq!(verdict, expected, "{held:?} at {place} on {day}");
        }
    }
}

#[test]
fn a_licence_and_an_exemption_hold_in_their_own_place_alone() {
    let tables = shipped().unwrap();
    for home in codes(&tables) {
        for kind in [Kind::Licence, Kind::Exemption] {
            everywhere(&tables, authority(kind, &home), |place| place == home);
        }
    }
}

#[test]
fn a_compact_holds_where_it_was_confirmed_and_nowhere_else() {
    let tables = shipped().unwrap();
    assert_eq!(tables.compact.len(), COMPACTS.len());
    for (compact, confirmed) in COMPACTS {
        everywhere(&tables, authority(Kind::CompactPrivilege, compact), |place| confirmed.contains(&place));
    }
}

/// A privilege entered under a place's code, or a licence under a compact's name, is a slip of the pen and opens nothing.
#[test]
fn a_kind_under_the_wrong_name_opens_nothing() {
    let tables = shipped().unwrap();
    for held in [
        authority(Kind::CompactPrivilege, "FL"),
        authority(Kind::CompactPrivilege, "psypact"),
        authority(Kind::CompactPrivilege, ""),
        authority(Kind::Licence, "PSYPACT"),
        authority(Kind::Exemption, "Counseling Compact"),
        authority(Kind::Licence, "fl"),
        authority(Kind::Licence, "Florida"),
        authority(Kind::Licence, " FL"),
    ] {
        everywhere(&tables, held, |_| false);
    }
}

#[test]
fn who_types_an_unknown_place_is_asked_again_in_every_type_of_group() {
    let tables = shipped().unwrap();
    let held = [authority(Kind::Licence, "NY"), authority(Kind::CompactPrivilege, "PSYPACT")];
    for place in ["", " ", "ny", "NY ", "New York", "US-NY", "Atlantis", "N\u{0}Y", "\u{202e}YN", "ＮＹ"] {
        for kind in topics::KINDS {
            let verdict = decide(&tables, &held, place, date(2026, 6, 15), Service::of(kind, true));
            assert_eq!((verdict, verdict.opens()), (Verdict::UnknownPlace, false), "{place:?} in {kind}");
        }
    }
}

#[test]
fn instruction_asks_for_no_licence_and_every_other_type_does() {
    let tables = shipped().unwrap();
    for kind in topics::KINDS {
        let verdict = decide(&tables, &[], "NY", date(2026, 6, 15), Service::of(kind, true));
        let expected = if matches!(*kind, "skills-class" | "workshop") { Verdict::Instruction } else { Verdict::NotCovered };
        assert_eq!(verdict, expected, "{kind}");
    }
    for unknown in ["", "Skills-Class", "skills class", "lecture"] {
        assert_eq!(
            decide(&tables, &[], "NY", date(2026, 6, 15), Service::of(unknown, true)),
            Verdict::NotCovered,
            "an unknown type is therapy: {unknown:?}"
        );
    }
}

#[test]
fn only_two_answers_open_the_door() {
    let opens = |verdict: Verdict| verdict.opens();
    assert!(opens(Verdict::Covered) && opens(Verdict::Instruction));
    assert!(!opens(Verdict::NotCovered) && !opens(Verdict::Expired) && !opens(Verdict::UnknownPlace));
}

#[test]
fn one_day_of_authority_is_that_day() {
    let tables = shipped().unwrap();
    let day = date(2028, 2, 29);
    let held = [Authority { from: day, to: day, ..authority(Kind::Licence, "NY") }];
    for (on, expected) in [(date(2028, 2, 28), Verdict::Expired), (day, Verdict::Covered), (date(2028, 3, 1), Verdict::Expired)] {
        assert_eq!(decide(&tables, &held, "NY", on, Service::Therapy), expected, "{on}");
    }
    let upside_down = [Authority { from: TO, to: FROM, ..authority(Kind::Licence, "NY") }];
    assert_eq!(
        decide(&tables, &upside_down, "NY", date(2026, 6, 15), Service::Therapy),
        Verdict::Expired,
        "an end before its start holds never"
    );
}

#[test]
fn a_renewal_leaves_no_gap_and_a_gap_is_seen() {
    let tables = shipped().unwrap();
    let old = authority(Kind::Licence, "NY");
    let next = |from: Date| Authority { from, to: date(2028, 9, 30), ..old.clone() };
    let renewed = [old.clone(), next(date(2026, 10, 1))];
    let late = [old.clone(), next(date(2026, 10, 15))];
    for (day, without_gap, with_gap) in [
        (TO, Verdict::Covered, Verdict::Covered),
        (date(2026, 10, 1), Verdict::Covered, Verdict::Expired),
        (date(2026, 10, 14), Verdict::Covered, Verdict::Expired),
        (date(2026, 10, 15), Verdict::Covered, Verdict::Covered),
    ] {
        assert_eq!(decide(&tables, &renewed, "NY", day, Service::Therapy), without_gap, "renewed, {day}");
        assert_eq!(decide(&tables, &late, "NY", day, Service::Therapy), with_gap, "renewed late, {day}");
    }
}

#[test]
fn words_of_the_register_are_read_exactly() {
    for (word, kind) in [
        ("licence", Some(Kind::Licence)),
        ("compact_privilege", Some(Kind::CompactPrivilege)),
        ("exemption", Some(Kind::Exemption)),
        ("Licence", None),
        ("license", None),
        ("licence ", None),
        ("", None),
    ] {
        assert_eq!(Kind::parse(word), kind, "{word:?}");
    }
}

#[test]
fn the_shipped_tables_name_each_place_once_and_say_where_they_come_from() {
    let tables = shipped().unwrap();
    let mut codes = codes(&tables);
    let count = codes.len();
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), count, "no code twice");
    assert!(tables.as_of.parse::<Date>().is_ok());
    for known in &tables.jurisdiction {
        assert!(known.code.len() == 2 && known.code.chars().all(|c| c.is_ascii_uppercase()), "{}", known.code);
        assert_eq!(tables.name(&known.code), known.name);
        assert!(tables.knows(&known.code) && !known.name.trim().is_empty());
    }
    assert_eq!(tables.name("Atlantis"), "Atlantis", "what is not known is shown as it was typed");
    for compact in &tables.compact {
        assert!(compact.as_of.parse::<Date>().is_ok() && !compact.source.is_empty(), "{}", compact.name);
        assert!(compact.confirmed.iter().all(|code| tables.knows(code)), "{}", compact.name);
    }
    for outside in ["NY", "CA", "MA", "HI"] {
        assert!(tables.compact.iter().all(|compact| !compact.confirmed.iter().any(|code| code == outside)), "{outside}");
    }
}

#[test]
fn broken_tables_are_refused_whole() {
    let good = r#"{"as_of": "2026-01-01", "jurisdiction": [{"code": "NY", "name": "New York"}], "compact": []}"#;
    assert!(serde_json::from_str::<Tables>(good).is_ok());
    for broken in [
        "",
        "[]",
        "{}",
        r#"{"as_of": "2026-01-01", "jurisdiction": []}"#,
        r#"{"as_of": 2026, "jurisdiction": [], "compact": []}"#,
        r#"{"as_of": "2026-01-01", "jurisdiction": [{"code": "NY"}], "compact": []}"#,
        r#"{"as_of": "2026-01-01", "jurisdiction": [], "compact": [{"name": "PSYPACT", "confirmed": ["FL"]}]}"#,
        r#"{"as_of": "2026-01-01", "jurisdiction": [], "compact": [{"name": "P", "as_of": "", "source": "", "confirmed": "FL"}]}"#,
        &good[..good.len() - 1],
    ] {
        assert!(serde_json::from_str::<Tables>(broken).is_err(), "{broken}");
    }
}

fn any_authority() -> impl Strategy<Value = Authority> {
    let kinds = prop::sample::select(vec![Kind::Licence, Kind::CompactPrivilege, Kind::Exemption]);
    let names = prop::sample::select(vec!["NY", "NJ", "FL", "OH", "AZ", "PSYPACT", "Counseling Compact", "Atlantis"]);
    (kinds, names, 0i32..1_500, 0i32..900).prop_map(|(kind, jurisdiction, from, length)| {
        let from = date(2025, 1, 1).saturating_add(jiff::Span::new().days(from));
        Authority { holder: 1, kind, jurisdiction: jurisdiction.into(), from, to: from.saturating_add(jiff::Span::new().days(length)) }
    })
}

fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::UnknownPlace | Verdict::LetIn => 0,
        Verdict::NotCovered => 1,
        Verdict::Expired => 2,
        Verdict::Covered | Verdict::Instruction => 3,
    }
}

proptest! {
    #[test]
    fn one_more_leader_never_closes_a_door(held in prop::collection::vec(any_authority(), 0..6), more in any_authority(),
        place in prop::sample::select(vec!["NY", "NJ", "FL", "OH", "AZ", "CA"]), day in 0i32..2_000) {
        let tables = shipped().unwrap();
        let day = date(2025, 1, 1).saturating_add(jiff::Span::new().days(day));
        let before = decide(&tables, &held, place, day, Service::Therapy);
        let with_more: Vec<Authority> = held.iter().cloned().chain([more]).collect();
        prop_assert!(rank(decide(&tables, &with_more, place, day, Service::Therapy)) >= rank(before));
    }

    #[test]
    fn the_order_of_the_register_does_not_matter(mut held in prop::collection::vec(any_authority(), 0..6),
        place in prop::sample::select(vec!["NY", "NJ", "FL", "OH"]), day in 0i32..2_000) {
        let tables = shipped().unwrap();
        let day = date(2025, 1, 1).saturating_add(jiff::Span::new().days(day));
        let one_way = decide(&tables, &held, place, day, Service::Therapy);
        held.reverse();
        prop_assert_eq!(decide(&tables, &held, place, day, Service::Therapy), one_way);
    }

    #[test]
    fn the_best_single_authority_decides(held in prop::collection::vec(any_authority(), 1..6),
        place in prop::sample::select(vec!["NY", "NJ", "FL", "OH"]), day in 0i32..2_000) {
        let tables = shipped().unwrap();
        let day = date(2025, 1, 1).saturating_add(jiff::Span::new().days(day));
        let alone = held.iter().map(|one| rank(decide(&tables, std::slice::from_ref(one), place, day, Service::Therapy)));
        prop_assert_eq!(Some(rank(decide(&tables, &held, place, day, Service::Therapy))), alone.max());
    }
}
