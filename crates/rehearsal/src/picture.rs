//! The view as a client keeps it: the whole once, then merge patches (RFC 7396).

use room::{View, wire::FromRoom};
use serde_json::Value;

#[derive(Debug, Default)]
pub struct Picture {
    value: Value,
    pub seq: Option<u32>,
    pub seats: u8,
}

impl Picture {
    /// Takes a message in; true when the view changed.
    pub fn take(&mut self, message: &FromRoom) -> bool {
        match message {
            FromRoom::View { seq, seats, view, .. } => {
                self.value = serde_json::to_value(view).unwrap_or_default();
                (self.seq, self.seats) = (Some(*seq), *seats);
                true
            }
            FromRoom::Patch { seq, patch, .. } => {
                merge(&mut self.value, patch);
                self.seq = Some(*seq);
                true
            }
            _ => false,
        }
    }

    /// The view, or `None` before the first one.
    pub fn view(&self) -> Option<View> {
        serde_json::from_value(self.value.clone()).ok()
    }
}

fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(serde_json::Map::new());
    }
    let Some(fields) = target.as_object_mut() else { return };
    for (name, value) in patch {
        if value.is_null() {
            fields.remove(name);
        } else {
            merge(fields.entry(name).or_insert(Value::Null), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn patches_merge() {
        let mut value = json!({"a": {"b": 1, "c": [1, 2]}, "d": 4});
        merge(&mut value, &json!({"a": {"b": null, "c": [3]}, "e": {"f": {"g": 1, "h": null}}}));
        assert_eq!(value, json!({"a": {"c": [3]}, "d": 4, "e": {"f": {"g": 1}}}));
    }

    fn opening() -> room::Opening {
        let person = |number: u8, part| room::Expected { seat: room::Seat(number), name: format!("name-{number}"), part };
        room::Opening {
            expected: vec![person(0, room::Part::Facilitator), person(1, room::Part::Member)],
            minutes: 90,
            ..Default::default()
        }
    }

    fn leader_s_view() -> View {
        let mut room = room::Room::new(opening());
        let guest = room::Guest {
            seat: room::Seat(0),
            name: "name-0".into(),
            part: room::Part::Facilitator,
            stance: room::Stance::Open,
            card: room::Card::default(),
            beside: String::new(),
        };
        room.handle(&room::Input::Arrived(guest), room::At(0), 0).unwrap();
        room.view_for(room::Seat(0), room::At(0)).unwrap()
    }

    #[test]
    fn a_view_and_its_patches_are_the_picture() {
        let mut picture = Picture::default();
        assert!(picture.view().is_none() && picture.seq.is_none());
        let view = leader_s_view();
        assert!(picture.take(&FromRoom::View { seq: 7, now: room::At(0), seats: 4, view: Box::new(view.clone()) }));
        assert_eq!((picture.view(), picture.seq, picture.seats), (Some(view), Some(7), 4));
        let patch = json!({"title": "Other", "chairs": {"1": {"presence": "here"}, "0": null}});
        assert!(picture.take(&FromRoom::Patch { seq: 8, now: room::At(1), patch }));
        let view = picture.view().unwrap();
        assert_eq!((view.title.as_str(), view.chairs.len(), view.chairs[&1].presence), ("Other", 1, room::Presence::Here));
        assert_eq!(picture.seq, Some(8));
    }

    #[test]
    fn other_messages_change_nothing() {
        let mut picture = Picture::default();
        for message in [
            FromRoom::Done { id: 1 },
            FromRoom::NoMedia,
            FromRoom::Speech { speaking: vec![] },
            FromRoom::Pong { nonce: 1, now: room::At(0) },
            FromRoom::Bye { farewell: room::wire::Farewell::Ended },
        ] {
            assert!(!picture.take(&message), "{message:?}");
        }
        assert!(picture.view().is_none());
    }

    /// The examples of RFC 7396, appendix A, that are not in the test above.
    #[test]
    fn merging_is_what_the_standard_says() {
        for (target, patch, result) in [
            (json!({"a": "b"}), json!({"a": null}), json!({})),
            (json!({"a": ["b"]}), json!({"a": "c"}), json!({"a": "c"})),
            (json!({"a": "c"}), json!({"a": ["b"]}), json!({"a": ["b"]})),
            (json!(["a", "b"]), json!(["c", "d"]), json!(["c", "d"])),
            (json!({"a": "b"}), json!(["c"]), json!(["c"])),
            (json!({"a": "foo"}), json!(null), json!(null)),
            (json!({"e": null}), json!({"a": 1}), json!({"e": null, "a": 1})),
            (json!([1, 2]), json!({"a": "b", "c": null}), json!({"a": "b"})),
            (json!({}), json!({"a": {"bb": {"ccc": null}}}), json!({"a": {"bb": {}}})),
        ] {
            let mut merged = target.clone();
            merge(&mut merged, &patch);
            assert_eq!(merged, result, "{target} with {patch}");
        }
    }
}
