//! The topics are the practice's own: called as it likes, offered or not, in its order, everywhere at once.

use ground::{Language, values};
use hyper::StatusCode;

use crate::{
    enrolment::SCREENING,
    harness::{LANTERNS, Running, start, with},
    state::{escaped, kept, sentence},
};

const GRIEF: &[(&str, &str)] = &[("en-grief", "Losing <somebody>"), ("es-grief", "Perder a alguien"), ("place-grief", "7")];
const PAIN: &[(&str, &str)] = &[("en-new", "Chronic pain"), ("es-new", "Dolor crónico"), ("place-new", "1")];

fn choices(page: &str) -> Vec<String> {
    let select = page.split_once("name=\"topic\"").unwrap().1.split("</select>").next().unwrap();
    select.split("value=\"").skip(1).map(|part| part.split('"').next().unwrap().to_owned()).filter(|slug| !slug.is_empty()).collect()
}

async fn offered(running: &Running, path: &str) -> Vec<String> {
    choices(&running.visitor().get(path).await.text)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_topic_of_one_s_own_is_offered_everywhere_and_a_hidden_one_keeps_its_groups() {
    let running = start("topics").await;
    let mut anders = running.signed_in("Anders").await;
    assert!(anders.get("/practice").await.text.contains("/practice/topics"));
    assert!(offered(&running, "/find").await.contains(&"grief".to_owned()), "read once before anything changes");
    let page = anders.post("/practice/topics", &[GRIEF, PAIN].concat()).await;
    let page = anders.get(&page.location).await;
    assert!(page.text.contains(&sentence(Language::English, "topics-kept")) && page.text.contains("Losing &#60;somebody&#62;"));

    for path in ["/find", "/digest"] {
        let choices = offered(&running, path).await;
        assert_eq!(choices[0], "chronic-pain", "{path}: in the practice's order");
        assert!(!choices.contains(&"grief".to_owned()), "{path}: no longer offered");
    }
    let loss = running.group("After Loss").await;
    let found = running.visitor().get("/find?topic=grief").await.text;
    assert!(found.contains("After Loss") && found.contains("Losing &#60;somebody&#62;"), "an old link still leads there");
    assert_eq!(choices(&found).iter().filter(|slug| *slug == "grief").count(), 1, "and says what it asks for");
    assert!(running.visitor().get(&format!("/find/{loss}")).await.text.contains("Losing &#60;somebody&#62;"));
    let mut spanish = running.visitor();
    spanish.headers = vec![("accept-language", "es".into())];
    let page = spanish.get("/find").await.text;
    assert!(page.contains("Dolor crónico") && page.contains("Perder a alguien") && !page.contains("Chronic pain"));

    let mut carol = running.signed_in("Carol").await;
    assert_eq!(choices(&carol.get("/groups/new").await.text)[0], "chronic-pain");
    assert_eq!(carol.post("/groups", LANTERNS).await.status, StatusCode::UNPROCESSABLE_ENTITY, "no new group of a hidden topic");
    let made = carol.post("/groups", &with(LANTERNS, "topic", "chronic-pain")).await;
    let groups = carol.get("/groups").await.text;
    assert!(groups.contains("Chronic pain"), "{}", made.text);
    assert!(groups.contains("Losing &#60;somebody&#62;"), "whoever has it keeps it");

    let running = running.restarted().await;
    assert_eq!(offered(&running, "/find").await[0], "chronic-pain", "after a restart, too");
    let mut anders = running.signed_in("Anders").await;
    let shown = [GRIEF, &[("shown-grief", "on")]].concat();
    anders.post("/practice/topics", &shown).await;
    assert!(offered(&running, "/find").await.contains(&"grief".to_owned()), "offered again");
    let sql = "SELECT COUNT(*) AS n FROM audit WHERE action = $1";
    assert_eq!(ground::Ask::number(&running.house.db, sql, values!["practice.topics"]).await.unwrap(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn newcomers_choose_from_the_practice_s_list_and_what_they_chose_stays() {
    let running = start("topics-form").await;
    let mut anders = running.signed_in("Anders").await;
    anders.post("/practice/topics", PAIN).await;
    let group = running.lanterns("4").await;
    let mut ida = running.newcomer(group, "ida@example.org").await;
    let application = running.application("ida@example.org").await;
    ida.post(&format!("/applications/{application}/seat"), &[]).await;
    let path = format!("/applications/{application}/screening");
    let page = ida.get(&path).await.text;
    assert!(page.contains("name=\"condition-chronic-pain\"") && page.contains("Chronic pain"), "{page}");
    let told = [SCREENING, &[("condition-chronic-pain", "on")]].concat();
    let sent = ida.post(&path, &told).await;
    assert_eq!(sent.location, "/applications", "{}", sent.text);
    assert_eq!(
        anders
            .post(
                "/practice/topics",
                &[
                    ("en-chronic-pain", "Long pain"),
                    ("es-chronic-pain", "Dolor largo"),
                    ("place-chronic-pain", "1"),
                    ("remove-chronic-pain", "on")
                ]
            )
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    let mut amara = running.signed_in("Dr. Amara").await;
    let page = amara.get(&format!("/groups/{group}/applicants/{application}")).await;
    assert!(page.text.contains("Chronic pain"), "removed since, and still what she said: {}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_is_said_and_nothing_changes() {
    let running = start("topics-odd").await;
    let mut anders = running.signed_in("Anders").await;
    anders.post("/practice/topics", PAIN).await;
    let mut carol = running.signed_in("Carol").await;
    carol.post("/groups", &with(LANTERNS, "topic", "chronic-pain")).await;
    let row = |en: &'static str, es: &'static str, place: &'static str| [("en-anger", en), ("es-anger", es), ("place-anger", place)];
    for language in Language::ALL {
        anders.post("/language", &[("language", language.code()), ("back", "/")]).await;
        let before = kept(&running).await;
        for (fields, key) in [
            (row("", "Rabia <1>", "1").to_vec(), "topics-name-unfit"),
            (row("Rage", "Rabia <1>, y mucho más de lo que cabe aquí", "1").to_vec(), "topics-name-unfit"),
            (row("anxiety ", "Rabia <1>", "1").to_vec(), "topics-double"),
            (row("Rage", "Rabia <1>", "-1").to_vec(), "topics-place-unfit"),
            ([&row("Rage", "Rabia <1>", "1")[..], &[("remove-anger", "on")]].concat(), "topics-in-use"),
            (
                [
                    &row("Rage", "Rabia <1>", "1")[..],
                    &[("en-chronic-pain", "Pain"), ("es-chronic-pain", "Dolor"), ("remove-chronic-pain", "on")],
                ]
                .concat(),
                "topics-in-use",
            ),
        ] {
            let page = anders.post("/practice/topics", &fields).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
            assert!(page.text.contains(&sentence(language, key)) && page.text.contains(&escaped("Rabia <1>")), "{key}");
        }
        assert_eq!(kept(&running).await, before);
    }
    let many: Vec<(String, String)> =
        (0..30).flat_map(|n| [("en-new".to_owned(), format!("T {n}")), ("es-new".to_owned(), format!("L {n}"))]).collect();
    for pair in many.chunks(2).take(26) {
        let fields: Vec<(&str, &str)> = pair.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        anders.post("/practice/topics", &fields).await;
    }
    let full = anders.get("/practice/topics").await.text;
    assert!(full.contains(&sentence(Language::Spanish, "topics-too-many")) && !full.contains("name=\"en-new\""));
    let page = anders.post("/practice/topics", PAIN).await;
    assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.text.contains(&sentence(Language::Spanish, "topics-too-many")));
}
