use ground::{Fault, House, Language, Moment, when};
use serde_json::{Map, Value as Json};

use super::{
    queries::{self, Row, Value},
    register::{FILES, PARTS},
};

/// One part with its rows, for the page and for the file.
#[derive(Debug, Clone)]
pub struct Shown {
    pub name: &'static str,
    pub rows: Vec<Row>,
}

/// Everything of one person.
pub async fn everything(house: &House, person: i64) -> Result<Vec<Shown>, Fault> {
    let mut all = Vec::with_capacity(PARTS.len());
    for part in PARTS {
        all.push(Shown { name: part.name, rows: queries::part(house, part, person).await? });
    }
    Ok(all)
}

fn json(value: &Value) -> Json {
    match value {
        // What was kept as one text with parts is parts again.
        Value::Text(text) => {
            serde_json::from_str(text).ok().filter(|inner: &Json| inner.is_object()).unwrap_or_else(|| text.clone().into())
        }
        Value::Number(number) => (*number).into(),
        Value::At(at) => at.timestamp().to_string().into(),
        Value::Nothing => Json::Null,
    }
}

/// The file: each part under its name.
pub fn file(all: &[Shown], now: Moment) -> Json {
    let rows = |shown: &Shown| -> Json {
        let objects =
            shown.rows.iter().map(|row| Json::Object(row.iter().map(|(name, value)| ((*name).to_owned(), json(value))).collect()));
        Json::Array(objects.collect())
    };
    let mut whole: Map<String, Json> = all.iter().map(|shown| (shown.name.to_owned(), rows(shown))).collect();
    whole.insert("written_at".to_owned(), now.timestamp().to_string().into());
    Json::Object(whole)
}

/// Puts each file beside what is said of it. The page leaves them out: a year of pictures would keep it from ever opening.
pub fn with_files(whole: &mut Json, files: Vec<String>) {
    let rows = whole.get_mut(FILES).and_then(Json::as_array_mut).into_iter().flatten();
    for (row, file) in rows.zip(files) {
        row["file"] = file.into();
    }
}

/// A value as somebody reads it; nothing for what is empty.
pub fn words(language: Language, value: &Value, zone: &str) -> String {
    match value {
        Value::Text(text) => match json(value) {
            Json::Object(inner) => lines(&Json::Object(inner)).join("\n"),
            _ => text.clone(),
        },
        Value::Number(number) => number.to_string(),
        Value::At(at) => when::moment(language, *at, zone),
        Value::Nothing => String::new(),
    }
}

/// What was kept as one text, one line for each of its ends: "check_in, mood: 6".
fn lines(value: &Json) -> Vec<String> {
    fn walk(value: &Json, path: &str, all: &mut Vec<String>) {
        let under = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}, {name}") };
        match value {
            Json::Object(inner) => inner.iter().for_each(|(name, inner)| walk(inner, &under(name), all)),
            Json::Array(inner) => inner.iter().zip(1..).for_each(|(inner, number)| walk(inner, &under(&number.to_string()), all)),
            Json::Null => {}
            Json::String(text) if text.is_empty() => {}
            Json::String(text) => all.push(format!("{path}: {text}")),
            other => all.push(format!("{path}: {other}")),
        }
    }
    let mut all = Vec::new();
    walk(value, "", &mut all);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Shown {
        let text = r#"{"check_in":{"mood":6,"word":"raw","concern":""},"lines":["a","b"],"none":null}"#;
        Shown {
            name: "answers",
            rows: vec![vec![("session", Value::At(Moment(0))), ("answer", Value::Text(text.into())), ("left", Value::Nothing)]],
        }
    }

    #[test]
    fn a_file_has_parts_again_and_times_that_programs_read() {
        let file = file(&[sample()], Moment(1_000_000));
        assert_eq!(file["answers"][0]["answer"]["check_in"]["mood"], 6);
        assert_eq!(file["answers"][0]["session"], "1970-01-01T00:00:00Z");
        assert_eq!(file["answers"][0]["left"], Json::Null);
        assert_eq!(file["written_at"], "1970-01-01T00:00:01Z");
        assert_eq!(json(&Value::Text("12".into())), Json::String("12".into()), "a text that looks like a number stays one");
    }

    #[test]
    fn each_file_stands_beside_what_is_said_of_it() {
        let row = |text: &str| vec![("text", Value::Text(text.into()))];
        let mut whole = file(&[Shown { name: FILES, rows: vec![row("A river"), row("A form")] }, sample()], Moment(0));
        with_files(&mut whole, vec!["data:image/jpeg;base64,AA==".into(), "data:application/pdf;base64,AQ==".into()]);
        assert_eq!(whole[FILES][0]["file"], "data:image/jpeg;base64,AA==");
        assert_eq!((&whole[FILES][1]["text"], &whole[FILES][1]["file"]), (&"A form".into(), &"data:application/pdf;base64,AQ==".into()));
        let mut none = file(&[sample()], Moment(0));
        with_files(&mut none, vec![]);
        assert_eq!(none, file(&[sample()], Moment(0)));
    }

    #[test]
    fn a_reader_gets_lines_and_no_brackets() {
        let row = &sample().rows[0];
        let text = words(Language::English, &row[1].1, "UTC");
        assert_eq!(text, "check_in, mood: 6\ncheck_in, word: raw\nlines, 1: a\nlines, 2: b");
        assert!(words(Language::Spanish, &row[0].1, "UTC").contains("enero"));
        assert_eq!(words(Language::English, &Value::Text("[not json".into()), "UTC"), "[not json");
    }
}
