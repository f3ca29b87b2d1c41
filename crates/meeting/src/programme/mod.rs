//! The programme of one group: a shipped one, until somebody adapts it; from then on the group's own copy.

mod pages;
mod queries;

use care::{agenda::Agenda, programmes};
use ground::{Fault, House, Moment, Routes, Rule, Stand, Tx};

const LEADERS: &[Stand] = &[Stand::Leader, Stand::Office];

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/groups/{group}/programme", Rule::Group(LEADERS), pages::list)
        .post("/groups/{group}/programme", Rule::Group(LEADERS), pages::add)
        .post("/groups/{group}/programme/order", Rule::Group(LEADERS), pages::order)
        .post("/groups/{group}/programme/removal", Rule::Group(LEADERS), pages::remove)
        .get("/groups/{group}/programme/{index}", Rule::Group(LEADERS), pages::session)
        .post("/groups/{group}/programme/{index}", Rule::Group(LEADERS), pages::keep)
}

/// More weeks than this are a mistake.
const MOST: usize = 60;

/// What a group works with now.
pub(crate) struct Course {
    pub agendas: Vec<Agenda>,
    /// When the copy was changed last; 0 while it is the shipped one.
    pub changed_at: Moment,
}

impl Course {
    /// Of session `number`, counted from 1; from the start again when it is through.
    pub fn agenda(&self, number: i64) -> Agenda {
        let index = usize::try_from(number).unwrap_or(1).saturating_sub(1).checked_rem(self.agendas.len()).unwrap_or(0);
        self.agendas.get(index).cloned().unwrap_or_default()
    }
}

/// The group's own copy, or the shipped programme it began with, in the language the group speaks.
pub(crate) fn course(slug: &str, language: &str, own: Option<&str>, changed_at: Moment) -> Result<Course, Fault> {
    Ok(match own {
        Some(own) => Course { agendas: serde_json::from_str(own)?, changed_at },
        None => {
            let agendas = programmes::find(slug, language)?.map(|programme| programme.session).unwrap_or_default();
            Course { agendas, changed_at: Moment(0) }
        }
    })
}

pub(crate) async fn of_group(house: &House, group: i64) -> Result<Option<Course>, Fault> {
    let Some(row) = queries::row(&house.db, group).await? else { return Ok(None) };
    course(&row.programme, &row.language, row.own.as_deref(), row.changed_at).map(Some)
}

/// Keeps the changed copy and gives the sessions still to come their new agendas. One that was adapted by hand keeps what its leader
/// wrote. False if somebody else changed the programme meanwhile.
pub(crate) async fn replace(tx: &Tx, group: i64, before: &Course, agendas: Vec<Agenda>, now: Moment) -> Result<bool, Fault> {
    if !queries::keep(tx, group, &serde_json::to_string(&agendas)?, before.changed_at, now).await? {
        return Ok(false);
    }
    let after = Course { agendas, changed_at: now };
    for planned in queries::planned(tx, group, now).await? {
        let (was, is) = (before.agenda(planned.number), after.agenda(planned.number));
        let stands: Agenda = serde_json::from_str(&planned.agenda)?;
        if stands == was && was != is {
            queries::set_agenda(tx, planned.id, &serde_json::to_string(&is)?).await?;
        }
    }
    Ok(true)
}

/// One week of the programme, and the language of its group.
pub(crate) async fn week(house: &House, group: i64, index: usize) -> Result<Option<(Agenda, String)>, Fault> {
    let Some(row) = queries::row(&house.db, group).await? else { return Ok(None) };
    let course = course(&row.programme, &row.language, row.own.as_deref(), row.changed_at)?;
    Ok(course.agendas.into_iter().nth(index).map(|agenda| (agenda, row.language)))
}

/// Keeps one week if it still is what was read; the sessions to come follow as they do after any change.
pub(crate) async fn keep_week(tx: &Tx, group: i64, index: usize, read: &Agenda, agenda: Agenda, now: Moment) -> Result<bool, Fault> {
    let Some(row) = queries::row(tx, group).await? else { return Ok(false) };
    let course = course(&row.programme, &row.language, row.own.as_deref(), row.changed_at)?;
    if course.agendas.get(index) != Some(read) {
        return Ok(false);
    }
    let mut agendas = course.agendas.clone();
    agendas[index] = agenda;
    replace(tx, group, &course, agendas, now).await
}
