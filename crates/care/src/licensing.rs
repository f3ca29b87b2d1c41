//! Where a leader is authorised. The rule looks at where the member is at the time of the session, not where they live.

use jiff::civil::Date;
use serde::Deserialize;

use crate::topics;

/// A leader's authority to practise somewhere, with the days from and to which it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority {
    /// The person who holds it.
    pub holder: i64,
    pub kind: Kind,
    /// A jurisdiction code such as `NY`; for a compact privilege the compact's name.
    pub jurisdiction: String,
    pub from: Date,
    pub to: Date,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Licence,
    CompactPrivilege,
    Exemption,
}

impl Kind {
    pub fn parse(word: &str) -> Option<Kind> {
        Some(match word {
            "licence" => Kind::Licence,
            "compact_privilege" => Kind::CompactPrivilege,
            "exemption" => Kind::Exemption,
            _ => return None,
        })
    }
}

/// Dated facts about places and compacts.
#[derive(Debug, Clone, Deserialize)]
pub struct Tables {
    pub as_of: String,
    pub jurisdiction: Vec<Jurisdiction>,
    pub compact: Vec<Compact>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Jurisdiction {
    pub code: String,
    pub name: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Compact {
    pub name: String,
    pub as_of: String,
    pub source: String,
    /// Only places that somebody has confirmed.
    pub confirmed: Vec<String>,
}

/// What a group is in the eyes of the law. Where the line runs is the practice's own judgement, and it says who made it (E3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    Therapy,
    Instruction,
}

impl Service {
    /// A class is instruction only where somebody of the practice has decided so; until then it is treated as therapy.
    pub fn of(kind_of_group: &str, somebody_decided: bool) -> Service {
        if somebody_decided && topics::is_instruction(kind_of_group) { Service::Instruction } else { Service::Therapy }
    }
}

/// The answer at the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// A leader is authorised where the member is.
    Covered,
    /// This group is instruction; no licence is asked for.
    Instruction,
    /// Nobody who leads this group may do so there.
    NotCovered,
    /// Somebody had the authority, but not today.
    Expired,
    UnknownPlace,
    /// Somebody of the office let this person in all the same, with a reason that is kept.
    LetIn,
}

impl Verdict {
    pub fn opens(self) -> bool {
        matches!(self, Verdict::Covered | Verdict::Instruction | Verdict::LetIn)
    }
}

impl Tables {
    pub fn knows(&self, code: &str) -> bool {
        self.jurisdiction.iter().any(|known| known.code == code)
    }

    pub fn name<'a>(&'a self, code: &'a str) -> &'a str {
        self.jurisdiction.iter().find(|known| known.code == code).map_or(code, |known| &known.name)
    }

    fn covers(&self, authority: &Authority, place: &str) -> bool {
        match authority.kind {
            Kind::Licence | Kind::Exemption => authority.jurisdiction == place,
            Kind::CompactPrivilege => self
                .compact
                .iter()
                .any(|compact| compact.name == authority.jurisdiction && compact.confirmed.iter().any(|code| code == place)),
        }
    }
}

/// Whether a member who is at `place` on that day may take part in a group of this type with leaders of these authorities.
pub fn decide(tables: &Tables, authorities: &[Authority], place: &str, day: Date, service: Service) -> Verdict {
    if !tables.knows(place) {
        return Verdict::UnknownPlace;
    }
    if service == Service::Instruction {
        return Verdict::Instruction;
    }
    let there: Vec<&Authority> = authorities.iter().filter(|authority| tables.covers(authority, place)).collect();
    if there.iter().any(|authority| authority.from <= day && day <= authority.to) {
        Verdict::Covered
    } else if there.is_empty() {
        Verdict::NotCovered
    } else {
        Verdict::Expired
    }
}

/// An authority that runs out is told of so many days before, and on the day itself (E6).
pub const WARNINGS: [i32; 4] = [60, 30, 7, 0];

/// The tightest warning that is due today for an authority that holds until `to`; `None` while there is time.
pub fn warning(to: Date, today: Date) -> Option<i32> {
    let left = (to - today).get_days();
    WARNINGS.into_iter().rev().find(|days| left <= *days)
}

/// The places where a group is open today and is not any more on the day after `ends`, if nobody renews anything.
pub fn closes<'a>(tables: &'a Tables, held: &[Authority], ends: Date, today: Date, service: Service) -> Vec<&'a Jurisdiction> {
    let Ok(after) = ends.tomorrow() else { return Vec::new() };
    let opens = |place: &Jurisdiction, day: Date| decide(tables, held, &place.code, day, service).opens();
    tables.jurisdiction.iter().filter(|place| opens(place, today) && !opens(place, after.max(today))).collect()
}

/// The tables that ship with Hearth.
pub fn shipped() -> Result<Tables, serde_json::Error> {
    serde_json::from_str(include_str!("../../../content/jurisdictions.json"))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn authority(kind: Kind, jurisdiction: &str) -> Authority {
        Authority { holder: 1, kind, jurisdiction: jurisdiction.into(), from: date(2025, 1, 1), to: date(2027, 12, 31) }
    }

    /// Every authority, place, day and type of group against a table written by hand.
    #[test]
    fn the_whole_table() {
        let tables = shipped().unwrap();
        let today = date(2026, 11, 23);
        let later = date(2028, 1, 1);
        let therapy = [
            (Kind::Licence, "NY", "NY", today, Verdict::Covered),
            (Kind::Licence, "NY", "NY", later, Verdict::Expired),
            (Kind::Licence, "NY", "NJ", today, Verdict::NotCovered),
            (Kind::Exemption, "VT", "VT", today, Verdict::Covered),
            (Kind::CompactPrivilege, "PSYPACT", "FL", today, Verdict::Covered),
            (Kind::CompactPrivilege, "PSYPACT", "NJ", today, Verdict::Covered),
            (Kind::CompactPrivilege, "PSYPACT", "NY", today, Verdict::NotCovered),
            (Kind::CompactPrivilege, "PSYPACT", "CA", today, Verdict::NotCovered),
            (Kind::CompactPrivilege, "PSYPACT", "FL", later, Verdict::Expired),
            (Kind::CompactPrivilege, "Counseling Compact", "OH", today, Verdict::Covered),
            (Kind::CompactPrivilege, "Counseling Compact", "FL", today, Verdict::NotCovered),
            (Kind::Licence, "NY", "Atlantis", today, Verdict::UnknownPlace),
        ];
        for (kind, jurisdiction, place, day, expected) in therapy {
            let held = [authority(kind, jurisdiction)];
            assert_eq!(decide(&tables, &held, place, day, Service::Therapy), expected, "{kind:?} {jurisdiction} at {place} on {day}");
            let class = if expected == Verdict::UnknownPlace { expected } else { Verdict::Instruction };
            assert_eq!(decide(&tables, &held, place, day, Service::of("skills-class", true)), class);
            assert_eq!(decide(&tables, &held, place, day, Service::of("skills-class", false)), expected, "nobody decided that");
        }
    }

    #[test]
    fn what_runs_out_is_told_of_at_sixty_thirty_and_seven_days() {
        let today = date(2026, 11, 25);
        for (to, expected) in [
            (date(2027, 1, 25), None),
            (date(2027, 1, 24), Some(60)),
            (date(2026, 12, 26), Some(60)),
            (date(2026, 12, 25), Some(30)),
            (date(2026, 12, 2), Some(7)),
            (date(2026, 11, 26), Some(7)),
            (date(2026, 11, 25), Some(0)),
            (date(2020, 1, 1), Some(0)),
        ] {
            assert_eq!(warning(to, today), expected, "{to}");
        }
    }

    #[test]
    fn a_group_closes_only_where_nobody_else_is_authorised() {
        let tables = shipped().unwrap();
        let (today, ends) = (date(2026, 11, 25), date(2026, 12, 1));
        let soon = |place: &str| Authority { to: ends, ..authority(Kind::Licence, place) };
        let held = [soon("NY"), soon("NJ"), authority(Kind::Licence, "NJ")];
        let closed = |held: &[Authority], service| -> Vec<String> {
            closes(&tables, held, ends, today, service).into_iter().map(|place| place.code.clone()).collect()
        };
        assert_eq!(closed(&held, Service::Therapy), ["NY"], "somebody else holds New Jersey");
        assert!(closed(&held, Service::Instruction).is_empty(), "a class does not ask");
        assert!(closed(&held[2..], Service::Therapy).is_empty());
    }

    #[test]
    fn one_authorised_leader_is_enough() {
        let tables = shipped().unwrap();
        let held = [authority(Kind::Licence, "NJ"), authority(Kind::Licence, "NY")];
        assert_eq!(decide(&tables, &held, "NY", date(2026, 11, 23), Service::Therapy), Verdict::Covered);
        assert_eq!(decide(&tables, &[], "NY", date(2026, 11, 23), Service::Therapy), Verdict::NotCovered);
    }
}
