//! One thing on the board, as it travels and as it is kept. Only what stands here is taken: no pictures, no links, no frames of other sites,
//! and nothing of a later bundle that this server would not understand.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{limits, refusal::Refusal};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ElementKind {
    Rectangle,
    Ellipse,
    Diamond,
    Line,
    Arrow,
    Freedraw,
    Text,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ElementDash {
    #[default]
    Solid,
    Dashed,
    Dotted,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ElementAlign {
    #[default]
    Left,
    Center,
    Right,
}

/// Every field is always written: a browser replaces the whole element by what it is sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "BoardElement")]
pub struct Element {
    pub id: String,
    pub kind: ElementKind,
    /// The higher one wins; of two that are equal the one with the lower nonce.
    pub version: u32,
    pub nonce: u32,
    /// Where it lies in the pile, as a word that sorts between its neighbours.
    pub index: String,
    pub gone: bool,
    pub x: f32,
    pub y: f32,
    pub w: f32,
    pub h: f32,
    pub angle: f32,
    pub stroke: String,
    pub fill: String,
    /// Filled with hatching instead of wholly.
    pub hatched: bool,
    pub width: u8,
    pub dash: ElementDash,
    /// How much like a hand-drawn line it looks, 0 to 2.
    pub rough: u8,
    pub round: bool,
    pub opacity: u8,
    pub seed: u32,
    pub locked: bool,
    pub groups: Vec<String>,
    /// Of a line: x and y by turns, counted from the element's own corner.
    pub points: Vec<f32>,
    pub ends: Option<ElementEnds>,
    pub words: Option<ElementWords>,
}

/// The two ends of a line or an arrow.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ElementEnds {
    pub head: bool,
    pub tail: bool,
    pub from: Option<ElementHold>,
    pub to: Option<ElementHold>,
}

/// An arrow's end that goes along when the thing it points at is moved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ElementHold {
    pub id: String,
    pub focus: f32,
    pub gap: f32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ElementWords {
    pub text: String,
    pub size: f32,
    pub font: u8,
    pub align: ElementAlign,
    /// In the middle of what it stands in, as on a sticky note.
    pub middle: bool,
    pub line: f32,
    /// Grows with its words instead of breaking them at its width.
    pub auto: bool,
    pub inside: Option<String>,
}

impl Element {
    /// The rule by which everybody comes to the same board, in whatever order things arrive.
    pub fn beats(&self, version: u32, nonce: u32) -> bool {
        self.version > version || (self.version == version && self.nonce < nonce)
    }

    /// About how many bytes it takes.
    pub fn weight(&self) -> usize {
        300 + self.points.len() * 8 + self.words.as_ref().map_or(0, |words| words.text.len())
    }

    /// Of a thing that is gone only its number is kept.
    pub fn buried(mut self) -> Element {
        self.gone = true;
        self.points.clear();
        self.groups.clear();
        (self.words, self.ends) = (None, None);
        self
    }

    /// Everything that somebody could send instead of a drawing is a no.
    pub fn check(&self) -> Result<(), Refusal> {
        let numbers = [self.x, self.y, self.w, self.h].into_iter().chain(self.points.iter().copied());
        let holds = self.ends.iter().flat_map(|ends| [&ends.from, &ends.to]).flatten();
        let names = [&self.id].into_iter().chain(&self.groups).chain(holds.clone().map(|hold| &hold.id));
        let line = matches!(self.kind, ElementKind::Line | ElementKind::Arrow | ElementKind::Freedraw);
        let good = names.chain(self.words.iter().filter_map(|words| words.inside.as_ref())).all(|name| is_name(name))
            && is_name(&self.index)
            && numbers.chain([self.angle]).all(is_place)
            && holds.into_iter().all(|hold| is_place(hold.focus) && is_place(hold.gap))
            && is_color(&self.stroke)
            && (self.fill == "transparent" || is_color(&self.fill))
            && self.width <= 20
            && self.rough <= 2
            && self.opacity <= 100
            && self.groups.len() <= limits::BOARD_GROUPS
            && (line || self.points.is_empty())
            && (self.gone || !line || self.points.len() >= 4)
            && self.points.len().is_multiple_of(2)
            && (line || self.ends.is_none())
            && (self.gone || (self.kind == ElementKind::Text) == self.words.is_some());
        if !good {
            return Err(Refusal::OutOfRange);
        }
        if self.points.len() > limits::STROKE_POINTS * 2 {
            return Err(Refusal::TooLong { most: limits::STROKE_POINTS as u32 });
        }
        self.words.as_ref().map_or(Ok(()), ElementWords::check)
    }
}

impl ElementWords {
    fn check(&self) -> Result<(), Refusal> {
        if self.text.chars().count() > limits::BOARD_TEXT_CHARS {
            return Err(Refusal::TooLong { most: limits::BOARD_TEXT_CHARS as u32 });
        }
        if self.text.chars().any(|c| c.is_control() && c != '\n') {
            return Err(Refusal::Unreadable);
        }
        let good = (4.0..=400.0).contains(&self.size) && (0.5..=4.0).contains(&self.line) && self.font <= 9;
        if good { Ok(()) } else { Err(Refusal::OutOfRange) }
    }
}

/// Names are letters, digits, `-` and `_`: they become keys in browsers and never markup.
fn is_name(name: &str) -> bool {
    (1..=limits::BOARD_NAME_CHARS).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

fn is_place(number: f32) -> bool {
    number.is_finite() && number.abs() <= limits::BOARD_REACH
}

/// `#` and six hexadecimal digits, or eight with how much shows through.
fn is_color(color: &str) -> bool {
    color.strip_prefix('#').is_some_and(|digits| matches!(digits.len(), 3 | 6 | 8) && digits.bytes().all(|b| b.is_ascii_hexdigit()))
}

impl Element {
    /// A thing of this kind as nobody has drawn it yet.
    pub fn plain(id: &str, kind: ElementKind) -> Element {
        Element {
            id: id.to_owned(),
            kind,
            version: 1,
            nonce: 0,
            index: "a0".to_owned(),
            gone: false,
            x: 0.0,
            y: 0.0,
            w: 0.0,
            h: 0.0,
            angle: 0.0,
            stroke: "#1e1e1e".to_owned(),
            fill: "transparent".to_owned(),
            hatched: false,
            width: 2,
            dash: ElementDash::Solid,
            rough: 1,
            round: false,
            opacity: 100,
            seed: 1,
            locked: false,
            groups: Vec::new(),
            points: Vec::new(),
            ends: None,
            words: None,
        }
    }
}
