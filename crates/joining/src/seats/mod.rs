//! The seats of a group: taken, given back, sat in. Every change of `groups.taken` in Hearth is made here.

mod queries;

use care::names;
use ground::{Fault, Moment, Tx, facts};

pub(crate) use queries::{give_back, is_seated, leave, take_place};

use crate::groups::other_names;

/// Who sits down.
pub(crate) struct Sitting<'a> {
    pub group: i64,
    pub person: i64,
    pub part: &'a str,
    /// Wanted; a number is added if somebody in the group has it.
    pub name: &'a str,
    /// The number of their first session.
    pub first_number: i64,
}

/// Why nobody sat down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoSeat {
    /// All twenty chairs of the room are taken.
    Full,
    /// They are in the group.
    Already,
    /// They are under 18, and their guardian has not said yes.
    Guardian,
}

impl NoSeat {
    /// The sentence for staff.
    pub(crate) fn key(self) -> &'static str {
        match self {
            NoSeat::Full => "seats-full",
            NoSeat::Already => "seats-already",
            NoSeat::Guardian => "seats-guardian",
        }
    }
}

/// Sits somebody down. A member's place must have been taken before.
pub(crate) async fn sit(tx: &Tx, who: Sitting<'_>, now: Moment) -> Result<Result<(), NoSeat>, Fault> {
    // Here, because every way to a seat ends here.
    if who.part == "member" && facts::guardian_missing(tx, who.person).await? {
        return Ok(Err(NoSeat::Guardian));
    }
    queries::hold(tx, who.group).await?;
    let Some(seat) = queries::free_seat(tx, who.group).await? else { return Ok(Err(NoSeat::Full)) };
    let display_name = names::free(who.name, &other_names(tx, who.group, who.person).await?);
    let joined = queries::join(tx, &who, &display_name, seat, now).await?;
    Ok(joined.then_some(()).ok_or(NoSeat::Already))
}
