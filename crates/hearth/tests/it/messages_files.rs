//! Pictures and PDFs in messages: what is kept of them, who reads them and until when, and what is refused.

use std::{io::Cursor, time::Duration};

use base64::{Engine, engine::general_purpose::STANDARD};
use ground::{Ask, Language, sea_orm::FromQueryResult, values};
use hyper::StatusCode;
use image::{ImageFormat, Rgb, RgbImage};
use testkit::{Browser, LogGuard, Page};

use crate::{
    harness::{Running, start, start_with_clock},
    messages::{channel, id_of, write},
    state::{escaped, kept, sentence},
};

/// A JPEG as a telephone makes one: lying on its side, with the place where it was taken.
pub fn photo() -> Vec<u8> {
    let halves = RgbImage::from_fn(64, 32, |x, _| if x < 32 { Rgb([250, 10, 10]) } else { Rgb([10, 10, 250]) });
    let mut plain = Cursor::new(Vec::new());
    halves.write_to(&mut plain, ImageFormat::Jpeg).unwrap();
    let plain = plain.into_inner();
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x02\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\x82\x98\0\x02\0\0\0\x0c\0\0\0\x26\0\0\0\0".to_vec();
    exif.extend(b"GPS-canary\0\0");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&plain[..2], &[0xff, 0xe1], &length, &exif, &plain[2..]].concat()
}

fn pdf(extra: &str) -> Vec<u8> {
    format!(
        "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
         3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 320 180] >>\nendobj\n{extra}trailer\n<< /Root 1 0 R >>\n%%EOF\n"
    )
    .into_bytes()
}

async fn send(browser: &mut Browser, channel: &str, text: &str, description: &str, file: &[u8]) -> Page {
    let once = ground::random_token();
    browser.upload(channel, &[("text", text), ("once", &*once), ("description", description)], ("file", file)).await
}

async fn count(running: &Running, sql: &str) -> i64 {
    running.house.db.number(sql, values![]).await.unwrap()
}

#[derive(FromQueryResult)]
struct Sealed {
    file_sealed: Vec<u8>,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_reaches_the_group_upright_and_without_its_place() {
    let running = start("files-picture").await;
    let (mut maya, mut theo) = (running.signed_in("Maya").await, running.signed_in("Theo").await);
    let path = channel(&running, &mut maya, "Steady Ground").await;
    let sent = send(&mut maya, &path, "The river today", "A \"river\" <at night>", &photo()).await;
    assert_eq!(sent.location, format!("{path}#write"), "{}", sent.text);
    let id = id_of(&mut theo, &path, "The river today").await;
    let (file, page) = (format!("{path}/{id}/file"), format!("{path}/{id}/picture"));
    for seen in [theo.get(&path).await.text, theo.get(&format!("{path}/changes?after=0")).await.text] {
        assert!(seen.contains(&format!("src=\"{file}\" alt=\"{}\"", escaped("A \"river\" <at night>"))), "{seen}");
        assert!(seen.contains(&format!("href=\"{page}\"")) && seen.contains("width=\"32\" height=\"64\""));
    }
    assert!(theo.get(&page).await.text.contains(&file));
    let got = theo.get(&file).await;
    assert_eq!(got.status, StatusCode::OK);
    for (header, value) in [("content-type", "image/jpeg"), ("x-content-type-options", "nosniff"), ("cache-control", "no-store")] {
        assert_eq!(got.headers[header], value, "{header}");
    }
    let policy = got.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("sandbox") && policy.contains("default-src 'none'") && !policy.contains("script-src"), "{policy}");
    assert!(!got.text.contains("GPS-canary") && !got.text.contains("Exif"), "where it was taken is nobody's");
    let shown = image::load_from_memory(&got.bytes).unwrap().into_rgb8();
    assert!(shown.dimensions() == (32, 64) && shown.get_pixel(16, 4)[0] > 200, "as its camera was held");
    theo.headers = vec![("range", "bytes=0-2".into())];
    let part = theo.get(&file).await;
    assert_eq!((part.status, &part.bytes[..]), (StatusCode::PARTIAL_CONTENT, &[0xff, 0xd8, 0xff][..]));
    theo.headers = vec![("range", "bytes=999999-".into())];
    assert_eq!(theo.get(&file).await.status, StatusCode::RANGE_NOT_SATISFIABLE);
    theo.headers.clear();

    let row: Sealed = running.house.db.row("SELECT file_sealed FROM message_file", values![]).await.unwrap().unwrap();
    assert!(!row.file_sealed.starts_with(&[0xff, 0xd8]) && !row.file_sealed.windows(4).any(|part| part == b"JFIF"), "sealed where it lies");
    let own: serde_json::Value = serde_json::from_str(&maya.get("/account/data.json").await.text).unwrap();
    let copy = own["message_files"][0]["file"].as_str().unwrap();
    assert_eq!(STANDARD.decode(copy.strip_prefix("data:image/jpeg;base64,").unwrap()).unwrap(), got.bytes, "hers, whole");
    assert_eq!(own["message_files"][0]["text"], "A \"river\" <at night>");
    assert!(maya.get("/account/data").await.text.contains(&sentence(Language::English, "mydata-message-files")));
    assert!(!theo.get("/account/data.json").await.text.contains("river"), "and nobody else's");
    running.work().await;
    let letters: String = running.outbox.posted().into_iter().map(|one| one.letter.subject + &one.letter.text).collect();
    assert!(!letters.contains("river") && !LogGuard::listen().text().contains("GPS-canary"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_needs_no_words_and_a_pdf_is_saved_and_never_opened_here() {
    let running = start("files-pdf").await;
    let (mut maya, mut lucia) = (running.signed_in("Maya").await, running.signed_in("Lucía").await);
    let path = channel(&running, &mut maya, "Steady Ground").await;
    assert_eq!(send(&mut maya, &path, "", "", &photo()).await.status, StatusCode::SEE_OTHER);
    let alt = escaped(&Language::Spanish.say("messages-picture-of", &[("name", "Maya".into())]));
    let seen = lucia.get(&path).await.text;
    assert!(seen.contains(&format!("alt=\"{alt}\"")), "{seen}");
    let alone = seen.split("/picture\"").next().unwrap().rsplit('/').next().unwrap().to_owned();
    assert!(lucia.get(&format!("{path}/{alone}/report")).await.text.contains(&sentence(Language::Spanish, "messages-quote-file")));
    lucia.post(&path, &[("text", "Qué bonito"), ("once", "l-1"), ("reply", &*alone)]).await;
    assert!(maya.get(&path).await.text.contains(&sentence(Language::English, "messages-quote-file")), "an answer names what it answers");

    assert_eq!(send(&mut maya, &path, "My plan", "Plan <B>", &pdf("")).await.status, StatusCode::SEE_OTHER);
    let id = id_of(&mut lucia, &path, "My plan").await;
    let page = lucia.get(&path).await.text;
    assert!(page.contains("Plan &#60;B&#62;") && page.contains(&format!("{path}/{id}/file\" download")));
    let got = lucia.get(&format!("{path}/{id}/file")).await;
    assert_eq!((got.status, &got.bytes[..]), (StatusCode::OK, &pdf("")[..]));
    assert_eq!(
        (&got.headers["content-disposition"], &got.headers["content-type"]),
        (&"attachment".parse().unwrap(), &"application/pdf".parse().unwrap())
    );
    assert!(got.headers["content-security-policy"].to_str().unwrap().contains("sandbox"));
    assert_eq!(lucia.get(&format!("{path}/{id}/picture")).await.status, StatusCode::NOT_FOUND, "it is no picture");
    // A form without a file that comes in parts, and one that is sent twice.
    let fields = [("text", "In parts"), ("once", "twice")];
    for _ in 0..2 {
        assert_eq!(maya.upload(&path, &fields, ("file", &photo())).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(maya.upload(&path, &[("text", "No file"), ("once", "none")], ("file", b"")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(count(&running, "SELECT COUNT(*) AS n FROM message_file").await, 3);
}

/// A head of a few bytes that claims to be a wall of points.
fn bomb() -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    RgbImage::new(8, 8).write_to(&mut file, ImageFormat::Png).unwrap();
    let mut file = file.into_inner();
    file[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
    file[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
    let sum = !file[12..29].iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 })
    });
    file[29..33].copy_from_slice(&sum.to_be_bytes());
    file
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_gets_its_sentence_and_keeps_the_words() {
    let running = start("files-refused").await;
    let mut huge = photo();
    huge.resize(16 * 1024 * 1024, 0);
    let mut thick = pdf("");
    thick.resize(11 * 1024 * 1024, b' ');
    let files: [(Vec<u8>, &str); 9] = [
        (b"<svg onload=alert(1)></svg> and some more of it".to_vec(), "messages-file-type"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(), "messages-picture-heic"),
        (huge, "messages-picture-too-large"),
        (bomb(), "messages-picture-too-many"),
        (photo()[..40].to_vec(), "messages-picture-broken"),
        (thick, "messages-pdf-too-large"),
        (pdf("8 0 obj\n<< /S /JavaScript /JS (app.alert\\(1\\)) >>\nendobj\n"), "messages-pdf-active"),
        (pdf("8 0 obj\n<< /Encrypt 9 0 R >>\nendobj\n"), "messages-pdf-locked"),
        (b"%PDF-1.7 and nothing that is a page".to_vec(), "messages-pdf-broken"),
    ];
    for (who, language) in [("Maya", Language::English), ("Lucía", Language::Spanish)] {
        let mut browser = running.signed_in(who).await;
        let path = channel(&running, &mut browser, "Steady Ground").await;
        browser.get(&path).await;
        let before = kept(&running).await;
        for (file, key) in &files {
            let page = send(&mut browser, &path, "My <words>", "A \"shown\" thing", file).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{key}");
            for text in
                [sentence(language, key), sentence(language, "messages-file-again"), escaped("My <words>"), escaped("A \"shown\" thing")]
            {
                assert!(page.text.contains(&text), "{key}: {text}");
            }
        }
        let long = "x".repeat(301);
        for (text, description, key) in
            [("My <words>", &*long, "messages-description-too-long"), (&*"x".repeat(2_001), "", "messages-too-long")]
        {
            let page = send(&mut browser, &path, text, description, &photo()).await;
            assert!(page.text.contains(&sentence(language, key)) && page.text.contains(&escaped(text)), "{key}");
        }
        assert_eq!(kept(&running).await, before, "{who}");
    }
    let mut amara = running.signed_in("Dr. Amara").await;
    let path = channel(&running, &mut amara, "Steady Ground").await;
    amara.post(&format!("{path}/pause"), &[("pause", "yes")]).await;
    let paused = send(&mut running.signed_in("Maya").await, &path, "Already typed", "", &photo()).await;
    assert!(paused.text.contains(&sentence(Language::English, "messages-paused-now")));
    assert_eq!(count(&running, "SELECT COUNT(*) AS n FROM message_file").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_read_by_whoever_reads_its_message_and_no_longer() {
    let (running, clock) = start_with_clock("files-who").await;
    let (mut maya, mut theo, mut amara) =
        (running.signed_in("Maya").await, running.signed_in("Theo").await, running.signed_in("Dr. Amara").await);
    let path = channel(&running, &mut maya, "Steady Ground").await;
    send(&mut maya, &path, "First of hers", "canary-shown", &photo()).await;
    let first = id_of(&mut theo, &path, "First of hers").await;
    let ends = [format!("{path}/{first}/file"), format!("{path}/{first}/picture")];
    for end in &ends {
        for name in ["Aisha", "Nadia", "Rosa", "Marcus", "Rui", "Carol", "Anders"] {
            assert_eq!(running.signed_in(name).await.get(end).await.status, StatusCode::NOT_FOUND, "{name} {end}");
        }
        assert_eq!(running.visitor().get(end).await.status, StatusCode::SEE_OTHER);
    }
    // By way of another channel it is not to be had, nor by whoever came after it.
    let own = maya.get(&format!("/people/{}/messages", running.person("Maya").await.id)).await.location;
    assert_eq!(maya.get(&format!("{own}/{first}/file")).await.status, StatusCode::NOT_FOUND);
    clock.advance(Duration::from_secs(5));
    let run = async |sql: &str, id: i64| {
        let tx = running.house.db.write().await.unwrap();
        tx.run(sql, values![clock.now(), id]).await.unwrap();
        tx.commit_unaudited().await.unwrap();
    };
    run("UPDATE membership SET joined_at = $1 WHERE person_id = $2", running.person("Priya").await.id).await;
    assert_eq!(running.signed_in("Priya").await.get(&ends[0]).await.status, StatusCode::NOT_FOUND);

    amara.post(&format!("{path}/{first}/hiding"), &[("hide", "yes")]).await;
    for browser in [&mut theo, &mut maya] {
        assert!(!browser.get(&path).await.text.contains("canary-shown"));
        for end in &ends {
            assert_eq!(browser.get(end).await.status, StatusCode::NOT_FOUND, "hidden is hidden, {end}");
        }
    }
    assert_eq!(amara.get(&ends[0]).await.status, StatusCode::OK, "leaders see what they have hidden");
    amara.post(&format!("{path}/{first}/hiding"), &[]).await;
    assert_eq!(theo.get(&ends[0]).await.status, StatusCode::OK);

    // Reported, and taken back after it: it is still there for whoever looks after the report.
    send(&mut maya, &path, "Second of hers", "canary-second", &photo()).await;
    let second = id_of(&mut theo, &path, "Second of hers").await;
    theo.post(&format!("{path}/{second}/report"), &[("reason", "It shows me")]).await;
    for id in [&first, &second] {
        maya.post(&format!("{path}/{id}/removal"), &[]).await;
        for browser in [&mut theo, &mut maya, &mut amara] {
            assert_eq!(browser.get(&format!("{path}/{id}/file")).await.status, StatusCode::NOT_FOUND, "taken back is taken back");
        }
    }
    assert!(!theo.get(&path).await.text.contains("canary-") && !amara.get(&path).await.text.contains("canary-"));
    assert_eq!(count(&running, "SELECT COUNT(*) AS n FROM message_file").await, 1, "what nobody reported is nowhere");
    let report = count(&running, "SELECT id AS n FROM message_report").await;
    assert!(amara.get(&format!("/reports/{report}")).await.text.contains("canary-second"));
    assert_eq!(amara.get(&format!("/reports/{report}/file")).await.status, StatusCode::OK);
    for name in ["Theo", "Maya", "Priya", "Aisha", "Rosa", "Nadia", "Marcus"] {
        let other = running.signed_in(name).await.get(&format!("/reports/{report}/file")).await;
        assert_eq!(other.status, StatusCode::NOT_FOUND, "{name}");
    }

    write(&mut maya, &path, "Another").await;
    send(&mut maya, &path, "Third of hers", "", &photo()).await;
    let third = id_of(&mut theo, &path, "Third of hers").await;
    run("UPDATE membership SET left_at = $1 WHERE person_id = $2", running.person("Theo").await.id).await;
    assert_eq!(theo.get(&format!("{path}/{third}/file")).await.status, StatusCode::NOT_FOUND, "reading ends with the seat");
    // Her record is destroyed: the rows go, and without her key the bytes of an older copy open nothing.
    let maya = running.person("Maya").await.id;
    run("DELETE FROM data_key WHERE $1 = $1 AND person_id = $2", maya).await;
    running.house.keys.forget(maya);
    let page = amara.get(&path).await;
    assert!(page.text.contains(&sentence(Language::English, "messages-gone")));
    assert_eq!(amara.get(&format!("{path}/{third}/file")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(amara.get(&format!("/reports/{report}/file")).await.status, StatusCode::NOT_FOUND);
    let gone = hearth::my_data::register::DESTROY.iter().find(|sql| sql.contains("message_file")).unwrap();
    let tx = running.house.db.write().await.unwrap();
    tx.run(gone, values![maya]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    assert_eq!(count(&running, "SELECT COUNT(*) AS n FROM message_file").await, 0);
}

/// What is of this house is said by its name, in the language of whoever reads it, and only to whoever may open it.
#[tokio::test(flavor = "multi_thread")]
async fn a_link_to_the_library_is_its_title() {
    let running = start("files-links").await;
    let (mut maya, mut lucia, mut amara) =
        (running.signed_in("Maya").await, running.signed_in("Lucía").await, running.signed_in("Dr. Amara").await);
    let path = channel(&running, &mut maya, "Steady Ground").await;
    let article = care::library::articles().iter().find(|one| one.slug == "what-grief-does").unwrap();
    let base = running.house.config.public_url.clone();
    let deck = amara.upload("/materials", &[("title", "Waves <of> worry")], ("file", &pdf(""))).await.location;
    let text = format!("Read {base}/library/what-grief-does, then {base}{deck} and javascript:alert(1) or https://example.org/x");
    write(&mut amara, &path, &text).await;
    let (english, spanish) = (maya.get(&path).await.text, lucia.get(&path).await.text);
    for (page, title, language) in [(&english, &article.en.title, Language::English), (&spanish, &article.es.title, Language::Spanish)] {
        assert!(page.contains(&format!("href=\"/library/what-grief-does\"><bdi>{}</bdi></a>", escaped(title))), "{title}");
        assert!(page.contains(&sentence(language, "messages-link-closed")), "a deck that nobody was shown");
        assert!(!page.contains("Waves &#60;of&#62;") && !page.contains("href=\"javascript") && page.contains("javascript:alert(1)"));
        assert!(page.contains("href=\"https://example.org/x\" rel=\"noopener noreferrer nofollow\""));
    }
    assert!(amara.get(&path).await.text.contains(&format!("href=\"{deck}\"><bdi>{}</bdi>", escaped("Waves <of> worry"))));
    assert!(english.contains(&format!("<option value=\"what-grief-does\">{}", escaped(&article.en.title))));
    // Chosen from the list it is as if it had been typed; what is not on it adds nothing.
    let chosen = maya.upload(&path, &[("text", ""), ("once", "c-1"), ("link", "what-grief-does")], ("file", b"")).await;
    assert_eq!(chosen.status, StatusCode::SEE_OTHER, "{}", chosen.text);
    assert_eq!(maya.get(&path).await.text.matches("href=\"/library/what-grief-does\"").count(), 2);
    let odd = maya.post(&path, &[("text", ""), ("once", "c-2"), ("link", "../../x\"><script>")]).await;
    assert!(odd.text.contains(&sentence(Language::English, "messages-empty")) && !odd.text.contains("<script>\""));
    amara.post("/library/what-grief-does/place", &[("away", "yes")]).await;
    let hidden = maya.get(&path).await.text;
    assert!(!hidden.contains("href=\"/library/what-grief-does\"") && !hidden.contains("<option value=\"what-grief-does\""));
    assert!(amara.get(&path).await.text.contains("href=\"/library/what-grief-does\""), "whoever can bring it back still reads it");
}
