//! Notices that messages wait: seldom, never at night, each once, and without a word of what it is.

use std::time::Duration;

use ground::{Ask, Clock, Language, Moment, reminders, values};
use hearth::work;
use hyper::StatusCode;
use post::{Address, Posted};
use testkit::{Browser, TestDatabase, data_dir};

use crate::{
    harness::{Running, start_on},
    inbox::{meddle, nothing_waits},
    messages::{channel, id_of, write},
    reminders::nobody_answers,
    state::sentence,
};

const MAYA: &str = "maya.lindqvist@example.org";

fn moment(text: &str) -> Moment {
    Moment(text.parse::<jiff::Timestamp>().unwrap().as_microsecond())
}

/// A Tuesday, ten o'clock in New York, on which nothing waits for anybody and no session is near.
struct Calm {
    running: Running,
    clock: Clock,
}

async fn calm(name: &str) -> Calm {
    let dir = data_dir(name);
    let url = TestDatabase::fresh(&dir).await.url;
    let clock = Clock::set_to(moment("2026-11-24T15:00:00Z"));
    let running = start_on(dir, url, clock.clone()).await;
    nothing_waits(&running).await;
    meddle(&running, "UPDATE session SET state = 'ended' WHERE id <> $1", 0).await;
    Calm { running, clock }
}

impl Calm {
    fn wait(&self, minutes: u64) {
        self.clock.advance(Duration::from_secs(60 * minutes));
    }

    /// What the program does twice a minute.
    async fn pass(&self) {
        reminders::plan(&self.running.house).await.unwrap();
        self.running.work().await;
    }

    /// Half an hour after half an hour.
    async fn pass_for(&self, minutes: u64) {
        for _ in 0..minutes / 30 {
            self.wait(30);
            self.pass().await;
        }
    }

    fn notices(&self) -> Vec<Posted> {
        let all = self.running.outbox.posted();
        all.into_iter().filter(|one| one.letter.text.contains("/inbox")).collect()
    }

    fn to(&self, who: &str) -> usize {
        self.notices().iter().filter(|one| format!("{:?}", one.to).contains(who)).count()
    }

    /// Maya, Theo and the path of their group's messages.
    async fn people(&self) -> (Browser, Browser, String) {
        let (mut maya, theo) = (self.running.signed_in("Maya").await, self.running.signed_in("Theo").await);
        let path = channel(&self.running, &mut maya, "Steady Ground").await;
        (maya, theo, path)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_says_that_something_waits_and_nothing_else_and_once_a_day() {
    let calm = calm("notice-once").await;
    let (_, mut theo, path) = calm.people().await;
    write(&mut theo, &path, "The canary sings at noon, Maya.").await;
    calm.pass().await;
    assert_eq!(calm.notices().len(), 0, "whoever reads along is not told");
    calm.wait(10);
    write(&mut theo, &path, "A second canary.").await;
    calm.pass().await;
    assert_eq!((calm.to("maya"), calm.to("theo"), calm.to("amara")), (1, 0, 0), "not the writer, and leaders look in by themselves");
    for Posted { letter, .. } in calm.notices() {
        let whole = format!("{} {} {}", letter.subject, letter.text, letter.html).to_lowercase();
        for word in ["canary", "theo", "maya", "steady ground", "group", "message", "therap", "grupo", "mensaje"] {
            assert!(!whole.contains(word), "{word} in {whole}");
        }
        assert!(letter.text.contains("/account/reminders") && letter.html.contains("/inbox"));
    }
    // Until this time tomorrow nothing, whatever else is written; then once more, for all of it.
    calm.wait(1);
    write(&mut theo, &path, "A third.").await;
    calm.pass_for(23 * 60 + 30).await;
    assert_eq!(calm.to("maya"), 1);
    calm.pass_for(30).await;
    assert_eq!(calm.to("maya"), 2);
    calm.pass_for(2 * 24 * 60).await;
    assert_eq!(calm.to("maya"), 2, "nobody is told of the same twice");
    let mut maya = calm.running.signed_in("Maya").await;
    assert!(maya.get("/inbox").await.text.contains("3 new"));
}

#[tokio::test(flavor = "multi_thread")]
async fn at_night_it_waits_for_eight_unless_somebody_asked() {
    let calm = calm("notice-night").await;
    let (_, mut theo, path) = calm.people().await;
    let mut priya = calm.running.signed_in("Priya").await;
    let choice = |unread: &'static str, night: &'static str| {
        let mut all = vec![("email", "on"), ("unread", unread), ("quiet_from", "03:00"), ("quiet_to", "05:00")];
        all.extend((!night.is_empty()).then_some(("unread_night", night)));
        all
    };
    priya.post("/account/reminders", &choice("each", "on")).await;
    calm.wait(10 * 60 + 55);
    write(&mut theo, &path, "Five to nine.").await;
    calm.wait(10);
    calm.pass().await;
    assert_eq!((calm.to("maya"), calm.to("priya")), (0, 1));
    calm.pass_for(10 * 60 + 30).await;
    assert_eq!(calm.to("maya"), 0, "half past seven");
    write(&mut theo, &path, "Early.").await;
    calm.pass_for(30).await;
    assert_eq!((calm.to("maya"), calm.to("priya")), (1, 2), "eight o'clock; whoever wants it hears each time");
    // Nobody stays signed in for a night.
    let (mut maya, mut priya) = (calm.running.signed_in("Maya").await, calm.running.signed_in("Priya").await);
    priya.post("/account/reminders", &choice("never", "")).await;
    maya.post("/account/reminders", &choice("each", "")).await;
    calm.wait(1);
    write(&mut theo, &path, "Later.").await;
    calm.pass_for(30).await;
    assert_eq!(calm.to("maya"), 1, "not within the hour");
    calm.pass_for(60).await;
    assert_eq!((calm.to("maya"), calm.to("priya")), (2, 2));
    let page = priya.get("/account/reminders").await.text;
    assert!(page.contains("name=\"unread\" value=\"never\" checked") && !page.contains("name=\"unread_night\" checked"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_read_hidden_or_taken_back_is_not_told_of() {
    let calm = calm("notice-read").await;
    let (mut maya, mut theo, path) = calm.people().await;
    let mut amara = calm.running.signed_in("Dr. Amara").await;
    write(&mut theo, &path, "First.").await;
    calm.wait(11);
    reminders::plan(&calm.running.house).await.unwrap();
    maya.get(&path).await;
    calm.running.work().await;
    assert_eq!((calm.to("maya"), calm.to("priya")), (0, 1), "she read it between the plan and the mail");
    write(&mut theo, &path, "Second, regretted.").await;
    let second = id_of(&mut theo, &path, "Second, regretted").await;
    theo.post(&format!("{path}/{second}/removal"), &[]).await;
    write(&mut theo, &path, "Third, hidden.").await;
    let third = id_of(&mut theo, &path, "Third, hidden").await;
    amara.post(&format!("{path}/{third}/hiding"), &[("hide", "yes")]).await;
    calm.pass_for(60).await;
    assert_eq!(calm.to("maya"), 0);
    write(&mut theo, &path, "Fourth.").await;
    calm.pass_for(30).await;
    assert_eq!(calm.to("maya"), 1, "what she was not told of does not stand in the way of the next");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_channel_can_be_silent_and_a_leader_can_ask_to_hear_of_it() {
    let calm = calm("notice-channel").await;
    let (mut maya, mut theo, path) = calm.people().await;
    let mut amara = calm.running.signed_in("Dr. Amara").await;
    assert!(maya.get(&path).await.text.contains(&sentence(Language::English, "channel-notices-on")));
    assert!(amara.get(&path).await.text.contains(&sentence(Language::English, "channel-notices-off")));
    maya.post(&format!("{path}/notices"), &[("told", "no")]).await;
    assert!(maya.get(&path).await.text.contains(&sentence(Language::English, "channel-notices-off")));
    amara.post(&format!("{path}/notices"), &[("told", "yes")]).await;
    maya.post(&format!("{path}/notices"), &[("told", "perhaps")]).await;
    let mut aisha = calm.running.signed_in("Aisha").await;
    assert_eq!(aisha.post(&format!("{path}/notices"), &[("told", "yes")]).await.status, StatusCode::NOT_FOUND);
    let chosen = "SELECT COUNT(*) AS n FROM channel_notice";
    assert_eq!(calm.running.house.db.number(chosen, values![]).await.unwrap(), 2);
    write(&mut theo, &path, "To all.").await;
    calm.pass_for(30).await;
    assert_eq!((calm.to("maya"), calm.to("priya"), calm.to("amara"), calm.to("aisha")), (0, 1, 1, 0));
    maya.post(&format!("{path}/notices"), &[("told", "")]).await;
    assert_eq!(calm.running.house.db.number(chosen, values![]).await.unwrap(), 1, "as usual needs no row");
    calm.pass_for(30).await;
    assert_eq!(calm.to("maya"), 1, "it waits still, and now she wants to hear of it");
    // What a member writes to those who care for them is told of to whoever leads, and to nobody else of the group.
    theo.get("/messages").await;
    let own = calm
        .running
        .house
        .db
        .number("SELECT id AS n FROM channel WHERE person_id = $1", values![calm.running.person("Theo").await.id])
        .await;
    let before = (calm.to("amara"), calm.to("priya"));
    write(&mut theo, &format!("/channels/{}", own.unwrap()), "Only to you.").await;
    calm.pass_for(25 * 60).await;
    assert_eq!((calm.to("amara"), calm.to("priya")), (before.0 + 1, before.1));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_programs_make_one_notice_and_a_server_that_is_down_loses_none() {
    let calm = calm("notice-two").await;
    let (_, mut theo, path) = calm.people().await;
    write(&mut theo, &path, "Hello.").await;
    calm.wait(11);
    let house = &calm.running.house;
    let down = nobody_answers();
    let (one, two) = tokio::join!(reminders::plan(house), reminders::plan(house));
    one.unwrap();
    two.unwrap();
    while work::one(house, &down, &calm.running.meeting).await.unwrap() {}
    reminders::plan(house).await.unwrap();
    assert_eq!(calm.notices().len(), 0);
    calm.wait(1);
    tokio::join!(calm.running.work(), calm.running.work());
    calm.pass_for(60).await;
    let mut people: Vec<String> = calm.notices().iter().map(|one| format!("{:?}", one.to)).collect();
    let all = people.len();
    people.sort();
    people.dedup();
    assert_eq!(people.len(), all, "nobody hears it twice");
    assert!(people.contains(&format!("{:?}", Address::email(MAYA))) && all >= 6, "{people:?}");
}

/// A supporter hears of a quiet hour once the member opened it, without a name and without a word of what it is; and not any more once it is closed.
#[tokio::test(flavor = "multi_thread")]
async fn a_supporter_hears_of_a_quiet_hour_the_day_before() {
    let calm = calm("notice-quiet").await;
    let running = &calm.running;
    let (mut maya, mut rosa) = (running.signed_in("Maya").await, running.signed_in("Rosa").await);
    let invitation = [("name", "Mum"), ("email", "rosa.lindqvist@example.org"), ("language", "en"), ("sessions", "on")];
    maya.post("/supporters", &invitation).await;
    let tie = running.house.db.number("SELECT id AS n FROM supporter WHERE ended_at IS NULL", values![]).await.unwrap();
    rosa.post(&format!("/supporters/{tie}/answer"), &[("agrees", "yes")]).await;
    running.work().await;
    let session = running.last_week().await;
    let quiet = || running.outbox.posted().into_iter().filter(|one| one.letter.text.contains("quiet hour")).collect::<Vec<_>>();
    let ahead = async |start: &str| {
        meddle(running, &format!("UPDATE session SET state = 'planned', starts_at = {} WHERE id = $1", moment(start).0), session).await
    };
    ahead("2026-11-25T23:30:00Z").await;
    calm.pass_for(10 * 60).await;
    assert_eq!(quiet().len(), 0, "it was not opened to her");
    maya.post(&format!("/supporters/{tie}/scope"), &[("sessions", "on"), ("reminders", "on")]).await;
    ahead("2026-11-26T23:30:00Z").await;
    calm.pass_for(24 * 60).await;
    let told = quiet();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].to, Address::email("rosa.lindqvist@example.org"));
    let whole = format!("{} {} {}", told[0].letter.subject, told[0].letter.text, told[0].letter.html);
    assert!(whole.contains("tomorrow at 6:30 pm EST") && whole.contains("/supporters"), "{whole}");
    for word in ["Maya", "Lindqvist", "group", "Steady", "session", "appointment", "therap"] {
        assert!(!whole.contains(word), "{word} in {whole}");
    }
    maya.post(&format!("/supporters/{tie}/scope"), &[("sessions", "on")]).await;
    ahead("2026-11-28T23:30:00Z").await;
    calm.pass_for(24 * 60).await;
    assert_eq!(quiet().len(), 1, "closed again");
}
