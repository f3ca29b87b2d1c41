//! A practice's own instruments: Open Scale Definition and FHIR R4 Questionnaire, read into ours.
//!
//! Whatever does not fit is refused as a whole. What a file says of itself is not believed: the same check decides as for what ships.

mod fhir;
mod osd;

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    check::{Wrong, check, is_plain},
    instrument::{Higher, Instrument, Item, Loinc, Method, Missing, Scoring, Set, Text, Transform, Use, Words},
};

/// As much of a file as is read; the largest scale of two hundred is far below.
pub const BYTES: usize = 256 * 1024;

/// The licence of LOINC's codes wants to be with them.
pub const LOINC_NOTICE: &str = "This material contains content from LOINC (http://loinc.org). LOINC is copyright (c) Regenstrief Institute, Inc. and the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost under the license at http://loinc.org/license.";

/// What was read, and what its reader should know before anybody is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    pub instrument: Instrument,
    /// Keys of sentences.
    pub notices: Vec<&'static str>,
}

/// Reads either format.
pub fn read(text: &str, day: &str) -> Result<Draft, Wrong> {
    if text.len() > BYTES {
        return Err(Wrong::Unreadable);
    }
    // The reader itself gives up at a depth of 128.
    let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|_| Wrong::Unreadable)?;
    let draft = if value["resourceType"] == "Questionnaire" {
        fhir::read(&value, day)?
    } else if value["definition"]["scale_info"].is_object() {
        osd::read(&value, day)?
    } else {
        return Err(Wrong::Kind);
    };
    check(&draft.instrument)?;
    Ok(draft)
}

fn string<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default().trim()
}

/// Marks of emphasis, which scales are full of, are left away; any other markup is refused.
fn plain(text: &str) -> Result<String, Wrong> {
    const HARMLESS: [&str; 14] =
        ["<b>", "</b>", "<i>", "</i>", "<u>", "</u>", "<em>", "</em>", "<strong>", "</strong>", "<br>", "<br/>", "<p>", "</p>"];
    let mut text = text.trim().to_owned();
    for mark in HARMLESS {
        text = text.replace(mark, if mark.starts_with("<br") || mark == "</p>" { " " } else { "" });
    }
    if is_plain(&text) { Ok(text.trim().to_owned()) } else { Err(Wrong::Text) }
}

/// "PHQ 9" is own-phq-9: never the name of one that ships.
fn slug(code: &str) -> Result<String, Wrong> {
    let mut slug = String::from("own");
    for part in code.to_lowercase().split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()) {
        slug.push('-');
        slug.push_str(part);
    }
    let slug: String = slug.chars().take(60).collect();
    if slug == "own" { Err(Wrong::Name) } else { Ok(slug.trim_end_matches('-').to_owned()) }
}

/// What stands above the questions, as one text.
fn together(parts: Vec<String>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

pub(super) fn words(text: &str) -> Words {
    Words::from([("en".to_owned(), text.to_owned())])
}

/// What both formats say, each in its place.
struct Said {
    id: String,
    version: String,
    short: String,
    title: String,
    source: String,
    licence: String,
    panel: String,
    sets: Vec<Set>,
    items: Vec<Item>,
    text: BTreeMap<String, Text>,
}

/// Without a sum, a band or a rule: those are added by whoever read them.
fn instrument(said: Said, day: &str) -> Instrument {
    let score = Scoring {
        method: Method::None,
        higher: Higher::Worse,
        range: [0, 0],
        missing: Missing::default(),
        transform: Transform::default(),
    };
    Instrument {
        id: said.id,
        version: said.version,
        short: said.short,
        plain: words(&said.title),
        title: said.title,
        source: said.source,
        document: vec![],
        licence: said.licence,
        credit: String::new(),
        read_on: day.to_owned(),
        used: Use::Any,
        recall_days: 0,
        note: String::new(),
        convention: String::new(),
        sets: said.sets,
        items: said.items,
        text: said.text,
        score,
        bands: vec![],
        bands_source: String::new(),
        cutoffs: vec![],
        changes: vec![],
        subscales: vec![],
        criteria: None,
        alarms: vec![],
        loinc: Loinc { panel: said.panel, ..Loinc::default() },
        cases: vec![],
    }
}

/// The first that says something.
fn either<'a>(one: &'a str, other: &'a str) -> &'a str {
    if one.is_empty() { other } else { one }
}
