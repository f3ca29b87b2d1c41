//! A practice's own instruments: what fits becomes one, what does not is refused whole.

use care::measures::{
    Method, Wrong,
    import::{BYTES, read},
    score,
};
use proptest::prelude::*;
use serde_json::{Value, json};

const DAY: &str = "2026-11-26";

pub fn osd() -> Value {
    json!({
        "osd_version": "1.0",
        "definition": {
            "scale_info": {"name": "Our Evening Scale", "code": "EVE 3", "citation": "Ours, 2026", "license": "CC0"},
            "parameters": {"long": {"type": "boolean", "default": false}},
            "likert_options": {"points": 4, "min": 0, "max": 3, "labels": ["l1", "l2", "l3", "l4"], "question_head": "head"},
            "items": [
                {"id": "i", "type": "inst", "text_key": "intro"},
                {"id": "a", "type": "likert", "text_key": "a"},
                {"id": "b", "type": "likert", "text_key": "b"},
                {"id": "c", "type": "multi", "text_key": "c", "options": [{"value": 0, "text_key": "no"}, {"value": 2, "text_key": "yes"}]},
                {"id": "d", "type": "likert", "text_key": "d", "visible_when": {"parameter": "long", "operator": "equals", "value": "true"}}
            ],
            "scoring": {"sum": {"method": "sum_coded", "items": {"a": 1, "b": -1, "c": 1},
                "norms": {"thresholds": [{"min": 0, "max": 3, "label": "calm"}, {"min": 4, "max": 8, "label": "restless"}]}}}
        },
        "translations": {
            "en": {"intro": "About <b>today</b>.", "head": "How often", "a": "A", "b": "B", "c": "C", "d": "D",
                "l1": "never", "l2": "seldom", "l3": "often", "l4": "always", "no": "no", "yes": "yes"},
            "de": {"a": "A"}
        }
    })
}

pub fn fhir() -> Value {
    let option = |n: i64| {
        json!({"valueCoding": {"code": format!("LA{n}"), "display": format!("word {n}"),
        "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": n}]}})
    };
    let question = |name: &str| {
        json!({"linkId": name, "type": "choice", "text": name, "code": [{"system": "http://loinc.org", "code": "1-8"}],
        "answerOption": [option(0), option(1), option(2)]})
    };
    json!({
        "resourceType": "Questionnaire", "status": "active", "name": "Evening", "title": "Evening questions", "url": "https://example.org/evening",
        "version": "2.1", "copyright": "CC0",
        "item": [{"linkId": "g", "type": "group", "text": "Today", "item": [question("one"), question("two")]},
            {"linkId": "t", "type": "decimal", "readOnly": true, "text": "Total"}]
    })
}

fn with(mut value: Value, pointer: &str, new: Value) -> String {
    *value.pointer_mut(pointer).unwrap() = new;
    value.to_string()
}

#[test]
fn an_open_scale_becomes_an_instrument() {
    let draft = read(&osd().to_string(), DAY).unwrap();
    let one = &draft.instrument;
    assert_eq!((one.id.as_str(), one.short.as_str(), one.licence.as_str(), one.read_on.as_str()), ("own-eve-3", "EVE 3", "CC0", DAY));
    assert_eq!((one.items.len(), one.score.range), (3, [0, 8]), "the fourth question belongs to the long form");
    assert_eq!(one.text("en").1.intro, "About today.");
    assert_eq!(one.text.len(), 1, "what nobody here reads is left away");
    let came = score::score(one, &[Some(3), Some(0), Some(2)]);
    assert_eq!((came.total, came.band), (Some(8), Some(1)), "the second one is turned round");
    assert_eq!(draft.notices, ["instrument-no-rule"]);
}

#[test]
fn a_questionnaire_becomes_an_instrument() {
    let draft = read(&fhir().to_string(), DAY).unwrap();
    let one = &draft.instrument;
    assert_eq!((one.id.as_str(), one.version.as_str(), one.items[0].code.as_str()), ("own-evening", "2.1", "1-8"));
    assert_eq!((one.score.method, one.score.range, one.text("es").1.intro.as_str()), (Method::Sum, [0, 4], "Today"));
    let mut bare = fhir();
    bare["item"][0]["item"][0]["answerOption"][1]["valueCoding"].as_object_mut().unwrap().remove("extension");
    let draft = read(&bare.to_string(), DAY).unwrap();
    assert_eq!((draft.instrument.score.method, draft.notices[0]), (Method::None, "instrument-no-sum"), "numbers are not made up");
}

#[test]
fn a_scale_that_adds_up_another_way_is_kept_without_a_sum() {
    let mean = with(osd(), "/definition/scoring/sum/method", json!("mean_coded"));
    let draft = read(&mean, DAY).unwrap();
    assert_eq!((draft.instrument.score.method, draft.notices.len()), (Method::None, 2));
    assert!(draft.instrument.bands.is_empty());
}

#[test]
fn what_does_not_fit_is_refused_by_its_reason() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let huge = format!("{{\"resourceType\":\"{}\"}}", "x".repeat(BYTES));
    let many = vec![osd()["definition"]["items"][1].clone(); 61];
    for (text, wrong) in [
        (String::new(), Wrong::Unreadable),
        ("{".into(), Wrong::Unreadable),
        (deep, Wrong::Unreadable),
        (huge, Wrong::Unreadable),
        ("{}".into(), Wrong::Kind),
        ("[1]".into(), Wrong::Kind),
        ("{\"resourceType\":\"Patient\"}".into(), Wrong::Kind),
        (with(osd(), "/translations/en/a", json!("<script>alert(1)</script>")), Wrong::Text),
        (with(osd(), "/translations/en/a", json!("<img src=x onerror=y>")), Wrong::Text),
        (with(osd(), "/translations/en/a", json!("")), Wrong::Text),
        (with(osd(), "/translations/en/a", json!("x".repeat(2_000))), Wrong::Text),
        (with(osd(), "/translations/en/a", json!("\u{0}")), Wrong::Text),
        (with(osd(), "/definition/items/1/type", json!("vas")), Wrong::ItemKind),
        (with(osd(), "/definition/items", json!([])), Wrong::Items),
        (with(osd(), "/definition/items", json!(many)), Wrong::Items),
        (with(osd(), "/definition/items/4/visible_when", json!({"item": "a", "operator": "equals", "value": 1})), Wrong::ItemKind),
        (with(osd(), "/definition/likert_options/max", json!(9_999_999)), Wrong::Options),
        (with(osd(), "/definition/likert_options/min", json!(i64::MIN)), Wrong::Options),
        (with(osd(), "/definition/items/3/options/1/value", json!("often")), Wrong::Options),
        (with(osd(), "/definition/scoring/sum/norms/thresholds/1/max", json!(80)), Wrong::Range),
        (with(osd(), "/definition/scoring/sum/norms/thresholds/1/min", json!(3)), Wrong::Range),
        (with(osd(), "/definition/scoring/sum/norms/thresholds/0/max", json!(i64::MAX)), Wrong::Range),
        (with(osd(), "/definition/scale_info/license", json!("")), Wrong::Provenance),
        (with(osd(), "/definition/scale_info/code", json!("!!!")), Wrong::Name),
        (with(fhir(), "/item/0/item/0/type", json!("string")), Wrong::ItemKind),
        (with(fhir(), "/item/0/item/0/answerOption", json!([])), Wrong::Options),
        (with(fhir(), "/item/0/item/0/text", json!("<b onclick=x>")), Wrong::Text),
        (with(fhir(), "/copyright", json!("")), Wrong::Provenance),
        (with(fhir(), "/item", json!("no")), Wrong::Items),
    ] {
        assert_eq!(read(&text, DAY).map(|draft| draft.instrument.id), Err(wrong), "{}", &text[..text.len().min(200)]);
    }
}

/// A questionnaire may nest as deep as it likes: it is read or refused, and never hangs or falls.
#[test]
fn groups_in_groups_end_somewhere() {
    let mut item = json!({"linkId": "q", "type": "group", "item": []});
    for _ in 0..50 {
        item = json!({"linkId": "g", "type": "group", "item": [item]});
    }
    assert_eq!(read(&with(fhir(), "/item", json!([item])), DAY).map(drop), Err(Wrong::Items));
}

proptest! {
    /// Whatever stands in the place of whatever: no panic, and what passes can be scored.
    #[test]
    fn no_file_breaks_the_reader(pick in 0usize..400, odd in 0usize..8, which in any::<bool>()) {
        let mut value = if which { osd() } else { fhir() };
        let odd = [json!(null), json!(-1), json!(1e300), json!("x"), json!([]), json!({}), json!(i64::MAX), json!(true)][odd].clone();
        let mut places = Vec::new();
        pointers(&value, String::new(), &mut places);
        let place = &places[pick % places.len()];
        *value.pointer_mut(place).unwrap() = odd;
        if let Ok(draft) = read(&value.to_string(), DAY) {
            let answers: Vec<_> = (0..draft.instrument.items.len()).map(|item| draft.instrument.values(item).first().copied()).collect();
            let _ = score::score(&draft.instrument, &answers);
        }
    }
}

pub fn pointers(value: &Value, here: String, all: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().enumerate().for_each(|(index, item)| pointers(item, format!("{here}/{index}"), all)),
        Value::Object(fields) => {
            for (name, field) in fields {
                pointers(field, format!("{here}/{}", name.replace('~', "~0").replace('/', "~1")), all);
            }
        }
        _ => {}
    }
    if !here.is_empty() {
        all.push(here);
    }
}
