//! The inbox: everything that waits, where it waits, and no more than that.

use ground::{Ask, Language, Me, Moment, Role, documents, values, waiting};
use testkit::Browser;

use crate::{
    harness::{Running, start},
    messages::{channel, write},
    state::{escaped, sentence},
};

/// The number in the menu of any page.
async fn count(browser: &mut Browser, page: &str) -> String {
    let text = browser.get(page).await.text;
    text.split("class=\"count\">").nth(1).map_or("0", |rest| rest.split('<').next().unwrap()).to_owned()
}

pub async fn meddle(running: &Running, sql: &str, value: i64) {
    let tx = running.house.db.write().await.unwrap();
    tx.run(sql, values![value]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
}

/// Everything that the demo practice has laid before its people, away.
pub async fn nothing_waits(running: &Running) {
    for sql in [
        "UPDATE homework SET done_at = 1 WHERE id <> $1",
        "UPDATE homework_reply SET seen_at = 1 WHERE id <> $1",
        "UPDATE measure SET withdrawn_at = 1 WHERE completed_at IS NULL AND id <> $1",
        "UPDATE supporter SET agreed_at = 1 WHERE id <> $1",
        "UPDATE goal_partner SET accepted_at = 1 WHERE id <> $1",
        "UPDATE risk_task SET closed_at = 1 WHERE id <> $1",
        "UPDATE outreach_task SET done_at = 1 WHERE id <> $1",
        "UPDATE letter SET read_at = 1 WHERE id <> $1",
        "UPDATE group_question SET asked_at = 1 WHERE id <> $1",
        "UPDATE circle SET ends_at = 1 WHERE channel_id <> $1",
        "UPDATE membership SET left_at = 1 WHERE part = 'observer' AND group_id <> $1",
        "DELETE FROM membership WHERE group_id IN (SELECT group_id FROM family_group WHERE group_id <> $1)",
        "INSERT INTO message_read (channel_id, person_id, number) SELECT c.id, p.id, c.last_number FROM channel c, person p
            WHERE c.id <> $1 ON CONFLICT (channel_id, person_id) DO UPDATE SET number = excluded.number",
    ] {
        meddle(running, sql, 0).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_stands_in_one_place_and_goes_when_it_is_done() {
    let running = start("inbox-one").await;
    nothing_waits(&running).await;
    let (mut maya, mut theo) = (running.signed_in("Maya").await, running.signed_in("Theo").await);
    let path = channel(&running, &mut maya, "Steady Ground").await;
    assert_eq!(count(&mut maya, "/today").await, "0");
    assert!(maya.get("/inbox").await.text.contains(&sentence(Language::English, "inbox-empty")));

    write(&mut theo, &path, "The canary sings at noon.").await;
    write(&mut theo, &path, "And at one.").await;
    assert_eq!((count(&mut maya, "/calendar").await, count(&mut theo, "/today").await), ("2".into(), "0".into()));
    let inbox = maya.get("/inbox").await.text;
    assert!(inbox.contains(&format!("<a href=\"{path}\"><strong>Steady Ground</strong></a>")) && inbox.contains("2 new"), "{inbox}");
    assert!(!inbox.contains("canary"), "that something came, and not what");
    maya.get(&path).await;
    assert_eq!(count(&mut maya, "/inbox").await, "0");

    let id = running.person("Maya").await.id;
    meddle(&running, "UPDATE homework SET done_at = NULL, due_at = $1 WHERE id = (SELECT MIN(id) FROM homework WHERE person_id = (SELECT id FROM person WHERE name LIKE 'Maya%'))", running.house.clock.now().0 + 86_400_000_000).await;
    assert!(maya.get("/inbox").await.text.contains(&escaped(&Language::English.say("inbox-homework", &[("count", "1".into())]))));
    meddle(&running, "UPDATE homework SET due_at = due_at + 864000000000 WHERE person_id = $1", id).await;
    assert_eq!(count(&mut maya, "/inbox").await, "0", "what is due in ten days does not press yet");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_a_question_and_a_letter_wait_until_they_are_answered() {
    let running = start("inbox-asked").await;
    nothing_waits(&running).await;
    let (mut maya, mut amara) = (running.signed_in("Maya").await, running.signed_in("Dr. Amara").await);
    let group = running.group("Steady Ground").await;
    amara.post(&format!("/groups/{group}/question"), &[("question", "What gave you a quiet minute?"), ("once", "question-1")]).await;
    let asked = running.house.db.number("SELECT id AS n FROM group_question ORDER BY asked_at DESC LIMIT 1", values![]).await.unwrap();
    let inbox = maya.get("/inbox").await.text;
    assert!(inbox.contains(&escaped(&Language::English.say("inbox-question", &[("group", "Steady Ground".into())]))), "{inbox}");
    assert!(!inbox.contains("quiet minute"));
    assert_eq!(count(&mut maya, "/today").await, "1");
    let answered = maya.post(&format!("/groups/{group}/question/{asked}/answer"), &[("answer", "The bench by the canal.")]).await;
    assert_eq!(count(&mut maya, "/today").await, "0", "{}", answered.text);
    let news = Language::English.say("inbox-answered", &[("group", "Steady Ground".into()), ("count", "1".into())]);
    assert!(amara.get("/inbox").await.text.contains(&escaped(&news)), "whoever asked hears that somebody answered");
    assert_eq!(count(&mut amara, "/today").await, "0", "and is not hurried by it");

    let (maya_id, past) = (running.person("Maya").await.id, running.house.clock.now().0 - 1);
    let sealed = running
        .house
        .keys
        .seal(ground::Owner::Person(maya_id), ground::Spot { table: "letter", column: "text", row: "77" }, "Dear me")
        .await
        .unwrap();
    let tx = running.house.db.write().await.unwrap();
    let sql = "INSERT INTO letter (id, person_id, text_sealed, written_at, opens_at) VALUES (77, $1, $2, 1, $3)";
    tx.run(sql, values![maya_id, sealed, past]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    assert!(maya.get("/inbox").await.text.contains("href=\"/letters\""));
    maya.get("/letters/77").await;
    assert_eq!(count(&mut maya, "/inbox").await, "0");
}

/// The count of documents is asked in another way than the page of documents asks; both must say the same of everybody.
#[tokio::test(flavor = "multi_thread")]
async fn documents_wait_exactly_where_their_page_has_something_to_sign() {
    let running = start("inbox-documents").await;
    let house = &running.house;
    let waits = async |when: &str| {
        let mut some = 0;
        for name in ["Maya", "Theo", "Aisha", "Rosa", "Nadia", "Dr. Amara", "Carol", "Anders"] {
            let id = running.person(name).await.id;
            #[derive(ground::sea_orm::FromQueryResult)]
            struct Word {
                word: String,
            }
            let row: Word = house.db.row("SELECT role AS word FROM person WHERE id = $1", values![id]).await.unwrap().unwrap();
            let role = Role::parse(&row.word).unwrap();
            let me = Me { id, name: name.into(), role, language: Language::English, zone: "UTC".into(), sign_in: 0 };
            let open = documents::to_sign(&house.db, &me).await.unwrap();
            let open = open.iter().filter(|version| version.kind != care::documents::Kind::GroundRules).count();
            let all = waiting::of(&house.db, &me, house.clock.now()).await.unwrap();
            let told = all.iter().find(|waits| waits.what == waiting::What::Document).map_or(0, |waits| waits.count);
            assert_eq!(usize::try_from(told).unwrap(), open, "{name}, {when}");
            some += open;
        }
        some
    };
    waits("as it ships").await;
    let by = running.person("Carol").await.id;
    let publish = async |kind, text: &str, at: i64| {
        let tx = house.db.write().await.unwrap();
        let text = care::documents::Text { en: text.into(), es: text.into() };
        documents::publish(&tx, kind, &text, by, Moment(house.clock.now().0 + at)).await.unwrap();
        tx.commit_unaudited().await.unwrap();
    };
    for (at, kind) in [
        (1, care::documents::Kind::Telehealth),
        (2, care::documents::Kind::Privacy),
        (3, care::documents::Kind::Telehealth),
        (4, care::documents::Kind::Family),
    ] {
        publish(kind, &format!("We care for you. {at}"), at).await;
        assert!(waits(&format!("after {kind:?}")).await > 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_find_who_may_need_help_first_and_nobody_finds_anothers_inbox() {
    let running = start("inbox-staff").await;
    nothing_waits(&running).await;
    let (mut maya, mut amara, mut rosa, mut nadia) = (
        running.signed_in("Maya").await,
        running.signed_in("Dr. Amara").await,
        running.signed_in("Rosa").await,
        running.signed_in("Nadia").await,
    );
    let path = maya.get("/messages").await.text;
    let staff = path.split("href=\"/channels/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    write(&mut maya, &format!("/channels/{staff}"), "I think about suicide again").await;
    running.work().await;
    let inbox = amara.get("/inbox").await.text;
    assert!(inbox.contains("href=\"/risk-tasks\"") && inbox.contains("notice trouble"), "{inbox}");
    for (name, browser) in [("Rosa", &mut rosa), ("Nadia", &mut nadia)] {
        assert_eq!(count(browser, "/inbox").await, "0", "{name} has nothing to do with it");
        assert!(!browser.get("/inbox").await.text.contains("/channels/"));
    }
    assert!(running.visitor().get("/inbox").await.location.starts_with("/sign-in"));
}
