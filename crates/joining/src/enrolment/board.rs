//! Everybody on the way to a seat, by step, with how long it has taken and whose turn it is.

use askama::Template;
use axum::{extract::State, response::Response};
use care::enrolment::Step;
use ground::{Fault, House, Me, Moment, Ui, render, when};

use super::{
    minor,
    queries::{self, Application},
};
use crate::guardian::{self, Standing};

#[derive(Template)]
#[template(path = "enrolment/board.html")]
pub struct BoardPage {
    pub ui: Ui,
    pub zone: String,
    pub now: Moment,
    pub all: Vec<Application>,
    /// Where the consent for people under 18 stands.
    pub guardians: Vec<Standing>,
}

impl BoardPage {
    fn columns(&self) -> Vec<(Step, String, Vec<&Application>)> {
        let column = |step: Step| {
            let mut here: Vec<&Application> = self.all.iter().filter(|application| application.step() == step).collect();
            // What is late comes first, then what has waited longest.
            here.sort_by_key(|application| (!self.is_late(application), application.step_at));
            (step, self.ui.t(&format!("board-step-{}", step.word())), here)
        };
        Step::OPEN.into_iter().map(column).collect()
    }

    /// A call that has been is decided on; everything else has its patience. Whoever waits for a guardian is not late, and neither are we.
    fn is_late(&self, application: &Application) -> bool {
        if self.consent(application).is_some_and(Standing::waits) {
            return false;
        }
        let called = application.step() == Step::Talk && application.call_at.is_some_and(|at| at < self.now);
        called || self.now.since(application.step_at) > application.step().patience()
    }

    fn age(&self, application: &Application) -> String {
        match self.now.since(application.asked_at).as_secs() / 86_400 {
            0 => self.ui.t("board-today"),
            1 => self.ui.t("board-one-day"),
            days => self.ui.t1("board-days", "days", days),
        }
    }

    fn consent(&self, application: &Application) -> Option<&Standing> {
        self.guardians.iter().find(|consent| consent.person == application.person_id)
    }

    fn guardian(&self, application: &Application) -> Option<String> {
        let consent = self.consent(application)?;
        let kept = minor::kept(&self.ui, &self.zone, consent, application);
        Some(std::iter::once(self.ui.t(consent.key())).chain(kept).collect::<Vec<_>>().join(" "))
    }

    fn next(&self, application: &Application) -> String {
        match (application.step(), application.call_at) {
            (Step::Talk, Some(at)) if at < self.now => self.ui.t("board-decide"),
            (Step::Talk, Some(at)) => self.ui.t1("board-call-at", "when", when::moment(self.ui.language, at, &self.zone)),
            (Step::Talk, None) => self.ui.t("board-decide"),
            (Step::Screening, _) => self.ui.t("board-they-answer"),
            (Step::Call, _) => self.ui.t("board-they-choose"),
            (Step::Accepted | Step::Closed, _) if application.place().counts() => self.ui.t("board-offered"),
            (Step::Accepted | Step::Closed, _) => self.ui.t("board-waits"),
        }
    }
}

pub async fn board(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    let all = queries::open_for(&house.db, &me).await?;
    let guardians = guardian::of_all(&house).await?;
    render(&BoardPage { ui, zone: me.zone.clone(), now: house.clock.now(), all, guardians })
}

#[cfg(test)]
mod tests {
    use care::{enrolment::Place, guardian::State};
    use ground::{Language, Role};

    use super::{super::mine::tests::sample, *};

    #[test]
    fn the_board_renders_with_nobody_and_with_many_and_marks_what_is_late() {
        for language in Language::ALL {
            for many in [0, 30] {
                let ui = Ui::sample(language, Some(Role::Coordinator));
                let all: Vec<_> = Step::OPEN.into_iter().flat_map(|step| vec![sample(step, Place::Waiting); many]).collect();
                let html =
                    BoardPage { ui, zone: "UTC".into(), now: Moment(1_900_000_000_000_000), all, guardians: vec![] }.render().unwrap();
                assert_eq!(html.matches("/groups/3/applicants/5").count(), many * 4);
                assert_eq!(html.matches("class=\"late\"").count(), many * 4);
            }
        }
    }

    /// The office reads why nothing moves, and until when; nobody is called late for a mail that somebody else has not read.
    #[test]
    fn a_seat_that_waits_for_a_guardian_says_so_and_is_not_late() {
        let consent = |state, is_over| Standing {
            person: 7,
            state,
            guardian: guardian::Guardian::default(),
            signed: guardian::Signed::default(),
            asked_at: Some(Moment(0)),
            answered_at: None,
            is_over,
        };
        for language in Language::ALL {
            for (state, is_over, place, kept) in [
                (State::Asked, false, Place::Offered, true),
                (State::Asked, false, Place::Held, true),
                (State::Asked, false, Place::Waiting, false),
                (State::Asked, true, Place::Offered, false),
                (State::Declined, false, Place::Offered, false),
                (State::Given, false, Place::Offered, false),
            ] {
                let page = BoardPage {
                    ui: Ui::sample(language, Some(Role::Coordinator)),
                    zone: "UTC".into(),
                    now: Moment(1_900_000_000_000_000),
                    all: vec![sample(Step::Accepted, place)],
                    guardians: vec![consent(state, is_over)],
                };
                let html = page.render().unwrap();
                let until = when::moment(language, Moment(1_780_000_000_000_000), "UTC");
                assert_eq!(html.contains(&page.ui.t1("board-kept-guardian", "when", until)), kept, "{state:?} {place:?}");
                assert_eq!(html.contains("class=\"late\""), state != State::Asked || is_over, "{state:?} {place:?}");
            }
        }
    }

    #[test]
    fn what_is_late_is_first() {
        let ui = Ui::sample(Language::English, Some(Role::Coordinator));
        let now = Moment(20 * 86_400_000_000);
        let fresh = Application { id: 1, step_at: now, ..sample(Step::Call, Place::Held) };
        let late = Application { id: 2, step_at: Moment(0), ..sample(Step::Call, Place::Held) };
        let page = BoardPage { ui, zone: "UTC".into(), now, all: vec![fresh, late], guardians: vec![] };
        let columns = page.columns();
        let ids: Vec<i64> = columns[1].2.iter().map(|application| application.id).collect();
        assert_eq!(ids, [2, 1]);
    }
}
