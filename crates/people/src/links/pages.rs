use askama::Template;
use axum::{
    Extension, Form,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use ground::{
    Deed, Fault, House, Ui,
    accounts::{self, LinkKind},
    passwords, render, sign_in,
    web::{Peer, client_address, render_status},
};
use serde::Deserialize;

use super::{queries, send_reset};

#[derive(Template)]
#[template(path = "links/forgotten.html")]
pub struct ForgottenPage {
    pub ui: Ui,
    pub sent: bool,
}

pub async fn forgotten(ui: Ui) -> Result<Response, Fault> {
    render(&ForgottenPage { ui, sent: false })
}

#[derive(Deserialize)]
pub struct Forgotten {
    email: String,
}

/// The same answer whether or not somebody has that address.
pub async fn ask_for_link(
    State(house): State<House>,
    ui: Ui,
    headers: HeaderMap,
    peer: Option<Extension<Peer>>,
    Form(form): Form<Forgotten>,
) -> Result<Response, Fault> {
    let email = form.email.trim().to_lowercase();
    let address = client_address(&house, &headers, peer.map(|Extension(peer)| peer));
    let subjects = [format!("reset {email}"), format!("reset-address {address}")];
    if !accounts::too_many_tries(&house.db, &subjects, house.clock.now()).await? {
        let person = accounts::find(&house.db, &email).await?;
        let tx = house.db.write().await?;
        accounts::note_try(&tx, &subjects, house.clock.now()).await?;
        if let Some(person) = person {
            send_reset(&house, &tx, person).await?;
        }
        tx.commit(Deed::new(0, "password.reset_asked", "person")).await?;
    }
    render(&ForgottenPage { ui, sent: true })
}

#[derive(Template)]
#[template(path = "links/choose.html")]
pub struct ChoosePage {
    pub ui: Ui,
    pub path: String,
    pub trouble: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "links/over.html")]
pub struct OverPage {
    pub ui: Ui,
}

pub async fn choose(State(house): State<House>, ui: Ui, Path(token): Path<String>) -> Result<Response, Fault> {
    match queries::open(&house.db, &token, house.clock.now()).await? {
        Some(_) => render(&ChoosePage { ui, path: format!("/welcome/{token}"), trouble: None }),
        None => render_status(&OverPage { ui }, StatusCode::GONE),
    }
}

#[derive(Deserialize)]
pub struct Choose {
    password: String,
    again: String,
}

pub async fn consume(
    State(house): State<House>,
    ui: Ui,
    headers: HeaderMap,
    peer: Option<Extension<Peer>>,
    Path(token): Path<String>,
    Form(form): Form<Choose>,
) -> Result<Response, Fault> {
    let now = house.clock.now();
    let Some(link) = queries::open(&house.db, &token, now).await? else { return render_status(&OverPage { ui }, StatusCode::GONE) };
    if let Some(trouble) = trouble(&form.password, &form.again) {
        let page = ChoosePage { ui, path: format!("/welcome/{token}"), trouble: Some(trouble) };
        return render_status(&page, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let hash = house.passwords.hash(&form.password).await?;
    let tx = house.db.write().await?;
    if !queries::use_up(&tx, &token, now).await? {
        return render_status(&OverPage { ui }, StatusCode::GONE);
    }
    queries::use_up_others(&tx, link.person_id, now).await?;
    queries::set_password(&tx, link.person_id, hash).await?;
    if link.kind == LinkKind::Invitation.word() {
        // Whoever invited could only guess it; this page was read in the language of their own browser.
        queries::set_language(&tx, link.person_id, ui.language).await?;
    }
    sign_in::revoke_all(&tx, link.person_id, now).await?;
    let address = client_address(&house, &headers, peer.map(|Extension(peer)| peer)).to_string();
    let deed = Deed { address: Some(&address), ..Deed::new(link.person_id, "password.set", format!("person/{}", link.person_id)) };
    tx.commit(deed).await?;
    // A link never signs anyone in: the way goes past the password, and later past the second factor.
    Ok(Redirect::to("/sign-in?chosen=yes").into_response())
}

/// The key of the sentence that says why this password will not do.
pub(crate) fn trouble(password: &str, again: &str) -> Option<&'static str> {
    if let Err(weak) = passwords::check(password) {
        return Some(weak.key());
    }
    (password != again).then_some("password-not-the-same")
}
