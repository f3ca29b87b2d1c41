//! Reminders: each once, in time, and about nothing that is nobody's business.

use std::time::Duration;

use ground::{
    Ask, Clock, Moment,
    jobs::{self, Ended},
    reminders, values,
};
use hearth::{demo, work};
use hyper::StatusCode;
use post::{Address, Post, Posted, Push, Smtp, SmtpSettings};
use testkit::{TestDatabase, data_dir};

use crate::{
    harness::{Running, start_on, until, with},
    sink::Sink,
    state::kept,
};

const HOUR: i64 = 3_600_000_000;
const MAYA: &str = "maya.lindqvist@example.org";
const NUMBER: &str = "+15550100142";

/// Texts to Maya's telephone, and nights without.
const CHOICE: &[(&str, &str)] = &[
    ("email", "on"),
    ("texts", "on"),
    ("phone", "(555) 010-0142"),
    ("consent", "on"),
    ("day_before", "on"),
    ("hour_before", "on"),
    ("homework", "on"),
    ("quiet_from", "22:00"),
    ("quiet_to", "07:00"),
];

/// One session ahead, of eight members and two leaders, on Wednesday at half past six in New York; now it is Tuesday, ten o'clock.
struct Ahead {
    running: Running,
    clock: Clock,
    session: i64,
    start: Moment,
}

fn moment(text: &str) -> Moment {
    Moment(text.parse::<jiff::Timestamp>().unwrap().as_microsecond())
}

async fn ahead(name: &str) -> Ahead {
    let dir = data_dir(name);
    let url = TestDatabase::fresh(&dir).await.url;
    let clock = Clock::set_to(moment("2026-11-24T15:00:00Z"));
    let running = start_on(dir, url, clock.clone()).await;
    let (session, start) = (running.tonight().await, moment("2026-11-25T23:30:00Z"));
    let ahead = Ahead { running, clock, session, start };
    ahead.meddle("UPDATE session SET state = 'ended' WHERE id <> $1", session).await;
    ahead.meddle(&format!("UPDATE session SET starts_at = {} WHERE id = $1", start.0), session).await;
    ahead.meddle("UPDATE homework SET done_at = 1 WHERE id <> $1", 0).await;
    ahead.meddle("UPDATE homework_reply SET seen_at = 1 WHERE id <> $1", 0).await;
    ahead
}

impl Ahead {
    async fn meddle(&self, sql: &str, value: i64) {
        let tx = self.running.house.db.write().await.unwrap();
        tx.run(sql, values![value]).await.unwrap();
        tx.commit_unaudited().await.unwrap();
    }

    /// So many minutes before the beginning.
    fn set(&self, minutes_before: i64) {
        let to = self.start.0 - minutes_before * 60_000_000;
        self.clock.advance(Duration::from_micros((to - self.clock.now().0).try_into().unwrap()));
    }

    /// What the program does twice a minute.
    async fn pass(&self) {
        reminders::plan(&self.running.house).await.unwrap();
        self.running.work().await;
    }

    fn posted(&self) -> Vec<Posted> {
        self.running.outbox.posted()
    }

    fn to(&self, address: &Address) -> Vec<Posted> {
        self.posted().into_iter().filter(|posted| posted.to == *address).collect()
    }

    /// A webhook as it comes from outside, with this signature.
    async fn webhook(&self, path: &str, fields: &[(&str, &str)], secret: &str) -> StatusCode {
        let owned: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let url = format!("{}{path}", self.running.house.config.public_url);
        let mut twilio = self.running.visitor();
        twilio.headers = vec![("x-twilio-signature", post::signature(secret, &url, &owned)), ("sec-fetch-site", "cross-site".into())];
        twilio.post(path, fields).await.status
    }

    async fn says(&self, word: &str) {
        let fields = [("MessageSid", "SM1"), ("From", NUMBER), ("To", "+15550100100"), ("Body", word)];
        assert_eq!(self.webhook("/texts/incoming", &fields, demo::SECRET).await, StatusCode::OK, "{word}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_of_a_session_hears_a_day_and_an_hour_before_it_and_once() {
    let ahead = ahead("remind-once").await;
    for before in (-60..=30 * 60).rev().step_by(30) {
        ahead.set(before);
        ahead.pass().await;
        let expected = match before {
            1_441.. => 0,
            61..=1_440 => 10,
            _ => 20,
        };
        assert_eq!(ahead.posted().len(), expected, "{before} minutes before");
    }
    let maya = ahead.to(&Address::email(MAYA));
    assert!(maya[0].letter.text.contains("an appointment tomorrow at 6:30 pm EST"), "{}", maya[0].letter.text);
    assert!(maya[1].letter.text.contains("an appointment today at 6:30 pm EST"), "{}", maya[1].letter.text);
    for Posted { letter, .. } in &maya {
        let words = ["/today", "/account/reminders", "+1 555 010 0199", "6:30 pm EST"];
        assert!(words.iter().all(|word| letter.text.contains(word) && letter.html.contains(word)), "both faces say the same");
    }
    assert_ne!(maya[0].letter.occasion, maya[1].letter.occasion);
    let nadia = ahead.posted().iter().filter(|posted| format!("{:?}", posted.to).contains("nadia")).count();
    assert_eq!(nadia, 0, "who only looks on is not told to come");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_schedulers_and_two_workers_make_one_reminder() {
    let ahead = ahead("remind-two").await;
    ahead.set(60);
    let house = &ahead.running.house;
    let (one, two) = tokio::join!(reminders::plan(house), reminders::plan(house));
    one.unwrap();
    two.unwrap();
    tokio::join!(ahead.running.work(), ahead.running.work());
    ahead.pass().await;
    let mut people: Vec<String> = ahead.posted().iter().map(|posted| format!("{:?}", posted.to)).collect();
    people.sort();
    people.dedup();
    assert_eq!((people.len(), ahead.posted().len()), (10, 10));
}

/// A reminder may be lost when the program dies at the worst moment. It never comes twice.
#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_dies_after_sending_does_not_send_again() {
    let ahead = ahead("remind-killed").await;
    let (house, post) = (&ahead.running.house, Post::Outbox(ahead.running.outbox.clone()));
    ahead.set(60);
    reminders::plan(house).await.unwrap();
    let sent = jobs::take(&house.db, house.clock.now()).await.unwrap().unwrap();
    assert_eq!(reminders::deliver(house, &post, &sent).await.unwrap(), Ended::Done);
    let taken = jobs::take(&house.db, house.clock.now()).await.unwrap().unwrap();
    assert_eq!(ahead.posted().len(), 1, "here it dies: one is sent and not noted, one is taken and not sent");
    ahead.clock.advance(Duration::from_secs(61));
    ahead.pass().await;
    assert_eq!(ahead.posted().len(), 10);
    let given_up = "SELECT COUNT(*) AS n FROM job WHERE gave_up_at IS NOT NULL AND id = $1";
    let given_up = |id: i64| async move { house.db.number(given_up, values![id]).await.unwrap() };
    assert_eq!((given_up(sent.id).await, given_up(taken.id).await), (1, 0), "the doctor shows what nobody knows");
}

/// T4, over a real line: three workers are killed three times while the server has the letter and has not said so. What is not sent
/// afterwards is what was in flight, and the doctor knows how many that are.
#[tokio::test(flavor = "multi_thread")]
async fn three_kills_double_nothing_and_lose_only_what_was_in_flight() {
    let ahead = ahead("remind-kills").await;
    let sink = Sink::start(Duration::from_millis(300)).await;
    ahead.set(60);
    reminders::plan(&ahead.running.house).await.unwrap();
    for _ in 0..3 {
        let before = sink.taken().len();
        let workers: Vec<_> = (0..3)
            .map(|_| {
                let (house, post, meeting) = (ahead.running.house.clone(), sink.post(), ahead.running.meeting.clone());
                tokio::spawn(async move { while work::one(&house, &post, &meeting).await.unwrap() {} })
            })
            .collect();
        until("the server has another letter", || async { sink.taken().len() > before }).await;
        for worker in workers {
            worker.abort();
            let _ = worker.await;
        }
        ahead.clock.advance(Duration::from_secs(61));
    }
    let post = sink.post();
    while work::one(&ahead.running.house, &post, &ahead.running.meeting).await.unwrap() {}
    let mut people: Vec<String> = sink.taken().into_iter().map(|(to, _)| to).collect();
    people.sort();
    let all = people.len();
    people.dedup();
    assert_eq!(people.len(), all, "nobody hears it twice: {people:?}");
    let count = |sql: &'static str| async { ahead.running.house.db.number(sql, values![]).await.unwrap() };
    assert_eq!(count("SELECT COUNT(*) AS n FROM job WHERE kind = 'reminder' AND done_at IS NULL AND gave_up_at IS NULL").await, 0);
    let unsure = count("SELECT COUNT(*) AS n FROM job WHERE kind = 'reminder' AND gave_up_at IS NOT NULL").await;
    assert!((3..=9).contains(&unsure), "{unsure} were in flight");
    assert!(i64::try_from(all).unwrap() >= 10 - unsure && all <= 10, "{all} taken, {unsure} unsure");
}

/// A mail server that is not there.
pub fn nobody_answers() -> Post {
    let settings = SmtpSettings {
        host: "127.0.0.1".into(),
        port: 9,
        user: String::new(),
        password: String::new(),
        from: "office@example.org".into(),
        bounces: String::new(),
        security: "none".into(),
        patience_seconds: 1,
    };
    Post::Servers { smtp: Box::new(Smtp::new(&settings).unwrap()), sms: None, push: Push::new().unwrap() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_is_down_for_a_moment_loses_nobody() {
    let ahead = ahead("remind-down").await;
    ahead.set(60);
    reminders::plan(&ahead.running.house).await.unwrap();
    let down = nobody_answers();
    while work::one(&ahead.running.house, &down, &ahead.running.meeting).await.unwrap() {}
    ahead.clock.advance(Duration::from_secs(30));
    ahead.running.work().await;
    assert_eq!(ahead.posted().len(), 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_three_days_nobody_hears_of_what_is_over() {
    let ahead = ahead("remind-late").await;
    ahead.set(24 * 60);
    reminders::plan(&ahead.running.house).await.unwrap();
    let down = nobody_answers();
    while work::one(&ahead.running.house, &down, &ahead.running.meeting).await.unwrap() {}
    ahead.set(-3 * 24 * 60);
    ahead.pass().await;
    assert!(ahead.posted().is_empty());
    let waiting = "SELECT COUNT(*) AS n FROM job WHERE kind = 'reminder' AND done_at IS NULL";
    assert_eq!(ahead.running.house.db.number(waiting, values![]).await.unwrap(), 0, "and nothing waits for ever");
}

/// Nine minutes before, a reminder only says that somebody is late.
#[tokio::test(flavor = "multi_thread")]
async fn what_waited_until_just_before_the_beginning_is_dropped() {
    let ahead = ahead("remind-just").await;
    ahead.set(60);
    reminders::plan(&ahead.running.house).await.unwrap();
    ahead.set(9);
    ahead.pass().await;
    assert!(ahead.posted().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_moved_or_over_is_asked_for_again() {
    let ahead = ahead("remind-moved").await;
    ahead.set(60);
    reminders::plan(&ahead.running.house).await.unwrap();
    ahead.meddle(&format!("UPDATE session SET starts_at = {} WHERE id = $1", ahead.start.0 + 2 * HOUR), ahead.session).await;
    ahead.pass().await;
    assert!(ahead.posted().is_empty(), "the old hour is nobody's any more");
    ahead.set(-60);
    ahead.pass().await;
    assert_eq!(ahead.posted().len(), 10);
    assert!(ahead.to(&Address::email(MAYA))[0].letter.text.contains("today at 8:30 pm EST"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_left_or_is_gone_hears_nothing_and_nobody_hears_of_a_session_that_was_called_off() {
    let ahead = ahead("remind-left").await;
    let maya = ahead.running.person("Maya").await.id;
    let theo = ahead.running.person("Theo").await.id;
    ahead.set(24 * 60);
    reminders::plan(&ahead.running.house).await.unwrap();
    ahead.meddle("UPDATE membership SET left_at = 1 WHERE person_id = $1", maya).await;
    ahead.meddle("UPDATE person SET disabled_at = 1 WHERE id = $1", theo).await;
    ahead.pass().await;
    assert_eq!((ahead.posted().len(), ahead.to(&Address::email(MAYA)).len()), (8, 0));
    ahead.set(60);
    reminders::plan(&ahead.running.house).await.unwrap();
    ahead.meddle("UPDATE session SET cancelled_at = 1 WHERE id = $1", ahead.session).await;
    ahead.pass().await;
    assert_eq!(ahead.posted().len(), 8, "nor of one that was called off");
}

#[tokio::test(flavor = "multi_thread")]
async fn quiet_hours_and_choices_are_kept() {
    let ahead = ahead("remind-quiet").await;
    let mut maya = ahead.running.signed_in("Maya").await;
    let quiet = with(&with(CHOICE, "quiet_from", "17:00"), "quiet_to", "19:00");
    assert_eq!(maya.post("/account/reminders", &quiet).await.location, "/account/reminders?saved=yes");
    let mut theo = ahead.running.signed_in("Theo").await;
    let off: Vec<_> = CHOICE.iter().copied().filter(|(name, _)| *name != "email" && *name != "texts").collect();
    theo.post("/account/reminders", &off).await;
    for (before, texts) in [(24 * 60, 0), (23 * 60 + 30, 1), (60, 1)] {
        ahead.set(before);
        ahead.pass().await;
        let (mails, all) = (ahead.to(&Address::email(MAYA)).len(), ahead.to(&Address::phone(NUMBER)).len());
        assert_eq!((mails, all), (texts, texts), "{before} minutes before");
    }
    assert!(ahead.posted().iter().all(|posted| posted.to != Address::email("theo.grant@example.org")), "Theo wants none");
}

/// A seat is kept while somebody pauses; they are not called to it. Nor is whoever begins later, or has said goodbye.
#[tokio::test(flavor = "multi_thread")]
async fn who_pauses_begins_later_is_leaving_or_cannot_come_is_not_called() {
    let ahead = ahead("remind-pause").await;
    for (name, change) in [
        ("Maya", format!("paused_until = {}", ahead.start.0 + 1)),
        ("Theo", "first_number = 99".to_owned()),
        ("Priya", format!("leaves_after = {}", ahead.start.0 - 1)),
        ("Jonas", format!("leaves_after = {}, paused_until = {}", ahead.start.0, ahead.start.0)),
    ] {
        let person = ahead.running.person(name).await.id;
        ahead.meddle(&format!("UPDATE membership SET {change} WHERE person_id = $1"), person).await;
    }
    let noor = ahead.running.person("Noor").await.id;
    let cannot =
        format!("INSERT INTO absence (session_id, person_id, kind, minutes, said_at) VALUES ({}, $1, 'cannot', 0, 1)", ahead.session);
    ahead.meddle(&cannot, noor).await;
    ahead.set(60);
    ahead.pass().await;
    let people: Vec<String> = ahead.posted().iter().map(|posted| format!("{:?}", posted.to)).collect();
    assert_eq!(people.len(), 6, "{people:?}");
    assert!(people.iter().any(|to| to.contains("jonas")), "whose last day it is comes, and so does who is back that day");
}

/// Half past six in New York is five in the morning in Kolkata: the day before is said at seven, when the night there ends, in their words.
#[tokio::test(flavor = "multi_thread")]
async fn everybody_reads_their_own_clock() {
    let ahead = ahead("remind-zone").await;
    let theo = ahead.running.person("Theo").await.id;
    ahead.meddle("UPDATE person SET zone = 'Asia/Kolkata' WHERE id = $1", theo).await;
    let mails = || ahead.to(&Address::email("theo.grant@example.org"));
    for (before, expected) in [(24 * 60, 0), (22 * 60 + 1, 0), (22 * 60, 1), (60, 1), (30, 1)] {
        ahead.set(before);
        ahead.pass().await;
        assert_eq!(mails().len(), expected, "{before} minutes before");
    }
    assert!(mails()[0].letter.text.contains("tomorrow at 5:00 am IST"), "{}", mails()[0].letter.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn stop_ends_texts_and_start_begins_them_for_whoever_agreed() {
    let ahead = ahead("remind-stop").await;
    let mut maya = ahead.running.signed_in("Maya").await;
    let texts = || ahead.to(&Address::phone(NUMBER));
    ahead.says("START").await;
    maya.post("/account/reminders", CHOICE).await;
    ahead.set(24 * 60);
    ahead.pass().await;
    assert_eq!(texts().len(), 1);
    assert_eq!(texts()[0].letter.text.split_once(" http").unwrap().0, "Hearth: You have an appointment tomorrow at 6:30 pm EST.");
    assert!(texts()[0].letter.text.contains("STOP") && texts()[0].letter.subject.is_empty());
    ahead.says(" stop. ").await;
    assert!(maya.get("/account/reminders").await.text.contains("you answered STOP"));
    ahead.set(60);
    ahead.pass().await;
    assert_eq!((texts().len(), ahead.to(&Address::email(MAYA)).len()), (1, 2), "mails go on");
    ahead.says("please start").await;
    assert_eq!(texts_on(&ahead).await, 0);
    ahead.says("Start").await;
    assert_eq!(texts_on(&ahead).await, 1);
    let off: Vec<_> = CHOICE.iter().copied().filter(|(name, _)| *name != "texts").collect();
    ahead.running.signed_in("Maya").await.post("/account/reminders", &off).await;
    ahead.says("START").await;
    assert_eq!(texts_on(&ahead).await, 0, "who took the agreement back is not asked by a text");
    let numbers = "SELECT COUNT(*) AS n FROM reminder_choice WHERE phone_sealed IS NOT NULL OR phone_mark IS NOT NULL";
    assert_eq!(ahead.running.house.db.number(numbers, values![]).await.unwrap(), 0, "nor is the number kept");
}

async fn texts_on(ahead: &Ahead) -> i64 {
    ahead.running.house.db.number("SELECT COUNT(*) AS n FROM reminder_choice WHERE texts = 1", values![]).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_is_believed_for_its_signature_alone() {
    let ahead = ahead("remind-webhook").await;
    ahead.running.signed_in("Maya").await.post("/account/reminders", CHOICE).await;
    let before = kept(&ahead.running).await;
    let stop = [("From", NUMBER), ("Body", "STOP")];
    assert_eq!(ahead.webhook("/texts/incoming", &stop, "guess").await, StatusCode::FORBIDDEN);
    let mut visitor = ahead.running.visitor();
    for path in ["/texts/incoming", "/texts/status"] {
        assert_eq!(visitor.post(path, &stop).await.status, StatusCode::FORBIDDEN, "{path} without any");
    }
    visitor.headers = vec![("sec-fetch-site", "cross-site".into())];
    assert_eq!(visitor.post("/account/reminders", CHOICE).await.status, StatusCode::FORBIDDEN, "every other path asks where from");
    assert_eq!(kept(&ahead.running).await, before);
    for (fields, on) in [
        ([("To", NUMBER), ("MessageStatus", "delivered"), ("ErrorCode", "")], 1),
        ([("To", NUMBER), ("MessageStatus", "failed"), ("ErrorCode", "30003")], 1),
        ([("To", "+15550100999"), ("MessageStatus", "failed"), ("ErrorCode", "21610")], 1),
        ([("To", NUMBER), ("MessageStatus", "failed"), ("ErrorCode", "21610")], 0),
    ] {
        assert_eq!(ahead.webhook("/texts/status", &fields, demo::SECRET).await, StatusCode::NO_CONTENT);
        assert_eq!(texts_on(&ahead).await, on, "{fields:?}");
    }
}

/// That there is something to read is said the day before, to whoever comes as a member; what it is, stands on their page.
#[tokio::test(flavor = "multi_thread")]
async fn something_to_read_is_said_the_day_before_and_never_what() {
    let ahead = ahead("remind-reads").await;
    let chosen = r#"{"phases":[],"readings":["what-grief-does"]}"#;
    ahead.meddle(&format!("UPDATE session SET agenda = '{chosen}' WHERE id = $1"), ahead.session).await;
    let words = ["something short to read", "algo breve que leer"];
    let says = |one: &Posted| words.iter().any(|words| one.letter.text.contains(words) && one.letter.html.contains(words));
    ahead.set(24 * 60);
    ahead.pass().await;
    let all = ahead.posted();
    assert_eq!((all.len(), all.iter().filter(|one| says(one)).count()), (10, 8), "the two who lead need not read it");
    assert!(all.iter().all(|one| !one.letter.text.contains("grief") && !one.letter.html.contains("grief")));
    ahead.set(60);
    ahead.pass().await;
    let later = &ahead.posted()[10..];
    assert_eq!((later.len(), later.iter().filter(|one| says(one)).count()), (10, 0), "an hour before nobody reads");
}

/// What the practice has hidden since is not waited for.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_hidden_is_not_said_to_wait() {
    let ahead = ahead("remind-reads-not").await;
    let chosen = r#"{"phases":[],"readings":["what-grief-does","gone"]}"#;
    ahead.meddle(&format!("UPDATE session SET agenda = '{chosen}' WHERE id = $1"), ahead.session).await;
    ahead.running.signed_in("Carol").await.post("/library/what-grief-does/place", &[("away", "yes")]).await;
    ahead.set(24 * 60);
    ahead.pass().await;
    let all = ahead.posted();
    assert!(all.len() == 10 && !all.iter().any(|one| one.letter.text.contains("to read")));
}

/// Read over shoulders, on locked screens, by whoever shares the mailbox.
#[tokio::test(flavor = "multi_thread")]
async fn no_reminder_says_what_it_is_about_or_who_else_comes() {
    let ahead = ahead("remind-canary").await;
    for name in ["Maya", "Theo"] {
        let number = if name == "Maya" { "555 010 0142" } else { "555 010 0143" };
        ahead.running.signed_in(name).await.post("/account/reminders", &with(CHOICE, "phone", number)).await;
    }
    ahead.running.signed_in("Theo").await.post("/language", &[("language", "es"), ("back", "/")]).await;
    ahead.meddle(&format!("UPDATE homework SET done_at = NULL, due_at = {} WHERE id <> $1", ahead.start.0), 0).await;
    for before in [24 * 60, 60] {
        ahead.set(before);
        ahead.pass().await;
    }
    let all = ahead.posted();
    assert!(all.len() > 24 && all.iter().any(|posted| posted.letter.text.contains("Tienes una cita mañana a las 18:30 (EST)")));
    assert!(all.iter().any(|posted| posted.letter.text.contains("Half-done is fine")));
    for Posted { letter, .. } in &all {
        let said = format!("{} {} {}", letter.subject, letter.text, letter.html).to_lowercase();
        for canary in [
            "steady",
            "ground",
            "anxiety",
            "ansiedad",
            "group",
            "grupo",
            "therap",
            "terapi",
            "process",
            "homework",
            "tarea",
            "maya",
            "theo",
            "priya",
            "lindqvist",
            "amara",
            "osei",
            "session",
            "sesión",
            "urge",
        ] {
            assert!(!said.replace("background", "").contains(canary), "{canary} in {said}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn homework_is_said_once_the_day_before_and_not_when_it_is_done() {
    let ahead = ahead("remind-homework").await;
    ahead.meddle("UPDATE session SET state = 'ended' WHERE id = $1", ahead.session).await;
    ahead.meddle(&format!("UPDATE homework SET done_at = NULL, due_at = {} WHERE id <> $1", ahead.start.0), 0).await;
    let theo = ahead.running.person("Theo").await.id;
    ahead.meddle("UPDATE homework SET done_at = 1 WHERE person_id = $1", theo).await;
    let open = ahead.running.house.db.number("SELECT COUNT(*) AS n FROM homework WHERE done_at IS NULL", values![]).await.unwrap();
    for before in [24 * 60, 23 * 60, 60, 0] {
        ahead.set(before);
        ahead.pass().await;
        assert_eq!(ahead.posted().len(), usize::try_from(open).unwrap(), "{before}");
    }
    assert!(ahead.to(&Address::email("theo.grant@example.org")).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_shows_mails_and_texts_that_went_out() {
    let ahead = ahead("remind-outbox").await;
    ahead.running.signed_in("Maya").await.post("/account/reminders", CHOICE).await;
    ahead.set(60);
    ahead.pass().await;
    let page = ahead.running.visitor().get("/demo/outbox").await.text;
    assert!(page.contains(NUMBER) && page.contains(MAYA) && page.contains("today at 6:30 pm EST"));
}

/// B4: a family session and a talk of two are told of in the same words, to those it concerns, and not once they are called off.
#[tokio::test(flavor = "multi_thread")]
async fn an_appointment_is_told_of_to_those_it_concerns() {
    let ahead = ahead("remind-appointment").await;
    ahead.meddle("UPDATE session SET state = 'ended' WHERE id = $1", ahead.session).await;
    let invited = [
        ("kind", "family"),
        ("date", "2026-11-25"),
        ("time", "18:30"),
        ("minutes", "50"),
        ("leader", ""),
        ("emails", "maya.lindqvist@example.org\nrosa.lindqvist@example.org"),
    ];
    let made = ahead.running.signed_in("Dr. Amara").await.post("/appointments", &invited).await;
    assert!(made.location.starts_with("/calendar") || made.location.starts_with("/appointments"), "{}", made.text);
    ahead.pass().await;
    let told = ahead.posted().len();
    ahead.set(24 * 60);
    for _ in 0..2 {
        ahead.pass().await;
    }
    let day_before: Vec<Posted> = ahead.posted().into_iter().skip(told).collect();
    assert_eq!(day_before.len(), 3, "Maya, Rosa and Amara, once each");
    assert!(day_before.iter().all(|one| one.letter.text.contains("an appointment tomorrow at 6:30 pm EST")));
    for word in ["family", "Lindqvist", "Osei"] {
        assert!(day_before.iter().all(|one| !one.letter.text.contains(word) && !one.letter.subject.contains(word)), "{word}");
    }
    ahead.meddle("UPDATE appointment SET cancelled_at = $1", 1).await;
    ahead.set(60);
    ahead.pass().await;
    assert_eq!(ahead.posted().len(), told + 3, "what was called off is not told of again");
}

/// Issue 3: whoever sits in a group and has something to sign hears of it three days and a day before the next session, once each.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_to_be_signed_is_said_three_days_and_a_day_before_and_not_once_it_is() {
    let ahead = ahead("remind-documents").await;
    let running = &ahead.running;
    let publish = [("en", "Video. {phone}"), ("es", "Video. {phone}"), ("action", "publish")];
    ahead.meddle("UPDATE session SET starts_at = starts_at + $1", 5 * 24 * HOUR).await;
    let start = Moment(ahead.start.0 + 5 * 24 * HOUR);
    running.signed_in("Anders").await.post("/practice/documents/telehealth", &publish).await;
    ahead.pass().await;
    let told = ahead.posted().len();
    // Lucía reads hers in Spanish.
    let signing =
        |posted: &Posted| ["Something to sign at ", "Algo que firmar en "].iter().any(|words| posted.letter.subject.starts_with(words));
    let mut maya = running.signed_in("Maya").await;
    maya.post("/documents/telehealth", &[("name", "Maya L."), ("agree", "on")]).await;
    let mut priya = running.signed_in("Priya").await;
    let without: Vec<(&str, &str)> = CHOICE.iter().copied().filter(|(name, _)| *name != "texts").collect();
    priya.post("/account/reminders", &without).await;
    let at = |minutes: i64| {
        let to = start.0 - minutes * 60_000_000;
        ahead.clock.advance(Duration::from_micros((to - ahead.clock.now().0).try_into().unwrap()));
    };
    at(3 * 1_440 + 5);
    ahead.pass().await;
    assert_eq!(ahead.posted().len(), told, "not before its time");
    at(3 * 1_440);
    for _ in 0..2 {
        ahead.pass().await;
    }
    let first: Vec<Posted> = ahead.posted().into_iter().skip(told).collect();
    assert_eq!(first.len(), 6, "eight members; Maya has signed, Priya wants none");
    let others: Vec<&str> = first.iter().filter(|one| !signing(one)).map(|one| one.letter.text.as_str()).collect();
    assert!(others.is_empty(), "{others:?}");
    assert!(first.iter().all(|one| one.letter.text.contains("/documents")));
    for word in ["Steady", "telehealth", "Video", "Maya"] {
        assert!(first.iter().all(|one| !one.letter.text.contains(word) && !one.letter.subject.contains(word)), "{word}");
    }
    running.signed_in("Theo").await.post("/documents/telehealth", &[("name", "Theo G."), ("agree", "on")]).await;
    at(1_440);
    ahead.pass().await;
    let last = ahead.posted().into_iter().skip(told + 6).filter(signing).count();
    assert_eq!(last, 5, "Theo has signed meanwhile");
    at(30);
    ahead.pass().await;
    assert_eq!(ahead.posted().iter().filter(|one| signing(one)).count(), 11, "twice and no more");
}

/// Somebody who has not come for weeks is not written to every week.
#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_was_published_long_ago_reminds_nobody_any_more() {
    let ahead = ahead("remind-documents-old").await;
    let publish = [("en", "Video. {phone}"), ("es", "Video. {phone}"), ("action", "publish")];
    ahead.running.signed_in("Anders").await.post("/practice/documents/telehealth", &publish).await;
    ahead.pass().await;
    ahead.meddle("UPDATE document SET published_at = published_at - $1", 22 * 24 * HOUR).await;
    ahead.meddle("UPDATE membership SET joined_at = joined_at - $1", 60 * 24 * HOUR).await;
    let told = ahead.posted().len();
    ahead.set(1_440);
    ahead.pass().await;
    let later: Vec<Posted> = ahead.posted().into_iter().skip(told).collect();
    assert!(later.iter().all(|one| !one.letter.subject.contains("sign")) && later.len() == 10, "{}", later.len());
}
