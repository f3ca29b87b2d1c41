use askama::Template;
use axum::{
    Extension,
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use ground::{Fault, House, Me, Ui, facts, not_found, peer, render, watch, web::in_script, words::room_patterns};
use serde::Deserialize;
use serde_json::{Map, json};

use crate::{assets, live::Meeting};

#[derive(Template)]
#[template(path = "room_page/room.html")]
pub struct RoomPage {
    pub ui: Ui,
    pub session: i64,
    /// JSON for the bundle, safe inside a script element.
    pub words: String,
    pub crisis: String,
    pub practice: String,
    pub relays: String,
}

#[derive(Template)]
#[template(path = "room_page/goodbye.html")]
pub struct GoodbyePage {
    pub ui: Ui,
    pub session: i64,
    pub ended: bool,
    /// A facilitator asked this person to step out.
    pub asked_out: bool,
    /// Members among themselves: nothing is taken home but what was said.
    pub is_peer: bool,
}

impl RoomPage {
    fn script(&self) -> String {
        assets::address("room.js")
    }

    fn style(&self) -> String {
        assets::address("room.css")
    }

    /// Fetched only when a whiteboard is open.
    fn board(&self) -> String {
        assets::address("board.js")
    }
}

/// Only whoever has passed the door today gets the page; everybody else is led there.
pub async fn room(
    State(house): State<House>,
    Extension(meeting): Extension<Meeting>,
    ui: Ui,
    me: Me,
    Path(session): Path<i64>,
) -> Result<Response, Fault> {
    let Some(facts) = facts::session(&house.db, session).await? else { return Ok(not_found()) };
    if facts.state == "ended" {
        return Ok(Redirect::to(&format!("/sessions/{session}/goodbye")).into_response());
    }
    if !meeting.is_admitted(session, me.id).await? {
        return Ok(Redirect::to(&format!("/sessions/{session}/door")).into_response());
    }
    let words = serde_json::to_string(&words(&ui))?;
    // Where no staff are the room says when a call is read.
    let watch = match peer::of_session(&house.db, session).await? {
        Some(_) => watch::words(&house, &ui).await?,
        None => String::new(),
    };
    let page = RoomPage {
        session,
        words: in_script(&words),
        crisis: in_script(&serde_json::to_string(&ui.crisis)?),
        practice: in_script(&json!({"name": ui.practice.name, "phone": ui.practice.phone, "watch": watch}).to_string()),
        relays: in_script(&meeting.relays.for_page(house.clock.now())),
        ui,
    };
    render(&page)
}

fn words(ui: &Ui) -> Map<String, serde_json::Value> {
    room_patterns(ui.language).map(|(key, text)| (key.to_owned(), text.into())).collect()
}

/// The words of the door's script, ready to stand in a script element.
pub fn door_words(ui: &Ui) -> String {
    let words: Map<String, serde_json::Value> = words(ui).into_iter().filter(|(key, _)| key.starts_with("door-")).collect();
    in_script(&serde_json::Value::Object(words).to_string())
}

#[derive(Deserialize)]
pub struct How {
    #[serde(default, rename = "asked-out")]
    asked_out: Option<String>,
}

pub async fn goodbye(State(house): State<House>, ui: Ui, Path(session): Path<i64>, Query(how): Query<How>) -> Result<Response, Fault> {
    let Some(facts) = facts::session(&house.db, session).await? else { return Ok(not_found()) };
    if facts.cancelled_at.is_some() {
        return Ok(Redirect::to(&format!("/sessions/{session}/door")).into_response());
    }
    let ended = facts.state == "ended";
    let is_peer = peer::of_session(&house.db, session).await?.is_some();
    render(&GoodbyePage { ui, session, ended, asked_out: how.asked_out.is_some() && !ended, is_peer })
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    #[test]
    fn the_page_names_no_group_in_its_title_and_shows_the_crisis_lines() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Member));
            let page = RoomPage {
                session: 3,
                words: in_script("{\"a\":\"</script>\"}"),
                crisis: "[]".into(),
                practice: "{}".into(),
                relays: "[]".into(),
                ui: ui.clone(),
            };
            let html = page.render().unwrap();
            assert!(html.contains("data-socket=\"/sessions/3/room/socket\"") && !html.contains("\"</script>\""));
            let goodbye = |ended: bool, asked_out: bool, is_peer: bool| {
                GoodbyePage { ui: ui.clone(), session: 3, ended, asked_out, is_peer }.render().unwrap()
            };
            let html = goodbye(true, false, false);
            assert!(html.contains("988") && html.contains("/sessions/3/recap"));
            assert!(!goodbye(true, false, true).contains("/sessions/3/"), "of a check-in among members nothing is kept");
            assert!(goodbye(false, true, true).contains(&language.t("peer-out")), "nobody of the staff asked them out");
        }
    }
}
