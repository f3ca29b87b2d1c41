use room::{
    tools::board::{Element, ElementKind},
    wire::{Drawn, FromRoom, ToRoom},
};

use crate::script::{Script, seat};

#[test]
fn a_view_survives_the_wire() {
    let mut script = Script::with_members(3);
    script.everybody_in();
    let view = script.view(seat(0));
    let message = FromRoom::View { seq: 1, now: script.now(), seats: 4, view: Box::new(view) };
    let text = serde_json::to_string(&message).unwrap();
    assert_eq!(serde_json::from_str::<FromRoom>(&text).unwrap(), message);
}

#[test]
fn the_first_message_looks_like_this() {
    let hello: room::wire::ToRoom = serde_json::from_str(r#"{"is":"hello","ticket":"t","since":null}"#).unwrap();
    assert!(matches!(hello, room::wire::ToRoom::Hello { since: None, .. }));
    let pass = r#"{"is":"do","id":4,"command":{"tool":"go_round","act":{"do":"pass"}}}"#;
    assert!(serde_json::from_str::<room::wire::ToRoom>(pass).is_ok());
    for broken in [r#"{"is":"do","id":4,"command":{"do":"fly"}}"#, "[]", "", r#"{"is":"do"}"#, "\u{0}"] {
        assert!(serde_json::from_str::<room::wire::ToRoom>(broken).is_err(), "{broken:?}");
    }
}

/// The whiteboard beside the view: what a browser is told, and what it says it has seen. One that was loaded earlier says nothing of it.
#[test]
fn the_board_travels_beside_the_view() {
    let element = Element::plain("a", ElementKind::Ellipse);
    let to = Drawn { board: 1, revision: 7 };
    let drawn = FromRoom::Drawn { to, whole: false, elements: vec![element], gone: vec![("b".into(), 4)] };
    let pointed = FromRoom::Pointed { number: 3, seat: None, x: 1.5, y: -2.0 };
    for message in [drawn, pointed] {
        let text = serde_json::to_string(&message).unwrap();
        assert_eq!(serde_json::from_str::<FromRoom>(&text).unwrap(), message);
    }
    let hello = |more: &str| serde_json::from_str::<ToRoom>(&format!(r#"{{"is":"hello","ticket":"t","since":3{more}}}"#)).unwrap();
    assert!(matches!(hello(""), ToRoom::Hello { drawn: None, .. }));
    assert!(matches!(hello(r#","drawn":{"board":1,"revision":7}"#), ToRoom::Hello { drawn: Some(seen), .. } if seen == to));
    assert!(matches!(serde_json::from_str(r#"{"is":"point","x":1,"y":2.5}"#), Ok(ToRoom::Point { .. })));
}

/// As browsers have always sent them; this list is added to, and what stands in it stays.
const COMMANDS: &[&str] = &[
    r#"{"do":"mic","on":true}"#,
    r#"{"do":"camera","on":false}"#,
    r#"{"do":"set_stance","stance":"ask_me"}"#,
    r#"{"do":"open_prepared","phase":1,"tool":0}"#,
    r#"{"do":"help"}"#,
    r#"{"do":"object"}"#,
    r#"{"do":"leave"}"#,
    r#"{"do":"admit","seat":3}"#,
    r#"{"do":"admit_all"}"#,
    r#"{"do":"send_back","seat":3}"#,
    r#"{"do":"remove","seat":3}"#,
    r#"{"do":"mute","seat":3}"#,
    r#"{"do":"mute_all"}"#,
    r#"{"do":"begin"}"#,
    r#"{"do":"phase","index":2}"#,
    r#"{"do":"extend","minutes":5}"#,
    r#"{"do":"settle_drop","seat":3}"#,
    r#"{"do":"settle_help","seat":3}"#,
    r#"{"do":"dismiss_suggestion","seat":3}"#,
    r#"{"do":"end"}"#,
    r#"{"tool":"prompt","act":{"do":"show","text":"Where?"}}"#,
    r#"{"tool":"prompt","act":{"do":"clear"}}"#,
    r#"{"tool":"check_in","act":{"do":"open"}}"#,
    r#"{"tool":"check_in","act":{"do":"answer","mood":4,"word":"raw","concern":"","to_group":true}}"#,
    r#"{"tool":"check_in","act":{"do":"pass"}}"#,
    r#"{"tool":"check_in","act":{"do":"close"}}"#,
    r#"{"tool":"go_round","act":{"do":"open","prompt":"p","order":"random","seconds":60}}"#,
    r#"{"tool":"go_round","act":{"do":"done"}}"#,
    r#"{"tool":"go_round","act":{"do":"come_back_to_me"}}"#,
    r#"{"tool":"go_round","act":{"do":"join_in"}}"#,
    r#"{"tool":"go_round","act":{"do":"add_time","seconds":30}}"#,
    r#"{"tool":"go_round","act":{"do":"skip"}}"#,
    r#"{"tool":"go_round","act":{"do":"open_listening","prompt":"p","order":"seats","seconds":60}}"#,
    r#"{"tool":"go_round","act":{"do":"open_feedback","seat":3,"about":"so","seconds":60}}"#,
    r#"{"tool":"go_round","act":{"do":"heard","so":false}}"#,
    r#"{"tool":"go_round","act":{"do":"not_me"}}"#,
    r#"{"tool":"go_round","act":{"do":"thank"}}"#,
    r#"{"tool":"poll","act":{"do":"open","kind":"single","question":"q","options":["a","b"],"named":false,"live":false}}"#,
    r#"{"tool":"poll","act":{"do":"vote","id":0,"ballot":{"choice":1}}}"#,
    r#"{"tool":"poll","act":{"do":"vote","id":0,"ballot":{"choices":[0,1]}}}"#,
    r#"{"tool":"poll","act":{"do":"vote","id":0,"ballot":{"score":10}}}"#,
    r#"{"tool":"poll","act":{"do":"vote","id":0,"ballot":{"order":[1,0]}}}"#,
    r#"{"tool":"poll","act":{"do":"vote","id":0,"ballot":{"words":"so tired"}}}"#,
    r#"{"tool":"poll","act":{"do":"close"}}"#,
    r#"{"tool":"poll","act":{"do":"put_away"}}"#,
    r#"{"tool":"quiz","act":{"do":"open","questions":[{"question":"q","options":["a","b"],"right":1,"why":""}]}}"#,
    r#"{"tool":"quiz","act":{"do":"answer","id":0,"question":0,"option":1}}"#,
    r#"{"tool":"quiz","act":{"do":"close"}}"#,
    r#"{"tool":"quiz","act":{"do":"put_away"}}"#,
    r#"{"tool":"hands","act":{"do":"raise"}}"#,
    r#"{"tool":"hands","act":{"do":"lower"}}"#,
    r#"{"tool":"hands","act":{"do":"take","seat":3}}"#,
    r#"{"tool":"chat","act":{"do":"say","text":"hello","to":"facilitators"}}"#,
    r#"{"tool":"chat","act":{"do":"tell","text":"so","seats":[1,2]}}"#,
    r#"{"tool":"calm","act":{"do":"open","exercise":"senses","seat":null,"minutes":3}}"#,
    r#"{"tool":"calm","act":{"do":"close","seat":3}}"#,
    r#"{"tool":"calm","act":{"do":"enough"}}"#,
    r#"{"tool":"interpreting","act":{"do":"open","language":"Español"}}"#,
    r#"{"tool":"interpreting","act":{"do":"aloud","on":true}}"#,
    r#"{"tool":"interpreting","act":{"do":"close"}}"#,
    r#"{"tool":"interpreting","act":{"do":"listen","to":null}}"#,
    r#"{"tool":"interpreting","act":{"do":"captions","on":true}}"#,
    r#"{"tool":"interpreting","act":{"do":"type","text":"so","done":false}}"#,
    r#"{"tool":"invite","act":{"do":"ask","seat":3}}"#,
    r#"{"tool":"invite","act":{"do":"answer","yes":false}}"#,
    r#"{"tool":"markers","act":{"do":"mark","moment":"interpersonal_learning","note":""}}"#,
    r#"{"tool":"tables","act":{"do":"lay","how":"by_hand","prompts":["a",""]}}"#,
    r#"{"tool":"tables","act":{"do":"put","seat":3,"table":null}}"#,
    r#"{"tool":"tables","act":{"do":"take","table":1}}"#,
    r#"{"tool":"tables","act":{"do":"send","minutes":10}}"#,
    r#"{"tool":"tables","act":{"do":"visit","table":0}}"#,
    r#"{"tool":"tables","act":{"do":"note","text":"so"}}"#,
    r#"{"tool":"tables","act":{"do":"come_back"}}"#,
    r#"{"tool":"tables","act":{"do":"close","seconds":30}}"#,
    r#"{"tool":"tables","act":{"do":"aside","seat":3}}"#,
    r#"{"tool":"slides","act":{"do":"open","material":7,"title":"Waves","pages":3}}"#,
    r#"{"tool":"slides","act":{"do":"turn","page":2}}"#,
    r#"{"tool":"slides","act":{"do":"point","at":{"x":500,"y":10}}}"#,
    r#"{"tool":"slides","act":{"do":"close"}}"#,
    r#"{"tool":"reading","act":{"do":"open","item":"naming-a-feeling","title":"Naming a feeling"}}"#,
    r#"{"tool":"reading","act":{"do":"go","part":2}}"#,
    r#"{"tool":"reading","act":{"do":"close"}}"#,
    r#"{"tool":"video","act":{"do":"open","material":9,"title":"A film","captions":true}}"#,
    r#"{"tool":"video","act":{"do":"play","from":0}}"#,
    r#"{"tool":"video","act":{"do":"pause","at":1500}}"#,
    r#"{"tool":"video","act":{"do":"close"}}"#,
    r#"{"tool":"share","act":{"do":"start"}}"#,
    r#"{"tool":"share","act":{"do":"stop"}}"#,
    r#"{"tool":"share","act":{"do":"allow","on":true}}"#,
    r#"{"tool":"journal","act":{"do":"open","prompt":"p","minutes":5}}"#,
    r#"{"tool":"journal","act":{"do":"extend","minutes":2}}"#,
    r#"{"tool":"journal","act":{"do":"end_quiet"}}"#,
    r#"{"tool":"journal","act":{"do":"write","text":"so"}}"#,
    r#"{"tool":"journal","act":{"do":"share","with":"nothing"}}"#,
    r#"{"tool":"journal","act":{"do":"share","with":"therapist"}}"#,
    r#"{"tool":"journal","act":{"do":"share","with":"anonymous","line":"so"}}"#,
    r#"{"tool":"journal","act":{"do":"share","with":"named","line":"so"}}"#,
    r#"{"tool":"journal","act":{"do":"show"}}"#,
    r#"{"tool":"journal","act":{"do":"put_away"}}"#,
    r#"{"tool":"role_play","act":{"do":"pick","card":"dishes"}}"#,
    r#"{"tool":"role_play","act":{"do":"lay","title":"t","setting":"s","parts":[{"name":"n","wants":""}],"watch":"","stop":"Pause"}}"#,
    r#"{"tool":"role_play","act":{"do":"assign","part":0,"seat":3}}"#,
    r#"{"tool":"role_play","act":{"do":"take","part":null}}"#,
    r#"{"tool":"role_play","act":{"do":"play","minutes":5}}"#,
    r#"{"tool":"role_play","act":{"do":"stop"}}"#,
    r#"{"tool":"role_play","act":{"do":"go_on"}}"#,
    r#"{"tool":"role_play","act":{"do":"finish"}}"#,
    r#"{"tool":"role_play","act":{"do":"rate","level":4}}"#,
    r#"{"tool":"role_play","act":{"do":"tell","worked":"so","wish":""}}"#,
    r#"{"tool":"role_play","act":{"do":"again","swap":true}}"#,
    r##"{"tool":"board","act":{"do":"open","template":"feelings","who":{"may":"named","seats":[1]},"names":false}}"##,
    r##"{"tool":"board","act":{"do":"draw","board":0,"elements":[{"id":"a","kind":"text","version":1,"nonce":2,"index":"a0","gone":false,"x":0.5,"y":0.0,"w":10.0,"h":10.0,"angle":0.0,"stroke":"#1e1e1e","fill":"transparent","hatched":false,"width":2,"dash":"solid","rough":1,"round":false,"opacity":100,"seed":1,"locked":false,"groups":[],"points":[],"ends":null,"words":{"text":"so","size":20.0,"font":5,"align":"left","middle":false,"line":1.25,"auto":true,"inside":null}}]}}"##,
    r##"{"tool":"board","act":{"do":"draw","board":0,"elements":[{"id":"b","kind":"arrow","version":1,"nonce":2,"index":"a1","gone":false,"x":0.5,"y":0.0,"w":10.0,"h":10.0,"angle":0.0,"stroke":"#1e1e1e","fill":"transparent","hatched":false,"width":2,"dash":"dotted","rough":1,"round":true,"opacity":100,"seed":1,"locked":false,"groups":["g"],"points":[0.0,0.0,5.0,5.0],"ends":{"head":true,"tail":false,"from":null,"to":{"id":"a","focus":0.5,"gap":1.0}},"words":null}]}}"##,
    r#"{"tool":"board","act":{"do":"open_here","template":null}}"#,
    r#"{"tool":"board","act":{"do":"open_at_tables","template":"coping"}}"#,
    r#"{"tool":"board","act":{"do":"let","who":{"may":"everybody"}}}"#,
    r#"{"tool":"board","act":{"do":"names","on":true}}"#,
    r#"{"tool":"board","act":{"do":"clear"}}"#,
    r#"{"tool":"board","act":{"do":"lay_back"}}"#,
    r#"{"tool":"board","act":{"do":"close"}}"#,
    r#"{"tool":"closing","act":{"do":"write_takeaway","text":"so"}}"#,
    r#"{"tool":"closing","act":{"do":"remove_takeaway","id":1}}"#,
    r#"{"tool":"closing","act":{"do":"give_homework","seat":3,"text":"so","days":7}}"#,
    r#"{"tool":"closing","act":{"do":"take_back_homework","seat":3,"id":1}}"#,
    r#"{"tool":"closing","act":{"do":"answer","mood":4,"heard":null,"safe":null,"useful":null,"connected":null,"line":""}}"#,
];

/// Every command as a browser sends it. A bundle that was loaded before an update still speaks like this.
#[test]
fn every_command_is_read_as_it_was_always_sent() {
    for act in COMMANDS {
        let text = format!(r#"{{"is":"do","id":4,"command":{act}}}"#);
        let message: room::wire::ToRoom = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{act}: {error}"));
        let again: serde_json::Value = serde_json::to_value(&message).unwrap();
        assert_eq!(again, serde_json::from_str::<serde_json::Value>(&text).unwrap(), "and written the same");
    }
}

#[test]
fn numbers_that_do_not_fit_are_not_bent_until_they_do() {
    for act in [
        r#"{"do":"admit","seat":256}"#,
        r#"{"do":"admit","seat":-1}"#,
        r#"{"do":"admit","seat":1.5}"#,
        r#"{"do":"admit","seat":"1"}"#,
        r#"{"do":"admit"}"#,
        r#"{"do":"phase","index":300}"#,
        r#"{"do":"extend","minutes":70000}"#,
        r#"{"do":"mic","on":1}"#,
        r#"{"do":"set_stance","stance":"loud"}"#,
        r#"{"tool":"check_in","act":{"do":"answer","mood":-1,"word":"","concern":"","to_group":true}}"#,
        r#"{"tool":"chat","act":{"do":"say","text":"x","to":"everybody"}}"#,
        r#"{"tool":"chat"}"#,
        r#"{"tool":"dice","act":{"do":"throw"}}"#,
        "null",
    ] {
        let text = format!(r#"{{"is":"do","id":4,"command":{act}}}"#);
        assert!(serde_json::from_str::<room::wire::ToRoom>(&text).is_err(), "{act}");
    }
}

/// What the bundle compares with in words: a farewell or a refusal that is spelt otherwise is not understood there.
#[test]
fn farewells_and_refusals_keep_their_words() {
    use room::{Refusal, wire::Farewell};
    let farewells = [
        (Farewell::Left, "left"),
        (Farewell::Removed, "removed"),
        (Farewell::SentBack, "sent_back"),
        (Farewell::Replaced, "replaced"),
        (Farewell::Ended, "ended"),
        (Farewell::SignedOut, "signed_out"),
        (Farewell::ToDoor, "to_door"),
        (Farewell::TooFast, "too_fast"),
    ];
    for (farewell, word) in farewells {
        assert_eq!(serde_json::to_value(farewell).unwrap(), word);
    }
    let refusals = [
        (Refusal::NotYours, "not_yours"),
        (Refusal::NotInCircle, "not_in_circle"),
        (Refusal::NobodyThere, "nobody_there"),
        (Refusal::NotNow, "not_now"),
        (Refusal::Empty, "empty"),
        (Refusal::TooLong { most: 7 }, "too_long"),
        (Refusal::OutOfRange, "out_of_range"),
        (Refusal::TooMany, "too_many"),
        (Refusal::Unreadable, "unreadable"),
        (Refusal::Alone, "alone"),
        (Refusal::KeptApart, "kept_apart"),
        (Refusal::TooFewForTables, "too_few_for_tables"),
        (Refusal::TableFull, "table_full"),
        (Refusal::NotAgreed, "not_agreed"),
        (Refusal::PartTaken, "part_taken"),
        (Refusal::PartFree, "part_free"),
        (Refusal::Resting, "resting"),
        (Refusal::JustListening, "just_listening"),
        (Refusal::VotingOver, "voting_over"),
        (Refusal::BoardClosed, "board_closed"),
        (Refusal::BoardFull, "board_full"),
        (Refusal::NotDrawing, "not_drawing"),
        (Refusal::OthersDrawing, "others_drawing"),
        (Refusal::TwoWords, "two_words"),
        (Refusal::NotYourTurn, "not_your_turn"),
        (Refusal::TooFast, "too_fast"),
        (Refusal::Unknown, "unknown"),
        (Refusal::NotKept, "not_kept"),
    ];
    for (refusal, word) in refusals {
        assert_eq!(serde_json::to_value(&refusal).unwrap()["why"], word);
    }
}

/// A seat is the only name by which browsers know each other: no id of the database leaves in a view.
#[test]
fn a_view_holds_no_number_that_could_be_an_id() {
    fn largest(value: &serde_json::Value) -> u64 {
        match value {
            serde_json::Value::Number(number) => number.as_u64().unwrap_or(0),
            serde_json::Value::Array(all) => all.iter().map(largest).max().unwrap_or(0),
            serde_json::Value::Object(all) => all.values().map(largest).max().unwrap_or(0),
            _ => 0,
        }
    }
    let mut script = Script::with_members(3);
    script.everybody_in();
    let view = serde_json::to_value(script.view(seat(0))).unwrap();
    assert!(largest(&view) <= script.now().0 as u64 + 90 * 60_000, "times are the largest numbers in it");
}
