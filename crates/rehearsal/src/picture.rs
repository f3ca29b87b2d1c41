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
}
