//! What helped, the question of a group, milestones and setbacks: who sees what, what is nameless, and what never leaves a group.

use ground::{Ask, Language, values};
use hyper::StatusCode;
use testkit::{Browser, LogGuard};

use crate::{
    harness::{Running, start, with},
    state::{escaped, kept, sentence},
};

const ENTRY: &[(&str, &str)] = &[
    ("once", "once-entry-1"),
    ("situation", "Sunday evening canary"),
    ("tried", "I laid out my clothes"),
    ("went", "partly"),
    ("why", "Tomorrow was smaller"),
    ("not_for", "Not on a night shift"),
    ("topic", "anxiety"),
    ("skill", "stress"),
    ("named", "yes"),
];

const CORPUS: &str = "</textarea><script>alert(1)</script>\"><img src=x onerror=alert(1)> '";

async fn steady(running: &Running, rest: &str) -> String {
    format!("/groups/{}/{rest}", running.group("Steady Ground").await)
}

async fn newest(running: &Running) -> i64 {
    running.house.db.number("SELECT id AS n FROM strategy ORDER BY made_at DESC, id DESC LIMIT 1", values![]).await.unwrap()
}

async fn version(running: &Running, id: i64) -> String {
    running.house.db.number("SELECT version AS n FROM strategy WHERE id = $1", values![id]).await.unwrap().to_string()
}

async fn name_of(running: &Running, who: &str) -> String {
    #[derive(ground::sea_orm::FromQueryResult)]
    struct Name {
        name: String,
    }
    let sql = "SELECT display_name AS name FROM membership WHERE group_id = $1 AND person_id = $2";
    let (group, person) = (running.group("Steady Ground").await, running.person(who).await.id);
    running.house.db.row::<Name>(sql, values![group, person]).await.unwrap().unwrap().name
}

#[tokio::test(flavor = "multi_thread")]
async fn the_group_reads_what_helped_and_nobody_else_does() {
    let running = start("strategies-group").await;
    let list = steady(&running, "what-helped").await;
    let mut maya = running.signed_in("Maya").await;
    assert!(
        maya.get(steady(&running, "").await.trim_end_matches('/')).await.text.contains(&format!("href=\"{list}\"")),
        "the group's page leads here"
    );
    for _ in 0..2 {
        assert_eq!(maya.post(&list, ENTRY).await.location, format!("{list}?done=kept"));
    }
    let count = "SELECT COUNT(*) AS n FROM strategy";
    assert_eq!(running.house.db.number(count, values![]).await.unwrap(), 1, "the same form twice is one entry");
    let one = format!("{list}/{}", newest(&running).await);
    for who in ["Theo", "Dr. Amara"] {
        let mut browser = running.signed_in(who).await;
        let name = name_of(&running, "Maya").await;
        assert!(browser.get(&list).await.text.contains("Sunday evening canary"), "{who}");
        let page = browser.get(&one).await.text;
        assert!(page.contains("Not on a night shift") && page.contains(&escaped(&name)), "{who}");
        assert!(browser.get(&format!("{list}?q=MANANA")).await.text.contains(&sentence(Language::English, "readings-nothing-fits")));
        assert!(browser.get(&format!("{list}?q=clothes&topic=anxiety&skill=stress")).await.text.contains("canary"));
    }
    for who in ["Aisha", "Rosa", "Nadia", "Marcus", "Rui", "Carol", "Anders"] {
        let mut browser = running.signed_in(who).await;
        for path in [&list, &one, &format!("{list}/new"), &steady(&running, "question").await, &steady(&running, "moments").await] {
            assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{who} {path}");
        }
        assert_eq!(browser.post(&list, ENTRY).await.status, StatusCode::NOT_FOUND, "{who}");
    }
    let other = running.group("After Loss").await;
    let sneaked = format!("/groups/{other}/what-helped/{}", newest(&running).await);
    for who in ["Aisha", "Marcus", "Maya"] {
        assert_eq!(running.signed_in(who).await.get(&sneaked).await.status, StatusCode::NOT_FOUND, "an entry has one group: {who}");
    }
    let raw = "SELECT COUNT(*) AS n FROM audit WHERE action LIKE '%canary%' OR object LIKE '%canary%'";
    assert_eq!(running.house.db.number(raw, values![]).await.unwrap(), 0);
    assert!(!LogGuard::listen().text().contains("Sunday evening"), "no log has a word of it");
    let posted = running.outbox.posted();
    assert!(posted.iter().all(|one| !one.letter.text.contains("canary")), "nor has any mail");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_name_is_without_a_name_for_leaders_too() {
    let running = start("strategies-nameless").await;
    let list = steady(&running, "what-helped").await;
    let (mut maya, mut theo, mut amara) =
        (running.signed_in("Maya").await, running.signed_in("Theo").await, running.signed_in("Dr. Amara").await);
    amara.post(&format!("{list}/setting"), &[("approve", "yes")]).await;
    maya.post(&list, &with(ENTRY, "named", "")).await;
    let id = newest(&running).await;
    let one = format!("{list}/{id}");
    let (name, person) = (name_of(&running, "Maya").await, running.person("Maya").await.id.to_string());
    let (pages, nameless) = ([list.clone(), one.clone()], sentence(Language::English, "strategies-nameless"));
    let hides = |text: &str| !text.contains(&escaped(&name)) && !text.contains("Lindqvist") && !text.contains(&person);
    for path in &pages {
        assert!(hides(&amara.get(path).await.text), "a leader who looks first sees no name on {path}");
    }
    assert_eq!(theo.get(&one).await.status, StatusCode::NOT_FOUND, "nobody else before that");
    assert!(!theo.get(&list).await.text.contains("canary"));
    assert!(maya.get(&list).await.text.contains(&sentence(Language::English, "strategies-waits")), "its author knows that it waits");
    amara.post(&format!("{one}/look"), &[("what", "show"), ("seen", &version(&running, id).await)]).await;
    for path in &pages {
        for browser in [&mut amara, &mut theo] {
            let text = browser.get(path).await.text;
            assert!(text.contains("canary") && text.contains(&nameless) && hides(&text), "{path}");
        }
    }
    theo.post(&format!("{one}/result"), &[("went", "did-not"), ("line", "Clothes made it worse")]).await;
    let theos = name_of(&running, "Theo").await;
    let page = amara.get(&one).await.text;
    assert!(page.contains("Clothes made it worse") && !page.contains(&escaped(&theos)), "a result can be nameless, too");
    theo.post(&format!("{one}/result"), &[("went", "helped"), ("line", "After all"), ("named", "yes")]).await;
    let page = maya.get(&one).await.text;
    assert!(page.contains("After all") && page.contains(&escaped(&theos)) && !page.contains("made it worse"), "said again is said anew");
    assert_eq!(
        maya.post(&format!("{one}/result"), &[("went", "helped")]).await.status,
        StatusCode::NOT_FOUND,
        "nobody tries their own too"
    );
    theo.post(&format!("{one}/report"), &[("words", "This worries me")]).await;
    running.work().await;
    let task = running
        .house
        .db
        .number("SELECT id AS n FROM risk_task WHERE source = 'concern' ORDER BY opened_at DESC LIMIT 1", values![])
        .await
        .unwrap();
    let told = amara.get(&format!("/risk-tasks/{task}")).await.text
        + &running.signed_in("Carol").await.get(&format!("/risk-tasks/{task}")).await.text;
    assert!(told.contains("This worries me") && !told.contains(&escaped(&name)), "a report says which entry, not whose");
    assert!(!told.contains("laid out"), "nor what stands in it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_looks_first_only_where_the_group_is_set_so_and_at_what_was_written_last() {
    let running = start("strategies-approve").await;
    let list = steady(&running, "what-helped").await;
    let (mut maya, mut theo, mut amara) =
        (running.signed_in("Maya").await, running.signed_in("Theo").await, running.signed_in("Dr. Amara").await);
    assert_eq!(maya.post(&format!("{list}/setting"), &[("approve", "yes")]).await.status, StatusCode::NOT_FOUND);
    amara.post(&format!("{list}/setting"), &[("approve", "yes")]).await;
    maya.post(&list, ENTRY).await;
    let id = newest(&running).await;
    let one = format!("{list}/{id}");
    let seen = version(&running, id).await;
    let mut again = with(ENTRY, "tried", "Something else entirely");
    again.push(("version", &seen));
    assert_eq!(maya.post(&one, &again).await.location, one);
    amara.post(&format!("{one}/look"), &[("what", "show"), ("seen", &seen)]).await;
    assert_eq!(theo.get(&one).await.status, StatusCode::NOT_FOUND, "a leader shows only the words that they read");
    amara.post(&format!("{one}/look"), &[("what", "return"), ("seen", &version(&running, id).await)]).await;
    assert!(maya.get(&one).await.text.contains(&sentence(Language::English, "strategies-returned")));
    assert_eq!((theo.get(&one).await.status, amara.get(&one).await.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    let late = maya.post(&one, &again).await;
    assert!(late.text.contains(&sentence(Language::English, "strategies-changed-since")) && late.text.contains("Something else entirely"));
    assert_eq!(theo.post(&format!("{one}/look"), &[("what", "show"), ("seen", "9")]).await.status, StatusCode::NOT_FOUND);
    for (path, fields) in [("", &*again), ("/removal", &[]), ("/beyond", &[("share", "yes")])] {
        assert_eq!(theo.post(&format!("{one}{path}"), fields).await.status, StatusCode::NOT_FOUND, "only its author: {path}");
    }
    amara.post(&format!("{list}/setting"), &[]).await;
    let seen = version(&running, id).await;
    maya.post(&one, &with(&again, "version", &seen)).await;
    assert_eq!(theo.get(&one).await.status, StatusCode::OK, "without the setting it is there at once");
    assert_eq!(maya.post(&format!("{one}/removal"), &[]).await.location, list);
    assert_eq!(
        (maya.get(&one).await.status, maya.post(&format!("{one}/removal"), &[]).await.status),
        (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND)
    );
}

/// Beyond the group: by wish, after a look, without any name, and ended at once.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_goes_beyond_the_group_without_wish_and_look() {
    let running = start("strategies-beyond").await;
    let list = steady(&running, "what-helped").await;
    let other = format!("/groups/{}/what-helped", running.group("After Loss").await);
    let (mut maya, mut amara, mut aisha) =
        (running.signed_in("Maya").await, running.signed_in("Dr. Amara").await, running.signed_in("Aisha").await);
    let reads = aisha.get(&other).await;
    let other = if reads.status == StatusCode::OK { other } else { their_list(&running, "Aisha").await };
    maya.post(&list, ENTRY).await;
    let id = newest(&running).await;
    let one = format!("{list}/{id}");
    assert!(!aisha.get(&other).await.text.contains("canary"));
    let look = |what: &'static str, seen: String| vec![("what".to_owned(), what.to_owned()), ("seen".to_owned(), seen)];
    let post = async |browser: &mut Browser, path: String, fields: Vec<(String, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        browser.post(&path, &fields).await
    };
    post(&mut amara, format!("{one}/look"), look("beyond", version(&running, id).await)).await;
    assert!(!aisha.get(&other).await.text.contains("canary"), "no leader can share what nobody asked to share");
    maya.post(&format!("{one}/beyond"), &[("share", "yes")]).await;
    assert!(!aisha.get(&other).await.text.contains("canary"), "nor is a wish enough");
    post(&mut amara, format!("{one}/look"), look("beyond", version(&running, id).await)).await;
    let page = aisha.get(&other).await.text;
    assert!(page.contains("Sunday evening canary") && page.contains("Not on a night shift"));
    for trace in [name_of(&running, "Maya").await, "Steady Ground".into(), "Lindqvist".into(), format!("/{id}")] {
        assert!(!page.contains(&escaped(&trace)), "{trace} is on another group's page");
    }
    for (who, path) in [("Rosa", &other), ("Nadia", &other), ("Carol", &other)] {
        assert_eq!(running.signed_in(who).await.get(path).await.status, StatusCode::NOT_FOUND, "{who}");
    }
    // A supporter sits in a family's own group as members do in theirs.
    let there: i64 = other.split('/').nth(2).unwrap().parse().unwrap();
    let tx = running.house.db.write().await.unwrap();
    let seat = "INSERT INTO membership (id, group_id, person_id, part, display_name, seat, joined_at) VALUES (4711, $1, $2, 'member', 'Rosa', 19, 1)";
    tx.run(seat, values![there, running.person("Rosa").await.id]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    let supporter = running.signed_in("Rosa").await.get(&other).await;
    assert!(supporter.status == StatusCode::OK && !supporter.text.contains("canary"), "a supporter reads nothing of other groups");
    let seen = version(&running, id).await;
    let mut again = with(ENTRY, "situation", "Changed canary words");
    again.push(("version", &seen));
    maya.post(&one, &again).await;
    assert!(!aisha.get(&other).await.text.contains("canary"), "new words have been looked at by nobody");
    post(&mut amara, format!("{one}/look"), look("beyond", version(&running, id).await)).await;
    assert!(aisha.get(&other).await.text.contains("Changed canary words"));
    maya.post(&format!("{one}/beyond"), &[("share", "")]).await;
    assert!(!aisha.get(&other).await.text.contains("canary"), "taken back is taken back");
    assert!(maya.get(&one).await.text.contains(&sentence(Language::English, "strategies-beyond-not")));

    maya.post(&format!("{one}/beyond"), &[("share", "yes")]).await;
    post(&mut amara, format!("{one}/look"), look("beyond", version(&running, id).await)).await;
    let tx = running.house.db.write().await.unwrap();
    let left = "UPDATE membership SET left_at = 1 WHERE person_id = $1";
    tx.run(left, values![running.person("Maya").await.id]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    assert!(
        !aisha.get(&other).await.text.contains("canary") && !amara.get(&list).await.text.contains("canary"),
        "what belongs to somebody who left is shown to nobody"
    );
    assert_eq!(maya.get(&one).await.status, StatusCode::NOT_FOUND);
}

async fn their_list(running: &Running, who: &str) -> String {
    let sql = "SELECT group_id AS n FROM membership WHERE person_id = $1 AND part = 'member' AND left_at IS NULL LIMIT 1";
    let group = running.house.db.number(sql, values![running.person(who).await.id]).await.unwrap();
    format!("/groups/{group}/what-helped")
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_open_when_one_has_answered() {
    let running = start("strategies-question").await;
    let path = steady(&running, "question").await;
    let (mut maya, mut theo, mut amara) =
        (running.signed_in("Maya").await, running.signed_in("Theo").await, running.signed_in("Dr. Amara").await);
    assert!(maya.get(&path).await.text.contains(&sentence(Language::English, "question-none")));
    assert_eq!(maya.post(&path, &[("question", "Mine?")]).await.status, StatusCode::NOT_FOUND, "a leader asks");
    for (question, slug) in [("", ""), (" ", "unknown"), (&*"x".repeat(201), "")] {
        let page = amara.post(&path, &[("question", question), ("slug", slug)]).await;
        assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.text.contains(&sentence(Language::English, "question-text-wrong")));
    }
    for _ in 0..2 {
        amara.post(&path, &[("once", "once-question-1"), ("slug", "small-good")]).await;
    }
    let asked = running.house.db.number("SELECT id AS n FROM group_question", values![]).await.unwrap();
    let answer = format!("{path}/{asked}/answer");
    assert!(maya.get(&path).await.text.contains("What small good thing happened this week?"));
    theo.post(&answer, &[("answer", "theo-canary: the bread rose")]).await;
    let page = maya.get(&path).await.text;
    assert!(!page.contains("theo-canary") && page.contains(&sentence(Language::English, "question-closed")));
    assert!(amara.get(&path).await.text.contains("theo-canary"), "leaders read along");
    let refused = maya.post(&answer, &[("answer", &*format!("kept words {}", "x".repeat(1_000)))]).await;
    assert!(refused.text.contains("kept words") && refused.text.contains(&sentence(Language::English, "question-answer-wrong")));
    assert!(!refused.text.contains("theo-canary"));
    maya.post(&answer, &[("answer", "maya-canary: a letter")]).await;
    let page = maya.get(&path).await.text;
    assert!(page.contains("theo-canary") && page.contains("maya-canary"), "side by side");
    maya.post(&answer, &[("answer", " ")]).await;
    assert!(
        !maya.get(&path).await.text.contains("theo-canary") && !theo.get(&path).await.text.contains("maya-canary"),
        "taken back closes it again"
    );
    assert_eq!(amara.post(&answer, &[("answer", "x")]).await.status, StatusCode::NOT_FOUND, "a leader answers nothing");
    let elsewhere = format!("/groups/{}/question/{asked}/answer", running.group("After Loss").await);
    for who in ["Maya", "Aisha", "Rosa"] {
        assert_eq!(running.signed_in(who).await.post(&elsewhere, &[("answer", "x")]).await.status, StatusCode::NOT_FOUND, "{who}");
    }
    amara.post(&path, &[("once", "once-question-2"), ("question", "And <now>?")]).await;
    let page = theo.get(&path).await.text;
    assert!(page.contains("And &#60;now&#62;?") && page.contains("theo-canary"), "what was answered earlier stays with those who answered");
    let page = maya.get(&path).await.text;
    assert!(!page.contains("theo-canary") && page.contains(&sentence(Language::English, "question-missed")));
}

#[tokio::test(flavor = "multi_thread")]
async fn milestones_and_setbacks_are_shared_by_choice_and_answered_quietly() {
    let running = start("strategies-moments").await;
    let path = steady(&running, "moments").await;
    let (mut maya, mut theo, mut amara) =
        (running.signed_in("Maya").await, running.signed_in("Theo").await, running.signed_in("Dr. Amara").await);
    let begun = maya.post(&format!("{path}/new"), &[("kind", "milestone"), ("words", "From my <goal>")]).await.text;
    assert!(begun.contains("From my &#60;goal&#62;") && !theo.get(&path).await.text.contains("From my"), "nothing is shared yet");
    for (kind, words, key) in [
        ("", "kept", "moments-kind-wrong"),
        ("party", "kept", "moments-kind-wrong"),
        ("setback", " ", "moments-words-wrong"),
        ("setback", &*"x".repeat(501), "moments-words-wrong"),
    ] {
        let page = maya.post(&path, &[("kind", kind), ("words", words)]).await;
        assert!(
            page.status == StatusCode::UNPROCESSABLE_ENTITY
                && page.text.contains(&sentence(Language::English, key))
                && page.text.contains(words),
            "{key}"
        );
    }
    for _ in 0..2 {
        maya.post(&path, &[("once", "once-moment-1"), ("kind", "setback"), ("words", "moment-canary")]).await;
    }
    let id = running.house.db.number("SELECT id AS n FROM group_moment", values![]).await.unwrap();
    let react = format!("{path}/{id}/reaction");
    assert!(theo.get(&path).await.text.contains("moment-canary"));
    theo.post(&react, &[("word", "with-you")]).await;
    amara.post(&react, &[("word", "with-you")]).await;
    let with_you = |count: usize| format!("{} {count}", sentence(Language::English, "moments-reaction-with-you"));
    assert!(maya.get(&path).await.text.contains(&with_you(2)));
    theo.post(&react, &[("word", "me-too")]).await;
    theo.post(&react, &[("word", "me-too")]).await;
    assert!(maya.get(&path).await.text.contains(&with_you(1)), "another takes its place, and the same again takes it back");
    for (who, word) in [("Theo", "well-done"), ("Theo", "<b>"), ("Maya", "thanks")] {
        assert_eq!(running.signed_in(who).await.post(&react, &[("word", word)]).await.status, StatusCode::NOT_FOUND, "{who} {word}");
    }
    for who in ["Theo", "Aisha", "Rosa"] {
        assert_eq!(running.signed_in(who).await.post(&format!("{path}/{id}/removal"), &[]).await.status, StatusCode::NOT_FOUND, "{who}");
    }
    maya.post(&format!("{path}/{id}/removal"), &[]).await;
    assert!(!theo.get(&path).await.text.contains("moment-canary"));
    assert_eq!(running.house.db.number("SELECT COUNT(*) AS n FROM moment_reaction", values![]).await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_forms_change_nothing_and_markup_has_no_power() {
    let running = start("strategies-forms").await;
    let list = steady(&running, "what-helped").await;
    let mut maya = running.signed_in("Maya").await;
    for language in Language::ALL {
        maya.post("/language", &[("language", language.code()), ("back", "/")]).await;
        let before = kept(&running).await;
        for (field, typed, key) in [
            ("situation", " ", "strategies-situation-wrong"),
            ("situation", &*"x".repeat(201), "strategies-situation-wrong"),
            ("tried", "", "strategies-tried-wrong"),
            ("went", "great", "strategies-went-wrong"),
            ("why", &*"x".repeat(1_001), "strategies-too-long"),
            ("topic", "none", "strategies-choice-wrong"),
            ("skill", "none", "strategies-choice-wrong"),
        ] {
            let page = maya.post(&list, &with(ENTRY, field, typed)).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
            assert!(
                page.text.contains(&sentence(language, key)) && page.text.contains("Not on a night shift") && page.text.contains("tel:988"),
                "{key}"
            );
        }
        assert_eq!(kept(&running).await, before);
    }
    let mut evil = ENTRY.to_vec();
    for (name, value) in &mut evil {
        if ["situation", "tried", "why", "not_for"].contains(name) {
            *value = CORPUS;
        }
    }
    maya.post(&list, &evil).await;
    let one = format!("{list}/{}", newest(&running).await);
    let mut theo = running.signed_in("Theo").await;
    theo.post(&format!("{one}/result"), &[("went", "helped"), ("line", CORPUS)]).await;
    maya.post(&steady(&running, "moments").await, &[("kind", "milestone"), ("words", CORPUS)]).await;
    let mut amara = running.signed_in("Dr. Amara").await;
    let question = steady(&running, "question").await;
    amara.post(&question, &[("question", CORPUS)]).await;
    let asked = running.house.db.number("SELECT id AS n FROM group_question", values![]).await.unwrap();
    theo.post(&format!("{question}/{asked}/answer"), &[("answer", CORPUS)]).await;
    for path in [list.clone(), one.clone(), format!("{one}/edit"), question, steady(&running, "moments").await] {
        for browser in [&mut maya, &mut theo, &mut amara] {
            let page = browser.get(&path).await;
            if page.status == StatusCode::OK {
                assert!(!page.text.contains("<script>alert") && !page.text.contains("<img src=x"), "{path}");
                assert!(path.ends_with("/edit") || page.text.contains("&#60;script&#62;"), "{path} shows it as words");
            }
        }
    }
    let taken = theo.post("/homework/new", &[("text", CORPUS)]).await.text;
    assert!(taken.contains("&#60;script&#62;") && !taken.contains("<script>alert"));
    assert!(
        theo.post("/goals", &[("words", "I would like to try: clothes")]).await.location.starts_with("/goals/"),
        "an entry can begin a goal"
    );
}
