//! Appointments beside the groups.

use ground::{Ask, Language, Moment, values};
use hyper::StatusCode;

use crate::{
    calendar::{taken, to_come},
    harness::{start, with},
    state::{kept, sentence},
};

const FAMILY: &[(&str, &str)] = &[
    ("kind", "family"),
    ("date", "2099-03-10"),
    ("time", "16:00"),
    ("minutes", "50"),
    ("leader", ""),
    ("emails", "maya.lindqvist@example.org\nrosa.lindqvist@example.org"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_family_session_stands_in_the_calendars_of_those_it_concerns() {
    let running = start("appointment").await;
    let mut amara = running.signed_in("Dr. Amara").await;
    let path = taken(&mut amara, "/appointments", FAMILY).await;
    running.work().await;
    let posted = running.outbox.posted();
    assert_eq!(posted.len(), 2, "both are told, and nobody else");
    assert!(posted.iter().all(|one| !one.letter.text.contains("Lindqvist") && !one.letter.text.to_lowercase().contains("family")));
    for name in ["Maya", "Rosa", "Dr. Amara", "Carol"] {
        let mut browser = running.signed_in(name).await;
        assert!(browser.get("/calendar?month=2099-03").await.text.contains(&format!("href=\"{path}\"")), "{name}");
        let page = browser.get(&path).await.text;
        assert_eq!(page.contains("Rosa Lindqvist"), matches!(name, "Dr. Amara" | "Carol"), "{name}: only who leads reads who comes");
        assert!(page.contains("talk by phone") && !page.contains("/door"), "no button that leads nowhere");
    }
    let mut theo = running.signed_in("Theo").await;
    assert!(!theo.get("/calendar?month=2099-03").await.text.contains(&path));
    assert_eq!(theo.get(&path).await.status, StatusCode::NOT_FOUND);
    let mut maya = running.signed_in("Maya").await;
    assert_eq!(maya.post(&format!("{path}/cancellation"), &[("sure", "on")]).await.status, StatusCode::NOT_FOUND, "she calls the practice");
    let cancel = format!("{path}/cancellation");
    assert!(amara.post(&cancel, &[]).await.text.contains(&sentence(Language::English, "change-cancel-unsure")));
    taken(&mut amara, &cancel, &[("sure", "on")]).await;
    assert!(amara.post(&cancel, &[("sure", "on")]).await.text.contains(&sentence(Language::English, "change-too-late")));
    running.work().await;
    assert_eq!(running.outbox.posted().len(), 4);
    assert!(maya.get("/calendar?month=2099-03").await.text.contains(&sentence(Language::English, "calendar-cancelled")));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_is_named_and_kept() {
    let running = start("appointment-odd").await;
    let mut carol = running.signed_in("Carol").await;
    let before = kept(&running).await;
    for (field, typed, key) in [
        ("kind", "party", "appointments-kind"),
        ("kind", "individual", "appointments-individual"),
        ("date", "tomorrow", "change-time-unreadable"),
        ("date", "1999-01-01", "change-time-past"),
        ("time", "4 pm", "change-time-unreadable"),
        ("minutes", "five", "appointments-minutes"),
        ("minutes", "500", "appointments-minutes"),
        ("leader", "maya.lindqvist@example.org", "appointments-leader"),
        ("leader", "nadia.okafor@example.org", "appointments-leader"),
        ("leader", "nobody@example.org", "appointments-leader"),
        ("emails", "nobody@example.org", "appointments-nobody"),
        ("emails", " \n ", "appointments-empty"),
    ] {
        let page = carol.post("/appointments", &with(FAMILY, field, typed)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {typed}");
        assert!(page.text.contains(&sentence(Language::English, key)), "{key}");
        assert!(field == "time" || page.text.contains("value=\"16:00\""), "what was typed is kept");
    }
    let mut nadia = running.signed_in("Nadia").await;
    assert!(nadia.post("/appointments", FAMILY).await.text.contains(&sentence(Language::English, "appointments-not-yours")));
    assert_eq!(running.signed_in("Maya").await.post("/appointments", FAMILY).await.status, StatusCode::NOT_FOUND);
    assert_eq!(kept(&running).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appointment_in_the_middle_of_a_session_is_a_double_booking() {
    let running = start("appointment-clash").await;
    let session = to_come(&running, "Steady Ground").await.swap_remove(3);
    let local = session.starts_at.in_zone("America/New_York");
    let (date, time) = (local.date().to_string(), local.strftime("%H:%M").to_string());
    let mut carol = running.signed_in("Carol").await;
    let fields = with(&with(&with(FAMILY, "date", &date), "time", &time), "leader", "marcus.bell@example.org");
    let page = carol.post("/appointments", &fields).await;
    assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.text.contains("name=\"anyway\""), "Maya sits in her group then");
    let mut fields = fields;
    fields.push(("anyway", "on"));
    let path = taken(&mut carol, "/appointments", &fields).await;
    let leader = running.house.db.number("SELECT leader_id AS n FROM appointment", []).await.unwrap();
    assert_eq!(leader, running.person("Marcus").await.id);
    assert!(running.signed_in("Marcus").await.get(&path).await.text.contains("Rosa Lindqvist"), "he leads it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clinician_picks_from_their_own_groups_only() {
    let running = start("appointment-pick").await;
    let (maya, aisha) = (running.person("Maya").await.id.to_string(), running.person("Aisha").await.id.to_string());
    let mut ben = running.signed_in("Ben").await;
    let page = ben.get("/appointments/new").await.text;
    assert!(page.contains(&format!("value=\"{maya}\"")));
    let fields = [("kind", "individual"), ("date", "2099-03-10"), ("time", "16:00"), ("minutes", "50"), ("person", aisha.as_str())];
    if !page.contains(&format!("value=\"{aisha}\"")) {
        assert!(ben.post("/appointments", &fields).await.text.contains(&sentence(Language::English, "appointments-empty")));
    }
    taken(&mut ben, "/appointments", &with(&fields, "person", &maya)).await;
    let sql = "SELECT COUNT(*) AS n FROM appointment a JOIN appointment_person w ON w.appointment_id = a.id WHERE w.person_id = $1 AND a.starts_at > $2";
    let n = running.house.db.number(sql, values![maya.parse::<i64>().unwrap(), Moment(0)]).await.unwrap();
    assert_eq!(n, 1);
}
