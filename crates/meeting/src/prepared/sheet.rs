//! The agenda on paper, for whoever leads with the screen full of faces.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use care::agenda::{Agenda, Phase, Prepared};
use ground::{
    Fault, House, Me, Moment, Ui,
    facts::{self, SessionFacts},
    not_found, render, when,
};

#[derive(Template)]
#[template(path = "prepared/sheet.html")]
pub struct SheetPage {
    pub ui: Ui,
    pub zone: String,
    pub session: SessionFacts,
    pub agenda: Agenda,
}

/// A phase with the time on the clock at which it begins.
struct Row<'a> {
    at: String,
    phase: &'a Phase,
}

impl SheetPage {
    fn when(&self) -> String {
        when::day(self.ui.language, self.session.starts_at, &self.zone)
    }

    fn rows(&self) -> Vec<Row<'_>> {
        let mut at = self.session.starts_at;
        let mut rows = Vec::new();
        for phase in &self.agenda.phases {
            rows.push(Row { at: when::time(self.ui.language, at, &self.zone), phase });
            at = Moment(at.0 + i64::from(phase.minutes) * 60_000_000);
        }
        rows
    }

    /// Says whether the phases fill the session, fall short of it, or go over.
    fn sum(&self) -> String {
        let (planned, length) = (i64::from(self.agenda.minutes()), self.session.minutes);
        let key = match planned - length {
            0 => "sheet-fits",
            over if over > 0 => "sheet-over",
            _ => "sheet-free",
        };
        self.ui.t1(key, "minutes", (planned - length).abs())
    }

    fn about(&self, prepared: &Prepared) -> String {
        let about = super::pages::about(&self.ui, prepared);
        let name = self.ui.t(prepared.tool().key());
        if about.is_empty() { name } else { format!("{name}: {about}") }
    }
}

pub async fn sheet(State(house): State<House>, ui: Ui, me: Me, Path(session): Path<i64>) -> Result<Response, Fault> {
    let Some(session) = facts::session(&house.db, session).await? else { return Ok(not_found()) };
    let agenda = serde_json::from_str(&session.agenda)?;
    render(&SheetPage { ui, zone: me.zone.clone(), session, agenda })
}
