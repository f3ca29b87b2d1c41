use ground::{Ask, sea_orm::FromQueryResult, values};
use hyper::StatusCode;

use crate::harness::start;

#[derive(FromQueryResult)]
struct Sealed {
    text_sealed: Vec<u8>,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_is_kept_signed_and_locked_and_can_be_added_to() {
    let running = start("notes").await;
    let session = running.last_week().await;
    let maya = running.person("Maya").await.id;
    let mut amara = running.signed_in("Dr. Amara").await;
    let path = format!("/sessions/{session}/notes/{maya}");
    assert!(amara.get(&path).await.text.contains("<textarea"));
    assert_eq!(amara.post(&path, &[("text", "")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(amara.post(&path, &[("text", "canary-draft")]).await.location, path);
    assert_eq!(amara.post(&format!("{path}/addenda"), &[("text", "too early")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(amara.post(&path, &[("text", "canary-final"), ("sign", "yes")]).await.location, path);
    let changed = amara.post(&path, &[("text", "canary-changed")]).await;
    assert!(changed.status == StatusCode::UNPROCESSABLE_ENTITY);
    amara.post(&format!("{path}/addenda"), &[("text", "canary-addendum")]).await;
    let page = amara.get(&path).await;
    assert!(page.text.contains("canary-final") && page.text.contains("canary-addendum") && !page.text.contains("canary-draft"));
    let reads =
        running.house.db.number("SELECT COUNT(*) AS n FROM audit WHERE action = 'note.read' AND object LIKE '%/note/%'", []).await.unwrap();
    assert_eq!(reads, 2, "both times the page was opened stand in the audit book");
    let row: Sealed = running.house.db.row("SELECT text_sealed FROM note WHERE about_id = $1", values![maya]).await.unwrap().unwrap();
    assert!(!String::from_utf8_lossy(&row.text_sealed).contains("canary"), "sealed at rest");
    let outsider = running.person("Felix").await.id;
    assert_eq!(amara.get(&format!("/sessions/{session}/notes/{outsider}")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn process_notes_are_their_author_s_alone() {
    let running = start("process").await;
    let session = running.last_week().await;
    let path = format!("/sessions/{session}/process-note");
    let mut amara = running.signed_in("Dr. Amara").await;
    assert!(amara.post(&path, &[("text", "canary-process")]).await.text.contains("canary-process"));
    assert!(amara.get(&path).await.text.contains("canary-process"));
    let mut ben = running.signed_in("Ben").await;
    assert!(!ben.get(&path).await.text.contains("canary-process"), "the co-leader of the same group has a page of his own");
    assert_eq!(running.signed_in("Anders").await.get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn attendance_is_corrected_with_both_values_kept() {
    let running = start("attendance").await;
    let session = running.last_week().await;
    let maya = running.person("Maya").await.id;
    let mut amara = running.signed_in("Dr. Amara").await;
    let path = format!("/sessions/{session}/attendance/{maya}");
    assert_eq!(amara.post(&path, &[("minutes", "many")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(amara.post(&path, &[("minutes", "55")]).await.status, StatusCode::SEE_OTHER);
    let sql = "SELECT corrected_minutes * 100000 + seconds AS n FROM attendance WHERE session_id = $1 AND person_id = $2";
    let both = running.house.db.number(sql, values![session, maya]).await.unwrap();
    assert_eq!(both / 100_000, 55);
    assert!(both % 100_000 > 5_000, "the measured seconds are still there");
}

#[tokio::test(flavor = "multi_thread")]
async fn homework_is_done_and_undone_by_its_owner_only() {
    let running = start("homework").await;
    let maya = running.person("Theo").await.id;
    let sql = "SELECT id AS n FROM homework WHERE person_id = $1 AND done_at IS NULL ORDER BY id LIMIT 1";
    let homework = running.house.db.number(sql, values![maya]).await.unwrap();
    let path = format!("/homework/{homework}/done");
    assert_eq!(running.signed_in("Maya").await.post(&path, &[]).await.status, StatusCode::NOT_FOUND);
    let mut browser = running.signed_in("Theo").await;
    assert_eq!(browser.post(&path, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.post(&format!("/homework/{homework}/undone"), &[]).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sealed_text_opens_only_in_its_place() {
    let running = start("seal").await;
    let keys = &running.house.keys;
    let spot = |row| ground::Spot { table: "note", column: "text", row };
    let owner = ground::Owner::Person(5);
    let sealed = keys.seal(owner, spot("1"), "canary").await.unwrap();
    assert_eq!(keys.open(owner, spot("1"), &sealed).await.unwrap(), "canary");
    assert!(keys.open(owner, spot("2"), &sealed).await.is_err(), "cut and pasted into another row");
    assert!(keys.open(ground::Owner::ProcessNotes(5), spot("1"), &sealed).await.is_err(), "another key");
    let mut bent = sealed.clone();
    bent[20] ^= 1;
    assert!(keys.open(owner, spot("1"), &bent).await.is_err());
}
