//! Goals as people live with them: the workshop, the worked example, who sees what, kind words, reminders, levels agreed with the therapist.

use ground::{Ask, Language, Moment, reminders, values};
use hyper::StatusCode;
use testkit::Browser;

use crate::{
    harness::{Running, start, start_with_clock, with},
    state::{escaped, kept, sentence},
};

const QUESTIONS: &[&str] = &["brought", "hopes", "dreams", "success", "already", "in-the-way", "theme"];

/// The worked example of G9, part by part as the forms ask for it.
const PLAN: &[(&str, &[(&str, &str)])] = &[
    ("words", &[("words", "Lights out by 21:30 and up at 06:30 on weekdays, meditate the first 15 minutes")]),
    ("why", &[("why", "canary-why: mornings that are mine"), ("aim-habits", "on")]),
    (
        "looked",
        &[
            ("words-0", "In bed"),
            ("kind-0", "time"),
            ("bound-0", "at_most"),
            ("aim-0", "9:30 pm"),
            ("words-1", "Up"),
            ("kind-1", "time"),
            ("bound-1", "at_most"),
            ("aim-1", "06:30"),
            ("words-2", "Meditated"),
            ("kind-2", "done"),
            ("words-3", "Nights up late"),
            ("kind-3", "count"),
            ("bound-3", "at_most"),
            ("aim-3", "1"),
        ],
    ),
    ("days", &[("day-1", "on"), ("day-2", "on"), ("day-3", "on"), ("day-4", "on"), ("day-5", "on"), ("remind", "21:00")]),
    ("until", &[]),
    ("sure", &[("sure", "8")]),
    ("milestones", &[("milestones", "One week\nA month")]),
    ("check", &[]),
];

/// Begins the worked example and returns its number.
async fn begun(browser: &mut Browser) -> i64 {
    let first = browser.post("/goals", &[("words", "Sleep in time")]).await;
    let goal: i64 = first.location.split('/').nth(2).unwrap().parse().unwrap();
    for (part, fields) in PLAN {
        let path = format!("/goals/{goal}/plan/{part}");
        let page = browser.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{part}");
        let until = page.text.split("name=\"until\" value=\"").nth(1).map(|rest| rest[..10].to_owned());
        let mut fields = fields.to_vec();
        if let Some(until) = &until {
            fields.push(("until", until));
        }
        let kept = browser.post(&path, &fields).await;
        assert!(kept.location.starts_with(&format!("/goals/{goal}")), "{part}: {}", kept.text);
    }
    goal
}

async fn state_of(running: &Running, goal: i64, what: &str) -> i64 {
    running.house.db.number(&format!("SELECT {what} AS n FROM goal WHERE id = $1"), values![goal]).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_workshop_is_saved_as_one_goes_and_may_be_passed() {
    let running = start("goals-workshop").await;
    let mut priya = running.signed_in("Priya").await;
    assert_eq!(priya.get("/goals/workshop").await.location, "/goals/workshop/brought");
    for (number, question) in QUESTIONS.iter().enumerate() {
        let path = format!("/goals/workshop/{question}");
        assert!(priya.get(&path).await.text.contains(&format!("{} of 7", number + 1)));
        let fields = if number % 2 == 0 { [("text", "canary-said"), ("then", "next")] } else { [("text", "left"), ("then", "pass")] };
        priya.post(&path, &fields).await;
    }
    assert_eq!(priya.get("/goals/workshop").await.location, "/goals/new", "what was passed is not asked again by itself");
    assert!(priya.get("/goals/workshop/brought").await.text.contains("canary-said"));
    assert!(!priya.get("/goals/workshop/hopes").await.text.contains("left"));
    let page = priya.get("/goals/workshop/theme").await;
    assert_eq!(page.text.matches("canary-said").count(), 4, "what was said is read back before the theme is named");
    assert!(priya.get("/goals").await.text.contains("canary-said"), "the theme stands on the overview");

    let before = kept(&running).await;
    let long = "x".repeat(1_001);
    let page = priya.post("/goals/workshop/hopes", &[("text", &long)]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains(&sentence(Language::English, "goal-too-long")) && page.text.contains(&long));
    assert_eq!(priya.get("/goals/workshop/nothing").await.status, StatusCode::NOT_FOUND);
    assert_eq!(kept(&running).await, before);
}

/// G9: entered in full, written down on five days, seen as a picture and in words.
#[tokio::test(flavor = "multi_thread")]
async fn the_worked_example_is_entered_logged_and_seen() {
    let (running, clock) = start_with_clock("goals-example").await;
    let mut priya = running.signed_in("Priya").await;
    let goal = begun(&mut priya).await;
    let page = priya.get(&format!("/goals/{goal}")).await.text;
    for part in ["by 9:30 pm", "by 6:30 am", "at most 1 a week", "canary-why"] {
        assert!(page.contains(part), "{part}");
    }
    assert_eq!(state_of(&running, goal, "days").await, 31);
    assert_eq!(state_of(&running, goal, "remind_minute").await, 1_260);
    let today = ground::when::date(clock.now(), "America/New_York");
    for back in 0..5 {
        let day = today.parse::<jiff::civil::Date>().unwrap().checked_sub(jiff::Span::new().days(back)).unwrap().to_string();
        let bed = if back == 2 { "00:20" } else { "21:10" };
        let fields =
            [("day", &*day), ("value-1", bed), ("value-2", "6:30 am"), ("value-3", "1"), ("value-4", ""), ("note", "canary-daily")];
        let kept = priya.post(&format!("/goals/{goal}/days"), &fields).await;
        assert!(kept.location.starts_with(&format!("/goals/{goal}")), "{}", kept.text);
    }
    let page = priya.get(&format!("/goals/{goal}")).await.text;
    assert!(page.contains("As you wanted on 4 of the 5 days you wrote down."), "twenty past midnight is late");
    assert!(page.contains("As you wanted on 5 of the 5 days you wrote down."));
    assert!(page.contains("canary-daily") && page.contains("<svg"));
    let again = [("day", &*today), ("value-1", "21:00"), ("value-3", "0"), ("value-4", "")];
    priya.post(&format!("/goals/{goal}/days"), &again).await;
    priya.post(&format!("/goals/{goal}/days"), &again).await;
    let days = running.house.db.number("SELECT COUNT(*) AS n FROM goal_day WHERE goal_id = $1", values![goal]).await.unwrap();
    assert_eq!(days, 5, "a day sent twice is one day");

    let before = kept(&running).await;
    for (field, typed, key) in [
        ("value-1", "25:00", "goal-value"),
        ("value-4", "-3", "goal-value"),
        ("day", "2020-01-01", "goal-day-cannot"),
        ("day", "soon", "goal-day-cannot"),
    ] {
        let page = priya.post(&format!("/goals/{goal}/days"), &with(&again, field, typed)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(page.text.contains(&sentence(Language::English, key)), "{key}");
    }
    let odd = priya.post(&format!("/goals/{goal}/plan/looked"), &[("words-0", "Up <b>"), ("kind-0", "time"), ("aim-0", "never")]).await;
    assert!(odd.text.contains(&escaped("Up <b>")) && odd.text.contains(&sentence(Language::English, "goal-looked-aim")));
    assert_eq!(kept(&running).await, before);
    assert!(priya.get("/goals/open").await.text.contains(&sentence(Language::English, "goals-nothing-today")), "today is written down");
}

/// G11: nobody, the therapist, the group, a partner; each only what is meant for them, and never the notes.
#[tokio::test(flavor = "multi_thread")]
async fn a_goal_is_seen_by_those_it_is_shown_to_and_by_nobody_else() {
    let running = start("goals-sharing").await;
    let group = running.group("Steady Ground").await;
    let (mut priya, mut theo, mut aisha) =
        (running.signed_in("Priya").await, running.signed_in("Theo").await, running.signed_in("Aisha").await);
    let (mut amara, mut marcus) = (running.signed_in("Dr. Amara").await, running.signed_in("Marcus").await);
    let goal = begun(&mut priya).await;
    let today = ground::when::date(running.house.clock.now(), "America/New_York");
    priya.post(&format!("/goals/{goal}/days"), &[("day", &today), ("value-3", "1"), ("note", "canary-daily")]).await;
    let (words, shared, of_group) = ("Lights out by 21:30", format!("/goals/shared/{goal}"), format!("/groups/{group}/goals"));

    assert!(!amara.get(&of_group).await.text.contains(words), "private until it is shown");
    for other in [&mut theo, &mut aisha, &mut amara] {
        assert_eq!(other.get(&shared).await.status, StatusCode::NOT_FOUND);
        assert_eq!(other.get(&format!("/goals/{goal}")).await.status, StatusCode::NOT_FOUND);
    }
    priya.post(&format!("/goals/{goal}/sharing"), &[("therapist", "on"), ("group", "")]).await;
    let seen = amara.get(&format!("{of_group}/{goal}")).await;
    assert!(seen.text.contains(words) && !seen.text.contains("canary-daily"), "the goal, and not the notes");
    assert_eq!(marcus.get(&of_group).await.status, StatusCode::NOT_FOUND);
    assert_eq!(theo.get(&shared).await.status, StatusCode::NOT_FOUND);

    priya.post(&format!("/goals/{goal}/sharing"), &[("group", &group.to_string())]).await;
    let seen = theo.get(&shared).await;
    assert!(seen.text.contains(words) && !seen.text.contains("canary-"), "neither notes nor why");
    assert!(theo.get("/goals/shared").await.text.contains(">Priya<"), "by her display name");
    assert_eq!(aisha.get(&shared).await.status, StatusCode::NOT_FOUND);
    let odd = theo.post(&format!("{shared}/cheers"), &[("phrase", "nonsense"), ("note", "Kept <it>")]).await;
    assert!(odd.status == StatusCode::UNPROCESSABLE_ENTITY && odd.text.contains(&escaped("Kept <it>")));
    for _ in 0..5 {
        theo.post(&format!("{shared}/cheers"), &[("phrase", "one-step"), ("note", "canary-cheer")]).await;
    }
    let enough = theo.post(&format!("{shared}/cheers"), &[("phrase", "proud")]).await;
    assert!(enough.text.contains(&sentence(Language::English, "cheer-enough")));
    let page = priya.get(&format!("/goals/{goal}")).await.text;
    assert_eq!(page.matches("canary-cheer").count(), 5);
    let cheer = page.split("/cheers/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    assert_eq!(theo.post(&format!("/goals/{goal}/cheers/{cheer}/removal"), &[]).await.status, StatusCode::NOT_FOUND);
    priya.post(&format!("/goals/{goal}/cheers/{cheer}/removal"), &[]).await;
    assert_eq!(priya.get(&format!("/goals/{goal}")).await.text.matches("canary-cheer").count(), 4);

    priya.post(&format!("/goals/{goal}/sharing"), &[("group", "")]).await;
    assert_eq!(theo.get(&shared).await.status, StatusCode::NOT_FOUND, "taken back at any time");
    for browser in [&mut theo, &mut aisha] {
        let other = browser.get("/goals").await.text;
        assert!(!other.contains("canary-") && !other.contains(words));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_says_yes_first_and_either_may_end_it() {
    let running = start("goals-partner").await;
    let group = running.group("Steady Ground").await;
    let (mut priya, mut theo) = (running.signed_in("Priya").await, running.signed_in("Theo").await);
    let (theo_id, aisha_id) = (running.person("Theo").await.id, running.person("Aisha").await.id);
    let goal = begun(&mut priya).await;
    let stranger = priya.post(&format!("/goals/{goal}/partner"), &[("partner", &format!("{group}/{aisha_id}"))]).await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND, "only somebody of the same group can be asked");
    for _ in 0..2 {
        priya.post(&format!("/goals/{goal}/partner"), &[("partner", &format!("{group}/{theo_id}"))]).await;
    }
    let asked = running.house.db.number("SELECT COUNT(*) AS n FROM goal_partner", []).await.unwrap();
    assert_eq!(asked, 1, "asked once");
    let page = theo.get("/goals").await.text;
    assert!(page.contains("Priya asks whether") && !page.contains("Lights out by"), "nothing of the goal before the answer");
    assert!(theo.get("/goals/open").await.text.contains(&sentence(Language::English, "partner-somebody-asks")));
    let id = page.split("/goals/partners/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(priya.post(&format!("/goals/partners/{id}"), &[("answer", "yes")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(theo.post(&format!("/goals/partners/{id}"), &[("answer", "yes")]).await.location, "/goals/shared");
    assert!(theo.get(&format!("/goals/shared/{goal}")).await.text.contains("Lights out by"));
    assert!(priya.get(&format!("/goals/{goal}")).await.text.contains("Theo is your partner."));
    let gone = "UPDATE membership SET left_at = 5 WHERE group_id = $1 AND person_id = $2";
    let tx = running.house.db.write().await.unwrap();
    tx.run(gone, values![group, theo_id]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    assert_eq!(theo.get(&format!("/goals/shared/{goal}")).await.status, StatusCode::NOT_FOUND, "who left the group sees no more");
    assert_eq!(priya.post(&format!("/goals/partners/{id}/ending"), &[]).await.location, "/goals");
    assert_eq!(theo.post(&format!("/goals/partners/{id}/ending"), &[]).await.status, StatusCode::NOT_FOUND, "ended once");
}

#[tokio::test(flavor = "multi_thread")]
async fn levels_are_agreed_and_rated_and_the_member_reads_words_only() {
    let running = start("goals-levels").await;
    let group = running.group("Steady Ground").await;
    let (mut priya, mut amara) = (running.signed_in("Priya").await, running.signed_in("Dr. Amara").await);
    let goal = begun(&mut priya).await;
    priya.post(&format!("/goals/{goal}/sharing"), &[("therapist", "on")]).await;
    let of = format!("/groups/{group}/goals/{goal}");
    let levels =
        [("level-1", "No night"), ("level-2", "One"), ("level-3", "Three"), ("level-4", "Four"), ("level-5", "Five"), ("weight", "2")];
    let before = kept(&running).await;
    assert_eq!(amara.post(&format!("{of}/rating"), &[("level", "1")]).await.status, StatusCode::NOT_FOUND, "nothing is agreed yet");
    let odd = amara.post(&format!("{of}/levels"), &with(&levels, "level-2", " ")).await;
    assert!(odd.status == StatusCode::UNPROCESSABLE_ENTITY && odd.text.contains("No night"));
    assert_eq!(kept(&running).await, before);
    assert_eq!(amara.post(&format!("{of}/levels"), &levels).await.location, of);
    amara.post(&format!("{of}/rating"), &[("level", "1")]).await;
    assert!(amara.get(&format!("/groups/{group}/goals")).await.text.contains("T 60"));
    let page = priya.get(&format!("/goals/{goal}")).await.text;
    assert!(page.contains("More than expected") && page.contains("Four") && !page.contains("T 60"));
    priya.post(&format!("/goals/{goal}/plan/why"), &[("why", "Another reason")]).await;
    assert!(priya.get(&format!("/goals/{goal}")).await.text.contains("More than expected"), "a change keeps what was agreed");
    priya.post(&format!("/goals/{goal}/milestones/0"), &[]).await;
    assert!(priya.get(&format!("/goals/{goal}")).await.text.contains("✓"));
    assert_eq!(priya.post(&format!("/goals/{goal}/milestones/9"), &[]).await.status, StatusCode::NOT_FOUND);
    priya.post(&format!("/goals/{goal}/state"), &[("state", "reached")]).await;
    assert!(priya.get("/goals").await.text.contains(&sentence(Language::English, "goal-state-reached")));
    priya.post(&format!("/goals/{goal}/state"), &[("state", "going")]).await;
    assert_eq!(state_of(&running, goal, "COALESCE(ended_at, 0)").await, 0);
}

/// At its minute, once, on its days, neutral; not once it was put down.
#[tokio::test(flavor = "multi_thread")]
async fn a_goal_reminds_at_its_minute_and_says_nothing_of_it() {
    let (running, clock) = start_with_clock("goals-remind").await;
    let mut priya = running.signed_in("Priya").await;
    let goal = begun(&mut priya).await;
    running.work().await;
    let sent = || running.outbox.posted().into_iter().filter(|one| one.letter.text.contains("that you wanted to do today")).count();
    let zone = jiff::tz::TimeZone::get("America/New_York").unwrap();
    // Up to a Wednesday, nine in the evening there.
    let now = clock.now().timestamp().to_zoned(zone);
    let wednesday = (1..8i64)
        .map(|ahead| now.checked_add(jiff::Span::new().days(ahead)).unwrap())
        .find(|day| day.weekday() == jiff::civil::Weekday::Wednesday);
    let at = wednesday.unwrap().with().hour(21).minute(0).second(0).subsec_nanosecond(0).build().unwrap();
    clock.advance(std::time::Duration::try_from(at.timestamp().duration_since(now.timestamp())).unwrap());
    for _ in 0..2 {
        reminders::plan(&running.house).await.unwrap();
        running.work().await;
    }
    assert_eq!(sent(), 1, "once, however often it is planned");
    let letter = running.outbox.posted().into_iter().find(|one| one.letter.text.contains("that you wanted to do today")).unwrap().letter;
    for word in ["bed", "21:30", "goal", "meditate", "Steady"] {
        assert!(!letter.text.contains(word) && !letter.subject.contains(word), "{word}");
    }
    clock.advance(std::time::Duration::from_secs(3 * 86_400));
    reminders::plan(&running.house).await.unwrap();
    running.work().await;
    assert_eq!(sent(), 1, "not on a Saturday");
    clock.advance(std::time::Duration::from_secs(2 * 86_400));
    reminders::plan(&running.house).await.unwrap();
    priya = running.signed_in("Priya").await;
    priya.post(&format!("/goals/{goal}/state"), &[("state", "put_down")]).await;
    running.work().await;
    assert_eq!(sent(), 1, "put down after it was planned: nothing goes");
    assert!(clock.now() > Moment(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_office_edits_the_questions_and_patterns_stay_private() {
    let running = start("goals-bank").await;
    let (mut carol, mut priya, mut theo) =
        (running.signed_in("Carol").await, running.signed_in("Priya").await, running.signed_in("Theo").await);
    assert_eq!(priya.get("/practice/questions").await.status, StatusCode::NOT_FOUND);
    let fields = [
        ("slug-0", "hopes"),
        ("en-0", "What do you wish for?"),
        ("es-0", "¿Qué deseas?"),
        ("slug-1", "dreams"),
        ("en-1", "Dreams"),
        ("es-1", "Sueños"),
        ("hidden-1", "on"),
        ("slug-2", ""),
        ("en-2", "Who stands by you?"),
        ("es-2", "¿Quién te apoya?"),
        ("slug-3", ""),
        ("en-3", ""),
        ("es-3", ""),
    ];
    let before = kept(&running).await;
    let odd = carol.post("/practice/questions", &with(&fields, "es-2", "")).await;
    assert!(odd.status == StatusCode::UNPROCESSABLE_ENTITY && odd.text.contains("Who stands by you?"));
    assert_eq!(kept(&running).await, before);
    assert_eq!(carol.post("/practice/questions", &fields).await.location, "/practice/questions");
    assert!(priya.get("/goals/workshop/hopes").await.text.contains("What do you wish for?"));
    assert_eq!(priya.get("/goals/workshop/dreams").await.status, StatusCode::NOT_FOUND, "hidden");
    assert!(carol.get("/practice/questions").await.text.contains("Who stands by you?"));

    assert!(priya.post("/goals/patterns", &[("text", " ")]).await.text.contains(&sentence(Language::English, "patterns-empty")));
    priya.post("/goals/patterns", &[("text", "canary-pattern at work, too")]).await;
    let page = priya.get("/goals/patterns").await.text;
    assert!(page.contains("canary-pattern") && !theo.get("/goals/patterns").await.text.contains("canary-pattern"));
    let id = page.split("/goals/patterns/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    assert_eq!(theo.post(&format!("/goals/patterns/{id}/removal"), &[]).await.status, StatusCode::NOT_FOUND);
    priya.post(&format!("/goals/patterns/{id}/removal"), &[]).await;
    assert!(!priya.get("/goals/patterns").await.text.contains("canary-pattern"));
}

/// Whatever is wrong in whichever part: a sentence, what was typed, and nothing changed.
#[tokio::test(flavor = "multi_thread")]
async fn every_part_of_a_plan_says_what_it_cannot_take() {
    let running = start("goals-odd").await;
    for (who, language) in [("Priya", Language::English), ("Lucía", Language::Spanish)] {
        let mut browser = running.signed_in(who).await;
        let goal = begun(&mut browser).await;
        let before = kept(&running).await;
        let long = "x".repeat(1_001);
        for (part, fields, key) in [
            ("words", vec![("words", "")], "check-no-words"),
            ("words", vec![("words", &long[..301])], "goal-too-long"),
            ("why", vec![("why", &*long)], "goal-too-long"),
            ("looked", vec![("words-0", "Kept <b>"), ("kind-0", "scale"), ("aim-0", "11")], "goal-looked-aim"),
            ("looked", vec![("words-0", "Kept <b>"), ("kind-0", "steps"), ("aim-0", "1")], "goal-looked-aim"),
            ("looked", vec![("words-0", ""), ("kind-0", "count"), ("aim-0", "3")], "goal-looked-nameless"),
            ("days", vec![("remind", "20:00")], "goal-days-none"),
            ("days", vec![("day-1", "on"), ("remind", "Kept <b>")], "goal-remind-unreadable"),
            ("days", vec![("day-1", "on"), ("remind", "03:00")], "goal-remind-quiet"),
            ("until", vec![("until", "2026-02-30")], "goal-until-unreadable"),
            ("until", vec![("until", "2001-01-01")], "check-day-past"),
            ("milestones", vec![("milestones", "Kept <b>\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12")], "goal-milestones-many"),
        ] {
            let page = browser.post(&format!("/goals/{goal}/plan/{part}"), &fields).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{who} {part} {key}");
            assert!(page.text.contains(&sentence(language, key)), "{who} {part} {key}");
            if fields.iter().any(|(_, typed)| typed.contains("Kept")) {
                assert!(page.text.contains(&escaped("Kept <b>")), "{part} {key} loses what was typed");
            }
        }
        for path in ["/goals/7/plan/words", &format!("/goals/{goal}/plan/everything")] {
            assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
            assert_eq!(browser.post(path, &[("words", "x")]).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert_eq!(browser.post(&format!("/goals/{goal}/state"), &[("state", "draft")]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(kept(&running).await, before, "{who}");
    }
}

/// Two tabs and a therapist at once: every change lands, none is overwritten.
#[tokio::test(flavor = "multi_thread")]
async fn changes_at_the_same_moment_all_land() {
    let running = start("goals-at-once").await;
    let group = running.group("Steady Ground").await;
    let (mut one, mut amara) = (running.signed_in("Priya").await, running.signed_in("Dr. Amara").await);
    let mut two = running.signed_in("Priya").await;
    let goal = begun(&mut one).await;
    one.post(&format!("/goals/{goal}/sharing"), &[("therapist", "on")]).await;
    let levels = [("level-1", "a"), ("level-2", "b"), ("level-3", "c"), ("level-4", "d"), ("level-5", "e"), ("weight", "1")];
    let (why, stones, of) =
        (format!("/goals/{goal}/plan/why"), format!("/goals/{goal}/plan/milestones"), format!("/groups/{group}/goals/{goal}/levels"));
    let (first, second, third) = tokio::join!(
        one.post(&why, &[("why", "From the first tab")]),
        two.post(&stones, &[("milestones", "From the second tab")]),
        amara.post(&of, &levels),
    );
    for page in [first, second, third] {
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    }
    let page = one.get(&format!("/goals/{goal}")).await.text;
    assert!(page.contains("From the first tab") && page.contains("From the second tab"));
    assert!(amara.get(&format!("/groups/{group}/goals/{goal}")).await.text.contains("value=\"e\""));
    for _ in 0..12 {
        one.post("/goals", &[("words", "One more of many")]).await;
    }
    let many = one.post("/goals", &[("words", "Kept <one>")]).await;
    assert_eq!(many.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(many.text.contains(&sentence(Language::English, "goal-too-many")) && many.text.contains(&escaped("Kept <one>")));
}

/// A thumb that taps twice, a telephone that sends again, two people who answer at once: one day, one partner, and no kind word too many.
#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_make_one_of_each() {
    let running = start("goals-many").await;
    let group = running.group("Steady Ground").await;
    let theo_id = running.person("Theo").await.id;
    let mut priya = running.signed_in("Priya").await;
    let goal = begun(&mut priya).await;
    priya.post(&format!("/goals/{goal}/sharing"), &[("group", &group.to_string())]).await;
    let today = ground::when::date(running.house.clock.now(), "America/New_York");
    let mut hands = Vec::new();
    for number in 0..12 {
        let mut browser = running.signed_in(if number % 3 == 2 { "Theo" } else { "Priya" }).await;
        let (today, partner) = (today.clone(), format!("{group}/{theo_id}"));
        hands.push(tokio::spawn(async move {
            match number % 3 {
                0 => browser.post(&format!("/goals/{goal}/days"), &[("day", &*today), ("value-3", "1")]).await,
                1 => browser.post(&format!("/goals/{goal}/partner"), &[("partner", &*partner)]).await,
                _ => browser.post(&format!("/goals/shared/{goal}/cheers"), &[("phrase", "with-you")]).await,
            }
        }));
    }
    for hand in hands {
        let page = hand.await.unwrap();
        assert!(page.status.as_u16() < 500, "{}", page.text);
    }
    for (table, wanted) in [("goal_day", 1), ("goal_partner", 1), ("goal_cheer", 4)] {
        let sql = format!("SELECT COUNT(*) AS n FROM {table} WHERE goal_id = $1");
        assert_eq!(running.house.db.number(&sql, values![goal]).await.unwrap(), wanted, "{table}");
    }
}

/// Two schedulers and a program that was away for three days: nobody is reminded twice, and not of what is over.
#[tokio::test(flavor = "multi_thread")]
async fn two_schedulers_remind_once_and_late_ones_are_dropped() {
    let (running, clock) = start_with_clock("goals-two-schedulers").await;
    let mut lucia = running.signed_in("Lucía").await;
    let goal = begun(&mut lucia).await;
    for day in 1..=7 {
        lucia.post(&format!("/goals/{goal}/plan/days"), &[(&*format!("day-{day}"), "on"), ("remind", "12:00")]).await;
    }
    let every = ["day-1", "day-2", "day-3", "day-4", "day-5", "day-6", "day-7"].map(|day| (day, "on"));
    let fields: Vec<(&str, &str)> = every.into_iter().chain([("remind", "12:00")]).collect();
    lucia.post(&format!("/goals/{goal}/plan/days"), &fields).await;
    let zone = jiff::tz::TimeZone::get("America/New_York").unwrap();
    let now = clock.now().timestamp().to_zoned(zone);
    let noon = now.tomorrow().unwrap().with().hour(12).minute(0).second(1).subsec_nanosecond(0).build().unwrap();
    clock.advance(std::time::Duration::try_from(noon.timestamp().duration_since(now.timestamp())).unwrap());
    let sent = || running.outbox.posted().into_iter().filter(|one| one.letter.text.contains("algo que querías hacer hoy")).count();
    let (first, second) = tokio::join!(reminders::plan(&running.house), reminders::plan(&running.house));
    first.unwrap();
    second.unwrap();
    running.work().await;
    assert_eq!(sent(), 1, "in her language, once");
    clock.advance(std::time::Duration::from_secs(3 * 86_400 + 3 * 3_600));
    reminders::plan(&running.house).await.unwrap();
    running.work().await;
    assert_eq!(sent(), 1, "three days and three hours later, today's minute has lost its sense");
}
