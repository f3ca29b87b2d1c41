use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A no that was expected. The browser says it in the person's language; nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Refusal {
    /// Only a facilitator may do this.
    NotYours,
    /// The person is not in the circle.
    NotInCircle,
    /// Nobody with that seat is here.
    NobodyThere,
    /// The thing is not open, already open, or already done.
    NotNow,
    Empty,
    TooLong {
        most: u32,
    },
    OutOfRange,
    TooMany,
    /// Control characters and the like.
    Unreadable,
    /// At a small table somebody would sit with nobody.
    Alone,
    /// Two who are kept apart would meet. Said to leaders only.
    KeptApart,
    /// Fewer than two for each table.
    TooFewForTables,
    TableFull,
    /// The group has not agreed to being watched.
    NotAgreed,
    /// Somebody else has this part of the scene.
    PartTaken,
    /// A part of the scene has nobody yet.
    PartFree,
    /// They have taken a moment for themselves: first they come back, then they open the microphone.
    Resting,
    /// Whoever only listens today is not asked.
    JustListening,
    /// The poll or the quiz has closed; nothing more is counted.
    VotingOver,
    /// The board was put away; nothing is added to it.
    BoardClosed,
    /// More than a board can hold.
    BoardFull,
    /// Others draw on the board right now.
    NotDrawing,
    /// Somebody else wrote or drew it, and it is theirs to change or to take away.
    OthersDrawing,
    /// One word or two, not a sentence.
    TwoWords,
    /// Somebody else has the floor.
    NotYourTurn,
    TooFast,
    /// The message was not understood at all.
    Unknown,
    /// The server could not store it; nothing changed.
    NotKept,
}
