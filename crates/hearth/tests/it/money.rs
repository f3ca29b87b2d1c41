//! Money facts: what the public reads, what a superbill says and of whom, and codes that are never used too often.

use ground::{Ask, Language, values};
use hyper::StatusCode;

use crate::{
    harness::{Running, start, with},
    state::{escaped, kept, sentence},
};

const PRICE: &[(&str, &str)] = &[
    ("session", "45"),
    ("course", ""),
    ("sessions", ""),
    ("note_en", "Ask us about the <scale>."),
    ("note_es", "Pregúntanos."),
    ("code", "90853"),
    ("place", "10"),
    ("modifier", "95"),
];

const CODE: &[(&str, &str)] = &[
    ("code", "SPRING-26"),
    ("percent", "25"),
    ("off", ""),
    ("valid_from", "2020-01-01"),
    ("valid_to", "2199-12-31"),
    ("most", "5"),
    ("group", ""),
];

/// Everybody of the demo who may be a member beside Maya; none of them is ever on a paper of hers.
const OTHERS: &[&str] = &["Theo", "Priya", "Noor", "Aisha", "Rahman", "Felix"];

async fn priced(running: &Running, group: &str, session: &str, course: &str) -> i64 {
    let id = running.group(group).await;
    let fields = with(&with(PRICE, "session", session), "course", course);
    let fields = with(&fields, "sessions", if course.is_empty() { "" } else { "12" });
    let page = running.signed_in("Carol").await.post(&format!("/groups/{id}/price"), &fields).await;
    assert_eq!(page.location, format!("/groups/{id}"), "{}", page.text);
    id
}

/// The month of the last session of Steady Ground that is over, "2026-11".
async fn month(running: &Running) -> String {
    let session = running.last_week().await;
    let at = running.house.db.number("SELECT starts_at AS n FROM session WHERE id = $1", values![session]).await.unwrap();
    ground::when::date(ground::Moment(at), "America/New_York")[..7].to_owned()
}

/// An application that the office has said yes to.
async fn accepted(running: &Running, person: i64, group: i64) -> i64 {
    let id = ground::random_id();
    let sql = "INSERT INTO application (id, person_id, group_id, step, place, ended, residence, asked_at, in_line_at, step_at)
        VALUES ($1, $2, $3, 'closed', 'none', 'seated', 'NY', $4, $4, $4)";
    let tx = running.house.db.write().await.unwrap();
    tx.run(sql, values![id, person, group, running.house.clock.now()]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    id
}

async fn used(running: &Running) -> i64 {
    running.house.db.number("SELECT used AS n FROM discount_code WHERE code = 'SPRING-26'", []).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_public_reads_what_a_group_costs() {
    let running = start("money-price").await;
    let group = priced(&running, "Steady Ground", "45", "480").await;
    let mut visitor = running.visitor();
    let page = visitor.get(&format!("/find/{group}")).await;
    for part in ["$45.00", "$480.00", &escaped("Ask us about the <scale>.")] {
        assert!(page.text.contains(part), "{part}");
    }
    visitor.headers = vec![("accept-language", "es".to_owned())];
    let page = visitor.get(&format!("/find/{group}")).await;
    assert!(page.text.contains("Pregúntanos.") && page.text.contains(&sentence(Language::Spanish, "price-public-title")));
    let other = running.group("After Loss").await;
    assert!(!visitor.get(&format!("/find/{other}")).await.text.contains("Pregúntanos."), "a price is its group's own");
    let class = priced(&running, "Skills for Hard Days", "30", "").await;
    let code = running.house.db.number("SELECT COUNT(*) AS n FROM course_price WHERE group_id = $1 AND code = ''", values![class]).await;
    assert_eq!(code.unwrap(), 1, "a class has no procedure, whatever was typed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_that_does_not_fit_is_refused_kindly() {
    let running = start("money-price-form").await;
    let path = format!("/groups/{}/price", running.group("Cool Heads").await);
    let mut carol = running.signed_in("Carol").await;
    let before = kept(&running).await;
    let long = "x".repeat(301);
    for (field, typed, key) in [
        ("session", "forty", "price-amount"),
        ("course", "480", "price-sessions"),
        ("note_en", long.as_str(), "price-note-long"),
        ("code", "9", "price-code"),
        ("modifier", "9", "price-modifier"),
        ("place", "moon", "price-place"),
    ] {
        let page = carol.post(&path, &with(PRICE, field, typed)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(page.text.contains(&sentence(Language::English, key)), "{key}");
        assert!(field == "place" || page.text.contains(&escaped(typed)), "{field} is kept");
    }
    assert_eq!(kept(&running).await, before);
    assert!(carol.get(&path).await.text.contains("value=\"90853\""), "the usual code stands there already");
}

/// S4: a member reads their own sessions, with what an insurer asks for, and nobody else's name.
#[tokio::test(flavor = "multi_thread")]
async fn a_superbill_tells_of_its_member_only() {
    let running = start("money-superbill").await;
    priced(&running, "Steady Ground", "45", "").await;
    let (maya, month) = (running.person("Maya").await.id, month(&running).await);
    let billing = format!("/people/{maya}/billing");
    let mut amara = running.signed_in("Dr. Amara").await;
    assert_eq!(amara.post(&billing, &[("codes", "f41.1, F33.0")]).await.location, billing);
    let practice = [("npi", "1234567893"), ("tax_id", "12-3456789")];
    assert_eq!(running.signed_in("Anders").await.post("/practice/billing", &practice).await.location, "/practice");
    let mut browser = running.signed_in("Maya").await;
    let page = browser.get(&format!("/superbill?month={month}")).await;
    assert_eq!(page.status, StatusCode::OK);
    for part in ["<td>90853</td>", "<td>95</td>", "<td>10</td>", "<td>AB</td>", "F41.1", "Dr. Amara Osei", "1234567893", "12-3456789"] {
        assert!(page.text.contains(part), "{part}");
    }
    assert!(page.text.contains("$45.00") && page.text.contains(&sentence(Language::English, "superbill-no-claim")));
    let sql =
        "SELECT COUNT(*) AS n FROM authority WHERE person_id = (SELECT id FROM person WHERE name = 'Dr. Amara Osei') AND kind = 'licence'";
    assert_eq!(page.text.contains("Dr. Amara Osei, "), running.house.db.number(sql, []).await.unwrap() > 0, "the licence stands there");
    let invoice = browser.get(&format!("/invoice?month={month}")).await;
    assert!(invoice.text.contains("Steady Ground") && !invoice.text.contains("F41.1"), "an invoice says nothing of an illness");
    for page in [&page, &invoice] {
        for canary in OTHERS {
            assert!(!page.text.contains(canary), "{canary}");
        }
        assert!(!page.text.contains("<title>Steady") && page.text.contains("Maya Lindqvist"));
    }
    let none = browser.get("/superbill?month=2001-01").await;
    assert!(none.text.contains(&sentence(Language::English, "bill-none")) && !none.text.contains("90853"));
    assert_eq!(browser.get("/superbill?month=%00x").await.status, StatusCode::OK, "what is no month is this month");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_office_reads_another_s_and_it_is_written_down() {
    let running = start("money-office").await;
    let (theo, month) = (running.person("Theo").await.id, month(&running).await);
    for paper in ["superbill", "invoice"] {
        let path = format!("/people/{theo}/{paper}?month={month}");
        for who in ["Maya", "Dr. Amara", "Rosa"] {
            assert_eq!(running.signed_in(who).await.get(&path).await.status, StatusCode::NOT_FOUND, "{who}");
        }
        let page = running.signed_in("Carol").await.get(&path).await;
        assert!(page.text.contains("Theo") && !page.text.contains("Maya") && !page.text.contains("Priya"));
    }
    let object = format!("person/{theo}");
    let sql = "SELECT COUNT(*) AS n FROM audit WHERE object = $1 AND action IN ('superbill.read', 'invoice.read')";
    assert_eq!(running.house.db.number(sql, values![object]).await.unwrap(), 2);
    assert_eq!(running.signed_in("Carol").await.get("/people/5/superbill").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_not_there_is_not_billed() {
    let running = start("money-absent").await;
    let (maya, session, month) = (running.person("Maya").await.id, running.last_week().await, month(&running).await);
    let mut browser = running.signed_in("Maya").await;
    let rows = |text: &str| text.matches("<td>90853</td>").count();
    let before = rows(&browser.get(&format!("/superbill?month={month}")).await.text);
    let path = format!("/sessions/{session}/attendance/{maya}");
    let mut amara = running.signed_in("Dr. Amara").await;
    amara.post(&path, &[("minutes", "0")]).await;
    assert_eq!(rows(&browser.get(&format!("/superbill?month={month}")).await.text), before - 1);
    amara.post(&path, &[("minutes", "61")]).await;
    let page = browser.get(&format!("/superbill?month={month}")).await;
    assert!(rows(&page.text) == before && page.text.contains("<td>61</td>"), "what somebody corrected counts");
    let leader = amara.get(&format!("/superbill?month={month}")).await;
    assert_eq!(rows(&leader.text), 0, "who leads is not billed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_class_stands_apart_without_a_code() {
    let running = start("money-class").await;
    let class = priced(&running, "Skills for Hard Days", "30", "").await;
    let sql =
        "SELECT m.person_id AS n FROM membership m JOIN attendance a ON a.person_id = m.person_id JOIN session s ON s.id = a.session_id
        WHERE m.group_id = $1 AND s.group_id = $1 AND m.part = 'member' AND a.seconds > 0 ORDER BY m.seat LIMIT 1";
    let member = running.house.db.number(sql, values![class]).await.unwrap();
    let sql = "SELECT MAX(starts_at) AS n FROM session WHERE group_id = $1 AND state = 'ended'";
    let at = running.house.db.number(sql, values![class]).await.unwrap();
    let month = ground::when::date(ground::Moment(at), "America/New_York")[..7].to_owned();
    let page = running.signed_in("Carol").await.get(&format!("/people/{member}/superbill?month={month}")).await;
    let (_, apart) = page.text.split_once(&sentence(Language::English, "superbill-classes")).unwrap();
    assert!(apart.contains("$30.00") && !apart.contains("90853"));
}

#[tokio::test(flavor = "multi_thread")]
async fn diagnoses_are_sealed_and_entered_by_who_treats() {
    let running = start("money-icd").await;
    let maya = running.person("Maya").await.id;
    let path = format!("/people/{maya}/billing");
    for who in ["Marcus", "Nadia", "Rui", "Maya", "Theo"] {
        let mut browser = running.signed_in(who).await;
        assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND, "{who}");
        assert_eq!(browser.post(&path, &[("codes", "F41.1")]).await.status, StatusCode::NOT_FOUND, "{who}");
    }
    let mut amara = running.signed_in("Dr. Amara").await;
    let before = kept(&running).await;
    let page = amara.post(&path, &[("codes", "worry & <grief>")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains(&sentence(Language::English, "billing-codes")) && page.text.contains(&escaped("worry & <grief>")));
    assert_eq!(kept(&running).await, before);
    amara.post(&path, &[("codes", "F41.1")]).await;
    assert!(amara.get(&path).await.text.contains("value=\"F41.1\""));
    amara.post(&path, &[("codes", "f43.10")]).await;
    assert!(running.signed_in("Carol").await.get(&path).await.text.contains("F43.10"));
    let plain = "SELECT COUNT(*) AS n FROM audit WHERE object LIKE '%F4%'";
    assert_eq!(running.house.db.number(plain, []).await.unwrap(), 0, "the audit book names no illness");
    let long = "SELECT LENGTH(icd_sealed) AS n FROM billing_facts WHERE person_id = $1";
    let sql = if running.house.db.is_sqlite() { long.to_owned() } else { long.replace("AS n", "::BIGINT AS n") };
    assert!(running.house.db.number(&sql, values![maya]).await.unwrap() > 20, "sealed at rest");
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_of_the_practice_that_do_not_fit_are_refused_kindly() {
    let running = start("money-practice").await;
    let mut anders = running.signed_in("Anders").await;
    let good = [("npi", "1234567893"), ("tax_id", "12-3456789")];
    for (field, typed, key) in [("npi", "1234567890", "billing-npi"), ("tax_id", "<12>", "billing-tax-id")] {
        let page = anders.post("/practice/billing", &with(&good, field, typed)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text.contains(&sentence(Language::English, key)) && page.text.contains(&escaped(typed)), "{key}");
    }
    assert!(anders.get("/practice/billing").await.text.contains("name=\"npi\" inputmode=\"numeric\" maxlength=\"10\" value=\"\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_course_is_told_once_less_the_discount() {
    let running = start("money-course").await;
    let group = priced(&running, "Steady Ground", "45", "480").await;
    let maya = running.person("Maya").await.id;
    let application = accepted(&running, maya, group).await;
    assert_eq!(running.signed_in("Carol").await.post("/discounts", CODE).await.location, "/discounts");
    let mut browser = running.signed_in("Maya").await;
    assert!(browser.get("/applications").await.text.contains(&format!("/applications/{application}/discount")));
    let path = format!("/applications/{application}/discount");
    assert_eq!(browser.post(&path, &[("code", "spring-26")]).await.location, "/applications");
    assert_eq!(browser.post(&path, &[("code", "spring-26")]).await.location, "/applications");
    assert_eq!(used(&running).await, 1, "twice the same button is once");
    let page = browser.get("/applications").await;
    assert!(page.text.contains("SPRING-26") && !page.text.contains(&path));
    let sql =
        "SELECT MIN(s.starts_at) AS n FROM attendance a JOIN session s ON s.id = a.session_id WHERE a.person_id = $1 AND s.group_id = $2";
    let first = running.house.db.number(sql, values![maya, group]).await.unwrap();
    let first = ground::when::date(ground::Moment(first), "America/New_York")[..7].to_owned();
    let page = browser.get(&format!("/invoice?month={first}")).await;
    assert!(page.text.contains("$480.00") && page.text.contains("$120.00") && page.text.contains("$360.00"), "{}", page.text);
    let page = browser.get(&format!("/superbill?month={first}")).await;
    assert!(page.text.contains("$30.00") && !page.text.contains("$45.00"), "a session is worth its share of what was paid");
    let tx = running.house.db.write().await.unwrap();
    tx.run("UPDATE application SET ended = 'withdrawn' WHERE id = $1", values![application]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    let page = browser.get(&format!("/invoice?month={first}")).await;
    assert!(!page.text.contains("$120.00"), "a discount goes with the application it was for");
    let uses = "SELECT COUNT(*) AS n FROM audit WHERE action = 'discount.use'";
    assert_eq!(running.house.db.number(uses, []).await.unwrap(), 1);
}

/// Unknown, over, not yet, for another group, of another shape: the same words, so that nobody fishes for codes.
#[tokio::test(flavor = "multi_thread")]
async fn every_code_that_does_not_hold_is_refused_alike() {
    let running = start("money-alike").await;
    let group = priced(&running, "Steady Ground", "", "480").await;
    let other = priced(&running, "After Loss", "", "480").await.to_string();
    let mut carol = running.signed_in("Carol").await;
    for (code, field, typed) in
        [("OVER-1", "valid_to", "2020-01-02"), ("LATER-1", "valid_from", "2199-01-01"), ("OTHER-1", "group", other.as_str())]
    {
        let fields = with(&with(CODE, "code", code), field, typed);
        assert_eq!(carol.post("/discounts", &fields).await.location, "/discounts", "{code}");
    }
    let maya = running.person("Maya").await.id;
    let application = accepted(&running, maya, group).await;
    let mut browser = running.signed_in("Maya").await;
    let before = kept(&running).await;
    for code in ["NEVER-WAS", "OVER-1", "LATER-1", "OTHER-1", "<b>", "", "x"] {
        let page = browser.post(&format!("/applications/{application}/discount"), &[("code", code)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{code}");
        assert!(page.text.contains(&sentence(Language::English, "discount-invalid")), "{code}");
        assert!(page.text.contains(&format!("value=\"{}\"", escaped(code))), "{code} is kept");
    }
    assert_eq!(kept(&running).await, before);
    let page = running.signed_in("Theo").await.post(&format!("/applications/{application}/discount"), &[("code", "OVER-1")]).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND, "an application is its person's own");
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_at_once_use_a_code_as_often_as_it_allows() {
    let running = start("money-twenty").await;
    let group = priced(&running, "Steady Ground", "", "480").await;
    running.signed_in("Carol").await.post("/discounts", CODE).await;
    let maya = running.person("Maya").await.id;
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let application = accepted(&running, maya, group).await;
        let mut browser = running.signed_in("Maya").await;
        tries.spawn(async move { browser.post(&format!("/applications/{application}/discount"), &[("code", "SPRING-26")]).await.status });
    }
    let answers = tries.join_all().await;
    let taken = answers.iter().filter(|status| **status == StatusCode::SEE_OTHER).count();
    let refused = answers.iter().filter(|status| **status == StatusCode::UNPROCESSABLE_ENTITY).count();
    assert_eq!((taken, refused), (5, 15));
    assert_eq!(used(&running).await, 5);
    assert_eq!(running.house.db.number("SELECT COUNT(*) AS n FROM discount_use", []).await.unwrap(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_does_not_fit_is_refused_kindly() {
    let running = start("money-code-form").await;
    let mut carol = running.signed_in("Carol").await;
    carol.post("/discounts", CODE).await;
    let before = kept(&running).await;
    for (field, typed, key) in [
        ("code", "a<b", "discounts-code-shape"),
        ("code", "spring-26", "discounts-code-taken"),
        ("percent", "101", "discounts-off"),
        ("off", "5", "discounts-off"),
        ("valid_to", "2019-01-01", "discounts-days"),
        ("most", "none", "discounts-most"),
        ("group", "5", "discounts-group"),
    ] {
        let page = carol.post("/discounts", &with(CODE, field, typed)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(page.text.contains(&sentence(Language::English, key)), "{key}");
        assert!(field == "group" || page.text.contains(&format!("value=\"{}\"", escaped(typed))), "{field} is kept");
    }
    assert_eq!(kept(&running).await, before);
}

/// A code is for whoever has been said yes to, and for what has a course price; neither try costs one of its uses.
#[tokio::test(flavor = "multi_thread")]
async fn a_code_waits_for_a_yes_and_a_course() {
    let running = start("money-waits").await;
    let (course, weekly) = (priced(&running, "Steady Ground", "", "480").await, priced(&running, "After Loss", "45", "").await);
    running.signed_in("Carol").await.post("/discounts", CODE).await;
    let maya = running.person("Maya").await.id;
    let (refused, unpriced) = (accepted(&running, maya, course).await, accepted(&running, maya, weekly).await);
    let tx = running.house.db.write().await.unwrap();
    tx.run("UPDATE application SET ended = 'not_now' WHERE id = $1", values![refused]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    let mut browser = running.signed_in("Maya").await;
    for application in [refused, unpriced] {
        let page = browser.post(&format!("/applications/{application}/discount"), &[("code", "SPRING-26")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text.contains(&sentence(Language::English, "discount-invalid")));
    }
    assert_eq!(used(&running).await, 0);
    let page = browser.get("/applications").await;
    assert!(!page.text.contains(&format!("/applications/{refused}/discount")), "no field where no code can be");
}

#[tokio::test(flavor = "multi_thread")]
async fn both_papers_read_in_spanish() {
    let running = start("money-spanish").await;
    priced(&running, "Steady Ground", "45", "").await;
    let month = month(&running).await;
    let mut browser = running.signed_in("Maya").await;
    browser.post("/language", &[("language", "es"), ("back", "/")]).await;
    for (paper, keys) in [
        ("superbill", ["superbill-title", "superbill-no-claim", "bill-pointer", "bill-provider"]),
        ("invoice", ["invoice-title", "bill-no-payment", "bill-total", "bill-before"]),
    ] {
        let page = browser.get(&format!("/{paper}?month={month}")).await;
        for key in keys {
            assert!(page.text.contains(&sentence(Language::Spanish, key)), "{key}");
        }
        assert!(!page.text.contains(&sentence(Language::English, "superbill-no-claim")));
    }
    let english = format!("/invoice?month={month}");
    assert!(browser.get(&english).await.text.contains("Sesiones: "), "the line of the invoice too");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_can_be_changed_and_taken_away() {
    let running = start("money-change").await;
    let group = priced(&running, "Steady Ground", "45", "480").await;
    priced(&running, "Steady Ground", "50", "").await;
    let mut visitor = running.visitor();
    let page = visitor.get(&format!("/find/{group}")).await;
    assert!(page.text.contains("$50.00") && !page.text.contains("$45.00") && !page.text.contains("$480.00"));
    priced(&running, "Steady Ground", "", "").await;
    assert!(!visitor.get(&format!("/find/{group}")).await.text.contains("$50.00"));
    let month = month(&running).await;
    let invoice = running.signed_in("Maya").await.get(&format!("/invoice?month={month}")).await;
    assert!(invoice.text.contains("$0.00"), "without a price there is nothing to pay");
    let maya = running.person("Maya").await.id;
    let billing = format!("/people/{maya}/billing");
    let mut carol = running.signed_in("Carol").await;
    carol.post(&billing, &[("codes", "F41.1")]).await;
    assert_eq!(carol.post(&billing, &[("codes", " ")]).await.location, billing);
    assert!(carol.get(&billing).await.text.contains("name=\"codes\" maxlength=\"60\" value=\"\""), "codes can be taken away");
    let changes = "SELECT COUNT(*) AS n FROM audit WHERE action = 'price.keep'";
    assert_eq!(running.house.db.number(changes, []).await.unwrap(), 3, "every change stands in the audit book");
}
