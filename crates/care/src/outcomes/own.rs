//! The end-of-session card has no borrowed cut-offs: an evening is looked at beside the same person's evenings, and beside the group's spread.

/// The four questions of the card, in the order in which they are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Climate {
    Heard,
    Safe,
    Useful,
    Connected,
}

impl Climate {
    pub const ALL: [Climate; 4] = [Climate::Heard, Climate::Safe, Climate::Useful, Climate::Connected];

    pub fn key(self) -> &'static str {
        match self {
            Climate::Heard => "climate-heard",
            Climate::Safe => "climate-safe",
            Climate::Useful => "climate-useful",
            Climate::Connected => "climate-connected",
        }
    }
}

/// The middle one; between two, their mean.
pub fn median(values: &[u8]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(f64::from(sorted[middle])),
        _ => Some((f64::from(sorted[middle - 1]) + f64::from(sorted[middle])) / 2.0),
    }
}

/// Where the last one stands beside this person's earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    Below,
    Usual,
    Above,
}

impl Stands {
    pub const ALL: [Stands; 3] = [Stands::Below, Stands::Usual, Stands::Above];

    pub fn key(self) -> &'static str {
        match self {
            Stands::Below => "climate-below",
            Stands::Usual => "climate-usual",
            Stands::Above => "climate-above",
        }
    }
}

/// So many earlier answers make a median of one's own.
const EARLIER: usize = 3;
/// So far from it is more than a day like any other: our own convention, said where it is shown.
const FAR: f64 = 2.0;

/// The last of these beside the median of those before it; `None` with too few to say.
pub fn against_own(values: &[u8]) -> Option<(Stands, f64)> {
    let (last, earlier) = values.split_last()?;
    if earlier.len() < EARLIER {
        return None;
    }
    let own = median(earlier)?;
    let stands = match f64::from(*last) - own {
        away if away <= -FAR => Stands::Below,
        away if away >= FAR => Stands::Above,
        _ => Stands::Usual,
    };
    Some((stands, own))
}

/// Lowest, middle and highest of a group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    pub low: u8,
    pub middle: f64,
    pub high: u8,
    pub count: usize,
}

pub fn spread(values: &[u8]) -> Option<Spread> {
    let (low, high) = (*values.iter().min()?, *values.iter().max()?);
    Some(Spread { low, middle: median(values)?, high, count: values.len() })
}
