//! The bundle of the room, built by Vite. Read from disk in a development build, part of the program in a release.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use ground::{
    House, Routes, Rule,
    web::assets::{serve, short_hash},
};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../room-ui/dist"]
#[allow_missing = true]
struct Bundle;

pub fn routes(house: &House) -> Routes {
    Routes::new(house).get("/assets/room/{*name}", Rule::Everyone, file)
}

async fn file(Path(name): Path<String>) -> Response {
    let kind = match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("woff2") => "font/woff2",
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    match Bundle::get(&name) {
        Some(file) => serve(kind, file.data),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The address of a file of the bundle with its hash.
pub fn address(name: &str) -> String {
    let hash = Bundle::get(name).map(|file| short_hash(&file.data)).unwrap_or_default();
    format!("/assets/room/{name}?{hash}")
}
