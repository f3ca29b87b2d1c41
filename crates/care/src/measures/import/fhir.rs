//! FHIR R4 Questionnaire: questions of the type choice with their answers in the file, as the PHQ-9 of US Core has them.

use serde_json::Value;

use super::{Draft, LOINC_NOTICE, Said, either, plain, slug, string, together};
use crate::measures::{
    check::{ITEMS, Wrong, reach},
    instrument::{Item, Method, Set, Text},
};

const LOINC: &str = "http://loinc.org";
/// Where R4 puts the number of an answer; the second is R5's, which many files carry already.
const ORDINALS: [&str; 2] = ["http://hl7.org/fhir/StructureDefinition/ordinalValue", "http://hl7.org/fhir/StructureDefinition/itemWeight"];

#[derive(Default)]
struct Questions {
    items: Vec<Item>,
    texts: Vec<String>,
    sets: Vec<(Set, Vec<String>)>,
    intro: Vec<String>,
    /// Whether every answer says which number it stands for.
    numbered: bool,
}

pub(super) fn read(value: &Value, day: &str) -> Result<Draft, Wrong> {
    let items = value["item"].as_array().ok_or(Wrong::Items)?;
    let mut questions = Questions { numbered: true, ..Questions::default() };
    questions.take(value, items, 0)?;
    if !questions.numbered {
        // One answer without a number: then none of them counts, nor of the questions before it.
        questions = Questions::default();
        questions.take(value, items, 0)?;
    }
    let title = plain(either(string(value, "title"), string(value, "name")))?;
    let last = string(value, "url").rsplit('/').next().unwrap_or_default();
    let named = either(either(string(value, "name"), string(value, "id")), either(last, &title));
    let language = if string(value, "language").starts_with("es") { "es" } else { "en" };
    let text = Text {
        intro: together(questions.intro),
        stem: String::new(),
        items: questions.texts,
        options: questions.sets.iter().map(|(_, words)| words.clone()).collect(),
    };
    // The notice goes with the codes and is no licence of the questions, unless nothing else is said.
    let copyright = string(value, "copyright");
    let licence = copyright.strip_suffix(LOINC_NOTICE).map(str::trim).filter(|rest| !rest.is_empty()).unwrap_or(copyright);
    let said = Said {
        id: slug(named)?,
        version: either(string(value, "version"), "1").to_owned(),
        short: title.chars().take(40).collect::<String>().trim_end().to_owned(),
        source: plain(either(string(value, "url"), string(value, "publisher")))?,
        licence: plain(licence)?,
        panel: loinc(&value["code"]),
        sets: questions.sets.into_iter().map(|(set, _)| set).collect(),
        items: questions.items,
        text: [(language.to_owned(), text)].into(),
        title,
    };
    let mut instrument = super::instrument(said, day);
    if !questions.numbered {
        return Ok(Draft { instrument, notices: vec!["instrument-no-sum", "instrument-no-rule"] });
    }
    instrument.score.method = Method::Sum;
    instrument.score.range = reach(&instrument);
    Ok(Draft { instrument, notices: vec!["instrument-no-rule"] })
}

fn loinc(codes: &Value) -> String {
    let mut codes = codes.as_array().into_iter().flatten();
    codes.find(|code| code["system"] == LOINC).map(|code| string(code, "code").to_owned()).unwrap_or_default()
}

impl Questions {
    fn take(&mut self, whole: &Value, items: &[Value], depth: usize) -> Result<(), Wrong> {
        if depth > 4 {
            return Err(Wrong::Items);
        }
        for item in items {
            // A question that hangs on the answer to another one, or a sum that the file wants to be shown, cannot be asked here.
            if item["enableWhen"].is_array() || item["repeats"] == true {
                return Err(Wrong::ItemKind);
            }
            let below = item["item"].as_array().map_or(&[][..], Vec::as_slice);
            match string(item, "type") {
                "display" => self.intro.push(plain(string(item, "text"))?),
                "group" => {
                    if !string(item, "text").is_empty() {
                        self.intro.push(plain(string(item, "text"))?);
                    }
                    self.take(whole, below, depth + 1)?;
                }
                "choice" if below.is_empty() => self.question(whole, item)?,
                // The total of a published panel stands in it as a number that nobody types.
                "decimal" | "integer" | "quantity" if item["readOnly"] == true => {}
                _ => return Err(Wrong::ItemKind),
            }
        }
        Ok(())
    }

    fn question(&mut self, whole: &Value, item: &Value) -> Result<(), Wrong> {
        if self.items.len() >= ITEMS {
            return Err(Wrong::Items);
        }
        let answers = match item["answerOption"].as_array() {
            Some(options) => options.iter().map(|option| (option, &option["valueCoding"])).collect(),
            None => contained(whole, string(item, "answerValueSet")).ok_or(Wrong::Options)?,
        };
        let (mut set, mut texts) = (Set { values: vec![], codes: vec![] }, vec![]);
        for (index, (option, coding)) in answers.iter().enumerate() {
            let (value, text) = match option["valueInteger"].as_i64() {
                Some(number) => (Some(number), number.to_string()),
                None => (ordinal(option).or_else(|| ordinal(coding)), plain(string(coding, "display"))?),
            };
            self.numbered &= value.is_some();
            set.values.push(value.unwrap_or(index as i64));
            texts.push(text);
        }
        if !self.numbered {
            set.values = (0..texts.len() as i64).collect();
        }
        let found = self.sets.iter().position(|known| known.0 == set && known.1 == texts);
        let place = found.unwrap_or_else(|| {
            self.sets.push((set, texts));
            self.sets.len() - 1
        });
        let may_pass = item["required"] == false;
        self.items.push(Item { set: place, code: loinc(&item["code"]), counts: true, may_pass, ..Item::default() });
        self.texts.push(plain(string(item, "text"))?);
        Ok(())
    }
}

/// The answers of a value set that is part of the file itself.
fn contained<'a>(whole: &'a Value, reference: &str) -> Option<Vec<(&'a Value, &'a Value)>> {
    let name = reference.strip_prefix('#')?;
    let set = whole["contained"].as_array()?.iter().find(|one| one["id"] == name && one["resourceType"] == "ValueSet")?;
    let concepts = set["compose"]["include"].as_array()?.iter().flat_map(|include| include["concept"].as_array().into_iter().flatten());
    Some(concepts.map(|concept| (concept, concept)).collect())
}

fn ordinal(value: &Value) -> Option<i64> {
    let extensions = value["extension"].as_array()?;
    let found = extensions.iter().find(|one| ORDINALS.iter().any(|url| one["url"] == *url))?;
    let number = found["valueDecimal"].as_f64().filter(|number| number.fract() == 0.0)?;
    Some(number as i64)
}
