//! Staff come in: when somebody called, whoever leads the group, is on call or has the task. For this one session, seen by everybody.

use askama::Template;
use axum::{
    Extension,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::on_call::on_call;
use ground::{Deed, Fault, House, Me, Ui, not_found, peer, peer::Check, watch, web::render_status, when};
use room::{Card, Guest, Part, SEATS, Seat, Stance};

use super::queries::{self, Chair};
use crate::live::{Meeting, ask_arrived};

#[derive(Template)]
#[template(path = "peer/staff.html")]
pub struct StaffPage {
    pub ui: Ui,
    pub session: i64,
    pub group: String,
    pub when: String,
    pub over: bool,
    pub trouble: Option<&'static str>,
}

/// The check-in, for those who may come into it; everybody else learns nothing of it.
async fn known(house: &House, me: &Me, session: i64) -> Result<Option<Check>, Fault> {
    let Some(check) = peer::of_session(&house.db, session).await? else { return Ok(None) };
    if queries::came(&house.db, session, me.id).await?.is_some() {
        return Ok(Some(check));
    }
    let asked = check.staff_called_at.is_some() || queries::waits_for_help(&house.db, session).await?;
    let theirs = peer::leads_parent(&house.db, &check, me.id).await?
        || queries::owns_task(&house.db, session, me.id).await?
        || on_call(&watch::shifts(&house.db).await?, watch::now(house)).contains(&me.id);
    Ok((asked && theirs).then_some(check))
}

async fn show(house: &House, ui: Ui, me: &Me, check: Check, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let over = check.is_over(house.clock.now()) || check.cancelled_at.is_some();
    let when = when::span(ui.language, check.starts_at, check.minutes, &me.zone);
    let status = if trouble.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    render_status(&StaffPage { ui, session: check.session_id, group: check.parent_name, when, over, trouble }, status)
}

pub async fn page(State(house): State<House>, ui: Ui, me: Me, Path(session): Path<i64>) -> Result<Response, Fault> {
    let Some(check) = known(&house, &me, session).await? else { return Ok(not_found()) };
    show(&house, ui, &me, check, None).await
}

pub async fn come(
    State(house): State<House>,
    Extension(meeting): Extension<Meeting>,
    ui: Ui,
    me: Me,
    Path(session): Path<i64>,
) -> Result<Response, Fault> {
    let Some(check) = known(&house, &me, session).await? else { return Ok(not_found()) };
    if check.is_over(house.clock.now()) || check.cancelled_at.is_some() {
        return show(&house, ui, &me, check, Some("peer-staff-over")).await;
    }
    let tx = house.db.write().await?;
    // Whoever gets a seat in the group meanwhile does so before or after, and not in the same chair.
    queries::hold(&tx, check.parent_id).await?;
    let sits = queries::came(&tx, session, me.id).await?;
    let chair = match &sits {
        Some(chair) => Some(chair.clone()),
        None => free(&tx, &check, &me).await?,
    };
    let Some(chair) = chair else {
        drop(tx);
        return show(&house, ui, &me, check, Some("peer-staff-full")).await;
    };
    if sits.is_none() {
        if !queries::come(&tx, session, me.id, &chair, house.clock.now()).await? {
            drop(tx);
            return show(&house, ui, &me, check, Some("peer-staff-again")).await;
        }
        tx.commit(Deed::new(me.id, "peer.staff_came", format!("session/{session}"))).await?;
    } else {
        drop(tx);
    }
    let guest = guest(&chair);
    let seat = guest.seat;
    let next = match ask_arrived(&meeting, session, guest, me.id).await? {
        false => "goodbye",
        true if meeting.has_let_in(session, seat).await? => "room",
        true => "door",
    };
    Ok(Redirect::to(&format!("/sessions/{session}/{next}")).into_response())
}

/// Whoever leads the group has a chair there; for the others it is one that nobody of the group has or had.
async fn free(tx: &ground::Tx, check: &Check, me: &Me) -> Result<Option<Chair>, Fault> {
    if let Some(chair) = queries::chair(tx, check.parent_id, me.id).await? {
        return Ok(Some(chair));
    }
    let mut taken = queries::seats(tx, check.parent_id).await?;
    taken.extend(queries::staff_seats(tx, check.session_id).await?);
    let seat = (0..i64::from(SEATS)).find(|seat| !taken.contains(seat));
    Ok(seat.map(|seat| Chair { seat, name: me.name.clone() }))
}

fn guest(chair: &Chair) -> Guest {
    Guest {
        seat: Seat(u8::try_from(chair.seat).unwrap_or(0)),
        name: chair.name.clone(),
        part: Part::Facilitator,
        stance: Stance::Open,
        card: Card::default(),
        beside: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    #[test]
    fn the_page_says_what_happens_and_offers_nothing_when_it_is_over() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Clinician));
            let page = |over: bool, trouble| StaffPage {
                ui: ui.clone(),
                session: 8,
                group: "Steady <Ground>".into(),
                when: "7 pm".into(),
                over,
                trouble,
            };
            let html = page(false, None).render().unwrap();
            assert!(html.contains("action=\"/peer-check-ins/8/staff\"") && html.contains("Steady &#60;Ground&#62;"));
            assert!(html.contains(&language.t("peer-staff-seen")), "nobody comes in unseen");
            let html = page(true, Some("peer-staff-over")).render().unwrap();
            assert!(!html.contains("<form method=\"post\" action=\"/peer") && html.contains(&language.t("peer-staff-over")));
        }
    }
}
