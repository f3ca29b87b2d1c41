//! iCalendar text (RFC 5545), written by hand: lines of at most 75 octets, times with their zone, zones with their rules.

use std::{collections::BTreeMap, fmt::Write};

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::zones;

/// A whole calendar.
#[derive(Debug, Clone)]
pub struct Calendar {
    pub name: String,
    /// When it was made; the same at every fetch, so that an unchanged calendar stays unchanged to the byte.
    pub stamp: Timestamp,
    pub events: Vec<Event>,
}

/// One event, or one weekly series.
#[derive(Debug, Clone)]
pub struct Event {
    pub uid: String,
    /// IANA name of the zone on whose clock it takes place.
    pub zone: String,
    pub start: Timestamp,
    pub minutes: i64,
    pub sequence: i64,
    pub summary: String,
    pub place: String,
    pub cancelled: bool,
    pub weekly: Option<Weekly>,
    /// The start in the series that this one stands for.
    pub instead_of: Option<Timestamp>,
}

#[derive(Debug, Clone)]
pub struct Weekly {
    /// The last start of the series.
    pub until: Timestamp,
    pub except: Vec<Timestamp>,
}

pub fn write(calendar: &Calendar) -> String {
    let mut out = Lines::default();
    out.line("BEGIN:VCALENDAR");
    out.line("VERSION:2.0");
    out.line("PRODID:-//Hearth//Calendar//EN");
    out.line("CALSCALE:GREGORIAN");
    out.line("METHOD:PUBLISH");
    out.line(&format!("X-WR-CALNAME:{}", escaped(&calendar.name)));
    out.line("REFRESH-INTERVAL;VALUE=DURATION:PT1H");
    out.line("X-PUBLISHED-TTL:PT1H");
    for (zone, (from, to)) in spans(&calendar.events) {
        zones::write(&mut out, &zone, from, to);
    }
    for event in &calendar.events {
        write_event(&mut out, event, calendar.stamp);
    }
    out.line("END:VCALENDAR");
    out.into_text()
}

/// From when to when the rules of each zone are needed.
fn spans(events: &[Event]) -> BTreeMap<String, (Timestamp, Timestamp)> {
    let mut spans: BTreeMap<String, (Timestamp, Timestamp)> = BTreeMap::new();
    for event in events {
        let last = event.weekly.as_ref().map_or(event.start, |weekly| weekly.until).max(event.start);
        let first = event.instead_of.map_or(event.start, |slot| slot.min(event.start));
        let span = spans.entry(event.zone.clone()).or_insert((first, last));
        *span = (span.0.min(first), span.1.max(last));
    }
    spans
}

fn write_event(out: &mut Lines, event: &Event, stamp: Timestamp) {
    let zone = TimeZone::get(&event.zone).unwrap_or(TimeZone::UTC);
    let local = |at: Timestamp| at.to_zoned(zone.clone()).strftime("%Y%m%dT%H%M%S").to_string();
    let in_zone = |name: &str, at: Timestamp| format!("{name};TZID={}:{}", event.zone, local(at));
    out.line("BEGIN:VEVENT");
    out.line(&format!("UID:{}", event.uid));
    out.line(&format!("DTSTAMP:{}", utc(stamp)));
    if let Some(slot) = event.instead_of {
        out.line(&in_zone("RECURRENCE-ID", slot));
    }
    out.line(&in_zone("DTSTART", event.start));
    let end = event.start.saturating_add(SignedDuration::from_mins(event.minutes)).unwrap_or(event.start);
    out.line(&in_zone("DTEND", end));
    if let Some(weekly) = &event.weekly {
        out.line(&format!("RRULE:FREQ=WEEKLY;UNTIL={}", utc(weekly.until)));
        for start in &weekly.except {
            out.line(&in_zone("EXDATE", *start));
        }
    }
    out.line(&format!("SEQUENCE:{}", event.sequence));
    out.line(&format!("SUMMARY:{}", escaped(&event.summary)));
    out.line(&format!("LOCATION:{}", escaped(&event.place)));
    out.line(if event.cancelled { "STATUS:CANCELLED" } else { "STATUS:CONFIRMED" });
    out.line("CLASS:PRIVATE");
    out.line("END:VEVENT");
}

fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A text as a value: no line of its own can be begun from within it.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Content lines, folded.
#[derive(Default)]
pub struct Lines {
    text: String,
}

impl Lines {
    pub fn into_text(self) -> String {
        self.text
    }

    /// Longer than 75 octets goes on in the next line after a space; never in the middle of a letter.
    pub fn line(&mut self, line: &str) {
        let mut room = 75;
        for c in line.chars() {
            if c.len_utf8() > room {
                self.text.push_str("\r\n ");
                room = 74;
            }
            room -= c.len_utf8();
            self.text.push(c);
        }
        let _ = write!(self.text, "\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_letters() {
        let mut out = Lines::default();
        out.line(&format!("SUMMARY:{}", "é".repeat(100)));
        for line in out.text.split("\r\n") {
            assert!(line.len() <= 75, "{} octets", line.len());
        }
        assert_eq!(out.text.replace("\r\n ", ""), format!("SUMMARY:{}\r\n", "é".repeat(100)));
    }

    #[test]
    fn a_text_cannot_begin_a_line_of_its_own() {
        assert_eq!(escaped("a;b,c\\d\r\nEND:VEVENT\u{7}"), "a\\;b\\,c\\\\d\\nEND:VEVENT");
    }
}
