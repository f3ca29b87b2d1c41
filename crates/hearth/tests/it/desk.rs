//! Small things that an office and its people change by themselves.

use ground::{Ask, Language, values};
use hyper::StatusCode;

use crate::{
    harness::{LANTERNS, start, with},
    state::{kept, sentence},
};

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_moves_takes_their_clock_along() {
    let running = start("desk-zone").await;
    let mut maya = running.signed_in("Maya").await;
    let before = kept(&running).await;
    for odd in ["Moon/Base", "", "America/New_York\n"] {
        let page = maya.post("/account/zone", &[("zone", odd)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text.contains(&sentence(Language::English, "account-zone-unknown")), "{odd:?}");
    }
    assert_eq!(kept(&running).await, before);
    let page = maya.post("/account/zone", &[("zone", "Europe/Madrid")]).await;
    assert!(
        page.text.contains("value=\"Europe/Madrid\" selected") && page.text.contains(&sentence(Language::English, "account-zone-changed"))
    );
    let zone = "SELECT COUNT(*) AS n FROM person WHERE name LIKE 'Maya%' AND zone = 'Europe/Madrid'";
    assert_eq!(running.house.db.number(zone, []).await.unwrap(), 1);
    assert!(maya.get("/account/reminders").await.text.contains("Madrid"), "quiet hours are on the new clock at once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_is_ended_early_is_taken_by_nobody_any_more() {
    let running = start("desk-code").await;
    let mut carol = running.signed_in("Carol").await;
    let code = [("code", "SPRING-26"), ("percent", "20"), ("valid_from", "2020-01-01"), ("valid_to", "2099-12-31"), ("most", "30")];
    assert_eq!(carol.post("/discounts", &code).await.location, "/discounts");
    let id = running.house.db.number("SELECT id AS n FROM discount_code WHERE code = $1", values!["SPRING-26"]).await.unwrap();
    let ending = format!("/discounts/{id}/ending");
    assert!(carol.get("/discounts").await.text.contains(&ending));
    assert_eq!(carol.post(&ending, &[]).await.location, "/discounts");
    let page = carol.get("/discounts").await.text;
    assert!(page.contains(&sentence(Language::English, "discounts-over")) && !page.contains(&ending));
    let today = running.house.clock.now().in_zone("America/New_York").date().to_string();
    let open = "SELECT COUNT(*) AS n FROM discount_code WHERE valid_to >= $1";
    assert_eq!(running.house.db.number(open, values![today]).await.unwrap(), 0);
    carol.post(&ending, &[]).await;
    let deeds = "SELECT COUNT(*) AS n FROM audit WHERE action = 'discount.end'";
    assert_eq!(running.house.db.number(deeds, []).await.unwrap(), 1, "a second time nothing is done");
}

/// E1, E6: a seat given by hand asks where somebody lives, and a no is passed over only with a reason in the book.
#[tokio::test(flavor = "multi_thread")]
async fn a_seat_by_hand_asks_the_law_as_booking_does() {
    let running = start("desk-law").await;
    let mut carol = running.signed_in("Carol").await;
    let seats = carol.post("/groups", &with(LANTERNS, "capacity", "4")).await.location;
    carol.post(&seats, &[("email", "amara.osei@example.org"), ("part", "facilitator")]).await;
    carol.post("/people", &[("name", "Ida Brandt"), ("email", "ida@example.org"), ("role", "member")]).await;
    let seat = |place: &'static str, reason: &'static str| {
        vec![("email", "ida@example.org"), ("part", "member"), ("residence", place), ("reason", reason)]
    };
    let before = kept(&running).await;
    for (place, reason, key) in [
        ("", "", "residence-missing"),
        ("Moon", "", "residence-missing"),
        ("CA", "", "residence-law"),
        ("CA", "too short", "residence-law"),
    ] {
        let page = carol.post(&seats, &seat(place, reason)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{place} {reason}");
        assert!(page.text.contains(&sentence(Language::English, key)), "{place} {reason}");
    }
    assert_eq!(kept(&running).await, before);
    let reason = "moves to New York on Monday, lease seen";
    assert_eq!(carol.post(&seats, &seat("CA", reason)).await.location, seats);
    let overrides = "SELECT COUNT(*) AS n FROM audit WHERE action = 'eligibility.override'";
    assert_eq!(running.house.db.number(overrides, []).await.unwrap(), 1);

    let ida = running.person("Ida").await.id;
    let group: i64 = seats.split('/').nth(2).unwrap().parse().unwrap();
    let to = running.group("Steady Ground").await.to_string();
    let transfer = format!("/groups/{group}/members/{ida}/transfer");
    let refused = carol.post(&transfer, &[("to", to.as_str()), ("residence", "CA")]).await;
    assert!(refused.text.contains(&sentence(Language::English, "residence-law")), "another group asks again");
    let moved = carol.post(&transfer, &[("to", to.as_str()), ("residence", "NY")]).await;
    assert_eq!(moved.location, format!("/groups/{to}/seats"), "{}", moved.text);
}

fn header(page: &testkit::Page, name: &str) -> String {
    page.headers.get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}

/// C10: what other programs show beside a link is drawn here, says only what the public page says, and is not drawn twice.
#[tokio::test(flavor = "multi_thread")]
async fn a_link_has_a_picture_in_the_colours_of_the_practice() {
    let running = start("desk-share").await;
    let group = running.group("Steady Ground").await;
    let mut visitor = running.visitor();
    for (page, picture) in
        [("/".to_owned(), "home".to_owned()), ("/find".into(), "find".into()), (format!("/find/{group}"), format!("group-{group}"))]
    {
        let head = visitor.get(&page).await.text;
        let image = format!("{}/share/{picture}-en.png", running.house.config.public_url);
        assert!(head.contains(&format!("<meta property=\"og:image\" content=\"{image}\">")), "{page}");
        let png = visitor.get(&format!("/share/{picture}-en.png")).await;
        assert_eq!((png.status, header(&png, "content-type").as_str()), (StatusCode::OK, "image/png"), "{picture}");
        let tag = header(&png, "etag");
        visitor.headers = vec![("if-none-match", tag)];
        assert_eq!(visitor.get(&format!("/share/{picture}-en.png")).await.status, StatusCode::NOT_MODIFIED);
        visitor.headers = vec![];
        let spanish = visitor.get(&format!("/share/{picture}-es.png")).await;
        assert_ne!(header(&spanish, "etag"), header(&png, "etag"), "{picture}: words of another language are another picture");
    }
    let tag = header(&visitor.get(&format!("/share/group-{group}-en.png")).await, "etag");
    let mut practice = running.house.practice();
    practice.palette = "sky".into();
    running.house.set_practice(practice);
    assert_ne!(header(&visitor.get(&format!("/share/group-{group}-en.png")).await, "etag"), tag, "other colours, another picture");
    let hidden = running.signed_in("Carol").await.post("/groups", LANTERNS).await.location;
    let hidden = hidden.split('/').nth(2).unwrap();
    for name in [format!("group-{hidden}-en.png"), "group-5-en.png".into(), "home-fr.png".into(), "home-en.jpg".into()] {
        assert_eq!(visitor.get(&format!("/share/{name}")).await.status, StatusCode::NOT_FOUND, "{name}");
    }
}

/// The demo that somebody looks at has people on the way to a seat, calls, and therapists who let themselves be seen; a second start adds none.
#[tokio::test(flavor = "multi_thread")]
async fn the_demo_is_alive_for_the_office() {
    let running = start("desk-demo").await;
    for _ in 0..2 {
        hearth::demo::enliven(&running.house).await.unwrap();
    }
    let therapists = running.visitor().get("/therapists").await.text;
    assert!(therapists.contains("Dr. Amara Osei") && therapists.contains("Marcus Bell") && !therapists.contains("Lena Marsh"));
    let mut carol = running.signed_in("Carol").await;
    let board = carol.get("/applicants").await.text;
    for name in ["Ines Duarte", "Karim Adel", "Molly Reyes", "Otto Lang", "Yara Costa"] {
        assert_eq!(board.matches(name).count(), 1, "{name}");
    }
    let mut amara = running.signed_in("Dr. Amara").await;
    let calls = amara.get("/calls").await.text;
    assert!(calls.contains("Molly Reyes") && calls.contains("/removal"), "one that is arranged, one that is free");
    let group = running.group("Safe Harbour").await;
    let id = running.application("otto.lang@example.org").await;
    let page = amara.get(&format!("/groups/{group}/applicants/{id}")).await.text;
    assert!(page.contains("accident two years ago"), "what was told can be read");
    let decided = amara.post(&format!("/groups/{group}/applicants/{id}/decision"), &[("outcome", "accept")]).await;
    assert_eq!(decided.location, "/applicants", "{}", decided.text);
    let sits = "SELECT COUNT(*) AS n FROM membership m WHERE m.group_id = $1 AND m.part = 'member' AND m.left_at IS NULL";
    assert_eq!(
        running.taken(group).await,
        running.house.db.number(sits, values![group]).await.unwrap(),
        "every counted place is somebody's"
    );
}
