//! The demo practice: everything in it is made up, it listens on loopback only, and it makes its own key.

mod between;
mod goals;
mod homework;
mod lively;
mod materials;
mod measures;
mod pages;
mod people;
mod queries;
mod seed;

pub use lively::furnish as enliven;

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::Path,
};

use ground::{Clock, House, Routes, Rule, Settings, migrate, passwords::Cost, seal::MasterKey, texts::Secret};
use post::{Outbox, Post, PushSettings};

use crate::{
    config::{Config, MediaSettings, Trouble},
    serve,
};

/// A cheaper hash: nobody's real password is here, and a demo should start at once.
const COST: Cost = Cost { memory_kib: 8 * 1024, passes: 1 };

/// What webhooks about texts are signed with. No text leaves a demo, so none comes back but those that somebody tries by hand.
pub const SECRET: &str = "demo";

/// The password of everybody in the demo, for tests of the sign-in page.
pub const PASSWORD: &str = "a quiet place to try";

pub fn routes(house: &House, post: &Post, base: SocketAddr) -> Routes {
    Routes::new(house)
        .post("/demo/rehearsal", Rule::Everyone, pages::rehearsal)
        .get("/demo/outbox", Rule::Everyone, pages::outbox)
        .layer(axum::Extension(pages::Demo { post: post.clone(), base }))
}

/// A demo's settings: SQLite in `data`, media and pages on loopback.
pub fn config(port: u16, data: &Path) -> Config {
    Config {
        listen: SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
        public_url: format!("http://127.0.0.1:{port}"),
        data: data.to_owned(),
        database: None,
        key_file: None,
        trusted_proxies: Vec::new(),
        tls: None,
        media: MediaSettings { port: 0, ..MediaSettings::default() },
        mail: None,
        sms: None,
        files: None,
        push: PushSettings::default(),
        argon2: COST,
        key: None,
    }
}

/// Opens (and, the first time, furnishes) the demo practice.
pub async fn open(config: &Config, clock: Clock) -> Result<House, Trouble> {
    let key = own_key(&config.data)?;
    let db = serve::database(config, clock.clone()).await?;
    migrate::migrate(&db, &clock).await?;
    let settings = Settings {
        secure_cookies: false,
        public_url: config.public_url.clone(),
        trusted_proxies: Vec::new(),
        demo: true,
        argon2: config.argon2,
        files: config.store(),
        texts: Some(Secret::new(SECRET)),
        push: config.push_hosts()?,
    };
    queries::keep_practice(&db).await?;
    let house = House::open(db, clock, key, settings).await?;
    seed::furnish(&house).await?;
    Ok(house)
}

fn own_key(data: &Path) -> Result<MasterKey, Trouble> {
    let trouble = |error: std::io::Error| Trouble::Setting(format!("{}: {error}", data.display()));
    std::fs::create_dir_all(data).map_err(trouble)?;
    let file = data.join("demo.key");
    if !file.exists() {
        std::fs::write(&file, MasterKey::generate().to_text()).map_err(trouble)?;
    }
    let text = std::fs::read_to_string(&file).map_err(trouble)?;
    MasterKey::parse(&text).ok_or_else(|| Trouble::Setting(format!("{} is not a key", file.display())))
}

#[allow(clippy::print_stdout)]
pub async fn run(port: u16, data: &Path, clock: Clock) -> Result<(), Trouble> {
    serve::start_log();
    let config = config(port, data);
    let house = open(&config, clock).await?;
    enliven(&house).await?;
    let media = serve::start_media(&config)?;
    let hearth = serve::assemble(house, Post::Outbox(Outbox::default()), media, config.relays()?, config.listen);
    println!("The demo practice is open: http://127.0.0.1:{port}");
    serve::run(hearth, config.listen, None).await
}
