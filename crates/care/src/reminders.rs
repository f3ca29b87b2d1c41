//! When somebody is reminded, and when it is too late to be reminded.

use jiff::{
    SignedDuration, Timestamp, ToSpan,
    civil::{Date, Time},
    tz::{AmbiguousOffset, AmbiguousTimestamp, TimeZone},
};

/// The occasions on which somebody may be reminded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    DayBefore,
    HourBefore,
    Homework,
    /// The same, at the minute at which it is to be written each day.
    HomeworkDaily,
    /// What somebody set themselves, at the minute that they chose.
    Goal,
    /// Something is to be signed before a session, three days before it.
    DocumentsFirst,
    /// The same, the day before.
    DocumentsLast,
    /// Something short to fill in.
    Measure,
    /// Somebody has answered what was written.
    Reply,
    /// Somebody whom one supports needs a quiet hour.
    QuietHour,
    /// Messages wait; see `notices`.
    Unread,
}

impl Kind {
    pub const ALL: [Kind; 11] = [
        Kind::DayBefore,
        Kind::HourBefore,
        Kind::Homework,
        Kind::HomeworkDaily,
        Kind::Goal,
        Kind::DocumentsFirst,
        Kind::DocumentsLast,
        Kind::Measure,
        Kind::Reply,
        Kind::QuietHour,
        Kind::Unread,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Kind::DayBefore => "day-before",
            Kind::HourBefore => "hour-before",
            Kind::Homework => "homework",
            Kind::HomeworkDaily => "homework-daily",
            Kind::Goal => "goal",
            Kind::DocumentsFirst => "documents-first",
            Kind::DocumentsLast => "documents-last",
            Kind::Measure => "measure",
            Kind::Reply => "reply",
            Kind::QuietHour => "quiet-hour",
            Kind::Unread => "unread",
        }
    }

    pub fn parse(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// An appointment is near: what one may also want to hear of on a device.
    pub fn is_of_session(self) -> bool {
        matches!(self, Kind::DayBefore | Kind::HourBefore)
    }

    pub fn is_of_documents(self) -> bool {
        matches!(self, Kind::DocumentsFirst | Kind::DocumentsLast)
    }
}

/// Hours in which nobody wants to hear from us, in the person's own zone: minutes of the day, 0 to 1439. The same twice is none at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quiet {
    pub from: i16,
    pub to: i16,
}

/// What somebody has chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    pub day_before: bool,
    pub hour_before: bool,
    pub homework: bool,
    pub documents: bool,
    pub measures: bool,
    pub quiet: Quiet,
}

/// One reminder: it may go from `at` on, and not any more at `until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    pub kind: Kind,
    pub at: Timestamp,
    pub until: Timestamp,
}

impl Due {
    pub fn is_now(&self, now: Timestamp) -> bool {
        (self.at..self.until).contains(&now)
    }
}

/// So long after a text began to ask somebody, they are reminded of it. Whoever has not come for longer than this is not written to every week.
pub const DOCUMENTS_LAST: SignedDuration = SignedDuration::from_hours(21 * 24);

const HOUR: SignedDuration = SignedDuration::from_hours(1);
/// A reminder of the day before that could not go for so long has lost its sense; the one of the hour before will come.
const DAY_BEFORE_LASTS: SignedDuration = SignedDuration::from_hours(6);
const NEWS_LASTS: SignedDuration = SignedDuration::from_hours(24);
/// From here on the reminder of the hour before says it.
const DAY_BEFORE_ENDS: SignedDuration = SignedDuration::from_mins(90);
/// Two hours after its minute, what was meant for it has lost its sense.
const GOAL_LASTS: SignedDuration = SignedDuration::from_hours(2);
/// Whoever reads it later than this only learns that they are late.
const HOUR_BEFORE_ENDS: SignedDuration = SignedDuration::from_mins(10);

impl Quiet {
    pub const NONE: Quiet = Quiet { from: 0, to: 0 };

    fn is_none(self) -> bool {
        self.from == self.to
    }

    pub fn holds(self, at: Timestamp, zone: &TimeZone) -> bool {
        self.holds_minute(minute_of_day(at, zone))
    }

    /// The same for a minute of the day, 0 to 1439.
    pub fn holds_minute(self, minute: i16) -> bool {
        if self.from <= self.to { (self.from..self.to).contains(&minute) } else { minute >= self.from || minute < self.to }
    }

    /// The end of the quiet hours that hold at `at`.
    pub(crate) fn end(self, at: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let today = at.to_zoned(zone.clone()).date();
        let overnight = self.from > self.to && minute_of_day(at, zone) >= self.from;
        let date = if overnight { today.tomorrow().ok()? } else { today };
        at_minute(date, self.to, zone, at)
    }

    /// The beginning of the quiet hours that hold at `at`.
    fn begin(self, at: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let today = at.to_zoned(zone.clone()).date();
        let since_yesterday = self.from > self.to && minute_of_day(at, zone) < self.to;
        let date = if since_yesterday { today.yesterday().ok()? } else { today };
        at_minute(date, self.from, zone, Timestamp::MIN)
    }

    /// When quiet hours begin the next time; never, if there are none.
    pub(crate) fn next(self, after: Timestamp, zone: &TimeZone) -> Timestamp {
        if self.is_none() {
            return Timestamp::MAX;
        }
        let today = after.to_zoned(zone.clone()).date();
        let date = if minute_of_day(after, zone) < self.from { Some(today) } else { today.tomorrow().ok() };
        date.and_then(|date| first_minute(date, self.from, zone, after)).unwrap_or(after)
    }
}

fn minute_of_day(at: Timestamp, zone: &TimeZone) -> i16 {
    let local = at.to_zoned(zone.clone());
    i16::from(local.hour()) * 60 + i16::from(local.minute())
}

/// A local time as an instant that is not before `after`: of the two that a clock change makes of one, the first that fits.
fn at_minute(date: Date, minute: i16, zone: &TimeZone, after: Timestamp) -> Option<Timestamp> {
    let local = local(date, minute, zone)?;
    let first = local.compatible().ok()?;
    if first >= after { Some(first) } else { local.later().ok() }
}

/// As `at_minute`; of a local time that a clock change skips, rather too early than too late.
fn first_minute(date: Date, minute: i16, zone: &TimeZone, after: Timestamp) -> Option<Timestamp> {
    let skipped = matches!(local(date, minute, zone)?.offset(), AmbiguousOffset::Gap { .. });
    if skipped { Some(local(date, minute, zone)?.earlier().ok()?.max(after)) } else { at_minute(date, minute, zone, after) }
}

fn local(date: Date, minute: i16, zone: &TimeZone) -> Option<AmbiguousTimestamp> {
    let time = Time::new((minute / 60).try_into().ok()?, (minute % 60).try_into().ok()?, 0, 0).ok()?;
    Some(zone.to_ambiguous_timestamp(date.to_datetime(time)))
}

/// The reminders of a session that begins at `start`. None of them may go once it has begun.
pub fn of_session(start: Timestamp, choices: &Choices, zone: &TimeZone) -> Vec<Due> {
    let day = choices.day_before.then(|| days_before(Kind::DayBefore, 1, start, choices.quiet, zone)).flatten();
    let hour = choices.hour_before.then(|| hour_before(start, choices.quiet, zone)).flatten();
    day.into_iter().chain(hour).collect()
}

/// The reminder that somebody whom one supports needs a quiet hour, for whoever wants to hear of a day before at all.
pub fn of_quiet_hour(start: Timestamp, choices: &Choices, zone: &TimeZone) -> Option<Due> {
    choices.day_before.then(|| days_before(Kind::QuietHour, 1, start, choices.quiet, zone)).flatten()
}

/// The reminder of something that is to be done by `due`.
pub fn of_homework(due: Timestamp, choices: &Choices, zone: &TimeZone) -> Option<Due> {
    choices.homework.then(|| days_before(Kind::Homework, 1, due, choices.quiet, zone)).flatten()
}

/// What one has set oneself goes at its own minute, and not much later; in quiet hours never.
pub fn of_goal(at: Timestamp, choices: &Choices, zone: &TimeZone) -> Option<Due> {
    at_its_minute(Kind::Goal, at, choices.quiet, zone)
}

/// Homework that is written each day: as a goal, for whoever wants to hear of homework at all.
pub fn of_homework_daily(at: Timestamp, choices: &Choices, zone: &TimeZone) -> Option<Due> {
    choices.homework.then(|| at_its_minute(Kind::HomeworkDaily, at, choices.quiet, zone)).flatten()
}

fn at_its_minute(kind: Kind, at: Timestamp, quiet: Quiet, zone: &TimeZone) -> Option<Due> {
    let until = (at + GOAL_LASTS).min(quiet.next(at, zone));
    (!quiet.holds(at, zone) && at < until).then_some(Due { kind, at, until })
}

/// The minute of the day at which somebody is reminded of a goal, on the first of its days that is not over at `now`; `None` without a day or after its last.
pub fn next_goal(days: crate::goals::Days, minute: i16, until: Option<Date>, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let today = now.to_zoned(zone.clone()).date();
    // Yesterday too: what was meant for an hour before midnight may go an hour after it.
    (-1..8i64)
        .filter_map(|ahead| today.checked_add(ahead.days()).ok())
        .filter(|day| days.has(day.weekday()) && until.is_none_or(|until| *day <= until))
        .filter_map(|day| at_minute(day, minute, zone, Timestamp::MIN))
        .find(|at| now < *at + GOAL_LASTS)
}

/// The reminders that something is to be signed before the session that begins at `start`: time to read it, and a last word.
pub fn of_documents(start: Timestamp, choices: &Choices, zone: &TimeZone) -> Vec<Due> {
    let before = |kind, days| choices.documents.then(|| days_before(kind, days, start, choices.quiet, zone)).flatten();
    [before(Kind::DocumentsFirst, 3), before(Kind::DocumentsLast, 1)].into_iter().flatten().collect()
}

/// The one reminder of something short to fill in: when it was asked for, or when the night is over. A day later it is too late to come as news.
pub fn of_measure(asked: Timestamp, choices: &Choices, zone: &TimeZone) -> Option<Due> {
    choices.measures.then(|| as_news(Kind::Measure, asked, choices.quiet, zone)).flatten()
}

/// That somebody has answered, for whoever wants to hear of homework: at once, or when the night is over.
pub fn of_reply(sent: Timestamp, choices: &Choices, zone: &TimeZone) -> Option<Due> {
    choices.homework.then(|| as_news(Kind::Reply, sent, choices.quiet, zone)).flatten()
}

fn as_news(kind: Kind, happened: Timestamp, quiet: Quiet, zone: &TimeZone) -> Option<Due> {
    let at = if quiet.holds(happened, zone) { quiet.end(happened, zone)? } else { happened };
    let until = (happened + NEWS_LASTS).min(quiet.next(at, zone));
    (at < until).then_some(Due { kind, at, until })
}

/// At the same local time so many days before. Quiet hours move it to their end or to an hour before they begin, whichever is nearer.
fn days_before(kind: Kind, days: i64, start: Timestamp, quiet: Quiet, zone: &TimeZone) -> Option<Due> {
    let planned = start.to_zoned(zone.clone()).checked_sub(days.days()).ok()?.timestamp();
    let last = start - DAY_BEFORE_ENDS;
    let at = if quiet.holds(planned, zone) {
        let later = quiet.end(planned, zone).filter(|at| *at < last && !quiet.holds(*at, zone));
        let earlier = quiet.begin(planned, zone).map(|begin| begin - HOUR).filter(|at| !quiet.holds(*at, zone));
        [later, earlier].into_iter().flatten().min_by_key(|at| at.duration_since(planned).abs())?
    } else {
        planned
    };
    let until = last.min(at + DAY_BEFORE_LASTS).min(quiet.next(at, zone));
    (at < until).then_some(Due { kind, at, until })
}

/// In quiet hours it is dropped: the session is not the place to be woken up for.
fn hour_before(start: Timestamp, quiet: Quiet, zone: &TimeZone) -> Option<Due> {
    let at = start - HOUR;
    if quiet.holds(at, zone) {
        return None;
    }
    let until = (start - HOUR_BEFORE_ENDS).min(quiet.next(at, zone));
    (at < until).then_some(Due { kind: Kind::HourBefore, at, until })
}

/// A telephone number as E.164 writes it. Without a country's code it is taken for a North American one. `None` if it is no number.
pub fn number(typed: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_digit() || " -.()+\u{a0}".contains(c);
    let typed = typed.trim();
    if !typed.chars().all(plain) || typed.rfind('+').is_some_and(|at| at > 0) {
        return None;
    }
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    match (typed.starts_with('+'), digits.len()) {
        (true, 8..=15) if !digits.starts_with('0') => Some(format!("+{digits}")),
        (false, 10) if !digits.starts_with(['0', '1']) => Some(format!("+1{digits}")),
        (false, 11) if digits.starts_with('1') => Some(format!("+{digits}")),
        _ => None,
    }
}

/// What somebody wrote back to a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Stop,
    Start,
}

/// The words that end texts and begin them again, as carriers know them, and in Spanish. Anything else is for nobody.
pub fn answer(text: &str) -> Option<Answer> {
    let word = text.trim().trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    match word.as_str() {
        "stop" | "stopall" | "unsubscribe" | "cancel" | "end" | "quit" | "alto" | "parar" => Some(Answer::Stop),
        "start" | "yes" | "unstop" => Some(Answer::Start),
        _ => None,
    }
}
