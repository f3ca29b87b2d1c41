//! What is known of one person: their evenings, their scores, what they left undone.

use care::{
    measures::{Instrument, change, score},
    outcomes::{Came, Climate, Lately},
};
use ground::{Fault, House, Moment};

use super::queries::{self, Evening};
use crate::measures::{Measure, find_instrument, sent};

/// Everything of one instrument that has a total, the oldest first.
#[derive(Debug, Clone)]
pub struct Series {
    pub instrument: Instrument,
    pub scores: Vec<(Moment, i64)>,
    /// The sentence for the last band; `None` where there is none.
    pub level: Option<u8>,
    pub last: Measure,
}

impl Series {
    fn is_harder(&self) -> bool {
        let (Some(first), Some(last), Some(rule)) = (self.scores.first(), self.scores.last(), self.instrument.changes.first()) else {
            return false;
        };
        change::outcome(&self.instrument, rule, first.1, last.1) == change::Outcome::Deteriorated
    }
}

/// Scores by instrument. A text whose key is gone is not there any more.
pub async fn series(house: &House, person: i64) -> Result<Vec<Series>, Fault> {
    let mut all: Vec<Series> = Vec::new();
    for row in sent(&house.db, person).await? {
        let (Ok(kept), Some(at)) = (row.opened(house).await, row.completed_at) else { continue };
        let Some((score, total)) = kept.score.and_then(|score| Some((score, score.total?))) else { continue };
        let place = all.iter().position(|one| one.instrument.id == row.slug);
        let place = match place {
            Some(place) => place,
            None => {
                let Some(instrument) = find_instrument(&house.db, &row.slug, &row.version).await? else { continue };
                all.push(Series { instrument, scores: Vec::new(), level: None, last: row.clone() });
                all.len() - 1
            }
        };
        let one = &mut all[place];
        one.level = score::band(&one.instrument, &score).map(|band| band.level);
        one.scores.push((at, total));
        one.last = row;
    }
    // The same order for everybody, whichever they sent first.
    all.sort_by(|a, b| a.instrument.short.cmp(&b.instrument.short));
    Ok(all)
}

pub fn moods(evenings: &[Evening]) -> Vec<u8> {
    evenings.iter().filter_map(|one| one.answer.check_in.as_ref().map(|check_in| check_in.mood)).collect()
}

/// What somebody answered to one question of the card, evening by evening.
pub fn climate(evenings: &[Evening], question: Climate) -> Vec<u8> {
    let said = |one: &Evening| {
        let closing = one.answer.closing.as_ref()?;
        match question {
            Climate::Heard => closing.heard,
            Climate::Safe => closing.safe,
            Climate::Useful => closing.useful,
            Climate::Connected => closing.connected,
        }
    };
    evenings.iter().filter_map(said).collect()
}

pub fn came(evenings: &[Evening], how: Came) -> usize {
    evenings.iter().filter(|one| one.came == how).count()
}

/// What the warning is made of.
pub async fn lately(house: &House, group: i64, person: i64, evenings: &[Evening], series: &[Series]) -> Result<Lately, Fault> {
    let now = house.clock.now();
    let (homework, asked) = (queries::homework(&house.db, person, now).await?, queries::asked(&house.db, person, now).await?);
    let count = |n: i64| usize::try_from(n).unwrap_or(0);
    let pauses = queries::pauses(&house.db, group, person, now).await?;
    Ok(Lately {
        came: if pauses { Vec::new() } else { evenings.iter().map(|one| one.came).collect() },
        homework: count(homework.due),
        homework_done: count(homework.done),
        asked: count(asked.due),
        sent: count(asked.done),
        moods: moods(evenings),
        heard: climate(evenings, Climate::Heard),
        harder: series.iter().any(Series::is_harder),
    })
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::outcomes::queries::{Answer, Closing, Mood};

    pub fn evening(week: i64, came: Came, mood: Option<u8>, heard: Option<u8>) -> Evening {
        let closing = heard.map(|heard| Closing { heard: Some(heard), safe: None, useful: Some(7), connected: Some(week as u8 % 10) });
        Evening {
            session: week,
            group: 9,
            group_name: "Lanterns".into(),
            starts_at: Moment(week * 604_800_000_000),
            came,
            answer: Answer { check_in: mood.map(|mood| Mood { mood }), closing },
        }
    }

    pub fn series_of(slug: &str, totals: &[i64]) -> Series {
        let instrument = care::measures::shipped().unwrap().into_iter().find(|one| one.id == slug).unwrap();
        let scores = totals.iter().zip(0..).map(|(total, week)| (Moment(week * 604_800_000_000), *total)).collect();
        Series { instrument, scores, level: Some(2), last: Measure::sample(5, slug) }
    }

    #[test]
    fn what_was_said_is_found_by_its_question() {
        let all = [evening(1, Came::There, Some(4), Some(8)), evening(2, Came::Said, None, None), evening(3, Came::There, Some(6), None)];
        assert_eq!((moods(&all), climate(&all, Climate::Heard)), (vec![4, 6], vec![8]));
        assert_eq!(
            (climate(&all, Climate::Safe), climate(&all, Climate::Useful), climate(&all, Climate::Connected)),
            (vec![], vec![7], vec![1])
        );
        assert_eq!((came(&all, Came::There), came(&all, Came::Said), came(&all, Came::Missed)), (2, 1, 0));
    }

    #[test]
    fn harder_is_a_reliable_change_for_the_worse_and_nothing_less() {
        assert!(series_of("phq-9", &[8, 14]).is_harder() && !series_of("phq-9", &[8, 13]).is_harder());
        assert!(!series_of("phq-9", &[8]).is_harder() && !series_of("phq-9", &[]).is_harder());
        assert!(!series_of("phq-9", &[8, 20, 9]).is_harder(), "what counts is how it is now");
        assert!(!series_of("audit-c", &[0, 12]).is_harder(), "without a rule nothing is called a change");
    }

    /// The live room writes more than is read here, and may write less.
    #[test]
    fn an_answer_is_read_as_the_room_writes_it() {
        let whole = r#"{"check_in":{"mood":3,"word":"x","concern":"y","to_group":true},"passed":false,"closing":{"mood":4,"heard":7,"safe":null,"useful":6,"connected":1,"line":"z"}}"#;
        let answer: Answer = serde_json::from_str(whole).unwrap();
        let closing = answer.closing.unwrap();
        assert_eq!((answer.check_in.unwrap().mood, closing.heard, closing.safe, closing.connected), (3, Some(7), None, Some(1)));
        for nothing in [r#"{"check_in":null,"passed":true,"closing":null}"#, "{}"] {
            assert_eq!(serde_json::from_str::<Answer>(nothing).unwrap(), Answer::default());
        }
    }
}
