//! Open Scale Definition 1.0 (stmueller/OpenScales, documentation/SPECIFICATION.md), the one-file form.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Draft, Said, either, plain, slug, string, together, words};
use crate::measures::{
    check::{ITEMS, Wrong, reach},
    instrument::{Band, Instrument, Item, Method, Set, Text, Transform},
};

/// A question on its way: its own keys, and the answers it has.
struct Asked {
    id: String,
    key: String,
    set: usize,
    may_pass: bool,
    after_yes: bool,
    after: Vec<usize>,
}

#[derive(Default)]
struct Questions {
    asked: Vec<Asked>,
    sets: Vec<(Set, Vec<String>)>,
    intro: Vec<String>,
}

pub(super) fn read(value: &Value, day: &str) -> Result<Draft, Wrong> {
    let (definition, info) = (&value["definition"], &value["definition"]["scale_info"]);
    let (code, name) = (string(info, "code"), plain(string(info, "name"))?);
    let mut questions = Questions::default();
    for item in definition["items"].as_array().ok_or(Wrong::Items)? {
        questions.take(definition, item)?;
    }
    let translations = value["translations"].as_object().ok_or(Wrong::Text)?;
    let mut text = BTreeMap::new();
    for (language, sentences) in translations.iter().filter(|(language, _)| matches!(language.as_str(), "en" | "es")) {
        text.insert(language.clone(), questions.text(definition, sentences)?);
    }
    let licence = [string(info, "license"), string(info, "license_explanation")];
    let licence = match licence {
        [one, ""] | ["", one] => one.to_owned(),
        [one, more] => format!("{}. {more}", one.trim_end_matches('.')),
    };
    let said = Said {
        id: slug(code)?,
        version: either(string(info, "version"), "1").to_owned(),
        short: plain(either(string(info, "abbreviation"), code))?,
        title: name,
        source: plain(either(string(info, "citation"), string(info, "url")))?,
        licence: plain(&licence)?,
        panel: String::new(),
        items: questions.asked.iter().map(Asked::item).collect(),
        sets: questions.sets.iter().map(|(set, _)| set.clone()).collect(),
        text,
    };
    let mut instrument = super::instrument(said, day);
    let notices = scoring(definition, translations.get("en"), &questions, &mut instrument)?;
    Ok(Draft { instrument, notices })
}

impl Asked {
    fn item(&self) -> Item {
        Item {
            set: self.set,
            counts: true,
            may_pass: self.may_pass,
            after_yes: self.after_yes,
            after: self.after.clone(),
            ..Item::default()
        }
    }
}

impl Questions {
    fn take(&mut self, definition: &Value, item: &Value) -> Result<(), Wrong> {
        let hangs = self.after(&item["visible_when"]);
        if hangs.is_none() && !shown(definition, item)? {
            return Ok(());
        }
        let (id, key) = (string(item, "id").to_owned(), string(item, "text_key").to_owned());
        let (values, labels) = match string(item, "type") {
            "section" => return Ok(()),
            "inst" => {
                self.intro.push(key);
                return Ok(());
            }
            "likert" => likert(&definition["likert_options"], item)?,
            "multi" => multi(item)?,
            _ => return Err(Wrong::ItemKind),
        };
        if self.asked.len() >= ITEMS {
            return Err(Wrong::Items);
        }
        let set = (Set { values, codes: vec![] }, labels);
        let known = self.sets.iter().position(|known| *known == set);
        let place = known.unwrap_or_else(|| {
            self.sets.push(set);
            self.sets.len() - 1
        });
        let after = hangs.unwrap_or_default();
        let after_yes = !after.is_empty() && after.len() == self.asked.len();
        let after = if after_yes { Vec::new() } else { after };
        self.asked.push(Asked { id, key, set: place, may_pass: item["required"] == false, after_yes, after });
        Ok(())
    }

    /// The one way to hang on other answers that can be asked here: after anything above the lowest to one of the questions named, in their order.
    fn after(&self, when: &Value) -> Option<Vec<usize>> {
        let above = |one: &Value| {
            let place = self.asked.iter().position(|asked| one["item"] == asked.id)?;
            let least = self.sets[self.asked[place].set].0.values.iter().min();
            (one["operator"] == "greater_than" && one["value"].as_i64().as_ref() == least).then_some(place + 1)
        };
        let all: Vec<usize> = when["any"].as_array()?.iter().map(above).collect::<Option<_>>()?;
        (!all.is_empty() && all.windows(2).all(|pair| pair[0] < pair[1])).then_some(all)
    }

    fn text(&self, definition: &Value, sentences: &Value) -> Result<Text, Wrong> {
        let say = |key: &str| plain(sentences[key].as_str().unwrap_or_default());
        let head = string(&definition["likert_options"], "question_head");
        let option = |(set, labels): &(Set, Vec<String>)| -> Result<Vec<String>, Wrong> {
            let word = |(value, label): (&i64, &String)| {
                let word = say(label)?;
                Ok(if word.is_empty() { value.to_string() } else { word })
            };
            set.values.iter().zip(labels).map(word).collect()
        };
        let intro: Result<Vec<String>, Wrong> = self.intro.iter().map(|key| say(key)).collect();
        Ok(Text {
            intro: together(intro?),
            stem: say(head)?,
            items: self.asked.iter().map(|asked| say(&asked.key)).collect::<Result<_, _>>()?,
            options: self.sets.iter().map(option).collect::<Result<_, _>>()?,
        })
    }
}

/// A switch of the whole scale is read as it stands by default. A question that hangs on another answer cannot be asked here.
fn shown(definition: &Value, item: &Value) -> Result<bool, Wrong> {
    let when = &item["visible_when"];
    if when.is_null() {
        return Ok(true);
    }
    let parameter = when["parameter"].as_str().ok_or(Wrong::ItemKind)?;
    let as_text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let default = as_text(&definition["parameters"][parameter]["default"]);
    match when["operator"].as_str() {
        Some("equals") => Ok(default == as_text(&when["value"])),
        Some("not_equals") => Ok(default != as_text(&when["value"])),
        _ => Err(Wrong::ItemKind),
    }
}

fn likert(scale: &Value, item: &Value) -> Result<(Vec<i64>, Vec<String>), Wrong> {
    let number = |own: &str, whole: &str| item[own].as_i64().or_else(|| scale[whole].as_i64());
    let points = number("likert_points", "points");
    let low = number("likert_min", "min").unwrap_or(1);
    let high =
        number("likert_max", "max").or_else(|| points.map(|points| low.saturating_add(points).saturating_sub(1))).ok_or(Wrong::Options)?;
    if !(1..=20).contains(&high.saturating_sub(low)) || points.is_some_and(|points| points != high - low + 1) {
        return Err(Wrong::Options);
    }
    let labels = item["likert_labels"].as_array().or_else(|| scale["labels"].as_array());
    let label = |index: usize| labels.and_then(|labels| labels.get(index)).and_then(Value::as_str).unwrap_or_default().to_owned();
    let values: Vec<i64> = (low..=high).collect();
    Ok((values.clone(), (0..values.len()).map(label).collect()))
}

fn multi(item: &Value) -> Result<(Vec<i64>, Vec<String>), Wrong> {
    let options = item["options"].as_array().filter(|options| options.len() <= 21).ok_or(Wrong::Options)?;
    let number = |value: &Value| value.as_i64().or_else(|| value.as_str()?.parse().ok());
    let values: Option<Vec<i64>> = options.iter().map(|option| number(&option["value"])).collect();
    Ok((values.ok_or(Wrong::Options)?, options.iter().map(|option| string(option, "text_key").to_owned()).collect()))
}

/// The block that adds everything up: the only one, or the one named total.
fn total<'a>(definition: &'a Value, questions: &Questions) -> Option<&'a Value> {
    let blocks = definition["scoring"].as_object()?;
    let found = if blocks.len() == 1 { blocks.values().next() } else { blocks.get("total") }?;
    let whole = found["method"] == "sum_coded" && transform(found).is_some() && found["value_map"].is_null() && found["scores"].is_null();
    let codes = codes(found)?;
    let known = codes.keys().all(|id| questions.asked.iter().any(|asked| asked.id == *id));
    (whole && known && codes.values().all(|code| (-1..=1).contains(code))).then_some(found)
}

fn codes(block: &Value) -> Option<BTreeMap<String, i64>> {
    let older = |id: &str| block["item_coding"][id].as_i64().unwrap_or(1);
    match &block["items"] {
        Value::Array(all) => all.iter().map(|id| id.as_str().map(|id| (id.to_owned(), older(id)))).collect(),
        Value::Object(all) => all.iter().map(|(id, code)| code.as_i64().map(|code| (id.clone(), code))).collect(),
        _ => None,
    }
}

/// The sum as it is, or with something added and then taken so many times. Any other way of putting it on a scale is not ours.
fn transform(block: &Value) -> Option<Transform> {
    const MOST: i64 = 1_000;
    let mut found = Transform::default();
    if block["transform"].is_null() {
        return Some(found);
    }
    let mut before = 0;
    for step in block["transform"].as_array()? {
        let value = step["value"].as_i64().filter(|value| (-MOST..=MOST).contains(value))?;
        let place = match step["op"].as_str()? {
            "add" | "subtract" => 1,
            "multiply" if value > 0 => 2,
            _ => return None,
        };
        if place <= before {
            return None;
        }
        before = place;
        match step["op"].as_str()? {
            "add" => found.add = value,
            "subtract" => found.add = -value,
            _ => found.times = value,
        }
    }
    Some(found)
}

fn scoring(
    definition: &Value,
    english: Option<&Value>,
    questions: &Questions,
    instrument: &mut Instrument,
) -> Result<Vec<&'static str>, Wrong> {
    let Some((block, codes)) = total(definition, questions).and_then(|block| Some((block, codes(block)?))) else {
        return Ok(vec!["instrument-no-sum", "instrument-no-rule"]);
    };
    for (item, asked) in instrument.items.iter_mut().zip(&questions.asked) {
        let code = codes.get(&asked.id).copied().unwrap_or(0);
        (item.counts, item.reverse) = (code != 0, code < 0);
    }
    instrument.score.method = Method::Sum;
    instrument.score.transform = transform(block).unwrap_or_default();
    instrument.score.range = reach(instrument);
    let thresholds = block["norms"]["thresholds"].as_array().map_or(&[][..], Vec::as_slice);
    for (index, threshold) in thresholds.iter().enumerate() {
        let bound = |name: &str| threshold[name].as_i64().ok_or(Wrong::Range);
        let level = (index * 4 / thresholds.len().saturating_sub(1).max(1)) as u8;
        let keyed = english.map_or("", |english| string(english, string(threshold, "label_key")));
        let word = words(&plain(either(string(threshold, "label"), keyed))?);
        instrument.bands.push(Band { from: bound("min")?, to: bound("max")?, word, level });
    }
    if !instrument.bands.is_empty() {
        instrument.bands_source = plain(either(string(&block["norms"], "source"), &instrument.source))?;
    }
    Ok(vec!["instrument-no-rule"])
}
