use askama::Template;
use axum::{
    Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use ground::{
    Deed, Fault, House, Language, Me, Role, Ui,
    accounts::{self, New},
    web::render_status,
};
use serde::Deserialize;

use super::queries::{self, Person};

#[derive(Template)]
#[template(path = "roster/people.html")]
pub struct PeoplePage {
    pub ui: Ui,
    pub people: Vec<Person>,
    pub typed: Invite,
    pub trouble: Option<&'static str>,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub struct Invite {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub role: String,
    /// In which the invitation is written, until they choose themselves.
    #[serde(default)]
    pub language: String,
}

fn role_key(word: &str) -> String {
    format!("role-{}", word.replace('_', "-"))
}

impl PeoplePage {
    fn role(&self, word: &str) -> String {
        self.ui.t(&role_key(word))
    }

    /// Whoever invites in Spanish mostly invites somebody who reads Spanish.
    fn language(&self) -> &str {
        if self.typed.language.is_empty() { self.ui.lang() } else { &self.typed.language }
    }

    fn roles(&self) -> Vec<&'static str> {
        Role::ALL.into_iter().map(Role::word).collect()
    }
}

async fn page(house: &House, ui: Ui, typed: Invite, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let people = queries::all(&house.db).await?;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    render_status(&PeoplePage { ui, people, typed, trouble }, status)
}

pub async fn all(State(house): State<House>, ui: Ui) -> Result<Response, Fault> {
    page(&house, ui, Invite::default(), None).await
}

/// A readable address, a name, and a role that this person may give: only administrators make administrators.
fn checked(me: &Me, typed: &Invite) -> Result<(String, Role), &'static str> {
    let email = accounts::email(&typed.email).ok_or("people-email-unreadable")?;
    accounts::name(&typed.name).ok_or("people-name-unfit")?;
    let role = Role::parse(&typed.role).ok_or("people-role-missing")?;
    if role == Role::Administrator && me.role != Role::Administrator {
        return Err("people-role-not-yours");
    }
    Ok((email, role))
}

/// Makes the account and puts the mail with its link on the list, in one transaction.
pub async fn invite(State(house): State<House>, ui: Ui, me: Me, Form(typed): Form<Invite>) -> Result<Response, Fault> {
    let (email, role) = match checked(&me, &typed) {
        Ok(checked) => checked,
        Err(trouble) => return page(&house, ui, typed, Some(trouble)).await,
    };
    let (now, zone) = (house.clock.now(), house.practice().zone);
    let tx = house.db.write().await?;
    let language = Language::parse(&typed.language);
    let new = New { name: typed.name.trim(), email: &email, role, zone: &zone, language };
    let Some(person) = accounts::add(&tx, &new, now).await? else {
        drop(tx);
        return page(&house, ui, typed, Some("people-email-taken")).await;
    };
    accounts::invite(&house, &tx, person, "invitation").await?;
    tx.commit(Deed::new(me.id, "person.invite", format!("person/{person}"))).await?;
    Ok(Redirect::to("/people").into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_renders_and_keeps_what_was_typed() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Coordinator));
            let typed = Invite { name: "New Person".into(), email: "odd".into(), role: "member".into(), language: "es".into() };
            let people = vec![Person { name: "Maya".into(), email: "m@example.org".into(), role: "member".into(), has_password: 0 }];
            let html = PeoplePage { ui, people, typed, trouble: Some("people-email-unreadable") }.render().unwrap();
            assert!(html.contains("New Person") && html.contains("odd") && html.contains("<option value=\"es\" selected>"));
        }
    }

    #[test]
    fn only_administrators_make_administrators() {
        let Some(coordinator) = Ui::sample(Language::English, Some(Role::Coordinator)).me else { return };
        let typed = Invite { name: "A".into(), email: "a@example.org".into(), role: "administrator".into(), language: String::new() };
        assert_eq!(checked(&coordinator, &typed).err(), Some("people-role-not-yours"));
        assert!(checked(&Me { role: Role::Administrator, ..coordinator }, &typed).is_ok());
    }
}
