//! A film that everybody sees at the same moment. The server says where it is and since when; each screen brings its own player there.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    at::{At, Millis},
    limits,
    people::{Person, Seat},
    refusal::Refusal,
    tools::{Around, Right, Tool},
};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum VideoCommand {
    /// Puts a film in the middle, at its beginning and not yet running.
    Open {
        #[ts(type = "number")]
        material: i64,
        title: String,
        /// Whether it has captions; what they say is the library's.
        captions: bool,
    },
    /// Runs from this place on, in milliseconds of the film.
    Play {
        #[ts(type = "number")]
        from: Millis,
    },
    Pause {
        #[ts(type = "number")]
        at: Millis,
    },
    Close,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum VideoEvent {
    Opened { by: Seat, material: i64, title: String, captions: bool },
    Moved { position: Millis, running: bool },
    Closed,
}

/// The film stood at `position` at the moment `since`; if it runs, it has gone on from there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct VideoView {
    #[ts(type = "number")]
    pub material: i64,
    pub title: String,
    pub captions: bool,
    pub by: Seat,
    pub running: bool,
    #[ts(type = "number")]
    pub position: Millis,
    pub since: At,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Video {
    film: Option<VideoView>,
}

impl Video {
    fn moved(&self, position: Millis, running: bool) -> Result<VideoEvent, Refusal> {
        self.film.as_ref().ok_or(Refusal::NotNow)?;
        if limits::FILM.contains(&position) { Ok(VideoEvent::Moved { position, running }) } else { Err(Refusal::OutOfRange) }
    }
}

impl Tool for Video {
    type Command = VideoCommand;
    type Event = VideoEvent;
    type View = Option<VideoView>;

    fn right(_: &VideoCommand) -> Right {
        Right::Facilitators
    }

    fn decide(&self, by: &Person, command: &VideoCommand, _: Around<'_>) -> Result<Vec<VideoEvent>, Refusal> {
        let event = match command {
            VideoCommand::Open { material, .. } if *material <= 0 => return Err(Refusal::OutOfRange),
            VideoCommand::Open { material, title, captions } => {
                let title = limits::text(title, limits::MATERIAL_CHARS)?;
                VideoEvent::Opened { by: by.seat, material: *material, title, captions: *captions }
            }
            VideoCommand::Play { from } => self.moved(*from, true)?,
            VideoCommand::Pause { at } => self.moved(*at, false)?,
            VideoCommand::Close if self.film.is_none() => return Err(Refusal::NotNow),
            VideoCommand::Close => VideoEvent::Closed,
        };
        Ok(vec![event])
    }

    fn apply(&mut self, event: &VideoEvent, at: At) {
        match event {
            VideoEvent::Opened { by, material, title, captions } => {
                let (material, title, captions) = (*material, title.clone(), *captions);
                self.film = Some(VideoView { material, title, captions, by: *by, running: false, position: 0, since: at });
            }
            VideoEvent::Closed => self.film = None,
            VideoEvent::Moved { position, running } => {
                if let Some(film) = &mut self.film {
                    *film = VideoView { position: *position, running: *running, since: at, ..film.clone() };
                }
            }
        }
    }

    fn timeline(event: &VideoEvent) -> Option<&'static str> {
        matches!(event, VideoEvent::Opened { .. }).then_some("timeline-video")
    }

    fn shown(event: &VideoEvent) -> Option<i64> {
        match event {
            VideoEvent::Opened { material, .. } => Some(*material),
            _ => None,
        }
    }

    fn view_for(&self, _: &Person, _: Around<'_>) -> Option<VideoView> {
        self.film.clone()
    }
}
