//! Wiring: from settings to a running program.
#![allow(clippy::print_stdout)]

use std::time::Duration;

use axum::{Router, extract::State, http::StatusCode};
use ground::{Clock, Db, House, Routes, Row, Rule, Settings, migrate, texts::Secret, web};
use media::{Media, MediaEvent};
use post::Post;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::{mpsc::UnboundedReceiver, watch},
};
use tower_http::compression::CompressionLayer;

use crate::{
    config::{Config, Trouble},
    demo, listen, my_data, work,
};

/// What is on the table once everything stands.
pub struct Hearth {
    pub house: House,
    pub post: Post,
    pub router: Router,
    pub rows: Vec<Row>,
    pub meeting: meeting::Meeting,
}

pub async fn database(config: &Config, clock: Clock) -> Result<Db, Trouble> {
    std::fs::create_dir_all(&config.data).map_err(|error| Trouble::Setting(format!("data {}: {error}", config.data.display())))?;
    Db::connect(&config.database_url(), clock).await.map_err(|error| Trouble::Database(error.to_string()))
}

pub async fn open_house(config: &Config, clock: Clock) -> Result<House, Trouble> {
    let key = config.master_key()?;
    let db = database(config, clock.clone()).await?;
    migrate::migrate(&db, &clock).await?;
    let settings = Settings {
        secure_cookies: config.secure(),
        public_url: config.public_url.clone(),
        trusted_proxies: config.trusted_proxies.clone(),
        demo: false,
        argon2: config.argon2,
        files: config.store(),
        texts: config.sms.as_ref().map(|sms| Secret::new(&sms.auth_token)),
        push: config.push_hosts()?,
    };
    Ok(House::open(db, clock, key, settings).await?)
}

pub async fn serve(config: Config) -> Result<(), Trouble> {
    start_log();
    println!("{}", config.effective());
    let house = open_house(&config, Clock::System).await?;
    let post = config.post()?;
    let media = start_media(&config)?;
    let hearth = assemble(house, post, media, config.relays()?, config.listen);
    run(hearth, config.listen, config.tls.clone()).await
}

/// The media engine and what it tells.
pub type Listening = (Media, UnboundedReceiver<MediaEvent>);

pub fn start_media(config: &Config) -> Result<Listening, Trouble> {
    let settings = media::Config {
        bind: config.media.bind,
        port: config.media.port,
        tcp_port: config.media.tcp_port.unwrap_or(config.media.port),
        public_address: config.media.public_address,
        workers: config.media.workers.max(1),
    };
    Media::start(settings).map_err(|error| Trouble::Start(format!("the media port {}: {error}", config.media.port)))
}

/// Puts the areas together. A route without a policy row cannot be written down here.
pub fn assemble(house: House, post: Post, media: Listening, relays: meeting::Relays, base: std::net::SocketAddr) -> Hearth {
    let meeting = meeting::Meeting::start(house.clone(), media.0, media.1, relays);
    let routes = Routes::new(&house)
        .get("/assets/{name}", Rule::Everyone, web::asset)
        .get("/livez", Rule::Everyone, livez)
        .get("/readyz", Rule::Everyone, readyz)
        .merge(people::routes(&house))
        .merge(joining::routes(&house))
        .merge(meeting::routes(&house, &meeting))
        .merge(progress::routes(&house))
        .merge(desk::routes(&house))
        .merge(between::routes(&house))
        .merge(my_data::routes(&house))
        .merge(demo::routes(&house, &post, base));
    let (router, rows) = routes.into_parts();
    let router = web::around(router, &house).layer(CompressionLayer::new());
    Hearth { house, post, router, rows, meeting }
}

pub async fn run(hearth: Hearth, address: std::net::SocketAddr, tls: Option<crate::config::Tls>) -> Result<(), Trouble> {
    let listener = TcpListener::bind(address).await.map_err(|error| Trouble::Start(format!("{address}: {error}")))?;
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(work::jobs(hearth.house.clone(), hearth.post.clone(), hearth.meeting.clone()));
    tokio::spawn(work::plan(hearth.house.clone()));
    tokio::spawn(work::remind(hearth.house.clone()));
    tokio::spawn(work::tend(hearth.house.clone()));
    let serving = listen::listen(listener, tls, hearth.house.config.trusted_proxies.clone(), hearth.router, stopped);
    let mut terminate = signal(SignalKind::terminate()).map_err(|error| Trouble::Start(error.to_string()))?;
    let asked = async {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
    };
    tokio::select! {
        ended = serving => ended.map_err(|error| Trouble::Start(error.to_string()))?,
        () = asked => { let _ = stop.send(true); }
    }
    Ok(())
}

pub fn start_log() {
    let filter = tracing_subscriber::EnvFilter::new("info,sqlx=warn,str0m=error,str0m_proto=error,is=error,hyper=warn");
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_target(false).try_init();
}

/// The process is alive.
async fn livez() -> &'static str {
    "ok"
}

/// The database takes writes and has today's shape.
async fn readyz(State(house): State<House>) -> (StatusCode, &'static str) {
    let write = async {
        house.db.takes_writes().await?;
        migrate::is_current(&house.db).await
    };
    match tokio::time::timeout(Duration::from_secs(5), write).await {
        Ok(Ok(true)) => (StatusCode::OK, "ok"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "not ready"),
    }
}
