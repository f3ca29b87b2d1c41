use askama::Template;
use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::{
    agenda::{Agenda, EMPTY, EXERCISES, POLL_KINDS, Phase, Prepared, TOOLS, Tool, Typed},
    boards::BoardTemplate,
    scenes,
};
use ground::{
    Fault, House, Language, Me, Ui,
    facts::{self, MaterialFacts},
    library::{self, Named},
    not_found,
    web::render_status,
};
use serde::Deserialize;

use super::place::Place;
use crate::after::board_title;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Which tool the form is for.
    pub tool: String,
    /// The place of a quiz that gets one more question.
    pub to: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Move {
    pub at: String,
    /// "up", "down" or "away".
    pub step: String,
}

#[derive(Template)]
#[template(path = "prepared/prepared.html")]
pub struct PreparedPage {
    pub ui: Ui,
    pub place: Place,
    pub index: usize,
    pub phase: Phase,
    pub typed: Typed,
    /// What can be chosen: value and name.
    pub choices: Vec<(String, String)>,
    pub trouble: Option<&'static str>,
}

impl PreparedPage {
    fn path(&self) -> String {
        self.place.path(self.index)
    }

    fn back(&self) -> String {
        self.place.back()
    }

    fn title(&self) -> String {
        let phase = self.ui.t(self.phase.kind.key());
        if self.phase.theme.is_empty() { phase } else { format!("{phase} · {}", self.phase.theme) }
    }

    fn tools(&self) -> [Tool; 12] {
        Tool::ALL
    }

    fn chosen(&self) -> Option<Tool> {
        Tool::parse(&self.typed.tool)
    }

    fn is_full(&self) -> bool {
        self.phase.tools.len() >= TOOLS
    }

    fn is(&self, words: &[&str]) -> bool {
        words.contains(&self.typed.tool.as_str())
    }

    fn needs_text(&self) -> bool {
        self.is(&["prompt", "go_round", "poll", "quiz", "journal"])
    }

    fn needs_options(&self) -> bool {
        self.is(&["poll", "quiz", "tables"])
    }

    fn needs_choice(&self) -> bool {
        self.is(&["scene", "slides", "video", "reading"])
    }

    /// What the lines of the text field are.
    fn options_label(&self) -> String {
        self.ui.t(if self.is(&["tables"]) { "prepared-tables-lines" } else { "prepared-options-lines" })
    }

    fn ways(&self) -> Vec<(&'static str, String)> {
        let ways: &[&'static str] = match self.chosen() {
            Some(Tool::Poll) => &POLL_KINDS,
            Some(Tool::Calm) => &EXERCISES,
            _ => &[],
        };
        if self.chosen() == Some(Tool::Board) {
            let sheets = BoardTemplate::ALL.into_iter().map(|template| (template.word(), board_title(&self.ui, template.word())));
            return std::iter::once((EMPTY, self.ui.t("prepared-board-empty"))).chain(sheets).collect();
        }
        ways.iter().map(|way| (*way, self.ui.t(&format!("prepared-way-{way}")))).collect()
    }

    /// The label of the number, where the tool has one.
    fn number_label(&self) -> Option<String> {
        match self.chosen()? {
            Tool::Journal | Tool::Calm => Some(self.ui.t("prepared-minutes-label")),
            Tool::Quiz => Some(self.ui.t("prepared-right-label")),
            _ => None,
        }
    }

    fn about(&self, prepared: &Prepared) -> String {
        let about = about(&self.ui, prepared);
        let name = self.ui.t(prepared.tool().key());
        if about.is_empty() { name } else { format!("{name} · {about}") }
    }

    fn is_quiz(&self, prepared: &Prepared) -> bool {
        prepared.tool() == Tool::Quiz
    }

    /// What the form adds: a tool, or a further question.
    fn adds(&self) -> String {
        self.ui.t(if self.typed.to.is_empty() { "prepared-add" } else { "prepared-question-add" })
    }
}

/// What a leader knows it by; a sheet of a board by its name in the reader's language.
pub fn about(ui: &Ui, prepared: &Prepared) -> String {
    match prepared {
        Prepared::Board { template } => template.map(|template| board_title(ui, template.word())).unwrap_or_default(),
        other => other.about(),
    }
}

async fn choices(house: &House, tool: &str, group: i64, language: &str) -> Result<Vec<(String, String)>, Fault> {
    let of_kind = |all: Vec<MaterialFacts>| {
        all.into_iter().filter(|one| one.kind == tool).map(|one| (one.id.to_string(), one.title)).collect::<Vec<_>>()
    };
    match Tool::parse(tool) {
        Some(Tool::Scene) => Ok(scenes::cards(language).into_iter().map(|card| (card.id, card.scene.title)).collect()),
        Some(Tool::Slides | Tool::Video) => Ok(of_kind(facts::materials(&house.db).await?)),
        Some(Tool::Reading) => Ok(readings(house, group, language).await?.into_iter().map(|one| (one.slug, one.title)).collect()),
        _ => Ok(Vec::new()),
    }
}

/// What the library has for this group, in its language.
async fn readings(house: &House, group: i64, language: &str) -> Result<Vec<Named>, Fault> {
    library::shelf(&house.db, group, Language::parse(language)).await
}

/// The agenda and which phase of it; nothing where the address names none.
struct Found {
    place: Place,
    index: usize,
    agenda: Agenda,
    group: i64,
    language: String,
}

async fn find(house: &House, place: Place, index: usize) -> Result<Option<Found>, Fault> {
    let (Some((agenda, language)), Some(group)) = (place.read(house).await?, place.group(house).await?) else { return Ok(None) };
    Ok((index < agenda.phases.len()).then_some(Found { place, index, agenda, group, language }))
}

async fn show(house: &House, ui: Ui, found: Found, typed: Typed, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let choices = choices(house, &typed.tool, found.group, &found.language).await?;
    let Some(phase) = found.agenda.phases.into_iter().nth(found.index) else { return Ok(not_found()) };
    render_status(&PreparedPage { ui, place: found.place, index: found.index, phase, typed, choices, trouble }, status)
}

async fn page(house: &House, ui: Ui, place: Place, index: usize, asked: Asked) -> Result<Response, Fault> {
    match find(house, place, index).await? {
        Some(found) => show(house, ui, found, Typed { tool: asked.tool, to: asked.to, ..Typed::default() }, None).await,
        None => Ok(not_found()),
    }
}

/// What the form means. A deck and a card are looked up, so that nothing is laid ready that is not there.
async fn read(house: &House, typed: &Typed, group: i64, language: &str) -> Result<Result<Prepared, &'static str>, Fault> {
    let chosen = match Tool::parse(&typed.tool) {
        Some(Tool::Scene) => {
            let card = scenes::cards(language).into_iter().find(|card| card.id == typed.which);
            card.map(|card| Prepared::Scene { card: card.id, text: card.scene.title })
        }
        Some(Tool::Slides | Tool::Video) => {
            let all = facts::materials(&house.db).await?;
            let found = all.into_iter().find(|one| one.kind == typed.tool && one.id.to_string() == typed.which);
            found.map(|one| one.prepared())
        }
        Some(Tool::Reading) => {
            let found = readings(house, group, language).await?.into_iter().find(|one| one.slug == typed.which);
            found.map(|one| Prepared::Reading { item: one.slug, text: one.title })
        }
        _ => return Ok(Prepared::read(typed)),
    };
    Ok(chosen.ok_or("prepared-choose"))
}

/// Beside the others, or, as a further question, into a quiz that lies there.
async fn lay(house: &House, typed: &Typed, found: &Found, tools: &mut Vec<Prepared>) -> Result<Result<(), &'static str>, Fault> {
    if typed.tool == Tool::Quiz.word() && !typed.to.is_empty() {
        let quiz = typed.to.parse().ok().and_then(|at: usize| tools.get_mut(at));
        return Ok(quiz.ok_or("prepared-gone").and_then(|quiz| quiz.ask_more(typed)));
    }
    Ok(read(house, typed, found.group, &found.language).await?.map(|prepared| tools.push(prepared)))
}

async fn add(house: &House, ui: Ui, me: &Me, place: Place, index: usize, typed: Typed) -> Result<Response, Fault> {
    let Some(found) = find(house, place, index).await? else { return Ok(not_found()) };
    let mut agenda = found.agenda.clone();
    if let Err(trouble) = lay(house, &typed, &found, &mut agenda.phases[index].tools).await? {
        return show(house, ui, found, typed, Some(trouble)).await;
    }
    if let Err(misfit) = agenda.check() {
        return show(house, ui, found, typed, Some(misfit.key())).await;
    }
    if !place.keep(house, me.id, &found.agenda, agenda).await? {
        return show(house, ui, found, typed, Some("prepared-meanwhile")).await;
    }
    Ok(Redirect::to(&place.path(index)).into_response())
}

async fn order(house: &House, ui: Ui, me: &Me, place: Place, index: usize, step: Move) -> Result<Response, Fault> {
    let Some(found) = find(house, place, index).await? else { return Ok(not_found()) };
    let mut agenda = found.agenda.clone();
    let tools = &mut agenda.phases[index].tools;
    let at = step.at.parse().ok().filter(|at| *at < tools.len());
    match (at, step.step.as_str()) {
        (Some(at), "up") if at > 0 => tools.swap(at, at - 1),
        (Some(at), "down") if at + 1 < tools.len() => tools.swap(at, at + 1),
        (Some(at), "away") => drop(tools.remove(at)),
        _ => return show(house, ui, found, Typed::default(), Some("prepared-gone")).await,
    }
    if !place.keep(house, me.id, &found.agenda, agenda).await? {
        return show(house, ui, found, Typed::default(), Some("prepared-meanwhile")).await;
    }
    Ok(Redirect::to(&place.path(index)).into_response())
}

pub async fn of_session(
    State(house): State<House>,
    ui: Ui,
    Path((session, phase)): Path<(i64, usize)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    page(&house, ui, Place::Session(session), phase, asked).await
}

pub async fn add_to_session(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path((session, phase)): Path<(i64, usize)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    add(&house, ui, &me, Place::Session(session), phase, typed).await
}

pub async fn order_session(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path((session, phase)): Path<(i64, usize)>,
    Form(step): Form<Move>,
) -> Result<Response, Fault> {
    order(&house, ui, &me, Place::Session(session), phase, step).await
}

pub async fn of_week(
    State(house): State<House>,
    ui: Ui,
    Path((group, index, phase)): Path<(i64, usize, usize)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    page(&house, ui, Place::Week { group, index }, phase, asked).await
}

pub async fn add_to_week(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path((group, index, phase)): Path<(i64, usize, usize)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    add(&house, ui, &me, Place::Week { group, index }, phase, typed).await
}

pub async fn order_week(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path((group, index, phase)): Path<(i64, usize, usize)>,
    Form(step): Form<Move>,
) -> Result<Response, Fault> {
    order(&house, ui, &me, Place::Week { group, index }, phase, step).await
}

#[cfg(test)]
mod tests {
    use care::agenda::PhaseKind;
    use ground::Role;

    use super::*;

    fn page(ui: &Ui, tool: &str, tools: Vec<Prepared>, trouble: Option<&'static str>) -> String {
        let phase = Phase { kind: PhaseKind::Learn, minutes: 20, prompt: String::new(), theme: "Wa<ves".into(), tools };
        let typed = Typed { tool: tool.into(), text: "kept & said".into(), ..Typed::default() };
        let choices = vec![("7".to_owned(), "A <deck>".to_owned())];
        PreparedPage { ui: ui.clone(), place: Place::Session(3), index: 1, phase, typed, choices, trouble }.render().unwrap()
    }

    #[test]
    fn each_tool_asks_for_what_it_needs_and_for_nothing_else() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Clinician));
            let fields = |tool: Tool| {
                let html = page(&ui, tool.word(), vec![], None);
                ["name=\"text\"", "name=\"options\"", "name=\"how\"", "name=\"number\"", "name=\"why\"", "name=\"which\""]
                    .map(|field| html.contains(field))
            };
            assert_eq!(fields(Tool::Prompt), [true, false, false, false, false, false]);
            assert_eq!(fields(Tool::GoRound), [true, false, false, false, false, false]);
            assert_eq!(fields(Tool::Poll), [true, true, true, false, false, false]);
            assert_eq!(fields(Tool::Quiz), [true, true, false, true, true, false]);
            assert_eq!(fields(Tool::Journal), [true, false, false, true, false, false]);
            assert_eq!(fields(Tool::Tables), [false, true, false, false, false, false]);
            assert_eq!(fields(Tool::Calm), [false, false, true, true, false, false]);
            assert_eq!(fields(Tool::Board), [false, false, true, false, false, false]);
            for tool in [Tool::Scene, Tool::Slides, Tool::Video, Tool::Reading] {
                assert_eq!(fields(tool), [false, false, false, false, false, true], "{tool:?}");
            }
        }
    }

    #[test]
    fn the_page_renders_empty_full_and_with_what_does_not_fit() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Clinician));
            let empty = page(&ui, "", vec![], None);
            assert!(empty.contains(&ui.t("prepared-none")) && empty.contains("Wa&#60;ves"));
            let full = page(&ui, "", vec![Prepared::Prompt { text: "Why <now>?".into() }; TOOLS], None);
            assert!(full.contains("Why &#60;now&#62;?") && full.contains(&ui.t("prepared-full")));
            assert_eq!(full.matches("value=\"up\"").count(), TOOLS - 1, "the first cannot go up");
            let board = page(&ui, "board", vec![Prepared::Board { template: Some(BoardTemplate::Values) }], None);
            assert_eq!(board.matches(&board_title(&ui, "values")).count(), 2, "on the list, and among what can be chosen");
            assert_eq!(board.matches("<option").count(), BoardTemplate::ALL.len() + 1);
            let question = || vec!["a".to_owned(), "b".into()];
            let quiz = Prepared::Quiz { text: "Q<1>".into(), options: question(), right: 0, why: "w".into(), more: vec![] };
            let quiz = page(&ui, "quiz", vec![quiz], None);
            assert!(quiz.contains("?tool=quiz&#38;to=0") || quiz.contains("?tool=quiz&amp;to=0"), "one more question");
            assert!(quiz.contains(&ui.t("prepared-add")) && !quiz.contains(&ui.t("prepared-question-add")));
            let refused = page(&ui, "prompt", vec![], Some("prepared-text"));
            assert!(refused.contains(&ui.t("prepared-text")) && refused.contains("kept &#38; said"));
        }
    }
}
