//! Circles: where they may be, who is in one, who never meets in one, and that nobody else reads there.

use std::time::Duration;

use ground::{Ask, Language, values};
use hyper::StatusCode;
use testkit::Browser;

use crate::{
    harness::{Running, start, start_with_clock, with},
    messages::{channel, id_of, write},
    state::{escaped, kept, sentence},
};

/// Leaders of Steady Ground open circles there.
async fn open(running: &Running) -> String {
    let group = running.group("Steady Ground").await;
    let mut amara = running.signed_in("Dr. Amara").await;
    let path = format!("/groups/{group}/circles");
    amara.post(&format!("/groups/{group}/outside-contact"), &[("yes", "yes")]).await;
    path
}

/// Maya begins one and asks these; its channel.
async fn begun(running: &Running, maya: &mut Browser, path: &str, names: &[&str]) -> String {
    let mut fields = vec![("purpose".to_owned(), "canary-walks on <Sundays>".to_owned()), ("days".into(), "14".into())];
    fields.push(("once".into(), ground::random_token()));
    for name in names {
        fields.push(("person".into(), running.person(name).await.id.to_string()));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(maya.post(path, &fields).await.location, path);
    let id = running.house.db.number("SELECT channel_id AS n FROM circle ORDER BY made_at DESC LIMIT 1", values![]).await.unwrap();
    format!("/channels/{id}")
}

fn act(channel: &str, what: &str) -> String {
    format!("{}/{what}", channel.replace("/channels/", "/circles/"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_therapy_group_has_none_until_its_leaders_open_them() {
    let running = start("circles-policy").await;
    let (mut maya, mut amara) = (running.signed_in("Maya").await, running.signed_in("Dr. Amara").await);
    let group = running.group("Steady Ground").await;
    let path = format!("/groups/{group}/circles");
    let closed = maya.get(&path).await.text;
    assert!(closed.contains(&sentence(Language::English, "circle-not-allowed")) && !closed.contains("name=\"purpose\""));
    let theo = running.person("Theo").await.id.to_string();
    let wish = [("purpose", "Walk"), ("days", "14"), ("once", "c-1"), ("person", &*theo)];
    let before = kept(&running).await;
    assert_eq!(maya.post(&path, &wish).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(maya.post(&format!("/groups/{group}/outside-contact"), &[("yes", "yes")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(kept(&running).await, before);
    amara.post(&format!("/groups/{group}/outside-contact"), &[("yes", "yes")]).await;
    assert_eq!(maya.post(&path, &wish).await.location, path);
    let circle = running.house.db.number("SELECT channel_id AS n FROM circle", values![]).await.unwrap();
    let circle = format!("/channels/{circle}");
    assert_eq!(write(&mut maya, &circle, "Sunday at ten?").await.status, StatusCode::SEE_OTHER);
    let mut asked = running.signed_in("Theo").await;
    for page in ["/inbox", "/messages"] {
        assert!(asked.get(page).await.text.contains(&path), "he is asked on {page}");
    }
    // Closed again, everything that was there is out of sight, and comes back with the next opening.
    amara.post(&format!("/groups/{group}/outside-contact"), &[]).await;
    for page in ["/inbox", "/messages"] {
        assert!(!asked.get(page).await.text.contains(&path), "nothing waits on {page} that he could not answer");
    }
    assert_eq!(maya.get(&circle).await.status, StatusCode::NOT_FOUND);
    assert_eq!(write(&mut maya, &circle, "Still here?").await.status, StatusCode::NOT_FOUND);
    assert_eq!(running.signed_in("Theo").await.post(&act(&circle, "answer"), &[("yes", "yes")]).await.status, StatusCode::NOT_FOUND);
    amara.post(&format!("/groups/{group}/outside-contact"), &[("yes", "yes")]).await;
    assert!(maya.get(&circle).await.text.contains("Sunday at ten?"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_circle_is_those_who_said_yes_and_nobody_else() {
    let (running, clock) = start_with_clock("circles").await;
    let path = open(&running).await;
    let (mut maya, mut theo, mut priya) =
        (running.signed_in("Maya").await, running.signed_in("Theo").await, running.signed_in("Priya").await);
    let circle = begun(&running, &mut maya, &path, &["Theo", "Priya", "Jonas"]).await;
    write(&mut maya, &circle, "canary-before-he-came").await;
    assert_eq!(theo.get(&circle).await.status, StatusCode::NOT_FOUND, "asked is not inside");
    assert!(theo.get("/messages").await.text.contains(&path) && theo.get(&path).await.text.contains(&escaped("canary-walks on <Sundays>")));
    clock.advance(Duration::from_secs(5));
    assert_eq!(theo.post(&act(&circle, "answer"), &[("yes", "yes")]).await.location, circle);
    clock.advance(Duration::from_secs(5));
    write(&mut maya, &circle, "canary-for-us").await;
    let page = theo.get(&circle).await.text;
    assert!(page.contains("canary-for-us") && !page.contains("canary-before-he-came"), "read from the yes on");
    assert!(page.contains(&escaped("canary-walks on <Sundays>")) && page.contains(&sentence(Language::English, "circle-note")));
    assert!(page.contains("<strong><bdi>Maya</bdi></strong>") && !page.contains("Lindqvist"), "by the names of the group");
    assert!(theo.get("/messages").await.text.contains(&escaped("canary-walks on <Sundays>")));
    assert_eq!(priya.post(&act(&circle, "answer"), &[("yes", "")]).await.location, path);
    assert_eq!(priya.post(&act(&circle, "answer"), &[("yes", "yes")]).await.status, StatusCode::NOT_FOUND, "a no is a no");
    for name in ["Priya", "Jonas", "Sam", "Aisha", "Dr. Amara", "Ben", "Nadia", "Rosa", "Carol", "Anders"] {
        let mut other = running.signed_in(name).await;
        for page in [&circle, &format!("{circle}/live"), &format!("{circle}/changes")] {
            assert_eq!(other.get(page).await.status, StatusCode::NOT_FOUND, "{name} {page}");
        }
        assert_eq!(write(&mut other, &circle, "Let me in").await.status, StatusCode::NOT_FOUND, "{name}");
        assert_eq!(other.post(&act(&circle, "end"), &[]).await.status, StatusCode::NOT_FOUND, "{name}");
        assert!(!other.get("/messages").await.text.contains("canary-for-us"), "{name}");
        assert!(!other.get("/account/data.json").await.text.contains("canary"), "{name}");
    }
    // Left a second ago: a message to it reaches nobody.
    assert_eq!(theo.post(&act(&circle, "leaving"), &[]).await.location, path);
    assert_eq!(write(&mut theo, &circle, "One more thing").await.status, StatusCode::NOT_FOUND);
    assert_eq!(theo.get(&circle).await.status, StatusCode::NOT_FOUND);
    assert_eq!(theo.post(&act(&circle, "end"), &[]).await.status, StatusCode::NOT_FOUND);

    let mut maya = running.signed_in("Maya").await;
    assert_eq!(maya.post(&act(&circle, "end"), &[]).await.location, path);
    let ended = write(&mut maya, &circle, "After the <end>").await;
    assert!(ended.text.contains(&sentence(Language::English, "messages-ended")));
    assert!(maya.get(&circle).await.text.contains("canary-for-us"), "it can still be read");
    assert!(maya.get("/account/data.json").await.text.contains("canary-walks"));
    assert!(!running.signed_in("Jonas").await.get(&path).await.text.contains("canary"), "nobody is asked into what is over");
}

#[tokio::test(flavor = "multi_thread")]
async fn its_host_asks_somebody_else_in_and_a_no_stays_a_no() {
    let running = start("circles-more").await;
    let path = open(&running).await;
    let (mut maya, mut theo, mut priya) =
        (running.signed_in("Maya").await, running.signed_in("Theo").await, running.signed_in("Priya").await);
    let circle = begun(&running, &mut maya, &path, &["Theo", "Priya"]).await;
    theo.post(&act(&circle, "answer"), &[("yes", "yes")]).await;
    priya.post(&act(&circle, "answer"), &[("yes", "")]).await;
    let id = async |name: &str| running.person(name).await.id.to_string();
    let (priya_id, jonas, noor) = (id("Priya").await, id("Jonas").await, id("Noor").await);
    let form = maya.get(&path).await.text;
    let form = form.split("/asking\"").nth(1).unwrap().split("</form>").next().unwrap();
    assert!(form.contains(&jonas) && !form.contains(&priya_id), "who said no is not on the list");
    let before = kept(&running).await;
    let asking = act(&circle, "asking");
    assert_eq!(theo.post(&asking, &[("person", &*jonas)]).await.status, StatusCode::NOT_FOUND, "only its host asks");
    for (person, key) in [(&*priya_id, "circle-nobody"), ("77", "circle-nobody"), ("x", "circle-nobody")] {
        let refused = maya.post(&asking, &[("person", person)]).await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.text.contains(&sentence(Language::English, key)), "{person}");
    }
    let amara = running.person("Dr. Amara").await.id.to_string();
    assert_eq!(maya.post(&asking, &[("person", &*amara)]).await.status, StatusCode::UNPROCESSABLE_ENTITY, "no staff in a circle");
    assert_eq!(kept(&running).await, before);
    for _ in 0..2 {
        maya.post(&asking, &[("person", &*jonas), ("person", &*noor)]).await;
    }
    let asked =
        running.house.db.number("SELECT COUNT(*) AS n FROM circle_member WHERE joined_at IS NULL AND left_at IS NULL", values![]).await;
    assert_eq!(asked.unwrap(), 2, "each once");
    let mut theirs = running.signed_in("Jonas").await;
    assert_eq!(theirs.post(&act(&circle, "answer"), &[("yes", "yes")]).await.location, circle);
    let full: Vec<String> = [id("Sam").await, id("Elif").await, id("Luc").await].into();
    let full: Vec<(&str, &str)> = full.iter().map(|one| ("person", one.as_str())).collect();
    assert!(maya.post(&asking, &full).await.text.contains(&sentence(Language::English, "circle-too-many")));
    maya.post(&act(&circle, "end"), &[]).await;
    assert_eq!(maya.post(&asking, &full[..1]).await.status, StatusCode::NOT_FOUND, "nobody is asked into what is over");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_do_not_want_to_meet_never_do() {
    let running = start("circles-apart").await;
    let path = open(&running).await;
    let (mut maya, mut theo, mut priya, mut sam) = (
        running.signed_in("Maya").await,
        running.signed_in("Theo").await,
        running.signed_in("Priya").await,
        running.signed_in("Sam").await,
    );
    let group = channel(&running, &mut maya, "Steady Ground").await;
    write(&mut theo, &group, "canary-theo").await;
    let id = id_of(&mut priya, &group, "canary-theo").await;
    priya.post(&format!("{group}/{id}/block"), &[]).await;
    let (theo_id, priya_id) = (running.person("Theo").await.id.to_string(), running.person("Priya").await.id.to_string());
    let before = kept(&running).await;
    let both = [("purpose", "Walk"), ("days", "14"), ("once", "c-1"), ("person", &*theo_id), ("person", &*priya_id)];
    let refused = maya.post(&path, &both).await;
    assert!(refused.text.contains(&sentence(Language::English, "circle-not-together")) && refused.text.contains("value=\"Walk\""));
    let own = [("purpose", "Walk"), ("days", "14"), ("once", "c-2"), ("person", &*priya_id)];
    assert!(theo.post(&path, &own).await.text.contains(&sentence(Language::English, "circle-not-together")), "nor the other way round");
    assert_eq!(kept(&running).await, before);

    // Blocked after both were asked: the second yes is one too many.
    let circle = begun(&running, &mut maya, &path, &["Theo", "Sam"]).await;
    theo.post(&act(&circle, "answer"), &[("yes", "yes")]).await;
    let id = id_of(&mut sam, &group, "canary-theo").await;
    sam.post(&format!("{group}/{id}/block"), &[]).await;
    let late = sam.post(&act(&circle, "answer"), &[("yes", "yes")]).await;
    assert!(late.text.contains(&sentence(Language::English, "circle-not-together")));
    assert_eq!(sam.get(&circle).await.status, StatusCode::NOT_FOUND);
    // Blocked once both are in: what the other writes there is not shown at all.
    write(&mut theo, &circle, "canary-in-circle").await;
    assert!(maya.get(&circle).await.text.contains("canary-in-circle"));
    let id = id_of(&mut maya, &circle, "canary-in-circle").await;
    maya.post(&format!("{circle}/{id}/report"), &[]).await;
    maya.post(&format!("{circle}/{id}/block"), &[]).await;
    assert!(!maya.get(&circle).await.text.contains("canary-in-circle"));
    assert!(!maya.get(&format!("{circle}/changes?after=0")).await.text.contains("canary-in-circle"));
    let report = running.house.db.number("SELECT id AS n FROM message_report", values![]).await.unwrap();
    let mut amara = running.signed_in("Dr. Amara").await;
    assert!(amara.get(&format!("/reports/{report}")).await.text.contains("canary-in-circle"), "what was reported is looked at");
    assert_eq!(amara.get(&circle).await.status, StatusCode::NOT_FOUND, "and nothing else of the circle");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wish_that_does_not_fit_is_kept_and_one_sent_twice_is_one() {
    let running = start("circles-odd").await;
    let path = open(&running).await;
    let mut lucia = running.signed_in("Lucía").await;
    let theo = running.person("Theo").await.id.to_string();
    let stranger = running.person("Aisha").await.id.to_string();
    let fields = [("purpose", "Caminar <juntos>"), ("days", "30"), ("once", "c-1"), ("person", &*theo)];
    let before = kept(&running).await;
    for (field, typed, key) in [
        ("purpose", " ", "circle-purpose-missing"),
        ("days", "365", "circle-days-missing"),
        ("person", "77", "circle-nobody"),
        ("person", &*stranger, "circle-nobody"),
    ] {
        let odd = lucia.post(&path, &with(&fields, field, typed)).await;
        assert!(odd.status == StatusCode::UNPROCESSABLE_ENTITY && odd.text.contains(&sentence(Language::Spanish, key)), "{key}");
        assert!(field == "purpose" || odd.text.contains(&escaped("Caminar <juntos>")), "{key}");
    }
    assert_eq!(kept(&running).await, before);
    for _ in 0..3 {
        assert_eq!(lucia.post(&path, &fields).await.location, path);
    }
    assert_eq!(running.house.db.number("SELECT COUNT(*) AS n FROM circle", values![]).await.unwrap(), 1);
    // A word that signals danger brings help here, too.
    let circle = running.house.db.number("SELECT channel_id AS n FROM circle", values![]).await.unwrap();
    let help = write(&mut lucia, &format!("/channels/{circle}"), "quiero morirme").await;
    assert!(help.text.contains("tel:988"));
}
