//! What two members of the demo try between sessions: a diary card that is written most days, and a ladder that is half climbed.

mod queries;

use std::time::Duration;

use care::{
    goals::progress::days,
    homework::{Answers, Asked, Form, Kind},
};
use ground::{Deed, Fault, House, Moment, Owner, Spot, random_id};
use jiff::{ToSpan, civil::Date};

const DAYS: i32 = 9;
const ZONE: &str = "America/New_York";
const DAY: Duration = Duration::from_secs(86_400);

pub struct Of {
    pub group: i64,
    pub leader: i64,
    /// Maya and Theo, in that order.
    pub members: [i64; 2],
}

pub async fn furnish(house: &House, of: &Of) -> Result<(), Fault> {
    let now = house.clock.now();
    let today = now.in_zone(ZONE).date();
    let [maya, theo] = of.members;
    let asked = Asked { own: vec!["Scrolling until late".into()], ..Asked::default() };
    let card = give(house, of, (maya, Kind::DiaryCard, "One card a day, in the evening. Half-filled is fine.", &asked), now).await?;
    let form = asked.form(Kind::DiaryCard, &[]);
    for (day, at) in days(today.checked_sub(1.day()).unwrap_or(today), DAYS).zip(0..) {
        if at % 5 != 3 {
            entry(house, (maya, card), (&day.to_string(), day), &answers(&form, &evening(at)), now).await?;
        }
    }
    reply(house, (maya, card), of.leader, "Thank you for these. The evenings look calmer; let us talk about Sunday.", now).await?;
    let asked = Asked { steps: STEPS.map(String::from).to_vec(), ..Asked::default() };
    let ladder =
        give(house, of, (theo, Kind::Ladder, "One step as often as you can. Stay until it is a little easier.", &asked), now).await?;
    let climbed = answers(&asked.form(Kind::Ladder, &[]), &CLIMBED.map(|(name, typed)| (name.to_owned(), typed.to_owned())));
    entry(house, (theo, ladder), ("whole", today.checked_sub(2.days()).unwrap_or(today)), &climbed, now).await
}

const STEPS: [&str; 4] =
    ["Say good morning to the neighbour", "Ask somebody for the way", "Eat lunch at the shared table", "Say one sentence in the meeting"];

const CLIMBED: [(&str, &str); 6] = [
    ("step-0-before", "45"),
    ("step-0-after", "15"),
    ("step-0-note", "She was pleased."),
    ("step-1-before", "65"),
    ("step-1-after", "40"),
    ("step-2-before", "80"),
];

/// One evening: fear goes down, with a hard day now and then. Nobody in the demo is at risk before somebody plays it.
fn evening(at: i32) -> Vec<(String, String)> {
    let hard = i32::from(at % 4 == 2);
    let scales = [
        ("feeling-anger", 1 + hard),
        ("feeling-fear", (4 - at / 3).max(1) + hard),
        ("feeling-sadness", 2),
        ("feeling-joy", 1 + at / 4),
        ("urge-self-harm", 0),
        ("urge-suicide", 0),
        ("urge-quit", hard * 2),
        ("urge-own-0", 3 - at / 4),
        ("skill-rating", 3 + at / 3),
        ("distress", 6 - at / 3 + hard),
    ];
    let scales = scales.map(|(name, number)| (name.to_owned(), number.to_string()));
    let ticked = [("acted-quit", "no"), ("acted-own-0", if hard == 1 { "yes" } else { "no" }), ("medication", "yes")];
    scales.into_iter().chain(ticked.map(|(name, typed)| (name.to_owned(), typed.to_owned()))).collect()
}

fn answers(form: &Form, typed: &[(String, String)]) -> Answers {
    form.read(typed).0
}

async fn seal(house: &House, person: i64, spot: Spot<'_>, text: &str) -> Result<Vec<u8>, Fault> {
    house.keys.seal(Owner::Person(person), spot, text).await
}

async fn give(house: &House, of: &Of, (person, kind, text, asked): (i64, Kind, &str, &Asked), now: Moment) -> Result<i64, Fault> {
    let id = random_id();
    let row = id.to_string();
    let text = seal(house, person, Spot { table: "homework", column: "text", row: &row }, text).await?;
    let asked = seal(house, person, Spot { table: "homework", column: "asked", row: &row }, &serde_json::to_string(asked)?).await?;
    let (given_at, due_at) = (now.minus(DAY * 10), now.plus(DAY * 5));
    let tx = house.db.write().await?;
    let given = queries::Given { id, person, group: of.group, by: of.leader, kind: kind.word(), text, asked, given_at, due_at };
    queries::keep(&tx, given).await?;
    tx.commit(Deed::new(0, "demo.furnish", format!("homework/{id}"))).await?;
    Ok(id)
}

async fn entry(
    house: &House,
    (person, homework): (i64, i64),
    (slot, day): (&str, Date),
    answers: &Answers,
    now: Moment,
) -> Result<(), Fault> {
    let row = format!("{homework}/{slot}");
    let spot = Spot { table: "homework_entry", column: "entry", row: &row };
    let sealed = seal(house, person, spot, &serde_json::to_string(answers)?).await?;
    let tx = house.db.write().await?;
    queries::keep_entry(&tx, homework, (slot, &day.to_string()), sealed, now).await?;
    tx.commit_unaudited().await
}

async fn reply(house: &House, (person, homework): (i64, i64), by: i64, text: &str, now: Moment) -> Result<(), Fault> {
    let id = random_id();
    let row = id.to_string();
    let sealed = seal(house, person, Spot { table: "homework_reply", column: "text", row: &row }, text).await?;
    let tx = house.db.write().await?;
    queries::keep_reply(&tx, (id, homework, by), sealed, now).await?;
    tx.commit_unaudited().await
}

#[cfg(test)]
mod tests {
    use care::homework::review::signal;

    use super::*;

    #[test]
    fn made_up_cards_can_be_read_and_alarm_nobody() {
        let form = Asked { own: vec!["Own".into()], ..Asked::default() }.form(Kind::DiaryCard, &[]);
        for at in 0..DAYS {
            let (answers, trouble) = form.read(&evening(at));
            assert_eq!(trouble, None, "{at}");
            assert!(answers.0.len() == evening(at).len() && signal(Kind::DiaryCard, &answers).is_none(), "{at}");
        }
    }

    #[test]
    fn a_made_up_ladder_has_its_steps() {
        let form = Asked { steps: STEPS.map(String::from).to_vec(), ..Asked::default() }.form(Kind::Ladder, &[]);
        let typed = CLIMBED.map(|(name, typed)| (name.to_owned(), typed.to_owned()));
        assert_eq!(answers(&form, &typed).0.len(), CLIMBED.len());
    }
}
