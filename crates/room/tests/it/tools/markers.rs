use room::{
    Event, Input, Part, Refusal, limits,
    tools::{
        Right, ToolCommand, ToolEvent,
        markers::{Marker, MarkersCommand, Moment},
    },
};

use crate::{
    cast::{INSIDE, LEAD, MAYA, NOT_NOW, Row, YES, after, attempt, everybody_tries, full_house, only_seen_by, text_limit},
    script::{Script, guest, seat},
};

fn mark(moment: Moment, note: &str) -> ToolCommand {
    ToolCommand::Markers(MarkersCommand::Mark { moment, note: note.into() })
}

fn describe(id: u32, note: &str) -> ToolCommand {
    ToolCommand::Markers(MarkersCommand::Describe { id, note: note.into() })
}

fn remove(id: u32) -> ToolCommand {
    ToolCommand::Markers(MarkersCommand::Remove { id })
}

fn all(script: &Script) -> Vec<Marker> {
    script.view(seat(LEAD)).tools.markers.unwrap()
}

#[test]
fn the_table_of_markers() {
    let states = [
        ("none", after(&[])),
        ("one", after(&[(LEAD, mark(Moment::Cohesion, ""))])),
        ("removed", after(&[(LEAD, mark(Moment::Cohesion, "")), (LEAD, remove(0))])),
    ];
    everybody_tries(
        &states,
        &[
            Row { act: mark(Moment::Rupture, ""), right: Right::Facilitators, says: &[YES; 3] },
            Row { act: describe(0, "after the pause"), right: Right::Facilitators, says: &[NOT_NOW, YES, NOT_NOW] },
            Row { act: remove(0), right: Right::Facilitators, says: &[NOT_NOW, YES, NOT_NOW] },
            Row { act: remove(9), right: Right::Facilitators, says: &[NOT_NOW; 3] },
        ],
    );
    text_limit(&full_house(), LEAD, limits::MARKER_CHARS, true, |text| mark(Moment::Hope, &text));
    text_limit(&full_house(), LEAD, limits::MARKER_CHARS, false, |text| mark(Moment::Own, &text));
    text_limit(&states[1].1, LEAD, limits::MARKER_CHARS, true, |text| describe(0, &text));
}

#[test]
fn they_are_for_the_leaders_eyes() {
    let script = after(&[(LEAD, mark(Moment::Own, "canary-marker"))]);
    only_seen_by(&script, "canary-marker", &[LEAD]);
    for by in INSIDE.into_iter().filter(|by| *by != LEAD) {
        assert_eq!(script.view(seat(by)), full_house().view(seat(by)), "seat {by} sees the same room as before");
    }
}

#[test]
fn each_has_its_time_and_its_own_words_and_ids_are_not_used_twice() {
    let mut script = full_house();
    script.tool(LEAD, mark(Moment::Universality, "")).unwrap();
    script.pass_minutes(3);
    script.tool(LEAD, mark(Moment::Repair, "after the apology")).unwrap();
    let seen = all(&script);
    assert_eq!(seen[1].at - seen[0].at, 180_000);
    assert_eq!((seen[1].moment, seen[1].note.as_str()), (Moment::Repair, "after the apology"));
    script.tool(LEAD, describe(0, "three nodded")).unwrap();
    script.tool(LEAD, remove(1)).unwrap();
    script.tool(LEAD, mark(Moment::Hope, "")).unwrap();
    assert_eq!(all(&script).iter().map(|one| (one.id, one.note.as_str())).collect::<Vec<_>>(), [(0, "three nodded"), (2, "")]);
    assert_eq!(script.rebuilt(), script.room);
}

#[test]
fn a_co_leader_sees_them_and_does_not_change_another_one_s_words() {
    let mut script = after(&[(LEAD, mark(Moment::Rupture, "mine"))]);
    script.input(Input::Arrived(guest(9, Part::Facilitator))).unwrap();
    script.input(Input::Connected(seat(9))).unwrap();
    assert_eq!(script.view(seat(9)).tools.markers, Some(all(&script)));
    for act in [describe(0, "hers"), remove(0)] {
        assert_eq!(attempt(&script, 9, &act).err(), Some(Refusal::NotYours), "{act:?}");
    }
    for _ in 0..limits::MARKERS - 1 {
        script.tool(9, mark(Moment::Hope, "")).unwrap();
    }
    assert_eq!(attempt(&script, LEAD, &mark(Moment::Hope, "")).err(), Some(Refusal::TooMany));
}

#[test]
fn what_a_leader_wrote_is_sealed_under_the_leader_s_key() {
    let mut script = full_house();
    let events = script.tool(LEAD, mark(Moment::Own, "x")).unwrap();
    assert!(events.iter().all(|event| matches!(event, Event::Tool(ToolEvent::Markers(_))) && event.about() == Some(seat(LEAD))));
    assert_eq!(attempt(&script, MAYA, &mark(Moment::Own, "x")).err(), Some(Refusal::NotYours));
}
