//! The resources, shaped as R4 says. LOINC where a code is known; else a code system of our own, so that nobody takes ours for theirs.

use care::{
    goals::{Attainment, State as Stands, attainment::LEVELS},
    measures::{Higher, Instrument, Method, import::LOINC_NOTICE, score},
};
use ground::Moment;
use serde_json::{Map, Value, json};

use crate::{goals::Kept, measures::Filled};

const LOINC: &str = "http://loinc.org";
const ORDINAL: &str = "http://hl7.org/fhir/StructureDefinition/ordinalValue";

/// One questionnaire that was sent.
pub struct Answered {
    pub id: i64,
    /// Its place among the instruments.
    pub instrument: usize,
    pub at: Moment,
    pub kept: Filled,
}

fn own_system(instrument: &Instrument) -> String {
    format!("urn:hearth:instrument:{}:{}", instrument.id, instrument.version)
}

/// What R4 takes as an id: letters, digits, hyphens and dots, 64 at most.
fn id_of(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).take(64).collect()
}

/// Taken in from a file, and so under no name of ours.
fn is_own(instrument: &Instrument) -> bool {
    instrument.id.starts_with("own-")
}

/// Where the questionnaire is known. One that was taken in under an address of its own keeps it: it is the same questionnaire.
fn canonical(url: &str, instrument: &Instrument) -> String {
    let source = &instrument.source;
    let address = ["https://", "http://"].iter().any(|start| source.starts_with(start)) && !source.contains([' ', '|', '\n']);
    if is_own(instrument) && address {
        return source.clone();
    }
    format!("{url}/fhir/Questionnaire/{}", id_of(&format!("{}-{}", instrument.id, instrument.version)))
}

fn subject(person: i64) -> Value {
    json!({"reference": format!("Patient/{person}")})
}

fn when(at: Moment) -> String {
    at.timestamp().to_string()
}

/// A code with its system: LOINC's if there is one, else ours.
fn coding(instrument: &Instrument, loinc: &str, own: &str, display: &str) -> Value {
    let (system, code) = if loinc.is_empty() { (own_system(instrument), own) } else { (LOINC.to_owned(), loinc) };
    json!({"system": system, "code": code, "display": display})
}

pub fn patient(person: i64, name: &str) -> Value {
    json!({"resourceType": "Patient", "id": person.to_string(), "name": [{"text": name}]})
}

/// As R4 likes a name that programs use: "own-evening-3" was taken in as Evening_3.
fn name(instrument: &Instrument) -> String {
    let name = instrument.id.strip_prefix("own-").unwrap_or(&instrument.id).replace('-', "_");
    let mut rest = name.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}

fn has_loinc(instrument: &Instrument) -> bool {
    let coded = instrument.items.iter().any(|item| !item.code.is_empty());
    coded || !instrument.loinc.panel.is_empty() || !instrument.loinc.total.is_empty()
}

/// One answer of one question, as a code.
fn option(instrument: &Instrument, item: usize, place: usize) -> Value {
    let (_, text) = instrument.text("en");
    let set = instrument.items[item].set;
    let value = instrument.values(item)[place];
    let display = text.options.get(set).and_then(|words| words.get(place)).map_or("", String::as_str);
    let loinc = instrument.sets.get(set).and_then(|set| set.codes.get(place)).map_or("", String::as_str);
    // Answers of two sets may stand for the same number in other words.
    let mut coding = coding(instrument, loinc, &format!("answer-{}-{value}", set + 1), display);
    // Where a file gave its answers no numbers, those that stand here are only their order.
    if instrument.score.method == Method::Sum || !is_own(instrument) {
        coding["extension"] = json!([{"url": ORDINAL, "valueDecimal": value}]);
    }
    coding
}

/// R4 compares no answers by size: each one above the lowest is named.
fn above_lowest(instrument: &Instrument, number: usize) -> Vec<Value> {
    let values = instrument.values(number - 1);
    let least = values.iter().min().copied().unwrap_or(0);
    let answer = |place| json!({"question": number.to_string(), "operator": "=", "answerCoding": option(instrument, number - 1, place)});
    (0..values.len()).filter(|place| values[*place] > least).map(answer).collect()
}

pub fn questionnaire(url: &str, instrument: &Instrument) -> Value {
    let (language, text) = instrument.text("en");
    let item = |(index, words): (usize, &String)| {
        let about = &instrument.items[index];
        let options: Vec<_> =
            (0..instrument.values(index).len()).map(|place| json!({"valueCoding": option(instrument, index, place)})).collect();
        let mut item = json!({
            "linkId": (index + 1).to_string(),
            "code": [coding(instrument, &about.code, &format!("item-{}", index + 1), words)],
            "text": words,
            "type": "choice",
            "required": !instrument.may_pass(index),
            "answerOption": options,
        });
        if !about.after.is_empty() {
            item["enableWhen"] = about.after.iter().flat_map(|number| above_lowest(instrument, *number)).collect();
            item["enableBehavior"] = json!("any");
        }
        item
    };
    let intro = (!text.intro.is_empty()).then(|| json!({"linkId": "intro", "text": text.intro, "type": "display"}));
    let items: Vec<_> = intro.into_iter().chain(text.items.iter().take(instrument.items.len()).enumerate().map(item)).collect();
    let told = instrument.licence.contains("Regenstrief");
    let notice = if has_loinc(instrument) && !told { LOINC_NOTICE } else { "" };
    let copyright = [instrument.licence.as_str(), instrument.credit.as_str(), notice];
    let copyright = copyright.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let mut whole = json!({
        "resourceType": "Questionnaire",
        "id": id_of(&format!("{}-{}", instrument.id, instrument.version)),
        "language": language,
        "url": canonical(url, instrument),
        "version": instrument.version,
        "name": name(instrument),
        "title": instrument.title,
        "status": "active",
        "subjectType": ["Patient"],
        "code": [coding(instrument, &instrument.loinc.panel, "panel", &instrument.title)],
        "item": items,
    });
    // R4 has no empty texts: what is not there is left out.
    for (name, words) in [("description", &text.stem), ("copyright", &copyright)] {
        if !words.is_empty() {
            whole[name] = json!(words);
        }
    }
    whole
}

pub fn response(url: &str, person: i64, instrument: &Instrument, one: &Answered) -> Value {
    let (_, text) = instrument.text("en");
    let item = |(index, words): (usize, &String)| {
        let mut item = json!({"linkId": (index + 1).to_string(), "text": words});
        let answer = one.kept.answers.get(index).copied().flatten();
        let place = answer.and_then(|answer| instrument.values(index).iter().position(|value| *value == answer));
        // A question that was passed stands there without an answer.
        if let Some(place) = place {
            item["answer"] = json!([{"valueCoding": option(instrument, index, place)}]);
        }
        item
    };
    json!({
        "resourceType": "QuestionnaireResponse",
        "id": one.id.to_string(),
        "questionnaire": format!("{}|{}", canonical(url, instrument), instrument.version),
        "status": "completed",
        "subject": subject(person),
        "authored": when(one.at),
        "source": subject(person),
        "item": text.items.iter().take(instrument.items.len()).enumerate().map(item).collect::<Vec<_>>(),
    })
}

/// The total as it was told on its day; none where nothing could be added up.
pub fn observation(person: i64, instrument: &Instrument, one: &Answered) -> Option<Value> {
    let told = one.kept.score?;
    let total = told.total?;
    let mut whole = json!({
        "resourceType": "Observation",
        "id": format!("{}-total", one.id),
        "status": "final",
        "category": [{"coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "survey", "display": "Survey"
        }]}],
        "code": {
            "coding": [coding(instrument, &instrument.loinc.total, "total", &format!("{} total score", instrument.short))],
            "text": format!("{} total score", instrument.short),
        },
        "subject": subject(person),
        "effectiveDateTime": when(one.at),
        "valueInteger": total,
        "referenceRange": [{
            "low": {"value": instrument.score.range[0]}, "high": {"value": instrument.score.range[1]},
            "text": match instrument.score.higher { Higher::Worse => "higher is worse", Higher::Better => "higher is better" },
        }],
        "derivedFrom": [{"reference": format!("QuestionnaireResponse/{}", one.id)}],
    });
    if let Some(band) = score::band(instrument, &told) {
        whole["interpretation"] = json!([{"text": band.word("en")}]);
    }
    Some(whole)
}

fn stands(state: Stands) -> (&'static str, &'static str) {
    match state {
        Stands::Draft => ("proposed", "in-progress"),
        Stands::Going => ("active", "in-progress"),
        Stands::Reached => ("completed", "achieved"),
        Stands::PutDown => ("on-hold", "not-achieved"),
    }
}

pub fn goal(person: i64, kept: &Kept) -> Value {
    let (lifecycle, achievement) = stands(kept.state);
    let words = if kept.goal.words.is_empty() { "(not written yet)" } else { &kept.goal.words };
    let mut whole = json!({
        "resourceType": "Goal",
        "id": kept.id.to_string(),
        "lifecycleStatus": lifecycle,
        "achievementStatus": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/goal-achievement", "code": achievement}]},
        "description": {"text": words},
        "subject": subject(person),
    });
    let Some(fields) = whole.as_object_mut() else { return whole };
    if let Some(begun) = kept.begun_at {
        fields.insert("startDate".into(), json!(begun.in_zone("UTC").date().to_string()));
    }
    if let Some(ended) = kept.ended_at {
        fields.insert("statusDate".into(), json!(ended.in_zone("UTC").date().to_string()));
    }
    let mut notes = Vec::new();
    if !kept.goal.why.is_empty() {
        notes.push(json!({"text": kept.goal.why}));
    }
    if let Some(attainment) = &kept.goal.attainment {
        notes.extend(level_notes(attainment));
        if let Some(level) = attainment.latest() {
            fields.insert("outcomeCode".into(), json!([level_reached(attainment, level)]));
        }
    }
    if !notes.is_empty() {
        fields.insert("note".into(), Value::Array(notes));
    }
    let targets = targets(kept);
    if !targets.is_empty() {
        fields.insert("target".into(), Value::Array(targets));
    }
    whole
}

/// R4 has no place for a goal attainment scale (Kiresuk & Sherman 1968). Without an extension that nobody else would read, it stands where any reader
/// shows it: each of the five levels and each rating is a note, the last rating is the `outcomeCode`, and the `target` is level 0.
const ATTAINMENT: &str = "urn:hearth:goal-attainment";

fn level_word(level: i8) -> &'static str {
    match level {
        -2 => "much less than expected",
        -1 => "less than expected",
        0 => "as expected",
        1 => "more than expected",
        _ => "much more than expected",
    }
}

/// "+1 (more than expected)"
fn level_said(level: i8) -> String {
    if level > 0 { format!("+{level} ({})", level_word(level)) } else { format!("{level} ({})", level_word(level)) }
}

fn level_notes(attainment: &Attainment) -> Vec<Value> {
    let described = |level: &i8| !attainment.words_of(*level).is_empty();
    let mut all: Vec<Value> = LEVELS
        .filter(described)
        .map(|level| json!({"text": format!("Goal attainment scale, level {}: {}", level_said(level), attainment.words_of(level))}))
        .collect();
    all.push(json!({"text": format!("Goal attainment scale, weight {}", attainment.weight.max(1))}));
    let rated = attainment.rated.iter();
    all.extend(
        rated.map(|(day, level)| json!({"time": day.to_string(), "text": format!("Goal attainment scale, rated {}", level_said(*level))})),
    );
    all
}

fn level_reached(attainment: &Attainment, level: i8) -> Value {
    let words = attainment.words_of(level);
    let text = if words.is_empty() { level_word(level) } else { words };
    json!({"coding": [{"system": ATTAINMENT, "code": level.to_string(), "display": level_word(level)}], "text": text})
}

/// What is looked at, each with what is aimed for, and the day of the goal.
fn targets(kept: &Kept) -> Vec<Value> {
    let due = kept.goal.until.map(|day| json!(day.to_string()));
    let target = |looked: &care::goals::Looked| {
        let mut target = Map::new();
        target.insert("measure".into(), json!({"text": looked.words}));
        if let Some(aim) = looked.measure.aim() {
            target.insert("detailString".into(), json!(looked.measure.write(aim)));
        }
        target.extend(due.clone().map(|due| ("dueDate".to_owned(), due)));
        Value::Object(target)
    };
    let mut all: Vec<_> = kept.goal.looked.iter().map(target).collect();
    if kept.goal.attainment.is_some() {
        // Of the five levels the middle one is what was agreed on; the other four are no targets, and stand in the notes.
        let measure = json!({"coding": [{"system": ATTAINMENT, "code": "scale", "display": "Goal attainment scale"}], "text": "Goal attainment scale"});
        let mut target = Map::from_iter([("measure".to_owned(), measure), ("detailInteger".to_owned(), json!(0))]);
        target.extend(due.clone().map(|due| ("dueDate".to_owned(), due)));
        all.push(Value::Object(target));
    }
    if all.is_empty() {
        all.extend(due.clone().map(|due| json!({"dueDate": due})));
    }
    all
}

#[cfg(test)]
mod tests {
    use care::measures::score::score;

    use super::*;
    use crate::goals::sample_kept;

    const URL: &str = "https://hearth.example";

    fn instrument(id: &str) -> Instrument {
        care::measures::shipped().unwrap().into_iter().find(|one| one.id == id).unwrap()
    }

    fn answered(instrument: &Instrument, answers: Vec<Option<i64>>) -> Answered {
        let score = Some(score(instrument, &answers));
        Answered { id: 55, instrument: 0, at: Moment(1_780_000_000_000_000), kept: Filled { answers, passed: vec![], score } }
    }

    /// Written by hand after the R4 pages and the US Core example of a PHQ-9.
    #[test]
    fn a_response_is_the_example_written_by_hand() {
        let phq = instrument("phq-9");
        let mut answers = vec![Some(1); 9];
        answers.push(None);
        let told = response(URL, 7, &phq, &answered(&phq, answers));
        let first = json!({
            "linkId": "1",
            "text": "Little interest or pleasure in doing things",
            "answer": [{"valueCoding": {
                "system": "http://loinc.org", "code": "LA6569-3", "display": "Several days",
                "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 1}]
            }}]
        });
        assert_eq!(told["item"][0], first);
        assert_eq!(told["item"].as_array().unwrap().len(), 10);
        assert_eq!(told["item"][9].get("answer"), None, "passed is there without an answer");
        let rest = json!({
            "resourceType": "QuestionnaireResponse",
            "id": "55",
            "questionnaire": "https://hearth.example/fhir/Questionnaire/phq-9-1|1",
            "status": "completed",
            "subject": {"reference": "Patient/7"},
            "source": {"reference": "Patient/7"},
            "authored": "2026-05-28T20:26:40Z"
        });
        for (name, value) in rest.as_object().unwrap() {
            assert_eq!(&told[name], value, "{name}");
        }
    }

    #[test]
    fn a_total_is_the_observation_written_by_hand() {
        let phq = instrument("phq-9");
        let mut answers = vec![Some(1); 9];
        answers.push(Some(0));
        let told = observation(7, &phq, &answered(&phq, answers)).unwrap();
        let whole = json!({
            "resourceType": "Observation",
            "id": "55-total",
            "status": "final",
            "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "survey", "display": "Survey"}]}],
            "code": {"coding": [{"system": "http://loinc.org", "code": "44261-6", "display": "PHQ-9 total score"}], "text": "PHQ-9 total score"},
            "subject": {"reference": "Patient/7"},
            "effectiveDateTime": "2026-05-28T20:26:40Z",
            "valueInteger": 9,
            "referenceRange": [{"low": {"value": 0}, "high": {"value": 27}, "text": "higher is worse"}],
            "derivedFrom": [{"reference": "QuestionnaireResponse/55"}],
            "interpretation": [{"text": told["interpretation"][0]["text"]}]
        });
        assert_eq!(told, whole);
        assert_eq!(told["interpretation"][0]["text"].as_str().unwrap().to_lowercase(), "mild");
        let open = observation(7, &phq, &answered(&phq, vec![None; 10]));
        assert_eq!(open, None, "nothing to add up is no score of zero");
    }

    #[test]
    fn codes_are_loincs_or_plainly_ours() {
        for one in care::measures::shipped().unwrap() {
            let told = questionnaire(URL, &one);
            let ours = format!("urn:hearth:instrument:{}:{}", one.id, one.version);
            let items: Vec<_> = told["item"].as_array().unwrap().iter().filter(|item| item["type"] == "choice").collect();
            assert_eq!(items.len(), one.items.len());
            for (item, about) in items.iter().zip(&one.items) {
                let system = item["code"][0]["system"].as_str().unwrap();
                assert_eq!(system, if about.code.is_empty() { &ours } else { LOINC }, "{}", one.id);
                let codes: std::collections::BTreeSet<_> =
                    item["answerOption"].as_array().unwrap().iter().map(|option| option["valueCoding"]["code"].as_str().unwrap()).collect();
                assert_eq!(codes.len(), one.sets[about.set].values.len(), "{}: each answer has a code of its own", one.id);
            }
            let copyright = told["copyright"].as_str().unwrap();
            assert!(copyright.starts_with(&one.licence));
            assert_eq!(copyright.contains("Regenstrief"), has_loinc(&one), "{}: the notice goes with the codes", one.id);
        }
    }

    /// R4 takes no empty text and no empty list anywhere.
    #[test]
    fn nothing_in_it_is_empty() {
        fn full(value: &Value) -> bool {
            match value {
                Value::String(text) => !text.is_empty(),
                Value::Array(all) => !all.is_empty() && all.iter().all(full),
                Value::Object(all) => !all.is_empty() && all.values().all(full),
                Value::Null => false,
                _ => true,
            }
        }
        for one in care::measures::shipped().unwrap() {
            let answers: Vec<_> = (0..one.items.len()).map(|item| one.values(item).first().copied()).collect();
            let answered = answered(&one, answers);
            assert!(full(&response(URL, 7, &one, &answered)), "{}", one.id);
            assert!(observation(7, &one, &answered).is_none_or(|told| full(&told)), "{}", one.id);
            let told = questionnaire(URL, &one);
            for (name, value) in told.as_object().unwrap() {
                assert!(full(value), "{} {name}: {value}", one.id);
            }
        }
        for state in Stands::ALL {
            let mut kept = sample_kept();
            kept.state = state;
            assert!(full(&goal(7, &kept)), "{state:?}");
            kept.goal = care::goals::Goal::default();
            assert!(full(&goal(7, &kept)), "{state:?} with nothing written");
        }
    }

    #[test]
    fn a_goal_has_its_state_its_targets_and_its_day() {
        let mut kept = sample_kept();
        (kept.id, kept.goal.words, kept.goal.why) = (5, "Lights out by 9:30".into(), "Sleep".into());
        kept.goal.until = Some(jiff::civil::date(2026, 12, 24));
        for (state, lifecycle, achievement) in [
            (Stands::Draft, "proposed", "in-progress"),
            (Stands::Going, "active", "in-progress"),
            (Stands::Reached, "completed", "achieved"),
            (Stands::PutDown, "on-hold", "not-achieved"),
        ] {
            kept.state = state;
            let told = goal(7, &kept);
            assert_eq!(
                (told["lifecycleStatus"].as_str(), told["achievementStatus"]["coding"][0]["code"].as_str()),
                (Some(lifecycle), Some(achievement))
            );
        }
        let told = goal(7, &kept);
        assert_eq!((told["description"]["text"].as_str(), told["note"][0]["text"].as_str()), (Some("Lights out by 9:30"), Some("Sleep")));
        let targets = told["target"].as_array().unwrap();
        assert_eq!(targets.len(), kept.goal.looked.len());
        assert!(targets.iter().all(|target| target["dueDate"] == "2026-12-24" && target["measure"]["text"].is_string()));
        kept.goal.looked.clear();
        assert_eq!(goal(7, &kept)["target"], json!([{"dueDate": "2026-12-24"}]));
    }

    /// A questionnaire as another program may send it: what of it is odd is odd in a way that was seen in published ones.
    fn taken_in(change: fn(&mut Value)) -> Instrument {
        let option = |n: i64| json!({"valueCoding": {"code": format!("LA{n}"), "display": format!("word {n}"), "extension": [{"url": ORDINAL, "valueDecimal": n}]}});
        let question = |name: &str, code: &str| {
            let options: Vec<_> = (0..3).map(option).collect();
            json!({"linkId": name, "type": "choice", "text": format!("How {name}?"), "required": name == "one",
                "code": [{"system": LOINC, "code": code}], "answerOption": options})
        };
        let mut file = json!({
            "resourceType": "Questionnaire", "status": "active", "name": "Our_Evening_3", "title": "Evening questions", "version": "2.1",
            "url": "https://clinic.example/fhir/Questionnaire/eve", "copyright": "CC0.", "code": [{"system": LOINC, "code": "9-9"}],
            "item": [{"linkId": "a", "type": "display", "text": "About today."},
                {"linkId": "g", "type": "group", "text": "And yesterday.", "item": [question("one", "1-8"), question("two", "")]}]
        });
        change(&mut file);
        care::measures::import::read(&file.to_string(), "2026-11-26").unwrap().instrument
    }

    #[test]
    fn what_was_taken_in_goes_out_and_comes_back_equal() {
        let changes: [fn(&mut Value); 8] = [
            |_| {},
            |file| file["language"] = json!("es-MX"),
            |file| file["item"] = file["item"][1]["item"].clone(),
            |file| file["copyright"] = json!(format!("CC0. {LOINC_NOTICE}")),
            |file| file["copyright"] = json!("Copyright Regenstrief Institute, free under its licence."),
            |file| file["title"] = json!("Forty letters to the very last of them and a few more, with a gap at the cut"),
            |file| file["item"][1]["item"][1]["answerOption"][0] = json!({"valueCoding": {"display": "no number"}}),
            |file| {
                for item in [0, 1] {
                    file["item"][1]["item"][item]["answerOption"] = json!([{"valueInteger": 2}, {"valueInteger": 7}]);
                }
            },
        ];
        for (number, change) in changes.into_iter().enumerate() {
            let one = taken_in(change);
            let told = questionnaire(URL, &one);
            let again = care::measures::import::read(&told.to_string(), "2026-11-26").unwrap().instrument;
            assert_eq!(again, one, "{number}");
            assert_eq!(told["url"], "https://clinic.example/fhir/Questionnaire/eve", "the same questionnaire under its own address");
            assert_eq!(told["name"], "Our_evening_3");
            let counts = one.score.method == Method::Sum;
            assert_eq!(told.to_string().contains("valueDecimal"), counts, "numbers that no file gave are not made up");
        }
    }

    #[test]
    fn what_has_no_address_of_its_own_has_ours() {
        let mut one = taken_in(|_| {});
        for source in ["Ours, 2026", "https://a.example/x y", "urn:oid:1.2", ""] {
            one.source = source.into();
            assert_eq!(questionnaire(URL, &one)["url"], "https://hearth.example/fhir/Questionnaire/own-our-evening-3-2.1", "{source}");
        }
        let shipped = instrument("phq-9");
        assert_eq!(questionnaire(URL, &shipped)["url"], "https://hearth.example/fhir/Questionnaire/phq-9-1");
        assert_eq!(questionnaire(URL, &shipped)["name"], "Phq_9");
    }

    #[test]
    fn a_goal_attainment_scale_is_told_without_an_extension() {
        let mut kept = sample_kept();
        (kept.goal.why, kept.goal.until) = ("Sleep".into(), Some(jiff::civil::date(2026, 12, 24)));
        let looked = kept.goal.looked.len();
        let words = ["never", "once", "twice", "three times", "<daily>"].map(String::from);
        let rated = [(jiff::civil::date(2026, 11, 2), -1), (jiff::civil::date(2026, 11, 20), 1)].into();
        kept.goal.attainment = Some(Attainment { words, weight: 2, by: 1, rated });
        let told = goal(7, &kept);
        let notes: Vec<_> = told["note"].as_array().unwrap().iter().map(|note| note["text"].as_str().unwrap()).collect();
        assert_eq!(
            notes,
            [
                "Sleep",
                "Goal attainment scale, level -2 (much less than expected): never",
                "Goal attainment scale, level -1 (less than expected): once",
                "Goal attainment scale, level 0 (as expected): twice",
                "Goal attainment scale, level +1 (more than expected): three times",
                "Goal attainment scale, level +2 (much more than expected): <daily>",
                "Goal attainment scale, weight 2",
                "Goal attainment scale, rated -1 (less than expected)",
                "Goal attainment scale, rated +1 (more than expected)",
            ]
        );
        assert_eq!((told["note"][8]["time"].as_str(), told["note"][1].get("time")), (Some("2026-11-20"), None));
        let reached = &told["outcomeCode"][0];
        assert_eq!((reached["coding"][0]["code"].as_str(), reached["text"].as_str()), (Some("1"), Some("three times")));
        let target = told["target"].as_array().unwrap().last().unwrap();
        assert_eq!((&target["detailInteger"], &target["dueDate"]), (&json!(0), &json!("2026-12-24")));
        assert_eq!(told["target"].as_array().unwrap().len(), looked + 1);
        assert!(!told.to_string().contains("extension"));

        kept.goal.attainment = Some(Attainment { words: Default::default(), ..Attainment::default() });
        let told = goal(7, &kept);
        assert_eq!(told.get("outcomeCode"), None, "what was never rated has no outcome");
        assert_eq!(told["note"].as_array().unwrap().len(), 2, "nothing empty: {}", told["note"]);
        kept.goal.attainment = None;
        assert!(!goal(7, &kept).to_string().contains("attainment scale"));
    }

    #[test]
    fn an_id_is_one_that_r4_takes() {
        assert_eq!(id_of("phq-9-1"), "phq-9-1");
        assert_eq!(id_of("my scale/ñ_2"), "my-scale---2");
        assert_eq!(id_of(&"x".repeat(100)).len(), 64);
    }
}
