use askama::Template;
use axum::{
    Extension, Form,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use care::{
    catalogue::DayPart,
    digest::Wants,
    licensing::{self, Jurisdiction},
    topics::Topics,
};
use ground::{
    Deed, Fault, House, Moment, Owner, Spot, Ui,
    mail::{self, Stranger, Words},
    random_id,
    web::{Peer, client_address, render_status},
};
use serde::{Deserialize, Serialize};

use super::{Wish, leave_token, of_leave_token, queries, weekly};
use crate::catalogue::ZONES;

const EMAIL_CHARS: usize = 254;
/// An address is asked so often in an hour, and somebody may ask for so many.
const MOST_FOR_ADDRESS: i64 = 3;
const MOST_FROM_PLACE: i64 = 20;
/// How long the link in the confirming mail works, in days.
const CONFIRM_DAYS: u64 = 3;
const CONFIRM: Spot<'static> = Spot { table: "digest", column: "confirm", row: "link" };

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub email: String,
    pub language: String,
    pub zone: String,
    pub topic: String,
    pub place: String,
    pub part: String,
    pub wants: String,
}

#[derive(Template)]
#[template(path = "digest/form.html")]
pub struct FormPage {
    pub ui: Ui,
    pub typed: Typed,
    pub zones: Vec<String>,
    pub places: Vec<Jurisdiction>,
    pub trouble: Option<&'static str>,
}

impl FormPage {
    fn topics(&self) -> Vec<(String, String)> {
        self.ui.topic_choices(|slug| slug == self.typed.topic)
    }

    fn wants(&self) -> [Wants; 3] {
        Wants::ALL
    }

    fn want(&self, one: &Wants) -> String {
        self.ui.t(&format!("digest-wants-{}", one.word()))
    }

    fn does_want(&self, one: &Wants) -> bool {
        Wants::parse(&self.typed.wants) == Some(*one)
    }

    fn parts(&self) -> Vec<(&'static str, String)> {
        DayPart::ALL.into_iter().map(|part| (part.word(), self.ui.t(&format!("find-{}", part.word())))).collect()
    }
}

/// A page with a few words and at most one button.
#[derive(Template)]
#[template(path = "digest/said.html")]
pub struct SaidPage {
    pub ui: Ui,
    pub title: &'static str,
    pub text: &'static str,
    /// Where a button posts to, and what stands on it.
    pub act: Option<(String, &'static str)>,
    /// A quiet way on.
    pub way: Option<(String, &'static str)>,
}

fn said(ui: Ui, title: &'static str, text: &'static str) -> SaidPage {
    SaidPage { ui, title, text, act: None, way: Some(("/find".into(), "find-back")) }
}

fn zones(house: &House) -> Vec<String> {
    let own = house.practice().zone;
    let others = ZONES.iter().map(|zone| (*zone).to_owned()).filter(|zone| *zone != own);
    std::iter::once(own.clone()).chain(others).collect()
}

fn page(house: &House, ui: Ui, typed: Typed, trouble: Option<&'static str>) -> Result<Response, Fault> {
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    render_status(&FormPage { ui, typed, zones: zones(house), places: licensing::shipped()?.jurisdiction, trouble }, status)
}

pub async fn form(State(house): State<House>, ui: Ui, Query(asked): Query<Typed>) -> Result<Response, Fault> {
    // An address never comes from a link: nobody fills a stranger's in.
    let language = ui.lang().to_owned();
    page(&house, ui, Typed { email: String::new(), language, ..asked }, None)
}

/// What the form says, or the key of what is wrong with it.
fn read(typed: &Typed, zones: &[String], places: &[Jurisdiction], topics: &Topics) -> Result<(String, Wish), &'static str> {
    let email = typed.email.trim().to_lowercase();
    let readable = email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'));
    let odd = email.chars().any(|c| c.is_whitespace() || c.is_control() || "<>,;\"".contains(c));
    if !readable || odd || email.chars().count() > EMAIL_CHARS {
        return Err("digest-email-unreadable");
    }
    let known = |value: &str, known: bool| value.is_empty() || known;
    let fits = ["en", "es"].contains(&typed.language.as_str())
        && zones.contains(&typed.zone)
        && known(&typed.topic, topics.knows(&typed.topic))
        && known(&typed.place, places.iter().any(|place| place.code == typed.place))
        && known(&typed.part, DayPart::parse(&typed.part).is_some())
        && Wants::parse(&typed.wants).is_some();
    if !fits {
        return Err("digest-choice-unreadable");
    }
    let Typed { language, zone, topic, place, part, wants, .. } = typed.clone();
    Ok((email, Wish { language, zone, topic, place, part, wants }))
}

/// What the link in the confirming mail carries, sealed.
#[derive(Debug, Serialize, Deserialize)]
struct Offer {
    email: String,
    wish: Wish,
    until: Moment,
}

async fn sealed(house: &House, offer: &Offer) -> Result<String, Fault> {
    let sealed = house.keys.seal(Owner::Practice, CONFIRM, &serde_json::to_string(offer)?).await?;
    Ok(URL_SAFE_NO_PAD.encode(sealed))
}

/// What a link is remembered by once it was used. No other letters open to the same: the sealed text has one spelling.
async fn link_mark(house: &House, token: &str) -> Result<Vec<u8>, Fault> {
    house.keys.mark("digest-link", token).await
}

/// `None` for a link that is not ours, is over, or has confirmed somebody who left since: leaving is leaving.
async fn opened(house: &House, token: &str) -> Result<Option<Offer>, Fault> {
    let Some(offer) = unsealed(house, token).await? else { return Ok(None) };
    let (link, address) = (link_mark(house, token).await?, house.keys.mark("subscriber", &offer.email).await?);
    Ok((!queries::is_spent(&house.db, link, address).await?).then_some(offer))
}

async fn unsealed(house: &House, token: &str) -> Result<Option<Offer>, Fault> {
    let Ok(sealed) = URL_SAFE_NO_PAD.decode(token) else { return Ok(None) };
    let offer = match house.keys.open(Owner::Practice, CONFIRM, &sealed).await {
        Ok(text) => serde_json::from_str::<Offer>(&text)?,
        Err(Fault::Seal(_)) => return Ok(None),
        Err(fault) => return Err(fault),
    };
    Ok((offer.until > house.clock.now()).then_some(offer))
}

/// The same answer whether or not somebody has that address, has a digest already, or was asked too often.
pub async fn ask(
    State(house): State<House>,
    ui: Ui,
    headers: HeaderMap,
    peer: Option<Extension<Peer>>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let (email, wish) = match read(&typed, &zones(&house), &licensing::shipped()?.jurisdiction, &house.topics()) {
        Ok(read) => read,
        Err(trouble) => return page(&house, ui, typed, Some(trouble)),
    };
    let now = house.clock.now();
    let from = client_address(&house, &headers, peer.map(|Extension(peer)| peer));
    let marks = [house.keys.mark("digest-asked", &email).await?, house.keys.mark("digest-asked", &from.to_string()).await?];
    let (address, place) =
        (queries::asked(&house.db, marks[0].clone(), now).await?, queries::asked(&house.db, marks[1].clone(), now).await?);
    if address < MOST_FOR_ADDRESS && place < MOST_FROM_PLACE {
        let until = now.plus(std::time::Duration::from_secs(CONFIRM_DAYS * 86_400));
        let token = sealed(&house, &Offer { email: email.clone(), wish: wish.clone(), until }).await?;
        let letter = confirming(&house, email, &wish, &token);
        let tx = house.db.write().await?;
        queries::note_asked(&tx, &marks, now).await?;
        mail::later_to_stranger(&house, &tx, &format!("digest/{}", random_id()), &letter, now).await?;
        tx.commit(Deed::new(0, "digest.ask", "subscriber")).await?;
    }
    render_status(&said(ui, "digest-asked-title", "digest-asked"), StatusCode::OK)
}

fn confirming(house: &House, email: String, wish: &Wish, token: &str) -> Stranger {
    let language = ground::Language::parse(&wish.language);
    let link = format!("{}/digest/confirm/{token}", house.config.public_url);
    let parts = [("practice", house.practice().name), ("link", link.clone())];
    let words = Words {
        subject: language.say("digest-confirm-subject", &parts),
        text: language.say("digest-confirm-mail", &parts),
        button: language.t("digest-confirm-button"),
        link,
        ..Words::default()
    };
    Stranger { email, language: wish.language.clone(), words }
}

fn over(ui: Ui) -> Result<Response, Fault> {
    let page = SaidPage { way: Some(("/digest".into(), "digest-again")), ..said(ui, "link-over-title", "digest-over") };
    render_status(&page, StatusCode::GONE)
}

/// Looking changes nothing: programs that look into mails follow links, too.
pub async fn confirm(State(house): State<House>, ui: Ui, Path(token): Path<String>) -> Result<Response, Fault> {
    if opened(&house, &token).await?.is_none() {
        return over(ui);
    }
    let act = Some((format!("/digest/confirm/{token}"), "digest-confirm-yes"));
    render_status(&SaidPage { act, ..said(ui, "digest-confirm-title", "digest-confirm-text") }, StatusCode::OK)
}

/// Only now is an address kept.
pub async fn confirmed(State(house): State<House>, ui: Ui, Path(token): Path<String>) -> Result<Response, Fault> {
    let Some(offer) = opened(&house, &token).await? else { return over(ui) };
    let mark = house.keys.mark("subscriber", &offer.email).await?;
    let (link, now) = (link_mark(&house, &token).await?, house.clock.now());
    let tx = house.db.write().await?;
    let id = queries::id_of(&tx, mark.clone()).await?;
    let sealed = house.keys.seal(Owner::Practice, weekly::spot(&id.to_string()), &offer.email).await?;
    queries::keep(&tx, id, mark, sealed, &offer.wish, now).await?;
    queries::spend(&tx, link, offer.until, now).await?;
    tx.commit(Deed::new(0, "digest.begin", format!("subscriber/{id}"))).await?;
    let way = Some((format!("/digest/leave/{}", leave_token(&house, id).await?), "digest-leave"));
    render_status(&SaidPage { way, ..said(ui, "digest-on-title", "digest-on") }, StatusCode::OK)
}

pub async fn leave(State(house): State<House>, ui: Ui, Path(token): Path<String>) -> Result<Response, Fault> {
    if of_leave_token(&house, &token).await?.is_none() {
        return over(ui);
    }
    let act = Some((format!("/digest/leave/{token}"), "digest-leave-yes"));
    render_status(&SaidPage { act, ..said(ui, "digest-leave-title", "digest-leave-text") }, StatusCode::OK)
}

/// Also what a mail program posts when somebody presses its own button (RFC 8058). Leaving twice is leaving.
pub async fn left(State(house): State<House>, ui: Ui, Path(token): Path<String>) -> Result<Response, Fault> {
    let Some(id) = of_leave_token(&house, &token).await? else { return over(ui) };
    let tx = house.db.write().await?;
    if queries::forget(&tx, id).await? {
        tx.commit(Deed::new(0, "digest.leave", format!("subscriber/{id}"))).await?;
    }
    render_status(&said(ui, "digest-left-title", "digest-left"), StatusCode::OK)
}

#[cfg(test)]
mod tests {
    use ground::Language;

    use super::*;

    fn typed() -> Typed {
        Typed {
            email: " Ida@Example.org ".into(),
            language: "es".into(),
            zone: "America/Denver".into(),
            topic: "grief".into(),
            place: String::new(),
            part: "evening".into(),
            wants: "both".into(),
        }
    }

    #[test]
    fn the_pages_render_in_both_languages() {
        for language in Language::ALL {
            let ui = Ui::sample(language, None);
            let form = FormPage {
                ui: ui.clone(),
                typed: Typed { email: "<odd>".into(), ..typed() },
                zones: vec!["America/Denver".into()],
                places: licensing::shipped().unwrap().jurisdiction,
                trouble: Some("digest-email-unreadable"),
            };
            let html = form.render().unwrap();
            assert!(html.contains("value=\"both\" checked") && html.matches(" checked").count() == 1);
            assert!(
                html.contains("&#60;odd&#62;") && html.contains("<option value=\"grief\" selected>") && html.contains("role=\"alert\"")
            );
            let act = Some(("/digest/leave/7-ab".to_owned(), "digest-leave-yes"));
            let html = SaidPage { act, ..said(ui, "digest-leave-title", "digest-leave-text") }.render().unwrap();
            assert!(html.contains("method=\"post\" action=\"/digest/leave/7-ab\""));
        }
    }

    #[test]
    fn what_is_asked_for_is_ours_or_refused() {
        let zones = ["America/Denver".to_owned()];
        let ask = |typed: Typed| read(&typed, &zones, &[], &ground::topics::as_shipped());
        let (email, wish) = ask(typed()).unwrap();
        assert_eq!((email.as_str(), wish.topic.as_str(), wish.part.as_str()), ("ida@example.org", "grief", "evening"));
        for email in
            ["", "ida", "ida@", "@example.org", "i da@example.org", "ida@example", "a@b.org,c@d.org", "<ida@example.org>", "a@b@c.org"]
        {
            assert_eq!(ask(Typed { email: email.into(), ..typed() }), Err("digest-email-unreadable"), "{email}");
        }
        for odd in [
            Typed { language: "de".into(), ..typed() },
            Typed { zone: "Moon/Base".into(), ..typed() },
            Typed { topic: "nothing".into(), ..typed() },
            Typed { place: "Atlantis".into(), ..typed() },
            Typed { part: "night".into(), ..typed() },
            Typed { wants: "all".into(), ..typed() },
        ] {
            assert_eq!(ask(odd), Err("digest-choice-unreadable"));
        }
    }
}
