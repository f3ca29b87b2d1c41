//! Whether somebody is told of what is new in one channel: as its kind says, always, or not until they look.

use askama::Template;
use axum::{
    Form,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use care::notices::is_told;
use ground::{Deed, Fault, House, Me, Ui, not_found, render, web::render_status};
use serde::Deserialize;

use super::{
    make_missing,
    pages::listed,
    queries::{self, Standing},
    standing,
};

/// The small form at the end of a channel.
#[derive(Template)]
#[template(path = "messages/notices.html")]
pub struct Notices<'a> {
    pub ui: &'a Ui,
    pub of: &'a Standing,
    pub leads: bool,
}

impl Notices<'_> {
    fn chosen(&self) -> Option<bool> {
        self.of.told.map(|told| told == 1)
    }

    fn told(&self, chosen: Option<bool>) -> &'static str {
        if is_told(chosen, &self.of.kind, self.leads) { "channel-notices-on" } else { "channel-notices-off" }
    }

    fn now(&self) -> String {
        self.ui.t(self.told(self.chosen()))
    }

    fn choices(&self) -> [(&'static str, String, bool); 3] {
        choices(self.ui, is_told(None, &self.of.kind, self.leads), self.chosen())
    }
}

/// Word, sentence, and whether it is the one that was chosen.
fn choices(ui: &Ui, usual: bool, chosen: Option<bool>) -> [(&'static str, String, bool); 3] {
    let usual = if usual { "channel-notices-usual-on" } else { "channel-notices-usual-off" };
    [("", usual, None), ("yes", "channel-notices-yes", Some(true)), ("no", "channel-notices-no", Some(false))]
        .map(|(word, key, told)| (word, ui.t(key), chosen == told))
}

/// What a form says; nothing for a word that no form of ours has.
fn parse(word: &str) -> Option<Option<bool>> {
    match word {
        "" => Some(None),
        "yes" => Some(Some(true)),
        "no" => Some(Some(false)),
        _ => None,
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Choice {
    told: String,
}

pub async fn choose(State(house): State<House>, me: Me, Path(channel): Path<i64>, Form(choice): Form<Choice>) -> Result<Response, Fault> {
    let Some(of) = standing(&house, &me, channel).await? else { return Ok(not_found()) };
    // A guess would change what somebody chose.
    let Some(told) = parse(&choice.told) else { return Ok(Redirect::to(&format!("/channels/{channel}#notices")).into_response()) };
    let tx = house.db.write().await?;
    queries::tell(&tx, of.id, me.id, told).await?;
    tx.commit(Deed::new(me.id, "channel.notices", format!("channel/{channel}"))).await?;
    Ok(Redirect::to(&format!("/channels/{channel}#notices")).into_response())
}

/// One channel in the list of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    id: i64,
    title: String,
    /// Whether somebody is told who has not chosen.
    usual: bool,
    chosen: Option<bool>,
}

/// The form with every channel: a part of the page about notices, and a page of its own.
#[derive(Template)]
#[template(path = "messages/notices_form.html")]
pub struct NoticesForm<'a> {
    ui: &'a Ui,
    lines: &'a [Line],
}

impl NoticesForm<'_> {
    fn choices(&self, line: &Line) -> [(&'static str, String, bool); 3] {
        choices(self.ui, line.usual, line.chosen)
    }
}

#[derive(Template)]
#[template(path = "messages/notices_all.html")]
pub struct NoticesPage {
    pub ui: Ui,
    lines: Vec<Line>,
    saved: bool,
    trouble: Option<&'static str>,
}

impl NoticesPage {
    fn form(&self) -> NoticesForm<'_> {
        NoticesForm { ui: &self.ui, lines: &self.lines }
    }
}

async fn lines(house: &House, ui: &Ui, me: &Me) -> Result<Vec<Line>, Fault> {
    let line = |one: &queries::Listed| Line {
        id: one.id,
        title: one.title.clone(),
        usual: is_told(None, &one.kind, one.leads(me)),
        chosen: one.told.map(|told| told == 1),
    };
    Ok(listed(house, ui, me).await?.iter().map(line).collect())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Saved {
    saved: String,
}

pub async fn all(State(house): State<House>, ui: Ui, me: Me, headers: HeaderMap, Query(query): Query<Saved>) -> Result<Response, Fault> {
    make_missing(&house, &me).await?;
    let lines = lines(&house, &ui, &me).await?;
    if headers.contains_key("hx-request") {
        return render(&NoticesForm { ui: &ui, lines: &lines });
    }
    render(&NoticesPage { ui, lines, saved: !query.saved.is_empty(), trouble: None })
}

/// Keeps what was chosen for each channel. One that is not this person's any more is passed over; a word that no form has changes nothing at all.
pub async fn choose_all(State(house): State<House>, ui: Ui, me: Me, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let lines = lines(&house, &ui, &me).await?;
    let mut changed = Vec::new();
    for (name, word) in &fields {
        let id = name.strip_prefix("channel-").and_then(|id| id.parse::<i64>().ok());
        let Some(line) = lines.iter().find(|line| Some(line.id) == id) else { continue };
        let Some(told) = parse(word) else {
            let page = NoticesPage { ui, lines, saved: false, trouble: Some("notices-odd") };
            return render_status(&page, StatusCode::UNPROCESSABLE_ENTITY);
        };
        if line.chosen != told {
            changed.push((line.id, told));
        }
    }
    if !changed.is_empty() {
        let tx = house.db.write().await?;
        for (channel, told) in changed {
            queries::tell(&tx, channel, me.id, told).await?;
        }
        tx.commit(Deed::new(me.id, "channel.notices", format!("person/{}", me.id))).await?;
    }
    Ok(Redirect::to("/messages/notices?saved=yes").into_response())
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::{super::shown::tests, *};

    fn html(language: Language, kind: &str, leads: bool, told: Option<i64>) -> String {
        let ui = Ui::sample(language, Some(Role::Member));
        let of = Standing { kind: kind.into(), told, ..tests::standing(if leads { "facilitator" } else { "member" }) };
        Notices { ui: &ui, of: &of, leads }.render().unwrap()
    }

    #[test]
    fn it_says_how_it_is_now_and_what_is_usual() {
        for language in Language::ALL {
            for (kind, leads, told, now, usual) in [
                ("group", false, None, "on", "on"),
                ("group", true, None, "off", "off"),
                ("group", true, Some(1), "on", "off"),
                ("staff", true, None, "on", "on"),
                ("circle", false, Some(0), "off", "on"),
            ] {
                let html = html(language, kind, leads, told);
                let summary = html.split("</summary>").next().unwrap();
                assert!(summary.contains(&language.t(&format!("channel-notices-{now}"))), "{kind} {leads} {told:?}");
                assert!(html.contains(&language.t(&format!("channel-notices-usual-{usual}"))));
                assert_eq!(html.matches(" checked").count(), 1);
                let value = told.map_or("", |told| if told == 1 { "yes" } else { "no" });
                assert!(html.contains(&format!("value=\"{value}\" checked")) && !html.contains("channel-notices-"));
            }
        }
    }

    #[test]
    fn the_list_has_each_channel_with_what_is_usual_and_what_was_chosen() {
        let line = |id: i64, usual: bool, chosen: Option<bool>| Line { id, title: format!("Group <{id}>"), usual, chosen };
        for language in Language::ALL {
            for many in [0, 1, 60] {
                let mut lines: Vec<Line> = (0..many).map(|id| line(100 + id, true, None)).collect();
                lines.extend([line(1, false, None), line(2, true, Some(false)), line(3, false, Some(true))]);
                let page = NoticesPage { ui: Ui::sample(language, Some(Role::Member)), lines, saved: true, trouble: Some("notices-odd") };
                let html = page.render().unwrap();
                assert_eq!(html.matches("<select").count(), 3 + usize::try_from(many).unwrap());
                assert_eq!(html.matches(" selected").count(), 3 + usize::try_from(many).unwrap(), "one of each");
                assert!(html.contains("Group &#60;2&#62;") && !html.contains("<2>"));
                assert!(html.contains(&language.t("channel-notices-usual-off")) && html.contains("role=\"alert\""));
                assert!(html.contains("/account/reminders") && !html.contains("notices-c"), "every sentence is there, and the way back");
            }
            let none = NoticesPage { ui: Ui::sample(language, Some(Role::Family)), lines: vec![], saved: false, trouble: None };
            let html = none.render().unwrap();
            assert!(html.contains(&language.t("messages-none-at-all")) && !html.contains("<select") && !html.contains("role=\"status\""));
        }
    }

    #[test]
    fn only_words_of_the_form_are_understood() {
        assert_eq!((parse(""), parse("yes"), parse("no")), (Some(None), Some(Some(true)), Some(Some(false))));
        for odd in ["perhaps", "YES", " ", "1", "yes "] {
            assert_eq!(parse(odd), None, "{odd:?}");
        }
    }
}
