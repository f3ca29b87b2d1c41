//! A group adapts its programme: what changes with it, and what stays.

use care::agenda::Agenda;
use ground::{Ask, Language, values};
use hyper::StatusCode;
use testkit::Browser;

use crate::{
    calendar::{taken, to_come},
    harness::{LANTERNS, Running, start, with},
    state::{kept, sentence},
};

async fn seen(browser: &mut Browser, path: &str) -> String {
    let page = browser.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}");
    page.text.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

async fn agendas(running: &Running) -> Vec<Agenda> {
    to_come(running, "Steady Ground").await.iter().map(|row| serde_json::from_str(&row.agenda).unwrap()).collect()
}

fn session<'a>(seen: &'a str, title: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("seen", seen),
        ("title", title),
        ("kind", "check_in"),
        ("minutes", "10"),
        ("theme", ""),
        ("prompt", "How is the weather in you?"),
        ("kind", "close"),
        ("minutes", "20"),
        ("theme", ""),
        ("prompt", "What stays?"),
        ("homework", "Walk once.\n\nRest twice."),
        ("materials", "A candle"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_reaches_what_is_still_to_come_and_nothing_else() {
    let running = start("programme").await;
    let group = running.group("Steady Ground").await;
    let path = format!("/groups/{group}/programme");
    let mut amara = running.signed_in("Dr. Amara").await;
    let (before, ended) = (to_come(&running, "Steady Ground").await, running.last_week().await);
    let was = running.house.db.number("SELECT COUNT(*) AS n FROM session WHERE state = 'ended'", []).await.unwrap();
    // Amara has adapted one agenda by hand; it is hers.
    let by_hand = [("kind", "discuss"), ("minutes", "90"), ("theme", "By hand"), ("prompt", ""), ("homework", "")];
    taken(&mut amara, &format!("/sessions/{}/agenda", before[1].id), &by_hand).await;
    let own = seen(&mut amara, &path).await;
    assert_eq!(own, "0", "nothing of its own yet");
    let shipped = care::programmes::shipped().unwrap().into_iter().find(|one| one.slug == "steady-weeks").unwrap();
    let index = (before[2].number - 1) as usize % shipped.session.len();
    taken(&mut amara, &format!("{path}/{index}"), &session(&own, "Weather")).await;
    let after = agendas(&running).await;
    assert_eq!(after[2].title, "Weather");
    assert_eq!(after[2].materials, ["A candle"]);
    assert_eq!(after[2].homework, ["Walk once.", "Rest twice."]);
    assert_eq!(after[1].theme(), "By hand");
    // Even where it is just this week of the programme that changes, what she wrote by hand stays.
    let at = seen(&mut amara, &path).await;
    let index = (before[1].number - 1) as usize % shipped.session.len();
    taken(&mut amara, &format!("{path}/{index}"), &session(&at, "Another week")).await;
    assert_eq!(agendas(&running).await[1].theme(), "By hand");
    let same = |index: usize| serde_json::from_str::<Agenda>(&before[index].agenda).unwrap() == after[index];
    assert!(same(0) && same(3), "the other weeks stay");
    let now_ended = running.house.db.number("SELECT COUNT(*) AS n FROM session WHERE state = 'ended'", []).await.unwrap();
    assert_eq!(now_ended, was);
    let old = running
        .house
        .db
        .number("SELECT COUNT(*) AS n FROM session WHERE id = $1 AND agenda NOT LIKE '%Weather%'", values![ended])
        .await
        .unwrap();
    assert_eq!(old, 1, "what is over stays as it was");
    assert!(amara.get(&format!("/sessions/{}/before", before[2].id)).await.text.contains("A candle"));
    // Adapting that session by hand keeps its title and materials.
    let page = amara.get(&format!("/sessions/{}/before", before[2].id)).await.text;
    assert!(page.contains("name=\"title\" value=\"Weather\""));
    let other = to_come(&running, "Out of the Tunnel").await;
    assert!(other.iter().all(|row| !row.agenda.contains("Weather")), "another group with the same programme keeps it as it comes");
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_change_places_come_and_go() {
    let running = start("programme-order").await;
    let group = running.group("Steady Ground").await;
    let path = format!("/groups/{group}/programme");
    let mut carol = running.signed_in("Carol").await;
    let titles = |text: &str| -> Vec<String> {
        let begin = format!("href=\"{path}/");
        text.split(&begin).skip(1).map(|link| link.split_once('>').unwrap().1.split('<').next().unwrap().to_owned()).collect()
    };
    let first = titles(&carol.get(&path).await.text);
    let at = seen(&mut carol, &path).await;
    taken(&mut carol, &format!("{path}/order"), &[("seen", &at), ("index", "0"), ("to", "down")]).await;
    let then = titles(&carol.get(&path).await.text);
    assert_eq!((&then[0], &then[1], &then[2..]), (&first[1], &first[0], &first[2..]));
    let at = seen(&mut carol, &path).await;
    taken(&mut carol, &path, &[("seen", &at)]).await;
    let at = seen(&mut carol, &path).await;
    assert_eq!(titles(&carol.get(&path).await.text).len(), first.len() + 1);
    taken(&mut carol, &format!("{path}/removal"), &[("seen", &at), ("index", &first.len().to_string())]).await;
    assert_eq!(titles(&carol.get(&path).await.text), then);
    let at = seen(&mut carol, &path).await;
    taken(&mut carol, &format!("{path}/order"), &[("seen", &at), ("index", "1"), ("to", "up")]).await;
    assert_eq!(titles(&carol.get(&path).await.text), first);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_and_what_somebody_else_was_quicker_with_is_not_kept() {
    let running = start("programme-odd").await;
    let group = running.group("Steady Ground").await;
    let path = format!("/groups/{group}/programme");
    let (mut amara, mut carol) = (running.signed_in("Dr. Amara").await, running.signed_in("Carol").await);
    let stale = seen(&mut amara, &path).await;
    taken(&mut carol, &format!("{path}/order"), &[("seen", &stale), ("index", "0"), ("to", "down")]).await;
    let fresh = seen(&mut amara, &path).await;
    let before = kept(&running).await;
    let said = |key: &str| sentence(Language::English, key);
    let page = amara.post(&format!("{path}/0"), &session(&stale, "Too late")).await;
    assert!(
        page.status == StatusCode::UNPROCESSABLE_ENTITY
            && page.text.contains(&said("programme-meanwhile"))
            && page.text.contains("Too late")
    );
    let long = "x".repeat(301);
    for (field, typed, key) in
        [("minutes", "none", "agenda-minutes"), ("title", long.as_str(), "agenda-too-long"), ("materials", &long, "agenda-too-long")]
    {
        let page = amara.post(&format!("{path}/0"), &with(&session(&fresh, "Weather"), field, typed)).await;
        assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.text.contains(&said(key)), "{field}");
        assert!(page.text.contains("How is the weather in you?"), "what was typed is kept");
    }
    for (place, fields, key) in [
        ("/order", &[("index", "0"), ("to", "up")][..], "programme-gone"),
        ("/order", &[("index", "999"), ("to", "down")], "programme-gone"),
        ("/removal", &[("index", "many")], "programme-gone"),
    ] {
        let fields: Vec<_> = fields.iter().copied().chain([("seen", fresh.as_str())]).collect();
        let page = amara.post(&format!("{path}{place}"), &fields).await;
        assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.text.contains(&said(key)), "{place}");
    }
    assert_eq!(amara.get(&format!("{path}/999")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(amara.post(&format!("{path}/999"), &session(&fresh, "x")).await.status, StatusCode::NOT_FOUND);
    for name in ["Maya", "Marcus"] {
        assert_eq!(running.signed_in(name).await.get(&path).await.status, StatusCode::NOT_FOUND, "{name}");
    }
    assert_eq!(kept(&running).await, before);
}

/// Carol reads English; the group she makes speaks Spanish, and so does everything its programme gives it.
#[tokio::test(flavor = "multi_thread")]
async fn a_group_works_with_its_programme_in_its_own_language() {
    let running = start("programme-spanish").await;
    let mut carol = running.signed_in("Carol").await;
    let form = carol.get("/groups/new").await.text;
    assert!(form.contains("value=\"en\" selected") && form.contains("Steady weeks") && !form.contains("Semanas firmes"));
    let fields: Vec<_> = LANTERNS.iter().copied().chain([("language", "es")]).collect();
    let kept_words = carol.post("/groups", &with(&fields, "time", "25:00")).await;
    assert!(kept_words.status == StatusCode::UNPROCESSABLE_ENTITY && kept_words.text.contains("value=\"es\" selected"));
    taken(&mut carol, "/groups", &fields).await;
    meeting::plan_ahead(&running.house).await.unwrap();
    let group = running.group("Lanterns").await;
    let path = format!("/groups/{group}/programme");
    let page = carol.get(&path).await.text;
    assert!(page.contains("Dónde vive la preocupación en el cuerpo") && !page.contains("Where worry lives"), "{page}");
    let sessions = to_come(&running, "Lanterns").await;
    let read = |text: &str| serde_json::from_str::<Agenda>(text).unwrap();
    let first = read(&sessions[0].agenda);
    assert_eq!(first.theme(), "Dónde vive la preocupación en el cuerpo");
    assert_eq!(first.phases[0].prompt, "¿Cómo llegas hoy?");
    assert_eq!(first.homework, ["Fíjate cada día en un momento de preocupación y escribe dónde lo notaste."]);
    // The goodbye, too, and the copy once somebody adapts it.
    taken(&mut carol, &format!("/groups/{group}/seats"), &[("email", "amara.osei@example.org"), ("part", "facilitator")]).await;
    let mut amara = running.signed_in("Dr. Amara").await;
    taken(&mut amara, &format!("/sessions/{}/agenda", sessions[2].id), &[("closure", "on")]).await;
    let at = seen(&mut carol, &path).await;
    taken(&mut carol, &format!("{path}/order"), &[("seen", &at), ("index", "0"), ("to", "down")]).await;
    let after: Vec<Agenda> = to_come(&running, "Lanterns").await.iter().map(|row| read(&row.agenda)).collect();
    assert_eq!((after[0].theme(), after[2].theme()), ("Poner nombre a lo que hay", "Mirar atrás y seguir"));
    assert_eq!(after[1], first, "what changed places is still the same week");
    // The demo's Spanish group was furnished in Spanish; one that speaks English stays as it was.
    for (name, word) in [("Unstuck", "¿Cómo llegas hoy?"), ("Steady Ground", "How do you arrive today?")] {
        let all = to_come(&running, name).await;
        assert!(!all.is_empty() && all.iter().all(|row| row.agenda.contains(word)), "{name}");
    }
}
