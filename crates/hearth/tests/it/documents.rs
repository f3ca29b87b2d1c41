//! What people sign: drafts ask nobody, a new version asks everybody again before their next session.

use ground::{Ask, Language, values};
use hyper::StatusCode;

use crate::{
    harness::{DOOR, Running, start},
    state::{kept, sentence},
};

const NEW_RULES: &[(&str, &str)] = &[("en", "Be kind. {practice}"), ("es", "Sé amable. {practice}"), ("action", "publish")];

async fn signatures(running: &Running, person: i64) -> i64 {
    let sql = "SELECT COUNT(*) AS n FROM document_signature WHERE person_id = $1";
    running.house.db.number(sql, values![person]).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_asks_nobody_and_a_published_text_asks_before_the_door() {
    let running = start("documents").await;
    let session = running.tonight().await;
    let (mut maya, mut anders) = (running.signed_in("Maya").await, running.signed_in("Anders").await);
    assert!(!maya.get("/documents").await.text.contains("/documents/telehealth"), "a draft is nobody's to sign");
    assert_eq!(maya.get("/documents/telehealth").await.status, StatusCode::NOT_FOUND);
    let page = anders.get("/practice/documents/telehealth").await;
    assert!(page.text.contains(&sentence(Language::English, "documents-draft-lawyer")));

    let publish = [("en", "Video. {phone}"), ("es", "Video. {phone}"), ("action", "publish")];
    assert_eq!(anders.post("/practice/documents/telehealth", &publish).await.location, "/practice/documents");
    running.work().await;
    let asked = running.outbox.posted().into_iter().filter(|one| one.letter.subject.contains("read and sign")).count();
    assert!(asked > 20, "every member is told: {asked}");
    assert!(maya.get("/documents/open").await.text.contains("/documents/telehealth"));

    let door = format!("/sessions/{session}/door");
    let page = maya.post(&door, DOOR).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("/documents/telehealth") && page.text.contains("At home"), "what was typed is kept");
    let unsigned = maya.post("/documents/telehealth", &[("name", " "), ("agree", "on")]).await;
    assert!(unsigned.text.contains(&sentence(Language::English, "documents-name-missing")));
    assert_eq!(maya.post("/documents/telehealth", &[("name", "Maya L."), ("agree", "on")]).await.location, "/documents");
    assert_eq!(maya.post(&door, DOOR).await.location, format!("/sessions/{session}/waiting"));
    assert_eq!(signatures(&running, running.person("Maya").await.id).await, 2, "the consent, and the ground rules at the door");
    let mut amara = running.signed_in("Dr. Amara").await;
    assert!(!amara.get("/documents").await.text.contains("telehealth"), "staff give no consent to their own care");
}

/// J1: a change asks again; the old signature stays, under the old version.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_asks_again_and_shows_what_changed() {
    let running = start("documents-change").await;
    let session = running.tonight().await;
    let door = format!("/sessions/{session}/door");
    let maya_id = running.person("Maya").await.id;
    let (mut maya, mut anders) = (running.signed_in("Maya").await, running.signed_in("Anders").await);
    maya.post(&door, DOOR).await;
    let without_rules: Vec<_> = DOOR.iter().copied().filter(|(name, _)| !matches!(*name, "signed_name" | "agree")).collect();
    assert_eq!(maya.post(&door, &without_rules).await.location, format!("/sessions/{session}/waiting"), "signed once");

    let before = kept(&running).await;
    let compared = crate::harness::with(NEW_RULES, "action", "compare");
    let page = anders.post("/practice/documents/ground-rules", &compared).await;
    assert!(page.text.contains("<ins>Be kind. {practice}</ins>") && page.text.contains("<del>What is said here"));
    for (field, typed, key) in [("es", " ", "documents-empty"), ("en", "{practise}", "documents-variable")] {
        let odd = anders.post("/practice/documents/ground-rules", &crate::harness::with(NEW_RULES, field, typed)).await;
        assert!(odd.status == StatusCode::UNPROCESSABLE_ENTITY && odd.text.contains(&sentence(Language::English, key)), "{key}");
    }
    assert_eq!(kept(&running).await, before);

    anders.post("/practice/documents/ground-rules", NEW_RULES).await;
    let again = anders.post("/practice/documents/ground-rules", NEW_RULES).await;
    assert!(again.text.contains(&sentence(Language::English, "documents-unchanged")), "nobody is asked for nothing");
    let page = maya.get(&door).await;
    assert!(page.text.contains("Be kind. Hearth"), "the new rules, with the practice's name");
    let refused = maya.post(&door, &without_rules).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "asked again");
    assert_eq!(maya.post(&door, DOOR).await.location, format!("/sessions/{session}/waiting"));
    assert_eq!(signatures(&running, maya_id).await, 2);
    assert!(anders.get("/practice/documents").await.text.contains("signed by 1 of"));
}
