//! What the practice decides about messages: how long one may be changed, quiet hours, when staff read, and which words signal danger.

use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::{
    messages::{EDIT_MINUTES_MOST, Shipped, Word, own_words},
    times,
};
use ground::{Deed, Fault, House, Me, Ui, web::render_status};
use serde::Deserialize;

use super::queries::{self, RulesRow, WordRow};

const READ_CHARS: usize = 300;
const SOURCE_CHARS: usize = 200;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Typed(Vec<(String, String)>);

impl Typed {
    fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    fn has(&self, name: &str, value: &str) -> bool {
        self.0.iter().any(|(key, known)| key == name && known == value)
    }
}

#[derive(Template)]
#[template(path = "messages/rules.html")]
pub struct RulesPage {
    pub ui: Ui,
    pub shipped: Shipped,
    pub typed: Typed,
    pub kept: bool,
    pub trouble: Option<&'static str>,
}

impl RulesPage {
    fn is_on(&self, word: &Word) -> bool {
        self.typed.has("word", &word.word)
    }

    fn source(&self, word: &Word) -> &str {
        self.shipped.source(word)
    }
}

fn clock(minute: i64) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// As the form would have been sent.
fn typed(row: &RulesRow, shipped: &Shipped, words: &[WordRow]) -> Typed {
    let is_off = |word: &Word| words.iter().any(|row| row.counts == 0 && row.word == word.word);
    let own = words.iter().filter(|row| row.counts == 1);
    let source = own.clone().next().map_or_else(String::new, |row| row.source.clone());
    let own: Vec<&str> = own.map(|row| row.word.as_str()).collect();
    let mut fields = vec![
        ("edit_minutes".to_owned(), row.edit_minutes.to_string()),
        ("quiet_from".to_owned(), clock(row.quiet_from)),
        ("quiet_to".to_owned(), clock(row.quiet_to)),
        ("read_en".to_owned(), row.read_en.clone()),
        ("read_es".to_owned(), row.read_es.clone()),
        ("own".to_owned(), own.join("\n")),
        ("source".to_owned(), source),
    ];
    fields.extend(shipped.words.iter().filter(|word| !is_off(word)).map(|word| ("word".to_owned(), word.word.clone())));
    Typed(fields)
}

/// What was typed, as it is kept; or why not.
fn read(typed: &Typed, shipped: &Shipped) -> Result<(RulesRow, Vec<WordRow>), &'static str> {
    let minutes = typed.get("edit_minutes").trim().parse::<u16>().ok().filter(|minutes| *minutes <= EDIT_MINUTES_MOST);
    let minute = |name: &str| times::read(typed.get(name)).map(i64::from).ok_or("messages-rules-hours");
    let text =
        |name: &str| Some(typed.get(name).trim().to_owned()).filter(|text| text.chars().count() <= READ_CHARS).ok_or("messages-rules-long");
    let row = RulesRow {
        edit_minutes: i64::from(minutes.ok_or("messages-rules-minutes")?),
        quiet_from: minute("quiet_from")?,
        quiet_to: minute("quiet_to")?,
        read_en: text("read_en")?,
        read_es: text("read_es")?,
    };
    let own = own_words(typed.get("own")).map_err(|trouble| trouble.key())?;
    if !own.is_empty() && !(1..=SOURCE_CHARS).contains(&typed.get("source").trim().chars().count()) {
        return Err("danger-source");
    }
    let off = shipped.words.iter().filter(|word| !typed.has("word", &word.word));
    let off = off.map(|word| WordRow { word: word.word.clone(), counts: 0, source: word.source.clone() });
    let own = own.into_iter().filter(|word| !shipped.words.iter().any(|known| known.word == *word));
    let own = own.map(|word| WordRow { word, counts: 1, source: typed.get("source").trim().to_owned() });
    Ok((row, off.chain(own).collect()))
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    kept: String,
}

pub async fn form(State(house): State<House>, ui: Ui, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let shipped = Shipped::read()?;
    let typed = typed(&queries::rules(&house.db).await?, &shipped, &queries::words(&house.db).await?);
    render_status(&RulesPage { ui, shipped, typed, kept: !asked.kept.is_empty(), trouble: None }, StatusCode::OK)
}

pub async fn keep(State(house): State<House>, ui: Ui, me: Me, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let (shipped, typed) = (Shipped::read()?, Typed(fields));
    let (row, words) = match read(&typed, &shipped) {
        Ok(read) => read,
        Err(key) => {
            let page = RulesPage { ui, shipped, typed, kept: false, trouble: Some(key) };
            return render_status(&page, StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    let tx = house.db.write().await?;
    queries::keep_rules(&tx, &row).await?;
    queries::keep_words(&tx, &words, me.id, house.clock.now()).await?;
    tx.commit(Deed::new(me.id, "practice.messages", "practice")).await?;
    Ok(Redirect::to("/practice/messages?kept=1").into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    fn row() -> RulesRow {
        RulesRow {
            edit_minutes: 15,
            quiet_from: 1_320,
            quiet_to: 420,
            read_en: "On <weekdays>".into(),
            read_es: "De lunes a viernes".into(),
        }
    }

    fn with(name: &str, value: &str) -> Typed {
        let Typed(mut fields) = typed(&row(), &Shipped::read().unwrap(), &[]);
        fields.retain(|(key, _)| key != name);
        fields.push((name.into(), value.into()));
        Typed(fields)
    }

    #[test]
    fn what_the_page_shows_is_what_it_keeps() {
        let shipped = Shipped::read().unwrap();
        assert_eq!(read(&typed(&row(), &shipped, &[]), &shipped), Ok((row(), vec![])));
        let words = vec![
            WordRow { word: shipped.words[0].word.clone(), counts: 0, source: shipped.words[0].source.clone() },
            WordRow { word: "the grey room".into(), counts: 1, source: "our team, March".into() },
        ];
        assert_eq!(read(&typed(&row(), &shipped, &words), &shipped), Ok((row(), words)));
    }

    #[test]
    fn what_does_not_fit_has_its_sentence() {
        let (shipped, long) = (Shipped::read().unwrap(), "x".repeat(301));
        for (name, value, key) in [
            ("edit_minutes", "1441", "messages-rules-minutes"),
            ("edit_minutes", "-1", "messages-rules-minutes"),
            ("quiet_from", "late", "messages-rules-hours"),
            ("read_es", &*long, "messages-rules-long"),
            ("own", "ab", "danger-too-short"),
            ("own", "the grey room", "danger-source"),
        ] {
            assert_eq!(read(&with(name, value), &shipped).err(), Some(key), "{name} {value}");
            for language in Language::ALL {
                let ui = Ui::sample(language, Some(Role::Administrator));
                let page = RulesPage { ui, shipped: Shipped::read().unwrap(), typed: with(name, value), kept: false, trouble: Some(key) };
                let html = page.render().unwrap();
                assert!(html.contains(value) && html.contains(&language.t(key).replace('\'', "&#39;")), "{key} in {language:?}");
            }
        }
    }

    #[test]
    fn a_word_that_is_switched_off_has_no_tick_and_every_word_its_source() {
        let shipped = Shipped::read().unwrap();
        let off = WordRow { word: "suicide".into(), counts: 0, source: "nami".into() };
        let ui = Ui::sample(Language::English, Some(Role::Administrator));
        let count = shipped.words.len();
        let html = RulesPage { ui, typed: typed(&row(), &shipped, &[off]), shipped, kept: true, trouble: None }.render().unwrap();
        assert_eq!(html.matches("name=\"word\"").count(), count);
        assert_eq!(html.matches(" checked").count(), count - 1);
        assert!(html.contains("bestcareprevention.com") && html.contains("On &#60;weekdays&#62;") && html.contains("role=\"status\""));
    }
}
