//! Which of a sender's three pictures a viewer gets: by the size of the tile, then by what the line carries.

use std::time::{Duration, Instant};

use crate::SeatNo;

/// The picture sizes that a client sends, smallest first; `Off` for a hidden tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Layer {
    Off,
    #[default]
    Low,
    Middle,
    High,
}

/// One tile on a viewer's screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Want {
    pub seat: SeatNo,
    pub layer: Layer,
}

/// Layer names in the offer, smallest picture first.
pub(crate) const RIDS: [&str; 3] = ["q", "h", "f"];

/// A layer that sends nothing for this long is not offered: browsers switch the top one off when the line or the processor is weak.
const ALIVE: Duration = Duration::from_millis(1500);
/// Stepping up must leave this much room, or a viewer would step up and down for ever.
const HEADROOM: (u64, u64) = (5, 4);

impl Layer {
    /// The index in `RIDS`, or `None` for `Off`.
    pub(crate) fn index(self) -> Option<usize> {
        (self as usize).checked_sub(1)
    }
}

/// How much one layer of one camera sends.
#[derive(Debug, Clone, Default)]
pub(crate) struct Meter {
    last: Option<Instant>,
    window: Option<Instant>,
    bytes: u64,
    rate: u64,
}

impl Meter {
    /// Counts a packet; true when the layer was dead before.
    pub fn packet(&mut self, now: Instant, bytes: usize) -> bool {
        let woke = !self.alive(now);
        self.last = Some(now);
        let start = *self.window.get_or_insert(now);
        self.bytes += bytes as u64;
        let passed = now.saturating_duration_since(start);
        if passed >= Duration::from_secs(1) {
            let rate = self.bytes * 8_000 / passed.as_millis() as u64;
            self.rate = if self.rate == 0 || woke { rate } else { (self.rate + rate) / 2 };
            self.window = Some(now);
            self.bytes = 0;
        }
        woke
    }

    pub fn alive(&self, now: Instant) -> bool {
        self.last.is_some_and(|at| now.saturating_duration_since(at) < ALIVE)
    }

    /// Bits per second. A guess by the size of the picture until a second was measured.
    pub fn rate(&self, layer: usize) -> u64 {
        if self.rate > 0 { self.rate } else { [100_000, 300_000, 900_000][layer.min(2)] }
    }
}

/// One tile to decide about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tile {
    pub want: Layer,
    /// What the tile shows now.
    pub current: Option<usize>,
    /// Bits per second of each layer, `None` where nothing arrives.
    pub rates: [Option<u64>; 3],
}

impl Tile {
    /// The layers this tile may show, smallest first. A sender whose only layer is too large is still better than no picture.
    fn ladder(&self) -> impl Iterator<Item = usize> + '_ {
        let top = self.want.index();
        let smallest = self.rates.iter().position(Option::is_some);
        (0..3).filter(move |layer| self.rates[*layer].is_some() && top.is_some_and(|top| *layer <= top || Some(*layer) == smallest))
    }

    fn cost(&self, layer: usize) -> u64 {
        let rate = self.rates[layer].unwrap_or(0);
        if self.current.is_some_and(|now| now >= layer) { rate } else { rate * HEADROOM.0 / HEADROOM.1 }
    }
}

/// Chooses a layer per tile within `budget` bits per second; earlier tiles come first when it does not suffice.
pub(crate) fn choose(tiles: &[Tile], budget: Option<u64>) -> Vec<Option<usize>> {
    let mut left = budget.unwrap_or(u64::MAX);
    let mut chosen: Vec<Option<usize>> = vec![None; tiles.len()];
    // One step of every tile per round, so that all faces are there before one of them is sharp.
    for _round in 0..3 {
        for (tile, now) in tiles.iter().zip(chosen.iter_mut()) {
            let next = tile.ladder().find(|layer| now.is_none_or(|now| *layer > now));
            let Some(next) = next else { continue };
            let paid = now.map_or(0, |now| tile.cost(now));
            let more = tile.cost(next).saturating_sub(paid);
            if more <= left {
                left -= more;
                *now = Some(next);
            }
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALL: [Option<u64>; 3] = [Some(100), Some(300), Some(1000)];

    fn tile(want: Layer) -> Tile {
        Tile { want, current: None, rates: ALL }
    }

    #[test]
    fn by_tile_size_when_the_line_is_wide() {
        let tiles = [tile(Layer::Off), tile(Layer::Low), tile(Layer::Middle), tile(Layer::High)];
        assert_eq!(choose(&tiles, None), [None, Some(0), Some(1), Some(2)]);
    }

    #[test]
    fn everybody_small_before_anybody_large() {
        let tiles = [tile(Layer::High); 3];
        assert_eq!(choose(&tiles, Some(400)), [Some(0), Some(0), Some(0)]);
        assert_eq!(choose(&tiles, Some(900)), [Some(1), Some(1), Some(0)]);
        assert_eq!(choose(&tiles, Some(260)), [Some(0), Some(0), None]);
        assert_eq!(choose(&tiles, Some(0)), [None, None, None]);
    }

    #[test]
    fn a_held_layer_needs_less_room_than_a_new_one() {
        let held = Tile { current: Some(1), ..tile(Layer::Middle) };
        assert_eq!(choose(&[held], Some(300)), [Some(1)]);
        assert_eq!(choose(&[tile(Layer::Middle)], Some(300)), [Some(0)]);
    }

    #[test]
    fn dead_layers_are_skipped() {
        let late_top = Tile { rates: [Some(100), Some(300), None], ..tile(Layer::High) };
        let only_top = Tile { rates: [None, None, Some(500)], ..tile(Layer::Low) };
        let dark = Tile { rates: [None; 3], ..tile(Layer::High) };
        assert_eq!(choose(&[late_top, only_top, dark], None), [Some(1), Some(2), None]);
    }

    #[test]
    fn meter_measures_and_dies() {
        let start = Instant::now();
        let mut meter = Meter::default();
        assert!(meter.packet(start, 1000));
        for n in 1..200 {
            assert!(!meter.packet(start + Duration::from_millis(10 * n), 125));
        }
        assert!((95_000..=110_000).contains(&meter.rate(0)), "{}", meter.rate(0));
        assert!(meter.alive(start + Duration::from_secs(3)) && !meter.alive(start + Duration::from_secs(4)));
    }

    #[test]
    fn a_layer_that_slept_is_measured_anew() {
        let start = Instant::now();
        let mut meter = Meter::default();
        let mut second = |from: u64, bytes: usize| {
            let woke: Vec<bool> = (0..=10).map(|n| meter.packet(start + Duration::from_millis(from + 100 * n), bytes)).collect();
            (woke.iter().filter(|woke| **woke).count(), meter.rate(2))
        };
        let (woke, loud) = second(0, 10_000);
        assert!(woke == 1 && (800_000..=900_000).contains(&loud), "{woke} {loud}");
        // Ten seconds of nothing are no second of a small picture.
        let (woke, quiet) = second(11_000, 1_000);
        assert_eq!(woke, 1);
        assert!(quiet < loud / 5, "{quiet} after {loud}");
    }

    #[test]
    fn until_a_second_was_measured_a_larger_picture_is_thought_dearer() {
        let mut meter = Meter::default();
        meter.packet(Instant::now(), 1_200);
        assert!(meter.rate(0) < meter.rate(1) && meter.rate(1) < meter.rate(2));
    }

    #[test]
    fn a_hidden_tile_costs_nothing_and_leaves_its_share_to_the_others() {
        let shown = [tile(Layer::High), tile(Layer::Off), tile(Layer::High)];
        assert_eq!(choose(&shown, Some(250)), [Some(0), None, Some(0)]);
        assert_eq!(Layer::Off.index(), None);
    }

    proptest! {
        #[test]
        fn a_line_without_limits_gives_each_tile_the_best_that_is_sent(
            wants in proptest::collection::vec((1u8..4, proptest::array::uniform3(proptest::option::of(1u64..2_000_000))), 0..20),
        ) {
            let layers = [Layer::Off, Layer::Low, Layer::Middle, Layer::High];
            let tiles: Vec<Tile> = wants.iter().map(|(want, rates)| Tile { want: layers[usize::from(*want)], current: None, rates: *rates }).collect();
            for (tile, got) in tiles.iter().zip(choose(&tiles, None)) {
                let sent = |layer: &usize| tile.rates[*layer].is_some();
                let within = (0..3).filter(sent).rfind(|layer| Some(*layer) <= tile.want.index());
                prop_assert_eq!(got, within.or((0..3).find(sent)));
            }
        }

        #[test]
        fn never_above_the_budget_nor_above_the_wish(
            wants in proptest::collection::vec((0u8..4, proptest::array::uniform3(proptest::option::of(1u64..2_000_000)), proptest::option::of(0usize..3)), 0..20),
            budget in 0u64..20_000_000,
        ) {
            let layers = [Layer::Off, Layer::Low, Layer::Middle, Layer::High];
            let tiles: Vec<Tile> = wants.iter().map(|(want, rates, current)| Tile { want: layers[usize::from(*want)], current: *current, rates: *rates }).collect();
            let chosen = choose(&tiles, Some(budget));
            for (tile, got) in tiles.iter().zip(&chosen) {
                if let Some(layer) = got {
                    prop_assert!(tile.rates[*layer].is_some());
                    let smallest = tile.rates.iter().position(Option::is_some);
                    prop_assert!(tile.want != Layer::Off && (tile.want.index() >= Some(*layer) || smallest == Some(*layer)));
                }
            }
            // A larger layer may be cheaper than a smaller one here, so only a sane camera is held to the sum.
            if tiles.iter().all(|tile| tile.rates.iter().flatten().is_sorted()) {
                let sum: u64 = tiles.iter().zip(&chosen).filter_map(|(tile, got)| tile.rates[(*got)?]).sum();
                prop_assert!(sum <= budget);
            }
        }
    }
}
