//! Somebody under 18 on the way to a seat: whether the practice takes them, and whom it asks.

use askama::Template;
use axum::response::Response;
use care::{
    guardian::State,
    screening::{Answers, MINOR},
};
use ground::{Fault, House, Me, Tx, Ui, facts, render, when};

use super::{
    line,
    queries::{self, Application},
};
use crate::guardian::{self, Asked, Standing, Typed};

/// A kind no, and where else to turn. The crisis lines stand above it.
#[derive(Template)]
#[template(path = "enrolment/minor.html")]
pub struct MinorPage {
    pub ui: Ui,
    /// After a signal in the risk screen.
    pub signal: bool,
}

pub fn not_taken(ui: Ui, signal: bool) -> Result<Response, Fault> {
    render(&MinorPage { ui, signal })
}

/// What a short form says about it.
pub enum Minor {
    No,
    /// The practice takes nobody under 18.
    NotTaken,
    /// A guardian has been asked, or has said yes.
    Settled,
    /// Somebody to be asked.
    Ask(Asked),
    Trouble(&'static str),
}

impl Minor {
    pub fn trouble(&self) -> Option<&'static str> {
        if let Minor::Trouble(key) = self { Some(key) } else { None }
    }
}

pub fn typed(fields: &[(String, String)]) -> Typed {
    let get = |name: &str| fields.iter().find(|(key, _)| key == name).map_or_else(String::new, |(_, value)| value.clone());
    Typed { name: get("guardian_name"), email: get("guardian_email") }
}

/// Who said that they are under 18 once is under 18 here until staff say otherwise, whatever box is ticked later.
pub async fn read(house: &House, ui: &Ui, me: &Me, answers: &Answers, fields: &[(String, String)]) -> Result<Minor, Fault> {
    let standing = guardian::of(house, &house.db, me.id).await?.filter(|consent| consent.state != State::OfAge);
    if answers.age != MINOR && standing.is_none() {
        return Ok(Minor::No);
    }
    if house.practice().guardian_lowest == 0 {
        return Ok(Minor::NotTaken);
    }
    if standing.is_some_and(|consent| !consent.asks()) {
        return Ok(Minor::Settled);
    }
    let own = facts::reach(&house.db, me.id).await?.map(|reach| reach.email).unwrap_or_default();
    Ok(match guardian::read(house, me.id, &own, &typed(fields), ui.language).await? {
        Ok(asked) => Minor::Ask(asked),
        Err(trouble) => Minor::Trouble(trouble),
    })
}

/// A guardian has answered: the young person hears that there is news, and whoever looks after them hears it too.
pub async fn tell_of_guardian(house: &House, tx: &Tx, person: i64) -> Result<(), Fault> {
    line::tell(house, tx, person, "seat-news").await?;
    let mut staff = guardian::looked_after_by(tx, person).await?;
    staff.extend(facts::office(tx).await?.into_iter().map(|office| office.id).take(1));
    staff.dedup();
    for one in staff {
        line::tell_staff(house, tx, one, "guardian-news").await?;
    }
    Ok(())
}

/// For staff: that what is kept waits for the guardian, and until when at the latest.
pub fn kept(ui: &Ui, zone: &str, consent: &Standing, application: &Application) -> Option<String> {
    let end = application.hold_ends_at.filter(|_| consent.waits() && application.place().counts())?;
    Some(ui.t1("board-kept-guardian", "when", when::moment(ui.language, end, zone)))
}

pub async fn is_mine(house: &House, me: &Me, application: i64) -> Result<bool, Fault> {
    Ok(queries::my_one(&house.db, me.id, application).await?.is_some())
}

pub async fn person_of(house: &House, group: i64, application: i64) -> Result<Option<i64>, Fault> {
    Ok(queries::in_group(&house.db, group, application).await?.map(|application| application.person_id))
}

#[cfg(test)]
mod tests {
    use ground::Language;

    use super::*;

    #[test]
    fn the_no_is_kind_and_the_lines_come_first() {
        for language in Language::ALL {
            for signal in [true, false] {
                let html = MinorPage { ui: Ui::sample(language, None), signal }.render().unwrap();
                let main = &html[html.find("<main").unwrap()..];
                assert!(main.find("tel:988").unwrap() < main.find("<h1").unwrap(), "the lines above everything else");
                assert!(main.contains("+1 555 0100"), "and whom to call");
            }
        }
    }
}
