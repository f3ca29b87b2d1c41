//! The outermost layers: foreign forms, headers, sizes, whose address it is.

use std::net::{IpAddr, SocketAddr};

use axum::{
    Form, Router,
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode},
    routing::get,
};
use ground::{House, Settings, web};
use tower::ServiceExt;

use crate::home::{house, house_with, settings};

async fn ask(house: &House, method: Method, headers: &[(&'static str, &str)], body: String) -> Response<Body> {
    async fn page(Form(fields): Form<Vec<(String, String)>>) -> String {
        format!("{} fields", fields.len())
    }
    let router = web::around(Router::new().route("/form", get(|| async { "the form" }).post(page)), house);
    let mut request = Request::builder().method(method).uri("/form").header("host", "hearth.local");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(Body::from(body)).unwrap();
    router.oneshot(request).await.unwrap()
}

/// Statement 44.
#[tokio::test]
async fn the_table_of_foreign_forms() {
    let house = house("csrf").await;
    for (headers, passes) in [
        (&[][..], true),
        (&[("sec-fetch-site", "same-origin")], true),
        (&[("sec-fetch-site", "none")], true),
        (&[("sec-fetch-site", "same-site")], false),
        (&[("sec-fetch-site", "cross-site")], false),
        (&[("sec-fetch-site", "")], false),
        (&[("sec-fetch-site", "Same-Origin")], false),
        (&[("sec-fetch-site", "cross-site"), ("origin", "https://hearth.example")], false),
        (&[("origin", "https://hearth.example")], true),
        (&[("origin", "http://hearth.local")], true),
        (&[("origin", "https://hearth.local")], true),
        (&[("origin", "https://hearth.local:8443")], false),
        (&[("origin", "https://hearth.local.evil.example")], false),
        (&[("origin", "https://evil.example/hearth.local")], false),
        (&[("origin", "https://hearth.example.evil")], false),
        (&[("origin", "https://hearth.example/")], false),
        (&[("origin", "null")], false),
        (&[("origin", "")], false),
        (&[("origin", "hearth.local")], false),
    ] {
        let status = ask(&house, Method::POST, headers, "a=1".into()).await.status();
        assert_eq!(status, if passes { StatusCode::OK } else { StatusCode::FORBIDDEN }, "{headers:?}");
        let reading = ask(&house, Method::GET, headers, String::new()).await.status();
        assert_eq!(reading, StatusCode::OK, "another site may link to us: {headers:?}");
    }
    let forbidden = ask(&house, Method::DELETE, &[("origin", "null")], String::new()).await;
    assert_eq!(forbidden.status(), StatusCode::FORBIDDEN, "whatever the verb");
}

#[tokio::test]
async fn a_form_is_small() {
    let house = house("body").await;
    for (bytes, expected) in
        [(64 * 1024, StatusCode::OK), (64 * 1024 + 1, StatusCode::PAYLOAD_TOO_LARGE), (10_000_000, StatusCode::PAYLOAD_TOO_LARGE)]
    {
        let body = format!("a={}", "x".repeat(bytes - 2));
        assert_eq!(ask(&house, Method::POST, &[], body).await.status(), expected, "{bytes}");
    }
}

/// Statement 43, and a page that says something in its reader's language whatever went wrong.
#[tokio::test]
async fn every_answer_is_hardened_and_every_no_is_a_page() {
    let house = house("harden").await;
    for (method, headers, body, expected) in [
        (Method::GET, &[][..], "", StatusCode::OK),
        (Method::DELETE, &[], "", StatusCode::METHOD_NOT_ALLOWED),
        (Method::POST, &[("origin", "null")], "a=1", StatusCode::FORBIDDEN),
        (Method::POST, &[("accept-language", "es")], "%", StatusCode::OK),
    ] {
        let response = ask(&house, method.clone(), headers, body.into()).await;
        assert_eq!(response.status(), expected, "{method} {body}");
        let headers = response.headers();
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(headers[name], value, "{method} {body}");
        }
        let policy = headers["content-security-policy"].to_str().unwrap();
        for part in ["default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"] {
            assert!(policy.contains(part), "{part}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains("http") && !policy.contains('*'), "{policy}");
        assert!(!headers.contains_key("x-hearth-page") && !headers.contains_key("server"), "nothing of how it is made");
        assert!(!headers.contains_key("strict-transport-security"), "without HTTPS it would lock a practice out");
    }
}

#[tokio::test]
async fn once_https_always_https_and_a_new_nonce_each_time() {
    let https = house_with("https", Settings { secure_cookies: true, ..settings() }).await;
    let mut policies = Vec::new();
    for _ in 0..3 {
        let response = ask(&https, Method::GET, &[], String::new()).await;
        assert_eq!(response.headers()["strict-transport-security"], "max-age=31536000; includeSubDomains");
        policies.push(response.headers()["content-security-policy"].clone());
    }
    assert!(policies[0] != policies[1] && policies[1] != policies[2]);
}

#[tokio::test]
async fn the_sentence_of_a_no_is_in_the_language_that_was_asked_for() {
    let house = house("language").await;
    for (headers, lang) in [
        (&[][..], "en"),
        (&[("accept-language", "es-MX,es;q=0.9")], "es"),
        (&[("accept-language", "fr,es;q=0.5,en;q=0.1")], "es"),
        (&[("accept-language", "de")], "en"),
        (&[("accept-language", "es"), ("cookie", "a=b; language=en")], "en"),
        (&[("accept-language", "en"), ("cookie", "language=es")], "es"),
        (&[("cookie", "language=xx")], "en"),
    ] {
        let response = ask(&house, Method::DELETE, headers, String::new()).await;
        let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
        let page = String::from_utf8(body.to_vec()).unwrap();
        assert!(page.contains(&format!("lang=\"{lang}\"")), "{headers:?}");
        assert!(page.contains("tel:988"), "the crisis lines are on every page");
    }
}

/// Statement 48: else anybody could pick the address that is throttled, and the one in the audit book.
#[tokio::test]
async fn an_address_is_taken_from_a_proxy_only_if_it_is_ours() {
    let proxy: IpAddr = "192.0.2.1".parse().unwrap();
    let house = house_with("proxy", Settings { trusted_proxies: vec![proxy], ..settings() }).await;
    for (peer, forwarded, expected) in [
        ("192.0.2.1:1", Some("203.0.113.9"), "203.0.113.9"),
        ("192.0.2.1:1", Some("198.51.100.1, 203.0.113.9"), "203.0.113.9"),
        ("192.0.2.1:1", Some("2001:db8::7"), "2001:db8::7"),
        ("[::ffff:192.0.2.1]:1", Some("203.0.113.9"), "203.0.113.9"),
        ("192.0.2.1:1", Some("not an address"), "192.0.2.1"),
        ("192.0.2.1:1", Some("203.0.113.9, unknown"), "192.0.2.1"),
        ("192.0.2.1:1", Some(""), "192.0.2.1"),
        ("192.0.2.1:1", None, "192.0.2.1"),
        ("198.51.100.7:1", Some("203.0.113.9"), "198.51.100.7"),
        ("[2001:db8::1]:1", Some("203.0.113.9"), "2001:db8::1"),
    ] {
        let mut headers = HeaderMap::new();
        if let Some(forwarded) = forwarded {
            headers.insert(HeaderName::from_static("x-forwarded-for"), HeaderValue::from_str(forwarded).unwrap());
        }
        let peer: SocketAddr = peer.parse().unwrap();
        let address = web::client_address(&house, &headers, Some(web::Peer(peer)));
        assert_eq!(address, expected.parse::<IpAddr>().unwrap(), "{peer} {forwarded:?}");
    }
    let nobody = web::client_address(&house, &HeaderMap::new(), None);
    assert!(nobody.is_unspecified());
}

/// One page may stand in the frames of other sites, and only when it is really that page: an error page has a menu and forms.
#[tokio::test]
async fn only_the_listing_may_be_framed() {
    let house = house("framed").await;
    let router = Router::new().route("/embed", get(|| async { "the listing" })).route("/embedded", get(|| async { "another page" }));
    let router = web::around(router, &house);
    for (method, path, status, framed) in [
        (Method::GET, "/embed", StatusCode::OK, true),
        (Method::GET, "/embed?lang=es", StatusCode::OK, true),
        (Method::HEAD, "/embed", StatusCode::OK, true),
        (Method::POST, "/embed", StatusCode::METHOD_NOT_ALLOWED, false),
        (Method::GET, "/embed/", StatusCode::NOT_FOUND, false),
        (Method::GET, "//embed", StatusCode::NOT_FOUND, false),
        (Method::GET, "/EMBED", StatusCode::NOT_FOUND, false),
        (Method::GET, "/embedded", StatusCode::OK, false),
    ] {
        let request = Request::builder().method(method.clone()).uri(path).header("host", "hearth.local").body(Body::empty()).unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), status, "{method} {path}");
        let policy = response.headers()["content-security-policy"].to_str().unwrap();
        assert_eq!(policy.contains("frame-ancestors *"), framed, "{method} {path}: {policy}");
        assert_eq!(policy.contains("frame-ancestors 'none'"), !framed, "{method} {path}: {policy}");
        assert_eq!(policy.contains("script-src"), !framed, "no script where others frame it");
        let resources = if framed { "cross-origin" } else { "same-origin" };
        assert_eq!(response.headers()["cross-origin-resource-policy"], resources);
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
        assert!(!response.headers().contains_key("set-cookie"));
    }
}
