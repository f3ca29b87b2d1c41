//! A deck of the practice, page by page. Whoever leads turns it; everybody follows, and may look back on their own screen without anybody knowing.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    at::At,
    limits,
    people::{Person, Seat},
    refusal::Refusal,
    tools::{Around, Right, Tool},
};

/// A place on the page, in thousandths of its width and height from the upper left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Spotlight {
    pub x: u16,
    pub y: u16,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum SlidesCommand {
    /// Shows a deck from its first page; one that is open makes room for it.
    Open {
        #[ts(type = "number")]
        material: i64,
        title: String,
        pages: u16,
    },
    /// To a page, counted from 0.
    Turn {
        page: u16,
    },
    /// Points at something, or stops pointing. Lives for the moment and is nowhere kept.
    Point {
        at: Option<Spotlight>,
    },
    Close,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum SlidesEvent {
    Opened { by: Seat, material: i64, title: String, pages: u16 },
    Turned { page: u16 },
    Pointed { at: Option<Spotlight> },
    Closed,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SlidesView {
    #[ts(type = "number")]
    pub material: i64,
    pub title: String,
    pub pages: u16,
    pub page: u16,
    pub by: Seat,
    pub spotlight: Option<Spotlight>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Slides {
    deck: Option<SlidesView>,
}

impl Slides {
    fn deck(&self) -> Result<&SlidesView, Refusal> {
        self.deck.as_ref().ok_or(Refusal::NotNow)
    }
}

impl Tool for Slides {
    type Command = SlidesCommand;
    type Event = SlidesEvent;
    type View = Option<SlidesView>;

    fn right(_: &SlidesCommand) -> Right {
        Right::Facilitators
    }

    fn decide(&self, by: &Person, command: &SlidesCommand, _: Around<'_>) -> Result<Vec<SlidesEvent>, Refusal> {
        let event = match command {
            SlidesCommand::Open { pages, .. } if !limits::DECK_PAGES.contains(pages) => return Err(Refusal::OutOfRange),
            SlidesCommand::Open { material, .. } if *material <= 0 => return Err(Refusal::OutOfRange),
            SlidesCommand::Open { material, title, pages } => {
                SlidesEvent::Opened { by: by.seat, material: *material, title: limits::text(title, limits::MATERIAL_CHARS)?, pages: *pages }
            }
            SlidesCommand::Turn { page } if *page >= self.deck()?.pages => return Err(Refusal::OutOfRange),
            SlidesCommand::Turn { page } => SlidesEvent::Turned { page: *page },
            SlidesCommand::Point { at: Some(at) } if at.x > 1_000 || at.y > 1_000 => return Err(Refusal::OutOfRange),
            SlidesCommand::Point { at } => self.deck().map(|_| SlidesEvent::Pointed { at: *at })?,
            SlidesCommand::Close => self.deck().map(|_| SlidesEvent::Closed)?,
        };
        Ok(vec![event])
    }

    fn apply(&mut self, event: &SlidesEvent, _: At) {
        match event {
            SlidesEvent::Opened { by, material, title, pages } => {
                self.deck =
                    Some(SlidesView { material: *material, title: title.clone(), pages: *pages, page: 0, by: *by, spotlight: None });
            }
            SlidesEvent::Closed => self.deck = None,
            SlidesEvent::Turned { page } => {
                if let Some(deck) = &mut self.deck {
                    deck.page = *page;
                    deck.spotlight = None;
                }
            }
            SlidesEvent::Pointed { at } => {
                if let Some(deck) = &mut self.deck {
                    deck.spotlight = *at;
                }
            }
        }
    }

    fn unwritten(event: &SlidesEvent) -> bool {
        matches!(event, SlidesEvent::Pointed { .. })
    }

    fn timeline(event: &SlidesEvent) -> Option<&'static str> {
        matches!(event, SlidesEvent::Opened { .. }).then_some("timeline-slides")
    }

    fn shown(event: &SlidesEvent) -> Option<i64> {
        match event {
            SlidesEvent::Opened { material, .. } => Some(*material),
            _ => None,
        }
    }

    fn view_for(&self, _: &Person, _: Around<'_>) -> Option<SlidesView> {
        self.deck.clone()
    }
}
