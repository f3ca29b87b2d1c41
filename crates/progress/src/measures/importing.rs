//! The instruments of this practice, and taking in one of its own: shown first, then accepted by somebody who has read its licence.

use askama::Template;
use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::measures::{
    Instrument,
    import::{self, Draft},
    packs::Pack,
};
use ground::{Deed, Fault, House, Me, Ui, render, web::render_status, when};

use super::{
    library,
    queries::{self, Accepted, Installed},
};

/// A form's own marks around the file: every byte of it may have become three.
const FORM_BYTES: usize = 3 * import::BYTES + 16 * 1024;
const LICENCE_CHARS: usize = 2_000;

#[derive(Template)]
#[template(path = "measures/library.html")]
pub struct LibraryPage {
    pub ui: Ui,
    pub zone: String,
    pub instruments: Vec<Instrument>,
    pub accepted: Vec<Accepted>,
}

#[derive(Template)]
#[template(path = "measures/import.html")]
pub struct ImportPage {
    pub ui: Ui,
    pub file: String,
    pub licence: String,
    pub draft: Option<Draft>,
    pub trouble: Option<&'static str>,
}

impl LibraryPage {
    fn accepted(&self, one: &Instrument) -> Option<String> {
        let found = self.accepted.iter().find(|accepted| accepted.slug == one.id && accepted.version == one.version)?;
        let day = when::day(self.ui.language, found.accepted_at, &self.zone);
        Some(format!("{} {}", self.ui.t2("library-accepted", &("name", &found.by_name), &("day", &day)), found.licence))
    }

    fn documents(&self, one: &Instrument) -> String {
        one.document.join("; ")
    }
}

impl ImportPage {
    fn questions<'a>(&self, draft: &'a Draft) -> &'a [String] {
        &draft.instrument.text(self.ui.lang()).1.items
    }

    /// The answers of each question, with their numbers.
    fn options(&self, draft: &Draft, index: &usize) -> String {
        let one = &draft.instrument;
        let set = one.items.get(*index).map_or(0, |item| item.set);
        let words = one.text(self.ui.lang()).1.options.get(set).map_or(&[][..], Vec::as_slice);
        let each = words.iter().zip(one.values(*index)).map(|(word, value)| format!("{value} {word}"));
        each.collect::<Vec<_>>().join(" · ")
    }

    fn range(&self, draft: &Draft) -> String {
        let [low, high] = draft.instrument.score.range;
        format!("{low}–{high}")
    }
}

pub async fn library(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    let instruments = library::askable(&house.db).await?;
    let mut accepted = queries::accepted(&house.db).await?;
    accepted.extend(of_packs(library::packs()?, &queries::installed(&house.db).await?));
    render(&LibraryPage { ui, zone: me.zone, instruments, accepted })
}

/// Who accepted the terms of an installed pack, said beside each of its instruments.
fn of_packs(packs: &[Pack], installed: &[Installed]) -> Vec<Accepted> {
    let mut accepted = Vec::new();
    for one in installed {
        for instrument in packs.iter().filter(|pack| pack.id == one.pack).flat_map(|pack| &pack.instruments) {
            accepted.push(Accepted {
                slug: instrument.id.clone(),
                version: instrument.version.clone(),
                licence: String::new(),
                by_name: one.by_name.clone(),
                accepted_at: one.installed_at,
            });
        }
    }
    accepted
}

pub async fn form(ui: Ui) -> Result<Response, Fault> {
    render(&ImportPage { ui, file: String::new(), licence: String::new(), draft: None, trouble: None })
}

fn field(fields: &[(String, String)], name: &str) -> String {
    fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default()
}

/// A body of its own size: a scale is larger than the forms of this house.
async fn fields(request: Request) -> Option<Vec<(String, String)>> {
    let body = axum::body::to_bytes(request.into_body(), FORM_BYTES).await.ok()?;
    let request = Request::builder().method("POST").header("content-type", "application/x-www-form-urlencoded");
    let request = request.body(axum::body::Body::from(body)).ok()?;
    let limit = axum::extract::DefaultBodyLimit::max(FORM_BYTES);
    form_of(request, limit).await
}

async fn form_of(mut request: Request, limit: axum::extract::DefaultBodyLimit) -> Option<Vec<(String, String)>> {
    use axum::extract::FromRequest;
    limit.apply(&mut request);
    axum::Form::<Vec<(String, String)>>::from_request(request, &()).await.ok().map(|form| form.0)
}

pub async fn read(State(house): State<House>, ui: Ui, me: Me, request: Request) -> Result<Response, Fault> {
    let refused = |ui, file, licence, draft, key| {
        let status = if key == "instrument-huge" { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::UNPROCESSABLE_ENTITY };
        render_status(&ImportPage { ui, file, licence, draft, trouble: Some(key) }, status)
    };
    let Some(fields) = fields(request).await else { return refused(ui, String::new(), String::new(), None, "instrument-huge") };
    let (file, licence) = (field(&fields, "file"), field(&fields, "licence"));
    if file.len() > import::BYTES {
        return refused(ui, String::new(), licence, None, "instrument-huge");
    }
    let draft = match import::read(&file, &when::date(house.clock.now(), &house.practice().zone)) {
        Ok(draft) => draft,
        Err(wrong) => return refused(ui, file, licence, None, wrong.key()),
    };
    if field(&fields, "action") != "accept" {
        return render(&ImportPage { ui, file, licence, draft: Some(draft), trouble: None });
    }
    if field(&fields, "read").is_empty() || licence.trim().is_empty() || licence.chars().count() > LICENCE_CHARS {
        return refused(ui, file, licence, Some(draft), "instrument-accept-missing");
    }
    let one = &draft.instrument;
    let body = serde_json::to_string(one)?;
    let tx = house.db.write().await?;
    if !queries::keep_own(&tx, &one.id, &one.version, &body, licence.trim(), (me.id, house.clock.now())).await? {
        drop(tx);
        return refused(ui, file, licence, Some(draft), "instrument-there-already");
    }
    tx.commit(Deed::new(me.id, "instrument.accept", format!("instrument/{}", one.version.chars().take(20).collect::<String>()))).await?;
    Ok(Redirect::to("/instruments").into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Moment, Role};

    use super::*;

    const SCALE: &str = r#"{"definition":{"scale_info":{"name":"Evening","code":"EVE","citation":"Ours","license":"CC0"},
        "likert_options":{"points":2,"min":0,"labels":["n","y"]},"items":[{"id":"a","type":"likert","text_key":"a"}]},
        "translations":{"en":{"a":"Was it <b>calm</b>?","n":"no","y":"yes"}}}"#;

    #[test]
    fn the_pages_render() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Coordinator));
            let draft = import::read(SCALE, "2026-11-26").unwrap();
            let own = draft.instrument.clone();
            let accepted = Accepted {
                slug: own.id.clone(),
                version: own.version.clone(),
                licence: "CC0 <ours>".into(),
                by_name: "Carol".into(),
                accepted_at: Moment(0),
            };
            let mut instruments = library::shipped().unwrap().to_vec();
            instruments.push(own);
            let html = LibraryPage { ui: ui.clone(), zone: "UTC".into(), instruments, accepted: vec![accepted] }.render().unwrap();
            assert!(html.contains("CC0 &#60;ours&#62;") && html.contains("Carol") && html.contains("RAND"));
            let page = ImportPage {
                ui: ui.clone(),
                file: SCALE.into(),
                licence: String::new(),
                draft: Some(draft),
                trouble: Some("instrument-accept-missing"),
            };
            let html = page.render().unwrap();
            assert!(html.contains("Was it calm?") && html.contains("0 no · 1 yes"), "what would be asked is shown first");
            let empty =
                ImportPage { ui, file: "</textarea>".into(), licence: String::new(), draft: None, trouble: Some("instrument-text") };
            assert!(empty.render().unwrap().contains("&#60;/textarea&#62;"));
        }
    }
}
