use askama::Template;
use axum::{
    Extension, Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::schedule::{Suggestion, in_zone};
use ground::{
    Deed, Fault, House, Me, Moment, Ui,
    facts::{self, InGroup, Part, SessionFacts},
    not_found,
    web::render_status,
    when,
};
use serde::Deserialize;

use super::{
    queries::{self, Kept},
    tell,
};
use crate::{calendar, live::Meeting};

#[derive(Debug, Clone, Default, Deserialize)]
pub struct ChangeForm {
    #[serde(default)]
    pub date: String,
    #[serde(default)]
    pub time: String,
    /// Asked for when somebody who is needed is somewhere else then.
    #[serde(default)]
    pub anyway: Option<String>,
    #[serde(default)]
    pub leader: String,
    #[serde(default)]
    pub sure: Option<String>,
}

#[derive(Template)]
#[template(path = "schedule/change.html")]
pub struct ChangePage {
    pub ui: Ui,
    pub session: SessionFacts,
    pub kept: Kept,
    /// The reader's own zone.
    pub zone: String,
    pub now: Moment,
    pub leaders: Vec<InGroup>,
    pub suggestions: Vec<Suggestion>,
    pub members: usize,
    pub typed: ChangeForm,
    /// Who is somewhere else at the time that was typed: how many.
    pub clashes: usize,
    pub trouble: Option<&'static str>,
}

impl ChangePage {
    fn moment(&self, at: Moment, zone: &str) -> String {
        format!("{} · {}", when::day(self.ui.language, at, zone), when::span(self.ui.language, at, self.session.minutes, zone))
    }

    fn in_group_zone(&self, at: &Moment) -> String {
        self.moment(*at, &self.session.zone)
    }

    /// In the reader's own zone too, where that is another clock.
    fn in_own_zone(&self, at: &Moment) -> Option<String> {
        (at.in_zone(&self.zone).offset() != at.in_zone(&self.session.zone).offset()).then(|| self.moment(*at, &self.zone))
    }

    fn at(&self, suggestion: &Suggestion) -> Moment {
        suggestion.start.into()
    }

    fn suggested(&self, suggestion: &Suggestion) -> String {
        self.in_group_zone(&self.at(suggestion))
    }

    fn suggested_own(&self, suggestion: &Suggestion) -> Option<String> {
        self.in_own_zone(&self.at(suggestion))
    }

    fn date_of(&self, suggestion: &Suggestion) -> String {
        self.at(suggestion).in_zone(&self.session.zone).date().to_string()
    }

    fn time_of(&self, suggestion: &Suggestion) -> String {
        self.at(suggestion).in_zone(&self.session.zone).strftime("%H:%M").to_string()
    }

    fn fits(&self, suggestion: &Suggestion) -> String {
        if suggestion.can + suggestion.cannot == 0 {
            return self.ui.t("change-suggestion-unknown");
        }
        self.ui.t2("change-suggestion-fits", &("can", &suggestion.can.to_string()), &("cannot", &suggestion.cannot.to_string()))
    }

    fn is_open(&self) -> bool {
        self.session.state == "planned" && self.kept.cancelled_at.is_none()
    }

    fn can_be_restored(&self) -> bool {
        self.kept.cancelled_at.is_some() && self.session.starts_at > self.now
    }

    fn leads(&self, person: &InGroup) -> bool {
        self.kept.led_by == Some(person.person_id)
    }
}

async fn show(
    house: &House,
    ui: Ui,
    me: &Me,
    session: i64,
    typed: ChangeForm,
    trouble: Option<(&'static str, usize)>,
) -> Result<Response, Fault> {
    let Some(session) = facts::session(&house.db, session).await? else { return Ok(not_found()) };
    let Some(kept) = queries::kept(&house.db, session.id).await? else { return Ok(not_found()) };
    let people = facts::people_of(&house.db, session.group_id).await?;
    let suggestions = calendar::suggest(house, &session, &people).await?;
    let page = ChangePage {
        zone: me.zone.clone(),
        now: house.clock.now(),
        members: people.iter().filter(|person| person.is(Part::Member)).count(),
        leaders: people.into_iter().filter(|person| person.is(Part::Facilitator)).collect(),
        suggestions,
        typed,
        clashes: trouble.map_or(0, |(_, clashes)| clashes),
        trouble: trouble.map(|(key, _)| key),
        session,
        kept,
        ui,
    };
    render_status(&page, if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK })
}

pub async fn page(State(house): State<House>, ui: Ui, me: Me, Path(session): Path<i64>) -> Result<Response, Fault> {
    let Some(facts) = facts::session(&house.db, session).await? else { return Ok(not_found()) };
    let local = facts.starts_at.in_zone(&facts.zone);
    let typed =
        ChangeForm { date: local.date().to_string(), time: local.strftime("%H:%M").to_string(), sure: None, ..ChangeForm::default() };
    show(&house, ui, &me, session, typed, None).await
}

fn back(session: i64) -> Response {
    Redirect::to(&format!("/sessions/{session}/change")).into_response()
}

/// Everybody in the group, and whoever leads this one session.
async fn concerned(house: &House, session: &SessionFacts) -> Result<Vec<i64>, Fault> {
    Ok(facts::people_of(&house.db, session.group_id).await?.into_iter().map(|person| person.person_id).collect())
}

pub async fn time(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(session): Path<i64>,
    Form(typed): Form<ChangeForm>,
) -> Result<Response, Fault> {
    let Some(facts) = facts::session(&house.db, session).await? else { return Ok(not_found()) };
    let refuse = |typed, key, clashes| show(&house, ui.clone(), &me, session, typed, Some((key, clashes)));
    let Some(to) = in_zone(&typed.date, &typed.time, &facts.zone).map(Moment::from) else {
        return refuse(typed, "change-time-unreadable", 0).await;
    };
    if to <= house.clock.now() {
        return refuse(typed, "change-time-past", 0).await;
    }
    if to == facts.starts_at {
        return refuse(typed, "change-time-same", 0).await;
    }
    let people = concerned(&house, &facts).await?;
    let clashes = calendar::clashes_at(&house, &people, facts.id, to, facts.minutes).await?;
    if clashes > 0 && typed.anyway.is_none() {
        return refuse(typed, "change-clash", clashes).await;
    }
    let tx = house.db.write().await?;
    if !queries::move_to(&tx, session, to).await? {
        drop(tx);
        return refuse(typed, "change-too-late", 0).await;
    }
    queries::put_in_order(&tx, facts.group_id, house.clock.now()).await?;
    let change = queries::kept(&tx, session).await?.map_or(0, |kept| kept.changes);
    tell(&house, &tx, "session-moved", &session.to_string(), change, &people, to).await?;
    tx.commit(Deed::new(me.id, "session.move", format!("session/{session}"))).await?;
    Ok(back(session))
}

pub async fn cancel(
    State(house): State<House>,
    Extension(meeting): Extension<Meeting>,
    ui: Ui,
    me: Me,
    Path(session): Path<i64>,
    Form(typed): Form<ChangeForm>,
) -> Result<Response, Fault> {
    let Some(facts) = facts::session(&house.db, session).await? else { return Ok(not_found()) };
    if typed.sure.is_none() {
        return show(&house, ui, &me, session, typed, Some(("change-cancel-unsure", 0))).await;
    }
    let people = concerned(&house, &facts).await?;
    let tx = house.db.write().await?;
    if !queries::cancel(&tx, session, house.clock.now()).await? {
        drop(tx);
        return show(&house, ui, &me, session, typed, Some(("change-too-late", 0))).await;
    }
    let change = queries::kept(&tx, session).await?.map_or(0, |kept| kept.changes);
    tell(&house, &tx, "session-cancelled", &session.to_string(), change, &people, facts.starts_at).await?;
    tx.commit(Deed::new(me.id, "session.cancel", format!("session/{session}"))).await?;
    // Whoever already waits at the door is told there, too.
    meeting.call_off(session).await;
    Ok(back(session))
}

pub async fn restore(State(house): State<House>, ui: Ui, me: Me, Path(session): Path<i64>) -> Result<Response, Fault> {
    let Some(facts) = facts::session(&house.db, session).await? else { return Ok(not_found()) };
    let people = concerned(&house, &facts).await?;
    let tx = house.db.write().await?;
    if !queries::restore(&tx, session, house.clock.now()).await? {
        drop(tx);
        return show(&house, ui, &me, session, ChangeForm::default(), Some(("change-restore-late", 0))).await;
    }
    let change = queries::kept(&tx, session).await?.map_or(0, |kept| kept.changes);
    tell(&house, &tx, "session-restored", &session.to_string(), change, &people, facts.starts_at).await?;
    tx.commit(Deed::new(me.id, "session.restore", format!("session/{session}"))).await?;
    Ok(back(session))
}

/// Another leader for this one time. Empty means: as always.
pub async fn leader(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(session): Path<i64>,
    Form(typed): Form<ChangeForm>,
) -> Result<Response, Fault> {
    let Some(facts) = facts::session(&house.db, session).await? else { return Ok(not_found()) };
    let leads = |person: &InGroup, id: i64| person.person_id == id && person.is(Part::Facilitator);
    let people = facts::people_of(&house.db, facts.group_id).await?;
    let wanted = match typed.leader.trim() {
        "" => Some(None),
        id => id.parse().ok().filter(|id| people.iter().any(|person| leads(person, *id))).map(Some),
    };
    let Some(wanted) = wanted else { return show(&house, ui, &me, session, typed, Some(("change-leader-unknown", 0))).await };
    let tx = house.db.write().await?;
    if !queries::set_leader(&tx, session, wanted).await? {
        drop(tx);
        return show(&house, ui, &me, session, typed, Some(("change-too-late", 0))).await;
    }
    tx.commit(Deed::new(me.id, "session.leader", format!("session/{session}"))).await?;
    Ok(back(session))
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    fn page(language: Language, cancelled: bool, zone: &str) -> ChangePage {
        let start = Moment("2026-12-01T23:30:00Z".parse::<jiff::Timestamp>().unwrap().as_microsecond());
        ChangePage {
            ui: Ui::sample(language, Some(Role::Clinician)),
            session: SessionFacts {
                id: 5,
                group_id: 2,
                group_name: "Steady <Ground>".into(),
                topic: "anxiety".into(),
                kind: "process".into(),
                zone: "America/New_York".into(),
                number: 6,
                starts_at: start,
                minutes: 90,
                state: "planned".into(),
                agenda: "{\"phases\":[]}".into(),
                programme: "open-circle".into(),
                language: "en".into(),
                cancelled_at: None,
            },
            kept: Kept {
                cancelled_at: cancelled.then_some(start),
                moved_from: Some(Moment(start.0 - 3_600_000_000)),
                changes: 1,
                led_by: Some(9),
            },
            zone: zone.into(),
            now: Moment(start.0 - 1),
            leaders: vec![InGroup { person_id: 9, part: "facilitator".into(), display_name: "Amara".into(), seat: 0 }],
            suggestions: vec![Suggestion { start: "2026-12-02T23:00:00Z".parse().unwrap(), can: 3, cannot: 1 }],
            members: 8,
            typed: ChangeForm { date: "kept".into(), ..ChangeForm::default() },
            clashes: 2,
            trouble: Some("change-clash"),
        }
    }

    #[test]
    fn the_page_shows_both_clocks_and_keeps_what_was_typed() {
        for language in Language::ALL {
            let html = page(language, false, "America/Los_Angeles").render().unwrap();
            assert!(html.contains("value=\"kept\"") && html.contains("value=\"2026-12-02\"") && html.contains("value=\"18:00\""));
            assert!(html.contains("EST") && html.contains("PST"), "two zones, two clocks");
            let html = page(language, false, "America/New_York").render().unwrap();
            assert!(html.contains("EST") && !html.contains("PST"));
            let html = page(language, true, "America/New_York").render().unwrap();
            assert!(html.contains("/cancellation/removal") && !html.contains("/sessions/5/time"), "first it has to take place again");
        }
    }
}
