use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::messages::{
    CHARS, SEARCH_LEAST, Trouble,
    file::{PDF_BYTES, PICTURE_BYTES},
    folded, matches, short,
};
use ground::{
    Fault, House, Language, Me, Ui, facts, family, library, not_found, random_token, waiting,
    web::{hashed, render_status},
    when,
};
use serde::Deserialize;

use super::{
    check_in::{self, Today},
    circles, make_missing,
    notices::Notices,
    of_group as group_channel, of_member,
    queries::{self, Listed, RulesRow, Standing},
    reports::queries::{Blocked, blocked},
    shown::{Body, Eye, Lines, Quote, Shown},
    standing,
};

/// So many lines stand on a page.
const PAGE: i64 = 50;
/// Looking further back than this would keep everybody else waiting.
const SEARCHED: usize = 20_000;
const FOUND_MOST: usize = 50;

#[derive(Template)]
#[template(path = "messages/all.html")]
pub struct AllPage {
    pub ui: Ui,
    pub me: Me,
    pub all: Vec<Listed>,
    pub blocked: Vec<Blocked>,
    /// Groups in which somebody is asked into a circle.
    pub asked: Vec<i64>,
    /// A group of theirs has ended, and there is a place for afterwards.
    pub afterwards: bool,
}

impl AllPage {
    fn about(&self, one: &Listed) -> String {
        match one.waiting_since.filter(|_| one.person_id != Some(self.me.id)) {
            Some(at) => self.ui.t1("messages-waits-since", "when", when::moment(self.ui.language, at, &self.me.zone)),
            None if one.kind == "circle" => self.ui.t("circle-title"),
            None if one.is_alumni() => self.ui.t("alumni-of"),
            None if one.kind == "group" => self.ui.t("messages-of-group"),
            None if one.person_id == Some(self.me.id) => self.ui.t("messages-with-staff-note"),
            None => self.ui.t("messages-of-member"),
        }
    }

    fn is_waiting(&self, one: &Listed) -> bool {
        one.waiting_since.is_some() && one.person_id != Some(self.me.id)
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub text: String,
    /// What makes the form one, however often it is sent.
    pub once: String,
    /// The message that it answers.
    pub reply: String,
    pub as_leaders: String,
    /// What the picture shows.
    pub description: String,
    /// Something of the library, by its word.
    pub link: String,
}

/// What the box at the end of the page is for.
#[derive(Debug, Clone, PartialEq)]
pub enum Writing {
    New,
    Answer(i64, Quote),
    Edit(i64),
}

#[derive(Template)]
#[template(path = "messages/channel.html")]
pub struct ChannelPage {
    pub ui: Ui,
    pub title: String,
    pub of: Standing,
    pub leads: bool,
    /// A circle that has ended.
    pub over: bool,
    pub shown: Vec<Shown>,
    /// The number before which there is more.
    pub older: Option<i64>,
    pub q: String,
    pub typed: Typed,
    pub writing: Writing,
    pub trouble: Option<Trouble>,
    /// A file came and was not kept: no browser sends it again by itself.
    pub file_again: bool,
    /// What can be named from the library.
    pub library: Vec<library::Named>,
    /// When staff read, in the practice's own words, and whether somebody watches now.
    pub honest: Vec<String>,
    /// What somebody wrote may mean danger: where help is comes before everything else.
    pub danger: bool,
    /// The small question, on its days.
    pub check_in: Option<Today>,
}

impl ChannelPage {
    fn script(&self) -> String {
        hashed("messages.js")
    }

    fn lines(&self) -> Lines<'_> {
        Lines { ui: &self.ui, of: &self.of, shown: &self.shown }
    }

    fn group(&self) -> i64 {
        self.of.group_id.unwrap_or(0)
    }

    /// What one has begun to add is not folded away again.
    fn adds(&self) -> bool {
        self.file_again || !self.typed.description.is_empty() || !self.typed.link.is_empty()
    }

    fn most(&self) -> usize {
        CHARS
    }

    fn picture_bytes(&self) -> usize {
        PICTURE_BYTES
    }

    fn pdf_bytes(&self) -> usize {
        PDF_BYTES
    }

    fn notices(&self) -> Notices<'_> {
        Notices { ui: &self.ui, of: &self.of, leads: self.leads }
    }

    fn is_search(&self) -> bool {
        !self.q.is_empty()
    }

    fn is_paused(&self) -> bool {
        self.of.paused_at.is_some()
    }

    fn may_write(&self) -> bool {
        !self.over && (self.leads || !self.is_paused())
    }

    fn action(&self) -> String {
        match self.writing {
            Writing::Edit(id) => format!("/channels/{}/{id}/text", self.of.id),
            _ => format!("/channels/{}", self.of.id),
        }
    }

    fn answered(&self) -> Option<(&i64, &Quote)> {
        match &self.writing {
            Writing::Answer(id, quote) => Some((id, quote)),
            _ => None,
        }
    }

    fn is_edit(&self) -> bool {
        matches!(self.writing, Writing::Edit(_))
    }
}

/// The channels of somebody, each with the name that it has.
pub(super) async fn listed(house: &House, ui: &Ui, me: &Me) -> Result<Vec<Listed>, Fault> {
    // Whoever only looks on, and whoever comes along with somebody, writes to nobody here.
    let mut all = if waiting::has_messages(me) { queries::listed(&house.db, me).await? } else { Vec::new() };
    for one in &mut all {
        one.title = match one.host_id {
            None => one.called(ui, me),
            Some(host) => {
                let purpose = circles::queries::purpose(house, one.id, host, one.purpose_sealed.as_deref()).await?;
                purpose.unwrap_or_else(|| ui.t("circle-purpose-gone"))
            }
        };
    }
    Ok(all)
}

/// A channel by its name, for other pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub id: i64,
    pub title: String,
    pub unread: i64,
}

pub async fn named(house: &House, ui: &Ui, me: &Me) -> Result<Vec<Named>, Fault> {
    let all = listed(house, ui, me).await?;
    Ok(all.into_iter().map(|one| Named { id: one.id, title: one.title, unread: one.unread }).collect())
}

pub async fn all(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    make_missing(&house, &me).await?;
    let all = listed(&house, &ui, &me).await?;
    let asked = circles::queries::asked(&house.db, me.id, house.clock.now()).await?;
    let blocked = blocked(&house.db, me.id).await?;
    let afterwards = facts::alumni_is_open_to(&house.db, me.id, house.clock.now()).await?;
    render_status(&AllPage { ui, me, all, blocked, asked, afterwards }, StatusCode::OK)
}

/// Family sessions have no messages: what is said in them is said there.
pub async fn of_group(State(house): State<House>, Path(group): Path<i64>) -> Result<Response, Fault> {
    if family::member_of(&house.db, group).await?.is_some() {
        return Ok(not_found());
    }
    Ok(Redirect::to(&format!("/channels/{}", group_channel(&house, group).await?)).into_response())
}

/// For staff who write first.
pub async fn of_person(State(house): State<House>, me: Me, Path(person): Path<i64>) -> Result<Response, Fault> {
    if !me.role.is_crew() && me.id != person {
        return Ok(not_found());
    }
    let channel = of_member(&house, person).await?;
    match standing(&house, &me, channel).await? {
        Some(_) => Ok(Redirect::to(&format!("/channels/{channel}")).into_response()),
        None => Ok(not_found()),
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    before: Option<i64>,
    reply: Option<i64>,
    edit: Option<i64>,
    q: String,
}

pub async fn one(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(channel): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let Some(of) = standing(&house, &me, channel).await? else { return Ok(not_found()) };
    if of.is_staff() && of.leads(&me) {
        house.shows(me.id, "message.read", format!("channel/{channel}")).await?;
    }
    if asked.q.chars().count() >= SEARCH_LEAST {
        return search(&house, ui, me, of, asked.q).await;
    }
    let sheet = Sheet { before: asked.before, reply: asked.reply, edit: asked.edit, ..Sheet::default() };
    if asked.before.is_none() && of.read < of.last_number {
        let tx = house.db.write().await?;
        queries::mark_read(&tx, of.id, me.id, of.last_number).await?;
        tx.commit_unaudited().await?;
    }
    show(&house, ui, &me, of, sheet).await
}

/// What a page is asked to show beside the messages.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    pub before: Option<i64>,
    pub reply: Option<i64>,
    pub edit: Option<i64>,
    pub typed: Typed,
    pub trouble: Option<Trouble>,
    pub danger: bool,
    pub file_again: bool,
}

pub async fn show(house: &House, ui: Ui, me: &Me, of: Standing, sheet: Sheet) -> Result<Response, Fault> {
    let row = queries::rules(&house.db).await?;
    let mut rows = queries::before(&house.db, &of, sheet.before.unwrap_or(i64::MAX), PAGE + 1).await?;
    let more = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    rows.reverse();
    let older = rows.first().map(|row| row.number).filter(|_| more);
    let honest = honest(house, &ui, &row, &of).await?;
    let (shown, writing, mut typed) = {
        let eye = Eye { house, ui: &ui, me, of: &of, rules: row.rules() };
        let (writing, typed) = writing(&eye, &sheet).await?;
        (eye.see(rows).await?, writing, typed)
    };
    if typed.once.is_empty() {
        typed.once = random_token();
    }
    let status = if sheet.trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (title, leads, over) = (of.title(&ui, me), of.leads(me), of.is_over(house.clock.now()));
    let (trouble, danger, file_again) = (sheet.trouble, sheet.danger, sheet.file_again);
    let library = library::named(&house.db, me.role, me.language).await?.into_iter().filter(|one| !one.hidden).collect();
    let check_in = match of.group_id {
        Some(group) if !leads && sheet.before.is_none() => check_in::today(house, &ui, me, group).await?,
        _ => None,
    };
    render_status(
        &ChannelPage {
            ui,
            title,
            of,
            leads,
            over,
            shown,
            older,
            q: String::new(),
            typed,
            writing,
            trouble,
            file_again,
            library,
            honest,
            danger,
            check_in,
        },
        status,
    )
}

/// What the box is for, and what already stands in it.
async fn writing(eye: &Eye<'_>, sheet: &Sheet) -> Result<(Writing, Typed), Fault> {
    let wanted = sheet.edit.or(sheet.reply).unwrap_or(0);
    let Some(row) = queries::one(&eye.house.db, eye.of, wanted).await? else { return Ok((Writing::New, sheet.typed.clone())) };
    let Some(message) = eye.see(vec![row]).await?.pop() else { return Ok((Writing::New, sheet.typed.clone())) };
    let typed = sheet.typed.clone();
    Ok(match (&message.body, sheet.edit) {
        (Body::Text(text), Some(id)) if message.may_change => {
            let text = if typed.text.is_empty() { text.clone() } else { typed.text.clone() };
            (Writing::Edit(id), Typed { text, ..typed })
        }
        (Body::Text(text), None) => {
            (Writing::Answer(wanted, Quote { number: message.number, name: message.name.clone(), text: Some(short(text)) }), typed)
        }
        _ => (Writing::New, typed),
    })
}

/// Nobody watches a page of messages. It says so before anybody writes.
async fn honest(house: &House, ui: &Ui, row: &RulesRow, of: &Standing) -> Result<Vec<String>, Fault> {
    if of.is_circle() {
        return Ok(vec![ui.t("circle-note")]);
    }
    let own = if ui.language == Language::Spanish { &row.read_es } else { &row.read_en };
    let now = house.clock.now().in_zone(&house.practice().zone);
    let minute = i16::from(now.hour()) * 60 + i16::from(now.minute());
    let quiet = row.rules().quiet;
    let mut honest = vec![ui.t("messages-honest")];
    if !own.is_empty() {
        honest.push(own.clone());
    }
    if quiet.holds_minute(minute) {
        honest.push(ui.t1("messages-quiet", "time", when::minute(ui.language, i32::from(quiet.to))));
    }
    // Where nobody has entered who is on call, there is nothing to add.
    if !ground::watch::shifts(&house.db).await?.is_empty() {
        honest.push(ground::watch::words(house, ui).await?);
    }
    Ok(honest)
}

/// Opened in memory, newest first, until enough is found: what is sealed has no index.
async fn search(house: &House, ui: Ui, me: Me, of: Standing, q: String) -> Result<Response, Fault> {
    let wanted = folded(&q);
    let eye = Eye { house, ui: &ui, me: &me, of: &of, rules: queries::rules(&house.db).await?.rules() };
    let (mut found, mut looked, mut number) = (Vec::new(), 0, i64::MAX);
    while looked < SEARCHED && found.len() < FOUND_MOST {
        let rows = queries::before(&house.db, &of, number, 500).await?;
        let Some(last) = rows.last() else { break };
        number = last.number;
        looked += rows.len();
        for row in rows {
            let readable = row.taken_back_at.is_none() && (row.hidden_at.is_none() || of.leads(&me));
            let sealed = row.text_sealed.as_deref().filter(|_| readable);
            let text = eye.text(row.author_id, row.id, sealed).await?;
            if text.is_some_and(|text| matches(&text, &wanted)) {
                found.push(row);
            }
        }
    }
    found.truncate(FOUND_MOST);
    let shown = eye.see(found).await?;
    let (title, leads) = (of.title(&ui, &me), of.leads(&me));
    let page = ChannelPage {
        ui,
        title,
        of,
        leads,
        over: false,
        shown,
        older: None,
        q,
        typed: Typed::default(),
        writing: Writing::New,
        trouble: None,
        file_again: false,
        library: Vec::new(),
        honest: Vec::new(),
        danger: false,
        check_in: None,
    };
    render_status(&page, StatusCode::OK)
}

#[cfg(test)]
mod tests {
    use ground::Role;

    use super::{
        super::shown::tests::{shown, standing},
        *,
    };

    fn page(language: Language, part: &str, shown: Vec<Shown>) -> ChannelPage {
        let ui = Ui::sample(language, Some(if part == "member" { Role::Member } else { Role::Clinician }));
        ChannelPage {
            title: "Steady <Ground>".into(),
            leads: part != "member",
            over: false,
            ui,
            of: standing(part),
            shown,
            older: Some(3),
            q: String::new(),
            typed: Typed { text: "Half <a thought".into(), once: "once-1".into(), ..Typed::default() },
            writing: Writing::New,
            trouble: None,
            file_again: false,
            library: vec![library::Named {
                slug: "what-grief-does".into(),
                title: "What <grief> does".into(),
                is_worksheet: false,
                hidden: false,
            }],
            honest: vec!["We read on <weekdays>".into()],
            danger: false,
            check_in: None,
        }
    }

    #[test]
    fn a_channel_renders_empty_and_full_and_keeps_what_was_typed() {
        for language in Language::ALL {
            for many in [0, 60] {
                let html = page(language, "member", vec![shown(Body::Text("Hello <there>".into())); many]).render().unwrap();
                assert_eq!(html.matches("Hello &#60;there&#62;").count(), many);
                assert_eq!(html.contains(&language.t("messages-none")), many == 0);
                assert!(html.contains("Half &#60;a thought</textarea>") && html.contains("We read on &#60;weekdays&#62;"));
                assert!(html.contains("value=\"once-1\"") && html.contains("?before=3"));
                assert!(!html.contains("name=\"as_leaders\"") && !html.contains("/pause"), "members have neither");
            }
            let trouble = ChannelPage { trouble: Some(Trouble::TooLong), ..page(language, "facilitator", vec![]) };
            let html = trouble.render().unwrap();
            assert!(html.contains("role=\"alert\"") && html.contains("name=\"as_leaders\"") && html.contains("/pause"));
        }
    }

    #[test]
    fn where_help_is_stands_before_everything_that_was_written() {
        for language in Language::ALL {
            let html = ChannelPage { danger: true, ..page(language, "member", vec![shown(Body::Text("words".into()))]) }.render().unwrap();
            assert!(html.find("tel:988").unwrap() < html.find("class=\"prose\"").unwrap(), "the lines come first");
            let calm = page(language, "member", vec![]).render().unwrap();
            assert!(!calm.contains(&language.t("messages-danger-title")));
        }
    }

    #[test]
    fn a_paused_channel_says_so_and_only_leaders_write() {
        let paused = |part: &str| {
            let page = page(Language::English, part, vec![]);
            ChannelPage { of: Standing { paused_at: Some(ground::Moment(5)), ..page.of.clone() }, ..page }.render().unwrap()
        };
        let (member, leader) = (paused("member"), paused("facilitator"));
        assert!(member.contains(&Language::English.t("messages-paused-now")) && !member.contains("<textarea"));
        assert!(leader.contains("<textarea") && leader.contains(&Language::English.t("messages-resume")));
    }

    #[test]
    fn an_answer_names_what_it_answers_and_a_change_has_its_own_address() {
        let quote = Quote { number: 4, name: "The<o".into(), text: Some("How are you".into()) };
        let page = page(Language::Spanish, "member", vec![]);
        let answer = ChannelPage { writing: Writing::Answer(31, quote), ..page }.render().unwrap();
        assert!(answer.contains("name=\"reply\" value=\"31\"") && answer.contains("The&#60;o"));
        let page = super::tests::page(Language::Spanish, "member", vec![]);
        let edit = ChannelPage { writing: Writing::Edit(31), ..page }.render().unwrap();
        assert!(edit.contains("action=\"/channels/5/31/text\""));
    }

    #[test]
    fn the_list_renders_empty_and_full_and_says_who_waits() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Coordinator));
            let me = ui.me.clone().unwrap();
            let line = |kind: &str, person, waiting: Option<i64>| Listed {
                id: 3,
                kind: kind.into(),
                group_id: (kind == "group").then_some(8),
                person_id: person,
                title: "May<a".into(),
                unread: 4,
                waiting_since: waiting.map(ground::Moment),
                host_id: None,
                purpose_sealed: None,
                part: None,
                told: None,
            };
            let afterwards = Listed { group_id: None, ..line("group", None, None) };
            let called = [line("staff", Some(44), None), line("staff", Some(me.id), None), line("group", None, None), afterwards];
            let own = [language.t("messages-with-staff"), language.t("alumni-title")];
            assert_eq!(called.map(|one| one.called(&ui, &me)), ["May<a".into(), own[0].clone(), "May<a".into(), own[1].clone()]);
            let none = AllPage { ui: ui.clone(), me: me.clone(), all: vec![], blocked: vec![], asked: vec![], afterwards: false }
                .render()
                .unwrap();
            assert!(none.contains(&language.t("messages-none-at-all")));
            let all = vec![
                line("staff", Some(44), Some(5)),
                line("group", None, None),
                line("staff", Some(me.id), Some(5)),
                line("staff", Some(9), None),
            ];
            let html =
                AllPage { ui, me, all, blocked: vec![Blocked { other_id: 9, name: "Sa<m".into() }], asked: vec![4], afterwards: true }
                    .render()
                    .unwrap();
            assert_eq!(html.matches("May&#60;a").count(), 4);
            assert!(
                html.contains("/groups/4/circles")
                    && html.contains("Sa&#60;m")
                    && html.contains("/messages/blocked/9/removal")
                    && !none.contains(&language.t("block-title"))
            );
            assert_eq!(html.matches("chip ember").count(), 1, "nobody waits for themselves");
        }
    }
}
