//! How a group is doing, for whoever leads it: each member beside themselves, in the order of the seats. Nobody is ranked.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use care::outcomes::{Came, Climate, Reason, against_own, reasons, spread};
use ground::{
    Fault, House, Me, Moment, Ui,
    facts::{self, Part},
    render, when,
};

use super::{
    history::{self, Series},
    line::{Line, line},
    queries::{self, Evening},
};
use crate::measures::{self, Chart};

/// One member with everything that is drawn of them.
pub struct Member {
    pub person: i64,
    pub name: String,
    pub evenings: Vec<Evening>,
    pub series: Vec<Series>,
    pub reasons: Vec<Reason>,
}

#[derive(Template)]
#[template(path = "outcomes/group.html")]
pub struct GroupPage {
    pub ui: Ui,
    pub zone: String,
    pub members: Vec<Member>,
}

/// For "before you start".
#[derive(Template)]
#[template(path = "outcomes/tonight.html")]
pub struct TonightPart {
    pub ui: Ui,
    pub group: i64,
    /// Whoever has a reason to be asked.
    pub members: Vec<(String, Vec<Reason>)>,
}

/// A middle as people write it: "7" or "7.5".
fn middle(ui: &Ui, value: f64) -> String {
    let text = value.to_string();
    if ui.lang() == "es" { text.replace('.', ",") } else { text }
}

impl GroupPage {
    fn attendance(&self, member: &Member) -> Vec<String> {
        let count = |how: Came| history::came(&member.evenings, how);
        let all = member.evenings.len().to_string();
        let mut said = vec![self.ui.t2("group-outcomes-attendance", &("came", &count(Came::There).to_string()), &("all", &all))];
        for (how, key) in [(Came::Said, "group-outcomes-said"), (Came::Missed, "group-outcomes-missed")] {
            if count(how) > 0 {
                said.push(self.ui.t1(key, "count", count(how)));
            }
        }
        said
    }

    fn mood(&self, member: &Member) -> Option<Line> {
        let moods = history::moods(&member.evenings);
        (!moods.is_empty()).then(|| line(&moods))
    }

    fn mood_said(&self, line: &Line) -> String {
        self.ui.t1("group-outcomes-mood-words", "moods", &line.words)
    }

    /// Question by question, the last evening beside this member's own middle.
    fn climate(&self, member: &Member) -> Vec<(String, String)> {
        let row = |question: Climate| {
            let all = history::climate(&member.evenings, question);
            let last = all.last()?.to_string();
            let said = match against_own(&all) {
                Some((stands, own)) => {
                    let parts = [("last", last), ("stands", self.ui.t(stands.key())), ("own", middle(&self.ui, own))];
                    self.ui.language.say("group-outcomes-climate-own", &parts)
                }
                None => self.ui.t1("group-outcomes-climate-first", "last", last),
            };
            Some((self.ui.t(question.key()), said))
        };
        Climate::ALL.into_iter().filter_map(row).collect()
    }

    fn chart(&self, series: &Series) -> Option<Chart> {
        measures::chart(&self.ui, &series.instrument, &series.scores, &self.zone)
    }

    fn score(&self, series: &Series) -> String {
        let total = series.scores.last().map_or(0, |(_, total)| *total).to_string();
        self.ui.t2("group-outcomes-score", &("name", &series.instrument.short), &("total", &total))
    }

    fn scores(&self, series: &Series, chart: &Chart) -> String {
        self.ui.t2("group-outcomes-scores", &("name", &series.instrument.short), &("scores", &chart.words))
    }

    /// The last evenings, the newest first: how many of those who were expected came.
    fn evenings(&self) -> Vec<String> {
        const SHOWN: usize = 8;
        let mut all: Vec<(Moment, i64)> =
            self.members.iter().flat_map(|one| &one.evenings).map(|one| (one.starts_at, one.session)).collect();
        all.sort_unstable();
        all.dedup();
        let sentence = |(at, session): &(Moment, i64)| {
            let of: Vec<_> = self.members.iter().flat_map(|one| &one.evenings).filter(|one| one.session == *session).collect();
            let came = of.iter().filter(|one| one.came == Came::There).count();
            let parts = [("day", when::day(self.ui.language, *at, &self.zone)), ("came", came.to_string()), ("all", of.len().to_string())];
            self.ui.language.say("group-outcomes-evening", &parts)
        };
        all.iter().rev().take(SHOWN).map(sentence).collect()
    }

    /// The group's spread in the last session that had a card.
    fn spreads(&self) -> Vec<(String, String)> {
        let last =
            self.members.iter().flat_map(|one| &one.evenings).filter(|one| one.answer.closing.is_some()).max_by_key(|one| one.starts_at);
        let Some(last) = last.map(|one| one.session) else { return Vec::new() };
        let row = |question: Climate| {
            let of = |member: &Member| {
                let evening: Vec<_> = member.evenings.iter().filter(|one| one.session == last).cloned().collect();
                history::climate(&evening, question).pop()
            };
            let all = spread(&self.members.iter().filter_map(of).collect::<Vec<_>>())?;
            let parts = [
                ("low", all.low.to_string()),
                ("high", all.high.to_string()),
                ("middle", middle(&self.ui, all.middle)),
                ("count", all.count.to_string()),
            ];
            Some((self.ui.t(question.key()), self.ui.language.say("group-outcomes-spread", &parts)))
        };
        Climate::ALL.into_iter().filter_map(row).collect()
    }
}

async fn members(house: &House, group: i64) -> Result<Vec<Member>, Fault> {
    let mut all = Vec::new();
    for one in facts::people_of(&house.db, group).await? {
        if !one.is(Part::Member) {
            continue;
        }
        let (evenings, series) = (queries::in_group(house, group, one.person_id).await?, history::series(house, one.person_id).await?);
        let lately = history::lately(house, group, one.person_id, &evenings, &series).await?;
        all.push(Member { person: one.person_id, name: one.display_name, evenings, series, reasons: reasons(&lately) });
    }
    Ok(all)
}

pub async fn page(State(house): State<House>, ui: Ui, me: Me, Path(group): Path<i64>) -> Result<Response, Fault> {
    house.shows(me.id, "outcomes.read", format!("group/{group}")).await?;
    let members = members(&house, group).await?;
    render(&GroupPage { zone: me.zone, ui, members })
}

pub async fn tonight(State(house): State<House>, ui: Ui, me: Me, Path(group): Path<i64>) -> Result<Response, Fault> {
    house.shows(me.id, "outcomes.read", format!("group/{group}")).await?;
    let members = members(&house, group).await?.into_iter().filter(|one| !one.reasons.is_empty());
    let members = members.map(|one| (one.name, one.reasons)).collect();
    render(&TonightPart { ui, group, members })
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;
    use crate::outcomes::history::tests::{evening, series_of};

    fn member(name: &str, heard: &[u8], reasons: &[Reason]) -> Member {
        let evenings = heard.iter().zip(1..).map(|(heard, week)| evening(week, Came::There, Some(5), Some(*heard))).collect();
        Member {
            person: 7,
            name: name.into(),
            evenings,
            series: vec![series_of("phq-9", &[18, 9]), series_of("asq", &[])],
            reasons: reasons.to_vec(),
        }
    }

    fn page(language: Language, members: Vec<Member>) -> GroupPage {
        GroupPage { ui: Ui::sample(language, Some(Role::Clinician)), zone: "UTC".into(), members }
    }

    #[test]
    fn the_page_renders_with_nobody_and_with_a_full_circle() {
        for language in Language::ALL {
            let empty = page(language, vec![]);
            assert!(empty.render().unwrap().contains(&empty.ui.t("group-outcomes-none")));
            let newcomer = Member { person: 8, name: "New <one>".into(), evenings: vec![], series: vec![], reasons: vec![] };
            let mut all: Vec<_> = (0..14).map(|n| member(&format!("M{n}"), &[8, 8, 8, n % 10], &Reason::ALL)).collect();
            all.push(newcomer);
            let full = page(language, all);
            let html = full.render().unwrap();
            assert!(html.contains("New &#60;one&#62;") && html.contains(&full.ui.t("group-outcomes-no-mood")));
            assert_eq!(html.matches("/people/7/measures").count(), 14);
            for reason in Reason::ALL {
                assert_eq!(html.matches(full.ui.t(reason.key()).as_str()).count(), 14, "{reason:?}");
            }
            let (first, last) = (html.find("<h2>M0").unwrap(), html.find("<h2>M13").unwrap());
            assert!(first < last, "the order is that of the seats");
        }
    }

    #[test]
    fn an_evening_is_told_beside_the_members_own_middle() {
        let page = page(Language::English, vec![member("Theo", &[8, 7, 8, 7, 4], &[]), member("Maya", &[6], &[])]);
        let theo = page.climate(&page.members[0]);
        assert_eq!(theo[0], ("Felt heard".into(), "4 (lower than usual; their own middle is 7.5)".into()));
        assert_eq!(page.climate(&page.members[1])[0].1, "6 (too few evenings to compare)");
        assert_eq!(theo.len(), 3, "what was not answered has no row");
        assert_eq!(page.spreads()[0], ("Felt heard".into(), "from 4 to 4, in the middle 4 (answers: 1)".into()));
        assert_eq!(page.evenings()[0].split(": ").nth(1), Some("1 of 1 came"));
        assert_eq!(page.evenings()[4].split(": ").nth(1), Some("2 of 2 came"), "both were there in the first week");
        assert_eq!(middle(&Ui::sample(Language::Spanish, None), 7.5), "7,5");
    }

    #[test]
    fn attendance_names_what_was_said_and_what_was_not() {
        let mut one = member("Theo", &[], &[]);
        one.evenings = [Came::There, Came::Said, Came::Missed, Came::Missed]
            .into_iter()
            .zip(1..)
            .map(|(came, week)| evening(week, came, None, None))
            .collect();
        let page = page(Language::English, vec![one]);
        assert_eq!(page.attendance(&page.members[0]), ["Came to 1 of 4", "Away and had said so: 1", "Away without a word: 2"]);
        assert!(page.mood(&page.members[0]).is_none() && page.spreads().is_empty());
    }

    #[test]
    fn tonight_names_reasons_or_says_that_all_is_as_usual() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Clinician));
            let calm = TonightPart { ui: ui.clone(), group: 9, members: vec![] }.render().unwrap();
            assert!(calm.contains(&ui.t("tonight-calm")) && calm.contains("/groups/9/outcomes"));
            let all = vec![("Theo <T>".to_owned(), Reason::ALL.to_vec()); 15];
            let html = TonightPart { ui: ui.clone(), group: 9, members: all }.render().unwrap();
            assert!(!html.contains(&ui.t("tonight-calm")) && html.contains("Theo &#60;T&#62;"));
            assert_eq!(html.matches(ui.t("warning-missed").as_str()).count(), 15);
        }
    }
}
