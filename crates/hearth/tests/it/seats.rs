//! Seats: the last one is one person's, whoever else asks at the same moment; the office's words end in a kind no.

use ground::{Ask, Language, values};
use hyper::StatusCode;
use testkit::Browser;

use crate::{
    harness::{LANTERNS, LIVES, Running, WHY, start, with},
    state::{escaped, kept, sentence},
};

async fn group_of(running: &Running, capacity: &str) -> String {
    running.signed_in("Carol").await.post("/groups", &with(LANTERNS, "capacity", capacity)).await.location
}

async fn sit(browser: &mut Browser, seats: &str, email: &str, part: &str) -> StatusCode {
    browser.post(seats, &[("email", email), ("part", part), LIVES, WHY]).await.status
}

const NEWCOMERS: [&str; 6] = ["aisha.rahman", "felix.braun", "clara.jensen", "zara.khan", "tess.walker", "hugo.martin"];

/// Statement 22: more people than places at the same moment, and not one too many gets in.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_places_are_given_once() {
    let running = start("seats-race").await;
    let seats = group_of(&running, "2").await;
    let carol = running.signed_in("Carol").await;
    let asked: Vec<_> = NEWCOMERS
        .iter()
        .map(|name| {
            let (mut carol, seats, email) = (carol.clone(), seats.clone(), format!("{name}@example.org"));
            tokio::spawn(async move { sit(&mut carol, &seats, &email, "member").await })
        })
        .collect();
    let mut told = Vec::new();
    for one in asked {
        told.push(one.await.unwrap());
    }
    let count = |wanted: StatusCode| told.iter().filter(|status| **status == wanted).count();
    assert_eq!((count(StatusCode::SEE_OTHER), count(StatusCode::UNPROCESSABLE_ENTITY)), (2, 4), "{told:?}");
    let group = running.group("Lanterns").await;
    let sql = "SELECT g.taken * 100 + (SELECT COUNT(*) FROM membership m WHERE m.group_id = g.id) AS n FROM groups g WHERE g.id = $1";
    assert_eq!(running.house.db.number(sql, values![group]).await.unwrap(), 202);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_sit_where() {
    let running = start("seats-parts").await;
    let seats = group_of(&running, "12").await;
    let mut carol = running.signed_in("Carol").await;
    for (email, part, key) in [
        ("nobody@example.org", "member", Some("seats-nobody")),
        ("", "member", Some("seats-nobody")),
        ("aisha.rahman@example.org", "facilitator", Some("seats-part")),
        ("aisha.rahman@example.org", "observer", Some("seats-part")),
        ("aisha.rahman@example.org", "king", Some("seats-part")),
        ("aisha.rahman@example.org", "", Some("seats-part")),
        ("rosa.lindqvist@example.org", "member", Some("seats-part")),
        ("rosa.lindqvist@example.org", "observer", Some("seats-part")),
        ("marcus.bell@example.org", "member", Some("seats-part")),
        ("marcus.bell@example.org", "facilitator", None),
        ("nadia.okafor@example.org", "observer", None),
        ("lena.marsh@example.org", "interpreter", None),
        ("  AISHA.Rahman@Example.org ", "member", None),
        ("aisha.rahman@example.org", "member", Some("seats-already")),
        ("marcus.bell@example.org", "observer", Some("seats-already")),
    ] {
        let before = kept(&running).await;
        let page = carol.post(&seats, &[("email", email), ("part", part), LIVES, WHY]).await;
        match key {
            None => assert_eq!(page.status, StatusCode::SEE_OTHER, "{email} as {part}"),
            Some(key) => {
                assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{email} as {part}");
                assert!(
                    page.text.contains(&sentence(Language::English, key)) && page.text.contains(&escaped(email)),
                    "{email} as {part}: {key}"
                );
                assert_eq!(kept(&running).await, before, "{email} as {part} changed something");
            }
        }
    }
}

/// A group must not turn a person away because a trainee is watching.
#[tokio::test(flavor = "multi_thread")]
async fn leaders_and_guests_take_no_member_s_place() {
    let running = start("seats-guests").await;
    let seats = group_of(&running, "2").await;
    let mut carol = running.signed_in("Carol").await;
    for (name, part) in
        [("marcus.bell", "facilitator"), ("nadia.okafor", "observer"), ("aisha.rahman", "member"), ("felix.braun", "member")]
    {
        assert_eq!(sit(&mut carol, &seats, &format!("{name}@example.org"), part).await, StatusCode::SEE_OTHER, "{name}");
    }
    assert_eq!(sit(&mut carol, &seats, "clara.jensen@example.org", "member").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(sit(&mut carol, &seats, "lena.marsh@example.org", "facilitator").await, StatusCode::SEE_OTHER, "a co-leader still fits");
}

/// Statement 17.
#[tokio::test(flavor = "multi_thread")]
async fn a_seat_is_the_office_s_to_give() {
    let running = start("seats-roles").await;
    let seats = group_of(&running, "4").await;
    for name in ["Maya", "Dr. Amara", "Rui", "Nadia", "Rosa", "Marcus"] {
        let mut browser = running.signed_in(name).await;
        assert_eq!(browser.get(&seats).await.status, StatusCode::NOT_FOUND, "{name}");
        assert_eq!(sit(&mut browser, &seats, "aisha.rahman@example.org", "member").await, StatusCode::NOT_FOUND, "{name}");
    }
    assert_eq!(sit(&mut running.visitor(), &seats, "aisha.rahman@example.org", "member").await, StatusCode::UNAUTHORIZED);
    let group = running.group("Lanterns").await;
    let seated = running.house.db.number("SELECT COUNT(*) AS n FROM membership WHERE group_id = $1", values![group]).await.unwrap();
    assert_eq!(seated, 0);
}

/// Only the chosen name of the others; surnames and addresses stay in the office.
#[tokio::test(flavor = "multi_thread")]
async fn a_member_s_first_name_is_all_that_the_group_learns() {
    let running = start("seats-names").await;
    let seats = group_of(&running, "4").await;
    let mut carol = running.signed_in("Carol").await;
    for name in ["aisha.rahman", "felix.braun"] {
        sit(&mut carol, &seats, &format!("{name}@example.org"), "member").await;
    }
    let page = running.signed_in("Felix").await.get(seats.trim_end_matches("/seats")).await;
    assert!(page.text.contains("Aisha") && !page.text.contains("Rahman") && !page.text.contains("aisha.rahman"));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_of_one_first_name_are_told_apart() {
    let running = start("seats-namesakes").await;
    let seats = group_of(&running, "4").await;
    let mut carol = running.signed_in("Carol").await;
    let other = [("name", "Aisha Stone"), ("email", "aisha.stone@example.org"), ("role", "member")];
    assert_eq!(carol.post("/people", &other).await.location, "/people");
    for email in ["aisha.rahman@example.org", "aisha.stone@example.org"] {
        assert_eq!(sit(&mut carol, &seats, email, "member").await, StatusCode::SEE_OTHER);
    }
    assert!(carol.get(&seats).await.text.contains("Aisha 2"));
}

#[tokio::test(flavor = "multi_thread")]
async fn planning_ahead_twice_plans_once() {
    let running = start("plan-twice").await;
    group_of(&running, "4").await;
    for _ in 0..3 {
        meeting::plan_ahead(&running.house).await.unwrap();
    }
    let group = running.group("Lanterns").await;
    let planned = running.house.db.number("SELECT COUNT(*) AS n FROM session WHERE group_id = $1", values![group]).await.unwrap();
    assert_eq!(planned, 8, "eight weeks ahead");
}
