//! The practice's homework shelf: what ships and what is kept, how it is taken from there, and that nothing of a member lies on it.

use ground::{Ask, Language, values};
use hyper::StatusCode;
use serde_json::json;

use crate::{
    harness::{Running, start, with},
    homework::{count, day, given, hidden, sent},
    sockets::gathered,
    state::{escaped, kept, sentence},
};

const ONCE: &str = "form-0000-0000-0001";
const SHELF: &str = "/homework-shelf";
const NEW: &[(&str, &str)] = &[
    ("kind", "worksheet"),
    ("title", "Three <good> things"),
    ("text", "canary-kept: write in the evening"),
    ("prompts", "What was <good>?\nWho was there?"),
    ("days", "5"),
    ("language", "en"),
    ("topic", "grief"),
    ("topic", "depression"),
    ("once", ONCE),
];

fn en(key: &str) -> String {
    sentence(Language::English, key)
}

/// How a page marks what ships.
fn ships() -> String {
    format!("{}</span>", en("homework-shelf-ships"))
}

async fn own(running: &Running) -> i64 {
    count(running, "SELECT id AS n FROM homework_template ORDER BY changed_at DESC, id LIMIT 1").await
}

async fn of(running: &Running, person: i64, what: &str) -> i64 {
    running.house.db.number(&format!("SELECT COUNT(*) AS n FROM homework WHERE person_id = $1 AND {what}"), values![person]).await.unwrap()
}

/// Starters, worksheets of the library and its articles, each once in a language.
const SHIPS: usize = 12 + 12 + 25;

#[tokio::test(flavor = "multi_thread")]
async fn a_practice_keeps_its_own_once_and_finds_it() {
    let running = start("shelf").await;
    let mut amara = running.signed_in("Dr. Amara").await;
    let page = amara.get(SHELF).await.text;
    assert_eq!(page.matches(&ships()).count(), SHIPS, "what ships lies there on the first day, in one's own language");
    assert_eq!(amara.get(&format!("{SHELF}?language=all")).await.text.matches(&ships()).count(), SHIPS * 2);
    assert_eq!(amara.get(&format!("{SHELF}/new")).await.text.matches("?kind=").count(), 8);
    let before = kept(&running).await;
    for (field, typed, key) in [
        ("kind", "nonsense", "homework-give-kind"),
        ("title", " ", "homework-shelf-title-wrong"),
        ("title", &*"x".repeat(81), "homework-shelf-title-wrong"),
        ("text", "", "homework-give-instructions"),
        ("prompts", " \n", "homework-give-prompts"),
        ("days", "0", "homework-shelf-days-wrong"),
        ("days", "soon", "homework-shelf-days-wrong"),
        ("days", "181", "homework-shelf-days-wrong"),
    ] {
        let page = amara.post(SHELF, &with(NEW, field, typed)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {typed}");
        assert!(page.text.contains(&en(key)), "{key}");
        assert!(
            field == "kind" || field == "text" || page.text.contains("canary-kept: write in the evening</textarea>"),
            "{field}: typed is kept"
        );
    }
    assert_eq!(kept(&running).await, before);
    for _ in 0..3 {
        assert_eq!(amara.post(SHELF, NEW).await.location, "/homework-shelf?done=kept", "the same form again is no trouble");
    }
    let page = amara.get("/homework-shelf?done=kept").await.text;
    assert_eq!(page.matches(&escaped("Three <good> things</a>").replace("&#60;/a&#62;", "</a>")).count(), 1, "and lies there once");
    assert!(page.contains(&en("homework-shelf-done-kept")));
    let taken = amara.post(SHELF, &with(&with(NEW, "once", "form-0000-0000-0002"), "title", "three  <GOOD> things")).await;
    assert!(taken.text.contains(&en("homework-shelf-taken")), "one name means one thing");

    let finds =
        async |query: &str| running.signed_in("Rui").await.get(&format!("{SHELF}?{query}")).await.text.contains("Three &#60;good&#62;");
    for query in ["", "q=GOOD+who", "topic=grief", "kind=worksheet", "topic=depression&kind=worksheet&language=en&q=evening"] {
        assert!(finds(query).await, "{query}");
    }
    for query in ["q=nowhere", "topic=ocd", "kind=ladder", "language=es"] {
        assert!(!finds(query).await, "{query}");
    }
    let nothing = amara.get(&format!("{SHELF}?q=%3Cnowhere%3E&topic=ocd")).await.text;
    assert!(nothing.contains(&en("homework-shelf-nothing-fits")) && nothing.contains("value=\"&#60;nowhere&#62;\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_overwrite_nothing_and_what_is_put_away_comes_back() {
    let running = start("shelf-tabs").await;
    let offered = format!("/sessions/{}/homework-shelf", running.tonight().await);
    let mut amara = running.signed_in("Dr. Amara").await;
    amara.post(SHELF, NEW).await;
    let path = format!("{SHELF}/{}", own(&running).await);
    let page = amara.get(&path).await.text;
    assert!(page.contains("What was &#60;good&#62;?") && page.matches(" checked").count() == 2);
    let seen = hidden(&page, "seen");
    let change = [with(NEW, "title", "Four things"), vec![("seen", &*seen)]].concat();
    let mut marcus = running.signed_in("Marcus").await;
    assert_eq!(marcus.post(&path, &change).await.location, "/homework-shelf?done=kept", "it is the practice's, not one person's");
    let late = amara.post(&path, &with(&change, "title", "Five <things>")).await;
    assert!(late.status == StatusCode::UNPROCESSABLE_ENTITY && late.text.contains(&en("homework-shelf-elsewhere")));
    assert!(late.text.contains("value=\"Five &#60;things&#62;\""), "what was typed in the other tab is still there");
    assert!(amara.get(SHELF).await.text.contains("Four things"), "and nothing was overwritten");
    let again = hidden(&late.text, "seen");
    amara.post(&path, &with(&with(&change, "seen", &again), "title", "Five <things>")).await;
    assert!(amara.get(SHELF).await.text.contains("Five &#60;things&#62;"), "kept again it counts");
    let before = kept(&running).await;
    assert!(amara.post(&path, &with(NEW, "days", "0")).await.text.contains(&en("homework-shelf-days-wrong")));
    assert_eq!(kept(&running).await, before);

    for _ in 0..2 {
        assert_eq!(amara.post(&format!("{path}/place"), &[("away", "yes")]).await.location, "/homework-shelf?done=away");
    }
    let page = amara.get(SHELF).await.text;
    assert!(page.split("<details").nth(1).is_some_and(|away| away.contains("Five &#60;things&#62;")), "it is found at the end");
    assert!(!amara.get(&offered).await.text.contains("Five"), "and offered nowhere");
    amara.post(&format!("{path}/place"), &[("away", "")]).await;
    assert!(amara.get(&offered).await.text.contains("Five"));
    assert_eq!(
        count(&running, "SELECT COUNT(*) AS n FROM audit WHERE action LIKE 'homework.template.%'").await,
        5,
        "each change has one line"
    );
    let plain = "SELECT COUNT(*) AS n FROM audit WHERE object LIKE '%Five%' OR action LIKE '%Five%'";
    assert_eq!(count(&running, plain).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ships_is_never_changed_in_place() {
    let running = start("shelf-ships").await;
    let mut amara = running.signed_in("Dr. Amara").await;
    let page = amara.get("/homework-shelf/en.small-steps").await.text;
    assert!(page.contains(&en("homework-shelf-copy-note")) && page.contains("action=\"/homework-shelf\""));
    let copy: Vec<(&str, &str)> = vec![
        ("kind", "ladder"),
        ("title", "Small steps towards one thing"),
        ("text", "In our own words"),
        ("days", "10"),
        ("language", "en"),
        ("from", "en.small-steps"),
        ("away", "yes"),
        ("once", ONCE),
    ];
    let before = kept(&running).await;
    assert_eq!(amara.post("/homework-shelf/en.small-steps", &copy).await.status, StatusCode::NOT_FOUND);
    for nothing in ["/homework-shelf/en.no-such", "/homework-shelf/4711", "/homework-shelf/nonsense", "/homework-shelf/fr.small-steps"] {
        assert_eq!(amara.get(nothing).await.status, StatusCode::NOT_FOUND, "{nothing}");
        assert_eq!(amara.post(&format!("{nothing}/place"), &[("away", "yes")]).await.status, StatusCode::NOT_FOUND, "{nothing}");
    }
    let wrong = amara.post(SHELF, &with(&copy, "days", "")).await.text;
    assert!(wrong.contains("name=\"from\" value=\"en.small-steps\"") && wrong.contains("name=\"away\" value=\"yes\" checked"), "{wrong}");
    assert_eq!(kept(&running).await, before);
    amara.post(SHELF, &copy).await;
    let page = amara.get(SHELF).await.text;
    assert!(page.contains("In our own words"));
    assert_eq!(page.matches(&ships()).count(), SHIPS - 1, "the original is put away in this language");
    assert_eq!(amara.get(&format!("{SHELF}?language=es")).await.text.matches(&ships()).count(), SHIPS, "and stays in the other");
    let original = amara.get("/homework-shelf/en.small-steps").await.text;
    assert!(original.contains("keep away from"), "its words are as they were");
    amara.post("/homework-shelf/en.small-steps/place", &[("away", "")]).await;
    assert_eq!(amara.get(SHELF).await.text.matches(&ships()).count(), SHIPS);
    amara.post(SHELF, &with(&with(&with(&copy, "once", "form-0000-0000-0003"), "title", "Ours"), "away", "")).await;
    assert_eq!(amara.get(SHELF).await.text.matches(&ships()).count(), SHIPS, "only where somebody ticked it");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_given_from_the_shelf_and_kept_along_with_giving() {
    let running = start("shelf-give").await;
    let (group, theo) = (running.group("Steady Ground").await, running.person("Theo").await.id);
    let (path, mut amara) = (format!("/groups/{group}/homework"), running.signed_in("Dr. Amara").await);
    amara.post(SHELF, NEW).await;
    let own = own(&running).await;
    assert!(
        amara.get(&format!("{path}/new?person={theo}")).await.text.contains(&format!("/homework-shelf?group={group}&#38;person={theo}"))
    );
    let look = amara.get(&format!("{SHELF}?group={group}&person={theo}")).await.text;
    assert!(look.contains(&format!("{path}/new?template={own}&#38;person={theo}")) && look.contains("Steady Ground"));
    let lanterns = running.group("After Loss").await;
    let other = amara.get(&format!("{SHELF}?group={lanterns}")).await.text;
    assert!(!other.contains("After Loss") && !other.contains("/homework/new"), "a group that one does not lead is not named");

    let one = amara.get(&format!("{path}/new?template={own}&person={theo}")).await.text;
    assert!(
        one.contains("canary-kept: write in the evening</textarea>") && one.contains("What was &#60;good&#62;?\nWho was there?</textarea>")
    );
    assert_eq!(hidden(&one, "due"), day(&running.house.clock, 5), "as many days as the template leaves");
    assert_eq!(one.matches(" checked").count(), 1);
    let all = amara.get(&format!("{path}/new?template=es.longer-breath")).await.text;
    assert!(all.matches(" checked").count() > 3 && all.contains("name=\"kind\" value=\"practice-log\"") && all.contains("Soltar el aire"));
    assert!(
        !amara.get(&format!("{path}/new?template=nonsense")).await.text.contains("role=\"alert\""),
        "what is gone leaves the choice of kinds"
    );

    let (due, theo_field) = (day(&running.house.clock, 9), theo.to_string());
    let give = [
        ("kind", "worksheet"),
        ("text", "Changed <for> him"),
        ("prompts", "Only one?"),
        ("due", &*due),
        ("who", &*theo_field),
        ("template", &*own.to_string()),
        ("shelf", "Kept <along>"),
        ("once", "form-0000-0000-0009"),
    ];
    let before = kept(&running).await;
    for (field, typed, key) in [
        ("shelf", "three <good> things", "homework-shelf-taken"),
        ("shelf", &*"x".repeat(81), "homework-shelf-title-wrong"),
        ("due", "never", "homework-give-due"),
    ] {
        let page = amara.post(&path, &with(&give, field, typed)).await;
        assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.text.contains(&en(key)), "{key}");
        assert!(page.text.contains("Changed &#60;for&#62; him</textarea>") && page.text.contains("Three &#60;good&#62; things"), "{key}");
        let title = escaped(if field == "shelf" { typed } else { "Kept <along>" });
        assert!(page.text.contains(&format!("name=\"shelf\" maxlength=\"80\" value=\"{title}\"")), "{field}");
    }
    assert_eq!(kept(&running).await, before, "neither given nor kept");
    for _ in 0..2 {
        assert_eq!(amara.post(&path, &give).await.location, path);
    }
    assert_eq!(of(&running, theo, "kind = 'worksheet' AND once = 'form-0000-0000-0009'").await, 1);
    assert!(running.signed_in("Theo").await.get("/homework").await.text.contains("Changed &#60;for&#62; him"));
    let page = amara.get(SHELF).await.text;
    assert!(page.contains("Kept &#60;along&#62;") && page.contains("Three &#60;good&#62; things") && page.contains("canary-kept"));
    let template = amara.get(&format!("{SHELF}/{}", self::own(&running).await)).await.text;
    assert!(template.contains("Only one?") && template.contains("value=\"9\""), "the form and its days, without a person");
    assert!(!template.contains("Theo"));
    assert_eq!(count(&running, "SELECT COUNT(*) AS n FROM homework_template").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_given_is_kept_without_a_word_of_its_member() {
    let running = start("shelf-given").await;
    let group = running.group("Steady Ground").await;
    let sheet = given(&running, "Priya", "worksheet", &[("prompts", "What <helped>?")]).await;
    sent(&mut running.signed_in("Priya").await, sheet, "", &[("answer-0", "canary-written")]).await;
    let path = format!("/groups/{group}/homework/{sheet}");
    let mut amara = running.signed_in("Dr. Amara").await;
    let read = amara.get(&path).await.text;
    assert!(read.contains("canary-written") && read.contains(&format!("{path}/shelf")));
    let form = amara.get(&format!("{path}/shelf")).await.text;
    assert!(form.contains("canary-asked: try this</textarea>") && form.contains("What &#60;helped&#62;?</textarea>"));
    assert!(!form.contains("canary-written") && form.contains(&en("homework-shelf-given-note")));
    let once = hidden(&form, "once");
    let fields = [
        ("kind", "worksheet"),
        ("title", "Again"),
        ("text", "canary-asked: try this"),
        ("prompts", "What?"),
        ("days", "7"),
        ("once", &*once),
    ];
    amara.post(SHELF, &fields).await;
    let shelf = amara.get(SHELF).await.text + &amara.get(&format!("{SHELF}/{}", own(&running).await)).await.text;
    assert!(shelf.contains("Again") && !shelf.contains("canary-written") && !shelf.contains("Priya"));
    for who in ["Marcus", "Priya", "Rosa"] {
        assert_eq!(running.signed_in(who).await.get(&format!("{path}/shelf")).await.status, StatusCode::NOT_FOUND, "{who}");
    }
    for who in ["Priya", "Rosa"] {
        assert_eq!(running.signed_in(who).await.get(SHELF).await.status, StatusCode::NOT_FOUND, "{who}");
    }
    let sealed: i64 = count(&running, "SELECT COUNT(*) AS n FROM homework_template WHERE LENGTH(words_sealed) > 40").await;
    assert_eq!(sealed, 1);
}

/// A member's own homework is in their words from its first to its last: those of the group that they chose read it, and keep nothing of it.
#[tokio::test(flavor = "multi_thread")]
async fn what_members_give_to_themselves_is_never_kept_and_who_learns_keeps_nothing() {
    let running = start("shelf-own").await;
    let (group, priya) = (running.group("Steady Ground").await, running.person("Priya").await.id);
    let (reads, due) = (group.to_string(), day(&running.house.clock, 7));
    let own = [("text", "canary-own"), ("page", "canary-page"), ("due", &*due), ("reads", &*reads), ("once", ONCE)];
    assert_eq!(running.signed_in("Priya").await.post("/homework", &own).await.location, "/homework");
    let sql = "SELECT id AS n FROM homework WHERE person_id = $1 AND given_by = $1";
    let path = format!("/groups/{group}/homework/{}", running.house.db.number(sql, values![priya]).await.unwrap());
    let mut amara = running.signed_in("Dr. Amara").await;
    let page = amara.get(&path).await;
    assert!(page.text.contains("canary-own") && !page.text.contains(&format!("{path}/shelf")), "it is read, as its member chose");
    assert_eq!(amara.get(&format!("{path}/shelf")).await.status, StatusCode::NOT_FOUND);
    let before = kept(&running).await;
    let mut nadia = running.signed_in("Nadia").await;
    assert_eq!(nadia.get(SHELF).await.status, StatusCode::NOT_FOUND, "in training: what is on the shelf is for those who give it");
    assert_eq!(nadia.post(SHELF, NEW).await.status, StatusCode::NOT_FOUND);
    assert_eq!(kept(&running).await, before);
}

/// A line of a programme, and what is given in the closing of a room: its title brings the whole form.
#[tokio::test(flavor = "multi_thread")]
async fn a_title_brings_its_form_from_a_programme_and_from_the_room() {
    let running = start("shelf-named").await;
    let (group, session) = (running.group("Steady Ground").await, running.tonight().await);
    let mut amara = running.signed_in("Dr. Amara").await;
    amara.post(SHELF, NEW).await;
    let agenda =
        [("kind", "closing"), ("minutes", "20"), ("theme", ""), ("prompt", ""), ("homework", "three <GOOD> things\nSomething else")];
    let page = amara.post(&format!("/sessions/{session}/agenda"), &agenda).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    let own = own(&running).await;
    let page = amara.get(&format!("/groups/{group}/homework/new")).await.text;
    assert!(
        page.contains(&format!("/new?template={own}\"")) && !page.contains("Something else"),
        "what has a form is offered before any kind"
    );
    let page = amara.get(&format!("/groups/{group}/homework/new?kind=free")).await.text;
    assert!(page.contains(&format!("/new?template={own}\"")) && page.contains("Something else"));

    let offered = amara.get(&format!("/sessions/{session}/homework-shelf")).await.text;
    assert!(offered.contains("\"title\":\"Three <good> things\",\"days\":5") && !offered.contains("Soltar"), "{offered}");
    let (mut lead, mut inside) = gathered(&running, &["Maya", "Theo"]).await;
    lead.act(json!({"do": "begin"})).await.unwrap();
    lead.act(json!({"tool": "closing", "act": {"do": "open"}})).await.unwrap();
    for ((_, wire), text) in inside.iter_mut().zip(["Three <good> things", "Three good things, but not that"]) {
        let seat = wire.until("a seat", |_| true).await.you.seat;
        lead.act(json!({"tool": "closing", "act": {"do": "give_homework", "seat": seat, "text": text, "days": 3}})).await.unwrap();
    }
    lead.act(json!({"do": "end"})).await.unwrap();
    running.work().await;
    let (maya, theo) = (running.person("Maya").await.id, running.person("Theo").await.id);
    let from_room = format!("session_id = {session}");
    assert_eq!(of(&running, maya, &format!("kind = 'worksheet' AND {from_room}")).await, 1);
    assert_eq!(
        of(&running, theo, &format!("kind = 'free' AND {from_room}")).await,
        1,
        "what no title names is in one's own words, as before"
    );
    let sql = "SELECT id AS n FROM homework WHERE person_id = $1 AND session_id = $2";
    let id = running.house.db.number(sql, values![maya, session]).await.unwrap();
    let page = running.signed_in("Maya").await.get(&format!("/homework/{id}")).await.text;
    assert!(page.contains("Three &#60;good&#62; things. canary-kept: write in the evening"), "{page}");
    assert!(page.contains("What was &#60;good&#62;?") && page.contains("name=\"answer-1\""));
}
