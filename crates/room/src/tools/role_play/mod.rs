//! Role-play: a scene with parts, played for a few minutes while the others watch for one thing. Anybody may stop it with one button.
//!
//! What a part wants is told to whoever plays it and to leaders, as in life. How hard it was for somebody stays between them and the leaders.

mod acts;
mod view;

use std::collections::BTreeMap;

use care::scenes::{Scene, ScenePart};

pub use self::{
    acts::{PlayStage, RolePlayCommand, RolePlayEvent, SceneWritten},
    view::{Burden, PartView, Pick, RolePlayLead, RolePlayView, RolePlayViews, Seen},
};
use crate::{
    at::{At, MINUTE, Millis},
    events::RoomEvent,
    limits,
    people::{Part, Person, Seat, Stance},
    refusal::Refusal,
    tools::{Around, Right, Tool, check_in::MOOD_MOST},
};

#[derive(Debug, Clone, PartialEq)]
struct Play {
    scene: Scene,
    stage: PlayStage,
    /// Who plays which part.
    cast: BTreeMap<u8, Seat>,
    /// When it is over by itself, while it is played.
    until: At,
    /// What was left when it was stopped.
    left: Millis,
    /// Who said the stop word; told to leaders, so that they can ask how it was.
    stopped_by: Option<Seat>,
    before: BTreeMap<Seat, u8>,
    after: BTreeMap<Seat, u8>,
    seen: BTreeMap<Seat, (String, String)>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct RolePlay {
    play: Option<Play>,
}

impl Play {
    fn new(scene: Scene, cast: BTreeMap<u8, Seat>) -> Play {
        Play {
            scene,
            stage: PlayStage::Laid,
            cast,
            until: At::default(),
            left: 0,
            stopped_by: None,
            before: BTreeMap::new(),
            after: BTreeMap::new(),
            seen: BTreeMap::new(),
        }
    }

    fn part_of(&self, seat: Seat) -> Option<u8> {
        self.cast.iter().find(|(_, by)| **by == seat).map(|(part, _)| *part)
    }

    fn parts(&self) -> u8 {
        self.scene.parts.len() as u8
    }

    fn is_cast(&self) -> bool {
        (0..self.parts()).all(|part| self.cast.contains_key(&part))
    }

    /// The same people, if they are still there; swapped, each is one part further.
    fn again(&self, swap: bool, around: Around<'_>) -> Vec<(u8, Seat)> {
        let (step, count) = (u8::from(swap), self.parts().max(1));
        let there = self.cast.iter().filter(|(_, seat)| around.in_circle(**seat));
        there.map(|(part, seat)| ((part + step) % count, *seat)).collect()
    }

    fn assign(&self, part: u8, seat: Option<Seat>, around: Around<'_>) -> Result<RolePlayEvent, Refusal> {
        self.casting(part)?;
        let Some(seat) = seat else { return Ok(RolePlayEvent::Cast { part, seat }) };
        let person = around.people.get(&seat).filter(|p| p.is_here() && p.takes_turns()).ok_or(Refusal::NobodyThere)?;
        // Whoever only listens may take a part; nobody gives them one.
        if person.part == Part::Member && person.stance == Stance::Listening && self.part_of(seat).is_none() {
            return Err(Refusal::JustListening);
        }
        Ok(RolePlayEvent::Cast { part, seat: Some(seat) })
    }

    /// Parts are given and taken before the scene, and while it pauses because somebody went.
    fn casting(&self, part: u8) -> Result<(), Refusal> {
        if !matches!(self.stage, PlayStage::Laid | PlayStage::Paused) {
            return Err(Refusal::NotNow);
        }
        if part < self.parts() { Ok(()) } else { Err(Refusal::OutOfRange) }
    }

    fn take(&self, seat: Seat, part: Option<u8>) -> Result<RolePlayEvent, Refusal> {
        let own = self.part_of(seat);
        match part {
            None => {
                let part = own.ok_or(Refusal::NotNow)?;
                self.casting(part).map(|()| RolePlayEvent::Cast { part, seat: None })
            }
            Some(part) => {
                self.casting(part)?;
                match self.cast.get(&part) {
                    Some(other) if *other != seat => Err(Refusal::PartTaken),
                    _ => Ok(RolePlayEvent::Cast { part, seat: Some(seat) }),
                }
            }
        }
    }

    fn play(&self, minutes: u16, now: At) -> Result<RolePlayEvent, Refusal> {
        if self.stage != PlayStage::Laid {
            return Err(Refusal::NotNow);
        }
        if !limits::SCENE_MINUTES.contains(&minutes) {
            return Err(Refusal::OutOfRange);
        }
        if self.is_cast() { Ok(RolePlayEvent::Playing { until: now + i64::from(minutes) * MINUTE }) } else { Err(Refusal::PartFree) }
    }

    fn go_on(&self, now: At) -> Result<RolePlayEvent, Refusal> {
        if self.stage != PlayStage::Paused {
            return Err(Refusal::NotNow);
        }
        if self.is_cast() { Ok(RolePlayEvent::Playing { until: now + self.left }) } else { Err(Refusal::PartFree) }
    }

    fn rate(&self, seat: Seat, level: u8) -> Result<RolePlayEvent, Refusal> {
        let after = match self.stage {
            PlayStage::Laid => false,
            PlayStage::Feedback => true,
            PlayStage::Playing | PlayStage::Paused => return Err(Refusal::NotNow),
        };
        if level > MOOD_MOST { Err(Refusal::OutOfRange) } else { Ok(RolePlayEvent::Rated { seat, after, level }) }
    }

    /// Watchers say what worked and one wish; players have shown enough of themselves.
    fn tell(&self, seat: Seat, worked: &str, wish: &str) -> Result<RolePlayEvent, Refusal> {
        if self.stage != PlayStage::Feedback || self.part_of(seat).is_some() {
            return Err(Refusal::NotNow);
        }
        let (worked, wish) = (limits::optional_text(worked, limits::SEEN_CHARS)?, limits::optional_text(wish, limits::SEEN_CHARS)?);
        if worked.is_empty() && wish.is_empty() {
            return Err(Refusal::Empty);
        }
        Ok(RolePlayEvent::Told { seat, worked, wish })
    }

    fn decide(&self, by: Seat, command: &RolePlayCommand, around: Around<'_>) -> Result<RolePlayEvent, Refusal> {
        let runs = matches!(self.stage, PlayStage::Playing | PlayStage::Paused);
        let event = match command {
            RolePlayCommand::Assign { part, seat } => self.assign(*part, *seat, around)?,
            RolePlayCommand::Take { part } => self.take(by, *part)?,
            RolePlayCommand::Play { minutes } => self.play(*minutes, around.now)?,
            RolePlayCommand::Stop if self.stage == PlayStage::Playing => {
                RolePlayEvent::Stopped { seat: Some(by), left: (self.until - around.now).max(0) }
            }
            RolePlayCommand::GoOn => self.go_on(around.now)?,
            RolePlayCommand::Finish if runs => RolePlayEvent::Finished,
            RolePlayCommand::Rate { level } => self.rate(by, *level)?,
            RolePlayCommand::Tell { worked, wish } => self.tell(by, worked, wish)?,
            RolePlayCommand::Again { swap } if self.stage == PlayStage::Feedback => {
                RolePlayEvent::Again { cast: self.again(*swap, around) }
            }
            RolePlayCommand::PutAway => RolePlayEvent::PutAway,
            _ => return Err(Refusal::NotNow),
        };
        Ok(event)
    }

    fn apply(&mut self, event: &RolePlayEvent) {
        match event {
            RolePlayEvent::Cast { part, seat } => {
                if let Some(seat) = seat {
                    // Nobody plays two parts at once.
                    self.cast.retain(|_, by| by != seat);
                    self.cast.insert(*part, *seat);
                } else {
                    self.cast.remove(part);
                }
            }
            RolePlayEvent::Playing { until } => {
                self.stage = PlayStage::Playing;
                self.until = *until;
                self.stopped_by = None;
            }
            RolePlayEvent::Stopped { seat, left } => {
                self.stage = PlayStage::Paused;
                self.left = *left;
                self.stopped_by = *seat;
            }
            RolePlayEvent::Finished => self.stage = PlayStage::Feedback,
            RolePlayEvent::Rated { seat, after: true, level } => {
                self.after.insert(*seat, *level);
            }
            RolePlayEvent::Rated { seat, after: false, level } => {
                self.before.insert(*seat, *level);
            }
            RolePlayEvent::Told { seat, worked, wish } => {
                self.seen.insert(*seat, (worked.clone(), wish.clone()));
            }
            RolePlayEvent::Again { cast } => *self = Play::new(self.scene.clone(), cast.iter().copied().collect()),
            RolePlayEvent::Laid { .. } | RolePlayEvent::PutAway => {}
        }
    }
}

/// A scene that a leader writes on the spot: only its title, its setting and the names of its parts have to be there.
fn written(scene: &SceneWritten) -> Result<Scene, Refusal> {
    if !limits::SCENE_PARTS.contains(&scene.parts.len()) {
        return Err(Refusal::OutOfRange);
    }
    let part = |part: &ScenePart| {
        let (name, wants) =
            (limits::text(&part.name, limits::SCENE_NAME_CHARS)?, limits::optional_text(&part.wants, limits::SCENE_WANTS_CHARS)?);
        Ok(ScenePart { name, wants })
    };
    Ok(Scene {
        title: limits::text(&scene.title, limits::SCENE_TITLE_CHARS)?,
        setting: limits::text(&scene.setting, limits::SCENE_SETTING_CHARS)?,
        parts: scene.parts.iter().map(part).collect::<Result<_, Refusal>>()?,
        watch: limits::optional_text(&scene.watch, limits::SCENE_WATCH_CHARS)?,
        stop: limits::text(&scene.stop, limits::SCENE_NAME_CHARS)?,
    })
}

impl RolePlay {
    /// A scene never pushes another one aside while that one is played.
    fn lay(&self, scene: Scene, around: Around<'_>) -> Result<RolePlayEvent, Refusal> {
        let runs = self.play.as_ref().is_some_and(|play| matches!(play.stage, PlayStage::Playing | PlayStage::Paused));
        if runs || around.tables.are_out() { Err(Refusal::NotNow) } else { Ok(RolePlayEvent::Laid { scene }) }
    }
}

impl Tool for RolePlay {
    type Command = RolePlayCommand;
    type Event = RolePlayEvent;
    type View = RolePlayViews;

    fn right(command: &RolePlayCommand) -> Right {
        match command {
            // Whoever is in the room may stop it: nobody has to watch what is too much.
            RolePlayCommand::Stop => Right::Circle,
            RolePlayCommand::Take { .. } | RolePlayCommand::Rate { .. } | RolePlayCommand::Tell { .. } => Right::TurnTakers,
            RolePlayCommand::Pick { .. }
            | RolePlayCommand::Lay(_)
            | RolePlayCommand::Assign { .. }
            | RolePlayCommand::Play { .. }
            | RolePlayCommand::GoOn
            | RolePlayCommand::Finish
            | RolePlayCommand::Again { .. }
            | RolePlayCommand::PutAway => Right::Facilitators,
        }
    }

    fn decide(&self, by: &Person, command: &RolePlayCommand, around: Around<'_>) -> Result<Vec<RolePlayEvent>, Refusal> {
        let event = match command {
            RolePlayCommand::Pick { card } => {
                let card = around.scenes.iter().find(|one| one.id == *card).ok_or(Refusal::NobodyThere)?;
                self.lay(card.scene.clone(), around)?
            }
            RolePlayCommand::Lay(scene) => self.lay(written(scene)?, around)?,
            _ => self.play.as_ref().ok_or(Refusal::NotNow)?.decide(by.seat, command, around)?,
        };
        Ok(vec![event])
    }

    fn timeline(event: &RolePlayEvent) -> Option<&'static str> {
        matches!(event, RolePlayEvent::Laid { .. }).then_some("timeline-role-play")
    }

    fn author(event: &RolePlayEvent) -> Option<Seat> {
        match event {
            RolePlayEvent::Rated { seat, .. } | RolePlayEvent::Told { seat, .. } => Some(*seat),
            _ => None,
        }
    }

    fn apply(&mut self, event: &RolePlayEvent, _: At) {
        match event {
            RolePlayEvent::Laid { scene } => self.play = Some(Play::new(scene.clone(), BTreeMap::new())),
            RolePlayEvent::PutAway => self.play = None,
            _ => {
                if let Some(play) = &mut self.play {
                    play.apply(event);
                }
            }
        }
    }

    /// Whoever goes takes their part with them, and the scene waits.
    fn follow(&self, event: &RoomEvent, around: Around<'_>) -> Vec<RolePlayEvent> {
        let (RoomEvent::Left { seat } | RoomEvent::Removed { seat } | RoomEvent::SentBack { seat }) = event else { return Vec::new() };
        let Some(play) = &self.play else { return Vec::new() };
        let Some(part) = play.part_of(*seat).filter(|_| play.stage != PlayStage::Feedback) else { return Vec::new() };
        let stopped = RolePlayEvent::Stopped { seat: None, left: (play.until - around.now).max(0) };
        let runs = play.stage == PlayStage::Playing;
        runs.then_some(stopped).into_iter().chain([RolePlayEvent::Cast { part, seat: None }]).collect()
    }

    fn tick(&self, around: Around<'_>) -> Vec<RolePlayEvent> {
        let over = self.play.as_ref().is_some_and(|play| play.stage == PlayStage::Playing && around.now >= play.until);
        if over { vec![RolePlayEvent::Finished] } else { Vec::new() }
    }

    fn view_for(&self, viewer: &Person, around: Around<'_>) -> RolePlayViews {
        view::of(self.play.as_ref(), viewer, around)
    }
}
