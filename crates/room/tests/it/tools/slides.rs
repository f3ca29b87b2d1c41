use proptest::prelude::*;
use room::{
    Refusal,
    limits::{DECK_PAGES, MATERIAL_CHARS},
    tools::{
        Right, ToolCommand, Tools,
        slides::{SlidesCommand, SlidesView, Spotlight},
    },
};

use crate::{
    cast::{INSIDE, LEAD, MAYA, NOT_NOW, Row, YES, after, attempt, everybody_tries, full_house, text_limit},
    script::{Script, seat},
};

const CLOSE: ToolCommand = ToolCommand::Slides(SlidesCommand::Close);

fn open(pages: u16) -> ToolCommand {
    ToolCommand::Slides(SlidesCommand::Open { material: 7, title: "Waves".into(), pages })
}

fn turn(page: u16) -> ToolCommand {
    ToolCommand::Slides(SlidesCommand::Turn { page })
}

fn point(x: u16, y: u16) -> ToolCommand {
    ToolCommand::Slides(SlidesCommand::Point { at: Some(Spotlight { x, y }) })
}

fn deck(script: &Script, by: u8) -> Option<SlidesView> {
    script.view(seat(by)).tools.slides
}

#[test]
fn the_table_of_the_deck() {
    let states = [("none", after(&[])), ("three pages", after(&[(LEAD, open(3))])), ("closed", after(&[(LEAD, open(3)), (LEAD, CLOSE)]))];
    let beyond = |says: fn(u8) -> Option<Refusal>| [NOT_NOW, says, NOT_NOW];
    everybody_tries(
        &states,
        &[
            Row { act: open(3), right: Right::Facilitators, says: &[YES; 3] },
            Row { act: turn(2), right: Right::Facilitators, says: &beyond(YES) },
            Row { act: turn(3), right: Right::Facilitators, says: &beyond(|_| Some(Refusal::OutOfRange)) },
            Row { act: CLOSE, right: Right::Facilitators, says: &beyond(YES) },
        ],
    );
    for pages in [0, DECK_PAGES.end() + 1, u16::MAX] {
        assert_eq!(attempt(&full_house(), LEAD, &open(pages)).err(), Some(Refusal::OutOfRange), "{pages}");
    }
    for material in [0, -4] {
        let act = ToolCommand::Slides(SlidesCommand::Open { material, title: "x".into(), pages: 1 });
        assert_eq!(attempt(&full_house(), LEAD, &act).err(), Some(Refusal::OutOfRange), "{material}");
    }
    text_limit(&full_house(), LEAD, MATERIAL_CHARS, false, |title| {
        ToolCommand::Slides(SlidesCommand::Open { material: 7, title, pages: 1 })
    });
}

#[test]
fn everybody_sees_the_page_and_a_new_deck_begins_at_its_first() {
    let script = after(&[(LEAD, open(3)), (LEAD, turn(2))]);
    assert!(INSIDE.iter().all(|by| deck(&script, *by).is_some_and(|deck| (deck.page, deck.pages, deck.material) == (2, 3, 7))));
    let again = after(&[(LEAD, open(3)), (LEAD, turn(2)), (LEAD, open(9))]);
    assert!(deck(&again, MAYA).is_some_and(|deck| (deck.page, deck.pages) == (0, 9)));
}

#[test]
fn a_finger_on_the_page_is_seen_and_nowhere_kept() {
    let mut script = after(&[(LEAD, open(3))]);
    let pointed = script.tool(LEAD, point(500, 1_000)).unwrap();
    assert!(pointed.iter().all(|event| matches!(event, room::Event::Tool(event) if Tools::unwritten(event))));
    assert_eq!(deck(&script, MAYA).unwrap().spotlight, Some(Spotlight { x: 500, y: 1_000 }));
    assert!(script.rebuilt().tools.slides != script.room.tools.slides, "the book knows nothing of it");
    for (x, y) in [(1_001, 0), (0, 1_001)] {
        assert_eq!(script.tool(LEAD, point(x, y)).err(), Some(Refusal::OutOfRange));
    }
    assert_eq!(script.tool(MAYA, point(1, 1)).err(), Some(Refusal::NotYours));
    script.tool(LEAD, turn(1)).unwrap();
    assert_eq!(deck(&script, MAYA).unwrap().spotlight, None, "it pointed at the page before");
    assert_eq!(full_house().tool(LEAD, point(1, 1)).err(), Some(Refusal::NotNow));
}

#[test]
fn only_opening_tells_the_recap_what_was_shown() {
    let mut script = full_house();
    let shown = |events: Vec<room::Event>| -> Vec<i64> {
        events.iter().filter_map(|event| if let room::Event::Tool(event) = event { Tools::shown(event) } else { None }).collect()
    };
    assert_eq!(shown(script.tool(LEAD, open(3)).unwrap()), [7]);
    assert_eq!(shown(script.tool(LEAD, turn(1)).unwrap()), [0; 0]);
    assert_eq!(shown(script.tool(LEAD, CLOSE).unwrap()), [0; 0]);
}

proptest! {
    #[test]
    fn the_page_is_always_one_of_the_deck(acts in prop::collection::vec((0u8..4, any::<u16>()), 1..40)) {
        let mut script = full_house();
        for (what, number) in acts {
            let number = number % 12;
            let act = match what { 0 => open(number), 1 => turn(number), 2 => point(number * 100, number), _ => CLOSE };
            let _ = script.tool(LEAD, act);
            if let Some(deck) = deck(&script, MAYA) {
                prop_assert!(deck.page < deck.pages);
            }
        }
    }
}
