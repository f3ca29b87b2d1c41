//! Somebody watches a group to learn: only after every member's yes, and no longer than until the first no.

use ground::{Ask, Language, values};
use hyper::StatusCode;
use room::wire::{Farewell, FromDoor};
use serde_json::json;

use crate::{
    harness::{DOOR, Running, start},
    sockets::{Wire, at_door, gathered, in_room, way},
    state::{kept, sentence},
};

const MEMBERS: [&str; 8] = ["Maya", "Theo", "Priya", "Jonas", "Lucía", "Sam", "Noor", "Elif"];

async fn says(running: &Running, name: &str, agrees: &str) -> StatusCode {
    let path = format!("/groups/{}/watching", running.group("Steady Ground").await);
    let nadia = running.person("Nadia").await.id.to_string();
    running.signed_in(name).await.post(&path, &[("observer", &*nadia), ("agrees", agrees)]).await.status
}

/// Every member of the group says yes to Nadia.
pub async fn everybody_agrees(running: &Running) {
    for name in MEMBERS {
        assert_eq!(says(running, name, "yes").await, StatusCode::SEE_OTHER, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_who_has_not_said_yes_is_enough_and_nobody_learns_who() {
    let running = start("watching").await;
    let said = |key: &str| sentence(Language::English, key);
    let (path, door) =
        (format!("/groups/{}/watching", running.group("Steady Ground").await), format!("/sessions/{}/door", running.tonight().await));
    let (mut amara, mut nadia) = (running.signed_in("Dr. Amara").await, running.signed_in("Nadia").await);
    let refused = nadia.post(&door, DOOR).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.text.contains(&said("watching-door")));
    let mut maya = running.signed_in("Maya").await;
    assert!(maya.get("/watching/open").await.text.contains(&path), "Today asks");
    for name in &MEMBERS[..7] {
        says(&running, name, "yes").await;
    }
    assert!(!maya.get("/watching/open").await.text.contains(&path), "once");
    assert!(amara.get(&path).await.text.contains(&said("watching-waits-one")));
    assert_eq!(nadia.post(&door, DOOR).await.status, StatusCode::CONFLICT, "silence is not a yes");
    says(&running, "Elif", "no").await;
    for browser in [&mut amara, &mut nadia, &mut running.signed_in("Carol").await] {
        let page = browser.get(&path).await.text;
        assert!(page.contains(&said("watching-refused")) && !page.contains("Elif") && !page.contains("name=\"agrees\""));
    }
    let theirs = maya.get(&path).await.text;
    assert!(
        theirs.contains(&said("watching-said-yes")) && !theirs.contains(&said("watching-refused")),
        "members read their own answer alone"
    );
    assert_eq!(nadia.post(&door, DOOR).await.status, StatusCode::CONFLICT);
    says(&running, "Elif", "yes").await;
    let passed = nadia.post(&door, DOOR).await;
    assert_eq!(passed.location, format!("/sessions/{}/waiting", running.tonight().await));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_and_who_is_not_asked_changes_nothing() {
    let running = start("watching-odd").await;
    let path = format!("/groups/{}/watching", running.group("Steady Ground").await);
    let (nadia, amara) = (running.person("Nadia").await.id.to_string(), running.person("Dr. Amara").await.id.to_string());
    let before = kept(&running).await;
    let mut maya = running.signed_in("Maya").await;
    for (observer, agrees) in [("", "yes"), ("x", "yes"), (&*amara, "yes"), (&*nadia, ""), (&*nadia, "perhaps")] {
        let page = maya.post(&path, &[("observer", observer), ("agrees", agrees)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{observer} {agrees}");
        assert!(page.text.contains(&sentence(Language::English, "watching-unreadable")));
    }
    for name in ["Dr. Amara", "Nadia", "Aisha", "Rosa", "Carol"] {
        assert_ne!(says(&running, name, "yes").await, StatusCode::SEE_OTHER, "{name} is not the one who is asked");
    }
    assert_eq!(kept(&running).await, before);
}

/// Nadia, agreed to and let in, with Maya and Theo there: the leader, the members, her own wire and her seat.
async fn watched(running: &Running) -> (Wire, Vec<(rehearsal::Way, Wire)>, Wire, room::Seat) {
    everybody_agrees(running).await;
    let (mut lead, mut inside) = gathered(running, &["Maya", "Theo"]).await;
    let nadia = way(running, "Nadia").await;
    let mut door = at_door(&nadia).await;
    assert_eq!(door.door().await, Some(FromDoor::Waiting));
    let at_door = |view: &room::View| view.lead.as_ref().is_some_and(|lead| lead.waiting.iter().any(|one| one.here));
    let seat = lead.until("Nadia at the door", at_door).await.lead.unwrap().waiting[0].seat;
    lead.act(json!({"do": "admit", "seat": seat})).await.unwrap();
    let mut watching = in_room(&nadia, None).await;
    watching.until("the view", |_| true).await;
    inside[0].1.until("she is in everybody's roster", |view| is_here(view, seat)).await;
    (lead, inside, watching, seat)
}

fn is_here(view: &room::View, seat: room::Seat) -> bool {
    view.chairs.get(&seat.0).is_some_and(|chair| chair.presence == room::Presence::Here)
}

/// L23: a member at home says no on the page while the others sit in the session. Whoever watches is out at once, and not a word says who.
#[tokio::test(flavor = "multi_thread")]
async fn a_no_on_the_page_ends_the_watching_of_a_session_that_runs() {
    let running = start("watching-page").await;
    let (mut lead, mut inside, mut watching, seat) = watched(&running).await;
    lead.act(json!({"do": "begin"})).await.unwrap();
    let before: Vec<usize> = inside.iter().map(|(_, wire)| wire.heard.len()).collect();
    assert_eq!(says(&running, "Priya", "yes").await, StatusCode::SEE_OTHER, "a yes changes nothing");
    assert_eq!(says(&running, "Elif", "no").await, StatusCode::SEE_OTHER);
    assert_eq!(watching.farewell().await, Some(Farewell::Removed));
    let elif = running.person("Elif").await;
    let its_seat = "SELECT seat AS n FROM membership WHERE person_id = $1 AND left_at IS NULL ORDER BY id LIMIT 1";
    let its_seat = running.house.db.number(its_seat, values![elif.id]).await.unwrap();
    for (index, (_, wire)) in inside.iter_mut().enumerate() {
        wire.until("her chair is empty", |view| !is_here(view, seat)).await;
        let told = &wire.heard[before[index]..];
        for canary in ["object", "watch", "Elif", "unwelcome", &format!("\"{its_seat}\":")] {
            assert!(!told.contains(canary), "{canary} in {told}");
        }
    }
    lead.until("her chair is empty", |view| !is_here(view, seat)).await;
    assert!(!lead.heard.contains("object") && !lead.heard.contains("unwelcome"), "nor does whoever leads learn it");
    let events = running.house.db.number("SELECT COUNT(*) AS n FROM room_event WHERE owner_id = $1", values![elif.id]).await.unwrap();
    assert_eq!(events, 0, "the book of the evening has nothing under the key of who was not there");
    let mut nadia = running.signed_in("Nadia").await;
    let door = format!("/sessions/{}/door", running.tonight().await);
    assert_eq!(nadia.post(&door, DOOR).await.status, StatusCode::CONFLICT);
    let page = running.signed_in("Elif").await.get(&format!("/groups/{}/watching", running.group("Steady Ground").await)).await.text;
    assert!(page.contains(&sentence(Language::English, "watching-said-no")) && page.contains("at once"), "the page says so");
    says(&running, "Elif", "yes").await;
    let passed = nadia.post(&door, DOOR).await;
    assert!(passed.location.ends_with("/waiting"), "a change of mind is one: {}", passed.text);
}

/// A no that came while no room was open, and one that meets her at the door.
#[tokio::test(flavor = "multi_thread")]
async fn a_no_finds_her_after_a_restart_and_at_the_door() {
    let running = start("watching-again").await;
    let (lead, inside, watching, _) = watched(&running).await;
    drop((lead, inside, watching));
    let tx = running.house.db.write().await.unwrap();
    let no = "UPDATE watching_answer SET agrees = 0 WHERE person_id = $1";
    tx.run(no, values![running.person("Elif").await.id]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    let running = running.restarted().await;
    let lead = way(&running, "Dr. Amara").await;
    let mut lead = in_room(&lead, None).await;
    let gone = |view: &room::View| view.chairs.values().all(|chair| chair.part != room::Part::Observer);
    lead.until("nobody watches", gone).await;
    says(&running, "Elif", "yes").await;
    let nadia = way(&running, "Nadia").await;
    let mut door = at_door(&nadia).await;
    assert_eq!(door.door().await, Some(FromDoor::Waiting));
    says(&running, "Elif", "no").await;
    assert_eq!(door.door().await, Some(FromDoor::Declined), "before anybody lets her in");
}

/// In the middle of a session: out at once, kept, and nobody's name in what anybody is sent.
#[tokio::test(flavor = "multi_thread")]
async fn a_member_who_objects_in_the_room_ends_the_watching() {
    let running = start("watching-room").await;
    let (mut lead, mut inside, mut watching, seat) = watched(&running).await;
    inside[1].1.act(json!({"do": "object"})).await.unwrap();
    assert_eq!(watching.farewell().await, Some(Farewell::Removed));
    for wire in [&mut lead, &mut inside[0].1] {
        wire.until("her chair is empty", |view| !is_here(view, seat)).await;
        assert!(!wire.heard.contains("object"), "that somebody objected is nobody's message");
    }
    let theo = running.person("Theo").await.id;
    let no = "SELECT COUNT(*) AS n FROM watching_answer WHERE person_id = $1 AND agrees = 0";
    assert_eq!(running.house.db.number(no, values![theo]).await.unwrap(), 1, "it holds next week, too");
    let again = running.signed_in("Nadia").await.post(&format!("/sessions/{}/door", running.tonight().await), DOOR).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
}
