//! What came of it, for whoever leads a group with this person. Nobody else of the practice reads it.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use care::measures::{
    Instrument, change,
    score::{self, Score},
};
use ground::{Fault, House, Me, Moment, Ui, facts, not_found, render, when};

use super::{
    chart::{self, Chart},
    library,
    queries::{self, Kept, Measure},
};

/// One asking that was answered.
#[derive(Debug, Clone)]
pub struct Answered {
    pub id: i64,
    pub at: Moment,
    pub kept: Kept,
}

impl Answered {
    fn score(&self) -> Score {
        self.kept.score.unwrap_or_default()
    }
}

/// Everything of one instrument, the oldest first.
#[derive(Debug, Clone)]
pub struct Series {
    pub instrument: Instrument,
    pub all: Vec<Answered>,
}

#[derive(Template)]
#[template(path = "measures/person.html")]
pub struct PersonPage {
    pub ui: Ui,
    pub zone: String,
    pub person: i64,
    pub name: String,
    pub series: Vec<Series>,
    pub waiting: usize,
}

#[derive(Template)]
#[template(path = "measures/answers.html")]
pub struct AnswersPage {
    pub ui: Ui,
    pub zone: String,
    pub person: i64,
    pub name: String,
    pub instrument: Instrument,
    pub one: Answered,
}

fn total(ui: &Ui, score: &Score) -> String {
    score.total.map_or_else(|| ui.t("person-no-total"), |total| total.to_string())
}

impl PersonPage {
    fn day(&self, one: &Answered) -> String {
        when::day(self.ui.language, one.at, &self.zone)
    }

    fn scores(series: &Series) -> Vec<(Moment, i64)> {
        series.all.iter().filter_map(|one| Some((one.at, one.score().total?))).collect()
    }

    fn chart(&self, series: &Series) -> Option<Chart> {
        chart::chart(&self.ui, &series.instrument, &PersonPage::scores(series), &self.zone)
    }

    fn latest(&self, series: &Series) -> String {
        let Some(last) = series.all.last() else { return String::new() };
        let score = last.score();
        let [low, high] = series.instrument.score.range;
        let band = score::band(&series.instrument, &score).map(|band| format!(" · {}", band.word(self.ui.lang()))).unwrap_or_default();
        match score.total {
            Some(total) => {
                format!("{}{band}", self.ui.t2("person-total", &("total", &total.to_string()), &("range", &format!("{low}–{high}"))))
            }
            None => self.ui.t("person-no-total"),
        }
    }

    /// What the change since the first score is, by which rule, from which people.
    fn change(&self, series: &Series) -> Option<(String, String)> {
        let scores = PersonPage::scores(series);
        let (first, last) = (scores.first()?.1, scores.last()?.1);
        if scores.len() < 2 {
            return None;
        }
        let points = self.ui.t2("person-points", &("from", &first.to_string()), &("to", &last.to_string()));
        let Some(rule) = series.instrument.changes.first() else { return Some((points, self.ui.t("person-no-rule"))) };
        let outcome = self.ui.t(change::outcome(&series.instrument, rule, first, last).key());
        let least = if rule.least.fract() == 0.0 { format!("{:.0}", rule.least) } else { rule.least.to_string() };
        let cited = format!("{}: {} ({})", self.ui.t1("person-rule", "points", least), rule.source, rule.sample);
        Some((format!("{points} {outcome}"), cited))
    }

    fn parts(&self, series: &Series) -> Vec<String> {
        let Some(last) = series.all.last() else { return vec![] };
        let part = |scale: &care::measures::Subscale| {
            let sum = score::subscale(&series.instrument, &scale.items, &last.kept.answers);
            format!("{}: {}", scale.word(self.ui.lang()), sum.map_or_else(|| self.ui.t("person-no-total"), |sum| sum.to_string()))
        };
        let meets = series.instrument.criteria.iter().filter(|criteria| score::meets(criteria, &last.kept.answers));
        let meets = meets.map(|criteria| format!("{}. {}", criteria.word(self.ui.lang()), criteria.source));
        series.instrument.subscales.iter().map(part).chain(meets).collect()
    }

    fn total(&self, one: &Answered) -> String {
        total(&self.ui, &one.score())
    }

    /// The last answers have one that somebody must look at.
    fn alarmed(&self, series: &Series) -> bool {
        series.all.last().is_some_and(|last| last.score().alarm)
    }

    fn alarm(&self, one: &Answered) -> bool {
        one.score().alarm
    }
}

impl AnswersPage {
    fn day(&self) -> String {
        when::moment(self.ui.language, self.one.at, &self.zone)
    }

    fn total(&self) -> String {
        total(&self.ui, &self.one.score())
    }

    /// Question, answer in words with its number, whether somebody must look.
    fn rows(&self) -> Vec<(String, String, bool)> {
        let (_, text) = self.instrument.text("en");
        let row = |(index, words): (usize, &String)| {
            let answer = self.one.kept.answers.get(index).copied().flatten();
            let place = answer.and_then(|answer| self.instrument.values(index).iter().position(|value| *value == answer));
            let option = place.and_then(|place| text.options.get(self.instrument.items[index].set)?.get(place));
            let said = match (answer, option) {
                (Some(answer), Some(option)) => format!("{option} ({answer})"),
                _ => self.ui.t("person-passed"),
            };
            let raised = |alarm: &care::measures::Alarm| alarm.item == index + 1 && answer.is_some_and(|answer| answer >= alarm.at_least);
            (format!("{}. {words}", index + 1), said, self.instrument.alarms.iter().any(raised))
        };
        text.items.iter().take(self.instrument.items.len()).enumerate().map(row).collect()
    }
}

async fn answered(house: &House, row: &Measure) -> Option<Answered> {
    let at = row.completed_at?;
    match row.opened(house).await {
        Ok(kept) => Some(Answered { id: row.id, at, kept }),
        Err(fault) => {
            tracing::warn!(reason = %fault, "answers could not be opened");
            None
        }
    }
}

pub async fn person(State(house): State<House>, ui: Ui, me: Me, Path(person): Path<i64>) -> Result<Response, Fault> {
    if !queries::leads(&house.db, me.id, person).await? {
        return Ok(not_found());
    }
    house.shows(me.id, "measures.read", format!("person/{person}")).await?;
    let mut series: Vec<Series> = Vec::new();
    for row in queries::sent(&house.db, person).await? {
        let Some(one) = answered(&house, &row).await else { continue };
        // A newer version of the same instrument goes on in the same line, in its own words.
        match series.iter_mut().find(|series| series.instrument.id == row.slug) {
            Some(series) => series.all.push(one),
            None => {
                let Some(instrument) = library::find(&house.db, &row.slug, &row.version).await? else { continue };
                series.push(Series { instrument, all: vec![one] });
            }
        }
    }
    let waiting = queries::waiting(&house.db, person, house.clock.now()).await?.len();
    render(&PersonPage { zone: me.zone, ui, person, name: facts::name_of(&house.db, person).await?, series, waiting })
}

pub async fn answers(State(house): State<House>, ui: Ui, me: Me, Path((person, measure)): Path<(i64, i64)>) -> Result<Response, Fault> {
    if !queries::leads(&house.db, me.id, person).await? {
        return Ok(not_found());
    }
    let Some(row) = queries::mine(&house.db, person, measure).await?.filter(|row| row.completed_at.is_some()) else {
        return Ok(not_found());
    };
    let Some(instrument) = library::find(&house.db, &row.slug, &row.version).await? else { return Ok(not_found()) };
    house.shows(me.id, "measures.read", format!("measure/{measure}")).await?;
    let Some(one) = answered(&house, &row).await else { return Ok(not_found()) };
    render(&AnswersPage { zone: me.zone, ui, person, name: facts::name_of(&house.db, person).await?, instrument, one })
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    fn series(instrument: &Instrument, many: usize) -> Series {
        let one = |index: usize| {
            let answers: Vec<_> = (0..instrument.items.len()).map(|item| instrument.values(item).get(index % 2).copied()).collect();
            let score = Some(score::score(instrument, &answers));
            Answered { id: 5, at: Moment(index as i64 * 604_800_000_000), kept: Kept { answers, passed: vec![], score } }
        };
        Series { instrument: instrument.clone(), all: (0..many).map(one).collect() }
    }

    #[test]
    fn the_pages_name_score_band_rule_and_source() {
        for language in Language::ALL {
            for many in [1, 2, 40] {
                let ui = Ui::sample(language, Some(Role::Clinician));
                let all: Vec<_> = library::shipped().unwrap().iter().map(|one| series(one, many)).collect();
                let page =
                    PersonPage { ui: ui.clone(), zone: "UTC".into(), person: 7, name: "Theo <Grant>".into(), series: all, waiting: 2 };
                let html = page.render().unwrap();
                assert!(html.contains("Theo &#60;Grant&#62;"));
                assert_eq!(html.contains("IAPT manual"), many > 1, "no change without a second score");
                assert_eq!(html.matches("/people/7/measures/5").count(), 14 * (many + 2), "each answer, and two files");
            }
            let ui = Ui::sample(language, Some(Role::Clinician));
            let empty = PersonPage { ui: ui.clone(), zone: "UTC".into(), person: 7, name: "x".into(), series: vec![], waiting: 0 };
            assert!(empty.render().unwrap().contains(&ui.t("person-nothing")));
            for instrument in library::shipped().unwrap() {
                let one = series(instrument, 2).all.remove(1);
                let page =
                    AnswersPage { ui: ui.clone(), zone: "UTC".into(), person: 7, name: "x".into(), instrument: instrument.clone(), one };
                assert_eq!(page.rows().len(), instrument.items.len());
                assert!(page.render().is_ok(), "{}", instrument.id);
            }
        }
    }

    #[test]
    fn the_ninth_answer_is_marked() {
        let phq = library::shipped().unwrap().iter().find(|one| one.id == "phq-9").unwrap();
        let one = series(phq, 2).all.remove(1);
        let ui = Ui::sample(Language::English, Some(Role::Clinician));
        let page = AnswersPage { ui, zone: "UTC".into(), person: 7, name: "x".into(), instrument: phq.clone(), one };
        let marked: Vec<_> = page.rows().iter().map(|row| row.2).collect();
        assert!(marked[8] && !marked[..8].contains(&true) && !marked[9]);
    }
}
