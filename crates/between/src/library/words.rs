//! The words of an article or a worksheet for the live room. Each browser fetches them for itself, in its person's language, and gets them only if
//! that person may open the page of the library.

use axum::{
    Json,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use care::{agenda::Agenda, library::Words};
use ground::{Fault, House, Language, Me, Ui, facts, library, not_found};
use serde::Serialize;

use super::pages::{Found, open_to};

#[derive(Serialize)]
struct Told {
    #[serde(flatten)]
    words: Words,
    /// Whoever has homework can keep it for themselves.
    keeps: bool,
    /// Whose homework that is, sent back with it: a screen may have changed hands since.
    reader: String,
}

pub async fn words(State(house): State<House>, ui: Ui, me: Me, Path(item): Path<String>) -> Result<Response, Fault> {
    let words = match open_to(&house, &me, &item).await? {
        Some((Found::Article { article, .. }, _)) => Words::of_article(&article, ui.lang()),
        Some((Found::Sheet(sheet), _)) => Words::of_worksheet(&sheet, ui.lang()),
        None => return Ok(not_found()),
    };
    Ok(Json(Told { words, keeps: ui.is_member(), reader: me.id.to_string() }).into_response())
}

/// What the room's script offers to whoever leads.
#[derive(Serialize)]
struct Offered {
    item: String,
    title: String,
    is_worksheet: bool,
}

/// By the names that the group reads, what belongs to this week first, and among a family only what its family may open.
pub async fn shelf(State(house): State<House>, Path(session): Path<i64>) -> Result<Response, Fault> {
    let Some(session) = facts::session(&house.db, session).await? else { return Ok(not_found()) };
    let mut shelf = library::shelf(&house.db, session.group_id, Language::parse(&session.language)).await?;
    let Agenda { readings, .. } = serde_json::from_str(&session.agenda)?;
    shelf.sort_by_key(|item| readings.iter().position(|word| *word == item.slug).unwrap_or(readings.len()));
    let offered = |item: library::Named| Offered { item: item.slug, title: item.title, is_worksheet: item.is_worksheet };
    Ok(Json(shelf.into_iter().map(offered).collect::<Vec<_>>()).into_response())
}
