//! "Did it help?", for the office: figures with their definition, and whether visitors see one of them.

use std::collections::HashMap;

use askama::Template;
use axum::{
    Form,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use care::{
    measures::Instrument,
    outcomes::{Figure, Hidden, Interval},
};
use ground::{
    Deed, Fault, House, Me, Ui,
    outcome::{self, Decision, Feedback, Told},
    web::render_status,
    when,
};

use super::{compute::measured, queries};

#[derive(Template)]
#[template(path = "outcomes/practice.html")]
pub struct PracticePage {
    pub ui: Ui,
    pub zone: String,
    pub instruments: Vec<Instrument>,
    pub all: Vec<Told>,
    /// Their names by their number as text, as the figures name them.
    pub groups: HashMap<String, String>,
    pub feedback: Option<Feedback>,
    pub decision: Option<Decision>,
    pub trouble: Option<&'static str>,
}

/// One row of a table: either why it is not told, or its cells.
pub struct Line {
    pub about: String,
    pub hidden: Option<&'static str>,
    pub cells: Vec<String>,
}

impl PracticePage {
    fn whole(&self, instrument: &Instrument) -> Option<&Told> {
        self.all.iter().find(|one| one.slug == instrument.id && one.part == "practice")
    }

    fn why(&self, hidden: &Hidden) -> &'static str {
        match hidden {
            Hidden::Few => "outcomes-hidden-few",
            Hidden::Neighbour => "outcomes-hidden-neighbour",
        }
    }

    fn sentences(&self, told: &Told) -> Vec<String> {
        outcome::sentences(self.ui.language, &told.figure)
    }

    fn others(&self, told: &Told) -> String {
        let Figure { below, unmeasured, .. } = told.figure;
        self.ui.t2("outcomes-others", &("below", &below.to_string()), &("unmeasured", &unmeasured.to_string()))
    }

    fn rule(&self, instrument: &Instrument) -> String {
        let Some(rule) = instrument.changes.first() else { return String::new() };
        let parts = [("points", rule.least.to_string()), ("source", rule.source.clone()), ("sample", rule.sample.clone())];
        self.ui.language.say("outcomes-rule", &parts)
    }

    fn range(&self, interval: Option<Interval>) -> String {
        let Some(Interval { share, low, high }) = interval else { return self.ui.t("outcomes-few-completers") };
        let parts = [("share", share.to_string()), ("low", low.to_string()), ("high", high.to_string())];
        self.ui.language.say("outcomes-range", &parts)
    }

    fn about(&self, told: &Told) -> String {
        match told.part.as_str() {
            "topic" => self.ui.topic(&told.about),
            "after" => self.ui.t1("outcomes-months-after", "months", &told.about),
            _ => self.groups.get(&told.about).unwrap_or(&told.about).clone(),
        }
    }

    fn lines(&self, instrument: &Instrument, part: &str) -> Vec<Line> {
        let line = |told: &Told| {
            let figure = &told.figure;
            let cells = vec![
                figure.starters.to_string(),
                figure.missing().to_string(),
                figure.improved.to_string(),
                self.range(figure.of_starters()),
                self.range(figure.of_completers()),
            ];
            Line { about: self.about(told), hidden: told.hidden.as_ref().map(|hidden| self.why(hidden)), cells }
        };
        let mut lines: Vec<_> = self.all.iter().filter(|one| one.slug == instrument.id && one.part == part).map(line).collect();
        lines.sort_by(|a, b| a.about.cmp(&b.about));
        lines
    }

    fn heading(&self, part: &str) -> &'static str {
        match part {
            "topic" => "outcomes-by-topic",
            "after" => "outcomes-afterwards",
            _ => "outcomes-by-group",
        }
    }

    /// The definition is the same for each; they differ in their cut-off and their rule.
    fn definition(&self) -> String {
        let names: Vec<_> = self.instruments.iter().map(|one| one.short.as_str()).collect();
        self.ui.t1("outcome-definition", "name", names.join(", "))
    }

    fn computed(&self) -> Option<String> {
        let at = self.feedback?.computed_at;
        Some(self.ui.t1("outcomes-computed", "when", when::moment(self.ui.language, at, &self.zone)))
    }

    fn feedback_words(&self) -> String {
        outcome::feedback_words(self.ui.language, self.feedback)
    }

    fn short(&self, slug: &str) -> String {
        self.instruments.iter().find(|one| one.id == slug).map_or_else(|| slug.to_owned(), |one| one.short.clone())
    }

    fn decided(&self) -> String {
        let Some(decision) = &self.decision else { return self.ui.t("outcomes-show-never") };
        let when = when::day(self.ui.language, decision.decided_at, &self.zone);
        let key = if decision.shown == 1 { "outcomes-show-now" } else { "outcomes-show-not" };
        self.ui.language.say(key, &[("by", decision.by_name.clone()), ("when", when), ("name", self.short(&decision.slug))])
    }

    fn is_shown(&self, slug: &str) -> bool {
        self.decision.as_ref().is_some_and(|decision| decision.shown == 1 && decision.slug == slug)
    }

    fn shows_nothing(&self) -> bool {
        self.decision.as_ref().is_none_or(|decision| decision.shown == 0)
    }
}

async fn read(house: &House, ui: Ui, me: &Me, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let page = PracticePage {
        zone: me.zone.clone(),
        ui,
        instruments: measured(house).await?,
        all: outcome::all(&house.db).await?,
        groups: queries::group_names(&house.db).await?,
        feedback: outcome::feedback(&house.db).await?,
        decision: outcome::decision(&house.db).await?,
        trouble,
    };
    render_status(&page, if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK })
}

pub async fn page(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    read(&house, ui, &me, None).await
}

/// The choice is the slug of a figure, or "none".
pub async fn show(State(house): State<House>, ui: Ui, me: Me, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let slug = fields.iter().find(|(name, _)| name == "show").map(|(_, value)| value.trim().to_owned()).unwrap_or_default();
    let decision = outcome::decision(&house.db).await?;
    let (slug, shown) = match slug.as_str() {
        "none" => (decision.map_or_else(String::new, |decision| decision.slug), false),
        _ => (slug, true),
    };
    if shown {
        if !measured(&house).await?.iter().any(|one| one.id == slug) {
            return read(&house, ui, &me, Some("outcomes-show-unknown")).await;
        }
        let told = outcome::all(&house.db).await?;
        if !told.iter().any(|one| one.slug == slug && one.part == "practice" && one.hidden.is_none()) {
            return read(&house, ui, &me, Some("outcomes-show-small")).await;
        }
    }
    let tx = house.db.write().await?;
    outcome::decide(&tx, &slug, shown, me.id, house.clock.now()).await?;
    tx.commit(Deed::new(me.id, if shown { "outcomes.show" } else { "outcomes.hide" }, "practice")).await?;
    Ok(Redirect::to("/practice/outcomes").into_response())
}

const COLUMNS: &str = "questionnaire,part,about,hidden,began,with_last_score,missing,improved,share_of_all,low,high,share_of_those_with_last_score,low,high,began_below_cutoff,no_first_score";

/// Figures alone: a group by its number, a topic by its word, nothing that could be a formula in a table.
fn table(all: &[Told]) -> String {
    let interval =
        |interval: Option<Interval>| interval.map_or(",,".into(), |Interval { share, low, high }| format!("{share},{low},{high}"));
    let line = |told: &Told| {
        let Told { slug, part, about, hidden, figure } = told;
        match hidden {
            Some(hidden) => format!("{slug},{part},{about},{}{}\r\n", hidden.word(), ",".repeat(12)),
            None => format!(
                "{slug},{part},{about},,{},{},{},{},{},{},{},{}\r\n",
                figure.starters,
                figure.completers,
                figure.missing(),
                figure.improved,
                interval(figure.of_starters()),
                interval(figure.of_completers()),
                figure.below,
                figure.unmeasured
            ),
        }
    };
    format!("{COLUMNS}\r\n{}", all.iter().map(line).collect::<String>())
}

pub async fn csv(State(house): State<House>, me: Me) -> Result<Response, Fault> {
    house.shows(me.id, "outcomes.export", "practice".into()).await?;
    let text = table(&outcome::all(&house.db).await?);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"outcomes.csv\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, text).into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Moment, Role};

    use super::*;

    fn told(slug: &str, part: &str, about: &str, figure: Result<Figure, Hidden>) -> Told {
        Told { slug: slug.into(), part: part.into(), about: about.into(), hidden: figure.err(), figure: figure.unwrap_or_default() }
    }

    const FORTY: Figure = Figure { starters: 40, completers: 25, improved: 15, unmeasured: 2, below: 5 };
    const TWELVE: Figure = Figure { starters: 12, completers: 9, improved: 4, unmeasured: 0, below: 1 };

    fn all() -> Vec<Told> {
        vec![
            told("phq-9", "practice", "", Ok(FORTY)),
            told("phq-9", "topic", "grief", Ok(TWELVE)),
            told("phq-9", "topic", "anger", Err(Hidden::Neighbour)),
            told("phq-9", "group", "9", Err(Hidden::Few)),
            told("phq-9", "group", "8", Ok(TWELVE)),
            told("phq-9", "after", "1", Ok(TWELVE)),
            told("phq-9", "after", "3", Err(Hidden::Few)),
            told("gad-7", "practice", "", Err(Hidden::Few)),
        ]
    }

    fn page(language: Language, all: Vec<Told>) -> PracticePage {
        let instruments =
            care::measures::shipped().unwrap().into_iter().filter(|one| ["phq-9", "gad-7", "pcl-5"].contains(&one.id.as_str()));
        PracticePage {
            ui: Ui::sample(language, Some(Role::Coordinator)),
            zone: "UTC".into(),
            instruments: instruments.collect(),
            feedback: (!all.is_empty()).then_some(Feedback { people: 23, tenths: 75, computed_at: Moment(0) }),
            all,
            groups: HashMap::from([("9".into(), "Lanterns <9>".into())]),
            decision: None,
            trouble: None,
        }
    }

    #[test]
    fn the_page_renders_before_anything_was_worked_out() {
        for language in Language::ALL {
            let page = page(language, vec![]);
            let html = page.render().unwrap();
            assert!(html.contains(&page.ui.t("outcomes-not-yet")) && html.contains(&page.ui.t("outcomes-show-never")));
            assert!(!html.contains("<table"));
        }
    }

    #[test]
    fn each_figure_stands_with_its_definition_and_each_gap_with_its_reason() {
        for language in Language::ALL {
            let page = page(language, all());
            let html = page.render().unwrap();
            for sentence in outcome::sentences(language, &FORTY) {
                assert!(html.contains(&sentence), "{sentence}");
            }
            for key in ["outcome-waiting", "outcomes-hidden-few", "outcomes-hidden-neighbour", "outcomes-nobody", "outcomes-few-completers"]
            {
                assert!(html.contains(&page.ui.t(key).replace('\'', "&#39;")), "{key}");
            }
            assert!(html.contains("Lanterns &#60;9&#62;") && html.contains("IAPT manual") && html.contains("PHQ-9"));
            assert!(html.contains(&page.feedback_words()));
            let after = page.lines(&page.instruments[0], "after");
            assert_eq!(after.iter().map(|line| line.hidden.is_none()).collect::<Vec<_>>(), [true, false]);
            assert!(html.contains(&page.ui.t("outcomes-afterwards")) && html.contains(&after[1].about));
            assert_eq!(page.lines(&page.instruments[0], "group")[0].about, "8", "a group that is gone is its number");
        }
    }

    #[test]
    fn who_decided_stands_there() {
        for (shown, key) in [(1, "outcomes-show-now"), (0, "outcomes-show-not")] {
            let mut page = page(Language::English, all());
            page.decision = Some(Decision { slug: "phq-9".into(), shown, by_name: "Carol <Q>".into(), decided_at: Moment(0) });
            page.trouble = Some("outcomes-show-small");
            let html = page.render().unwrap();
            assert!(html.contains("Carol &#60;Q&#62;") && html.contains(&page.ui.t("outcomes-show-small")), "{key}");
            assert_eq!((page.is_shown("phq-9"), page.is_shown("gad-7"), page.shows_nothing()), (shown == 1, false, shown == 0));
        }
    }

    #[test]
    fn the_table_has_figures_and_no_names() {
        let text = table(&all());
        let rows: Vec<Vec<&str>> = text.split_terminator("\r\n").map(|line| line.split(',').collect()).collect();
        assert!(rows.iter().all(|row| row.len() == 16), "{text}");
        assert_eq!(rows[1], ["phq-9", "practice", "", "", "40", "25", "15", "15", "38", "24", "53", "60", "40", "77", "5", "2"]);
        assert_eq!(rows[2][11..14], ["", "", ""], "nine completers have no share");
        assert_eq!((rows[3][3], rows[4][3]), ("neighbour", "few"));
        assert!(rows[3][4..].iter().all(|cell| cell.is_empty()));
        assert!(!text.contains("Lanterns") && !text.contains(['=', '@', '+']));
        assert_eq!(table(&[]).lines().count(), 1);
    }
}
