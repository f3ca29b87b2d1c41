use ground::{Ask, Language, values};
use hyper::StatusCode;

use crate::harness::{DOOR, LANTERNS, LIVES, WHY, start, with};

#[tokio::test(flavor = "multi_thread")]
async fn every_response_carries_the_headers_and_every_page_the_crisis_lines() {
    let running = start("headers").await;
    let mut member = running.signed_in("Maya").await;
    let tonight = running.tonight().await;
    let pages =
        ["/", "/sign-in", "/today", "/groups", "/homework", "/help", "/account", "/no-such-page", &format!("/sessions/{tonight}/door")];
    for path in pages {
        let page = member.get(path).await;
        assert!(page.text.contains("tel:988") && page.text.contains("tel:911"), "{path}");
        assert!(page.text.contains("+1 555 010 0199"), "the practice's phone on {path}");
        for header in [
            "content-security-policy",
            "x-content-type-options",
            "referrer-policy",
            "cross-origin-opener-policy",
            "cross-origin-resource-policy",
            "permissions-policy",
        ] {
            assert!(page.headers.contains_key(header), "{header} on {path}");
        }
        assert_eq!(page.headers["cache-control"], "no-store");
        assert!(!page.text.contains("Steady Ground</title>"), "no group in a title");
    }
    let asset = member.get("/assets/hearth.css").await;
    assert_eq!(asset.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn spanish_is_chosen_and_kept() {
    let running = start("spanish").await;
    let mut visitor = running.visitor();
    visitor.headers = vec![("accept-language", "es-MX,es;q=0.9".into())];
    assert!(visitor.get("/sign-in").await.text.contains("Qué bien que vuelves"));
    let mut lucia = running.signed_in("Lucía").await;
    assert!(lucia.get("/homework").await.text.contains("lang=\"es\""));
    lucia.post("/language", &[("language", "en"), ("back", "/homework")]).await;
    assert!(lucia.get("/homework").await.text.contains("lang=\"en\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_door_names_what_is_missing_and_keeps_what_was_typed() {
    let running = start("door").await;
    let mut maya = running.signed_in("Maya").await;
    let door = format!("/sessions/{}/door", running.tonight().await);
    let page = maya.post(&door, &[("location", "canary-place"), ("jurisdiction", "NY"), ("callback", "x")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("canary-place"));
    for key in ["door-missing-contact", "door-phone-unreadable", "door-missing-rules"] {
        assert!(page.text.contains(&Language::English.t(key)), "{key}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wrong_state_is_refused_in_words_with_something_open_instead() {
    let running = start("licence").await;
    let mut maya = running.signed_in("Maya").await;
    let tonight = running.tonight().await;
    let fields = with(DOOR, "jurisdiction", "CA");
    let page = maya.post(&format!("/sessions/{tonight}/door"), &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("California") && page.text.contains("Skills for Hard Days"));
    let fields = with(DOOR, "jurisdiction", "FL");
    let page = maya.post(&format!("/sessions/{tonight}/door"), &fields).await;
    assert_eq!(page.location, format!("/sessions/{tonight}/waiting"), "a compact privilege covers Florida");
    let last = maya.get(&format!("/sessions/{tonight}/door")).await;
    assert!(last.text.contains("Somebody Close") && !last.text.contains("signed_name"), "prefilled, and signed once");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_agenda_is_edited_before_the_session() {
    let running = start("agenda").await;
    let mut amara = running.signed_in("Dr. Amara").await;
    let tonight = running.tonight().await;
    let path = format!("/sessions/{tonight}/agenda");
    let bad = amara.post(&path, &[("kind", "learn"), ("minutes", "soon"), ("prompt", ""), ("theme", "")]).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    let good = amara
        .post(&path, &[("kind", "discuss"), ("minutes", "30"), ("prompt", "canary-prompt"), ("theme", "t"), ("homework", "one\ntwo")])
        .await;
    assert_eq!(good.location, format!("/sessions/{tonight}/before"));
    assert!(amara.get(&good.location).await.text.contains("canary-prompt"));
    let empty = amara.post(&path, &[("homework", "")]).await;
    assert_eq!(empty.status, StatusCode::SEE_OTHER, "an agenda may be empty");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_for_help_becomes_a_task_that_ends_with_a_note() {
    let running = start("risk").await;
    let mut maya = running.signed_in("Maya").await;
    let page = maya.post("/help", &[("kind", "help"), ("text", "canary-help")]).await;
    assert!(page.text.find("tel:988").unwrap() < page.text.find("role=\"status\"").unwrap(), "the lines come first");
    running.work().await;
    let mut amara = running.signed_in("Dr. Amara").await;
    let tasks = amara.get("/risk-tasks").await;
    let href = tasks.text.split("href=\"").find(|part| part.starts_with("/risk-tasks/")).unwrap();
    let task = href[..href.find('"').unwrap()].to_owned();
    assert!(amara.get(&task).await.text.contains("canary-help"));
    assert_eq!(running.signed_in("Marcus").await.get(&task).await.status, StatusCode::NOT_FOUND, "another leader's member");
    let closure = format!("{task}/closure");
    assert_eq!(amara.post(&closure, &[("note", "  ")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(amara.post(&closure, &[("note", "Called back, she is safe.")]).await.location, "/risk-tasks");
    let again = amara.post(&closure, &[("note", "twice")]).await;
    assert!(again.status == StatusCode::UNPROCESSABLE_ENTITY && again.text.contains("twice"));
    let sent = running.outbox.posted();
    assert!(sent.iter().all(|one| !one.letter.text.contains("canary") && !one.letter.text.contains("Maya")), "mails are neutral");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unattended_task_goes_to_the_next_person() {
    let running = start("escalation").await;
    running.signed_in("Maya").await.post("/help", &[("kind", "help")]).await;
    running.work().await;
    let owner = || async { running.house.db.number("SELECT owner_id AS n FROM risk_task", []).await.unwrap() };
    assert_eq!(owner().await, running.person("Dr. Amara").await.id);
    for next in ["Carol", "Anders", "Anders"] {
        let tx = running.house.db.write().await.unwrap();
        tx.run("UPDATE job SET due_at = 0 WHERE done_at IS NULL", values![]).await.unwrap();
        tx.commit_unaudited().await.unwrap();
        let post = post::Post::Outbox(running.outbox.clone());
        while hearth::work::one(&running.house, &post, &running.meeting).await.unwrap() {}
        assert_eq!(owner().await, running.person(next).await.id, "{next}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_display_name_is_chosen_and_is_one_person_s() {
    let running = start("name").await;
    let mut maya = running.signed_in("Maya").await;
    let group = running.group("Steady Ground").await;
    let path = format!("/groups/{group}/display-name");
    assert_eq!(maya.post(&path, &[("name", "theo")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(maya.post(&path, &[("name", "")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(maya.post(&path, &[("name", "River")]).await.status, StatusCode::SEE_OTHER);
    assert!(running.signed_in("Theo").await.get(&format!("/groups/{group}")).await.text.contains("River"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_office_sets_a_group_up_from_nothing() {
    let running = start("office").await;
    let mut anders = running.signed_in("Anders").await;
    let practice = [("name", "Lantern House"), ("phone", "+1 555 010 0142"), ("zone", "America/Chicago")];
    assert_eq!(
        anders.post("/practice", &[("name", "x"), ("phone", "none"), ("zone", "UTC")]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert!(anders.post("/practice", &practice).await.text.contains("+1 555 010 0142"), "the new phone stands in the footer at once");
    let mut carol = running.signed_in("Carol").await;
    for (name, email, role) in [
        ("Ida Brandt", "ida@example.org", "clinician"),
        ("Mo Salim", "mo@example.org", "member"),
        ("Lee Park", "lee@example.org", "member"),
    ] {
        assert_eq!(carol.post("/people", &[("name", name), ("email", email), ("role", role)]).await.location, "/people");
    }
    let twice = carol.post("/people", &[("name", "Ida"), ("email", "IDA@example.org"), ("role", "member")]).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    running.work().await;
    assert!(running.outbox.posted().iter().filter(|one| one.letter.text.contains("/welcome/")).count() >= 3);
    let made = carol.post("/groups", LANTERNS).await;
    assert!(made.location.ends_with("/seats"), "{}", made.text);
    for (email, part, fits) in [
        ("ida@example.org", "facilitator", true),
        ("mo@example.org", "member", true),
        ("mo@example.org", "member", false),
        ("ida@example.org", "member", false),
        ("lee@example.org", "facilitator", false),
        ("nobody@example.org", "member", false),
        ("lee@example.org", "member", true),
        ("maya.lindqvist@example.org", "member", false),
    ] {
        let page = carol.post(&made.location, &[("email", email), ("part", part), LIVES, WHY]).await;
        assert_eq!(page.status == StatusCode::SEE_OTHER, fits, "{email} as {part}");
    }
    let ida = running.house.db.number("SELECT id AS n FROM person WHERE email = 'ida@example.org'", []).await.unwrap().to_string();
    let licence = [
        ("person", ida.as_str()),
        ("profession", "psychologist"),
        ("jurisdiction", "IL"),
        ("kind", "licence"),
        ("number", "7"),
        ("valid_from", "2026-01-01"),
        ("valid_to", "2028-01-01"),
        ("verified_on", "2026-11-01"),
        ("source", "the state's register"),
    ];
    assert_eq!(carol.post("/licences", &licence).await.location, "/licences");
    meeting::plan_ahead(&running.house).await.unwrap();
    let planned = running
        .house
        .db
        .number("SELECT COUNT(*) AS n FROM session s JOIN groups g ON g.id = s.group_id WHERE g.name = 'Lanterns'", [])
        .await
        .unwrap();
    assert_eq!(planned, 8, "eight weeks ahead");
}

/// Nobody is shown a way that is closed to them: every link of the frame and of Today leads somewhere, for every role.
#[tokio::test(flavor = "multi_thread")]
async fn every_link_that_somebody_is_shown_leads_somewhere() {
    let running = start("links-lead").await;
    let mut dead = Vec::new();
    for name in ["Maya", "Aisha", "Rosa", "Dr. Amara", "Marcus", "Nadia", "Rui", "Carol", "Anders"] {
        let mut browser = running.signed_in(name).await;
        let mut seen = std::collections::BTreeSet::new();
        for from in ["/today", "/goals", "/homework", "/groups", "/people", "/account", "/practice", "/measures", "/my-picture"] {
            let page = browser.get(from).await;
            if page.status != hyper::StatusCode::OK {
                continue;
            }
            seen.extend(page.text.split("href=\"/").skip(1).map(|part| format!("/{}", part.split(['"', '#']).next().unwrap())));
        }
        assert!(seen.len() > 8, "{name} is shown {seen:?}");
        for path in seen.iter().filter(|path| !path.starts_with("/assets/")) {
            let page = browser.get(path).await;
            let fine = page.status == hyper::StatusCode::OK || page.status == hyper::StatusCode::SEE_OTHER;
            if !fine {
                dead.push(format!("{name} is shown {path}, which answers {}", page.status));
            }
        }
    }
    assert!(dead.is_empty(), "{dead:#?}");
}
