//! Somebody under 18: a kind no where the practice takes nobody, else no seat before a parent or guardian has said yes.

use std::time::Duration;

use ground::{Ask, Language, values};
use hyper::StatusCode;
use testkit::{Browser, LogGuard};

use crate::{
    enrolment::{PASSWORD, SCREENING},
    harness::{DOOR, Running, start, start_with_clock, with},
    state::{escaped, kept, sentence},
};

const ADA: &str = "ada@example.org";
const RUTH: &str = "ruth.canary@example.org";
const DAY: Duration = Duration::from_secs(86_400);
const PRACTICE: &[(&str, &str)] = &[
    ("name", "Hearth"),
    ("phone", "+1 555 010 0199"),
    ("zone", "America/New_York"),
    ("guardian_by", "Dr. Amara Osei"),
    ("guardian_lowest", "15"),
];
const GIVE: &[(&str, &str)] = &[("name", "Ruth Nowak"), ("relationship", "Mother"), ("agree", "on"), ("answer", "give")];

fn minor<'a>(email: &'a str, age: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("name", "Ada Nowak"), ("email", email), ("residence", "NY"), ("adult", age)]
}

impl Running {
    async fn takes_minors(&self) {
        let mut anders = self.signed_in("Anders").await;
        let refused = anders.post("/practice", PRACTICE).await;
        assert!(refused.text.contains(&sentence(Language::English, "practice-guardian-text")), "a draft is no consent");
        let publish = [("en", "Sessions are by video. {phone}"), ("es", "Las sesiones son por video. {phone}"), ("action", "publish")];
        anders.post("/practice/documents/telehealth", &publish).await;
        assert!(anders.post("/practice", PRACTICE).await.text.contains(&sentence(Language::English, "practice-kept")));
    }

    /// Said that they are under 18, followed the link, signed in; the short form comes next.
    async fn young(&self, group: i64) -> (Browser, i64) {
        let page = self.visitor().post(&format!("/find/{group}/seat"), &minor(ADA, "minor")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        self.work().await;
        let posted = self.outbox.posted();
        let text = &posted.iter().rev().find(|one| one.letter.text.contains("/welcome/")).unwrap().letter.text;
        let link = text[text.find("/welcome/").unwrap()..].split_whitespace().next().unwrap().to_owned();
        self.visitor().post(&link, &[("password", PASSWORD), ("again", PASSWORD)]).await;
        let mut ada = self.visitor();
        ada.post("/sign-in", &[("email", ADA), ("password", PASSWORD)]).await;
        let id = self.application(ADA).await;
        ada.post(&format!("/applications/{id}/seat"), &[]).await;
        (ada, id)
    }

    /// Asked for a seat in a class that is joined without a call, and named a guardian.
    async fn young_in_a_class(&self) -> (Browser, i64, i64) {
        self.takes_minors().await;
        let mut direct: Vec<(&str, &str)> = PRACTICE.to_vec();
        direct.extend([("class_by", "Dr. Amara Osei"), ("class_direct", "on")]);
        self.signed_in("Anders").await.post("/practice", &direct).await;
        let class = self.group("Skills for Hard Days").await;
        let (mut ada, id) = self.young(class).await;
        assert_eq!(ada.post(&format!("/applications/{id}/screening"), &named(RUTH)).await.location, "/applications");
        (ada, id, class)
    }

    /// The newest mail to the guardian, and its link.
    async fn guardian_link(&self) -> (String, usize) {
        self.work().await;
        let all: Vec<_> = self.outbox.posted().into_iter().filter(|one| format!("{:?}", one.to).contains("ruth.canary")).collect();
        let text = all.last().unwrap().letter.text.clone();
        let link = text[text.find("/guardian/").unwrap()..].split_whitespace().next().unwrap().to_owned();
        (link, all.len())
    }
}

fn named(guardian: &str) -> Vec<(&'static str, &str)> {
    let mut fields: Vec<(&'static str, &str)> = SCREENING.to_vec();
    fields.extend([("guardian_name", "Ruth Nowak"), ("guardian_email", guardian)]);
    fields
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_no_seat_before_the_guardian_says_yes_and_none_after_they_took_it_back() {
    let running = start("guardian").await;
    running.takes_minors().await;
    let group = running.group("Steady Ground").await;
    let before = running.taken(group).await;
    let (mut ada, id) = running.young(group).await;
    let form = format!("/applications/{id}/screening");
    for (email, key) in [("", "guardian-email-unreadable"), ("ruth", "guardian-email-unreadable"), (ADA, "guardian-own-address")] {
        let page = ada.post(&form, &named(email)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text.contains(&sentence(Language::English, key)) && page.text.contains("Ruth Nowak"), "{key}");
    }
    assert_eq!(ada.post(&form, &named(RUTH)).await.location, "/applications");
    assert!(ada.get("/applications").await.text.contains(&sentence(Language::English, "guardian-state-asked")));
    let (link, _) = running.guardian_link().await;

    let mut amara = running.signed_in("Dr. Amara").await;
    let applicant = format!("/groups/{group}/applicants/{id}");
    let page = amara.get(&applicant).await.text;
    assert!(page.contains(&sentence(Language::English, "guardian-state-asked")) && page.contains(RUTH));
    assert!(amara.get("/applicants").await.text.contains(&sentence(Language::English, "guardian-state-asked")));
    let decision = format!("{applicant}/decision");
    let accepted = amara.post(&decision, &[("outcome", "accept")]).await;
    assert!(accepted.text.contains(&sentence(Language::English, "applicant-guardian-first")));
    let mut carol = running.signed_in("Carol").await;
    let seat = [("email", ADA), ("part", "member"), ("residence", "NY")];
    let seats = carol.post(&format!("/groups/{group}/seats"), &seat).await;
    assert!(seats.text.contains(&sentence(Language::English, "seats-guardian")), "nor by hand");

    let mut ruth = running.visitor();
    let page = ruth.get(&link).await.text;
    for words in ["Ada Nowak", "Sessions are by video.", &sentence(Language::English, "guardian-limits-text")] {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains("Steady Ground") && !page.contains("canary"), "not which group, not what was told");
    let state = kept(&running).await;
    for (field, key) in [("name", "guardian-sign-name"), ("relationship", "guardian-sign-relationship"), ("agree", "guardian-sign-agree")] {
        let page = ruth.post(&link, &with(GIVE, field, "")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text.contains(&sentence(Language::English, key)), "{key}");
    }
    assert_eq!(kept(&running).await, state);
    assert_eq!(ruth.post(&link, GIVE).await.location, link);
    assert!(ruth.get(&link).await.text.contains(&sentence(Language::English, "guardian-given")));
    assert!(ruth.post(&link, GIVE).await.text.contains(&sentence(Language::English, "guardian-answered-already")), "once");
    assert_eq!(amara.post(&decision, &[("outcome", "accept")]).await.location, "/applicants");
    assert_eq!(running.taken(group).await, before + 1);

    assert_eq!(ruth.post(&link, &[("answer", "withdraw")]).await.location, link);
    let session = running.tonight().await;
    let tx = running.house.db.write().await.unwrap();
    tx.run("UPDATE membership SET first_number = 1 WHERE group_id = $1", values![group]).await.unwrap();
    tx.run("UPDATE session SET starts_at = $1 WHERE id = $2", values![running.house.clock.now().0 + 60_000_000, session]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    let mut shut = ada.post(&format!("/sessions/{session}/door"), DOOR).await;
    if shut.text.contains("/documents/telehealth") {
        ada.post("/documents/telehealth", &[("name", "Ada Nowak"), ("agree", "on")]).await;
        shut = ada.post(&format!("/sessions/{session}/door"), DOOR).await;
    }
    assert!(shut.text.contains(&sentence(Language::English, "door-guardian")), "{}", shut.text);
    let audit = "SELECT COUNT(*) AS n FROM audit WHERE action IN ('guardian.consent', 'guardian.withdraw')";
    assert_eq!(running.house.db.number(audit, []).await.unwrap(), 2);
    let news = running.outbox.posted().len();
    running.work().await;
    assert!(running.outbox.posted().len() > news, "whoever looks after them hears that something changed");
}

/// Nobody of the group, its topic or what was told stands in what the guardian gets, nor their address in a log.
#[tokio::test(flavor = "multi_thread")]
async fn the_mail_is_neutral_is_sent_again_twice_and_its_link_ends() {
    let (running, clock) = start_with_clock("guardian-mail").await;
    running.takes_minors().await;
    let group = running.group("Steady Ground").await;
    let (mut ada, id) = running.young(group).await;
    ada.post(&format!("/applications/{id}/screening"), &named(RUTH)).await;
    let (first, _) = running.guardian_link().await;
    let mut seen = Vec::new();
    for _ in 0..16 {
        let (link, count) = running.guardian_link().await;
        assert_eq!(link, first, "the same link");
        seen.push(count);
        clock.advance(DAY);
    }
    assert_eq!((seen[0], seen[4], seen[15]), (1, 2, 3), "once, and twice more: {seen:?}");
    for one in running.outbox.posted().iter().filter(|one| format!("{:?}", one.to).contains("ruth.canary")) {
        for word in ["Ada", "Nowak", "Steady", "anxiety", "Anxiety", "therapy", "canary-brings"] {
            assert!(!one.letter.text.contains(word) && !one.letter.subject.contains(word), "{word}: {}", one.letter.text);
        }
    }
    let log = LogGuard::listen().text();
    assert!(!log.contains(RUTH) && !log.contains(first.trim_start_matches("/guardian/")), "neither address nor link in a log");
    assert_eq!(running.visitor().get(&first).await.status, StatusCode::GONE);
    assert_eq!(running.visitor().post(&first, GIVE).await.status, StatusCode::GONE);

    // Sixteen days later the sign-in of the first day is over, too.
    ada = running.back(ADA).await;
    let page = ada.get("/applications").await.text;
    assert!(page.contains(&sentence(Language::English, "guardian-state-over")) && page.contains(&format!("/applications/{id}/guardian")));
    let again = format!("/applications/{id}/guardian");
    let odd = ada.post(&again, &[("name", "Ruth <N>"), ("email", "nowhere")]).await;
    assert!(odd.text.contains(&escaped("Ruth <N>")) && odd.status == StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(ada.post(&again, &[("name", "Ruth Nowak"), ("email", RUTH)]).await.location, "/applications");
    let (second, _) = running.guardian_link().await;
    assert_ne!(second, first);
    assert_eq!(running.visitor().get(&first).await.status, StatusCode::GONE, "the old link is over");
    assert_eq!(running.visitor().post(&second, &[("answer", "decline")]).await.location, second);
    assert!(ada.get("/applications").await.text.contains(&sentence(Language::English, "guardian-state-declined")));
    let mut amara = running.signed_in("Dr. Amara").await;
    amara.post(&format!("/groups/{group}/applicants/{id}/of-age"), &[]).await;
    let accepted = amara.post(&format!("/groups/{group}/applicants/{id}/decision"), &[("outcome", "accept")]).await;
    assert_eq!(accepted.location, "/applicants", "staff made sure that no consent is needed");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_under_eighteen_is_taken_the_no_is_kind_and_the_risk_screen_still_counts() {
    let running = start("guardian-off").await;
    let group = running.group("Steady Ground").await;
    let before = kept(&running).await;
    for age in ["younger", "minor"] {
        let page = running.visitor().post(&format!("/find/{group}/seat"), &minor(ADA, age)).await;
        let main = &page.text[page.text.find("<main").unwrap()..];
        assert!(main.contains(&sentence(Language::English, "minor-where-doctor")), "where else to turn");
        assert!(main.find("tel:988").unwrap() < main.find("<h1").unwrap(), "the lines first");
    }
    assert_eq!(kept(&running).await, before, "no account, no application, no mail");

    let mut ada = running.newcomer(group, ADA).await;
    let id = running.application(ADA).await;
    ada.post(&format!("/applications/{id}/seat"), &[]).await;
    let mut told = with(SCREENING, "age", "under-18");
    told = told.into_iter().map(|(name, value)| (name, if name == "asq-2" { "yes" } else { value })).collect();
    told.push(("asq-now", "no"));
    let taken = running.taken(group).await;
    let page = ada.post(&format!("/applications/{id}/screening"), &told).await;
    assert!(page.text.contains(&sentence(Language::English, "minor-title")) && page.text.contains("tel:988"));
    assert_eq!((running.step(id).await, running.taken(group).await), ("closed/none/withdrawn".to_owned(), taken - 1));
    running.work().await;
    let tasks = "SELECT COUNT(*) AS n FROM risk_task t JOIN person p ON p.id = t.person_id WHERE p.email = $1 AND t.source = 'screening'";
    assert_eq!(running.house.db.number(tasks, values![ADA]).await.unwrap(), 1, "a task with an owner and a clock");
}

/// A class that is joined without a call waits, too; a yes lets its seat be taken.
#[tokio::test(flavor = "multi_thread")]
async fn straight_to_a_class_waits_for_the_guardian() {
    let running = start("guardian-class").await;
    let (mut ada, id, class) = running.young_in_a_class().await;
    assert_eq!(running.step(id).await, "accepted/offered/", "a seat is kept, and nobody sits in it");
    let page = ada.get("/applications").await.text;
    assert!(page.contains(&sentence(Language::English, "mine-held-guardian")) && page.contains("value=\"no\""));
    assert!(!page.contains("name=\"answer\" value=\"yes\""), "a yes of her own would be too early");
    let early = ada.post(&format!("/applications/{id}/answer"), &[("answer", "yes")]).await;
    assert!(early.text.contains(&sentence(Language::English, "mine-guardian-first")));
    let (link, _) = running.guardian_link().await;
    running.visitor().post(&link, GIVE).await;
    assert!(ada.get("/applications").await.text.contains("name=\"answer\" value=\"yes\""));
    assert_eq!(ada.post(&format!("/applications/{id}/answer"), &[("answer", "yes")]).await.location, format!("/groups/{class}"));
}

/// Nobody loses an offer because somebody else has not read their mail: its two days begin when the guardian has answered.
#[tokio::test(flavor = "multi_thread")]
async fn an_offer_waits_for_the_guardian_and_then_its_clock_starts() {
    for (name, answer) in [("guardian-waits-yes", GIVE), ("guardian-waits-no", &[("answer", "decline")][..])] {
        let (running, clock) = start_with_clock(name).await;
        let (_, id, class) = running.young_in_a_class().await;
        let (link, _) = running.guardian_link().await;
        let taken = running.taken(class).await;
        clock.advance(10 * DAY);
        joining::tend(&running.house).await.unwrap();
        assert_eq!((running.step(id).await.as_str(), running.taken(class).await), ("accepted/offered/", taken), "{name}: ten days later");
        let mut carol = running.signed_in("Carol").await;
        let kept = "The seat stays kept while we wait for the answer, until ";
        for path in ["/applicants".to_owned(), format!("/groups/{class}/applicants/{id}")] {
            assert!(carol.get(&path).await.text.contains(kept), "{name}: the office reads why nothing moves: {path}");
        }
        assert_eq!(running.visitor().post(&link, answer).await.location, link);
        assert!(!carol.get("/applicants").await.text.contains(kept), "{name}: nobody waits for the guardian any more");
        clock.advance(2 * DAY - Duration::from_secs(60));
        joining::tend(&running.house).await.unwrap();
        assert_eq!(running.step(id).await, "accepted/offered/", "{name}: the whole two days");
        clock.advance(Duration::from_secs(120));
        joining::tend(&running.house).await.unwrap();
        joining::tend(&running.house).await.unwrap();
        assert_eq!(
            (running.step(id).await.as_str(), running.taken(class).await),
            ("accepted/waiting/", taken - 1),
            "{name}: and no longer"
        );
    }
}

/// A link that ends without an answer starts the clock, too; asked again in time, the seat waits again; staff may settle it.
#[tokio::test(flavor = "multi_thread")]
async fn an_offer_outlives_the_guardians_link_by_its_own_time() {
    let (running, clock) = start_with_clock("guardian-link-over").await;
    let (_, id, _) = running.young_in_a_class().await;
    let end = "SELECT hold_ends_at AS n FROM application WHERE id = $1";
    let left = async || running.house.db.number(end, values![id]).await.unwrap() - running.house.clock.now().0;
    let days = |n: i64| n * 86_400_000_000;
    assert_eq!(left().await, days(16), "fourteen for the guardian, two for her");
    clock.advance(15 * DAY);
    joining::tend(&running.house).await.unwrap();
    assert_eq!(running.step(id).await, "accepted/offered/", "the link is over; now it is her turn");
    let mut ada = running.back(ADA).await;
    let page = ada.get("/applications").await.text;
    assert!(!page.contains(&sentence(Language::English, "mine-held-guardian")), "nobody is waited for");
    let again = [("name", "Ruth Nowak"), ("email", RUTH)];
    assert_eq!(ada.post(&format!("/applications/{id}/guardian"), &again).await.location, "/applications");
    assert_eq!(left().await, days(16), "asked again, waited for again");
    let group = running.group("Skills for Hard Days").await;
    let mut carol = running.signed_in("Carol").await;
    carol.post(&format!("/groups/{group}/applicants/{id}/of-age"), &[]).await;
    assert_eq!(left().await, days(2), "no consent is needed: the clock starts");
    clock.advance(3 * DAY);
    joining::tend(&running.house).await.unwrap();
    assert_eq!(running.step(id).await, "accepted/waiting/");
}

/// Before the call it is the same: a hold of a week does not end, and a month of waiting is not her silence.
#[tokio::test(flavor = "multi_thread")]
async fn a_hold_before_the_call_waits_for_the_guardian_too() {
    let (running, clock) = start_with_clock("guardian-hold").await;
    running.takes_minors().await;
    let group = running.group("Steady Ground").await;
    let (mut ada, id) = running.young(group).await;
    ada.post(&format!("/applications/{id}/screening"), &named(RUTH)).await;
    assert_eq!(running.step(id).await, "call/held/");
    for day in [13, 26] {
        clock.advance(13 * DAY);
        joining::tend(&running.house).await.unwrap();
        assert_eq!(running.step(id).await, "call/held/", "day {day}");
        let mut ada = running.back(ADA).await;
        ada.post(&format!("/applications/{id}/guardian"), &[("name", "Ruth Nowak"), ("email", RUTH)]).await;
    }
    clock.advance(10 * DAY);
    joining::tend(&running.house).await.unwrap();
    assert_eq!(running.step(id).await, "call/held/", "day 36: her guardian may still answer");
    let (link, _) = running.guardian_link().await;
    assert_eq!(running.visitor().post(&link, GIVE).await.location, link);
    let end = running.house.db.number("SELECT hold_ends_at AS n FROM application WHERE id = $1", values![id]).await.unwrap();
    assert_eq!(end - running.house.clock.now().0, 7 * 86_400_000_000, "a week to choose a call");
}

/// Each way in which somebody fills in the practice's form wrongly says so, keeps what was typed and changes nothing, in both languages.
#[tokio::test(flavor = "multi_thread")]
async fn a_practice_decides_with_a_name_and_an_age_or_not_at_all() {
    let running = start("guardian-practice").await;
    let mut anders = running.signed_in("Anders").await;
    for language in Language::ALL {
        anders.post("/language", &[("language", language.code()), ("back", "/")]).await;
        let before = kept(&running).await;
        for (field, typed, key) in [
            ("guardian_by", "", "practice-guardian-both"),
            ("guardian_lowest", "", "practice-guardian-both"),
            ("guardian_lowest", "12", "practice-guardian-both"),
            ("guardian_lowest", "eighteen", "practice-guardian-both"),
            ("name", "Hearth", "practice-guardian-text"),
        ] {
            let page = anders.post("/practice", &with(PRACTICE, field, typed)).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {typed}");
            assert!(page.text.contains(&sentence(language, key)) && page.text.contains("+1 555 010 0199"), "{field} {typed}");
        }
        assert_eq!(kept(&running).await, before);
    }
    let form = running.visitor().get(&format!("/find/{}/seat", running.group("Steady Ground").await)).await.text;
    assert!(form.contains("value=\"younger\"") && !form.contains("value=\"minor\""), "nobody under 18 is offered what there is not");
}

/// Somebody who has an account and a seat elsewhere says it, too: whom to ask is asked for before a second seat.
#[tokio::test(flavor = "multi_thread")]
async fn a_member_who_is_young_names_a_guardian_and_two_answers_at_once_are_one() {
    let running = start("guardian-member").await;
    running.takes_minors().await;
    let group = running.group("Steady Ground").await;
    let mut aisha = running.signed_in("Aisha").await;
    let asked = aisha.post(&format!("/find/{group}/seat"), &[("residence", "NY"), ("adult", "minor")]).await;
    assert_eq!(asked.location, "/applications", "{}", asked.text);
    let person = running.person("Aisha").await.id;
    let id = running.house.db.number("SELECT id AS n FROM application WHERE person_id = $1", values![person]).await.unwrap();
    let page = aisha.get("/applications").await.text;
    assert!(page.contains(&sentence(Language::English, "guardian-state-needed")));
    assert!(ground::facts::guardian_missing(&running.house.db, person).await.unwrap());
    let settled = with(SCREENING, "age", "25-34");
    let page = aisha.post(&format!("/applications/{id}/screening"), &settled).await;
    assert!(page.text.contains(&sentence(Language::English, "guardian-name-missing")), "another age ticked later changes nothing");
    aisha.post(&format!("/applications/{id}/screening"), &named(RUTH)).await;
    let (link, _) = running.guardian_link().await;
    let mut answers = tokio::task::JoinSet::new();
    for answer in ["give", "decline"] {
        let (mut browser, link) = (running.visitor(), link.clone());
        answers.spawn(async move { browser.post(&link, &with(GIVE, "answer", answer)).await.status });
    }
    let mut taken = 0;
    while let Some(status) = answers.join_next().await {
        taken += usize::from(status.unwrap().is_redirection());
    }
    assert_eq!(taken, 1, "the first answer counts");
    let deeds = "SELECT COUNT(*) AS n FROM audit WHERE action IN ('guardian.consent', 'guardian.decline')";
    assert_eq!(running.house.db.number(deeds, []).await.unwrap(), 1);
    for stranger in ["Maya", "Carol"] {
        let page = running.signed_in(stranger).await.post(&format!("/applications/{id}/guardian"), &[("name", "X"), ("email", RUTH)]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{stranger} asks nobody for somebody else");
    }
}

/// In Spanish as in English, page and mail; a link that nobody has is over.
#[tokio::test(flavor = "multi_thread")]
async fn a_guardian_reads_it_in_the_language_of_the_young_person_or_in_their_own() {
    let running = start("guardian-spanish").await;
    running.takes_minors().await;
    let group = running.group("Steady Ground").await;
    let (mut ada, id) = running.young(group).await;
    ada.post("/language", &[("language", "es"), ("back", "/")]).await;
    ada.post(&format!("/applications/{id}/screening"), &named(RUTH)).await;
    let (link, _) = running.guardian_link().await;
    let posted = running.outbox.posted();
    let letter = &posted.iter().rev().find(|one| format!("{:?}", one.to).contains("ruth.canary")).unwrap().letter;
    assert!(letter.subject.contains("lee y responde") && letter.text.contains("Guarda este correo"), "{}", letter.text);
    let mut ruth = running.visitor();
    ruth.headers = vec![("accept-language", "es-MX,es;q=0.9".into())];
    let page = ruth.get(&link).await.text;
    assert!(page.contains(&sentence(Language::Spanish, "guardian-limits-text")) && page.contains("Las sesiones son por video."));
    assert_eq!(ruth.get("/guardian/nothing").await.status, StatusCode::GONE);
    assert_eq!(ruth.post("/guardian/nothing", GIVE).await.status, StatusCode::GONE);
    let odd = ruth.post(&link, &[("answer", "perhaps")]).await;
    assert!(odd.text.contains(&sentence(Language::Spanish, "guardian-answer-missing")));
}
