//! The public catalogue: what a visitor finds, what they never learn, and what the office shows.

use ground::Language;
use hyper::StatusCode;
use serde_json::Value;

use crate::{
    harness::{Running, start},
    state::{escaped, kept, sentence},
};

const SHOWN: &[(&str, &str)] =
    &[("shown", "on"), ("about_en", "For <people> & others."), ("about_es", ""), ("price", "45"), ("place", "online")];

async fn names(running: &Running, query: &str) -> Vec<String> {
    let page = running.visitor().get(&format!("/find{query}")).await;
    assert_eq!(page.status, StatusCode::OK, "{query}");
    let heads = page.text.split("<h2><a href=\"/find/").skip(1);
    heads.map(|part| part.split_once('>').unwrap().1.split('<').next().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_finds_what_they_ask_for() {
    let running = start("find").await;
    assert_eq!(names(&running, "").await.len(), 10);
    assert_eq!(names(&running, "?topic=grief").await, ["After Loss"]);
    assert_eq!(names(&running, "?language=es").await, ["Unstuck"]);
    assert!(!names(&running, "?open=on").await.contains(&"After Loss".to_owned()), "it is full");
    assert_eq!(names(&running, "?day=2&part=evening").await, ["Steady Ground"]);
    assert_eq!(names(&running, "?day=2&part=afternoon&zone=America/Los_Angeles").await, ["Steady Ground"], "half past three on that coast");
    assert!(names(&running, "?topic=grief&kind=process").await.is_empty());
    assert_eq!(names(&running, "?page=7").await.len(), 10, "past the last page is the last page");
    assert_eq!(names(&running, "?page=-1").await.len(), 10);
    assert_eq!(
        names(&running, "?topic=nothing&day=99&part=%00&zone=Moon/Base&place=%3Cb%3E").await.len(),
        10,
        "what nobody knows asks for nothing"
    );
}

/// E1, E2: whoever lives where nobody of a group may work reads why, and is led to what is open.
#[tokio::test(flavor = "multi_thread")]
async fn a_place_where_nobody_may_work_is_said_and_the_class_is_open() {
    let running = start("find-place").await;
    let mut visitor = running.visitor();
    let steady = running.group("Steady Ground").await;
    let page = visitor.get(&format!("/find/{steady}?place=CA")).await;
    for key in ["find-place-not-covered", "find-not-covered-why", "find-classes"] {
        assert!(page.text.contains(&sentence(Language::English, key)), "{key}");
    }
    let page = visitor.get(&format!("/find/{steady}?place=NY")).await;
    assert!(page.text.contains(&sentence(Language::English, "find-place-covered")) && !page.text.contains("find-classes"));
    let class = running.group("Skills for Hard Days").await;
    let page = visitor.get(&format!("/find/{class}?place=CA")).await;
    assert!(page.text.contains(&sentence(Language::English, "find-place-class")));
    assert_eq!(names(&running, "?kind=skills-class&place=CA").await, ["Skills for Hard Days"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_office_does_not_show_is_not_there() {
    let running = start("find-hidden").await;
    let group = running.group("Cool Heads").await;
    let mut carol = running.signed_in("Carol").await;
    let hidden = [("about_en", "x"), ("place", "online")];
    assert_eq!(carol.post(&format!("/groups/{group}/listing"), &hidden).await.location, format!("/groups/{group}"));
    let mut visitor = running.visitor();
    for path in ["/find", "/find.json", "/sitemap.xml"] {
        let page = visitor.get(path).await;
        assert!(!page.text.contains("Cool Heads") && !page.text.contains(&group.to_string()), "{path}");
    }
    let (gone, never) = (visitor.get(&format!("/find/{group}")).await, visitor.get("/find/5").await);
    assert_eq!((gone.status, never.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    carol.post(&format!("/groups/{group}/listing"), SHOWN).await;
    let page = visitor.get(&format!("/find/{group}")).await;
    assert!(page.text.contains(&escaped("For <people> & others.")) && !page.text.contains("For <people>"));
}

/// S4: no member is named in anything that the public can fetch, in either language.
#[tokio::test(flavor = "multi_thread")]
async fn no_member_is_named_in_public() {
    let running = start("find-canary").await;
    let mut visitor = running.visitor();
    let mut paths = vec!["/find".to_owned(), "/find.json".into(), "/sitemap.xml".into(), "/robots.txt".into()];
    for name in ["Steady Ground", "After Loss", "Unstuck", "Safe Harbour"] {
        paths.push(format!("/find/{}", running.group(name).await));
    }
    for language in ["en", "es"] {
        visitor.headers = vec![("accept-language", language.to_owned())];
        for path in &paths {
            let page = visitor.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            for canary in ["Maya", "Lindqvist", "Theo", "Priya", "Noor", "Aisha", "Rahman", "@example.org"] {
                assert!(!page.text.contains(canary), "{canary} in {path}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn machines_read_the_same() {
    let running = start("find-machines").await;
    let mut visitor = running.visitor();
    let steady = running.group("Steady Ground").await;
    let feed: Value = serde_json::from_str(&visitor.get("/find.json").await.text).unwrap();
    let items = feed["itemListElement"].as_array().unwrap();
    assert_eq!(items.len(), 10);
    let one = items.iter().find(|item| item["name"] == "Steady Ground").unwrap();
    assert_eq!(one["eventSchedule"]["startTime"], "18:30");
    assert_eq!(one["eventSchedule"]["scheduleTimezone"], "America/New_York");
    assert_eq!((one["maximumAttendeeCapacity"].as_i64(), one["remainingAttendeeCapacity"].as_i64()), (Some(10), Some(2)));
    let page = visitor.get(&format!("/find/{steady}")).await.text;
    let inside = page.split("application/ld+json").nth(1).unwrap().split_once('>').unwrap().1.split("</script>").next().unwrap();
    assert_eq!(serde_json::from_str::<Value>(inside).unwrap()["name"], "Steady Ground");
    assert!(visitor.get("/sitemap.xml").await.text.contains(&format!("/find/{steady}</loc>")));
    assert!(visitor.get("/robots.txt").await.text.contains("Disallow: /\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listing_that_does_not_fit_is_refused_kindly() {
    let running = start("listing-form").await;
    let path = format!("/groups/{}/listing", running.group("Cool Heads").await);
    let mut carol = running.signed_in("Carol").await;
    let long = "x".repeat(2_001);
    let before = kept(&running).await;
    for (field, typed, key) in [
        ("about_en", long.as_str(), "listing-about-long"),
        ("about_en", "  ", "listing-about-missing"),
        ("about_es", "a\u{7}", "listing-about-long"),
        ("price", "two\nlines", "listing-price-long"),
        ("place", "moon", "listing-place-missing"),
    ] {
        let page = carol.post(&path, &crate::harness::with(SHOWN, field, typed)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(page.text.contains(&sentence(Language::English, key)) && page.text.contains("value=\"45\"") == (field != "price"), "{key}");
    }
    assert_eq!(kept(&running).await, before);
}

/// What lies ready for the next visitor is thrown away by whatever changes it.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_seen_by_the_next_visitor() {
    let running = start("find-fresh").await;
    let group = running.group("Cool Heads").await;
    let (mut carol, mut anders) = (running.signed_in("Carol").await, running.signed_in("Anders").await);
    let seats =
        |text: &str| text.split("Cool Heads").nth(1).unwrap().split("aria-label=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let before = seats(&running.visitor().get("/find").await.text);
    carol
        .post(&format!("/groups/{group}/seats"), &[("email", "maya.lindqvist@example.org"), ("part", "member"), ("residence", "NY")])
        .await;
    let after = seats(&running.visitor().get("/find").await.text);
    assert_ne!(before, after, "a seat less");
    let class = format!("/find/{}", running.group("Skills for Hard Days").await);
    assert!(running.visitor().get(&format!("{class}?place=CA")).await.text.contains(&sentence(Language::English, "find-place-class")));
    let closed = [("name", "Hearth"), ("phone", "+1 555 010 0199"), ("zone", "America/New_York"), ("class_by", "")];
    anders.post("/practice", &closed).await;
    let page = running.visitor().get("/find?place=CA&kind=skills-class").await;
    assert!(page.text.contains(&sentence(Language::English, "find-place-not-covered")), "nobody decided that a class is open there");
    carol.post(&format!("/groups/{group}/listing"), &[("about_en", "x"), ("place", "online")]).await;
    assert!(!running.visitor().get("/find").await.text.contains("Cool Heads"));
}
