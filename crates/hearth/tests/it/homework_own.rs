//! A page of the journal becomes homework (L5): by its writer's own choice, read by nobody else unless they say so.

use ground::{Ask, Language, values};
use hyper::StatusCode;
use serde_json::json;

use crate::{
    harness::{Running, start},
    homework::{day, hidden, sent},
    sockets::gathered,
    state::{escaped, kept, sentence},
};

const PAGE: &str = "canary-page: Dear me,\nslow down.";

/// An evening on which Maya wrote a page.
async fn evening(running: &Running) {
    let (mut lead, mut inside) = gathered(running, &["Maya", "Theo"]).await;
    lead.act(json!({"do": "begin"})).await.unwrap();
    let journal = |act| json!({"tool": "journal", "act": act});
    lead.act(journal(json!({"do": "open", "prompt": "A letter to myself", "minutes": 10}))).await.unwrap();
    inside[0].1.act(journal(json!({"do": "write", "text": PAGE}))).await.unwrap();
    lead.act(json!({"do": "end"})).await.unwrap();
    running.work().await;
}

async fn newest(running: &Running, who: &str) -> i64 {
    let sql = "SELECT id AS n FROM homework WHERE person_id = $1 AND given_by = $1 ORDER BY given_at DESC, id DESC LIMIT 1";
    running.house.db.number(sql, values![running.person(who).await.id]).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_becomes_homework_and_stays_its_writers() {
    let running = start("homework-own").await;
    let session = running.tonight().await;
    evening(&running).await;
    let group = running.group("Steady Ground").await;
    let mut maya = running.signed_in("Maya").await;
    for path in ["/journal".to_owned(), format!("/sessions/{session}/recap")] {
        let page = maya.get(&path).await.text;
        assert!(page.contains("action=\"/homework/new\"") && hidden(&page, "page").contains("canary-page"), "{path}");
    }
    let before = kept(&running).await;
    let form = maya.post("/homework/new", &[("prompt", "A letter to myself"), ("page", PAGE)]).await;
    assert_eq!((form.status, &kept(&running).await), (StatusCode::OK, &before), "looking at the form keeps nothing");
    assert!(form.text.contains("Come back to this: A letter to myself") && form.text.contains(PAGE));
    assert!(form.text.contains("value=\"alone\" checked"), "nobody else reads it unless she says so");
    let due = day(&running.house.clock, 7);
    assert!(form.text.contains(&due));
    let once = hidden(&form.text, "once");
    let good =
        [("once", &*once), ("text", "canary-do: read it on Friday"), ("page", PAGE), ("prompts", ""), ("due", &*due), ("reads", "alone")];
    for (field, value, key) in
        [("text", "", "homework-give-instructions"), ("due", "2020-01-01", "homework-give-due"), ("reads", "1", "homework-own-who")]
    {
        let fields: Vec<(&str, &str)> = good.iter().map(|(name, typed)| (*name, if *name == field { value } else { *typed })).collect();
        let page = maya.post("/homework", &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(page.text.contains(&escaped(&sentence(Language::English, key))) && page.text.contains(PAGE), "{field}");
    }
    assert_eq!(kept(&running).await, before);
    for _ in 0..2 {
        assert_eq!(maya.post("/homework", &good).await.location, "/homework", "the same form twice gives it once");
    }
    let own = "SELECT COUNT(*) AS n FROM homework WHERE person_id = given_by";
    assert_eq!(running.house.db.number(own, []).await.unwrap(), 1);
    let id = newest(&running, "Maya").await;
    let sheet = maya.get(&format!("/homework/{id}")).await.text;
    assert!(sheet.contains(PAGE) && sheet.contains(&escaped(&sentence(Language::English, "homework-who-reads-own"))));
    sent(&mut maya, id, "", &[("note", "canary-wrote: I did")]).await;
    assert!(maya.get("/homework").await.text.contains("canary-do") && maya.get("/account/data.json").await.text.contains("canary-page"));
    nobody_else_reads(&running, group, id).await;
}

/// Neither the group nor whoever leads it, nor the office, nor by its number.
async fn nobody_else_reads(running: &Running, group: i64, id: i64) {
    let maya = running.person("Maya").await.id;
    for who in ["Theo", "Dr. Amara", "Carol", "Anders", "Nadia"] {
        let mut browser = running.signed_in(who).await;
        let mut seen = String::new();
        for path in [
            "/homework".to_owned(),
            format!("/homework/{id}"),
            format!("/groups/{group}/homework"),
            format!("/groups/{group}/homework/{id}"),
            format!("/groups/{group}/outcomes"),
            format!("/people/{maya}/fhir.json"),
            format!("/groups/{group}"),
        ] {
            seen += &browser.get(&path).await.text;
        }
        for canary in ["canary-page", "canary-do", "canary-wrote"] {
            assert!(!seen.contains(canary), "{canary} and {who}");
        }
        let put_away = browser.post(&format!("/homework/{id}/withdrawal"), &[]).await;
        assert_eq!(put_away.status, StatusCode::NOT_FOUND, "{who} puts nothing of hers away");
    }
    let lines = "SELECT COUNT(*) AS n FROM audit WHERE object LIKE '%canary%' OR action = 'homework.own'";
    assert_eq!(running.house.db.number(lines, []).await.unwrap(), 1, "that it was given stands in the audit book, once, and no word of it");
}

/// As homework is: whoever leads reads what she wants to do and what she writes. The page itself they do not.
#[tokio::test(flavor = "multi_thread")]
async fn she_may_let_whoever_leads_read_along_and_put_it_away_again() {
    let running = start("homework-own-read").await;
    let group = running.group("Steady Ground").await.to_string();
    let mut maya = running.signed_in("Maya").await;
    assert!(maya.get("/homework").await.text.contains("href=\"/homework/new\""));
    let form = maya.get("/homework/new").await.text;
    assert!(form.contains("Steady Ground") && form.matches("name=\"reads\"").count() >= 2);
    let due = day(&running.house.clock, 3);
    let fields =
        [("text", "canary-do: two minutes"), ("page", PAGE), ("prompts", "What helped?\nWhat then?"), ("due", &*due), ("reads", &*group)];
    assert_eq!(maya.post("/homework", &fields).await.location, "/homework");
    let id = newest(&running, "Maya").await;
    sent(&mut maya, id, "", &[("answer-0", "canary-wrote: a walk")]).await;
    let mut amara = running.signed_in("Dr. Amara").await;
    let read = amara.get(&format!("/groups/{group}/homework/{id}")).await.text;
    assert!(read.contains("canary-do") && read.contains("canary-wrote"), "as other homework");
    assert!(!read.contains("canary-page"), "her page stays hers");
    for who in ["Theo", "Carol", "Marcus"] {
        assert_eq!(running.signed_in(who).await.get(&format!("/groups/{group}/homework/{id}")).await.status, StatusCode::NOT_FOUND);
    }
    let given = crate::homework::given(&running, "Maya", "free", &[]).await;
    assert_eq!(maya.post(&format!("/homework/{given}/withdrawal"), &[]).await.status, StatusCode::NOT_FOUND, "what others gave is theirs");
    assert_eq!(maya.post(&format!("/homework/{id}/withdrawal"), &[]).await.location, "/homework");
    let page = maya.get(&format!("/homework/{id}")).await.text;
    assert!(page.contains("canary-wrote") && !page.contains("/withdrawal"), "what she wrote is still hers");
}
