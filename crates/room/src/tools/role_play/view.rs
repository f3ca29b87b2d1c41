//! What one person sees of a scene. What somebody else's part wants, and how hard it was for somebody else, is not in it.

use care::scenes::Skill;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Play, PlayStage};
use crate::{
    at::At,
    people::{Person, Seat},
    tools::Around,
};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RolePlayViews {
    pub scene: Option<RolePlayView>,
    /// Leaders only: the cards of the house by name; their words come when one is picked.
    pub shelf: Option<Vec<Pick>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Pick {
    pub card: String,
    pub skill: Skill,
    pub title: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RolePlayView {
    pub stage: PlayStage,
    pub title: String,
    pub setting: String,
    pub stop: String,
    pub parts: Vec<PartView>,
    /// Which part is mine.
    pub mine: Option<u8>,
    /// For those who watch, and for leaders.
    pub watch: Option<String>,
    /// While it is played.
    pub until: Option<At>,
    pub before: Option<u8>,
    pub after: Option<u8>,
    pub seen: Vec<Seen>,
    pub lead: Option<RolePlayLead>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PartView {
    pub name: String,
    pub seat: Option<Seat>,
    /// For whoever plays it, and for leaders.
    pub wants: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Seen {
    pub seat: Seat,
    pub worked: String,
    pub wish: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RolePlayLead {
    pub burdens: Vec<Burden>,
    /// Who said the stop word.
    pub stopped_by: Option<Seat>,
}

/// How hard it was for one person, 0 to 10.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Burden {
    pub seat: Seat,
    pub before: Option<u8>,
    pub after: Option<u8>,
}

pub fn of(play: Option<&Play>, viewer: &Person, around: Around<'_>) -> RolePlayViews {
    let pick = |card: &care::scenes::Card| Pick { card: card.id.clone(), skill: card.skill, title: card.scene.title.clone() };
    RolePlayViews { scene: play.map(|play| scene(play, viewer)), shelf: viewer.leads().then(|| around.scenes.iter().map(pick).collect()) }
}

fn scene(play: &Play, viewer: &Person) -> RolePlayView {
    let mine = play.part_of(viewer.seat);
    let part = |(index, part): (usize, &care::scenes::ScenePart)| {
        let index = index as u8;
        let told = viewer.leads() || mine == Some(index);
        PartView { name: part.name.clone(), seat: play.cast.get(&index).copied(), wants: told.then(|| part.wants.clone()) }
    };
    let seen = play.seen.iter().map(|(seat, (worked, wish))| Seen { seat: *seat, worked: worked.clone(), wish: wish.clone() });
    RolePlayView {
        stage: play.stage,
        title: play.scene.title.clone(),
        setting: play.scene.setting.clone(),
        stop: play.scene.stop.clone(),
        parts: play.scene.parts.iter().enumerate().map(part).collect(),
        mine,
        watch: (viewer.leads() || mine.is_none()).then(|| play.scene.watch.clone()),
        until: (play.stage == PlayStage::Playing).then_some(play.until),
        before: play.before.get(&viewer.seat).copied(),
        after: play.after.get(&viewer.seat).copied(),
        seen: seen.collect(),
        lead: viewer.leads().then(|| lead(play)),
    }
}

fn lead(play: &Play) -> RolePlayLead {
    let seats: std::collections::BTreeSet<Seat> = play.before.keys().chain(play.after.keys()).copied().collect();
    let burden = |seat: Seat| Burden { seat, before: play.before.get(&seat).copied(), after: play.after.get(&seat).copied() };
    RolePlayLead { burdens: seats.into_iter().map(burden).collect(), stopped_by: play.stopped_by }
}
