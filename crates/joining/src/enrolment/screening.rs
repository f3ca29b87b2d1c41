//! The short form. A yes in its risk screen shows the lines in the same response and opens a task, whatever else is missing or fails.

use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::{
    catalogue::DayPart,
    enrolment::{Ended, Place, Step},
    licensing::Service,
    risk::Source,
    screening::{self, AGES, AIMS, Answers, Asq, AsqText, Missing, Signal},
};
use ground::{
    Deed, Fault, House, Me, Ui,
    handover::{self, Risk},
    jobs, not_found,
    web::render_status,
};

use super::{
    line,
    minor::{self, Minor},
    queries::{self, Application},
};
use crate::guardian::{self, Typed};

#[derive(Template)]
#[template(path = "enrolment/screening.html")]
pub struct ScreeningPage {
    pub ui: Ui,
    pub application: i64,
    pub asq: AsqText,
    pub typed: Answers,
    /// The guardian that somebody under 18 names.
    pub guardian: Typed,
    /// Which of the five were answered; a pass is an answer, an empty field is none.
    pub answered: [&'static str; 5],
    pub signal: bool,
    pub trouble: Option<&'static str>,
}

/// After a positive screen: the lines first, then what happens next. Also when the answers could not be kept.
#[derive(Template)]
#[template(path = "enrolment/crisis.html")]
pub struct CrisisPage {
    pub ui: Ui,
    pub acute: bool,
    pub kept: bool,
}

type Options = Vec<(String, String)>;

impl ScreeningPage {
    fn words(&self, prefix: &str, words: &[&str]) -> Options {
        words.iter().map(|word| ((*word).to_owned(), self.ui.t(&format!("{prefix}-{word}")))).collect()
    }

    fn conditions(&self) -> Options {
        self.ui.topic_choices(|slug| self.typed.conditions.contains(slug))
    }

    fn aims(&self) -> Options {
        self.words("aim", AIMS)
    }

    fn ages(&self) -> Options {
        self.words("age", AGES)
    }

    fn days(&self) -> Options {
        self.words("day", &["1", "2", "3", "4", "5", "6", "7"])
    }

    fn parts(&self) -> Options {
        DayPart::ALL.iter().map(|part| (part.word().to_owned(), self.ui.t(&format!("find-{}", part.word())))).collect()
    }

    fn is_free(&self, day: &str, part: &str) -> bool {
        self.typed.free.iter().any(|(number, word)| number.to_string() == day && word == part)
    }

    /// Number, question, what was answered.
    fn items(&self) -> Vec<(usize, &str, &'static str)> {
        let items = self.asq.item.get(self.ui.lang()).or(self.asq.item.get("en"));
        items.into_iter().flatten().enumerate().map(|(index, text)| (index + 1, text.as_str(), self.answered[index])).collect()
    }

    fn same(&self, answer: &str, word: &str) -> bool {
        answer == word
    }

    fn is_now(&self, word: &str) -> bool {
        self.answered[4] == word
    }

    fn acute(&self) -> &str {
        self.asq.acute.get(self.ui.lang()).or(self.asq.acute.get("en")).map_or("", String::as_str)
    }
}

/// The form again, with what was typed and what is missing.
fn again(ui: Ui, application: i64, typed: Answers, fields: &[(String, String)], trouble: &'static str) -> Result<Response, Fault> {
    page(ui, application, typed, fields, Some(trouble))
}

fn page(ui: Ui, application: i64, typed: Answers, fields: &[(String, String)], trouble: Option<&'static str>) -> Result<Response, Fault> {
    let signal = matches!(typed.asq.signal(), Signal::Positive | Signal::Acute);
    let (answered, guardian) = (answered(fields), minor::typed(fields));
    let page = ScreeningPage { ui, application, asq: screening::asq()?, typed, guardian, answered, signal, trouble };
    render_status(&page, if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK })
}

/// One may look at it again until it is sent; afterwards the way goes on.
pub async fn form(State(house): State<House>, ui: Ui, me: Me, Path(application): Path<i64>) -> Result<Response, Fault> {
    let Some(application) = queries::my_one(&house.db, me.id, application).await? else { return Ok(not_found()) };
    if application.step() != Step::Screening {
        return Ok(Redirect::to("/applications").into_response());
    }
    let mut typed = queries::answers(&house, me.id).await?.map(|(answers, _)| answers).unwrap_or_default();
    // The risk screen is about today: it is never filled in from last time.
    typed.asq = Asq::default();
    page(ui, application.id, typed, &[], None)
}

fn answered(fields: &[(String, String)]) -> [&'static str; 5] {
    ["asq-1", "asq-2", "asq-3", "asq-4", "asq-now"].map(|name| {
        let value = fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
        ["yes", "no", "pass"].into_iter().find(|known| *known == value).unwrap_or_default()
    })
}

pub async fn send(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(application): Path<i64>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let Some(application) = queries::my_one(&house.db, me.id, application).await? else { return Ok(not_found()) };
    if application.step() != Step::Screening {
        return Ok(Redirect::to("/applications").into_response());
    }
    let (answers, missing) = screening::read(&fields, &ui.topics);
    let signal = answers.asq.signal();
    let at_risk = matches!(signal, Signal::Positive | Signal::Acute);
    let minor = minor::read(&house, &ui, &me, &answers, &fields).await?;
    if matches!(minor, Minor::NotTaken) {
        return not_taken(&house, ui, &application, &answers, at_risk).await;
    }
    let trouble = missing.map(Missing::key).or(minor.trouble());
    let kept = match trouble {
        Some(_) if at_risk => open_task(&house, &application, &answers).await,
        Some(_) => Ok(()),
        None => keep(&house, &application, &answers, minor).await,
    };
    // Nothing that goes wrong with us may keep the lines from somebody who needs them now.
    if at_risk && (trouble.is_none() || kept.is_err()) {
        if let Err(fault) = &kept {
            tracing::error!(reason = %fault, "a screening with a signal could not be kept");
        }
        let page = CrisisPage { ui, acute: signal == Signal::Acute, kept: kept.is_ok() };
        return render_status(&page, if page.kept { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE });
    }
    kept?;
    match trouble {
        Some(trouble) => again(ui, application.id, answers, &fields, trouble),
        None => Ok(Redirect::to("/applications").into_response()),
    }
}

/// The practice takes nobody under 18: a kind no. What they told of danger is a task all the same, and the lines show even if nothing can be kept.
async fn not_taken(house: &House, ui: Ui, application: &Application, answers: &Answers, at_risk: bool) -> Result<Response, Fault> {
    let ended = async {
        let owner = line::looks_after(house, application).await?;
        let tx = house.db.write().await?;
        if at_risk {
            ask_for_task(house, &tx, application, answers, owner).await?;
        }
        guardian::says_minor(&tx, application.person_id, house.clock.now()).await?;
        line::end(house, &tx, application, Ended::Withdrawn).await?;
        tx.commit(Deed::new(application.person_id, "application.minor", format!("application/{}", application.id))).await
    };
    if let Err(fault) = ended.await {
        tracing::error!(reason = %fault, "an application of somebody under 18 could not be ended");
    }
    minor::not_taken(ui, at_risk)
}

/// The task alone: something is still missing in the form, and may never come.
async fn open_task(house: &House, application: &Application, answers: &Answers) -> Result<(), Fault> {
    let owner = line::looks_after(house, application).await?;
    let tx = house.db.write().await?;
    ask_for_task(house, &tx, application, answers, owner).await?;
    tx.commit(Deed::new(application.person_id, "screening.signal", format!("application/{}", application.id))).await
}

async fn ask_for_task(house: &House, tx: &ground::Tx, application: &Application, answers: &Answers, owner: i64) -> Result<(), Fault> {
    let source = if answers.asq.signal() == Signal::Acute { Source::ScreeningAcute } else { Source::Screening };
    let now = house.clock.now();
    let risk = Risk {
        source: source.word().to_owned(),
        person: application.person_id,
        session: 0,
        owner,
        opened_at: now.0,
        detail: answers.asq.summary(),
    };
    // Once for each application and degree: sending the form again does not ring twice, getting worse does.
    jobs::later_sealed(house, tx, handover::RISK, &format!("{}/{}", source.word(), application.id), &risk, now).await
}

/// Answers, task and next step are one transaction.
async fn keep(house: &House, application: &Application, answers: &Answers, minor: Minor) -> Result<(), Fault> {
    let now = house.clock.now();
    let owner = line::looks_after(house, application).await?;
    let sent = queries::seal_answers(house, application.person_id, answers).await?;
    let at_risk = matches!(answers.asq.signal(), Signal::Positive | Signal::Acute);
    let practice = house.practice();
    let is_class = practice.service(&application.kind) == Service::Instruction;
    let direct = is_class && practice.class_direct == 1 && answers.asq.signal() == Signal::Clear;
    let first = queries::group(&house.db, application.group_id).await?.and_then(|group| line::first_session(&group));
    let tx = house.db.write().await?;
    queries::keep_answers(&tx, sent, now).await?;
    if let Minor::Ask(asked) = minor {
        guardian::ask(house, &tx, asked).await?;
    }
    if at_risk {
        ask_for_task(house, &tx, application, answers, owner).await?;
    }
    let step = if direct { Step::Accepted } else { Step::Call };
    queries::set_step(&tx, application.id, step, now).await?;
    let next = Application { step: step.word().to_owned(), ..application.clone() };
    let place = line::keep_place(house, &tx, &next).await?;
    if let (true, Some(first)) = (direct && place != Place::Waiting, first) {
        // Whoever cannot sit down, because a guardian has not answered yet, has been offered the seat: it waits for them.
        let _ = line::seat(house, &tx, &next, first).await?;
    }
    tx.commit(Deed::new(application.person_id, "screening.send", format!("application/{}", application.id))).await
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    #[test]
    fn the_lines_stand_above_everything_after_a_signal() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Member));
            for kept in [true, false] {
                let html = CrisisPage { ui: ui.clone(), acute: true, kept }.render().unwrap();
                let main = html.find("<main").unwrap();
                assert!(html[main..].find("tel:988").unwrap() < html[main..].find("</h1>").unwrap() + 800, "right below the first words");
            }
            let typed = Answers { brings: "a <b> c".into(), ..Answers::default() };
            let page = ScreeningPage {
                ui,
                application: 4,
                asq: screening::asq().unwrap(),
                typed,
                guardian: Typed { name: "Ruth <b>".into(), email: "ruth@".into() },
                answered: ["yes", "no", "pass", "", ""],
                signal: true,
                trouble: Some("screening-asq-missing"),
            };
            let html = page.render().unwrap();
            assert!(html.contains("a &#60;b&#62; c") && html.contains("Ruth &#60;b&#62;"), "what was typed is kept");
            let main = html.find("<main").unwrap();
            assert!(html[main..].find("tel:988").unwrap() < html[main..].find("<form").unwrap());
            assert_eq!(html.matches(" checked").count(), 5, "three answers, and the two defaults of therapy and language");
        }
    }
}
