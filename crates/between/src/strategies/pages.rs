//! The list of a group, one entry with what others found, and what leaders look at.

use askama::Template;
use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::{
    library::SKILLS,
    strategies::{self as rules, Beyond, Entry, Shown, Wanted, Went},
};
use ground::{
    Deed, Fault, House, Me, Role, Ui,
    facts::{self, Part},
    handover::{self, Risk},
    jobs, not_found, random_id, render,
    web::render_status,
};
use serde::Deserialize;

use super::queries::{self, Found, Kept};

const REPORT_CHARS: usize = 1_000;

#[derive(Template)]
#[template(path = "strategies/list.html")]
pub struct ListPage {
    pub ui: Ui,
    pub group: i64,
    pub leads: bool,
    pub approve_first: bool,
    pub wanted: Wanted,
    pub shown: Vec<Kept>,
    /// One's own that is not in the list: it waits, or was given back.
    pub mine: Vec<Kept>,
    /// What leaders are asked to look at.
    pub waiting: Vec<Kept>,
    pub others: Vec<Entry>,
    pub done: bool,
}

/// By the name that its author chose, or by none.
fn by(ui: &Ui, name: Option<&String>) -> String {
    name.map_or_else(|| ui.t("strategies-nameless"), Clone::clone)
}

fn went(ui: &Ui, word: &str) -> String {
    ui.t(&format!("strategies-went-{}", Went::parse(word).unwrap_or(Went::Partly).word()))
}

/// Topic and skill, if they were chosen.
fn about(ui: &Ui, entry: &Entry) -> String {
    let topic = (!entry.topic.is_empty()).then(|| ui.topic(&entry.topic));
    let skill = (!entry.skill.is_empty()).then(|| ui.t(&format!("skill-{}", entry.skill)));
    [topic, skill].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

impl ListPage {
    fn topics(&self) -> Vec<(String, String)> {
        self.ui.topic_choices(|slug| slug == self.wanted.topic)
    }

    fn skills(&self) -> Vec<(&'static str, String)> {
        SKILLS.iter().map(|skill| (*skill, self.ui.t(&format!("skill-{skill}")))).collect()
    }

    fn by(&self, kept: &Kept) -> String {
        by(&self.ui, kept.name.as_ref())
    }

    fn went(&self, entry: &Entry) -> String {
        went(&self.ui, &entry.went)
    }

    fn about(&self, entry: &Entry) -> String {
        about(&self.ui, entry)
    }

    fn tried(&self, kept: &Kept) -> String {
        if kept.tried == 0 { String::new() } else { self.ui.t1("strategies-tried-too", "count", kept.tried) }
    }

    fn stands(&self, kept: &Kept) -> String {
        self.ui.t(if kept.shown == Shown::Waiting { "strategies-waits" } else { "strategies-returned" })
    }

    fn asks(&self, kept: &Kept) -> String {
        self.ui.t(if kept.shown == Shown::Waiting { "strategies-asks-group" } else { "strategies-asks-beyond" })
    }

    fn is_narrow(&self) -> bool {
        self.wanted.is_narrow()
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Looked {
    q: String,
    topic: String,
    skill: String,
    done: String,
}

/// Whoever is in the group: the policy lets in leaders and members alone.
async fn leads(house: &House, me: &Me, group: i64) -> Result<bool, Fault> {
    Ok(facts::part_in(&house.db, group, me.id).await? == Some(Part::Facilitator))
}

fn waits(kept: &Kept) -> bool {
    kept.shown == Shown::Waiting || kept.shown == Shown::InGroup && kept.beyond == Beyond::Asked
}

pub async fn all(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(group): Path<i64>,
    Query(looked): Query<Looked>,
) -> Result<Response, Fault> {
    let wanted = Wanted { words: looked.q.trim().to_owned(), topic: looked.topic, skill: looked.skill };
    let leads = leads(&house, &me, group).await?;
    let all = queries::of_group(&house, group).await?;
    let waiting = if leads { all.iter().filter(|kept| waits(kept)).cloned().collect() } else { Vec::new() };
    let (shown, rest): (Vec<Kept>, Vec<Kept>) = all.into_iter().partition(|kept| kept.shown == Shown::InGroup);
    let mine = rest.into_iter().filter(|kept| kept.person == me.id).collect();
    let shown = shown.into_iter().filter(|kept| wanted.fits(&kept.entry)).collect();
    // A supporter sits in the family's own group as a member does, and reads nothing of any other group.
    let others = if me.role == Role::Family { Vec::new() } else { queries::of_others(&house, group).await? };
    let others = others.into_iter().filter(|entry| wanted.fits(entry)).collect();
    let approve_first = queries::approves_first(&house.db, group).await?;
    let done = looked.done == "kept";
    render(&ListPage { ui, group, leads, approve_first, wanted, shown, mine, waiting, others, done })
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub went: String,
    pub line: String,
    pub named: String,
    /// What somebody worries about, if they report it.
    pub words: String,
}

#[derive(Template)]
#[template(path = "strategies/one.html")]
pub struct OnePage {
    pub ui: Ui,
    pub group: i64,
    pub kept: Kept,
    pub found: Vec<Found>,
    pub leads: bool,
    pub mine: bool,
    pub typed: Typed,
    pub reported: bool,
    pub trouble: Option<&'static str>,
}

impl OnePage {
    fn by(&self) -> String {
        by(&self.ui, self.kept.name.as_ref())
    }

    fn found_by(&self, found: &Found) -> String {
        by(&self.ui, found.name.as_ref())
    }

    fn went(&self) -> String {
        went(&self.ui, &self.kept.entry.went)
    }

    fn found_went(&self, found: &Found) -> String {
        went(&self.ui, found.went.word())
    }

    fn about(&self) -> String {
        about(&self.ui, &self.kept.entry)
    }

    fn results(&self) -> Vec<(&'static str, String)> {
        Went::ALL.into_iter().map(|one| (one.word(), went(&self.ui, one.word()))).collect()
    }

    fn waits(&self) -> bool {
        self.kept.shown == Shown::Waiting
    }

    fn was_returned(&self) -> bool {
        self.kept.shown == Shown::Returned
    }

    fn asks_beyond(&self) -> bool {
        self.kept.shown == Shown::InGroup && self.kept.beyond == Beyond::Asked
    }

    fn is_beyond(&self) -> bool {
        self.kept.beyond != Beyond::Not
    }

    /// How it stands beyond the group, for its author.
    fn beyond(&self) -> String {
        self.ui.t(&format!("strategies-beyond-{}", self.kept.beyond.word()))
    }

    /// As a wish to begin a goal with, not longer than a goal takes.
    fn as_goal(&self) -> String {
        self.kept.entry.tried.chars().take(care::goals::WORDS_CHARS).collect()
    }
}

/// The entry, if this person may see it: what is in the group everybody, what is not its author, and leaders what they are to look at.
async fn seen(house: &House, me: &Me, group: i64, id: i64) -> Result<Option<(Kept, bool)>, Fault> {
    let leads = leads(house, me, group).await?;
    let kept = queries::one(house, group, id).await?;
    let may = |kept: &Kept| kept.shown == Shown::InGroup || kept.person == me.id || leads && waits(kept);
    Ok(kept.filter(may).map(|kept| (kept, leads)))
}

async fn page(
    house: &House,
    ui: Ui,
    me: &Me,
    group: i64,
    (kept, leads): (Kept, bool),
    typed: Typed,
    trouble: Option<&'static str>,
) -> Result<Response, Fault> {
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let found = queries::found(house, kept.id).await?;
    let mine = kept.person == me.id;
    // What one said before stands in the form again.
    let said = found.iter().find(|found| found.person == me.id && typed == Typed::default());
    let typed = said.map_or(typed, |found| Typed {
        went: found.went.word().into(),
        line: found.line.clone(),
        named: if found.name.is_some() { "yes".into() } else { String::new() },
        ..Typed::default()
    });
    render_status(&OnePage { ui, group, kept, found, leads, mine, typed, reported: false, trouble }, status)
}

pub async fn one(State(house): State<House>, ui: Ui, me: Me, Path((group, id)): Path<(i64, i64)>) -> Result<Response, Fault> {
    match seen(&house, &me, group, id).await? {
        Some(seen) => page(&house, ui, &me, group, seen, Typed::default(), None).await,
        None => Ok(not_found()),
    }
}

/// "Tried it too": somebody else's own result, with one line if they like.
pub async fn tried(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path((group, id)): Path<(i64, i64)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let seen = seen(&house, &me, group, id).await?.filter(|(kept, _)| kept.person != me.id && kept.shown == Shown::InGroup);
    let Some(seen) = seen else { return Ok(not_found()) };
    let read = Went::parse(&typed.went).ok_or(rules::Unfit::Went).and_then(|went| Ok((went, rules::line(&typed.line)?)));
    let (went, line) = match read {
        Ok(read) => read,
        Err(unfit) => return page(&house, ui, &me, group, seen, typed, Some(unfit.key())).await,
    };
    let sealed = queries::sealed_result(&house, (id, me.id), went, line).await?;
    let tx = house.db.write().await?;
    queries::keep_result(&tx, (id, me.id), sealed, !typed.named.is_empty(), house.clock.now()).await?;
    tx.commit(Deed::new(me.id, "strategy.tried", format!("strategy/{id}"))).await?;
    Ok(Redirect::to(&format!("/groups/{group}/what-helped/{id}")).into_response())
}

/// A report is a concern like any other: it gets an owner and a clock. Whose entry it is about is not in it, only which.
pub async fn report(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path((group, id)): Path<(i64, i64)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let Some((kept, leads)) = seen(&house, &me, group, id).await? else { return Ok(not_found()) };
    let words = typed.words.trim().to_owned();
    if words.is_empty() || words.chars().count() > REPORT_CHARS {
        let trouble = if words.is_empty() { "help-say-what" } else { "help-too-long" };
        return page(&house, ui, &me, group, (kept, leads), typed, Some(trouble)).await;
    }
    let now = house.clock.now();
    let detail = format!("{words}\n\n/groups/{group}/what-helped/{id}");
    let risk = Risk { source: "concern".into(), person: me.id, session: 0, owner: 0, opened_at: now.0, detail };
    let tx = house.db.write().await?;
    jobs::later_sealed(&house, &tx, handover::RISK, &format!("concern/{}", random_id()), &risk, now).await?;
    tx.commit(Deed::new(me.id, "strategy.report", format!("strategy/{id}"))).await?;
    let (found, mine) = (queries::found(&house, id).await?, kept.person == me.id);
    render(&OnePage { ui, group, kept, found, leads, mine, typed: Typed::default(), reported: true, trouble: None })
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Decided {
    what: String,
    /// The version that was looked at.
    seen: i64,
}

/// A leader looks: at what waits for the group, and at what is to go beyond it. What is shown can be given back, too.
pub async fn look(
    State(house): State<House>,
    me: Me,
    Path((group, id)): Path<(i64, i64)>,
    Form(decided): Form<Decided>,
) -> Result<Response, Fault> {
    let Some(kept) = queries::one(&house, group, id).await?.filter(|kept| kept.shown != Shown::Returned) else { return Ok(not_found()) };
    let kept = Kept { version: decided.seen, ..kept };
    let (shown, beyond) = match decided.what.as_str() {
        "show" => (Shown::InGroup, kept.beyond),
        "return" => (Shown::Returned, Beyond::Not),
        "beyond" => (kept.shown, kept.beyond.decided(true)),
        "not-beyond" => (kept.shown, kept.beyond.decided(false)),
        _ => return Ok(not_found()),
    };
    let tx = house.db.write().await?;
    // What changed since stands in the list again, with its new words.
    if queries::stand(&tx, &kept, shown, beyond).await? {
        tx.commit(Deed::new(me.id, "strategy.look", format!("strategy/{id}"))).await?;
    }
    Ok(Redirect::to(&format!("/groups/{group}/what-helped")).into_response())
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Setting {
    approve: String,
}

pub async fn setting(State(house): State<House>, me: Me, Path(group): Path<i64>, Form(setting): Form<Setting>) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    queries::set(&tx, group, !setting.approve.is_empty()).await?;
    tx.commit(Deed::new(me.id, "strategy.setting", format!("group/{group}"))).await?;
    Ok(Redirect::to(&format!("/groups/{group}/what-helped")).into_response())
}

#[cfg(test)]
mod tests {
    use ground::Language;

    use super::*;

    fn kept(id: i64, name: Option<&str>, shown: Shown, beyond: Beyond) -> Kept {
        let entry = Entry {
            situation: "Sunday <evening>".into(),
            tried: "A <walk>".into(),
            went: "helped".into(),
            why: "Air".into(),
            not_for: "Bad <knees>".into(),
            topic: "grief".into(),
            skill: "stress".into(),
        };
        Kept { id, person: 7, entry, name: name.map(str::to_owned), shown, beyond, tried: 2, version: 4 }
    }

    fn list(ui: Ui, leads: bool) -> ListPage {
        ListPage {
            ui,
            group: 3,
            leads,
            approve_first: true,
            wanted: Wanted::default(),
            shown: vec![],
            mine: vec![],
            waiting: vec![],
            others: vec![],
            done: false,
        }
    }

    #[test]
    fn the_list_renders_empty_full_and_for_leaders() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Member));
            let empty = list(ui.clone(), false).render().unwrap();
            assert!(empty.contains(&ui.t("strategies-none")) && empty.contains("/what-helped/new") && !empty.contains("/setting\""));
            let mut full = list(ui.clone(), false);
            full.shown = (0..30).map(|id| kept(id, None, Shown::InGroup, Beyond::Not)).collect();
            full.mine = vec![kept(40, None, Shown::Waiting, Beyond::Not), kept(41, None, Shown::Returned, Beyond::Not)];
            full.others = vec![kept(50, None, Shown::InGroup, Beyond::Shared).entry];
            full.wanted = Wanted { words: "<q>".into(), topic: "grief".into(), skill: "stress".into() };
            let html = full.render().unwrap();
            assert_eq!(html.matches("/groups/3/what-helped/").count(), 30 + 2 + 1, "one link each, and none to what is beyond");
            assert_eq!(html.matches(&ui.t("strategies-nameless")).count(), 30);
            assert!(
                !html.contains("<walk>")
                    && !html.contains("<evening>")
                    && html.contains("value=\"&#60;q&#62;\"")
                    && html.matches(" selected").count() == 2
            );
            let mut leader = list(Ui::sample(language, Some(Role::Clinician)), true);
            leader.waiting = vec![kept(1, None, Shown::Waiting, Beyond::Not), kept(2, Some("Theo"), Shown::InGroup, Beyond::Asked)];
            let html = leader.render().unwrap();
            assert!(
                html.contains("action=\"/groups/3/what-helped/setting\"")
                    && html.contains(" checked")
                    && !html.contains("/what-helped/new")
            );
            assert!(
                html.contains(&ui.t("strategies-asks-group"))
                    && html.contains(&ui.t("strategies-asks-beyond"))
                    && !html.contains("strategies-")
            );
        }
    }

    #[test]
    fn one_entry_has_its_acts_for_each() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Member));
            let found = vec![Found { person: 8, name: None, went: Went::DidNot, line: "Not <me>".into() }];
            let page = |kept: Kept, leads, mine| {
                let typed = Typed { line: "kept <line>".into(), ..Typed::default() };
                let page = OnePage {
                    ui: ui.clone(),
                    group: 3,
                    kept,
                    found: found.clone(),
                    leads,
                    mine,
                    typed,
                    reported: true,
                    trouble: Some("strategies-line-wrong"),
                };
                page.render().unwrap()
            };
            let other = page(kept(1, Some("Theo"), Shown::InGroup, Beyond::Not), false, false);
            assert!(
                other.contains("Theo") && other.contains("/result\"") && other.contains("/report\"") && other.contains("action=\"/goals\"")
            );
            assert!(
                other.contains("kept &#60;line&#62;")
                    && other.contains("Not &#60;me&#62;")
                    && !other.contains("/removal\"")
                    && !other.contains("/look\"")
            );
            let mine = page(kept(1, None, Shown::InGroup, Beyond::Shared), false, true);
            assert!(mine.contains("/removal\"") && mine.contains("/beyond\"") && mine.contains("/edit\"") && !mine.contains("/result\""));
            assert!(mine.contains(&ui.t("strategies-beyond-shared")));
            let leader = page(kept(1, None, Shown::Waiting, Beyond::Asked), true, false);
            assert!(
                leader.contains("value=\"show\"") && leader.contains("value=\"return\"") && leader.contains("name=\"seen\" value=\"4\"")
            );
            assert!(!leader.contains("/result\"") && !leader.contains("action=\"/homework/new\"") && !leader.contains("strategies-"));
        }
    }

    #[test]
    fn leaders_are_asked_about_what_waits_and_what_is_to_go_beyond() {
        for (shown, beyond, asked) in [
            (Shown::Waiting, Beyond::Not, true),
            (Shown::InGroup, Beyond::Asked, true),
            (Shown::InGroup, Beyond::Shared, false),
            (Shown::InGroup, Beyond::Not, false),
            (Shown::Returned, Beyond::Asked, false),
        ] {
            assert_eq!(waits(&kept(1, None, shown, beyond)), asked, "{shown:?} {beyond:?}");
        }
    }
}
