//! Messages: a group that writes, a member and those who care for them, words that bring help at once, and what nobody else ever reads.

use std::time::Duration;

use ground::{Ask, Language, values};
use hyper::StatusCode;
use testkit::{Browser, LogGuard, Page};

use crate::{
    harness::{Running, start, start_with_clock, with},
    state::{escaped, kept, sentence},
};

/// The channel of a group as one of its people finds it.
pub async fn channel(running: &Running, browser: &mut Browser, group: &str) -> String {
    let group = running.group(group).await;
    let found = browser.get(&format!("/groups/{group}/messages")).await;
    assert_eq!(found.status, StatusCode::SEE_OTHER, "{}", found.text);
    found.location
}

pub async fn write(browser: &mut Browser, channel: &str, text: &str) -> Page {
    let once = ground::random_token();
    browser.post(channel, &[("text", text), ("once", &*once)]).await
}

/// The id of the message that has these words.
pub async fn id_of(browser: &mut Browser, channel: &str, words: &str) -> String {
    let page = browser.get(channel).await.text;
    let line = page.split("<li id=\"m-").find(|line| line.contains(words)).unwrap_or_else(|| panic!("{words} is not on {channel}"));
    let path = line.split(&format!("{channel}/")).nth(1).or_else(|| line.split("?reply=").nth(1)).expect("something can be done with it");
    path.split(['/', '#', '"']).next().unwrap().to_owned()
}

async fn count(running: &Running, sql: &str) -> i64 {
    running.house.db.number(sql, values![]).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_writes_answers_and_changes_what_it_wrote() {
    let running = start("messages-group").await;
    let (mut maya, mut theo, mut amara) =
        (running.signed_in("Maya").await, running.signed_in("Theo").await, running.signed_in("Dr. Amara").await);
    let path = channel(&running, &mut maya, "Steady Ground").await;
    assert!(maya.get(&path).await.text.contains(&sentence(Language::English, "messages-none")));
    assert_eq!(write(&mut maya, &path, "The week was long, see https://example.org/walk.").await.location, format!("{path}#write"));
    let page = theo.get(&path).await.text;
    assert!(page.contains("href=\"https://example.org/walk\"") && page.contains("nofollow"));
    let first = id_of(&mut theo, &path, "The week was long").await;
    assert!(theo.get(&format!("{path}?reply={first}")).await.text.contains(&format!("name=\"reply\" value=\"{first}\"")));
    theo.post(&path, &[("text", "Mine, too."), ("once", "t-1"), ("reply", &*first)]).await;
    let answer = maya.get(&path).await.text;
    assert!(answer.contains("<blockquote") && answer.contains("Mine, too."));
    for _ in 0..3 {
        theo.post(&format!("{path}/{first}/reaction"), &[("kind", "heard")]).await;
    }
    assert_eq!(count(&running, "SELECT COUNT(*) AS n FROM message_reaction").await, 1, "given, taken away, given");
    theo.post(&format!("{path}/{first}/reaction"), &[("kind", "shouted")]).await;
    let heard = maya.get(&path).await.text;
    assert!(heard.contains(&format!("{}: <bdi>Theo", sentence(Language::English, "messages-react-heard"))), "{heard}");

    maya.post(&format!("{path}/{first}/text"), &[("text", "The week was long and good.")]).await;
    let changed = theo.get(&path).await.text;
    assert!(changed.contains("long and good") && changed.contains(&sentence(Language::English, "messages-edited")));
    assert_eq!(theo.post(&format!("{path}/{first}/text"), &[("text", "Not mine")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(theo.post(&format!("{path}/{first}/removal"), &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(amara.post(&format!("{path}/{first}/text"), &[("text", "Nor a leader's")]).await.status, StatusCode::NOT_FOUND);
    maya.post(&format!("{path}/{first}/removal"), &[]).await;
    maya.post(&format!("{path}/{first}/removal"), &[]).await;
    let gone = theo.get(&path).await.text;
    assert!(gone.contains(&sentence(Language::English, "messages-taken-back")) && !gone.contains("long and good"));
    assert!(gone.contains(&sentence(Language::English, "messages-quote-gone")), "the answer stays readable");
    let texts = count(&running, "SELECT COUNT(*) AS n FROM message_text").await;
    assert_eq!(texts, 1, "a text that was taken back is nowhere");

    amara.post(&path, &[("text", "We are glad you write."), ("once", "a-1"), ("as_leaders", "yes")]).await;
    let leaders = theo.get(&path).await.text;
    assert!(leaders.contains(&format!("<strong><bdi>{}</bdi></strong>", sentence(Language::English, "messages-as-leaders"))));
    theo.post(&path, &[("text", "I am no leader."), ("once", "t-2"), ("as_leaders", "yes")]).await;
    assert_eq!(count(&running, "SELECT COUNT(*) AS n FROM message WHERE as_leaders = 1").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn leaders_hide_with_a_trace_and_pause() {
    let running = start("messages-lead").await;
    let (mut maya, mut theo, mut amara) =
        (running.signed_in("Maya").await, running.signed_in("Theo").await, running.signed_in("Dr. Amara").await);
    let path = channel(&running, &mut maya, "Steady Ground").await;
    write(&mut theo, &path, "canary-unkind").await;
    let id = id_of(&mut amara, &path, "canary-unkind").await;
    let hiding = format!("{path}/{id}/hiding");
    assert_eq!(maya.post(&hiding, &[("hide", "yes")]).await.status, StatusCode::NOT_FOUND);
    for _ in 0..2 {
        amara.post(&hiding, &[("hide", "yes")]).await;
    }
    for browser in [&mut maya, &mut theo] {
        let page = browser.get(&path).await.text;
        assert!(!page.contains("canary-unkind") && page.contains(&sentence(Language::English, "messages-hidden")));
        assert!(!browser.get(&format!("{path}?q=canary-unkind")).await.text.contains("canary-unkind</p>"), "nor found by looking for it");
    }
    let seen = amara.get(&path).await.text;
    assert!(seen.contains("canary-unkind") && seen.contains("Hidden by Dr. Amara Osei"));
    let answer = maya.post(&path, &[("text", "I answer that"), ("once", "m-1"), ("reply", &*id)]).await;
    assert!(answer.text.contains(&sentence(Language::English, "messages-reply-gone")) && answer.text.contains("I answer that"));
    assert_eq!(theo.post(&format!("{path}/{id}/text"), &[("text", "changed")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    amara.post(&hiding, &[]).await;
    assert!(maya.get(&path).await.text.contains("canary-unkind"));
    let book = count(&running, "SELECT COUNT(*) AS n FROM audit WHERE action IN ('message.hide', 'message.show')").await;
    assert_eq!(book, 2, "who and when, once for each");

    assert_eq!(theo.post(&format!("{path}/pause"), &[("pause", "yes")]).await.status, StatusCode::NOT_FOUND);
    amara.post(&format!("{path}/pause"), &[("pause", "yes")]).await;
    let paused = maya.get(&path).await.text;
    assert!(paused.contains(&sentence(Language::English, "messages-paused-now")) && !paused.contains("<textarea"));
    let refused = write(&mut maya, &path, "Already typed").await;
    assert!(
        refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.text.contains(&sentence(Language::English, "messages-paused-now"))
    );
    assert_eq!(write(&mut amara, &path, "We will go on tomorrow.").await.status, StatusCode::SEE_OTHER, "leaders go on writing");
    amara.post(&format!("{path}/pause"), &[]).await;
    assert_eq!(write(&mut maya, &path, "Good morning").await.status, StatusCode::SEE_OTHER);
}

/// A clear sentence, what was typed is kept, nothing else changes.
#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_is_said_and_kept_in_the_language_of_its_person() {
    let (running, clock) = start_with_clock("messages-odd").await;
    let long = format!("Long <story> {}", "x".repeat(2_000));
    for (who, language) in [("Maya", Language::English), ("Lucía", Language::Spanish)] {
        clock.advance(Duration::from_secs(3_700));
        let mut browser = running.signed_in(who).await;
        let path = channel(&running, &mut browser, "Steady Ground").await;
        write(&mut browser, &path, &format!("First of {who}")).await;
        let first = id_of(&mut browser, &path, &format!("First of {who}")).await;
        write(&mut browser, &path, &format!("Taken back by {who}")).await;
        let second = id_of(&mut browser, &path, &format!("Taken back by {who}")).await;
        browser.post(&format!("{path}/{second}/removal"), &[]).await;
        let before = kept(&running).await;
        for (fields, key) in [
            (vec![("text", " \u{200b}\n"), ("once", "1")], "messages-empty"),
            (vec![("text", &*long), ("once", "2")], "messages-too-long"),
            (vec![("text", "My <answer>"), ("once", "3"), ("reply", &*second)], "messages-reply-taken-back"),
            (vec![("text", "My <answer>"), ("once", "4"), ("reply", "77")], "messages-reply-gone"),
        ] {
            let page = browser.post(&path, &fields).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{key}");
            assert!(page.text.contains(&sentence(language, key)), "{who} {key}");
            assert!(page.text.contains(&escaped(fields[0].1.trim())), "{key}: what was typed stays");
            assert!(page.text.contains("name=\"once\""));
        }
        let odd = browser.post(&format!("{path}/{first}/text"), &[("text", "  ")]).await;
        assert!(odd.text.contains(&sentence(language, "messages-empty")) && odd.text.contains(&format!("{path}/{first}/text")));
        clock.advance(Duration::from_secs(15 * 60));
        for (end, fields) in [("text", vec![("text", "Too late")]), ("removal", vec![])] {
            let late = browser.post(&format!("{path}/{first}/{end}"), &fields).await;
            assert!(
                late.status == StatusCode::UNPROCESSABLE_ENTITY && late.text.contains(&sentence(language, "messages-too-late")),
                "{end}"
            );
        }
        assert_eq!(kept(&running).await, before, "{who}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_sent_twice_makes_one_and_a_flood_stops() {
    let (running, clock) = start_with_clock("messages-once").await;
    let mut maya = running.signed_in("Maya").await;
    let path = channel(&running, &mut maya, "Steady Ground").await;
    let mut hands = Vec::new();
    for _ in 0..6 {
        let (mut browser, path) = (running.signed_in("Maya").await, path.clone());
        hands.push(tokio::spawn(async move { browser.post(&path, &[("text", "Only once"), ("once", "the-same-form")]).await.status }));
    }
    for hand in hands {
        assert_eq!(hand.await.unwrap(), StatusCode::SEE_OTHER);
    }
    assert_eq!(count(&running, "SELECT COUNT(*) AS n FROM message").await, 1);
    assert_eq!(
        count(&running, "SELECT last_number AS n FROM channel WHERE kind = 'group' AND last_number > 0").await,
        1,
        "no number is lost"
    );
    for number in 1..10 {
        assert_eq!(write(&mut maya, &path, &format!("Thought {number}")).await.status, StatusCode::SEE_OTHER, "{number}");
    }
    let before = kept(&running).await;
    let eleventh = write(&mut maya, &path, "One <more>").await;
    assert!(eleventh.text.contains(&sentence(Language::English, "messages-too-many")) && eleventh.text.contains("One &#60;more&#62;"));
    assert_eq!(kept(&running).await, before);
    clock.advance(Duration::from_secs(61));
    assert_eq!(write(&mut maya, &path, "After a breath").await.status, StatusCode::SEE_OTHER);
    let mut theo = running.signed_in("Theo").await;
    assert_eq!(write(&mut theo, &path, "Others are not slowed").await.status, StatusCode::SEE_OTHER);
}

/// Whoever is not in it: other groups, observers, family, visitors, and staff of other groups.
#[tokio::test(flavor = "multi_thread")]
async fn a_channel_does_not_exist_for_anybody_else_and_leaks_nowhere() {
    let running = start("messages-strangers").await;
    let (mut maya, mut theo) = (running.signed_in("Maya").await, running.signed_in("Theo").await);
    let path = channel(&running, &mut maya, "Steady Ground").await;
    let group = running.group("Steady Ground").await;
    write(&mut maya, &path, "canary-for-the-group").await;
    let own = maya.get(&format!("/people/{}/messages", running.person("Maya").await.id)).await.location;
    write(&mut maya, &own, "canary-for-staff").await;
    let id = id_of(&mut maya, &path, "canary-for-the-group").await;
    let before = kept(&running).await;
    for name in ["Aisha", "Nadia", "Rosa", "Marcus", "Rui"] {
        let mut other = running.signed_in(name).await;
        for page in [path.clone(), format!("{path}/live"), format!("{path}/changes"), format!("/groups/{group}/messages"), own.clone()] {
            assert_eq!(other.get(&page).await.status, StatusCode::NOT_FOUND, "{name} {page}");
        }
        for (page, fields) in [
            (path.clone(), vec![("text", "Let me in"), ("once", "1")]),
            (format!("{path}/read"), vec![("number", "1")]),
            (format!("{path}/pause"), vec![("pause", "yes")]),
            (format!("{path}/{id}/text"), vec![("text", "x")]),
            (format!("{path}/{id}/removal"), vec![]),
            (format!("{path}/{id}/hiding"), vec![("hide", "yes")]),
            (format!("{path}/{id}/reaction"), vec![("kind", "heard")]),
            (own.clone(), vec![("text", "Let me in"), ("once", "1")]),
        ] {
            assert_eq!(other.post(&page, &fields).await.status, StatusCode::NOT_FOUND, "{name} {page}");
        }
        for page in ["/messages", "/today", "/groups", "/account/data.json", &format!("/groups/{group}")] {
            assert!(!other.get(page).await.text.contains("canary"), "{name} {page}");
        }
    }
    assert_eq!(
        kept(&running).await.iter().filter(|line| !line.starts_with("channel: ")).collect::<Vec<_>>(),
        before.iter().filter(|line| !line.starts_with("channel: ")).collect::<Vec<_>>()
    );
    for name in ["Carol", "Anders"] {
        let mut office = running.signed_in(name).await;
        assert_eq!(office.get(&path).await.status, StatusCode::NOT_FOUND, "the office is not in the group");
        assert!(office.get(&own).await.text.contains("canary-for-staff"), "and answers members");
    }
    assert!(!theo.get(&own).await.text.contains("canary") && theo.get(&path).await.text.contains("canary-for-the-group"));
    // A message of one channel is not to be had by way of another.
    assert_eq!(theo.post(&format!("{own}/{id}/reaction"), &[("kind", "heard")]).await.status, StatusCode::NOT_FOUND);
    // A group of family sessions has no messages, whoever sits in it.
    let tx = running.house.db.write().await.unwrap();
    let sql = "INSERT INTO family_group (group_id, member_id) VALUES ($1, $2)";
    tx.run(sql, values![group, running.person("Maya").await.id]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    assert_eq!(maya.get(&format!("/groups/{group}/messages")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(maya.get(&path).await.status, StatusCode::NOT_FOUND);
    assert!(!maya.get(&format!("/groups/{group}")).await.text.contains(&format!("/groups/{group}/messages")));
    running.work().await;
    let letters: String = running.outbox.posted().into_iter().map(|one| one.letter.subject + &one.letter.text).collect();
    let book = "SELECT COUNT(*) AS n FROM audit WHERE object LIKE '%canary%' OR action LIKE '%canary%'";
    assert!(!letters.contains("canary") && !LogGuard::listen().text().contains("canary-for-"));
    assert_eq!(count(&running, book).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_new_is_counted_until_it_was_read_and_a_newcomer_reads_from_their_coming_on() {
    let (running, clock) = start_with_clock("messages-unread").await;
    let (mut maya, mut theo) = (running.signed_in("Maya").await, running.signed_in("Theo").await);
    let path = channel(&running, &mut maya, "Steady Ground").await;
    write(&mut maya, &path, "canary-before").await;
    write(&mut maya, &path, "canary-second, more about rivers").await;
    // By channel: the number in the menu counts all else that waits, too.
    let waits = |page: &str| {
        let line = page.split("<li>").find(|line| line.contains(&format!("href=\"{path}\"")))?;
        line.split("chip sage\">").nth(1).map(|rest| rest.split(' ').next().unwrap().to_owned())
    };
    assert_eq!(waits(&theo.get("/inbox").await.text).as_deref(), Some("2"));
    assert_eq!(waits(&maya.get("/inbox").await.text), None, "nobody waits for their own words");
    assert!(theo.get("/messages").await.text.contains(&Language::English.say("messages-unread", &[("count", "2".into())])));
    let page = theo.get(&path).await.text;
    assert_eq!(page.matches(&format!("chip sage\">{}", sentence(Language::English, "messages-new"))).count(), 2);
    assert_eq!(waits(&theo.get("/inbox").await.text), None);
    assert!(!theo.get(&path).await.text.contains("chip sage"), "read once, it is not new any more");
    write(&mut maya, &path, "A third").await;
    theo.post(&format!("{path}/read"), &[("number", "999")]).await;
    assert!(waits(&theo.get("/inbox").await.text).is_some(), "nobody has read what was not written");
    theo.post(&format!("{path}/read"), &[("number", "3")]).await;
    assert_eq!(waits(&theo.get("/inbox").await.text), None);

    let found = theo.get(&format!("{path}?q=R%C3%8DVERS+second")).await.text;
    assert!(found.contains("canary-second") && !found.contains("canary-before"), "looked for by words, whatever the accents");
    assert!(theo.get(&format!("{path}?q=%3Cimg%20src%3Dx%3E")).await.text.contains("value=\"&#60;img src=x&#62;\""));

    clock.advance(Duration::from_secs(60));
    let seat = "UPDATE membership SET joined_at = $1 WHERE person_id = $2";
    let tx = running.house.db.write().await.unwrap();
    tx.run(seat, values![clock.now(), running.person("Priya").await.id]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    let first = id_of(&mut maya, &path, "canary-before").await;
    maya.post(&path, &[("text", "About what I said"), ("once", "m-9"), ("reply", &*first)]).await;
    let mut priya = running.signed_in("Priya").await;
    let seen = priya.get(&path).await.text;
    assert!(seen.contains("About what I said") && !seen.contains("canary"), "others wrote for whoever was there");
    assert!(!priya.get(&format!("{path}?q=canary")).await.text.contains("canary-before"));
    assert!(!priya.get(&format!("{path}/changes?after=0")).await.text.contains("canary"));
    assert_eq!(priya.post(&format!("{path}/{first}/reaction"), &[("kind", "heard")]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_writes_to_those_who_care_for_them_and_waits_until_one_answers() {
    let running = start("messages-staff").await;
    let (mut maya, mut amara, mut carol) =
        (running.signed_in("Maya").await, running.signed_in("Dr. Amara").await, running.signed_in("Carol").await);
    let id = running.person("Maya").await.id;
    let list = maya.get("/messages").await.text;
    assert!(list.contains(&sentence(Language::English, "messages-with-staff")) && list.contains("Steady Ground"));
    let path = maya.get(&format!("/people/{id}/messages")).await.location;
    assert!(!carol.get("/messages").await.text.contains("Maya"), "nothing was written yet");
    assert!(maya.get(&path).await.text.contains(&sentence(Language::English, "messages-honest")));
    write(&mut maya, &path, "Can we talk about Tuesday?").await;
    for staff in [&mut amara, &mut carol] {
        let list = staff.get("/messages").await.text;
        assert!(list.contains("Maya Lindqvist") && list.contains("chip ember"), "she waits");
        assert!(staff.get(&path).await.text.contains("Can we talk about Tuesday?"));
    }
    let looked = count(&running, "SELECT COUNT(*) AS n FROM audit WHERE action = 'message.read'").await;
    assert_eq!(looked, 2, "who of the staff reads is in the book");
    let question = id_of(&mut amara, &path, "about Tuesday").await;
    assert_eq!(
        amara.post(&format!("{path}/{question}/hiding"), &[("hide", "yes")]).await.status,
        StatusCode::NOT_FOUND,
        "nothing to hide here"
    );
    assert_eq!(amara.post(&format!("{path}/pause"), &[("pause", "yes")]).await.status, StatusCode::NOT_FOUND, "always allowed");
    write(&mut amara, &path, "Yes, at four.").await;
    assert!(!carol.get("/messages").await.text.contains("chip ember"), "answered");
    let page = maya.get(&path).await.text;
    assert!(page.contains("Yes, at four.") && page.contains("Dr. Amara Osei"));
    // Staff may write first, and only to members whom they care for.
    let theo = running.person("Theo").await.id;
    let first = amara.get(&format!("/people/{theo}/messages")).await.location;
    assert_eq!(write(&mut amara, &first, "How are you?").await.status, StatusCode::SEE_OTHER);
    assert!(running.signed_in("Theo").await.get(&first).await.text.contains("How are you?"));
    for (name, person) in [("Marcus", theo), ("Maya", theo), ("Carol", running.person("Ben").await.id), ("Carol", 77)] {
        let refused = running.signed_in(name).await.get(&format!("/people/{person}/messages")).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{name}");
    }
}

async fn tasks(running: &Running) -> i64 {
    running.work().await;
    count(running, "SELECT COUNT(*) AS n FROM risk_task WHERE source = 'message'").await
}

#[tokio::test(flavor = "multi_thread")]
async fn words_that_mean_danger_show_help_at_once_and_ask_somebody_to_look() {
    let running = start("messages-danger").await;
    let (mut maya, mut lucia, mut theo, mut amara) = (
        running.signed_in("Maya").await,
        running.signed_in("Lucía").await,
        running.signed_in("Theo").await,
        running.signed_in("Dr. Amara").await,
    );
    let group = channel(&running, &mut maya, "Steady Ground").await;
    let own = maya.get(&format!("/people/{}/messages", running.person("Maya").await.id)).await.location;
    for calm in ["I am dying to see the river", "The joke killed me", "I feel so low tonight"] {
        assert_eq!(write(&mut maya, &own, calm).await.status, StatusCode::SEE_OTHER, "{calm}");
    }
    assert_eq!(tasks(&running).await, 0, "with their absence nothing happens");

    let once = [("text", "canary: I don’t want to live, I want to DIE"), ("once", "d-1")];
    let page = maya.post(&own, &once).await;
    assert_eq!(page.status, StatusCode::OK);
    let help = page.text.find(&sentence(Language::English, "messages-danger-title")).expect("help is in the same answer");
    assert!(page.text.find("tel:988").unwrap() < page.text.find("canary").unwrap() && help < page.text.find("<ol").unwrap());
    assert!(maya.post(&own, &once).await.text.contains("tel:988"), "loaded again it still shows help");
    assert_eq!(tasks(&running).await, 1, "and asks nobody twice");
    let spanish = write(&mut lucia, &group, "canario: a veces pienso en quitarme la vida").await;
    assert!(spanish.text.contains(&sentence(Language::Spanish, "messages-danger-title")));
    assert_eq!(tasks(&running).await, 2);
    let read = theo.get(&group).await.text;
    assert!(
        read.contains("canario") && !read.contains(&sentence(Language::English, "messages-danger-title")),
        "nothing is hidden, nobody is marked"
    );
    assert!(!theo.get("/today").await.text.contains("canario"));
    let list = amara.get("/risk-tasks").await.text;
    assert!(list.contains(&sentence(Language::English, "risk-source-message")));
    let task = count(&running, "SELECT MIN(id) AS n FROM risk_task WHERE source = 'message'").await;
    assert!(amara.get(&format!("/risk-tasks/{task}")).await.text.contains("canar"), "what was written is with the task");

    write(&mut theo, &group, "Nothing special").await;
    let id = id_of(&mut theo, &group, "Nothing special").await;
    let changed = theo.post(&format!("{group}/{id}/text"), &[("text", "They would be better off without me")]).await;
    assert!(changed.text.contains("tel:988"), "a word that is put in later counts the same");
    assert_eq!(tasks(&running).await, 3);
    assert_eq!(
        write(&mut amara, &group, "If you think of suicide, call 988").await.status,
        StatusCode::SEE_OTHER,
        "staff speak of it as their work"
    );
    assert_eq!(tasks(&running).await, 3);
}

const DECIDED: &[(&str, &str)] = &[
    ("edit_minutes", "0"),
    ("quiet_from", "00:00"),
    ("quiet_to", "23:59"),
    ("read_en", "We read on <weekdays> until six."),
    ("read_es", "Leemos entre semana."),
    ("own", "the grey room"),
    ("source", "Our team, \"March\""),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_practice_decides_how_messages_work() {
    let running = start("messages-rules").await;
    let (mut anders, mut maya, mut lucia) =
        (running.signed_in("Anders").await, running.signed_in("Maya").await, running.signed_in("Lucía").await);
    assert!(anders.get("/practice").await.text.contains("/practice/messages"));
    let page = anders.get("/practice/messages").await.text;
    assert!(page.contains("value=\"22:00\"") && page.contains("name=\"word\" value=\"suicide\" checked"));
    let before = kept(&running).await;
    for (field, typed, key) in [
        ("edit_minutes", "soon <now>", "messages-rules-minutes"),
        ("quiet_to", "25:00", "messages-rules-hours"),
        ("own", "ab", "danger-too-short"),
        ("source", " ", "danger-source"),
    ] {
        let odd = anders.post("/practice/messages", &with(DECIDED, field, typed)).await;
        assert!(odd.status == StatusCode::UNPROCESSABLE_ENTITY && odd.text.contains(&sentence(Language::English, key)), "{key}");
        assert!(odd.text.contains(&escaped("We read on <weekdays> until six.")), "{key}: what was typed stays");
    }
    assert_eq!(kept(&running).await, before);
    let words: Vec<(&str, &str)> = DECIDED.iter().copied().chain([("word", "want to die")]).collect();
    assert_eq!(anders.post("/practice/messages", &words).await.location, "/practice/messages?kept=1");
    let again = anders.get("/practice/messages?kept=1").await.text;
    assert!(again.contains("the grey room") && again.contains("Our team, &#34;March&#34;"));
    assert!(again.contains("value=\"want to die\" checked") && again.contains("value=\"suicide\">"));

    let path = channel(&running, &mut maya, "Steady Ground").await;
    let page = maya.get(&path).await.text;
    assert!(page.contains("We read on &#60;weekdays&#62; until six.") && page.contains("It is quiet here until 11:59"));
    assert!(lucia.get(&path).await.text.contains("Leemos entre semana."));
    assert_eq!(write(&mut maya, &path, "suicide is off in this list").await.status, StatusCode::SEE_OTHER);
    assert!(write(&mut maya, &path, "I am in The Grey Room again").await.text.contains("tel:988"));
    assert_eq!(tasks(&running).await, 1);
    let id = id_of(&mut maya, &path, "Grey Room").await;
    let late = maya.post(&format!("{path}/{id}/removal"), &[]).await;
    assert!(late.text.contains(&sentence(Language::English, "messages-too-late")), "nothing is changed here");
    for name in ["Carol", "Dr. Amara", "Maya"] {
        assert_eq!(running.signed_in(name).await.get("/practice/messages").await.status, StatusCode::NOT_FOUND, "{name}");
    }
}

/// Whoever leaves reads no more; whoever is destroyed leaves a thread that the others can still follow.
#[tokio::test(flavor = "multi_thread")]
async fn a_thread_outlives_whoever_wrote_in_it() {
    let (running, clock) = start_with_clock("messages-gone").await;
    let (mut maya, mut theo, mut amara) =
        (running.signed_in("Maya").await, running.signed_in("Theo").await, running.signed_in("Dr. Amara").await);
    let path = channel(&running, &mut maya, "Steady Ground").await;
    write(&mut maya, &path, "canary-mine").await;
    let id = running.person("Maya").await.id;
    let own = maya.get(&format!("/people/{id}/messages")).await.location;
    write(&mut maya, &own, "canary-to-staff").await;
    write(&mut amara, &own, "canary-from-staff").await;
    let first = id_of(&mut theo, &path, "canary-mine").await;
    theo.post(&path, &[("text", "Theo answers that"), ("once", "t-1"), ("reply", &*first)]).await;
    let data = maya.get("/account/data.json").await.text;
    assert!(data.contains("canary-mine") && data.contains("canary-to-staff") && !data.contains("Theo answers"));

    let run = async |sql: &str| {
        let tx = running.house.db.write().await.unwrap();
        tx.run(sql, values![id]).await.unwrap();
        tx.commit_unaudited().await.unwrap();
    };
    run("UPDATE membership SET left_at = 5 WHERE person_id = $1").await;
    assert_eq!(maya.get(&path).await.status, StatusCode::NOT_FOUND, "reading ends with the seat");
    assert!(maya.get(&own).await.text.contains("canary-to-staff"), "her line to staff stays");
    assert_eq!(amara.get(&own).await.status, StatusCode::NOT_FOUND, "whoever leads her group no more reads no more");
    let left = theo.get(&path).await.text;
    assert!(left.contains("canary-mine") && left.contains("who has left"));

    run("UPDATE door_pass SET jurisdiction = 'FL' WHERE person_id = $1").await;
    maya.post("/account/deletion", &[("sure", "on")]).await;
    clock.advance(Duration::from_secs(7 * 366 * 86_400));
    let mut carol = running.signed_in("Carol").await;
    let list = carol.get("/deletions").await.text;
    let request = format!("/deletions/{}", list.split("/deletions/").nth(1).unwrap().split('"').next().unwrap());
    let number = id.to_string();
    let decided = [("outcome", "destroyed"), ("number", &*number), ("decided", "Dr. Osei after seven years")];
    assert_eq!(carol.post(&request, &decided).await.location, "/deletions");
    let mut theo = running.signed_in("Theo").await;
    let page = theo.get(&path).await.text;
    assert!(page.contains("Theo answers that") && page.contains(&sentence(Language::English, "messages-gone")));
    assert!(page.contains(&sentence(Language::English, "messages-somebody")) && !page.contains("canary") && !page.contains("Maya"));
    let texts = count(&running, "SELECT COUNT(*) AS n FROM message_text").await;
    assert_eq!(texts, 1, "Theo's alone");
}
