use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::letters::{self as rules, MOST, TEXT_CHARS, Unfit};
use ground::{Deed, Fault, House, Me, Moment, Ui, jobs, not_found, random_id, render, web::render_status, when};
use jiff::{civil::Date, tz::TimeZone};
use serde::Deserialize;

use super::{
    DUE,
    queries::{self, Letter},
};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub text: String,
    /// One of the days that are offered.
    pub day: String,
    /// Any other; it counts if it is filled in.
    pub date: String,
}

impl Typed {
    fn opens(&self) -> &str {
        if self.date.trim().is_empty() { &self.day } else { &self.date }
    }
}

#[derive(Template)]
#[template(path = "letters/letters.html")]
pub struct LettersPage {
    pub ui: Ui,
    pub me: Me,
    pub now: Moment,
    pub letters: Vec<Letter>,
    /// Days that are offered, with what they are called.
    pub offered: [Date; 3],
    pub typed: Typed,
    pub trouble: Option<&'static str>,
}

impl LettersPage {
    fn is_open(&self, letter: &Letter) -> bool {
        letter.opens_at <= self.now
    }

    fn written(&self, letter: &Letter) -> String {
        self.ui.t1("letters-written", "day", when::day(self.ui.language, letter.written_at, &self.me.zone))
    }

    fn opens(&self, letter: &Letter) -> String {
        self.ui.t1("letters-opens", "day", self.long(letter.opens_at))
    }

    /// With the year: a letter may be two years under way.
    fn long(&self, at: Moment) -> String {
        let (day, year) = (when::day(self.ui.language, at, &self.me.zone), at.in_zone(&self.me.zone).year());
        self.ui.t2("letters-day-year", &("day", &day), &("year", &year.to_string()))
    }

    fn days(&self) -> Vec<(String, String, bool)> {
        let named = [1, 3, 6].map(|months| self.ui.t(&format!("letters-months-{months}")));
        let days = self.offered.iter().map(Date::to_string);
        days.zip(named).map(|(day, name)| (day.clone(), name, self.typed.day == day)).collect()
    }

    fn most(&self) -> usize {
        TEXT_CHARS
    }
}

#[derive(Template)]
#[template(path = "letters/letter.html")]
pub struct LetterPage {
    pub ui: Ui,
    pub written: String,
    pub text: String,
    pub id: i64,
}

fn zone(me: &Me) -> TimeZone {
    TimeZone::get(&me.zone).unwrap_or(TimeZone::UTC)
}

async fn show(house: &House, ui: Ui, me: Me, typed: Typed, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let now = house.clock.now();
    let letters = queries::all(&house.db, me.id).await?;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let offered = rules::offered(now.timestamp(), &zone(&me));
    render_status(&LettersPage { ui, me, now, letters, offered, typed, trouble }, status)
}

pub async fn all(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    show(&house, ui, me, Typed::default(), None).await
}

pub async fn send(State(house): State<House>, ui: Ui, me: Me, Form(typed): Form<Typed>) -> Result<Response, Fault> {
    let now = house.clock.now();
    let opens_at = match rules::opens_at(&typed.text, typed.opens(), now.timestamp(), &zone(&me)) {
        Ok(at) => Moment::from(at),
        Err(unfit) => return show(&house, ui, me, typed, Some(key(unfit))).await,
    };
    let under_way = queries::all(&house.db, me.id).await?.iter().filter(|letter| letter.opens_at > now).count();
    if under_way >= MOST {
        return show(&house, ui, me, typed, Some("letters-many")).await;
    }
    let id = random_id();
    let sealed = queries::seal(&house, id, me.id, typed.text.replace("\r\n", "\n").trim()).await?;
    let tx = house.db.write().await?;
    queries::keep(&tx, id, me.id, sealed, now, opens_at).await?;
    jobs::later(&tx, DUE, &id.to_string(), &id.to_string(), opens_at).await?;
    tx.commit(Deed::new(me.id, "letter.send", format!("letter/{id}"))).await?;
    Ok(Redirect::to("/letters").into_response())
}

fn key(unfit: Unfit) -> &'static str {
    match unfit {
        Unfit::Empty => "letters-empty",
        Unfit::Long => "letters-long",
        Unfit::Day => "letters-day-unfit",
    }
}

/// Before its day nobody reads it, its writer included: that is what it is for.
pub async fn one(State(house): State<House>, ui: Ui, me: Me, Path(id): Path<i64>) -> Result<Response, Fault> {
    let now = house.clock.now();
    let Some(letter) = queries::opened(&house.db, id, me.id, now).await? else { return Ok(not_found()) };
    let text = queries::text(&house, &letter, me.id).await?;
    if letter.read_at.is_none() {
        let tx = house.db.write().await?;
        queries::note_read(&tx, id, now).await?;
        tx.commit(Deed::new(me.id, "letter.read", format!("letter/{id}"))).await?;
    }
    let written = ui.t1("letters-written", "day", when::day(ui.language, letter.written_at, &me.zone));
    render(&LetterPage { ui, written, text, id })
}

pub async fn remove(State(house): State<House>, me: Me, Path(id): Path<i64>) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    if !queries::remove(&tx, id, me.id).await? {
        return Ok(not_found());
    }
    tx.commit(Deed::new(me.id, "letter.remove", format!("letter/{id}"))).await?;
    Ok(Redirect::to("/letters").into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    const NOW: Moment = Moment(1_789_000_000_000_000);

    fn letter(id: i64, opens_at: Moment) -> Letter {
        Letter { id, written_at: Moment(1_780_000_000_000_000), opens_at, read_at: None, text_sealed: Vec::new() }
    }

    fn page(language: Language, letters: Vec<Letter>, trouble: Option<&'static str>) -> LettersPage {
        let ui = Ui::sample(language, Some(Role::Member));
        let me = ui.me.clone().unwrap();
        let offered = rules::offered(NOW.timestamp(), &zone(&me));
        let typed = Typed { text: "Dear <me>".into(), day: offered[1].to_string(), date: "soon".into() };
        LettersPage { ui, me, now: NOW, letters, offered, typed, trouble }
    }

    #[test]
    fn what_is_closed_cannot_be_opened_from_the_page_and_what_was_typed_is_kept() {
        for language in Language::ALL {
            let later = Moment(NOW.0 + 86_400_000_000);
            let page = page(language, vec![letter(1, NOW), letter(2, later)], Some("letters-day-unfit"));
            let html = page.render().unwrap();
            assert!(html.contains("href=\"/letters/1\"") && !html.contains("href=\"/letters/2\""));
            assert!(html.contains("/letters/2/removal") && html.contains("Dear &#60;me&#62;") && html.matches("selected").count() == 1);
            assert!(html.contains("value=\"soon\""), "another day, as it was typed");
            assert!(html.contains(&page.ui.t("letters-day-unfit")));
        }
    }

    #[test]
    fn nothing_yet_and_one_read_aloud() {
        for language in Language::ALL {
            let page = page(language, vec![], None);
            assert!(page.render().unwrap().contains(&page.ui.t("letters-none")));
            let one = LetterPage { ui: page.ui.clone(), written: "Then".into(), text: "Dear <me>\n\nyou".into(), id: 4 };
            let html = one.render().unwrap();
            assert!(html.contains("Dear &#60;me&#62;\n\nyou") && html.contains("/letters/4/removal"));
        }
    }
}
