//! Progress as pictures: four weeks of one measure. What was aimed for is filled, anything else a ring, nothing written a small dot: never colour alone.

use care::goals::{
    Bound, Looked, Measure, late_by,
    progress::{self, Day, Entries, Going},
};
use ground::{Language, when};
use jiff::civil::Date;

use super::queries::Kept;

/// Four weeks, a column of ten units for each day.
pub const DAYS: i32 = 28;
const COLUMN: f32 = 10.0;
/// The plot lies between these heights.
const TOP: f32 = 6.0;
const BOTTOM: f32 = 54.0;
/// How far from its aim a time still moves its point, in minutes: at least, so that a few are not made much of; at most, so that one night does not flatten the others.
const TIME_REACH: std::ops::RangeInclusive<i32> = 30..=180;

#[derive(Debug, Clone)]
pub struct Dot {
    pub x: f32,
    pub y: f32,
    pub class: &'static str,
}

#[derive(Debug, Clone)]
pub struct Bar {
    pub x: f32,
    pub y: f32,
    pub height: f32,
}

/// One measure as a picture, with the same in words.
#[derive(Debug, Clone)]
pub struct Picture {
    pub words: String,
    /// "by 9:30 pm"
    pub aim: String,
    /// "3 of the 4 days you wrote down"
    pub said: String,
    pub height: f32,
    pub aim_y: Option<f32>,
    pub dots: Vec<Dot>,
    pub bars: Vec<Bar>,
}

/// What is aimed for, in words.
pub fn aim(language: Language, measure: Measure) -> String {
    let Some((bound, aim)) = measure.bound().zip(measure.aim()) else { return language.t("goal-aim-done") };
    let side = if bound == Bound::AtMost { "most" } else { "least" };
    let value = if matches!(measure, Measure::Time { .. }) { when::minute(language, aim) } else { aim.to_string() };
    language.say(&format!("goal-aim-{}-{side}", measure.kind()), &[("aim", value)])
}

fn said(language: Language, looked: &Looked, going: &Going, entries: &Entries, today: Date) -> String {
    let parts = [("met", going.met.to_string()), ("known", going.known.to_string())];
    match looked.measure {
        Measure::Count { .. } => {
            let week = language.say("goal-this-week", &[("count", progress::this_week(looked, entries, today).to_string())]);
            if going.known == 0 { week } else { format!("{week} {}", language.say("goal-weeks-met", &parts)) }
        }
        _ if going.known == 0 => language.t("goal-nothing-yet"),
        _ => language.say("goal-days-met", &parts),
    }
}

/// How far the furthest time of these weeks lies from its aim, within bounds.
fn reach(looked: &Looked, going: &Going) -> i32 {
    let Measure::Time { aim, .. } = looked.measure else { return *TIME_REACH.start() };
    let furthest = going.day.iter().filter_map(|(.., value)| value.map(|value| late_by(value, aim).abs())).max().unwrap_or(0);
    furthest.clamp(*TIME_REACH.start(), *TIME_REACH.end())
}

/// Where a day's value stands, the aim in the middle of a time's plot.
fn height_of(measure: Measure, value: i32, reach: i32) -> f32 {
    let share = match measure {
        Measure::Time { aim, .. } => 0.5 - late_by(value, aim).clamp(-reach, reach) as f32 / (2 * reach) as f32,
        Measure::Scale { .. } => value as f32 / 10.0,
        _ => 0.5,
    };
    BOTTOM - share * (BOTTOM - TOP)
}

fn dots(looked: &Looked, going: &Going, flat: bool) -> Vec<Dot> {
    let reach = reach(looked, going);
    let days = going.day.iter().enumerate().filter_map(|(at, (_, state, value))| {
        let class = match state {
            Day::Off => return None,
            Day::Open => "open",
            Day::Met => "met",
            Day::Other => "other",
        };
        let y = match value {
            _ if flat => 12.0,
            Some(value) => height_of(looked.measure, *value, reach),
            None => BOTTOM,
        };
        Some(Dot { x: at as f32 * COLUMN + COLUMN / 2.0, y, class })
    });
    days.collect()
}

/// The sums of up to five weeks, the highest as high as the plot.
fn bars(going: &Going, aim: i32) -> (Vec<Bar>, f32) {
    let mut sums: Vec<(usize, Date, i32)> = Vec::new();
    for (at, (day, _, value)) in going.day.iter().enumerate() {
        let week = progress::monday(*day);
        match sums.last_mut() {
            Some((_, last, sum)) if *last == week => *sum += value.unwrap_or(0),
            _ => sums.push((at, week, value.unwrap_or(0))),
        }
    }
    let most = sums.iter().map(|(.., sum)| *sum).max().unwrap_or(0).max(aim).max(1) as f32;
    let high = |value: i32| value as f32 / most * (BOTTOM - TOP);
    let bars = sums.iter().map(|(at, _, sum)| Bar { x: *at as f32 * COLUMN + 4.0, y: BOTTOM - high(*sum), height: high(*sum) }).collect();
    (bars, BOTTOM - high(aim))
}

fn of_measure(language: Language, looked: &Looked, kept: &Kept, entries: &Entries, today: Date) -> Picture {
    let going = progress::of_measure(looked, kept.goal.days, entries, today, DAYS);
    let mut picture = Picture {
        words: looked.words.clone(),
        aim: aim(language, looked.measure),
        said: said(language, looked, &going, entries, today),
        height: BOTTOM + TOP,
        aim_y: None,
        dots: Vec::new(),
        bars: Vec::new(),
    };
    match looked.measure {
        Measure::Count { aim, .. } => {
            let (bars, aim_y) = bars(&going, aim);
            (picture.bars, picture.aim_y) = (bars, Some(aim_y));
        }
        Measure::Done => (picture.dots, picture.height) = (dots(looked, &going, true), 24.0),
        measure => {
            picture.aim_y = measure.aim().map(|aim| height_of(measure, aim, reach(looked, &going)));
            picture.dots = dots(looked, &going, false);
        }
    }
    picture
}

/// Every measure of a goal.
pub fn pictures(language: Language, kept: &Kept, entries: &Entries, today: Date) -> Vec<Picture> {
    kept.goal.looked.iter().map(|looked| of_measure(language, looked, kept, entries, today)).collect()
}

/// The first day that the pictures need.
pub fn since(today: Date) -> Date {
    progress::days(today, DAYS).next().unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use care::goals::{Days, Entry, Goal};
    use jiff::civil::date;

    use super::*;
    use crate::goals::queries::draft;

    const TODAY: Date = date(2026, 11, 29);

    fn kept(measure: Measure, days: Days) -> Kept {
        draft(7, Goal { looked: vec![Looked { number: 1, words: "Bed".into(), measure }], days, ..Goal::default() })
    }

    /// What was written down so many days ago.
    fn entries(values: &[(i32, i32)]) -> Entries {
        let day = |back: i32| progress::days(TODAY, back + 1).next().unwrap();
        values.iter().map(|(back, value)| (day(*back), Entry { value: [(1, *value)].into(), note: String::new() })).collect()
    }

    fn picture(measure: Measure, days: Days, values: &[(i32, i32)]) -> Picture {
        pictures(Language::English, &kept(measure, days), &entries(values), TODAY).remove(0)
    }

    const BED: Measure = Measure::Time { bound: Bound::AtMost, aim: 21 * 60 + 30 };

    #[test]
    fn a_time_stands_above_its_aim_when_it_is_early_and_below_when_it_is_late() {
        let shown = picture(BED, Days::EVERY, &[(2, 21 * 60), (1, 21 * 60 + 30), (0, 30)]);
        let aim = shown.aim_y.unwrap();
        let last: Vec<f32> = shown.dots.iter().rev().take(3).map(|dot| dot.y).collect();
        assert!(last[0] > aim && (last[1] - aim).abs() < 0.01 && last[2] < aim, "{last:?} around {aim}");
        assert_eq!(shown.dots.iter().rev().take(3).map(|dot| dot.class).collect::<Vec<_>>(), ["other", "met", "met"]);
        assert!((aim - (TOP + BOTTOM) / 2.0).abs() < 0.01, "the aim stands in the middle");
    }

    #[test]
    fn one_bad_night_does_not_flatten_the_others_and_minutes_are_not_made_much_of() {
        let wild = picture(BED, Days::EVERY, &[(1, 21 * 60 + 40), (0, 9 * 60)]);
        let late = wild.dots.iter().rev().nth(1).unwrap().y - wild.aim_y.unwrap();
        assert!(late > 1.0, "ten minutes are still seen beside a night that never was: {late}");
        let calm = picture(BED, Days::EVERY, &[(0, 21 * 60 + 32)]);
        let little = calm.dots.last().unwrap().y - calm.aim_y.unwrap();
        assert!(little < (BOTTOM - TOP) / 8.0, "two minutes are two minutes: {little}");
        assert!(wild.dots.iter().chain(&calm.dots).all(|dot| (TOP..=BOTTOM).contains(&dot.y)), "everything stays inside");
    }

    #[test]
    fn days_off_are_left_out_and_open_days_are_small_dots() {
        let shown = picture(Measure::Done, Days::WORKING, &[(3, 1), (4, 0)]);
        assert_eq!(shown.dots.len(), 20, "four weeks of five days");
        let count = |class: &str| shown.dots.iter().filter(|dot| dot.class == class).count();
        assert_eq!((count("met"), count("other"), count("open")), (1, 1, 18));
        assert!(shown.dots.windows(2).all(|pair| pair[0].x < pair[1].x), "from left to right");
        assert_eq!(shown.said, "As you wanted on 1 of the 2 days you wrote down.");
        assert_eq!(picture(Measure::Done, Days::EVERY, &[]).said, "Nothing written down yet.");
    }

    #[test]
    fn a_count_is_a_bar_for_each_week_with_its_aim() {
        let measure = Measure::Count { bound: Bound::AtMost, aim: 4 };
        let shown = picture(measure, Days::EVERY, &[(0, 1), (1, 1), (7, 4), (8, 4), (14, 2)]);
        assert!(shown.dots.is_empty() && (4..=5).contains(&shown.bars.len()));
        let highest = shown.bars.iter().map(|bar| bar.height).fold(0.0, f32::max);
        assert!((highest - (BOTTOM - TOP)).abs() < 0.01, "the week with eight is as high as there is room");
        let aim = BOTTOM - shown.aim_y.unwrap();
        assert!((aim * 2.0 - highest).abs() < 0.01, "the aim stands at half of it");
        assert_eq!(shown.said, "This week: 2. Weeks as you wanted: 1 of 2.");
        let none = picture(measure, Days::EVERY, &[]);
        assert!(none.bars.iter().all(|bar| bar.height == 0.0) && none.said == "This week: 0.");
    }

    #[test]
    fn every_aim_is_said_in_both_languages() {
        let both = |measure: Measure| Language::ALL.map(|language| aim(language, measure));
        assert_eq!(both(BED), ["by 9:30 pm", "a las 21:30 como tarde"]);
        assert_eq!(both(Measure::Time { bound: Bound::AtLeast, aim: 5 }), ["not before 12:05 am", "no antes de las 0:05"]);
        assert_eq!(both(Measure::Count { bound: Bound::AtLeast, aim: 3 }), ["at least 3 a week", "al menos 3 por semana"]);
        assert_eq!(both(Measure::Scale { bound: Bound::AtMost, aim: 4 }), ["at most 4 of 10", "como mucho 4 de 10"]);
        assert_eq!(both(Measure::Done), ["done or not", "hecho o no"]);
    }
}
