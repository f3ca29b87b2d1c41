use askama::Template;
use axum::{Form, extract::State, http::StatusCode, response::Response};
use ground::{
    Deed, Fault, House, Me, Ui,
    handover::{self, Risk},
    jobs, random_id, render, watch,
    web::render_status,
};
use serde::Deserialize;

const TEXT_CHARS: usize = 2_000;

#[derive(Template)]
#[template(path = "help/help.html")]
pub struct HelpPage {
    pub ui: Ui,
    pub asked: bool,
    /// Whether somebody watches now, honestly.
    pub watch: String,
    pub text: String,
    pub trouble: Option<&'static str>,
}

pub async fn help(State(house): State<House>, ui: Ui) -> Result<Response, Fault> {
    let watch = watch::words(&house, &ui).await?;
    render(&HelpPage { ui, asked: false, watch, text: String::new(), trouble: None })
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    text: String,
    kind: String,
}

/// The lines are on the page whatever happens; the task is written before we say so.
pub async fn ask(State(house): State<House>, ui: Ui, me: Me, Form(form): Form<Asked>) -> Result<Response, Fault> {
    let watch = watch::words(&house, &ui).await?;
    let text = form.text.trim();
    let concern = form.kind == "concern";
    let trouble = if text.chars().count() > TEXT_CHARS {
        Some("help-too-long")
    } else if concern && text.is_empty() {
        Some("help-say-what")
    } else {
        None
    };
    if trouble.is_some() {
        return render_status(&HelpPage { ui, asked: false, watch, text: form.text, trouble }, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let source = if concern { "concern" } else { "asked_for_help" };
    let now = house.clock.now();
    let risk = Risk { source: source.to_owned(), person: me.id, session: 0, owner: 0, opened_at: now.0, detail: text.to_owned() };
    let tx = house.db.write().await?;
    jobs::later_sealed(&house, &tx, handover::RISK, &format!("{source}/{}", random_id()), &risk, now).await?;
    tx.commit(Deed::new(me.id, "help.ask", format!("person/{}", me.id))).await?;
    render(&HelpPage { ui, asked: true, watch, text: String::new(), trouble: None })
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    #[test]
    fn the_lines_come_before_the_form() {
        for language in Language::ALL {
            let page = HelpPage {
                ui: Ui::sample(language, Some(Role::Member)),
                asked: false,
                watch: "Nobody".into(),
                text: "kept".into(),
                trouble: Some("help-too-long"),
            };
            let html = page.render().unwrap();
            assert!(html.find("tel:988").unwrap() < html.find("<textarea").unwrap());
            assert!(html.contains("kept"));
        }
    }
}
