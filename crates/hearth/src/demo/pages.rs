use std::net::SocketAddr;

use askama::Template;
use axum::{
    Extension,
    extract::{Query, State},
    http::{HeaderMap, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use ground::{Deed, Fault, House, Role, Ui, not_found, render, sign_in};
use post::{Address, Post, Posted};
use rehearsal::{AtDoor, Member, Way, attend, cast, wait_at_door};
use serde::Deserialize;

use super::{queries, seed};

/// So many synthetic members come, unless the address says otherwise.
const ACTORS: usize = 6;

#[derive(Deserialize)]
pub struct Cast {
    members: Option<usize>,
}

#[derive(Clone)]
pub struct Demo {
    pub post: Post,
    pub base: SocketAddr,
}

/// Synthetic members come to tonight's session, and whoever pressed the button leads it.
pub async fn rehearsal(
    State(house): State<House>,
    Extension(demo): Extension<Demo>,
    Query(wanted): Query<Cast>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    if !house.config.demo {
        return Ok(not_found());
    }
    let Some((session, leader)) = seed::tonight(&house).await? else { return Ok(not_found()) };
    let Some(group) = ground::facts::group_of_session(&house.db, session).await? else { return Ok(not_found()) };
    let actors = wanted.members.unwrap_or(ACTORS);
    for (index, actor) in queries::members(&house.db, group).await?.iter().take(actors).enumerate() {
        tokio::spawn(come(demo.base, session, actor.person_id, index + 1));
    }
    let device = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let tx = house.db.write().await?;
    let cookie = sign_in::begin(&house, &tx, leader, Role::Clinician, device).await?;
    tx.commit(Deed::new(leader, "demo.rehearsal", format!("session/{session}"))).await?;
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), Redirect::to(&format!("/sessions/{session}/door"))).into_response())
}

/// One synthetic member's evening. Whoever is already there only says hello twice.
async fn come(base: SocketAddr, session: i64, person: i64, number: usize) {
    let evening = async {
        let mut way = Way::new(base, session)?;
        way.demo_sign_in(person).await?;
        let persona = cast(number);
        let stance = match persona.stance {
            room::Stance::Listening => "listening",
            room::Stance::AskMe => "ask_me",
            room::Stance::Open => "open",
        };
        way.pass_door(&AtDoor { jurisdiction: "NY".into(), stance, signed_name: "A rehearsal member".into() }).await?;
        wait_at_door(&way).await?;
        attend(&way, Member::new(persona, None), number).await
    };
    if let Err(lost) = evening.await {
        tracing::info!(reason = %lost, "a rehearsal member went home early");
    }
}

#[derive(Template)]
#[template(path = "demo/outbox.html")]
pub struct OutboxPage {
    pub ui: Ui,
    pub posted: Vec<Posted>,
}

impl OutboxPage {
    fn address<'a>(&self, posted: &'a Posted) -> &'a str {
        match &posted.to {
            Address::Email(address) | Address::Phone(address) => address,
            Address::Device(knock) => knock.endpoint.host(),
        }
    }

    fn is_knock(&self, posted: &Posted) -> bool {
        matches!(posted.to, Address::Device(_))
    }

    fn is_text(&self, posted: &Posted) -> bool {
        matches!(posted.to, Address::Phone(_))
    }
}

pub async fn outbox(State(house): State<House>, Extension(demo): Extension<Demo>, ui: Ui) -> Result<Response, Fault> {
    let Post::Outbox(outbox) = &demo.post else { return Ok(not_found()) };
    if !house.config.demo {
        return Ok(not_found());
    }
    let posted = outbox.posted().into_iter().rev().collect();
    render(&OutboxPage { ui, posted })
}
