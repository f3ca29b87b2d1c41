use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use care::homework::Kind;
use ground::{Deed, Fault, House, Me, Moment, Ui, not_found, render};

use super::queries::{self, Homework};

#[derive(Template)]
#[template(path = "homework/homework.html")]
pub struct HomeworkPage {
    pub ui: Ui,
    pub now: Moment,
    pub all: Vec<Homework>,
}

#[derive(Template)]
#[template(path = "homework/open.html")]
pub struct OpenPart {
    pub ui: Ui,
    pub now: Moment,
    pub all: Vec<Homework>,
    /// Where an answer has come; it stands above the rest.
    pub news: Vec<Homework>,
}

/// When it is due, in words, on the reader's own days.
pub fn due(ui: &Ui, now: Moment, due_at: Moment) -> String {
    let zone = ui.me.as_ref().map_or("UTC", |me| me.zone.as_str());
    let days = (due_at.in_zone(zone).date() - now.in_zone(zone).date()).get_days();
    match days {
        ..0 => ui.t("homework-due-past"),
        0 => ui.t("homework-due-today"),
        1 => ui.t("homework-due-tomorrow"),
        _ => ui.t1("homework-due-days", "days", days),
    }
}

/// What kind it is; what was given in the room has no name but its words.
pub fn kind(ui: &Ui, kind: Kind) -> String {
    if kind == Kind::Free { String::new() } else { ui.t(&format!("homework-kind-{}", kind.word())) }
}

macro_rules! speaks_of_homework {
    ($($page:ty),*) => {$(
        impl $page {
            fn due(&self, homework: &Homework) -> String {
                due(&self.ui, self.now, homework.due_at)
            }

            fn kind(&self, homework: &Homework) -> String {
                kind(&self.ui, homework.kind)
            }
        }
    )*};
}

speaks_of_homework!(HomeworkPage, OpenPart);

pub async fn all(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    let all = queries::of(&house, me.id).await?;
    render(&HomeworkPage { ui, now: house.clock.now(), all })
}

pub async fn open(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    let mut all = queries::of(&house, me.id).await?;
    let news = all.iter().filter(|one| one.news).cloned().collect();
    // What is done has its own page; here stands what is still to be tried, and a little of what was.
    all.truncate(5);
    render(&OpenPart { ui, now: house.clock.now(), all, news })
}

pub async fn done(State(house): State<House>, me: Me, Path(homework): Path<i64>) -> Result<Response, Fault> {
    set(&house, &me, homework, true).await
}

pub async fn undone(State(house): State<House>, me: Me, Path(homework): Path<i64>) -> Result<Response, Fault> {
    set(&house, &me, homework, false).await
}

async fn set(house: &House, me: &Me, homework: i64, done: bool) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    if !queries::set_done(&tx, homework, me.id, done.then(|| house.clock.now())).await? {
        return Ok(not_found());
    }
    tx.commit(Deed::new(me.id, if done { "homework.done" } else { "homework.undone" }, format!("homework/{homework}"))).await?;
    Ok(Redirect::to("/homework").into_response())
}

#[cfg(test)]
pub mod tests {
    use care::homework::Asked;
    use ground::{Language, Role};

    use super::*;

    pub fn sample(kind: Kind, done: bool) -> Homework {
        let own = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect();
        let asked =
            Asked { steps: own(&["Look <up>"]), prompts: own(&["What helped?"]), link: "https://example.org/a".into(), ..Asked::default() };
        Homework {
            id: 1,
            person: 7,
            group: Some(3),
            own: false,
            kind,
            text: "Log <three> urges".into(),
            asked,
            due_at: Moment(0),
            done,
            withdrawn: false,
            news: false,
        }
    }

    #[test]
    fn the_pages_render_with_nothing_and_with_much() {
        for language in Language::ALL {
            for many in [0, 40] {
                let ui = Ui::sample(language, Some(Role::Member));
                let all: Vec<Homework> = (0..many).map(|n| sample(Kind::ALL[n % 8], n % 3 == 0)).collect();
                let mut listed = all.clone();
                listed.iter_mut().for_each(|one| one.news = one.id == 1);
                let html = HomeworkPage { ui: ui.clone(), now: Moment(0), all: listed }.render().unwrap();
                assert_eq!(html.matches(&ui.t("homework-reply-new")).count(), many);
                assert_eq!(html.matches("Log &#60;three&#62; urges").count(), many);
                assert!(!html.contains("homework-kind-"));
                let news = all.iter().take(many.min(2)).cloned().collect();
                let part = OpenPart { ui: ui.clone(), now: Moment(0), all, news }.render().unwrap();
                assert_eq!(part.matches("class=\"news\"").count(), many.min(2));
                assert!(
                    many == 0
                        || part.contains(
                            &ui.t1("homework-reply-came", "homework", "Log <three> urges").replace('<', "&#60;").replace('>', "&#62;")
                        )
                );
            }
        }
    }

    /// In New York, where the sample lives, the day of the reader counts and not a span of 24 hours.
    #[test]
    fn due_is_said_in_days_of_the_reader() {
        let ui = Ui::sample(Language::English, Some(Role::Member));
        let at = |text: &str| Moment::from(text.parse::<jiff::Timestamp>().unwrap());
        let now = at("2026-11-23T20:00:00Z");
        for (due_at, key) in [
            ("2026-11-24T04:59:00Z", "homework-due-today"),
            ("2026-11-24T15:00:00Z", "homework-due-tomorrow"),
            ("2026-11-23T04:00:00Z", "homework-due-past"),
        ] {
            assert_eq!(due(&ui, now, at(due_at)), ui.t(key), "{due_at}");
        }
        assert!(due(&ui, now, at("2026-11-30T20:00:00Z")).starts_with('7'));
    }
}
