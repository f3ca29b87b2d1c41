use askama::Template;
use axum::{extract::State, response::Response};
use care::goals::{State as Stands, progress};
use ground::{Fault, House, Me, Ui, render};
use jiff::civil::Date;

use super::{
    picture::{self, Picture},
    queries::{self, Kept},
    sharing::{self, Asking},
    today,
};

/// A goal on the overview, with its four weeks.
pub struct Shown {
    pub kept: Kept,
    pub pictures: Vec<Picture>,
    /// Whether something is asked for today and not written down yet.
    pub asks: bool,
}

#[derive(Template)]
#[template(path = "goals/goals.html")]
pub struct GoalsPage {
    pub ui: Ui,
    pub theme: String,
    /// The workshop: the questions that are through, and how many there are.
    pub through: usize,
    pub questions: usize,
    pub going: Vec<Shown>,
    pub drafts: Vec<Kept>,
    pub ended: Vec<Kept>,
    pub asking: Vec<Asking>,
    pub shared: usize,
}

impl GoalsPage {
    fn is_through(&self) -> bool {
        self.through >= self.questions
    }

    fn is_new(&self) -> bool {
        self.through == 0 && self.going.is_empty() && self.drafts.is_empty() && self.ended.is_empty()
    }

    fn words(&self, kept: &Kept) -> String {
        if kept.goal.words.is_empty() { self.ui.t("goal-no-words-yet") } else { kept.goal.words.clone() }
    }

    fn reached(&self, kept: &Kept) -> bool {
        kept.state == Stands::Reached
    }

    fn asks(&self, asking: &Asking) -> String {
        self.ui.t1("partner-asks", "name", &asking.from)
    }
}

#[derive(Template)]
#[template(path = "goals/open.html")]
pub struct OpenPart {
    pub ui: Ui,
    pub open: Vec<Kept>,
    pub any: bool,
    pub asking: usize,
}

pub async fn shown(house: &House, ui: &Ui, kept: Kept, today: Date) -> Result<Shown, Fault> {
    let entries = queries::entries(house, &kept, picture::since(today)).await?;
    let asks = progress::asks_for(&kept.goal, today) && !entries.contains_key(&today);
    Ok(Shown { pictures: picture::pictures(ui.language, &kept, &entries, today), asks, kept })
}

pub async fn all(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    let (answers, _) = queries::answers(&house, me.id).await?;
    let bank = queries::asked(&house.db).await?;
    let through = bank.iter().filter(|one| answers.said.contains_key(&one.slug) || answers.passed.contains(&one.slug)).count();
    let (mut going, mut drafts, mut ended) = (Vec::new(), Vec::new(), Vec::new());
    for kept in queries::of(&house, me.id).await? {
        match kept.state {
            Stands::Going => going.push(shown(&house, &ui, kept, today(&house, &me)).await?),
            Stands::Draft => drafts.push(kept),
            Stands::Reached | Stands::PutDown => ended.push(kept),
        }
    }
    let asking = sharing::asking(&house, me.id).await?;
    let shared = queries::shared_with(&house, me.id).await?.len();
    let theme = answers.theme().to_owned();
    render(&GoalsPage { ui, theme, through, questions: bank.len(), going, drafts, ended, asking, shared })
}

/// For the first page: what is asked for today.
pub async fn open(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    let today = today(&house, &me);
    let (mut open, mut any) = (Vec::new(), false);
    for kept in queries::of(&house, me.id).await? {
        any |= kept.is_going();
        let asks = kept.is_going() && progress::asks_for(&kept.goal, today);
        if asks && queries::entries(&house, &kept, today).await?.is_empty() {
            open.push(kept);
        }
    }
    let asking = sharing::asking(&house, me.id).await?.len();
    render(&OpenPart { ui, open, any, asking })
}

#[cfg(test)]
pub mod tests {
    use care::goals::{Entry, library, progress::Entries};
    use ground::{Language, Role};

    use super::*;

    /// A goal that was logged on every other day.
    pub fn sample(language: Language, days: i32) -> Shown {
        let mut kept = queries::draft(7, library::shipped().unwrap()[0].goal(language.code()));
        kept.state = Stands::Going;
        let today = jiff::civil::date(2026, 11, 23);
        let entry = |back: i32| Entry { value: [(1, 1_290 + back), (2, 390), (3, back % 2), (4, 1)].into(), note: String::new() };
        let entries: Entries =
            progress::days(today, days).zip(0..).filter(|(_, at)| at % 2 == 0).map(|(day, at)| (day, entry(at))).collect();
        Shown { pictures: picture::pictures(language, &kept, &entries, today), asks: true, kept }
    }

    #[test]
    fn the_overview_renders_with_nothing_and_with_much() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Member));
            let empty = GoalsPage {
                ui: ui.clone(),
                theme: String::new(),
                through: 0,
                questions: 7,
                going: vec![],
                drafts: vec![],
                ended: vec![],
                asking: vec![],
                shared: 0,
            };
            assert!(empty.render().unwrap().contains("/goals/workshop"));
            let kept = sample(language, 1).kept;
            let full = GoalsPage {
                ui: ui.clone(),
                theme: "Room for <me>".into(),
                through: 7,
                questions: 7,
                going: (0..9).map(|_| sample(language, 28)).collect(),
                drafts: vec![kept.clone()],
                ended: vec![kept.clone()],
                asking: vec![Asking { id: 1, from: "Theo".into() }],
                shared: 2,
            };
            let html = full.render().unwrap();
            assert!(html.contains("Room for &#60;me&#62;") && html.matches("<svg").count() == 9 * 4);
            let part = OpenPart { ui, open: vec![kept], any: true, asking: 1 }.render().unwrap();
            assert!(part.contains("/goals/"));
        }
    }
}
