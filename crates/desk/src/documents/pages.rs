use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::documents::{self as texts, Change, Kind, Text};
use ground::{
    Deed, Fault, House, Me, Ui,
    documents::{self, Version},
    mail::{self, Mail},
    not_found, render,
    web::render_status,
    when,
};
use serde::Deserialize;

/// One kind and where the practice stands with it.
#[derive(Debug, Clone)]
pub struct Standing {
    pub kind: Kind,
    /// Missing as long as it is only a draft.
    pub version: Option<Version>,
    /// Members who signed this version, and all members.
    pub signed: i64,
    pub members: i64,
}

#[derive(Template)]
#[template(path = "documents/documents.html")]
pub struct DocumentsPage {
    pub ui: Ui,
    pub zone: String,
    pub all: Vec<Standing>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct DocumentForm {
    pub en: String,
    pub es: String,
    /// "publish", or "compare" to see only what would change.
    pub action: String,
}

#[derive(Template)]
#[template(path = "documents/document.html")]
pub struct DocumentPage {
    pub ui: Ui,
    pub kind: Kind,
    pub is_draft: bool,
    pub typed: DocumentForm,
    /// What would change, in English and in Spanish; empty before anybody has asked.
    pub changes: Vec<(&'static str, Vec<Change>)>,
    pub trouble: Option<&'static str>,
}

impl DocumentsPage {
    fn title(&self, one: &Standing) -> String {
        self.ui.t(&format!("document-{}", one.kind.word()))
    }

    fn state(&self, one: &Standing) -> String {
        match &one.version {
            None => self.ui.t("documents-draft"),
            Some(Version { published_at: None, .. }) => self.ui.t("documents-shipped"),
            Some(Version { published_at: Some(at), .. }) => {
                self.ui.t1("documents-since", "when", when::moment(self.ui.language, *at, &self.zone))
            }
        }
    }

    fn signed(&self, one: &Standing) -> String {
        self.ui.t2("documents-count", &("signed", &one.signed.to_string()), &("members", &one.members.to_string()))
    }
}

impl DocumentPage {
    fn title(&self) -> String {
        self.ui.t(&format!("document-{}", self.kind.word()))
    }

    fn has_changes(&self) -> bool {
        self.changes.iter().flat_map(|(_, changes)| changes).any(|change| !change.is_same)
    }
}

pub async fn all(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    let mut all = Vec::new();
    for kind in Kind::ALL {
        let version = documents::in_force(&house.db, kind).await?;
        let (signed, members) = match &version {
            Some(version) => documents::signed_by(&house.db, &version.hash).await?,
            None => (0, 0),
        };
        all.push(Standing { kind, version, signed, members });
    }
    render(&DocumentsPage { ui, zone: me.zone.clone(), all })
}

/// What is edited: the version in force, or the draft that ships.
async fn before(house: &House, kind: Kind) -> Result<(Text, bool), Fault> {
    let version = documents::in_force(&house.db, kind).await?;
    Ok(version.map_or_else(|| (texts::shipped(kind), true), |version| (version.text, false)))
}

pub async fn one(State(house): State<House>, ui: Ui, Path(document): Path<String>) -> Result<Response, Fault> {
    let Some(kind) = Kind::parse(&document) else { return Ok(not_found()) };
    let (text, is_draft) = before(&house, kind).await?;
    let typed = DocumentForm { en: text.en, es: text.es, action: String::new() };
    render(&DocumentPage { ui, kind, is_draft, typed, changes: vec![], trouble: None })
}

/// Compared, or published: then everybody who has to sign is written to, and asked again before their next session.
pub async fn keep(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(document): Path<String>,
    Form(typed): Form<DocumentForm>,
) -> Result<Response, Fault> {
    let Some(kind) = Kind::parse(&document) else { return Ok(not_found()) };
    let (old, is_draft) = before(&house, kind).await?;
    let text = Text { en: typed.en.replace("\r\n", "\n"), es: typed.es.replace("\r\n", "\n") };
    let changes = vec![("English", texts::changes(&old.en, &text.en)), ("Español", texts::changes(&old.es, &text.es))];
    let is_same = !is_draft && documents::hash(&text) == documents::hash(&old);
    let trouble = match texts::trouble(&text) {
        None if is_same && typed.action == "publish" => Some("documents-unchanged"),
        trouble => trouble,
    };
    if trouble.is_some() || typed.action != "publish" {
        let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        return render_status(&DocumentPage { ui, kind, is_draft, typed, changes, trouble }, status);
    }
    let (now, hash) = (house.clock.now(), documents::hash(&text));
    let tx = house.db.write().await?;
    documents::publish(&tx, kind, &text, me.id, now).await?;
    for person in documents::members_to_ask(&tx, kind, &hash).await? {
        let mail = Mail { to: person, kind: "documents".into(), path: "/documents".into() };
        mail::later(&house, &tx, &format!("document/{}/{person}/{}", &hash[..12], now.0), &mail, now).await?;
    }
    tx.commit(Deed::new(me.id, "document.publish", format!("document/{}/{}", kind.word(), &hash[..12]))).await?;
    Ok(Redirect::to("/practice/documents").into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Moment, Role};

    use super::*;

    #[test]
    fn the_pages_render_drafts_versions_and_changes() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Administrator));
            let version = |published_at| {
                let text = texts::shipped(Kind::Privacy);
                Some(Version { kind: Kind::Privacy, hash: documents::hash(&text), text, published_at })
            };
            let all = [None, version(None), version(Some(Moment(0)))]
                .map(|version| Standing { kind: Kind::Privacy, version, signed: 3, members: 8 })
                .to_vec();
            let html = DocumentsPage { ui: ui.clone(), zone: "UTC".into(), all }.render().unwrap();
            assert_eq!(html.matches("/practice/documents/privacy").count(), 3);
            let typed = DocumentForm { en: "kept <b>".into(), es: "kept too".into(), action: "compare".into() };
            let changes = vec![("English", texts::changes("one\ntwo", "one\nthree"))];
            let page = DocumentPage { ui, kind: Kind::Privacy, is_draft: true, typed, changes, trouble: Some("documents-variable") };
            assert!(page.has_changes());
            let html = page.render().unwrap();
            assert!(html.contains("kept &#60;b&#62;") && html.contains("<del>two</del>") && html.contains("<ins>three</ins>"));
        }
    }
}
