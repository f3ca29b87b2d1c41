use proptest::prelude::*;
use room::{
    Refusal,
    limits::{FILM, MATERIAL_CHARS},
    tools::{
        Right, ToolCommand, Tools,
        video::{VideoCommand, VideoView},
    },
};

use crate::{
    cast::{INSIDE, LEAD, MAYA, NOT_NOW, Row, YES, after, attempt, everybody_tries, full_house, text_limit},
    script::{Script, seat},
};

const CLOSE: ToolCommand = ToolCommand::Video(VideoCommand::Close);

fn open() -> ToolCommand {
    ToolCommand::Video(VideoCommand::Open { material: 9, title: "A film".into(), captions: true })
}

fn play(from: i64) -> ToolCommand {
    ToolCommand::Video(VideoCommand::Play { from })
}

fn pause(at: i64) -> ToolCommand {
    ToolCommand::Video(VideoCommand::Pause { at })
}

fn film(script: &Script, by: u8) -> Option<VideoView> {
    script.view(seat(by)).tools.video
}

#[test]
fn the_table_of_the_film() {
    let states = [
        ("none", after(&[])),
        ("waiting", after(&[(LEAD, open())])),
        ("running", after(&[(LEAD, open()), (LEAD, play(0))])),
        ("closed", after(&[(LEAD, open()), (LEAD, CLOSE)])),
    ];
    let while_open = [NOT_NOW, YES, YES, NOT_NOW];
    everybody_tries(
        &states,
        &[
            Row { act: open(), right: Right::Facilitators, says: &[YES; 4] },
            Row { act: play(1_500), right: Right::Facilitators, says: &while_open },
            Row { act: pause(1_500), right: Right::Facilitators, says: &while_open },
            Row { act: CLOSE, right: Right::Facilitators, says: &while_open },
        ],
    );
    let running = after(&[(LEAD, open())]);
    for position in [-1, FILM.end() + 1, i64::MAX, i64::MIN] {
        assert_eq!(attempt(&running, LEAD, &play(position)).err(), Some(Refusal::OutOfRange), "{position}");
    }
    let act = ToolCommand::Video(VideoCommand::Open { material: 0, title: "x".into(), captions: false });
    assert_eq!(attempt(&full_house(), LEAD, &act).err(), Some(Refusal::OutOfRange));
    text_limit(&full_house(), LEAD, MATERIAL_CHARS, false, |title| {
        ToolCommand::Video(VideoCommand::Open { material: 9, title, captions: false })
    });
}

#[test]
fn everybody_knows_where_it_is_and_since_when() {
    let mut script = after(&[(LEAD, open()), (LEAD, play(30_000))]);
    let since = script.now();
    assert!(INSIDE.iter().all(|by| film(&script, *by).is_some_and(|f| (f.running, f.position, f.since) == (true, 30_000, since))));
    script.pass_seconds(5);
    script.tool(LEAD, pause(35_000)).unwrap();
    assert!(film(&script, MAYA).is_some_and(|f| (f.running, f.position, f.since) == (false, 35_000, script.now())));
}

#[test]
fn a_late_joiner_and_a_restart_find_the_same_place() {
    let mut script = after(&[(LEAD, open()), (LEAD, play(30_000))]);
    let before = film(&script, MAYA);
    script.pass_minutes(1);
    assert_eq!(film(&script, MAYA), before, "nothing is sent while it only runs on");
    assert_eq!(script.rebuilt().tools.video, script.room.tools.video);
}

#[test]
fn opening_is_what_the_recap_is_told() {
    let mut script = full_house();
    let opened = script.tool(LEAD, open()).unwrap();
    assert!(matches!(&opened[..], [room::Event::Tool(event)] if Tools::shown(event) == Some(9) && Tools::timeline(event).is_some()));
    let played = script.tool(LEAD, play(0)).unwrap();
    assert!(matches!(&played[..], [room::Event::Tool(event)] if Tools::shown(event).is_none() && Tools::timeline(event).is_none()));
}

proptest! {
    /// Two leaders who press opposite things end at one state that everybody sees.
    #[test]
    fn whatever_is_pressed_all_see_the_same(acts in prop::collection::vec((0u8..4, 0i64..20_000_000), 1..30)) {
        let mut script = full_house();
        for (what, position) in acts {
            let _ = script.tool(LEAD, match what { 0 => open(), 1 => play(position), 2 => pause(position), _ => CLOSE });
            let one = film(&script, LEAD);
            prop_assert!(INSIDE.iter().all(|by| film(&script, *by) == one));
            prop_assert!(one.is_none_or(|film| FILM.contains(&film.position)));
        }
    }
}
