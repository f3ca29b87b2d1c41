//! Homework that was given by mistake, and a member who hears that somebody has answered.

use std::time::Duration;

use ground::{Ask, Language, reminders, values};
use hyper::StatusCode;
use testkit::Browser;

use crate::{
    harness::{Running, start, start_with_clock},
    homework::{count, day, given, sent},
    state::{escaped, kept, sentence},
};

const WITHDRAWALS: &str = "SELECT COUNT(*) AS n FROM audit WHERE action = 'homework.withdraw'";

/// The same form for two: the number of each.
async fn to_both(running: &Running, amara: &mut Browser, one: &str, other: &str) -> (i64, i64) {
    let group = running.group("Steady Ground").await;
    let (first, second) = (running.person(one).await.id, running.person(other).await.id);
    let due = day(&running.house.clock, 7);
    let (who, also) = (first.to_string(), second.to_string());
    let fields = [("kind", "diary-card"), ("text", "canary-both"), ("due", &*due), ("remind", "20:00"), ("who", &*who), ("who", &*also)];
    let page = amara.post(&format!("/groups/{group}/homework"), &fields).await;
    assert_eq!(page.location, format!("/groups/{group}/homework"), "{}", page.text);
    let sql =
        "SELECT id AS n FROM homework WHERE person_id = $1 AND kind = 'diary-card' AND once IS NOT NULL ORDER BY given_at DESC LIMIT 1";
    (running.house.db.number(sql, values![first]).await.unwrap(), running.house.db.number(sql, values![second]).await.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_back_is_gone_and_what_was_written_stays() {
    let running = start("back-both").await;
    let group = running.group("Steady Ground").await;
    let mut amara = running.signed_in("Dr. Amara").await;
    let (theirs, hers) = to_both(&running, &mut amara, "Theo", "Priya").await;
    let (mut theo, mut priya) = (running.signed_in("Theo").await, running.signed_in("Priya").await);
    assert!(sent(&mut priya, hers, "", &[("feeling-joy", "3")]).await.location.contains("kept=1"));
    let (of_group, path) = (format!("/groups/{group}/homework"), format!("/groups/{group}/homework/{theirs}"));
    let before = kept(&running).await;
    for who in ["Maya", "Theo", "Nadia", "Marcus", "Carol", "Anders"] {
        let page = running.signed_in(who).await.post(&format!("{path}/withdrawal"), &[("from", "all")]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{who}");
    }
    assert_eq!(kept(&running).await, before);
    assert!(amara.get(&path).await.text.contains("value=\"all\""), "the other one is offered");

    let page = amara.post(&format!("{path}/withdrawal"), &[("from", "all")]).await;
    assert_eq!(page.location, format!("{of_group}?back=2&kept=1"));
    let told = amara.get(&page.location).await.text;
    assert!(told.contains("Taken back from 2 people") && told.contains("One of them had already written"), "{told}");
    assert_eq!((told.matches("canary-both").count(), count(&running, WITHDRAWALS).await), (1, 2), "one is gone, both are in the book");
    for to in ["/homework", "/homework/open"] {
        assert!(!theo.get(to).await.text.contains("canary-both") && priya.get(to).await.text.contains("canary-both"), "{to}");
    }
    for gone in [format!("/homework/{theirs}"), "/homework/5".into()] {
        assert_eq!(theo.get(&gone).await.status, StatusCode::NOT_FOUND, "as if it had never been");
    }
    let page = priya.get(&format!("/homework/{hers}")).await.text;
    assert!(page.contains(&sentence(Language::English, "homework-back-told")) && !page.contains("value=\"done\""));
    assert!(sent(&mut priya, hers, "", &[("feeling-joy", "4")]).await.location.contains("kept=1"), "it is still hers to write in");
    let page = amara.get(&format!("{of_group}/{hers}")).await.text;
    assert!(page.contains("it stays with them") && !page.contains("/withdrawal\""), "said, and not offered twice");

    let before = kept(&running).await;
    for one in [theirs, hers] {
        let again = amara.post(&format!("{of_group}/{one}/withdrawal"), &[("from", "one")]).await;
        assert!(again.location.starts_with(&of_group), "{}", again.location);
    }
    assert_eq!((kept(&running).await, count(&running, WITHDRAWALS).await), (before, 2), "a second tap takes nothing back");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_alone_is_taken_back_and_a_telephone_without_a_net_loses_nothing() {
    let running = start("back-one").await;
    let group = running.group("Steady Ground").await;
    let mut amara = running.signed_in("Dr. Amara").await;
    let (theirs, hers) = to_both(&running, &mut amara, "Theo", "Priya").await;
    let path = format!("/groups/{group}/homework/{theirs}/withdrawal");
    let counted = async |running: &Running| {
        let mut browser = running.signed_in("Dr. Amara").await;
        browser.headers = vec![("hx-request", "true".into())];
        browser.get(&format!("/groups/{group}/homework")).await.text
    };
    let before = counted(&running).await;
    assert!(amara.post(&path, &[]).await.location.ends_with("?back=1&kept=0"));
    assert_ne!(counted(&running).await, before, "what is not asked is not counted as undone");
    let mut priya = running.signed_in("Priya").await;
    assert_eq!(priya.get(&format!("/homework/{hers}")).await.status, StatusCode::OK, "the other one keeps hers");
    assert!(!priya.get(&format!("/homework/{hers}")).await.text.contains(&sentence(Language::English, "homework-back-told")));

    // He had written it on the train.
    let mut theo = running.signed_in("Theo").await;
    let today = day(&running.house.clock, 0);
    let late = [("once", "train-0000-0001"), ("seen", "0"), ("slot", &*today), ("day", &*today), ("feeling-joy", "2")];
    let page = theo.post(&format!("/homework/{theirs}/entries"), &late).await;
    assert!(page.location.contains("kept=1"), "{} {}", page.status, page.text);
    assert!(theo.get("/homework").await.text.contains("canary-both"), "what he wrote is his");
    assert!(amara.get(&format!("/groups/{group}/homework/{theirs}")).await.text.contains("it stays with them"));

    let done = given(&running, "Maya", "free", &[]).await;
    running.signed_in("Maya").await.post(&format!("/homework/{done}/done"), &[]).await;
    let page = amara.post(&format!("/groups/{group}/homework/{done}/withdrawal"), &[("from", "one")]).await;
    assert_eq!(page.location, format!("/groups/{group}/homework/{done}"), "one that was done says so on its own page");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_reminded_of_what_was_taken_back() {
    let (running, clock) = start_with_clock("back-remind").await;
    let group = running.group("Steady Ground").await;
    let mut amara = running.signed_in("Dr. Amara").await;
    let (theirs, _) = to_both(&running, &mut amara, "Theo", "Priya").await;
    let zone = jiff::tz::TimeZone::get("America/New_York").unwrap();
    let tomorrow = clock.now().timestamp().to_zoned(zone).checked_add(jiff::Span::new().days(1)).unwrap();
    let at = tomorrow.with().hour(20).minute(0).second(0).subsec_nanosecond(0).build().unwrap().timestamp();
    clock.advance(Duration::try_from(at.duration_since(clock.now().timestamp())).unwrap());
    running.house.db.script(&format!("UPDATE homework SET done_at = 1 WHERE once IS NULL OR id NOT IN (SELECT id FROM homework WHERE once IN (SELECT once FROM homework WHERE id = {theirs}))")).await.unwrap();
    let letters = || {
        running
            .outbox
            .posted()
            .into_iter()
            .filter(|one| one.letter.text.contains("that you wanted to do today"))
            .map(|one| format!("{:?}", one.to))
            .collect::<Vec<_>>()
    };
    reminders::plan(&running.house).await.unwrap();
    // A day has gone by, and with it her sign-in.
    let mut amara = running.signed_in("Dr. Amara").await;
    let page = amara.post(&format!("/groups/{group}/homework/{theirs}/withdrawal"), &[("from", "one")]).await;
    assert!(page.location.ends_with("?back=1&kept=0"), "{}", page.location);
    running.work().await;
    let heard = letters();
    assert!(heard.len() == 1 && heard[0].contains("priya"), "taken back after it was planned: {heard:?}");
    for _ in 0..7 {
        clock.advance(Duration::from_secs(86_400));
        reminders::plan(&running.house).await.unwrap();
        running.work().await;
    }
    let to_theo = letters().into_iter().filter(|to| to.contains("theo")).count();
    assert_eq!(to_theo, 0, "nor of its day");
    let due = running
        .outbox
        .posted()
        .into_iter()
        .filter(|one| format!("{:?}", one.to).contains("theo") && one.letter.text.contains("wanted to try"));
    assert_eq!(due.count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_said_in_spanish_too() {
    let running = start("back-spanish").await;
    let group = running.group("Steady Ground").await;
    let homework = given(&running, "Theo", "free", &[]).await;
    let mut amara = running.signed_in("Dr. Amara").await;
    amara.post("/language", &[("language", "es"), ("back", "/")]).await;
    let page = amara.get(&format!("/groups/{group}/homework/{homework}")).await.text;
    assert!(page.contains(&escaped(&sentence(Language::Spanish, "homework-back-title"))));
    let page = amara.post(&format!("/groups/{group}/homework/{homework}/withdrawal"), &[("from", "one")]).await;
    assert!(amara.get(&page.location).await.text.contains("Está retirada."));
}

/// Replies to one's homework as often as there are texts.
async fn replied(running: &Running, homework: i64, texts: &[&str]) {
    let group = running.group("Steady Ground").await;
    let mut amara = running.signed_in("Dr. Amara").await;
    for text in texts {
        let page = amara.post(&format!("/groups/{group}/homework/{homework}/replies"), &[("text", text)]).await;
        assert_eq!(page.location, format!("/groups/{group}/homework/{homework}"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_stands_on_today_until_it_is_opened() {
    let running = start("reply-today").await;
    let homework = given(&running, "Theo", "free", &[]).await;
    let (mut theo, mut maya) = (running.signed_in("Theo").await, running.signed_in("Maya").await);
    let line = "A reply has come: canary-asked";
    assert!(!theo.get("/homework/open").await.text.contains(line));
    replied(&running, homework, &["canary-reply", "canary-second"]).await;
    // Older than what Today has room for: a reply is told all the same.
    for _ in 0..6 {
        given(&running, "Theo", "worksheet", &[("prompts", "What helped?")]).await;
    }
    let open = theo.get("/homework/open").await.text;
    assert_eq!(open.matches(line).count(), 1, "one line for one homework");
    assert!(!open.contains("canary-reply"), "what it says stands with the homework");
    let list = theo.get("/homework").await.text;
    assert_eq!(
        list.matches(&format!(">{}<", sentence(Language::English, "homework-reply-new"))).count(),
        1,
        "without scripts it is in the list"
    );
    assert!(!maya.get("/homework/open").await.text.contains(line), "it is nobody else's");
    // Whoever leads opens it without making it old.
    let group = running.group("Steady Ground").await;
    running.signed_in("Dr. Amara").await.get(&format!("/groups/{group}/homework/{homework}")).await;
    assert!(theo.get("/homework/open").await.text.contains(line));
    let page = theo.get(&format!("/homework/{homework}")).await.text;
    assert!(page.contains("canary-reply") && page.contains("canary-second"));
    assert!(!theo.get("/homework/open").await.text.contains(line));
    assert_eq!(count(&running, "SELECT COUNT(*) AS n FROM audit WHERE action = 'homework.reply.read'").await, 1);
    theo.get(&format!("/homework/{homework}")).await;
    assert_eq!(count(&running, "SELECT COUNT(*) AS n FROM audit WHERE action = 'homework.reply.read'").await, 1, "read once is read");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_is_told_once_in_neutral_words_and_never_at_night() {
    let (running, clock) = start_with_clock("reply-mail").await;
    let zone = jiff::tz::TimeZone::get("America/New_York").unwrap();
    let at = |hour: i8, days: i64| {
        let day = clock.now().timestamp().to_zoned(zone.clone()).checked_add(jiff::Span::new().days(days)).unwrap();
        let at = day.with().hour(hour).minute(0).second(0).subsec_nanosecond(0).build().unwrap().timestamp();
        clock.advance(Duration::try_from(at.duration_since(clock.now().timestamp())).unwrap());
    };
    // To him alone: the demo practice has a reply for Maya, which is news in the morning if this runs by night in New York.
    let theo = post::Address::email("theo.grant@example.org");
    let is_told = |one: &post::Posted| one.to == theo && one.letter.text.contains("a few words to you");
    let told = || running.outbox.posted().into_iter().filter(is_told).collect::<Vec<_>>();
    let pass = async || {
        for _ in 0..2 {
            reminders::plan(&running.house).await.unwrap();
            running.work().await;
        }
    };
    at(14, 1);
    let homework = given(&running, "Theo", "free", &[]).await;
    replied(&running, homework, &["canary-reply"]).await;
    pass().await;
    assert_eq!(told().len(), 1, "once, however often it is planned");
    let letter = &told()[0].letter;
    for word in ["canary", "homework", "Steady", "Amara", "Theo", "therapy", "group"] {
        assert!(!letter.subject.contains(word) && !letter.text.contains(word), "{word}: {}", letter.text);
    }
    replied(&running, homework, &["second"]).await;
    pass().await;
    assert_eq!(told().len(), 2, "each reply is one");

    at(23, 0);
    replied(&running, homework, &["at night"]).await;
    pass().await;
    assert_eq!(told().len(), 2, "nobody is woken by it");
    at(8, 1);
    pass().await;
    assert_eq!(told().len(), 3, "and it comes in the morning");

    at(14, 0);
    replied(&running, homework, &["read at once"]).await;
    reminders::plan(&running.house).await.unwrap();
    running.signed_in("Theo").await.get(&format!("/homework/{homework}")).await;
    running.work().await;
    assert_eq!(told().len(), 3, "whoever has read it need not be told");

    running.signed_in("Theo").await.post("/account/reminders", &[("email", "on"), ("quiet_from", "22:00"), ("quiet_to", "07:00")]).await;
    replied(&running, homework, &["unwanted"]).await;
    pass().await;
    assert_eq!(told().len(), 3, "whoever does not want to hear of homework does not");
}
