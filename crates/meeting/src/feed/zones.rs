//! The rules of a zone as far as a calendar reaches, from the same tables that place the sessions.

use jiff::{
    SignedDuration, Timestamp,
    tz::{Offset, TimeZone, TimeZoneTransition},
};

use super::ics::Lines;

/// Before the first event and after the last one, so that a program that looks a little further still finds a rule.
const MARGIN: SignedDuration = SignedDuration::from_hours(400 * 24);

/// Writes a VTIMEZONE: each change of the clock in that time as an observance of its own. RFC 5545 wants one for every TZID.
pub fn write(out: &mut Lines, name: &str, from: Timestamp, to: Timestamp) {
    let zone = TimeZone::get(name).unwrap_or(TimeZone::UTC);
    let from = from.checked_sub(MARGIN).unwrap_or(from);
    let to = to.checked_add(MARGIN).unwrap_or(to);
    out.line("BEGIN:VTIMEZONE");
    out.line(&format!("TZID:{name}"));
    let mut before = match zone.preceding(from).next() {
        Some(transition) => {
            let earlier = zone.to_offset(transition.timestamp().checked_sub(SignedDuration::from_secs(1)).unwrap_or(from));
            observance(out, &transition, earlier);
            transition.offset()
        }
        None => {
            let info = zone.to_offset_info(from);
            let (offset, name) = (info.offset(), info.abbreviation().to_owned());
            block(out, "STANDARD", "19700101T000000", offset, offset, &name);
            offset
        }
    };
    for transition in zone.following(from).take_while(|transition| transition.timestamp() < to) {
        observance(out, &transition, before);
        before = transition.offset();
    }
    out.line("END:VTIMEZONE");
}

/// The change is said on the clock that went before it.
fn observance(out: &mut Lines, transition: &TimeZoneTransition<'_>, before: Offset) {
    let at = before.to_datetime(transition.timestamp()).strftime("%Y%m%dT%H%M%S").to_string();
    let kind = if transition.dst().is_dst() { "DAYLIGHT" } else { "STANDARD" };
    block(out, kind, &at, before, transition.offset(), transition.abbreviation());
}

fn block(out: &mut Lines, kind: &str, at: &str, from: Offset, to: Offset, name: &str) {
    out.line(&format!("BEGIN:{kind}"));
    out.line(&format!("DTSTART:{at}"));
    out.line(&format!("TZOFFSETFROM:{}", signed(from)));
    out.line(&format!("TZOFFSETTO:{}", signed(to)));
    out.line(&format!("TZNAME:{name}"));
    out.line(&format!("END:{kind}"));
}

fn signed(offset: Offset) -> String {
    let seconds = offset.seconds();
    let (sign, size) = (if seconds < 0 { '-' } else { '+' }, seconds.abs());
    let rest = if size % 60 == 0 { String::new() } else { format!("{:02}", size % 60) };
    format!("{sign}{:02}{:02}{rest}", size / 3_600, size / 60 % 60)
}

#[cfg(test)]
mod tests {
    use jiff::civil::DateTime;

    use super::*;

    /// One observance as a program reads it: from when on, and the two offsets in seconds.
    struct Read {
        at: DateTime,
        from: i32,
        to: i32,
    }

    fn offset(text: &str) -> i32 {
        let (sign, digits) = text.split_at(1);
        let part = |range: std::ops::Range<usize>| digits.get(range).map_or(0, |part| part.parse::<i32>().unwrap());
        let size = part(0..2) * 3_600 + part(2..4) * 60 + part(4..6);
        if sign == "-" { -size } else { size }
    }

    fn read(text: &str) -> Vec<Read> {
        let mut all = Vec::new();
        let value = |block: &str, name: &str| {
            block.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_else(|| panic!("no {name}")).trim().to_owned()
        };
        for kind in ["STANDARD", "DAYLIGHT"] {
            for block in text.split(&format!("BEGIN:{kind}\r\n")).skip(1) {
                let at = DateTime::strptime("%Y%m%dT%H%M%S", value(block, "DTSTART:")).unwrap();
                all.push(Read { at, from: offset(&value(block, "TZOFFSETFROM:")), to: offset(&value(block, "TZOFFSETTO:")) });
            }
        }
        all.sort_by_key(|one| one.at);
        all
    }

    /// As RFC 5545 tells it: the latest observance that had begun, its onset being on the clock that went before it.
    fn offset_at(rules: &[Read], at: Timestamp) -> i32 {
        let begun = |rule: &&Read| Offset::from_seconds(rule.from).unwrap().to_timestamp(rule.at).unwrap() <= at;
        rules.iter().rfind(begun).expect("a rule from before").to
    }

    #[test]
    fn read_back_each_zone_shows_the_same_clock_at_every_hour() {
        let (from, to): (Timestamp, Timestamp) = ("2026-09-01T00:00:00Z".parse().unwrap(), "2027-11-30T00:00:00Z".parse().unwrap());
        for name in [
            "America/New_York",
            "America/Phoenix",
            "America/St_Johns",
            "America/Santiago",
            "Europe/Dublin",
            "Asia/Kolkata",
            "Asia/Kathmandu",
            "Australia/Lord_Howe",
            "Pacific/Chatham",
            "UTC",
        ] {
            let mut out = Lines::default();
            write(&mut out, name, from, to);
            let rules = read(&out.into_text());
            let zone = TimeZone::get(name).unwrap();
            let mut at = from;
            while at < to {
                assert_eq!(offset_at(&rules, at), zone.to_offset(at).seconds(), "{name} at {at}");
                at = at.checked_add(SignedDuration::from_mins(30)).unwrap();
            }
        }
    }

    #[test]
    fn a_zone_without_changes_has_one_rule() {
        for name in ["UTC", "Asia/Kolkata", "America/Phoenix"] {
            let mut out = Lines::default();
            let at = "2026-12-01T00:00:00Z".parse().unwrap();
            write(&mut out, name, at, at);
            assert_eq!(out.into_text().matches("BEGIN:STANDARD").count(), 1, "{name}");
        }
    }

    #[test]
    fn an_offset_is_written_with_its_sign_and_its_minutes() {
        for (seconds, text) in
            [(0, "+0000"), (-18_000, "-0500"), (19_800, "+0530"), (20_700, "+0545"), (-12_600, "-0330"), (1_172, "+001932")]
        {
            assert_eq!(signed(Offset::from_seconds(seconds).unwrap()), text);
        }
    }
}
