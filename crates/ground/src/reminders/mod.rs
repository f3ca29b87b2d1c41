//! Reminders: of a session or an appointment the day and the hour before, of homework the day before and at its minute, of a goal at its minute, of what is
//! to be signed three days and the day before, of something short to fill in when it is asked, of an answer when it has come,
//! of somebody else's quiet hour the day before, and that messages wait. One for each person, occasion and channel, or none.
//!
//! A pass puts what is due on the list of jobs; when it is delivered, everything is asked again: whether the session still stands at that
//! hour, whether the person still belongs to it and still wants it, whether it is not too late. A job is claimed before it is sent. A
//! program that dies between sending and noting leaves a claim, and a claimed reminder is not sent again: it may be lost, never doubled.

pub mod choices;
mod push;
mod queries;
mod unread;

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use care::reminders::{self as rules, Choices, Due, Kind};
use jiff::tz::TimeZone;
use post::{Address, Failed, Letter, Post};
use serde::{Deserialize, Serialize};

pub use choices::Choice;
pub use push::{Told, told};

use crate::{
    clock::Moment,
    db::Ask,
    documents, facts,
    fault::Fault,
    house::House,
    jobs::{self, Ended, Job},
    mail::{self, Words},
    peer, push as devices, when,
    words::Language,
};
use queries::Coming;
use unread::{Unread, Way};

pub const KIND: &str = "reminder";

/// No reminder is due earlier than this before its occasion, whatever quiet hours move.
const HORIZON: Duration = Duration::from_secs(50 * 3_600);
const FAR_HORIZON: Duration = Duration::from_secs(98 * 3_600);
/// So many are written in one transaction.
const BATCH: usize = 200;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Channel {
    Email,
    Text,
    Push,
}

/// What a job holds: ids and an hour.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Reminder {
    person: i64,
    /// A word of `care::reminders::Kind`.
    kind: String,
    /// The session, the homework, or what else it is about.
    object: i64,
    /// When it begins or is due. A session that is moved is another occasion.
    at: Moment,
    channel: Channel,
    /// Which device; 0 for what goes to none. Each is told by itself, so that one that is away does not keep the others from it.
    #[serde(default)]
    device: i64,
}

impl Reminder {
    fn occasion(&self) -> String {
        let channel = match self.channel {
            Channel::Email => "email".into(),
            Channel::Text => "text".into(),
            Channel::Push => format!("push.{}", self.device),
        };
        format!("{}/{}/{}/{}/{channel}", self.person, self.kind, self.object, self.at.0)
    }
}

/// Every way by which somebody hears of an occasion of this kind, with the device.
fn ways(kind: Kind, coming: &Coming, devices: &HashMap<i64, Vec<i64>>) -> Vec<(Channel, i64)> {
    let mut all: Vec<(Channel, i64)> = Vec::new();
    all.extend((coming.email == 1).then_some((Channel::Email, 0)));
    all.extend((coming.texts == 1).then_some((Channel::Text, 0)));
    if kind.is_of_session() && coming.push == 1 {
        let devices = devices.get(&coming.person_id).map_or(&[][..], Vec::as_slice);
        all.extend(devices.iter().map(|device| (Channel::Push, *device)));
    }
    all
}

fn due(kind: Kind, coming: &Coming) -> Vec<Due> {
    let zone = TimeZone::get(&coming.zone).unwrap_or(TimeZone::UTC);
    all_due(kind, coming.at, &choices::rules(&coming.on), &zone)
}

/// The reminders of one occasion, of which `kind` is one.
fn all_due(kind: Kind, at: Moment, chosen: &Choices, zone: &TimeZone) -> Vec<Due> {
    match kind {
        Kind::Homework => rules::of_homework(at.timestamp(), chosen, zone).into_iter().collect(),
        Kind::HomeworkDaily => rules::of_homework_daily(at.timestamp(), chosen, zone).into_iter().collect(),
        Kind::Goal => rules::of_goal(at.timestamp(), chosen, zone).into_iter().collect(),
        Kind::DocumentsFirst | Kind::DocumentsLast => rules::of_documents(at.timestamp(), chosen, zone),
        Kind::Measure => rules::of_measure(at.timestamp(), chosen, zone).into_iter().collect(),
        Kind::Reply => rules::of_reply(at.timestamp(), chosen, zone).into_iter().collect(),
        Kind::QuietHour => rules::of_quiet_hour(at.timestamp(), chosen, zone).into_iter().collect(),
        // When messages are told of hangs on the last time that they were; see `unread`.
        Kind::Unread => Vec::new(),
        Kind::DayBefore | Kind::HourBefore => rules::of_session(at.timestamp(), chosen, zone),
    }
}

/// Everybody with something to sign, once, at their next session. The ground rules are signed at the door, where they are about to matter.
async fn unsigned(house: &House, now: Moment) -> Result<Vec<Coming>, Fault> {
    let mut all: Vec<Coming> = Vec::new();
    for kind in documents::REMINDED {
        if let Some(version) = documents::in_force(&house.db, kind).await? {
            let since = version.published_at.unwrap_or(Moment(0));
            all.extend(queries::unsigned(&house.db, now, now.plus(FAR_HORIZON), &version.hash, since).await?);
        }
    }
    all.sort_by_key(|coming| (coming.at, coming.object));
    let mut met = HashSet::new();
    all.retain(|coming| met.insert(coming.person_id));
    Ok(all)
}

/// Puts every reminder that is due now on the list. Safe to run as often as one likes, and by two at once.
pub async fn plan(house: &House) -> Result<(), Fault> {
    let now = house.clock.now();
    let known = queries::known(&house.db, now.minus(FAR_HORIZON)).await?;
    devices::forget(&house.db, now).await?;
    let devices = devices::of_all(&house.db, now).await?;
    let mut wanted = Vec::new();
    for (kind, all) in [
        (Kind::DayBefore, queries::sessions(&house.db, now, now.plus(HORIZON)).await?),
        (Kind::DayBefore, queries::appointments(&house.db, now, now.plus(HORIZON)).await?),
        (Kind::DayBefore, queries::peer_check_ins(&house.db, now, now.plus(HORIZON)).await?),
        (Kind::Homework, queries::homework(&house.db, now, now.plus(HORIZON)).await?),
        (Kind::HomeworkDaily, queries::homework_daily(&house.db, now).await?),
        (Kind::Goal, queries::goals(&house.db, now).await?),
        (Kind::DocumentsFirst, unsigned(house, now).await?),
        (Kind::Measure, queries::measures(&house.db, now.minus(HORIZON), now).await?),
        (Kind::Reply, queries::replies(&house.db, now.minus(HORIZON), now).await?),
        (Kind::QuietHour, queries::quiet_hours(&house.db, now, now.plus(HORIZON)).await?),
    ] {
        for coming in &all {
            for due in due(kind, coming).iter().filter(|due| due.is_now(now.timestamp())) {
                for (channel, device) in ways(due.kind, coming, &devices) {
                    let kind = due.kind.word().to_owned();
                    let reminder = Reminder { person: coming.person_id, kind, object: coming.object, at: coming.at, channel, device };
                    wanted.push((reminder.occasion(), reminder, Moment::from(due.at)));
                }
            }
        }
    }
    let mut unread = unread::all(&house.db, Way::Mail, None, now).await?;
    if !devices.is_empty() {
        unread.extend(unread::all(&house.db, Way::Device, None, now).await?);
    }
    for unread in unread.iter().filter(|unread| unread.may_go(now)) {
        let (kind, device) = (Kind::Unread.word().to_owned(), unread.device);
        // Until it was sent there is one for what waits since then, whoever plans it.
        let channel = if device == 0 { Channel::Email } else { Channel::Push };
        let reminder = Reminder { person: unread.person, kind, object: unread.number, at: unread.since, channel, device };
        wanted.push((reminder.occasion(), reminder, now));
    }
    wanted.retain(|(occasion, ..)| !known.contains(occasion));
    for some in wanted.chunks(BATCH) {
        let tx = house.db.write().await?;
        for (occasion, reminder, at) in some {
            jobs::later(&tx, KIND, occasion, &serde_json::to_string(reminder)?, *at).await?;
        }
        tx.commit_unaudited().await?;
    }
    Ok(())
}

/// Sends one, if it is still true and still wanted.
pub async fn deliver(house: &House, post: &Post, job: &Job) -> Result<Ended, Fault> {
    let reminder: Reminder = serde_json::from_str(&job.payload)?;
    let now = house.clock.now();
    if Kind::parse(&reminder.kind) == Some(Kind::Unread) {
        return deliver_unread(house, post, job, &reminder, now).await;
    }
    let Some((to, letter)) = ready(house, job, &reminder, now).await? else { return Ok(Ended::Done) };
    let claimed = match reminder.channel {
        Channel::Push => push::claim(&house.db, job, &reminder, now).await?,
        Channel::Email | Channel::Text => jobs::claim(&house.db, job, now).await?,
    };
    if !claimed {
        return Ok(Ended::GiveUp);
    }
    match post.send(&to, &letter).await {
        Ok(()) => Ok(Ended::Done),
        Err(Failed::Later) => {
            jobs::unclaim(&house.db, job).await?;
            Ok(Ended::Retry)
        }
        Err(failed) => lost(house, &reminder, failed).await,
    }
}

/// What surely or perhaps did not arrive and is not tried again. A device that its service does not know any more is forgotten.
async fn lost(house: &House, reminder: &Reminder, failed: Failed) -> Result<Ended, Fault> {
    if reminder.channel == Channel::Push && failed == Failed::Nobody {
        devices::is_gone(&house.db, reminder.device).await?;
        return Ok(Ended::Done);
    }
    Ok(Ended::GiveUp)
}

/// That messages wait: not if they were read meanwhile, not at night, and each once.
async fn deliver_unread(house: &House, post: &Post, job: &Job, reminder: &Reminder, now: Moment) -> Result<Ended, Fault> {
    let way = if reminder.channel == Channel::Push { Way::Device } else { Way::Mail };
    let waiting = unread::all(&house.db, way, Some(reminder.person), now).await?;
    let is_this = |one: &&Unread| one.device == reminder.device && one.number == reminder.object && one.may_go(now);
    let Some(waiting) = waiting.iter().find(is_this) else { return Ok(Ended::Done) };
    let Some((to, letter)) = unread_letter(house, job, reminder, waiting, now).await? else { return Ok(Ended::Done) };
    if !waiting.claim(&house.db, job, now).await? {
        return Ok(Ended::GiveUp);
    }
    match post.send(&to, &letter).await {
        Ok(()) => Ok(Ended::Done),
        // Given up it stays counted: what comes later is told of in its own notice.
        Err(Failed::Later) if !jobs::is_last_try(job) => {
            waiting.unclaim(&house.db, job).await?;
            Ok(Ended::Retry)
        }
        Err(failed) => lost(house, reminder, failed).await,
    }
}

async fn unread_letter(
    house: &House,
    job: &Job,
    reminder: &Reminder,
    waiting: &Unread,
    now: Moment,
) -> Result<Option<(Address, Letter)>, Fault> {
    if reminder.channel == Channel::Push {
        let knock = push::knock(house, reminder.device, reminder.person, waiting.stays(now)).await?;
        return Ok(knock.map(|to| (to, Letter::default())));
    }
    let Some(reach) = facts::reach(&house.db, reminder.person).await? else { return Ok(None) };
    let said = Said { language: Language::parse(&reach.language), kind: Kind::Unread, at: reminder.at, zone: &reach.zone, now };
    let letter = Letter { occasion: mail::occasion(house, job).await?, ..said.mail(house, false)? };
    Ok(Some((Address::email(&reach.email), letter)))
}

/// Whom to send what; `None` when the occasion has passed, was moved or cancelled, or is not this person's any more.
async fn ready(house: &House, job: &Job, reminder: &Reminder, now: Moment) -> Result<Option<(Address, Letter)>, Fault> {
    let Some(reach) = facts::reach(&house.db, reminder.person).await? else { return Ok(None) };
    let Some(kind) = Kind::parse(&reminder.kind) else { return Ok(None) };
    if !stands(house, kind, reminder).await? {
        return Ok(None);
    }
    let choice = choices::of(house, reminder.person).await?;
    let in_zone = TimeZone::get(&reach.zone).unwrap_or(TimeZone::UTC);
    let due = all_due(kind, reminder.at, &choice.rules, &in_zone);
    let Some(due) = due.iter().find(|due| due.kind == kind && due.is_now(now.timestamp())) else { return Ok(None) };
    let said = Said { language: Language::parse(&reach.language), kind, at: reminder.at, zone: &reach.zone, now };
    Ok(match reminder.channel {
        Channel::Email if choice.email => {
            let reads = kind == Kind::DayBefore && queries::reads(&house.db, reminder.object, reminder.person).await?;
            let letter = Letter { occasion: mail::occasion(house, job).await?, ..said.mail(house, reads)? };
            Some((Address::email(&reach.email), letter))
        }
        Channel::Text if choice.texts && choice.consent_at.is_some() => {
            Some((Address::phone(&choice.phone), Letter { text: said.text(house), ..Letter::default() }))
        }
        Channel::Push if choice.push_sessions => {
            // A phone that is off until then hears nothing of it.
            let seconds = due.until.duration_since(now.timestamp()).as_secs();
            push::knock(house, reminder.device, reminder.person, seconds).await?.map(|to| (to, Letter::default()))
        }
        _ => None,
    })
}

async fn stands(house: &House, kind: Kind, reminder: &Reminder) -> Result<bool, Fault> {
    if kind == Kind::Homework {
        return facts::homework_is_open(&house.db, reminder.object, reminder.person, reminder.at).await;
    }
    if kind == Kind::HomeworkDaily {
        return queries::homework_asks(&house.db, reminder.object, reminder.person, reminder.at).await;
    }
    if kind == Kind::Goal {
        return queries::goal_asks(&house.db, reminder.object, reminder.person, reminder.at).await;
    }
    if kind.is_of_documents() {
        return Ok(documents::is_waited_for(&house.db, reminder.person).await?
            && facts::is_expected(&house.db, reminder.object, reminder.at, reminder.person).await?);
    }
    if kind == Kind::Reply {
        return queries::is_news(&house.db, reminder.object, reminder.person).await;
    }
    if kind == Kind::Measure {
        return facts::measure_is_open(&house.db, reminder.object, reminder.person).await;
    }
    if kind == Kind::QuietHour {
        return queries::needs_quiet(&house.db, reminder.object, reminder.at, reminder.person).await;
    }
    appointment_stands(&house.db, reminder.object, reminder.at, reminder.person).await
}

/// Whether somebody is still expected at that hour, at a session, an appointment or a check-in of members. Ids are drawn from 2^53: none is of two.
async fn appointment_stands(db: &(impl Ask + Sync), id: i64, at: Moment, person: i64) -> Result<bool, Fault> {
    Ok(facts::is_expected(db, id, at, person).await?
        || facts::takes_part(db, id, at, person).await?
        || peer::is_expected(db, id, at, person).await?)
}

/// What a reminder says: when, and where to call. Nothing of what it is about.
struct Said<'a> {
    language: Language,
    kind: Kind,
    at: Moment,
    zone: &'a str,
    now: Moment,
}

impl Said<'_> {
    /// "tomorrow at 6:30 pm EST", on the reader's clock.
    fn when(&self) -> String {
        let time = when::time_with_zone(self.language, self.at, self.zone);
        let days = (self.at.in_zone(self.zone).date() - self.now.in_zone(self.zone).date()).get_days();
        match days {
            0 => self.language.say("reminder-today", &[("time", time)]),
            1 => self.language.say("reminder-tomorrow", &[("time", time)]),
            _ => self.language.say("reminder-on", &[("day", when::day(self.language, self.at, self.zone)), ("time", time)]),
        }
    }

    fn key(&self, part: &str) -> String {
        let about = match self.kind {
            Kind::Homework => "task",
            Kind::Goal | Kind::HomeworkDaily => "goal",
            Kind::DocumentsFirst | Kind::DocumentsLast => "documents",
            Kind::Measure => "form",
            Kind::Reply => "reply",
            Kind::QuietHour => "quiet",
            Kind::Unread => "unread",
            Kind::DayBefore | Kind::HourBefore => "session",
        };
        format!("reminder-{about}-{part}")
    }

    fn page(&self) -> &'static str {
        match self.kind {
            Kind::DocumentsFirst | Kind::DocumentsLast => "documents",
            Kind::QuietHour => "supporters",
            Kind::Unread => "inbox",
            _ => "today",
        }
    }

    fn parts(&self, house: &House) -> [(&'static str, String); 5] {
        let practice = house.practice();
        let url = &house.config.public_url;
        [
            ("practice", practice.name),
            ("phone", practice.phone),
            ("when", self.when()),
            ("link", format!("{url}/{}", self.page())),
            ("choices", format!("{url}/account/reminders")),
        ]
    }

    /// `reads`: something of the library waits to be read before. What, is said on the page.
    fn mail(&self, house: &House, reads: bool) -> Result<Letter, Fault> {
        let parts = self.parts(house);
        let mut text = self.language.say(&self.key("mail"), &parts);
        if reads {
            text = format!("{text}\n\n{}", self.language.t("reminder-session-reads"));
        }
        let words = Words {
            subject: self.language.say(&self.key("subject"), &parts),
            text,
            link: parts[3].1.clone(),
            button: self.language.t("reminder-button"),
            after: self.language.say("reminder-stop", &parts),
            unsubscribe: None,
        };
        mail::compose(house, self.language, &words)
    }

    fn text(&self, house: &House) -> String {
        self.language.say(&self.key("text"), &self.parts(house))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coming(email: i64, texts: i64, push: i64) -> Coming {
        let on = queries::On { day_before: 1, hour_before: 1, homework: 1, documents: 1, measures: 1, quiet_from: 0, quiet_to: 0 };
        Coming { object: 5, at: Moment(9), person_id: 7, zone: "UTC".into(), email, texts, push, on }
    }

    #[test]
    fn appointments_go_to_each_device_and_nothing_else_does() {
        let devices = HashMap::from([(7, vec![11, 12]), (8, vec![13])]);
        let all = ways(Kind::HourBefore, &coming(1, 1, 1), &devices);
        assert_eq!(all, [(Channel::Email, 0), (Channel::Text, 0), (Channel::Push, 11), (Channel::Push, 12)]);
        assert_eq!(ways(Kind::HourBefore, &coming(0, 0, 0), &devices), [], "whoever wants none");
        assert_eq!(ways(Kind::DayBefore, &Coming { person_id: 9, ..coming(0, 0, 1) }, &devices), [], "whoever has none");
        for kind in Kind::ALL.into_iter().filter(|kind| !kind.is_of_session()) {
            assert_eq!(ways(kind, &coming(1, 0, 1), &devices), [(Channel::Email, 0)], "{kind:?}");
        }
    }

    #[test]
    fn a_job_from_before_there_were_devices_is_still_understood_and_each_device_is_an_occasion() {
        let old = r#"{"person":7,"kind":"hour-before","object":5,"at":9,"channel":"email"}"#;
        let old: Reminder = serde_json::from_str(old).unwrap();
        assert_eq!((old.device, old.occasion().as_str()), (0, "7/hour-before/5/9/email"));
        let at = |device: i64| Reminder { channel: Channel::Push, device, ..old.clone() }.occasion();
        assert_eq!((at(11).as_str(), at(12).as_str()), ("7/hour-before/5/9/push.11", "7/hour-before/5/9/push.12"));
    }
}
