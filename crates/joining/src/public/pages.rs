use askama::Template;
use axum::{extract::State, response::Response};
use ground::{
    Fault, House, Ui,
    outcome::{self, Feedback, Told},
    render,
    web::in_script,
};
use serde_json::{Value, json};

use crate::catalogue::{Card, cards, seats_words, shown};

/// Groups that the first page shows: enough to see that there is something.
const FEW: usize = 3;

/// The usual questions. The sentences are `how-<word>` and `how-<word>-answer`.
const QUESTIONS: [&str; 9] = ["people", "confidential", "speak", "cry", "leave", "online", "where", "cost", "crisis"];

/// Questions whose answer claims something about therapy or the law; `how-<word>-source` says where that is from (S7).
const SOURCED: [&str; 3] = ["people", "confidential", "where"];

#[derive(Template)]
#[template(path = "public/how.html")]
pub struct HowPage {
    pub ui: Ui,
    /// "Did it help?", where somebody decided that visitors see it.
    pub outcome: Option<Told>,
    pub feedback: Option<Feedback>,
    /// JSON-LD, safe inside a script element.
    pub structured: String,
}

impl HowPage {
    /// With n, what is missing, the interval and both ways of counting, or not at all.
    fn outcome_words(&self, told: &Told) -> Vec<String> {
        outcome::sentences(self.ui.language, &told.figure)
    }

    fn outcome_definition(&self, told: &Told) -> String {
        self.ui.t1("outcome-definition", "name", told.slug.to_uppercase())
    }

    fn feedback_words(&self) -> String {
        outcome::feedback_words(self.ui.language, self.feedback)
    }

    fn questions(&self) -> Vec<Question> {
        questions(&self.ui)
    }
}

struct Question {
    asked: String,
    answer: String,
    source: Option<String>,
}

fn questions(ui: &Ui) -> Vec<Question> {
    let one = |word: &&str| Question {
        asked: ui.t(&format!("how-{word}")),
        answer: ui.t(&format!("how-{word}-answer")),
        source: SOURCED.contains(word).then(|| ui.t(&format!("how-{word}-source"))),
    };
    QUESTIONS.iter().map(one).collect()
}

/// For machines: a schema.org FAQPage of the same questions.
fn structured(ui: &Ui) -> Value {
    let one = |question: Question| {
        json!({
            "@type": "Question",
            "name": question.asked,
            "acceptedAnswer": { "@type": "Answer", "text": question.answer },
        })
    };
    let all: Vec<Value> = questions(ui).into_iter().map(one).collect();
    json!({ "@context": "https://schema.org", "@type": "FAQPage", "inLanguage": ui.lang(), "mainEntity": all })
}

pub async fn how(State(house): State<House>, ui: Ui) -> Result<Response, Fault> {
    let structured = in_script(&structured(&ui).to_string());
    let (outcome, feedback) = (outcome::shown(&house.db).await?, outcome::feedback(&house.db).await?);
    render(&HowPage { ui, outcome, feedback, structured })
}

#[derive(Template)]
#[template(path = "public/contact.html")]
pub struct ContactPage {
    pub ui: Ui,
}

pub async fn contact(ui: Ui) -> Result<Response, Fault> {
    render(&ContactPage { ui })
}

/// One group in one line.
pub struct Line {
    pub id: i64,
    pub name: String,
    pub kind: String,
    pub weekly: String,
    pub seats: String,
}

impl Line {
    fn of(ui: &Ui, card: &Card) -> Line {
        let listed = &card.listed;
        Line {
            id: listed.id,
            name: listed.name.clone(),
            kind: crate::groups::kind_words(ui, &listed.topic, &listed.kind),
            weekly: crate::groups::weekly_words(ui, listed.weekday, listed.minute_of_day, &listed.zone, listed.minutes),
            seats: seats_words(ui, listed),
        }
    }
}

/// For the frames of other sites: no menu, no form, nothing of whoever is signed in.
#[derive(Template)]
#[template(path = "public/embed.html")]
pub struct EmbedPage {
    pub ui: Ui,
    pub lines: Vec<Line>,
}

pub async fn embed(State(house): State<House>, ui: Ui) -> Result<Response, Fault> {
    let cards = cards(&house, shown(&house.db).await?, "").await?;
    let lines = cards.iter().map(|card| Line::of(&ui, card)).collect();
    render(&EmbedPage { ui, lines })
}

/// What the first page shows of the catalogue.
#[derive(Template)]
#[template(path = "public/open.html")]
pub struct OpenPart {
    pub ui: Ui,
    pub lines: Vec<Line>,
}

pub async fn open(State(house): State<House>, ui: Ui) -> Result<Response, Fault> {
    let mut cards = cards(&house, shown(&house.db).await?, "").await?;
    cards.retain(|card| card.listed.taken < card.listed.capacity);
    // Who comes soonest is first: somebody asks for help tonight.
    cards.sort_by_key(|card| (card.next.is_none(), card.next));
    let lines = cards.iter().take(FEW).map(|card| Line::of(&ui, card)).collect();
    render(&OpenPart { ui, lines })
}

#[cfg(test)]
mod tests {
    use ground::{Language, Practice};

    use super::*;

    fn line(name: &str) -> Line {
        Line { id: 3, name: name.into(), kind: "Anxiety".into(), weekly: "Tuesdays".into(), seats: "1 seat left".into() }
    }

    #[test]
    fn every_question_is_answered_and_what_is_claimed_has_its_source() {
        for language in Language::ALL {
            for word in QUESTIONS {
                for key in [format!("how-{word}"), format!("how-{word}-answer")] {
                    assert!(language.knows(&key), "{key}");
                }
                assert_eq!(language.knows(&format!("how-{word}-source")), SOURCED.contains(&word), "{word}");
            }
            let ui = Ui::sample(language, None);
            let page = HowPage { structured: in_script(&structured(&ui).to_string()), ui, outcome: None, feedback: None }.render().unwrap();
            assert!(!page.contains(&language.t("outcome-title")), "nothing until somebody decided it");
            assert_eq!(page.matches("<details").count(), QUESTIONS.len());
            assert_eq!(page.matches("class=\"source").count(), SOURCED.len());
            assert!(page.contains("988") && page.contains("og:title") && page.contains("href=\"/find\""));
            assert!(!page.contains("hx-"), "it works without scripts");
        }
    }

    #[test]
    fn the_figure_stands_there_in_its_whole_form() {
        for language in Language::ALL {
            let ui = Ui::sample(language, None);
            let figure = care::outcomes::Figure { starters: 40, completers: 25, improved: 15, unmeasured: 2, below: 5 };
            let told = Told { slug: "phq-9".into(), part: "practice".into(), about: String::new(), hidden: None, figure };
            let page = HowPage { structured: String::new(), ui, outcome: Some(told), feedback: None }.render().unwrap();
            for sentence in outcome::sentences(language, &figure) {
                assert!(page.contains(&sentence), "{sentence}");
            }
            for key in ["outcome-waiting", "outcome-feedback-few"] {
                assert!(page.contains(&language.t(key)), "{key}");
            }
            assert!(page.contains("PHQ-9") && !page.contains("hx-"));
        }
    }

    #[test]
    fn machines_read_the_same_answers() {
        for language in Language::ALL {
            let ui = Ui::sample(language, None);
            let read: Value = serde_json::from_str(&in_script(&structured(&ui).to_string())).unwrap();
            assert_eq!(read["@type"], "FAQPage");
            let all = read["mainEntity"].as_array().unwrap();
            assert_eq!(all.len(), QUESTIONS.len());
            for (one, word) in all.iter().zip(QUESTIONS) {
                assert_eq!(one["name"], language.t(&format!("how-{word}")));
                assert_eq!(one["acceptedAnswer"]["text"], language.t(&format!("how-{word}-answer")));
            }
        }
    }

    #[test]
    fn contact_begins_with_the_crisis_lines_and_shows_only_what_there_is() {
        for language in Language::ALL {
            let bare = Ui::sample(language, None);
            let page = ContactPage { ui: bare.clone() }.render().unwrap();
            let main = page.split("<main").nth(1).unwrap();
            assert!(main.find("tel:988").unwrap() < main.find("tel:+15550100").unwrap(), "the crisis lines are first");
            assert!(!page.contains("mailto:") && !page.contains("<address"));
            assert!(!page.contains(&language.t("contact-hours")));
            let practice = Practice {
                hours_en: "Mon to Fri <9-5>".into(),
                address: "1 Quiet Lane\nAlbany".into(),
                public_email: "office@lantern.example".into(),
                ..bare.practice.clone()
            };
            let page = ContactPage { ui: Ui { practice, ..bare } }.render().unwrap();
            for part in ["Mon to Fri &#60;9-5&#62;", "1 Quiet Lane\nAlbany", "mailto:office@lantern.example"] {
                assert!(page.contains(part), "{part} in {}", language.code());
            }
        }
    }

    #[test]
    fn the_listing_for_other_sites_is_small_and_still() {
        for language in Language::ALL {
            for many in [0, 1, 60] {
                let ui = Ui::sample(language, Some(ground::Role::Member));
                let page = EmbedPage { ui, lines: (0..many).map(|_| line("Steady <Ground>")).collect() }.render().unwrap();
                assert_eq!(page.matches("<li><a href=\"/find/3\"").count(), many);
                assert_eq!(page.contains(&language.t("find-none-yet")), many == 0);
                for never in ["<script", "<form", "Maya", "hx-", "Steady <Ground>"] {
                    assert!(!page.contains(never), "{never}");
                }
                assert!(page.contains("988"), "crisis lines on every page");
            }
        }
    }

    #[test]
    fn the_slot_of_the_first_page_always_leads_on() {
        for language in Language::ALL {
            for many in [0, 3] {
                let ui = Ui::sample(language, None);
                let part = OpenPart { ui, lines: (0..many).map(|_| line("Steady Ground")).collect() }.render().unwrap();
                assert!(part.contains("href=\"/find\"") && !part.contains("<html"), "{many}");
                assert_eq!(part.contains(&language.t("home-open-none")), many == 0);
            }
        }
    }
}
