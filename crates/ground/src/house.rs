//! What every request stands on.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, RwLock},
};

use care::licensing::Service;
use sea_orm::FromQueryResult;

use crate::{
    audit::Deed,
    clock::Clock,
    crisis::Crisis,
    db::{Ask, Db},
    fault::Fault,
    passwords::Passwords,
    seal::{Keys, MasterKey, Owner},
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
    /// 1 if a class is joined without a call.
    pub class_direct: i64,
}

impl Practice {
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
    pub crisis: Arc<Crisis>,
    pub passwords: Passwords,
    pub live: Live,
}

impl House {
    pub async fn open(db: Db, clock: Clock, master: MasterKey, config: Settings) -> Result<House, Fault> {
        let practice = db
            .row::<Practice>(
                "SELECT name, phone, zone, country, class_decided_by, class_decided_on, class_direct FROM practice WHERE id = 1",
                [],
            )
            .await?;
        let practice =
            practice.unwrap_or_else(|| Practice { name: "Hearth".into(), zone: "UTC".into(), country: "US".into(), ..Practice::default() });
        let keys = Keys::new(master, db.clone());
        // Made here, so that sealing a job inside a transaction never has to open a second one.
        keys.make(Owner::Practice).await?;
        Ok(House {
            keys,
            db,
            clock,
            passwords: Passwords::new(config.argon2),
            config: Arc::new(config),
            crisis: Arc::new(Crisis::shipped()?),
            practice: Arc::new(RwLock::new(practice)),
            live: Live::default(),
        })
    }

    /// After it was stored: from now on every page says so.
    pub fn set_practice(&self, practice: Practice) {
        if let Ok(mut current) = self.practice.write() {
            *current = practice;
        }
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
