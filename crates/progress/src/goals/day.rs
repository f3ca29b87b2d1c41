use axum::{
    Form,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use care::goals::{Entry, Goal, TEXT_CHARS};
use ground::{Deed, Fault, House, Me, Ui, not_found};
use jiff::{ToSpan, civil::Date};

use super::{
    change,
    one::{self, LATEST_DAYS},
    queries,
    reading::Fields,
    today,
};

/// The form of one day: what stands in its fields.
#[derive(Debug, Clone, Default)]
pub struct Logged {
    pub day: Date,
    pub fields: Fields,
}

impl Logged {
    pub fn of(day: Date, goal: &Goal, entry: &Entry) -> Logged {
        let written = |one: &care::goals::Looked| entry.value.get(&one.number).map(|value| one.measure.write(*value));
        let mut fields: Vec<(String, String)> =
            goal.looked.iter().filter_map(|one| written(one).map(|value| (format!("value-{}", one.number), value))).collect();
        fields.push(("note".into(), entry.note.clone()));
        Logged { day, fields: Fields(fields) }
    }

    pub fn field(&self, number: u8) -> String {
        self.fields.get(&format!("value-{number}")).to_owned()
    }

    pub fn note(&self) -> &str {
        self.fields.get("note")
    }
}

/// A day that may still be written down: today or one of the last two weeks.
pub fn readable(typed: &str, today: Date) -> Option<Date> {
    let day: Date = typed.parse().ok()?;
    let earliest = today.checked_sub((LATEST_DAYS - 1).days()).ok()?;
    (earliest..=today).contains(&day).then_some(day)
}

/// What is left empty stays unknown; half filled is fine.
fn read(goal: &Goal, fields: &Fields) -> Result<Entry, &'static str> {
    let mut entry = Entry { note: fields.get("note").to_owned(), ..Entry::default() };
    if entry.note.chars().count() > TEXT_CHARS {
        return Err("goal-too-long");
    }
    for one in &goal.looked {
        let typed = fields.get(&format!("value-{}", one.number));
        if !typed.is_empty() {
            entry.value.insert(one.number, one.measure.read_value(typed).ok_or("goal-value")?);
        }
    }
    Ok(entry)
}

pub async fn keep(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(goal): Path<i64>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let Some(kept) = queries::goal(&house, me.id, goal).await?.filter(|kept| !kept.is_draft()) else { return Ok(not_found()) };
    let (fields, now_day) = (Fields(typed), today(&house, &me));
    let Some(day) = readable(fields.get("day"), now_day) else {
        return one::show(&house, ui, &me, kept, Logged { day: now_day, fields }, Some("goal-day-cannot")).await;
    };
    let mut entry = match read(&kept.goal, &fields) {
        Ok(entry) => entry,
        Err(key) => return one::show(&house, ui, &me, kept, Logged { day, fields }, Some(key)).await,
    };
    // What a measure that is no longer looked at once said is kept.
    let before = queries::entries(&house, &kept, day).await?.remove(&day).unwrap_or_default();
    let looked = |number: &u8| kept.goal.looked.iter().any(|one| one.number == *number);
    entry.value.extend(before.value.into_iter().filter(|(number, _)| !looked(number)));
    let sealed = queries::seal_entry(&house, &kept, day, &entry).await?;
    let tx = house.db.write().await?;
    queries::keep_entry(&tx, goal, day, sealed, house.clock.now()).await?;
    tx.commit(Deed::new(me.id, "goal.day", format!("goal/{goal}"))).await?;
    let path = if day == now_day { format!("/goals/{goal}") } else { format!("/goals/{goal}?day={day}") };
    Ok(Redirect::to(&path).into_response())
}

/// A milestone is reached today, or was not after all.
pub async fn milestone(State(house): State<House>, me: Me, Path((goal, index)): Path<(i64, usize)>) -> Result<Response, Fault> {
    let day = today(&house, &me);
    let known = queries::goal(&house, me.id, goal).await?.is_some_and(|kept| index < kept.goal.milestones.len());
    if !known {
        return Ok(not_found());
    }
    let deed = Deed::new(me.id, "goal.milestone", format!("goal/{goal}"));
    change(&house, me.id, goal, deed, |kept| {
        if let Some(one) = kept.goal.milestones.get_mut(index) {
            one.reached_on = if one.reached_on.is_some() { None } else { Some(day) };
        }
    })
    .await?;
    Ok(Redirect::to(&format!("/goals/{goal}")).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_two_weeks_can_be_written_down() {
        let today = jiff::civil::date(2026, 11, 23);
        for (typed, day) in [
            ("2026-11-23", Some(today)),
            ("2026-11-10", Some(jiff::civil::date(2026, 11, 10))),
            ("2026-11-09", None),
            ("2026-11-24", None),
            ("yesterday", None),
        ] {
            assert_eq!(readable(typed, today), day, "{typed}");
        }
    }

    #[test]
    fn half_a_day_is_a_day_and_nonsense_is_none() {
        let goal = care::goals::library::shipped().unwrap()[0].goal("en");
        let typed =
            |fields: &[(&str, &str)]| Fields(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect());
        let entry = read(&goal, &typed(&[("value-1", "9:20 pm"), ("value-2", ""), ("note", " calm ")])).unwrap();
        assert_eq!(entry, Entry { value: [(1, 1_280)].into(), note: "calm".into() });
        assert_eq!(read(&goal, &typed(&[("value-1", "25:00")])), Err("goal-value"));
        assert_eq!(read(&goal, &typed(&[("value-4", "-1")])), Err("goal-value"));
        assert_eq!(Logged::of(Date::ZERO, &goal, &entry).field(1), "21:20");
    }
}
