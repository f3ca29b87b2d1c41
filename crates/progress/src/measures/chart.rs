//! A line of one person's scores, drawn on the server: where the cut-off is, and how far a score may move by itself.

use care::measures::Instrument;
use ground::{Moment, Ui, when};

const LEFT: i64 = 12;
const RIGHT: i64 = 308;
const TOP: i64 = 12;
const BOTTOM: i64 = 108;

/// In a box of 320 by 120, with the lowest total at the bottom.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    pub dots: Vec<(i64, i64)>,
    pub line: String,
    pub cutoff: Option<i64>,
    /// Where it begins and how high it is: a change that stays in it may be chance.
    pub unrest: Option<(i64, i64)>,
    /// The same for whoever hears it.
    pub words: String,
}

/// Nothing to draw with less than two scores.
pub fn chart(ui: &Ui, instrument: &Instrument, scores: &[(Moment, i64)], zone: &str) -> Option<Chart> {
    let [low, high] = instrument.score.range;
    if scores.len() < 2 || high <= low {
        return None;
    }
    let y = |total: f64| {
        let share = (total.clamp(low as f64, high as f64) - low as f64) / (high - low) as f64;
        BOTTOM - (share * (BOTTOM - TOP) as f64).round() as i64
    };
    let (first, last) = (scores[0].0.0, scores[scores.len() - 1].0.0);
    let x = |at: Moment| LEFT + ((at.0 - first) as f64 / (last - first).max(1) as f64 * (RIGHT - LEFT) as f64).round() as i64;
    let dots: Vec<_> = scores.iter().map(|(at, total)| (x(*at), y(*total as f64))).collect();
    let unrest = instrument.changes.first().map(|rule| {
        let (above, below) = (y(scores[0].1 as f64 + rule.least), y(scores[0].1 as f64 - rule.least));
        (above, below - above)
    });
    let said = scores.iter().map(|(at, total)| format!("{}: {total}", when::day(ui.language, *at, zone)));
    Some(Chart {
        line: dots.iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" "),
        dots,
        cutoff: instrument.cutoffs.iter().find(|cutoff| cutoff.whom.is_empty()).map(|cutoff| y(cutoff.at as f64)),
        unrest,
        words: said.collect::<Vec<_>>().join("; "),
    })
}

#[cfg(test)]
mod tests {
    use ground::Language;

    use super::*;

    #[test]
    fn scores_stand_where_they_belong() {
        let ui = Ui::sample(Language::English, None);
        let all = care::measures::shipped().unwrap();
        let phq = all.iter().find(|one| one.id == "phq-9").unwrap();
        let day = 86_400_000_000;
        let chart = chart(&ui, phq, &[(Moment(0), 27), (Moment(7 * day), 0), (Moment(14 * day), 10)], "UTC").unwrap();
        assert_eq!((chart.dots[0], chart.dots[1].1, chart.dots[2].0), ((12, 12), 108, 308));
        assert_eq!(chart.cutoff, Some(chart.dots[2].1), "ten is the cut-off itself");
        assert_eq!(chart.unrest, Some((12, 21)), "what would lie above the highest total is cut");
        assert!(chart.words.contains(": 27"));
        assert_eq!(super::chart(&ui, phq, &[(Moment(0), 3)], "UTC"), None);
        let same = super::chart(&ui, phq, &[(Moment(5), 3), (Moment(5), 4)], "UTC").unwrap();
        assert_eq!(same.dots[0].0, 12, "twice at the same moment is no division by nothing");
    }
}
