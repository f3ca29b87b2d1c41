//! What changed between two views, as an RFC 7396 merge patch.

use serde_json::{Map, Value};

/// The patch that turns `old` into `new`; `None` if there is nothing to do.
pub fn delta(old: &Value, new: &Value) -> Option<Value> {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => object_delta(old, new),
        _ if old == new => None,
        _ => Some(new.clone()),
    }
}

fn object_delta(old: &Map<String, Value>, new: &Map<String, Value>) -> Option<Value> {
    let mut patch = Map::new();
    for key in old.keys().filter(|key| !new.contains_key(*key)) {
        patch.insert(key.clone(), Value::Null);
    }
    for (key, value) in new {
        let change = match old.get(key) {
            Some(before) => delta(before, value),
            None => Some(value.clone()),
        };
        if let Some(change) = change {
            patch.insert(key.clone(), change);
        }
    }
    (!patch.is_empty()).then_some(Value::Object(patch))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    /// The other half, as RFC 7396 writes it down.
    fn apply(target: &mut Value, patch: &Value) {
        let Value::Object(patch) = patch else {
            *target = patch.clone();
            return;
        };
        if !target.is_object() {
            *target = json!({});
        }
        let Some(object) = target.as_object_mut() else { return };
        for (key, value) in patch {
            if value.is_null() {
                object.remove(key);
            } else {
                apply(object.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
    }

    /// A missing key and a null are the same to a browser.
    fn bare(value: &Value) -> Value {
        match value {
            Value::Object(object) => {
                object.iter().filter(|(_, v)| !v.is_null()).map(|(k, v)| (k.clone(), bare(v))).collect::<Map<_, _>>().into()
            }
            other => other.clone(),
        }
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (0..5i32).prop_map(Value::from),
            prop::collection::vec(0..3i32, 0..3).prop_map(Value::from)
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop::collection::btree_map("[abc]", inner, 0..4).prop_map(|map| map.into_iter().collect::<Map<_, _>>().into())
        })
    }

    proptest! {
        #[test]
        fn a_patched_view_is_the_new_view(old in any_json(), new in any_json()) {
            let mut patched = bare(&old);
            if let Some(patch) = delta(&old, &new) {
                apply(&mut patched, &patch);
            }
            prop_assert_eq!(bare(&patched), bare(&new));
        }
    }

    #[test]
    fn one_more_line_travels_as_one_line() {
        let old = json!({"chat": {"1": {"text": "a"}}, "title": "x"});
        let new = json!({"chat": {"1": {"text": "a"}, "2": {"text": "b"}}, "title": "x"});
        assert_eq!(delta(&old, &new), Some(json!({"chat": {"2": {"text": "b"}}})));
        assert_eq!(delta(&new, &new), None);
    }
}
