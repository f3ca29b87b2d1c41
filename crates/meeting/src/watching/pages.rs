use askama::Template;
use axum::{
    Extension, Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::watching::{Consent, consent};
use ground::{Deed, Fault, House, Me, Ui, render, web::render_status};
use serde::Deserialize;

use super::queries::{self, Answer, Observer, Open};
use crate::live::Meeting;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AnswerForm {
    pub observer: String,
    /// `yes` or `no`.
    pub agrees: String,
}

pub struct Watcher {
    pub observer: Observer,
    pub consent: Consent,
    /// What the member who reads this said; `None` for others, too.
    pub mine: Option<bool>,
}

#[derive(Template)]
#[template(path = "watching/watching.html")]
pub struct WatchingPage {
    pub ui: Ui,
    pub group: i64,
    pub is_member: bool,
    pub watchers: Vec<Watcher>,
    pub trouble: Option<&'static str>,
}

impl WatchingPage {
    /// For whoever leads, the office and the observer: how it stands, never who said what.
    fn stands(&self, watcher: &Watcher) -> String {
        match watcher.consent {
            Consent::Given => self.ui.t("watching-given"),
            Consent::Waits(1) => self.ui.t("watching-waits-one"),
            Consent::Waits(count) => self.ui.t1("watching-waits", "count", count),
            Consent::Refused => self.ui.t("watching-refused"),
        }
    }

    fn mine(&self, watcher: &Watcher) -> String {
        let key = match watcher.mine {
            Some(true) => "watching-said-yes",
            Some(false) => "watching-said-no",
            None => "watching-said-nothing",
        };
        self.ui.t(key)
    }
}

#[derive(Template)]
#[template(path = "watching/open.html")]
pub struct OpenCard {
    pub ui: Ui,
    pub all: Vec<Open>,
}

async fn show(house: &House, ui: Ui, me: &Me, group: i64, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let (mut watchers, mut is_member) = (Vec::new(), ui.is_member());
    for observer in queries::observers(&house.db, group).await? {
        let answers = queries::answers(&house.db, group, observer.id).await?;
        let own = answers.iter().find(|answer| answer.person_id == me.id);
        is_member = is_member || own.is_some();
        let mine = own.and_then(Answer::said);
        watchers.push(Watcher { observer, consent: consent(answers.iter().map(Answer::said)), mine });
    }
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    render_status(&WatchingPage { ui, group, is_member, watchers, trouble }, status)
}

pub async fn page(State(house): State<House>, ui: Ui, me: Me, Path(group): Path<i64>) -> Result<Response, Fault> {
    show(&house, ui, &me, group, None).await
}

pub async fn answer(
    State(house): State<House>,
    Extension(meeting): Extension<Meeting>,
    ui: Ui,
    me: Me,
    Path(group): Path<i64>,
    Form(form): Form<AnswerForm>,
) -> Result<Response, Fault> {
    let known = queries::observers(&house.db, group).await?;
    let observer = known.iter().find(|observer| form.observer.parse() == Ok(observer.id));
    let agrees = match form.agrees.as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let Some((observer, agrees)) = observer.zip(agrees) else {
        return show(&house, ui, &me, group, Some("watching-unreadable")).await;
    };
    let tx = house.db.write().await?;
    queries::keep(&tx, group, observer.id, me.id, agrees, house.clock.now()).await?;
    tx.commit(Deed::new(me.id, "watching.answer", format!("group/{group}"))).await?;
    // A no holds now, in a session that runs, too.
    meeting.house_news(group).await;
    Ok(Redirect::to(&format!("/groups/{group}/watching")).into_response())
}

/// A line on Today while somebody waits for an answer; nothing otherwise.
pub async fn open(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    let all = queries::open(&house.db, me.id).await?;
    render(&OpenCard { ui, all })
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    fn watcher(consent: Consent, mine: Option<bool>) -> Watcher {
        Watcher { observer: Observer { id: 9, name: "Sofia <R>".into() }, consent, mine }
    }

    #[test]
    fn leaders_read_how_it_stands_and_members_what_they_said() {
        for language in Language::ALL {
            for (stands, key) in
                [(Consent::Given, "watching-given"), (Consent::Refused, "watching-refused"), (Consent::Waits(1), "watching-waits-one")]
            {
                let page = |is_member| {
                    let ui = Ui::sample(language, Some(if is_member { Role::Member } else { Role::Clinician }));
                    WatchingPage { ui, group: 3, is_member, watchers: vec![watcher(stands, Some(false))], trouble: None }
                };
                let (leader, member) = (page(false), page(true));
                let (for_leader, for_member) = (leader.render().unwrap(), member.render().unwrap());
                assert!(for_leader.contains(&leader.ui.t(key)) && !for_leader.contains("name=\"agrees\""));
                assert!(for_member.contains(&leader.ui.t("watching-said-no")) && !for_member.contains(&leader.ui.t(key)));
                assert!(for_member.contains("Sofia &#60;R&#62;") && for_member.matches("name=\"agrees\"").count() == 2);
            }
            let empty = WatchingPage { ui: Ui::sample(language, None), group: 3, is_member: true, watchers: vec![], trouble: None };
            assert!(empty.render().unwrap().contains(&empty.ui.t("watching-nobody")));
            let card = |all| OpenCard { ui: Ui::sample(language, Some(Role::Member)), all }.render().unwrap();
            assert!(card(vec![]).trim().is_empty(), "nothing waits, nothing is said");
            assert!(card(vec![Open { group_id: 3, group_name: "A & B".into() }]).contains("/groups/3/watching"));
        }
    }
}
