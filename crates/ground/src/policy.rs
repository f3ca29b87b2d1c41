//! Who may do what. Every route has a row; a route cannot be made without one.

use axum::{
    Router,
    extract::{RawPathParams, Request, State},
    handler::Handler,
    http::{Method, StatusCode, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get, post},
};

use crate::{
    facts::{self, Part},
    fault::{self, Fault},
    house::House,
    peer, push,
    roles::{Me, Role},
    sign_in,
};

/// How somebody stands to a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    Leader,
    Member,
    /// Observer or interpreter of this group.
    Guest,
    /// Coordinators and administrators, whatever the group.
    Office,
}

/// The rule of one route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    Everyone,
    SignedIn,
    Staff,
    /// Staff who lead groups or run the office. Whoever is there to learn looks on and changes nothing.
    Crew,
    Office,
    Administrator,
    /// Whoever stands like this to the group in `{group}`.
    Group(&'static [Stand]),
    /// Whoever stands like this to the group of the session in `{session}`.
    Session(&'static [Stand]),
    /// The same, and with the check-ins that members hold among themselves: the door, the room, and nothing else of a session.
    Room(&'static [Stand]),
    /// Signed in; the query itself asks only for rows of one's own and answers 404 otherwise.
    Own,
}

/// One row of the policy: printed, and walked by the matrix test.
#[derive(Debug, Clone)]
pub struct Row {
    pub method: Method,
    pub path: &'static str,
    pub rule: Rule,
}

/// The routes of one slice or area together with their policy rows.
pub struct Routes {
    house: House,
    router: Router<House>,
    rows: Vec<Row>,
}

impl Routes {
    pub fn new(house: &House) -> Routes {
        Routes { house: house.clone(), router: Router::new(), rows: Vec::new() }
    }

    pub fn get<H: Handler<T, House>, T: 'static>(self, path: &'static str, rule: Rule, handler: H) -> Routes {
        self.add(Method::GET, path, rule, get(handler))
    }

    pub fn post<H: Handler<T, House>, T: 'static>(self, path: &'static str, rule: Rule, handler: H) -> Routes {
        self.add(Method::POST, path, rule, post(handler))
    }

    fn add(mut self, method: Method, path: &'static str, rule: Rule, handler: MethodRouter<House>) -> Routes {
        let guard = Guard { house: self.house.clone(), rule };
        self.router = self.router.route(path, handler.route_layer(from_fn_with_state(guard, check)));
        self.rows.push(Row { method, path, rule });
        self
    }

    pub fn merge(mut self, other: Routes) -> Routes {
        self.router = self.router.merge(other.router);
        self.rows.extend(other.rows);
        self
    }

    /// Gives all handlers so far something to lean on.
    pub fn layer<T: Clone + Send + Sync + 'static>(mut self, extension: axum::Extension<T>) -> Routes {
        self.router = self.router.layer(extension);
        self
    }

    pub fn into_parts(self) -> (Router<House>, Vec<Row>) {
        (self.router, self.rows)
    }
}

#[derive(Clone)]
struct Guard {
    house: House,
    rule: Rule,
}

async fn check(State(guard): State<Guard>, params: RawPathParams, mut request: Request, next: Next) -> Response {
    let by_itself = request.uri().path() == push::WAITING;
    let recognised = match by_itself {
        true => sign_in::glance(&guard.house, request.headers()).await,
        false => sign_in::recognise(&guard.house, request.headers()).await,
    };
    let me = match recognised {
        Ok(me) => me,
        Err(fault) => return fault.into_response(),
    };
    match may(&guard.house, guard.rule, me.as_ref(), &params).await {
        Ok(true) => {}
        Ok(false) => return refuse(&request, me.as_ref()),
        Err(fault) => return fault.into_response(),
    }
    if let Some(me) = me {
        request.extensions_mut().insert(me);
    }
    next.run(request).await
}

async fn may(house: &House, rule: Rule, me: Option<&Me>, params: &RawPathParams) -> Result<bool, Fault> {
    let Some(me) = me else { return Ok(rule == Rule::Everyone) };
    let stands = match rule {
        Rule::Everyone | Rule::SignedIn | Rule::Own => return Ok(true),
        Rule::Staff => return Ok(me.role.is_staff()),
        Rule::Crew => return Ok(me.role.is_crew()),
        Rule::Office => return Ok(me.role.is_office()),
        Rule::Administrator => return Ok(me.role == Role::Administrator),
        Rule::Room(stands) => {
            if let Some(stand) = peer::stand(&house.db, number(params, "session"), me.id).await? {
                return Ok(stand.is_some_and(|stand| stands.contains(&stand)));
            }
            stands
        }
        Rule::Group(stands) | Rule::Session(stands) => stands,
    };
    let group = match rule {
        Rule::Session(_) | Rule::Room(_) => facts::group_of_led_session(&house.db, number(params, "session")).await?,
        _ => facts::group_exists(&house.db, number(params, "group")).await?,
    };
    let Some(group) = group else { return Ok(false) };
    let part = facts::part_in(&house.db, group, me.id).await?;
    Ok(stands_to_group(me, part, stands))
}

/// The rule itself, free of any database.
pub fn stands_to_group(me: &Me, part: Option<Part>, stands: &[Stand]) -> bool {
    stands.iter().any(|stand| match stand {
        Stand::Leader => part == Some(Part::Facilitator),
        Stand::Member => part == Some(Part::Member),
        Stand::Guest => matches!(part, Some(Part::Observer | Part::Interpreter)),
        Stand::Office => me.role.is_office(),
    })
}

fn number(params: &RawPathParams, name: &str) -> i64 {
    params.iter().find(|(key, _)| *key == name).and_then(|(_, value)| value.parse().ok()).unwrap_or(0)
}

/// Visitors are shown the way in; everybody else learns nothing about what exists.
fn refuse(request: &Request, me: Option<&Me>) -> Response {
    if me.is_some() {
        return fault::not_found();
    }
    let wants_page = request.method() == Method::GET && accepts_html(request);
    if wants_page {
        let next = request.uri().path_and_query().map_or("/", |all| all.as_str());
        return (StatusCode::SEE_OTHER, [(header::LOCATION, format!("/sign-in?next={}", percent(next)))]).into_response();
    }
    fault::plain(StatusCode::UNAUTHORIZED)
}

fn accepts_html(request: &Request) -> bool {
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("text/html");
    accept.contains("text/html") || accept.contains("*/*")
}

fn percent(path: &str) -> String {
    path.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
            },
        )
        .collect()
}
