use std::time::Duration;

use askama::Template;
use axum::{extract::State, response::Response};
use ground::{
    Fault, House, Me, Role, Ui, render, series,
    waiting::{self, Waits, What},
};

use super::queries::{self, Answered};
use crate::messages::{self, Named};

/// So long a note, and an answer to a question, are news.
const NEW: Duration = Duration::from_secs(7 * 86_400);

#[derive(Template)]
#[template(path = "inbox/inbox.html")]
pub struct InboxPage {
    pub ui: Ui,
    pub waits: Vec<Waits>,
    /// Channels with something new.
    pub channels: Vec<Named>,
    /// Weekly notes that came out of late.
    pub notes: Vec<(i64, String)>,
    pub answered: Vec<Answered>,
}

impl InboxPage {
    /// Messages stand by channel; all else is a line of its own.
    fn lines(&self) -> impl Iterator<Item = &Waits> {
        self.waits.iter().filter(|waits| waits.what != What::Message)
    }

    fn urgent(&self) -> impl Iterator<Item = &Waits> {
        self.lines().filter(|waits| waits.what == What::Risk)
    }

    fn others(&self) -> impl Iterator<Item = &Waits> {
        self.lines().filter(|waits| waits.what != What::Risk)
    }

    fn says(&self, waits: &Waits) -> String {
        let count = waits.count.to_string();
        self.ui.t2(&format!("inbox-{}", waits.what.word()), &("count", &count), &("group", &waits.group_name))
    }

    fn came(&self, answered: &Answered) -> String {
        self.ui.t2("inbox-answered", &("count", &answered.count.to_string()), &("group", &answered.group_name))
    }

    fn has_messages(&self) -> bool {
        self.ui.me.as_ref().is_some_and(waiting::has_messages)
    }

    fn nothing(&self) -> bool {
        self.channels.is_empty() && self.waits.is_empty()
    }

    fn has_news(&self) -> bool {
        !self.notes.is_empty() || !self.answered.is_empty()
    }
}

pub async fn page(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    let now = house.clock.now();
    let waits = waiting::of(&house.db, &me, now).await?;
    // Names are unsealed only where there is something to name.
    let some = waits.iter().any(|waits| waits.what == What::Message);
    let mut channels = if some { messages::named(&house, &ui, &me).await? } else { Vec::new() };
    channels.retain(|channel| channel.unread > 0);
    let notes = series::out(&house.db, me.role == Role::Member || me.role.is_staff(), now.minus(NEW), now).await?;
    let notes = notes.iter().map(|note| (note.id, note.written(ui.lang()).title.clone())).collect();
    let answered = queries::answered(&house.db, me.id, now.minus(NEW)).await?;
    render(&InboxPage { ui, waits, channels, notes, answered })
}

#[cfg(test)]
mod tests {
    use ground::Language;

    use super::*;

    fn waits(what: What, count: i64) -> Waits {
        Waits { what, count, group: 5, group_name: "Steady <Ground>".into() }
    }

    fn empty(language: Language, role: Role) -> InboxPage {
        let ui = Ui::sample(language, Some(role));
        InboxPage { ui, waits: vec![], channels: vec![], notes: vec![], answered: vec![] }
    }

    #[test]
    fn an_empty_inbox_says_so_and_offers_messages_to_those_who_have_some() {
        for language in Language::ALL {
            for role in Role::ALL {
                let page = empty(language, role);
                let html = page.render().unwrap();
                assert!(html.contains(&page.ui.t("inbox-empty")) && !html.contains("inbox-"), "{role:?}: every sentence is there");
                let writes = role == Role::Member || role.is_crew();
                assert_eq!(html.contains("href=\"/messages\""), writes, "{role:?}");
            }
        }
    }

    #[test]
    fn every_kind_has_its_sentence_for_one_and_for_many_and_help_stands_first() {
        for language in Language::ALL {
            for count in [1, 40] {
                let page = InboxPage {
                    waits: What::ALL.map(|what| waits(what, count)).to_vec(),
                    channels: vec![Named { id: 3, title: "A <circle>".into(), unread: count }; 12],
                    notes: vec![(9, "Rest & <quiet>".into())],
                    answered: vec![Answered { group_id: 5, group_name: "Steady <Ground>".into(), count }],
                    ..empty(language, Role::Clinician)
                };
                let html = page.render().unwrap();
                assert!(!html.contains("inbox-"), "a key without a sentence: {html}");
                assert!(!html.contains("<circle>") && !html.contains("<Ground>") && !html.contains("<quiet>"));
                assert_eq!(html.matches("/channels/3").count(), 12);
                let main = html.split("<main").nth(1).unwrap();
                assert!(main.find("/risk-tasks").unwrap() < main.find("/channels/3").unwrap(), "whoever may need help first");
                for what in What::ALL.into_iter().filter(|what| *what != What::Message) {
                    assert!(main.contains(&format!("href=\"{}\"", waits(what, 1).link())), "{what:?}");
                }
                assert!(!main.contains(&page.ui.t("inbox-empty")));
            }
        }
    }

    #[test]
    fn the_menu_counts_what_waits_and_never_in_three_digits() {
        for (waiting, shown) in [(0, None), (7, Some("7")), (99, Some("99")), (140, Some("99+"))] {
            let page = empty(Language::English, Role::Member);
            let page = InboxPage { ui: Ui { waiting, path: "/channels/4".into(), ..page.ui.clone() }, ..page };
            let html = page.render().unwrap();
            let count = html.split("class=\"count\">").nth(1).map(|rest| rest.split('<').next().unwrap());
            assert_eq!(count, shown);
            assert!(html.contains("href=\"/inbox\" aria-current=\"page\""), "messages are a part of it");
        }
    }
}
