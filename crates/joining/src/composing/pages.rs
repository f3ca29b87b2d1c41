use std::collections::BTreeMap;

use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::{
    catalogue::DayPart,
    enrolment, programmes,
    screening::{AGES, AIMS, Answers},
    topics,
};
use ground::{Deed, Fault, House, Me, Ui, not_found, web::render_status};
use jiff::civil::Date;
use serde::Deserialize;

use super::queries::{self, Admits, Course};
use crate::enrolment::told_in;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AdmissionForm {
    /// Seats for members.
    pub capacity: String,
    pub minimum: String,
    pub admission: String,
    pub weeks: String,
    pub starts_on: String,
    pub ends_on: String,
}

#[derive(Template)]
#[template(path = "composing/composition.html")]
pub struct CompositionPage {
    pub ui: Ui,
    pub group: i64,
    pub course: Course,
    pub people: Vec<(String, Option<Answers>)>,
    pub typed: AdmissionForm,
    pub trouble: Option<&'static str>,
}

impl CompositionPage {
    fn told(&self) -> impl Iterator<Item = &Answers> {
        self.people.iter().filter_map(|(_, answers)| answers.as_ref())
    }

    /// How many of those who told said each word, the commonest first.
    fn counted(&self, prefix: &str, known: &[&str], of: impl Fn(&Answers) -> Vec<String>) -> Vec<(String, usize)> {
        self.counted_as(known, |word| self.ui.t(&format!("{prefix}-{word}")), of)
    }

    fn counted_as(&self, known: &[&str], name: impl Fn(&str) -> String, of: impl Fn(&Answers) -> Vec<String>) -> Vec<(String, usize)> {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for word in self.told().flat_map(of) {
            if let Some(at) = known.iter().position(|one| *one == word) {
                *counts.entry(at).or_default() += 1;
            }
        }
        let mut counts: Vec<(usize, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|(at, count)| (std::cmp::Reverse(*count), *at));
        counts.into_iter().map(|(at, count)| (name(known[at]), count)).collect()
    }

    fn conditions(&self) -> Vec<(String, usize)> {
        let known: Vec<&str> = self.ui.topics.all().iter().map(|topic| topic.slug.as_str()).collect();
        self.counted_as(&known, |slug| self.ui.topic(slug), |answers| answers.conditions.iter().cloned().collect())
    }

    fn aims(&self) -> Vec<(String, usize)> {
        self.counted("aim", AIMS, |answers| answers.aims.iter().cloned().collect())
    }

    fn ages(&self) -> Vec<(String, usize)> {
        self.counted("age", AGES, |answers| vec![answers.age.clone()])
    }

    fn languages(&self) -> Vec<(String, usize)> {
        self.counted("language", &["en", "es", "either"], |answers| vec![answers.language.clone()])
    }

    /// What the people are like, heading by heading.
    fn mix(&self) -> [(&'static str, Vec<(String, usize)>); 4] {
        [("told-conditions", self.conditions()), ("told-aims", self.aims()), ("told-age", self.ages()), ("told-language", self.languages())]
    }

    /// For each day its name and, for each part of it, how many could come.
    fn free(&self) -> Vec<(String, Vec<usize>)> {
        let count = |day: u8, part: &str| self.told().filter(|answers| answers.free.contains(&(day, part.to_owned()))).count();
        (1..=7u8).map(|day| (self.ui.t(&format!("day-{day}")), DayPart::ALL.iter().map(|part| count(day, part.word())).collect())).collect()
    }

    fn parts(&self) -> Vec<String> {
        DayPart::ALL.iter().map(|part| self.ui.t(&format!("find-{}", part.word()))).collect()
    }

    fn sizes(&self) -> String {
        let Course { members, minimum, capacity, .. } = &self.course;
        self.ui.language.say(
            "composition-sizes",
            &[("members", members.to_string()), ("minimum", minimum.to_string()), ("capacity", capacity.to_string())],
        )
    }

    fn may_start(&self) -> bool {
        self.course.started_at.is_none() && self.course.members >= self.course.minimum
    }

    fn waits_for(&self) -> i64 {
        self.course.minimum - self.course.members
    }
}

async fn page(house: &House, ui: Ui, group: i64, typed: Option<AdmissionForm>, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let Some(course) = queries::course(&house.db, group).await? else { return Ok(not_found()) };
    let typed = typed.unwrap_or_else(|| AdmissionForm {
        capacity: course.capacity.to_string(),
        minimum: course.minimum.to_string(),
        admission: course.admission.clone(),
        weeks: course.admission_weeks.clone(),
        starts_on: course.starts_on.clone(),
        ends_on: course.ends_on.clone(),
    });
    let people = told_in(house, group).await?;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    render_status(&CompositionPage { ui, group, course, people, typed, trouble }, status)
}

pub async fn composition(State(house): State<House>, ui: Ui, me: Me, Path(group): Path<i64>) -> Result<Response, Fault> {
    house.shows(me.id, "screening.read", format!("group/{group}")).await?;
    page(&house, ui, group, None, None).await
}

/// From now on sessions are planned. Fewer than the minimum do not start (E9).
pub async fn start(State(house): State<House>, ui: Ui, me: Me, Path(group): Path<i64>) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    let Some(course) = queries::course(&tx, group).await? else { return Ok(not_found()) };
    if course.members < course.minimum {
        drop(tx);
        return page(&house, ui, group, None, Some("composition-too-few")).await;
    }
    if queries::start(&tx, group, house.clock.now()).await? {
        tx.commit(Deed::new(me.id, "group.start", format!("group/{group}"))).await?;
    }
    Ok(Redirect::to(&format!("/groups/{group}/composition")).into_response())
}

/// Dates may stay empty; what is written must be days in their order.
fn read(typed: &AdmissionForm, course: &Course) -> Result<Admits, &'static str> {
    let capacity = seats(&typed.capacity, course).ok_or("admission-seats-unfit")?;
    let minimum = typed.minimum.trim().parse().ok().filter(|minimum| (2..=capacity).contains(minimum)).ok_or("admission-minimum")?;
    let admission = ["rolling", "weeks", "closed"].into_iter().find(|word| *word == typed.admission).ok_or("admission-how")?;
    let cycle = programmes::length(&course.programme);
    if admission == "weeks" && enrolment::parse_weeks(&typed.weeks, cycle).is_none() {
        return Err("admission-weeks-unfit");
    }
    let day = |text: &str| match text.trim() {
        "" => Ok(None),
        text => text.parse::<Date>().map(Some).map_err(|_| "admission-days"),
    };
    let (from, to) = (day(&typed.starts_on)?, day(&typed.ends_on)?);
    if from.zip(to).is_some_and(|(from, to)| to <= from) {
        return Err("admission-days");
    }
    let written = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    Ok(Admits {
        capacity,
        minimum,
        admission: admission.to_owned(),
        weeks: typed.weeks.trim().to_owned(),
        starts_on: written(from),
        ends_on: written(to),
    })
}

/// As many as the kind of group may have, and never fewer than are taken or kept; nothing written leaves it as it is.
fn seats(typed: &str, course: &Course) -> Option<i64> {
    match typed.trim() {
        "" => Some(course.capacity),
        typed => typed.parse().ok().filter(|seats| (course.taken.max(2)..=i64::from(topics::cap(&course.kind))).contains(seats)),
    }
}

pub async fn admission(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(group): Path<i64>,
    Form(typed): Form<AdmissionForm>,
) -> Result<Response, Fault> {
    let Some(course) = queries::course(&house.db, group).await? else { return Ok(not_found()) };
    let admits = match read(&typed, &course) {
        Ok(admits) => admits,
        Err(trouble) => return page(&house, ui, group, Some(typed), Some(trouble)).await,
    };
    let tx = house.db.write().await?;
    // Somebody may have taken a seat since the page was read.
    if !queries::set_admission(&tx, group, admits).await? {
        drop(tx);
        return page(&house, ui, group, Some(typed), Some("admission-seats-unfit")).await;
    }
    tx.commit(Deed::new(me.id, "group.admission", format!("group/{group}"))).await?;
    Ok(Redirect::to(&format!("/groups/{group}/composition")).into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Moment, Role};

    use super::*;

    fn course(members: i64) -> Course {
        Course {
            name: "Lanterns".into(),
            programme: "skills-class".into(),
            kind: "skills-class".into(),
            capacity: 8,
            taken: members,
            minimum: 3,
            admission: "rolling".into(),
            admission_weeks: String::new(),
            starts_on: String::new(),
            ends_on: String::new(),
            started_at: (members > 5).then_some(Moment(0)),
            members,
        }
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let form = AdmissionForm { minimum: "4".into(), admission: "weeks".into(), weeks: "1, 2".into(), ..AdmissionForm::default() };
        let trouble = |form: AdmissionForm| read(&form, &course(0)).err();
        assert_eq!(trouble(form.clone()), None);
        assert_eq!(trouble(AdmissionForm { minimum: "9".into(), ..form.clone() }), Some("admission-minimum"));
        let with_seats = |seats: &str| AdmissionForm { capacity: seats.into(), ..form.clone() };
        assert_eq!((trouble(with_seats("15")), trouble(with_seats("16"))), (None, Some("admission-seats-unfit")), "15 in a class");
        let few = read(&with_seats("5"), &course(6)).err();
        assert_eq!(few, Some("admission-seats-unfit"), "nobody loses a seat");
        assert_eq!(
            read(&AdmissionForm { minimum: "9".into(), ..with_seats("10") }, &course(0)).map(|admits| (admits.capacity, admits.minimum)),
            Ok((10, 9))
        );
        assert_eq!(trouble(AdmissionForm { admission: "never".into(), ..form.clone() }), Some("admission-how"));
        assert_eq!(trouble(AdmissionForm { weeks: "0, x".into(), ..form.clone() }), Some("admission-weeks-unfit"));
        assert_eq!(trouble(AdmissionForm { starts_on: "soon".into(), ..form.clone() }), Some("admission-days"));
        let backwards = AdmissionForm { starts_on: "2026-12-24".into(), ends_on: "2026-12-01".into(), ..form };
        assert_eq!(trouble(backwards), Some("admission-days"));
    }

    #[test]
    fn the_mix_is_counted_and_the_start_waits_for_enough() {
        let told = Answers {
            conditions: ["grief".to_owned(), "anger".to_owned()].into(),
            age: "65".into(),
            language: "es".into(),
            free: [(2, "evening".to_owned())].into(),
            ..Answers::default()
        };
        for language in Language::ALL {
            for (members, starts) in [(2, false), (3, true), (6, false)] {
                let ui = Ui::sample(language, Some(Role::Coordinator));
                let people = vec![("Ada <b>".to_owned(), Some(told.clone())), ("Bo".to_owned(), None)];
                let typed = AdmissionForm { weeks: "kept".into(), ..AdmissionForm::default() };
                let page = CompositionPage { ui, group: 3, course: course(members), people, typed, trouble: Some("admission-weeks-unfit") };
                assert_eq!(page.conditions().len(), 2);
                assert_eq!(page.free()[1].1, [0, 0, 1]);
                let html = page.render().unwrap();
                assert!(html.contains("Ada &#60;b&#62;") && html.contains("value=\"kept\""));
                assert_eq!(html.contains("/groups/3/start"), starts);
            }
        }
    }
}
