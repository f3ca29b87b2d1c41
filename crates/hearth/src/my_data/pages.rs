use askama::Template;
use axum::{
    Form,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use ground::{Deed, Fault, House, Me, Role, Ui, random_id, web::render_status};
use serde::Deserialize;

use super::{
    export::{self, Shown},
    queries::{self, Request, Value},
};

const WORDS_CHARS: usize = 1_000;

#[derive(Template)]
#[template(path = "my_data/data.html")]
pub struct DataPage {
    pub ui: Ui,
    pub zone: String,
    pub all: Vec<Shown>,
    pub request: Option<Request>,
    pub reply: String,
    pub words: String,
    pub trouble: Option<&'static str>,
}

impl DataPage {
    fn heading(&self, shown: &Shown) -> String {
        self.ui.t(&format!("mydata-{}", shown.name.replace('_', "-")))
    }

    fn label(&self, name: &str) -> String {
        self.ui.t(&format!("mydata-f-{}", name.replace('_', "-")))
    }

    fn value(&self, value: &Value) -> String {
        export::words(self.ui.language, value, &self.zone)
    }

    /// Staff leave by way of the office: their name stands under notes that are not theirs to take away.
    fn may_ask(&self) -> bool {
        let role = self.ui.me.as_ref().map(|me| me.role);
        matches!(role, Some(Role::Member | Role::Family)) && !self.is_waiting()
    }

    fn is_waiting(&self) -> bool {
        self.request.as_ref().is_some_and(Request::is_waiting)
    }

    fn was_declined(&self) -> bool {
        self.request.as_ref().is_some_and(|request| request.outcome == "declined")
    }
}

async fn show(house: &House, ui: Ui, me: &Me, words: String, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let all = export::everything(house, me.id).await?;
    let request = queries::of(&house.db, me.id).await?;
    let reply = match &request {
        Some(request) => queries::texts(house, request).await?.1,
        None => String::new(),
    };
    let page = DataPage { ui, zone: me.zone.clone(), all, request, reply, words, trouble };
    render_status(&page, if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK })
}

pub async fn page(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    show(&house, ui, &me, String::new(), None).await
}

/// The same as a file. That it was taken stands in the audit book, since whoever else had the device would take it, too.
pub async fn file(State(house): State<House>, me: Me) -> Result<Response, Fault> {
    let mut file = export::file(&export::everything(&house, me.id).await?, house.clock.now());
    export::with_files(&mut file, queries::files(&house, me.id).await?);
    let tx = house.db.write().await?;
    tx.commit(Deed::new(me.id, "data.download", format!("person/{}", me.id))).await?;
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CONTENT_DISPOSITION, "attachment; filename=\"my-data.json\"")];
    Ok((headers, serde_json::to_string_pretty(&file)?).into_response())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    words: String,
    sure: String,
}

pub async fn ask(State(house): State<House>, ui: Ui, me: Me, Form(asked): Form<Asked>) -> Result<Response, Fault> {
    let words = asked.words.trim();
    let trouble = if !matches!(me.role, Role::Member | Role::Family) {
        Some("mydata-staff")
    } else if asked.sure.is_empty() {
        Some("mydata-not-sure")
    } else if words.chars().count() > WORDS_CHARS {
        Some("goal-too-long")
    } else {
        None
    };
    if trouble.is_some() {
        return show(&house, ui, &me, asked.words, trouble).await;
    }
    let id = random_id();
    let sealed = queries::seal(&house, me.id, "words", id, words).await?;
    let tx = house.db.write().await?;
    if queries::ask(&tx, id, me.id, sealed, house.clock.now()).await? {
        tx.commit(Deed::new(me.id, "deletion.ask", format!("person/{}", me.id))).await?;
    }
    Ok(Redirect::to("/account/data").into_response())
}

pub async fn take_back(State(house): State<House>, me: Me) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    if queries::take_back(&tx, me.id, house.clock.now()).await? {
        tx.commit(Deed::new(me.id, "deletion.take_back", format!("person/{}", me.id))).await?;
    }
    Ok(Redirect::to("/account/data").into_response())
}

#[cfg(test)]
mod tests {
    use ground::Language;

    use super::{super::register::PARTS, *};

    #[test]
    fn every_part_and_every_value_has_its_word_in_both_languages() {
        for language in Language::ALL {
            for part in PARTS {
                let names = part.facts().map(|fact| fact.name).chain(part.sealed.iter().map(|one| one.name));
                assert!(language.knows(&format!("mydata-{}", part.name.replace('_', "-"))), "{}", part.name);
                for name in names {
                    assert!(language.knows(&format!("mydata-f-{}", name.replace('_', "-"))), "{name}");
                }
            }
        }
    }

    #[test]
    fn the_page_renders_empty_and_full() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Member));
            for many in [0, 40] {
                let row = vec![("name", Value::Text("Maya <M>".into())), ("since", Value::At(ground::Moment(0)))];
                let all = vec![Shown { name: "person", rows: vec![row; many] }];
                let (zone, words, trouble) = ("UTC".to_owned(), "Kept <words>".to_owned(), Some("mydata-not-sure"));
                let page = DataPage { ui: ui.clone(), zone, all, request: None, reply: String::new(), words, trouble };
                let html = page.render().unwrap();
                assert_eq!(html.matches("Maya &#60;M&#62;").count(), many);
                assert!(html.contains("Kept &#60;words&#62;") && html.contains("/account/data.json"));
            }
        }
    }
}
