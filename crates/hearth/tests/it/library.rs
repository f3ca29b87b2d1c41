//! The library over HTTP: who reads what, how it becomes homework, and what a practice writes itself.

use ground::{Ask, Language, values};
use hyper::StatusCode;
use testkit::Browser;

use crate::{
    harness::{Running, start, with},
    state::{escaped, kept, sentence},
};

const CORPUS: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'-alert(1)-'",
    "</textarea><svg onload=alert(1)>",
    "[x](javascript:alert(1))",
    "{{7*7}}",
];

const OURS: &[(&str, &str)] = &[
    ("once", "once-once-1"),
    ("title_en", "Our waiting room"),
    ("lead_en", "What to expect before the first evening."),
    ("body_en", "## Before\n\nTake a **chair**.\n\n- One\n- Two\n\nIt helps [1]."),
    ("title_es", "Nuestra sala de espera"),
    ("lead_es", "Qué esperar antes de la primera tarde."),
    ("body_es", "## Antes\n\nToma una **silla**.\n\n- Uno\n- Dos\n\nAyuda [1]."),
    ("sources", "Somebody (2001). A book about chairs."),
    ("audience", "members"),
    ("topic", "grief"),
    ("skill", "stress"),
];

async fn speak(browser: &mut Browser, language: Language) {
    browser.post("/language", &[("language", language.code()), ("back", "/")]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_signed_in_reads_what_is_for_them_in_their_language() {
    let running = start("library-reads").await;
    assert!(running.visitor().get("/library").await.location.starts_with("/sign-in"));
    let mut maya = running.signed_in("Maya").await;
    let page = maya.get("/library").await.text;
    assert!(
        page.contains("/library/what-grief-does") && page.contains("/library/not-answering-the-urge") && page.contains("/library/one-rung")
    );
    assert!(page.contains("href=\"/library\"") && !page.contains("/library/new") && !page.contains("/place\""));
    let article = maya.get("/library/what-grief-does").await.text;
    assert!(article.contains("Stroebe") && article.contains("class=\"reading\""));
    speak(&mut maya, Language::Spanish).await;
    assert!(maya.get("/library/what-grief-does").await.text.contains("Lo que hace el duelo"));
    let found = maya.get("/library?q=ENFADO&topic=anger").await.text;
    assert!(found.contains("anger-is-a-signal") && !found.contains("what-grief-does"), "words and topic narrow it");
    assert!(maya.get("/library?skill=empathy&q=xyzzy").await.text.contains(&sentence(Language::Spanish, "readings-nothing-fits")));

    let mut rosa = running.signed_in("Rosa").await;
    let family = rosa.get("/library").await.text;
    assert!(family.contains("/library/beside-somebody-who-struggles") && family.contains("/library/what-grief-does"));
    for item in ["not-answering-the-urge", "small-steps-toward-fear", "one-rung", "card-for-hard-moments"] {
        assert!(!family.contains(item), "{item} is not for the family");
        assert_eq!(rosa.get(&format!("/library/{item}")).await.status, StatusCode::NOT_FOUND, "{item}");
    }
    for odd in ["nothing", "../groups", "en.what-grief-does", "NEW"] {
        assert_eq!(maya.get(&format!("/library/{odd}")).await.status, StatusCode::NOT_FOUND, "{odd}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worksheet_is_filled_in_as_homework_to_oneself_and_an_article_taken_along() {
    let running = start("library-own").await;
    let mut maya = running.signed_in("Maya").await;
    let sheet = maya.get("/library/the-worry-slip").await.text;
    assert!(sheet.contains("paper-line") && sheet.contains("paper-scale") && sheet.contains("action=\"/homework/new\""));
    let prompts = "My half hour [line]\nWorries [list]\nHow much? [0-10]";
    let form = maya.post("/homework/new", &[("text", "The worry slip"), ("prompts", prompts)]).await.text;
    assert!(form.contains("The worry slip") && form.contains(&escaped(prompts)), "it stands in the form, and nothing is kept yet");
    let given = maya
        .post(
            "/homework",
            &[("once", "once-once-2"), ("text", "The worry slip"), ("prompts", prompts), ("due", "2099-01-01"), ("reads", "alone")],
        )
        .await;
    assert_eq!(given.status, StatusCode::UNPROCESSABLE_ENTITY, "a year is the most");
    let due = jiff_in(&running, 7);
    maya.post("/homework", &[("once", "once-once-2"), ("text", "The worry slip"), ("prompts", prompts), ("due", &due), ("reads", "alone")])
        .await;
    let id = running.house.db.number("SELECT MAX(given_at) AS n FROM homework WHERE kind = 'worksheet'", values![]).await.unwrap();
    let id = running.house.db.number("SELECT id AS n FROM homework WHERE given_at = $1", values![id]).await.unwrap();
    let path = format!("/homework/{id}");
    let page = maya.get(&path).await.text;
    assert!(page.contains("name=\"answer-0\"") && page.contains("name=\"answer-1-3\"") && page.contains("name=\"answer-2\""));
    assert!(!page.contains("[list]") && !page.contains("[0-10]"), "marks are for the form, not for people");
    let wrong = [("once", "once-once-3"), ("answer-1-1", "Kept words"), ("answer-2", "11")];
    let refused = maya.post(&format!("{path}/entries"), &wrong).await;
    assert!(refused.text.contains("Kept words") && refused.text.contains("role=\"alert\""), "{}", refused.status);
    let right = [("once", "once-once-4"), ("answer-0", "Half past five"), ("answer-1", "Rent"), ("answer-1-2", "Train"), ("answer-2", "7")];
    assert!(maya.post(&format!("{path}/entries"), &right).await.status.is_redirection());
    assert!(maya.get(&path).await.text.contains("Half past five"));
}

/// A day so many days from now, as a form sends it.
fn jiff_in(running: &Running, days: i64) -> String {
    let at = ground::Moment(running.house.clock.now().0 + days * 86_400_000_000);
    ground::when::date(at, "UTC")
}

#[tokio::test(flavor = "multi_thread")]
async fn leaders_give_from_the_library_and_hide_what_they_do_not_want() {
    let running = start("library-give").await;
    let group = running.group("Steady Ground").await;
    let mut amara = running.signed_in("Dr. Amara").await;
    let article = amara.get("/library/what-grief-does").await.text;
    let give = format!("/groups/{group}/homework/new?template=en.what-grief-does");
    assert!(article.contains(&escaped(&give)) && !article.contains("action=\"/homework/new\""), "{article}");
    let form = amara.get(&give).await.text;
    assert!(form.contains("staircase") && form.contains("name=\"reading\""), "the whole text is laid ready");
    let sheet = amara.get(&format!("/groups/{group}/homework/new?template=es.one-rung")).await.text;
    assert!(sheet.contains("Un peldaño de la escalera") && sheet.contains("[0-10]"));
    assert!(amara.get("/homework-shelf?q=staircase").await.text.contains("en.what-grief-does"));

    assert_eq!(amara.post("/library/what-grief-does/place", &[("away", "yes")]).await.location, "/library?done=hidden");
    assert_eq!(amara.post("/library/what-grief-does/place", &[("away", "yes")]).await.location, "/library?done=hidden", "twice is once");
    let mut maya = running.signed_in("Maya").await;
    assert_eq!(maya.get("/library/what-grief-does").await.status, StatusCode::NOT_FOUND);
    assert!(!maya.get("/library").await.text.contains("what-grief-does"));
    let seen = amara.get("/library/what-grief-does").await.text;
    assert!(seen.contains(&sentence(Language::English, "readings-is-hidden")));
    let shelf = amara.get("/homework-shelf?q=staircase").await.text;
    assert!(!shelf.contains("<strong><a href=\"/homework-shelf/en.what-grief-does"), "nor is it offered on the shelf");
    assert_eq!(maya.post("/library/what-grief-does/place", &[("away", "")]).await.status, StatusCode::NOT_FOUND, "a member moves nothing");
    assert_eq!(
        running.signed_in("Nadia").await.post("/library/what-grief-does/place", &[("away", "")]).await.status,
        StatusCode::NOT_FOUND
    );
    amara.post("/library/what-grief-does/place", &[("away", "")]).await;
    assert!(maya.get("/library").await.text.contains("what-grief-does"));
    assert_eq!(amara.post("/library/unknown/place", &[("away", "yes")]).await.status, StatusCode::NOT_FOUND);
    let lines = "SELECT COUNT(*) AS n FROM audit WHERE action = 'library.place'";
    assert_eq!(running.house.db.number(lines, values![]).await.unwrap(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_practice_writes_an_article_of_its_own_and_nothing_typed_is_lost() {
    let running = start("library-write").await;
    let mut amara = running.signed_in("Dr. Amara").await;
    assert!(amara.get("/library/new").await.text.contains("name=\"body_es\""));
    let wrong = [
        ("title_en", " ", "readings-title-wrong"),
        ("title_es", "x\u{202e}y", "readings-title-wrong"),
        ("lead_es", "", "readings-lead-wrong"),
        ("body_en", " ", "readings-body-wrong"),
        ("body_es", &*"á".repeat(8_001), "readings-too-long"),
        ("sources", "", "readings-unsourced"),
        ("audience", "everyone", "readings-audience-wrong"),
        ("topic", "none", "readings-topics-wrong"),
        ("title_en", "What grief does, and why it comes in waves", "readings-taken"),
    ];
    for language in Language::ALL {
        speak(&mut amara, language).await;
        let before = kept(&running).await;
        for (field, typed, key) in wrong {
            let page = amara.post("/library", &with(OURS, field, typed)).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{key}");
            assert!(page.text.contains(&sentence(language, key)) && page.text.contains("tel:988"), "{key}");
            assert!(page.text.contains("Toma una **silla**") || field == "body_es", "{key}: what was typed stays");
        }
        assert_eq!(kept(&running).await, before);
    }
    speak(&mut amara, Language::English).await;
    for _ in 0..2 {
        assert_eq!(amara.post("/library", OURS).await.location, "/library?done=kept");
    }
    let count = "SELECT COUNT(*) AS n FROM library_article";
    assert_eq!(running.house.db.number(count, values![]).await.unwrap(), 1, "the same form twice is one article");
    let mut maya = running.signed_in("Maya").await;
    let page = maya.get("/library/our-waiting-room").await.text;
    assert!(page.contains("<strong>chair</strong>") && page.contains("<li>One</li>") && page.contains("A book about chairs."));
    assert_eq!(running.signed_in("Rosa").await.get("/library/our-waiting-room").await.status, StatusCode::NOT_FOUND);

    let edit = "/library/our-waiting-room/edit";
    assert!(amara.get(edit).await.text.contains("name=\"version\" value=\"1\""));
    let mut changed: Vec<(&str, &str)> = with(OURS, "audience", "everybody");
    changed.push(("version", "1"));
    assert_eq!(amara.post(edit, &changed).await.location, "/library/our-waiting-room");
    let late = amara.post(edit, &with(&changed, "lead_en", "From the other window")).await;
    assert!(late.text.contains("From the other window") && late.text.contains(&sentence(Language::English, "readings-changed-since")));
    assert_eq!(running.signed_in("Rosa").await.get("/library/our-waiting-room").await.status, StatusCode::OK);
    assert_eq!(amara.get("/library/what-grief-does/edit").await.status, StatusCode::NOT_FOUND, "what ships is ours");
    assert_eq!(amara.post("/library/what-grief-does/edit", &changed).await.status, StatusCode::NOT_FOUND);
    let group = running.group("Steady Ground").await;
    let given = amara.get(&format!("/groups/{group}/homework/new?template=en.our-waiting-room")).await.text;
    assert!(given.contains("Take a chair."), "it can be given like all others");
    for (who, path) in [("Maya", "/library/new"), ("Rosa", edit), ("Nadia", edit), ("Theo", "/library/new")] {
        assert_eq!(running.signed_in(who).await.get(path).await.status, StatusCode::NOT_FOUND, "{who}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_typed_gets_power_over_a_page() {
    let running = start("library-xss").await;
    let mut carol = running.signed_in("Carol").await;
    for (at, evil) in CORPUS.iter().enumerate() {
        let once = format!("once-evil-{at}");
        let title = format!("T{at} {evil}").chars().take(80).collect::<String>();
        let mut fields = OURS.to_vec();
        for (name, value) in &mut fields {
            match *name {
                "once" => *value = &once,
                "title_en" | "title_es" => *value = &title,
                "lead_en" | "lead_es" | "body_en" | "body_es" | "sources" => *value = evil,
                _ => {}
            }
        }
        let page = carol.post("/library", &fields).await;
        assert_eq!(page.location, "/library?done=kept", "{evil}: {}", page.text);
    }
    let mut maya = running.signed_in("Maya").await;
    let list = maya.get("/library").await.text;
    let links: Vec<String> =
        list.split("href=\"/library/t").skip(1).map(|part| format!("/library/t{}", part.split('"').next().unwrap())).collect();
    let mut seen = 0;
    for path in ["/library".to_owned(), "/library?q=<script>alert(1)</script>".to_owned()].into_iter().chain(links) {
        let page = maya.get(&path.replace('<', "%3C").replace('>', "%3E")).await;
        for bad in ["<script>alert", "<img src=x", "<svg onload", "href=\"javascript:", "href='javascript:"] {
            assert!(!page.text.contains(bad), "{path}: {bad}");
        }
        seen += usize::from(page.text.contains("class=\"sources\""));
    }
    assert!(seen >= CORPUS.len(), "every one of them was looked at: {seen}");
}

/// Decks and films stand in the library for the groups that were shown them, and for nobody else.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_group_was_shown_is_found_again() {
    let running = start("library-shown").await;
    let session = running.last_week().await;
    let tx = running.house.db.write().await.unwrap();
    let amara = running.person("Dr. Amara").await.id;
    let sql = "INSERT INTO material (id, kind, title, media_type, bytes, pages, notes, captions, captions_language, added_by, added_at)
        VALUES (77, 'slides', 'Waves & tides', 'application/pdf', 10, 1, '', '', '', $1, 1)";
    tx.run(sql, values![amara]).await.unwrap();
    let now = running.house.clock.now();
    tx.run("INSERT INTO session_material (session_id, material_id, shown_at) VALUES ($1, 77, $2)", values![session, now]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    let page = running.signed_in("Maya").await.get("/library").await.text;
    assert!(page.contains("Waves &#38; tides") && page.contains("/materials/77/file"));
    for stranger in ["Aisha", "Rosa", "Marcus"] {
        assert!(!running.signed_in(stranger).await.get("/library").await.text.contains("Waves"), "{stranger}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_of_our_own_is_deleted_for_good_and_homework_made_of_it_stays() {
    let running = start("library-remove").await;
    let mut amara = running.signed_in("Dr. Amara").await;
    amara.post("/library", OURS).await;
    let (page, removal) = ("/library/our-waiting-room", "/library/our-waiting-room/removal");
    assert!(amara.get(&format!("{page}/edit")).await.text.contains(&sentence(Language::English, "readings-remove-note")));
    let mut maya = running.signed_in("Maya").await;
    let due = jiff_in(&running, 7);
    let along = [("once", "take-along-1"), ("text", "Our waiting room"), ("page", "Take a chair."), ("due", &*due), ("reads", "alone")];
    assert!(maya.post("/homework", &along).await.status.is_redirection());
    amara.post(&format!("{page}/place"), &[("away", "yes")]).await;
    for name in ["Maya", "Nadia", "Rosa"] {
        assert_eq!(running.signed_in(name).await.post(removal, &[]).await.status, StatusCode::NOT_FOUND, "{name}");
    }
    let gone = amara.post(removal, &[]).await.location;
    assert!(amara.get(&gone).await.text.contains(&sentence(Language::English, "readings-done-deleted")), "and the list says so: {gone}");
    assert_eq!(amara.get(page).await.status, StatusCode::NOT_FOUND);
    assert_eq!(amara.post(removal, &[]).await.status, StatusCode::NOT_FOUND, "once");
    assert_eq!(
        amara.post("/library/what-grief-does/removal", &[]).await.status,
        StatusCode::NOT_FOUND,
        "what ships is hidden, not deleted"
    );
    assert_eq!(running.house.db.number("SELECT COUNT(*) AS n FROM library_hidden", []).await.unwrap(), 0);
    assert!(maya.get("/homework").await.text.contains("Our waiting room"), "what she took along is hers");
    let again: Vec<_> = OURS.iter().map(|(key, value)| (*key, if *key == "once" { "once-once-2" } else { *value })).collect();
    assert_eq!(amara.post("/library", &again).await.location, "/library?done=kept", "its title is free again");
    assert!(maya.get(page).await.text.contains("chair"), "and it is not hidden from before");
}

/// What was read in a session, or what a week is to read, never turns into another text of the same name.
#[tokio::test(flavor = "multi_thread")]
async fn the_word_of_an_article_that_a_week_remembers_is_given_to_no_other() {
    let running = start("library-remember").await;
    let group = running.group("Steady Ground").await;
    let mut amara = running.signed_in("Dr. Amara").await;
    amara.post("/library", OURS).await;
    amara.post(&format!("/groups/{group}/readings"), &[("item", "our-waiting-room")]).await;
    assert!(running.signed_in("Maya").await.get("/today").await.text.contains("/library/our-waiting-room"));
    amara.post("/library/our-waiting-room/removal", &[]).await;
    let again: Vec<_> = OURS.iter().map(|(key, value)| (*key, if *key == "once" { "once-once-2" } else { *value })).collect();
    amara.post("/library", &again).await;
    assert_eq!(amara.get("/library/our-waiting-room").await.status, StatusCode::NOT_FOUND);
    assert_eq!(amara.get("/library/our-waiting-room-a").await.status, StatusCode::OK);
    assert!(!running.signed_in("Maya").await.get("/today").await.text.contains("/library/our-waiting-room"));
}
