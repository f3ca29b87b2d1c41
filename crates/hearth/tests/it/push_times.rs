//! Notices on devices: when one goes and when none does, on simulated time.

use std::time::Duration;

use ground::{Ask, Language, reminders, values};
use hyper::StatusCode;

use crate::{
    inbox::meddle,
    messages::write,
    push::{Calm, calm, moment},
    reminders::nobody_answers,
    state::sentence,
};

/// A choice of notices, nothing else; nights of one's own are short.
fn choice<'a>(unread: &'a str, more: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    let mut all = vec![
        ("unread", unread),
        ("push", "asked"),
        ("day_before", "on"),
        ("hour_before", "on"),
        ("quiet_from", "03:00"),
        ("quiet_to", "05:00"),
    ];
    all.extend(more.iter().map(|name| (*name, "on")));
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn at_night_a_device_stays_dark_and_so_it_does_for_whoever_wants_no_notices() {
    let calm = calm("push-night").await;
    let (mut theo, path) = calm.theo().await;
    let (mut maya, mut priya, mut sam) =
        (calm.running.signed_in("Maya").await, calm.running.signed_in("Priya").await, calm.running.signed_in("Sam").await);
    for (browser, device) in [(&mut maya, "maya"), (&mut priya, "priya"), (&mut sam, "sam")] {
        calm.begin(browser, device).await;
    }
    maya.post("/account/reminders", &choice("each", &["push_unread"])).await;
    priya.post("/account/reminders", &choice("each", &["push_unread", "unread_night"])).await;
    sam.post("/account/reminders", &choice("each", &["email", "push_sessions"])).await;
    // Five to nine in the evening.
    calm.wait(10 * 60 + 55);
    let mut theo_again = calm.running.signed_in("Theo").await;
    write(&mut theo_again, &path, "Late.").await;
    calm.wait(10);
    calm.pass().await;
    let knocks = |calm: &Calm| (calm.host.knocks("maya"), calm.host.knocks("priya"), calm.host.knocks("sam"));
    assert_eq!(knocks(&calm), (0, 1, 0), "only who asked for the night; Sam wants mails and no knocks");
    calm.pass_for(10 * 60 + 30).await;
    assert_eq!(knocks(&calm), (0, 1, 0), "half past seven");
    calm.pass_for(30).await;
    assert_eq!(knocks(&calm), (1, 1, 0), "after eight");
    assert!(!calm.sink.taken().iter().any(|(to, _)| to.contains("maya")), "no mail, since she wants none");
    assert!(calm.sink.taken().iter().any(|(to, _)| to.contains("sam")));
    // Each time, and at most once an hour; what is read is not told of.
    drop(theo);
    theo = calm.running.signed_in("Theo").await;
    write(&mut theo, &path, "One more.").await;
    calm.pass_for(30).await;
    assert_eq!(knocks(&calm).0, 1, "not within the hour");
    let mut maya = calm.running.signed_in("Maya").await;
    maya.get(&path).await;
    calm.pass_for(120).await;
    assert_eq!(knocks(&calm), (1, 2, 0), "she has read it");
    // At half past eight in the evening a knock may wait for half an hour.
    let head = |device: &str| calm.host.asked().into_iter().rfind(|one| one.starts_with(&format!("POST /send/{device} "))).unwrap();
    assert!(!head("maya").contains("ttl: 86400"), "her day is shorter than a day");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_device_is_told_once_a_day_and_one_that_is_gone_is_forgotten() {
    let calm = calm("push-gone").await;
    let (mut theo, path) = calm.theo().await;
    let (mut phone, mut desk) = (calm.running.signed_in("Maya").await, calm.running.signed_in("Maya").await);
    calm.begin(&mut phone, "phone").await;
    calm.begin(&mut desk, "desk").await;
    write(&mut theo, &path, "Hello.").await;
    calm.wait(11);
    // Their service has no time: it is asked again, and counted once.
    calm.host.says(503);
    calm.pass().await;
    assert_eq!((calm.host.knocks("phone"), calm.host.knocks("desk")), (1, 1));
    calm.host.says(201);
    calm.wait(1);
    calm.work(&calm.sink.post()).await;
    assert_eq!((calm.host.knocks("phone"), calm.host.knocks("desk")), (2, 2), "both are told after all");
    calm.wait(1);
    write(&mut theo, &path, "Again.").await;
    calm.pass_for(23 * 60).await;
    assert_eq!((calm.host.knocks("phone"), calm.host.knocks("desk")), (2, 2), "once a day");
    calm.host.says(410);
    calm.pass_for(120).await;
    assert_eq!((calm.host.knocks("phone"), calm.host.knocks("desk"), calm.devices().await), (3, 3, 0), "gone, and forgotten");
    let open = "SELECT COUNT(*) AS n FROM job WHERE kind = 'reminder' AND gave_up_at IS NOT NULL";
    assert_eq!(calm.running.house.db.number(open, values![]).await.unwrap(), 0, "that is no trouble of ours");
    let written = "SELECT COUNT(*) AS n FROM audit WHERE action = 'push.gone'";
    assert_eq!(calm.running.house.db.number(written, values![]).await.unwrap(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_or_a_refusal_is_not_followed_and_not_repeated() {
    let calm = calm("push-redirect").await;
    let (mut theo, path) = calm.theo().await;
    let mut maya = calm.running.signed_in("Maya").await;
    calm.begin(&mut maya, "phone").await;
    for status in [307, 403] {
        let before = calm.host.asked().len();
        calm.host.says(status);
        write(&mut theo, &path, "Hello.").await;
        calm.wait(11);
        calm.pass().await;
        calm.pass_for(120).await;
        assert_eq!((calm.host.asked().len() - before, calm.devices().await), (1, 1), "{status}");
        // The next day, in the morning.
        calm.wait(22 * 60);
        theo = calm.running.signed_in("Theo").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appointment_is_told_of_by_its_hour_and_only_while_it_stands() {
    let calm = calm("push-session").await;
    let running = &calm.running;
    let session = running.last_week().await;
    let start = moment("2026-11-24T23:30:00Z").0;
    meddle(running, &format!("UPDATE session SET state = 'planned', starts_at = {start} WHERE id = $1"), session).await;
    let (mut maya, mut priya, mut noor) =
        (running.signed_in("Maya").await, running.signed_in("Priya").await, running.signed_in("Noor").await);
    for (browser, device) in [(&mut maya, "maya"), (&mut priya, "priya"), (&mut noor, "noor")] {
        calm.begin(browser, device).await;
    }
    priya.post("/account/reminders", &choice("never", &["push_unread"])).await;
    calm.wait(7 * 60 + 31);
    reminders::plan(&running.house).await.unwrap();
    // Between the plan and the knock she says that she cannot come to any at all.
    noor.post("/account/reminders", &choice("never", &["push_unread"])).await;
    calm.work(&calm.sink.post()).await;
    assert_eq!((calm.host.knocks("maya"), calm.host.knocks("priya"), calm.host.knocks("noor")), (1, 0, 0));
    assert!(calm.host.asked()[0].contains("ttl: 2940"), "until ten minutes before it begins: {}", calm.host.asked()[0]);
    let told = maya.get("/account/push-devices/waiting").await.text;
    assert!(told.contains("You have an appointment today at 6:30 pm EST."), "{told}");
    for word in ["Steady", "group", "session", "Amara", "therap"] {
        assert!(!told.contains(word), "{word} in {told}");
    }
    assert_eq!(maya.get("/account/push-devices/open").await.location, "/today");
    maya.post("/language", &[("language", "es"), ("back", "/today")]).await;
    assert!(maya.get("/account/push-devices/waiting").await.text.contains("Tienes una cita hoy"));
    calm.pass_for(60).await;
    assert_eq!(calm.host.knocks("maya"), 1);
    assert_eq!(maya.get("/account/push-devices/open").await.location, "/inbox", "it has begun");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_in_a_pocket_keeps_nobody_signed_in_and_is_forgotten_after_thirty_days() {
    let calm = calm("push-pocket").await;
    let (mut maya, mut priya) = (calm.running.signed_in("Maya").await, calm.running.signed_in("Priya").await);
    calm.begin(&mut maya, "maya").await;
    calm.begin(&mut priya, "priya").await;
    for _ in 0..3 {
        calm.wait(3 * 60 + 30);
        assert_eq!(maya.get("/account/push-devices/waiting").await.status, StatusCode::OK);
        assert_eq!(priya.get("/today").await.status, StatusCode::OK);
    }
    calm.wait(3 * 60 + 30);
    assert_eq!(maya.get("/account/push-devices/waiting").await.status, StatusCode::SEE_OTHER, "fourteen hours without her");
    assert_eq!(priya.get("/today").await.status, StatusCode::OK);
    // Nobody is signed in there, and still it knocks: what it shows says nothing.
    let (mut theo, path) = calm.theo().await;
    calm.wait(8 * 60);
    theo = if theo.get("/today").await.status == StatusCode::OK { theo } else { calm.running.signed_in("Theo").await };
    write(&mut theo, &path, "Hello.").await;
    calm.pass_for(60).await;
    assert_eq!(calm.host.knocks("maya"), 1);
    calm.clock.advance(Duration::from_secs(30 * 86_400));
    calm.pass().await;
    assert_eq!(calm.devices().await, 0, "nobody has been there for a month");
    let mut maya = calm.running.signed_in("Maya").await;
    let page = maya.get("/account/reminders").await.text;
    assert!(page.contains(&sentence(Language::English, "push-off")) && page.contains("data-here=\"no\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_account_is_told_nothing_and_a_mail_server_that_is_down_stops_no_knock() {
    let calm = calm("push-closed").await;
    let (mut theo, path) = calm.theo().await;
    let (mut maya, mut priya) = (calm.running.signed_in("Maya").await, calm.running.signed_in("Priya").await);
    calm.begin(&mut maya, "maya").await;
    calm.begin(&mut priya, "priya").await;
    write(&mut theo, &path, "Hello.").await;
    calm.wait(11);
    reminders::plan(&calm.running.house).await.unwrap();
    let id = calm.running.person("Maya").await.id;
    meddle(&calm.running, "UPDATE person SET disabled_at = 1 WHERE id = $1", id).await;
    calm.work(&nobody_answers()).await;
    assert_eq!((calm.host.knocks("maya"), calm.host.knocks("priya")), (0, 1));
    calm.pass_for(30).await;
    assert_eq!(calm.devices().await, 1, "and her device is forgotten");
}
