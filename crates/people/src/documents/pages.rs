use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::documents::Kind;
use ground::{
    Deed, Fault, House, Me, Moment, Ui, accounts,
    documents::{self, Version},
    not_found, render,
    web::render_status,
    when,
};
use serde::Deserialize;

/// One kind of document and where its person stands with it.
#[derive(Debug, Clone)]
pub struct Standing {
    pub kind: Kind,
    pub signed_at: Option<Moment>,
}

#[derive(Template)]
#[template(path = "documents/documents.html")]
pub struct DocumentsPage {
    pub ui: Ui,
    pub zone: String,
    pub all: Vec<Standing>,
}

#[derive(Template)]
#[template(path = "documents/open.html")]
pub struct OpenPart {
    pub ui: Ui,
    pub open: Vec<Kind>,
}

#[derive(Template)]
#[template(path = "documents/document.html")]
pub struct DocumentPage {
    pub ui: Ui,
    pub zone: String,
    pub version: Version,
    pub paragraphs: Vec<String>,
    pub signed_at: Option<Moment>,
    pub typed: Signing,
    pub trouble: Option<&'static str>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Signing {
    pub name: String,
    pub agree: String,
}

fn title(ui: &Ui, kind: Kind) -> String {
    ui.t(&format!("document-{}", kind.word()))
}

impl DocumentsPage {
    fn title(&self, kind: &Kind) -> String {
        title(&self.ui, *kind)
    }

    fn when(&self, at: &Moment) -> String {
        when::moment(self.ui.language, *at, &self.zone)
    }
}

impl OpenPart {
    fn title(&self, kind: &Kind) -> String {
        title(&self.ui, *kind)
    }
}

impl DocumentPage {
    fn title(&self) -> String {
        title(&self.ui, self.version.kind)
    }

    fn when(&self, at: &Moment) -> String {
        when::moment(self.ui.language, *at, &self.zone)
    }

    /// Enough of the hash to tell two versions apart on paper.
    fn version(&self) -> &str {
        &self.version.hash[..12]
    }
}

/// Whoever is not cared for here is asked for the ground rules alone.
async fn standings(house: &House, me: &Me) -> Result<Vec<Standing>, Fault> {
    let open: Vec<Kind> = documents::to_sign(&house.db, me).await?.into_iter().map(|version| version.kind).collect();
    let mut all = Vec::new();
    for kind in Kind::ALL {
        let Some(version) = documents::in_force(&house.db, kind).await? else { continue };
        let signed_at = documents::signed_at(&house.db, me.id, &version.hash).await?;
        if signed_at.is_some() || open.contains(&kind) {
            all.push(Standing { kind, signed_at });
        }
    }
    Ok(all)
}

pub async fn all(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    render(&DocumentsPage { ui, zone: me.zone.clone(), all: standings(&house, &me).await? })
}

/// For the first page: nothing at all when nothing is open.
pub async fn open(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    let open = documents::to_sign(&house.db, &me).await?.into_iter().map(|version| version.kind);
    // The ground rules are signed at the door, where they are about to matter.
    render(&OpenPart { ui, open: open.filter(|kind| *kind != Kind::GroundRules).collect() })
}

async fn page(house: &House, ui: Ui, me: &Me, kind: Kind, typed: Signing, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let Some(version) = documents::in_force(&house.db, kind).await? else { return Ok(not_found()) };
    let page = DocumentPage {
        zone: me.zone.clone(),
        paragraphs: version.paragraphs(house, ui.lang()),
        signed_at: documents::signed_at(&house.db, me.id, &version.hash).await?,
        version,
        ui,
        typed,
        trouble,
    };
    render_status(&page, if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK })
}

pub async fn one(State(house): State<House>, ui: Ui, me: Me, Path(document): Path<String>) -> Result<Response, Fault> {
    let Some(kind) = Kind::parse(&document) else { return Ok(not_found()) };
    page(&house, ui, &me, kind, Signing::default(), None).await
}

/// Signed with a name, at a time, in this version: what was on the page is what is in force.
pub async fn sign(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(document): Path<String>,
    Form(typed): Form<Signing>,
) -> Result<Response, Fault> {
    let Some(kind) = Kind::parse(&document) else { return Ok(not_found()) };
    let Some(version) = documents::in_force(&house.db, kind).await? else { return Ok(not_found()) };
    let Some(name) = accounts::name(&typed.name).filter(|_| !typed.agree.is_empty()) else {
        return page(&house, ui, &me, kind, typed, Some("documents-name-missing")).await;
    };
    let signature = documents::seal_name(&house, me.id, &version, name).await?;
    let tx = house.db.write().await?;
    documents::sign(&tx, signature, house.clock.now()).await?;
    tx.commit(Deed::new(me.id, "document.sign", format!("document/{}/{}", kind.word(), &version.hash[..12]))).await?;
    Ok(Redirect::to("/documents").into_response())
}

#[cfg(test)]
mod tests {
    use care::documents::shipped;
    use ground::{Language, Role};

    use super::*;

    #[test]
    fn the_pages_render_signed_and_unsigned() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Member));
            for signed_at in [None, Some(Moment(1_780_000_000_000_000))] {
                let all = Kind::ALL.into_iter().map(|kind| Standing { kind, signed_at }).collect();
                let html = DocumentsPage { ui: ui.clone(), zone: "UTC".into(), all }.render().unwrap();
                assert_eq!(html.matches("/documents/").count(), Kind::ALL.len());
                let text = shipped(Kind::Telehealth);
                let version = Version { kind: Kind::Telehealth, hash: documents::hash(&text), text, published_at: None };
                let page = DocumentPage {
                    ui: ui.clone(),
                    zone: "UTC".into(),
                    version,
                    paragraphs: vec!["One <b>".into()],
                    signed_at,
                    typed: Signing { name: "Kept <name>".into(), agree: String::new() },
                    trouble: Some("documents-name-missing"),
                };
                let html = page.render().unwrap();
                assert!(html.contains("One &#60;b&#62;"));
                assert_eq!(html.contains("Kept &#60;name&#62;"), signed_at.is_none(), "nothing is signed twice");
            }
            assert_eq!(OpenPart { ui: ui.clone(), open: vec![] }.render().unwrap().trim(), "");
            assert!(OpenPart { ui, open: vec![Kind::Privacy] }.render().unwrap().contains("/documents/privacy"));
        }
    }
}
