//! Open pages: what somebody writes is there for the others without asking, across sleep, and across processes.

use std::time::Duration;

use ground::{Ask, Clock, values};
use testkit::Browser;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{
    harness::{Running, start, start_on, start_with_clock},
    messages::{channel, write},
};

const PATIENCE: Duration = Duration::from_secs(30);

/// A page that is open.
struct Open {
    stream: TcpStream,
    text: String,
}

impl Open {
    async fn new(browser: &Browser, path: &str, last: Option<i64>) -> Open {
        let mut stream = TcpStream::connect(browser.address).await.unwrap();
        let last = last.map_or_else(String::new, |last| format!("last-event-id: {last}\r\n"));
        let head = format!(
            "GET {path} HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\naccept: text/event-stream\r\n{last}\r\n",
            browser.address, browser.cookie
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        Open { stream, text: String::new() }
    }

    /// Reads on until this is there.
    async fn until(&mut self, wanted: &str) {
        let all = async {
            let mut part = vec![0; 16 * 1024];
            while !self.text.contains(wanted) {
                let count = self.stream.read(&mut part).await.unwrap();
                assert!(count > 0, "the line broke before {wanted}: {}", self.text);
                self.text += &String::from_utf8_lossy(&part[..count]);
            }
        };
        if tokio::time::timeout(PATIENCE, all).await.is_err() {
            panic!("{wanted} never came: {}", self.text);
        }
    }

    fn lines(&self) -> Vec<i64> {
        self.text.split("data-number=\"").skip(1).map(|rest| rest.split('"').next().unwrap().parse().unwrap()).collect()
    }

    fn last(&self) -> i64 {
        self.text.rsplit("id: ").next().unwrap().split(['\r', '\n']).next().unwrap().trim().parse().unwrap()
    }
}

async fn ended(open: &mut Open) {
    open.until("\r\n0\r\n\r\n").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_writes_is_on_the_others_page_and_sleep_loses_and_doubles_nothing() {
    let running = start("live-messages").await;
    let (mut maya, mut theo) = (running.signed_in("Maya").await, running.signed_in("Theo").await);
    let path = channel(&running, &mut maya, "Steady Ground").await;
    let live = format!("{path}/live");
    let mut open = Open::new(&theo, &format!("{live}?after=0"), None).await;
    open.until("text/event-stream").await;
    write(&mut maya, &path, "Good <morning>\nall of you").await;
    open.until("Good &#60;morning&#62;").await;
    assert!(open.text.contains("event: lines") && !open.text.contains("mine"), "as Theo sees it");
    let own = Open::new(&maya, &format!("{live}?after=0"), None).await;
    let mut own = own;
    own.until("class=\"message mine\"").await;

    let last = open.last();
    drop(open);
    for number in 0..10 {
        let browser = if number % 2 == 0 { &mut maya } else { &mut theo };
        write(browser, &path, &format!("While away {number}.")).await;
    }
    let mut back = Open::new(&theo, &format!("{live}?after=0"), Some(last)).await;
    back.until("While away 9.").await;
    assert_eq!(back.lines(), (2..=11).collect::<Vec<_>>(), "exactly these, in order, once");
    let polled = theo.get(&format!("{path}/changes?after={last}")).await.text;
    assert_eq!(polled.matches("<li id=\"m-").count(), 10, "the same for a page that cannot hold a line open");

    // A change of something old comes as that line, and not as a new one.
    let first = theo.get(&path).await.text;
    let first = first.split("<li id=\"m-1\"").nth(1).unwrap().split(&format!("{path}?reply=")).nth(1).unwrap();
    let first = first.split('#').next().unwrap().to_owned();
    theo.post(&format!("{path}/{first}/reaction"), &[("kind", "with-you")]).await;
    back.until("class=\"soft small given\"").await;
    assert_eq!(back.lines().last(), Some(&1));
    own.until("class=\"soft small given\"").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_one_batch_comes_whole() {
    let (running, clock) = start_with_clock("live-many").await;
    let mut maya = running.signed_in("Maya").await;
    let path = channel(&running, &mut maya, "Steady Ground").await;
    for number in 0..115 {
        clock.advance(Duration::from_secs(31));
        write(&mut maya, &path, &format!("Word {number}.")).await;
    }
    let theo = running.signed_in("Theo").await;
    let mut open = Open::new(&theo, &format!("{path}/live?after=0"), None).await;
    open.until("Word 114.").await;
    assert_eq!(open.lines(), (1..=115).collect::<Vec<_>>());
}

/// A page that stays open is no way to stay inside.
#[tokio::test(flavor = "multi_thread")]
async fn a_line_ends_with_the_sign_in_and_with_the_seat() {
    let (running, clock) = start_with_clock("live-ends").await;
    let (mut maya, mut theo, mut amara) =
        (running.signed_in("Maya").await, running.signed_in("Theo").await, running.signed_in("Dr. Amara").await);
    let path = channel(&running, &mut maya, "Steady Ground").await;
    let live = format!("{path}/live?after=0");
    let mut left = Open::new(&theo, &live, None).await;
    left.until("200 OK").await;
    let tx = running.house.db.write().await.unwrap();
    tx.run("UPDATE membership SET left_at = 5 WHERE person_id = $1", values![running.person("Theo").await.id]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    write(&mut maya, &path, "canary-after-he-left").await;
    ended(&mut left).await;
    assert!(!left.text.contains("canary-after-he-left"));
    assert!(theo.get(&live).await.status == hyper::StatusCode::NOT_FOUND);

    let mut signed_out = Open::new(&maya, &live, None).await;
    signed_out.until("canary-after-he-left").await;
    maya.post("/sign-out", &[]).await;
    write(&mut amara, &path, "canary-after-she-signed-out").await;
    ended(&mut signed_out).await;
    assert!(!signed_out.text.contains("canary-after-she-signed-out"));

    let mut idle = Open::new(&amara, &live, None).await;
    idle.until("canary-after-she-signed-out").await;
    clock.advance(Duration::from_secs(61 * 60));
    ended(&mut idle).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_has_a_few_open_pages_and_closing_one_makes_room() {
    let running = start("live-few").await;
    let mut maya = running.signed_in("Maya").await;
    let path = channel(&running, &mut maya, "Steady Ground").await;
    let live = format!("{path}/live?after=0");
    let mut open = Vec::new();
    for _ in 0..4 {
        let mut one = Open::new(&maya, &live, None).await;
        one.until("200 OK").await;
        open.push(one);
    }
    Open::new(&maya, &live, None).await.until("429 Too Many Requests").await;
    let theo = running.signed_in("Theo").await;
    Open::new(&theo, &live, None).await.until("200 OK").await;
    drop(open);
    crate::harness::until("room for another page", || async {
        let mut one = Open::new(&maya, &live, None).await;
        one.until("HTTP/1.1").await;
        one.text.contains("200 OK")
    })
    .await;
}

/// Two processes over one database hear each other. SQLite has one process.
#[tokio::test(flavor = "multi_thread")]
async fn two_processes_hear_each_other() {
    let running = start("live-two").await;
    if running.house.db.is_sqlite() {
        return;
    }
    let other: Running = start_on(running.config.data.clone(), running.config.database.clone().unwrap(), Clock::System).await;
    let (mut maya, theo) = (running.signed_in("Maya").await, other.signed_in("Theo").await);
    let path = channel(&running, &mut maya, "Steady Ground").await;
    let mut open = Open::new(&theo, &format!("{path}/live?after=0"), None).await;
    open.until("200 OK").await;
    for number in 0..5 {
        write(&mut maya, &path, &format!("From the other house {number}.")).await;
        open.until(&format!("From the other house {number}.")).await;
    }
    assert_eq!(open.lines(), [1, 2, 3, 4, 5]);
    let read = running.house.db.number("SELECT last_number AS n FROM channel WHERE last_number > 0", values![]).await.unwrap();
    assert_eq!(read, 5);
}
