use ground::{
    House, Language, Moment, Practice, Role,
    jobs::{self, Ended, Job},
    mail::{self, Mail},
};
use post::{Address, Outbox, Post};

use crate::home::{NOW, house, meddle, person};

async fn job(house: &House, to: i64, kind: &str) -> Job {
    let tx = house.db.write().await.unwrap();
    let mail = Mail { to, kind: kind.into(), path: "/welcome/canary-token".into() };
    mail::later(house, &tx, &format!("{kind}/{to}"), &mail, NOW).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    jobs::take(&house.db, NOW).await.unwrap().unwrap()
}

async fn deliver(house: &House, job: &Job) -> (Ended, Outbox) {
    let outbox = Outbox::default();
    (mail::deliver(house, &Post::Outbox(outbox.clone()), job).await.unwrap(), outbox)
}

fn named(house: &House, name: &str) {
    house.set_practice(Practice {
        name: name.into(),
        phone: "+1 555 010 0199".into(),
        zone: "UTC".into(),
        country: "US".into(),
        ..Practice::default()
    });
}

/// Statement 58: a mail is read over shoulders and on locked screens.
#[tokio::test]
async fn every_mail_is_neutral_and_in_the_person_s_language() {
    let house = house("mail-neutral").await;
    named(&house, "Lantern House");
    for (code, language) in [("en", Language::English), ("es", Language::Spanish)] {
        let to = person(&house, "Maya", Role::Member, code).await;
        for kind in ["invitation", "reset", "office-task", "session-cancelled", "session-moved", "session-restored", "appointment-made"] {
            let job = job(&house, to, kind).await;
            assert!(!job.payload.contains("canary-token"), "the link in the table is sealed");
            let (ended, outbox) = deliver(&house, &job).await;
            let posted = outbox.posted();
            assert_eq!((ended, posted.len()), (Ended::Done, 1));
            let letter = &posted[0].letter;
            assert_eq!(posted[0].to, Address::email(&format!("maya.{to}@example.org")));
            assert!(
                letter.text.contains("https://hearth.example/welcome/canary-token") && letter.text.contains("+1 555 010 0199"),
                "{}",
                letter.text
            );
            let both = format!("{} {}", letter.subject, letter.text).to_lowercase();
            for word in ["therap", "terapi", "group", "grupo", "maya", "anxiety", "{", "mail-"] {
                assert!(!both.contains(word), "{word} in {kind}, {code}: {both}");
            }
            assert!(
                !letter.subject.is_empty()
                    && letter.subject == language.say(&format!("mail-{kind}-subject"), &[("practice", "Lantern House".into())])
            );
        }
    }
}

/// Every sentence of the one is in the other; there is one button, and nothing to load from anywhere.
#[tokio::test]
async fn both_faces_of_a_mail_say_the_same() {
    let house = house("mail-faces").await;
    named(&house, "Lantern & <House>");
    for (code, language) in [("en", Language::English), ("es", Language::Spanish)] {
        let to = person(&house, "Maya", Role::Member, code).await;
        for kind in ["invitation", "reset", "office-task"] {
            let (_, outbox) = deliver(&house, &job(&house, to, kind).await).await;
            let letter = &outbox.posted()[0].letter;
            let plain = letter.html.replace("&#38;", "&").replace("&#60;", "<").replace("&#62;", ">").replace("&#39;", "'");
            for paragraph in letter.text.split("\n\n").map(str::trim).filter(|part| !part.contains("+1 555")) {
                assert!(plain.contains(paragraph), "{paragraph:?} in {kind}, {code}");
            }
            assert!(plain.contains("tel:+15550100199") && letter.text.trim_end().ends_with(&crisis(language)), "{}", letter.text);
            assert!(plain.contains(&language.t(&format!("mail-{kind}-button"))) && plain.contains(&format!("<html lang=\"{code}\">")));
            assert_eq!(letter.html.matches("class=\"button\"").count(), 1, "{kind}");
            assert!(!letter.html.contains("<img") && !letter.html.contains("url(") && !letter.html.contains("<House>"), "{kind}");
            assert!(letter.html.contains("prefers-color-scheme: dark"));
            assert_eq!(letter.text.matches("+1 555 010 0199").count(), 1, "the practice signs once");
        }
    }
}

fn crisis(language: Language) -> String {
    language.say("mail-crisis", &[("lines", "911, 988".into())])
}

/// A server that saw the letter already can tell: the id comes from the occasion, and tells nothing of it.
#[tokio::test]
async fn every_try_of_one_mail_is_the_same_letter_and_two_mails_are_not() {
    let house = house("mail-occasion").await;
    let to = person(&house, "Maya", Role::Member, "en").await;
    let (first, second) = (job(&house, to, "reset").await, job(&house, to, "invitation").await);
    let id = |job: &Job| {
        let (house, job) = (house.clone(), job.clone());
        async move { deliver(&house, &job).await.1.posted()[0].letter.occasion.clone() }
    };
    assert_eq!(id(&first).await, id(&first).await);
    assert_ne!(id(&first).await, id(&second).await);
    assert!(id(&first).await.len() == 32 && id(&first).await.chars().all(|c| c.is_ascii_hexdigit()));
}

#[tokio::test]
async fn who_is_gone_gets_nothing_and_is_not_tried_again() {
    let house = house("mail-gone").await;
    let to = person(&house, "Maya", Role::Member, "en").await;
    let job = job(&house, to, "reset").await;
    meddle(&house, "UPDATE person SET disabled_at = 1").await;
    let (ended, outbox) = deliver(&house, &job).await;
    assert_eq!((ended, outbox.posted().len()), (Ended::GiveUp, 0));
}

/// A session is moved for people in several zones at once: each reads the new time on their own clock.
#[tokio::test]
async fn a_mail_about_a_time_says_it_on_the_reader_s_clock() {
    let house = house("mail-when").await;
    named(&house, "Lantern House");
    let to = person(&house, "Maya", Role::Member, "en").await;
    let when = Moment("2026-12-08T23:30:00Z".parse::<jiff::Timestamp>().unwrap().as_microsecond());
    for (zone, said) in [
        ("America/New_York", "Tuesday 8 December, 6:30 pm"),
        ("Asia/Kolkata", "Wednesday 9 December, 5:00 am"),
        ("Moon/Base", "Tuesday 8 December, 11:30 pm"),
    ] {
        meddle(&house, &format!("UPDATE person SET zone = '{zone}'")).await;
        let tx = house.db.write().await.unwrap();
        let mail = Mail { to, kind: "session-moved".into(), path: "/calendar".into() };
        mail::later_at(&house, &tx, zone, mail, when, NOW).await.unwrap();
        tx.commit_unaudited().await.unwrap();
        let job = jobs::take(&house.db, NOW).await.unwrap().unwrap();
        let (ended, outbox) = deliver(&house, &job).await;
        assert_eq!(ended, Ended::Done);
        assert!(outbox.posted()[0].letter.text.contains(said), "{zone}: {}", outbox.posted()[0].letter.text);
    }
}

/// A line break in the practice's name must not become a header of the mail.
#[tokio::test]
async fn no_header_can_be_smuggled_in() {
    let house = house("mail-header").await;
    let to = person(&house, "Maya", Role::Member, "en").await;
    named(&house, "Lantern\r\nBcc: evil@example.org");
    let (ended, outbox) = deliver(&house, &job(&house, to, "invitation").await).await;
    let smuggled = outbox.posted().iter().any(|posted| posted.letter.subject.contains(['\r', '\n']));
    assert!(!smuggled);
    if outbox.posted().is_empty() {
        assert_eq!(ended, Ended::GiveUp);
    }
}
