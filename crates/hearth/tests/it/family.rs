//! Those who support a member: invited by the member, to what the member opened, and nowhere else (P8).

use ground::{Ask, Language, values};
use hyper::StatusCode;
use rehearsal::Way;
use room::Presence;
use serde_json::json;
use testkit::Browser;

use crate::{
    calendar::taken,
    harness::{DOOR, Running, start, with},
    sockets::{Wire, in_room},
    state::{kept, sentence},
};

const INVITATION: &[(&str, &str)] =
    &[("name", "Mum canary-called"), ("email", "rosa.lindqvist@example.org"), ("language", "en"), ("sessions", "on"), ("crisis", "on")];

async fn tie(running: &Running) -> i64 {
    running.house.db.number("SELECT MAX(id) AS n FROM supporter WHERE ended_at IS NULL", []).await.unwrap()
}

/// Maya invites Rosa, and Rosa says yes.
async fn agreed(running: &Running) -> (Browser, Browser) {
    let (mut maya, mut rosa) = (running.signed_in("Maya").await, running.signed_in("Rosa").await);
    taken(&mut maya, "/supporters", INVITATION).await;
    let answer = format!("/supporters/{}/answer", tie(running).await);
    taken(&mut rosa, &answer, &[("agrees", "yes")]).await;
    (maya, rosa)
}

async fn group_of(running: &Running) -> i64 {
    running.house.db.number("SELECT group_id AS n FROM family_group", []).await.unwrap()
}

/// The family of Maya meets; whoever tests something else needs no more than that it does.
pub async fn a_family_session(running: &Running) -> i64 {
    agreed(running).await;
    a_session(running).await
}

/// A family session that can be entered now.
async fn a_session(running: &Running) -> i64 {
    let mut amara = running.signed_in("Dr. Amara").await;
    let (maya, rosa) = (running.person("Maya").await.id, running.person("Rosa").await.id.to_string());
    let fields = [("date", "2099-03-10"), ("time", "16:00"), ("minutes", "50"), ("with", rosa.as_str())];
    taken(&mut amara, &format!("/family/{maya}"), &fields).await;
    let id =
        running.house.db.number("SELECT MAX(s.id) AS n FROM session s JOIN family_group f ON f.group_id = s.group_id", []).await.unwrap();
    let tx = running.house.db.write().await.unwrap();
    let soon = running.house.clock.now().plus(std::time::Duration::from_secs(600));
    tx.run("UPDATE session SET starts_at = $1 WHERE id = $2", values![soon, id]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supporter_sees_what_was_opened_and_only_after_a_yes() {
    let running = start("family-scope").await;
    let (mut maya, mut rosa) = (running.signed_in("Maya").await, running.signed_in("Rosa").await);
    taken(&mut maya, "/supporters/note", &[("text", "canary-note: stay with me")]).await;
    taken(&mut maya, "/supporters", INVITATION).await;
    running.work().await;
    let posted = running.outbox.posted();
    assert_eq!(posted.len(), 1, "she has an account, so she is asked there");
    for word in ["Maya", "Lindqvist", "family", "canary", "group", "therapy"] {
        assert!(!posted[0].letter.text.contains(word), "{word}");
    }
    let asked = rosa.get("/supporters").await.text;
    assert!(asked.contains(&sentence(Language::English, "supporters-offered-crisis")) && !asked.contains("canary-note"));
    let id = tie(&running).await;
    taken(&mut rosa, &format!("/supporters/{id}/answer"), &[("agrees", "yes")]).await;
    let page = rosa.get("/supporters").await.text;
    assert!(page.contains("canary-note: stay with me") && !page.contains("canary-called"), "what she is called is the member's own");
    assert!(!page.contains(&sentence(Language::English, "supporters-quiet-title")), "quiet hours were not opened");

    taken(&mut maya, &format!("/supporters/{id}/scope"), &[("reminders", "on")]).await;
    let page = rosa.get("/supporters").await.text;
    assert!(!page.contains("canary-note") && page.contains(&sentence(Language::English, "supporters-quiet-title")));
    assert!(!page.contains("Steady Ground") && !page.contains("Amara"), "times alone: {page}");
    assert_eq!(page.matches(" · ").count() >= 1, page.contains("<ul><li>"), "the hours themselves");

    taken(&mut maya, &format!("/supporters/{id}/end"), &[]).await;
    let page = rosa.get("/supporters").await.text;
    assert!(page.contains(&sentence(Language::English, "supporters-nobody")) && !page.contains("Maya"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_address_gets_an_account_that_may_do_nothing_else() {
    let running = start("family-new").await;
    let mut maya = running.signed_in("Maya").await;
    taken(&mut maya, "/supporters", &with(INVITATION, "email", "erik@example.org")).await;
    running.work().await;
    let letter = running.outbox.posted().pop().unwrap().letter;
    let link = letter.text.split("/welcome/").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    let mut erik = running.visitor();
    let password = "a long walk in the rain";
    taken(&mut erik, &format!("/welcome/{link}"), &[("password", password), ("again", password)]).await;
    taken(&mut erik, "/sign-in", &[("email", "erik@example.org"), ("password", password)]).await;
    assert!(erik.get("/supporters").await.text.contains("Maya Lindqvist"));
    let (group, session) = (running.group("Steady Ground").await, running.tonight().await);
    for path in [format!("/groups/{group}"), format!("/sessions/{session}/door"), format!("/family/{}", running.person("Maya").await.id)] {
        assert_eq!(erik.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in ["/today", "/calendar", "/groups", "/homework", "/goals", "/measures", "/journal", "/supporters"] {
        let page = erik.get(path).await.text;
        for word in ["Steady Ground", "Amara", "Theo", "Priya"] {
            assert!(!page.contains(word), "{path} tells {word}");
        }
    }
    assert_eq!(erik.post("/supporters", INVITATION).await.status, StatusCode::UNPROCESSABLE_ENTITY, "supporters invite nobody");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_is_named_and_kept_and_nobody_answers_for_another() {
    let running = start("family-odd").await;
    let (mut maya, mut rosa) = agreed(&running).await;
    let id = tie(&running).await;
    let before = kept(&running).await;
    let long = "x".repeat(2_001);
    for (field, typed, key) in [
        ("email", "maya.lindqvist@example.org", "supporters-oneself"),
        ("email", "rosa.lindqvist@example.org", "supporters-already"),
        ("email", "nowhere", "people-email-unreadable"),
        ("name", "\u{202e}", "people-name-unfit"),
    ] {
        let page = maya.post("/supporters", &with(INVITATION, field, typed)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {typed}");
        assert!(page.text.contains(&sentence(Language::English, key)), "{key}");
    }
    let nothing = maya.post("/supporters", &[("name", "Ida"), ("email", "ida@example.org")]).await;
    assert!(nothing.text.contains(&sentence(Language::English, "supporters-nothing-opened")) && nothing.text.contains("value=\"Ida\""));
    let note = maya.post("/supporters/note", &[("text", &long)]).await;
    assert!(
        note.text.contains(&sentence(Language::English, "supporters-note-long")) && note.text.contains(&long),
        "what was typed is kept"
    );
    assert!(
        maya.post(&format!("/supporters/{id}/scope"), &[]).await.text.contains(&sentence(Language::English, "supporters-nothing-left"))
    );
    let again = rosa.post(&format!("/supporters/{id}/answer"), &[("agrees", "yes")]).await;
    assert!(again.text.contains(&sentence(Language::English, "supporters-unreadable")));
    let mut theo = running.signed_in("Theo").await;
    for path in ["scope", "answer", "end"] {
        let page = theo.post(&format!("/supporters/{id}/{path}"), &[("agrees", "no"), ("sessions", "on")]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(
        maya.post(&format!("/supporters/{id}/answer"), &[("agrees", "no")]).await.status,
        StatusCode::NOT_FOUND,
        "not hers to answer"
    );
    assert_eq!(rosa.post(&format!("/supporters/{id}/scope"), &[("crisis", "on")]).await.status, StatusCode::NOT_FOUND, "not hers to open");
    assert_eq!(kept(&running).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_family_session_is_planned_with_those_who_agreed_by_whoever_leads_the_member() {
    let running = start("family-plan").await;
    let maya = running.person("Maya").await.id;
    let (path, rosa) = (format!("/family/{maya}"), running.person("Rosa").await.id.to_string());
    let fields = [("date", "2099-03-10"), ("time", "16:00"), ("minutes", "50"), ("with", rosa.as_str())];
    let mut amara = running.signed_in("Dr. Amara").await;
    assert!(amara.get(&path).await.text.contains(&sentence(Language::English, "family-no-supporters")));
    assert!(amara.post(&path, &fields).await.text.contains(&sentence(Language::English, "family-nobody")), "she was not even asked");
    agreed(&running).await;
    assert_eq!(running.signed_in("Marcus").await.get(&path).await.status, StatusCode::NOT_FOUND, "he leads another group");
    let before = kept(&running).await;
    for (field, typed, key) in [
        ("date", "soon", "change-time-unreadable"),
        ("date", "1999-01-01", "change-time-past"),
        ("minutes", "5", "family-minutes"),
        ("with", "x", "family-nobody"),
    ] {
        let page = amara.post(&path, &with(&fields, field, typed)).await;
        assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.text.contains(&sentence(Language::English, key)), "{key}");
        assert!(field == "date" || page.text.contains("value=\"2099-03-10\""), "what was typed is kept");
    }
    let mut carol = running.signed_in("Carol").await;
    assert!(
        carol.post(&path, &[&fields[..], &[("leader", "3")]].concat()).await.text.contains(&sentence(Language::English, "family-leader"))
    );
    assert_eq!(kept(&running).await, before);

    running.work().await;
    let letters = running.outbox.posted().len();
    taken(&mut amara, &path, &fields).await;
    running.work().await;
    assert_eq!(running.outbox.posted().len(), letters + 2, "both are told");
    for name in ["Maya", "Rosa", "Dr. Amara"] {
        assert!(running.signed_in(name).await.get("/calendar?month=2099-03").await.text.contains("Family sessions"), "{name}");
    }
    assert!(!running.signed_in("Theo").await.get("/calendar?month=2099-03").await.text.contains("Family sessions"));
    let (family, theo) = (group_of(&running).await, running.person("Theo").await.id);
    let member = format!("/groups/{}/members/{theo}", running.group("Steady Ground").await);
    assert!(!carol.get(&member).await.text.contains("Family sessions"), "nobody is moved into a family");
    let before = kept(&running).await;
    let full = carol.post(&format!("{member}/transfer"), &[("to", &*family.to_string()), ("residence", "NY")]).await;
    assert!(full.text.contains(&sentence(Language::English, "seats-full")), "a family has no seats to give");
    carol.post(&format!("/groups/{family}/seats"), &[("email", "theo.grant@example.org"), ("part", "member"), ("residence", "NY")]).await;
    assert_eq!(kept(&running).await, before, "nor seated in one");
    let rows = || async { running.house.db.number("SELECT COUNT(*) AS n FROM family_group", []).await.unwrap() };
    taken(&mut amara, &path, &with(&fields, "date", "2099-04-10")).await;
    assert_eq!(rows().await, 1, "the same people meet in the same room");
    assert!(!amara.get("/groups").await.text.contains("Family sessions"), "it stands in no list of groups");
    let planned = amara.get(&path).await.text;
    assert_eq!(planned.matches("/change\"").count(), 2);
}

/// Amara plans in English; what Maya and her mother read over their evening is Spanish, and the leader is not called "Dr.".
#[tokio::test(flavor = "multi_thread")]
async fn a_family_is_called_in_the_member_s_language_and_has_no_weeks() {
    let running = start("family-spanish").await;
    let (mut maya, mut rosa) = agreed(&running).await;
    assert!(rosa.get("/today").await.text.contains(&sentence(Language::English, "today-nothing-family")));
    maya.post("/language", &[("language", "es"), ("back", "/")]).await;
    a_session(&running).await;
    let named = "SELECT COUNT(*) AS n FROM groups g JOIN family_group f ON f.group_id = g.id JOIN membership m ON m.group_id = g.id
        WHERE g.name = $1 AND g.language = 'es' AND m.part = 'facilitator' AND m.display_name = 'Dr. Amara Osei'";
    let name = Language::Spanish.t("family-group-name");
    assert_eq!(running.house.db.number(named, values![name.clone()]).await.unwrap(), 1);
    for browser in [&mut maya, &mut rosa] {
        let today = browser.get("/today").await.text;
        assert!(today.contains(&name) && !today.contains(&format!("{name}, ")), "no week of theirs");
    }
    assert!(rosa.get("/today").await.text.contains("href=\"/supporters\""), "whom she supports is one tap away");
    let group = group_of(&running).await;
    let page = maya.get(&format!("/groups/{group}")).await.text;
    assert!(page.contains(&sentence(Language::Spanish, "group-family-lead")) && !page.contains("lunes"), "no day that nobody chose");
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_signs_first_says_who_is_beside_them_and_an_end_holds_at_once() {
    let running = start("family-room").await;
    let (mut maya, mut rosa) = agreed(&running).await;
    let session = a_session(&running).await;
    let door = format!("/sessions/{session}/door");
    let page = rosa.get(&door).await.text;
    assert!(page.contains("name=\"beside\"") && page.contains("/documents/family"));
    assert_eq!(rosa.post(&door, DOOR).await.status, StatusCode::UNPROCESSABLE_ENTITY, "not before she has signed");
    let tonight = maya.get(&format!("/sessions/{}/door", running.tonight().await)).await.text;
    assert!(!tonight.contains("/documents/family") && !tonight.contains("name=\"beside\""), "nothing of it at her own group's door");
    for browser in [&mut maya, &mut rosa] {
        taken(browser, "/documents/family", &[("name", "Rosa L."), ("agree", "on")]).await;
    }
    let odd = rosa.post(&door, &[DOOR, &[("beside", &*"x".repeat(81))]].concat()).await;
    assert!(odd.text.contains(&sentence(Language::English, "door-beside-unreadable")), "and it is kept");
    let (amara, hers) = (way_to(&running, session, "Dr. Amara").await, way_to(&running, session, "Rosa").await);
    amara.post(&door, DOOR).await.unwrap();
    let mut lead = in_room(&amara, None).await;
    hers.post(&door, &[DOOR, &[("beside", " Erik  and Ida ")]].concat()).await.unwrap();
    let _door = as_she_is(&hers).await;
    let view = lead.until("Rosa at the door", |view| view.lead.as_ref().is_some_and(|lead| lead.waiting.iter().any(|one| one.here))).await;
    let seat = view.lead.unwrap().waiting[0].seat;
    lead.act(json!({"do": "admit", "seat": seat})).await.unwrap();
    let mut wire = in_room(&hers, None).await;
    wire.until("the view", |_| true).await;
    lead.until("who sits beside her", |view| view.chairs[&seat.0].beside == "Erik and Ida").await;

    let id = tie(&running).await;
    taken(&mut maya, &format!("/supporters/{id}/end"), &[]).await;
    running.work().await;
    lead.until("an empty chair", |view| view.chairs[&seat.0].presence != Presence::Here).await;
    assert_eq!(rosa.get(&door).await.status, StatusCode::NOT_FOUND);
}

async fn way_to(running: &Running, session: i64, name: &str) -> Way {
    let mut way = Way::new(running.address, session).unwrap();
    way.demo_sign_in(running.person(name).await.id).await.unwrap();
    way
}

async fn as_she_is(way: &Way) -> Wire {
    let (socket, ticket) = way.socket("door").await.unwrap();
    let mut wire = Wire::from_socket(socket);
    wire.say(&json!({"is": "hello", "ticket": ticket})).await;
    wire
}
