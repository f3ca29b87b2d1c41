//! The place of those who finished a group: the practice decides, people come in by their own wish, and nobody else learns of it.

use std::time::Duration;

use ground::{Ask, Language, values};
use hyper::StatusCode;
use testkit::Browser;

use crate::{
    harness::{Running, start, start_with_clock},
    inbox::meddle,
    messages::{id_of, write},
    state::{escaped, kept, sentence},
};

const EN: Language = Language::English;

/// The seats of these have ended.
async fn finished(running: &Running, names: &[&str]) {
    for name in names {
        meddle(running, "UPDATE membership SET left_at = 5 WHERE part = 'member' AND person_id = $1", running.person(name).await.id).await;
    }
}

/// The practice opens it and these lead; where it is written.
async fn open(running: &Running, leaders: &[&str]) -> String {
    let mut fields = vec![("open", "yes".to_owned())];
    for name in leaders {
        fields.push(("leader", running.person(name).await.id.to_string()));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let kept = running.signed_in("Anders").await.post("/practice/alumni", &fields).await;
    assert_eq!(kept.location, "/practice/alumni?kept=1", "{}", kept.text);
    let id = running.house.db.number("SELECT channel_id AS n FROM alumni_space", values![]).await.unwrap();
    format!("/channels/{id}")
}

async fn come_in(browser: &mut Browser, name: &str) -> String {
    browser.post("/alumni/joining", &[("name", name)]).await.location
}

#[tokio::test(flavor = "multi_thread")]
async fn the_practice_decides_whether_there_is_one_and_who_leads_it() {
    let running = start("alumni-practice").await;
    finished(&running, &["Maya"]).await;
    let (mut anders, mut maya) = (running.signed_in("Anders").await, running.signed_in("Maya").await);
    assert!(anders.get("/practice").await.text.contains("/practice/alumni"));
    assert!(maya.get("/alumni").await.text.contains(&sentence(EN, "alumni-closed")));
    assert!(!maya.get("/today").await.text.contains("/alumni") && !maya.get("/messages").await.text.contains("/alumni"));
    let before = kept(&running).await;
    let nobody = anders.post("/practice/alumni", &[("open", "yes"), ("leader", "12")]).await;
    assert!(nobody.status == StatusCode::UNPROCESSABLE_ENTITY && nobody.text.contains(&sentence(EN, "alumni-no-leader")));
    let maya_id = running.person("Maya").await.id.to_string();
    assert_eq!(anders.post("/practice/alumni", &[("open", "yes"), ("leader", &*maya_id)]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(come_in(&mut maya, "Maya").await, "");
    assert_eq!(kept(&running).await, before);
    let channel = open(&running, &["Dr. Amara"]).await;
    assert!(maya.get("/today").await.text.contains("/alumni") && maya.get("/messages").await.text.contains("/alumni"));
    assert_eq!(come_in(&mut maya, "Maya").await, channel);
    write(&mut maya, &channel, "It is quiet, and good.").await;
    assert!(!maya.get("/today").await.text.contains("/alumni"), "who is inside needs no invitation");
    // Closed, it is nowhere; opened again, it is as it was, and Ben leads it.
    assert_eq!(anders.post("/practice/alumni", &[]).await.location, "/practice/alumni?kept=1");
    let mut amara = running.signed_in("Dr. Amara").await;
    for browser in [&mut maya, &mut amara] {
        assert_eq!(browser.get(&channel).await.status, StatusCode::NOT_FOUND);
        assert!(!browser.get("/messages").await.text.contains(&channel));
    }
    assert_eq!(open(&running, &["Ben"]).await, channel);
    assert!(running.signed_in("Ben").await.get(&channel).await.text.contains("It is quiet, and good."));
    assert_eq!(amara.get(&channel).await.status, StatusCode::NOT_FOUND);
    assert!(maya.get(&channel).await.text.contains("It is quiet, and good."));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_comes_in_under_a_name_of_ones_own_and_reads_on_from_then() {
    let (running, clock) = start_with_clock("alumni-inside").await;
    finished(&running, &["Maya", "Aisha"]).await;
    let channel = open(&running, &["Dr. Amara"]).await;
    let (mut maya, mut aisha, mut amara) =
        (running.signed_in("Maya").await, running.signed_in("Aisha").await, running.signed_in("Dr. Amara").await);
    assert!(maya.get("/alumni").await.text.contains("value=\"Maya\""), "the name of the group is laid ready");
    let before = kept(&running).await;
    for (name, key) in [("", "group-name-unfit"), ("Ma\u{200b}ya", "group-name-unfit"), ("dr. amara osei", "alumni-name-taken")] {
        let page = maya.post("/alumni/joining", &[("name", name)]).await;
        assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.text.contains(&sentence(EN, key)), "{name}");
        assert!(page.text.contains(&format!("value=\"{name}\"")), "what was typed is kept: {name}");
    }
    assert_eq!(kept(&running).await, before);
    assert_eq!(come_in(&mut maya, "Wren <3").await, channel);
    assert_eq!(come_in(&mut maya, "Other").await, channel, "twice is once");
    clock.advance(Duration::from_secs(5));
    write(&mut maya, &channel, "canary-before-she-came").await;
    clock.advance(Duration::from_secs(5));
    assert_eq!(come_in(&mut aisha, "Aisha").await, channel);
    clock.advance(Duration::from_secs(5));
    write(&mut maya, &channel, "canary-for-us").await;
    let page = aisha.get(&channel).await.text;
    assert!(page.contains("canary-for-us") && !page.contains("canary-before-she-came"), "read from the day one came");
    assert!(page.contains(&escaped("Wren <3")) && !page.contains("Maya") && !page.contains("Lindqvist"));
    assert!(!page.contains("/groups/"), "it belongs to no group");
    // An answer and a quiet sign bear the same name.
    let id = id_of(&mut aisha, &channel, "canary-for-us").await;
    aisha.post(&channel, &[("text", "I know that"), ("once", "r-1"), ("reply", &*id)]).await;
    maya.post(&format!("{channel}/{id}/reaction"), &[("kind", "heard")]).await;
    let page = aisha.get(&channel).await.text;
    assert!(!page.contains("Maya") && page.matches(&escaped("Wren <3")).count() >= 3, "message, quote, sign");
    // Leaders know who is who, and lead.
    assert!(amara.get("/alumni").await.text.contains("Maya Lindqvist") && !aisha.get("/alumni").await.text.contains("Lindqvist"));
    assert!(amara.get(&channel).await.text.contains("canary-before-she-came"));
    amara.post(&format!("{channel}/{id}/hiding"), &[("hide", "yes")]).await;
    assert!(!aisha.get(&channel).await.text.contains("canary-for-us"));
    amara.post(&format!("{channel}/pause"), &[("pause", "yes")]).await;
    assert_eq!(write(&mut aisha, &channel, "Still here?").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    amara.post(&format!("{channel}/pause"), &[]).await;
    let answer = [("text", "We read this on Monday."), ("once", "l-1"), ("as_leaders", "yes")];
    assert_eq!(amara.post(&channel, &answer).await.status, StatusCode::SEE_OTHER);
    assert!(maya.get("/inbox").await.text.contains("/messages"));
    let mine = maya.get("/account/data.json").await.text;
    assert!(mine.contains("Wren") && mine.contains("canary-for-us"));
    assert!(!aisha.get("/account/data.json").await.text.contains("Wren"));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_leaves_and_comes_back_and_whoever_was_asked_to_leave_talks_first() {
    let (running, clock) = start_with_clock("alumni-leaving").await;
    finished(&running, &["Maya", "Aisha"]).await;
    let channel = open(&running, &["Dr. Amara"]).await;
    let (mut maya, mut aisha, mut amara) =
        (running.signed_in("Maya").await, running.signed_in("Aisha").await, running.signed_in("Dr. Amara").await);
    come_in(&mut maya, "Maya").await;
    come_in(&mut aisha, "Aisha").await;
    write(&mut maya, &channel, "Good morning").await;
    assert_eq!(maya.post("/alumni/leaving", &[]).await.location, "/alumni");
    assert_eq!(maya.get(&channel).await.status, StatusCode::NOT_FOUND);
    assert_eq!(write(&mut maya, &channel, "One more").await.status, StatusCode::NOT_FOUND, "left a second ago");
    assert!(aisha.get(&channel).await.text.contains("Good morning"));
    clock.advance(Duration::from_secs(60));
    assert_eq!(come_in(&mut maya, "Maya").await, channel);
    assert!(!maya.get(&channel).await.text.contains("Good morning"), "read on from then");
    // Nobody but a leader ends somebody's time, and nobody ends a leader's from that page.
    let (maya_id, amara_id) = (running.person("Maya").await.id, running.person("Dr. Amara").await.id);
    for (browser, who) in [(&mut aisha, maya_id), (&mut amara, amara_id)] {
        assert_eq!(browser.post(&format!("/alumni/{who}/removal"), &[]).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(amara.post("/alumni/leaving", &[]).await.location, "/alumni");
    assert_eq!(amara.get(&channel).await.status, StatusCode::OK, "who leads is the practice's to say");
    assert_eq!(amara.post(&format!("/alumni/{maya_id}/removal"), &[]).await.location, "/alumni");
    assert_eq!(amara.post(&format!("/alumni/{maya_id}/removal"), &[]).await.status, StatusCode::NOT_FOUND);
    let before = kept(&running).await;
    let page = maya.post("/alumni/joining", &[("name", "Somebody else")]).await;
    assert!(page.text.contains(&sentence(EN, "alumni-ask-first")) && page.text.contains(&sentence(EN, "alumni-not-in")));
    assert_eq!(maya.post(&format!("/alumni/{maya_id}/return"), &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(kept(&running).await, before);
    assert!(amara.get("/alumni").await.text.contains(&format!("/alumni/{maya_id}/return")));
    assert_eq!(amara.post(&format!("/alumni/{maya_id}/return"), &[]).await.location, "/alumni");
    assert_eq!(come_in(&mut maya, "Maya").await, channel, "after a talk one comes in again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_that_ended_on_its_day_counts_and_whoever_sits_in_another_comes_later() {
    let (running, clock) = start_with_clock("alumni-finished").await;
    let channel = open(&running, &["Dr. Amara"]).await;
    let mut maya = running.signed_in("Maya").await;
    assert!(maya.get("/alumni").await.text.contains(&sentence(EN, "alumni-not-yet")), "her group goes on");
    let group = running.group("Steady Ground").await;
    let yesterday = clock.now().minus(Duration::from_secs(36 * 3_600)).utc_day();
    let tx = running.house.db.write().await.unwrap();
    tx.run("UPDATE groups SET ends_on = $2 WHERE id = $1", values![group, yesterday]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    assert!(maya.get("/today").await.text.contains("/alumni"), "nobody has to leave a group that is over");
    assert_eq!(come_in(&mut maya, "Maya").await, channel);
    // Aisha's seat has ended, and she sits in another group.
    let mut aisha = running.signed_in("Aisha").await;
    finished(&running, &["Aisha"]).await;
    assert!(aisha.get("/messages").await.text.contains("/alumni"));
    let aisha_id = running.person("Aisha").await.id;
    let tx = running.house.db.write().await.unwrap();
    let sql = "INSERT INTO membership (id, group_id, person_id, part, display_name, seat, joined_at) SELECT 77, MAX(g.id), $1, 'member', 'Aisha', 19, 1
        FROM groups g WHERE g.ends_on = '' AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.group_id = g.id AND m.person_id = $1)";
    tx.run(sql, values![aisha_id]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    assert!(!aisha.get("/messages").await.text.contains("/alumni"));
    assert!(aisha.get("/alumni").await.text.contains(&sentence(EN, "alumni-not-yet")));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_anybody_who_leads_it_is_closed() {
    let running = start("alumni-leaderless").await;
    finished(&running, &["Maya"]).await;
    let channel = open(&running, &["Ben"]).await;
    let mut maya = running.signed_in("Maya").await;
    assert_eq!(come_in(&mut maya, "Maya").await, channel);
    meddle(&running, "UPDATE person SET disabled_at = 5 WHERE id = $1", running.person("Ben").await.id).await;
    assert_eq!(maya.get(&channel).await.status, StatusCode::NOT_FOUND);
    assert!(maya.get("/alumni").await.text.contains(&sentence(EN, "alumni-closed")));
    let page = running.signed_in("Anders").await.get("/practice/alumni").await.text;
    assert!(page.contains(&sentence(EN, "alumni-leaderless")));
    assert_eq!(open(&running, &["Dr. Amara"]).await, channel);
    assert_eq!(maya.get(&channel).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_finds_it_and_nobody_meets_whom_they_are_kept_from() {
    let running = start("alumni-others").await;
    finished(&running, &["Maya", "Aisha"]).await;
    let channel = open(&running, &["Dr. Amara"]).await;
    let mut maya = running.signed_in("Maya").await;
    come_in(&mut maya, "Wren").await;
    write(&mut maya, &channel, "canary-alumni").await;
    let id = id_of(&mut maya, &channel, "canary-alumni").await;
    for name in ["Theo", "Ben", "Nadia", "Rosa", "Carol", "Anders", "Aisha"] {
        let mut other = running.signed_in(name).await;
        let paths = [channel.clone(), format!("{channel}/live"), format!("{channel}/changes"), format!("{channel}/{id}/report")];
        for path in paths {
            assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND, "{name} {path}");
        }
        assert_eq!(write(&mut other, &channel, "Let me in").await.status, StatusCode::NOT_FOUND, "{name}");
        for path in ["/alumni", "/messages", "/inbox", "/today"] {
            let text = other.get(path).await.text;
            assert!(!text.contains("canary") && !text.contains("Wren"), "{name} {path}");
        }
        if name != "Aisha" {
            assert_eq!(come_in(&mut other, "Anybody").await, "", "{name}");
        }
    }
    // Kept apart by leaders: neither learns that the other is there.
    let group = running.group("Steady Ground").await;
    let (one, other) = (running.person("Maya").await.id, running.person("Aisha").await.id);
    let tx = running.house.db.write().await.unwrap();
    let sql = "INSERT INTO kept_apart (group_id, one_id, other_id, set_by, set_at) VALUES ($1, $2, $3, $4, 1)";
    tx.run(sql, values![group, one.min(other), one.max(other), running.person("Dr. Amara").await.id]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    let mut aisha = running.signed_in("Aisha").await;
    assert!(!aisha.get("/messages").await.text.contains("/alumni"));
    let page = aisha.post("/alumni/joining", &[("name", "Aisha")]).await.text;
    assert!(page.contains(&sentence(EN, "alumni-ask-first")) && !page.contains("Wren") && !page.contains("Maya"));
}

#[tokio::test(flavor = "multi_thread")]
async fn words_of_danger_bring_help_there_too_and_a_report_reaches_who_leads() {
    let running = start("alumni-danger").await;
    finished(&running, &["Maya", "Aisha"]).await;
    let channel = open(&running, &["Dr. Amara"]).await;
    let (mut maya, mut aisha) = (running.signed_in("Maya").await, running.signed_in("Aisha").await);
    come_in(&mut maya, "Wren").await;
    come_in(&mut aisha, "Aisha").await;
    let page = write(&mut maya, &channel, "Some days I want to kill myself").await;
    assert!(page.text.contains(&sentence(EN, "messages-danger-title")));
    running.work().await;
    let tasks = "SELECT COUNT(*) AS n FROM risk_task WHERE source = 'message' AND person_id = $1";
    assert_eq!(running.house.db.number(tasks, values![running.person("Maya").await.id]).await.unwrap(), 1);
    let id = id_of(&mut aisha, &channel, "Some days").await;
    let told = aisha.post(&format!("{channel}/{id}/report"), &[("reason", "I worry about her")]).await;
    assert_eq!(told.status, StatusCode::OK);
    let report = running.house.db.number("SELECT MAX(id) AS n FROM message_report", values![]).await.unwrap();
    let read = running.signed_in("Dr. Amara").await.get(&format!("/reports/{report}")).await;
    assert!(read.status == StatusCode::OK && read.text.contains("I worry about her") && read.text.contains(&sentence(EN, "alumni-title")));
    assert_eq!(running.signed_in("Theo").await.get(&format!("/reports/{report}")).await.status, StatusCode::NOT_FOUND);
}
