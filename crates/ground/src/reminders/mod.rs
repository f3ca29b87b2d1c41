//! Reminders: of a session or an appointment the day and the hour before, of homework the day before and at its minute, of a goal at its minute, of what is
//! to be signed three days and the day before, of something short to fill in when it is asked, of an answer when it has come,
//! of somebody else's quiet hour the day before, and that messages wait. One for each person, occasion and channel, or none.
//!
//! A pass puts what is due on the list of jobs; when it is delivered, everything is asked again: whether the session still stands at that
//! hour, whether the person still belongs to it and still wants it, whether it is not too late. A job is claimed before it is sent. A
//! program that dies between sending and noting leaves a claim, and a claimed reminder is not sent again: it may be lost, never doubled.

pub mod choices;
mod queries;
mod unread;

use std::{collections::HashSet, time::Duration};

use care::reminders::{self as rules, Choices, Due, Kind};
use jiff::tz::TimeZone;
use post::{Address, Failed, Letter, Post};
use serde::{Deserialize, Serialize};

pub use choices::Choice;

use crate::{
    clock::Moment,
    documents, facts,
    fault::Fault,
    house::House,
    jobs::{self, Ended, Job},
    mail::{self, Words},
    peer, when,
    words::Language,
};
use queries::Coming;

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
}

impl Reminder {
    fn occasion(&self) -> String {
        let channel = if self.channel == Channel::Email { "email" } else { "text" };
        format!("{}/{}/{}/{}/{channel}", self.person, self.kind, self.object, self.at.0)
    }
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
            let channels = [(coming.email, Channel::Email), (coming.texts, Channel::Text)];
            for due in due(kind, coming).iter().filter(|due| due.is_now(now.timestamp())) {
                for (_, channel) in channels.iter().filter(|(on, _)| *on == 1) {
                    let kind = due.kind.word().to_owned();
                    let reminder = Reminder { person: coming.person_id, kind, object: coming.object, at: coming.at, channel: *channel };
                    wanted.push((reminder.occasion(), reminder, Moment::from(due.at)));
                }
            }
        }
    }
    for unread in unread::all(&house.db, None, now).await?.iter().filter(|unread| unread.email && unread.may_go(now)) {
        let kind = Kind::Unread.word().to_owned();
        // Until it was sent there is one for what waits since then, whoever plans it.
        let reminder = Reminder { person: unread.person, kind, object: unread.number, at: unread.since, channel: Channel::Email };
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
    if !jobs::claim(&house.db, job, now).await? {
        return Ok(Ended::GiveUp);
    }
    match post.send(&to, &letter).await {
        Ok(()) => Ok(Ended::Done),
        Err(Failed::Later) => {
            jobs::unclaim(&house.db, job).await?;
            Ok(Ended::Retry)
        }
        Err(Failed::Never | Failed::Refused | Failed::Nobody | Failed::Unsure) => Ok(Ended::GiveUp),
    }
}

/// That messages wait: not if they were read meanwhile, not at night, and each once.
async fn deliver_unread(house: &House, post: &Post, job: &Job, reminder: &Reminder, now: Moment) -> Result<Ended, Fault> {
    let waiting = unread::all(&house.db, Some(reminder.person), now).await?;
    let Some(waiting) = waiting.first().filter(|one| one.number == reminder.object && one.email && one.may_go(now)) else {
        return Ok(Ended::Done);
    };
    let Some(reach) = facts::reach(&house.db, reminder.person).await? else { return Ok(Ended::Done) };
    let said = Said { language: Language::parse(&reach.language), kind: Kind::Unread, at: reminder.at, zone: &reach.zone, now };
    let letter = Letter { occasion: mail::occasion(house, job).await?, ..said.mail(house)? };
    if !unread::claim(&house.db, job, waiting, now).await? {
        return Ok(Ended::GiveUp);
    }
    match post.send(&Address::email(&reach.email), &letter).await {
        Ok(()) => Ok(Ended::Done),
        // Given up it stays counted: what comes later is told of in its own notice.
        Err(Failed::Later) if !jobs::is_last_try(job) => {
            unread::unclaim(&house.db, job, waiting).await?;
            Ok(Ended::Retry)
        }
        Err(_) => Ok(Ended::GiveUp),
    }
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
    if !due.iter().any(|due| due.kind == kind && due.is_now(now.timestamp())) {
        return Ok(None);
    }
    let said = Said { language: Language::parse(&reach.language), kind, at: reminder.at, zone: &reach.zone, now };
    Ok(match reminder.channel {
        Channel::Email if choice.email => {
            let letter = Letter { occasion: mail::occasion(house, job).await?, ..said.mail(house)? };
            Some((Address::email(&reach.email), letter))
        }
        Channel::Text if choice.texts && choice.consent_at.is_some() => {
            Some((Address::phone(&choice.phone), Letter { text: said.text(house), ..Letter::default() }))
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
    // Ids are drawn from 2^53: none is a session's and an appointment's at once.
    Ok(facts::is_expected(&house.db, reminder.object, reminder.at, reminder.person).await?
        || facts::takes_part(&house.db, reminder.object, reminder.at, reminder.person).await?
        || peer::is_expected(&house.db, reminder.object, reminder.at, reminder.person).await?)
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

    fn mail(&self, house: &House) -> Result<Letter, Fault> {
        let parts = self.parts(house);
        let words = Words {
            subject: self.language.say(&self.key("subject"), &parts),
            text: self.language.say(&self.key("mail"), &parts),
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
