//! What waits for me, and what I have sent.

use askama::Template;
use axum::{extract::State, response::Response};
use care::measures::Instrument;
use ground::{Fault, House, Me, Moment, Ui, render, when};

use super::{
    library,
    queries::{self, Measure},
};

/// One asking with its instrument.
#[derive(Debug, Clone)]
pub struct One {
    pub id: i64,
    pub heading: String,
    pub minutes: usize,
    pub begun: bool,
    pub at: Moment,
}

#[derive(Template)]
#[template(path = "measures/measures.html")]
pub struct MeasuresPage {
    pub ui: Ui,
    pub zone: String,
    pub waiting: Vec<One>,
    pub sent: Vec<One>,
}

/// For the first page: nothing at all when nothing waits.
#[derive(Template)]
#[template(path = "measures/open.html")]
pub struct OpenPart {
    pub ui: Ui,
    pub waiting: Vec<One>,
}

impl MeasuresPage {
    fn day(&self, one: &One) -> String {
        when::day(self.ui.language, one.at, &self.zone)
    }
}

async fn named(house: &House, ui: &Ui, rows: Vec<Measure>) -> Result<Vec<One>, Fault> {
    let mut all = Vec::new();
    for row in rows {
        let Some(instrument) = library::find(&house.db, &row.slug, &row.version).await? else { continue };
        all.push(one(ui, &row, &instrument));
    }
    Ok(all)
}

fn one(ui: &Ui, row: &Measure, instrument: &Instrument) -> One {
    One {
        id: row.id,
        heading: instrument.plain(ui.lang()).to_owned(),
        minutes: instrument.minutes(),
        begun: row.begun_at.is_some(),
        at: row.completed_at.unwrap_or(row.due_at),
    }
}

pub async fn all(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    let waiting = named(&house, &ui, queries::waiting(&house.db, me.id, house.clock.now()).await?).await?;
    let mut rows = queries::sent(&house.db, me.id).await?;
    rows.reverse();
    rows.truncate(60);
    let sent = named(&house, &ui, rows).await?;
    render(&MeasuresPage { zone: me.zone, ui, waiting, sent })
}

pub async fn open(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    let waiting = named(&house, &ui, queries::waiting(&house.db, me.id, house.clock.now()).await?).await?;
    render(&OpenPart { ui, waiting })
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    #[test]
    fn the_pages_render_with_nothing_and_with_much() {
        for language in Language::ALL {
            for many in [0, 30] {
                let ui = Ui::sample(language, Some(Role::Member));
                let all = vec![One { id: 5, heading: "How it <was>".into(), minutes: 1, begun: many % 2 == 0, at: Moment(0) }; many];
                let page = MeasuresPage { ui: ui.clone(), zone: "UTC".into(), waiting: all.clone(), sent: all.clone() };
                assert_eq!(page.render().unwrap().matches("/measures/5").count(), 2 * many);
                let part = OpenPart { ui, waiting: all }.render().unwrap();
                assert_eq!(part.trim().is_empty(), many == 0, "nothing at all when nothing waits");
            }
        }
    }
}
