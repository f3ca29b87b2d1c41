use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use ground::{
    Fault, House, Me, Ui,
    facts::{self, MaterialFacts, SessionFacts},
    library::{self, Read},
    not_found, render, when,
};

use room::tools::poll::{PollKept, PollKind, Tally};

use super::{
    board::{self, Drawing},
    journal,
    queries::{self, KeptBoard, Next},
};
use crate::live::StoredAnswer;

#[derive(Template)]
#[template(path = "after/recap.html")]
pub struct RecapPage {
    pub ui: Ui,
    pub session: SessionFacts,
    pub zone: String,
    pub takeaways: Vec<String>,
    pub mine: StoredAnswer,
    pub boards: Vec<KeptBoard>,
    pub next: Option<Next>,
    pub shown: Vec<MaterialFacts>,
    pub read: Vec<Reading>,
}

impl RecapPage {
    fn when(&self) -> String {
        when::day(self.ui.language, self.session.starts_at, &self.zone)
    }

    fn next_when(&self) -> Option<String> {
        let next = self.next.as_ref()?;
        Some(format!(
            "{} · {}",
            when::day(self.ui.language, next.starts_at, &self.zone),
            when::span(self.ui.language, next.starts_at, next.minutes, &self.zone)
        ))
    }

    fn polls(&self) -> Vec<Polled> {
        self.mine.polls.iter().map(|poll| Polled::of(&self.ui, poll)).collect()
    }

    fn boards(&self) -> Vec<Shown> {
        let shown = self.boards.iter().filter_map(|kept| {
            let title = board::title_at(&self.ui, &kept.template, kept.table);
            board::draw(&kept.elements, &title).map(|drawing| Shown { title, drawing })
        });
        shown.collect()
    }

    fn shared(&self, page: &room::tools::journal::KeptPage) -> String {
        journal::shared(&self.ui, &page.sharing)
    }

    fn before(&self) -> Option<u8> {
        self.mine.check_in.as_ref().map(|answer| answer.mood)
    }

    fn after(&self) -> Option<u8> {
        self.mine.closing.as_ref().and_then(|closing| closing.mood)
    }
}

/// What was read together: as the reader's library has it today, or by the name that it had, if it is not open to them.
pub struct Reading {
    pub item: String,
    pub title: String,
    pub is_open: bool,
}

/// A member finds what the library still shows; so does whoever led, who can open more than that.
async fn readings(house: &House, ui: &Ui, me: &Me, session: i64) -> Result<Vec<Reading>, Fault> {
    let read = library::read_in(&house.db, session).await?;
    if read.is_empty() {
        return Ok(Vec::new());
    }
    let items = library::named(&house.db, me.role, ui.language).await?;
    let reading = |one: Read| match items.iter().find(|item| item.slug == one.item && !item.hidden) {
        Some(item) => Reading { item: one.item, title: item.title.clone(), is_open: true },
        None => Reading { item: one.item, title: one.title, is_open: false },
    };
    Ok(read.into_iter().map(reading).collect())
}

/// A whiteboard with its name.
pub struct Shown {
    title: String,
    drawing: Drawing,
}

/// A poll as it is read afterwards.
pub struct Polled {
    question: String,
    lines: Vec<String>,
    note: String,
}

impl Polled {
    fn of(ui: &Ui, poll: &PollKept) -> Polled {
        let question = poll.question.clone();
        let Some(tally) = &poll.tally else {
            return Polled { question, lines: Vec::new(), note: ui.t("recap-poll-too-few") };
        };
        let key = if tally.answered == 1 { "recap-poll-answered-one" } else { "recap-poll-answered-other" };
        Polled { question, lines: lines(poll, tally), note: ui.t1(key, "count", tally.answered) }
    }
}

fn lines(poll: &PollKept, tally: &Tally) -> Vec<String> {
    let line = |text: &dyn std::fmt::Display, count: &u32| format!("{text} · {count}");
    match poll.kind {
        PollKind::Single | PollKind::Several => poll.options.iter().zip(&tally.counts).map(|(option, count)| line(option, count)).collect(),
        PollKind::Scale => {
            tally.counts.iter().enumerate().filter(|(_, count)| **count > 0).map(|(point, count)| line(&point, count)).collect()
        }
        PollKind::Words => tally.words.iter().map(|word| line(&word.word, &word.count)).collect(),
        // The smallest sum of places comes first; two with the same stay as they were offered.
        PollKind::Order => {
            let mut order: Vec<(&String, &u32)> = poll.options.iter().zip(&tally.counts).collect();
            order.sort_by_key(|(_, sum)| **sum);
            order.iter().zip(1..).map(|((option, _), place)| format!("{place}. {option}")).collect()
        }
    }
}

pub async fn recap(State(house): State<House>, ui: Ui, me: Me, Path(session): Path<i64>) -> Result<Response, Fault> {
    let Some(session) = facts::session(&house.db, session).await? else { return Ok(not_found()) };
    let page = RecapPage {
        takeaways: queries::takeaways(&house, session.id).await?,
        mine: queries::answer(&house, session.id, me.id).await?.unwrap_or_default(),
        shown: facts::shown_in(&house.db, session.id).await?,
        read: readings(&house, &ui, &me, session.id).await?,
        boards: queries::boards(&house, session.id, me.id).await?,
        next: queries::next(&house.db, session.group_id, session.starts_at).await?,
        zone: me.zone.clone(),
        session,
        ui,
    };
    render(&page)
}

#[cfg(test)]
mod tests {
    use room::tools::poll::WordCount;

    use super::*;

    fn kept(kind: PollKind, options: &[&str], counts: &[u32], words: &[(&str, u32)]) -> PollKept {
        let words = words.iter().map(|&(word, count)| WordCount { word: word.to_owned(), count }).collect();
        let options = options.iter().map(|&option| option.to_owned()).collect();
        let tally = Some(Tally { answered: 4, counts: counts.to_vec(), words });
        PollKept { kind, question: "Which?".into(), options, named: false, tally }
    }

    fn lines_of(poll: &PollKept) -> Vec<String> {
        lines(poll, poll.tally.as_ref().unwrap())
    }

    #[test]
    fn each_kind_is_told_as_it_was_asked() {
        assert_eq!(lines_of(&kept(PollKind::Single, &["Sleep", "A walk"], &[1, 3], &[])), ["Sleep · 1", "A walk · 3"]);
        assert_eq!(lines_of(&kept(PollKind::Several, &["Sleep", "A walk"], &[0, 4], &[])), ["Sleep · 0", "A walk · 4"]);
        let scale = kept(PollKind::Scale, &[], &[0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0], &[]);
        assert_eq!(lines_of(&scale), ["3 · 1", "7 · 3"], "points that nobody chose are left out");
        assert_eq!(lines_of(&kept(PollKind::Words, &[], &[], &[("calm", 3), ("tired", 1)])), ["calm · 3", "tired · 1"]);
        let order = kept(PollKind::Order, &["a", "b", "c", "d"], &[9, 4, 9, 12], &[]);
        assert_eq!(lines_of(&order), ["1. b", "2. a", "3. c", "4. d"]);
    }
}
