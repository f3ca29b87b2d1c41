//! My journal: every page that somebody wrote in their sessions, for their own eyes.

use askama::Template;
use axum::{extract::State, response::Response};
use ground::{Fault, House, Me, Moment, Ui, render, when};
use room::tools::journal::{KeptPage, Sharing};

use super::queries;

/// One evening with the pages that were written on it.
pub struct Evening {
    pub group: String,
    pub at: Moment,
    pub pages: Vec<KeptPage>,
}

#[derive(Template)]
#[template(path = "after/journal.html")]
pub struct JournalPage {
    pub ui: Ui,
    pub zone: String,
    pub evenings: Vec<Evening>,
}

impl JournalPage {
    fn day(&self, evening: &Evening) -> String {
        when::day(self.ui.language, evening.at, &self.zone)
    }

    fn shared(&self, page: &KeptPage) -> String {
        shared(&self.ui, &page.sharing)
    }
}

/// Who else has what of a page, in one sentence.
pub fn shared(ui: &Ui, sharing: &Sharing) -> String {
    match sharing {
        Sharing::Nothing => ui.t("journal-shared-nothing"),
        Sharing::Therapist => ui.t("journal-shared-therapist"),
        Sharing::Anonymous { line } => ui.t1("journal-shared-anonymous", "line", line),
        Sharing::Named { line } => ui.t1("journal-shared-named", "line", line),
    }
}

pub async fn journal(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    let all = queries::evenings(&house, me.id).await?;
    let evenings = all.into_iter().map(|(group, at, answer)| Evening { group, at, pages: answer.journal });
    let evenings = evenings.filter(|evening| !evening.pages.is_empty()).collect();
    render(&JournalPage { zone: me.zone, evenings, ui })
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    fn page(text: &str, sharing: Sharing) -> KeptPage {
        KeptPage { prompt: "A letter to <myself>".into(), text: text.into(), sharing }
    }

    #[test]
    fn it_renders_with_nothing_and_with_much_in_both_languages() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Member));
            let line = || "a line".to_owned();
            let all = [Sharing::Nothing, Sharing::Therapist, Sharing::Anonymous { line: line() }, Sharing::Named { line: line() }];
            let sentences: std::collections::BTreeSet<String> = all.iter().map(|sharing| shared(&ui, sharing)).collect();
            assert_eq!(sentences.len(), 4, "each says something else");
            assert!(all[2..].iter().all(|sharing| shared(&ui, sharing).contains("a line")));
            for many in [0, 40] {
                let pages = all.iter().map(|sharing| page("Dear <me>,\nit was a long year.", sharing.clone())).collect::<Vec<_>>();
                let evening =
                    |week: i64| Evening { group: "Steady Ground".into(), at: Moment(1_789_000_000_000_000 + week), pages: pages.clone() };
                let html = JournalPage { ui: ui.clone(), zone: "UTC".into(), evenings: (0..many).map(evening).collect() }.render().unwrap();
                assert!(!html.contains("<me>") && !html.contains("<myself>"), "what somebody wrote is text");
                assert_eq!(html.contains(&ui.t("journal-none")), many == 0);
                assert_eq!(html.matches("class=\"prose\"").count(), many as usize * 4);
                assert_eq!(html.matches(">Dear &#60;me&#62;,\nit was a long year").count(), many as usize * 4);
                assert_eq!(html.matches("action=\"/homework/new\"").count(), many as usize * 4, "each may become homework");
            }
        }
    }

    #[test]
    fn a_line_without_a_page_stands_alone() {
        let ui = Ui::sample(Language::English, Some(Role::Member));
        let pages = vec![page("", Sharing::Named { line: "only this".into() })];
        let evening = Evening { group: "Steady Ground".into(), at: Moment(1_789_000_000_000_000), pages };
        let html = JournalPage { ui, zone: "UTC".into(), evenings: vec![evening] }.render().unwrap();
        assert!(html.contains("only this") && !html.contains("class=\"prose\"") && !html.contains("/homework/new"));
    }

    /// A row that was kept before there was a journal is still read.
    #[test]
    fn an_older_answer_has_no_pages() {
        let old: crate::live::StoredAnswer = serde_json::from_str(r#"{"check_in":null,"passed":true,"closing":null}"#).unwrap();
        assert!(old.journal.is_empty());
        assert!(!serde_json::to_string(&old).unwrap().contains("journal"));
    }
}
