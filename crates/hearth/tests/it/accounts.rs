use ground::{Ask, sea_orm::FromQueryResult, values};
use hearth::demo::PASSWORD;
use hyper::StatusCode;

use crate::harness::{start, start_on};

const MAYA: &str = "maya.lindqvist@example.org";

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_with_a_password_and_out_again() {
    let running = start("sign-in").await;
    let mut browser = running.visitor();
    let wrong = browser.post("/sign-in", &[("email", MAYA), ("password", "not this one")]).await;
    let unknown = browser.post("/sign-in", &[("email", "nobody@example.org"), ("password", "not this one")]).await;
    assert_eq!((wrong.status, unknown.status), (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::UNPROCESSABLE_ENTITY));
    assert!(wrong.text.contains(MAYA), "what was typed is kept");
    let same = |text: &str, email: &str| text.replace(email, "").lines().filter(|line| !line.contains("nonce")).collect::<String>();
    assert_eq!(same(&wrong.text, MAYA), same(&unknown.text, "nobody@example.org"));
    let page =
        browser.post("/sign-in", &[("email", "  Maya.Lindqvist@Example.org "), ("password", PASSWORD), ("next", "//evil.example")]).await;
    assert_eq!(page.location, "/today");
    assert_eq!(browser.get("/today").await.status, StatusCode::OK);
    let cookie = browser.cookie.clone();
    let out = browser.post("/sign-out", &[]).await;
    assert!(out.headers.contains_key("clear-site-data"));
    browser.cookie = cookie;
    assert_eq!(browser.get("/today").await.status, StatusCode::SEE_OTHER, "an old cookie opens nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_can_slow_somebody_down_but_not_guess_for_ever() {
    let running = start("throttle").await;
    let mut browser = running.visitor();
    for _ in 0..10 {
        browser.post("/sign-in", &[("email", MAYA), ("password", "guess")]).await;
    }
    let page = browser.post("/sign-in", &[("email", MAYA), ("password", PASSWORD)]).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_link_works_once_and_signs_the_other_devices_out() {
    let running = start("reset").await;
    let mut elsewhere = running.signed_in("Maya").await;
    let mut browser = running.visitor();
    let known = browser.post("/forgotten", &[("email", MAYA)]).await;
    let unknown = browser.post("/forgotten", &[("email", "nobody@example.org")]).await;
    assert_eq!(known.status, unknown.status);
    running.work().await;
    let posted = running.outbox.posted();
    assert_eq!(posted.len(), 1, "nobody gets a mail for an address we do not know");
    let path = link_in(&posted[0].letter.text);
    assert_eq!(browser.get(&path).await.status, StatusCode::OK);
    assert_eq!(browser.get(&path).await.status, StatusCode::OK, "looking does not use it up");
    let weak = browser.post(&path, &[("password", "password"), ("again", "password")]).await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = browser.post(&path, &[("password", "four calm green lamps"), ("again", "four calm green lamps")]).await;
    assert_eq!(done.location, "/sign-in?chosen=yes", "a link never signs anyone in");
    assert!(done.headers.get("set-cookie").is_none());
    assert_eq!(elsewhere.get("/today").await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        browser.post(&path, &[("password", "four calm green lamps"), ("again", "four calm green lamps")]).await.status,
        StatusCode::GONE
    );
    let mut again = running.visitor();
    let page = again.post("/sign-in", &[("email", MAYA), ("password", "four calm green lamps")]).await;
    assert_eq!(page.location, "/today");
}

/// The path of the link that a mail carries.
fn link_in(text: &str) -> String {
    let from = text.find("/welcome/").unwrap();
    text[from..].split_whitespace().next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_is_written_in_the_language_chosen_and_read_in_the_browser_s() {
    let running = start("invited-language").await;
    let mut carol = running.signed_in("Carol").await;
    let form = [("name", "Inés Roca"), ("email", "ines@example.org"), ("role", "member"), ("language", "es")];
    assert_eq!(carol.post("/people", &form).await.location, "/people");
    running.work().await;
    let letter = running.outbox.posted().remove(0).letter;
    assert!(letter.text.contains("contraseña"), "{}", letter.text);
    let mut ines = running.visitor();
    ines.headers = vec![("accept-language", "en-GB,en".to_owned())];
    let chosen = [("password", "four calm green lamps"), ("again", "four calm green lamps")];
    assert_eq!(ines.post(&link_in(&letter.text), &chosen).await.location, "/sign-in?chosen=yes");
    let language: String = {
        #[derive(FromQueryResult)]
        struct Row {
            language: String,
        }
        let sql = "SELECT language FROM person WHERE email = $1";
        running.house.db.row::<Row>(sql, values!["ines@example.org"]).await.unwrap().unwrap().language
    };
    assert_eq!(language, "en", "she read the page in English");
}

#[tokio::test(flavor = "multi_thread")]
async fn devices_are_one_s_own() {
    let running = start("devices").await;
    let (mut one, mut two) = (running.signed_in("Maya").await, running.signed_in("Maya").await);
    let mut theo = running.signed_in("Theo").await;
    let maya = running.person("Maya").await;
    let sql = "SELECT id AS n FROM sign_in WHERE person_id = $1 ORDER BY created_at DESC LIMIT 1";
    let device = running.house.db.number(sql, values![maya.id]).await.unwrap();
    let path = format!("/account/devices/{device}/end");
    assert_eq!(theo.post(&path, &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(one.post(&path, &[]).await.location, "/account");
    assert_eq!(two.get("/today").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_site_cannot_post_for_somebody() {
    let running = start("csrf").await;
    let mut browser = running.signed_in("Maya").await;
    for header in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example")] {
        browser.headers = vec![(header.0, header.1.to_owned())];
        assert_eq!(browser.post("/help", &[("kind", "help")]).await.status, StatusCode::FORBIDDEN, "{header:?}");
    }
    browser.headers = vec![("origin", format!("http://{}", running.address)), ("sec-fetch-site", "same-origin".into())];
    assert_eq!(browser.post("/help", &[("kind", "help")]).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_book_is_whole_until_somebody_touches_it() {
    let running = start("audit").await;
    running.signed_in("Maya").await.post("/help", &[("kind", "help")]).await;
    let db = &running.house.db;
    assert!(matches!(ground::audit::verify(db).await.unwrap(), ground::audit::Verdict::Whole { lines } if lines > 3));
    let tx = db.write().await.unwrap();
    tx.run("UPDATE audit SET actor = 1 WHERE seq = 2", []).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    assert_eq!(ground::audit::verify(db).await.unwrap(), ground::audit::Verdict::BrokenAt { seq: 2 });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_ends_when_nobody_is_there_but_never_in_a_live_session() {
    let dir = testkit::data_dir("idle");
    let url = testkit::TestDatabase::fresh(&dir).await.url;
    let clock = ground::Clock::set_to(ground::Clock::System.now());
    let running = start_on(dir, url, clock.clone()).await;
    let (mut staff, mut member) = (running.signed_in("Dr. Amara").await, running.signed_in("Maya").await);
    clock.advance(std::time::Duration::from_secs(61 * 60));
    assert_eq!(staff.get("/today").await.status, StatusCode::SEE_OTHER, "an hour is enough for staff");
    assert_eq!(member.get("/today").await.status, StatusCode::OK);
    let _in_room = running.house.live.enter(running.person("Maya").await.id);
    clock.advance(std::time::Duration::from_secs(13 * 3_600));
    assert_eq!(member.get("/today").await.status, StatusCode::OK, "a live session counts as activity");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_administrator_comes_in_by_a_link_and_nobody_is_raised_by_one() {
    let running = start("invite").await;
    let path = people::invite_administrator(&running.house, "first@example.org").await.unwrap().unwrap();
    let mut browser = running.visitor();
    let page = browser.post(&path, &[("password", "three grey stones"), ("again", "three grey stones")]).await;
    assert_eq!(page.location, "/sign-in?chosen=yes");
    assert_eq!(people::invite_administrator(&running.house, MAYA).await.unwrap(), None);
}
