use askama::Template;
use axum::{
    Extension,
    extract::{Path, Query, State},
    response::Response,
};
use care::{
    catalogue::{self, DayPart, Offered, Wanted},
    licensing::{Jurisdiction, Verdict},
    topics::{self, Topics},
};
use ground::{Fault, House, Moment, Ui, not_found, render, web::in_script, when};
use jiff::{Timestamp, tz::TimeZone};
use serde::Deserialize;

use super::{
    queries::{self, Listed},
    shelf::{Known, Shelf},
    structured,
};
use crate::money;

/// Zones that a visitor may choose; the practice's own stands first.
pub const ZONES: [&str; 9] = [
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
    "Europe/Madrid",
];

/// Cards of one page: what a phone loads in a moment and somebody still reads.
const PAGE: usize = 24;
/// Other groups that a refusal shows.
const HANDFUL: usize = 6;

/// The filters, as the address carries them. What we do not know asks for nothing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub place: String,
    pub topic: String,
    pub kind: String,
    pub day: String,
    pub part: String,
    pub language: String,
    pub zone: String,
    pub pets: String,
    pub open: String,
    pub page: String,
}

impl Asked {
    /// The same questions, another page. What is asked are words of ours; anything else is not carried on.
    fn to(&self, page: usize) -> String {
        let all = [
            ("place", &self.place),
            ("topic", &self.topic),
            ("kind", &self.kind),
            ("day", &self.day),
            ("part", &self.part),
            ("language", &self.language),
            ("zone", &self.zone),
            ("pets", &self.pets),
            ("open", &self.open),
        ];
        let plain = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_/".contains(c));
        let kept = all.into_iter().filter(|(_, value)| plain(value)).map(|(name, value)| format!("{name}={value}&"));
        format!("/find?{}page={page}", kept.collect::<String>())
    }
}

/// One group on its card.
#[derive(Debug, Clone)]
pub struct Card {
    pub listed: Listed,
    pub leaders: String,
    pub next: Option<Timestamp>,
    /// Whether somebody who lives where the visitor says may join.
    pub verdict: Verdict,
}

impl Card {
    pub fn is_away(&self) -> bool {
        is_away(self.verdict)
    }
}

pub fn is_away(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::NotCovered | Verdict::Expired)
}

#[derive(Template)]
#[template(path = "catalogue/catalogue.html")]
pub struct CataloguePage {
    pub ui: Ui,
    pub asked: Asked,
    pub zone: String,
    pub zones: Vec<String>,
    pub places: Vec<Jurisdiction>,
    pub cards: Vec<Card>,
    /// How many groups there are, and how many of them answer.
    pub shown: usize,
    pub found: usize,
    /// From 0.
    pub page: usize,
}

#[derive(Template)]
#[template(path = "catalogue/listed.html")]
pub struct ListedPage {
    pub ui: Ui,
    pub card: Card,
    pub zone: String,
    /// Where the visitor said they live.
    pub place: String,
    pub price: money::Shown,
    /// JSON-LD, safe inside a script element.
    pub structured: String,
}

/// "2 seats left".
pub fn seats_words(ui: &Ui, listed: &Listed) -> String {
    match listed.capacity - listed.taken {
        free if free <= 0 => ui.t("find-full"),
        1 => ui.t("find-one-seat"),
        free => ui.t1("find-seats", "free", free),
    }
}

/// What both pages say of a card.
macro_rules! speaks_of_cards {
    ($($page:ty),*) => {$(
        impl $page {
            fn kind(&self, card: &Card) -> String {
                crate::groups::kind_words(&self.ui, &card.listed.topic, &card.listed.kind)
            }

            fn focus(&self, card: &Card) -> String {
                let topic = self.ui.topic(&card.listed.topic);
                self.ui.t1(catalogue::focus(&card.listed.kind), "topic", topic)
            }

            /// The weekly time in the group's own zone, which is named.
            fn weekly(&self, card: &Card) -> String {
                crate::groups::weekly_words(&self.ui, card.listed.weekday, card.listed.minute_of_day, &card.listed.zone, card.listed.minutes)
            }

            /// The next start on the visitor's clock.
            fn yours(&self, card: &Card) -> Option<String> {
                let moment = Moment::from(card.next?);
                let moment = when::moment(self.ui.language, moment, &self.zone);
                let key = if self.zone == card.listed.zone { "find-next" } else { "find-yours" };
                Some(self.ui.language.say(key, &[("when", moment), ("zone", city(&self.zone))]))
            }

            fn seats(&self, card: &Card) -> String {
                seats_words(&self.ui, &card.listed)
            }

            /// The law keeps somebody of the visitor's place out of this group.
            fn is_away(&self, card: &Card) -> bool {
                card.is_away()
            }

            fn place(&self, card: &Card) -> Option<&'static str> {
                catalogue::about_place(card.verdict)
            }

            /// Online is what everybody expects here; anything else is said (C15).
            fn where_it_meets(&self, card: &Card) -> String {
                self.ui.t(&format!("listing-place-{}", card.listed.place.replace('_', "-")))
            }

            fn hue(&self, card: &Card) -> usize {
                care::topics::hue(&card.listed.topic)
            }
        }
    )*};
}

speaks_of_cards!(CataloguePage, ListedPage);

impl CataloguePage {
    fn before(&self) -> Option<String> {
        (self.page > 0).then(|| self.asked.to(self.page - 1))
    }

    fn after(&self) -> Option<String> {
        ((self.page + 1) * PAGE < self.found).then(|| self.asked.to(self.page + 1))
    }

    fn topics(&self) -> Vec<(String, String)> {
        self.ui.topic_choices(|slug| slug == self.asked.topic)
    }

    fn kinds(&self) -> Vec<(String, String)> {
        topics::KINDS.iter().map(|kind| ((*kind).to_owned(), self.ui.t(&format!("kind-{kind}")))).collect()
    }

    fn days(&self) -> Vec<(String, String)> {
        (1..=7).map(|day| (day.to_string(), self.ui.t(&format!("day-{day}")))).collect()
    }

    fn parts(&self) -> Vec<(String, String)> {
        DayPart::ALL.iter().map(|part| (part.word().to_owned(), self.ui.t(&format!("find-{}", part.word())))).collect()
    }

    fn found(&self) -> String {
        let count = self.found;
        if count == 1 { self.ui.t("find-found-one") } else { self.ui.t1("find-found", "count", count) }
    }
}

impl ListedPage {
    fn about(&self) -> &str {
        let Listed { about_en, about_es, .. } = &self.card.listed;
        // A practice that wrote one language only is still read.
        match self.ui.lang() {
            "es" if !about_es.is_empty() => about_es,
            _ if about_en.is_empty() => about_es,
            _ => about_en,
        }
    }
}

pub fn city(zone: &str) -> String {
    zone.rsplit('/').next().unwrap_or(zone).replace('_', " ")
}

fn asked_for(asked: &Asked, known: &Topics) -> Wanted {
    let word = |text: &str, known: &[&str]| known.contains(&text).then(|| text.to_owned());
    Wanted {
        topic: known.knows(&asked.topic).then(|| asked.topic.clone()),
        kind: word(&asked.kind, topics::KINDS),
        weekday: asked.day.parse().ok().filter(|day| (1..=7).contains(day)),
        part: DayPart::parse(&asked.part),
        language: word(&asked.language, &["en", "es"]),
        pets: !asked.pets.is_empty(),
        open: !asked.open.is_empty(),
    }
}

/// The zone that was asked for, or the practice's.
fn zone_of(house: &House, asked: &str) -> String {
    if ZONES.contains(&asked) { asked.to_owned() } else { house.practice().zone }
}

pub async fn cards(house: &House, listed: Vec<Listed>, place: &str) -> Result<Vec<Card>, Fault> {
    let only = if let [one] = listed.as_slice() { Some(one.id) } else { None };
    let (known, now) = (Known::read(house, only).await?, house.clock.now());
    let practice = house.practice();
    Ok(listed.into_iter().map(|listed| known.card(&practice, listed, place, now)).collect())
}

/// Groups with a free seat that somebody who lives there may join, classes last; a handful, as a way on.
pub async fn open_in(house: &House, place: &str, but_not: i64) -> Result<Vec<Card>, Fault> {
    let mut open = cards(house, queries::shown(&house.db).await?, place).await?;
    open.retain(|card| card.verdict.opens() && card.listed.taken < card.listed.capacity && card.listed.id != but_not);
    open.sort_by_key(|card| card.verdict == Verdict::Instruction);
    open.truncate(HANDFUL);
    Ok(open)
}

pub async fn all(
    State(house): State<House>,
    Extension(shelf): Extension<Shelf>,
    ui: Ui,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let (wanted, zone) = (asked_for(&asked, &ui.topics), zone_of(&house, &asked.zone));
    let in_zone = TimeZone::get(&zone).unwrap_or(TimeZone::UTC);
    let (all, now, practice) = (shelf.shown(&house).await?, house.clock.now(), house.practice());
    let shown = all.groups.len();
    let answers = |(_, (listed, next)): &(bool, &(Listed, Option<Timestamp>))| {
        let Listed { topic, kind, language, pets, capacity, taken, .. } = listed;
        catalogue::answers(&Offered { topic, kind, language, pets: *pets == 1, free: capacity - taken, next: *next }, &wanted, &in_zone)
    };
    let away = all.away(&practice, &asked.place);
    // Whom the law keeps out of a group is not hidden from it, only led past it first.
    let (past, open): (Vec<_>, Vec<_>) = away.iter().copied().zip(&all.groups).filter(answers).partition(|(is_away, _)| *is_away);
    let found: Vec<&Listed> = open.into_iter().chain(past).map(|(_, (listed, _))| listed).collect();
    let page = asked.page.parse().unwrap_or(0).min(found.len().saturating_sub(1) / PAGE);
    let here = found.iter().skip(page * PAGE).take(PAGE);
    let cards = here.map(|listed| all.known.card(&practice, (*listed).clone(), &asked.place, now)).collect();
    let found = found.len();
    let own = practice.zone;
    let others = ZONES.iter().map(|zone| (*zone).to_owned()).filter(|zone| *zone != own);
    let zones = std::iter::once(own.clone()).chain(others).collect();
    render(&CataloguePage { ui, asked, zone, zones, places: all.known.places(), cards, shown, found, page })
}

pub async fn one(State(house): State<House>, ui: Ui, Path(group): Path<i64>, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let Some(listed) = queries::shown_one(&house.db, group).await? else { return Ok(not_found()) };
    let zone = zone_of(&house, &asked.zone);
    let Some(card) = cards(&house, vec![listed], &asked.place).await?.pop() else { return Ok(not_found()) };
    let price = money::shown(&house, &ui, group).await?;
    let structured = in_script(&structured::event(&house, &ui, &card).to_string());
    render(&ListedPage { ui, card, zone, place: asked.place, price, structured })
}

#[cfg(test)]
mod tests {
    use care::licensing;
    use ground::Language;

    use super::*;

    pub fn sample() -> Card {
        let listed = Listed {
            id: 3,
            name: "Steady & Ground".into(),
            topic: "anxiety".into(),
            kind: "process".into(),
            weekday: 2,
            minute_of_day: 1110,
            zone: "America/New_York".into(),
            minutes: 90,
            capacity: 10,
            taken: 9,
            language: "en".into(),
            about_en: "For <people> who worry.".into(),
            about_es: String::new(),
            price: "45".into(),
            place: "online".into(),
            pets: 1,
            changed_at: Moment(0),
        };
        let next = "2026-11-24T23:30:00Z".parse().ok();
        Card { listed, leaders: "Dr. Amara Osei".into(), next, verdict: Verdict::NotCovered }
    }

    #[test]
    fn the_pages_render_with_nothing_one_and_many() {
        for language in Language::ALL {
            for many in [0, 1, 40] {
                let ui = Ui::sample(language, None);
                let page = CataloguePage {
                    ui: ui.clone(),
                    asked: Asked { topic: "anxiety".into(), ..Asked::default() },
                    zone: "America/Denver".into(),
                    zones: vec!["America/Denver".into()],
                    places: licensing::shipped().unwrap().jurisdiction,
                    cards: vec![sample(); many],
                    shown: many,
                    found: many,
                    page: 0,
                };
                let html = page.render().unwrap();
                assert_eq!(html.matches("group-card").count(), many);
                assert_eq!(html.contains("/find?topic=anxiety&#38;page=1"), many > PAGE, "there is more");
                assert!(html.contains("<option value=\"anxiety\" selected>"));
                assert_eq!(html.contains("16:30") || html.contains("4:30 pm"), many > 0, "the visitor's own clock");
            }
            let page = ListedPage {
                ui: Ui::sample(language, None),
                card: sample(),
                zone: "UTC".into(),
                place: String::new(),
                price: money::Shown { lines: vec!["$45.00 <each>".into()], note: "Ask <us>.".into() },
                structured: "{}".into(),
            };
            let html = page.render().unwrap();
            assert!(html.contains("For &#60;people&#62; who worry."), "one language is better than none");
            assert!(html.contains("$45.00 &#60;each&#62;") && html.contains("Ask &#60;us&#62;."));
            assert!(!html.contains("<title>Steady"), "a title says nothing of a topic");
        }
    }

    #[test]
    fn another_page_asks_the_same_and_carries_nothing_strange() {
        let asked = Asked { topic: "grief".into(), zone: "America/New_York".into(), place: "\"><b>".into(), ..Asked::default() };
        assert_eq!(asked.to(2), "/find?topic=grief&zone=America/New_York&page=2");
    }

    #[test]
    fn what_nobody_knows_asks_for_nothing() {
        let odd =
            Asked { topic: "x".into(), kind: "'".into(), day: "9".into(), part: "night".into(), language: "xx".into(), ..Asked::default() };
        assert_eq!(asked_for(&odd, &ground::topics::as_shipped()), Wanted::default());
        let asked = Asked { topic: "grief".into(), day: "7".into(), part: "morning".into(), open: "on".into(), ..Asked::default() };
        let wanted = asked_for(&asked, &ground::topics::as_shipped());
        assert_eq!((wanted.weekday, wanted.topic.as_deref(), wanted.open), (Some(7), Some("grief"), true));
    }
}
