//! The whiteboards on their way to browsers: everybody is told of the one that lies where they are, and of no other. It has a count of its own
//! beside the views: whoever is slow is told less often, and each time everything since the last, so that nothing piles up and nothing is missed.

use std::{collections::BTreeMap, time::Duration};

use room::{
    Seat,
    wire::{Drawn, FromRoom},
};
use tokio::time::{Instant, sleep_until};

use super::{streams::Stream, task::RoomTask};

/// What several people draw within this time travels together.
const TOGETHER: Duration = Duration::from_millis(50);
/// One person's cursor is passed on this often and not more.
const POINTS_APART: Duration = Duration::from_millis(80);

/// When the board is told next.
#[derive(Debug, Default)]
pub struct Drawing {
    due: Option<Instant>,
    pointed: BTreeMap<Seat, Instant>,
}

impl Drawing {
    /// Rests until there is something to tell.
    pub async fn rest(&self) {
        match self.due {
            Some(due) => sleep_until(due).await,
            None => std::future::pending().await,
        }
    }

    fn may_point(&mut self, seat: Seat) -> bool {
        let now = Instant::now();
        let soon = self.pointed.get(&seat).is_some_and(|last| now - *last < POINTS_APART);
        if !soon {
            self.pointed.insert(seat, now);
        }
        !soon
    }
}

impl RoomTask {
    /// The state of the board that lies where this person is; none for whoever is not in the circle any more.
    fn drawn(&self, seat: Seat) -> Option<Drawn> {
        let inside = self.room.people.get(&seat).is_some_and(|p| p.in_circle());
        let (board, sheet) = self.room.sheet_of(seat).filter(|_| inside)?;
        Some(Drawn { board, revision: sheet.revision() })
    }

    /// Tells everybody what was drawn where they are since they were last told, at most once in a while.
    pub fn show_drawing(&mut self) {
        let now: BTreeMap<Seat, Option<Drawn>> = self.streams.keys().map(|seat| (*seat, self.drawn(*seat))).collect();
        let mut behind = false;
        for (seat, stream) in &mut self.streams {
            match now.get(seat).copied().flatten() {
                Some(drawn) => behind |= stream.socket.is_some() && stream.drawn != Some(drawn),
                None => stream.drawn = None,
            }
        }
        if !behind {
            self.drawing.due = None;
            return;
        }
        let clock = Instant::now();
        if self.drawing.due.is_none_or(|due| due > clock) {
            self.drawing.due.get_or_insert(clock + TOGETHER);
            return;
        }
        self.tell_drawing();
    }

    fn tell_drawing(&mut self) {
        let mut left = false;
        for (seat, stream) in &mut self.streams {
            let inside = self.room.people.get(seat).is_some_and(|p| p.in_circle());
            if let Some((board, sheet)) = self.room.sheet_of(*seat).filter(|_| inside) {
                left |= !stream.draw(board, sheet);
            }
        }
        // Whoever was too slow for it is told again with what comes until then.
        self.drawing.due = left.then(|| Instant::now() + TOGETHER);
    }

    /// Whoever just came gets the board at once, behind the view; `seen` is what this browser says it has of it.
    pub fn greet_drawing(&mut self, seat: Seat, resumed: bool, seen: Option<Drawn>) {
        let Some((board, sheet)) = self.room.sheet_of(seat) else { return };
        let Some(stream) = self.streams.get_mut(&seat) else { return };
        // Numbers of a room that was opened again after a crash say nothing of this one's.
        stream.drawn = seen.filter(|seen| resumed && seen.board == board && seen.revision <= sheet.revision());
        stream.draw(board, sheet);
    }

    /// A cursor, to those who look at the board; never stored, and the first thing to be dropped.
    pub fn point(&mut self, seat: Seat, x: f32, y: f32) {
        let tables = &self.room.tools.tables;
        let spot = tables.spot(seat);
        let Some(person) = self.room.people.get(&seat).filter(|p| p.is_here()) else { return };
        let Some(cursor) = self.room.tools.board.cursor(person, spot) else { return };
        if !x.is_finite() || !y.is_finite() || !self.drawing.may_point(seat) {
            return;
        }
        let message = FromRoom::Pointed { number: cursor.number, seat: cursor.seat, x, y };
        self.tell_those(&message, |other| other != seat && tables.spot(other) == spot);
    }
}

impl Stream {
    /// Sends what changed on the board. False if the socket has too much to carry already: then nothing is sent and nothing is lost.
    fn draw(&mut self, board: u32, sheet: &room::tools::board::Sheet) -> bool {
        let seen = self.drawn.filter(|drawn| drawn.board == board);
        let to = Drawn { board, revision: sheet.revision() };
        let Some(socket) = self.socket.as_ref().filter(|_| seen != Some(to)) else { return true };
        if socket.out.capacity() <= socket.out.max_capacity() / 2 {
            return false;
        }
        let changes = sheet.since(seen.map_or(0, |drawn| drawn.revision));
        let (elements, gone) = (changes.elements, changes.gone);
        if socket.send(FromRoom::Drawn { to, whole: seen.is_none(), elements, gone }) {
            self.drawn = Some(to);
        }
        true
    }
}
