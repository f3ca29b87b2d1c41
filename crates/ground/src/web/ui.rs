//! What every page knows: language, person, practice, crisis lines.

use std::sync::{Arc, LazyLock};

use askama::Template;
use axum::{
    extract::FromRequestParts,
    http::{HeaderName, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use care::topics::Topics;

use crate::{
    crisis::Line,
    fault::Fault,
    house::{House, Practice},
    roles::{Me, Role},
    sign_in, waiting,
    web::{assets::hashed, guards::ScriptNonce},
    words::Language,
};

/// Everything the frame of a page needs. Every page struct has one, named `ui`.
#[derive(Debug, Clone)]
pub struct Ui {
    pub language: Language,
    pub nonce: String,
    pub me: Option<Me>,
    pub practice: Practice,
    pub crisis: Vec<Line>,
    /// What the practice calls its topics, and which it offers.
    pub topics: Arc<Topics>,
    pub demo: bool,
    /// How our own addresses begin where they are read without us: in mails, in link previews.
    pub public_url: String,
    /// How much waits for this person in their inbox.
    pub waiting: i64,
    /// The path of this page, for the language switch and the marked entry of the menu.
    pub path: String,
}

pub struct UiParts {
    pub me: Option<Me>,
    pub language: Option<Language>,
    pub nonce: String,
    pub path: String,
}

/// One entry of the menu.
pub struct Nav {
    pub href: &'static str,
    pub key: &'static str,
}

static CSS: LazyLock<String> = LazyLock::new(|| hashed("hearth.css"));
static TOKENS: LazyLock<String> = LazyLock::new(|| hashed("tokens.css"));
static BADGE: LazyLock<String> = LazyLock::new(|| hashed("badge.js"));
static HTMX: LazyLock<String> = LazyLock::new(|| hashed("htmx.min.js"));

impl Ui {
    pub fn make(house: &House, parts: UiParts) -> Ui {
        let practice = house.practice();
        let language = parts.me.as_ref().map(|me| me.language).or(parts.language).unwrap_or_default();
        Ui {
            language,
            nonce: parts.nonce,
            crisis: house.crisis().of(&practice.country, language),
            topics: house.topics(),
            practice,
            demo: house.config.demo,
            public_url: house.config.public_url.clone(),
            me: parts.me,
            waiting: 0,
            path: parts.path,
        }
    }

    /// For render tests: a page as this role would see it.
    pub fn sample(language: Language, role: Option<Role>) -> Ui {
        let crisis = crate::crisis::Crisis::shipped().map(|crisis| crisis.of("US", language)).unwrap_or_default();
        let me = role.map(|role| Me { id: 7, name: "Maya Lindqvist".into(), role, language, zone: "America/New_York".into(), sign_in: 1 });
        Ui {
            language,
            nonce: "sample".into(),
            me,
            practice: Practice {
                name: "Hearth".into(),
                phone: "+1 555 0100".into(),
                zone: "America/New_York".into(),
                country: "US".into(),
                palette: "ember".into(),
                ..Practice::default()
            },
            crisis,
            topics: Arc::new(crate::topics::as_shipped()),
            demo: false,
            public_url: "https://hearth.example".into(),
            waiting: 0,
            path: "/".into(),
        }
    }

    pub fn t(&self, key: &str) -> String {
        self.language.t(key)
    }

    pub fn t1(&self, key: &str, name: &'static str, value: impl ToString) -> String {
        self.language.say(key, &[(name, value.to_string())])
    }

    pub fn t2(&self, key: &str, one: &(&'static str, &str), two: &(&'static str, &str)) -> String {
        self.language.say(key, &[(one.0, one.1.to_owned()), (two.0, two.1.to_owned())])
    }

    /// The practice's name of a topic, in the reader's language.
    pub fn topic(&self, slug: &str) -> String {
        self.topics.name(slug, self.lang())
    }

    /// Slug and name of what can be chosen: what is offered, and what was chosen before.
    pub fn topic_choices(&self, chosen: impl Fn(&str) -> bool) -> Vec<(String, String)> {
        self.topics.choices(chosen).map(|topic| (topic.slug.clone(), self.topic(&topic.slug))).collect()
    }

    pub fn lang(&self) -> &'static str {
        self.language.code()
    }

    pub fn other_language(&self) -> &'static str {
        if self.language == Language::English { "es" } else { "en" }
    }

    pub fn css(&self) -> &'static str {
        &CSS
    }

    pub fn tokens(&self) -> &'static str {
        &TOKENS
    }

    pub fn htmx(&self) -> &'static str {
        &HTMX
    }

    pub fn badge(&self) -> &'static str {
        &BADGE
    }

    pub fn home(&self) -> &'static str {
        if self.me.is_some() { "/today" } else { "/" }
    }

    /// The menu of this person's role.
    pub fn nav(&self) -> Vec<Nav> {
        let Some(me) = &self.me else {
            let entries =
                [("/find", "nav-find"), ("/how-it-works", "nav-how"), ("/therapists", "nav-therapists"), ("/contact", "nav-contact")];
            return entries.into_iter().map(|(href, key)| Nav { href, key }).collect();
        };
        // Messages are a part of the inbox: a menu on a telephone is long enough.
        let first = [("/today", "nav-today"), ("/inbox", "nav-inbox"), ("/calendar", "nav-calendar")];
        let mut entries: Vec<Nav> = first.into_iter().map(|(href, key)| Nav { href, key }).collect();
        if me.role != Role::Family {
            entries.push(Nav { href: "/groups", key: if me.role.is_staff() { "nav-groups" } else { "nav-my-group" } });
        }
        if me.role == Role::Member {
            entries.extend([Nav { href: "/goals", key: "nav-goals" }, Nav { href: "/homework", key: "nav-homework" }]);
        }
        entries.push(Nav { href: "/library", key: "nav-library" });
        if me.role.is_crew() {
            entries.push(Nav { href: "/risk-tasks", key: "nav-risk-tasks" });
            entries.push(Nav { href: "/applicants", key: "nav-applicants" });
            entries.push(Nav { href: "/materials", key: "nav-materials" });
        }
        if me.role.is_office() {
            entries.extend([Nav { href: "/people", key: "nav-people" }, Nav { href: "/licences", key: "nav-licences" }]);
            entries.push(Nav { href: "/practice/outcomes", key: "nav-outcomes" });
        }
        if me.role == Role::Administrator {
            entries.push(Nav { href: "/practice", key: "nav-practice" });
        }
        entries
    }

    pub fn is_administrator(&self) -> bool {
        self.me.as_ref().is_some_and(|me| me.role == crate::Role::Administrator)
    }

    pub fn is_office(&self) -> bool {
        self.me.as_ref().is_some_and(|me| me.role.is_office())
    }

    pub fn is_member(&self) -> bool {
        self.me.as_ref().is_some_and(|me| me.role == Role::Member)
    }

    /// How much waits behind an entry of the menu; nothing for most.
    pub fn waits(&self, href: &str) -> String {
        match self.waiting {
            0 => String::new(),
            _ if href != "/inbox" => String::new(),
            many if many > 99 => "99+".into(),
            some => some.to_string(),
        }
    }

    pub fn is_here(&self, href: &str) -> bool {
        let begins = |with: &str| self.path == with || self.path.starts_with(&format!("{with}/"));
        begins(href) || href == "/inbox" && (begins("/messages") || begins("/channels"))
    }

    /// The picture that other programs show beside a link to this page. Whoever fetches it has no cookie, so the language is in its address.
    pub fn share_image(&self) -> String {
        let group = self.path.strip_prefix("/find/").and_then(|id| id.parse::<i64>().ok());
        let what = match group {
            Some(id) => format!("group-{id}"),
            None if self.path == "/find" => "find".into(),
            None => "home".into(),
        };
        format!("{}/share/{what}-{}.png", self.public_url, self.lang())
    }

    /// The practice's welcome to visitors; empty if it has written none.
    pub fn welcome(&self) -> &str {
        self.practice.welcome(self.language)
    }

    /// When the practice answers its phone, in its own words.
    pub fn hours(&self) -> &str {
        self.practice.hours(self.language)
    }

    /// The phone number as a link wants it.
    pub fn practice_dial(&self) -> String {
        self.practice.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
    }
}

/// The frame of the page for whoever asks: `async fn page(ui: Ui, …)`.
impl FromRequestParts<House> for Ui {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Ui, Fault> {
        let me = match parts.extensions.get::<Me>() {
            Some(me) => Some(me.clone()),
            None => sign_in::recognise(house, &parts.headers).await?,
        };
        let nonce = parts.extensions.get::<ScriptNonce>().map(|nonce| nonce.0.clone()).unwrap_or_default();
        let language = super::guards::language(house, &parts.headers);
        // A fragment of a page has no menu to show it in.
        let has_menu = !parts.headers.contains_key("hx-request");
        let waiting = match &me {
            Some(me) if has_menu => waiting::count(&house.db, me, house.clock.now()).await?,
            _ => 0,
        };
        let ui = Ui::make(house, UiParts { me, language: Some(language), nonce, path: parts.uri.path().to_owned() });
        Ok(Ui { waiting, ..ui })
    }
}

/// Behind a rule that lets only signed-in people pass, this is always there.
impl FromRequestParts<House> for Me {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &House) -> Result<Me, Response> {
        parts.extensions.get::<Me>().cloned().ok_or_else(crate::fault::not_found)
    }
}

/// `</script>` inside a string must not end the element.
pub fn in_script(json: &str) -> String {
    json.replace('<', "\\u003c")
}

/// A page, 200.
pub fn render(page: &impl Template) -> Result<Response, Fault> {
    render_status(page, StatusCode::OK)
}

pub fn render_status(page: &impl Template, status: StatusCode) -> Result<Response, Fault> {
    let mut response = (status, page.render()?).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response.headers_mut().insert(HeaderName::from_static("x-hearth-page"), HeaderValue::from_static("1"));
    Ok(response)
}

/// Every error page says what happened, the way back, and the crisis lines.
#[derive(Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    pub ui: Ui,
    pub title: &'static str,
    pub text: &'static str,
}

impl ErrorPage {
    pub fn new(ui: Ui, status: StatusCode) -> ErrorPage {
        let (title, text) = match status {
            StatusCode::NOT_FOUND => ("error-not-found-title", "error-not-found"),
            StatusCode::UNAUTHORIZED => ("error-signed-out-title", "error-signed-out"),
            StatusCode::FORBIDDEN => ("error-elsewhere-title", "error-elsewhere"),
            status if status.is_client_error() => ("error-not-understood-title", "error-not-understood"),
            _ => ("error-ours-title", "error-ours"),
        };
        ErrorPage { ui, title, text }
    }
}
