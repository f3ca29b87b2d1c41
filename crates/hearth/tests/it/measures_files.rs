//! Questions and answers as files that other programs read: for their person, for whoever leads them, and for nobody else.

use ground::{Ask, Language, values};
use hyper::StatusCode;
use serde_json::Value;

use crate::{
    harness::{Running, start},
    state::sentence,
};

/// The newest PHQ-9 that this person sent, as the end of a path.
async fn sent(running: &Running, who: &str) -> (i64, i64) {
    let person = running.person(who).await.id;
    let sql = "SELECT id AS n FROM measure WHERE person_id = $1 AND slug = 'phq-9' AND completed_at IS NOT NULL ORDER BY completed_at DESC LIMIT 1";
    (person, running.house.db.number(sql, values![person]).await.unwrap())
}

async fn exports(running: &Running) -> i64 {
    running.house.db.number("SELECT COUNT(*) AS n FROM audit WHERE action = 'measures.export'", []).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_and_answers_go_out_as_open_scales_have_them() {
    let running = start("files-osd").await;
    let (maya_id, measure) = sent(&running, "Maya").await;
    let (mut maya, mut amara) = (running.signed_in("Maya").await, running.signed_in("Dr. Amara").await);
    let own = format!("/measures/{measure}");
    let picture = maya.get("/my-picture").await.text;
    let links = picture.matches("/scale.osd\"").count();
    assert!(links == 2 && picture.matches("/answers.csv\"").count() == 2, "each of hers, by its own name: {links}");
    assert!(!picture.contains("PHQ"), "no clinical name beside it");

    let scale: Value = serde_json::from_str(&maya.get(&format!("{own}/scale.osd")).await.text).unwrap();
    assert_eq!((&scale["osd_version"], &scale["definition"]["scale_info"]["code"]), (&"1.0".into(), &"phq-9".into()));
    let answers = maya.get(&format!("{own}/answers.csv")).await;
    let lines: Vec<Vec<&str>> = answers.text.trim_end().split("\r\n").map(|line| line.split(',').collect()).collect();
    assert_eq!((lines.len(), lines[0][..4].join(","), lines[0].last().copied()), (4, "subnum,timestamp,time,q1".to_owned(), Some("total")));
    let items = scale["definition"]["items"].as_array().unwrap().iter().filter(|item| item["type"] != "inst");
    let ids: Vec<&str> = items.map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!(lines[0][3..13], ids, "each column is a question of the file");
    for line in &lines[1..] {
        let sum: i64 = line[3..12].iter().map(|answer| answer.parse::<i64>().unwrap()).sum();
        assert_eq!((line[0], line[13]), (&*maya_id.to_string(), &*sum.to_string()), "nine answers are what was told");
    }
    assert_eq!(exports(&running).await, 1, "answers that went out are in the book");

    let theirs = format!("/people/{maya_id}/measures");
    let page = amara.get(&theirs).await.text;
    assert!(page.contains(&format!("{theirs}/{measure}/answers.csv")) && page.contains(&format!("{theirs}/{measure}/scale.osd")));
    assert_eq!(amara.get(&format!("{theirs}/{measure}/answers.csv")).await.text, answers.text);
    assert_eq!(exports(&running).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_gets_them_and_what_waits_has_none() {
    let running = start("files-nobody").await;
    let (maya, measure) = sent(&running, "Maya").await;
    for who in ["Theo", "Marcus", "Carol", "Nadia", "Anders"] {
        let mut other = running.signed_in(who).await;
        for file in ["scale.osd", "answers.csv"] {
            for path in [format!("/measures/{measure}/{file}"), format!("/people/{maya}/measures/{measure}/{file}")] {
                assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND, "{who} {path}");
            }
        }
    }
    let (theo, _) = sent(&running, "Theo").await;
    let mut amara = running.signed_in("Dr. Amara").await;
    let crossed = format!("/people/{theo}/measures/{measure}/answers.csv");
    assert_eq!(amara.get(&crossed).await.status, StatusCode::NOT_FOUND, "one person's number under another's name");
    let waits = "SELECT id AS n FROM measure WHERE person_id = $1 AND completed_at IS NULL AND withdrawn_at IS NULL LIMIT 1";
    let waits = running.house.db.number(waits, values![maya]).await.unwrap();
    let mut hers = running.signed_in("Maya").await;
    for file in ["scale.osd", "answers.csv"] {
        assert_eq!(hers.get(&format!("/measures/{waits}/{file}")).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(exports(&running).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_works_here_takes_an_instrument_and_it_can_be_taken_in_elsewhere() {
    let running = start("files-library").await;
    let mut amara = running.signed_in("Dr. Amara").await;
    let list = amara.get("/instruments").await.text;
    assert_eq!(list.matches("action=\"/instruments/file\"").count(), 13);
    assert!(list.contains(&sentence(Language::English, "take-osd")));
    let file = amara.post("/instruments/file", &[("instrument", "k10"), ("version", "1")]).await;
    assert_eq!(file.status, StatusCode::OK);
    for odd in [vec![], vec![("instrument", "k10"), ("version", "9")], vec![("instrument", "../k10"), ("version", "1")]] {
        assert_eq!(amara.post("/instruments/file", &odd).await.location, "/instruments", "{odd:?}");
    }
    let mut carol = running.signed_in("Carol").await;
    let fields = [("file", &*file.text), ("licence", "Read and agreed"), ("read", "on"), ("action", "accept")];
    let taken = carol.post("/instruments/import", &fields).await;
    assert_eq!(taken.location, "/instruments", "{}", taken.text);
    let own = carol.post("/instruments/file", &[("instrument", "own-k10"), ("version", "1")]).await;
    assert_eq!(own.text, file.text, "out, in and out again is the same file");
}
