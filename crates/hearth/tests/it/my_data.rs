//! Everything of one person for them alone; the wish to have it deleted, what the law says, and destruction that leaves nothing readable.

use std::time::Duration;

use ground::{Ask, Language, Moment, sea_orm::FromQueryResult, values};
use hearth::my_data::register::{DESTROY, OTHERS, PARTS};
use hyper::StatusCode;
use testkit::Browser;

use crate::{
    harness::{DOOR, Running, start, start_with_clock, with},
    state::{escaped, kept, sentence},
};

#[derive(FromQueryResult)]
struct Name {
    name: String,
}

#[derive(FromQueryResult)]
struct Text {
    text: Option<String>,
}

async fn names(running: &Running, sqlite: &str, postgres: &str) -> Vec<String> {
    let sql = if running.house.db.is_sqlite() { sqlite } else { postgres };
    running.house.db.rows::<Name>(sql, []).await.unwrap().into_iter().map(|row| row.name).collect()
}

async fn tables(running: &Running) -> Vec<String> {
    let sqlite = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name";
    let postgres =
        "SELECT CAST(table_name AS TEXT) AS name FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY table_name";
    names(running, sqlite, postgres).await
}

/// Every readable text of the whole database. What is sealed is not readable, and is looked at by its key.
async fn whole_database(running: &Running) -> String {
    let mut all = String::new();
    for table in tables(running).await {
        let sqlite = format!("SELECT name FROM pragma_table_info('{table}') WHERE type = 'TEXT'");
        let postgres = format!(
            "SELECT CAST(column_name AS TEXT) AS name FROM information_schema.columns WHERE table_name = '{table}' AND table_schema = current_schema() AND data_type = 'text'"
        );
        for column in names(running, &sqlite, &postgres).await {
            let rows: Vec<Text> = running.house.db.rows(&format!("SELECT {column} AS text FROM {table}"), []).await.unwrap();
            rows.into_iter().filter_map(|row| row.text).for_each(|text| all += &format!("{table}.{column}: {text}\n"));
        }
    }
    all
}

/// A table that nobody thought of would neither be shown nor be destroyed.
#[tokio::test(flavor = "multi_thread")]
async fn every_table_is_in_the_register_or_has_its_reason_and_every_shown_one_is_destroyed() {
    let running = start("my-data-register").await;
    for table in tables(&running).await {
        let shown = PARTS.iter().any(|part| part.tables.contains(&table.as_str()));
        let reason = OTHERS.iter().any(|(name, reason)| *name == table && !reason.is_empty());
        assert!(shown ^ reason, "{table} belongs into one of the two lists of my_data::register");
    }
    let stay = ["person", "membership", "attendance"];
    for table in PARTS.iter().flat_map(|part| part.tables).filter(|table| !stay.contains(table)) {
        assert!(DESTROY.iter().any(|sql| sql.starts_with(&format!("DELETE FROM {table} "))), "{table} would outlive its person");
    }
    // Whatever is sealed for a person outside of the parts goes, too.
    let sealed = "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name LIKE '%_sealed'";
    let postgres = "SELECT DISTINCT CAST(table_name AS TEXT) AS name FROM information_schema.columns WHERE column_name LIKE '%\\_sealed' AND table_schema = current_schema()";
    // The shelf of homework and the key for push services are sealed for the practice.
    let mine = ["process_note", "subscriber", "job", "homework_template", "group_question", "push_key"];
    for table in names(&running, sealed, postgres).await.into_iter().filter(|table| !mine.contains(&table.as_str())) {
        let gone = |sql: &str| sql.starts_with(&format!("DELETE FROM {table} ")) || sql.starts_with("UPDATE person") && table == "person";
        assert!(DESTROY.iter().any(|sql| gone(sql)), "{table} holds sealed text that would stay");
    }
}

/// Maya does everything once, each with a word by which it is found again.
async fn maya_lives(running: &Running, maya: &mut Browser) {
    let session = running.tonight().await;
    maya.post(&format!("/sessions/{session}/door"), &with(DOOR, "location", "canary-place")).await;
    maya.post("/goals/patterns", &[("text", "canary-pattern")]).await;
    maya.post("/goals/workshop/hopes", &[("text", "canary-hope")]).await;
    let draft = maya.post("/goals", &[("words", "canary-goal with a plan")]).await.location;
    let goal = draft.split('/').nth(2).unwrap().to_owned();
    maya.post(&format!("/goals/{goal}/plan/check"), &[]).await;
    let today = ground::when::date(running.house.clock.now(), "America/New_York");
    maya.post(&format!("/goals/{goal}/days"), &[("day", &*today), ("note", "canary-daily")]).await;
    maya.post("/safety-plan", &[("version", "0"), ("signs", "canary-sign")]).await;
    let group = running.group("Steady Ground").await;
    maya.post(&format!("/groups/{group}/what-helped"), &[("situation", "canary-try"), ("tried", "A walk"), ("went", "helped")]).await;
    maya.post(&format!("/groups/{group}/moments"), &[("kind", "setback"), ("words", "canary-moment")]).await;
    maya.post("/help", &[("text", "canary-help"), ("kind", "concern")]).await;
    maya.post("/account/push-devices", &[("endpoint", "https://web.push.apple.com/canary-device")]).await;
    running.work().await;
}

const CANARIES: &[&str] = &[
    "canary-place",
    "canary-pattern",
    "canary-hope",
    "canary-goal",
    "canary-daily",
    "canary-sign",
    "canary-help",
    "canary-device",
    "canary-try",
    "canary-moment",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_member_gets_everything_of_theirs_and_nothing_of_anybody_else() {
    let running = start("my-data").await;
    let (mut maya, mut theo) = (running.signed_in("Maya").await, running.signed_in("Theo").await);
    maya_lives(&running, &mut maya).await;
    theo.post("/goals/patterns", &[("text", "theos-own-pattern")]).await;
    let page = maya.get("/account/data").await;
    assert_eq!(page.status, StatusCode::OK);
    let file = maya.get("/account/data.json").await;
    for canary in CANARIES {
        assert!(page.text.contains(canary), "{canary} is missing on the page");
        assert!(file.text.contains(canary), "{canary} is missing in the file");
    }
    let read: serde_json::Value = serde_json::from_str(&file.text).unwrap();
    assert_eq!(read["person"][0]["email"], "maya.lindqvist@example.org");
    assert!(read["sessions"].as_array().unwrap().len() >= 5 && read["answers"][0]["answer"]["check_in"]["mood"].is_number());
    for part in PARTS {
        assert!(read[part.name].is_array(), "{}", part.name);
    }
    for other in ["Theo", "Grant", "Priya", "Anders", "Osei", "theos-own-pattern"] {
        assert!(!file.text.contains(other), "{other} is in Maya's file");
        assert!(!page.text.contains(other), "{other} is on Maya's page");
    }
    let other = theo.get("/account/data.json").await.text;
    assert!(other.contains("theos-own-pattern") && CANARIES.iter().all(|canary| !other.contains(canary)));
    let taken = running.house.db.number("SELECT COUNT(*) AS n FROM audit WHERE action = 'data.download'", []).await.unwrap();
    assert_eq!(taken, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wish_is_asked_for_twice_taken_back_and_answered() {
    let running = start("my-data-wish").await;
    let (mut maya, mut carol, mut amara) =
        (running.signed_in("Maya").await, running.signed_in("Carol").await, running.signed_in("Dr. Amara").await);
    let before = kept(&running).await;
    let odd = maya.post("/account/deletion", &[("words", "Kept <words>")]).await;
    assert!(odd.status == StatusCode::UNPROCESSABLE_ENTITY && odd.text.contains(&escaped("Kept <words>")));
    let staff = amara.post("/account/deletion", &[("sure", "on")]).await;
    assert!(staff.text.contains(&sentence(Language::English, "mydata-staff")), "staff leave by way of the office");
    assert_eq!(kept(&running).await, before);

    for _ in 0..2 {
        maya.post("/account/deletion", &[("words", "canary-wish"), ("sure", "on")]).await;
    }
    let asked = running.house.db.number("SELECT COUNT(*) AS n FROM deletion_request", []).await.unwrap();
    assert_eq!(asked, 1, "one wish stands at a time");
    maya.post("/account/deletion/withdrawal", &[]).await;
    assert!(carol.get("/deletions").await.text.contains(&sentence(Language::English, "deletion-outcome-taken-back")));
    maya.post("/account/deletion", &[("words", "canary-wish"), ("sure", "on")]).await;
    assert!(maya.get("/account/data").await.text.contains(&sentence(Language::English, "mydata-waiting")));

    let list = carol.get("/deletions").await.text;
    let id = list.split("/deletions/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let path = format!("/deletions/{id}");
    let page = carol.get(&path).await.text;
    assert!(page.contains("canary-wish") && page.contains(&sentence(Language::English, "deletion-sits")));
    let before = kept(&running).await;
    for (fields, key) in [
        (vec![("outcome", "declined")], "deletion-reply-missing"),
        (vec![("outcome", "destroyed")], "deletion-barred"),
        (vec![("outcome", "closed")], "deletion-sits"),
        (vec![("outcome", "burned")], "deletion-choose"),
    ] {
        let odd = carol.post(&path, &fields).await;
        assert!(odd.status == StatusCode::UNPROCESSABLE_ENTITY && odd.text.contains(&sentence(Language::English, key)), "{key}");
    }
    assert_eq!(kept(&running).await, before);
    assert_eq!(maya.get("/deletions").await.status, StatusCode::NOT_FOUND);
    carol.post(&path, &[("outcome", "declined"), ("reply", "canary-reply: please call us first")]).await;
    assert!(maya.get("/account/data").await.text.contains("canary-reply"));
    assert_eq!(carol.post(&path, &[("outcome", "closed")]).await.status, StatusCode::NOT_FOUND, "decided once");
}

async fn meddle(running: &Running, sql: &str, person: i64) {
    let tx = running.house.db.write().await.unwrap();
    tx.run(sql, values![person]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
}

/// Maya has left, asked, and was in New York, where a record is kept for six years.
async fn maya_has_left(running: &Running) -> (i64, String) {
    let mut maya = running.signed_in("Maya").await;
    maya_lives(running, &mut maya).await;
    let id = running.person("Maya").await.id;
    meddle(running, "UPDATE membership SET left_at = 5 WHERE person_id = $1", id).await;
    meddle(running, "UPDATE risk_task SET closed_at = opened_at WHERE person_id = $1", id).await;
    maya.post("/account/deletion", &[("words", "canary-wish"), ("sure", "on")]).await;
    let mut carol = running.signed_in("Carol").await;
    let list = carol.get("/deletions").await.text;
    (id, format!("/deletions/{}", list.split("/deletions/").nth(1).unwrap().split('"').next().unwrap()))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_account_waits_for_the_day_that_the_law_names() {
    let (running, clock) = start_with_clock("my-data-law").await;
    let (id, path) = maya_has_left(&running).await;
    let mut carol = running.signed_in("Carol").await;
    let year = clock.now().in_zone("America/New_York").year() + 6;
    let page = carol.get(&path).await.text;
    assert!(page.contains("six years") && page.contains(&year.to_string()), "the rule and the day");
    assert!(!page.contains("value=\"destroyed\""), "no button for what cannot be");
    assert_eq!(carol.post(&path, &[("outcome", "closed")]).await.location, "/deletions");
    running.work().await;
    let letters: Vec<_> = running.outbox.posted().into_iter().filter(|one| one.letter.text.contains("is closed, as you asked")).collect();
    assert_eq!(letters.len(), 1);
    let mut maya = running.visitor();
    let refused = maya.post("/sign-in", &[("email", "maya.lindqvist@example.org"), ("password", hearth::demo::PASSWORD)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody signs in with it any more");
    let again = carol.post(&path, &[("outcome", "closed")]).await;
    assert!(again.text.contains(&sentence(Language::English, "deletion-closed-already")));

    clock.advance(Duration::from_secs(6 * 366 * 86_400));
    let mut anders = running.signed_in("Anders").await;
    anders.post(&format!("{path}/hold"), &[]).await;
    let held = anders.post(&path, &[("outcome", "destroyed"), ("number", &id.to_string())]).await;
    assert!(held.text.contains(&sentence(Language::English, "deletion-held")), "a legal hold keeps it");
    anders.post(&format!("{path}/hold"), &[]).await;
    let wrong = anders.post(&path, &[("outcome", "destroyed"), ("number", "7")]).await;
    assert!(wrong.text.contains(&sentence(Language::English, "deletion-number")));
    assert_eq!(anders.post(&path, &[("outcome", "destroyed"), ("number", &id.to_string())]).await.location, "/deletions");
    let list = anders.get("/deletions").await.text;
    assert!(list.contains(&id.to_string()) && list.contains("six years") && !list.contains("Maya"));
}

/// Nothing that can be read stays, and no key to what cannot.
#[tokio::test(flavor = "multi_thread")]
async fn a_destroyed_record_is_nowhere_in_the_database() {
    let (running, clock) = start_with_clock("my-data-destroyed").await;
    let (id, path) = maya_has_left(&running).await;
    assert!(whole_database(&running).await.contains("maya.lindqvist@example.org"), "this test looks in the right place");
    clock.advance(Duration::from_secs(7 * 366 * 86_400));
    // Somewhere else, without a rule that anybody has read: the practice decides, and says who did.
    meddle(&running, "UPDATE door_pass SET jurisdiction = 'FL' WHERE person_id = $1", id).await;
    let mut carol = running.signed_in("Carol").await;
    let number = id.to_string();
    let undecided = carol.post(&path, &[("outcome", "destroyed"), ("number", &number)]).await;
    assert!(undecided.text.contains(&sentence(Language::English, "deletion-decided-missing")));
    let decided = [("outcome", "destroyed"), ("number", &*number), ("decided", "Dr. Osei after seven years")];
    assert_eq!(carol.post(&path, &decided).await.location, "/deletions");
    running.work().await;

    let all = whole_database(&running).await;
    for trace in ["Maya", "maya.lindqvist", "canary"] {
        let found: Vec<&str> = all.lines().filter(|line| line.contains(trace)).collect();
        assert!(found.is_empty(), "{trace} stays: {found:?}");
    }
    for table in ["data_key", "goal", "session_answer", "safety_plan", "door_pass", "homework", "deletion_request", "sign_in"] {
        let sql = format!("SELECT COUNT(*) AS n FROM {table} WHERE person_id = $1");
        assert_eq!(running.house.db.number(&sql, values![id]).await.unwrap(), 0, "{table}");
    }
    let sealed = running.house.keys.open(ground::Owner::Person(id), ground::Spot { table: "x", column: "y", row: "z" }, &[0; 40]).await;
    assert!(sealed.is_err(), "the key is gone from memory, too");
    let minutes = "SELECT COUNT(*) AS n FROM attendance WHERE person_id = $1 AND seconds > 0";
    assert!(running.house.db.number(minutes, values![id]).await.unwrap() >= 5, "the group's own history still adds up");
    assert!(carol.get("/deletions").await.text.contains("Dr. Osei after seven years"));
    let group = running.group("Steady Ground").await;
    let mut theo = running.signed_in("Theo").await;
    assert_eq!(theo.get(&format!("/groups/{group}")).await.status, StatusCode::OK, "the group lives on");
    assert!(clock.now() > Moment(0));
}

/// Nothing of it lies in a cache, and whoever is not signed in gets none of it.
#[tokio::test(flavor = "multi_thread")]
async fn the_file_is_for_its_person_alone_and_is_kept_nowhere() {
    let running = start("my-data-file").await;
    let (mut maya, mut visitor) = (running.signed_in("Maya").await, running.visitor());
    let file = maya.get("/account/data.json").await;
    assert_eq!(file.headers["cache-control"], "no-store");
    assert_eq!(file.headers["content-type"], "application/json");
    assert!(file.headers["content-disposition"].to_str().unwrap().contains("my-data.json"));
    for path in ["/account/data", "/account/data.json", "/deletions"] {
        let page = visitor.get(path).await;
        assert!(page.location.starts_with("/sign-in"), "{path}");
    }
    for path in ["/account/deletion", "/account/deletion/withdrawal"] {
        assert_eq!(visitor.post(path, &[("sure", "on")]).await.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    let before = kept(&running).await;
    assert_eq!(maya.post("/account/deletion/withdrawal", &[]).await.location, "/account/data", "nothing to take back, nothing happens");
    assert_eq!(kept(&running).await, before);
}

/// Family and staff have less, and read it the same way, in their own language.
#[tokio::test(flavor = "multi_thread")]
async fn everybody_reads_their_own_in_their_own_language() {
    let running = start("my-data-roles").await;
    for name in ["Rosa", "Dr. Amara", "Carol", "Nadia", "Lucía"] {
        let mut browser = running.signed_in(name).await;
        let page = browser.get("/account/data").await;
        assert_eq!(page.status, StatusCode::OK, "{name}");
        let read: serde_json::Value = serde_json::from_str(&browser.get("/account/data.json").await.text).unwrap();
        assert_eq!(read["person"].as_array().unwrap().len(), 1, "{name}");
        assert!(read["person"][0]["name"].as_str().unwrap().contains(name.split(' ').next_back().unwrap()), "{name}");
        assert_eq!(read["notes"].as_array().unwrap().len(), 0, "{name}: notes that somebody wrote are not about them");
        let language = if name == "Lucía" { Language::Spanish } else { Language::English };
        assert!(page.text.contains(&sentence(language, "mydata-person")), "{name}");
    }
    let mut rosa = running.signed_in("Rosa").await;
    assert_eq!(rosa.post("/account/deletion", &[("sure", "on")]).await.location, "/account/data", "family may ask, too");
}

/// Two of the office press at once: one record is destroyed once, and the list has one line.
#[tokio::test(flavor = "multi_thread")]
async fn two_who_decide_at_once_decide_once() {
    let (running, clock) = start_with_clock("my-data-at-once").await;
    let (id, path) = maya_has_left(&running).await;
    clock.advance(Duration::from_secs(7 * 366 * 86_400));
    let number = id.to_string();
    let mut hands = Vec::new();
    for name in ["Carol", "Anders", "Carol", "Anders"] {
        let (mut browser, path, number) = (running.signed_in(name).await, path.clone(), number.clone());
        hands.push(tokio::spawn(async move { browser.post(&path, &[("outcome", "destroyed"), ("number", &*number)]).await }));
    }
    let mut done = 0;
    for hand in hands {
        let page = hand.await.unwrap();
        assert!(page.status == StatusCode::SEE_OTHER || page.status == StatusCode::NOT_FOUND, "{} {}", page.status, page.text);
        done += i64::from(page.status == StatusCode::SEE_OTHER);
    }
    let listed = running.house.db.number("SELECT COUNT(*) AS n FROM destruction WHERE person_id = $1", values![id]).await.unwrap();
    assert_eq!((done, listed), (1, 1));
    running.work().await;
    let letters = running.outbox.posted().into_iter().filter(|one| one.letter.text.contains("is closed, as you asked")).count();
    assert_eq!(letters, 1, "one goodbye");
}
