//! What a group asks its members, and when; one member otherwise; something asked by hand.

use std::time::Duration;

use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use care::measures::{Instrument, Use, schedule::MOST_WEEKS};
use ground::{
    Deed, Fault, House, Me, Moment, Ui,
    facts::{self, InGroup, Part},
    random_id,
    web::render_status,
};

use super::{
    library,
    queries::{self, Asking, Exception, Schedule},
};

const WEEK: Duration = Duration::from_secs(7 * 86_400);

#[derive(Template)]
#[template(path = "measures/schedule.html")]
pub struct SchedulePage {
    pub ui: Ui,
    pub group: i64,
    pub leads: bool,
    pub instruments: Vec<Instrument>,
    pub schedules: Vec<Schedule>,
    pub members: Vec<InGroup>,
    pub exceptions: Vec<Exception>,
    /// Key of what was done.
    pub done: Option<&'static str>,
    pub trouble: Option<&'static str>,
}

impl SchedulePage {
    /// Those that can come again and again.
    fn regular(&self) -> Vec<(&Instrument, Schedule)> {
        let found = |one: &Instrument| self.schedules.iter().find(|schedule| schedule.slug == one.id).cloned().unwrap_or_default();
        self.instruments.iter().filter(|one| one.used == Use::Any).map(|one| (one, found(one))).collect()
    }

    fn languages(&self, one: &Instrument) -> String {
        if one.text.contains_key("es") { self.ui.t("schedule-both-languages") } else { self.ui.t("schedule-english-only") }
    }

    fn exception(&self, one: &Exception) -> String {
        let found = self.instruments.iter().find(|instrument| instrument.id == one.slug);
        let short = found.map_or(one.slug.as_str(), |instrument| instrument.short.as_str());
        let how = match one.every_weeks {
            0 => self.ui.t("schedule-never"),
            weeks => self.ui.t1("schedule-every", "weeks", weeks),
        };
        format!("{short}: {how}")
    }
}

async fn page(
    house: &House,
    ui: Ui,
    me: &Me,
    group: i64,
    done: Option<&'static str>,
    trouble: Option<&'static str>,
) -> Result<Response, Fault> {
    let people = facts::people_of(&house.db, group).await?;
    let page = SchedulePage {
        leads: people.iter().any(|one| one.person_id == me.id && one.is(Part::Facilitator)),
        ui,
        group,
        instruments: library::askable(&house.db).await?,
        schedules: queries::schedules(&house.db, group).await?,
        members: people.into_iter().filter(|one| one.is(Part::Member)).collect(),
        exceptions: queries::exceptions(&house.db, group).await?,
        done,
        trouble,
    };
    render_status(&page, if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK })
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub struct Done {
    done: String,
}

pub async fn form(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(group): Path<i64>,
    axum::extract::Query(query): axum::extract::Query<Done>,
) -> Result<Response, Fault> {
    let done = ["schedule-kept", "schedule-asked", "schedule-asked-already"].into_iter().find(|key| *key == query.done);
    page(&house, ui, &me, group, done, None).await
}

type Fields = Vec<(String, String)>;

fn get<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
}

/// 0 to 26; nothing typed is never.
fn weeks(typed: &str) -> Option<i64> {
    if typed.is_empty() {
        return Some(0);
    }
    typed.parse().ok().filter(|weeks| (0..=MOST_WEEKS).contains(weeks))
}

fn read(instruments: &[Instrument], fields: &Fields) -> Option<Vec<Schedule>> {
    let on = |name: String| i64::from(!get(fields, &name).is_empty());
    let one = |instrument: &Instrument| {
        let slug = &instrument.id;
        Some(Schedule {
            before_first: on(format!("first-{slug}")),
            every_weeks: weeks(get(fields, &format!("weeks-{slug}")))?,
            at_end: on(format!("end-{slug}")),
            afterwards: on(format!("after-{slug}")),
            tell_change: on(format!("tell-{slug}")),
            slug: slug.clone(),
        })
    };
    instruments.iter().filter(|one| one.used == Use::Any).map(one).collect()
}

fn back(group: i64, done: &'static str) -> Response {
    Redirect::to(&format!("/groups/{group}/measures?done={done}")).into_response()
}

pub async fn keep(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(group): Path<i64>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let Some(schedules) = read(&library::askable(&house.db).await?, &fields) else {
        return page(&house, ui, &me, group, None, Some("schedule-weeks")).await;
    };
    let tx = house.db.write().await?;
    for schedule in &schedules {
        queries::keep_schedule(&tx, group, schedule, house.clock.now()).await?;
    }
    tx.commit(Deed::new(me.id, "measure.schedule", format!("group/{group}"))).await?;
    super::plan(&house).await?;
    Ok(back(group, "schedule-kept"))
}

/// A member of this group and an instrument of this practice, or a sentence that says which is missing.
async fn named(house: &House, group: i64, fields: &Fields) -> Result<Result<(i64, Instrument), &'static str>, Fault> {
    let person = get(fields, "person").parse().unwrap_or(0);
    let all = library::askable(&house.db).await?;
    let Some(instrument) = all.into_iter().find(|one| one.id == get(fields, "instrument")) else { return Ok(Err("schedule-which")) };
    let is_member = facts::part_in(&house.db, group, person).await? == Some(Part::Member);
    Ok(if is_member || get(fields, "person") == "all" { Ok((person, instrument)) } else { Err("schedule-who") })
}

pub async fn except(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(group): Path<i64>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let (person, instrument) = match named(&house, group, &fields).await? {
        Ok((0, _)) => return page(&house, ui, &me, group, None, Some("schedule-who")).await,
        Ok(named) => named,
        Err(key) => return page(&house, ui, &me, group, None, Some(key)).await,
    };
    let weeks = match get(&fields, "weeks") {
        "group" => None,
        typed => match weeks(typed) {
            Some(weeks) => Some(weeks),
            None => return page(&house, ui, &me, group, None, Some("schedule-weeks")).await,
        },
    };
    let tx = house.db.write().await?;
    queries::keep_exception(&tx, group, person, &instrument.id, weeks).await?;
    tx.commit(Deed::new(me.id, "measure.except", format!("person/{person}"))).await?;
    Ok(back(group, "schedule-kept"))
}

pub async fn ask(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(group): Path<i64>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let (person, instrument) = match named(&house, group, &fields).await? {
        Ok(named) => named,
        Err(key) => return page(&house, ui, &me, group, None, Some(key)).await,
    };
    let now = house.clock.now();
    let members = facts::people_of(&house.db, group).await?.into_iter().filter(|one| one.is(Part::Member));
    let asked: Vec<i64> = if person == 0 { members.map(|one| one.person_id).collect() } else { vec![person] };
    let mut done = "schedule-asked-already";
    for person in asked {
        let occasion = format!("hand/{}", random_id());
        let due: Moment = now.plus(WEEK);
        let (slug, version) = (&instrument.id, &instrument.version);
        let asking = Asking { person, group, slug, version, occasion: &occasion, by: me.id, due };
        let tx = house.db.write().await?;
        if queries::ask(&tx, &asking, now).await? {
            tx.commit(Deed::new(me.id, "measure.ask", format!("person/{person}"))).await?;
            done = "schedule-asked";
        }
    }
    Ok(back(group, done))
}

#[cfg(test)]
mod tests {
    use ground::{Language, Role};

    use super::*;

    fn sample(ui: Ui, many: usize) -> SchedulePage {
        let person = InGroup { person_id: 7, part: "member".into(), display_name: "Theo".into(), seat: 1 };
        let schedule = Schedule { slug: "gad-7".into(), before_first: 1, every_weeks: 4, at_end: 1, afterwards: 1, tell_change: 0 };
        let exception = Exception { display_name: "Theo".into(), slug: "gad-7".into(), every_weeks: 0 };
        SchedulePage {
            ui,
            group: 9,
            leads: many > 0,
            instruments: library::shipped().unwrap().to_vec(),
            schedules: vec![schedule; many.min(1)],
            members: vec![person; many],
            exceptions: vec![exception; many],
            done: Some("schedule-kept"),
            trouble: Some("schedule-weeks"),
        }
    }

    #[test]
    fn the_page_renders_with_nothing_and_with_much() {
        for language in Language::ALL {
            for many in [0, 12] {
                let html = sample(Ui::sample(language, Some(Role::Clinician)), many).render().unwrap();
                assert_eq!(html.matches("/people/7/measures").count(), many, "scores are for those who lead");
                assert!(!html.contains("weeks-asq") && !html.contains("weeks-session-card"));
                assert_eq!(html.contains("name=\"weeks-gad-7\" value=\"4\""), many > 0);
                assert_eq!(html.contains("name=\"after-gad-7\" checked"), many > 0);
            }
        }
    }

    #[test]
    fn weeks_are_read_and_nothing_else() {
        for (typed, read) in [("", Some(0)), ("4", Some(4)), ("26", Some(26)), ("27", None), ("-1", None), ("two", None), ("1.5", None)] {
            assert_eq!(weeks(typed), read, "{typed}");
        }
        let fields = vec![
            ("first-phq-9".to_owned(), "on".to_owned()),
            ("weeks-phq-9".to_owned(), "2".to_owned()),
            ("after-k6".to_owned(), "on".to_owned()),
        ];
        let all = super::read(library::shipped().unwrap(), &fields).unwrap();
        assert_eq!((all[0].before_first, all[0].every_weeks, all[0].at_end, all[0].afterwards), (1, 2, 0, 0));
        assert_eq!(all.iter().filter(|one| one.afterwards == 1).count(), 1);
        assert!(super::read(library::shipped().unwrap(), &vec![("weeks-k6".to_owned(), "99".to_owned())]).is_none());
    }
}
