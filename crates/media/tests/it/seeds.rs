//! Committed seeds of the fuzz targets, as they are and bent.

use std::{fs, path::Path};

use proptest::prelude::*;

use crate::{fuzzed, sim::Sim};

fn seeds(folder: &str) -> Vec<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(folder);
    fs::read_dir(path).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap()).collect()
}

fn bent(mut bytes: Vec<u8>, changes: Vec<(prop::sample::Index, u8)>) -> Vec<u8> {
    for (at, byte) in changes {
        if !bytes.is_empty() {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
    }
    bytes
}

#[test]
fn every_seed_is_taken_or_refused() {
    seeds("offer").iter().for_each(|seed| fuzzed::offer(&String::from_utf8_lossy(seed)));
    seeds("datagrams").iter().for_each(|seed| fuzzed::datagrams(seed));
}

/// Were the offer among the seeds refused at its first line, bending it would find nothing.
#[test]
fn one_seed_is_a_good_offer() {
    let taken = seeds("offer").iter().filter(|seed| Sim::new(1).offer(1, 0, 2, String::from_utf8_lossy(seed).into_owned()).is_ok()).count();
    assert!(taken >= 1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn nothing_breaks_on_bent_seeds(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        for seed in seeds("offer") {
            fuzzed::offer(&String::from_utf8_lossy(&bent(seed, changes.clone())));
        }
        for seed in seeds("datagrams") {
            fuzzed::datagrams(&bent(seed, changes.clone()));
        }
    }
}
