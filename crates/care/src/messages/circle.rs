//! Circles: a few members of one group who write to each other for a purpose and a time, where their group allows it. Nobody is in one who
//! did not say yes, and two who do not want to meet never do.

use crate::topics;

pub const PURPOSE_CHARS: usize = 120;
/// With whoever begins it. More is a group.
pub const MOST: usize = 6;
/// How many days one may last; then it ends, and can be begun anew.
pub const DAYS: [i64; 4] = [14, 30, 60, 90];

/// Whether members of a group may write to each other without staff: as somebody decided, else only where the group is a class. Between
/// sessions of therapy what happens outside belongs into the room.
pub fn is_allowed(kind: &str, decided: Option<bool>) -> bool {
    decided.unwrap_or_else(|| topics::is_instruction(kind))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    Purpose,
    Days,
    Nobody,
    TooMany,
    /// Two of them are never to meet. Who, nobody is told.
    NotTogether,
}

impl Unfit {
    pub fn key(self) -> &'static str {
        match self {
            Unfit::Purpose => "circle-purpose-missing",
            Unfit::Days => "circle-days-missing",
            Unfit::Nobody => "circle-nobody",
            Unfit::TooMany => "circle-too-many",
            Unfit::NotTogether => "circle-not-together",
        }
    }
}

/// A circle that somebody would like to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    pub purpose: String,
    pub days: i64,
    /// Whom to ask.
    pub people: Vec<i64>,
}

/// `known` are the other members of the group; `apart` are pairs who never meet.
pub fn wish(purpose: &str, days: &str, people: &[i64], host: i64, known: &[i64], apart: &[(i64, i64)]) -> Result<Wish, Unfit> {
    let purpose = super::read(purpose).unwrap_or_default().replace('\n', " ");
    if purpose.is_empty() || purpose.chars().count() > PURPOSE_CHARS {
        return Err(Unfit::Purpose);
    }
    let days = days.parse().ok().filter(|days| DAYS.contains(days)).ok_or(Unfit::Days)?;
    Ok(Wish { purpose, days, people: more(people, &[host], known, apart)? })
}

/// Whom to ask beside those who are `inside`, or asked and waited for. Who once said no or left is not in `known`: they are not asked twice.
pub fn more(people: &[i64], inside: &[i64], known: &[i64], apart: &[(i64, i64)]) -> Result<Vec<i64>, Unfit> {
    let mut people: Vec<i64> = people.iter().copied().filter(|one| known.contains(one) && !inside.contains(one)).collect();
    people.sort_unstable();
    people.dedup();
    if people.is_empty() {
        return Err(Unfit::Nobody);
    }
    if people.len() + inside.len() > MOST {
        return Err(Unfit::TooMany);
    }
    // Two who are inside already and choose not to meet any more keep nobody else out.
    let touched: Vec<(i64, i64)> = apart.iter().copied().filter(|(one, other)| people.contains(one) || people.contains(other)).collect();
    let all: Vec<i64> = people.iter().chain(inside).copied().collect();
    if meet(&all, &touched) { Err(Unfit::NotTogether) } else { Ok(people) }
}

/// Whether two of these are never to meet.
pub fn meet(people: &[i64], apart: &[(i64, i64)]) -> bool {
    apart.iter().any(|(one, other)| people.contains(one) && people.contains(other))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_class_may_and_therapy_may_not_until_somebody_decides() {
        for (kind, may) in
            [("process", false), ("cbt", false), ("support", false), ("skills-class", true), ("workshop", true), ("new", false)]
        {
            assert_eq!(is_allowed(kind, None), may, "{kind}");
            assert!(is_allowed(kind, Some(true)) && !is_allowed(kind, Some(false)));
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let known = [2, 3, 4, 5, 6, 7, 8];
        let of = |purpose: &str, days: &str, people: &[i64]| wish(purpose, days, people, 1, &known, &[(3, 1), (4, 5)]);
        assert_eq!(
            of(" Walk on\nSundays ", "30", &[4, 2, 2, 1, 99]),
            Ok(Wish { purpose: "Walk on Sundays".into(), days: 30, people: vec![2, 4] })
        );
        assert_eq!(of("\u{200b}", "30", &[2]), Err(Unfit::Purpose));
        assert_eq!(of(&"x".repeat(121), "30", &[2]), Err(Unfit::Purpose));
        for days in ["", "31", "365", "-14"] {
            assert_eq!(of("Walk", days, &[2]), Err(Unfit::Days), "{days}");
        }
        assert_eq!(of("Walk", "14", &[1, 99]), Err(Unfit::Nobody), "strangers are nobody");
        assert_eq!(of("Walk", "14", &[2, 4, 6, 7, 8, 5]), Err(Unfit::TooMany));
        assert_eq!(of("Walk", "14", &[2, 3]), Err(Unfit::NotTogether));
        assert_eq!(of("Walk", "14", &[4, 5]), Err(Unfit::NotTogether));
    }

    proptest! {
        /// Whoever asks whom: two who never meet are in no circle that can be wished for.
        #[test]
        fn those_who_never_meet_never_do(people in prop::collection::vec(1i64..9, 0..6), host in 1i64..9, apart in prop::collection::vec((1i64..9, 1i64..9), 0..4)) {
            let apart: Vec<(i64, i64)> = apart.into_iter().filter(|(one, other)| one != other).collect();
            let known: Vec<i64> = (1..9).collect();
            if let Ok(wish) = wish("Walk", "14", &people, host, &known, &apart) {
                for (one, other) in apart {
                    let is_in = |who: i64| who == host || wish.people.contains(&who);
                    prop_assert!(!(is_in(one) && is_in(other)));
                }
                prop_assert!(wish.people.len() < MOST && !wish.people.contains(&host));
            }
        }

        /// However it is asked: never more than six, nobody twice, nobody unknown, and never two who do not meet.
        #[test]
        fn asking_more_keeps_every_rule(
            people in prop::collection::vec(0i64..12, 0..10),
            inside in prop::collection::btree_set(0i64..12, 1..6),
            known in prop::collection::btree_set(0i64..12, 0..12),
            apart in prop::collection::vec((0i64..12, 0i64..12), 0..3),
        ) {
            let (inside, known): (Vec<i64>, Vec<i64>) = (inside.into_iter().collect(), known.into_iter().collect());
            let apart: Vec<(i64, i64)> = apart.into_iter().filter(|(one, other)| one != other).collect();
            match more(&people, &inside, &known, &apart) {
                Ok(asked) => {
                    let all: Vec<i64> = asked.iter().chain(&inside).copied().collect();
                    prop_assert!(!asked.is_empty() && all.len() <= MOST);
                    for (one, other) in &apart {
                        let both = all.contains(one) && all.contains(other);
                        prop_assert!(!both || (inside.contains(one) && inside.contains(other)), "who is new meets nobody they never meet");
                    }
                    prop_assert!(asked.iter().all(|one| known.contains(one) && people.contains(one) && !inside.contains(one)));
                    prop_assert!(asked.windows(2).all(|two| two[0] < two[1]));
                }
                Err(Unfit::Nobody) => prop_assert!(!people.iter().any(|one| known.contains(one) && !inside.contains(one))),
                Err(unfit) => prop_assert!(matches!(unfit, Unfit::TooMany | Unfit::NotTogether)),
            }
        }
    }
}
