use room::wire::FromRoom;

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
