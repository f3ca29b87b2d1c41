//! A house without people, whose clock stands still until a test moves it.

use ground::{
    Clock, Db, House, Moment, Role, Settings, files::Store, migrate::migrate, passwords::Cost, random_id, seal::MasterKey, values,
};
use post::Hosts;
use testkit::{TestDatabase, data_dir};

pub const NOW: Moment = Moment(1_795_000_000_000_000);

/// As cheap as argon2 can be: these tests are not about its cost.
const COST: Cost = Cost { memory_kib: 64, passes: 1 };

pub fn settings() -> Settings {
    Settings {
        secure_cookies: false,
        public_url: "https://hearth.example".into(),
        trusted_proxies: Vec::new(),
        demo: false,
        argon2: COST,
        files: Store::Folder(data_dir("files")),
        texts: None,
        push: Hosts::default(),
    }
}

pub async fn house(name: &str) -> House {
    house_with(name, settings()).await
}

pub async fn house_with(name: &str, settings: Settings) -> House {
    house_and_master(name, settings).await.0
}

/// With the key above all others, to open the same database a second time as after a restart.
pub async fn house_and_master(name: &str, settings: Settings) -> (House, MasterKey) {
    let clock = Clock::set_to(NOW);
    let database = TestDatabase::fresh(&data_dir(name)).await;
    let db = Db::connect(&database.url, clock.clone()).await.unwrap();
    migrate(&db, &clock).await.unwrap();
    let master = MasterKey::generate();
    (House::open(db, clock, master.clone(), settings).await.unwrap(), master)
}

/// Changes a row as nobody in the program would.
pub async fn meddle(house: &House, sql: &str) -> u64 {
    let tx = house.db.write().await.unwrap();
    let changed = tx.run(sql, []).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    changed
}

pub async fn person(house: &House, name: &str, role: Role, language: &str) -> i64 {
    let id = random_id();
    let tx = house.db.write().await.unwrap();
    let sql = "INSERT INTO person (id, email, name, role, language, zone, created_at) VALUES ($1, $2, $3, $4, $5, 'UTC', $6)";
    let email = format!("{}.{id}@example.org", name.to_lowercase());
    tx.run(sql, values![id, email, name, role.word(), language, NOW]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    id
}
