//! One piece of homework as its member does it: the form of its kind, saved as often as they like, counted once.

use askama::Template;
use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::{
    homework::{
        Answers, Rhythm, Trouble,
        review::{self, Signal},
    },
    risk::Source,
};
use ground::{
    Deed, Fault, House, Me, Moment, Tx, Ui,
    handover::{self, Risk},
    jobs, not_found, random_token,
    web::{hashed, render_status},
    when,
};
use jiff::{ToSpan, civil::Date};
use serde::Deserialize;

use super::{
    form, get, once, pages,
    queries::{self, Entry, Homework, Kept, Reply, Sent},
    shown::{self, Filling, SectionView, Told},
};

/// A day may be written down so long after it.
const LATEST_DAYS: i32 = 14;
/// The only sheet of what is written once.
const WHOLE: &str = "whole";

pub struct Written {
    pub words: String,
    pub far: String,
    pub told: Vec<Told>,
    /// Where it is changed.
    pub path: String,
}

#[derive(Template)]
#[template(path = "homework/sheet.html")]
pub struct SheetPage {
    pub ui: Ui,
    pub now: Moment,
    pub homework: Homework,
    pub sections: Vec<SectionView>,
    pub days: Vec<(String, String, bool)>,
    pub slot: String,
    pub seen: i64,
    pub once: String,
    /// The earlier entries, the latest first.
    pub written: Vec<Written>,
    pub replies: Vec<Reply>,
    pub far: String,
    pub kept: bool,
    /// What another tab or device has written meanwhile.
    pub elsewhere: Vec<Told>,
    pub trouble: Option<&'static str>,
    /// The lines stand above everything.
    pub signal: bool,
}

impl SheetPage {
    fn due(&self) -> String {
        pages::due(&self.ui, self.now, self.homework.due_at)
    }

    fn kind(&self) -> String {
        pages::kind(&self.ui, self.homework.kind)
    }

    fn is_daily(&self) -> bool {
        self.homework.kind.rhythm() == Rhythm::Day
    }

    fn is_log(&self) -> bool {
        self.homework.kind.rhythm() == Rhythm::Log
    }

    fn day(&self) -> &str {
        self.days.iter().find(|(.., chosen)| *chosen).map_or("", |(day, ..)| day)
    }

    fn day_words(&self) -> &str {
        self.days.iter().find(|(.., chosen)| *chosen).map_or("", |(_, words, _)| words)
    }

    /// A form that is kept on a device is kept for this sheet alone.
    fn key(&self) -> &str {
        if self.is_log() && self.seen == 0 { "new" } else { &self.slot }
    }

    fn sent(&self, reply: &Reply) -> String {
        let zone = self.ui.me.as_ref().map_or("UTC", |me| me.zone.as_str());
        when::moment(self.ui.language, reply.sent_at, zone)
    }

    fn script(&self) -> String {
        hashed("keep-form.js")
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    day: String,
    entry: String,
    kept: Option<u8>,
}

/// What stands in the form.
struct Sheet {
    slot: String,
    day: Date,
    seen: i64,
    once: String,
    typed: Option<Vec<(String, String)>>,
    kept: bool,
    elsewhere: Answers,
    trouble: Option<&'static str>,
    unreadable: Option<Trouble>,
    signal: bool,
}

impl Sheet {
    fn of(slot: String, day: Date, entry: Option<&Entry>) -> Sheet {
        Sheet {
            slot,
            day: entry.map_or(day, |entry| entry.day),
            seen: entry.map_or(0, |entry| entry.version),
            once: random_token(),
            typed: None,
            kept: false,
            elsewhere: Answers::default(),
            trouble: None,
            unreadable: None,
            signal: false,
        }
    }
}

/// A day that may still be written down: today or one of the last two weeks.
fn readable(typed: &str, today: Date) -> Option<Date> {
    let day: Date = typed.parse().ok()?;
    let earliest = today.checked_sub((LATEST_DAYS - 1).days()).ok()?;
    (earliest..=today).contains(&day).then_some(day)
}

fn today(house: &House, me: &Me) -> Date {
    house.clock.now().in_zone(&me.zone).date()
}

pub async fn page(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(homework): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let Some(homework) = queries::one(&house, me.id, homework).await? else { return Ok(not_found()) };
    let entries = queries::entries(&house, &homework).await?;
    if homework.withdrawn && !homework.done && entries.is_empty() {
        return Ok(not_found());
    }
    if homework.news {
        let tx = house.db.write().await?;
        queries::replies_seen(&tx, homework.id, house.clock.now()).await?;
        tx.commit(Deed::new(me.id, "homework.reply.read", format!("homework/{}", homework.id))).await?;
    }
    let today = today(&house, &me);
    let day = readable(&asked.day, today).unwrap_or(today);
    let slot = match homework.kind.rhythm() {
        Rhythm::Day => day.to_string(),
        Rhythm::Log if entries.iter().any(|entry| entry.slot == asked.entry) => asked.entry,
        Rhythm::Log => random_token(),
        Rhythm::Whole => WHOLE.to_owned(),
    };
    let entry = entries.iter().find(|entry| entry.slot == slot);
    let sheet = Sheet { kept: asked.kept.is_some(), ..Sheet::of(slot, day, entry) };
    show(&house, ui, &me, homework, sheet).await
}

/// The days that can be written down, the latest first, and one that is older but open now.
fn days(ui: &Ui, sheet: &Sheet, entries: &[Entry], today: Date) -> Vec<(String, String, bool)> {
    let mut all: Vec<Date> = (0..LATEST_DAYS).filter_map(|back| today.checked_sub(back.days()).ok()).collect();
    if !all.contains(&sheet.day) {
        all.push(sheet.day);
    }
    let words = |day: Date| {
        let words = if day == today { ui.t("homework-today") } else { when::on(ui.language, day) };
        let written = entries.iter().any(|entry| entry.slot == day.to_string());
        if written { ui.t1("homework-day-written", "day", words) } else { words }
    };
    all.into_iter().map(|day| (day.to_string(), words(day), day == sheet.day)).collect()
}

fn written(ui: &Ui, homework: &Homework, form: &care::homework::Form, entries: &[Entry]) -> Vec<Written> {
    let path = |entry: &Entry| match homework.kind.rhythm() {
        Rhythm::Day => format!("/homework/{}?day={}#sheet", homework.id, entry.slot),
        _ => format!("/homework/{}?entry={}#sheet", homework.id, entry.slot),
    };
    let all = entries.iter().rev().map(|entry| Written {
        words: when::on(ui.language, entry.day),
        far: shown::far_short(ui, form, &entry.answers),
        told: shown::told(ui, form, &entry.answers),
        path: path(entry),
    });
    if homework.kind.rhythm() == Rhythm::Whole { Vec::new() } else { all.collect() }
}

fn ticked(entries: &[Entry]) -> Vec<String> {
    entries.iter().flat_map(|entry| entry.answers.ticked("skills")).collect()
}

/// Another tab or device was quicker.
const ELSEWHERE: &str = "homework-elsewhere";

async fn show(house: &House, ui: Ui, me: &Me, homework: Homework, sheet: Sheet) -> Result<Response, Fault> {
    let entries = queries::entries(house, &homework).await?;
    let form = form(house, &homework, ticked(&entries)).await?;
    let stored = entries.iter().find(|entry| entry.slot == sheet.slot).map(|entry| entry.answers.clone()).unwrap_or_default();
    let typed = sheet.typed.clone().unwrap_or_else(|| form.write(&stored));
    let status = match sheet.trouble {
        None => StatusCode::OK,
        // Whoever sends by script tells what was written elsewhere from what cannot be read.
        Some(ELSEWHERE) => StatusCode::CONFLICT,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let filling = Filling { ui: &ui, typed: &typed, trouble: sheet.unreadable.as_ref() };
    let page = SheetPage {
        now: house.clock.now(),
        sections: filling.sections(&form),
        days: days(&ui, &sheet, &entries, today(house, me)),
        written: written(&ui, &homework, &form, &entries),
        replies: queries::replies(house, &homework).await?,
        far: shown::far(&ui, &form, &stored),
        elsewhere: shown::told(&ui, &form, &sheet.elsewhere),
        slot: sheet.slot,
        seen: sheet.seen,
        once: sheet.once,
        kept: sheet.kept,
        trouble: sheet.trouble,
        signal: sheet.signal,
        homework,
        ui,
    };
    render_status(&page, status)
}

/// A signal on a card is answered before anything else, whatever became of the card.
#[derive(Template)]
#[template(path = "homework/crisis.html")]
pub struct CrisisPage {
    pub ui: Ui,
    pub homework: i64,
    pub kept: bool,
    pub watch: String,
}

/// Puts the task on the list, once for each card and degree: sending it again does not ring twice, more does.
async fn ask_for_task(house: &House, tx: &Tx, sheet: &Sheet, homework: &Homework, signal: Signal) -> Result<(), Fault> {
    let now = house.clock.now();
    let risk = Risk {
        source: Source::DiaryCard.word().to_owned(),
        person: homework.person,
        session: 0,
        owner: 0,
        opened_at: now.0,
        detail: format!("{} ({})", signal.summary(), sheet.day),
    };
    let occasion = format!("{}/{}/{}/{}", Source::DiaryCard.word(), homework.id, sheet.slot, signal.mark());
    jobs::later_sealed(house, tx, handover::RISK, &occasion, &risk, now).await
}

/// The sheet and its task are one transaction; whichever way it ends, a signal has its task.
async fn store(house: &House, homework: &Homework, sheet: &Sheet, answers: &Answers, done: bool) -> Result<Kept, Fault> {
    let now = house.clock.now();
    let sealed = queries::seal_entry(house, homework, &sheet.slot, answers).await?;
    let (slot, day, seen, once) = (sheet.slot.clone(), sheet.day, sheet.seen, sheet.once.clone());
    let signal = review::signal(homework.kind, answers);
    let tx = house.db.write().await?;
    let kept = queries::keep_entry(&tx, Sent { homework: homework.id, slot, day, sealed, seen, once }, now).await?;
    if kept == Kept::Now {
        if let Some(signal) = signal {
            ask_for_task(house, &tx, sheet, homework, signal).await?;
        }
        if done {
            queries::set_done(&tx, homework.id, homework.person, Some(now)).await?;
        }
        tx.commit(Deed::new(homework.person, "homework.entry", format!("homework/{}", homework.id))).await?;
    }
    Ok(kept)
}

/// The task alone: the sheet cannot be taken as it is, and may never come again.
async fn heard(house: &House, homework: &Homework, sheet: &Sheet, answers: &Answers) -> Result<bool, Fault> {
    let Some(signal) = review::signal(homework.kind, answers) else { return Ok(false) };
    let tx = house.db.write().await?;
    ask_for_task(house, &tx, sheet, homework, signal).await?;
    tx.commit(Deed::new(homework.person, "homework.signal", format!("homework/{}", homework.id))).await?;
    Ok(true)
}

async fn crisis(house: &House, ui: Ui, homework: i64, kept: bool) -> Result<Response, Fault> {
    let watch = ground::watch::words(house, &ui).await?;
    render_status(&CrisisPage { ui, homework, kept, watch }, if kept { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE })
}

/// Which sheet a form belongs to. `None` where its day cannot be written down any more.
fn addressed(homework: &Homework, typed: &[(String, String)], entries: &[Entry], today: Date) -> Option<Sheet> {
    let known = |slot: &str| entries.iter().find(|entry| entry.slot == slot);
    let (slot, day) = match homework.kind.rhythm() {
        Rhythm::Day => {
            let typed = get(typed, "day");
            // A card that was begun in time may be finished later.
            let day = readable(typed, today).or_else(|| known(typed).map(|entry| entry.day))?;
            (day.to_string(), day)
        }
        Rhythm::Log => {
            let slot = once(get(typed, "slot"));
            let day = readable(get(typed, "day"), today).or_else(|| known(&slot).map(|entry| entry.day))?;
            (slot, day)
        }
        Rhythm::Whole => (WHOLE.to_owned(), known(WHOLE).map_or(today, |entry| entry.day)),
    };
    let seen = get(typed, "seen").parse().ok().filter(|seen| *seen >= 0).unwrap_or(0);
    Some(Sheet { day, seen, once: once(get(typed, "once")), typed: Some(typed.to_vec()), ..Sheet::of(slot, day, None) })
}

/// Keeps a sheet. What was heard is answered first; what cannot be read is said; what has arrived before changes nothing.
pub async fn keep(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(homework): Path<i64>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let Some(homework) = queries::one(&house, me.id, homework).await? else { return Ok(not_found()) };
    let entries = queries::entries(&house, &homework).await?;
    let form = form(&house, &homework, ticked(&entries)).await?;
    let (answers, unreadable) = form.read(&typed);
    let today = today(&house, &me);
    let sheet = addressed(&homework, &typed, &entries, today);
    let trouble = match &sheet {
        None => Some("goal-day-cannot"),
        Some(_) if unreadable.is_some() => Some("homework-unreadable"),
        Some(sheet) if homework.kind.rhythm() == Rhythm::Log && answers.is_empty() && sheet.seen == 0 => Some("homework-nothing-yet"),
        Some(_) => None,
    };
    let sheet = sheet.unwrap_or_else(|| Sheet { typed: Some(typed.clone()), ..Sheet::of(today.to_string(), today, None) });
    if let Some(key) = trouble {
        let signal = heard(&house, &homework, &sheet, &answers).await?;
        return show(&house, ui, &me, homework, Sheet { trouble: Some(key), unreadable, signal, ..sheet }).await;
    }
    let done = get(&typed, "then") == "done";
    answered(&house, ui, &me, homework, (sheet, answers, done)).await
}

async fn answered(
    house: &House,
    ui: Ui,
    me: &Me,
    homework: Homework,
    (sheet, answers, done): (Sheet, Answers, bool),
) -> Result<Response, Fault> {
    let has_signal = review::signal(homework.kind, &answers).is_some();
    let kept = match store(house, &homework, &sheet, &answers, done).await {
        Ok(kept) => kept,
        // Whatever is broken here: whoever says this gets the lines, and is told that nobody has heard it yet.
        Err(fault) if has_signal => {
            tracing::error!(reason = %fault, "a sheet with a signal could not be kept");
            return crisis(house, ui, homework.id, false).await;
        }
        Err(fault) => return Err(fault),
    };
    if kept == Kept::Elsewhere {
        let signal = heard(house, &homework, &sheet, &answers).await?;
        let entries = queries::entries(house, &homework).await?;
        let entry = entries.into_iter().find(|entry| entry.slot == sheet.slot);
        let key = if entry.is_some() { ELSEWHERE } else { "homework-enough" };
        let (seen, elsewhere) = entry.map_or((0, Answers::default()), |entry| (entry.version, entry.answers));
        return show(house, ui, me, homework, Sheet { seen, elsewhere, signal, once: random_token(), trouble: Some(key), ..sheet }).await;
    }
    if has_signal {
        return crisis(house, ui, homework.id, true).await;
    }
    let path = match homework.kind.rhythm() {
        _ if done => "/homework".to_owned(),
        Rhythm::Day => format!("/homework/{}?day={}&kept=1", homework.id, sheet.day),
        _ => format!("/homework/{}?kept=1", homework.id),
    };
    Ok(Redirect::to(&path).into_response())
}

#[cfg(test)]
mod tests {
    use care::homework::Kind;
    use ground::{Language, Role};

    use super::*;

    const TODAY: Date = jiff::civil::date(2026, 11, 23);

    fn page(language: Language, kind: Kind) -> SheetPage {
        let ui = Ui::sample(language, Some(Role::Member));
        let homework = pages::tests::sample(kind, false);
        let form = homework.asked.form(kind, &["Noticing".into()]);
        let typed = vec![("note".to_owned(), "Kept <note>".to_owned())];
        let sheet = Sheet::of(TODAY.to_string(), TODAY, None);
        SheetPage {
            now: Moment(0),
            sections: Filling { ui: &ui, typed: &typed, trouble: None }.sections(&form),
            days: days(&ui, &sheet, &[], TODAY),
            slot: sheet.slot,
            seen: 0,
            once: sheet.once,
            written: vec![],
            replies: vec![Reply { text: "Well <done>".into(), sent_at: Moment(0), from: "Dr. Amara".into() }],
            far: "3".into(),
            kept: true,
            elsewhere: vec![Told { label: "Other".into(), words: "<tab>".into() }],
            trouble: None,
            signal: false,
            homework,
            ui,
        }
    }

    fn entry(slot: &str, day: Date) -> Entry {
        Entry { slot: slot.into(), day, answers: Answers::default(), version: 2 }
    }

    #[test]
    fn every_kind_has_a_sheet_without_script() {
        for language in Language::ALL {
            for kind in Kind::ALL {
                let html = page(language, kind).render().unwrap();
                let word = kind.word();
                assert!(html.contains("action=\"/homework/1/entries\"") && html.contains("name=\"once\""), "{word}");
                assert!(
                    html.contains("Well &#60;done&#62;") && html.contains("&#60;tab&#62;") && !html.contains("homework-field"),
                    "{word}"
                );
                assert_eq!(html.contains("name=\"day\""), kind.rhythm() != Rhythm::Whole, "{word}");
                assert!(html.contains("data-keep-form"), "{word}");
            }
            assert!(page(language, Kind::Free).render().unwrap().contains("Kept &#60;note&#62;"));
            assert!(page(language, Kind::Reading).render().unwrap().contains("rel=\"noopener noreferrer\""));
        }
    }

    #[test]
    fn the_lines_come_before_everything_after_a_signal() {
        for language in Language::ALL {
            let html =
                SheetPage { signal: true, trouble: Some("homework-unreadable"), ..page(language, Kind::DiaryCard) }.render().unwrap();
            assert!(html.find("tel:988").unwrap() < html.find("<h1").unwrap());
            for kept in [true, false] {
                let ui = Ui::sample(language, Some(Role::Member));
                let html = CrisisPage { ui, homework: 1, kept, watch: "Nobody <watches>".into() }.render().unwrap();
                assert!(html.find("tel:988").unwrap() < html.find("<h1").unwrap());
                assert!(html.contains("Nobody &#60;watches&#62;") && !html.contains("homework-crisis"));
                assert!(html.contains("role=\"alert\""));
            }
        }
    }

    #[test]
    fn only_the_last_two_weeks_can_be_written_down() {
        for (typed, is) in
            [("2026-11-23", true), ("2026-11-10", true), ("2026-11-09", false), ("2026-11-24", false), ("soon", false), ("", false)]
        {
            assert_eq!(readable(typed, TODAY).is_some(), is, "{typed}");
        }
        let ui = Ui::sample(Language::English, Some(Role::Member));
        let old = jiff::civil::date(2026, 10, 1);
        let all = days(&ui, &Sheet::of("x".into(), old, None), &[entry("2026-11-22", old)], TODAY);
        assert_eq!(all.len(), 15, "a day that is open stays to be seen");
        assert!(all.iter().filter(|(.., chosen)| *chosen).all(|(day, ..)| day == "2026-10-01"));
        assert_ne!(all[1].1, when::on(Language::English, jiff::civil::date(2026, 11, 22)), "that it is written is said");
    }

    #[test]
    fn a_form_belongs_to_its_day_its_line_or_the_only_sheet() {
        let typed =
            |fields: &[(&str, &str)]| fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Vec<_>>();
        let of = |kind: Kind, fields: &[(&str, &str)], entries: &[Entry]| {
            let homework = pages::tests::sample(kind, false);
            addressed(&homework, &typed(fields), entries, TODAY).map(|sheet| (sheet.slot, sheet.day.to_string(), sheet.seen))
        };
        let card = |day: &str, entries: &[Entry]| of(Kind::DiaryCard, &[("day", day), ("seen", "2")], entries);
        assert_eq!(card("2026-11-20", &[]), Some(("2026-11-20".into(), "2026-11-20".into(), 2)));
        assert_eq!(card("2026-10-01", &[]), None);
        let old = jiff::civil::date(2026, 10, 1);
        assert_eq!(card("2026-10-01", &[entry("2026-10-01", old)]).unwrap().0, "2026-10-01", "what was begun in time may be finished");
        assert_eq!(of(Kind::Free, &[("slot", "anything"), ("seen", "-3")], &[]), Some((WHOLE.into(), TODAY.to_string(), 0)));
        let line = of(Kind::PracticeLog, &[("slot", "abcdefgh12"), ("day", "2026-11-22")], &[]);
        assert_eq!(line, Some(("abcdefgh12".into(), "2026-11-22".into(), 0)));
        assert_eq!(of(Kind::PracticeLog, &[("slot", "abcdefgh12"), ("day", "2020-01-01")], &[]), None);
        let odd = of(Kind::PracticeLog, &[("slot", "<script>"), ("day", "2026-11-22")], &[]).unwrap();
        assert!(odd.0.len() > 20 && !odd.0.contains('<'));
    }

    #[test]
    fn a_log_lists_its_lines_and_a_single_sheet_does_not() {
        let ui = Ui::sample(Language::English, Some(Role::Member));
        let lines = |kind: Kind| {
            let homework = pages::tests::sample(kind, false);
            let form = homework.asked.form(kind, &[]);
            written(&ui, &homework, &form, &[entry("a", TODAY.yesterday().unwrap()), entry("b", TODAY)])
        };
        let all = lines(Kind::EmotionLog);
        assert!(all.len() == 2 && all[0].path.contains("entry=b"), "the latest first");
        assert!(lines(Kind::DiaryCard)[0].path.contains("?day=b"));
        assert!(lines(Kind::Worksheet).is_empty());
    }
}
