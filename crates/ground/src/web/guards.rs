//! The outermost layers, each with its sentence.

use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
};

use crate::{
    fault::NeedsPage,
    files::Brought,
    house::House,
    seal, sign_in, texts,
    web::{
        Ui,
        ui::{ErrorPage, UiParts, render_status},
    },
    words::Language,
};

/// Forms are small. Uploads will have their own, larger limit where they live.
const BODY_BYTES: usize = 64 * 1024;

/// The listing that other sites may show.
const EMBED: &str = "/embed";

/// For a file that somebody brought.
const NOTHING_RUNS: &str = "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Where the connection comes from, set by the accept loop.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// The nonce of this response's scripts.
#[derive(Debug, Clone)]
pub struct ScriptNonce(pub String);

/// Puts every layer around the finished router.
pub fn around(router: Router<House>, house: &House) -> Router {
    router.layer(DefaultBodyLimit::max(BODY_BYTES)).layer(from_fn_with_state(house.clone(), outermost)).with_state(house.clone())
}

async fn outermost(State(house): State<House>, mut request: Request, next: Next) -> Response {
    let nonce = ScriptNonce(seal::random_token());
    let language = language(&house, request.headers());
    let secure = house.config.secure_cookies;
    let is_asset = request.uri().path().starts_with("/assets/");
    request.extensions_mut().insert(nonce.clone());
    name_host(&mut request);
    let headers = request.headers().clone();
    let path = request.uri().path().to_owned();
    let is_embed = path == EMBED;
    let mut response =
        if comes_from_elsewhere(&request, &house) { crate::fault::plain(StatusCode::FORBIDDEN) } else { next.run(request).await };
    let status = response.status();
    let needs_page = response.extensions().get::<NeedsPage>().copied();
    let bare = matches!(
        status,
        StatusCode::NOT_FOUND
            | StatusCode::METHOD_NOT_ALLOWED
            | StatusCode::PAYLOAD_TOO_LARGE
            | StatusCode::BAD_REQUEST
            | StatusCode::UNPROCESSABLE_ENTITY
            | StatusCode::UNSUPPORTED_MEDIA_TYPE
    ) && !response.headers().contains_key(HeaderName::from_static("x-hearth-page"));
    if (needs_page.is_some() || bare) && !is_asset {
        let me = sign_in::recognise(&house, &headers).await.ok().flatten();
        let ui = Ui::make(&house, UiParts { me, language: Some(language), nonce: nonce.0.clone(), path });
        response = render_status(&ErrorPage::new(ui, status), status).unwrap_or_else(IntoResponse::into_response);
    }
    response.headers_mut().remove(HeaderName::from_static("x-hearth-page"));
    let is_brought = response.extensions().get::<Brought>().is_some();
    harden(response.headers_mut(), &nonce.0, secure, is_asset);
    if is_brought {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(NOTHING_RUNS));
    }
    // An error page has the menu of whoever is signed in, so only the listing itself may be framed.
    if is_embed && status == StatusCode::OK {
        may_be_framed(response.headers_mut());
    }
    response
}

/// HTTP/2 says the host in the address and not in a header; everything behind here looks at the header.
fn name_host(request: &mut Request) {
    let Some(authority) = request.uri().authority().and_then(|authority| HeaderValue::from_str(authority.as_str()).ok()) else { return };
    request.headers_mut().entry(header::HOST).or_insert(authority);
}

/// The person's own choice first (a cookie), then what the browser asks for.
pub(crate) fn language(_house: &House, headers: &HeaderMap) -> Language {
    let chosen = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok()).flat_map(|line| line.split(';'));
    let chosen =
        chosen.filter_map(|pair| pair.trim().split_once('=')).find(|(key, _)| *key == "language").map(|(_, code)| Language::parse(code));
    let asked = || headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).map(Language::preferred);
    chosen.or_else(asked).unwrap_or_default()
}

/// Whoever posts here is known by a signature over what they post, or by a secret in the address (a mail program that ends a digest with
/// one click, RFC 8058). No cookie counts, so it does not matter where they come from.
fn carries_its_proof(path: &str) -> bool {
    [texts::STATUS, texts::INCOMING].contains(&path) || path.starts_with("/digest/leave/")
}

/// Another site may link to us, but never post to us: browsers say where a form comes from.
fn comes_from_elsewhere(request: &Request, house: &House) -> bool {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) || carries_its_proof(request.uri().path()) {
        return false;
    }
    if let Some(site) = request.headers().get("sec-fetch-site").and_then(|value| value.to_str().ok()) {
        return !matches!(site, "same-origin" | "none");
    }
    let Some(origin) = request.headers().get(header::ORIGIN).and_then(|value| value.to_str().ok()) else {
        // Programs without a browser send neither; they carry no cookie of somebody else.
        return false;
    };
    !same_origin(origin, request.headers(), house)
}

/// Whether an Origin header names this Hearth. Sockets ask this too.
pub fn same_origin(origin: &str, headers: &HeaderMap, house: &House) -> bool {
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    origin == house.config.public_url || origin.split_once("://").is_some_and(|(_, rest)| rest == host)
}

fn harden(headers: &mut HeaderMap, nonce: &str, secure: bool, is_asset: bool) {
    // A calendar that a program fetches says itself how it may be kept.
    let may_be_kept = is_asset || headers.contains_key(header::CACHE_CONTROL);
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    // Only our own scripts, styles, pictures and sockets; nobody may frame us; no plug-ins; forms go home.
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; media-src 'self' blob:; connect-src 'self'; form-action 'self'; manifest-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
    );
    set(header::CONTENT_SECURITY_POLICY, &policy);
    // What a file is, we say; browsers do not guess.
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // Other sites never learn which page of ours somebody came from.
    set(header::REFERRER_POLICY, "no-referrer");
    // Windows of other sites get no handle on ours.
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    // The camera and microphone are for us alone; nothing else is asked for.
    set(
        HeaderName::from_static("permissions-policy"),
        "camera=(self), microphone=(self), speaker-selection=(self), geolocation=(), payment=(), usb=()",
    );
    if secure {
        // Once HTTPS, always HTTPS.
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    }
    if !may_be_kept {
        // Pages about people are kept by nobody on the way, nor by the back button of a shared computer.
        set(header::CACHE_CONTROL, "no-store");
    }
}

/// The one page that other sites may show inside theirs. It has no script, no form and nothing of whoever is signed in, so a frame around it
/// can lead nobody to press what they do not see.
fn may_be_framed(headers: &mut HeaderMap) {
    let policy = "default-src 'none'; style-src 'self'; font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *";
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
}

/// The client's address: from a proxy's header only if we were told to trust that proxy.
pub fn client_address(house: &House, headers: &HeaderMap, peer: Option<Peer>) -> IpAddr {
    // On a listener for both kinds of addresses an IPv4 proxy arrives in IPv6 clothes.
    let direct = peer.map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.0.ip().to_canonical());
    if !house.config.trusted_proxies.contains(&direct) {
        return direct;
    }
    let forwarded = headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
    forwarded.and_then(|list| list.rsplit(',').next()).and_then(|last| last.trim().parse().ok()).unwrap_or(direct)
}

/// How long a header may take to arrive; the accept loop uses it.
pub const HEADER_TIMEOUT: Duration = Duration::from_secs(10);
