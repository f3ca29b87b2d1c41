//! Mails as jobs. Words are neutral: no group, no topic, no other person (S5).

use post::{Address, Letter, Post};
use serde::{Deserialize, Serialize};

use crate::{
    clock::Moment,
    db::Tx,
    facts,
    fault::Fault,
    house::House,
    jobs::{self, Ended, Job},
    when,
    words::Language,
};

pub const KIND: &str = "mail";

/// A mail of this kind has the keys `mail-{kind}-subject` and `mail-{kind}-text`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Mail {
    pub to: i64,
    pub kind: String,
    /// The link it carries; a path of our own.
    pub path: String,
}

/// Puts a mail on the list, in the caller's transaction. Its link may hold a secret, so the payload is sealed.
pub async fn later(house: &House, tx: &Tx, occasion: &str, mail: &Mail, due_at: Moment) -> Result<(), Fault> {
    jobs::later_sealed(house, tx, KIND, occasion, mail, due_at).await
}

/// A mail about a time, which each reader gets on their own clock: `{ $when }` in its sentences.
#[derive(Debug, Serialize, Deserialize)]
struct Dated {
    #[serde(flatten)]
    mail: Mail,
    #[serde(default)]
    when: Option<Moment>,
}

/// As `later`, about something at `when`.
pub async fn later_at(house: &House, tx: &Tx, occasion: &str, mail: Mail, when: Moment, due_at: Moment) -> Result<(), Fault> {
    jobs::later_sealed(house, tx, KIND, occasion, &Dated { mail, when: Some(when) }, due_at).await
}

/// Sends one. A person who is gone gets nothing.
pub async fn deliver(house: &House, post: &Post, job: &Job) -> Result<Ended, Fault> {
    let Dated { mail, when } = jobs::payload(house, job).await?;
    let Some(reach) = facts::reach(&house.db, mail.to).await? else { return Ok(Ended::GiveUp) };
    let language = Language::parse(&reach.language);
    let when = when.map(|when| when::moment(language, when, &reach.zone)).unwrap_or_default();
    let letter = letter(house, language, &mail, when);
    match post.send(&Address::email(&reach.email), &letter).await {
        Ok(()) => Ok(Ended::Done),
        Err(post::Failed::Later) => Ok(Ended::Retry),
        Err(post::Failed::Never) => Ok(Ended::GiveUp),
    }
}

fn letter(house: &House, language: Language, mail: &Mail, when: String) -> Letter {
    let practice = house.practice();
    let link = format!("{}{}", house.config.public_url, mail.path);
    let parts = [("practice", practice.name), ("phone", practice.phone), ("link", link), ("when", when)];
    Letter {
        subject: language.say(&format!("mail-{}-subject", mail.kind), &parts),
        text: language.say(&format!("mail-{}-text", mail.kind), &parts),
    }
}
