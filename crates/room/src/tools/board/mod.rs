//! The whiteboard. The server holds every element and says which of two versions counts; browsers draw and send what changed. A stroke is
//! shown at once and written down when it rests, so that two hours of drawing stay a book that can be read again.
//!
//! A board lies somewhere: in the middle of the circle, or at one small table. Whoever is there sees it and nobody else does; when the tables
//! come back their boards are put away with what is on them, and the recap has them beside the circle's.

mod acts;
mod element;
mod sheet;
mod template;

use std::{collections::BTreeMap, sync::Arc};

use care::boards::BoardTemplate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    at::At,
    events::RoomEvent,
    limits,
    people::{Person, SEATS, Seat},
    refusal::Refusal,
    tools::{
        Around, Right, Tool, shuffle,
        tables::{Spot, TablesEvent},
    },
};

pub use acts::{BoardCommand, BoardEvent, Drawers};
pub use element::{Element, ElementAlign, ElementDash, ElementEnds, ElementHold, ElementKind, ElementWords};
pub use sheet::{Changes, Sheet};
pub use template::printed;

/// So many things share one event of the book.
const SHARE: usize = 500;

#[derive(Debug, Clone, PartialEq)]
struct One {
    /// The table it lies at; none is the circle.
    table: Option<u8>,
    open: bool,
    template: Option<BoardTemplate>,
    who: Drawers,
    names: bool,
    luck: u64,
    sheet: Arc<Sheet>,
    /// What was cleared last and can be laid back; shared, because a room is copied before every change.
    taken: Arc<Vec<(Option<Seat>, Element)>>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Board {
    /// At each place the last one is the one that may be open. A board's number is its place in this row, and no other board ever has it.
    all: Vec<One>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct BoardView {
    pub number: u32,
    /// The table it lies at; none is the circle.
    pub table: Option<u8>,
    pub template: Option<BoardTemplate>,
    pub who: Drawers,
    pub may_draw: bool,
    /// Whether names stand at the cursors.
    pub names: bool,
    /// Leaders only: something was cleared that can be laid back.
    pub cleared: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct BoardViews {
    /// The one that lies where this person is.
    pub here: Option<BoardView>,
    /// Leaders only: the tables that have one; what is on it, they see when they visit.
    pub at_tables: Option<Vec<u8>>,
}

/// A board as it stays after the session: what belongs to each person, and under nobody what was printed on it.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardKept {
    pub table: Option<u8>,
    pub template: Option<BoardTemplate>,
    pub parts: BTreeMap<Option<Seat>, Vec<Element>>,
}

/// How a cursor is shown: with a chair, or with a number that is nobody's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    pub number: u8,
    pub seat: Option<Seat>,
}

impl One {
    fn lets(&self, person: &Person) -> bool {
        person.leads()
            || match &self.who {
                Drawers::Everybody => person.takes_turns(),
                Drawers::Leaders => false,
                Drawers::Named(seats) => person.takes_turns() && seats.contains(&person.seat),
            }
    }

    fn spot(&self) -> Spot {
        self.table.map_or(Spot::Circle, Spot::Table)
    }

    /// What is still to be written of it.
    fn due(&self, board: u32, now: At, all: bool) -> impl Iterator<Item = BoardEvent> {
        let kept = move |(seat, elements): (Option<Seat>, Vec<Element>)| -> Vec<BoardEvent> {
            elements.chunks(SHARE).map(|share| BoardEvent::Kept { board: Some(board), seat, elements: share.to_vec() }).collect()
        };
        self.sheet.due(now, all).into_iter().flat_map(kept)
    }
}

impl Board {
    fn open_ones(&self) -> impl Iterator<Item = (u32, &One)> {
        (0..).zip(&self.all).filter(|(_, one)| one.open)
    }

    fn at(&self, spot: Spot) -> Option<(u32, &One)> {
        self.open_ones().find(|(_, one)| one.spot() == spot)
    }

    /// The board that is open at this place, by its number.
    pub fn sheet(&self, spot: Spot) -> Option<(u32, &Sheet)> {
        self.at(spot).map(|(number, one)| (number, one.sheet.as_ref()))
    }

    /// Every board of the evening on which somebody drew something.
    pub fn kept(&self) -> impl Iterator<Item = BoardKept> {
        let drawn_on = self.all.iter().filter(|one| one.sheet.is_drawn_on());
        drawn_on.map(|one| BoardKept { table: one.table, template: one.template, parts: one.sheet.parts() })
    }

    /// How this person's cursor is shown to the others at the same place; none while they may not draw there.
    pub fn cursor(&self, person: &Person, spot: Spot) -> Option<Cursor> {
        let (_, one) = self.at(spot).filter(|(_, one)| one.lets(person))?;
        let mut order: Vec<Seat> = (0..SEATS).map(Seat).collect();
        shuffle(&mut order, one.luck);
        let number = order.iter().position(|seat| *seat == person.seat)?;
        Some(Cursor { number: number as u8, seat: one.names.then_some(person.seat) })
    }

    /// In the circle and at the tables boards are counted apart: whatever the tables open, the circle still has its own.
    fn has_room_for(&self, more: usize, at_tables: bool) -> Result<(), Refusal> {
        let so_far = self.all.iter().filter(|one| one.table.is_some() == at_tables).count();
        let most = if at_tables { limits::TABLE_BOARDS } else { limits::BOARDS };
        if so_far + more > most { Err(Refusal::TooMany) } else { Ok(()) }
    }

    fn open(&self, template: Option<BoardTemplate>, who: &Drawers, names: bool, around: Around<'_>) -> Result<Vec<BoardEvent>, Refusal> {
        // While the group is at the tables hardly anybody would see it.
        if self.at(Spot::Circle).is_some() || around.tables.are_out() {
            return Err(Refusal::NotNow);
        }
        self.has_room_for(1, false)?;
        let elements = sheet_of(template, around);
        Ok(vec![BoardEvent::Opened { template, who: named(who, around)?, names, luck: around.luck, elements, table: None }])
    }

    /// At those of these tables that have none yet.
    fn open_at(
        &self,
        tables: impl Iterator<Item = u8>,
        template: Option<BoardTemplate>,
        around: Around<'_>,
    ) -> Result<Vec<BoardEvent>, Refusal> {
        let bare: Vec<u8> = tables.filter(|table| self.at(Spot::Table(*table)).is_none()).collect();
        if bare.is_empty() {
            return Err(Refusal::NotNow);
        }
        self.has_room_for(bare.len(), true)?;
        let opened = |table: u8| BoardEvent::Opened {
            template,
            who: Drawers::Everybody,
            names: false,
            // Whoever changes tables has another number there.
            luck: around.luck.wrapping_add(u64::from(table) << 16),
            elements: sheet_of(template, around),
            table: Some(table),
        };
        Ok(bare.into_iter().map(opened).collect())
    }

    fn draw(&self, by: &Person, board: u32, elements: &[Element], around: Around<'_>) -> Result<Vec<BoardEvent>, Refusal> {
        let one = self.all.get(board as usize).ok_or(Refusal::NotNow)?;
        if !one.open {
            // Sent on the way to a board that was put away meanwhile: it must not land on the next one.
            return Err(Refusal::BoardClosed);
        }
        if around.tables.spot(by.seat) != one.spot() {
            return Err(Refusal::NotNow);
        }
        if !one.lets(by) {
            return Err(Refusal::NotDrawing);
        }
        if elements.len() > limits::BOARD_AT_ONCE {
            return Err(Refusal::TooMany);
        }
        let elements = one.sheet.news(by.seat, by.leads(), elements)?;
        Ok(if elements.is_empty() { Vec::new() } else { vec![BoardEvent::Drawn { board, seat: by.seat, elements }] })
    }

    /// What leaders do with the board that lies where they are.
    fn lead(&self, by: &Person, command: &BoardCommand, around: Around<'_>) -> Result<Vec<BoardEvent>, Refusal> {
        let (number, one) = self.at(around.tables.spot(by.seat)).ok_or(Refusal::NotNow)?;
        let board = Some(number);
        let event = match command {
            // At a table everybody draws.
            BoardCommand::Let { who } if one.table.is_none() => BoardEvent::Lets { board, who: named(who, around)? },
            BoardCommand::Names { on } => BoardEvent::Named { board, on: *on },
            BoardCommand::Clear if one.sheet.is_drawn_on() => BoardEvent::Cleared { board },
            BoardCommand::LayBack if !one.taken.is_empty() => BoardEvent::LaidBack { board },
            BoardCommand::Close => BoardEvent::Closed { board },
            _ => return Err(Refusal::NotNow),
        };
        // What is cleared or put away stands in the book first, else nobody could lay it back.
        let last = matches!(event, BoardEvent::Cleared { .. } | BoardEvent::LaidBack { .. } | BoardEvent::Closed { .. });
        let written = last.then(|| one.due(number, around.now, true));
        Ok(written.into_iter().flatten().chain([event]).collect())
    }

    fn apply_to(one: &mut One, event: &BoardEvent, at: At) {
        match event {
            BoardEvent::Opened { .. } => {}
            BoardEvent::Drawn { seat, elements, .. } => {
                let sheet = Arc::make_mut(&mut one.sheet);
                sheet.draw(*seat, elements);
                sheet.loosen(elements, at);
            }
            BoardEvent::Kept { seat, elements, .. } => {
                let sheet = Arc::make_mut(&mut one.sheet);
                sheet.put(*seat, elements);
                sheet.settle(elements);
            }
            BoardEvent::Lets { who, .. } => one.who.clone_from(who),
            BoardEvent::Named { on, .. } => one.names = *on,
            BoardEvent::Cleared { .. } => one.taken = Arc::new(Arc::make_mut(&mut one.sheet).clear()),
            BoardEvent::LaidBack { .. } => Arc::make_mut(&mut one.sheet).lay_back(&std::mem::take(&mut one.taken)),
            BoardEvent::Closed { .. } => {
                one.taken = Arc::default();
                one.open = false;
            }
        }
    }
}

fn sheet_of(template: Option<BoardTemplate>, around: Around<'_>) -> Vec<Element> {
    template.map(|template| template::printed(template, around.language)).unwrap_or_default()
}

/// Those who are named are people of this circle, each once.
fn named(who: &Drawers, around: Around<'_>) -> Result<Drawers, Refusal> {
    let Drawers::Named(seats) = who else { return Ok(who.clone()) };
    let mut named: Vec<Seat> = seats.iter().copied().filter(|seat| around.in_circle(*seat)).collect();
    named.sort_unstable();
    named.dedup();
    if named.len() == seats.len() { Ok(Drawers::Named(named)) } else { Err(Refusal::NobodyThere) }
}

impl Tool for Board {
    type Command = BoardCommand;
    type Event = BoardEvent;
    type View = BoardViews;

    fn right(command: &BoardCommand) -> Right {
        match command {
            BoardCommand::Draw { .. } | BoardCommand::OpenHere { .. } => Right::TurnTakers,
            BoardCommand::Open { .. }
            | BoardCommand::OpenAtTables { .. }
            | BoardCommand::Let { .. }
            | BoardCommand::Names { .. }
            | BoardCommand::Clear
            | BoardCommand::LayBack
            | BoardCommand::Close => Right::Facilitators,
        }
    }

    fn decide(&self, by: &Person, command: &BoardCommand, around: Around<'_>) -> Result<Vec<BoardEvent>, Refusal> {
        match command {
            BoardCommand::Open { template, who, names } => self.open(*template, who, *names, around),
            BoardCommand::OpenHere { template } => match around.tables.spot(by.seat) {
                Spot::Table(table) => self.open_at(std::iter::once(table), *template, around),
                Spot::Circle | Spot::Aside(_) => Err(Refusal::NotNow),
            },
            BoardCommand::OpenAtTables { template } => self.open_at(0..around.tables.count(), *template, around),
            BoardCommand::Draw { board, elements } => self.draw(by, *board, elements, around),
            command => self.lead(by, command, around),
        }
    }

    fn timeline(event: &BoardEvent) -> Option<&'static str> {
        match event {
            BoardEvent::Opened { table: None, .. } => Some("timeline-board"),
            BoardEvent::Opened { .. } => Some("timeline-board-table"),
            _ => None,
        }
    }

    fn author(event: &BoardEvent) -> Option<Seat> {
        match event {
            BoardEvent::Kept { seat, .. } => *seat,
            BoardEvent::Drawn { seat, .. } => Some(*seat),
            _ => None,
        }
    }

    fn unwritten(event: &BoardEvent) -> bool {
        matches!(event, BoardEvent::Drawn { .. })
    }

    fn apply(&mut self, event: &BoardEvent, at: At) {
        if let BoardEvent::Opened { template, who, names, luck, elements, table } = event {
            let mut sheet = Sheet::default();
            sheet.put(None, elements);
            let (who, sheet) = (who.clone(), Arc::new(sheet));
            let (table, template, names, luck) = (*table, *template, *names, *luck);
            self.all.push(One { table, open: true, template, who, names, luck, sheet, taken: Arc::default() });
            return;
        }
        let one = match event.board() {
            Some(board) => self.all.get_mut(board as usize),
            None => self.all.last_mut(),
        };
        if let Some(one) = one {
            Self::apply_to(one, event, at);
        }
    }

    fn follow(&self, event: &RoomEvent, around: Around<'_>) -> Vec<BoardEvent> {
        let all = self.open_ones().filter(|_| *event == RoomEvent::Ended);
        all.flat_map(|(number, one)| one.due(number, around.now, true)).collect()
    }

    /// A table's board is put away when the tables come back: what is drawn there next evening, or in ten minutes, is another group's.
    fn follow_tables(&self, event: &TablesEvent, around: Around<'_>) -> Vec<BoardEvent> {
        let tables = self.open_ones().filter(|(_, one)| one.table.is_some() && *event == TablesEvent::Closed);
        let put_away =
            tables.flat_map(|(number, one)| one.due(number, around.now, true).chain([BoardEvent::Closed { board: Some(number) }]));
        put_away.collect()
    }

    fn tick(&self, around: Around<'_>) -> Vec<BoardEvent> {
        // Tables whose time is over are put away in this same moment, and what is loose there is written then.
        let stays = |one: &One| one.table.is_none() || !around.tables.are_over(around.now);
        let all = self.open_ones().filter(|(_, one)| stays(one));
        all.flat_map(|(number, one)| one.due(number, around.now, false)).collect()
    }

    fn view_for(&self, viewer: &Person, around: Around<'_>) -> BoardViews {
        let here = self.at(around.tables.spot(viewer.seat)).map(|(number, one)| BoardView {
            number,
            table: one.table,
            template: one.template,
            who: one.who.clone(),
            may_draw: one.lets(viewer),
            names: one.names,
            cleared: viewer.leads() && !one.taken.is_empty(),
        });
        let at_tables = || (0..around.tables.count()).filter(|table| self.at(Spot::Table(*table)).is_some());
        BoardViews { here, at_tables: viewer.leads().then(|| at_tables().collect()) }
    }
}
