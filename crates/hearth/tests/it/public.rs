//! What anybody may read of the practice: nobody who did not ask to be shown, nothing that is not text, and frames around one page alone.

use ground::Language;
use hyper::{Method, StatusCode};
use serde_json::Value;
use testkit::Page;

use crate::{
    harness::{Running, start, with},
    state::{escaped, kept, sentence},
};

const PUBLIC: &[&str] = &["/", "/how-it-works", "/therapists", "/contact", "/embed", "/find/open"];

const PROFILE: &[(&str, &str)] =
    &[("shown", "on"), ("about_en", "I like <small> groups."), ("about_es", "Me gustan."), ("languages", "English, Twi")];

const PRACTICE: &[(&str, &str)] = &[
    ("palette", "plum"),
    ("welcome_en", "Come <in> & sit."),
    ("welcome_es", "Pasa."),
    ("hours_en", "Monday to Friday, nine to five"),
    ("hours_es", ""),
    ("address", "1 <Quiet> Lane"),
    ("email", "office@lantern.example"),
];

fn policy(page: &Page) -> String {
    page.headers["content-security-policy"].to_str().unwrap().to_owned()
}

async fn read(running: &Running, path: &str, language: &str) -> String {
    let mut visitor = running.visitor();
    visitor.headers = vec![("accept-language", language.to_owned())];
    let page = visitor.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}");
    page.text
}

/// S4: nothing of a member is in what the public reads, in either language.
#[tokio::test(flavor = "multi_thread")]
async fn no_member_is_named() {
    let running = start("public-canary").await;
    running.signed_in("Dr. Amara").await.post("/account/profile", PROFILE).await;
    for language in ["en", "es"] {
        for path in PUBLIC.iter().filter(|path| **path != "/") {
            let page = read(&running, path, language).await;
            for canary in ["Maya", "Lindqvist", "Theo", "Priya", "Noor", "Aisha", "Rahman", "@example.org"] {
                assert!(!page.contains(canary), "{canary} in {path}");
            }
            assert!(*path == "/find/open" || page.contains("988"), "crisis lines on {path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_shown_who_did_not_tick_it() {
    let running = start("public-therapists").await;
    let none = sentence(Language::English, "therapists-none");
    assert!(read(&running, "/therapists", "en").await.contains(&none), "leading a group is not consent");
    let mut amara = running.signed_in("Dr. Amara").await;
    let hidden: Vec<_> = PROFILE.iter().copied().filter(|(name, _)| *name != "shown").collect();
    let page = amara.post("/account/profile", &hidden).await;
    assert!(page.text.contains(&sentence(Language::English, "profile-kept")));
    assert!(read(&running, "/therapists", "en").await.contains(&none), "words alone are not consent");
    amara.post("/account/profile", PROFILE).await;
    let page = read(&running, "/therapists", "en").await;
    assert!(page.contains("Amara") && page.contains(&escaped("I like <small> groups.")) && page.contains("English, Twi"));
    assert!(page.contains("New York") && !page.contains("<small> groups"));
    assert!(read(&running, "/therapists", "es").await.contains("Me gustan."));
    // The office shows no group any more: then there is nobody to show either.
    let tx = running.house.db.write().await.unwrap();
    tx.run("UPDATE listing SET shown = 0", []).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    assert!(!read(&running, "/therapists", "en").await.contains("Amara"));
    amara.post("/account/profile", &hidden).await;
    assert!(!read(&running, "/therapists", "en").await.contains("Amara"));
}

/// The register counts on the day: what ran out yesterday is not claimed today.
#[tokio::test(flavor = "multi_thread")]
async fn a_licence_that_ran_out_is_not_claimed() {
    let running = start("public-licence").await;
    running.signed_in("Dr. Amara").await.post("/account/profile", PROFILE).await;
    let label = sentence(Language::English, "therapists-places");
    assert!(read(&running, "/therapists", "en").await.contains(&label));
    for (what, sql) in [
        ("over", "UPDATE authority SET valid_to = '2020-01-01'"),
        ("not begun", "UPDATE authority SET valid_from = '2999-01-01', valid_to = '2999-12-31'"),
    ] {
        let tx = running.house.db.write().await.unwrap();
        tx.run(sql, []).await.unwrap();
        tx.commit_unaudited().await.unwrap();
        let page = read(&running, "/therapists", "en").await;
        assert!(page.contains("Amara") && !page.contains(&label), "{what}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_is_not_there_any_more_or_leads_nothing_is_not_shown() {
    let running = start("public-gone").await;
    running.signed_in("Carol").await.post("/account/profile", &[("shown", "on"), ("about_en", "I keep the calendar.")]).await;
    assert!(!read(&running, "/therapists", "en").await.contains("I keep the calendar."), "she leads no group");
    running.signed_in("Dr. Amara").await.post("/account/profile", PROFILE).await;
    let tx = running.house.db.write().await.unwrap();
    tx.run("UPDATE person SET disabled_at = 1 WHERE name LIKE 'Dr. Amara%'", []).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    assert!(!read(&running, "/therapists", "en").await.contains("Amara"));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_listing_may_be_framed_and_it_knows_nobody() {
    let running = start("public-embed").await;
    let mut maya = running.signed_in("Maya").await;
    let page = maya.get("/embed").await;
    assert!(page.text.contains("Steady Ground") && !page.text.contains("Maya"));
    for never in ["<script", "<form", "<iframe"] {
        assert!(!page.text.contains(never), "{never}");
    }
    let rows: Vec<_> = running.rows.iter().filter(|row| row.method == Method::GET && !row.path.contains('{')).collect();
    let mut visitor = running.visitor();
    for row in rows {
        let page = visitor.get(row.path).await;
        assert_eq!(policy(&page).contains("frame-ancestors *"), row.path == "/embed", "{}", row.path);
        assert!(row.path != "/embed" || !page.headers.contains_key("set-cookie"));
    }
    let page = maya.send(Method::POST, "/embed", String::new()).await;
    assert!(policy(&page).contains("frame-ancestors 'none'"), "an error page has her menu");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_office_finds_the_line_to_paste() {
    let running = start("public-snippet").await;
    let group = running.group("Steady Ground").await;
    let page = running.signed_in("Carol").await.get(&format!("/groups/{group}/listing")).await;
    let line = format!("<iframe src=\"{}/embed\"", running.house.config.public_url);
    assert!(page.text.contains(&escaped(&line)) && !page.text.contains("<iframe"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_practice_writes_is_shown_as_text_everywhere() {
    let running = start("public-practice").await;
    let mut anders = running.signed_in("Anders").await;
    let page = anders.post("/practice/public", PRACTICE).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("class=\"palette-plum\"") && page.text.contains(&sentence(Language::English, "practice-kept")));
    let home = read(&running, "/", "en").await;
    assert!(home.contains(&escaped("Come <in> & sit.")) && !home.contains("Come <in>") && home.contains("class=\"palette-plum\""));
    assert!(read(&running, "/", "es").await.contains("Pasa."));
    for language in ["en", "es"] {
        let contact = read(&running, "/contact", language).await;
        for part in ["Monday to Friday", "mailto:office@lantern.example", &escaped("1 <Quiet> Lane")] {
            assert!(contact.contains(part), "{part} in {language}");
        }
        assert!(!contact.contains("<Quiet>"));
    }
    // The other form of the practice leaves this alone, and the database has it too.
    anders.post("/practice", &[("name", "Lantern House"), ("phone", "+1 555 010 0142"), ("zone", "UTC")]).await;
    assert!(read(&running, "/contact", "en").await.contains("Monday to Friday"));
    let running = running.restarted().await;
    let contact = read(&running, "/contact", "en").await;
    assert!(contact.contains("Monday to Friday") && contact.contains("Lantern House") && contact.contains("palette-plum"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_is_refused_kindly_and_changes_nothing() {
    let running = start("public-forms").await;
    let (mut anders, mut amara) = (running.signed_in("Anders").await, running.signed_in("Dr. Amara").await);
    let long = "x".repeat(801);
    let before = kept(&running).await;
    for (field, typed, key) in [
        ("palette", "neon", "public-palette-missing"),
        ("palette", "", "public-palette-missing"),
        ("welcome_en", long.as_str(), "public-welcome-long"),
        ("welcome_es", "a\u{7}", "public-welcome-long"),
        ("hours_en", long.as_str(), "public-text-long"),
        ("hours_es", long.as_str(), "public-text-long"),
        ("address", long.as_str(), "public-text-long"),
        ("email", "nobody", "public-email-unreadable"),
        ("email", "a@b.example?bcc=c@d.example", "public-email-unreadable"),
    ] {
        let page = anders.post("/practice/public", &with(PRACTICE, field, typed)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(page.text.contains(&sentence(Language::English, key)), "{key}");
        assert_eq!(page.text.contains("office@lantern.example"), field != "email", "what was typed is still there");
    }
    for (field, typed, key) in [
        ("about_en", long.as_str(), "profile-about-long"),
        ("about_es", "a\u{0}", "profile-about-long"),
        ("languages", "two\nlines", "profile-languages-long"),
    ] {
        let page = amara.post("/account/profile", &with(PROFILE, field, typed)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(page.text.contains(&sentence(Language::English, key)), "{key}");
        assert_eq!(page.text.contains("Me gustan."), field != "about_es", "what was typed is still there");
    }
    assert_eq!(kept(&running).await, before);
}

/// Search engines and whoever shares a link read neutral words; the questions are there for machines, too.
#[tokio::test(flavor = "multi_thread")]
async fn machines_are_told_what_is_public_and_nothing_of_topics() {
    let running = start("public-machines").await;
    let page = read(&running, "/how-it-works", "es").await;
    let inside = page.split("application/ld+json").nth(1).unwrap().split_once('>').unwrap().1.split("</script>").next().unwrap();
    let faq: Value = serde_json::from_str(inside).unwrap();
    assert_eq!((&faq["@type"], &faq["inLanguage"]), (&"FAQPage".into(), &"es".into()));
    let map = read(&running, "/sitemap.xml", "en").await;
    let robots = read(&running, "/robots.txt", "en").await;
    for path in ["/how-it-works", "/therapists", "/contact"] {
        assert!(map.contains(&format!("{path}</loc>")) && robots.contains(&format!("Allow: {path}\n")), "{path}");
    }
    for path in ["/", "/find?topic=grief", "/how-it-works"] {
        let page = read(&running, path, "en").await;
        let head = page.split("</head>").next().unwrap();
        assert!(head.contains("og:title") && head.contains(&sentence(Language::English, "share-description")), "{path}");
        assert!(!head.to_lowercase().contains("grief") && !head.contains("Steady Ground"), "{path}");
    }
    let group = running.group("Steady Ground").await;
    let listed = read(&running, &format!("/find/{group}"), "en").await;
    let shared: Vec<&str> = listed.lines().filter(|line| line.contains("property=\"og:") || line.contains("<title>")).collect();
    assert!(shared.len() > 5 && listed.contains("href=\"/therapists\""));
    assert!(
        shared.iter().all(|line| !line.contains("Steady Ground") && !line.to_lowercase().contains("anxiety")),
        "no topic in what a shared link shows"
    );
}

/// The slot of the first page: groups with a seat, three at most, and a way on when there are none.
#[tokio::test(flavor = "multi_thread")]
async fn the_first_page_shows_only_seats_that_are_open() {
    let running = start("public-open").await;
    let home = read(&running, "/", "en").await;
    assert!(home.contains("hx-get=\"/find/open\"") && home.contains("href=\"/find\""), "a plain link until it is there");
    let open = read(&running, "/find/open", "en").await;
    assert_eq!(open.matches("<li>").count(), 3);
    assert!(!open.contains("After Loss"), "it is full");
    let tx = running.house.db.write().await.unwrap();
    tx.run("UPDATE groups SET taken = capacity", []).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    let open = read(&running, "/find/open", "en").await;
    assert!(open.contains(&sentence(Language::English, "home-open-none")) && open.contains("href=\"/find\""));
}
