//! What every request stands on.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, RwLock},
};

use care::{licensing::Service, topics::Topics};
use post::{Hosts, VapidKey};
use sea_orm::FromQueryResult;

use crate::{
    audit::Deed,
    bus::Bus,
    clock::Clock,
    crisis::{Crisis, Line},
    db::{Ask, Db},
    fault::Fault,
    files::{Files, Store},
    passwords::Passwords,
    push,
    seal::{Keys, MasterKey, Owner},
    texts::Secret,
    topics,
    words::Language,
};

/// Settings that pages and guards need; read once by the binary.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Browsers reach Hearth over HTTPS.
    pub secure_cookies: bool,
    /// How links in mails begin, without a slash at the end.
    pub public_url: String,
    pub trusted_proxies: Vec<IpAddr>,
    /// The demo practice: start page with one click per role, outbox page, banner.
    pub demo: bool,
    pub argon2: crate::passwords::Cost,
    /// The folder of decks and films.
    pub files: Store,
    /// What webhooks about texts are signed with; `None` where no texts are sent.
    pub texts: Option<Secret>,
    /// The push services to which a knock may go.
    pub push: Hosts,
}

/// The practice that runs this Hearth.
#[derive(Debug, Clone, Default, FromQueryResult)]
pub struct Practice {
    pub name: String,
    pub phone: String,
    pub zone: String,
    pub country: String,
    /// Who decided that a class is instruction and open whatever the place; empty as long as nobody has.
    pub class_decided_by: String,
    /// The day of that, "2026-11-25".
    pub class_decided_on: String,
    /// Who decided that people under 18 are taken with the consent of a guardian, and when; empty as long as nobody has.
    pub guardian_decided_by: String,
    pub guardian_decided_on: String,
    /// From which age; 0 if nobody under 18 is taken.
    pub guardian_lowest: i64,
    /// 1 if a class is joined without a call.
    pub class_direct: i64,
    /// One of `PALETTES`.
    pub palette: String,
    pub welcome_en: String,
    pub welcome_es: String,
    pub hours_en: String,
    pub hours_es: String,
    pub address: String,
    pub public_email: String,
}

/// Colours that a practice may choose from; each is in `tokens.css` for light and dark, and a test measures its contrast. A free choice
/// would let somebody make a page that nobody can read.
pub const PALETTES: [&str; 6] = ["ember", "sage", "sky", "plum", "rose", "slate"];

/// What was written in one language is better than nothing in the other.
fn in_language<'a>(language: Language, en: &'a str, es: &'a str) -> &'a str {
    match (language, en, es) {
        (Language::Spanish, en, "") => en,
        (Language::Spanish, _, es) | (Language::English, "", es) => es,
        (Language::English, en, _) => en,
    }
}

impl Practice {
    pub fn welcome(&self, language: Language) -> &str {
        in_language(language, &self.welcome_en, &self.welcome_es)
    }

    pub fn hours(&self, language: Language) -> &str {
        in_language(language, &self.hours_en, &self.hours_es)
    }

    pub fn service(&self, kind_of_group: &str) -> Service {
        Service::of(kind_of_group, !self.class_decided_by.is_empty())
    }
}

/// The state of the program. Cheap to clone.
#[derive(Debug, Clone)]
pub struct House {
    pub db: Db,
    pub clock: Clock,
    pub keys: Keys,
    pub config: Arc<Settings>,
    pub practice: Arc<RwLock<Practice>>,
    /// Changed by `read_crisis_lines` alone.
    crisis: Arc<RwLock<Arc<Crisis>>>,
    /// Changed by `read_topics` alone.
    topics: Arc<RwLock<Arc<Topics>>>,
    pub passwords: Passwords,
    pub files: Files,
    pub live: Live,
    /// What happens in channels.
    pub bus: Bus,
    /// By which push services know this practice.
    pub push: Arc<VapidKey>,
}

impl House {
    pub async fn open(db: Db, clock: Clock, master: MasterKey, config: Settings) -> Result<House, Fault> {
        let practice = db
            .row::<Practice>(
                "SELECT name, phone, zone, country, class_decided_by, class_decided_on, class_direct,
                    guardian_decided_by, guardian_decided_on, guardian_lowest, palette, welcome_en, welcome_es, hours_en, hours_es, address, public_email FROM practice WHERE id = 1",
                [],
            )
            .await?;
        let practice = practice.unwrap_or_else(|| Practice {
            name: "Hearth".into(),
            zone: "UTC".into(),
            country: "US".into(),
            palette: "ember".into(),
            ..Practice::default()
        });
        let keys = Keys::new(master, db.clone());
        // Made here, so that sealing a job inside a transaction never has to open a second one.
        keys.make(Owner::Practice).await?;
        let push = push::key(&db, &keys, clock.now()).await?;
        let (crisis, topics) = (Crisis::read(&db).await?, topics::read(&db).await?);
        Ok(House {
            files: Files::open(&config.files)?,
            keys,
            db,
            clock,
            passwords: Passwords::new(config.argon2),
            config: Arc::new(config),
            crisis: Arc::new(RwLock::new(Arc::new(crisis))),
            topics: Arc::new(RwLock::new(Arc::new(topics))),
            practice: Arc::new(RwLock::new(practice)),
            live: Live::default(),
            bus: Bus::default(),
            push: Arc::new(push),
        })
    }

    /// After it was stored: from now on every page says so.
    pub fn set_practice(&self, practice: Practice) {
        if let Ok(mut current) = self.practice.write() {
            *current = practice;
        }
    }

    /// After lines were stored: from now on they stand on every page.
    pub async fn read_crisis_lines(&self) -> Result<(), Fault> {
        let fresh = Arc::new(Crisis::read(&self.db).await?);
        if let Ok(mut current) = self.crisis.write() {
            *current = fresh;
        }
        Ok(())
    }

    pub fn crisis(&self) -> Arc<Crisis> {
        self.crisis.read().map(|crisis| crisis.clone()).unwrap_or_else(|poisoned| poisoned.into_inner().clone())
    }

    /// After topics were stored: from now on every list has them.
    pub async fn read_topics(&self) -> Result<(), Fault> {
        let fresh = Arc::new(topics::read(&self.db).await?);
        if let Ok(mut current) = self.topics.write() {
            *current = fresh;
        }
        Ok(())
    }

    pub fn topics(&self) -> Arc<Topics> {
        self.topics.read().map(|topics| topics.clone()).unwrap_or_else(|poisoned| poisoned.into_inner().clone())
    }

    /// The crisis lines of the practice's country, for a reader of this language.
    pub fn crisis_lines(&self, language: Language) -> Vec<Line> {
        self.crisis().of(&self.practice().country, language)
    }

    /// Puts into the audit book that somebody is about to read a record. Without that line nothing is shown.
    pub async fn shows(&self, reader: i64, action: &'static str, object: String) -> Result<(), Fault> {
        self.db.write().await?.commit(Deed::new(reader, action, object)).await
    }

    pub fn practice(&self) -> Practice {
        self.practice.read().map(|practice| practice.clone()).unwrap_or_else(|poisoned| poisoned.into_inner().clone())
    }
}

/// Who is in a live room right now. Being there counts as activity, so that nobody is signed out in the middle of a sentence.
#[derive(Debug, Clone, Default)]
pub struct Live(Arc<RwLock<HashMap<i64, u32>>>);

/// Held by a room socket while it is open.
#[derive(Debug)]
pub struct InRoom {
    live: Live,
    person: i64,
}

impl Live {
    pub fn enter(&self, person: i64) -> InRoom {
        if let Ok(mut people) = self.0.write() {
            *people.entry(person).or_default() += 1;
        }
        InRoom { live: self.clone(), person }
    }

    pub fn is_in_room(&self, person: i64) -> bool {
        self.0.read().is_ok_and(|people| people.contains_key(&person))
    }
}

impl Drop for InRoom {
    fn drop(&mut self) {
        let Ok(mut people) = self.live.0.write() else { return };
        if let Some(count) = people.get_mut(&self.person) {
            *count -= 1;
            if *count == 0 {
                people.remove(&self.person);
            }
        }
    }
}
