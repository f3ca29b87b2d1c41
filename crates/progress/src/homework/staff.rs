//! Homework as whoever leads the group reads it: who was given what, how far it is, what was written, and a few words back.

use std::time::Duration;

use askama::Template;
use axum::{
    Form,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use care::homework::{Kind, Rhythm};
use ground::{Deed, Fault, House, Me, Moment, Ui, not_found, random_id, random_token, render, web::render_status, when};

use serde::Deserialize;

use super::{
    form, get, once, pages,
    queries::{self, Count, Homework, NewReply, Reply},
    shown::{self, Told},
};
use crate::of_group::{OfMember, by_member, name_in};

const REPLY_CHARS: usize = 500;
const SHOWN: Duration = Duration::from_secs(56 * 24 * 3_600);

/// The counts alone, for the page before a session.
#[derive(Template)]
#[template(path = "homework/of_group.html")]
pub struct GroupPart {
    pub ui: Ui,
    pub group: i64,
    pub counts: Vec<Count>,
}

#[derive(Template)]
#[template(path = "homework/group.html")]
pub struct GroupPage {
    pub ui: Ui,
    pub now: Moment,
    pub group: i64,
    pub members: Vec<OfMember<Homework>>,
    pub written: std::collections::HashMap<i64, i64>,
    /// What has just been taken back.
    pub back: Option<Back>,
}

impl GroupPage {
    fn due(&self, homework: &Homework) -> String {
        pages::due(&self.ui, self.now, homework.due_at)
    }

    fn kind(&self, homework: &Homework) -> String {
        pages::kind(&self.ui, homework.kind)
    }

    fn taken_back(&self, back: &Back) -> String {
        let told = self.ui.t1("homework-back-done", "count", back.back);
        if back.kept == 0 { told } else { format!("{told} {}", self.ui.t1("homework-back-kept", "count", back.kept)) }
    }

    /// How far it is, without looking into it.
    fn far(&self, homework: &Homework) -> String {
        let written = self.written.get(&homework.id).copied().unwrap_or(0);
        match (written, homework.kind.rhythm()) {
            // Whoever did it need not have written about it.
            (0, _) if homework.done => String::new(),
            (0, _) => self.ui.t("homework-not-begun"),
            (_, Rhythm::Whole) => self.ui.t("homework-begun"),
            (n, Rhythm::Day) => self.ui.t1("homework-days-written", "days", n),
            (n, Rhythm::Log) => self.ui.t1("homework-lines-written", "lines", n),
        }
    }
}

/// One sheet as it is read.
pub struct Sheet {
    pub day: String,
    pub told: Vec<Told>,
}

#[derive(Template)]
#[template(path = "homework/of_member.html")]
pub struct MemberPage {
    pub ui: Ui,
    pub now: Moment,
    pub zone: String,
    pub group: i64,
    pub name: String,
    pub homework: Homework,
    pub summary: Vec<Told>,
    pub sheets: Vec<Sheet>,
    pub replies: Vec<Reply>,
    /// How many others were given it with them.
    pub with: usize,
    pub once: String,
    pub typed: String,
    pub trouble: Option<&'static str>,
}

impl MemberPage {
    fn due(&self) -> String {
        pages::due(&self.ui, self.now, self.homework.due_at)
    }

    fn kind(&self) -> String {
        pages::kind(&self.ui, self.homework.kind)
    }

    fn sent(&self, reply: &Reply) -> String {
        when::moment(self.ui.language, reply.sent_at, &self.zone)
    }
}

/// How many were taken back, and how many of them had something written in them.
#[derive(Debug, Clone, Copy)]
pub struct Back {
    back: u32,
    kept: u32,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(default)]
pub struct JustNow {
    back: Option<u32>,
    kept: u32,
}

/// The page of a group; asked for by another page, its counts alone.
pub async fn of_group(
    State(house): State<House>,
    ui: Ui,
    headers: HeaderMap,
    Path(group): Path<i64>,
    Query(told): Query<JustNow>,
) -> Result<Response, Fault> {
    let now = house.clock.now();
    if headers.contains_key("hx-request") {
        let counts = queries::of_group(&house.db, group, now).await?;
        return render(&GroupPart { ui, group, counts });
    }
    let back = told.back.map(|back| Back { back, kept: told.kept });
    let members = by_member(&house, group, queries::given_in(&house, group, now.minus(SHOWN)).await?, |given| given.person).await?;
    let written = queries::written_in(&house.db, group).await?;
    render(&GroupPage { ui, now, group, members, written, back })
}

struct Reading {
    group: i64,
    homework: Homework,
    typed: String,
    once: String,
    trouble: Option<&'static str>,
}

async fn page(house: &House, ui: Ui, me: &Me, reading: Reading) -> Result<Response, Fault> {
    let Reading { group, homework, typed, once, trouble } = reading;
    let name = name_in(house, group, homework.person).await?.unwrap_or_default();
    let entries = queries::entries(house, &homework).await?;
    let form = form(house, &homework, entries.iter().flat_map(|entry| entry.answers.ticked("skills")).collect()).await?;
    let all: Vec<_> = entries.iter().map(|entry| &entry.answers).collect();
    let sheets =
        entries.iter().rev().map(|entry| Sheet { day: when::on(ui.language, entry.day), told: shown::told(&ui, &form, &entry.answers) });
    let page = MemberPage {
        now: house.clock.now(),
        zone: me.zone.clone(),
        group,
        name,
        summary: if homework.kind == Kind::Free { Vec::new() } else { shown::summary(&ui, &form, &all) },
        sheets: sheets.collect(),
        replies: queries::replies(house, &homework).await?,
        with: queries::given_with(&house.db, group, homework.id).await?.len(),
        homework,
        once,
        typed,
        trouble,
        ui,
    };
    render_status(&page, if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK })
}

/// What a member wrote. That it was read is in the book.
pub async fn one(State(house): State<House>, ui: Ui, me: Me, Path((group, homework)): Path<(i64, i64)>) -> Result<Response, Fault> {
    let Some(homework) = queries::one_in(&house, group, homework).await? else { return Ok(not_found()) };
    house.shows(me.id, "homework.read", format!("homework/{}", homework.id)).await?;
    page(&house, ui, &me, Reading { group, homework, typed: String::new(), once: random_token(), trouble: None }).await
}

/// A few words back; the same form twice says them once.
pub async fn reply(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path((group, homework)): Path<(i64, i64)>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let Some(homework) = queries::one_in(&house, group, homework).await? else { return Ok(not_found()) };
    let (text, once) = (get(&typed, "text").to_owned(), once(get(&typed, "once")));
    let trouble = match text.chars().count() {
        0 => Some("homework-reply-empty"),
        n if n > REPLY_CHARS => Some("homework-too-long"),
        _ => None,
    };
    if trouble.is_some() {
        house.shows(me.id, "homework.read", format!("homework/{}", homework.id)).await?;
        let typed = typed.into_iter().find(|(name, _)| name == "text").map_or_else(String::new, |(_, text)| text);
        return page(&house, ui, &me, Reading { group, homework, typed, once, trouble }).await;
    }
    let id = random_id();
    let sealed = queries::seal_reply(&house, &homework, id, &text).await?;
    let tx = house.db.write().await?;
    if queries::add_reply(&tx, NewReply { id, homework: homework.id, by: me.id, sealed, once }, house.clock.now()).await? {
        tx.commit(Deed::new(me.id, "homework.reply", format!("homework/{}", homework.id))).await?;
    }
    Ok(Redirect::to(&format!("/groups/{group}/homework/{}", homework.id)).into_response())
}

/// Takes back what was given by mistake: from this member, or from everybody who was given it by the same form. What somebody has written in it
/// stays with them. Two taps take it back once.
pub async fn withdraw(
    State(house): State<House>,
    me: Me,
    Path((group, homework)): Path<(i64, i64)>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let of_group = format!("/groups/{group}/homework");
    // A second tap finds it gone, and ends where the first did.
    let Some(homework) = queries::one_in(&house, group, homework).await? else { return Ok(Redirect::to(&of_group).into_response()) };
    let mut all = vec![homework.id];
    if get(&typed, "from") == "all" {
        all.extend(queries::given_with(&house.db, group, homework.id).await?);
    }
    let mut taken = Vec::new();
    for one in all {
        // Each with its own line in the book: it is about another member.
        let tx = house.db.write().await?;
        if queries::withdraw(&tx, one, house.clock.now()).await? {
            tx.commit(Deed::new(me.id, "homework.withdraw", format!("homework/{one}"))).await?;
            taken.push(one);
        }
    }
    let written = queries::touched(&house.db, group, &taken).await?;
    let to = match (taken.as_slice(), written) {
        ([one], 1) => format!("{of_group}/{one}"),
        _ => format!("{of_group}?back={}&kept={written}", taken.len()),
    };
    Ok(Redirect::to(&to).into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    #[test]
    fn the_counts_render_with_nothing_and_with_much() {
        for language in Language::ALL {
            for many in [0, 40] {
                let ui = Ui::sample(language, Some(Role::Clinician));
                let counts = vec![Count { display_name: "Theo".into(), given: 3, done: 2 }; many];
                let html = GroupPart { ui, group: 3, counts }.render().unwrap();
                assert_eq!(html.matches("Theo").count(), many);
            }
        }
    }

    #[test]
    fn a_group_says_how_far_everything_is() {
        for language in Language::ALL {
            let all: Vec<Homework> =
                Kind::ALL.into_iter().zip(1..).map(|(kind, id)| Homework { id, ..pages::tests::sample(kind, false) }).collect();
            let (ui, written) = (Ui::sample(language, Some(Role::Clinician)), [(1, 4), (3, 6), (4, 1)].into());
            let members = vec![OfMember { person: 7, name: "Theo".into(), all }, OfMember { person: 8, name: "Ruth".into(), all: vec![] }];
            let page = GroupPage { ui: ui.clone(), now: Moment(0), group: 3, members, written, back: None };
            let far = |at: usize| page.far(&page.members[0].all[at]);
            assert!(far(0).contains('4') && far(2).contains('6'));
            assert_eq!((far(3), far(7)), (ui.t("homework-begun"), ui.t("homework-not-begun")));
            assert_eq!(page.far(&Homework { id: 99, ..pages::tests::sample(Kind::Free, true) }), "", "done and nothing written is done");
            let html = page.render().unwrap();
            assert!(
                html.contains("Ruth")
                    && html.contains("/homework/new?person=8")
                    && html.contains("/groups/3/homework/8")
                    && !html.contains("homework-kind-")
            );
            for (back, kept) in [(1, 0), (3, 1), (3, 2)] {
                let back = Some(Back { back, kept });
                let page = GroupPage { ui: ui.clone(), now: Moment(0), group: 3, members: vec![], written: [].into(), back };
                let html = page.render().unwrap();
                assert!(html.contains("role=\"status\"") && !html.contains("homework-back-"));
                assert_eq!(html.contains(&ui.t1("homework-back-kept", "count", 2)), kept == 2);
            }
        }
    }

    #[test]
    fn what_was_written_is_read_as_text() {
        for language in Language::ALL {
            for trouble in [None, Some("homework-reply-empty")] {
                let told = Told { label: "Fear".into(), words: "<i>4</i>".into() };
                let page = MemberPage {
                    ui: Ui::sample(language, Some(Role::Clinician)),
                    now: Moment(0),
                    zone: "UTC".into(),
                    group: 3,
                    name: "Theo".into(),
                    homework: Homework { own: trouble.is_some(), ..pages::tests::sample(Kind::DiaryCard, trouble.is_some()) },
                    summary: vec![told.clone()],
                    sheets: vec![Sheet { day: "Monday".into(), told: vec![told] }, Sheet { day: "Sunday".into(), told: vec![] }],
                    replies: vec![Reply { text: "<u>".into(), sent_at: Moment(0), from: "Ben".into() }],
                    with: if trouble.is_some() { 4 } else { 0 },
                    once: "token".into(),
                    typed: "Kept <reply>".into(),
                    trouble,
                };
                let html = page.render().unwrap();
                assert_eq!(html.contains("/shelf\""), trouble.is_none(), "what members gave to themselves is not kept for others");
                assert_eq!(html.contains("value=\"all\""), trouble.is_some(), "from all only where there are others");
                assert!(html.contains("&#60;i&#62;4") && html.contains("Kept &#60;reply&#62;") && !html.contains("<u>"));
            }
        }
    }
}
