//! Every form, wrongly filled in: a clear sentence in the person's language, what was typed is still there, and nothing was changed.

use ground::{Ask, Language};
use hyper::StatusCode;
use testkit::Browser;

use crate::{
    harness::{DOOR, Running, start, with},
    state::{escaped, kept, sentence},
};

/// A form that would be taken, and what is wrong with it this time.
struct Form<'a> {
    path: String,
    good: &'a [(&'a str, &'a str)],
    /// Field, what is typed into it, and the key of what is said.
    wrong: &'a [(&'a str, &'a str, &'a str)],
    /// Fields whose text stands in the page again.
    shown: &'a [&'a str],
}

async fn choose(browser: &mut Browser, language: Language) {
    browser.post("/language", &[("language", language.code()), ("back", "/")]).await;
}

async fn is_refused_kindly(running: &Running, who: &str, form: &Form<'_>) {
    let mut browser = running.signed_in(who).await;
    for language in Language::ALL {
        choose(&mut browser, language).await;
        let before = kept(running).await;
        for (field, typed, key) in form.wrong {
            let what = format!("{} with {field} = {:?} in {}", form.path, typed.chars().take(20).collect::<String>(), language.code());
            let fields = with(form.good, field, typed);
            let page = browser.post(&form.path, &fields).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}");
            assert!(page.text.contains(&sentence(language, key)), "{what}: no sentence {key}");
            assert!(page.text.contains("role=\"alert\"") && page.text.contains("tel:988"), "{what}");
            for (name, value) in fields.iter().filter(|(name, _)| form.shown.contains(name)) {
                assert!(page.text.contains(&escaped(value)), "{what}: {name} is not kept");
            }
            assert_eq!(kept(running).await, before, "{what} changed something");
        }
    }
    choose(&mut browser, Language::English).await;
    let page = browser.post(&form.path, form.good).await;
    assert!(page.status.is_redirection() || page.status.is_success(), "{} is good when nothing is wrong: {}", form.path, page.status);
}

fn long(letters: usize) -> String {
    "x".repeat(letters)
}

#[tokio::test(flavor = "multi_thread")]
async fn inviting_somebody() {
    let running = start("form-people").await;
    let form = Form {
        path: "/people".into(),
        good: &[("name", "Ida <Brandt>"), ("email", "ida@example.org"), ("role", "member")],
        wrong: &[
            ("email", "ida", "people-email-unreadable"),
            ("email", "", "people-email-unreadable"),
            ("email", "ida@", "people-email-unreadable"),
            ("email", "@example.org", "people-email-unreadable"),
            ("email", "ida@example", "people-email-unreadable"),
            ("email", "i da@example.org", "people-email-unreadable"),
            ("email", "ida@example.org\r\nBcc: evil@example.org", "people-email-unreadable"),
            ("email", &format!("{}@example.org", long(250)), "people-email-unreadable"),
            ("email", "MAYA.Lindqvist@example.org", "people-email-taken"),
            ("name", "", "people-name-unfit"),
            ("name", " \u{a0} ", "people-name-unfit"),
            ("name", &long(101), "people-name-unfit"),
            ("name", "Ida\u{0}", "people-name-unfit"),
            ("name", "Ida\nBrandt", "people-name-unfit"),
            ("role", "", "people-role-missing"),
            ("role", "king", "people-role-missing"),
            ("role", "administrator", "people-role-not-yours"),
        ],
        shown: &["name"],
    };
    is_refused_kindly(&running, "Carol", &form).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn making_a_group() {
    let running = start("form-group").await;
    let form = Form {
        path: "/groups".into(),
        good: &[
            ("name", "Lanterns & <Lights>"),
            ("topic", "grief"),
            ("kind", "process"),
            ("weekday", "3"),
            ("time", "18:30"),
            ("minutes", "90"),
            ("capacity", "8"),
            ("programme", "steady-weeks"),
        ],
        wrong: &[
            ("name", "", "forming-name"),
            ("name", &long(61), "forming-name"),
            ("name", "a\u{0}", "forming-name"),
            ("topic", "", "forming-topic"),
            ("topic", "Grief", "forming-topic"),
            ("kind", "party", "forming-topic"),
            ("weekday", "0", "forming-time"),
            ("weekday", "8", "forming-time"),
            ("weekday", "Tuesday", "forming-time"),
            ("time", "24:00", "forming-time"),
            ("time", "18:60", "forming-time"),
            ("time", "-1:30", "forming-time"),
            ("time", "18.30", "forming-time"),
            ("time", "", "forming-time"),
            ("minutes", "59", "forming-minutes"),
            ("minutes", "121", "forming-minutes"),
            ("minutes", "9e1", "forming-minutes"),
            ("capacity", "1", "forming-capacity"),
            ("capacity", "13", "forming-capacity"),
            ("capacity", "99999999999999999999", "forming-capacity"),
            ("programme", "", "forming-programme-missing"),
            ("programme", "no-such-weeks", "forming-programme-missing"),
        ],
        shown: &["name", "time"],
    };
    is_refused_kindly(&running, "Carol", &form).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn entering_a_licence() {
    let running = start("form-licence").await;
    let amara = running.person("Dr. Amara").await.id.to_string();
    let somebody = running.person("Maya").await.id.to_string();
    let form = Form {
        path: "/licences".into(),
        good: &[
            ("person", &amara),
            ("profession", "psychologist <x>"),
            ("jurisdiction", "IL"),
            ("kind", "licence"),
            ("number", "77-A"),
            ("valid_from", "2026-01-01"),
            ("valid_to", "2028-01-01"),
            ("verified_on", "2026-11-01"),
            ("source", "the register"),
        ],
        wrong: &[
            ("person", "", "licence-person"),
            ("person", "0", "licence-person"),
            ("person", &somebody, "licence-person"),
            ("profession", " ", "licence-incomplete"),
            ("source", "", "licence-incomplete"),
            ("number", &long(201), "licence-too-long"),
            ("number", "7\u{0}", "licence-too-long"),
            ("kind", "", "licence-incomplete"),
            ("kind", "compact_privilege", "licence-place"),
            ("jurisdiction", "Atlantis", "licence-place"),
            ("jurisdiction", "PSYPACT", "licence-place"),
            ("valid_to", "2025-12-31", "licence-days"),
            ("valid_to", "2028-02-30", "licence-days"),
            ("valid_from", "yesterday", "licence-days"),
            ("verified_on", "", "licence-days"),
        ],
        shown: &["profession", "number"],
    };
    is_refused_kindly(&running, "Carol", &form).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_practice_says_of_itself() {
    let running = start("form-practice").await;
    let form = Form {
        path: "/practice".into(),
        good: &[("name", "Lantern & House"), ("phone", "+1 555 010 0142"), ("zone", "America/Chicago")],
        wrong: &[
            ("name", "", "practice-unfit"),
            ("name", &long(81), "practice-unfit"),
            ("name", "Lantern\nBcc: evil@example.org", "practice-unfit"),
            ("phone", "", "practice-unfit"),
            ("phone", "call us", "practice-unfit"),
            ("phone", "123456", "practice-unfit"),
            ("phone", "1234567890123456", "practice-unfit"),
            ("zone", "", "practice-zone-unknown"),
            ("zone", "Moon/Base", "practice-zone-unknown"),
            ("zone", "../../etc/passwd", "practice-zone-unknown"),
        ],
        shown: &["name"],
    };
    is_refused_kindly(&running, "Anders", &form).await;
    assert!(running.visitor().get("/sign-in").await.text.contains("Lantern &#38; House"), "from now on every page says so");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_door() {
    let running = start("form-door").await;
    let form = Form {
        path: format!("/sessions/{}/door", running.tonight().await),
        good: DOOR,
        wrong: &[
            ("jurisdiction", "", "door-missing-place"),
            ("location", "  ", "door-missing-location"),
            ("callback", "", "door-missing-callback"),
            ("callback", "12345", "door-phone-unreadable"),
            ("callback", "1234567890123456", "door-phone-unreadable"),
            ("contact_name", "", "door-missing-contact"),
            ("contact_phone", "none", "door-phone-unreadable"),
            ("signed_name", "", "door-missing-rules"),
            ("location", &long(201), "door-too-long"),
            ("contact_name", "Sam\u{0}", "door-too-long"),
        ],
        shown: &["location", "contact_name"],
    };
    is_refused_kindly(&running, "Maya", &form).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_display_name() {
    let running = start("form-name").await;
    let form = Form {
        path: format!("/groups/{}/display-name", running.group("Steady Ground").await),
        good: &[("name", "Río & Mar")],
        wrong: &[
            ("name", "", "group-name-unfit"),
            ("name", " \u{2003} ", "group-name-unfit"),
            ("name", &long(41), "group-name-unfit"),
            ("name", "Ri\u{7}o", "group-name-unfit"),
            ("name", "The\u{200b}o", "group-name-unfit"),
            ("name", "\u{202e}oehT", "group-name-unfit"),
            ("name", "THEO", "group-name-taken"),
            ("name", " theo ", "group-name-taken"),
            ("name", "LUCÍA", "group-name-taken"),
        ],
        shown: &[],
    };
    is_refused_kindly(&running, "Maya", &form).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_for_help_and_voicing_a_concern() {
    let running = start("form-help").await;
    let form = Form {
        path: "/help".into(),
        good: &[("kind", "concern"), ("text", "Somebody was <unkind>.")],
        wrong: &[("text", "", "help-say-what"), ("text", " \n ", "help-say-what"), ("text", &long(2_001), "help-too-long")],
        shown: &["text"],
    };
    is_refused_kindly(&running, "Maya", &form).await;
    let page = running.signed_in("Maya").await.post("/help", &[("kind", "help"), ("text", "")]).await;
    assert_eq!(page.status, StatusCode::OK, "who asks for help need not find words");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_and_what_is_added_to_it() {
    let running = start("form-note").await;
    let (session, maya) = (running.last_week().await, running.person("Maya").await.id);
    let note = format!("/sessions/{session}/notes/{maya}");
    let limit = long(20_001);
    let form = Form {
        path: note.clone(),
        good: &[("text", "Calm & <present>."), ("sign", "yes")],
        wrong: &[("text", "", "note-empty"), ("text", " \n\t ", "note-empty"), ("text", &limit, "note-too-long")],
        shown: &["text"],
    };
    is_refused_kindly(&running, "Dr. Amara", &form).await;
    let form = Form {
        path: format!("{note}/addenda"),
        good: &[("text", "She called back.")],
        wrong: &[("text", "", "note-empty"), ("text", &limit, "note-too-long")],
        shown: &["text"],
    };
    is_refused_kindly(&running, "Dr. Amara", &form).await;
    let form = Form {
        path: format!("/sessions/{session}/process-note"),
        good: &[("text", "Mine <alone>.")],
        wrong: &[("text", "", "note-empty"), ("text", &limit, "note-too-long")],
        shown: &["text"],
    };
    is_refused_kindly(&running, "Dr. Amara", &form).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn correcting_attendance() {
    let running = start("form-minutes").await;
    let (session, maya) = (running.last_week().await, running.person("Maya").await.id);
    let form = Form {
        path: format!("/sessions/{session}/attendance/{maya}"),
        good: &[("minutes", " 240 ")],
        wrong: &[
            ("minutes", "", "record-minutes-unreadable"),
            ("minutes", "-1", "record-minutes-unreadable"),
            ("minutes", "241", "record-minutes-unreadable"),
            ("minutes", "1.5", "record-minutes-unreadable"),
            ("minutes", "99999999999999999999", "record-minutes-unreadable"),
            ("minutes", "many", "record-minutes-unreadable"),
        ],
        shown: &["minutes"],
    };
    is_refused_kindly(&running, "Dr. Amara", &form).await;
    let absent = running.person("Felix").await.id;
    let page = running.signed_in("Dr. Amara").await.post(&format!("/sessions/{session}/attendance/{absent}"), &[("minutes", "5")]).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND, "nobody of another group is made present");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_agenda_of_a_session() {
    let running = start("form-agenda").await;
    let too_long = long(301);
    let form = Form {
        path: format!("/sessions/{}/agenda", running.tonight().await),
        good: &[("kind", "discuss"), ("minutes", "30"), ("prompt", "What <helped>?"), ("theme", "Urges"), ("homework", "One\nTwo")],
        wrong: &[
            ("minutes", "121", "agenda-minutes"),
            ("minutes", "soon", "agenda-minutes"),
            ("minutes", "-5", "agenda-minutes"),
            ("minutes", "70000", "agenda-minutes"),
            ("prompt", &too_long, "agenda-too-long"),
            ("theme", &too_long, "agenda-too-long"),
            ("homework", &too_long, "agenda-too-long"),
        ],
        shown: &["prompt", "theme", "homework"],
    };
    is_refused_kindly(&running, "Dr. Amara", &form).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn choosing_reminders() {
    let running = start("form-reminders").await;
    let form = Form {
        path: "/account/reminders".into(),
        good: &[
            ("email", "on"),
            ("texts", "on"),
            ("phone", "(555) 010-0142"),
            ("consent", "on"),
            ("quiet_from", "21:30"),
            ("quiet_to", "06:15"),
        ],
        wrong: &[
            ("phone", "", "reminders-phone-unreadable"),
            ("phone", "call <me>", "reminders-phone-unreadable"),
            ("phone", "911", "reminders-phone-unreadable"),
            ("phone", &long(5_000), "reminders-phone-unreadable"),
            ("phone", "555 010 0142\u{0}", "reminders-phone-unreadable"),
            ("consent", "", "reminders-consent-missing"),
            ("quiet_from", "", "reminders-quiet-unreadable"),
            ("quiet_from", "24:00", "reminders-quiet-unreadable"),
            ("quiet_to", "late", "reminders-quiet-unreadable"),
        ],
        shown: &["phone", "quiet_from", "quiet_to"],
    };
    is_refused_kindly(&running, "Maya", &form).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_for_a_digest() {
    let running = start("form-digest").await;
    let form = Form {
        path: "/digest".into(),
        good: &[
            ("email", "ida@example.org"),
            ("language", "es"),
            ("topic", "grief"),
            ("place", "NY"),
            ("part", "evening"),
            ("zone", "America/Denver"),
        ],
        wrong: &[
            ("email", "", "digest-email-unreadable"),
            ("email", "ida<b>", "digest-email-unreadable"),
            ("email", "ida@example", "digest-email-unreadable"),
            ("email", "ida@example.org\r\nBcc: evil@example.org", "digest-email-unreadable"),
            ("email", "ida@example.org\u{0}", "digest-email-unreadable"),
            ("email", &format!("{}@example.org", long(250)), "digest-email-unreadable"),
            ("language", "", "digest-choice-unreadable"),
            ("topic", "nothing", "digest-choice-unreadable"),
            ("place", "Atlantis", "digest-choice-unreadable"),
            ("part", "night", "digest-choice-unreadable"),
            ("zone", "../../etc/passwd", "digest-choice-unreadable"),
        ],
        shown: &["email"],
    };
    is_refused_kindly(&running, "Maya", &form).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_a_risk_task() {
    let running = start("form-risk").await;
    running.signed_in("Maya").await.post("/help", &[("kind", "help"), ("text", "please")]).await;
    running.work().await;
    let task = running.house.db.number("SELECT id AS n FROM risk_task", []).await.unwrap();
    let form = Form {
        path: format!("/risk-tasks/{task}/closure"),
        good: &[("note", "Called <back>.")],
        wrong: &[("note", "", "risk-note-empty"), ("note", " \n ", "risk-note-empty"), ("note", &long(4_001), "risk-note-long")],
        shown: &["note"],
    };
    is_refused_kindly(&running, "Dr. Amara", &form).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn giving_homework_and_writing_back() {
    let running = start("form-homework").await;
    let (group, theo) = (running.group("Steady Ground").await, running.person("Theo").await.id.to_string());
    let (path, limit, line) = (format!("/groups/{group}/homework"), long(2_001), long(201));
    let form = Form {
        path: path.clone(),
        good: &[
            ("kind", "reading"),
            ("text", "Read <this>"),
            ("link", "https://example.org/a?b=c&d=e"),
            ("reading", ""),
            ("due", &running.house.clock.now().in_zone("America/New_York").date().to_string()),
            ("remind", "19:30"),
            ("who", &theo),
        ],
        wrong: &[
            ("text", "", "homework-give-instructions"),
            ("text", &limit, "homework-too-long"),
            ("link", "", "homework-give-reading"),
            ("link", "javascript:alert(1)", "homework-give-link"),
            ("link", "http://example.org", "homework-give-link"),
            ("link", &format!("https://example.org/{}", long(500)), "homework-give-link"),
            ("reading", &long(20_001), "homework-too-long"),
            ("due", "", "homework-give-due"),
            ("due", "1999-12-31", "homework-give-due"),
            ("due", "2026-02-30", "homework-give-due"),
            ("remind", "9", "homework-time"),
            ("who", "", "homework-give-who"),
            ("who", "0 OR 1=1", "homework-give-who"),
        ],
        shown: &["text", "link", "reading"],
    };
    is_refused_kindly(&running, "Dr. Amara", &form).await;
    let given = running.house.db.number("SELECT id AS n FROM homework WHERE kind = 'reading'", []).await.unwrap();
    let form = Form {
        path: format!("{path}/{given}/replies"),
        good: &[("text", "Well <done>")],
        wrong: &[
            ("text", "", "homework-reply-empty"),
            ("text", " \n\t", "homework-reply-empty"),
            ("text", &line.repeat(3), "homework-too-long"),
        ],
        shown: &["text"],
    };
    is_refused_kindly(&running, "Dr. Amara", &form).await;
    let form = Form {
        path: format!("/homework/{given}/entries"),
        good: &[("far", "half"), ("stayed", "One <line>")],
        wrong: &[("far", "nowhere", "homework-choose"), ("stayed", &limit, "homework-too-long"), ("stayed", &limit, "homework-unreadable")],
        shown: &["stayed"],
    };
    is_refused_kindly(&running, "Theo", &form).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_diary_card_and_a_log_and_a_ladder() {
    let running = start("form-sheets").await;
    let (group, theo) = (running.group("Steady Ground").await, running.person("Theo").await.id.to_string());
    let today = running.house.clock.now().in_zone("America/New_York").date().to_string();
    let mut amara = running.signed_in("Dr. Amara").await;
    for kind in ["diary-card", "practice-log", "ladder"] {
        let fields = [("kind", kind), ("text", "Try it"), ("due", &*today), ("who", &*theo), ("own", "Checking"), ("steps", "One\nTwo")];
        amara.post(&format!("/groups/{group}/homework"), &fields).await;
    }
    let of = async |kind: &str| {
        let sql = "SELECT id AS n FROM homework WHERE kind = $1 AND once IS NOT NULL";
        running.house.db.number(sql, ground::values![kind]).await.unwrap()
    };
    let form = Form {
        path: format!("/homework/{}/entries", of("diary-card").await),
        good: &[
            ("day", &today),
            ("feeling-anger", "1"),
            ("urge-quit", "2"),
            ("acted-quit", "no"),
            ("urge-own-0", "3"),
            ("skill-rating", "7"),
            ("medication", "yes"),
            ("distress", "10"),
            ("note", "Kept <note>"),
        ],
        wrong: &[
            ("feeling-anger", "6", "homework-number"),
            ("feeling-anger", "one", "homework-number"),
            ("urge-quit", "-1", "homework-number"),
            ("acted-quit", "1", "homework-choose"),
            ("urge-own-0", "5.5", "homework-number"),
            ("skill-rating", "8", "homework-number"),
            ("medication", "yes please", "homework-choose"),
            ("distress", "11", "homework-number"),
            ("note", &long(2_001), "homework-too-long"),
            ("day", "", "goal-day-cannot"),
            ("day", "2999-01-01", "goal-day-cannot"),
        ],
        shown: &["note"],
    };
    is_refused_kindly(&running, "Theo", &form).await;
    let form = Form {
        path: format!("/homework/{}/entries", of("practice-log").await),
        good: &[("day", &today), ("what", "A <walk>"), ("time", "9:30 pm"), ("minutes", "600"), ("helped", "0"), ("note", "")],
        wrong: &[
            ("what", &long(201), "homework-too-long"),
            ("time", "24:00", "homework-time"),
            ("time", "later", "homework-time"),
            ("minutes", "601", "homework-number"),
            ("minutes", "1e2", "homework-number"),
            ("helped", "11", "homework-number"),
            ("day", "2020-02-02", "goal-day-cannot"),
        ],
        shown: &["what"],
    };
    is_refused_kindly(&running, "Theo", &form).await;
    let form = Form {
        path: format!("/homework/{}/entries", of("ladder").await),
        good: &[("step-0-before", "100"), ("step-0-after", "0"), ("step-1-note", "Not <yet>")],
        wrong: &[
            ("step-0-before", "101", "homework-number"),
            ("step-0-after", "-1", "homework-number"),
            ("step-0-after", "a lot", "homework-number"),
            ("step-1-note", &long(201), "homework-too-long"),
        ],
        shown: &["step-1-note"],
    };
    is_refused_kindly(&running, "Theo", &form).await;
}
