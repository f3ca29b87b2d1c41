//! The policy by itself: who stands how to a group, and what somebody without the right is told.

use axum::{
    Extension,
    body::Body,
    extract::Path,
    http::{Method, Request, Response, StatusCode, header},
};
use ground::{House, Me, Role, Routes, Rule, Stand, facts::Part, policy::stands_to_group, sign_in, values, web};
use tower::ServiceExt;

use crate::home::{house, person};

fn me(role: Role) -> Me {
    Me { id: 1, name: "Maya".into(), role, language: ground::Language::English, zone: "UTC".into(), sign_in: 1 }
}

#[test]
fn how_each_role_in_each_part_stands_to_a_group() {
    use Stand::{Guest, Leader, Member, Office};
    for role in Role::ALL {
        for (part, stand) in [
            (None, None),
            (Some(Part::Facilitator), Some(Leader)),
            (Some(Part::Member), Some(Member)),
            (Some(Part::Observer), Some(Guest)),
            (Some(Part::Interpreter), Some(Guest)),
        ] {
            for asked in [Leader, Member, Guest, Office] {
                let office = asked == Office && matches!(role, Role::Coordinator | Role::Administrator);
                assert_eq!(stands_to_group(&me(role), part, &[asked]), office || stand == Some(asked), "{role:?} {part:?} {asked:?}");
            }
            assert!(!stands_to_group(&me(role), part, &[]), "a rule for nobody lets nobody pass");
        }
    }
}

const LED: Rule = Rule::Group(&[Stand::Leader]);
const MET: Rule = Rule::Session(&[Stand::Leader, Stand::Member]);

fn routes(house: &House) -> axum::Router {
    async fn page() -> &'static str {
        "the page"
    }
    async fn of(Extension(me): Extension<Me>, Path(number): Path<i64>) -> String {
        format!("{} at {number}", me.name)
    }
    let (router, rows) = Routes::new(house)
        .get("/open", Rule::Everyone, page)
        .get("/mine", Rule::SignedIn, page)
        .post("/mine", Rule::Own, page)
        .get("/staff", Rule::Staff, page)
        .get("/crew", Rule::Crew, page)
        .get("/office", Rule::Office, page)
        .get("/administrator", Rule::Administrator, page)
        .get("/groups/{group}", LED, of)
        .get("/sessions/{session}", MET, of)
        .into_parts();
    assert_eq!(rows.len(), 9, "every route has its row");
    web::around(router, house)
}

async fn ask(house: &House, method: Method, path: &str, cookie: &str, accept: &str) -> Response<Body> {
    let request = Request::builder().method(method).uri(path).header(header::COOKIE, cookie).header(header::ACCEPT, accept);
    routes(house).oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

async fn signed_in(house: &House, name: &str, role: Role) -> (i64, String) {
    let id = person(house, name, role, "en").await;
    let tx = house.db.write().await.unwrap();
    let cookie = sign_in::begin(house, &tx, id, role, "").await.unwrap();
    tx.commit_unaudited().await.unwrap();
    (id, cookie.to_str().unwrap().split(';').next().unwrap().to_owned())
}

async fn status(house: &House, path: &str, cookie: &str) -> u16 {
    ask(house, Method::GET, path, cookie, "text/html").await.status().as_u16()
}

/// Statement 45: the way back after signing in is a path of ours, and nothing else rides along.
#[tokio::test]
async fn a_visitor_is_shown_the_way_in_and_a_program_is_told_no() {
    let house = house("policy-visitor").await;
    assert_eq!(status(&house, "/open", "").await, 200);
    for (path, next) in
        [("/mine", "/mine"), ("/groups/7?a=1&b=%2F", "/groups/7%3Fa%3D1%26b%3D%252F"), ("/staff?x=//evil", "/staff%3Fx%3D//evil")]
    {
        let response = ask(&house, Method::GET, path, "", "text/html,*/*").await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        assert_eq!(response.headers()[header::LOCATION], format!("/sign-in?next={next}"));
    }
    for (method, accept) in [(Method::POST, "text/html"), (Method::GET, "application/json")] {
        assert_eq!(ask(&house, method, "/mine", "", accept).await.status(), StatusCode::UNAUTHORIZED, "{accept}");
    }
}

/// Statement 17: that a group exists at all can tell what somebody suffers from.
#[tokio::test]
async fn what_is_not_yours_looks_like_what_is_not_there() {
    let house = house("policy-404").await;
    let (_, cookie) = signed_in(&house, "Maya", Role::Member).await;
    let mut pages = Vec::new();
    for path in [
        "/staff",
        "/crew",
        "/office",
        "/administrator",
        "/groups/7",
        "/groups/x",
        "/groups/-1",
        "/groups/99999999999999999999",
        "/sessions/7",
        "/nowhere",
    ] {
        let response = ask(&house, Method::GET, path, &cookie, "text/html").await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
        let text = String::from_utf8(body.to_vec()).unwrap();
        // Around it stands the menu, which marks where somebody is and keeps the path for the language switch.
        let main = text.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap();
        pages.push(main.replace(path, ""));
    }
    assert!(pages.windows(2).all(|two| two[0] == two[1]), "word for word");
}

#[tokio::test]
async fn each_rule_lets_its_roles_pass() {
    let house = house("policy-roles").await;
    for role in Role::ALL {
        let (_, cookie) = signed_in(&house, role.word(), role).await;
        let staff = !matches!(role, Role::Member | Role::Family);
        let office = matches!(role, Role::Coordinator | Role::Administrator);
        for (path, may) in [
            ("/open", true),
            ("/mine", true),
            ("/staff", staff),
            ("/crew", staff && role != Role::Observer),
            ("/office", office),
            ("/administrator", role == Role::Administrator),
        ] {
            assert_eq!(status(&house, path, &cookie).await, if may { 200 } else { 404 }, "{role:?} {path}");
        }
        assert_eq!(ask(&house, Method::POST, "/mine", &cookie, "text/html").await.status(), 200);
    }
}

/// Two groups with a session each; Amara leads the first and Maya is in it.
#[tokio::test]
async fn a_group_is_its_people_s_as_long_as_they_are_in_it() {
    let house = house("policy-groups").await;
    let (amara, leads) = signed_in(&house, "Amara", Role::Clinician).await;
    let (maya, sits) = signed_in(&house, "Maya", Role::Member).await;
    let tx = house.db.write().await.unwrap();
    for group in [1, 2] {
        let sql = "INSERT INTO groups (id, name, topic, kind, weekday, minute_of_day, zone, minutes, capacity, programme, created_at)
            VALUES ($1, 'g', 'grief', 'process', 1, 0, 'UTC', 90, 8, '', 0)";
        tx.run(sql, values![group]).await.unwrap();
        let sql = "INSERT INTO session (id, group_id, number, starts_at, minutes, agenda) VALUES ($1, $2, 1, 0, 90, '{}')";
        tx.run(sql, values![group * 10, group]).await.unwrap();
    }
    for (person, part, seat) in [(amara, "facilitator", 0), (maya, "member", 1)] {
        let sql =
            "INSERT INTO membership (id, group_id, person_id, part, display_name, seat, joined_at) VALUES ($1, 1, $1, $2, 'x', $3, 0)";
        tx.run(sql, values![person, part, seat]).await.unwrap();
    }
    tx.commit_unaudited().await.unwrap();
    for (path, leader, member) in [
        ("/groups/1", 200, 404),
        ("/groups/2", 404, 404),
        ("/sessions/10", 200, 200),
        ("/sessions/20", 404, 404),
        ("/sessions/1", 404, 404),
    ] {
        assert_eq!((status(&house, path, &leads).await, status(&house, path, &sits).await), (leader, member), "{path}");
    }
    crate::home::meddle(&house, "UPDATE membership SET left_at = 1").await;
    assert_eq!(
        (status(&house, "/groups/1", &leads).await, status(&house, "/sessions/10", &sits).await),
        (404, 404),
        "who has left has left"
    );
}
