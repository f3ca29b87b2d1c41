//! What no browser sends: every route of the policy table with odd paths and odd bodies. Nothing breaks, nothing is changed.

use hyper::{Method, StatusCode};
use testkit::Browser;

use crate::{harness::start, state::kept};

/// Ids that are no ids.
const ODD: &[&str] =
    &["0", "-1", "9223372036854775807", "9223372036854775808", "1e3", "null", "%00", "%2e%2e%2f", "%F0%9F%95%AF", "1;2", "%27%20OR%201=1"];

fn filled(path: &str, with: &str) -> String {
    let mut filled = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        filled += before;
        filled += with;
        rest = after.split_once('}').unwrap().1;
    }
    filled + rest
}

#[tokio::test(flavor = "multi_thread")]
async fn an_odd_path_is_a_page_that_is_not_there() {
    let running = start("odd-paths").await;
    let mut anders = running.signed_in("Anders").await;
    for row in running.rows.iter().filter(|row| row.path.contains('{')) {
        for odd in ODD {
            let path = filled(row.path, odd);
            let page = anders.send(row.method.clone(), &path, String::new()).await;
            assert!(page.status.is_client_error() && page.status != StatusCode::FORBIDDEN, "{} {path}: {}", row.method, page.status);
        }
    }
}

/// Bodies that no form of ours makes.
fn bodies() -> Vec<String> {
    let long = "x".repeat(60_000);
    let fields =
        ["name", "email", "role", "text", "note", "minutes", "password", "again", "kind", "topic", "person", "location", "part", "next"];
    let all = |value: &str| fields.map(|field| format!("{field}={value}")).join("&");
    vec![
        String::new(),
        "&&&===&&&".to_owned(),
        "%".to_owned(),
        "%FF%FE=%FF".to_owned(),
        "name".to_owned(),
        "name[]=1&name[]=2&__proto__=x".to_owned(),
        "{\"name\": \"x\"}".to_owned(),
        format!("text={long}"),
        all("%00"),
        all("%E2%80%AE%D7%A9"),
        all("%0d%0aSet-Cookie:%20x=y"),
        all("99999999999999999999999"),
        all(&"%F0%9F%95%AF".repeat(300)),
        [all("1"), all("2")].join("&"),
    ]
}

/// N6 and W5: a body made by hand must neither stop the program nor write its headers.
#[tokio::test(flavor = "multi_thread")]
async fn an_odd_body_breaks_nothing_and_sets_no_header() {
    let running = start("odd-bodies").await;
    let objects = [running.group("Steady Ground").await.to_string(), running.tonight().await.to_string()];
    let mut people: Vec<Browser> = Vec::new();
    for name in ["Maya", "Dr. Amara", "Anders"] {
        people.push(running.signed_in(name).await);
    }
    people.push(running.visitor());
    for row in running.rows.iter().filter(|row| row.method == Method::POST) {
        if matches!(row.path, "/sign-out" | "/demo/rehearsal" | "/account/password" | "/account/devices/{device}/end") {
            continue;
        }
        let with = if row.path.starts_with("/groups") { &objects[0] } else { &objects[1] };
        let path = filled(row.path, with);
        for body in bodies() {
            for browser in &mut people {
                let page = browser.send(Method::POST, &path, body.clone()).await;
                let start: String = body.chars().take(40).collect();
                assert!(!page.status.is_server_error(), "{path} with {start}: {}", page.status);
                assert!(!page.headers.get_all("set-cookie").iter().any(|cookie| cookie.to_str().unwrap().starts_with("x=")), "{path}");
            }
        }
    }
    assert_eq!(people[0].get("/today").await.status, StatusCode::OK, "everybody is still there");
}

/// Statement 44: a link in a mail, or a browser that fetches ahead, must do nothing.
#[tokio::test(flavor = "multi_thread")]
async fn looking_changes_nothing() {
    let running = start("looking").await;
    let objects = [running.group("Steady Ground").await.to_string(), running.last_week().await.to_string()];
    let before = kept(&running).await;
    for name in ["Maya", "Dr. Amara", "Carol", "Anders", "Rosa", "Nadia"] {
        let mut browser = running.signed_in(name).await;
        for row in running.rows.iter().filter(|row| row.method == Method::GET) {
            let path = filled(row.path, if row.path.starts_with("/groups") { &objects[0] } else { &objects[1] });
            let page = browser.get(&path).await;
            assert!(!page.status.is_server_error(), "{name} {path}: {}", page.status);
        }
    }
    assert_eq!(kept(&running).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn other_verbs_are_not_understood() {
    let running = start("verbs").await;
    let mut maya = running.signed_in("Maya").await;
    for method in [Method::PUT, Method::DELETE, Method::PATCH] {
        for path in ["/today", "/help", "/homework", "/account"] {
            let page = maya.send(method.clone(), path, String::new()).await;
            assert_eq!(page.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
            assert!(page.text.contains("tel:988"), "even this page has the crisis lines");
        }
    }
}
