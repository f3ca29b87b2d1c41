//! Scene cards for role-play: our own scenes, two for each skill that people come to practise, in English and in Spanish.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a scene lets people practise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Skill {
    Communication,
    Empathy,
    ConflictResolution,
    Listening,
    Stress,
    ProblemSolving,
    EmotionRegulation,
    Assertiveness,
}

impl Skill {
    pub const ALL: [Skill; 8] = [
        Skill::Communication,
        Skill::Empathy,
        Skill::ConflictResolution,
        Skill::Listening,
        Skill::Stress,
        Skill::ProblemSolving,
        Skill::EmotionRegulation,
        Skill::Assertiveness,
    ];
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Scene {
    pub title: String,
    /// Where we are and what has happened.
    pub setting: String,
    pub parts: Vec<ScenePart>,
    /// What those who watch look for.
    pub watch: String,
    /// Whoever says it ends the scene for the moment.
    pub stop: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ScenePart {
    pub name: String,
    pub wants: String,
}

/// A scene of the house, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    pub id: String,
    pub skill: Skill,
    pub scene: Scene,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shelf {
    skill: Skill,
    cards: Vec<Written>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    en: Scene,
    es: Scene,
}

const FILES: [&str; 8] = [
    include_str!("../../../content/scenes/communication.json"),
    include_str!("../../../content/scenes/empathy.json"),
    include_str!("../../../content/scenes/conflict-resolution.json"),
    include_str!("../../../content/scenes/listening.json"),
    include_str!("../../../content/scenes/stress.json"),
    include_str!("../../../content/scenes/problem-solving.json"),
    include_str!("../../../content/scenes/emotion-regulation.json"),
    include_str!("../../../content/scenes/assertiveness.json"),
];

/// A file that cannot be read leaves a gap; the test of this module says so before anybody meets it.
static SHELVES: LazyLock<Vec<Shelf>> = LazyLock::new(|| FILES.iter().filter_map(|text| serde_json::from_str(text).ok()).collect());

/// Every card in the language of a group; English for one that we have no scenes in.
pub fn cards(language: &str) -> Vec<Card> {
    let card = |skill: Skill, written: &Written| {
        let scene = if language == "es" { &written.es } else { &written.en };
        Card { id: written.id.clone(), skill, scene: scene.clone() }
    };
    SHELVES.iter().flat_map(|shelf| shelf.cards.iter().map(move |written| card(shelf.skill, written))).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    fn texts(scene: &Scene) -> Vec<&str> {
        let parts = scene.parts.iter().flat_map(|part| [part.name.as_str(), part.wants.as_str()]);
        [scene.title.as_str(), &scene.setting, &scene.watch, &scene.stop].into_iter().chain(parts).collect()
    }

    #[test]
    fn every_file_is_read_and_every_skill_has_two_scenes() {
        for text in FILES {
            serde_json::from_str::<Shelf>(text).unwrap();
        }
        let mut of_skill: BTreeMap<Skill, usize> = BTreeMap::new();
        for card in cards("en") {
            *of_skill.entry(card.skill).or_default() += 1;
        }
        assert!(Skill::ALL.iter().all(|skill| of_skill.get(skill).is_some_and(|count| *count >= 2)), "{of_skill:?}");
    }

    #[test]
    fn both_languages_tell_the_same_scenes() {
        let (english, spanish) = (cards("en"), cards("es"));
        let ids: BTreeSet<&str> = english.iter().map(|card| card.id.as_str()).collect();
        assert_eq!(ids.len(), english.len(), "a card has a name of its own");
        assert_eq!(english.len(), spanish.len());
        for (one, other) in english.iter().zip(&spanish) {
            assert_eq!((&one.id, one.skill, one.scene.parts.len()), (&other.id, other.skill, other.scene.parts.len()));
            for (text, translated) in texts(&one.scene).into_iter().zip(texts(&other.scene)) {
                assert!(!text.is_empty() && !translated.is_empty(), "{}", one.id);
            }
            assert_ne!(one.scene.setting, other.scene.setting, "{}", one.id);
            assert_ne!(one.scene.watch, other.scene.watch, "{}", one.id);
        }
        assert_eq!(cards("de"), english);
    }

    /// Kind, short enough for a telephone, and about nobody's diagnosis.
    #[test]
    fn they_are_short_and_speak_plainly() {
        for card in cards("en").into_iter().chain(cards("es")) {
            let scene = &card.scene;
            assert!((2..=3).contains(&scene.parts.len()), "{}", card.id);
            for (text, most) in [(&scene.title, 60), (&scene.setting, 320), (&scene.watch, 180), (&scene.stop, 20)] {
                assert!(text.chars().count() <= most, "{}: {text}", card.id);
            }
            for part in &scene.parts {
                assert!(part.name.chars().count() <= 30 && part.wants.chars().count() <= 180, "{}: {}", card.id, part.name);
            }
            for text in texts(scene) {
                assert!(!text.contains(['!', '¡', '<', '\n']), "{}: {text}", card.id);
            }
        }
    }
}
