//! Weekly notes over HTTP: a draft nobody sees, an hour that comes, who reads what, the feed, and the Monday mail.

use std::time::Duration;

use ground::{Ask, Language, values};
use hyper::StatusCode;
use post::{Address, Letter};
use roxmltree::Document;

use crate::{
    harness::{Running, start, start_with_clock, with},
    state::{kept, sentence},
};

const NOTE: &[(&str, &str)] = &[
    ("once", "once-note-1"),
    ("title_en", "A walk & a word"),
    ("lead_en", "What helped in the first cold week."),
    ("body_en", "## Monday\n\nGo **out** once."),
    ("title_es", "Un paseo y una palabra"),
    ("lead_es", "Lo que ayudó en la primera semana de frío."),
    ("body_es", "## Lunes\n\nSal **fuera** una vez."),
    ("audience", "public"),
    ("choice", "now"),
];

async fn id(running: &Running, title: &str) -> i64 {
    running.house.db.number("SELECT id AS n FROM series_note WHERE title_en = $1", values![title]).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_seen_by_nobody_and_a_planned_note_waits_for_its_hour() {
    let (running, clock) = start_with_clock("series-hours").await;
    let mut amara = running.signed_in("Dr. Amara").await;
    assert_eq!(amara.post("/notes-series", &with(NOTE, "choice", "draft")).await.location, "/notes-series");
    let note = id(&running, "A walk & a word").await;
    let path = format!("/notes/{note}");
    for who in ["Maya", "Dr. Amara", "Anders"] {
        assert_eq!(running.signed_in(who).await.get(&path).await.status, StatusCode::NOT_FOUND, "{who}");
    }
    assert!(amara.get("/notes-series").await.text.contains(&sentence(Language::English, "series-draft")));

    let zone = running.house.practice().zone;
    let tomorrow = ground::Moment(clock.now().0 + 86_400_000_000);
    let (day, time) = (ground::when::date(tomorrow, &zone), "09:00");
    let mut planned = with(NOTE, "choice", "at");
    planned.extend([("day", day.as_str()), ("time", time), ("version", "1")]);
    assert_eq!(amara.post(&format!("/notes-series/{note}"), &planned).await.location, "/notes-series");
    assert!(
        !running.visitor().get("/notes").await.text.contains(&path) && !running.visitor().get("/notes.atom").await.text.contains(&path)
    );
    clock.advance(Duration::from_secs(2 * 86_400));
    let page = running.visitor().get(&path).await;
    assert!(page.status == StatusCode::OK && page.text.contains("<strong>out</strong>") && page.text.contains("A walk &#38; a word"));
    assert!(running.visitor().get("/notes").await.text.contains(&format!("href=\"{path}\"")));

    let mut amara = running.signed_in("Dr. Amara").await;
    let mut back = with(NOTE, "choice", "draft");
    back.push(("version", "2"));
    amara.post(&format!("/notes-series/{note}"), &back).await;
    assert_eq!(running.visitor().get(&path).await.status, StatusCode::NOT_FOUND, "taken back is a draft again");
    let late = amara.post(&format!("/notes-series/{note}"), &with(&back, "lead_en", "From the other window")).await;
    assert!(late.text.contains("From the other window") && late.text.contains(&sentence(Language::English, "series-changed-since")));
    amara.post(&format!("/notes-series/{note}/removal"), &[]).await;
    assert_eq!(amara.get(&format!("/notes-series/{note}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(amara.post(&format!("/notes-series/{note}/removal"), &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn members_read_what_is_for_members_and_everybody_what_is_public() {
    let running = start("series-audience").await;
    let mut carol = running.signed_in("Carol").await;
    for _ in 0..2 {
        carol.post("/notes-series", NOTE).await;
    }
    let count = "SELECT COUNT(*) AS n FROM series_note";
    assert_eq!(running.house.db.number(count, values![]).await.unwrap(), 1, "the same form twice is one note");
    let inside = with(&with(&with(NOTE, "once", "once-note-2"), "audience", "members"), "title_en", "Among ourselves canary");
    carol.post("/notes-series", &inside).await;
    let (open, inner) = (id(&running, "A walk & a word").await, id(&running, "Among ourselves canary").await);
    for (who, reads) in [("Maya", true), ("Nadia", true), ("Dr. Amara", true), ("Rosa", false)] {
        let mut browser = running.signed_in(who).await;
        assert_eq!(browser.get("/notes").await.text.contains("canary"), reads, "{who}");
        assert_eq!(browser.get(&format!("/notes/{inner}")).await.status == StatusCode::OK, reads, "{who}");
        assert_eq!(browser.get(&format!("/notes/{open}")).await.status, StatusCode::OK, "{who}");
        // Whoever is signed in gets the same feed as everybody: a news reader hands it on.
        assert!(!browser.get("/notes.atom").await.text.contains("canary"), "{who}");
    }
    let mut visitor = running.visitor();
    assert!(!visitor.get("/notes").await.text.contains("canary"));
    assert_eq!(visitor.get(&format!("/notes/{inner}")).await.status, StatusCode::NOT_FOUND);
    for who in ["Maya", "Rosa", "Nadia"] {
        let mut browser = running.signed_in(who).await;
        assert_eq!(browser.get("/notes-series").await.status, StatusCode::NOT_FOUND, "{who}");
        assert_eq!(browser.post("/notes-series", NOTE).await.status, StatusCode::NOT_FOUND, "{who}");
        assert_eq!(browser.post(&format!("/notes-series/{open}/removal"), &[]).await.status, StatusCode::NOT_FOUND, "{who}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_feed_is_one_that_a_news_reader_can_read_whatever_somebody_typed() {
    let running = start("series-feed").await;
    let mut amara = running.signed_in("Dr. Amara").await;
    let parse = |text: &str| Document::parse(text).map(|_| ()).unwrap_or_else(|error| panic!("{error}: {text}"));
    parse(&running.visitor().get("/notes.atom").await.text);
    let odd = "]]> <script>alert(1)</script> & \u{7} \u{0} ü 🙂 \"q\"";
    let fields = with(&with(&with(NOTE, "body_en", odd), "lead_en", odd), "title_en", "A <b> & \"c\"");
    assert_eq!(amara.post("/notes-series", &fields).await.location, "/notes-series");
    let page = running.visitor().get("/notes.atom").await;
    assert_eq!(page.headers["content-type"], "application/atom+xml; charset=utf-8");
    let document = Document::parse(&page.text).unwrap_or_else(|error| panic!("{error}: {}", page.text));
    const ATOM: &str = "http://www.w3.org/2005/Atom";
    let root = document.root_element();
    assert!(root.has_tag_name((ATOM, "feed")));
    let text = |node: roxmltree::Node<'_, '_>, name: &str| {
        node.children().find(|child| child.has_tag_name((ATOM, name))).and_then(|child| child.text().map(str::to_owned)).unwrap_or_default()
    };
    let entries: Vec<_> = root.children().filter(|node| node.has_tag_name((ATOM, "entry"))).collect();
    assert_eq!(entries.len(), 1);
    assert_eq!(text(entries[0], "title"), "A <b> & \"c\"");
    assert!(text(entries[0], "content").contains("<script>alert(1)</script>"), "as words, and not as markup");
    for node in [root, entries[0]] {
        assert!(text(node, "updated").parse::<jiff::Timestamp>().is_ok() && text(node, "id").starts_with("http"));
    }
    let spanish = running.visitor().get("/notes.atom?lang=es").await.text;
    parse(&spanish);
    assert!(spanish.contains("Un paseo y una palabra") && !spanish.contains("A &#60;b&#62;"));
    let html = running.visitor().get("/notes").await.text;
    assert!(!html.contains("<script>alert(1)"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_kept_is_said_and_nothing_is_lost() {
    let running = start("series-forms").await;
    let mut amara = running.signed_in("Dr. Amara").await;
    for language in Language::ALL {
        amara.post("/language", &[("language", language.code()), ("back", "/")]).await;
        let before = kept(&running).await;
        for (field, typed, key) in [
            ("title_es", " ", "readings-title-wrong"),
            ("lead_en", &*"x".repeat(301), "readings-lead-wrong"),
            ("body_en", "", "readings-body-wrong"),
            ("body_es", &*"x".repeat(8_001), "readings-too-long"),
            ("audience", "staff", "series-audience-wrong"),
            ("choice", "at", "series-when-wrong"),
            ("choice", "keep", "series-when-wrong"),
            ("choice", "", "series-when-wrong"),
        ] {
            let page = amara.post("/notes-series", &with(NOTE, field, typed)).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {key}");
            assert!(page.text.contains(&sentence(language, key)) && page.text.contains("A walk &#38; a word"), "{field} {key}");
        }
        assert_eq!(kept(&running).await, before);
    }
}

const ASK: &[(&str, &str)] = &[
    ("email", "ida.canary@example.org"),
    ("language", "es"),
    ("topic", ""),
    ("place", ""),
    ("part", ""),
    ("zone", "America/New_York"),
    ("wants", "notes"),
];

fn letters(running: &Running, to: &str) -> Vec<Letter> {
    running.outbox.posted().into_iter().filter(|one| one.to == Address::email(to)).map(|one| one.letter).collect()
}

async fn subscribe(running: &Running, fields: &[(&str, &str)]) {
    running.visitor().post("/digest", fields).await;
    running.work().await;
    let letter = letters(running, fields[0].1).pop().unwrap();
    let at = letter.text.find("/digest/confirm/").unwrap();
    let link = letter.text[at..].split_whitespace().next().unwrap();
    assert_eq!(running.visitor().post(link, &[]).await.status, StatusCode::OK);
}

/// The same rules as the digest: confirmed first, on Mondays, once, with a neutral subject, and ended by one tap.
#[tokio::test(flavor = "multi_thread")]
async fn the_monday_mail_tells_of_public_notes_to_those_who_asked_for_them() {
    let (running, clock) = start_with_clock("series-mail").await;
    let to_monday = |clock: &ground::Clock| loop {
        let local = clock.now().in_zone("America/New_York");
        if local.weekday() == jiff::civil::Weekday::Monday && (9..19).contains(&local.hour()) {
            break;
        }
        clock.advance(Duration::from_secs(3_600));
    };
    joining::plan_digests(&running.house).await.unwrap();
    to_monday(&clock);
    joining::plan_digests(&running.house).await.unwrap();
    assert!(running.visitor().get("/digest?wants=notes").await.text.contains("value=\"notes\" checked"));
    subscribe(&running, ASK).await;
    let groups = with(&with(ASK, "email", "groups@example.org"), "wants", "groups");
    subscribe(&running, &groups).await;
    let (ida, other) = (letters(&running, "ida.canary@example.org").len(), letters(&running, "groups@example.org").len());

    clock.advance(Duration::from_secs(86_400));
    let mut amara = running.signed_in("Dr. Amara").await;
    amara.post("/notes-series", NOTE).await;
    let inside = with(&with(&with(NOTE, "once", "once-note-9"), "audience", "members"), "title_es", "Entre nosotros");
    let inside = with(&inside, "title_en", "Among ourselves");
    amara.post("/notes-series", &inside).await;
    to_monday(&clock);
    for _ in 0..2 {
        joining::plan_digests(&running.house).await.unwrap();
        running.work().await;
        clock.advance(Duration::from_secs(600));
    }
    let got = letters(&running, "ida.canary@example.org");
    assert_eq!(got.len(), ida + 1, "once");
    let letter = got.last().unwrap();
    let note = id(&running, "A walk & a word").await;
    assert!(letter.text.contains("Un paseo y una palabra") && letter.text.contains(&format!("/notes/{note}")), "{}", letter.text);
    assert!(letter.html.contains("Un paseo y una palabra") && !letter.text.contains("Entre nosotros"), "what is for members is in no mail");
    assert!(!letter.subject.contains("paseo"), "a subject tells of nothing: {}", letter.subject);
    let leave = letter.unsubscribe.clone().unwrap();
    assert_eq!(letters(&running, "groups@example.org").len(), other, "whoever asked for groups hears of no note");

    clock.advance(Duration::from_secs(86_400));
    to_monday(&clock);
    joining::plan_digests(&running.house).await.unwrap();
    running.work().await;
    assert_eq!(letters(&running, "ida.canary@example.org").len(), ida + 1, "what was told is not told again");
    let path = leave.split_once("/digest/").unwrap().1;
    running.visitor().post(&format!("/digest/{path}"), &[]).await;
    let left = "SELECT COUNT(*) AS n FROM subscriber WHERE wants = 'notes'";
    assert_eq!(running.house.db.number(left, values![]).await.unwrap(), 0);
}
