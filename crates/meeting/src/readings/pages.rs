use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::{agenda::Agenda, programmes};
use ground::{Deed, Fault, House, Me, Ui, library::Named, render, web::render_status, when};
use serde::Deserialize;

use super::{Shelf, queries};
use crate::{before, today::STILL_ON};

/// What belongs to one week.
pub struct Week {
    /// What the week is about; may be empty.
    pub theme: String,
    pub number: i64,
    /// The day of its session; a programme that ships has none.
    pub day: Option<String>,
    pub is_next: bool,
    pub readings: Vec<Named>,
}

/// The weeks of a group, or of a programme that ships.
pub struct Course {
    pub title: String,
    /// Of a group the newest first, from the next session on.
    pub weeks: Vec<Week>,
    /// Of a group what comes after the next session, in order.
    pub later: Vec<Week>,
}

#[derive(Template)]
#[template(path = "readings/weeks.html")]
pub struct WeeksPage {
    pub ui: Ui,
    pub groups: Vec<Course>,
    /// Everything that ships; for those who lead groups or run the office.
    pub shipped: Vec<Course>,
}

impl WeeksPage {
    fn week(&self, week: &Week) -> String {
        let day = || week.day.clone().unwrap_or_default();
        let number = if week.number > 0 { self.ui.t1("readings-week", "number", week.number) } else { day() };
        if week.theme.is_empty() { number } else { format!("{number} · {}", week.theme) }
    }
}

async fn of_groups(house: &House, ui: &Ui, me: &Me, shelf: &Shelf) -> Result<Vec<Course>, Fault> {
    let mut groups: Vec<(i64, Course)> = Vec::new();
    for row in queries::weeks(&house.db, me.id).await? {
        let agenda: Agenda = serde_json::from_str(&row.agenda)?;
        let readings = shelf.named(&agenda.readings);
        if readings.is_empty() {
            continue;
        }
        let day = Some(when::day(ui.language, row.starts_at, &me.zone));
        let is_to_come = row.state != "ended" && row.starts_at > house.clock.now().minus(STILL_ON);
        let week = Week { theme: agenda.theme().to_owned(), number: row.number, day, is_next: is_to_come, readings };
        if groups.last().is_none_or(|(id, _)| *id != row.group_id) {
            groups.push((row.group_id, Course { title: row.group_name, weeks: Vec::new(), later: Vec::new() }));
        }
        let Some((_, course)) = groups.last_mut() else { continue };
        // The newest comes first, so the last that is still to come is the next.
        if is_to_come {
            course.later.splice(0..0, course.weeks.drain(..).map(|later| Week { is_next: false, ..later }));
        }
        course.weeks.push(week);
    }
    Ok(groups.into_iter().map(|(_, course)| course).collect())
}

fn shipped(ui: &Ui, shelf: &Shelf) -> Result<Vec<Course>, Fault> {
    let mut all = Vec::new();
    for programme in programmes::shipped()? {
        let programme = programme.said_in(ui.lang())?;
        let week = |(index, agenda): (usize, &Agenda)| {
            let number = i64::try_from(index).unwrap_or(0) + 1;
            Week { theme: agenda.theme().to_owned(), number, day: None, is_next: false, readings: shelf.named(&agenda.readings) }
        };
        let weeks: Vec<Week> = programme.session.iter().enumerate().map(week).filter(|week| !week.readings.is_empty()).collect();
        if !weeks.is_empty() {
            let title = programme.title.get(ui.lang()).cloned().unwrap_or(programme.slug);
            all.push(Course { title, weeks, later: Vec::new() });
        }
    }
    all.sort_by_cached_key(|course| care::names::plain(&course.title));
    Ok(all)
}

pub async fn weeks(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    let shelf = Shelf::of(&house.db, &me).await?;
    let groups = of_groups(&house, &ui, &me, &shelf).await?;
    let shipped = if me.role.is_crew() { shipped(&ui, &shelf)? } else { Vec::new() };
    render(&WeeksPage { ui, groups, shipped })
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Chosen {
    item: String,
}

#[derive(Template)]
#[template(path = "readings/not_now.html")]
pub struct NotNowPage {
    pub ui: Ui,
    pub group: i64,
    /// Where it came from.
    pub back: String,
    pub trouble: &'static str,
}

/// Something of the library into the next session of a group, from its own page.
pub async fn add(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(group): Path<i64>,
    Form(Chosen { item }): Form<Chosen>,
) -> Result<Response, Fault> {
    let known = Shelf::of(&house.db, &me).await?.named(std::slice::from_ref(&item));
    let back = if known.is_empty() { "/library".to_owned() } else { format!("/library/{item}") };
    let not_now = |trouble| render_status(&NotNowPage { ui, group, back, trouble }, StatusCode::CONFLICT);
    if known.is_empty() {
        return not_now("agenda-reading-gone");
    }
    let Some(next) = queries::next(&house.db, group, house.clock.now().minus(STILL_ON)).await? else {
        return not_now("readings-no-session");
    };
    let done = Redirect::to(&format!("/sessions/{}/before#readings", next.id)).into_response();
    let stands: Agenda = serde_json::from_str(&next.agenda)?;
    if stands.readings.contains(&item) {
        return Ok(done);
    }
    let mut agenda = stands.clone();
    agenda.readings.push(item);
    if let Err(misfit) = agenda.check() {
        return not_now(misfit.key());
    }
    let tx = house.db.write().await?;
    if !before::keep_changed(&tx, next.id, &stands, &agenda).await? {
        drop(tx);
        return not_now("prepared-meanwhile");
    }
    tx.commit(Deed::new(me.id, "agenda.change", format!("session/{}", next.id))).await?;
    Ok(done)
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    fn course(weeks: i64) -> Course {
        let readings = || Shelf::sample().named(&["a-b".to_owned(), "one-rung".to_owned()]);
        let week = |number| Week {
            theme: if number == 1 { String::new() } else { "How <fear>".into() },
            number,
            day: (number > 1).then(|| "Tuesday".into()),
            is_next: number == 2,
            readings: readings(),
        };
        Course { title: "Steady <Ground>".into(), weeks: (1..=weeks).map(week).collect(), later: vec![week(9)] }
    }

    #[test]
    fn a_family_s_session_is_said_by_its_day() {
        let ui = Ui::sample(Language::English, Some(Role::Family));
        let mut course = course(2);
        course.weeks.retain_mut(|week| std::mem::take(&mut week.number) == 2);
        let html = WeeksPage { ui, groups: vec![Course { later: vec![], ..course }], shipped: vec![] }.render().unwrap();
        assert!(html.matches("Tuesday").count() == 1 && !html.contains("Week"), "{html}");
    }

    #[test]
    fn the_weeks_render_empty_and_full() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Member));
            let empty = WeeksPage { ui: ui.clone(), groups: vec![], shipped: vec![] }.render().unwrap();
            assert!(empty.contains(&ui.t("readings-weeks-none")));
            let full = WeeksPage { ui: ui.clone(), groups: vec![course(3)], shipped: vec![course(2)] }.render().unwrap();
            assert!(full.contains("Steady &#60;Ground&#62;") && full.contains("How &#60;fear&#62;"));
            assert_eq!(full.matches("href=\"/library/a-b\"").count(), 6, "what ships has nothing that comes later");
            assert_eq!(full.matches(&ui.t("readings-week-next")).count(), 2);
            assert!(!full.contains("readings-"), "no key stands for its sentence");
            let not_now =
                NotNowPage { ui: ui.clone(), group: 4, back: "/library/a-b".into(), trouble: "readings-no-session" }.render().unwrap();
            assert!(not_now.contains(&ui.t("readings-no-session")) && not_now.contains("href=\"/library/a-b\""));
        }
    }

    #[test]
    fn every_programme_that_ships_names_what_ships() {
        let known: Vec<String> = care::library::articles()
            .iter()
            .map(|one| one.slug.clone())
            .chain(care::library::worksheets().unwrap().into_iter().map(|one| one.slug))
            .collect();
        let agendas = programmes::shipped().unwrap().into_iter().flat_map(|programme| programme.session);
        let named: Vec<String> = agendas.flat_map(|agenda| agenda.readings).collect();
        assert!(named.len() > 80 && named.iter().all(|slug| known.contains(slug)), "{named:?}");
    }
}
