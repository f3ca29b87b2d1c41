//! Nobody can be in two places at once.

use jiff::Timestamp;

/// Somebody is taken from `from` until before `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busy {
    pub person: i64,
    pub from: Timestamp,
    pub to: Timestamp,
}

impl Busy {
    pub fn meets(&self, from: Timestamp, to: Timestamp) -> bool {
        self.from < to && from < self.to
    }
}

/// Pairs of entries in which the same person is needed at the same time, as indexes into `busy`.
pub fn clashes(busy: &[Busy]) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..busy.len()).collect();
    order.sort_by_key(|index| (busy[*index].person, busy[*index].from));
    let mut pairs = Vec::new();
    for (position, index) in order.iter().enumerate() {
        let one = busy[*index];
        // Sorted by their start: the first that begins after this one has ended ends the search.
        for other in order[position + 1..].iter().take_while(|other| busy[**other].person == one.person && busy[**other].from < one.to) {
            if busy[*other].meets(one.from, one.to) {
                pairs.push((*index.min(other), *index.max(other)));
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}
