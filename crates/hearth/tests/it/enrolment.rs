//! From "I need help" to a seat: asking, the form and its risk screen, the call, the decision, the line, leaving.

use std::time::Duration;

use ground::{Ask, Language, values};
use hyper::StatusCode;
use testkit::{Browser, LogGuard};

use crate::{
    harness::{LANTERNS, Running, start, start_with_clock, with},
    state::{kept, sentence},
};

pub const PASSWORD: &str = "four calm green lamps";
const ADA: &str = "ada.nowak@example.org";

pub const SCREENING: &[(&str, &str)] = &[
    ("brings", "canary-brings: I worry all night."),
    ("condition-anxiety", "on"),
    ("aim-calm", "on"),
    ("therapy", "yes"),
    ("with", "canary-therapist"),
    ("language", "en"),
    ("age", "25-34"),
    ("free-2-evening", "on"),
    ("asq-1", "no"),
    ("asq-2", "no"),
    ("asq-3", "no"),
    ("asq-4", "no"),
];

fn asked(email: &str) -> Vec<(&'static str, String)> {
    vec![("name", "Ada Nowak".into()), ("email", email.into()), ("residence", "NY".into()), ("adult", "on".into())]
}

fn borrowed<'a>(fields: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

impl Running {
    async fn count(&self, sql: &str) -> i64 {
        self.house.db.number(sql, []).await.unwrap()
    }

    pub async fn taken(&self, group: i64) -> i64 {
        self.house.db.number("SELECT taken AS n FROM groups WHERE id = $1", values![group]).await.unwrap()
    }

    /// Somebody who asked by the public page, followed the link, and signed in.
    pub async fn newcomer(&self, group: i64, email: &str) -> Browser {
        let page = self.visitor().post(&format!("/find/{group}/seat"), &borrowed(&asked(email))).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        self.work().await;
        let posted = self.outbox.posted();
        let text = &posted.iter().rev().find(|one| one.letter.text.contains("/welcome/")).unwrap().letter.text;
        let link = text[text.find("/welcome/").unwrap()..].split_whitespace().next().unwrap().to_owned();
        self.visitor().post(&link, &[("password", PASSWORD), ("again", PASSWORD)]).await;
        self.back(email).await
    }

    /// Signed in with the password that they chose.
    pub async fn back(&self, email: &str) -> Browser {
        let mut browser = self.visitor();
        let page = browser.post("/sign-in", &[("email", email), ("password", PASSWORD)]).await;
        assert_eq!(page.location, "/today", "{}", page.text);
        browser
    }

    pub async fn application(&self, email: &str) -> i64 {
        let sql = "SELECT a.id AS n FROM application a JOIN person p ON p.id = a.person_id WHERE p.email = $1 AND a.step <> 'closed'";
        self.house.db.number(sql, values![email]).await.unwrap()
    }

    pub async fn step(&self, application: i64) -> String {
        #[derive(ground::sea_orm::FromQueryResult)]
        struct Word {
            word: String,
        }
        let sql = "SELECT step || '/' || place || '/' || ended AS word FROM application WHERE id = $1";
        self.house.db.row::<Word>(sql, values![application]).await.unwrap().unwrap().word
    }

    /// A new group with so many places, shown to the public and led by Amara.
    pub async fn lanterns(&self, capacity: &str) -> i64 {
        let mut carol = self.signed_in("Carol").await;
        let seats = carol.post("/groups", &with(LANTERNS, "capacity", capacity)).await.location;
        let group: i64 = seats.split('/').nth(2).unwrap().parse().unwrap();
        carol.post(&seats, &[("email", "amara.osei@example.org"), ("part", "facilitator")]).await;
        carol.post(&format!("/groups/{group}/listing"), &[("shown", "on"), ("about_en", "x"), ("place", "online")]).await;
        group
    }

    /// The whole way to the decision.
    pub async fn screened(&self, group: i64, email: &str) -> (Browser, i64) {
        let mut ada = self.newcomer(group, email).await;
        let id = self.application(email).await;
        ada.post(&format!("/applications/{id}/seat"), &[]).await;
        let page = ada.post(&format!("/applications/{id}/screening"), SCREENING).await;
        assert_eq!(page.location, "/applications", "{}", page.text);
        (ada, id)
    }

    async fn decide(&self, group: i64, application: i64, fields: &[(&str, &str)]) -> testkit::Page {
        self.signed_in("Dr. Amara").await.post(&format!("/groups/{group}/applicants/{application}/decision"), fields).await
    }
}

/// The story of the house: found, asked, screened, called, accepted, seated.
#[tokio::test(flavor = "multi_thread")]
async fn somebody_finds_a_group_and_sits_in_it() {
    let running = start("enrol").await;
    let group = running.group("Steady Ground").await;
    let before = running.taken(group).await;
    let mut ada = running.newcomer(group, ADA).await;
    let id = running.application(ADA).await;
    assert_eq!(
        (running.step(id).await.as_str(), running.taken(group).await),
        ("screening/none/", before),
        "an address alone keeps no seat"
    );
    assert!(ada.get("/applications/open").await.text.contains("/applications"));

    let page = ada.post(&format!("/applications/{id}/seat"), &[]).await;
    assert_eq!(page.location, format!("/applications/{id}/screening"));
    assert_eq!((running.step(id).await.as_str(), running.taken(group).await), ("screening/held/", before + 1));
    assert!(ada.get(&page.location).await.text.contains("have you wished you were dead?"));
    ada.post(&page.location, SCREENING).await;
    assert_eq!(running.step(id).await, "call/held/");

    let mut amara = running.signed_in("Dr. Amara").await;
    let day = ground::when::date(running.house.clock.now().plus(Duration::from_secs(2 * 86_400)), "America/New_York");
    let slots = [("day", day.as_str()), ("time", "09:00"), ("minutes", "20"), ("count", "2")];
    assert_eq!(amara.post("/calls", &slots).await.location, "/calls");
    let slot = running.count("SELECT MIN(id) AS n FROM call_slot").await;
    let page = ada.post(&format!("/applications/{id}/call"), &[("slot", &slot.to_string())]).await;
    assert_eq!((page.location.as_str(), running.step(id).await.as_str()), ("/applications", "talk/held/"));
    assert!(ada.get("/applications").await.text.contains("Dr. Amara Osei"));
    assert!(amara.get("/calls").await.text.contains("Ada Nowak") && amara.get("/applicants").await.text.contains("Ada Nowak"));

    let page = amara.get(&format!("/groups/{group}/applicants/{id}")).await;
    assert!(page.text.contains("canary-brings") && page.text.contains("canary-therapist"));
    assert_eq!(running.count("SELECT COUNT(*) AS n FROM audit WHERE action = 'screening.read'").await, 1, "reading is in the book");
    assert_eq!(running.decide(group, id, &[("outcome", "accept")]).await.location, "/applicants");
    assert_eq!((running.step(id).await.as_str(), running.taken(group).await), ("closed/none/seated", before + 1));
    let page = ada.get(&format!("/groups/{group}")).await;
    assert!(page.status == StatusCode::OK && page.text.contains("Ada"));
    running.work().await;
    let log = LogGuard::listen().text();
    for one in running.outbox.posted() {
        for canary in ["canary", "Steady", "anxiety", "Nowak", "Amara", "Maya"] {
            assert!(!one.letter.subject.contains(canary) && !one.letter.text.contains(canary), "{canary} in {}", one.letter.subject);
        }
    }
    assert!(!log.contains("canary-brings") && !log.contains(ADA));
}

/// S2: the lines come in the same response, the task with the answers; also when the form is not complete.
#[tokio::test(flavor = "multi_thread")]
async fn a_yes_shows_the_lines_and_opens_a_task() {
    let running = start("enrol-risk").await;
    let group = running.group("Steady Ground").await;
    let mut ada = running.newcomer(group, ADA).await;
    let id = running.application(ADA).await;
    ada.post(&format!("/applications/{id}/seat"), &[]).await;
    let path = format!("/applications/{id}/screening");
    let lines_first = |text: &str| text.find("tel:988").unwrap() < text.find("<h1>").unwrap();

    let incomplete = ada.post(&path, &with(SCREENING, "asq-3", "yes")).await;
    assert_eq!(incomplete.status, StatusCode::UNPROCESSABLE_ENTITY, "the fifth question is still to be asked");
    assert!(lines_first(&incomplete.text) && incomplete.text.contains("canary-brings"), "what was typed is kept");
    running.work().await;
    assert_eq!(running.count("SELECT COUNT(*) AS n FROM risk_task WHERE source = 'screening'").await, 1, "heard at once");

    let fields: Vec<_> = with(SCREENING, "asq-3", "yes").into_iter().chain([("asq-now", "yes")]).collect();
    let page = ada.post(&path, &fields).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(lines_first(&page.text) && page.text.contains(&sentence(Language::English, "screening-acute-next")));
    running.work().await;
    assert_eq!(running.count("SELECT COUNT(*) AS n FROM risk_task WHERE source LIKE 'screening%'").await, 2, "worse rings again");
    assert_eq!(running.step(id).await, "call/held/", "a signal keeps nobody out");
    let amara = running.person("Dr. Amara").await.id;
    let owned = running.house.db.number("SELECT COUNT(*) AS n FROM risk_task WHERE owner_id = $1", values![amara]).await.unwrap();
    assert_eq!(owned, 2, "who leads the group looks after it");
    let mut theo = running.signed_in("Theo").await;
    assert!(!theo.get(&format!("/groups/{group}")).await.text.contains("Nowak"));
}

/// E2, E3: refused by the law in words, led to the class, and into it without a call.
#[tokio::test(flavor = "multi_thread")]
async fn refused_by_place_and_led_to_the_class() {
    let running = start("enrol-place").await;
    let (steady, class) = (running.group("Steady Ground").await, running.group("Skills for Hard Days").await);
    let before = kept(&running).await;
    let from_california = with(&[("name", "Ada Nowak"), ("email", ADA), ("residence", "NY"), ("adult", "on")], "residence", "CA");
    let page = running.visitor().post(&format!("/find/{steady}/seat"), &from_california).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("California") && page.text.contains(&format!("/find/{class}/seat")) && page.text.contains("Dr. Amara Osei"));
    assert!(!page.text.contains("Out of the Tunnel"), "another therapy group is no way out");
    assert_eq!(kept(&running).await, before, "a refusal changes nothing");

    let (mut ada, id) = running.screened(class, ADA).await;
    assert_eq!(running.step(id).await, "closed/none/seated", "the practice lets people straight into a class");
    assert_eq!(ada.get(&format!("/groups/{class}")).await.status, StatusCode::OK);

    let mut anders = running.signed_in("Anders").await;
    let practice = [("name", "Hearth"), ("phone", "+1 555 010 0199"), ("zone", "America/New_York"), ("class_by", "")];
    anders.post("/practice", &practice).await;
    let page = running.visitor().post(&format!("/find/{class}/seat"), &from_california).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody has decided that a class is no therapy");
}

/// C8: an offer that nobody answers passes on, in the order in which people asked.
#[tokio::test(flavor = "multi_thread")]
async fn an_offer_expires_and_passes_on() {
    let (running, clock) = start_with_clock("enrol-line").await;
    let group = running.lanterns("2").await;
    let (mut first, first_id) = running.screened(group, "first@example.org").await;
    let (_, second_id) = running.screened(group, "second@example.org").await;
    let (_, third_id) = running.screened(group, "third@example.org").await;
    clock.advance(Duration::from_secs(60));
    let (mut fourth, fourth_id) = running.screened(group, "fourth@example.org").await;
    for id in [first_id, second_id, third_id, fourth_id] {
        assert_eq!(running.decide(group, id, &[("outcome", "accept")]).await.location, "/applicants");
    }
    assert_eq!(running.step(third_id).await, "accepted/waiting/");
    assert!(fourth.get("/applications").await.text.contains(&Language::English.say("mine-ahead", &[("count", "1".into())])));

    first.post(&format!("/groups/{group}/leaving"), &[("leave", "now")]).await;
    assert_eq!((running.step(third_id).await.as_str(), running.step(fourth_id).await.as_str()), ("accepted/offered/", "accepted/waiting/"));
    assert_eq!(running.taken(group).await, 2);
    clock.advance(Duration::from_secs(48 * 3_600 - 61));
    joining::tend(&running.house).await.unwrap();
    assert_eq!(running.step(third_id).await, "accepted/offered/", "48 hours are 48 hours");
    clock.advance(Duration::from_secs(61));
    let (mut third, mut fourth) = (running.back("third@example.org").await, running.back("fourth@example.org").await);
    let late = third.post(&format!("/applications/{third_id}/answer"), &[("answer", "yes")]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "over is over, also before anybody has tidied up");
    for _ in 0..2 {
        joining::tend(&running.house).await.unwrap();
    }
    assert_eq!((running.step(third_id).await.as_str(), running.step(fourth_id).await.as_str()), ("accepted/waiting/", "accepted/offered/"));
    assert_eq!(running.taken(group).await, 2, "a seat is never counted twice");
    assert_eq!(fourth.post(&format!("/applications/{fourth_id}/answer"), &[("answer", "yes")]).await.location, format!("/groups/{group}"));
    assert_eq!(running.step(fourth_id).await, "closed/none/seated");
    running.work().await;
    let offers = running.outbox.posted().into_iter().filter(|one| one.letter.subject.contains("two days")).count();
    assert_eq!(offers, 2, "one offer each, once");
}

/// Fifty ask for the last seats at the same moment, and not one too many gets in.
#[tokio::test(flavor = "multi_thread")]
async fn fifty_ask_at_once() {
    let running = start("enrol-race").await;
    let group = running.lanterns("8").await;
    let people: Vec<i64> = {
        #[derive(ground::sea_orm::FromQueryResult)]
        struct Id {
            id: i64,
        }
        let tx = running.house.db.write().await.unwrap();
        for number in 0..50 {
            let email = format!("racer-{number}@example.org");
            let new = ground::accounts::New {
                name: "Racer",
                email: &email,
                role: ground::Role::Member,
                zone: "UTC",
                language: Language::English,
            };
            ground::accounts::add(&tx, &new, running.house.clock.now()).await.unwrap();
        }
        tx.commit_unaudited().await.unwrap();
        let rows: Vec<Id> = running.house.db.rows("SELECT id FROM person WHERE email LIKE 'racer-%'", []).await.unwrap();
        rows.into_iter().map(|row| row.id).collect()
    };
    let mut racing = Vec::new();
    for person in people {
        let mut browser = running.visitor();
        browser.post("/demo/sign-in", &[("person", &person.to_string())]).await;
        racing.push(tokio::spawn(async move {
            browser.post(&format!("/find/{group}/seat"), &[("residence", "NY"), ("adult", "on")]).await.location
        }));
    }
    for one in racing {
        assert_eq!(one.await.unwrap(), "/applications");
    }
    let by_place = |place: &str| {
        let sql = "SELECT COUNT(*) AS n FROM application WHERE group_id = $1 AND place = $2";
        running.house.db.number(sql, values![group, place.to_owned()])
    };
    assert_eq!((by_place("held").await.unwrap(), by_place("waiting").await.unwrap()), (8, 42));
    assert_eq!(running.taken(group).await, 8);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_group_and_not_now_each_have_a_next_step() {
    let running = start("enrol-other").await;
    let (steady, tunnel) = (running.group("Steady Ground").await, running.group("Out of the Tunnel").await);
    let before = (running.taken(steady).await, running.taken(tunnel).await);
    let (mut ada, id) = running.screened(steady, ADA).await;
    let page = running.decide(steady, id, &[("outcome", "not_now"), ("words", "  ")]).await;
    assert!(page.text.contains(&sentence(Language::English, "applicant-words-missing")));
    let tunnel_text = tunnel.to_string();
    running.decide(steady, id, &[("outcome", "other"), ("other", &tunnel_text), ("words", "We think this fits you better.")]).await;
    let next = running.application(ADA).await;
    assert_eq!((running.step(id).await.as_str(), running.step(next).await.as_str()), ("closed/none/other_group", "accepted/offered/"));
    assert_eq!((running.taken(steady).await, running.taken(tunnel).await), (before.0, before.1 + 1));
    assert!(ada.get("/applications").await.text.contains("Out of the Tunnel"));
    ada.post(&format!("/applications/{next}/answer"), &[("answer", "no")]).await;
    assert_eq!((running.step(next).await.as_str(), running.taken(tunnel).await), ("closed/none/withdrawn", before.1));

    // The answers are fresh, so the form is not asked again.
    ada.post(&format!("/find/{steady}/seat"), &[("residence", "NY"), ("adult", "on")]).await;
    let again = running.application(ADA).await;
    assert_eq!(running.step(again).await, "call/held/");
    running.decide(steady, again, &[("outcome", "not_now"), ("words", "Call the clinic near you: 555 010 0123.")]).await;
    assert!(ada.get("/applications").await.text.contains("555 010 0123"), "a no says what to do next");
    assert_eq!(running.taken(steady).await, before.0);
}

/// E6: whoever lets somebody in despite the tables says why, and both the door and the decision follow.
#[tokio::test(flavor = "multi_thread")]
async fn an_override_wants_a_reason_and_is_in_the_book() {
    let running = start("enrol-override").await;
    let group = running.group("Steady Ground").await;
    let (_, id) = running.screened(group, ADA).await;
    let tx = running.house.db.write().await.unwrap();
    tx.run("UPDATE application SET residence = 'CA' WHERE id = $1", values![id]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    let page = running.decide(group, id, &[("outcome", "accept")]).await;
    assert!(page.text.contains(&sentence(Language::English, "applicant-law-first")), "moved since they asked");
    let mut carol = running.signed_in("Carol").await;
    let path = format!("/groups/{group}/applicants/{id}/override");
    let short = carol.post(&path, &[("reason", "because")]).await;
    assert!(short.status == StatusCode::UNPROCESSABLE_ENTITY && short.text.contains("because"));
    carol.post(&path, &[("reason", "canary-reason: the new licence is not in the register yet")]).await;
    assert_eq!(running.count("SELECT COUNT(*) AS n FROM audit WHERE action = 'eligibility.override'").await, 1);
    assert_eq!(running.decide(group, id, &[("outcome", "accept")]).await.location, "/applicants");
    let place = ground::facts::GroupPlace { id: group, kind: "process", zone: "America/New_York" };
    let ada = running.person("Ada").await.id;
    let verdict = |person: i64, place_code: &'static str| ground::facts::verdict(&running.house, &place, person, place_code);
    assert_eq!(verdict(ada, "CA").await.unwrap(), care::licensing::Verdict::LetIn);
    assert_eq!(verdict(ada, "HI").await.unwrap(), care::licensing::Verdict::NotCovered, "only there");
    assert_eq!(verdict(running.person("Theo").await.id, "CA").await.unwrap(), care::licensing::Verdict::NotCovered, "only they");
}

/// The answer never tells whether an address is known, and neither does the number of free seats.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_learns_who_is_known() {
    let running = start("enrol-known").await;
    let group = running.group("Steady Ground").await;
    let before = running.taken(group).await;
    let ask = |email: &'static str| {
        let mut visitor = running.visitor();
        async move { visitor.post(&format!("/find/{group}/seat"), &borrowed(&asked(email))).await }
    };
    let (known, unknown) = (ask("maya.lindqvist@example.org").await, ask(ADA).await);
    let plain = |text: &str, email: &str| text.replace(email, "X").lines().filter(|line| !line.contains("nonce")).collect::<String>();
    assert_eq!(known.status, unknown.status);
    assert_eq!(plain(&known.text, "maya.lindqvist@example.org"), plain(&unknown.text, ADA));
    assert_eq!(running.taken(group).await, before);
    running.work().await;
    let subjects: Vec<String> = running.outbox.posted().into_iter().map(|one| one.letter.subject).collect();
    assert_eq!(subjects.len(), 2, "{subjects:?}");
    for _ in 0..12 {
        ask(ADA).await;
    }
    assert_eq!(ask(ADA).await.status, StatusCode::UNPROCESSABLE_ENTITY, "and nobody's mailbox is filled");
}

#[tokio::test(flavor = "multi_thread")]
async fn leaving_with_a_goodbye_pausing_and_coming_back() {
    let (running, clock) = start_with_clock("enrol-leave").await;
    let group = running.group("Steady Ground").await;
    let (before, maya_id) = (running.taken(group).await, running.person("Maya").await.id);
    let mut maya = running.signed_in("Maya").await;
    let page = maya.get(&format!("/groups/{group}/leaving")).await;
    assert!(page.text.contains("value=\"after\""), "there is a session to say goodbye in");
    let odd = maya.post(&format!("/groups/{group}/pause"), &[("until", "1999-01-01")]).await;
    assert!(odd.status == StatusCode::UNPROCESSABLE_ENTITY && odd.text.contains("1999-01-01"));
    maya.post(&format!("/groups/{group}/leaving"), &[("leave", "after")]).await;
    maya.post(&format!("/groups/{group}/leaving"), &[("leave", "stay")]).await;
    maya.post(&format!("/groups/{group}/leaving"), &[("leave", "after")]).await;
    joining::tend(&running.house).await.unwrap();
    assert_eq!(running.taken(group).await, before, "she is there for the last session");
    clock.advance(Duration::from_secs(8 * 86_400));
    joining::tend(&running.house).await.unwrap();
    joining::tend(&running.house).await.unwrap();
    assert_eq!(running.taken(group).await, before - 1);
    let mut maya = running.signed_in("Maya").await;
    assert_eq!(maya.get(&format!("/groups/{group}")).await.status, StatusCode::NOT_FOUND);

    // The same person, another time: a new seat, and the past stays as it was.
    let mut carol = running.signed_in("Carol").await;
    let again = [("email", "maya.lindqvist@example.org"), ("part", "member"), ("residence", "NY")];
    assert_eq!(carol.post(&format!("/groups/{group}/seats"), &again).await.location, format!("/groups/{group}/seats"));
    let memberships = "SELECT COUNT(*) AS n FROM membership WHERE group_id = $1 AND person_id = $2";
    assert_eq!(running.house.db.number(memberships, values![group, maya_id]).await.unwrap(), 2);

    let (to, text) = (running.group("Cool Heads").await, running.group("Cool Heads").await.to_string());
    let there = running.taken(to).await;
    let path = format!("/groups/{group}/members/{maya_id}/transfer");
    assert_eq!(carol.post(&path, &[("to", text.as_str()), ("residence", "NY")]).await.location, format!("/groups/{to}/seats"));
    assert_eq!((running.taken(group).await, running.taken(to).await), (before - 1, there + 1));
    assert_eq!(
        carol.post(&path, &[("to", text.as_str()), ("residence", "NY")]).await.status,
        StatusCode::NOT_FOUND,
        "she is not here any more"
    );
}

/// Nobody reads or moves an application that is not theirs.
#[tokio::test(flavor = "multi_thread")]
async fn an_application_is_its_person_s() {
    let running = start("enrol-own").await;
    let group = running.group("Steady Ground").await;
    let (_, id) = running.screened(group, ADA).await;
    let before = kept(&running).await;
    for who in ["Maya", "Aisha", "Marcus", "Carol"] {
        let mut other = running.signed_in(who).await;
        for path in ["screening", "withdrawal", "call", "answer", "seat"] {
            let page = other.post(&format!("/applications/{id}/{path}"), SCREENING).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{who} {path}");
        }
        assert!(!other.get("/applications").await.text.contains("Steady Ground") || who == "Maya");
    }
    let mut marcus = running.signed_in("Marcus").await;
    assert_eq!(marcus.get(&format!("/groups/{group}/applicants/{id}")).await.status, StatusCode::NOT_FOUND);
    assert!(!marcus.get("/applicants").await.text.contains("Ada Nowak"), "only who leads the group");
    let mut nadia = running.signed_in("Nadia").await;
    let call = [("day", "2099-01-05"), ("time", "10:00"), ("minutes", "20"), ("count", "1")];
    let tried = [nadia.get("/applicants").await.status, nadia.get("/calls").await.status, nadia.post("/calls", &call).await.status];
    assert_eq!(tried, [StatusCode::NOT_FOUND; 3], "observers look after nobody, and nobody is called by them");
    assert_eq!(kept(&running).await, before);
}

/// A group that is there gets more seats, and never fewer than are taken.
async fn seats_are_added(running: &Running, carol: &mut Browser, group: i64, form: &[(&str, &str)]) {
    let count = || running.house.db.number("SELECT capacity AS n FROM groups WHERE id = $1", values![group]);
    let (path, before) = (format!("/groups/{group}/admission"), count().await.unwrap());
    let few = carol.post(&path, &[form, &[("capacity", "1")]].concat()).await;
    assert!(few.text.contains(&sentence(Language::English, "admission-seats-unfit")) && few.text.contains("value=\"1\""));
    assert_eq!(count().await.unwrap(), before, "nothing was changed");
    carol.post(&path, &[form, &[("capacity", "12")]].concat()).await;
    assert_eq!(count().await.unwrap(), 12);
}

/// E8: the office forms a new group from the people who wait, and starts it once enough of them sit in it.
#[tokio::test(flavor = "multi_thread")]
async fn the_office_forms_a_group_from_those_who_wait() {
    let running = start("enrol-form").await;
    let group = running.lanterns("2").await;
    let mut waiting = Vec::new();
    for number in 0..8 {
        let email = format!("waits-{number}@example.org");
        waiting.push((running.screened(group, &email).await, email));
    }
    let mut carol = running.signed_in("Carol").await;
    let page = carol.get("/applicants/suggestions").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains(&sentence(Language::English, "suggest-best")), "{}", page.text);
    let people: Vec<String> =
        page.text.split("name=\"person-").skip(1).map(|part| format!("person-{}", part.split('"').next().unwrap())).collect();
    assert_eq!(people.len(), 6, "two sit in Lanterns, six wait");
    let hidden = |name: &str| {
        let at = page.text.find(&format!("name=\"{name}\" value=\"")).unwrap() + name.len() + 15;
        page.text[at..].split('"').next().unwrap().to_owned()
    };
    let (topic, weekday, language, leader) = (hidden("topic"), hidden("weekday"), hidden("language"), hidden("leader"));
    let before = kept(&running).await;
    let mut fields: Vec<(&str, &str)> = vec![
        ("topic", &topic),
        ("weekday", &weekday),
        ("language", &language),
        ("leader", &leader),
        ("time", "18:30"),
        ("programme", "steady-weeks"),
    ];
    let nameless = carol.post("/applicants/suggestions", &fields).await;
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(kept(&running).await, before);
    fields.push(("name", "New Ground"));
    fields.extend(people.iter().map(|name| (name.as_str(), "on")));
    let made = carol.post("/applicants/suggestions", &fields).await;
    assert!(made.location.ends_with("/composition"), "{}", made.text);
    let again = carol.post("/applicants/suggestions", &fields).await;
    assert!(again.text.contains(&sentence(Language::English, "suggest-changed")), "nobody is asked twice");

    let formed = running.group("New Ground").await;
    assert_eq!(running.taken(formed).await, 6);
    let sessions = "SELECT COUNT(*) AS n FROM session WHERE group_id = $1";
    meeting::plan_ahead(&running.house).await.unwrap();
    assert_eq!(running.house.db.number(sessions, values![formed]).await.unwrap(), 0, "it has not started");
    let page = carol.post(&format!("/groups/{formed}/start"), &[]).await;
    assert!(page.text.contains(&sentence(Language::English, "composition-too-few")), "a kept seat is not a taken one");
    for (_, email) in &waiting {
        let id = running.application(email).await;
        let group_of = "SELECT group_id AS n FROM application WHERE id = $1";
        if running.house.db.number(group_of, values![id]).await.unwrap() == formed {
            carol.post(&format!("/groups/{formed}/applicants/{id}/decision"), &[("outcome", "accept")]).await;
        }
    }
    assert_eq!(carol.post(&format!("/groups/{formed}/start"), &[]).await.location, format!("/groups/{formed}/composition"));
    meeting::plan_ahead(&running.house).await.unwrap();
    assert!(running.house.db.number(sessions, values![formed]).await.unwrap() > 0);
    let page = carol.get(&made.location).await;
    assert!(page.text.contains("Ada Nowak") && page.text.contains("Anxiety"));
    let weeks = [("minimum", "3"), ("admission", "weeks"), ("weeks", "nonsense"), ("starts_on", ""), ("ends_on", "")];
    let odd = carol.post(&format!("/groups/{formed}/admission"), &weeks).await;
    assert!(odd.status == StatusCode::UNPROCESSABLE_ENTITY && odd.text.contains("nonsense"));
    let closed = with(&weeks, "admission", "closed");
    carol.post(&format!("/groups/{formed}/admission"), &closed).await;
    seats_are_added(&running, &mut carol, formed, &closed).await;
    carol.post(&format!("/groups/{formed}/listing"), &[("shown", "on"), ("about_en", "x"), ("place", "online")]).await;
    let tx = running.house.db.write().await.unwrap();
    tx.run("UPDATE session SET state = 'ended' WHERE group_id = $1", values![formed]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    let page = running.visitor().get(&format!("/find/{formed}/seat")).await;
    assert!(!page.text.contains("<button class=\"button\">"), "a closed group that has begun takes nobody");
}

/// Members from before: shown first, done once, and what is odd changes nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_shown_and_then_carried_out() {
    let running = start("import").await;
    let group = running.lanterns("2").await;
    let mut carol = running.signed_in("Carol").await;
    let list = "name,email,group\nAda Nowak,ada.nowak@example.org,Lanterns,es,NY\nMaya,maya.lindqvist@example.org,lanterns,en,ny\nBo,bo@example.org,Lanterns,en,NY\nCy,cy@example.org,Lanterns,en,CA\nDi,di@example.org,Lanterns\nCarol,carol.whitfield@example.org,Lanterns\nEve,eve@example.org,Nowhere\n";
    let before = kept(&running).await;
    let page = carol.post("/import/preview", &[("list", list)]).await;
    for key in ["import-new", "import-known", "import-full", "import-not-a-member", "import-no-group", "import-law", "import-residence"] {
        assert!(page.text.contains(&sentence(Language::English, key)), "{key}");
    }
    assert_eq!(kept(&running).await, before, "a preview changes nothing");
    let page = carol.post("/import", &[("list", list)]).await;
    assert!(page.text.contains(&Language::English.say("import-done", &[("done", "2".into())])), "{}", page.text);
    assert_eq!(running.taken(group).await, 2);
    running.work().await;
    let invited: Vec<_> = running.outbox.posted().into_iter().map(|one| one.letter.subject).collect();
    assert_eq!(invited.len(), 1, "Maya has an account already: {invited:?}");
    let page = carol.post("/import", &[("list", list)]).await;
    assert!(page.text.contains(&sentence(Language::English, "import-seated")), "a second time does nothing");
    assert_eq!((running.taken(group).await, running.outbox.posted().len()), (2, 1));
    assert_eq!(carol.post("/import", &[("list", "  ")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

/// P4: where newcomers begin with a module, an earlier session is not yet theirs, and they read which one is.
#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_begins_with_their_module() {
    let running = start("enrol-weeks").await;
    let group = running.group("Steady Ground").await;
    let session = running.tonight().await;
    let mut carol = running.signed_in("Carol").await;
    let weeks = [("minimum", "3"), ("admission", "weeks"), ("weeks", "1"), ("starts_on", ""), ("ends_on", "")];
    assert_eq!(carol.post(&format!("/groups/{group}/admission"), &weeks).await.location, format!("/groups/{group}/composition"));
    let length = care::programmes::length("steady-weeks");
    let first = (1..).map(|round| round * length + 1).find(|number| *number > 5).unwrap();
    let page = running.visitor().get(&format!("/find/{group}/seat")).await;
    assert!(page.text.contains(&Language::English.say("seat-first-session", &[("number", first.to_string())])), "{}", page.text);

    let (mut ada, id) = running.screened(group, ADA).await;
    running.decide(group, id, &[("outcome", "accept")]).await;
    let door = format!("/sessions/{session}/door");
    let (looked, tried) = (ada.get(&door).await, ada.post(&door, crate::harness::DOOR).await);
    for page in [looked, tried] {
        assert_eq!(page.status, StatusCode::CONFLICT);
        assert!(page.text.contains(&Language::English.say("not-yet-text", &[("number", first.to_string())])));
    }
    let mut maya = running.signed_in("Maya").await;
    assert_eq!(maya.get(&door).await.status, StatusCode::OK, "whoever was there before goes in as ever");
}

/// C15: a group that does not meet online says so on its card.
#[tokio::test(flavor = "multi_thread")]
async fn a_card_says_where_the_group_meets() {
    let running = start("find-where").await;
    let group = running.group("Cool Heads").await;
    let mut carol = running.signed_in("Carol").await;
    for (place, key) in [("in_person", "listing-place-in-person"), ("hybrid", "listing-place-hybrid")] {
        carol.post(&format!("/groups/{group}/listing"), &[("shown", "on"), ("about_en", "x"), ("place", place)]).await;
        let page = running.visitor().get(&format!("/find/{group}")).await;
        assert!(page.text.contains(&sentence(Language::English, key)), "{place}");
    }
}

/// P4: a cohort that has begun offers nobody the seat of somebody who leaves.
#[tokio::test(flavor = "multi_thread")]
async fn a_cohort_that_has_begun_offers_no_seat() {
    let running = start("enrol-cohort").await;
    let group = running.lanterns("2").await;
    let (mut first, first_id) = running.screened(group, "first@example.org").await;
    let (_, second_id) = running.screened(group, "second@example.org").await;
    let (_, third_id) = running.screened(group, "third@example.org").await;
    for id in [first_id, second_id, third_id] {
        running.decide(group, id, &[("outcome", "accept")]).await;
    }
    let closed = [("minimum", "2"), ("admission", "closed"), ("weeks", ""), ("starts_on", ""), ("ends_on", "")];
    running.signed_in("Carol").await.post(&format!("/groups/{group}/admission"), &closed).await;
    meeting::plan_ahead(&running.house).await.unwrap();
    let tx = running.house.db.write().await.unwrap();
    tx.run("UPDATE session SET state = 'ended' WHERE group_id = $1 AND number = 1", values![group]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    first.post(&format!("/groups/{group}/leaving"), &[("leave", "now")]).await;
    assert_eq!((running.step(third_id).await.as_str(), running.taken(group).await), ("accepted/waiting/", 1));
}
