//! What one person sees. Privacy lives here: what is not in the view does not leave the server.

use std::collections::BTreeMap;

use care::agenda::Prepared;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    agenda::{Phase, Running},
    at::{At, MINUTE},
    people::{Card, Part, Person, Place, Seat, Stance},
    room::Room,
    talk_time::Voice,
    tools::ToolViews,
};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct View {
    pub title: String,
    pub week: u16,
    pub starts_at: At,
    pub minutes: u16,
    pub you: You,
    /// By seat number: every expected chair and everybody who is in the circle.
    pub chairs: BTreeMap<u8, Chair>,
    pub phases: Vec<Phase>,
    pub begun_at: Option<At>,
    pub running: Option<Running>,
    pub ended: bool,
    /// No facilitator is in the circle right now.
    pub without_leader: bool,
    pub tools: ToolViews,
    /// Facilitators only.
    pub lead: Option<LeadView>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct You {
    pub seat: Seat,
    pub part: Part,
    pub stance: Stance,
    pub mic: bool,
    pub camera: bool,
    /// The facilitators know that you asked for help.
    pub help_asked: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// An empty chair: not here yet, gone, or away for longer.
    Empty,
    /// On the way in or reconnecting.
    Reconnecting,
    Here,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Chair {
    pub name: String,
    pub part: Part,
    pub presence: Presence,
    pub mic: bool,
    pub camera: bool,
    /// "Just listening today."
    pub listening: bool,
    /// Who else sits at this camera; empty for nobody.
    pub beside: String,
}

/// The facilitator's side panel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct LeadView {
    pub waiting: Vec<Waiting>,
    pub voices: Vec<Voice>,
    pub not_heard: Vec<Seat>,
    pub suggestion: Option<Suggestion>,
    pub drops: Vec<Drop>,
    pub helps: Vec<Help>,
    pub stances: BTreeMap<u8, Stance>,
    /// Homework that the programme suggests.
    pub homework: Vec<String>,
    /// What was laid ready, by phase.
    pub prepared: Vec<Vec<Prepared>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Waiting {
    pub seat: Seat,
    pub name: String,
    pub part: Part,
    pub stance: Stance,
    pub since: At,
    /// Their waiting-room page is still open.
    pub here: bool,
}

/// At most one at a time: somebody who might be glad of a gentle invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Suggestion {
    pub seat: Seat,
    pub quiet_minutes: u32,
    pub wants_to_be_asked: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Drop {
    pub seat: Seat,
    pub since: At,
    pub card: Card,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Help {
    pub seat: Seat,
    pub at: At,
    pub card: Card,
}

impl Room {
    /// What the person in this seat sees at `now`; `None` unless they are in the circle.
    pub fn view_for(&self, seat: Seat, now: At) -> Option<View> {
        let viewer = self.people.get(&seat).filter(|p| p.in_circle())?;
        let around = self.around(now, 0);
        Some(View {
            title: self.opening.title.clone(),
            week: self.opening.week,
            starts_at: self.opening.starts_at,
            minutes: self.opening.minutes,
            you: self.you(viewer),
            chairs: self.chairs(),
            phases: self.agenda.phases.iter().map(Phase::without_tools).collect(),
            begun_at: self.agenda.begun_at,
            running: self.agenda.running,
            ended: self.has_ended(),
            without_leader: self.opening.hosted.is_none() && !self.people.values().any(|p| p.leads() && p.is_here()),
            tools: self.tools.view_for(viewer, around),
            lead: viewer.leads().then(|| self.lead_view(now)),
        })
    }

    fn you(&self, viewer: &Person) -> You {
        You {
            seat: viewer.seat,
            part: viewer.part,
            stance: viewer.stance,
            mic: viewer.mic,
            camera: viewer.camera,
            help_asked: self.helps.contains_key(&viewer.seat),
        }
    }

    fn chairs(&self) -> BTreeMap<u8, Chair> {
        let stands = |part: Part| matches!(part, Part::Facilitator | Part::Member);
        let expected = self.opening.expected.iter().filter(|e| stands(e.part)).map(|e| (e.seat.0, empty(&e.name, e.part)));
        let mut chairs: BTreeMap<u8, Chair> = expected.collect();
        for person in self.people.values() {
            if person.in_circle() {
                chairs.insert(person.seat.0, chair(person));
            }
        }
        chairs
    }

    fn lead_view(&self, now: At) -> LeadView {
        let people = || self.people.values().filter(|p| p.in_circle());
        let counts = self.opening.hosted.is_none();
        let voices = if counts { self.talk.voices(people()) } else { Vec::new() };
        let heard = |seat: Seat| voices.iter().any(|voice| voice.seat == seat && voice.heard);
        LeadView {
            waiting: self.people.values().filter(|p| p.place == Place::Door).map(waiting).collect(),
            not_heard: people().filter(|p| counts && p.is_here() && p.part == Part::Member && !heard(p.seat)).map(|p| p.seat).collect(),
            suggestion: self.suggestion(now),
            drops: people()
                .filter(|p| p.drop_open)
                .filter_map(|p| Some(Drop { seat: p.seat, since: p.lost_since?, card: p.card.clone() }))
                .collect(),
            helps: self
                .helps
                .iter()
                .filter_map(|(seat, at)| Some(Help { seat: *seat, at: *at, card: self.people.get(seat)?.card.clone() }))
                .collect(),
            stances: people().filter(|p| p.part == Part::Member).map(|p| (p.seat.0, p.stance)).collect(),
            homework: self.opening.homework.clone(),
            prepared: self.agenda.phases.iter().map(|phase| phase.tools.clone()).collect(),
            voices,
        }
    }

    fn suggestion(&self, now: At) -> Option<Suggestion> {
        let begun_at = self.agenda.begun_at.filter(|_| self.agenda.is_live() && self.opening.hosted.is_none())?;
        // During a go-round everybody gets their turn anyway.
        if self.tools.go_round.floor().is_some() {
            return None;
        }
        let people = self.people.values().filter(|p| !self.dismissed.contains(&p.seat) && !self.tools.calm.rests(p.seat));
        let (seat, quiet) = self.talk.quietest(people, begun_at, now)?;
        let wants_to_be_asked = self.people.get(&seat).is_some_and(|p| p.stance == Stance::AskMe);
        Some(Suggestion { seat, quiet_minutes: u32::try_from(quiet / MINUTE).unwrap_or(0), wants_to_be_asked })
    }
}

fn empty(name: &str, part: Part) -> Chair {
    Chair { name: name.to_owned(), part, presence: Presence::Empty, mic: false, camera: false, listening: false, beside: String::new() }
}

fn chair(person: &Person) -> Chair {
    let presence = match (person.lost_since, person.away) {
        (None, _) => Presence::Here,
        (Some(_), false) => Presence::Reconnecting,
        (Some(_), true) => Presence::Empty,
    };
    Chair {
        name: person.name.clone(),
        part: person.part,
        presence,
        mic: person.mic && presence == Presence::Here,
        camera: person.camera && presence == Presence::Here,
        listening: person.stance == Stance::Listening,
        beside: person.beside.clone(),
    }
}

fn waiting(person: &Person) -> Waiting {
    Waiting {
        seat: person.seat,
        name: person.name.clone(),
        part: person.part,
        stance: person.stance,
        since: person.arrived_at,
        here: person.lost_since.is_none(),
    }
}
