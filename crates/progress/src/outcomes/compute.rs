//! Once an hour: the practice's figures, worked out from what members sent and kept without any of them.
//!
//! Scores stay sealed (docs/decisions/0050, 0051). When something was sent stands in the clear; so only the first and the last in time are opened.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    time::Duration,
};

use care::{
    measures::{Instrument, schedule::Occasion},
    outcomes::{self, Course, Figure, Hidden, Scored, WEEKS, beginning, end, hide, hide_within, median},
};
use ground::{
    Deed, Fault, House, Moment,
    outcome::{self, Feedback, Told},
};

use super::queries::{self, Later, Sent, Way};
use crate::measures::{askable, one};

/// Instruments that the figure can be told of: with a cut-off for everybody and a rule for change.
pub async fn measured(house: &House) -> Result<Vec<Instrument>, Fault> {
    let mut all = askable(&house.db).await?;
    all.retain(|one| !one.changes.is_empty() && one.cutoffs.iter().any(|cutoff| cutoff.whom.is_empty()));
    Ok(all)
}

/// Safe to run as often as one likes, and by two at once.
pub async fn compute(house: &House) -> Result<(), Fault> {
    let now = house.clock.now();
    let since = now.minus(Duration::from_secs(7 * 86_400) * u32::try_from(WEEKS).unwrap_or(8));
    let ways = queries::ways(&house.db, since).await?;
    let mut all = Vec::new();
    for instrument in measured(house).await? {
        let sent = by_person(house, &instrument.id).await?;
        all.extend(lines(&instrument.id, &courses(house, &instrument, &ways, &sent, now).await?));
        all.extend(afterwards(&instrument.id, &later(house, &instrument, &ways, &sent, now).await?));
    }
    let feedback = feedback(&queries::useful(house, since).await?, now);
    let tx = house.db.write().await?;
    outcome::keep(&tx, &all, feedback).await?;
    tx.commit(Deed::new(0, "outcomes.compute", "practice")).await
}

type ByPerson = HashMap<i64, Vec<Sent>>;

async fn by_person(house: &House, slug: &str) -> Result<ByPerson, Fault> {
    let mut sent = ByPerson::new();
    for one in queries::sent(&house.db, slug).await? {
        sent.entry(one.person_id).or_default().push(one);
    }
    Ok(sent)
}

/// Each way whose eight weeks are over, in the order in which they began.
async fn courses<'a>(
    house: &House,
    instrument: &Instrument,
    ways: &'a [Way],
    sent: &ByPerson,
    now: Moment,
) -> Result<Vec<(&'a Way, Course)>, Fault> {
    let Some(rule) = instrument.changes.first() else { return Ok(Vec::new()) };
    let mut all = Vec::new();
    for way in ways {
        let sent = sent.get(&way.person_id).map_or(&[][..], Vec::as_slice);
        let scores = first_and_last(house, way, sent).await?;
        if let Some(course) = Course::of(instrument, rule, way.first_at.timestamp(), &scores, now.timestamp()) {
            all.push((way, course));
        }
    }
    Ok(all)
}

/// One, three and six months after the end, beside where the same person began. Whoever was asked and did not answer is in it as missing.
async fn later(
    house: &House,
    instrument: &Instrument,
    ways: &[Way],
    sent: &ByPerson,
    now: Moment,
) -> Result<Vec<(i64, i64, Course)>, Fault> {
    let Some(rule) = instrument.changes.first() else { return Ok(Vec::new()) };
    let mut all = Vec::new();
    for Later { id, person_id, occasion, completed_at } in queries::later(&house.db, &instrument.id, now).await? {
        let Some((months, membership)) = Occasion::afterwards(&occasion) else { continue };
        let Some(way) = ways.iter().find(|way| way.membership == membership) else { continue };
        let before = first(house, way, sent.get(&person_id).map_or(&[][..], Vec::as_slice)).await?.map(|one| one.total);
        let then = match completed_at {
            Some(completed_at) => total(house, &Sent { id, person_id, completed_at }).await?.map(|one| one.total),
            None => None,
        };
        all.extend(Course::between(instrument, rule, before, then).map(|course| (months, person_id, course)));
    }
    Ok(all)
}

/// The first total around the first session.
async fn first(house: &House, way: &Way, sent: &[Sent]) -> Result<Option<Scored>, Fault> {
    let (from, to) = beginning(way.first_at.timestamp());
    for one in sent.iter().filter(|one| (from..=to).contains(&one.completed_at.timestamp())) {
        if let Some(scored) = total(house, one).await? {
            return Ok(Some(scored));
        }
    }
    Ok(None)
}

/// The first total and the last until day 56; whatever lies between stays closed.
async fn first_and_last(house: &House, way: &Way, sent: &[Sent]) -> Result<Vec<Scored>, Fault> {
    let first_at = way.first_at.timestamp();
    let Some(first) = first(house, way, sent).await? else { return Ok(Vec::new()) };
    let mut found = vec![first];
    let later = |one: &&Sent| one.completed_at.timestamp() > first.at && one.completed_at.timestamp() <= end(first_at);
    for one in sent.iter().rev().filter(later) {
        if let Some(scored) = total(house, one).await? {
            found.push(scored);
            break;
        }
    }
    Ok(found)
}

/// `None` where too much was left out to be added up, and where the key is gone.
async fn total(house: &House, sent: &Sent) -> Result<Option<Scored>, Fault> {
    let Some(row) = one(&house.db, sent.person_id, sent.id).await? else { return Ok(None) };
    let Ok(kept) = row.opened(house).await else { return Ok(None) };
    Ok(kept.score.and_then(|score| score.total).map(|total| Scored { at: sent.completed_at.timestamp(), total }))
}

/// In each line everybody counts once: whoever went two ways, by the first.
fn lines(slug: &str, courses: &[(&Way, Course)]) -> Vec<Told> {
    let (mut practice, mut met) = (Figure::default(), HashSet::new());
    let mut topics: BTreeMap<&str, (Figure, BTreeMap<i64, Figure>)> = BTreeMap::new();
    for (way, course) in courses {
        let mut once = |about: String| met.insert((way.person_id, about));
        if once(String::new()) {
            practice.add(*course);
        }
        let (topic, groups) = topics.entry(&way.topic).or_default();
        if once(format!("topic/{}", way.topic)) {
            topic.add(*course);
        }
        if once(format!("group/{}", way.group_id)) {
            groups.entry(way.group_id).or_default().add(*course);
        }
    }
    if courses.is_empty() {
        return Vec::new();
    }
    let line = |part: &str, about: String, hidden, figure| Told { slug: slug.into(), part: part.into(), about, hidden, figure };
    let starters: Vec<Vec<u32>> = topics.values().map(|(_, groups)| groups.values().map(|one| one.starters).collect()).collect();
    let whole = hide(&[practice.starters])[0];
    let mut all = vec![line("practice", String::new(), whole, practice)];
    for ((topic, (figure, groups)), (hidden, inside)) in topics.into_iter().zip(hide_within(&starters)) {
        all.push(line("topic", topic.into(), own(hidden, &figure), figure));
        for ((group, figure), hidden) in groups.into_iter().zip(inside) {
            all.push(line("group", group.to_string(), own(hidden, &figure), figure));
        }
    }
    all
}

/// One line for each distance from the end, for the practice alone: a group's own would be a handful. Everybody counts once in each.
fn afterwards(slug: &str, all: &[(i64, i64, Course)]) -> Vec<Told> {
    let (mut figures, mut met) = (BTreeMap::<i64, Figure>::new(), HashSet::new());
    for (months, person, course) in all {
        if met.insert((months, person)) {
            figures.entry(*months).or_default().add(*course);
        }
    }
    let line = |(months, figure): (i64, Figure)| Told {
        slug: slug.into(),
        part: "after".into(),
        about: months.to_string(),
        hidden: own(None, &figure),
        figure,
    };
    figures.into_iter().map(line).collect()
}

/// Whoever is in two groups of a topic counts once in it, so that it may be smaller than its groups together.
fn own(hidden: Option<Hidden>, figure: &Figure) -> Option<Hidden> {
    hidden.or((figure.starters < outcomes::FEWEST).then_some(Hidden::Few))
}

fn feedback(useful: &[Vec<u8>], now: Moment) -> Feedback {
    let mut middles: Vec<f64> = useful.iter().filter_map(|one| median(one)).collect();
    middles.sort_by(f64::total_cmp);
    let half = middles.len() / 2;
    let middle = match middles.len() {
        0 => 0.0,
        odd if odd % 2 == 1 => middles[half],
        _ => (middles[half - 1] + middles[half]) / 2.0,
    };
    let people = i64::try_from(middles.len()).unwrap_or(0);
    Feedback { people, tenths: (middle * 10.0).round() as i64, computed_at: now }
}

#[cfg(test)]
mod tests {
    use care::outcomes::Beginning;

    use super::*;

    fn way(person: i64, group: i64, topic: &str) -> Way {
        Way { membership: person, person_id: person, group_id: group, topic: topic.into(), first_at: Moment(person) }
    }

    const BETTER: Course = Course { began: Beginning::Clinical, improved: Some(true) };
    const GONE: Course = Course { began: Beginning::Clinical, improved: None };

    fn of<'a>(all: &'a [Told], part: &str, about: &str) -> &'a Told {
        all.iter().find(|one| one.part == part && one.about == about).unwrap()
    }

    #[test]
    fn whoever_goes_two_ways_counts_once_in_each_line() {
        let ways: Vec<_> = (0..12).map(|person| way(person, 1, "grief")).chain((0..12).map(|person| way(person, 2, "grief"))).collect();
        // The second way went better; what counts of two is the first.
        let courses: Vec<_> = ways.iter().map(|way| (way, if way.group_id == 1 { GONE } else { BETTER })).collect();
        let all = lines("phq-9", &courses);
        assert_eq!(all.len(), 4);
        assert_eq!((of(&all, "practice", "").figure.starters, of(&all, "practice", "").figure.improved), (12, 0));
        assert_eq!((of(&all, "topic", "grief").figure.starters, of(&all, "group", "2").figure.improved), (12, 12));
        assert!(all.iter().all(|one| one.hidden.is_none()));
    }

    #[test]
    fn small_lines_are_hidden_and_so_is_what_would_tell_them() {
        let ways: Vec<_> = (0..30)
            .map(|person| {
                if person < 15 {
                    way(person, 1, "grief")
                } else if person < 18 {
                    way(person, 2, "grief")
                } else {
                    way(person, 3, "anger")
                }
            })
            .collect();
        let courses: Vec<_> = ways.iter().map(|way| (way, BETTER)).collect();
        let all = lines("phq-9", &courses);
        assert_eq!(of(&all, "group", "2").hidden, Some(Hidden::Few));
        assert_eq!(of(&all, "group", "1").hidden, Some(Hidden::Neighbour));
        assert_eq!((of(&all, "topic", "grief").hidden, of(&all, "group", "3").hidden), (None, None));
        let few = lines("phq-9", &courses[..9]);
        assert!(few.iter().all(|one| one.hidden == Some(Hidden::Few)));
        assert!(lines("phq-9", &[]).is_empty(), "no line says that there is nobody");
    }

    #[test]
    fn a_topic_with_many_groups_of_the_same_people_is_small_all_the_same() {
        let ways: Vec<_> = [1, 2, 3].into_iter().flat_map(|group| (0..6).map(move |person| way(person, group, "grief"))).collect();
        let courses: Vec<_> = ways.iter().map(|way| (way, BETTER)).collect();
        assert_eq!(of(&lines("phq-9", &courses), "topic", "grief").hidden, Some(Hidden::Few), "six people in three groups are six");
    }

    #[test]
    fn afterwards_is_counted_apart_and_everybody_once() {
        let answered = (0..11).flat_map(|person| [(1, person, BETTER), (3, person, GONE)]);
        let all = afterwards("phq-9", &answered.chain([(1, 0, GONE), (6, 4, BETTER)]).collect::<Vec<_>>());
        assert_eq!(all.iter().map(|one| one.about.as_str()).collect::<Vec<_>>(), ["1", "3", "6"]);
        assert_eq!((all[0].figure.starters, all[0].figure.improved, all[0].hidden), (11, 11, None));
        assert_eq!((all[1].figure.missing(), all[1].figure.improved), (11, 0));
        assert_eq!(all[2].hidden, Some(Hidden::Few));
        assert!(all.iter().all(|one| one.part == "after"), "and never the figure that visitors see");
        assert!(afterwards("phq-9", &[]).is_empty());
    }

    #[test]
    fn feedback_is_the_middle_of_everybodys_own_middle() {
        let said = [vec![9, 9, 9, 9, 9, 9, 9], vec![2, 4], vec![7]];
        assert_eq!(
            feedback(&said, Moment(5)),
            Feedback { people: 3, tenths: 70, computed_at: Moment(5) },
            "who says more does not count more"
        );
        assert_eq!(feedback(&[vec![7], vec![8]], Moment(0)).tenths, 75);
        assert_eq!(feedback(&[vec![], vec![3, 4], vec![4]], Moment(0)), Feedback { people: 2, tenths: 38, computed_at: Moment(0) });
        assert_eq!(feedback(&[], Moment(0)).people, 0);
    }
}
