//! What makes the demo's office alive: therapists who let themselves be seen, and five people on the way to a seat, each at another step.
//! Only for the demo that somebody looks at; the tests make their own applicants.

use std::time::Duration;

use care::{
    enrolment::STEP_HOLD,
    screening::{Answers, Asq},
};
use ground::{Deed, Fault, House, Moment, Tx, random_id};

use super::{PASSWORD, between, queries};

const DAY: Duration = Duration::from_secs(86_400);

/// Name of somebody of the staff, what they say of themselves in English and Spanish, languages.
#[rustfmt::skip]
const PROFILES: &[(&str, &str, &str, &str)] = &[
    ("Dr. Amara Osei", "I have led groups for eleven years. I care about what happens between people while it happens, and I go slowly.", "Dirijo grupos desde hace once años. Me importa lo que pasa entre las personas mientras pasa, y voy despacio.", "English"),
    ("Dr. Hana Sato", "I work with fear that has become a habit: small steps, taken together, and a lot of kindness for the one who takes them.", "Trabajo con el miedo que se volvió costumbre: pasos pequeños, dados en compañía, y mucho cariño para quien los da.", "English, Español"),
    ("Marcus Bell", "Anger usually guards something. In my groups we find out what, and what else could guard it.", "La rabia suele guardar algo. En mis grupos buscamos qué, y qué otra cosa podría guardarlo.", "English"),
];

/// Somebody on the way: where they are, and what they told.
struct Applicant {
    name: &'static str,
    email: &'static str,
    language: &'static str,
    group: &'static str,
    step: &'static str,
    /// "held" takes one of the group's places.
    place: &'static str,
    /// So many days ago they asked.
    asked: u64,
    told: Option<(&'static str, &'static str, &'static str)>,
    /// Whose call, and in how many hours; a call that was is decided on.
    call: Option<(&'static str, i64)>,
}

#[rustfmt::skip]
const APPLICANTS: &[Applicant] = &[
    Applicant { name: "Ines Duarte", email: "ines.duarte@example.org", language: "es", group: "Unstuck", step: "screening", place: "held", asked: 1, told: None, call: None },
    Applicant { name: "Karim Adel", email: "karim.adel@example.org", language: "en", group: "Cool Heads", step: "call", place: "held", asked: 2, told: Some(("I shout at people I love and then I am ashamed.", "anger", "35-44")), call: None },
    Applicant { name: "Molly Reyes", email: "molly.reyes@example.org", language: "en", group: "Out of the Tunnel", step: "talk", place: "held", asked: 4, told: Some(("Since the winter I hardly get up. My sister found this group.", "depression", "25-34")), call: Some(("Dr. Amara Osei", 45)) },
    Applicant { name: "Otto Lang", email: "otto.lang@example.org", language: "en", group: "Safe Harbour", step: "talk", place: "held", asked: 6, told: Some(("I was in an accident two years ago and still drive it every night.", "trauma", "45-54")), call: Some(("Dr. Amara Osei", -20)) },
    Applicant { name: "Yara Costa", email: "yara.costa@example.org", language: "en", group: "After Loss", step: "accepted", place: "waiting", asked: 9, told: Some(("My father died in spring. I would like to be among people who know.", "grief", "55-64")), call: None },
];

/// Times that can still be chosen: whose, in how many hours.
const FREE: &[(&str, i64)] = &[("Dr. Amara Osei", 69), ("Lena Marsh", 50), ("Marcus Bell", 74)];

/// Each part once, in a demo that nobody has used yet.
pub async fn furnish(house: &House) -> Result<(), Fault> {
    if !queries::is_lively(&house.db).await? {
        applicants(house).await?;
    }
    between::furnish(house).await
}

async fn applicants(house: &House) -> Result<(), Fault> {
    let (hash, now) = (house.passwords.hash(PASSWORD).await?, house.clock.now());
    let tx = house.db.write().await?;
    for (name, about_en, about_es, languages) in PROFILES {
        queries::keep_profile(&tx, name, [about_en, about_es, languages], now).await?;
    }
    for (clinician, hours) in FREE {
        queries::keep_call(&tx, clinician, hour(now, *hours), None).await?;
    }
    tx.commit(Deed::new(0, "demo.furnish", "applicants")).await?;
    for applicant in APPLICANTS {
        keep(house, applicant, &hash, now).await?;
    }
    Ok(())
}

/// So many hours from now, on the full hour.
fn hour(now: Moment, hours: i64) -> Moment {
    const HOUR: i64 = 3_600_000_000;
    Moment((now.0 / HOUR + hours) * HOUR)
}

async fn keep(house: &House, a: &Applicant, hash: &str, now: Moment) -> Result<(), Fault> {
    let (person, application) = (random_id(), random_id());
    let made = queries::Person {
        id: person,
        email: a.email.to_owned(),
        name: a.name,
        role: "member",
        language: a.language,
        password_hash: hash,
        created_at: now,
    };
    let tx = house.db.write().await?;
    queries::keep_person(&tx, made).await?;
    tx.commit(Deed::new(0, "demo.furnish", format!("person/{person}"))).await?;
    let told = match a.told {
        Some(told) => Some(sealed(house, person, told).await?),
        None => None,
    };
    let tx: Tx = house.db.write().await?;
    let asked_at = now.minus(DAY * u32::try_from(a.asked).unwrap_or(1));
    let hold_ends_at = (a.place == "held").then(|| now.plus(STEP_HOLD));
    let kept = queries::Applied { id: application, person, group: a.group, step: a.step, place: a.place, asked_at, hold_ends_at };
    queries::keep_application(&tx, kept).await?;
    if let Some((id, sealed)) = told {
        queries::keep_screening(&tx, id, person, sealed, asked_at).await?;
    }
    if let Some((clinician, hours)) = a.call {
        queries::keep_call(&tx, clinician, hour(now, hours), Some(application)).await?;
    }
    tx.commit(Deed::new(0, "demo.furnish", format!("application/{application}"))).await
}

async fn sealed(house: &House, person: i64, told: (&str, &str, &str)) -> Result<(i64, Vec<u8>), Fault> {
    let (brings, condition, age) = told;
    let answers = Answers {
        brings: brings.to_owned(),
        conditions: [condition.to_owned()].into(),
        aims: ["calm".to_owned(), "speaking-up".to_owned()].into(),
        free: [(2, "evening".to_owned()), (4, "evening".to_owned())].into(),
        language: "en".to_owned(),
        age: age.to_owned(),
        asq: Asq { item: [Some(false); 4], now: None },
        ..Answers::default()
    };
    let id = random_id();
    let spot = ground::Spot { table: "screening", column: "answers", row: &id.to_string() };
    let sealed = house.keys.seal(queries::owner(person), spot, &serde_json::to_string(&answers)?).await?;
    Ok((id, sealed))
}
