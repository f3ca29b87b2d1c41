//! An instrument and its answers for the tools of Open Scale Definition (stmueller/OpenScales, documentation/SPECIFICATION.md).
//!
//! The file holds what that format can say: words in each language, answers with their numbers, the sum with what is turned round, bands.
//! Cut-offs, change rules, alarms, LOINC and the rule for missing answers have no place in it, and are not smuggled in under another name: whoever
//! reads the file sees all that it says. What `import` reads of it is the same instrument, `carried` by what the format holds.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{
    check::reach,
    import::words,
    instrument::{Band, Higher, Instrument, Item, Loinc, Method, Missing, Scoring, Set, Transform, Use},
    score::{self, Answers},
};

/// Beyond this the label of a licence is no badge any more and belongs to its explanation.
const BADGE: usize = 40;

/// The name that tools know it by: "own-evening" was taken in as "evening".
fn code(instrument: &Instrument) -> &str {
    instrument.id.strip_prefix("own-").unwrap_or(&instrument.id)
}

fn question(index: usize) -> String {
    format!("q{}", index + 1)
}

/// The key of one word of one set.
fn option(set: usize, place: usize) -> String {
    format!("s{}_{}", set + 1, place + 1)
}

pub fn osd(instrument: &Instrument) -> Value {
    let mut info = json!({
        "name": instrument.title,
        "code": code(instrument),
        "abbreviation": instrument.short,
        "citation": instrument.source,
        "version": instrument.version,
    });
    let badge = instrument.licence.chars().count() <= BADGE;
    info[if badge { "license" } else { "license_explanation" }] = json!(instrument.licence);
    let said = |which: fn(&super::Text) -> &String| instrument.text.values().any(|text| !which(text).is_empty());
    let mut items = Vec::new();
    if said(|text| &text.intro) {
        items.push(json!({"id": "intro", "type": "inst", "text_key": "intro"}));
    }
    items.extend((0..instrument.items.len()).map(|index| item(instrument, index)));
    let mut definition = json!({"scale_info": info, "items": items});
    if said(|text| &text.stem) {
        definition["likert_options"] = json!({"question_head": "question_head"});
    }
    if instrument.score.method == Method::Sum {
        definition["dimensions"] = json!([{"id": "total", "name": "Total"}]);
        definition["scoring"] = json!({"total": sum(instrument)});
    }
    json!({"osd_version": "1.0", "definition": definition, "translations": translations(instrument)})
}

fn item(instrument: &Instrument, index: usize) -> Value {
    let (about, values) = (&instrument.items[index], instrument.values(index));
    let id = question(index);
    let keys: Vec<String> = (0..values.len()).map(|place| option(about.set, place)).collect();
    let mut item = json!({"id": id, "text_key": id});
    // A row of numbers is a scale; anything else names each of its answers.
    if values.windows(2).all(|pair| pair[0] + 1 == pair[1]) && values.len() > 1 {
        item["type"] = json!("likert");
        item["likert_points"] = json!(values.len());
        (item["likert_min"], item["likert_max"]) = (json!(values.first()), json!(values.last()));
        item["likert_labels"] = json!(keys);
    } else {
        item["type"] = json!("multi");
        let each = values.iter().zip(&keys).map(|(value, key)| json!({"value": value, "text_key": key}));
        item["options"] = each.collect();
    }
    // A rule for missing answers cannot be told: so all of them are asked for, and no tool adds up too few.
    if about.may_pass {
        item["required"] = json!(false);
    }
    if about.after_yes || !about.after.is_empty() {
        let after = if about.after_yes { (0..index).collect() } else { about.after.iter().map(|number| number - 1).collect::<Vec<_>>() };
        let above = |before: usize| {
            let least = instrument.values(before).iter().min().copied().unwrap_or(0);
            json!({"item": question(before), "operator": "greater_than", "value": least})
        };
        item["visible_when"] = json!({"any": after.into_iter().map(above).collect::<Vec<_>>()});
    }
    item
}

fn sum(instrument: &Instrument) -> Value {
    let counted = instrument.items.iter().enumerate().filter(|(_, item)| item.counts);
    let codes: Map<String, Value> = counted.map(|(index, item)| (question(index), json!(if item.reverse { -1 } else { 1 }))).collect();
    let mut block = json!({"method": "sum_coded", "items": codes});
    let Transform { add, times } = instrument.score.transform;
    if instrument.score.transform != Transform::default() {
        block["transform"] = json!([{"op": "add", "value": add}, {"op": "multiply", "value": times}]);
    }
    if !instrument.bands.is_empty() {
        let each = instrument.bands.iter().map(|band| json!({"min": band.from, "max": band.to, "label": band.word("en")}));
        block["norms"] = json!({"thresholds": each.collect::<Vec<_>>(), "source": instrument.bands_source});
    }
    block
}

fn translations(instrument: &Instrument) -> Value {
    let mut all = Map::new();
    for (language, text) in &instrument.text {
        let mut words: BTreeMap<String, &str> = BTreeMap::new();
        for (key, said) in [("intro", &text.intro), ("question_head", &text.stem)] {
            if !said.is_empty() {
                words.insert(key.to_owned(), said);
            }
        }
        words.extend(text.items.iter().enumerate().map(|(index, said)| (question(index), said.as_str())));
        for (set, options) in text.options.iter().enumerate() {
            words.extend(options.iter().enumerate().map(|(place, said)| (option(set, place), said.as_str())));
        }
        all.insert(language.clone(), json!(words));
    }
    Value::Object(all)
}

/// What the format holds of an instrument: this comes back when the file of it is read on that day.
pub fn carried(instrument: &Instrument, day: &str) -> Instrument {
    let sum = instrument.score.method == Method::Sum;
    let items = instrument.items.iter().map(|item| Item {
        code: String::new(),
        counts: !sum || item.counts,
        reverse: sum && item.counts && item.reverse,
        ..item.clone()
    });
    let steps = instrument.bands.len().saturating_sub(1).max(1);
    let band = |(index, band): (usize, &Band)| Band { word: words(band.word("en")), level: (index * 4 / steps) as u8, ..band.clone() };
    let bands_source = if instrument.bands_source.is_empty() { &instrument.source } else { &instrument.bands_source };
    let mut whole = Instrument {
        bands_source: if instrument.bands.is_empty() { String::new() } else { bands_source.clone() },
        id: format!("own-{}", code(instrument)),
        plain: words(&instrument.title),
        document: vec![],
        credit: String::new(),
        read_on: day.to_owned(),
        used: Use::Any,
        recall_days: 0,
        note: String::new(),
        convention: String::new(),
        sets: instrument.sets.iter().map(|set| Set { values: set.values.clone(), codes: vec![] }).collect(),
        items: items.collect(),
        score: Scoring { higher: Higher::Worse, missing: Missing::default(), ..instrument.score.clone() },
        bands: instrument.bands.iter().enumerate().map(band).collect(),
        cutoffs: vec![],
        changes: vec![],
        subscales: vec![],
        criteria: None,
        alarms: vec![],
        loinc: Loinc::default(),
        cases: vec![],
        ..instrument.clone()
    };
    if sum {
        whole.score.range = reach(&whole);
    }
    whole
}

/// One answering, as it was sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Seconds since 1970.
    pub at: i64,
    /// How many seconds it took from the first answer to the last.
    pub took: i64,
    pub answers: Answers,
    /// As it was told on the day; it may be worked out from fewer answers than all.
    pub total: Option<i64>,
}

/// The answers as a runner of OSD pools them: one line for each answering, under `subnum,timestamp,time`, each question by its id in the `.osd` file and the
/// scores. What was passed is `NA`, and so is a sum that there is not. Where the sum is put on another scale, `total` is the sum and `total_t` what it
/// became, as that runner has it. Lines end as RFC 4180 says.
pub fn pooled(instrument: &Instrument, participant: i64, runs: &[Run]) -> String {
    let sum = instrument.score.method == Method::Sum;
    let put = sum && instrument.score.transform != Transform::default();
    let mut head: Vec<String> = ["subnum", "timestamp", "time"].map(str::to_owned).into();
    head.extend((0..instrument.items.len()).map(question));
    head.extend(sum.then(|| "total".to_owned()));
    head.extend(put.then(|| "total_t".to_owned()));
    let counted: Vec<usize> = (1..).zip(&instrument.items).filter(|(_, item)| item.counts).map(|(number, _)| number).collect();
    let or_not = |value: Option<i64>| value.map_or_else(|| "NA".to_owned(), |value| value.to_string());
    let mut file = head.join(",") + "\r\n";
    for run in runs {
        let mut line = vec![participant.to_string(), run.at.to_string(), run.took.to_string()];
        line.extend((0..instrument.items.len()).map(|index| or_not(run.answers.get(index).copied().flatten())));
        if put {
            line.push(or_not(score::subscale(instrument, &counted, &run.answers)));
        }
        line.extend(sum.then(|| or_not(run.total)));
        file += &(line.join(",") + "\r\n");
    }
    file
}
