//! Every role at every route: the policy table itself is walked, so a new route is in the test the day it is written.

use ground::{Ask, Rule, Stand, values};
use hyper::Method;
use testkit::Browser;

use crate::harness::{Running, start};

/// Who tries, and how they stand to the group Steady Ground and to the office.
struct Persona {
    name: &'static str,
    who: Option<&'static str>,
    staff: bool,
    in_training: bool,
    office: bool,
    administrator: bool,
    stand: Option<Stand>,
}

const fn persona(name: &'static str, who: Option<&'static str>, stand: Option<Stand>) -> Persona {
    Persona { name, who, staff: false, in_training: false, office: false, administrator: false, stand }
}

const PERSONAS: &[Persona] = &[
    persona("visitor", None, None),
    persona("member of the group", Some("Maya"), Some(Stand::Member)),
    persona("member of another group", Some("Aisha"), None),
    persona("family", Some("Rosa"), None),
    Persona { staff: true, in_training: true, ..persona("observer of the group", Some("Nadia"), Some(Stand::Guest)) },
    Persona { staff: true, ..persona("facilitator of the group", Some("Dr. Amara"), Some(Stand::Leader)) },
    Persona { staff: true, ..persona("facilitator of another group", Some("Marcus"), None) },
    Persona { staff: true, ..persona("instructor", Some("Rui"), None) },
    Persona { staff: true, office: true, ..persona("coordinator", Some("Carol"), Some(Stand::Office)) },
    Persona { staff: true, office: true, administrator: true, ..persona("administrator", Some("Anders"), Some(Stand::Office)) },
];

fn may(persona: &Persona, rule: Rule) -> bool {
    let signed_in = persona.who.is_some();
    match rule {
        Rule::Everyone => true,
        Rule::SignedIn | Rule::Own => signed_in,
        Rule::Staff => persona.staff,
        Rule::Crew => persona.staff && !persona.in_training,
        Rule::Office => persona.office,
        Rule::Administrator => persona.administrator,
        Rule::Group(stands) | Rule::Session(stands) | Rule::Room(stands) => persona.stand.is_some_and(|stand| stands.contains(&stand)),
    }
}

struct Objects {
    group: String,
    session: String,
    member: String,
    application: String,
    discount: String,
}

/// Somebody of another group asks for a seat in Steady Ground.
async fn an_application(running: &Running) -> String {
    let group = running.group("Steady Ground").await;
    let mut aisha = running.signed_in("Aisha").await;
    let asked = aisha.post(&format!("/find/{group}/seat"), &[("residence", "NY"), ("adult", "on")]).await;
    assert_eq!(asked.location, "/applications", "{}", asked.text);
    running.house.db.number("SELECT id AS n FROM application WHERE group_id = $1", values![group]).await.unwrap().to_string()
}

async fn a_discount(running: &Running) -> String {
    let code = [("code", "SPRING-26"), ("percent", "20"), ("valid_from", "2020-01-01"), ("valid_to", "2099-12-31"), ("most", "30")];
    running.signed_in("Carol").await.post("/discounts", &code).await;
    running.house.db.number("SELECT id AS n FROM discount_code", values![]).await.unwrap().to_string()
}

fn filled(path: &str, objects: &Objects) -> String {
    path.replace("{group}", &objects.group)
        .replace("{session}", &objects.session)
        .replace("{person}", &objects.member)
        .replace("{about}", "0")
        .replace("{name}", "hearth.css")
        .replace("{*name}", "room.css")
        .replace("{token}", "no-such-token")
        .replace("{task}", "1")
        .replace("{homework}", "1")
        .replace("{measure}", "1")
        .replace("{appointment}", "1")
        .replace("{index}", "0")
        .replace("{device}", "1")
        .replace("{application}", &objects.application)
        .replace("{call}", "1")
        .replace("{document}", "ground-rules")
        .replace("{question}", "brought")
        .replace("{part}", "words")
        .replace("{goal}", "1")
        .replace("{pattern}", "1")
        .replace("{partner}", "1")
        .replace("{cheer}", "1")
        .replace("{version}", "1")
        .replace("{shift}", "1")
        .replace("{request}", "1")
        .replace("{country}", "US")
        .replace("{discount}", &objects.discount)
        .replace("{picture}", "home")
        .replace("{material}", "1")
        .replace("{tie}", "1")
        .replace("{letter}", "1")
        .replace("{template}", "en.longer-breath")
        .replace("{phase}", "0")
        .replace("{channel}", "1")
        .replace("{message}", "1")
        .replace("{circle}", "1")
        .replace("{report}", "1")
        .replace("{note}", "1")
        .replace("{entry}", "1")
        .replace("{asked}", "1")
        .replace("{moment}", "1")
        .replace("{item}", "what-grief-does")
}

async fn browser(running: &Running, persona: &Persona) -> Browser {
    match persona.who {
        Some(name) => running.signed_in(name).await,
        None => running.visitor(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_role_at_every_route() {
    let running = start("matrix").await;
    let member = running.person("Theo").await;
    let objects = Objects {
        group: running.group("Steady Ground").await.to_string(),
        session: running.last_week().await.to_string(),
        member: member.id.to_string(),
        application: an_application(&running).await,
        discount: a_discount(&running).await,
    };
    assert!(running.rows.len() > 40, "the policy table is there");
    let mut printed = String::new();
    let mut browsers = Vec::new();
    for persona in PERSONAS {
        browsers.push(browser(&running, persona).await);
    }
    for row in &running.rows {
        // These end the sign-in that the test needs, or start six visitors; they have tests of their own.
        if matches!(row.path, "/sign-out" | "/demo/sign-in" | "/demo/rehearsal" | "/account/password") {
            continue;
        }
        for (persona, browser) in PERSONAS.iter().zip(&mut browsers) {
            let path = filled(row.path, &objects);
            let page = browser.send(row.method.clone(), &path, String::new()).await;
            let status = page.status.as_u16();
            let allowed = may(persona, row.rule);
            printed += &format!("{:4} {:45} {:30} {status}\n", row.method, row.path, persona.name);
            let said_no = match (persona.who, &row.method) {
                (None, &Method::GET) => status == 303 && page.location.starts_with("/sign-in"),
                (None, _) => status == 401,
                _ => status == 404,
            };
            if allowed {
                // What is behind the rule may still not exist: rows of one's own, links, open tasks.
                let own = matches!(row.rule, Rule::Own | Rule::Staff | Rule::Crew | Rule::Everyone) && row.path.contains('{');
                assert!(
                    !said_no
                        || own
                        || status == 404
                            && [
                                "addenda",
                                "/members/",
                                "{goal}",
                                "/homework/{homework}",
                                "safety-plans",
                                "{shift}",
                                "{request}",
                                "{entry}",
                                "{asked}",
                                "{moment}"
                            ]
                            .iter()
                            .any(|part| row.path.contains(part)),
                    "{} may {} {path}, got {status}",
                    persona.name,
                    row.method
                );
                assert_ne!(status, 500, "{} {} {path}", persona.name, row.method);
            } else {
                assert!(said_no, "{} must not {} {path}, got {status} {}", persona.name, row.method, page.location);
            }
        }
    }
    println!("{printed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_exist_and_what_is_not_yours_look_the_same() {
    let running = start("same").await;
    let mut stranger = running.signed_in("Aisha").await;
    let (tonight, group) = (running.tonight().await, running.group("Steady Ground").await);
    for (real, unreal) in [
        (format!("/sessions/{tonight}/door"), "/sessions/5/door"),
        (format!("/groups/{group}"), "/groups/5"),
        (format!("/sessions/{tonight}/record"), "/sessions/5/record"),
    ] {
        let (real, unreal) = (stranger.get(&real).await, stranger.get(unreal).await);
        assert_eq!((real.status, unreal.status), (hyper::StatusCode::NOT_FOUND, hyper::StatusCode::NOT_FOUND));
        let plain = |page: &testkit::Page| {
            page.text.lines().filter(|line| !line.contains("nonce") && !line.contains("name=\"back\"")).collect::<String>()
        };
        assert_eq!(plain(&real), plain(&unreal));
    }
}
