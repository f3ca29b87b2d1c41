//! My picture: what has happened since I began, in words first. Only one's own things.

use askama::Template;
use axum::{extract::State, response::Response};
use care::{goals::State as Stands, measures::change, outcomes::Came};
use ground::{Fault, House, Me, Ui, render, when};

use super::{
    history::{self, Series},
    line::{Line, line},
    queries::{self, Evening},
};
use crate::{
    goals::{self, Kept, Shown},
    measures::{self, Chart, tells_change},
};

/// One instrument as its person reads it: never by a clinical name.
pub struct Measured {
    pub series: Series,
    /// In words, where somebody decided that members read it.
    pub change: Option<String>,
    pub chart: Option<Chart>,
}

#[derive(Template)]
#[template(path = "outcomes/picture.html")]
pub struct PicturePage {
    pub ui: Ui,
    pub zone: String,
    pub evenings: Vec<Evening>,
    pub measured: Vec<Measured>,
    pub going: Vec<Shown>,
    pub ended: Vec<Kept>,
}

impl PicturePage {
    /// "You have come to 5 of 6 sessions of Steady Ground", a sentence for each group.
    fn came(&self) -> Vec<String> {
        let mut groups: Vec<(i64, &str)> = Vec::new();
        for one in &self.evenings {
            if !groups.iter().any(|(group, _)| *group == one.group) {
                groups.push((one.group, &one.group_name));
            }
        }
        let sentence = |(group, name): (i64, &str)| {
            let all: Vec<_> = self.evenings.iter().filter(|one| one.group == group).collect();
            let came = all.iter().filter(|one| one.came == Came::There).count();
            let parts = [("came", came.to_string()), ("all", all.len().to_string()), ("group", name.to_owned())];
            self.ui.language.say("my-picture-came", &parts)
        };
        groups.into_iter().map(sentence).collect()
    }

    fn mood(&self) -> Option<Line> {
        let moods = history::moods(&self.evenings);
        (!moods.is_empty()).then(|| line(&moods))
    }

    fn mood_said(&self, line: &Line) -> String {
        self.ui.t1("group-outcomes-mood-words", "moods", &line.words)
    }

    fn mood_words(&self) -> String {
        let moods = history::moods(&self.evenings);
        let (first, last) = (moods.first().copied().unwrap_or(0), moods.last().copied().unwrap_or(0));
        self.ui.t2("my-picture-mood-first", &("first", &first.to_string()), &("last", &last.to_string()))
    }

    fn heading<'a>(&self, one: &'a Measured) -> &'a str {
        one.series.instrument.plain(self.ui.lang())
    }

    fn level(&self, one: &Measured) -> String {
        match one.series.level {
            Some(level) => self.ui.t(&format!("measures-level-{level}")),
            None => self.ui.t("measures-level-none"),
        }
    }

    fn sent_on(&self, one: &Measured) -> String {
        let at = one.series.scores.last().map(|(at, _)| *at).unwrap_or_default();
        self.ui.t1("my-picture-last", "day", when::day(self.ui.language, at, &self.zone))
    }

    fn goal(&self, kept: &Kept) -> String {
        let key = match kept.state {
            Stands::Reached => "my-picture-goal-reached",
            Stands::PutDown => "my-picture-goal-put-down",
            Stands::Going | Stands::Draft => "my-picture-goal-going",
        };
        let words = if kept.goal.words.is_empty() { self.ui.t("goal-no-words-yet") } else { kept.goal.words.clone() };
        self.ui.t1(key, "goal", words)
    }

    fn has_goals(&self) -> bool {
        !self.going.is_empty() || !self.ended.is_empty()
    }
}

async fn measured(house: &House, ui: &Ui, zone: &str, series: Series) -> Result<Measured, Fault> {
    let tells = tells_change(&house.db, &series.last).await?;
    let chart = measures::chart(ui, &series.instrument, &series.scores, zone);
    let change = change_words(ui, &series).filter(|_| tells);
    Ok(Measured { series, change, chart })
}

fn change_words(ui: &Ui, series: &Series) -> Option<String> {
    let (first, last) = (series.scores.first()?.1, series.scores.last()?.1);
    let rule = series.instrument.changes.first().filter(|_| series.scores.len() > 1)?;
    let outcome = change::outcome(&series.instrument, rule, first, last);
    Some(ui.t(&format!("measures-{}", outcome.key())))
}

pub async fn page(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    let evenings = queries::mine(&house, me.id).await?;
    let mut all = Vec::new();
    for series in history::series(&house, me.id).await? {
        all.push(measured(&house, &ui, &me.zone, series).await?);
    }
    let (mut going, mut ended) = (Vec::new(), Vec::new());
    let today = goals::today(&house, &me);
    for kept in goals::all_of(&house, me.id).await? {
        match kept.state {
            Stands::Going => going.push(goals::shown(&house, &ui, kept, today).await?),
            Stands::Reached | Stands::PutDown => ended.push(kept),
            Stands::Draft => {}
        }
    }
    render(&PicturePage { zone: me.zone, ui, evenings, measured: all, going, ended })
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;
    use crate::{
        goals::overview_sample,
        outcomes::history::tests::{evening, series_of},
    };

    fn page(language: Language, evenings: Vec<Evening>, measured: Vec<Measured>) -> PicturePage {
        let ui = Ui::sample(language, Some(Role::Member));
        PicturePage { ui, zone: "UTC".into(), evenings, measured, going: vec![], ended: vec![] }
    }

    #[test]
    fn the_empty_picture_says_what_will_stand_there() {
        for language in Language::ALL {
            let page = page(language, vec![], vec![]);
            let html = page.render().unwrap();
            for key in ["my-picture-came-none", "my-picture-mood-none", "my-picture-measures-none", "my-picture-goals-none"] {
                assert!(html.contains(&page.ui.t(key).replace('\'', "&#39;")), "{key}");
            }
            assert!(!html.contains("<polyline"));
        }
    }

    #[test]
    fn words_come_first_and_are_of_each_group() {
        let mut all: Vec<_> = (0..6).map(|week| evening(week, if week == 2 { Came::Missed } else { Came::There }, Some(3), None)).collect();
        all.push(Evening { group: 8, group_name: "Out <there>".into(), ..evening(6, Came::There, Some(8), None) });
        let page = page(Language::English, all, vec![]);
        assert_eq!(page.came(), ["You have come to 5 of 6 sessions of Lanterns.", "You have come to 1 of 1 sessions of Out <there>."]);
        let html = page.render().unwrap();
        assert!(html.contains("It began at 3 of 10. The last time it was 8.") && html.contains("Out &#60;there&#62;"));
        let main = &html[html.find("<main").unwrap()..];
        assert!(main.find("You have come").unwrap() < main.find("<svg").unwrap(), "words first");
    }

    #[test]
    fn no_clinical_word_stands_in_it_and_the_change_only_where_it_may() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Member));
            let one = |tells: bool| {
                let series = series_of("phq-9", &[18, 9]);
                let change = change_words(&ui, &series).filter(|_| tells);
                Measured { chart: measures::chart(&ui, &series.instrument, &series.scores, "UTC"), series, change }
            };
            let told = page(language, vec![], vec![one(true)]).render().unwrap();
            let silent = page(language, vec![], vec![one(false)]).render().unwrap();
            let sentence = ui.t("measures-outcome-recovered");
            assert!(told.contains(&sentence) && !silent.contains(&sentence));
            for html in [&told, &silent] {
                assert!(html.contains("<polyline") && html.contains(&ui.t("measures-level-2")));
                for word in ["PHQ", "depress", "Recovered", "moderate", "Recuperación"] {
                    assert!(!html.contains(word), "{word}");
                }
            }
            assert_eq!(change_words(&ui, &series_of("phq-9", &[9])), None, "one is no change");
        }
    }

    #[test]
    fn goals_are_told_in_words_with_how_they_stand() {
        for language in Language::ALL {
            let mut page = page(language, vec![], vec![]);
            page.going = (0..3).map(|_| overview_sample(language, 28)).collect();
            let mut reached = overview_sample(language, 1).kept;
            reached.state = Stands::Reached;
            reached.goal.words = "Call <her>".into();
            let mut down = reached.clone();
            down.state = Stands::PutDown;
            page.ended = vec![reached, down];
            let html = page.render().unwrap();
            assert_eq!(html.matches("Call &#60;her&#62;").count(), 2);
            assert!(!html.contains(&page.ui.t("my-picture-goals-none")));
        }
    }
}
