use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue, header};
use ground::{Ask, House, Me, Role, Settings, sign_in, values};

use crate::home::{house, house_with, meddle, person, settings};

fn with_cookie(cookie: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::COOKIE, HeaderValue::from_str(cookie).unwrap());
    headers
}

/// Signs this person in and gives back what their browser sends from now on.
async fn signed_in(house: &House, person: i64, role: Role) -> HeaderMap {
    let tx = house.db.write().await.unwrap();
    let cookie = sign_in::begin(house, &tx, person, role, "a browser").await.unwrap();
    tx.commit_unaudited().await.unwrap();
    with_cookie(cookie.to_str().unwrap().split(';').next().unwrap())
}

async fn recognised(house: &House, headers: &HeaderMap) -> Option<Me> {
    sign_in::recognise(house, headers).await.unwrap()
}

const MINUTE: Duration = Duration::from_secs(60);

/// Statement 12: an office computer is left open; a phone is not.
#[tokio::test]
async fn every_role_is_signed_out_after_its_own_time_of_nobody_there() {
    let house = house("idle").await;
    for role in Role::ALL {
        let limit = if matches!(role, Role::Member | Role::Family) { 12 * 60 } else { 60 };
        let id = person(&house, role.word(), role, "en").await;
        let headers = signed_in(&house, id, role).await;
        house.clock.advance(MINUTE * limit - Duration::from_micros(1));
        assert_eq!(recognised(&house, &headers).await.map(|me| me.role), Some(role), "a moment before");
        house.clock.advance(MINUTE * limit);
        assert!(recognised(&house, &headers).await.is_none(), "{role:?} after {limit} minutes");
        assert!(recognised(&house, &headers).await.is_none(), "and it does not come back by asking");
    }
}

#[tokio::test]
async fn no_sign_in_lasts_for_ever_however_busy_it_is() {
    let house = house("absolute").await;
    for (role, hours) in [(Role::Clinician, 12), (Role::Member, 30 * 24)] {
        let id = person(&house, role.word(), role, "en").await;
        let headers = signed_in(&house, id, role).await;
        let step = if role == Role::Member { MINUTE * 60 * 10 } else { MINUTE * 50 };
        let mut passed = Duration::ZERO;
        while passed + step < MINUTE * 60 * hours {
            house.clock.advance(step);
            passed += step;
            assert!(recognised(&house, &headers).await.is_some(), "{role:?} after {passed:?}");
        }
        house.clock.advance(step);
        assert!(recognised(&house, &headers).await.is_none(), "{role:?} after {hours} hours");
    }
}

/// Statement 12: nobody is signed out in the middle of a sentence.
#[tokio::test]
async fn a_live_session_holds_the_sign_in_and_leaving_it_does_not_bring_it_back() {
    let house = house("live").await;
    let id = person(&house, "Maya", Role::Member, "en").await;
    let headers = signed_in(&house, id, Role::Member).await;
    let in_room = house.live.enter(id);
    house.clock.advance(MINUTE * 60 * 24 * 40);
    assert!(recognised(&house, &headers).await.is_some());
    drop(in_room);
    assert!(recognised(&house, &headers).await.is_none(), "thirty days are over");
}

#[tokio::test]
async fn two_sockets_of_one_person_count_as_two() {
    let house = house("sockets").await;
    let (one, two) = (house.live.enter(7), house.live.enter(7));
    drop(one);
    assert!(house.live.is_in_room(7) && !house.live.is_in_room(8));
    drop(two);
    assert!(!house.live.is_in_room(7));
}

/// Statement 13.
#[tokio::test]
async fn a_revoked_sign_in_a_disabled_account_and_a_strange_role_open_nothing() {
    for (what, sql) in [
        ("revoked", "UPDATE sign_in SET revoked_at = 1"),
        ("disabled", "UPDATE person SET disabled_at = 1"),
        ("another token", "UPDATE sign_in SET token_hash = CAST('x' AS BLOB)"),
    ] {
        let house = house("revoked").await;
        if !house.db.is_sqlite() && sql.contains("BLOB") {
            continue;
        }
        let id = person(&house, "Maya", Role::Member, "en").await;
        let headers = signed_in(&house, id, Role::Member).await;
        let me = recognised(&house, &headers).await.unwrap();
        assert!(sign_in::holds(&house, me.sign_in).await.unwrap());
        assert!(meddle(&house, sql).await > 0);
        assert!(recognised(&house, &headers).await.is_none(), "{what}");
        assert_eq!(sign_in::holds(&house, me.sign_in).await.unwrap(), what == "another token", "open sockets hear of it: {what}");
    }
}

/// Statement 14.
#[tokio::test]
async fn revoking_is_for_one_s_own_and_for_once() {
    let house = house("revoke").await;
    let (maya, theo) = (person(&house, "Maya", Role::Member, "en").await, person(&house, "Theo", Role::Member, "en").await);
    let (one, two) = (signed_in(&house, maya, Role::Member).await, signed_in(&house, maya, Role::Member).await);
    let theirs = signed_in(&house, theo, Role::Member).await;
    let device = recognised(&house, &one).await.unwrap().sign_in;
    let tx = house.db.write().await.unwrap();
    assert!(!sign_in::revoke(&tx, device, theo, house.clock.now()).await.unwrap(), "not another's");
    assert!(sign_in::revoke(&tx, device, maya, house.clock.now()).await.unwrap());
    assert!(!sign_in::revoke(&tx, device, maya, house.clock.now()).await.unwrap(), "once");
    tx.commit_unaudited().await.unwrap();
    assert!(recognised(&house, &one).await.is_none() && recognised(&house, &two).await.is_some());
    let tx = house.db.write().await.unwrap();
    sign_in::revoke_all(&tx, maya, house.clock.now()).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    assert!(recognised(&house, &two).await.is_none() && recognised(&house, &theirs).await.is_some());
}

/// Statement 11.
#[tokio::test]
async fn the_cookie_is_for_this_host_this_browser_and_no_script() {
    let plain = house("cookie").await;
    let https = house_with("cookie-https", Settings { secure_cookies: true, ..settings() }).await;
    for (house, name, secure) in [(&plain, "hearth=", false), (&https, "__Host-hearth=", true)] {
        let id = person(house, "Maya", Role::Member, "en").await;
        let tx = house.db.write().await.unwrap();
        let cookie = sign_in::begin(house, &tx, id, Role::Member, "").await.unwrap();
        tx.commit_unaudited().await.unwrap();
        let text = cookie.to_str().unwrap().to_owned();
        assert!(
            text.starts_with(name) && text.contains("; Path=/") && text.contains("; HttpOnly") && text.contains("; SameSite=Lax"),
            "{text}"
        );
        assert_eq!(text.contains("; Secure"), secure);
        assert!(!text.contains("Domain"), "no other host of the same name gets it");
        assert!(text.contains(&format!("Max-Age={}", 30 * 24 * 3_600)));
        let end = sign_in::end_cookie(house).unwrap();
        assert!(end.to_str().unwrap().starts_with(&format!("{name};")) && end.to_str().unwrap().contains("Max-Age=0"));
    }
}

#[tokio::test]
async fn only_the_right_cookie_is_read() {
    let house = house("cookies").await;
    let id = person(&house, "Maya", Role::Member, "es").await;
    let headers = signed_in(&house, id, Role::Member).await;
    let pair = headers[header::COOKIE].to_str().unwrap().to_owned();
    let token = pair.split_once('=').unwrap().1.to_owned();
    let me = recognised(&house, &with_cookie(&format!("theme=dark; {pair} ; language=en"))).await.unwrap();
    assert_eq!((me.name.as_str(), me.language.code()), ("Maya", "es"));
    for cookie in [
        String::new(),
        "hearth=".into(),
        "hearth".into(),
        format!("Hearth={token}"),
        format!("xhearth={token}"),
        format!("__Host-hearth={token}"),
        format!("hearth={token}x"),
        format!("hearth={}", &token[1..]),
        format!("hearth={}", token.to_lowercase()),
        format!("hearth=\"{token}\""),
    ] {
        assert!(recognised(&house, &with_cookie(&cookie)).await.is_none(), "{cookie}");
    }
    assert!(recognised(&house, &HeaderMap::new()).await.is_none());
}

/// Statement 11: whoever reads the database cannot become anybody.
#[tokio::test]
async fn the_database_holds_no_token_and_a_device_name_that_can_be_shown() {
    let house = house("token").await;
    let id = person(&house, "Maya", Role::Member, "en").await;
    let tx = house.db.write().await.unwrap();
    let device = format!("<b>\u{7}Brow\nser</b>{}", "ñ".repeat(300));
    let cookie = sign_in::begin(&house, &tx, id, Role::Member, &device).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    let token = cookie.to_str().unwrap().split(['=', ';']).nth(1).unwrap().to_owned();
    let sql = "SELECT COUNT(*) AS n FROM sign_in WHERE length(device) = 200 AND device LIKE '<b>Browser</b>ñ%' AND token_hash = $1";
    assert_eq!(house.db.number(sql, values![ground::seal::hash(&token)]).await.unwrap(), 1);
    let plain = house.db.number("SELECT COUNT(*) AS n FROM sign_in WHERE token_hash = $1", values![token.into_bytes()]).await.unwrap();
    assert_eq!(plain, 0);
}

/// "Last seen" once a minute is enough; every click would write to the disk.
#[tokio::test]
async fn being_seen_is_written_once_a_minute() {
    let house = house("seen").await;
    let id = person(&house, "Maya", Role::Member, "en").await;
    let headers = signed_in(&house, id, Role::Member).await;
    let begun = house.clock.now();
    for (seconds, seen_after) in [(59, 0), (1, 60), (59, 60), (1, 120)] {
        house.clock.advance(Duration::from_secs(seconds));
        recognised(&house, &headers).await.unwrap();
        let seen = house.db.number("SELECT seen_at AS n FROM sign_in", []).await.unwrap();
        assert_eq!(seen - begun.0, seen_after * 1_000_000);
    }
}

/// An open page asks again and again whether its person is still there; that keeps nobody signed in.
#[tokio::test]
async fn to_ask_whether_a_sign_in_lasts_is_no_activity() {
    let house = house("lasts").await;
    let id = person(&house, "Amara", Role::Clinician, "en").await;
    let headers = signed_in(&house, id, Role::Clinician).await;
    let me = recognised(&house, &headers).await.unwrap();
    for _ in 0..11 {
        house.clock.advance(MINUTE * 5);
        assert!(sign_in::lasts(&house, &me).await.unwrap());
    }
    house.clock.advance(MINUTE * 5);
    assert!(!sign_in::lasts(&house, &me).await.unwrap(), "an hour without anybody, however often it was asked");
    assert!(recognised(&house, &headers).await.is_none());
    let _in_room = house.live.enter(id);
    assert!(sign_in::lasts(&house, &me).await.unwrap(), "in a session somebody is there without pressing anything");
    meddle(&house, "UPDATE sign_in SET revoked_at = 5").await;
    assert!(!sign_in::lasts(&house, &me).await.unwrap());
}
