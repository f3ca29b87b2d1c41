//! What stands in a digest. It is the public catalogue, so its body may name groups; its subject says nothing.

use care::digest::News;
use ground::{House, Language, Moment, Ui, mail::Words, series::Note, web::UiParts, when};

use super::queries::Subscriber;
use crate::{
    catalogue::{Card, city},
    groups::{kind_words, weekly_words},
};

/// More than these nobody reads; the rest is behind the button.
const MOST: usize = 12;
const MOST_NOTES: usize = 4;

pub struct Letter<'a> {
    pub house: &'a House,
    pub subscriber: &'a Subscriber,
    /// The address that ends these letters.
    pub leave: String,
}

impl Letter<'_> {
    /// Groups that are new, and notes that came out; each may be none.
    pub fn words(&self, fresh: &[(Card, News)], notes: &[Note]) -> Words {
        let language = Language::parse(&self.subscriber.language);
        let ui = Ui::make(self.house, UiParts { me: None, language: Some(language), nonce: String::new(), path: String::new() });
        let link = if fresh.is_empty() { self.note_link(None) } else { self.link() };
        let mut paragraphs = vec![ui.t("digest-mail-hello"), ui.t("digest-mail-new")];
        paragraphs.extend(notes.iter().take(MOST_NOTES).map(|note| self.note(note)));
        paragraphs.extend(fresh.iter().take(MOST).map(|(card, news)| self.group(&ui, card, *news)));
        if fresh.len() > MOST {
            paragraphs.push(ui.t1("digest-mail-more", "count", fresh.len() - MOST));
        }
        paragraphs.push(link.clone());
        Words {
            subject: ui.t1("digest-mail-subject", "practice", &ui.practice.name),
            text: paragraphs.join("\n\n"),
            button: ui.t(if fresh.is_empty() { "digest-mail-notes-button" } else { "digest-mail-button" }),
            after: ui.t1("digest-mail-after", "leave", &self.leave),
            unsubscribe: Some(self.leave.clone()),
            link,
        }
    }

    fn note_link(&self, note: Option<i64>) -> String {
        let base = format!("{}/notes", self.house.config.public_url);
        note.map_or(base.clone(), |note| format!("{base}/{note}"))
    }

    /// What a note is about and where it stands: the whole of it is read on its page.
    fn note(&self, note: &Note) -> String {
        let written = note.written(&self.subscriber.language);
        // A paragraph that is the link alone would become the button.
        format!("{}\n{}\n{}", written.title, written.lead.split_whitespace().collect::<Vec<_>>().join(" "), self.note_link(Some(note.id)))
    }

    /// The catalogue with the same questions.
    fn link(&self) -> String {
        let Subscriber { topic, place, part, zone, .. } = self.subscriber;
        let asked = [("topic", topic), ("place", place), ("part", part), ("zone", zone)];
        let asked = asked.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}={value}"));
        format!("{}/find?{}", self.house.config.public_url, asked.collect::<Vec<_>>().join("&"))
    }

    fn group(&self, ui: &Ui, card: &Card, news: News) -> String {
        let listed = &card.listed;
        let free = listed.capacity - listed.taken;
        let seats = match free {
            ..=0 => ui.t("find-full"),
            1 => ui.t("find-one-seat"),
            free => ui.t1("find-seats", "free", free),
        };
        let why = ui.t(match news {
            News::Listed => "digest-why-listed",
            News::Seats => "digest-why-seats",
            News::Time => "digest-why-time",
        });
        let mut lines = vec![
            listed.name.clone(),
            kind_words(ui, &listed.topic, &listed.kind),
            weekly_words(ui, listed.weekday, listed.minute_of_day, &listed.zone, listed.minutes),
        ];
        if let Some(next) = card.next.filter(|_| self.subscriber.zone != listed.zone) {
            let zone = &self.subscriber.zone;
            let when = when::moment(ui.language, Moment::from(next), zone);
            lines.push(ui.language.say("find-yours", &[("when", when), ("zone", city(zone))]));
        }
        lines.push(format!("{why} · {seats}"));
        lines.join("\n")
    }
}
