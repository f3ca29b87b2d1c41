use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::{
    notices::{Often, Wish},
    reminders::{self as rules, Choices, Quiet},
    times,
};
use ground::{
    Deed, Fault, House, Me, Moment, Ui,
    reminders::{Choice, choices},
    waiting,
    web::{hashed, render_status},
    when,
};
use serde::Deserialize;

use super::devices::Devices;

/// The form as it came, or as the stored choice fills it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub email: String,
    pub texts: String,
    pub phone: String,
    pub consent: String,
    pub day_before: String,
    pub hour_before: String,
    pub homework: String,
    pub documents: String,
    pub measures: String,
    pub unread: String,
    pub unread_night: String,
    /// "asked" where the form has the two boxes below.
    pub push: String,
    pub push_unread: String,
    pub push_sessions: String,
    pub quiet_from: String,
    pub quiet_to: String,
}

#[derive(Template)]
#[template(path = "reminders/reminders.html")]
pub struct RemindersPage {
    pub ui: Ui,
    pub zone: String,
    pub typed: Typed,
    /// Whether this practice sends texts at all.
    pub texts: bool,
    pub agreed: Option<Moment>,
    pub stopped: Option<Moment>,
    pub saved: bool,
    pub trouble: Option<&'static str>,
    pub devices: Devices,
}

impl RemindersPage {
    fn script(&self) -> String {
        hashed("devices.js")
    }

    fn day(&self, at: &Moment) -> String {
        when::day(self.ui.language, *at, &self.zone)
    }

    fn city(&self) -> String {
        self.zone.rsplit('/').next().unwrap_or(&self.zone).replace('_', " ")
    }

    fn consent(&self) -> String {
        consent_words(&self.ui)
    }

    /// Every choice of how often, its sentence, and whether it is the one.
    fn often(&self) -> impl Iterator<Item = (&'static str, String, bool)> {
        let one = |often: Often| (often.word(), self.ui.t(&format!("notices-{}", often.word())), self.typed.unread == often.word());
        Often::ALL.into_iter().map(one)
    }

    fn has_messages(&self) -> bool {
        self.ui.me.as_ref().is_some_and(waiting::has_messages)
    }
}

/// What somebody agrees to, word for word as it stands beside the box; kept with the agreement.
fn consent_words(ui: &Ui) -> String {
    ui.t1("reminders-consent", "practice", &ui.practice.name)
}

impl From<&Choice> for Typed {
    fn from(choice: &Choice) -> Typed {
        let tick = |on: bool| if on { "on".to_owned() } else { String::new() };
        Typed {
            email: tick(choice.email),
            texts: tick(choice.texts),
            phone: choice.phone.clone(),
            consent: tick(choice.texts),
            day_before: tick(choice.rules.day_before),
            hour_before: tick(choice.rules.hour_before),
            homework: tick(choice.rules.homework),
            documents: tick(choice.rules.documents),
            measures: tick(choice.rules.measures),
            unread: choice.unread.often.word().to_owned(),
            unread_night: tick(choice.unread.night),
            push: "asked".into(),
            push_unread: tick(choice.push_unread),
            push_sessions: tick(choice.push_sessions),
            quiet_from: times::write(choice.rules.quiet.from),
            quiet_to: times::write(choice.rules.quiet.to),
        }
    }
}

/// What there is to choose: not every practice sends texts, and not everybody has messages.
#[derive(Debug, Clone, Copy)]
struct Has {
    texts: bool,
    messages: bool,
}

/// Reads the form. Who agreed for this number before and did not stop it need not be asked when that was.
fn read(typed: &Typed, before: &Choice, has: Has, now: Moment) -> Result<Choice, &'static str> {
    let Has { texts, messages: has_messages } = has;
    let on = |field: &str| !field.is_empty();
    let quiet = times::read(&typed.quiet_from).zip(times::read(&typed.quiet_to)).ok_or("reminders-quiet-unreadable")?;
    let rules = Choices {
        day_before: on(&typed.day_before),
        hour_before: on(&typed.hour_before),
        homework: on(&typed.homework),
        documents: on(&typed.documents),
        measures: on(&typed.measures),
        quiet: Quiet { from: quiet.0, to: quiet.1 },
    };
    // A form of a page that was open before there was this question changes nothing about it.
    let often = Often::parse(&typed.unread).unwrap_or(before.unread.often);
    let unread = Wish { often, night: on(&typed.unread_night) };
    let asked = on(&typed.push);
    let without = Choice {
        email: on(&typed.email),
        texts: false,
        rules,
        unread,
        push_unread: if asked && has_messages { on(&typed.push_unread) } else { before.push_unread },
        push_sessions: if asked { on(&typed.push_sessions) } else { before.push_sessions },
        phone: String::new(),
        consent_at: None,
        stopped_at: None,
    };
    if !texts || !on(&typed.texts) {
        return Ok(without);
    }
    let phone = rules::number(&typed.phone).ok_or("reminders-phone-unreadable")?;
    if !on(&typed.consent) {
        return Err("reminders-consent-missing");
    }
    let earlier = before.consent_at.filter(|_| before.phone == phone && before.stopped_at.is_none());
    Ok(Choice { texts: true, phone, consent_at: Some(earlier.unwrap_or(now)), ..without })
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Saved {
    saved: String,
}

/// The page with this choice in it, or with what was typed.
pub(super) struct Shown {
    pub typed: Option<Typed>,
    pub saved: bool,
    pub trouble: Option<&'static str>,
}

pub(super) async fn page(house: &House, ui: Ui, me: Me, shown: Shown) -> Result<Response, Fault> {
    let choice = choices::of(house, me.id).await?;
    let page = RemindersPage {
        ui,
        devices: Devices::of(house, &me).await?,
        zone: me.zone,
        agreed: choice.consent_at.filter(|_| choice.texts && shown.typed.is_none()),
        typed: shown.typed.unwrap_or_else(|| Typed::from(&choice)),
        texts: house.config.texts.is_some(),
        stopped: choice.stopped_at,
        saved: shown.saved,
        trouble: shown.trouble,
    };
    render_status(&page, if shown.trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK })
}

pub async fn form(State(house): State<House>, ui: Ui, me: Me, Query(query): Query<Saved>) -> Result<Response, Fault> {
    page(&house, ui, me, Shown { typed: None, saved: !query.saved.is_empty(), trouble: None }).await
}

pub async fn keep(State(house): State<House>, ui: Ui, me: Me, Form(typed): Form<Typed>) -> Result<Response, Fault> {
    let (before, now) = (choices::of(&house, me.id).await?, house.clock.now());
    let has = Has { texts: house.config.texts.is_some(), messages: waiting::has_messages(&me) };
    let choice = match read(&typed, &before, has, now) {
        Ok(choice) => choice,
        Err(trouble) => return page(&house, ui, me, Shown { typed: Some(typed), saved: false, trouble: Some(trouble) }).await,
    };
    let phone = choices::sealed(&house, me.id, &choice, &consent_words(&ui)).await?;
    let tx = house.db.write().await?;
    choices::keep(&tx, me.id, &choice, phone, now).await?;
    tx.commit(Deed::new(me.id, "reminders.choose", format!("person/{}", me.id))).await?;
    Ok(Redirect::to("/account/reminders?saved=yes").into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    const NOW: Moment = Moment(1_795_000_000_000_000);
    const ALL: Has = Has { texts: true, messages: true };

    fn typed() -> Typed {
        Typed { texts: "on".into(), consent: "on".into(), phone: "(555) 010-0142".into(), ..Typed::from(&Choice::default()) }
    }

    #[test]
    fn the_page_renders_and_keeps_what_was_typed() {
        for language in Language::ALL {
            for texts in [true, false] {
                let page = RemindersPage {
                    ui: Ui::sample(language, Some(Role::Member)),
                    zone: "America/New_York".into(),
                    typed: Typed { phone: "<odd>".into(), ..typed() },
                    texts,
                    agreed: Some(NOW),
                    stopped: Some(NOW),
                    saved: true,
                    trouble: Some("reminders-phone-unreadable"),
                    devices: Devices::default(),
                };
                let html = page.render().unwrap();
                assert_eq!(html.contains("&#60;odd&#62;"), texts, "no number is asked for where no texts are sent");
                assert!(html.contains("role=\"alert\"") && html.contains("22:00") && html.contains("New York"));
            }
        }
    }

    #[test]
    fn how_often_unread_messages_are_told_of_is_kept_and_asked_only_of_those_who_have_some() {
        let chosen = |unread: &str, night: &str| Typed { unread: unread.into(), unread_night: night.into(), ..typed() };
        let kept = |typed: &Typed, before: &Choice| read(typed, before, ALL, NOW).unwrap().unread;
        assert_eq!(kept(&typed(), &Choice::default()), Wish::default());
        let each = Wish { often: Often::Each, night: true };
        assert_eq!(kept(&chosen("each", "on"), &Choice::default()), each);
        let before = Choice { unread: each, ..Choice::default() };
        assert_eq!(kept(&chosen("hourly", "on"), &before), each, "an odd word changes nothing");
        for language in Language::ALL {
            for role in Role::ALL {
                let html = RemindersPage {
                    ui: Ui::sample(language, Some(role)),
                    zone: "UTC".into(),
                    typed: chosen("never", "on"),
                    texts: false,
                    agreed: None,
                    stopped: None,
                    saved: false,
                    trouble: None,
                    devices: Devices::default(),
                };
                let html = html.render().unwrap();
                let asked = role == Role::Member || role.is_crew();
                assert_eq!(html.contains("name=\"unread\" value=\"never\" checked"), asked, "{role:?}");
                assert_eq!(html.matches("name=\"unread\"").count(), if asked { 3 } else { 0 });
                assert!(!html.contains("notices-"), "every sentence is there");
            }
        }
    }

    #[test]
    fn what_goes_to_devices_is_kept_and_changed_only_by_a_form_that_asks() {
        let kept = |typed: &Typed, has: Has| {
            let choice = read(typed, &Choice::default(), has, NOW).unwrap();
            (choice.push_unread, choice.push_sessions)
        };
        assert_eq!(kept(&typed(), ALL), (true, true));
        let none = Typed { push_unread: String::new(), push_sessions: String::new(), ..typed() };
        assert_eq!(kept(&none, ALL), (false, false));
        assert_eq!(kept(&none, Has { messages: false, ..ALL }), (true, false), "of messages only those are asked who have some");
        assert_eq!(kept(&Typed { push: String::new(), ..none }, ALL), (true, true), "a page from before knows nothing of it");
    }

    #[test]
    fn consent_keeps_its_time_until_the_number_changes_or_is_stopped() {
        let first = read(&typed(), &Choice::default(), ALL, NOW).unwrap();
        assert_eq!((first.phone.as_str(), first.consent_at), ("+15550100142", Some(NOW)));
        let later = Moment(NOW.0 + 1);
        let again = |typed: &Typed, before: &Choice| read(typed, before, ALL, later).unwrap().consent_at;
        assert_eq!(again(&typed(), &first), Some(NOW));
        assert_eq!(again(&Typed { phone: "555 010 0143".into(), ..typed() }, &first), Some(later));
        assert_eq!(again(&typed(), &Choice { stopped_at: Some(NOW), ..first.clone() }), Some(later));
        let off = read(&Typed { texts: String::new(), ..typed() }, &first, ALL, later).unwrap();
        assert_eq!((off.texts, off.phone.as_str(), off.consent_at), (false, "", None), "no texts, no number");
        assert!(!read(&typed(), &first, Has { texts: false, ..ALL }, later).unwrap().texts, "nor where no texts are sent");
    }
}
