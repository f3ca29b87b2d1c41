//! What goes out as an open scale comes back as the same instrument, and answers are written as its tools pool them.

use care::measures::{
    Instrument, Method,
    export::{Run, carried, osd, pooled},
    import::{self, read},
    score::score,
    shipped,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::measures_import::{fhir, osd as open_scale, pointers};

const DAY: &str = "2026-11-26";

fn back(instrument: &Instrument) -> Instrument {
    let file = osd(instrument).to_string();
    read(&file, DAY).unwrap_or_else(|wrong| panic!("{}: {wrong}\n{file}", instrument.id)).instrument
}

#[test]
fn every_shipped_instrument_comes_back_with_all_that_the_format_holds() {
    for one in shipped().unwrap() {
        let again = back(&one);
        assert_eq!(again, carried(&one, DAY), "{}", one.id);
        // What it holds is enough to add up: the same answers, the same total and band.
        for place in 0..2 {
            let answers: Vec<_> = (0..one.items.len()).map(|item| one.values(item).get(place).copied()).collect();
            let (ours, theirs) = (score(&one, &answers), score(&again, &answers));
            assert_eq!((ours.total, ours.band), (theirs.total, theirs.band), "{} {place}", one.id);
        }
    }
}

#[test]
fn what_cannot_be_said_is_not_in_the_file() {
    let phq = shipped().unwrap().into_iter().find(|one| one.id == "phq-9").unwrap();
    let file = osd(&phq).to_string();
    for word in ["cutoff", "alarm", "loinc", "LA6569-3", "hearth", "IAPT"] {
        assert!(!file.contains(word), "{word}");
    }
    assert!(!file.contains("\"required\":false,\"text_key\":\"q1\""), "a tool that knows no rule for missing answers asks for all of them");
    assert_eq!(osd(&phq)["definition"]["items"].as_array().unwrap().iter().filter(|item| item["type"] == "likert").count(), 10);
    assert_eq!(osd(&phq)["definition"]["scoring"]["total"]["norms"]["thresholds"].as_array().unwrap().len(), 5);
}

#[test]
fn a_question_after_a_yes_and_a_sum_on_another_scale_are_read_as_they_were_written() {
    let all = shipped().unwrap();
    let of = |id: &str| all.iter().find(|one| one.id == id).unwrap();
    let asq = osd(of("asq"));
    assert_eq!(asq["definition"]["items"][4]["visible_when"]["any"].as_array().unwrap().len(), 4);
    let mhi = osd(of("mhi-5"));
    let steps = json!([{"op": "add", "value": -5}, {"op": "multiply", "value": 4}]);
    assert_eq!(mhi["definition"]["scoring"]["total"]["transform"], steps);
    for (steps, fits) in [
        (json!([{"op": "subtract", "value": 5}, {"op": "multiply", "value": 4}]), true),
        (json!([{"op": "multiply", "value": 4}, {"op": "add", "value": -20}]), false),
        (json!([{"op": "add", "value": -5}, {"op": "divide", "value": 4}]), false),
        (json!([{"op": "add", "value": "mean"}]), false),
        (json!([{"op": "multiply", "value": -4}]), false),
        (json!([{"op": "add", "value": i64::MAX}]), false),
        (json!("times four"), false),
    ] {
        let mut other = mhi.clone();
        other["definition"]["scoring"]["total"]["transform"] = steps.clone();
        let method = read(&other.to_string(), DAY).unwrap().instrument.score.method;
        assert_eq!(method == Method::Sum, fits, "{steps}");
    }
    // The same question hanging on another answer, or on more than was asked before, is one that cannot be asked here.
    for (pointer, value) in [("/any/0/value", json!(1)), ("/any/1/item", json!("q5")), ("/any/2/operator", json!("equals"))] {
        let mut other = asq.clone();
        *other["definition"]["items"][4]["visible_when"].pointer_mut(pointer).unwrap() = value;
        assert!(read(&other.to_string(), DAY).is_err(), "{pointer}");
    }
}

#[test]
fn a_band_may_be_named_by_its_key_and_have_a_source_of_its_own() {
    let mut file = open_scale();
    file["translations"]["en"]["calm"] = json!("very calm");
    let norms = &mut file["definition"]["scoring"]["sum"]["norms"];
    norms["thresholds"][0] = json!({"min": 0, "max": 3, "label_key": "calm"});
    norms["source"] = json!("Somebody, 2025");
    let one = read(&file.to_string(), DAY).unwrap().instrument;
    assert_eq!((one.bands[0].word("en"), one.bands_source.as_str()), ("very calm", "Somebody, 2025"));
    assert_eq!(back(&one), one);
}

#[test]
fn answers_are_written_as_the_runner_pools_them() {
    let one = read(&open_scale().to_string(), DAY).unwrap().instrument;
    let run = |answers: Vec<Option<i64>>| Run { at: 1_780_000_000, took: 41, total: score(&one, &answers).total, answers };
    let file = pooled(&one, 7, &[run(vec![Some(3), Some(0), Some(2)]), run(vec![Some(1), None, Some(0)]), run(vec![])]);
    let lines: Vec<_> = file.split("\r\n").collect();
    assert_eq!(
        lines,
        ["subnum,timestamp,time,q1,q2,q3,total", "7,1780000000,41,3,0,2,8", "7,1780000000,41,1,NA,0,NA", "7,1780000000,41,NA,NA,NA,NA", ""]
    );
    let mhi = shipped().unwrap().into_iter().find(|one| one.id == "mhi-5").unwrap();
    let answers: Vec<_> = [6, 6, 1, 6, 1].map(Some).into();
    let file = pooled(&mhi, 7, &[Run { at: 0, took: 0, total: score(&mhi, &answers).total, answers }]);
    assert_eq!(file, "subnum,timestamp,time,q1,q2,q3,q4,q5,total,total_t\r\n7,0,0,6,6,1,6,1,30,100\r\n");
    let asq = shipped().unwrap().into_iter().find(|one| one.id == "asq").unwrap();
    assert_eq!(pooled(&asq, 7, &[]), "subnum,timestamp,time,q1,q2,q3,q4,q5\r\n", "nothing to add up, no column of it");
}

#[test]
fn a_licence_comes_back_to_the_letter() {
    for licence in ["CC0", "CC BY 4.0.", "Free to use. ", "Everybody may use these questions, and copy them, without asking anybody. Ever."]
    {
        let mut file = open_scale();
        file["definition"]["scale_info"]["license"] = json!(licence);
        let one = read(&file.to_string(), DAY).unwrap().instrument;
        assert_eq!(one.licence, licence.trim());
        assert_eq!(back(&one), one);
    }
    let mut both = open_scale();
    both["definition"]["scale_info"]["license_explanation"] = json!("Ours.");
    assert_eq!(read(&both.to_string(), DAY).unwrap().instrument.licence, "CC0. Ours.");
}

/// Two or more words of letters that need care in JSON, in CSV and in markup that is not there.
fn says() -> impl Strategy<Value = String> {
    "[A-Za-zñ¿\"'&,.;:/ ]{0,20}[a-zé?]".prop_map(|text| text.trim().to_owned())
}

/// An open scale with everything that is read, whatever its size.
fn scale() -> impl Strategy<Value = Value> {
    let options = prop_oneof![
        (-3i64..4, 2usize..8).prop_map(|(low, many)| (low..low + many as i64).collect::<Vec<_>>()),
        Just(vec![1, 0]),
        Just(vec![0, 2, 5])
    ];
    let question = (options, says(), any::<bool>(), -1i64..2);
    (prop::collection::vec(question, 1..12), says(), says(), any::<bool>(), any::<bool>(), "[a-z0-9 _-]{0,70}[a-z]").prop_map(
        |(questions, intro, name, sums, spanish, code)| {
            let (mut items, mut codes, mut english) = (vec![], json!({}), json!({"intro": intro, "head": name}));
            items.push(json!({"id": "i", "type": "inst", "text_key": "intro"}));
            for (index, (values, words, passes, way)) in questions.iter().enumerate() {
                let id = format!("item {index}");
                english[&id] = json!(words);
                let options: Vec<_> = values.iter().map(|value| json!({"value": value, "text_key": format!("w{value}")})).collect();
                for value in values {
                    english[format!("w{value}")] = json!(format!("{words} {value}"));
                }
                items.push(json!({"id": id, "type": "multi", "text_key": id, "options": options, "required": !passes}));
                codes[&id] = json!(way);
            }
            codes["item 0"] = json!(1);
            let mut translations = json!({"en": english});
            if spanish {
                translations["es"] = english;
            }
            let info = json!({"name": name, "code": code, "citation": intro, "license": "CC0", "version": "2"});
            let mut definition = json!({"scale_info": info, "items": items, "likert_options": {"question_head": "head"}});
            if sums {
                definition["scoring"] = json!({"all": {"method": "sum_coded", "items": codes}});
            }
            json!({"definition": definition, "translations": translations})
        },
    )
}

proptest! {
    #[test]
    fn what_was_taken_in_goes_out_and_comes_back_equal(file in scale()) {
        let one = read(&file.to_string(), DAY).map_err(|wrong| TestCaseError::fail(format!("{wrong}: {file}")))?.instrument;
        prop_assert_eq!(&back(&one), &one);
    }

    /// Whatever stands in the place of whatever: what is taken in at all comes back, from either format.
    #[test]
    fn even_an_odd_file_comes_back(pick in 0usize..400, odd in 0usize..9, which in any::<bool>()) {
        let mut value = if which { open_scale() } else { fhir() };
        let odd = [json!(null), json!(-1), json!(1e300), json!("x. "), json!([]), json!({}), json!(2), json!(true), json!("a\n b")][odd].clone();
        let mut places = Vec::new();
        pointers(&value, String::new(), &mut places);
        let place = &places[pick % places.len()];
        *value.pointer_mut(place).unwrap() = odd;
        if let Ok(draft) = import::read(&value.to_string(), DAY) {
            let again = back(&draft.instrument);
            if which {
                prop_assert_eq!(&again, &draft.instrument);
            }
            prop_assert_eq!(again, carried(&draft.instrument, DAY));
        }
    }
}
