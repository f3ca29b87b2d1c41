//! Answering. Each answer is kept as it is given; what somebody must look at shows the lines in the same response, whatever else fails.

use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::{
    measures::{
        Instrument, change,
        score::{self, Score, Trouble},
    },
    risk::Source,
};
use ground::{
    Deed, Fault, House, Me, Tx, Ui,
    handover::{self, Risk},
    jobs, not_found, render,
    web::render_status,
};

use super::{
    chart::{self, Chart},
    library,
    queries::{self, Kept, Measure},
    warnings,
};

#[derive(Template)]
#[template(path = "measures/form.html")]
pub struct FormPage {
    pub ui: Ui,
    pub measure: i64,
    pub instrument: Instrument,
    pub kept: Kept,
    pub signal: bool,
    pub trouble: Option<String>,
}

/// Said in place of the line above the form after each answer.
#[derive(Template)]
#[template(path = "measures/draft.html")]
pub struct DraftPart {
    pub ui: Ui,
    pub signal: bool,
    pub kept: bool,
}

#[derive(Template)]
#[template(path = "measures/crisis.html")]
pub struct CrisisPage {
    pub ui: Ui,
    pub measure: i64,
    pub kept: bool,
}

#[derive(Template)]
#[template(path = "measures/told.html")]
pub struct ToldPage {
    pub ui: Ui,
    pub instrument: Instrument,
    pub score: Score,
    pub signal: bool,
    pub change: Option<String>,
    pub chart: Option<Chart>,
}

pub struct Choice {
    pub value: i64,
    pub word: String,
    pub checked: bool,
}

pub struct Row {
    pub number: usize,
    pub text: String,
    pub options: Vec<Choice>,
    pub counts: bool,
    pub may_pass: bool,
    pub passed: bool,
    pub if_yes: bool,
    /// The questions that this one hangs on, in words.
    pub after: Option<String>,
}

impl FormPage {
    fn heading(&self) -> &str {
        self.instrument.plain(self.ui.lang())
    }

    fn language(&self) -> &str {
        self.instrument.text(self.ui.lang()).0
    }

    fn in_english_only(&self) -> bool {
        self.language() != self.ui.lang()
    }

    fn intro(&self) -> &str {
        &self.instrument.text(self.ui.lang()).1.intro
    }

    fn stem(&self) -> &str {
        &self.instrument.text(self.ui.lang()).1.stem
    }

    fn rows(&self) -> Vec<Row> {
        let (_, text) = self.instrument.text(self.ui.lang());
        let row = |(index, words): (usize, &String)| {
            let item = &self.instrument.items[index];
            let answer = self.kept.answers.get(index).copied().flatten();
            let words_of = |place: usize| text.options.get(item.set).and_then(|set| set.get(place)).cloned().unwrap_or_default();
            let option = |(place, value): (usize, &i64)| Choice { value: *value, word: words_of(place), checked: answer == Some(*value) };
            Row {
                number: index + 1,
                text: words.clone(),
                options: self.instrument.values(index).iter().enumerate().map(option).collect(),
                counts: item.counts,
                may_pass: self.instrument.may_pass(index),
                passed: answer.is_none() && self.kept.passed.get(index).copied().unwrap_or(false),
                if_yes: item.after_yes,
                after: self.after(&item.after),
            }
        };
        text.items.iter().take(self.instrument.items.len()).enumerate().map(row).collect()
    }
}

impl FormPage {
    /// "Only if you chose more than the first answer to question 2 or 3:", since without scripts every question is in sight.
    fn after(&self, numbers: &[usize]) -> Option<String> {
        let numbers: Vec<String> = numbers.iter().map(usize::to_string).collect();
        (!numbers.is_empty()).then(|| self.ui.t1("measures-only-after", "which", numbers.join(&self.ui.t("measures-or"))))
    }
}

impl ToldPage {
    /// In words, for the person: never a band's own name, which is made for charts.
    fn level(&self) -> String {
        match score::band(&self.instrument, &self.score) {
            Some(band) => self.ui.t(&format!("measures-level-{}", band.level)),
            None => self.ui.t("measures-level-none"),
        }
    }
}

/// What came with the form, over what was kept before: a radio button cannot be taken back, and a second tab knows less than the first.
pub fn read(instrument: &Instrument, before: &Kept, fields: &[(String, String)]) -> Result<Kept, Trouble> {
    let count = instrument.items.len();
    let mut kept = before.clone();
    kept.answers.resize(count, None);
    kept.passed.resize(count, false);
    for (name, value) in fields {
        let Some(number) = name.strip_prefix("q-").and_then(|number| number.parse::<usize>().ok()) else { continue };
        if !(1..=count).contains(&number) {
            return Err(Trouble::OutOfRange(number));
        }
        let passed = value == "pass";
        let answer = if passed { None } else { Some(value.trim().parse().map_err(|_| Trouble::OutOfRange(number))?) };
        (kept.answers[number - 1], kept.passed[number - 1]) = (answer, passed);
    }
    score::may_keep(instrument, &kept.answers)?;
    Ok(kept)
}

/// Whether it may be sent: an empty answer is no pass.
pub fn ready(instrument: &Instrument, kept: &Kept) -> Result<(), Trouble> {
    score::may_keep(instrument, &kept.answers)?;
    // What was overlooked is named first: that it cannot be added up is news only for whoever passed on purpose.
    for index in 0..instrument.items.len() {
        let said = kept.answers[index].is_some() || kept.passed[index];
        if !said && score::is_asked(instrument, &kept.answers, index) {
            return Err(Trouble::Unanswered(index + 1));
        }
    }
    score::may_send(instrument, &kept.answers)
}

fn words(ui: &Ui, instrument: &Instrument, trouble: Trouble) -> String {
    match trouble {
        Trouble::OutOfRange(number) => ui.t1("measures-out-of-range", "number", number),
        Trouble::Unanswered(number) => ui.t1("measures-unanswered", "number", number),
        Trouble::TooMany => ui.t1("measures-too-many", "most", instrument.score.missing.most),
    }
}

async fn found(house: &House, me: &Me, measure: i64) -> Result<Option<(Measure, Instrument)>, Fault> {
    let Some(measure) = queries::mine(&house.db, me.id, measure).await? else { return Ok(None) };
    // The version that was asked, even if there is a newer one by now.
    let instrument = library::find(&house.db, &measure.slug, &measure.version).await?;
    Ok(instrument.map(|instrument| (measure, instrument)))
}

pub async fn form(State(house): State<House>, ui: Ui, me: Me, Path(measure): Path<i64>) -> Result<Response, Fault> {
    let Some((measure, instrument)) = found(&house, &me, measure).await? else { return Ok(not_found()) };
    let kept = measure.opened(&house).await?;
    if measure.completed_at.is_some() {
        return told(&house, ui, &me, &measure, instrument, kept).await;
    }
    if !measure.waits(house.clock.now()) {
        return Ok(Redirect::to("/measures").into_response());
    }
    let signal = score::score(&instrument, &kept.answers).alarm;
    render(&FormPage { ui, measure: measure.id, instrument, kept, signal, trouble: None })
}

/// A calm page: what was said in words, who reads it, and one's own line over time.
async fn told(house: &House, ui: Ui, me: &Me, measure: &Measure, instrument: Instrument, kept: Kept) -> Result<Response, Fault> {
    let mut scores = Vec::new();
    for one in queries::sent_of(&house.db, me.id, &measure.slug).await? {
        // A key that was destroyed leaves a gap, not an error.
        let total = one.opened(house).await.ok().and_then(|kept| kept.score).and_then(|score| score.total);
        scores.extend(one.completed_at.zip(total));
    }
    let tells = queries::tells_change(&house.db, measure).await?;
    let change = match (scores.first(), scores.last(), instrument.changes.first()) {
        (Some((_, first)), Some((_, last)), Some(rule)) if tells && scores.len() > 1 => {
            Some(ui.t(&format!("measures-{}", change::outcome(&instrument, rule, *first, *last).key())))
        }
        _ => None,
    };
    let chart = chart::chart(&ui, &instrument, &scores, &me.zone);
    let score = kept.score.unwrap_or_default();
    render(&ToldPage { ui, signal: score.alarm, instrument, score, change, chart })
}

fn field<'a>(fields: &'a [(String, String)], name: &str) -> &'a str {
    fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
}

pub async fn send(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(measure): Path<i64>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let Some((measure, instrument)) = found(&house, &me, measure).await? else { return Ok(not_found()) };
    let before = measure.opened(&house).await?;
    // Two tabs: what was sent stays as it was sent, but an answer that somebody must look at is heard from either.
    let base = if measure.completed_at.is_some() { Kept::default() } else { before.clone() };
    let kept = match read(&instrument, &base, &fields) {
        Ok(kept) => kept,
        Err(trouble) => {
            let (signal, trouble) = (score::score(&instrument, &before.answers).alarm, Some(words(&ui, &instrument, trouble)));
            let page = FormPage { ui, measure: measure.id, instrument, kept: before, signal, trouble };
            return render_status(&page, StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    let came = score::score(&instrument, &kept.answers);
    let trouble = if field(&fields, "action") == "keep" { None } else { ready(&instrument, &kept).err() };
    let finishes = field(&fields, "action") != "keep" && trouble.is_none();
    let stored = store(&house, &measure, &instrument, &kept, &came, finishes).await;
    // Nothing that goes wrong with us may keep the lines from somebody who needs them now.
    if came.alarm && (trouble.is_none() || stored.is_err()) {
        if let Err(fault) = &stored {
            tracing::error!(reason = %fault, "a measure with a signal could not be kept");
        }
        let page = CrisisPage { ui, measure: measure.id, kept: stored.is_ok() };
        return render_status(&page, if page.kept { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE });
    }
    stored?;
    match trouble {
        Some(trouble) => {
            let trouble = Some(words(&ui, &instrument, trouble));
            let page = FormPage { ui, measure: measure.id, instrument, kept, signal: came.alarm, trouble };
            render_status(&page, StatusCode::UNPROCESSABLE_ENTITY)
        }
        None if finishes => Ok(Redirect::to(&format!("/measures/{}", measure.id)).into_response()),
        None => Ok(Redirect::to("/measures").into_response()),
    }
}

/// One answer, kept as it is given.
pub async fn draft(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(measure): Path<i64>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let Some((measure, instrument)) = found(&house, &me, measure).await? else { return Ok(not_found()) };
    let before = measure.opened(&house).await?;
    let Ok(kept) = read(&instrument, &before, &fields) else { return render(&DraftPart { ui, signal: false, kept: false }) };
    let came = score::score(&instrument, &kept.answers);
    let stored = store(&house, &measure, &instrument, &kept, &came, false).await;
    render(&DraftPart { ui, signal: came.alarm, kept: stored.is_ok() })
}

/// Answers, task and audit line are one transaction.
async fn store(house: &House, measure: &Measure, instrument: &Instrument, kept: &Kept, came: &Score, finishes: bool) -> Result<(), Fault> {
    let now = house.clock.now();
    let kept = Kept { score: finishes.then_some(*came), ..kept.clone() };
    let sealed = queries::seal(house, measure.person_id, measure.id, &kept).await?;
    let tx = house.db.write().await?;
    let taken = match finishes {
        true => queries::complete(&tx, measure, sealed, now).await?,
        false => queries::keep(&tx, measure, sealed, now).await?,
    };
    if came.alarm {
        ask_for_task(house, &tx, measure, instrument, &kept, came).await?;
    }
    // An alarm has its task already: the total would ring a second time for the same sheet.
    if finishes && taken && !came.alarm {
        warn(house, &tx, measure, instrument, came).await?;
    }
    if !taken && !came.alarm {
        return Ok(());
    }
    let action = if finishes { "measure.send" } else { "measure.keep" };
    tx.commit(Deed::new(measure.person_id, action, format!("measure/{}", measure.id))).await
}

/// Tells staff of a total that the practice wants to hear of.
async fn warn(house: &House, tx: &Tx, measure: &Measure, instrument: &Instrument, came: &Score) -> Result<(), Fault> {
    let Some((at, total)) = warnings::told(tx, instrument, came).await?.zip(came.total) else { return Ok(()) };
    let now = house.clock.now();
    let (source, detail) = (Source::Measure.word(), format!("{}: {total} ({at})", instrument.short));
    let risk = Risk { source: source.to_owned(), person: measure.person_id, session: 0, owner: 0, opened_at: now.0, detail };
    jobs::later_sealed(house, tx, handover::RISK, &format!("{source}/total-{}", measure.id), &risk, now).await
}

async fn ask_for_task(house: &House, tx: &Tx, measure: &Measure, instrument: &Instrument, kept: &Kept, came: &Score) -> Result<(), Fault> {
    let source = if came.acute { Source::ScreeningAcute } else { Source::Measure };
    let now = house.clock.now();
    let risk = Risk {
        source: source.word().to_owned(),
        person: measure.person_id,
        session: 0,
        owner: 0,
        opened_at: now.0,
        detail: score::summary(instrument, &kept.answers),
    };
    // Once for each asking and degree: every further answer does not ring again, getting worse does.
    jobs::later_sealed(house, tx, handover::RISK, &format!("{}/measure-{}", source.word(), measure.id), &risk, now).await
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    fn named(id: &str) -> Instrument {
        library::shipped().unwrap().iter().find(|one| one.id == id).unwrap().clone()
    }

    fn typed(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn every_instrument_has_its_form_in_both_languages() {
        for language in Language::ALL {
            for instrument in library::shipped().unwrap() {
                let ui = Ui::sample(language, Some(Role::Member));
                let count: usize = (0..instrument.items.len()).map(|item| instrument.values(item).len()).sum();
                let passes = (0..instrument.items.len()).filter(|item| instrument.may_pass(*item)).count();
                let page = FormPage {
                    ui: ui.clone(),
                    measure: 4,
                    instrument: instrument.clone(),
                    kept: Kept::default(),
                    signal: true,
                    trouble: Some("<odd>".into()),
                };
                let html = page.render().unwrap();
                assert_eq!(html.matches("type=\"radio\"").count(), count + passes, "{}", instrument.id);
                assert!(html.contains("&#60;odd&#62;"));
                let only_english = language == Language::Spanish && !instrument.text.contains_key("es");
                assert_eq!(html.contains(&ui.t("measures-english-only")), only_english, "{}", instrument.id);
                let main = html.find("<main").unwrap();
                assert!(html[main..].find("tel:988").unwrap() < html[main..].find("<form").unwrap(), "the lines come first");
            }
        }
    }

    #[test]
    fn the_page_afterwards_says_it_in_words() {
        for language in Language::ALL {
            for id in ["phq-9", "mhi-5", "asq"] {
                let instrument = named(id);
                let answers: Vec<_> = (0..instrument.items.len()).map(|item| instrument.values(item).iter().max().copied()).collect();
                let score = score::score(&instrument, &answers);
                let ui = Ui::sample(language, Some(Role::Member));
                let scores: Vec<_> = (1..40).map(|day| (ground::Moment(day * 86_400_000_000), 5 + day % 9)).collect();
                let chart = chart::chart(&ui, &instrument, &scores, "UTC");
                let page = ToldPage { ui: ui.clone(), instrument: instrument.clone(), score, signal: score.alarm, change: None, chart };
                let html = page.render().unwrap();
                assert!(!html.contains("severe") && !html.contains("grave"), "no clinical word for the person");
                assert_eq!(html.contains("<polyline"), id != "asq");
                let crisis = CrisisPage { ui: ui.clone(), measure: 4, kept: false }.render().unwrap();
                let main = crisis.find("<main").unwrap();
                assert!(crisis[main..].find("tel:988").unwrap() < crisis[main..].find("</h1>").unwrap());
                assert!(DraftPart { ui, signal: true, kept: false }.render().unwrap().contains("tel:988"));
            }
        }
    }

    #[test]
    fn a_second_tab_adds_and_takes_nothing_away() {
        let gad = named("gad-7");
        let first = read(&gad, &Kept::default(), &typed(&[("q-1", "2"), ("q-2", "3"), ("action", "keep")])).unwrap();
        let second = read(&gad, &first, &typed(&[("q-3", "0"), ("q-2", "1")])).unwrap();
        assert_eq!(second.answers[..4], [Some(2), Some(1), Some(0), None]);
        for odd in [("q-1", "4"), ("q-1", "-1"), ("q-1", ""), ("q-1", "two"), ("q-0", "1"), ("q-8", "1"), ("q-99999999999999999999", "1")] {
            let read = read(&gad, &first, &typed(&[odd]));
            assert_eq!(read.is_err(), odd.0.len() < 10, "{odd:?}");
        }
        assert_eq!(ready(&gad, &second), Err(Trouble::Unanswered(4)));
    }

    #[test]
    fn an_empty_answer_is_no_pass() {
        let asq = named("asq");
        let no = typed(&[("q-1", "0"), ("q-2", "0"), ("q-3", "0"), ("q-4", "pass")]);
        let kept = read(&asq, &Kept::default(), &no).unwrap();
        assert_eq!(ready(&asq, &kept), Ok(()), "the fifth is asked only after a yes");
        let kept = read(&asq, &kept, &typed(&[("q-2", "1")])).unwrap();
        assert_eq!(ready(&asq, &kept), Err(Trouble::Unanswered(5)));
        let kept = read(&asq, &kept, &typed(&[("q-5", "pass")])).unwrap();
        assert_eq!(ready(&asq, &kept), Ok(()));
        assert_eq!(ready(&asq, &read(&asq, &Kept::default(), &no[..3]).unwrap()), Err(Trouble::Unanswered(4)));
    }
}
