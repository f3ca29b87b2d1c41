//! Here-and-now markers: a leader notes with one key what happened in the group just now. Leaders alone see them; they prefill the group's note.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    at::At,
    limits,
    people::{Person, Seat},
    refusal::Refusal,
    tools::{Around, Right, Tool},
};

/// The first five are among the therapeutic factors that Yalom describes (The Theory and Practice of Group Psychotherapy); rupture and repair
/// are those of the working alliance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    Universality,
    Catharsis,
    Cohesion,
    InterpersonalLearning,
    Hope,
    Rupture,
    Repair,
    /// In the leader's own words.
    Own,
}

impl Moment {
    /// The key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Moment::Universality => "room-marker-universality",
            Moment::Catharsis => "room-marker-catharsis",
            Moment::Cohesion => "room-marker-cohesion",
            Moment::InterpersonalLearning => "room-marker-interpersonal-learning",
            Moment::Hope => "room-marker-hope",
            Moment::Rupture => "room-marker-rupture",
            Moment::Repair => "room-marker-repair",
            Moment::Own => "room-marker-own",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum MarkersCommand {
    /// `note` may stay empty, but not for one's own.
    Mark {
        moment: Moment,
        note: String,
    },
    /// A word to it afterwards, or another one.
    Describe {
        id: u32,
        note: String,
    },
    Remove {
        id: u32,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum MarkersEvent {
    Marked(Marker),
    Described { by: Seat, id: u32, note: String },
    Removed { id: u32 },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Marker {
    pub id: u32,
    pub by: Seat,
    pub at: At,
    pub moment: Moment,
    pub note: String,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Markers {
    all: Vec<Marker>,
    next: u32,
}

impl Markers {
    pub fn all(&self) -> &[Marker] {
        &self.all
    }

    /// A leader changes what they wrote themselves; the other leader's words are hers.
    fn own(&self, by: Seat, id: u32) -> Result<&Marker, Refusal> {
        let marker = self.all.iter().find(|marker| marker.id == id).ok_or(Refusal::NotNow)?;
        if marker.by == by { Ok(marker) } else { Err(Refusal::NotYours) }
    }
}

impl Tool for Markers {
    type Command = MarkersCommand;
    type Event = MarkersEvent;
    type View = Option<Vec<Marker>>;

    fn right(_: &MarkersCommand) -> Right {
        Right::Facilitators
    }

    fn decide(&self, by: &Person, command: &MarkersCommand, around: Around<'_>) -> Result<Vec<MarkersEvent>, Refusal> {
        let event = match command {
            MarkersCommand::Mark { .. } if self.all.len() >= limits::MARKERS => return Err(Refusal::TooMany),
            MarkersCommand::Mark { moment, note } => {
                let most = limits::MARKER_CHARS;
                let note = if *moment == Moment::Own { limits::text(note, most)? } else { limits::optional_text(note, most)? };
                MarkersEvent::Marked(Marker { id: self.next, by: by.seat, at: around.now, moment: *moment, note })
            }
            MarkersCommand::Describe { id, note } => {
                let marker = self.own(by.seat, *id)?;
                let most = limits::MARKER_CHARS;
                let note = if marker.moment == Moment::Own { limits::text(note, most)? } else { limits::optional_text(note, most)? };
                MarkersEvent::Described { by: by.seat, id: *id, note }
            }
            MarkersCommand::Remove { id } => MarkersEvent::Removed { id: self.own(by.seat, *id)?.id },
        };
        Ok(vec![event])
    }

    fn author(event: &MarkersEvent) -> Option<Seat> {
        match event {
            MarkersEvent::Marked(marker) => Some(marker.by),
            MarkersEvent::Described { by, .. } => Some(*by),
            MarkersEvent::Removed { .. } => None,
        }
    }

    fn apply(&mut self, event: &MarkersEvent, _: At) {
        match event {
            MarkersEvent::Marked(marker) => {
                self.next = marker.id + 1;
                self.all.push(marker.clone());
            }
            MarkersEvent::Described { id, note, .. } => {
                if let Some(marker) = self.all.iter_mut().find(|marker| marker.id == *id) {
                    marker.note.clone_from(note);
                }
            }
            MarkersEvent::Removed { id } => self.all.retain(|marker| marker.id != *id),
        }
    }

    fn view_for(&self, viewer: &Person, _: Around<'_>) -> Self::View {
        viewer.leads().then(|| self.all.clone())
    }
}
