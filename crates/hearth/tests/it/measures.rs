//! Measures: asked once, answered on a phone, heard at once, read by whoever leads and by nobody else.

use std::time::Duration;

use ground::{Ask, Language, reminders, values};
use hyper::StatusCode;
use testkit::{Browser, LogGuard};

use crate::{
    harness::{Running, start, start_with_clock},
    state::{kept, sentence},
};

const DAY: Duration = Duration::from_secs(86_400);

/// Nine answers of the PHQ-9 with this one to the ninth question, and the tenth passed.
fn nine(ninth: &'static str) -> Vec<(&'static str, &'static str)> {
    let questions = ["q-1", "q-2", "q-3", "q-4", "q-5", "q-6", "q-7", "q-8"];
    questions.into_iter().map(|name| (name, "1")).chain([("q-9", ninth), ("q-10", "pass"), ("action", "send")]).collect()
}

impl Running {
    async fn n(&self, sql: &str) -> i64 {
        self.house.db.number(sql, []).await.unwrap()
    }

    /// What waits for this person, as a path.
    async fn waiting(&self, name: &str) -> String {
        let person = self.person(name).await.id;
        let sql = "SELECT id AS n FROM measure WHERE person_id = $1 AND completed_at IS NULL AND withdrawn_at IS NULL";
        format!("/measures/{}", self.house.db.number(sql, values![person]).await.unwrap())
    }
}

fn lines_first(text: &str) -> bool {
    let main = &text[text.find("<main").unwrap()..];
    main.find("tel:988").unwrap() < main.find("<h1>").unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ninth_answer_shows_the_lines_and_the_loop_is_closed_by_staff() {
    let running = start("measures-ninth").await;
    let path = running.waiting("Maya").await;
    let mut maya = running.signed_in("Maya").await;
    assert!(maya.get("/measures/open").await.text.contains(&path) && maya.get("/measures").await.text.contains(&path));
    let form = maya.get(&path).await;
    assert!(form.text.contains("Feeling down, depressed, or hopeless") && form.text.contains("No permission required"));
    assert!(!form.text.contains("PHQ") || form.text.matches("PHQ").count() == 0, "no clinical name above the questions");

    let page = maya.post(&path, &nine("1")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(lines_first(&page.text) && page.text.contains(&sentence(Language::English, "measures-crisis-next")));
    running.work().await;
    assert_eq!(running.n("SELECT COUNT(*) AS n FROM risk_task WHERE source = 'measure'").await, 1);
    let told = maya.get(&path).await;
    assert!(lines_first(&told.text) && told.text.contains("<polyline"), "her own line, and the lines above it");

    let mut amara = running.signed_in("Dr. Amara").await;
    let tasks = amara.get("/risk-tasks").await.text;
    let task = tasks.split("href=\"").find(|part| part.starts_with("/risk-tasks/")).unwrap();
    let task = task[..task.find('"').unwrap()].to_owned();
    assert!(amara.get(&task).await.text.contains("PHQ-9: 9 = 1"));
    assert_eq!(amara.post(&format!("{task}/closure"), &[("note", "Called her. Safe tonight.")]).await.location, "/risk-tasks");
    for one in running.outbox.posted() {
        for word in ["PHQ", "Maya", "depress", "questionnaire"] {
            assert!(!one.letter.subject.contains(word) && !one.letter.text.contains(word), "{word}");
        }
    }
    assert!(!LogGuard::listen().text().contains("PHQ-9: 9"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tap_on_the_ninth_question_is_heard_before_anything_is_sent() {
    let running = start("measures-draft").await;
    let path = running.waiting("Maya").await;
    let mut maya = running.signed_in("Maya").await;
    let calm = maya.post(&format!("{path}/draft"), &[("q-1", "3")]).await;
    assert!(calm.text.contains(&sentence(Language::English, "measures-saved")) && !calm.text.contains("tel:"));
    let heard = maya.post(&format!("{path}/draft"), &[("q-9", "2")]).await;
    assert!(heard.text.contains("tel:988"));
    maya.post(&format!("{path}/draft"), &[("q-9", "3")]).await;
    running.work().await;
    assert_eq!(running.n("SELECT COUNT(*) AS n FROM risk_task WHERE source = 'measure'").await, 1, "once for each asking");
    let form = maya.get(&path).await.text;
    assert!(
        lines_first(&form) && form.matches(" checked>").count() == 2,
        "both answers are still there: {}",
        form.matches(" checked>").count()
    );

    running.house.db.script("DELETE FROM audit_head").await.unwrap();
    let page = maya.post(&path, &nine("2")).await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(lines_first(&page.text), "the lines come though nothing could be saved");
    let draft = maya.post(&format!("{path}/draft"), &[("q-9", "1")]).await.text;
    assert!(draft.contains("tel:988") && draft.contains("+1 555 010 0199"));
}

#[tokio::test(flavor = "multi_thread")]
async fn half_filled_waits_and_two_tabs_count_once() {
    let running = start("measures-tabs").await;
    let path = running.waiting("Maya").await;
    let mut maya = running.signed_in("Maya").await;
    let page = maya.post(&path, &[("q-1", "2"), ("q-2", "3"), ("action", "keep")]).await;
    assert_eq!(page.location, "/measures");
    assert!(maya.get("/measures").await.text.contains(&sentence(Language::English, "measures-begun")));
    assert_eq!(maya.get(&path).await.text.matches(" checked>").count(), 2);

    let before = kept(&running).await;
    for (fields, word) in [
        (vec![("q-3", "7"), ("action", "send")], "question 3"),
        (vec![("q-3", "-1"), ("action", "send")], "question 3"),
        (vec![("q-77", "1"), ("action", "keep")], "question 77"),
        (vec![("q-4", "often"), ("action", "keep")], "question 4"),
    ] {
        let page = maya.post(&path, &fields).await;
        assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.text.contains(word), "{fields:?}");
        assert_eq!(page.text.matches(" checked>").count(), 2, "what was kept is still there");
    }
    let page = maya.post(&path, &[("action", "send")]).await;
    assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.text.contains("Question 3"));
    let many: Vec<_> =
        nine("0").into_iter().map(|(name, value)| (name, if ["q-3", "q-4", "q-5"].contains(&name) { "pass" } else { value })).collect();
    assert!(maya.post(&path, &many).await.text.contains("More than 2"));
    assert_eq!(kept(&running).await, before, "nothing is counted yet");

    let (mut one, mut two) = (maya.clone(), maya.clone());
    let (first, second) = (nine("0"), nine("0"));
    let (one, two) = tokio::join!(one.post(&path, &first), two.post(&path, &second));
    assert_eq!((one.location.as_str(), two.location.as_str()), (path.as_str(), path.as_str()));
    let sends = "SELECT COUNT(*) AS n FROM measure WHERE completed_at IS NOT NULL AND occasion LIKE 'demo-now%'";
    assert_eq!(running.n(sends).await, 1);
    let mine = maya.get(&path).await.text;
    assert!(mine.contains(&sentence(Language::English, "measures-thanks")) && !shows_lines(&mine));
    for word in ["severe", "mild", "moderate", "Recovered", "reliable"] {
        assert!(!mine.contains(word), "{word} is for staff");
    }
    // A late second tab with a worse answer changes nothing that was sent, and is heard.
    let late = maya.post(&path, &nine("3")).await;
    assert!(lines_first(&late.text));
    running.work().await;
    assert_eq!(running.n("SELECT COUNT(*) AS n FROM risk_task WHERE source = 'measure'").await, 1);
    assert!(!shows_lines(&maya.get(&path).await.text));
}

fn shows_lines(text: &str) -> bool {
    text[text.find("<main").unwrap()..].find("lines\" role=\"alert\"").is_some()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_leads_reads_it_and_nobody_else() {
    let running = start("measures-staff").await;
    let (theo, path) = (running.person("Theo").await.id, running.waiting("Theo").await);
    let mut his = running.signed_in("Theo").await;
    his.post(&path, &nine("0")).await;
    let page = format!("/people/{theo}/measures");
    let mut amara = running.signed_in("Dr. Amara").await;
    let text = amara.get(&page).await.text;
    for word in ["Theo Grant", "PHQ-9", "GAD-7", "IAPT manual", "Cut-off 10", "of 0–27", "<polyline"] {
        assert!(text.contains(word), "{word}");
    }
    let one = format!("{page}/{}", path.rsplit('/').next().unwrap());
    let text = amara.get(&one).await.text;
    assert!(text.contains("Several days (1)") && text.contains("passed"));
    assert_eq!(running.n("SELECT COUNT(*) AS n FROM audit WHERE action = 'measures.read'").await, 2, "reading is in the book");
    for (who, status) in [("Marcus", 404), ("Carol", 404), ("Anders", 404), ("Nadia", 404), ("Maya", 404)] {
        let mut other = running.signed_in(who).await;
        assert_eq!(other.get(&page).await.status.as_u16(), status, "{who}");
        assert_eq!(other.get(&one).await.status.as_u16(), status, "{who}");
        assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND, "{who} at what Theo was asked");
        assert_eq!(other.post(&path, &nine("0")).await.status, StatusCode::NOT_FOUND);
    }
    let group = running.group("Steady Ground").await;
    let carols = running.signed_in("Carol").await.get(&format!("/groups/{group}/measures")).await;
    assert!(carols.status == StatusCode::OK && !carols.text.contains("/people/"), "the office plans and does not read");
}

async fn set(browser: &mut Browser, group: i64, fields: &[(&str, &str)]) -> String {
    browser.post(&format!("/groups/{group}/measures"), fields).await.location
}

#[tokio::test(flavor = "multi_thread")]
async fn a_schedule_asks_each_member_once_and_reminds_once() {
    let (running, clock) = start_with_clock("measures-plan").await;
    let group = running.group("Out of the Tunnel").await;
    let mut carol = running.signed_in("Carol").await;
    for (weeks, fits) in [("27", false), ("-1", false), ("often", false), ("2", true)] {
        let page = carol.post(&format!("/groups/{group}/measures"), &[("weeks-pswq", weeks)]).await;
        assert_eq!(page.status == StatusCode::SEE_OTHER, fits, "{weeks}");
        assert!(fits || page.text.contains(&sentence(Language::English, "schedule-weeks")));
    }
    let asked = "SELECT COUNT(*) AS n FROM measure WHERE slug = 'pswq'";
    let members = running
        .house
        .db
        .number("SELECT COUNT(*) AS n FROM membership WHERE group_id = $1 AND part = 'member'", values![group])
        .await
        .unwrap();
    let except = running
        .house
        .db
        .number("SELECT MIN(person_id) AS n FROM membership WHERE group_id = $1 AND part = 'member'", values![group])
        .await
        .unwrap();
    let fields = [("person", &*except.to_string()), ("instrument", "pswq"), ("weeks", "0")];
    let already = running.n(asked).await;
    assert!(carol.post(&format!("/groups/{group}/measures/exceptions"), &fields).await.location.contains("kept"));
    for _ in 0..(20 * 8) {
        clock.advance(DAY / 8);
        let (one, two) = tokio::join!(progress::plan_measures(&running.house), progress::plan_measures(&running.house));
        one.unwrap();
        two.unwrap();
    }
    let now = running.n(asked).await;
    assert!(now >= members - 1 && now <= 2 * members, "{already} {now} of {members}");
    let twice = "SELECT COUNT(*) AS n FROM (SELECT person_id, slug, occasion FROM measure GROUP BY person_id, slug, occasion HAVING COUNT(*) > 1) AS x";
    assert_eq!(running.n(twice).await, 0);
    let open = "SELECT COUNT(*) AS n FROM (SELECT person_id FROM measure WHERE slug = 'pswq' AND completed_at IS NULL AND withdrawn_at IS NULL GROUP BY person_id HAVING COUNT(*) > 1) AS x";
    assert_eq!(running.n(open).await, 0, "never two of the same at once");
    let excepted =
        running.house.db.number("SELECT COUNT(*) AS n FROM measure WHERE slug = 'pswq' AND person_id = $1", values![except]).await.unwrap();
    assert!(excepted <= already.min(1), "who is not asked is not asked");
}

#[tokio::test(flavor = "multi_thread")]
async fn asked_by_hand_once_and_reminded_in_neutral_words() {
    let (running, clock) = start_with_clock("measures-hand").await;
    let group = running.group("Steady Ground").await;
    let maya = running.person("Maya").await.id.to_string();
    let mut amara = running.signed_in("Dr. Amara").await;
    let asking = format!("/groups/{group}/measures/asking");
    let before = kept(&running).await;
    for (fields, key) in [
        (vec![("person", maya.as_str()), ("instrument", "nothing")], "schedule-which"),
        (vec![("person", maya.as_str()), ("instrument", "session-card")], "schedule-which"),
        (vec![("person", "5"), ("instrument", "k6")], "schedule-who"),
        (vec![("person", ""), ("instrument", "k6")], "schedule-who"),
    ] {
        let page = amara.post(&asking, &fields).await;
        assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.text.contains(&sentence(Language::English, key)), "{key}");
    }
    assert_eq!(kept(&running).await, before);
    let k6 = [("person", maya.as_str()), ("instrument", "k6")];
    assert!(amara.post(&asking, &k6).await.location.ends_with("schedule-asked"));
    assert!(amara.post(&asking, &k6).await.location.ends_with("schedule-asked-already"), "a second tap asks nobody twice");
    // Wherever her night ends, a look every hour finds her awake.
    for _ in 0..26 {
        reminders::plan(&running.house).await.unwrap();
        running.work().await;
        clock.advance(Duration::from_secs(3_600));
    }
    let about: Vec<_> = running.outbox.posted().into_iter().filter(|one| one.letter.text.contains("something short to fill in")).collect();
    assert_eq!(about.len(), 1);
    assert!(about[0].letter.text.contains("/today") && !about[0].letter.text.contains("K6") && !about[0].letter.text.contains("distress"));

    let mut lucia = running.signed_in("Lucía").await;
    let lucia_id = running.person("Lucía").await.id;
    let in_group = running.house.db.number("SELECT group_id AS n FROM membership WHERE person_id = $1", values![lucia_id]).await.unwrap();
    let fields = [("person", &*lucia_id.to_string()), ("instrument", "pcl-5")];
    let mut carol = running.signed_in("Carol").await;
    assert!(carol.post(&format!("/groups/{in_group}/measures/asking"), &fields).await.location.ends_with("schedule-asked"));
    let sql = "SELECT id AS n FROM measure WHERE person_id = $1 AND slug = 'pcl-5'";
    let id = running.house.db.number(sql, values![lucia_id]).await.unwrap();
    let form = lucia.get(&format!("/measures/{id}")).await.text;
    assert!(form.contains(&sentence(Language::Spanish, "measures-english-only")), "said before she begins");
}

const SCALE: &str = r#"{"definition":{"scale_info":{"name":"Evening","code":"EVE","version":"VERSION","citation":"Ours","license":"CC0"},
    "likert_options":{"points":3,"min":0,"labels":["n","s","y"]},"items":[{"id":"a","type":"likert","text_key":"a"},{"id":"b","type":"likert","text_key":"b"}],
    "scoring":{"t":{"method":"sum_coded","items":["a","b"]}}},
    "translations":{"en":{"a":"Was it <b>calm</b>?","b":"Was it long?","n":"no","s":"some","y":"yes"}}}"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_practice_takes_in_its_own_and_a_new_version_changes_nothing_begun() {
    let running = start("measures-import").await;
    let mut carol = running.signed_in("Carol").await;
    let before = kept(&running).await;
    let huge = format!("{{\"x\":\"{}\"}}", "y".repeat(300_000));
    let deep = "[".repeat(50_000);
    for (file, key) in [
        ("", "instrument-unreadable"),
        (deep.as_str(), "instrument-unreadable"),
        (huge.as_str(), "instrument-huge"),
        ("{\"resourceType\":\"Patient\"}", "instrument-kind"),
        (&SCALE.replace("Was it long?", "<script>x</script>"), "instrument-text"),
        (&SCALE.replace("\"points\":3", "\"points\":300"), "instrument-options"),
    ] {
        let page = carol.post("/instruments/import", &[("file", file), ("licence", "x"), ("read", "on"), ("action", "accept")]).await;
        assert!(page.status.is_client_error() && page.text.contains(&sentence(Language::English, key)), "{key}: {}", page.status);
    }
    let one = SCALE.replace("VERSION", "1");
    let shown = carol.post("/instruments/import", &[("file", &one), ("action", "show")]).await;
    assert!(shown.text.contains("Was it calm?") && shown.text.contains("0–4"));
    let unread = carol.post("/instruments/import", &[("file", &one), ("licence", "ours"), ("action", "accept")]).await;
    assert!(unread.text.contains(&sentence(Language::English, "instrument-accept-missing")));
    assert_eq!(kept(&running).await, before, "what is refused and what is shown change nothing");
    let accept =
        |file: String| vec![("file", file), ("licence", "CC0, ours".to_owned()), ("read", "on".into()), ("action", "accept".into())];
    let post = async |browser: &mut Browser, file: String| {
        let fields = accept(file);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        browser.post("/instruments/import", &fields).await
    };
    assert_eq!(post(&mut carol, one.clone()).await.location, "/instruments");
    assert!(post(&mut carol, one).await.text.contains(&sentence(Language::English, "instrument-there-already")));
    let listed = running.signed_in("Dr. Amara").await.get("/instruments").await.text;
    assert!(listed.contains("Carol Whitfield") && listed.contains("CC0, ours"), "who accepted which licence");

    let (group, maya_id) = (running.group("Steady Ground").await, running.person("Maya").await.id);
    let asking = [("person", &*maya_id.to_string()), ("instrument", "own-eve")];
    assert!(carol.post(&format!("/groups/{group}/measures/asking"), &asking).await.location.ends_with("schedule-asked"));
    let id = running.n("SELECT id AS n FROM measure WHERE slug = 'own-eve'").await;
    let path = format!("/measures/{id}");
    let mut maya = running.signed_in("Maya").await;
    maya.post(&path, &[("q-1", "2"), ("action", "keep")]).await;
    let two = SCALE.replace("VERSION", "2").replace("Was it long?", "Was it short?").replace(",\"b\"]", "]");
    assert_eq!(post(&mut carol, two).await.location, "/instruments");
    let form = maya.get(&path).await.text;
    assert!(form.contains("Was it long?") && form.matches(" checked>").count() == 1, "begun under the old words, finished under them");
    assert_eq!(maya.post(&path, &[("q-2", "2"), ("action", "send")]).await.location, path);
    let text = running.signed_in("Dr. Amara").await.get(&format!("/people/{maya_id}/measures")).await.text;
    assert!(text.contains("4 of 0–4"), "scored by the old version");
    let theo = running.person("Theo").await.id.to_string();
    carol.post(&format!("/groups/{group}/measures/asking"), &[("person", theo.as_str()), ("instrument", "own-eve")]).await;
    assert_eq!(
        running.n("SELECT COUNT(*) AS n FROM measure WHERE slug = 'own-eve' AND version = '2'").await,
        1,
        "whoever is asked now is asked the new one"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_words_on_the_page_of_a_group_settle_what_is_told() {
    let running = start("measures-tell").await;
    let group = running.group("Steady Ground").await;
    let maya_id = running.person("Maya").await.id.to_string();
    let mut amara = running.signed_in("Dr. Amara").await;
    let mut maya = running.signed_in("Maya").await;
    let path = running.waiting("Maya").await;
    maya.post(&path, &nine("0")).await;
    let told = |text: &str| text.contains("Since your first answers") || text.contains("At the beginning");
    assert!(!told(&maya.get(&path).await.text), "nothing of change unless somebody decided so");
    let keep = [("first-phq-9", "on"), ("weeks-phq-9", "4"), ("tell-phq-9", "on")];
    assert!(set(&mut amara, group, &keep).await.ends_with("schedule-kept"));
    assert!(told(&maya.get(&path).await.text));
    let form = amara.get(&format!("/groups/{group}/measures")).await.text;
    assert!(form.contains(&format!("/people/{maya_id}/measures")) && form.contains("name=\"weeks-phq-9\" value=\"4\""));
    assert_eq!(running.n("SELECT COUNT(*) AS n FROM measure_schedule WHERE slug = 'gad-7'").await, 0, "what is not ticked is not asked");
}

/// What Theo answers is Theo's: Maya's pages, every mail and the log know nothing of it.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_what_theo_answers_reaches_maya_mails_or_the_log() {
    let running = start("measures-canary").await;
    let group = running.group("Steady Ground").await;
    let theo = running.person("Theo").await.id;
    let mut amara = running.signed_in("Dr. Amara").await;
    for instrument in ["asq", "pcl-5", "k10"] {
        let fields = [("person", &*theo.to_string()), ("instrument", instrument)];
        assert!(amara.post(&format!("/groups/{group}/measures/asking"), &fields).await.location.ends_with("schedule-asked"));
    }
    let sql = "SELECT id AS n FROM measure WHERE person_id = $1 AND slug = 'asq'";
    let asq = format!("/measures/{}", running.house.db.number(sql, values![theo]).await.unwrap());
    let mut his = running.signed_in("Theo").await;
    let incomplete = his.post(&asq, &[("q-1", "1"), ("q-2", "0"), ("q-3", "0"), ("q-4", "pass"), ("action", "send")]).await;
    assert!(incomplete.status == StatusCode::UNPROCESSABLE_ENTITY && lines_first(&incomplete.text), "heard though the fifth is open");
    let page = his.post(&asq, &[("q-5", "1"), ("action", "send")]).await;
    assert!(page.status == StatusCode::OK && lines_first(&page.text));
    running.work().await;
    assert_eq!(running.n("SELECT COUNT(*) AS n FROM risk_task WHERE source = 'screening_acute'").await, 1, "right now rings louder");
    assert_eq!(running.n("SELECT COUNT(*) AS n FROM risk_task WHERE source = 'measure'").await, 1);

    let mut maya = running.signed_in("Maya").await;
    let mut seen = String::new();
    let owned = asq.trim_start_matches("/measures/").to_owned();
    for path in ["/today", "/measures", "/measures/open", "/groups", &format!("/groups/{group}"), "/homework", "/calendar"] {
        seen += &maya.get(path).await.text;
    }
    assert_eq!(maya.get(&asq).await.status, StatusCode::NOT_FOUND);
    for one in running.outbox.posted() {
        seen += &one.letter.subject;
        seen += &one.letter.text;
        seen += &one.letter.html;
    }
    let log = LogGuard::listen().text();
    for canary in ["wished you were dead", "ASQ", "PCL-5", "Theo Grant", "killing yourself", owned.as_str()] {
        assert!(!seen.contains(canary), "{canary} reached Maya or a mail");
    }
    for canary in ["wished you", "ASQ:", "Theo Grant"] {
        assert!(!log.contains(canary), "{canary} is in the log");
    }
    let book = "SELECT COUNT(*) AS n FROM audit WHERE object LIKE '%asq%' OR object LIKE '%phq%' OR action LIKE '%asq%'";
    assert_eq!(running.n(book).await, 0, "the book names ids and not what was asked");
}

/// Newcomers before their first session, leavers around their last one; whoever pauses is left alone.
#[tokio::test(flavor = "multi_thread")]
async fn the_first_and_the_last_are_asked_of_those_who_come_and_go() {
    let (running, clock) = start_with_clock("measures-ends").await;
    let group = running.group("Steady Ground").await;
    let (maya, theo, priya) = (running.person("Maya").await.id, running.person("Theo").await.id, running.person("Priya").await.id);
    let mut amara = running.signed_in("Dr. Amara").await;
    assert!(set(&mut amara, group, &[("first-mhi-5", "on"), ("end-mhi-5", "on"), ("weeks-mhi-5", "")]).await.ends_with("schedule-kept"));
    let asked = async |person: i64, occasion: &str| {
        let sql = "SELECT COUNT(*) AS n FROM measure WHERE person_id = $1 AND slug = 'mhi-5' AND occasion LIKE $2 AND withdrawn_at IS NULL";
        running.house.db.number(sql, values![person, format!("{occasion}/%")]).await.unwrap()
    };
    assert_eq!(asked(maya, "first").await, 0, "she began five weeks ago");
    let meddle = async |sql: String| {
        let tx = running.house.db.write().await.unwrap();
        assert!(tx.run(&sql, []).await.unwrap() > 0, "{sql}");
        tx.commit_unaudited().await.unwrap();
    };
    let now = clock.now();
    let next = "SELECT MIN(number) AS n FROM session WHERE group_id = $1 AND starts_at > $2";
    let number = running.house.db.number(next, values![group, now]).await.unwrap();
    meddle(format!("UPDATE membership SET first_number = {number} WHERE person_id = {theo} AND group_id = {group}")).await;
    let leaves = now.plus(DAY * 3).0;
    meddle(format!("UPDATE membership SET leaves_after = {leaves} WHERE person_id = {maya} AND group_id = {group}")).await;
    let (until, soon) = (now.plus(DAY * 30).0, now.plus(DAY * 2).0);
    meddle(format!("UPDATE membership SET leaves_after = {soon}, paused_until = {until} WHERE person_id = {priya} AND group_id = {group}"))
        .await;
    for _ in 0..3 {
        progress::plan_measures(&running.house).await.unwrap();
    }
    assert_eq!((asked(theo, "first").await, asked(theo, "last").await), (1, 0));
    assert_eq!((asked(maya, "first").await, asked(maya, "last").await), (0, 1));
    assert_eq!(asked(priya, "last").await, 0);

    let sql = "SELECT id AS n FROM measure WHERE person_id = $1 AND slug = 'mhi-5'";
    let path = format!("/measures/{}", running.house.db.number(sql, values![maya]).await.unwrap());
    let mut hers = running.signed_in("Maya").await;
    let best = [("q-1", "6"), ("q-2", "6"), ("q-3", "1"), ("q-4", "6"), ("q-5", "1"), ("action", "send")];
    assert_eq!(hers.post(&path, &best).await.location, path);
    assert!(hers.get(&path).await.text.contains(&sentence(Language::English, "measures-level-0")));
    let text = amara.get(&format!("/people/{maya}/measures")).await.text;
    assert!(text.contains("100 of 0–100"), "calm and happy are turned round");
    clock.advance(DAY * 20);
    progress::plan_measures(&running.house).await.unwrap();
    assert_eq!(asked(maya, "last").await, 1, "asked once, and long ago");
    let old = running.signed_in("Maya").await.get(&running.waiting("Theo").await).await;
    assert_eq!(old.status, StatusCode::NOT_FOUND);
    let gone = running.waiting("Theo").await;
    assert_eq!(running.signed_in("Theo").await.get(&gone).await.location, "/measures", "what is weeks late is not asked any more");
}

/// Who has left is asked three times more, answers without a seat, and is left alone once they sit in a circle again.
#[tokio::test(flavor = "multi_thread")]
async fn who_has_left_is_asked_one_three_and_six_months_later() {
    let (running, clock) = start_with_clock("measures-after").await;
    let group = running.group("Steady Ground").await;
    let (maya, theo) = (running.person("Maya").await.id, running.person("Theo").await.id);
    let mut amara = running.signed_in("Dr. Amara").await;
    assert!(set(&mut amara, group, &[("after-mhi-5", "on")]).await.ends_with("schedule-kept"));
    assert!(amara.get(&format!("/groups/{group}/measures")).await.text.contains("name=\"after-mhi-5\" checked"));
    let asked = async |person: i64| {
        let sql = "SELECT COUNT(*) AS n FROM measure WHERE person_id = $1 AND slug = 'mhi-5' AND occasion LIKE 'after-%'";
        running.house.db.number(sql, values![person]).await.unwrap()
    };
    let meddle = async |sql: &str, values: Vec<ground::sea_orm::Value>| {
        let tx = running.house.db.write().await.unwrap();
        assert!(tx.run(sql, values).await.unwrap() > 0, "{sql}");
        tx.commit_unaudited().await.unwrap();
    };
    let left = "UPDATE membership SET left_at = $1 WHERE person_id = $2 AND part = 'member'";
    for who in [maya, theo] {
        meddle(left, vec![clock.now().into(), who.into()]).await;
    }
    let end = clock.now();
    for (day, times) in [(25, 0), (35, 1), (36, 1), (60, 1), (95, 2), (150, 2), (190, 3), (400, 3)] {
        clock.advance(DAY * day - clock.now().since(end));
        progress::plan_measures(&running.house).await.unwrap();
        progress::plan_measures(&running.house).await.unwrap();
        assert_eq!(asked(maya).await, times, "day {day}");
        if day == 35 {
            let sql = "SELECT id AS n FROM measure WHERE person_id = $1 AND occasion LIKE 'after-%'";
            let path = format!("/measures/{}", running.house.db.number(sql, values![maya]).await.unwrap());
            let mut hers = running.signed_in("Maya").await;
            assert!(hers.get("/measures").await.text.contains(&path), "it waits for her though she has no seat");
            let best = [("q-1", "6"), ("q-2", "6"), ("q-3", "1"), ("q-4", "6"), ("q-5", "1"), ("action", "send")];
            assert_eq!(hers.post(&path, &best).await.location, path);
            // A seat again: from here on nothing is afterwards for Theo.
            meddle("UPDATE membership SET left_at = NULL WHERE person_id = $1 AND part = 'member'", vec![theo.into()]).await;
        }
    }
    assert_eq!(asked(theo).await, 1);
}

/// A key that was destroyed leaves a gap in the line, not an error for whoever looks after the person.
#[tokio::test(flavor = "multi_thread")]
async fn answers_that_do_not_open_leave_a_gap() {
    let running = start("measures-gap").await;
    let maya = running.person("Maya").await.id;
    let tx = running.house.db.write().await.unwrap();
    let sql = "UPDATE measure SET answers_sealed = $1 WHERE person_id = $2 AND slug = 'phq-9' AND completed_at IS NOT NULL";
    assert_eq!(tx.run(sql, values![vec![1u8, 2, 3], maya]).await.unwrap(), 3);
    tx.commit_unaudited().await.unwrap();
    let mut amara = running.signed_in("Dr. Amara").await;
    let page = amara.get(&format!("/people/{maya}/measures")).await;
    assert!(page.status == StatusCode::OK && page.text.contains("GAD-7") && !page.text.contains("PHQ-9"));
    let path = running.waiting("Maya").await;
    let mut hers = running.signed_in("Maya").await;
    assert_eq!(hers.post(&path, &nine("0")).await.location, path);
    let told = hers.get(&path).await;
    assert!(told.status == StatusCode::OK && !told.text.contains("<polyline"), "one score is no line");
}

/// Whoever is new finds calm words and no empty boxes; the group's page says what nobody has to fill in.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_to_answer_is_said_in_words() {
    let running = start("measures-empty").await;
    let mut rosa = running.signed_in("Rosa").await;
    let page = rosa.get("/measures").await.text;
    assert!(
        page.contains(&sentence(Language::English, "measures-none")) && page.contains(&sentence(Language::English, "measures-sent-none"))
    );
    assert_eq!(rosa.get("/measures/open").await.text.trim(), "");
    let group = running.group("Steady Ground").await;
    for path in [format!("/groups/{group}/measures"), "/instruments".into(), "/instruments/import".into()] {
        assert_eq!(rosa.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let mut marcus = running.signed_in("Marcus").await;
    assert_eq!(marcus.get(&format!("/groups/{group}/measures")).await.status, StatusCode::NOT_FOUND, "another leader's group");
    assert_eq!(marcus.get("/instruments").await.status, StatusCode::OK);
    assert_eq!(marcus.get("/instruments/import").await.status, StatusCode::NOT_FOUND, "the office takes instruments in");
}
