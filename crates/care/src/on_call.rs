//! Who is on call when, and honest words about the hours in which nobody is.

/// One person's hours on one weekday, in the practice's zone: minutes since midnight, the end not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    pub person: i64,
    /// 1 is Monday.
    pub weekday: i8,
    /// 0 to 1439.
    pub from: i16,
    /// 1 to 1440, after `from`.
    pub to: i16,
}

/// A moment of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    pub weekday: i8,
    pub minute: i16,
}

/// What can be said of the watch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watch {
    /// Somebody is there, at least until this minute of today.
    Until(i16),
    /// Nobody is; somebody comes on this weekday at this minute.
    From(i8, i16),
    /// Nobody has entered anything.
    Unknown,
}

const DAY: i32 = 1_440;

fn is_on(shift: &Shift, now: Now) -> bool {
    shift.weekday == now.weekday && (shift.from..shift.to).contains(&now.minute)
}

/// Those who are on call, whoever stays longest first.
pub fn on_call(shifts: &[Shift], now: Now) -> Vec<i64> {
    let mut on: Vec<&Shift> = shifts.iter().filter(|shift| is_on(shift, now)).collect();
    on.sort_by_key(|shift| std::cmp::Reverse(shift.to));
    let mut people: Vec<i64> = Vec::new();
    for shift in on {
        if !people.contains(&shift.person) {
            people.push(shift.person);
        }
    }
    people
}

/// How long somebody is there, or when somebody comes next.
pub fn watch(shifts: &[Shift], now: Now) -> Watch {
    let mut until = None;
    // Hours that follow each other are one watch.
    while let Some(to) =
        shifts.iter().filter(|shift| is_on(shift, Now { minute: until.unwrap_or(now.minute), ..now })).map(|shift| shift.to).max()
    {
        until = Some(to);
    }
    if let Some(to) = until {
        return Watch::Until(to);
    }
    let ahead = |shift: &&Shift| {
        let days = i32::from(shift.weekday - now.weekday).rem_euclid(7);
        (days * DAY + i32::from(shift.from) - i32::from(now.minute)).rem_euclid(7 * DAY)
    };
    shifts.iter().min_by_key(ahead).map_or(Watch::Unknown, |shift| Watch::From(shift.weekday, shift.from))
}
