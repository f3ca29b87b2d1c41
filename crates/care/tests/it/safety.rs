//! Safety plans as they are read from a form, and the watch against a look at every minute of the week.

use care::{
    on_call::{Now, Shift, Watch, on_call, watch},
    safety::{Contact, Plan, Step, Trouble},
};
use proptest::prelude::*;

fn read(fields: &[(&str, &str)]) -> (Plan, Option<Trouble>) {
    Plan::read(&fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Vec<_>>())
}

#[test]
fn six_steps_are_read_line_by_line_and_contact_by_contact() {
    let (plan, trouble) = read(&[
        ("signs", "I stop answering\n\n  I cannot sleep "),
        ("alone", "Walk to the river"),
        ("places", "The library"),
        ("people-name-0", "Nina"),
        ("people-phone-0", "(555) 010-0142"),
        ("people-name-3", "Pastor Lee"),
        ("professionals-name-0", "Lifeline"),
        ("professionals-phone-0", "988"),
        ("safer", "Pills are with my sister"),
    ]);
    assert_eq!(trouble, None);
    assert_eq!(plan.lines(Step::Signs), ["I stop answering", "I cannot sleep"]);
    assert_eq!(plan.contacts(Step::People).len(), 2);
    assert_eq!(plan.contacts(Step::People)[0].dial(), "5550100142");
    assert_eq!(plan.contacts(Step::Professionals)[0], Contact { name: "Lifeline".into(), phone: "988".into() });
    assert!(plan.lines(Step::People).is_empty() && plan.contacts(Step::Signs).is_empty());
    assert_eq!(Step::ALL.into_iter().filter(|step| step.is_people()).count(), 2);
}

#[test]
fn what_cannot_be_kept_is_said_and_comes_back() {
    for (fields, wanted) in [
        (vec![("signs", " \n ")], Trouble::Empty),
        (vec![("safer", "x".repeat(201).leak() as &str)], Trouble::TooLong),
        (vec![("signs", "a\n".repeat(13).leak() as &str)], Trouble::TooLong),
        (vec![("people-phone-0", "555 0100")], Trouble::Nameless),
        (vec![("people-name-0", "Nina"), ("people-phone-0", "call me")], Trouble::Phone),
        (vec![("people-name-0", "Nina"), ("people-phone-0", "12")], Trouble::Phone),
    ] {
        assert_eq!(read(&fields).1, Some(wanted), "{fields:?}");
    }
    assert_eq!(read(&[("people-name-0", "Nina"), ("people-phone-0", "call me")]).0.people[0].phone, "call me");
}

#[test]
fn hours_that_follow_each_other_are_one_watch() {
    let shift = |person, weekday, from, to| Shift { person, weekday, from, to };
    let shifts = [shift(1, 1, 540, 720), shift(2, 1, 700, 1_020), shift(3, 3, 540, 600)];
    let now = |weekday, minute| Now { weekday, minute };
    assert_eq!(watch(&shifts, now(1, 600)), Watch::Until(1_020));
    assert_eq!(watch(&shifts, now(1, 1_020)), Watch::From(3, 540));
    assert_eq!(watch(&shifts, now(7, 0)), Watch::From(1, 540));
    assert_eq!(watch(&shifts, now(1, 539)), Watch::From(1, 540));
    assert_eq!(watch(&[], now(1, 0)), Watch::Unknown);
    assert_eq!(on_call(&shifts, now(1, 710)), [2, 1], "whoever stays longest first");
    assert_eq!(on_call(&shifts, now(2, 710)), Vec::<i64>::new());
}

proptest! {
    /// A look at every minute that follows says the same.
    #[test]
    fn the_watch_is_what_the_minutes_say(
        shifts in prop::collection::vec((1i64..4, 1i8..=7, 0i16..1_439, 1i16..600), 0..8), weekday in 1i8..=7, minute in 0i16..1_440,
    ) {
        let shifts: Vec<Shift> = shifts.into_iter().map(|(person, weekday, from, long)| Shift { person, weekday, from, to: (from + long).min(1_440) }).collect();
        let on = |at: i32| {
            let (day, minute) = (at.div_euclid(1_440).rem_euclid(7) as i8 + 1, at.rem_euclid(1_440) as i16);
            !on_call(&shifts, Now { weekday: day, minute }).is_empty()
        };
        let start = (i32::from(weekday) - 1) * 1_440 + i32::from(minute);
        let found = watch(&shifts, Now { weekday, minute });
        if on(start) {
            let end = (start..start + 1_441).find(|at| !on(*at) || at.rem_euclid(1_440) == 0 && *at > start).unwrap();
            let wanted = if end.rem_euclid(1_440) == 0 { 1_440 } else { end.rem_euclid(1_440) as i16 };
            prop_assert_eq!(found, Watch::Until(wanted));
        } else {
            match (start..start + 7 * 1_440).find(|at| on(*at)) {
                Some(at) => prop_assert_eq!(found, Watch::From(at.div_euclid(1_440).rem_euclid(7) as i8 + 1, at.rem_euclid(1_440) as i16)),
                None => prop_assert_eq!(found, Watch::Unknown),
            }
        }
    }
}
