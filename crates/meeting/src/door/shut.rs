//! What stands at the door where nobody can come in: called off, not one's own first session yet, or not from where one is.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use care::licensing::{self, Verdict};
use ground::{Deed, Fault, House, Me, Ui, audit::Outcome, facts::SessionFacts, web::render_status, when};

use super::{
    pages::DoorForm,
    queries::{self, OpenClass},
};

#[derive(Template)]
#[template(path = "door/not_here.html")]
pub struct NotHerePage {
    pub ui: Ui,
    pub reason: String,
    pub place: String,
    pub session: i64,
    pub classes: Vec<OpenClass>,
}

/// The session was called off.
#[derive(Template)]
#[template(path = "door/called_off.html")]
pub struct CalledOffPage {
    pub ui: Ui,
    pub when: String,
}

#[derive(Template)]
#[template(path = "door/not_yet.html")]
pub struct NotYetPage {
    pub ui: Ui,
    /// The number of their first session.
    pub first: i64,
}

/// Whoever came to watch and may not: the group has not said yes.
#[derive(Template)]
#[template(path = "door/not_agreed.html")]
pub struct NotAgreedPage {
    pub ui: Ui,
    pub group: i64,
}

pub fn not_agreed(ui: Ui, group: i64) -> Result<Response, Fault> {
    render_status(&NotAgreedPage { ui, group }, StatusCode::CONFLICT)
}

pub fn when(ui: &Ui, session: &SessionFacts, zone: &str) -> String {
    let span = when::span(ui.language, session.starts_at, session.minutes, zone);
    format!("{} · {span}", when::day(ui.language, session.starts_at, zone))
}

/// Newcomers begin together, with a session that is still to come.
pub fn not_yet(ui: Ui, first: i64) -> Result<Response, Fault> {
    render_status(&NotYetPage { ui, first }, StatusCode::CONFLICT)
}

pub fn called_off(ui: Ui, me: &Me, session: &SessionFacts) -> Result<Response, Fault> {
    let page = CalledOffPage { when: when(&ui, session, &me.zone), ui };
    render_status(&page, StatusCode::CONFLICT)
}

/// The refusal says why in words, and what is open instead.
pub async fn refuse(house: &House, ui: Ui, me: &Me, session: &SessionFacts, form: &DoorForm, verdict: Verdict) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    tx.commit(Deed { outcome: Outcome::Denied, ..Deed::new(me.id, "door.licence", format!("session/{}", session.id)) }).await?;
    let reason = match verdict {
        Verdict::Expired => "door-licence-expired",
        Verdict::UnknownPlace => "door-licence-unknown",
        _ => "door-licence-not-covered",
    };
    let tables = licensing::shipped()?;
    let place = tables.name(&form.jurisdiction).to_owned();
    let decided = !house.practice().class_decided_by.is_empty();
    let classes = if decided { queries::open_classes(&house.db).await? } else { Vec::new() };
    let page = NotHerePage { reason: ui.t1(reason, "place", &place), place, session: session.id, classes, ui };
    render_status(&page, StatusCode::UNPROCESSABLE_ENTITY)
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    #[test]
    fn a_no_names_its_reason_and_what_is_open() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Member));
            let page = NotHerePage {
                ui: ui.clone(),
                reason: "because".into(),
                place: "Ohio".into(),
                session: 1,
                classes: vec![OpenClass { name: "Skills".into() }],
            };
            assert!(page.render().unwrap().contains("Skills"));
            let off = CalledOffPage { ui: ui.clone(), when: "Tuesday <b>".into() }.render().unwrap();
            assert!(off.contains("Tuesday &#60;b&#62;") && off.contains("/calendar"));
            assert!(NotYetPage { ui, first: 7 }.render().unwrap().contains('7'));
        }
    }
}
