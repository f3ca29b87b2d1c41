//! The parser of what browsers send, fed with committed seeds and with what proptest makes of them.

use std::{fs, path::Path};

use proptest::prelude::*;
use room::wire::{ToDoor, ToRoom};

use crate::fuzzed;

fn seeds(folder: &str) -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(folder);
    let files = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
    files.map(|file| (file.file_stem().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&file).unwrap())).collect()
}

#[test]
fn every_seed_is_taken_or_refused() {
    let taken = [
        "hello",
        "mic",
        "phase",
        "check_in",
        "go_round",
        "closing",
        "offer",
        "want",
        "control",
        "react",
        "ping",
        "poll",
        "vote",
        "quiz",
        "board",
        "board_open",
        "point",
    ];
    for (name, text) in seeds("to_room") {
        assert_eq!(serde_json::from_str::<ToRoom>(&text).is_ok(), taken.contains(&name.as_str()), "{name}");
        fuzzed::message(&text);
    }
    for (name, text) in seeds("to_door") {
        assert_eq!(serde_json::from_str::<ToDoor>(&text).is_ok(), name != "room_message", "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn nothing_breaks_on_bent_seeds(pick in any::<prop::sample::Index>(), changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0u8..4), 1..8)) {
        let all = seeds("to_room");
        let mut bytes = pick.get(&all).1.clone().into_bytes();
        for (at, byte, how) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => { bytes.remove(at); }
                _ => bytes.truncate(at),
            }
        }
        fuzzed::message(&String::from_utf8_lossy(&bytes));
    }
}
