//! Decks and films: what is kept and what is refused, who may load them, and how they come into a session and its recap.

use ground::{Ask, Language, files::Store, values};
use hyper::StatusCode;
use serde_json::json;
use testkit::{Browser, Page};

use crate::{
    harness::{Running, start},
    sockets::gathered,
    state::sentence,
};

/// A deck of one page, written by hand; `extra` stands among its objects.
fn deck(extra: &str) -> Vec<u8> {
    format!(
        "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
         3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 320 180] >>\nendobj\n{extra}trailer\n<< /Root 1 0 R >>\n%%EOF\n"
    )
    .into_bytes()
}

/// What begins as a film does; nobody plays it here.
fn film(bytes: usize) -> Vec<u8> {
    let mut film = b"\0\0\0\x20ftypisom\0\0\0\0".to_vec();
    film.extend((0..bytes).map(|at| (at % 251) as u8));
    film
}

async fn add(browser: &mut Browser, title: &str, file: &[u8]) -> Page {
    browser.upload("/materials", &[("title", title)], ("file", file)).await
}

/// The path of a material that was just added.
async fn added(browser: &mut Browser, title: &str, file: &[u8]) -> String {
    let page = add(browser, title, file).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    page.location
}

async fn count(running: &Running) -> i64 {
    running.house.db.number("SELECT COUNT(*) AS n FROM material", values![]).await.unwrap()
}

fn files(running: &Running) -> usize {
    let Store::Folder(folder) = &running.house.config.files else { panic!("a test's files lie in a folder") };
    std::fs::read_dir(folder).unwrap().count()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_gets_its_sentence_and_leaves_nothing() {
    let running = start("materials-refused").await;
    let mut amara = running.signed_in("Dr. Amara").await;
    let (before, on_disk) = (count(&running).await, files(&running));
    let mut huge = deck("");
    huge.resize(26 * 1024 * 1024, b' ');
    let refused: [(&str, Vec<u8>, &str); 7] = [
        ("Waves", Vec::new(), "materials-no-file"),
        ("Waves", b"<html><script>alert(1)</script></html> long enough to be looked at as a whole".to_vec(), "materials-wrong-type"),
        ("Waves", deck("8 0 obj\n<< /S /JavaScript /JS (app.alert\\(1\\)) >>\nendobj\n"), "materials-active"),
        ("Waves", deck("8 0 obj\n<< /Encrypt 9 0 R >>\nendobj\n"), "materials-locked"),
        ("Waves", b"%PDF-1.7\nnothing of a page in here, though it is long enough to be looked at".to_vec(), "materials-no-page"),
        ("Waves", huge, "materials-deck-too-large"),
        (" ", deck(""), "materials-no-title"),
    ];
    for (title, file, key) in refused {
        let page = add(&mut amara, title, &file).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{key}");
        assert!(page.text.contains(&sentence(Language::English, key)), "{key}: {}", page.text);
        assert!(page.text.contains(&format!("value=\"{title}\"")), "what was typed stays: {key}");
    }
    let plain = amara.post("/materials", &[("title", "Waves")]).await;
    assert!(plain.text.contains(&sentence(Language::English, "materials-no-file")), "a form without a file is told so");
    assert_eq!((count(&running).await, files(&running)), (before, on_disk), "nothing was kept, not even half a file");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deck_has_notes_and_a_film_has_captions_and_both_can_be_put_away() {
    let running = start("materials-kept").await;
    let mut amara = running.signed_in("Dr. Amara").await;
    let slides = added(&mut amara, "Waves <of> worry", &deck("")).await;
    let video = added(&mut amara, "A breath", &film(2_000)).await;
    let long = "x".repeat(20_001);
    for (title, notes, key) in [("", "kept?", "materials-no-title"), ("Waves", &*long, "materials-notes-too-long")] {
        let page = amara.post(&slides, &[("title", title), ("notes", notes)]).await;
        assert!(page.text.contains(&sentence(Language::English, key)) && page.text.contains(&notes[..5]), "{key}");
    }
    assert_eq!(amara.post(&slides, &[("title", "Waves"), ("notes", "Breathe.\n---\nAsk.")]).await.location, "/materials");
    let captions = format!("{video}/captions");
    let page = amara.upload(&captions, &[("language", "es")], ("captions", b"1\n00:00")).await;
    assert!(page.text.contains(&sentence(Language::English, "materials-not-captions")));
    amara.upload(&captions, &[("language", "es")], ("captions", b"WEBVTT\n\n00:00.000 --> 00:02.000\nRespira")).await;
    let on_disk = files(&running);
    amara.upload(&captions, &[("language", "es")], ("file", &film(2_000))).await;
    assert_eq!(files(&running), on_disk, "a form for captions takes no film");
    amara.upload(&captions, &[("language", "es")], ("captions", b"WEBVTT\n\n00:00.000 --> 00:02.000\nRespira")).await;
    let told = amara.get(&captions).await;
    assert!(told.text.contains("Respira") && told.headers["content-type"].to_str().unwrap().starts_with("text/vtt"));
    assert_eq!(amara.upload(&format!("{slides}/captions"), &[], ("captions", b"WEBVTT")).await.status, StatusCode::NOT_FOUND);
    let shelf = amara.get("/materials/shelf").await.text;
    assert!(shelf.contains("\"notes\":[\"Breathe.\",\"Ask.\"]") && shelf.contains("A breath"), "{shelf}");
    amara.post(&format!("{video}/place"), &[("away", "yes")]).await;
    assert!(!amara.get("/materials/shelf").await.text.contains("A breath"));
    assert!(amara.get("/materials").await.text.contains(&sentence(Language::English, "materials-away-title")));
    amara.post(&format!("{video}/place"), &[("away", "")]).await;
    assert!(amara.get("/materials/shelf").await.text.contains("A breath"));
    let on_disk = files(&running);
    amara.post(&format!("{video}/removal"), &[]).await;
    assert_eq!((amara.get(&video).await.status, files(&running)), (StatusCode::NOT_FOUND, on_disk - 1));
    assert_eq!(amara.post(&format!("{video}/removal"), &[]).await.status, StatusCode::NOT_FOUND);
    let lines = "SELECT COUNT(*) AS n FROM audit WHERE action LIKE 'material.%'";
    assert_eq!(running.house.db.number(lines, values![]).await.unwrap(), 9, "every change has its line");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_film_is_sent_in_the_parts_that_a_browser_asks_for() {
    let running = start("materials-range").await;
    let mut amara = running.signed_in("Dr. Amara").await;
    let bytes = film(300_000);
    let file = format!("{}/file", added(&mut amara, "A breath", &bytes).await);
    let whole = amara.get(&file).await;
    assert_eq!((whole.status, whole.headers["accept-ranges"].to_str().unwrap()), (StatusCode::OK, "bytes"));
    assert_eq!(whole.headers["content-type"], "video/mp4");
    assert_eq!(whole.headers["cache-control"], "private, max-age=3600");
    amara.headers = vec![("range", "bytes=100-199".into())];
    let part = amara.get(&file).await;
    assert_eq!((part.status, part.headers["content-length"].to_str().unwrap()), (StatusCode::PARTIAL_CONTENT, "100"));
    assert_eq!(part.headers["content-range"].to_str().unwrap(), format!("bytes 100-199/{}", bytes.len()));
    assert_eq!(part.text, String::from_utf8_lossy(&bytes[100..200]));
    amara.headers = vec![("range", "bytes=900000-".into())];
    assert_eq!(amara.get(&file).await.status, StatusCode::RANGE_NOT_SATISFIABLE);
    amara.headers.clear();
    let deck = format!("{}/file", added(&mut amara, "Waves", &deck("")).await);
    assert_eq!(amara.get(&deck).await.headers["content-disposition"], "attachment", "a PDF is never opened by the browser itself");
}

/// Whoever is there to learn looks at what a group was shown and leaves the shelf alone.
#[tokio::test(flavor = "multi_thread")]
async fn an_observer_in_training_changes_nothing_on_the_shelf() {
    let running = start("materials-training").await;
    let slides = added(&mut running.signed_in("Rui").await, "Waves of worry", &deck("")).await;
    let (before, on_disk) = (count(&running).await, files(&running));
    let mut nadia = running.signed_in("Nadia").await;
    assert_eq!(add(&mut nadia, "Hers", &deck("")).await.status, StatusCode::NOT_FOUND);
    for path in ["/materials", "/materials/shelf", &*slides, &format!("{slides}/file")] {
        assert_eq!(nadia.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in ["place", "removal"] {
        let page = nadia.post(&format!("{slides}/{path}"), &[("away", "yes")]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(nadia.post(&slides, &[("title", "Hers"), ("notes", "")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!((count(&running).await, files(&running)), (before, on_disk));
    for name in ["Carol", "Anders", "Dr. Amara"] {
        assert!(running.signed_in(name).await.get("/materials").await.text.contains("Waves of worry"), "{name}");
    }
}

/// A group that was shown something finds it again; nobody else does, not even by its number.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_shown_is_for_the_group_and_stands_in_its_recap() {
    let running = start("materials-shown").await;
    let session = running.tonight().await;
    let mut amara = running.signed_in("Dr. Amara").await;
    let slides = added(&mut amara, "Waves of worry", &deck("")).await;
    let video = added(&mut amara, "A breath", &film(500)).await;
    let number = |path: &str| path.rsplit('/').next().unwrap().parse::<i64>().unwrap();
    let (mut lead, mut inside) = gathered(&running, &["Maya", "Theo"]).await;
    let mut maya = running.signed_in("Maya").await;
    let (deck_file, film_file) = (format!("{slides}/file"), format!("{video}/file"));
    assert_eq!(maya.get(&deck_file).await.status, StatusCode::NOT_FOUND, "not before it is shown");
    lead.act(json!({"do": "begin"})).await.unwrap();
    lead.act(json!({"tool": "slides", "act": {"do": "open", "material": number(&slides), "title": "Waves of worry", "pages": 1}}))
        .await
        .unwrap();
    let (_, wire) = &mut inside[0];
    let deck = wire.until("the deck", |view| view.tools.slides.is_some()).await.tools.slides.unwrap();
    assert_eq!((deck.material, deck.page), (number(&slides), 0));
    assert_eq!(maya.get(&deck_file).await.status, StatusCode::OK, "whoever is told of it may load it at once");
    assert_eq!(maya.get(&film_file).await.status, StatusCode::NOT_FOUND);
    for stranger in ["Aisha", "Rosa"] {
        assert_eq!(running.signed_in(stranger).await.get(&deck_file).await.status, StatusCode::NOT_FOUND, "{stranger}");
    }
    for act in [json!({"do": "turn", "page": 0}), json!({"do": "close"})] {
        assert!(wire.act(json!({"tool": "slides", "act": act})).await.is_err(), "a member turns no page");
    }
    lead.act(json!({"tool": "video", "act": {"do": "open", "material": number(&video), "title": "A breath", "captions": false}}))
        .await
        .unwrap();
    lead.act(json!({"tool": "video", "act": {"do": "play", "from": 250}})).await.unwrap();
    let film = wire.until("it runs", |view| view.tools.video.as_ref().is_some_and(|film| film.running)).await.tools.video.unwrap();
    assert_eq!(film.position, 250);
    let unknown = json!({"tool": "video", "act": {"do": "open", "material": 4_711, "title": "Unknown to the library", "captions": false}});
    lead.act(unknown).await.unwrap();
    lead.act(json!({"do": "end"})).await.unwrap();
    let recap = maya.get(&format!("/sessions/{session}/recap")).await.text;
    assert!(recap.contains(&sentence(Language::English, "recap-shown")) && recap.contains("Waves of worry") && recap.contains(&film_file));
    assert!(!recap.contains("Unknown to the library"), "what the library does not have was not shown");
    let record = amara.get(&format!("/sessions/{session}/record")).await.text;
    assert!(
        record.contains(&sentence(Language::English, "timeline-slides")) && record.contains(&sentence(Language::English, "timeline-video"))
    );
    amara.post(&format!("{slides}/removal"), &[]).await;
    assert!(!maya.get(&format!("/sessions/{session}/recap")).await.text.contains("Waves of worry"), "gone is gone");
}
