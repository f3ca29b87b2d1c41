//! Ways in: invitations, new passwords, signing in. Each works once, for its time, and for its person.

use std::time::Duration;

use ground::{Ask, Language, values};
use hearth::demo::PASSWORD;
use hyper::StatusCode;

use crate::{
    harness::{Running, start, start_with_clock},
    state::{kept, sentence},
};

const MAYA: &str = "maya.lindqvist@example.org";
const NEW: &str = "four calm green lamps";

/// The path in the newest mail.
async fn newest_link(running: &Running) -> String {
    running.work().await;
    let posted = running.outbox.posted();
    let text = &posted.last().unwrap().letter.text;
    let at = text.find("/welcome/").unwrap();
    text[at..].split_whitespace().next().unwrap().to_owned()
}

async fn choose(running: &Running, path: &str, password: &str) -> StatusCode {
    running.visitor().post(path, &[("password", password), ("again", password)]).await.status
}

async fn sign_in(running: &Running, email: &str, password: &str) -> StatusCode {
    running.visitor().post("/sign-in", &[("email", email), ("password", password)]).await.status
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_is_invited_chooses_a_password_and_comes_in() {
    let running = start("invited").await;
    let invite = [("name", "Ida Brandt"), ("email", "Ida@Example.org"), ("role", "member")];
    running.signed_in("Carol").await.post("/people", &invite).await;
    assert_eq!(sign_in(&running, "ida@example.org", NEW).await, StatusCode::UNPROCESSABLE_ENTITY, "no password yet, no way in");
    let path = newest_link(&running).await;
    assert_eq!(choose(&running, &path, NEW).await, StatusCode::SEE_OTHER);
    assert_eq!(sign_in(&running, "ida@example.org", NEW).await, StatusCode::SEE_OTHER);
    assert_eq!(running.outbox.posted().len(), 1, "one mail for one invitation");
}

/// Statement 1: an old mailbox is not a key.
#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_lasts_a_day_and_a_reset_an_hour() {
    let (running, clock) = start_with_clock("link-age").await;
    for (kind, lasts) in [("invitation", 24 * 3_600), ("reset", 3_600)] {
        if kind == "invitation" {
            let invite = [("name", "Ida Brandt"), ("email", "ida@example.org"), ("role", "member")];
            running.signed_in("Carol").await.post("/people", &invite).await;
        } else {
            running.visitor().post("/forgotten", &[("email", MAYA)]).await;
        }
        let path = newest_link(&running).await;
        clock.advance(Duration::from_secs(lasts - 1));
        assert_eq!(running.visitor().get(&path).await.status, StatusCode::OK, "{kind}");
        clock.advance(Duration::from_secs(1));
        let over = running.visitor().get(&path).await;
        assert_eq!(over.status, StatusCode::GONE, "{kind}");
        assert!(over.text.contains("tel:988"));
        assert_eq!(choose(&running, &path, NEW).await, StatusCode::GONE, "{kind}");
    }
    assert_eq!(sign_in(&running, MAYA, PASSWORD).await, StatusCode::SEE_OTHER, "the old password still holds");
}

#[tokio::test(flavor = "multi_thread")]
async fn choosing_a_password_ends_the_older_links() {
    let running = start("links-older").await;
    let ask = || async { running.visitor().post("/forgotten", &[("email", "maya.lindqvist@example.org")]).await };
    ask().await;
    let older = newest_link(&running).await;
    ask().await;
    let newer = newest_link(&running).await;
    assert_ne!(older, newer);
    assert_eq!(choose(&running, &newer, "four calm green lamps").await, StatusCode::SEE_OTHER);
    assert_eq!(choose(&running, &older, "five calm green lamps").await, StatusCode::GONE);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_use_a_link_at_once_one_comes_first() {
    let running = start("link-race").await;
    running.visitor().post("/forgotten", &[("email", MAYA)]).await;
    let path = newest_link(&running).await;
    let (one, two) = tokio::join!(choose(&running, &path, NEW), choose(&running, &path, "three grey stones"));
    let mut told = [one, two];
    told.sort();
    assert_eq!(told, [StatusCode::SEE_OTHER, StatusCode::GONE]);
    let winner = if one == StatusCode::SEE_OTHER { NEW } else { "three grey stones" };
    assert_eq!(sign_in(&running, MAYA, winner).await, StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_weak_password_is_said_in_words_and_leaves_the_link_whole() {
    let running = start("link-weak").await;
    running.visitor().post("/forgotten", &[("email", MAYA)]).await;
    let path = newest_link(&running).await;
    let before = kept(&running).await;
    let long = "x".repeat(201);
    for language in Language::ALL {
        let mut browser = running.visitor();
        browser.headers = vec![("accept-language", language.code().to_owned())];
        for (password, again, key) in [
            ("abc7def", "abc7def", "password-too-short"),
            (long.as_str(), long.as_str(), "password-too-long"),
            ("password", "password", "password-common"),
            ("we are hearth", "we are hearth", "password-common"),
            (NEW, "four calm green lamp", "password-not-the-same"),
        ] {
            let page = browser.post(&path, &[("password", password), ("again", again)]).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{key}");
            assert!(page.text.contains(&sentence(language, key)), "{key} in {}", language.code());
            assert!(!page.text.contains(password) || password == "password", "a password never stands in a page");
        }
    }
    assert_eq!(kept(&running).await, before);
    assert_eq!(choose(&running, &path, NEW).await, StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guessed_link_is_over_before_it_begins() {
    let running = start("link-guess").await;
    let long = "x".repeat(5_000);
    for token in ["x", "%00", "..%2f..%2f", long.as_str(), "%F0%9F%95%AF"] {
        let path = format!("/welcome/{token}");
        assert_eq!(running.visitor().get(&path).await.status, StatusCode::GONE, "{token:.20}");
        assert_eq!(choose(&running, &path, NEW).await, StatusCode::GONE, "{token:.20}");
    }
}

/// Statement 13: whoever changes it because somebody else knows it wants that somebody out.
#[tokio::test(flavor = "multi_thread")]
async fn changing_one_s_password_keeps_this_device_and_no_other() {
    let running = start("password-change").await;
    let (mut here, mut elsewhere) = (running.signed_in("Maya").await, running.signed_in("Maya").await);
    for (current, password, again, key) in [
        ("not it", NEW, NEW, "password-current-wrong"),
        ("", NEW, NEW, "password-current-wrong"),
        (PASSWORD, "short", "short", "password-too-short"),
        (PASSWORD, NEW, "another one", "password-not-the-same"),
    ] {
        let page = here.post("/account/password", &[("current", current), ("password", password), ("again", again)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{key}");
        assert!(page.text.contains(&sentence(Language::English, key)), "{key}");
    }
    assert_eq!(elsewhere.get("/today").await.status, StatusCode::OK, "a try ends nothing");
    let page = here.post("/account/password", &[("current", PASSWORD), ("password", NEW), ("again", NEW)]).await;
    assert!(page.status.is_success() && page.text.contains(&sentence(Language::English, "password-changed")));
    assert_eq!((here.get("/today").await.status, elsewhere.get("/today").await.status), (StatusCode::OK, StatusCode::SEE_OTHER));
    assert_eq!(
        (sign_in(&running, MAYA, PASSWORD).await, sign_in(&running, MAYA, NEW).await),
        (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::SEE_OTHER)
    );
}

/// Statement 7: a stranger must not be able to keep somebody away from their group.
#[tokio::test(flavor = "multi_thread")]
async fn the_pause_after_bad_tries_is_short_and_for_that_address_too() {
    let (running, clock) = start_with_clock("pause").await;
    for _ in 0..9 {
        assert_eq!(sign_in(&running, MAYA, "guess").await, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(sign_in(&running, MAYA, PASSWORD).await, StatusCode::SEE_OTHER, "nine bad tries cost nothing");
    assert_eq!(sign_in(&running, MAYA, "guess").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(sign_in(&running, MAYA, PASSWORD).await, StatusCode::TOO_MANY_REQUESTS, "ten from one place are a pause");
    assert_eq!(sign_in(&running, "theo.grant@example.org", PASSWORD).await, StatusCode::TOO_MANY_REQUESTS, "whomever it tries next");
    clock.advance(Duration::from_secs(15 * 60));
    assert_eq!(sign_in(&running, MAYA, PASSWORD).await, StatusCode::SEE_OTHER, "and nobody is locked out");
}

/// Statement 6: asking for a link says the same, whoever has or has not that address.
#[tokio::test(flavor = "multi_thread")]
async fn asking_for_a_link_tells_nothing_and_floods_nobody() {
    let running = start("forgotten").await;
    let mut browser = running.visitor();
    let mut pages = Vec::new();
    for email in [MAYA, "nobody@example.org", "", "not an address", "  MAYA.Lindqvist@example.org  "] {
        let page = browser.post("/forgotten", &[("email", email)]).await;
        pages.push((page.status, page.text.lines().filter(|line| !line.contains("nonce")).collect::<String>()));
    }
    assert!(pages.windows(2).all(|two| two[0] == two[1]));
    for _ in 0..20 {
        browser.post("/forgotten", &[("email", MAYA)]).await;
    }
    running.work().await;
    assert!((2..=10).contains(&running.outbox.posted().len()), "{}", running.outbox.posted().len());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_was_closed_is_closed_everywhere() {
    let running = start("disabled").await;
    let mut maya = running.signed_in("Maya").await;
    running.visitor().post("/forgotten", &[("email", MAYA)]).await;
    let path = newest_link(&running).await;
    let tx = running.house.db.write().await.unwrap();
    tx.run("UPDATE person SET disabled_at = 1 WHERE email = $1", values![MAYA]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    assert_eq!(maya.get("/today").await.status, StatusCode::SEE_OTHER);
    assert_eq!(sign_in(&running, MAYA, PASSWORD).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(choose(&running, &path, NEW).await, StatusCode::GONE);
    running.visitor().post("/forgotten", &[("email", MAYA)]).await;
    running.work().await;
    assert_eq!(running.outbox.posted().len(), 1, "and gets no more mail");
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_goes_on_to_a_page_of_ours() {
    let running = start("next").await;
    for (next, expected) in [
        ("", "/today"),
        ("/", "/today"),
        ("/homework", "/homework"),
        ("/sessions/7/door?a=b", "/sessions/7/door?a=b"),
        ("//evil.example", "/today"),
        ("https://evil.example", "/today"),
        ("/\\evil.example", "/today"),
        ("/a\r\nSet-Cookie: x=y", "/today"),
        ("javascript:alert(1)", "/today"),
    ] {
        let page = running.visitor().post("/sign-in", &[("email", MAYA), ("password", PASSWORD), ("next", next)]).await;
        assert_eq!((page.status, page.location.as_str()), (StatusCode::SEE_OTHER, expected), "{next:?}");
    }
}

/// Statement 25: a mistyped address is somebody's, too.
#[tokio::test(flavor = "multi_thread")]
async fn every_sign_in_stands_in_the_audit_book_and_no_address_of_a_guess() {
    let running = start("sign-in-audit").await;
    sign_in(&running, MAYA, PASSWORD).await;
    sign_in(&running, MAYA, "guess").await;
    sign_in(&running, "nobody@example.org", "guess").await;
    let count = |sql: &'static str| async { running.house.db.number(sql, []).await.unwrap() };
    assert_eq!(count("SELECT COUNT(*) AS n FROM audit WHERE action = 'sign_in' AND outcome = 'done' AND address = '127.0.0.1'").await, 1);
    assert_eq!(count("SELECT COUNT(*) AS n FROM audit WHERE action = 'sign_in' AND outcome = 'denied' AND actor = 0").await, 2);
    assert_eq!(count("SELECT COUNT(*) AS n FROM audit WHERE object LIKE '%@%'").await, 0);
}
