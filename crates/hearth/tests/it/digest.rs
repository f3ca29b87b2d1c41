//! The weekly digest: asked for twice, told once, ended with one click, and then forgotten.

use std::time::Duration;

use ground::{
    Ask, Clock, Moment,
    jobs::{self, Ended, Job},
    mail::Sent,
    values,
};
use hyper::StatusCode;
use post::{Address, Letter};
use testkit::{LogGuard, TestDatabase, data_dir};

use crate::{
    harness::{Running, start, start_on, with},
    state::kept,
};

const IDA: &str = "ida.canary@example.org";
const ASK: &[(&str, &str)] =
    &[("email", IDA), ("language", "en"), ("topic", ""), ("place", ""), ("part", ""), ("zone", "America/New_York")];

/// A catalogue that has been looked at, on a Tuesday.
struct Week {
    running: Running,
    clock: Clock,
}

fn moment(text: &str) -> Moment {
    Moment(text.parse::<jiff::Timestamp>().unwrap().as_microsecond())
}

async fn week(name: &str) -> Week {
    let dir = data_dir(name);
    let url = TestDatabase::fresh(&dir).await.url;
    let clock = Clock::set_to(moment("2026-11-24T15:00:00Z"));
    let running = start_on(dir, url, clock.clone()).await;
    joining::plan_digests(&running.house).await.unwrap();
    clock.advance(Duration::from_secs(60));
    Week { running, clock }
}

impl Week {
    fn set(&self, text: &str) {
        self.clock.advance(Duration::from_micros((moment(text).0 - self.clock.now().0).try_into().unwrap()));
    }

    async fn pass(&self) {
        joining::plan_digests(&self.running.house).await.unwrap();
        self.running.work().await;
    }

    async fn meddle(&self, sql: &str, group: &str) {
        let tx = self.running.house.db.write().await.unwrap();
        assert_eq!(tx.run(sql, values![group]).await.unwrap(), 1, "{group}");
        tx.commit_unaudited().await.unwrap();
    }

    fn letters(&self, to: &str) -> Vec<Letter> {
        let posted = self.running.outbox.posted().into_iter();
        posted.filter(|posted| posted.to == Address::email(to)).map(|posted| posted.letter).collect()
    }

    async fn subscribers(&self) -> i64 {
        self.running.house.db.number("SELECT COUNT(*) AS n FROM subscriber", values![]).await.unwrap()
    }

    /// Asks and confirms, as somebody does who reads their mail.
    async fn subscribe(&self, fields: &[(&str, &str)]) {
        self.running.visitor().post("/digest", fields).await;
        self.running.work().await;
        let link = link(&self.letters(fields[0].1).pop().unwrap(), "/digest/confirm/");
        assert_eq!(self.running.visitor().post(&link, &[]).await.status, StatusCode::OK);
    }

    async fn job(&self) -> Job {
        jobs::take(&self.running.house.db, self.clock.now()).await.unwrap().unwrap()
    }
}

fn link(letter: &Letter, path: &str) -> String {
    let at = letter.text.find(path).unwrap();
    letter.text[at..].split_whitespace().next().unwrap().to_owned()
}

const HIDE: &str = "UPDATE listing SET shown = 0 WHERE group_id = (SELECT id FROM groups WHERE name = $1)";
const SHOW: &str = "UPDATE listing SET shown = 1 WHERE group_id = (SELECT id FROM groups WHERE name = $1)";
const FREE: &str = "UPDATE groups SET taken = taken - 1 WHERE name = $1";
const MOVE: &str = "UPDATE groups SET minute_of_day = 1140 WHERE name = $1";

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_kept_only_when_its_owner_says_so() {
    let week = week("digest-opt-in").await;
    let page = week.running.visitor().get("/find").await;
    assert!(page.text.contains("href=\"/digest?"), "the catalogue leads here");
    assert_eq!(week.running.visitor().post("/digest", ASK).await.status, StatusCode::OK);
    week.running.work().await;
    assert_eq!(week.subscribers().await, 0);
    let letter = week.letters(IDA).pop().unwrap();
    let confirm = link(&letter, "/digest/confirm/");
    assert!(letter.html.contains(&confirm) && letter.unsubscribe.is_none());
    for _ in 0..3 {
        let page = week.running.visitor().get(&confirm).await;
        assert!(page.text.contains(&format!("method=\"post\" action=\"{confirm}\"")), "looking is not confirming");
    }
    assert_eq!(week.subscribers().await, 0);
    for _ in 0..2 {
        assert_eq!(week.running.visitor().post(&confirm, &[]).await.status, StatusCode::OK);
        assert_eq!(week.subscribers().await, 1);
    }
    let other = if confirm[40..].starts_with('A') { 'B' } else { 'A' };
    let bent = format!("{}{other}{}", &confirm[..40], &confirm[41..]);
    for link in [bent.as_str(), "/digest/confirm/x", "/digest/confirm/AAAA"] {
        assert_eq!(week.running.visitor().post(link, &[]).await.status, StatusCode::GONE, "{link}");
    }
    week.clock.advance(Duration::from_secs(3 * 86_400));
    assert_eq!(week.running.visitor().post(&confirm, &[]).await.status, StatusCode::GONE, "after three days it is over");
    let clear = "SELECT COUNT(*) AS n FROM job WHERE payload LIKE '%canary%' OR occasion LIKE '%canary%'";
    assert_eq!(week.running.house.db.number(clear, values![]).await.unwrap(), 0);
    assert!(!LogGuard::listen().text().contains("ida.canary"), "nor does any log know it");
}

#[tokio::test(flavor = "multi_thread")]
async fn monday_tells_what_is_new_and_only_that_and_once() {
    let week = week("digest-monday").await;
    week.meddle(HIDE, "Cool Heads").await;
    week.pass().await;
    week.subscribe(ASK).await;
    let mails = week.letters(IDA).len();
    week.set("2026-11-30T13:30:00Z");
    week.pass().await;
    assert_eq!(week.letters(IDA).len(), mails, "nothing is new, so nothing comes");
    week.set("2026-12-02T12:00:00Z");
    week.meddle(SHOW, "Cool Heads").await;
    week.meddle(FREE, "After Loss").await;
    week.meddle(MOVE, "Steady Ground").await;
    week.pass().await;
    week.set("2026-12-07T12:59:00Z");
    week.pass().await;
    assert_eq!(week.letters(IDA).len(), mails, "not before eight on her clock");
    week.set("2026-12-07T13:00:00Z");
    for _ in 0..3 {
        week.pass().await;
        week.clock.advance(Duration::from_secs(3_600));
    }
    assert_eq!(week.letters(IDA).len(), mails + 1);
    let letter = week.letters(IDA).pop().unwrap();
    for part in [
        "Cool Heads",
        "After Loss",
        "Steady Ground",
        "Grief and loss",
        "1 seat left",
        "A seat is free again · 1 seat left",
        "Another time ·",
    ] {
        assert!(letter.text.contains(part) && letter.html.contains(part), "{part} in {}", letter.text);
    }
    assert!(!letter.text.contains("Unstuck") && !letter.text.contains("Safe Harbour"));
    assert_eq!(letter.subject, "New this week at Hearth", "a subject names no topic and no group");
    week.set("2026-12-14T13:00:00Z");
    week.pass().await;
    assert_eq!(week.letters(IDA).len(), mails + 1, "what was told is not told again");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_hears_what_they_asked_for_in_their_language_and_zone() {
    let week = week("digest-filters").await;
    for name in ["Cool Heads", "After Loss", "Unstuck"] {
        week.meddle(HIDE, name).await;
    }
    week.pass().await;
    week.subscribe(&with(ASK, "topic", "grief")).await;
    let spanish = with(&with(&with(ASK, "email", "luz@example.org"), "language", "es"), "zone", "America/Los_Angeles");
    week.subscribe(&with(&spanish, "part", "morning")).await;
    week.subscribe(&with(&with(ASK, "email", "far@example.org"), "place", "CA")).await;
    week.set("2026-11-27T12:00:00Z");
    for name in ["Cool Heads", "After Loss", "Unstuck"] {
        week.meddle(SHOW, name).await;
    }
    week.pass().await;
    week.set("2026-11-30T13:00:00Z");
    week.pass().await;
    let ida = week.letters(IDA).pop().unwrap();
    assert!(ida.text.contains("After Loss") && !ida.text.contains("Cool Heads"));
    assert_eq!(week.letters("luz@example.org").len(), 1, "at five in the morning nothing comes");
    week.set("2026-11-30T16:00:00Z");
    week.pass().await;
    let luz = week.letters("luz@example.org").pop().unwrap();
    assert!(luz.text.contains("esto es nuevo") && luz.text.contains("Cool Heads") && luz.text.contains("7:00"), "{}", luz.text);
    assert!(!luz.text.contains("Unstuck"), "two in the afternoon is no morning");
    let far = week.letters("far@example.org");
    assert!(far.len() == 1 || !far[1].text.contains("After Loss"), "nobody of that group may work there");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_click_ends_it_and_the_address_is_gone() {
    let week = week("digest-leave").await;
    week.meddle(HIDE, "Cool Heads").await;
    week.pass().await;
    week.subscribe(ASK).await;
    week.subscribe(&with(ASK, "email", "other@example.org")).await;
    week.meddle(SHOW, "Cool Heads").await;
    week.clock.advance(Duration::from_secs(60));
    week.pass().await;
    week.set("2026-11-30T13:00:00Z");
    week.pass().await;
    let letter = week.letters(IDA).pop().unwrap();
    let leave = link(&letter, "/digest/leave/");
    assert!(letter.unsubscribe.unwrap().ends_with(&leave) && letter.html.contains(&format!("{leave}\" style")), "a link in both faces");
    let page = week.running.visitor().get(&leave).await;
    assert!(page.text.contains(&format!("method=\"post\" action=\"{leave}\"")));
    assert_eq!(week.subscribers().await, 2, "looking is not leaving");
    // The last letter is one of sixteen: another one than it is.
    let other = if leave.ends_with('0') { '1' } else { '0' };
    for guess in [format!("{}{other}", &leave[..leave.len() - 1]), "/digest/leave/1-ab".into(), "/digest/leave/x".into()] {
        assert_eq!(week.running.visitor().post(&guess, &[]).await.status, StatusCode::GONE, "{guess}");
    }
    assert_eq!(week.subscribers().await, 2);
    let mut program = week.running.visitor();
    program.headers = vec![("sec-fetch-site", "cross-site".into()), ("origin", "https://mail.example".into())];
    for _ in 0..2 {
        let left = program.post(&leave, &[("List-Unsubscribe", "One-Click")]).await;
        assert_eq!(left.status, StatusCode::OK, "a mail program asks from elsewhere, and twice");
        assert_eq!(week.subscribers().await, 1);
    }
    let marks = "SELECT COUNT(*) AS n FROM subscriber WHERE mark = $1";
    let mark = week.running.house.keys.mark("subscriber", IDA).await.unwrap();
    assert_eq!(week.running.house.db.number(marks, values![mark]).await.unwrap(), 0, "not even a mark of it stays");
}

/// T4: an address that takes nothing is not written to for ever.
#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_takes_nothing_is_forgotten() {
    let week = week("digest-bounce").await;
    week.subscribe(ASK).await;
    let mondays = ["2026-11-30T13:00:00Z", "2026-12-07T13:00:00Z", "2026-12-14T13:00:00Z", "2026-12-21T13:00:00Z"];
    for (monday, sent, left) in [(0, Sent::Refused, 1), (1, Sent::Taken, 1), (2, Sent::Refused, 1), (3, Sent::Refused, 1)] {
        week.set(mondays[monday]);
        joining::plan_digests(&week.running.house).await.unwrap();
        let job = week.job().await;
        let ended = joining::digest_ended(&week.running.house, &job, sent).await.unwrap();
        jobs::finish(&week.running.house.db, &job, ended, week.clock.now()).await.unwrap();
        assert_eq!(week.subscribers().await, left, "{monday}: only in a row they count");
    }
    week.set("2026-12-28T13:00:00Z");
    joining::plan_digests(&week.running.house).await.unwrap();
    let job = week.job().await;
    for (sent, ended, left) in [(Sent::Later, Ended::Retry, 1), (Sent::Never, Ended::GiveUp, 1), (Sent::Refused, Ended::Done, 0)] {
        assert_eq!(joining::digest_ended(&week.running.house, &job, sent).await.unwrap(), ended, "{sent:?}");
        assert_eq!(week.subscribers().await, left, "{sent:?}");
    }
    jobs::finish(&week.running.house.db, &job, Ended::Done, week.clock.now()).await.unwrap();
    week.subscribe(ASK).await;
    week.set("2027-01-04T13:00:00Z");
    joining::plan_digests(&week.running.house).await.unwrap();
    let job = week.job().await;
    joining::digest_ended(&week.running.house, &job, Sent::Nobody).await.unwrap();
    assert_eq!(week.subscribers().await, 0, "where nobody lives nobody is written to again");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_fills_a_stranger_s_mailbox() {
    let running = start("digest-throttle").await;
    let mut told = Vec::new();
    for number in 0..30 {
        let email = if number < 10 { IDA.to_owned() } else { format!("ida{number}@example.org") };
        told.push(running.visitor().post("/digest", &with(ASK, "email", &email)).await);
    }
    running.work().await;
    let nonces = |text: &str| text.lines().filter(|line| !line.contains("nonce")).collect::<String>();
    assert!(told.iter().all(|page| page.status == StatusCode::OK && nonces(&page.text) == nonces(&told[0].text)));
    let posted = running.outbox.posted();
    assert_eq!(posted.iter().filter(|posted| posted.to == Address::email(IDA)).count(), 3);
    assert_eq!(posted.len(), 20, "and nobody asks for many");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_it_already_is_told_nothing_else_and_can_change_it() {
    let week = week("digest-again").await;
    week.subscribe(ASK).await;
    let fresh = week.running.visitor().post("/digest", &with(ASK, "email", "new@example.org")).await.text;
    let again = week.running.visitor().post("/digest", &with(ASK, "topic", "anger")).await.text;
    let plain = |text: &str| text.lines().filter(|line| !line.contains("nonce")).collect::<String>();
    assert_eq!(plain(&fresh), plain(&again), "a page does not tell who gets it");
    week.running.work().await;
    assert!(!kept(&week.running).await.iter().any(|line| line.starts_with("subscriber") && line.contains("anger")));
    let confirm = link(&week.letters(IDA).pop().unwrap(), "/digest/confirm/");
    week.running.visitor().post(&confirm, &[]).await;
    let subscribers: Vec<_> = kept(&week.running).await.into_iter().filter(|line| line.starts_with("subscriber")).collect();
    assert!(subscribers.len() == 1 && subscribers[0].contains("anger"), "{subscribers:?}");
}

/// Leaving is leaving: the link of the first day, found again in an old mail, does not begin it anew.
#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_confirmed_begins_nothing_again_for_whoever_left() {
    let week = week("digest-spent").await;
    let mut ida = week.running.visitor();
    ida.post("/digest", ASK).await;
    week.running.work().await;
    let confirm = link(&week.letters(IDA).pop().unwrap(), "/digest/confirm/");
    let on = ida.post(&confirm, &[]).await.text;
    assert_eq!(ida.post(&confirm, &[]).await.status, StatusCode::OK, "pressed twice is confirmed once");
    let leave = on[on.find("/digest/leave/").unwrap()..].split('"').next().unwrap().to_owned();
    ida.post(&leave, &[]).await;
    assert_eq!((ida.get(&confirm).await.status, ida.post(&confirm, &[]).await.status), (StatusCode::GONE, StatusCode::GONE));
    assert_eq!(week.subscribers().await, 0);
    week.subscribe(ASK).await;
    assert_eq!(week.subscribers().await, 1, "asking anew is always possible");
}

/// A notification as mail servers write it, about the letter of this occasion.
fn came_back(status: &str, occasion: &str) -> String {
    format!(
        "To: bounces+{occasion}@example.org\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\
        Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.net\r\n\r\nFinal-Recipient: rfc822; {IDA}\r\n\
        Action: failed\r\nStatus: {status}\r\n\r\n--b--\r\n"
    )
}

impl Week {
    /// Monday's letter goes out and is taken; its occasion.
    async fn monday(&self, day: &str) -> String {
        self.set(&format!("{day}T14:00:00Z"));
        let before = self.letters(IDA).len();
        self.meddle(HIDE, "Cool Heads").await;
        joining::plan_digests(&self.running.house).await.unwrap();
        self.meddle(SHOW, "Cool Heads").await;
        self.clock.advance(Duration::from_secs(60));
        self.pass().await;
        let letters = self.letters(IDA);
        assert_eq!(letters.len(), before + 1, "{day}");
        letters.last().unwrap().occasion.clone()
    }

    async fn comes_back(&self, status: &str, occasion: &str) -> bool {
        hearth::bounce::take(&self.running.house, came_back(status, occasion).as_bytes(), "").await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_comes_back_hours_later_counts_as_one_refused_at_once() {
    let week = week("digest-back").await;
    week.subscribe(ASK).await;
    let first = week.monday("2026-11-30").await;
    week.clock.advance(Duration::from_secs(6 * 3_600));
    let before = kept(&week.running).await;
    assert!(!week.comes_back("4.2.2", &first).await, "they still try");
    assert!(!week.comes_back("5.1.1", &"0".repeat(32)).await, "whoever guesses is wrong");
    let elsewhere = came_back("5.1.1", &first).replace("multipart/report", "multipart/mixed");
    assert!(!hearth::bounce::take(&week.running.house, elsewhere.as_bytes(), "").await.unwrap());
    assert_eq!(kept(&week.running).await, before, "nothing of that changes anything");

    assert!(week.comes_back("5.2.2", &first).await && week.comes_back("5.2.2", &first).await);
    let second = week.monday("2026-12-07").await;
    assert!(!week.comes_back("5.2.2", &first).await, "an old one is no news: a later letter was taken");
    assert!(week.comes_back("5.7.1", &second).await);
    assert_eq!(week.subscribers().await, 1, "two in a row, though one came twice");
    let _taken = week.monday("2026-12-14").await;
    for (monday, left) in [("2026-12-21", 1), ("2026-12-28", 1), ("2027-01-04", 0)] {
        let letter = week.monday(monday).await;
        assert!(week.comes_back("5.2.2", &letter).await);
        assert_eq!(week.subscribers().await, left, "{monday}: only in a row they count");
    }

    week.subscribe(ASK).await;
    let letter = week.monday("2027-01-11").await;
    week.set("2027-01-16T09:00:00Z");
    assert!(week.comes_back("5.1.1", &letter).await);
    assert_eq!(week.subscribers().await, 0, "where nobody lives nobody is written to again");
    assert!(!week.comes_back("5.1.1", &letter).await, "and once is enough");
    assert!(!LogGuard::listen().text().contains("canary"), "no address in the log");
}

/// What a mail server is told: 0 for anything that was read, 75 when the fault is ours.
#[tokio::test(flavor = "multi_thread")]
async fn the_pipe_is_answered_in_codes_that_a_mail_server_knows() {
    let dir = data_dir("bounce-pipe");
    let file = dir.join("hearth.toml");
    std::fs::create_dir_all(&dir).unwrap();
    let key = ground::seal::MasterKey::generate().to_text();
    std::fs::write(dir.join("key"), key).unwrap();
    let text = |folder: &str| {
        format!(
            "public_url = \"https://groups.example.org\"\ndata = \"{}\"\nkey_file = \"{}\"\n",
            dir.join(folder).display(),
            dir.join("key").display()
        )
    };
    std::fs::write(&file, text("data")).unwrap();
    let code = |config: std::path::PathBuf, message: String| async move {
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_hearth"))
            .args(["bounce", "--recipient", "bounces@example.org", "--config"])
            .arg(config)
            .stdin(std::process::Stdio::piped())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), message.as_bytes()).unwrap();
        child.wait().unwrap().code()
    };
    assert_eq!(code(file.clone(), came_back("5.1.1", &"a".repeat(32))).await, Some(0));
    assert_eq!(code(file.clone(), "what\u{0}ever".into()).await, Some(0), "a message about a message helps nobody");
    assert_eq!(code(dir.join("missing.toml"), came_back("5.1.1", &"a".repeat(32))).await, Some(75));
}
