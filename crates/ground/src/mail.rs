//! Mails as jobs. Words are neutral: no group, no topic, no other person (S5).

use askama::Template;
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
pub const STRANGER: &str = "mail.stranger";

/// A mail of this kind has the keys `mail-{kind}-subject` and `mail-{kind}-text`, and `mail-{kind}-button` if its link deserves a better
/// name than "Open".
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
    let letter = Letter { occasion: occasion(house, job).await?, ..letter(house, language, &mail, when)? };
    Ok(match post.send(&Address::email(&reach.email), &letter).await {
        Ok(()) => Ended::Done,
        // Better a link twice, under the same Message-ID, than none for somebody who waits for it.
        Err(post::Failed::Later | post::Failed::Unsure) => Ended::Retry,
        Err(post::Failed::Never | post::Failed::Refused | post::Failed::Nobody) => Ended::GiveUp,
    })
}

/// What makes every try of this job the same letter. Keyed, because an occasion is made of ids and links.
pub async fn occasion(house: &House, job: &Job) -> Result<String, Fault> {
    occasion_of(house, &job.kind, &job.occasion).await
}

/// The same for a job that may be gone: what comes back is found by it.
pub async fn occasion_of(house: &House, kind: &str, occasion: &str) -> Result<String, Fault> {
    let mark = house.keys.mark("message", &format!("{kind}/{occasion}")).await?;
    Ok(mark.iter().take(16).map(|byte| format!("{byte:02x}")).collect())
}

fn letter(house: &House, language: Language, mail: &Mail, when: String) -> Result<Letter, Fault> {
    let practice = house.practice();
    let link = format!("{}{}", house.config.public_url, mail.path);
    let parts = [("practice", practice.name), ("phone", practice.phone), ("link", link.clone()), ("when", when)];
    let say = |part: &str| language.say(&format!("mail-{}-{part}", mail.kind), &parts);
    let button = format!("mail-{}-button", mail.kind);
    let button = if language.knows(&button) { button.as_str() } else { "mail-button" };
    compose(house, language, &Words { subject: say("subject"), text: say("text"), link, button: language.t(button), ..Words::default() })
}

/// A letter to somebody who has no account here.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Stranger {
    pub email: String,
    pub language: String,
    pub words: Words,
}

/// Puts one on the list, in the caller's transaction; sealed, because it holds an address.
pub async fn later_to_stranger(house: &House, tx: &Tx, occasion: &str, to: &Stranger, due_at: Moment) -> Result<(), Fault> {
    jobs::later_sealed(house, tx, STRANGER, occasion, to, due_at).await
}

/// Sends one. What nobody takes is done with, too: a job that was given up would keep the address.
pub async fn deliver_to_stranger(house: &House, post: &Post, job: &Job) -> Result<Ended, Fault> {
    let to: Stranger = jobs::payload(house, job).await?;
    Ok(match post.send(&Address::email(&to.email), &to.letter(house, job).await?).await {
        Err(post::Failed::Later | post::Failed::Unsure) if !jobs::is_last_try(job) => Ended::Retry,
        _ => Ended::Done,
    })
}

/// What became of a letter that goes once or not at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    Taken,
    /// Surely not taken; it may be tried again.
    Later,
    /// It may have been taken, so it is not tried again.
    Lost,
    /// Not taken for a reason of ours.
    Never,
    /// Not taken by this address.
    Refused,
    /// There is no such address.
    Nobody,
}

/// Sends a letter at most once, whatever happens to the program meanwhile: the job is claimed before.
pub async fn send_once(house: &House, post: &Post, job: &Job, to: &Stranger) -> Result<Sent, Fault> {
    let letter = to.letter(house, job).await?;
    if !jobs::claim(&house.db, job, house.clock.now()).await? {
        return Ok(Sent::Lost);
    }
    Ok(match post.send(&Address::email(&to.email), &letter).await {
        Ok(()) => Sent::Taken,
        Err(post::Failed::Later) => {
            jobs::unclaim(&house.db, job).await?;
            Sent::Later
        }
        Err(post::Failed::Unsure) => Sent::Lost,
        Err(post::Failed::Never) => Sent::Never,
        Err(post::Failed::Refused) => Sent::Refused,
        Err(post::Failed::Nobody) => Sent::Nobody,
    })
}

impl Stranger {
    async fn letter(&self, house: &House, job: &Job) -> Result<Letter, Fault> {
        let letter = compose(house, Language::parse(&self.language), &self.words)?;
        Ok(Letter { occasion: occasion(house, job).await?, ..letter })
    }
}

/// What a letter says, before it gets its frame.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Words {
    pub subject: String,
    /// Paragraphs with an empty line between them. One that is the link alone becomes the button.
    pub text: String,
    pub link: String,
    pub button: String,
    /// Small words at the end: how to stop these. A line that is an address becomes a link.
    pub after: String,
    pub unsubscribe: Option<String>,
}

#[derive(Debug)]
enum Part {
    Words(String),
    Button,
}

/// The frame of every mail: one column, one button, nothing to load, light or dark as the reader has it.
#[derive(Template)]
#[template(path = "mail.html")]
struct MailPage<'a> {
    lang: &'static str,
    words: &'a Words,
    parts: Vec<Part>,
    after: Vec<&'a str>,
    practice: String,
    phone: String,
    dial: String,
    crisis: String,
}

/// Makes the letter. Its text and its HTML are made of the same paragraphs, so that they cannot say different things.
pub fn compose(house: &House, language: Language, words: &Words) -> Result<Letter, Fault> {
    let practice = house.practice();
    let signature = format!("{}, {}", practice.name, practice.phone);
    let paragraphs: Vec<&str> = words.text.split("\n\n").map(str::trim).filter(|part| !part.is_empty() && *part != signature).collect();
    let lines: Vec<String> = house.crisis_lines(language).into_iter().take(2).map(|line| line.number).collect();
    let crisis = if lines.is_empty() { String::new() } else { language.say("mail-crisis", &[("lines", lines.join(", "))]) };
    let ends = [&words.after, &signature, &crisis];
    let text = paragraphs.iter().copied().chain(ends.into_iter().map(String::as_str)).filter(|part| !part.is_empty());
    let page = MailPage {
        lang: language.code(),
        parts: paragraphs.iter().map(|part| if *part == words.link { Part::Button } else { Part::Words((*part).to_owned()) }).collect(),
        after: words.after.lines().collect(),
        words,
        dial: practice.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect(),
        practice: practice.name,
        phone: practice.phone,
        crisis: crisis.clone(),
    };
    let (html, text) = (page.render()?, text.collect::<Vec<_>>().join("\n\n") + "\n");
    Ok(Letter { subject: words.subject.clone(), text, html, occasion: String::new(), unsubscribe: words.unsubscribe.clone() })
}
