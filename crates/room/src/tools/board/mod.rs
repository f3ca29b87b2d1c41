//! The whiteboard. The server holds every element and says which of two versions counts; browsers draw and send what changed. A stroke is
//! shown at once and written down when it rests, so that two hours of drawing stay a book that can be read again.
//!
//! It lies in the middle of the circle. Whoever is at a small table does not draw on it meanwhile.

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
    tools::{Around, Right, Tool, shuffle, tables::Spot},
};

pub use element::{Element, ElementAlign, ElementDash, ElementEnds, ElementHold, ElementKind, ElementWords};
pub use sheet::{Changes, Sheet};
pub use template::printed;

/// So many things share one event of the book.
const SHARE: usize = 500;

/// Who may draw; leaders always may.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "may", content = "seats", rename_all = "snake_case")]
pub enum Drawers {
    #[default]
    Everybody,
    Leaders,
    Named(Vec<Seat>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum BoardCommand {
    /// An empty board, or one with a printed sheet on it.
    Open {
        template: Option<BoardTemplate>,
        who: Drawers,
        /// Whether names stand at the cursors.
        names: bool,
    },
    /// What somebody drew, moved or took away since the last time, on the board with this number.
    Draw {
        board: u32,
        elements: Vec<Element>,
    },
    Let {
        who: Drawers,
    },
    Names {
        on: bool,
    },
    /// Takes away what people drew; what is printed stays.
    Clear,
    /// Lays back what was cleared last.
    LayBack,
    Close,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum BoardEvent {
    /// The sheet as it was printed that evening, and the lot by which cursors without names are numbered.
    Opened {
        template: Option<BoardTemplate>,
        who: Drawers,
        names: bool,
        luck: u64,
        elements: Vec<Element>,
    },
    /// Seen by everybody at once and never written: it becomes `Kept` when it rests.
    #[serde(skip)]
    Drawn {
        seat: Seat,
        elements: Vec<Element>,
    },
    /// What lies there now, of one person or of nobody.
    Kept {
        seat: Option<Seat>,
        elements: Vec<Element>,
    },
    Lets {
        who: Drawers,
    },
    Named {
        on: bool,
    },
    Cleared,
    LaidBack,
    Closed,
}

#[derive(Debug, Clone, PartialEq)]
struct One {
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
    /// The last one is the one that may be open.
    all: Vec<One>,
    open: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct BoardView {
    pub number: u32,
    pub template: Option<BoardTemplate>,
    pub who: Drawers,
    pub may_draw: bool,
    /// Whether names stand at the cursors.
    pub names: bool,
    /// Leaders only: something was cleared that can be laid back.
    pub cleared: bool,
}

/// A board as it stays after the session: what belongs to each person, and under nobody what was printed on it.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardKept {
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
}

impl Board {
    fn current(&self) -> Option<(u32, &One)> {
        let number = (self.all.len() as u32).checked_sub(1)?;
        self.all.last().filter(|_| self.open).map(|one| (number, one))
    }

    /// The board that is open now, by its number.
    pub fn sheet(&self) -> Option<(u32, &Sheet)> {
        self.current().map(|(number, one)| (number, one.sheet.as_ref()))
    }

    /// Every board of the evening on which somebody drew something.
    pub fn kept(&self) -> impl Iterator<Item = BoardKept> {
        self.all.iter().filter(|one| one.sheet.is_drawn_on()).map(|one| BoardKept { template: one.template, parts: one.sheet.parts() })
    }

    /// How this person's cursor is shown to the others; none while they may not draw.
    pub fn cursor(&self, person: &Person) -> Option<Cursor> {
        let (_, one) = self.current().filter(|(_, one)| one.lets(person))?;
        let mut order: Vec<Seat> = (0..SEATS).map(Seat).collect();
        shuffle(&mut order, one.luck);
        let number = order.iter().position(|seat| *seat == person.seat)?;
        Some(Cursor { number: number as u8, seat: one.names.then_some(person.seat) })
    }

    fn open(&self, template: Option<BoardTemplate>, who: &Drawers, names: bool, around: Around<'_>) -> Result<BoardEvent, Refusal> {
        // At the tables the hearth is the table's, and nobody would see the board.
        if self.open || around.tables.are_out() {
            return Err(Refusal::NotNow);
        }
        if self.all.len() >= limits::BOARDS {
            return Err(Refusal::TooMany);
        }
        let elements = template.map(|template| template::printed(template, around.language)).unwrap_or_default();
        Ok(BoardEvent::Opened { template, who: named(who, around)?, names, luck: around.luck, elements })
    }

    fn draw(&self, by: &Person, board: u32, elements: &[Element], around: Around<'_>) -> Result<Vec<BoardEvent>, Refusal> {
        let Some((_, one)) = self.current().filter(|(number, _)| *number == board) else {
            // Sent on the way to a board that was put away meanwhile: it must not land on the next one.
            return Err(if (board as usize) < self.all.len() { Refusal::BoardClosed } else { Refusal::NotNow });
        };
        if around.tables.spot(by.seat) != Spot::Circle {
            return Err(Refusal::NotNow);
        }
        if !one.lets(by) {
            return Err(Refusal::NotDrawing);
        }
        if elements.len() > limits::BOARD_AT_ONCE {
            return Err(Refusal::TooMany);
        }
        let elements = one.sheet.news(by.seat, by.leads(), elements)?;
        Ok(if elements.is_empty() { Vec::new() } else { vec![BoardEvent::Drawn { seat: by.seat, elements }] })
    }

    /// What is still to be written of the open board.
    fn due(&self, now: At, all: bool) -> Vec<BoardEvent> {
        let due = self.current().map(|(_, one)| one.sheet.due(now, all)).unwrap_or_default();
        let shares = due.into_iter().flat_map(|(seat, elements)| {
            let shares: Vec<BoardEvent> = elements.chunks(SHARE).map(|share| BoardEvent::Kept { seat, elements: share.to_vec() }).collect();
            shares
        });
        shares.collect()
    }

    fn lead(&self, command: &BoardCommand, around: Around<'_>) -> Result<BoardEvent, Refusal> {
        let (_, one) = self.current().ok_or(Refusal::NotNow)?;
        match command {
            BoardCommand::Let { who } => Ok(BoardEvent::Lets { who: named(who, around)? }),
            BoardCommand::Names { on } => Ok(BoardEvent::Named { on: *on }),
            BoardCommand::Clear if one.sheet.is_drawn_on() => Ok(BoardEvent::Cleared),
            BoardCommand::LayBack if !one.taken.is_empty() => Ok(BoardEvent::LaidBack),
            BoardCommand::Close => Ok(BoardEvent::Closed),
            _ => Err(Refusal::NotNow),
        }
    }
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
    type View = Option<BoardView>;

    fn right(command: &BoardCommand) -> Right {
        match command {
            BoardCommand::Draw { .. } => Right::TurnTakers,
            BoardCommand::Open { .. }
            | BoardCommand::Let { .. }
            | BoardCommand::Names { .. }
            | BoardCommand::Clear
            | BoardCommand::LayBack
            | BoardCommand::Close => Right::Facilitators,
        }
    }

    fn decide(&self, by: &Person, command: &BoardCommand, around: Around<'_>) -> Result<Vec<BoardEvent>, Refusal> {
        match command {
            BoardCommand::Open { template, who, names } => Ok(vec![self.open(*template, who, *names, around)?]),
            BoardCommand::Draw { board, elements } => self.draw(by, *board, elements, around),
            command => {
                let event = self.lead(command, around)?;
                // What is cleared or put away stands in the book first, else nobody could lay it back.
                let last = matches!(event, BoardEvent::Cleared | BoardEvent::LaidBack | BoardEvent::Closed);
                let written = if last { self.due(around.now, true) } else { Vec::new() };
                Ok(written.into_iter().chain([event]).collect())
            }
        }
    }

    fn timeline(event: &BoardEvent) -> Option<&'static str> {
        matches!(event, BoardEvent::Opened { .. }).then_some("timeline-board")
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
        if let BoardEvent::Opened { template, who, names, luck, elements } = event {
            let mut sheet = Sheet::default();
            sheet.put(None, elements);
            let (who, sheet) = (who.clone(), Arc::new(sheet));
            self.all.push(One { template: *template, who, names: *names, luck: *luck, sheet, taken: Arc::default() });
            self.open = true;
            return;
        }
        let Some(one) = self.all.last_mut() else { return };
        match event {
            BoardEvent::Opened { .. } => {}
            BoardEvent::Drawn { seat, elements } => {
                let sheet = Arc::make_mut(&mut one.sheet);
                sheet.draw(*seat, elements);
                sheet.loosen(elements, at);
            }
            BoardEvent::Kept { seat, elements } => {
                let sheet = Arc::make_mut(&mut one.sheet);
                sheet.put(*seat, elements);
                sheet.settle(elements);
            }
            BoardEvent::Lets { who } => one.who.clone_from(who),
            BoardEvent::Named { on } => one.names = *on,
            BoardEvent::Cleared => one.taken = Arc::new(Arc::make_mut(&mut one.sheet).clear()),
            BoardEvent::LaidBack => Arc::make_mut(&mut one.sheet).lay_back(&std::mem::take(&mut one.taken)),
            BoardEvent::Closed => {
                one.taken = Arc::default();
                self.open = false;
            }
        }
    }

    fn follow(&self, event: &RoomEvent, around: Around<'_>) -> Vec<BoardEvent> {
        if *event == RoomEvent::Ended { self.due(around.now, true) } else { Vec::new() }
    }

    fn tick(&self, around: Around<'_>) -> Vec<BoardEvent> {
        self.due(around.now, false)
    }

    fn view_for(&self, viewer: &Person, around: Around<'_>) -> Option<BoardView> {
        let (number, one) = self.current()?;
        Some(BoardView {
            number,
            template: one.template,
            who: one.who.clone(),
            may_draw: one.lets(viewer) && around.tables.spot(viewer.seat) == Spot::Circle,
            names: one.names,
            cleared: viewer.leads() && !one.taken.is_empty(),
        })
    }
}
