use axum::{
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::Engine;

use crate::seal;

/// A file that is part of the program.
#[derive(Debug, Clone, Copy)]
pub struct AssetFile {
    pub name: &'static str,
    pub kind: &'static str,
    pub bytes: &'static [u8],
}

const FILES: &[AssetFile] = &[
    AssetFile { name: "hearth.css", kind: "text/css; charset=utf-8", bytes: include_bytes!("../../assets/hearth.css") },
    AssetFile { name: "tokens.css", kind: "text/css; charset=utf-8", bytes: include_bytes!("../../assets/tokens.css") },
    AssetFile { name: "htmx.min.js", kind: "text/javascript; charset=utf-8", bytes: include_bytes!("../../assets/htmx.min.js") },
    AssetFile { name: "keep-plan.js", kind: "text/javascript; charset=utf-8", bytes: include_bytes!("../../assets/keep-plan.js") },
    AssetFile { name: "keep-form.js", kind: "text/javascript; charset=utf-8", bytes: include_bytes!("../../assets/keep-form.js") },
    AssetFile { name: "messages.js", kind: "text/javascript; charset=utf-8", bytes: include_bytes!("../../assets/messages.js") },
    AssetFile { name: "badge.js", kind: "text/javascript; charset=utf-8", bytes: include_bytes!("../../assets/badge.js") },
    AssetFile { name: "devices.js", kind: "text/javascript; charset=utf-8", bytes: include_bytes!("../../assets/devices.js") },
    AssetFile { name: "figtree.woff2", kind: "font/woff2", bytes: include_bytes!("../../assets/figtree.woff2") },
    AssetFile { name: "fraunces.woff2", kind: "font/woff2", bytes: include_bytes!("../../assets/fraunces.woff2") },
    AssetFile { name: "mark.svg", kind: "image/svg+xml", bytes: include_bytes!("../../assets/mark.svg") },
];

/// A font that is part of the program, packed as WOFF2: for whoever draws letters.
pub fn font(name: &str) -> Option<&'static [u8]> {
    FILES.iter().find(|file| file.name == name && file.kind == "font/woff2").map(|file| file.bytes)
}

/// `GET /assets/{name}`. Addresses carry the file's hash, so they may be kept for a year.
pub async fn asset(Path(name): Path<String>) -> Response {
    match FILES.iter().find(|file| file.name == name) {
        Some(file) => serve(file.kind, file.bytes.into()),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

pub fn serve(kind: &'static str, bytes: std::borrow::Cow<'static, [u8]>) -> Response {
    let mut response = bytes.into_owned().into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    response
}

/// The address of an asset with the first letters of its hash.
pub fn hashed(name: &str) -> String {
    let hash = FILES.iter().find(|file| file.name == name).map(|file| short_hash(file.bytes)).unwrap_or_default();
    format!("/assets/{name}?{hash}")
}

pub fn short_hash(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(&seal::hash(&text)[..6])
}
