//! One running Hearth for a test, on loopback, with the demo practice in a database of its own.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use ground::{Ask, Clock, House, Row, sea_orm::FromQueryResult, values};
use hearth::{config::Config, demo, serve, work};
use meeting::Meeting;
use post::{Outbox, Post, PushSettings};
use testkit::{Browser, LogGuard, TestDatabase, data_dir};
use tokio::net::TcpListener;

pub struct Running {
    pub house: House,
    pub address: SocketAddr,
    pub rows: Vec<Row>,
    pub outbox: Outbox,
    pub meeting: Meeting,
    pub config: Config,
    stop: tokio::sync::watch::Sender<bool>,
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Somebody {
    pub id: i64,
}

pub async fn start(name: &str) -> Running {
    LogGuard::listen();
    let dir = data_dir(name);
    let database = TestDatabase::fresh(&dir).await;
    start_on(dir, database.url, Clock::System).await
}

/// A Hearth whose clock the test moves.
pub async fn start_with_clock(name: &str) -> (Running, Clock) {
    LogGuard::listen();
    let dir = data_dir(name);
    let url = TestDatabase::fresh(&dir).await.url;
    let clock = Clock::set_to(Clock::System.now());
    (start_on(dir, url, clock.clone()).await, clock)
}

pub async fn start_on(dir: PathBuf, url: String, clock: Clock) -> Running {
    start_set(dir, url, clock, PushSettings::default()).await
}

/// With push services of one's own.
pub async fn start_set(dir: PathBuf, url: String, clock: Clock, push: PushSettings) -> Running {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let config = Config { database: Some(url), push, ..demo::config(address.port(), &dir) };
    let house = demo::open(&config, clock).await.unwrap();
    let media = serve::start_media(&config).unwrap();
    let outbox = Outbox::default();
    let hearth = serve::assemble(house.clone(), Post::Outbox(outbox.clone()), media, config.relays().unwrap(), address);
    let (stop, stopped) = tokio::sync::watch::channel(false);
    tokio::spawn(hearth::listen::listen(listener, None, Vec::new(), hearth.router, stopped));
    Running { house, address, rows: hearth.rows, outbox, meeting: hearth.meeting, config, stop }
}

impl Running {
    pub fn visitor(&self) -> Browser {
        Browser::new(self.address)
    }

    pub async fn person(&self, name: &str) -> Somebody {
        let sql = "SELECT id FROM person WHERE name LIKE $1 ORDER BY created_at LIMIT 1";
        self.house.db.row(sql, values![format!("{name}%")]).await.unwrap().unwrap()
    }

    /// A browser signed in as this person, with one click of the demo.
    pub async fn signed_in(&self, name: &str) -> Browser {
        let mut browser = self.visitor();
        let person = self.person(name).await;
        let page = browser.post("/demo/sign-in", &[("person", &person.id.to_string())]).await;
        assert_eq!(page.location, "/today", "{}", page.text);
        browser
    }

    pub async fn group(&self, name: &str) -> i64 {
        self.house.db.number("SELECT id AS n FROM groups WHERE name = $1", values![name]).await.unwrap()
    }

    /// Tonight's session of Steady Ground.
    pub async fn tonight(&self) -> i64 {
        let group = self.group("Steady Ground").await;
        let sql = "SELECT id AS n FROM session WHERE group_id = $1 AND state <> 'ended' ORDER BY starts_at LIMIT 1";
        self.house.db.number(sql, values![group]).await.unwrap()
    }

    /// The last session of Steady Ground that is over.
    pub async fn last_week(&self) -> i64 {
        let group = self.group("Steady Ground").await;
        let sql = "SELECT id AS n FROM session WHERE group_id = $1 AND state = 'ended' ORDER BY starts_at DESC LIMIT 1";
        self.house.db.number(sql, values![group]).await.unwrap()
    }

    /// Works off every job that is due.
    pub async fn work(&self) {
        let post = Post::Outbox(self.outbox.clone());
        for _ in 0..200 {
            if !work::one(&self.house, &post, &self.meeting).await.unwrap() {
                return;
            }
        }
        panic!("the job list does not end");
    }

    /// The same place again after this process would have died: only the database is left.
    pub async fn restarted(self) -> Running {
        let _ = self.stop.send(true);
        let (dir, url) = (self.config.data.clone(), self.config.database.clone().unwrap());
        start_on(dir, url, Clock::System).await
    }
}

/// Waits until something is true; a minute is long enough on any machine.
pub async fn until<F: Future<Output = bool>>(what: &str, mut check: impl FnMut() -> F) {
    for _ in 0..600 {
        if check().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("never happened: {what}");
}

pub const DOOR: &[(&str, &str)] = &[
    ("jurisdiction", "NY"),
    ("location", "At home"),
    ("callback", "555 010 0100"),
    ("contact_name", "Somebody Close"),
    ("contact_phone", "555 010 0101"),
    ("alone", "on"),
    ("stance", "open"),
    ("signed_name", "My name"),
    ("agree", "on"),
];

/// Where a member lives who gets a seat by hand, and why before anybody with a licence leads the group.
pub const LIVES: (&str, &str) = ("residence", "NY");
pub const WHY: (&str, &str) = ("reason", "the licence is entered next");

/// A new group as the office would set it up.
pub const LANTERNS: &[(&str, &str)] = &[
    ("name", "Lanterns"),
    ("topic", "grief"),
    ("kind", "process"),
    ("weekday", "3"),
    ("time", "18:30"),
    ("minutes", "90"),
    ("capacity", "2"),
    ("programme", "steady-weeks"),
    ("start", "on"),
];

/// The same form with something else in one of its fields.
pub fn with<'a>(fields: &[(&'a str, &'a str)], field: &str, typed: &'a str) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(name, value)| (*name, if *name == field { typed } else { *value })).collect()
}
