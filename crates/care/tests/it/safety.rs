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

    /// Whatever is typed: no panic; what is taken has something in it, and comes back the same from its own form.
    #[test]
    fn a_plan_survives_its_own_form(
        lines in prop::collection::vec("[a-zA-Z ]{0,30}", 0..5), names in prop::collection::vec(("[a-zA-Z]{0,8}", "[0-9 ()+-]{0,12}"), 0..5),
    ) {
        let mut fields = vec![("signs".to_owned(), lines.join("\n")), ("safer".to_owned(), lines.join("\r\n"))];
        for (number, (name, phone)) in names.iter().enumerate() {
            fields.push((format!("people-name-{number}"), name.clone()));
            fields.push((format!("people-phone-{number}"), phone.clone()));
        }
        let (plan, trouble) = Plan::read(&fields);
        prop_assert_eq!(trouble == Some(Trouble::Empty), plan.is_empty());
        prop_assert_eq!(plan.lines(Step::Signs), plan.lines(Step::Safer), "line ends of any kind");
        prop_assert!(plan.lines(Step::Signs).iter().all(|line| !line.trim().is_empty()));
        let mut again = vec![("signs".to_owned(), plan.signs.join("\n")), ("safer".to_owned(), plan.safer.join("\n"))];
        for (number, contact) in plan.people.iter().enumerate() {
            again.push((format!("people-name-{number}"), contact.name.clone()));
            again.push((format!("people-phone-{number}"), contact.phone.clone()));
            prop_assert!(contact.dial().chars().all(|c| c.is_ascii_digit() || c == '+'), "a thumb can dial it");
        }
        prop_assert_eq!(Plan::read(&again), (plan, trouble));
    }
}

#[test]
fn numbers_that_a_thumb_can_dial_are_kept_as_they_were_typed() {
    for (typed, dialled) in [
        ("988", "988"),
        ("(555) 010-0142", "5550100142"),
        ("+1 555 010 0142", "+15550100142"),
        ("030/901 820", "030901820"),
        ("555.0100", "5550100"),
    ] {
        let (plan, trouble) = read(&[("professionals-name-0", "Desk"), ("professionals-phone-0", typed)]);
        assert_eq!(trouble, None, "{typed}");
        let contact = &plan.contacts(Step::Professionals)[0];
        assert_eq!((contact.phone.as_str(), contact.dial().as_str()), (typed, dialled));
    }
    for typed in ["1-800-HELP", "extension 12", "12", "call", "55 5#1"] {
        assert_eq!(read(&[("people-name-0", "Nina"), ("people-phone-0", typed)]).1, Some(Trouble::Phone), "{typed}");
    }
}

#[test]
fn each_step_has_a_word_of_its_own_and_either_lines_or_people() {
    let words: std::collections::BTreeSet<&str> = Step::ALL.into_iter().map(Step::word).collect();
    assert_eq!(words.len(), 6);
    let (plan, _) =
        read(&[("signs", "a"), ("alone", "b"), ("places", "c"), ("safer", "d"), ("people-name-0", "e"), ("professionals-name-0", "f")]);
    for step in Step::ALL {
        assert_eq!(plan.lines(step).len() + plan.contacts(step).len(), 1, "{}", step.word());
        assert_eq!(plan.contacts(step).is_empty(), !step.is_people(), "{}", step.word());
    }
    assert!(!plan.is_empty() && Plan::default().is_empty());
}
