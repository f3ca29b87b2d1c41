//! The best plan for new groups, as an integer programme: good_lp writes it down, HiGHS searches.
//!
//! Binary `open[c]` for each candidate group and `sits[i, c]` for each person who fits it; `band[c, a]` is at most one and counts an age band
//! once. A person sits once, a leader leads once, a group is empty or has its size. What a placing is worth says `care::forming`.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use care::forming::{self, AGE_BAND, Applicant, Candidate, Formed, Size};
use good_lp::{
    Constraint, Expression, SolverModel, Variable, constraint,
    solvers::highs::{HighsProblem, highs},
    variable, variables,
};

/// Near enough to the best: the last half percent is worth less than a coordinator's time.
const GAP: f64 = 0.005;

/// A plan, and how good it could be at most.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    pub groups: Vec<Formed>,
    /// What it is worth, in the points of `care::forming`.
    pub value: u32,
    /// No plan is worth more than this; missing if the search had no time to say.
    pub bound: Option<f64>,
}

impl Plan {
    /// How far the plan is from the bound, from 0 to 1.
    pub fn distance(&self) -> Option<f64> {
        let bound = self.bound?;
        (bound > 0.0).then(|| ((bound - f64::from(self.value)) / bound).max(0.0))
    }
}

/// Searches for at most `patience`. Blocks its thread. What comes back holds (`forming::flaw`), and is never worse than the greedy plan.
pub fn best(applicants: &[Applicant], candidates: &[Candidate], size: Size, patience: Duration) -> Plan {
    let greedy = forming::greedy(candidates, size);
    let simple = Plan { value: forming::value(&greedy, applicants, candidates), groups: greedy, bound: None };
    if candidates.is_empty() {
        return Plan { bound: Some(0.0), ..simple };
    }
    let Some(found) = search(applicants, candidates, size, patience) else { return simple };
    let is_better = found.value >= simple.value && forming::flaw(&found.groups, candidates, size).is_none();
    if is_better { found } else { Plan { bound: found.bound, ..simple } }
}

/// The programme in numbers: which column is what.
struct Columns {
    open: Vec<Variable>,
    /// Person, candidate.
    sits: Vec<(usize, usize, Variable)>,
    /// Candidate, age, column.
    bands: Vec<(usize, String, Variable)>,
}

fn search(applicants: &[Applicant], candidates: &[Candidate], size: Size, patience: Duration) -> Option<Plan> {
    let mut all = variables!();
    let open: Vec<Variable> = candidates.iter().map(|_| all.add(variable().binary())).collect();
    let pairs = candidates.iter().enumerate().flat_map(|(index, candidate)| candidate.fits.iter().map(move |person| (*person, index)));
    let sits: Vec<_> = pairs.map(|(person, candidate)| (person, candidate, all.add(variable().binary()))).collect();
    let mut bands = Vec::new();
    for (index, candidate) in candidates.iter().enumerate() {
        let ages: BTreeSet<&String> = candidate.fits.iter().map(|person| &applicants[*person].age).filter(|age| !age.is_empty()).collect();
        bands.extend(ages.into_iter().map(|age| (index, age.clone(), all.add(variable().min(0).max(1)))));
    }
    let columns = Columns { open, sits, bands };
    let mut worth = Expression::default();
    for (person, candidate, sits) in &columns.sits {
        worth += f64::from(forming::worth(&applicants[*person], &candidates[*candidate])) * *sits;
    }
    for (_, _, band) in &columns.bands {
        worth += f64::from(AGE_BAND) * *band;
    }
    let mut problem = all.maximise(worth).using(highs);
    for rule in rules(applicants, candidates, size, &columns) {
        problem.add_constraint(rule);
    }
    solved(problem, patience, applicants, candidates, &columns)
}

fn rules(applicants: &[Applicant], candidates: &[Candidate], size: Size, columns: &Columns) -> Vec<Constraint> {
    let mut of_person: BTreeMap<usize, Expression> = BTreeMap::new();
    let mut of_group: BTreeMap<usize, Expression> = BTreeMap::new();
    let mut of_band: BTreeMap<(usize, &str), Expression> = BTreeMap::new();
    for (person, candidate, sits) in &columns.sits {
        *of_person.entry(*person).or_default() += *sits;
        *of_group.entry(*candidate).or_default() += *sits;
        *of_band.entry((*candidate, applicants[*person].age.as_str())).or_default() += *sits;
    }
    let mut of_leader: BTreeMap<i64, Expression> = BTreeMap::new();
    for (candidate, open) in candidates.iter().zip(&columns.open) {
        *of_leader.entry(candidate.leader).or_default() += *open;
    }
    let mut rules: Vec<Constraint> = of_person.into_values().map(|seats| constraint!(seats <= 1)).collect();
    rules.extend(of_leader.into_values().map(|groups| constraint!(groups <= 1)));
    for (candidate, people) in of_group {
        let open = columns.open[candidate];
        rules.push(constraint!(people.clone() >= size.least as f64 * open));
        rules.push(constraint!(people <= size.most as f64 * open));
    }
    for (candidate, age, band) in &columns.bands {
        if let Some(people) = of_band.remove(&(*candidate, age.as_str())) {
            rules.push(constraint!(*band <= people));
        }
    }
    rules
}

/// Solved below good_lp, because only there HiGHS tells how far it is from the best there can be.
fn solved(
    problem: HighsProblem,
    patience: Duration,
    applicants: &[Applicant],
    candidates: &[Candidate],
    columns: &Columns,
) -> Option<Plan> {
    let mut model = problem.try_into_inner().ok()?;
    model.make_quiet();
    model.try_set_option("time_limit", patience.as_secs_f64()).ok()?;
    model.try_set_option("mip_rel_gap", GAP).ok()?;
    model.try_set_option("threads", 1).ok()?;
    let solved = model.try_solve().ok()?;
    // Without any solution in time the columns are all zero, or nothing at all.
    let solution = solved.get_solution();
    let value_of = |column: usize| solution.columns().get(column).copied().unwrap_or_default();
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, (person, candidate, _)) in columns.sits.iter().enumerate() {
        // The columns stand in the order in which they were made: first the groups, then the seats.
        if value_of(columns.open.len() + index) > 0.5 {
            groups.entry(*candidate).or_default().push(*person);
        }
    }
    let groups: Vec<Formed> = groups.into_iter().map(|(candidate, people)| Formed { candidate, people }).collect();
    let (value, gap) = (forming::value(&groups, applicants, candidates), solved.mip_gap());
    let bound = gap.is_finite().then(|| solved.objective_value() * (1.0 + gap.max(0.0)));
    Some(Plan { groups, value, bound })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SIZE: Size = Size { least: 3, most: 5 };
    const SECOND: Duration = Duration::from_secs(10);

    fn words(all: &'static [&'static str], most: usize) -> impl Strategy<Value = BTreeSet<String>> {
        prop::collection::btree_set(prop::sample::select(all).prop_map(str::to_owned), 1..=most)
    }

    fn somebody() -> impl Strategy<Value = Applicant> {
        let free = prop::collection::btree_set((1u8..=2, prop::sample::select(&["morning", "evening"][..]).prop_map(str::to_owned)), 1..=3);
        let place = prop::sample::select(&["NY", "NJ", "CA"][..]);
        let language = prop::sample::select(&["en", "es", "either"][..]);
        let age = prop::sample::select(&["", "18-24", "65"][..]);
        (words(&["grief", "anger"], 2), words(&["calm", "mood", "habits", "conflict"], 3), free, place, language, age).prop_map(
            |(topics, aims, free, residence, language, age)| Applicant {
                id: 0,
                topics,
                aims,
                free,
                residence: residence.into(),
                language: language.into(),
                age: age.into(),
            },
        )
    }

    fn leaders() -> Vec<forming::Leader> {
        let leader =
            |id, places: &[&str]| forming::Leader { id, places: places.iter().map(|place| (*place).to_owned()).collect(), free: None };
        vec![leader(1, &["NY", "NJ"]), leader(2, &["NY"])]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        /// Whatever the people: the plan holds, is not worse than the simple one, and no better than its own bound.
        #[test]
        fn the_plan_holds_and_is_at_least_as_good_as_the_greedy_one(people in prop::collection::vec(somebody(), 0..24)) {
            let found = forming::candidates(&people, &leaders(), SIZE);
            let plan = best(&people, &found, SIZE, SECOND);
            prop_assert_eq!(forming::flaw(&plan.groups, &found, SIZE), None);
            let greedy = forming::greedy(&found, SIZE);
            prop_assert_eq!(forming::flaw(&greedy, &found, SIZE), None);
            prop_assert!(plan.value >= forming::value(&greedy, &people, &found));
            let bound = plan.bound.unwrap();
            prop_assert!(f64::from(plan.value) <= bound + 1e-6, "{} above {}", plan.value, bound);
            prop_assert!(plan.distance().unwrap_or(0.0) <= 0.01 + 1e-9);
        }
    }

    /// The greedy way takes five for one leader and leaves the other too few; the best plan seats all eight.
    #[test]
    fn the_best_plan_sees_further_than_the_next_step() {
        let person = |place: &str| Applicant {
            id: 0,
            topics: ["grief".to_owned()].into(),
            aims: BTreeSet::new(),
            free: [(2, "evening".to_owned())].into(),
            residence: place.into(),
            language: "en".into(),
            age: String::new(),
        };
        let people: Vec<_> = ["NY", "NY", "NY", "NY", "NJ", "NJ", "NJ"].map(person).to_vec();
        let found = forming::candidates(&people, &leaders(), SIZE);
        let plan = best(&people, &found, SIZE, SECOND);
        let seated: usize = plan.groups.iter().map(|group| group.people.len()).sum();
        assert_eq!((seated, plan.groups.len()), (7, 2));
        assert_eq!(plan.distance(), Some(0.0));
    }

    #[test]
    fn nobody_makes_no_group() {
        assert_eq!(best(&[], &[], SIZE, SECOND), Plan { groups: vec![], value: 0, bound: Some(0.0) });
    }
}
