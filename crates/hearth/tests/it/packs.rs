//! Packs under their owners' terms: offered to nobody before an administrator has read, ticked and installed; taken out again without a loss.

use ground::{Ask, Language, values};
use hyper::StatusCode;
use testkit::Browser;

use crate::{
    harness::{Running, start},
    state::{kept, sentence},
};

const WORDS: [&str; 3] = ["WHO-5", "CORE-10", "AUDIT, all ten"];

/// The form of a pack as the page has it, with every box ticked.
async fn form(browser: &mut Browser, pack: &str) -> Vec<(String, String)> {
    let page = browser.get("/instruments/packs").await.text;
    let part = page.split("<form").find(|part| part.contains(&format!("name=\"pack\" value=\"{pack}\""))).unwrap().to_owned();
    let part = part.split("</form>").next().unwrap();
    let names = part.split("name=\"").skip(1).map(|field| field.split('"').next().unwrap());
    let terms = part.split("name=\"terms\" value=\"").nth(1).map_or("", |rest| rest.split('"').next().unwrap());
    names
        .filter(|name| *name != "action")
        .map(|name| {
            let value = match name {
                "pack" => pack,
                "terms" => terms,
                _ => "on",
            };
            (name.to_owned(), value.to_owned())
        })
        .chain([("action".to_owned(), "install".to_owned())])
        .collect()
}

async fn send(browser: &mut Browser, fields: &[(String, String)]) -> testkit::Page {
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post("/instruments/packs", &fields).await
}

impl Running {
    /// The newest thing that this person is asked of an instrument; 0 if there is none.
    async fn asked_of(&self, name: &str, slug: &str) -> i64 {
        let person = self.person(name).await.id;
        let sql = "SELECT id AS n FROM measure WHERE person_id = $1 AND slug = $2 AND withdrawn_at IS NULL ORDER BY asked_at DESC LIMIT 1";
        self.house.db.number(sql, values![person, slug]).await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_pack_is_offered_by_default() {
    let running = start("packs-default").await;
    let group = running.group("Steady Ground").await;
    let mut anders = running.signed_in("Anders").await;
    let (mut amara, mut carol) = (running.signed_in("Dr. Amara").await, running.signed_in("Carol").await);
    let pages = [
        anders.get("/instruments").await.text,
        anders.get("/instruments/warnings").await.text,
        amara.get(&format!("/groups/{group}/measures")).await.text,
        amara.get("/instruments").await.text,
        carol.get("/outcomes").await.text,
    ];
    for page in &pages {
        for word in ["WHO-5", "CORE-10", "core-10", "who-5", "\"audit\""] {
            assert!(!page.contains(word), "{word}");
        }
    }
    let before = kept(&running).await;
    for (slug, version) in [("who-5", "1"), ("core-10", "1"), ("audit", "1")] {
        let asked = amara.post(&format!("/groups/{group}/measures/asking"), &[("person", "all"), ("instrument", slug)]).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{slug} cannot be asked");
        let file = anders.post("/instruments/file", &[("instrument", slug), ("version", version)]).await;
        assert_eq!(file.location, "/instruments", "{slug} is not handed out");
    }
    assert_eq!(kept(&running).await, before);
    for browser in [&mut amara, &mut carol] {
        assert_eq!(browser.get("/instruments/packs").await.status, StatusCode::NOT_FOUND, "only who decides for the practice");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn terms_are_read_and_every_sentence_ticked_before_it_is_there() {
    let running = start("packs-terms").await;
    let mut anders = running.signed_in("Anders").await;
    assert!(anders.get("/instruments").await.text.contains("/instruments/packs"));
    for language in Language::ALL {
        anders.post("/language", &[("language", language.code()), ("back", "/")]).await;
        let page = anders.get("/instruments/packs").await.text;
        assert!(WORDS.iter().all(|word| page.contains(word)) && page.contains("not for sale or for use in conjunction with commercial"));
        let before = kept(&running).await;
        let whole = form(&mut anders, "core-10").await;
        assert_eq!(whole.len(), 7, "{whole:?}");
        for left_out in whole.iter().filter(|(name, _)| name == "read" || name.starts_with("statement")) {
            let fields: Vec<_> = whole.iter().filter(|field| *field != left_out).cloned().collect();
            let page = send(&mut anders, &fields).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(page.text.contains(&sentence(language, "packs-not-ticked")), "{left_out:?}");
            assert_eq!(page.text.matches(" checked>").count(), 3, "what was ticked stays");
        }
        let old: Vec<_> =
            whole.iter().map(|(name, value)| (name.clone(), if name == "terms" { "0".repeat(64) } else { value.clone() })).collect();
        assert!(send(&mut anders, &old).await.text.contains(&sentence(language, "packs-terms-changed")));
        let none = [("pack".to_owned(), "phq-9".to_owned()), ("action".to_owned(), "install".to_owned())];
        assert_eq!(send(&mut anders, &none).await.location, "/instruments/packs", "what is no pack changes nothing");
        assert_eq!(kept(&running).await, before);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_installed_pack_is_asked_heard_and_taken_out_without_a_loss() {
    let running = start("packs-life").await;
    let group = running.group("Steady Ground").await;
    let mut anders = running.signed_in("Anders").await;
    let fields = form(&mut anders, "core-10").await;
    let (mut one, mut two) = (anders.clone(), anders.clone());
    let (one, two) = tokio::join!(send(&mut one, &fields), send(&mut two, &fields));
    assert_eq!((one.location.as_str(), two.location.as_str()), ("/instruments/packs?done=installed", "/instruments/packs?done=installed"));
    let rows = "SELECT COUNT(*) AS n FROM instrument_pack";
    assert_eq!(running.house.db.number(rows, []).await.unwrap(), 1, "two taps install once");
    let audit = "SELECT COUNT(*) AS n FROM audit WHERE action = 'pack.install' AND object LIKE 'pack/%' AND object NOT LIKE '%core%'";
    assert_eq!(running.house.db.number(audit, []).await.unwrap(), 1, "and the book does not say which");
    let page = anders.get("/instruments/packs?done=installed").await.text;
    assert!(page.contains("Anders") && page.contains(&sentence(Language::English, "packs-done-installed")));
    let library = anders.get("/instruments").await.text;
    assert!(library.contains("CORE-10") && !library.contains("WHO-5"), "one pack is not all");

    let mut amara = running.signed_in("Dr. Amara").await;
    let asked = amara.post(&format!("/groups/{group}/measures/asking"), &[("person", "all"), ("instrument", "core-10")]).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.text);
    let measure = running.asked_of("Maya", "core-10").await;
    let path = format!("/measures/{measure}");
    let mut maya = running.signed_in("Maya").await;
    let form = maya.get(&path).await.text;
    assert!(
        form.contains("© CORE System Trust: https://www.coresystemtrust.org.uk/copyright.pdf"),
        "the owner's line, for whoever answers"
    );
    assert!(!form.contains("CORE-10<") && form.contains("Over the last week..."));
    let names: Vec<String> = (1..=10).map(|number| format!("q-{number}")).collect();
    let mut answers: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "2")).collect();
    answers[5].1 = "1";
    answers.push(("action", "send"));
    let told = maya.post(&path, &answers).await;
    assert!(told.text.contains("tel:988"), "the lines come first: {}", told.text);
    running.work().await;
    let tasks = "SELECT COUNT(*) AS n FROM risk_task WHERE source = 'measure'";
    assert_eq!(running.house.db.number(tasks, []).await.unwrap(), 1);
    assert!(running.asked_of("Theo", "core-10").await != 0, "Theo has not answered yet");

    let remove = [("pack", "core-10"), ("action", "remove")];
    assert_eq!(anders.post("/instruments/packs", &remove).await.location, "/instruments/packs?done=removed");
    assert_eq!(anders.post("/instruments/packs", &remove).await.location, "/instruments/packs?done=removed", "twice is once");
    assert_eq!(running.asked_of("Theo", "core-10").await, 0, "what waited is taken back");
    let page = amara.get(&format!("/groups/{group}/measures")).await.text;
    assert!(!page.contains("CORE-10"), "no new asking");
    let person = running.person("Maya").await.id;
    let read = amara.get(&format!("/people/{person}/measures/{measure}")).await;
    assert!(read.text.contains("I made plans to end my life") && read.text.contains("19"), "{}", read.text);
    assert!(maya.get(&path).await.text.contains("CORE System Trust"), "and she still reads hers");
    assert_eq!(anders.post("/instruments/file", &[("instrument", "core-10"), ("version", "1")]).await.location, "/instruments");
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_that_do_not_apply_may_be_left_out() {
    let running = start("packs-skip").await;
    let group = running.group("Steady Ground").await;
    let mut anders = running.signed_in("Anders").await;
    let fields = form(&mut anders, "audit").await;
    send(&mut anders, &fields).await;
    let mut amara = running.signed_in("Dr. Amara").await;
    amara.post(&format!("/groups/{group}/measures/asking"), &[("person", "all"), ("instrument", "audit")]).await;
    let path = format!("/measures/{}", running.asked_of("Maya", "audit").await);
    let mut maya = running.signed_in("Maya").await;
    let page = maya.get(&path).await.text;
    assert!(page.contains("question 1:") && page.contains("question 2 or 3:"), "which ones hang on which is said");
    let short = maya.post(&path, &[("q-1", "2"), ("q-9", "0"), ("q-10", "2"), ("action", "send")]).await;
    assert!(short.status == StatusCode::UNPROCESSABLE_ENTITY && short.text.contains("Question 2"));
    let sent = maya.post(&path, &[("q-1", "2"), ("q-2", "0"), ("q-3", "0"), ("q-9", "0"), ("q-10", "2"), ("action", "send")]).await;
    assert_eq!(sent.location, path, "{}", sent.text);
    // Terms of another day are not those that somebody accepted.
    running.house.db.script("UPDATE instrument_pack SET terms_hash = 'of another day'").await.unwrap();
    assert!(
        !anders.get("/instruments").await.text.contains("AUDIT<")
            && !amara.get(&format!("/groups/{group}/measures")).await.text.contains("\"audit\"")
    );
    let page = anders.get("/instruments/packs").await.text;
    assert!(page.contains(&sentence(Language::English, "packs-other-terms")));
    let fields = form(&mut anders, "audit").await;
    send(&mut anders, &fields).await;
    let rows = "SELECT COUNT(*) AS n FROM instrument_pack WHERE removed_at IS NULL";
    assert_eq!(running.house.db.number(rows, []).await.unwrap(), 1, "the old row is ended, the new one holds");
}
