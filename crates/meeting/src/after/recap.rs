use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use ground::{
    Fault, House, Me, Ui,
    facts::{self, SessionFacts},
    not_found, render, when,
};

use super::{
    journal,
    queries::{self, Next},
};
use crate::live::StoredAnswer;

#[derive(Template)]
#[template(path = "after/recap.html")]
pub struct RecapPage {
    pub ui: Ui,
    pub session: SessionFacts,
    pub zone: String,
    pub takeaways: Vec<String>,
    pub mine: StoredAnswer,
    pub next: Option<Next>,
}

impl RecapPage {
    fn when(&self) -> String {
        when::day(self.ui.language, self.session.starts_at, &self.zone)
    }

    fn next_when(&self) -> Option<String> {
        let next = self.next.as_ref()?;
        Some(format!(
            "{} · {}",
            when::day(self.ui.language, next.starts_at, &self.zone),
            when::span(self.ui.language, next.starts_at, next.minutes, &self.zone)
        ))
    }

    fn shared(&self, page: &room::tools::journal::KeptPage) -> String {
        journal::shared(&self.ui, &page.sharing)
    }

    fn before(&self) -> Option<u8> {
        self.mine.check_in.as_ref().map(|answer| answer.mood)
    }

    fn after(&self) -> Option<u8> {
        self.mine.closing.as_ref().and_then(|closing| closing.mood)
    }
}

pub async fn recap(State(house): State<House>, ui: Ui, me: Me, Path(session): Path<i64>) -> Result<Response, Fault> {
    let Some(session) = facts::session(&house.db, session).await? else { return Ok(not_found()) };
    let page = RecapPage {
        takeaways: queries::takeaways(&house, session.id).await?,
        mine: queries::answer(&house, session.id, me.id).await?.unwrap_or_default(),
        next: queries::next(&house.db, session.group_id, session.starts_at).await?,
        zone: me.zone.clone(),
        session,
        ui,
    };
    render(&page)
}
