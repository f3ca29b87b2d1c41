//! Words that would like to be a programme: every text that is shown to others is shown as text.

use ground::Ask;
use serde_json::json;
use testkit::Browser;

use crate::{
    harness::{DOOR, LIVES, Running, WHY, start},
    sockets::gathered,
    state::escaped,
};

const SCRIPT: &str = r#"x"'><img src=x onerror=alert(1)>"#;

/// The page shows the words and has no element made of them.
async fn is_text(browser: &mut Browser, path: &str, what: &str) {
    let page = browser.get(path).await;
    assert!(page.text.contains(&escaped(SCRIPT)), "{what} is not on {path}: {}", page.status);
    assert!(!page.text.contains("<img src=x"), "{what} became an element on {path}");
}

async fn taken(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> String {
    let page = browser.post(path, fields).await;
    assert!(page.status.is_redirection() || page.status.is_success(), "{path}: {}", page.status);
    page.location
}

/// Statement 37, W3: a name travels further than whoever typed it can see.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_office_types() {
    let running = start("hostile-office").await;
    let (mut carol, mut anders) = (running.signed_in("Carol").await, running.signed_in("Anders").await);
    taken(&mut anders, "/practice", &[("name", SCRIPT), ("phone", "+1 555 010 0142"), ("zone", "UTC")]).await;
    is_text(&mut running.visitor(), "/sign-in", "the practice's name").await;
    taken(&mut carol, "/people", &[("name", SCRIPT), ("email", "odd@example.org"), ("role", "clinician")]).await;
    is_text(&mut anders, "/people", "a person's name").await;
    let odd = running.house.db.number("SELECT id AS n FROM person WHERE email = 'odd@example.org'", []).await.unwrap().to_string();
    let licence = [
        ("person", odd.as_str()),
        ("profession", SCRIPT),
        ("jurisdiction", "NY"),
        ("kind", "licence"),
        ("number", SCRIPT),
        ("valid_from", "2026-01-01"),
        ("valid_to", "2028-01-01"),
        ("verified_on", "2026-11-01"),
        ("source", SCRIPT),
    ];
    taken(&mut carol, "/licences", &licence).await;
    is_text(&mut anders, "/licences", "a licence").await;
    let group = [
        ("name", SCRIPT),
        ("topic", "grief"),
        ("kind", "process"),
        ("weekday", "3"),
        ("time", "18:30"),
        ("minutes", "90"),
        ("capacity", "4"),
        ("programme", "steady-weeks"),
    ];
    let seats = taken(&mut carol, "/groups", &group).await;
    let page = seats.trim_end_matches("/seats").to_owned();
    for (email, part) in [("odd@example.org", "facilitator"), ("maya.lindqvist@example.org", "member")] {
        taken(&mut carol, &seats, &[("email", email), ("part", part), LIVES, WHY]).await;
    }
    is_text(&mut anders, "/groups", "a group's name").await;
    is_text(&mut anders, &seats, "a leader's name").await;
    let mut maya = running.signed_in("Maya").await;
    is_text(&mut maya, "/groups", "a group's name").await;
    is_text(&mut maya, &page, "a group's and a leader's name").await;
    meeting::plan_ahead(&running.house).await.unwrap();
    is_text(&mut maya, "/today", "a group's name").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_member_types() {
    let running = start("hostile-member").await;
    let (group, tonight) = (running.group("Steady Ground").await, running.tonight().await);
    let mut maya = running.signed_in("Maya").await;
    maya.headers = vec![("user-agent", SCRIPT.to_owned())];
    let name = format!("/groups/{group}/display-name");
    taken(&mut maya, &name, &[("name", SCRIPT)]).await;
    taken(&mut maya, "/help", &[("kind", "concern"), ("text", SCRIPT)]).await;
    let fields: Vec<_> = DOOR
        .iter()
        .map(|(field, value)| match *field {
            "location" | "contact_name" | "signed_name" => (*field, SCRIPT),
            _ => (*field, *value),
        })
        .collect();
    taken(&mut maya, &format!("/sessions/{tonight}/door"), &fields).await;
    is_text(&mut maya, &format!("/sessions/{tonight}/door"), "the card of last time").await;
    running.work().await;
    is_text(&mut running.signed_in("Theo").await, &format!("/groups/{group}"), "a display name").await;
    let mut amara = running.signed_in("Dr. Amara").await;
    is_text(&mut amara, &format!("/sessions/{tonight}/before"), "a display name").await;
    let task = running.house.db.number("SELECT id AS n FROM risk_task", []).await.unwrap();
    is_text(&mut amara, &format!("/risk-tasks/{task}"), "a concern").await;
    taken(&mut amara, &format!("/risk-tasks/{task}/closure"), &[("note", SCRIPT)]).await;
    is_text(&mut running.signed_in("Anders").await, &format!("/risk-tasks/{task}"), "a closing note").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_leader_types() {
    let running = start("hostile-leader").await;
    let (session, tonight, maya) = (running.last_week().await, running.tonight().await, running.person("Maya").await.id);
    let mut amara = running.signed_in("Dr. Amara").await;
    let note = format!("/sessions/{session}/notes/{maya}");
    taken(&mut amara, &note, &[("text", SCRIPT)]).await;
    is_text(&mut amara, &note, "a draft").await;
    taken(&mut amara, &note, &[("text", SCRIPT), ("sign", "yes")]).await;
    taken(&mut amara, &format!("{note}/addenda"), &[("text", SCRIPT)]).await;
    is_text(&mut running.signed_in("Ben").await, &note, "a signed note and what was added").await;
    let process = format!("/sessions/{session}/process-note");
    taken(&mut amara, &process, &[("text", SCRIPT)]).await;
    is_text(&mut amara, &process, "a process note").await;
    let agenda = [("kind", "learn"), ("minutes", "10"), ("prompt", SCRIPT), ("theme", SCRIPT), ("homework", SCRIPT)];
    taken(&mut amara, &format!("/sessions/{tonight}/agenda"), &agenda).await;
    is_text(&mut running.signed_in("Ben").await, &format!("/sessions/{tonight}/before"), "an agenda").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_in_the_room() {
    let running = start("hostile-room").await;
    let session = running.tonight().await;
    let (mut lead, mut inside) = gathered(&running, &["Maya"]).await;
    let maya = &mut inside[0].1;
    let seat = maya.until("own seat", |_| true).await.you.seat;
    lead.act(json!({"do": "begin"})).await.unwrap();
    lead.act(json!({"tool": "check_in", "act": {"do": "open"}})).await.unwrap();
    maya.act(json!({"tool": "check_in", "act": {"do": "answer", "mood": 3, "word": "", "concern": SCRIPT, "to_group": true}}))
        .await
        .unwrap();
    lead.act(json!({"tool": "closing", "act": {"do": "open"}})).await.unwrap();
    maya.act(json!({"tool": "closing", "act": {"do": "write_takeaway", "text": SCRIPT}})).await.unwrap();
    lead.act(json!({"tool": "closing", "act": {"do": "give_homework", "seat": seat, "text": SCRIPT, "days": 7}})).await.unwrap();
    lead.act(json!({"do": "end"})).await.unwrap();
    running.work().await;
    let mut browser = running.signed_in("Maya").await;
    is_text(&mut browser, &format!("/sessions/{session}/recap"), "a takeaway").await;
    is_text(&mut browser, "/homework", "homework").await;
    is_text(&mut browser, "/homework/open", "homework on the page of today").await;
    let maya = running.person("Maya").await.id;
    is_text(&mut running.signed_in("Dr. Amara").await, &format!("/sessions/{session}/notes/{maya}"), "a prefilled note").await;
}

/// What comes in with the address of the page goes out as text, too.
#[tokio::test(flavor = "multi_thread")]
async fn what_stands_in_an_address() {
    let running = start("hostile-address").await;
    let mut visitor = running.visitor();
    let encoded = "%22%27%3E%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E";
    for path in [
        format!("/sign-in?next=/{encoded}"),
        format!("/sign-in?chosen={encoded}"),
        format!("/welcome/{encoded}"),
        format!("/{encoded}"),
        format!("/assets/{encoded}"),
        format!("/sessions/{encoded}/door"),
    ] {
        let page = visitor.get(&path).await;
        assert!(!page.text.contains("<img src=x"), "{path}");
        assert!(!page.status.is_server_error(), "{path}");
    }
    let page = visitor.post("/sign-in", &[("email", SCRIPT), ("password", "x"), ("next", &format!("/{SCRIPT}"))]).await;
    assert!(page.text.contains(&escaped(SCRIPT)) && !page.text.contains("<img src=x"));
}

/// Invisible, turned and stacked letters are somebody's name as well: kept as they are, on every page.
#[tokio::test(flavor = "multi_thread")]
async fn names_of_the_whole_world() {
    let running: Running = start("world").await;
    let group = running.group("Steady Ground").await;
    let (mut maya, mut theo) = (running.signed_in("Maya").await, running.signed_in("Theo").await);
    for name in ["שרה כהן", "مايا", "心美", "Zoë Ñandú", "Đặng Thị", "👩‍🌾 Maya", "O'Brien", "a\u{301}\u{302}\u{303}", "-- ; DROP"]
    {
        let page = maya.post(&format!("/groups/{group}/display-name"), &[("name", name)]).await;
        assert!(page.status.is_redirection(), "{name}");
        assert!(theo.get(&format!("/groups/{group}")).await.text.contains(&escaped(name)), "{name}");
    }
}
