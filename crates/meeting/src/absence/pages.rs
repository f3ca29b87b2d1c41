use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use ground::{Deed, Fault, House, Me};
use serde::Deserialize;

use super::queries;

#[derive(Debug, Deserialize)]
pub struct TapForm {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    minutes: String,
    #[serde(default)]
    back: String,
}

/// Only to a page of ours that has these taps: the calendar, the door of this session, else the first page.
fn back(to: &str, session: i64) -> Response {
    let door = format!("/sessions/{session}/door");
    Redirect::to(["/calendar", &door].into_iter().find(|page| *page == to).unwrap_or("/today")).into_response()
}

/// There is nothing to type here: whatever is not one of the four taps came from no page of ours.
fn read(form: &TapForm) -> Option<(&'static str, i64)> {
    match form.kind.as_str() {
        "cannot" => Some(("cannot", 0)),
        "late" => form.minutes.parse().ok().filter(|minutes| [5, 10, 15].contains(minutes)).map(|minutes| ("late", minutes)),
        _ => None,
    }
}

pub async fn say(State(house): State<House>, me: Me, Path(session): Path<i64>, Form(form): Form<TapForm>) -> Result<Response, Fault> {
    let Some((kind, minutes)) = read(&form) else { return Ok(StatusCode::UNPROCESSABLE_ENTITY.into_response()) };
    let tx = house.db.write().await?;
    if !queries::say(&tx, session, me.id, kind, minutes, house.clock.now()).await? {
        // It has ended or was called off meanwhile; the page says so.
        return Ok(back(&form.back, session));
    }
    tx.commit(Deed::new(me.id, "absence.say", format!("session/{session}"))).await?;
    Ok(back(&form.back, session))
}

pub async fn take_back(State(house): State<House>, me: Me, Path(session): Path<i64>, Form(form): Form<TapForm>) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    if !queries::take_back(&tx, session, me.id).await? {
        return Ok(back(&form.back, session));
    }
    tx.commit(Deed::new(me.id, "absence.take_back", format!("session/{session}"))).await?;
    Ok(back(&form.back, session))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_comes_back_to_where_one_tapped_and_nowhere_else() {
        for (to, page) in [
            ("/calendar", "/calendar"),
            ("/sessions/4/door", "/sessions/4/door"),
            ("/sessions/5/door", "/today"),
            ("/sessions/4/door/../room", "/today"),
            ("//evil.example/sessions/4/door", "/today"),
            ("", "/today"),
        ] {
            assert_eq!(back(to, 4).headers()["location"], page, "{to}");
        }
    }

    #[test]
    fn only_the_four_taps_are_taken() {
        let form = |kind: &str, minutes: &str| TapForm { kind: kind.into(), minutes: minutes.into(), back: String::new() };
        assert_eq!(read(&form("cannot", "")), Some(("cannot", 0)));
        for minutes in [5, 10, 15] {
            assert_eq!(read(&form("late", &minutes.to_string())), Some(("late", minutes)));
        }
        for (kind, minutes) in [("", ""), ("never", "5"), ("late", ""), ("late", "7"), ("late", "-5"), ("late", "5 OR 1=1")] {
            assert_eq!(read(&form(kind, minutes)), None, "{kind} {minutes}");
        }
    }
}
