use askama::Template;
use axum::{
    Extension, Form,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use ground::{
    Deed, Fault, House, Me, Role, Ui, accounts,
    audit::Outcome,
    render, sign_in,
    web::{Peer, client_address, render_status},
};
use serde::Deserialize;

use super::queries::{self, Account};
use crate::start::{device, own_path};

#[derive(Template)]
#[template(path = "sign_in/sign_in.html")]
pub struct SignInPage {
    pub ui: Ui,
    pub email: String,
    pub next: String,
    /// A new password was chosen a moment ago.
    pub chosen: bool,
    pub trouble: Option<&'static str>,
}

#[derive(Deserialize, Default)]
pub struct Next {
    #[serde(default)]
    next: String,
    #[serde(default)]
    chosen: Option<String>,
}

pub async fn form(ui: Ui, Query(next): Query<Next>) -> Result<Response, Fault> {
    render(&SignInPage { ui, email: String::new(), next: own_path(&next.next).to_owned(), chosen: next.chosen.is_some(), trouble: None })
}

#[derive(Deserialize)]
pub struct SignIn {
    email: String,
    password: String,
    #[serde(default)]
    next: String,
}

pub async fn sign_in(
    State(house): State<House>,
    ui: Ui,
    headers: HeaderMap,
    peer: Option<Extension<Peer>>,
    Form(form): Form<SignIn>,
) -> Result<Response, Fault> {
    let email = form.email.trim().to_lowercase();
    let address = client_address(&house, &headers, peer.map(|Extension(peer)| peer)).to_string();
    let subjects = [format!("account {email}"), format!("address {address}")];
    let again = |trouble, status| {
        let page = SignInPage {
            ui: ui.clone(),
            email: email.clone(),
            next: own_path(&form.next).to_owned(),
            chosen: false,
            trouble: Some(trouble),
        };
        render_status(&page, status)
    };
    if accounts::too_many_tries(&house.db, &subjects, house.clock.now()).await? {
        return again("sign-in-pause", StatusCode::TOO_MANY_REQUESTS);
    }
    let Some((account, role)) = checked(&house, &email, &form.password).await? else {
        let tx = house.db.write().await?;
        accounts::note_try(&tx, &subjects, house.clock.now()).await?;
        let deed = Deed { outcome: Outcome::Denied, address: Some(&address), ..Deed::new(0, "sign_in", "person") };
        tx.commit(deed).await?;
        return again("sign-in-wrong", StatusCode::UNPROCESSABLE_ENTITY);
    };
    let tx = house.db.write().await?;
    let cookie = sign_in::begin(&house, &tx, account.id, role, device(&headers)).await?;
    queries::forget_failures(&tx, &subjects[0]).await?;
    if account.password_hash.as_deref().is_some_and(|hash| house.passwords.is_outdated(hash)) {
        queries::raise_hash(&tx, account.id, house.passwords.hash(&form.password).await?).await?;
    }
    let deed = Deed { address: Some(&address), ..Deed::new(account.id, "sign_in", format!("person/{}", account.id)) };
    tx.commit(deed).await?;
    let next = if form.next.is_empty() { "/today" } else { own_path(&form.next) };
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), Redirect::to(if next == "/" { "/today" } else { next })).into_response())
}

/// The account behind this address and password; takes as long when there is none.
async fn checked(house: &House, email: &str, password: &str) -> Result<Option<(Account, Role)>, Fault> {
    let account = queries::account(&house.db, email).await?;
    let stored = account.as_ref().and_then(|account| account.password_hash.clone());
    let fits = house.passwords.verify(password, stored).await?;
    Ok(account.filter(|_| fits).and_then(|account| Role::parse(&account.role).map(|role| (account, role))))
}

/// Forgets the browser too: cookies, caches, what scripts kept.
pub async fn sign_out(State(house): State<House>, me: Me) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    sign_in::revoke(&tx, me.sign_in, me.id, house.clock.now()).await?;
    tx.commit(Deed::new(me.id, "sign_out", format!("person/{}", me.id))).await?;
    let clear = [("clear-site-data", "\"cache\", \"storage\"")];
    Ok((AppendHeaders([(header::SET_COOKIE, sign_in::end_cookie(&house)?)]), clear, Redirect::to("/")).into_response())
}

#[cfg(test)]
mod tests {
    use ground::Language;

    use super::*;

    #[test]
    fn a_refused_sign_in_keeps_the_address_and_says_why() {
        for language in Language::ALL {
            let ui = Ui::sample(language, None);
            let page =
                SignInPage { ui, email: "maya@example.org".into(), next: "/today".into(), chosen: false, trouble: Some("sign-in-wrong") };
            let html = page.render().unwrap();
            assert!(html.contains("maya@example.org") && html.contains("role=\"alert\""));
        }
    }
}
