//! How somebody wants to be reminded.

use care::{
    notices::{Often, Wish},
    reminders::{Answer, Choices, Quiet},
};

use super::queries::{self, Phone, Row};
use crate::{
    audit::Deed,
    clock::Moment,
    db::Tx,
    fault::Fault,
    house::House,
    seal::{Owner, Spot},
};

/// What a person chose, or has until they choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub email: bool,
    pub texts: bool,
    pub rules: Choices,
    /// How often they hear that messages wait.
    pub unread: Wish,
    /// Whether that messages wait, and appointments, are told of on devices, too.
    pub push_unread: bool,
    pub push_sessions: bool,
    /// As E.164 writes it; empty without one. Only whoever agreed to texts has one here.
    pub phone: String,
    pub consent_at: Option<Moment>,
    /// Since when texts are off because somebody wrote STOP.
    pub stopped_at: Option<Moment>,
}

impl Default for Choice {
    fn default() -> Choice {
        let quiet = Quiet { from: 22 * 60, to: 7 * 60 };
        let rules = Choices { day_before: true, hour_before: true, homework: true, documents: true, measures: true, quiet };
        let (unread, phone) = (Wish::default(), String::new());
        Choice {
            email: true,
            texts: false,
            rules,
            unread,
            push_unread: true,
            push_sessions: true,
            phone,
            consent_at: None,
            stopped_at: None,
        }
    }
}

pub(super) fn minute(stored: i64) -> i16 {
    i16::try_from(stored.clamp(0, 1_439)).unwrap_or(0)
}

pub(super) fn rules(on: &queries::On) -> Choices {
    let quiet = Quiet { from: minute(on.quiet_from), to: minute(on.quiet_to) };
    let is = |stored: i64| stored == 1;
    Choices {
        day_before: is(on.day_before),
        hour_before: is(on.hour_before),
        homework: is(on.homework),
        documents: is(on.documents),
        measures: is(on.measures),
        quiet,
    }
}

fn spot(row: &str) -> Spot<'_> {
    Spot { table: "reminder_choice", column: "phone", row }
}

pub async fn of(house: &House, person: i64) -> Result<Choice, Fault> {
    let Some(row) = queries::row(&house.db, person).await? else { return Ok(Choice::default()) };
    let phone = match &row.phone_sealed {
        Some(sealed) => house.keys.open(Owner::Person(person), spot(&person.to_string()), sealed).await?,
        None => String::new(),
    };
    Ok(Choice {
        email: row.email == 1,
        texts: row.texts == 1,
        rules: rules(&row.on),
        unread: Wish { often: Often::parse(&row.unread).unwrap_or(Often::Never), night: row.unread_night == 1 },
        push_unread: row.push_unread == 1,
        push_sessions: row.push_sessions == 1,
        phone,
        consent_at: row.consent_at,
        stopped_at: row.stopped_at,
    })
}

/// Seals what is to be sealed; before the transaction begins.
pub async fn sealed(house: &House, person: i64, choice: &Choice, words: &str) -> Result<Option<Phone>, Fault> {
    let Some(consent_at) = choice.consent_at.filter(|_| choice.texts) else { return Ok(None) };
    Ok(Some(Phone {
        sealed: house.keys.seal(Owner::Person(person), spot(&person.to_string()), &choice.phone).await?,
        mark: house.keys.mark("phone", &choice.phone).await?,
        consent_at,
        consent_words: words.to_owned(),
    }))
}

/// Keeps a choice. Without texts there is no number either.
pub async fn keep(tx: &Tx, person: i64, choice: &Choice, phone: Option<Phone>, now: Moment) -> Result<(), Fault> {
    let row = Row {
        email: i64::from(choice.email),
        texts: i64::from(choice.texts && phone.is_some()),
        on: queries::On {
            day_before: i64::from(choice.rules.day_before),
            hour_before: i64::from(choice.rules.hour_before),
            homework: i64::from(choice.rules.homework),
            documents: i64::from(choice.rules.documents),
            measures: i64::from(choice.rules.measures),
            quiet_from: i64::from(choice.rules.quiet.from),
            quiet_to: i64::from(choice.rules.quiet.to),
        },
        unread: choice.unread.often.word().to_owned(),
        unread_night: i64::from(choice.unread.night),
        push_unread: i64::from(choice.push_unread),
        push_sessions: i64::from(choice.push_sessions),
        phone_sealed: None,
        consent_at: None,
        stopped_at: None,
    };
    queries::keep(tx, person, row, phone, now).await
}

/// Does what somebody wrote back: for everybody whose number it is.
pub async fn answered(house: &House, number: &str, answer: Answer) -> Result<(), Fault> {
    let now = house.clock.now();
    for person in queries::people_with(&house.db, house.keys.mark("phone", number).await?).await? {
        let tx = house.db.write().await?;
        let (changed, action) = match answer {
            Answer::Stop => (queries::stop(&tx, person, now).await?, "texts.stop"),
            Answer::Start => (queries::start(&tx, person, now).await?, "texts.start"),
        };
        if changed {
            tx.commit(Deed::new(person, action, format!("person/{person}"))).await?;
        }
    }
    Ok(())
}
