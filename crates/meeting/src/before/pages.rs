use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::agenda::{Agenda, Phase, PhaseKind};
use ground::{
    Deed, Fault, House, Me, Ui,
    facts::{self, Part, SessionFacts},
    not_found,
    web::render_status,
    when,
};

use super::queries;
use crate::{
    absence::{self, Said, Saying},
    readings::Shelf,
};

/// One member as tonight's leader needs to see them.
pub struct Expected {
    pub name: String,
    pub stance: Option<String>,
    pub said: Option<Said>,
    pub mood_before: Option<u8>,
    pub mood_after: Option<u8>,
    pub line: String,
}

#[derive(Template)]
#[template(path = "before/before.html")]
pub struct BeforePage {
    pub ui: Ui,
    pub session: SessionFacts,
    pub zone: String,
    pub expected: Vec<Expected>,
    pub agenda: Agenda,
    pub shelf: Shelf,
    pub trouble: Option<&'static str>,
}

/// The phases and two empty rows to add some.
pub fn rows(agenda: &Agenda) -> Vec<Option<&Phase>> {
    agenda.phases.iter().map(Some).chain(std::iter::repeat_n(None, 2)).take(care::agenda::PHASES).collect()
}

impl BeforePage {
    fn when(&self) -> String {
        format!(
            "{} · {}",
            when::day(self.ui.language, self.session.starts_at, &self.zone),
            when::span(self.ui.language, self.session.starts_at, self.session.minutes, &self.zone)
        )
    }

    fn stance(&self, person: &Expected) -> String {
        if let (None, Some(said)) = (&person.stance, person.said) {
            return said.about(&self.ui);
        }
        match &person.stance {
            Some(word) => self.ui.t(&format!("door-stance-{word}")),
            None => self.ui.t("before-not-at-door"),
        }
    }

    fn minutes_note(&self) -> String {
        self.ui.t2("before-minutes", &("planned", &self.agenda.minutes().to_string()), &("length", &self.session.minutes.to_string()))
    }

    /// The phases of the agenda and a few empty rows to add some.
    fn rows(&self) -> Vec<Option<&Phase>> {
        rows(&self.agenda)
    }

    fn kinds(&self) -> [PhaseKind; 5] {
        PhaseKind::ALL
    }

    fn prepared_path(&self, phase: &usize) -> String {
        format!("/sessions/{}/prepared/{phase}", self.session.id)
    }

    fn materials(&self) -> String {
        self.agenda.materials.join(", ")
    }

    fn materials_lines(&self) -> String {
        self.agenda.materials.join("\n")
    }

    fn homework_lines(&self) -> String {
        self.agenda.homework.join("\n")
    }

    fn is_planned(&self) -> bool {
        self.session.state == "planned"
    }
}

async fn page(
    house: &House,
    ui: Ui,
    me: &Me,
    session: SessionFacts,
    agenda: Agenda,
    trouble: Option<&'static str>,
) -> Result<Response, Fault> {
    let stances = queries::stances(&house.db, session.id).await?;
    let sayings = absence::of_session(&house.db, session.id).await?;
    let mut expected = Vec::new();
    for person in facts::people_of(&house.db, session.group_id).await? {
        if !person.is(Part::Member) {
            continue;
        }
        let last = queries::last_answer(house, session.group_id, person.person_id, session.starts_at).await?.unwrap_or_default();
        expected.push(Expected {
            stance: stances.iter().find(|(id, _)| *id == person.person_id).map(|(_, word)| word.clone()),
            said: sayings.iter().find(|one| one.person_id == person.person_id).and_then(Saying::said),
            name: person.display_name,
            mood_before: last.check_in.as_ref().map(|answer| answer.mood),
            mood_after: last.closing.as_ref().and_then(|closing| closing.mood),
            line: last.closing.map(|closing| closing.line).unwrap_or_default(),
        });
    }
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shelf = Shelf::of(&house.db, me).await?;
    render_status(&BeforePage { zone: me.zone.clone(), ui, session, expected, agenda, shelf, trouble }, status)
}

pub async fn before(State(house): State<House>, ui: Ui, me: Me, Path(session): Path<i64>) -> Result<Response, Fault> {
    let Some(session) = facts::session(&house.db, session).await? else { return Ok(not_found()) };
    house.shows(me.id, "before.read", format!("session/{}", session.id)).await?;
    let agenda = serde_json::from_str(&session.agenda)?;
    page(&house, ui, &me, session, agenda, None).await
}

/// Reads the rows of the editor; a row without minutes is one that was left empty or taken out.
/// What does not fit comes with the key of its sentence, so that everything else that was typed can be shown again.
/// What was laid ready stays with its phase: the form says which one each row `was` among those that are `stored`.
pub fn read(fields: &[(String, String)], stored: &Agenda) -> (Agenda, Option<&'static str>) {
    let all = |name: &str| fields.iter().filter(|(key, _)| key == name).map(|(_, value)| value.trim().to_owned()).collect::<Vec<_>>();
    let (kinds, minutes, prompts, themes) = (all("kind"), all("minutes"), all("prompt"), all("theme"));
    let was = all("was");
    let tools_of = |row: usize| {
        let phase = was.get(row).and_then(|was| was.parse::<usize>().ok()).and_then(|was| stored.phases.get(was));
        phase.map(|phase| phase.tools.clone()).unwrap_or_default()
    };
    let mut phases = Vec::new();
    for (index, minutes) in minutes.iter().enumerate() {
        if minutes.is_empty() || minutes == "0" {
            continue;
        }
        phases.push(Phase {
            kind: kinds.get(index).and_then(|word| PhaseKind::parse(word)).unwrap_or(PhaseKind::Discuss),
            // Not a number of minutes: no agenda may have a phase of none.
            minutes: minutes.parse().unwrap_or(0),
            prompt: prompts.get(index).cloned().unwrap_or_default(),
            theme: themes.get(index).cloned().unwrap_or_default(),
            tools: tools_of(index),
        });
    }
    let lines = |name: &str| -> Vec<String> {
        all(name).iter().flat_map(|text| text.lines()).map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    };
    let title = all("title").into_iter().next().unwrap_or_default();
    let mut readings = Vec::new();
    for word in all("reading").into_iter().filter(|word| !word.is_empty()) {
        if !readings.contains(&word) {
            readings.push(word);
        }
    }
    let agenda = Agenda { title, phases, homework: lines("homework"), materials: lines("materials"), readings };
    let trouble = agenda.check().err().map(care::agenda::Misfit::key);
    (agenda, trouble)
}

pub async fn agenda(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(session): Path<i64>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let Some(facts) = facts::session(&house.db, session).await? else { return Ok(not_found()) };
    let wants_closure = fields.iter().any(|(key, _)| key == "closure");
    let (agenda, trouble) = match crate::schedule::closure(&facts.programme, &facts.language)?.filter(|_| wants_closure) {
        Some(closure) => (closure, None),
        None => read(&fields, &serde_json::from_str(&facts.agenda)?),
    };
    let trouble = trouble.or(Shelf::of(&house.db, &me).await?.trouble(&agenda));
    if trouble.is_some() {
        return page(&house, ui, &me, facts, agenda, trouble).await;
    }
    let tx = house.db.write().await?;
    if !queries::keep_agenda(&tx, session, &serde_json::to_string(&agenda)?).await? {
        drop(tx);
        return page(&house, ui, &me, facts, agenda, Some("agenda-already-begun")).await;
    }
    tx.commit(Deed::new(me.id, "agenda.change", format!("session/{session}"))).await?;
    Ok(Redirect::to(&format!("/sessions/{session}/before")).into_response())
}

#[cfg(test)]
mod tests {
    use care::agenda::Prepared;

    use super::*;

    fn fields(rows: &[(&str, &str, &str)]) -> Vec<(String, String)> {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        rows.iter()
            .flat_map(|(kind, minutes, prompt)| {
                [field("kind", kind), field("minutes", minutes), field("prompt", prompt), field("theme", "")]
            })
            .collect()
    }

    #[test]
    fn empty_rows_are_left_out_and_nonsense_is_named() {
        let agenda = read(&fields(&[("check_in", "15", "How are you?"), ("learn", "", ""), ("close", "10", "")]), &Agenda::default()).0;
        assert_eq!(agenda.phases.len(), 2);
        assert_eq!(agenda.phases[1].kind, PhaseKind::Close);
        for minutes in ["many", "500", "-5", "70000", "1.5"] {
            let (agenda, trouble) = read(&fields(&[("learn", minutes, "Kept?")]), &Agenda::default());
            assert_eq!((trouble, agenda.phases[0].prompt.as_str()), (Some("agenda-minutes"), "Kept?"), "{minutes}");
        }
        assert_eq!(read(&[], &Agenda::default()), (Agenda::default(), None));
    }

    #[test]
    fn what_is_chosen_twice_is_read_once_and_what_is_not_chosen_is_nothing() {
        let typed = ["", "one-rung", "a-b", "", "one-rung"].map(|word| ("reading".to_owned(), word.to_owned()));
        assert_eq!(read(&typed, &Agenda::default()).0.readings, ["one-rung", "a-b"]);
        let many = ["a", "b", "c", "d", "e"].map(|word| ("reading".to_owned(), word.to_owned()));
        assert_eq!(read(&many, &Agenda::default()).1, Some("agenda-too-many-readings"));
    }

    #[test]
    fn what_was_laid_ready_stays_with_its_phase() {
        let ready = |text: &str| Phase { tools: vec![Prepared::Prompt { text: text.into() }], ..Phase::of(PhaseKind::Learn, 5) };
        let stored = Agenda { phases: vec![ready("first"), ready("second")], ..Agenda::default() };
        let mut typed = fields(&[("learn", "", ""), ("practise", "10", ""), ("close", "5", "")]);
        typed.extend(["0", "1", "7"].map(|was| ("was".to_owned(), was.to_owned())));
        let phases = read(&typed, &stored).0.phases;
        assert_eq!(phases[0].tools, stored.phases[1].tools, "the first row was taken out, and its tools with it");
        assert!(phases[1].tools.is_empty() && phases.len() == 2);
    }
}
