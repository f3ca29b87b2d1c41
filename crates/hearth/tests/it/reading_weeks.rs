//! What the library has for a week: chosen by whoever leads, read by members before they meet, found again by week.

use care::agenda::Agenda;
use ground::{Ask, Language, values};
use hyper::StatusCode;

use crate::{
    harness::{Running, start},
    state::{kept, sentence},
};

const ROWS: &[(&str, &str)] = &[("kind", "discuss"), ("minutes", "90"), ("theme", "Tonight"), ("prompt", ""), ("homework", "")];

async fn agenda(running: &Running, session: i64) -> Agenda {
    serde_json::from_str(&ground::facts::session(&running.house.db, session).await.unwrap().unwrap().agenda).unwrap()
}

fn chosen<'a>(items: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    ROWS.iter().copied().chain(items.iter().map(|item| ("reading", *item))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_leader_chooses_stands_on_today_until_the_group_meets() {
    let running = start("readings-today").await;
    let session = running.tonight().await;
    let shipped = agenda(&running, session).await.readings;
    assert!(!shipped.is_empty(), "a programme that ships has something to read");
    let mut maya = running.signed_in("Maya").await;
    let today = maya.get("/today").await.text;
    assert!(today.contains(&sentence(Language::English, "today-to-read")) && today.contains(&format!("/library/{}", shipped[0])));

    let mut amara = running.signed_in("Dr. Amara").await;
    let before = amara.get(&format!("/sessions/{session}/before")).await.text;
    assert!(before.contains(&format!("<option value=\"{}\" selected>", shipped[0])), "what the programme brings is chosen");
    let items = ["what-grief-does", "", "the-worry-slip", "what-grief-does"];
    amara.post(&format!("/sessions/{session}/agenda"), &chosen(&items)).await;
    assert_eq!(agenda(&running, session).await.readings, ["what-grief-does", "the-worry-slip"]);
    let today = maya.get("/today").await.text;
    let at = |item: &str| today.find(&format!("/library/{item}\"")).unwrap();
    assert!(at("what-grief-does") < at("the-worry-slip"), "in the order that was chosen");
    maya.post("/language", &[("language", "es"), ("back", "/")]).await;
    assert!(maya.get("/today").await.text.contains("Lo que hace el duelo"));
    assert!(!amara.get("/today").await.text.contains(&sentence(Language::English, "today-to-read")), "it is members who read");
    // What the practice hides is named nowhere, and stays where it was chosen for when it is shown again.
    amara.post("/library/what-grief-does/place", &[("away", "yes")]).await;
    assert!(!maya.get("/today").await.text.contains("/library/what-grief-does"));
    assert_eq!(agenda(&running, session).await.readings.len(), 2);
}

/// The reminder of the day before says that it stands there, whichever group comes first.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_sits_in_two_groups_reads_for_both() {
    let running = start("readings-two").await;
    let sql = "SELECT MIN(s.id) AS n FROM session s JOIN groups g ON g.id = s.group_id WHERE g.name = 'After Loss' AND s.state = 'planned'
        AND s.starts_at = (SELECT MIN(o.starts_at) FROM session o WHERE o.group_id = g.id AND o.state = 'planned')";
    let other = running.house.db.number(sql, []).await.unwrap();
    let tx = running.house.db.write().await.unwrap();
    let chosen = r#"{"phases":[],"readings":["keeping-somebody-close"]}"#;
    tx.run("UPDATE session SET agenda = $1 WHERE id = $2", values![chosen.to_owned(), other]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    let tonight = agenda(&running, running.tonight().await).await.readings;
    let today = running.signed_in("Lucía").await.get("/today").await.text;
    assert!(today.contains(&format!("/library/{}\"", tonight[0])) && today.contains("/library/keeping-somebody-close\""), "{today}");
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_and_what_is_not_there_are_said_and_change_nothing() {
    let running = start("readings-odd").await;
    let (session, group) = (running.tonight().await, running.group("Steady Ground").await);
    let mut amara = running.signed_in("Dr. Amara").await;
    let before = kept(&running).await;
    let five = ["what-grief-does", "one-rung", "a-soft-beginning", "cooling-down", "the-worry-slip"];
    let long = "x".repeat(301);
    for (items, key) in [
        (&five[..], "agenda-too-many-readings"),
        (&["no-such-thing"], "agenda-reading-gone"),
        (&["../today"], "agenda-reading-gone"),
        (&["<script>"], "agenda-reading-gone"),
        (&[long.as_str()], "agenda-too-long"),
    ] {
        let page = amara.post(&format!("/sessions/{session}/agenda"), &chosen(items)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{items:?}");
        assert!(page.text.contains(&sentence(Language::English, key)) && page.text.contains("value=\"Tonight\""), "{key}");
        let seen = [("seen", "0"), ("title", "A week of ours")];
        let fields: Vec<_> = seen.into_iter().chain(chosen(items)).collect();
        let page = amara.post(&format!("/groups/{group}/programme/0"), &fields).await;
        assert!(page.text.contains(&sentence(Language::English, key)) && page.text.contains("A week of ours"), "{key} in a week");
    }
    let add = format!("/groups/{group}/readings");
    for item in ["", "no-such-thing", "../today"] {
        let page = amara.post(&add, &[("item", item)]).await;
        assert!(page.status == StatusCode::CONFLICT && page.text.contains(&sentence(Language::English, "agenda-reading-gone")), "{item}");
    }
    assert_eq!(kept(&running).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn from_its_own_page_something_goes_to_the_next_session_once() {
    let running = start("readings-next").await;
    let (session, group) = (running.tonight().await, running.group("Steady Ground").await);
    let mut amara = running.signed_in("Dr. Amara").await;
    let add = format!("/groups/{group}/readings");
    assert!(amara.get("/library/cooling-down").await.text.contains(&format!("action=\"{add}\"")));
    let had = agenda(&running, session).await;
    for _ in 0..2 {
        let went = amara.post(&add, &[("item", "cooling-down")]).await;
        assert_eq!(went.location, format!("/sessions/{session}/before#readings"));
    }
    let has = agenda(&running, session).await;
    assert_eq!((&has.readings[..had.readings.len()], has.readings.len()), (&had.readings[..], had.readings.len() + 1));
    assert_eq!(Agenda { readings: had.readings.clone(), ..has }, had, "all else stays");
    for item in ["what-grief-does", "a-soft-beginning", "one-rung", "the-worry-slip"] {
        amara.post(&add, &[("item", item)]).await;
    }
    let full = amara.post(&add, &[("item", "not-answering-the-urge")]).await;
    assert_eq!(full.status, StatusCode::CONFLICT);
    assert!(full.text.contains(&sentence(Language::English, "agenda-too-many-readings")));
    assert_eq!(agenda(&running, session).await.readings.len(), care::agenda::READINGS);
    let tx = running.house.db.write().await.unwrap();
    tx.run("UPDATE session SET state = 'ended' WHERE group_id = $1", values![group]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    let none = amara.post(&add, &[("item", "cooling-down")]).await;
    assert!(none.status == StatusCode::CONFLICT && none.text.contains(&sentence(Language::English, "readings-no-session")));
    assert_eq!(running.signed_in("Maya").await.post(&add, &[("item", "cooling-down")]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_finds_the_weeks_of_their_own_groups() {
    let running = start("readings-weeks").await;
    let session = running.tonight().await;
    let mut amara = running.signed_in("Dr. Amara").await;
    amara.post(&format!("/sessions/{session}/agenda"), &chosen(&["after-something-terrible"])).await;
    let mut maya = running.signed_in("Maya").await;
    let page = maya.get("/library/weeks").await.text;
    let course = page.split("<h2>Steady Ground</h2>").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(course.contains("/library/after-something-terrible"));
    assert_eq!(
        page.matches(&sentence(Language::English, "readings-week-next")).count(),
        page.matches("<section class=\"card\"><h2>").count()
    );
    let next = course.split("<li>").find(|week| week.contains(&sentence(Language::English, "readings-week-next"))).unwrap();
    assert!(next.contains("/library/after-something-terrible"), "the next session is tonight's: {next}");
    assert!(!page.contains(&sentence(Language::English, "readings-programmes")), "programmes are for those who lead");
    let other = running.signed_in("Aisha").await.get("/library/weeks").await.text;
    assert!(!other.contains("Steady Ground") && !other.contains("after-something-terrible"));
    let rosa = running.signed_in("Rosa").await.get("/library/weeks").await.text;
    assert!(!rosa.contains("Steady Ground") && rosa.contains(&sentence(Language::English, "readings-weeks-none")));
    let crew = amara.get("/library/weeks").await.text;
    assert!(crew.contains("Working with anxiety") && crew.contains(&sentence(Language::English, "readings-programmes")));
    let peers = running.house.db.number("SELECT COUNT(*) AS n FROM session WHERE agenda LIKE '%\"readings\"%'", []).await.unwrap();
    assert!(peers > 8, "sessions planned ahead have theirs");
}
