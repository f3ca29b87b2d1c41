use askama::Template;
use axum::{
    Form, Json,
    extract::{Path, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use care::materials::{self, Kind, Unfit};
use ground::{Deed, Fault, House, Language, Me, Ui, facts, files::Kept, not_found, random_id, render, web::render_status, when};
use serde::{Deserialize, Serialize};

use super::{
    queries::{self, Material},
    taking,
};

const MEGABYTE: i64 = 1024 * 1024;

#[derive(Template)]
#[template(path = "materials/materials.html")]
pub struct MaterialsPage {
    pub ui: Ui,
    pub zone: String,
    pub materials: Vec<Material>,
    pub title: String,
    pub trouble: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "materials/material.html")]
pub struct MaterialPage {
    pub ui: Ui,
    pub material: Material,
    pub trouble: Option<&'static str>,
}

impl Material {
    fn kind(&self) -> Kind {
        Kind::parse(&self.kind).unwrap_or(Kind::Slides)
    }

    fn is_video(&self) -> bool {
        self.kind() == Kind::Video
    }

    /// The bytes as they lie in the folder.
    fn kept(&self) -> Kept {
        Kept {
            name: file_name(self.id),
            media_type: self.media_type.clone(),
            bytes: self.bytes.unsigned_abs(),
            never_inline: !self.is_video(),
        }
    }
}

fn file_name(id: i64) -> String {
    format!("material-{id}")
}

/// "Slides · 12 pages · 3 MB", in the reader's words.
fn about(ui: &Ui, material: &Material) -> String {
    let size = match material.bytes {
        bytes if bytes < MEGABYTE => ui.t1("materials-kilobytes", "count", (bytes / 1024).max(1)),
        bytes => ui.t1("materials-megabytes", "count", bytes / MEGABYTE),
    };
    match material.kind() {
        Kind::Slides => format!("{} · {size}", ui.t1("materials-pages", "count", material.pages)),
        Kind::Video if material.captions.is_empty() => format!("{} · {size} · {}", ui.t("materials-video"), ui.t("materials-no-captions")),
        Kind::Video => format!("{} · {size}", ui.t("materials-video")),
    }
}

impl MaterialsPage {
    fn about(&self, material: &Material) -> String {
        let day = when::day(self.ui.language, material.added_at, &self.zone);
        format!("{} · {}", about(&self.ui, material), self.ui.t1("materials-added", "day", day))
    }

    fn standing(&self) -> impl Iterator<Item = &Material> {
        self.materials.iter().filter(|material| material.put_away_at.is_none())
    }

    fn put_away(&self) -> impl Iterator<Item = &Material> {
        self.materials.iter().filter(|material| material.put_away_at.is_some())
    }

    fn has_put_away(&self) -> bool {
        self.put_away().next().is_some()
    }

    fn is_empty(&self) -> bool {
        self.standing().next().is_none()
    }
}

impl MaterialPage {
    fn about(&self) -> String {
        about(&self.ui, &self.material)
    }

    fn is_spanish(&self) -> bool {
        self.material.captions_language == Language::Spanish.code()
    }
}

async fn list(house: &House, ui: Ui, me: &Me, title: String, trouble: Option<Unfit>) -> Result<Response, Fault> {
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let materials = queries::all(&house.db).await?;
    render_status(&MaterialsPage { ui, zone: me.zone.clone(), materials, title, trouble: trouble.map(Unfit::key) }, status)
}

pub async fn all(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    list(&house, ui, &me, String::new(), None).await
}

pub async fn add(State(house): State<House>, ui: Ui, me: Me, request: Request) -> Result<Response, Fault> {
    let id = random_id();
    let form = taking::read(&house, Some(&file_name(id)), request).await?;
    let taken = form.file.unwrap_or(Err(Unfit::NoFile));
    let title = materials::title(&form.title);
    let (taken, title) = match (taken, title) {
        (Ok(taken), Ok(title)) => (taken, title),
        (taken, title) => {
            if taken.is_ok() {
                house.files.remove(&file_name(id)).await?;
            }
            return list(&house, ui, &me, form.title.clone(), taken.err().or(title.err())).await;
        }
    };
    let material = Material {
        id,
        kind: taken.found.kind.word().into(),
        title: title.into(),
        media_type: taken.found.media_type.into(),
        bytes: i64::try_from(taken.bytes).unwrap_or(i64::MAX),
        pages: i64::try_from(taken.pages).unwrap_or(0),
        notes: String::new(),
        captions: String::new(),
        captions_language: String::new(),
        added_at: house.clock.now(),
        put_away_at: None,
    };
    let tx = house.db.write().await?;
    queries::add(&tx, &material, me.id).await?;
    tx.commit(Deed::new(me.id, "material.add", format!("material/{id}"))).await?;
    Ok(Redirect::to(&format!("/materials/{id}")).into_response())
}

pub async fn one(State(house): State<House>, ui: Ui, Path(material): Path<i64>) -> Result<Response, Fault> {
    match queries::one(&house.db, material).await? {
        Some(material) => render(&MaterialPage { ui, material, trouble: None }),
        None => Ok(not_found()),
    }
}

fn again(ui: Ui, material: Material, unfit: Unfit) -> Result<Response, Fault> {
    render_status(&MaterialPage { ui, material, trouble: Some(unfit.key()) }, StatusCode::UNPROCESSABLE_ENTITY)
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub title: String,
    pub notes: String,
}

pub async fn keep(State(house): State<House>, ui: Ui, me: Me, Path(id): Path<i64>, Form(typed): Form<Typed>) -> Result<Response, Fault> {
    let Some(material) = queries::one(&house.db, id).await? else { return Ok(not_found()) };
    if let Err(unfit) = materials::title(&typed.title).map(drop).and(materials::notes(&typed.notes).map(drop)) {
        return again(ui, Material { title: typed.title, notes: typed.notes, ..material }, unfit);
    }
    let tx = house.db.write().await?;
    queries::keep(&tx, id, typed.title.trim(), &typed.notes).await?;
    tx.commit(Deed::new(me.id, "material.change", format!("material/{id}"))).await?;
    Ok(Redirect::to("/materials").into_response())
}

pub async fn keep_captions(State(house): State<House>, ui: Ui, me: Me, Path(id): Path<i64>, request: Request) -> Result<Response, Fault> {
    let Some(material) = queries::one(&house.db, id).await?.filter(Material::is_video) else { return Ok(not_found()) };
    let form = taking::read(&house, None, request).await?;
    let captions = match materials::captions(&form.captions) {
        Ok(captions) => captions,
        Err(unfit) => return again(ui, material, unfit),
    };
    let language = if captions.is_empty() { "" } else { Language::parse(&form.language).code() };
    let tx = house.db.write().await?;
    queries::keep_captions(&tx, id, captions, language).await?;
    tx.commit(Deed::new(me.id, "material.captions", format!("material/{id}"))).await?;
    Ok(Redirect::to(&format!("/materials/{id}")).into_response())
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Place {
    pub away: String,
}

pub async fn place(State(house): State<House>, me: Me, Path(id): Path<i64>, Form(place): Form<Place>) -> Result<Response, Fault> {
    let away = (!place.away.is_empty()).then(|| house.clock.now());
    let tx = house.db.write().await?;
    if !queries::place(&tx, id, away).await? {
        return Ok(not_found());
    }
    tx.commit(Deed::new(me.id, "material.place", format!("material/{id}"))).await?;
    Ok(Redirect::to("/materials").into_response())
}

/// For a file that should never have been here: it is gone, also from recaps.
pub async fn remove(State(house): State<House>, me: Me, Path(id): Path<i64>) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    if !queries::remove(&tx, id).await? {
        return Ok(not_found());
    }
    tx.commit(Deed::new(me.id, "material.remove", format!("material/{id}"))).await?;
    house.files.remove(&file_name(id)).await?;
    Ok(Redirect::to("/materials").into_response())
}

/// What the room's script offers to whoever leads.
#[derive(Debug, Serialize)]
struct Offered {
    id: i64,
    kind: Kind,
    title: String,
    pages: i64,
    notes: Vec<String>,
    captions: bool,
}

pub async fn shelf(State(house): State<House>) -> Result<Response, Fault> {
    let all = queries::all(&house.db).await?;
    let offered = all.into_iter().filter(|material| material.put_away_at.is_none()).map(|material| Offered {
        id: material.id,
        kind: material.kind(),
        notes: materials::notes(&material.notes).unwrap_or_default(),
        captions: !material.captions.is_empty(),
        title: material.title,
        pages: material.pages,
    });
    Ok(Json(offered.collect::<Vec<_>>()).into_response())
}

/// Whoever leads or runs the office sees everything; others what their group was shown.
pub async fn seen_by(house: &House, me: &Me, id: i64) -> Result<Option<Material>, Fault> {
    if !me.role.is_crew() && !facts::was_shown(&house.db, id, me.id).await? {
        return Ok(None);
    }
    queries::one(&house.db, id).await
}

pub async fn file(State(house): State<House>, me: Me, Path(id): Path<i64>, asked: HeaderMap) -> Result<Response, Fault> {
    match seen_by(&house, &me, id).await? {
        Some(material) => house.files.answer(&material.kept(), &asked).await,
        None => Ok(not_found()),
    }
}

pub async fn captions(State(house): State<House>, me: Me, Path(id): Path<i64>) -> Result<Response, Fault> {
    match seen_by(&house, &me, id).await?.filter(|material| !material.captions.is_empty()) {
        Some(material) => Ok(([(header::CONTENT_TYPE, "text/vtt; charset=utf-8")], material.captions).into_response()),
        None => Ok(not_found()),
    }
}

#[cfg(test)]
mod tests {
    use ground::{Moment, Role};

    use super::*;

    fn material(kind: Kind, title: &str, away: bool) -> Material {
        Material {
            id: 7,
            kind: kind.word().into(),
            title: title.into(),
            media_type: "application/pdf".into(),
            bytes: 3 * MEGABYTE,
            pages: 12,
            notes: "Breathe <first>.\n---\nThen talk.".into(),
            captions: String::new(),
            captions_language: String::new(),
            added_at: Moment(1_795_000_000_000_000),
            put_away_at: away.then_some(Moment(1_795_000_000_000_000)),
        }
    }

    #[test]
    fn the_list_renders_empty_full_and_with_what_does_not_fit() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Clinician));
            let page =
                |materials, trouble| MaterialsPage { ui: ui.clone(), zone: "UTC".into(), materials, title: "Wa<ves".into(), trouble };
            let empty = page(vec![], None).render().unwrap();
            assert!(empty.contains(&ui.t("materials-none")) && !empty.contains(&ui.t("materials-away-title")));
            let full = vec![material(Kind::Slides, "Waves <1>", false), material(Kind::Video, "Film", true)];
            let html = page(full, Some(Unfit::Active.key())).render().unwrap();
            assert!(html.contains("Waves &#60;1&#62;") && html.contains(&ui.t("materials-away-title")));
            assert!(html.contains(&ui.t("materials-active")) && html.contains("value=\"Wa&#60;ves\""), "what was typed stays");
            assert!(html.contains("enctype=\"multipart/form-data\"") && html.contains("accept=\""));
        }
    }

    #[test]
    fn one_material_has_notes_or_captions() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Clinician));
            let page = |material| MaterialPage { ui: ui.clone(), material, trouble: None }.render().unwrap();
            let deck = page(material(Kind::Slides, "Waves", false));
            assert!(deck.contains("Breathe &#60;first&#62;.") && !deck.contains("<video"));
            let film = page(material(Kind::Video, "Film", true));
            assert!(film.contains("<video") && film.contains("name=\"captions\"") && !film.contains("<track"));
            let spoken = Material { captions: "WEBVTT".into(), captions_language: "es".into(), ..material(Kind::Video, "Film", false) };
            assert!(page(spoken).contains("srclang=\"es\""));
        }
    }

    #[test]
    fn sizes_are_said_as_people_say_them() {
        let ui = Ui::sample(Language::English, Some(Role::Clinician));
        let said = |kind, bytes| about(&ui, &Material { bytes, ..material(kind, "x", false) });
        assert!(said(Kind::Slides, 300).contains("12 pages · 1 kB"), "{}", said(Kind::Slides, 300));
        assert!(said(Kind::Video, 40 * MEGABYTE).contains("40 MB"));
    }
}
