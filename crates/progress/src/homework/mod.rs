//! Homework: given in the room or between sessions, written in the form of its kind, read and answered by whoever leads. Half-done is fine.

mod asked;
mod giving;
mod own;
mod pages;
mod queries;
mod sheet;
mod shelf;
mod shown;
mod staff;

use care::homework::{Form, Kind};
use ground::{
    Deed, Fault, House, Owner, Routes, Rule, Stand, facts, handover,
    jobs::{self, Ended, Job},
    random_token,
};

use queries::Homework;

pub fn routes(house: &House) -> Routes {
    let leader = Rule::Group(&[Stand::Leader]);
    Routes::new(house)
        .get("/homework", Rule::SignedIn, pages::all)
        .post("/homework", Rule::SignedIn, own::keep)
        .get("/homework/open", Rule::SignedIn, pages::open)
        .get("/homework/new", Rule::SignedIn, own::form)
        .post("/homework/new", Rule::SignedIn, own::begin)
        .get("/homework/{homework}", Rule::Own, sheet::page)
        .post("/homework/{homework}/entries", Rule::Own, sheet::keep)
        .post("/homework/{homework}/done", Rule::Own, pages::done)
        .post("/homework/{homework}/undone", Rule::Own, pages::undone)
        .post("/homework/{homework}/withdrawal", Rule::Own, own::withdraw)
        .get("/groups/{group}/homework", leader, staff::of_group)
        .get("/groups/{group}/homework/new", leader, giving::form)
        .post("/groups/{group}/homework", leader, giving::give)
        .get("/groups/{group}/homework/{homework}", leader, staff::one)
        .post("/groups/{group}/homework/{homework}/replies", leader, staff::reply)
        .post("/groups/{group}/homework/{homework}/withdrawal", leader, staff::withdraw)
        .merge(shelf::routes(house))
}

/// Hands out what was given in a session. The job's id is the row's, so that a second run changes nothing.
pub async fn give(house: &House, job: &Job) -> Result<Ended, Fault> {
    let given: handover::Homework = jobs::payload(house, job).await?;
    let (row, owner) = (job.id.to_string(), Owner::Person(given.person));
    let form = named(house, &given).await?;
    let (kind, text) = form.as_ref().map_or((Kind::Free, given.text.clone()), |template| (template.kind, template.told()));
    let text = house.keys.seal(owner, queries::spot("text", &row), &text).await?;
    let asked = match &form {
        Some(template) => Some(house.keys.seal(owner, queries::spot("asked", &row), &serde_json::to_string(&template.asked)?).await?),
        None => None,
    };
    let tx = house.db.write().await?;
    queries::keep(&tx, job.id, &given, (kind, text, asked)).await?;
    tx.commit(Deed::new(given.given_by, "homework.give", format!("person/{}", given.person))).await?;
    Ok(Ended::Done)
}

/// What the room named by its title lies on the shelf with its form.
async fn named(house: &House, given: &handover::Homework) -> Result<Option<care::homework::shelf::Template>, Fault> {
    let shelf = shelf::all(house).await?;
    let language = facts::session(&house.db, given.session).await?.map_or_else(String::new, |session| session.language);
    Ok(care::homework::shelf::named(&given.text, &shelf, &language).map(|entry| entry.template.clone()))
}

/// What a group was taught in the sessions that it had, the first first and each once.
async fn taught(house: &House, group: Option<i64>) -> Result<Vec<String>, Fault> {
    let Some(group) = group else { return Ok(Vec::new()) };
    let mut all: Vec<String> = Vec::new();
    for session in facts::agendas(&house.db, group).await?.iter().filter(|session| session.state == "ended") {
        let agenda: care::agenda::Agenda = serde_json::from_str(&session.agenda)?;
        for one in agenda.taught() {
            if !all.iter().any(|known| known == one) {
                all.push(one.to_owned());
            }
        }
    }
    Ok(all)
}

/// The form of homework as it stands today. What was ticked stays on it, whatever became of the programme since.
async fn form(house: &House, homework: &Homework, ticked: Vec<String>) -> Result<Form, Fault> {
    let mut taught = if homework.kind == Kind::DiaryCard { taught(house, homework.group).await? } else { Vec::new() };
    taught.extend(ticked.into_iter().filter(|one| !taught.contains(one)).collect::<Vec<_>>());
    Ok(homework.asked.form(homework.kind, &taught))
}

/// What makes a form one: from its page if it is readable, else new.
fn once(typed: &str) -> String {
    let fits = (8..=64).contains(&typed.len()) && typed.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    if fits { typed.to_owned() } else { random_token() }
}

/// The first value of a field, trimmed.
fn get<'a>(typed: &'a [(String, String)], name: &str) -> &'a str {
    typed.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_of_the_page_is_kept_and_anything_else_is_made_anew() {
        let token = random_token();
        assert_eq!(once(&token), token);
        for odd in ["", "short", "has space in it", "<b>12345678</b>", &"a".repeat(65)] {
            let made = once(odd);
            assert!(made != odd && once(&made) == made, "{odd}");
        }
        assert_ne!(once(""), once(""));
    }

    #[test]
    fn the_first_of_a_field_counts() {
        let typed = [("a".to_owned(), " 1 ".to_owned()), ("a".to_owned(), "2".to_owned())];
        assert_eq!((get(&typed, "a"), get(&typed, "b")), ("1", ""));
    }
}
