use care::scenes::ScenePart;
use room::{
    Input, MINUTE, Refusal, RoomCommand, Stance, limits,
    tools::{
        Right, ToolCommand,
        role_play::{Burden, PlayStage, RolePlayCommand, RolePlayView, SceneWritten, Seen},
    },
};

use crate::{
    cast::{
        AT_DOOR, GONE, INSIDE, INTERPRETER, LEAD, MAYA, NOBODY, NOT_NOW, OBSERVER, Row, THEO, YES, after, attempt, everybody_tries,
        full_house, only_seen_by, text_limit,
    },
    script::{Script, seat},
};

fn act(command: RolePlayCommand) -> ToolCommand {
    ToolCommand::RolePlay(command)
}

fn written() -> SceneWritten {
    let part = |name: &str, wants: &str| ScenePart { name: name.into(), wants: wants.into() };
    SceneWritten {
        title: "The bus".into(),
        setting: "Somebody sits on the seat that was taken.".into(),
        parts: vec![part("The one who stands", "canary-wants-one"), part("The one who sits", "canary-wants-two")],
        watch: "canary-watch".into(),
        stop: "Pause".into(),
    }
}

fn lay() -> ToolCommand {
    act(RolePlayCommand::Lay(written()))
}

fn pick(card: &str) -> ToolCommand {
    act(RolePlayCommand::Pick { card: card.into() })
}

fn assign(part: u8, to: Option<u8>) -> ToolCommand {
    act(RolePlayCommand::Assign { part, seat: to.map(seat) })
}

fn take(part: Option<u8>) -> ToolCommand {
    act(RolePlayCommand::Take { part })
}

fn play(minutes: u16) -> ToolCommand {
    act(RolePlayCommand::Play { minutes })
}

fn rate(level: u8) -> ToolCommand {
    act(RolePlayCommand::Rate { level })
}

fn tell(worked: &str, wish: &str) -> ToolCommand {
    act(RolePlayCommand::Tell { worked: worked.into(), wish: wish.into() })
}

fn again(swap: bool) -> ToolCommand {
    act(RolePlayCommand::Again { swap })
}

fn stop() -> ToolCommand {
    act(RolePlayCommand::Stop)
}

fn go_on() -> ToolCommand {
    act(RolePlayCommand::GoOn)
}

fn finish() -> ToolCommand {
    act(RolePlayCommand::Finish)
}

fn put_away() -> ToolCommand {
    act(RolePlayCommand::PutAway)
}

/// Maya stands, Theo sits, and the scene is on.
fn playing() -> Vec<(u8, ToolCommand)> {
    vec![(LEAD, lay()), (LEAD, assign(0, Some(MAYA))), (THEO, take(Some(1))), (LEAD, play(5))]
}

fn then(acts: &[(u8, ToolCommand)]) -> Script {
    after(&playing().into_iter().chain(acts.iter().cloned()).collect::<Vec<_>>())
}

fn scene(script: &Script, by: u8) -> Option<RolePlayView> {
    script.view(seat(by)).tools.role_play.scene
}

fn stage(script: &Script) -> PlayStage {
    scene(script, MAYA).unwrap().stage
}

fn cast(script: &Script) -> Vec<Option<u8>> {
    scene(script, MAYA).unwrap().parts.iter().map(|part| part.seat.map(|seat| seat.0)).collect()
}

#[test]
fn the_table_of_role_play() {
    let states = [
        ("nothing laid", after(&[])),
        ("laid, parts free", after(&[(LEAD, lay())])),
        ("laid and cast", after(&playing()[..3])),
        ("playing", then(&[])),
        ("stopped", then(&[(OBSERVER, stop())])),
        ("over", then(&[(LEAD, finish())])),
        ("put away", then(&[(LEAD, put_away())])),
    ];
    let free: fn(u8) -> Option<Refusal> = |_| Some(Refusal::PartFree);
    let taken: fn(u8) -> Option<Refusal> = |by| (by != MAYA).then_some(Refusal::PartTaken);
    let if_cast: fn(u8) -> Option<Refusal> = |by| (by == LEAD).then_some(Refusal::NotNow);
    let watchers: fn(u8) -> Option<Refusal> = |by| (by != LEAD).then_some(Refusal::NotNow);
    let nobody: fn(u8) -> Option<Refusal> = |_| Some(Refusal::NobodyThere);
    let (yes, no) = (YES, NOT_NOW);
    let leaders = Right::Facilitators;
    everybody_tries(
        &states,
        &[
            Row { act: lay(), right: leaders, says: &[yes, yes, yes, no, no, yes, yes] },
            Row { act: pick("dishes"), right: leaders, says: &[yes, yes, yes, no, no, yes, yes] },
            Row { act: pick("no-such-card"), right: leaders, says: &[nobody; 7] },
            Row { act: assign(0, Some(MAYA)), right: leaders, says: &[no, yes, yes, no, yes, no, no] },
            Row { act: assign(0, None), right: leaders, says: &[no, yes, yes, no, yes, no, no] },
            Row { act: take(Some(0)), right: Right::TurnTakers, says: &[no, yes, taken, no, taken, no, no] },
            Row { act: take(None), right: Right::TurnTakers, says: &[no, no, if_cast, no, if_cast, no, no] },
            Row { act: play(5), right: leaders, says: &[no, free, yes, no, no, no, no] },
            Row { act: stop(), right: Right::Circle, says: &[no, no, no, yes, no, no, no] },
            Row { act: go_on(), right: leaders, says: &[no, no, no, no, yes, no, no] },
            Row { act: finish(), right: leaders, says: &[no, no, no, yes, yes, no, no] },
            Row { act: rate(4), right: Right::TurnTakers, says: &[no, yes, yes, no, no, yes, no] },
            Row { act: tell("the calm voice", ""), right: Right::TurnTakers, says: &[no, no, no, no, no, watchers, no] },
            Row { act: again(true), right: leaders, says: &[no, no, no, no, no, yes, no] },
            Row { act: again(false), right: leaders, says: &[no, no, no, no, no, yes, no] },
            Row { act: put_away(), right: leaders, says: &[no, yes, yes, yes, yes, yes, no] },
        ],
    );
}

#[test]
fn numbers_and_texts_have_their_limits() {
    let laid = after(&[(LEAD, lay())]);
    for minutes in [0, 21, u16::MAX] {
        assert_eq!(attempt(&after(&playing()[..3]), LEAD, &play(minutes)).err(), Some(Refusal::OutOfRange), "{minutes}");
    }
    for (by, wrong) in
        [(LEAD, assign(2, Some(MAYA))), (LEAD, assign(u8::MAX, None)), (MAYA, take(Some(2))), (MAYA, rate(11)), (MAYA, rate(u8::MAX))]
    {
        assert_eq!(attempt(&laid, by, &wrong).err(), Some(Refusal::OutOfRange), "{wrong:?}");
    }
    for of in [AT_DOOR, GONE, NOBODY, OBSERVER, INTERPRETER] {
        assert_eq!(attempt(&laid, LEAD, &assign(0, Some(of))).err(), Some(Refusal::NobodyThere), "seat {of}");
    }
    for parts in [vec![], vec![written().parts[0].clone(); 5]] {
        let wrong = act(RolePlayCommand::Lay(SceneWritten { parts, ..written() }));
        assert_eq!(attempt(&full_house(), LEAD, &wrong).err(), Some(Refusal::OutOfRange));
    }
    type Change = fn(&mut SceneWritten, String);
    let fields: [(usize, bool, Change); 7] = [
        (limits::SCENE_TITLE_CHARS, false, |scene, text| scene.title = text),
        (limits::SCENE_SETTING_CHARS, false, |scene, text| scene.setting = text),
        (limits::SCENE_WATCH_CHARS, true, |scene, text| scene.watch = text),
        (limits::SCENE_NAME_CHARS, false, |scene, text| scene.stop = text),
        (limits::SCENE_NAME_CHARS, false, |scene, text| scene.parts[0].name = text),
        (limits::SCENE_WANTS_CHARS, true, |scene, text| scene.parts[1].wants = text),
        (limits::SCENE_NAME_CHARS, false, |scene, text| scene.parts[1].name = text),
    ];
    for (most, may_be_empty, change) in fields {
        text_limit(&full_house(), LEAD, most, may_be_empty, |text| {
            let mut scene = written();
            change(&mut scene, text);
            act(RolePlayCommand::Lay(scene))
        });
    }
    let over = then(&[(LEAD, finish())]);
    text_limit(&over, LEAD, limits::SEEN_CHARS, true, |text| tell(&text, "x"));
    text_limit(&over, LEAD, limits::SEEN_CHARS, true, |text| tell("x", &text));
    assert_eq!(attempt(&over, LEAD, &tell(" ", "\n")).err(), Some(Refusal::Empty));
}

/// What a part wants is between its player and the leaders; the task of the watchers is not for players.
#[test]
fn a_part_is_told_what_it_wants_and_nothing_of_the_others() {
    let script = then(&[]);
    only_seen_by(&script, "canary-wants-one", &[LEAD, MAYA]);
    only_seen_by(&script, "canary-wants-two", &[LEAD, THEO]);
    only_seen_by(&script, "canary-watch", &[LEAD, OBSERVER, INTERPRETER]);
    for by in INSIDE {
        let scene = scene(&script, by).unwrap();
        let names: Vec<_> = scene.parts.iter().map(|part| (part.name.as_str(), part.seat.map(|seat| seat.0))).collect();
        assert_eq!(names, [("The one who stands", Some(MAYA)), ("The one who sits", Some(THEO))], "seat {by} sees who plays what");
        assert_eq!(
            scene.mine,
            match by {
                MAYA => Some(0),
                THEO => Some(1),
                _ => None,
            }
        );
    }
}

/// One button for everybody, and nobody but the leaders learns whose hand it was.
#[test]
fn anybody_stops_it_at_once() {
    for by in INSIDE {
        let mut script = then(&[]);
        script.pass_seconds(60);
        script.tool(by, stop()).unwrap();
        assert_eq!(stage(&script), PlayStage::Paused);
        assert_eq!(scene(&script, LEAD).unwrap().lead.unwrap().stopped_by, Some(seat(by)));
        let mut other = then(&[]);
        other.pass_seconds(60);
        other.tool(if by == LEAD { OBSERVER } else { LEAD }, stop()).unwrap();
        for one in [MAYA, THEO, OBSERVER, INTERPRETER] {
            assert_eq!(script.view(seat(one)), other.view(seat(one)), "seat {one} is not told who it was");
        }
        script.pass_seconds(300);
        assert_eq!(stage(&script), PlayStage::Paused, "it waits as long as it takes");
        script.tool(LEAD, go_on()).unwrap();
        assert_eq!(scene(&script, MAYA).unwrap().until, Some(script.now() + 4 * MINUTE), "what was left is left");
    }
}

#[test]
fn it_ends_by_itself_and_everybody_says_how_hard_it_was() {
    let mut script = after(&playing()[..3]);
    script.tool(MAYA, rate(7)).unwrap();
    script.tool(LEAD, play(2)).unwrap();
    script.pass_seconds(119);
    assert_eq!(stage(&script), PlayStage::Playing);
    script.pass_seconds(1);
    assert_eq!(stage(&script), PlayStage::Feedback);
    let before = script.clone();
    script.tool(MAYA, rate(3)).unwrap();
    let mine = scene(&script, MAYA).unwrap();
    assert_eq!((mine.before, mine.after), (Some(7), Some(3)));
    let burdens = scene(&script, LEAD).unwrap().lead.unwrap().burdens;
    assert_eq!(burdens, [Burden { seat: seat(MAYA), before: Some(7), after: Some(3) }]);
    for by in [THEO, OBSERVER, INTERPRETER] {
        assert_eq!(script.view(seat(by)), before.view(seat(by)), "seat {by} sees the same room as before");
    }
    assert_eq!(script.rebuilt(), script.room);
}

#[test]
fn what_watchers_saw_is_for_all_and_the_next_round_begins_clean() {
    let mut script = then(&[(LEAD, finish()), (LEAD, tell("You waited before you answered.", "A little louder.")), (MAYA, rate(2))]);
    for by in INSIDE {
        let seen = Seen { seat: seat(LEAD), worked: "You waited before you answered.".into(), wish: "A little louder.".into() };
        assert_eq!(scene(&script, by).unwrap().seen, [seen]);
    }
    script.tool(LEAD, again(true)).unwrap();
    assert_eq!((stage(&script), cast(&script)), (PlayStage::Laid, vec![Some(THEO), Some(MAYA)]));
    let next = scene(&script, LEAD).unwrap();
    assert_eq!((next.seen.len(), next.lead.unwrap().burdens.len()), (0, 0));
    only_seen_by(&script, "canary-wants-one", &[LEAD, THEO]);
    script.tool(LEAD, play(1)).unwrap();
    script.tool(LEAD, finish()).unwrap();
    script.act(MAYA, RoomCommand::Leave).unwrap();
    script.tool(LEAD, again(false)).unwrap();
    let parts = scene(&script, THEO).unwrap().parts;
    assert_eq!(parts.iter().map(|part| part.seat.map(|seat| seat.0)).collect::<Vec<_>>(), [Some(THEO), None], "who has gone plays no part");
    assert_eq!(script.rebuilt(), script.room);
}

#[test]
fn a_player_who_goes_stops_it_and_another_may_take_the_part() {
    for gone in [RoomCommand::Leave, RoomCommand::Remove { seat: seat(THEO) }, RoomCommand::SendBack { seat: seat(THEO) }] {
        let mut script = then(&[]);
        let by = if gone == RoomCommand::Leave { THEO } else { LEAD };
        script.act(by, gone).unwrap();
        assert_eq!((stage(&script), cast(&script)), (PlayStage::Paused, vec![Some(MAYA), None]));
        assert_eq!(scene(&script, LEAD).unwrap().lead.unwrap().stopped_by, None);
        assert_eq!(attempt(&script, LEAD, &go_on()).err(), Some(Refusal::PartFree));
        script.tool(LEAD, take(Some(1))).unwrap();
        script.tool(LEAD, go_on()).unwrap();
        assert_eq!(script.rebuilt(), script.room);
    }
    let mut lost = then(&[]);
    lost.input(Input::Lost(seat(THEO))).unwrap();
    lost.pass_seconds(60);
    assert_eq!((stage(&lost), cast(&lost)), (PlayStage::Playing, vec![Some(MAYA), Some(THEO)]), "a gap in the line takes no part away");
}

#[test]
fn nobody_gives_a_part_to_who_only_listens_and_nobody_plays_two() {
    let mut script = after(&[(LEAD, lay())]);
    script.act(MAYA, RoomCommand::SetStance { stance: Stance::Listening }).unwrap();
    assert_eq!(attempt(&script, LEAD, &assign(0, Some(MAYA))).err(), Some(Refusal::JustListening));
    script.tool(MAYA, take(Some(0))).unwrap();
    script.tool(MAYA, take(Some(1))).unwrap();
    assert_eq!(cast(&script), [None, Some(MAYA)]);
    script.tool(LEAD, assign(0, Some(MAYA))).unwrap();
    assert_eq!(cast(&script), [Some(MAYA), None], "moved, not doubled");
    script.tool(MAYA, take(None)).unwrap();
    assert_eq!(cast(&script), [None, None]);
}

/// Leaders see the cards by name; members carry none of them, and no view carries their words.
#[test]
fn the_shelf_is_small_and_for_leaders() {
    let script = full_house();
    let shelf = script.view(seat(LEAD)).tools.role_play.shelf.unwrap();
    assert!(shelf.len() >= 16);
    assert!(serde_json::to_string(&shelf).unwrap().len() < 2_500);
    assert!([MAYA, OBSERVER, INTERPRETER].into_iter().all(|by| script.view(seat(by)).tools.role_play.shelf.is_none()));
    for one in shelf {
        let picked = attempt(&script, LEAD, &pick(&one.card)).unwrap();
        assert_eq!(scene(&picked, MAYA).unwrap().title, one.title);
        let full = serde_json::to_string(&scene(&picked, LEAD)).unwrap();
        assert!(full.len() < 2_000, "{}: {}", one.card, full.len());
    }
}
