//! Articles and worksheets read together: what is offered for a group, whose browser gets the words, what of it becomes homework to oneself,
//! and what the recap has of it.

use ground::{Ask, Language, values};
use hyper::StatusCode;
use serde_json::{Value, json};
use testkit::{Browser, Page};

use crate::{family::a_family_session, harness::start, sockets::gathered, state::sentence};

async fn words(browser: &mut Browser, item: &str) -> Page {
    browser.get(&format!("/library/{item}/words")).await
}

fn told(page: &Page) -> Value {
    serde_json::from_str(&page.text).unwrap_or_else(|error| panic!("{error}: {}", page.text))
}

fn open(item: &str, title: &str) -> Value {
    json!({"tool": "reading", "act": {"do": "open", "item": item, "title": title}})
}

#[tokio::test(flavor = "multi_thread")]
async fn each_gets_the_words_in_their_language_and_only_of_what_is_open_to_them() {
    let running = start("reading-words").await;
    assert!(words(&mut running.visitor(), "what-grief-does").await.location.starts_with("/sign-in"));
    let mut maya = running.signed_in("Maya").await;
    let article = told(&words(&mut maya, "what-grief-does").await);
    assert_eq!((&article["keeps"], &article["is_worksheet"]), (&json!(true), &json!(false)));
    assert!(article["sources"].to_string().contains("Stroebe") && article["parts"].as_array().unwrap().len() > 2);
    assert_eq!(article["parts"][0]["title"], json!([]), "the beginning stands before the first heading");
    let sheet = told(&words(&mut maya, "the-worry-slip").await);
    let names: Vec<&str> = sheet["parts"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|part| part["blanks"].as_array().unwrap())
        .map(|b| b["name"].as_str().unwrap())
        .collect();
    assert!(names.contains(&"answer-0") && names.iter().any(|name| name.ends_with("-3")), "{names:?}");
    maya.post("/language", &[("language", "es"), ("back", "/")]).await;
    let spanish = told(&words(&mut maya, "what-grief-does").await);
    assert!(spanish["title"].as_str().unwrap().contains("duelo"));
    assert_eq!(spanish["parts"].as_array().unwrap().len(), article["parts"].as_array().unwrap().len());

    let mut rosa = running.signed_in("Rosa").await;
    assert_eq!(told(&words(&mut rosa, "what-grief-does").await)["keeps"], json!(false), "the family has no homework");
    let mut amara = running.signed_in("Dr. Amara").await;
    assert_eq!(told(&words(&mut amara, "one-rung").await)["keeps"], json!(false));
    for item in ["not-answering-the-urge", "one-rung", "nothing", "NEW"] {
        assert_eq!(words(&mut rosa, item).await.status, StatusCode::NOT_FOUND, "{item}");
    }
    amara.post("/library/what-grief-does/place", &[("away", "yes")]).await;
    assert_eq!(words(&mut maya, "what-grief-does").await.status, StatusCode::NOT_FOUND, "hidden is hidden");
    assert_eq!(words(&mut amara, "what-grief-does").await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_leads_is_offered_what_the_group_may_read_by_the_names_that_it_reads() {
    let running = start("reading-shelf").await;
    let (session, mut amara) = (running.tonight().await, running.signed_in("Dr. Amara").await);
    let shelf = |page: Page| -> Vec<String> {
        told(&page).as_array().unwrap().iter().map(|one| one["item"].as_str().unwrap().to_owned()).collect()
    };
    let path = format!("/sessions/{session}/library-shelf");
    amara.post("/language", &[("language", "es"), ("back", "/")]).await;
    let page = amara.get(&path).await;
    assert!(page.text.contains("\"title\":\"The worry slip\",\"is_worksheet\":true"), "the group reads English: {}", page.text);
    assert!(shelf(page).contains(&"not-answering-the-urge".to_owned()));
    amara.post("/library/the-worry-slip/place", &[("away", "yes")]).await;
    assert!(!shelf(amara.get(&path).await).contains(&"the-worry-slip".to_owned()));
    let prepared = amara.get(&format!("/sessions/{session}/prepared/1?tool=reading")).await.text;
    assert!(prepared.contains("value=\"what-grief-does\"") && !prepared.contains("value=\"the-worry-slip\""));

    let family = a_family_session(&running).await;
    let offered = shelf(amara.get(&format!("/sessions/{family}/library-shelf")).await);
    assert!(offered.contains(&"beside-somebody-who-struggles".to_owned()), "{offered:?}");
    for item in ["not-answering-the-urge", "small-steps-toward-fear", "one-rung"] {
        assert!(!offered.contains(&item.to_owned()), "{item} is not for the family");
        let laid = amara.post(&format!("/sessions/{family}/prepared/0"), &[("tool", "reading"), ("which", item)]).await;
        assert_ne!(laid.status, StatusCode::SEE_OTHER, "{item} cannot be laid ready there either");
    }
    for stranger in ["Maya", "Rosa", "Marcus", "Nadia"] {
        assert_eq!(running.signed_in(stranger).await.get(&path).await.status, StatusCode::NOT_FOUND, "{stranger}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_read_together_is_in_the_recap_as_far_as_it_is_open() {
    let running = start("reading-recap").await;
    let session = running.tonight().await;
    let mut amara = running.signed_in("Dr. Amara").await;
    let path = format!("/sessions/{session}/prepared/1");
    let refused = amara.post(&path, &[("tool", "reading"), ("which", "no-such-thing")]).await;
    assert!(refused.text.contains(&sentence(Language::English, "prepared-choose")));
    assert_eq!(amara.post(&path, &[("tool", "reading"), ("which", "naming-a-feeling")]).await.location, path);
    let (mut lead, mut inside) = gathered(&running, &["Maya", "Theo"]).await;
    lead.act(json!({"do": "begin"})).await.unwrap();
    lead.act(json!({"do": "open_prepared", "phase": 1, "tool": 0})).await.unwrap();
    let (_, maya) = &mut inside[0];
    let one = maya.until("the article", |view| view.tools.reading.is_some()).await.tools.reading.unwrap();
    assert_eq!((one.item.as_str(), one.part), ("naming-a-feeling", 0));
    lead.act(json!({"tool": "reading", "act": {"do": "go", "part": 2}})).await.unwrap();
    maya.until("where we are", |view| view.tools.reading.as_ref().is_some_and(|one| one.part == 2)).await;
    for act in [json!({"do": "go", "part": 1}), json!({"do": "close"}), json!({"do": "open", "item": "one-rung", "title": "x"})] {
        assert!(maya.act(json!({"tool": "reading", "act": act})).await.is_err(), "a member moves nothing");
    }
    assert!(!maya.heard.contains("alarm") && !maya.heard.contains("answer-0"), "no words of the library came by the socket");
    // The same twice, one by a title of somebody's own, and one that is not there.
    for (item, title) in [("the-worry-slip", "Called otherwise"), ("the-worry-slip", "Again"), ("not-in-the-library", "Unknown")] {
        lead.act(open(item, title)).await.unwrap();
    }
    assert!(lead.act(open("../groups", "x")).await.is_err());
    lead.act(json!({"do": "end"})).await.unwrap();
    let recap = format!("/sessions/{session}/recap");
    let mut maya = running.signed_in("Maya").await;
    let page = maya.get(&recap).await.text;
    assert!(page.contains(&sentence(Language::English, "recap-read")), "{page}");
    assert_eq!(
        (page.matches("href=\"/library/naming-a-feeling\"").count(), page.matches("href=\"/library/the-worry-slip\"").count()),
        (1, 1)
    );
    assert!(page.contains("The worry slip") && !page.contains("Called otherwise") && !page.contains("Unknown"));
    let record = amara.get(&format!("/sessions/{session}/record")).await.text;
    assert!(record.contains(&sentence(Language::English, "timeline-reading")));
    amara.post("/library/the-worry-slip/place", &[("away", "yes")]).await;
    let later = maya.get(&recap).await.text;
    assert!(later.contains("The worry slip") && !later.contains("href=\"/library/the-worry-slip\""), "named, and not open any more");
    maya.post("/language", &[("language", "es"), ("back", "/")]).await;
    assert!(!maya.get(&recap).await.text.contains("Naming a feeling"), "in her own language");
    assert_eq!(running.signed_in("Aisha").await.get(&recap).await.status, StatusCode::NOT_FOUND);
}

/// What the room's script sends: the forms of the homework pages, one after the other.
#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_that_is_kept_from_the_room_is_one_however_often_it_is_sent() {
    let running = start("reading-keep").await;
    let mut maya = running.signed_in("Maya").await;
    let sheet = told(&words(&mut maya, "the-worry-slip").await);
    let prompts: Vec<&str> = sheet["prompts"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    let prompts = prompts.join("\n");
    let due = ground::when::date(ground::Moment(running.house.clock.now().0 + 7 * 86_400_000_000), "UTC");
    let form = [
        ("text", sheet["title"].as_str().unwrap()),
        ("prompts", &prompts),
        ("page", ""),
        ("due", &due),
        ("reads", "alone"),
        ("once", "once-from-the-room"),
        ("then", "sheet"),
    ];
    let first = maya.post("/homework", &form).await;
    assert!(first.location.starts_with("/homework/"), "{}", first.text);
    assert_eq!(maya.post("/homework", &form).await.location, first.location, "a second tap finds the same");
    let path = first.location;
    let entry = |once, seen, said| [("answer-0", said), ("once", once), ("seen", seen), ("slot", "whole")];
    for _ in 0..2 {
        let kept = maya.post(&format!("{path}/entries"), &entry("once-entry-1", "0", "Half past five")).await;
        assert_eq!(kept.location, format!("{path}?kept=1"));
    }
    assert_eq!(maya.post(&format!("{path}/entries"), &entry("once-entry-2", "1", "At six")).await.location, format!("{path}?kept=1"));
    let late = maya.post(&format!("{path}/entries"), &entry("once-entry-3", "1", "Over it")).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "what was written elsewhere meanwhile is not written over");
    let page = maya.get(&path).await.text;
    assert!(page.contains("At six") && !page.contains("Over it"));
    let of_her = "SELECT COUNT(*) AS n FROM homework WHERE once = 'once-from-the-room'";
    assert_eq!(running.house.db.number(of_her, values![]).await.unwrap(), 1);
    for other in ["Theo", "Dr. Amara", "Rosa"] {
        assert_eq!(running.signed_in(other).await.get(&path).await.status, StatusCode::NOT_FOUND, "{other}");
    }
    // The screen has changed hands: what somebody wrote is kept for nobody else.
    let hers = sheet["reader"].as_str().unwrap();
    assert_eq!(hers, running.person("Maya").await.id.to_string());
    let of_hers: Vec<(&str, &str)> = form
        .iter()
        .map(|(name, value)| (*name, if *name == "once" { "once-other-hands" } else { *value }))
        .chain([("reader", hers)])
        .collect();
    let before = running.house.db.number("SELECT COUNT(*) AS n FROM homework", []).await.unwrap();
    assert_eq!(running.signed_in("Theo").await.post("/homework", &of_hers).await.status, StatusCode::FORBIDDEN);
    assert_eq!(running.house.db.number("SELECT COUNT(*) AS n FROM homework", []).await.unwrap(), before);
    assert!(maya.post("/homework", &of_hers).await.location.starts_with("/homework/"));
    let mut plain = form;
    (plain[5].1, plain[6].1) = ("once-another-form", "");
    assert_eq!(maya.post("/homework", &plain).await.location, "/homework", "the page of homework goes back to its list");
    maya.post(&format!("{path}/withdrawal"), &[]).await;
    assert_eq!(maya.post("/homework", &form).await.location, "/homework", "what was put away is not written into");
}
