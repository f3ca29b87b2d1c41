//! Homework as people live with it: given once, written bit by bit, sent again by a telephone without a net, heard at once where it must be,
//! read by whoever leads and by nobody else.

use std::time::Duration;

use ground::{Ask, Clock, Language, reminders, values};
use hyper::StatusCode;
use testkit::{Browser, LogGuard};

use crate::{
    harness::{Running, start, start_with_clock, with},
    state::{escaped, kept, sentence},
};

const ONCE: &str = "form-0000-0000-0001";

pub fn day(clock: &Clock, ahead: i64) -> String {
    let today: jiff::civil::Date = ground::when::date(clock.now(), "America/New_York").parse().unwrap();
    today.checked_add(jiff::Span::new().days(ahead)).unwrap().to_string()
}

/// The value of a hidden field as the page has it.
pub fn hidden(page: &str, name: &str) -> String {
    let from = format!("name=\"{name}\" value=\"");
    page.split(&from).nth(1).unwrap_or_else(|| panic!("no {name}")).split('"').next().unwrap().to_owned()
}

pub async fn count(running: &Running, sql: &str) -> i64 {
    running.house.db.number(sql, []).await.unwrap()
}

/// Gives homework to one member and returns its number.
pub async fn given(running: &Running, who: &str, kind: &str, more: &[(&str, &str)]) -> i64 {
    let (group, person) = (running.group("Steady Ground").await, running.person(who).await.id.to_string());
    let due = day(&running.house.clock, 7);
    let mut fields = vec![("kind", kind), ("text", "canary-asked: try this"), ("due", &due), ("who", &person)];
    fields.extend(more);
    let mut amara = running.signed_in("Dr. Amara").await;
    let page = amara.post(&format!("/groups/{group}/homework"), &fields).await;
    assert_eq!(page.location, format!("/groups/{group}/homework"), "{}", page.text);
    let newest = "SELECT id AS n FROM homework WHERE person_id = $1 AND kind = $2 ORDER BY given_at DESC LIMIT 1";
    running.house.db.number(newest, values![running.person(who).await.id, kind]).await.unwrap()
}

/// What a browser would send: the fields that the page hides, and what was typed.
pub async fn sent(browser: &mut Browser, homework: i64, query: &str, typed: &[(&str, &str)]) -> testkit::Page {
    let page = browser.get(&format!("/homework/{homework}{query}")).await;
    assert_eq!(page.status, StatusCode::OK);
    let names: Vec<&str> =
        ["once", "seen", "slot", "day"].into_iter().filter(|name| page.text.contains(&format!("name=\"{name}\" value=\""))).collect();
    let values: Vec<(&str, String)> = names.into_iter().map(|name| (name, hidden(&page.text, name))).collect();
    let mut fields: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fields.extend(typed);
    browser.post(&format!("/homework/{homework}/entries"), &fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_given_to_one_or_to_all_and_the_same_form_twice_gives_it_once() {
    let running = start("homework-give").await;
    let (group, theo) = (running.group("Steady Ground").await, running.person("Theo").await.id.to_string());
    let (path, mut amara) = (format!("/groups/{group}/homework"), running.signed_in("Dr. Amara").await);
    let page = amara.get(&format!("{path}/new")).await.text;
    assert_eq!(page.matches("?kind=").count(), 8, "what kind it is comes first");
    let page = amara.get(&format!("{path}/new?kind=ladder")).await.text;
    assert!(page.contains("name=\"steps\"") && !page.contains("name=\"prompts\""));
    let members = page.matches("name=\"who\"").count();
    assert!(members > 3 && page.matches(" checked").count() == members, "everybody is chosen until somebody is not");
    assert!(page.contains(&sentence(Language::English, "homework-give-suggested")), "the programme's lines are offered");
    let line = amara.get(&format!("{path}/new?kind=free&line=0")).await.text;
    assert!(line.split("<textarea name=\"text\"").nth(1).unwrap().split("</textarea>").next().unwrap().len() > 40, "and taken over");

    let due = day(&running.house.clock, 7);
    let good = [
        ("kind", "ladder"),
        ("text", "Climb"),
        ("due", &*due),
        ("remind", "20:00"),
        ("steps", "One\nTwo"),
        ("who", &*theo),
        ("once", ONCE),
    ];
    let before = kept(&running).await;
    for (field, typed, key) in [
        ("text", " ", "homework-give-instructions"),
        ("due", "yesterday", "homework-give-due"),
        ("due", &*day(&running.house.clock, -2), "homework-give-due"),
        ("due", "2999-01-01", "homework-give-due"),
        ("remind", "25:00", "homework-time"),
        ("who", "1", "homework-give-who"),
        ("steps", &"x".repeat(201), "homework-give-lines"),
    ] {
        let page = amara.post(&path, &with(&good, field, typed)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {typed}");
        assert!(page.text.contains(&sentence(Language::English, key)), "{key}");
        assert!(field == "text" || page.text.contains(">Climb</textarea>"), "what was typed is still there");
    }
    assert!(amara.post(&path, &with(&good, "kind", "nonsense")).await.text.contains(&sentence(Language::English, "homework-give-kind")));
    assert_eq!(kept(&running).await, before);
    for _ in 0..3 {
        assert_eq!(amara.post(&path, &good).await.location, path);
    }
    assert_eq!(count(&running, "SELECT COUNT(*) AS n FROM homework WHERE kind = 'ladder' AND once IS NOT NULL").await, 1);
    let (maya, due) = (running.person("Maya").await.id.to_string(), day(&running.house.clock, 0));
    let both = [("kind", "free"), ("text", "For both"), ("due", &*due), ("who", &*maya), ("who", &*theo)];
    amara.post(&path, &both).await;
    assert_eq!(
        count(&running, "SELECT COUNT(*) AS n FROM homework WHERE kind = 'free' AND once IS NOT NULL").await,
        2,
        "today is a day, too"
    );
    let page = amara.get(&path).await.text;
    assert!(page.contains("For both") && page.contains("Climb"));
    assert!(running.signed_in("Theo").await.get("/homework/open").await.text.contains("Climb"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_is_done_half_first_and_then_whole() {
    let running = start("homework-kinds").await;
    let mut priya = running.signed_in("Priya").await;
    for (kind, more, half, whole, read) in [
        (
            "thought-record",
            vec![],
            vec![("thought", "canary <thought>")],
            vec![("thought", "canary <thought>"), ("believed", "80"), ("feelings-0-word", "Fear")],
            "80",
        ),
        (
            "worksheet",
            vec![("prompts", "What <helped>?\nWhat not?")],
            vec![("answer-0", "canary <walk>")],
            vec![("answer-0", "canary <walk>"), ("answer-1", "Noise")],
            "Noise",
        ),
        (
            "reading",
            vec![("link", "https://example.org/a"), ("reading", "A <text>")],
            vec![("far", "half")],
            vec![("far", "all"), ("stayed", "canary <line>")],
            "All of it",
        ),
        (
            "ladder",
            vec![("steps", "Look up\nAsk")],
            vec![("step-0-before", "60")],
            vec![("step-0-before", "60"), ("step-0-after", "20"), ("step-1-before", "90")],
            "60 before, 20 after",
        ),
        ("free", vec![], vec![("note", "canary <note>")], vec![("note", "canary <note> and more")], "and more"),
    ] {
        let homework = given(&running, "Priya", kind, &more).await;
        let path = format!("/homework/{homework}");
        let page = priya.get(&path).await.text;
        assert!(page.contains(&sentence(Language::English, "homework-who-reads")), "who reads it is said before anybody writes");
        for (_, asked) in more.iter().filter(|(name, _)| *name != "link") {
            assert!(page.contains(&escaped(asked.lines().next().unwrap())), "{asked}");
        }
        let first = sent(&mut priya, homework, "", &half).await;
        assert_eq!(first.location, format!("{path}?kept=1"), "{kind} {}", first.text);
        let page = priya.get(&first.location).await.text;
        assert!(page.contains(&sentence(Language::English, "homework-kept")));
        for (_, typed) in &half {
            assert!(page.contains(&escaped(typed)), "{kind}: {typed} is there again");
        }
        let mut whole = whole;
        whole.push(("then", "done"));
        assert_eq!(sent(&mut priya, homework, "", &whole).await.location, "/homework", "{kind}");
        let sql = "SELECT COUNT(*) AS n FROM homework h JOIN homework_entry e ON e.homework_id = h.id WHERE h.id = $1 AND h.done_at IS NOT NULL AND e.version = 2";
        assert_eq!(running.house.db.number(sql, values![homework]).await.unwrap(), 1, "{kind}: one sheet that grew");
        let group = running.group("Steady Ground").await;
        let seen = running.signed_in("Dr. Amara").await.get(&format!("/groups/{group}{path}")).await.text;
        assert!(seen.contains(read), "{kind}: {read}");
    }
    assert!(priya.get("/homework/1").await.status == StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_diary_card_is_one_a_day_and_may_stay_half_filled() {
    let (running, clock) = start_with_clock("homework-card").await;
    let mut priya = running.signed_in("Priya").await;
    let card = given(&running, "Priya", "diary-card", &[("own", "Checking the phone")]).await;
    let page = priya.get(&format!("/homework/{card}")).await.text;
    assert_eq!(hidden(&page, "day"), day(&clock, 0), "today first");
    assert!(page.contains("Checking the phone") && page.matches("name=\"skills\"").count() > 0, "what this group was taught so far");
    let kept_page = sent(&mut priya, card, "", &[("feeling-fear", "4"), ("note", "canary-card")]).await;
    assert!(kept_page.location.ends_with("kept=1"), "{}", kept_page.text);
    let yesterday = format!("?day={}", day(&clock, -1));
    sent(&mut priya, card, &yesterday, &[("feeling-fear", "2"), ("urge-suicide", "4"), ("acted-own-0", "yes")]).await;
    sent(&mut priya, card, &yesterday, &[("feeling-fear", "3"), ("urge-suicide", "4"), ("acted-own-0", "yes")]).await;
    let entries = format!("SELECT COUNT(*) AS n FROM homework_entry WHERE homework_id = {card}");
    assert_eq!(count(&running, &entries).await, 2, "one for each day, however often it was kept");
    assert_eq!(
        count(&running, "SELECT COUNT(*) AS n FROM job WHERE kind = 'risk.open'").await,
        0,
        "4 is not the top, and an own target is no signal"
    );
    let page = priya.get(&format!("/homework/{card}")).await.text;
    assert!(page.contains("canary-card") && page.contains("3 of 1"), "how far, in words");

    let before = kept(&running).await;
    for (query, field, typed, key) in [
        ("", "feeling-fear", "6", "homework-unreadable"),
        ("", "medication", "perhaps", "homework-unreadable"),
        ("", "skills", "Never taught <b>", "homework-unreadable"),
        ("", "note", &*"x".repeat(2_001), "homework-unreadable"),
        ("", "day", "2020-01-01", "goal-day-cannot"),
        ("", "day", &*day(&clock, 1), "goal-day-cannot"),
        ("", "day", "soon", "goal-day-cannot"),
    ] {
        // The first field of a name counts: what is wrong goes first.
        let mut fields = vec![(field, typed), ("feeling-joy", "1"), ("once", "form-0000-0000-odd1"), ("seen", "1")];
        let today = day(&clock, 0);
        if field != "day" {
            fields.push(("day", &today));
        }
        let page = priya.post(&format!("/homework/{card}/entries"), &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}{field}");
        assert!(page.text.contains(&sentence(Language::English, key)), "{field}: {key}");
        assert!(page.text.contains("name=\"feeling-joy\" value=\"1\" checked"), "what could be read stays");
    }
    assert_eq!(kept(&running).await, before);
    clock.advance(Duration::from_secs(20 * 86_400));
    priya = running.signed_in("Priya").await;
    let old = day(&clock, -21);
    let late = [("day", &*old), ("feeling-joy", "5"), ("seen", "2"), ("once", "form-0000-0000-late")];
    let page = priya.post(&format!("/homework/{card}/entries"), &late).await;
    assert!(page.location.contains(&old), "a card that was begun in time may be finished later: {}", page.text);
}

/// Offline then online: the telephone sends until it hears an answer.
#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_arrives_again_changes_nothing_and_two_tabs_overwrite_nothing() {
    let running = start("homework-again").await;
    let mut priya = running.signed_in("Priya").await;
    let log = given(&running, "Priya", "practice-log", &[]).await;
    let (path, today) = (format!("/homework/{log}/entries"), day(&running.house.clock, 0));
    let line = [("what", "canary-breath"), ("minutes", "5"), ("day", &*today), ("slot", "line-0000-0001"), ("seen", "0"), ("once", ONCE)];
    for _ in 0..3 {
        assert_eq!(priya.post(&path, &line).await.status, StatusCode::SEE_OTHER);
    }
    let entries = format!("SELECT COUNT(*) AS n FROM homework_entry WHERE homework_id = {log}");
    assert_eq!(count(&running, &entries).await, 1);
    let before = kept(&running).await;
    assert_eq!(priya.post(&path, &with(&line, "what", "Something else under the same token")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(kept(&running).await, before, "a second arrival changes nothing, whatever it says");

    // Typed on after a send that nobody answered: another token for the same line.
    let page = priya.post(&path, &with(&with(&line, "once", "form-0000-0000-0002"), "what", "canary-longer <breath>")).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.text.contains(&sentence(Language::English, "homework-elsewhere")));
    assert!(page.text.contains(&escaped("canary-longer <breath>")) && page.text.contains("canary-breath"), "both are there to be compared");
    assert_eq!(kept(&running).await, before, "one line is not counted twice");
    let (once, seen) = (hidden(&page.text, "once"), hidden(&page.text, "seen"));
    let again = with(&with(&with(&line, "once", &once), "seen", &seen), "what", "canary-longer <breath>");
    assert_eq!(priya.post(&path, &again).await.status, StatusCode::SEE_OTHER, "sent again it counts");
    assert_eq!(count(&running, &entries).await, 1);

    // Another line is another line; a line that is opened again is the same.
    sent(&mut priya, log, "", &[("what", "Walk"), ("minutes", "20"), ("day", &today)]).await;
    assert_eq!(count(&running, &entries).await, 2);
    sent(&mut priya, log, "?entry=line-0000-0001", &[("what", "canary-corrected"), ("day", &today)]).await;
    assert_eq!(count(&running, &entries).await, 2);
    let page = priya.get(&format!("/homework/{log}")).await.text;
    assert!(page.contains("canary-corrected") && !page.contains("canary-longer"));
    let nothing = sent(&mut priya, log, "", &[("what", " "), ("day", &today)]).await;
    assert!(nothing.text.contains(&sentence(Language::English, "homework-nothing-yet")));
    let both = tokio::join!(
        async { running.signed_in("Priya").await.post(&path, &with(&line, "once", "form-0000-0000-twin")).await.status },
        async { running.signed_in("Priya").await.post(&path, &with(&line, "once", "form-0000-0000-twin")).await.status },
    );
    assert!(both.0 != StatusCode::INTERNAL_SERVER_ERROR && both.1 != StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(count(&running, &entries).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_must_be_heard_shows_the_lines_first_and_opens_one_task() {
    let running = start("homework-signal").await;
    let mut priya = running.signed_in("Priya").await;
    let card = given(&running, "Priya", "diary-card", &[]).await;
    let jobs = "SELECT COUNT(*) AS n FROM job WHERE kind = 'risk.open'";
    for (typed, tasks, status) in [
        (vec![("urge-suicide", "5"), ("distress", "many")], 1, StatusCode::UNPROCESSABLE_ENTITY),
        (vec![("urge-suicide", "5"), ("distress", "9")], 1, StatusCode::OK),
        (vec![("urge-suicide", "5"), ("distress", "8")], 1, StatusCode::OK),
        (vec![("urge-suicide", "5"), ("acted-self-harm", "yes"), ("then", "done")], 2, StatusCode::OK),
    ] {
        let page = sent(&mut priya, card, "", &typed).await;
        assert_eq!(page.status, status, "{typed:?}");
        let (lines, title) = (page.text.find("tel:988").unwrap(), page.text.find("<h1").unwrap());
        assert!(lines < title, "the lines come before anything else");
        assert_eq!(count(&running, jobs).await, tasks, "the same again does not ring twice, more does: {typed:?}");
    }
    assert!(
        priya.get(&format!("/homework/{card}")).await.text.contains("name=\"distress\" value=\"\" checked"),
        "the last sheet is the one that is kept"
    );
    let ladder = given(&running, "Priya", "free", &[]).await;
    sent(&mut priya, ladder, "", &[("note", "canary"), ("urge-suicide", "5")]).await;
    assert_eq!(count(&running, jobs).await, 2, "only a diary card has these questions");

    running.work().await;
    assert_eq!(count(&running, "SELECT COUNT(*) AS n FROM risk_task WHERE source = 'diary_card'").await, 2);
    let mut carol = running.signed_in("Carol").await;
    let list = carol.get("/risk-tasks").await.text;
    assert!(list.contains(&sentence(Language::English, "risk-source-diary-card")));
    let task = count(&running, "SELECT id AS n FROM risk_task WHERE source = 'diary_card' ORDER BY opened_at DESC, id LIMIT 1").await;
    assert!(carol.get(&format!("/risk-tasks/{task}")).await.text.contains("urge for suicide at its top [yes]"));
    for who in ["Theo", "Maya", "Rosa"] {
        let mut other = running.signed_in(who).await;
        assert_eq!(other.get(&format!("/risk-tasks/{task}")).await.status, StatusCode::NOT_FOUND, "{who}");
    }
    for one in running.outbox.posted() {
        for word in ["diary", "suicide", "self-harm", "homework", "Priya"] {
            assert!(!one.letter.text.contains(word) && !one.letter.subject.contains(word), "{word} in a mail");
        }
    }
    let log = LogGuard::listen().text();
    assert!(!log.lines().any(|line| line.contains("urge-suicide") || line.contains("self-harm")));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_leads_reads_it_answers_it_and_the_book_says_so() {
    let running = start("homework-review").await;
    let group = running.group("Steady Ground").await;
    let card = given(&running, "Theo", "emotion-log", &[]).await;
    let (path, today) = (format!("/groups/{group}/homework/{card}"), day(&running.house.clock, 0));
    let (mut theo, mut maya, mut amara) =
        (running.signed_in("Theo").await, running.signed_in("Maya").await, running.signed_in("Dr. Amara").await);
    let written = [("feeling", "canary-feeling"), ("strength", "7"), ("happened", "canary-happened"), ("did", "talked"), ("day", &*today)];
    sent(&mut theo, card, "", &written).await;
    let reads = "SELECT COUNT(*) AS n FROM audit WHERE action = 'homework.read'";
    let overview = amara.get(&format!("/groups/{group}/homework")).await.text;
    assert!(overview.contains("canary-asked") && !overview.contains("canary-feeling") && overview.contains("one line written"));
    assert_eq!(count(&running, reads).await, 0, "how far it is says nothing of what is in it");
    let page = amara.get(&path).await.text;
    assert!(page.contains("canary-feeling") && page.contains("Talked to somebody") && page.contains("Theo · Feelings log"));
    assert_eq!(count(&running, reads).await, 1, "reading is in the book");
    for who in ["Maya", "Theo", "Nadia", "Marcus", "Carol", "Anders", "Rosa", "Aisha"] {
        let mut other = running.signed_in(who).await;
        for to in [&path, &format!("/groups/{group}/homework"), &format!("/groups/{group}/homework/new")] {
            assert_eq!(other.get(to).await.status, StatusCode::NOT_FOUND, "{who} {to}");
        }
        assert_eq!(other.post(&format!("{path}/replies"), &[("text", "no")]).await.status, StatusCode::NOT_FOUND, "{who}");
        if who != "Theo" {
            assert_eq!(other.get(&format!("/homework/{card}")).await.status, StatusCode::NOT_FOUND, "{who}");
            assert_eq!(other.post(&format!("/homework/{card}/entries"), &written).await.status, StatusCode::NOT_FOUND, "{who}");
        }
    }
    let elsewhere = running.house.db.number("SELECT id AS n FROM groups WHERE id <> $1 LIMIT 1", values![group]).await.unwrap();
    assert_eq!(running.signed_in("Marcus").await.get(&format!("/groups/{elsewhere}/homework/{card}")).await.status, StatusCode::NOT_FOUND);

    let before = kept(&running).await;
    for (text, key) in [(" ", "homework-reply-empty"), (&*"x".repeat(501), "homework-too-long")] {
        let page = amara.post(&format!("{path}/replies"), &[("text", text), ("once", ONCE)]).await;
        assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.text.contains(&sentence(Language::English, key)));
    }
    assert_eq!(kept(&running).await, before);
    for _ in 0..2 {
        assert_eq!(amara.post(&format!("{path}/replies"), &[("text", "canary-reply <warm>"), ("once", ONCE)]).await.location, path);
    }
    let page = theo.get(&format!("/homework/{card}")).await.text;
    assert_eq!(page.matches(&escaped("canary-reply <warm>")).count(), 1, "said once");
    assert!(page.contains("Dr. Amara"));

    let mut seen = String::new();
    for to in ["/today", "/homework", "/homework/open", "/goals", "/groups"] {
        seen += &maya.get(to).await.text;
    }
    seen += &maya.get(&format!("/groups/{group}")).await.text;
    assert!(!seen.contains("canary-"), "nothing of Theo reaches Maya");
    assert!(
        !LogGuard::listen()
            .text()
            .lines()
            .any(|line| line.contains("canary-feeling") || line.contains("canary-reply") || line.contains("canary-asked"))
    );
    let audit = "SELECT COUNT(*) AS n FROM audit WHERE object LIKE '%canary%' OR action LIKE '%canary%'";
    assert_eq!(count(&running, audit).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_stands_where_somebody_is_about_to_check_in() {
    let running = start("homework-door").await;
    let tonight = running.tonight().await;
    let mut theo = running.signed_in("Theo").await;
    for to in ["/today".to_owned(), format!("/sessions/{tonight}/door")] {
        let page = theo.get(&to).await.text;
        assert!(
            page.contains("hx-get=\"/homework/open\"") && page.contains("href=\"/homework\""),
            "{to}: as a part, and as a link without script"
        );
    }
    let open = theo.get("/homework/open").await.text;
    let link = open.split("href=\"/homework/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(theo.get(&format!("/homework/{link}")).await.status, StatusCode::OK);
    let door = running.signed_in("Dr. Amara").await.get(&format!("/sessions/{tonight}/door")).await.text;
    assert!(!door.contains("/homework/open"), "whoever leads has none");
}

#[tokio::test(flavor = "multi_thread")]
async fn forms_that_may_be_kept_on_a_device_say_so_in_both_languages() {
    let running = start("homework-kept").await;
    let mut priya = running.signed_in("Priya").await;
    let card = given(&running, "Priya", "diary-card", &[]).await;
    let log = given(&running, "Priya", "practice-log", &[]).await;
    for language in Language::ALL {
        priya.post("/language", &[("language", language.code()), ("back", "/homework")]).await;
        let page = priya.get(&format!("/homework/{card}")).await.text;
        assert!(page.contains(&sentence(language, "keep-form-unsent")));
        assert!(page.contains(&format!("data-keep-form=\"{}\"", day(&running.house.clock, 0))), "each day is kept by itself");
        assert!(priya.get(&format!("/homework/{log}")).await.text.contains("data-keep-form=\"new\""));
    }
    let page = priya.get(&format!("/homework/{card}")).await.text;
    let script = page.split("src=\"/assets/keep-form.js").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let script = priya.get(&format!("/assets/keep-form.js{script}")).await;
    assert_eq!(script.status, StatusCode::OK);
    assert!(!script.text.contains("innerHTML") && !script.text.contains("eval("));
    priya.post("/goals", &[("words", "Sleep in time")]).await;
    let goal = count(&running, "SELECT id AS n FROM goal WHERE state = 'draft' ORDER BY made_at DESC LIMIT 1").await;
    priya.post(&format!("/goals/{goal}/plan/looked"), &[("words-0", "Up"), ("kind-0", "done")]).await;
    priya.post(&format!("/goals/{goal}/plan/check"), &[]).await;
    assert!(priya.get(&format!("/goals/{goal}")).await.text.contains("data-keep-form=\"day\""));
}

/// At its minute each day, once, neutral; not on a day that is written, nor once it is done.
#[tokio::test(flavor = "multi_thread")]
async fn it_reminds_each_day_at_its_minute_until_it_is_written_or_done() {
    let (running, clock) = start_with_clock("homework-remind").await;
    let zone = jiff::tz::TimeZone::get("America/New_York").unwrap();
    let tomorrow = clock.now().timestamp().to_zoned(zone).checked_add(jiff::Span::new().days(1)).unwrap();
    let at = tomorrow.with().hour(20).minute(0).second(0).subsec_nanosecond(0).build().unwrap().timestamp();
    let card = given(&running, "Priya", "diary-card", &[("remind", "20:00")]).await;
    running.work().await;
    let sent_so_far =
        || running.outbox.posted().into_iter().filter(|one| one.letter.text.contains("that you wanted to do today")).collect::<Vec<_>>();
    let pass = async || {
        for _ in 0..2 {
            reminders::plan(&running.house).await.unwrap();
            running.work().await;
        }
    };
    clock.advance(Duration::try_from(at.duration_since(clock.now().timestamp())).unwrap());
    pass().await;
    assert_eq!(sent_so_far().len(), 1, "once, however often it is planned");
    for word in ["diary", "card", "canary", "homework", "Steady"] {
        let letter = &sent_so_far()[0].letter;
        assert!(!letter.text.contains(word) && !letter.subject.contains(word), "{word}");
    }
    clock.advance(Duration::from_secs(86_400));
    sent(&mut running.signed_in("Priya").await, card, "", &[("feeling-joy", "3")]).await;
    pass().await;
    assert_eq!(sent_so_far().len(), 1, "whoever has written is left in peace");
    clock.advance(Duration::from_secs(86_400));
    pass().await;
    assert_eq!(sent_so_far().len(), 2);
    clock.advance(Duration::from_secs(86_400));
    reminders::plan(&running.house).await.unwrap();
    running.signed_in("Priya").await.post(&format!("/homework/{card}/done"), &[]).await;
    running.work().await;
    assert_eq!(sent_so_far().len(), 2, "done after it was planned: nothing goes");
}

/// What a session's closing handed over is as good as what was given by hand; whoever has left is read no more, and keeps their own.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_given_in_the_room_has_a_sheet_and_who_left_is_read_no_more() {
    let running = start("homework-room").await;
    let (group, theo_id) = (running.group("Steady Ground").await, running.person("Theo").await.id);
    let from_room = "SELECT id AS n FROM homework WHERE person_id = $1 AND session_id IS NOT NULL AND done_at IS NULL LIMIT 1";
    let homework = running.house.db.number(from_room, values![theo_id]).await.unwrap();
    let (mut theo, mut amara) = (running.signed_in("Theo").await, running.signed_in("Dr. Amara").await);
    assert!(sent(&mut theo, homework, "", &[("note", "canary-room")]).await.location.ends_with("kept=1"));
    let path = format!("/groups/{group}/homework/{homework}");
    assert!(amara.get(&path).await.text.contains("canary-room"));
    let gone = "UPDATE membership SET left_at = 5 WHERE group_id = $1 AND person_id = $2";
    let tx = running.house.db.write().await.unwrap();
    tx.run(gone, values![group, theo_id]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    assert_eq!(amara.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(amara.post(&format!("{path}/replies"), &[("text", "Late")]).await.status, StatusCode::NOT_FOUND);
    assert!(!amara.get(&format!("/groups/{group}/homework")).await.text.contains(">Theo<"));
    assert!(theo.get(&format!("/homework/{homework}")).await.text.contains("canary-room"), "it stays one's own");
    let (due, who) = (day(&running.house.clock, 3), theo_id.to_string());
    let to_theo = [("kind", "free"), ("text", "Late"), ("due", &*due), ("who", &*who)];
    let page = amara.post(&format!("/groups/{group}/homework"), &to_theo).await;
    assert!(page.text.contains(&sentence(Language::English, "homework-give-who")), "nobody who has left is given anything");
}
