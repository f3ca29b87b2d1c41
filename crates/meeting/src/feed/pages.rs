use askama::Template;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use ground::{Deed, Fault, House, Language, Me, Moment, Ui, not_found, render, seal, web::assets::short_hash, when};

use super::{
    ics::{self, Calendar},
    queries::{self, Owner},
    series::{self, Reader},
};

#[derive(Template)]
#[template(path = "feed/feed.html")]
pub struct FeedPage {
    pub ui: Ui,
    pub zone: String,
    pub made_at: Option<Moment>,
    /// Shown once, when it is made; afterwards only its hash is known.
    pub address: Option<String>,
}

impl FeedPage {
    fn made(&self, at: &Moment) -> String {
        self.ui.t1("feed-made", "when", when::moment(self.ui.language, *at, &self.zone))
    }
}

pub async fn page(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    let made_at = queries::made_at(&house.db, me.id).await?;
    render(&FeedPage { ui, zone: me.zone, made_at, address: None })
}

/// A new address. The one before it ends with this.
pub async fn make(State(house): State<House>, ui: Ui, me: Me) -> Result<Response, Fault> {
    let (token, now) = (seal::random_token(), house.clock.now());
    let tx = house.db.write().await?;
    queries::revoke(&tx, me.id, now).await?;
    queries::make(&tx, seal::hash(&token), me.id, now).await?;
    tx.commit(Deed::new(me.id, "feed.make", format!("person/{}", me.id))).await?;
    let address = format!("{}/feeds/{token}.ics", house.config.public_url);
    render(&FeedPage { ui, zone: me.zone, made_at: Some(now), address: Some(address) })
}

pub async fn revoke(State(house): State<House>, me: Me) -> Result<Response, Fault> {
    let tx = house.db.write().await?;
    if queries::revoke(&tx, me.id, house.clock.now()).await? {
        tx.commit(Deed::new(me.id, "feed.revoke", format!("person/{}", me.id))).await?;
    }
    Ok(Redirect::to("/account/calendar").into_response())
}

/// The calendar itself. Whoever knows the address may read it; a wrong one is nothing at all.
pub async fn feed(State(house): State<House>, Path(token): Path<String>, headers: HeaderMap) -> Result<Response, Fault> {
    let token = token.strip_suffix(".ics").unwrap_or_default();
    let Some(owner) = queries::owner(&house.db, seal::hash(token)).await? else { return Ok(not_found()) };
    let text = ics::write(&calendar(&house, &owner).await?);
    let etag = format!("W/\"{}\"", short_hash(text.as_bytes()));
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let plain = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let mut response = if known.split(',').any(|tag| plain(tag) == plain(&etag)) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], text).into_response()
    };
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        response.headers_mut().insert(header::ETAG, etag);
    }
    // The person's own program may keep it, and asks each time whether it is still so.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    Ok(response)
}

async fn calendar(house: &House, owner: &Owner) -> Result<Calendar, Fault> {
    let language = Language::parse(&owner.language);
    let practice = house.practice().name;
    let host = house.config.public_url.split("://").last().unwrap_or_default().split([':', '/']).next().unwrap_or_default().to_owned();
    let reader = Reader { person: owner.person_id, host, summary: language.t("feed-appointment"), place: practice.clone() };
    let mut events = Vec::new();
    for group in queries::groups(&house.db, owner.person_id).await? {
        events.extend(series::events(&reader, &group));
    }
    for (zone, planned) in queries::appointments(&house.db, owner.person_id).await? {
        events.push(reader.event(reader.uid(&format!("appointment/{}", planned.id)), &zone, &planned));
    }
    Ok(Calendar { name: practice, stamp: owner.made_at.timestamp(), events })
}

#[cfg(test)]
mod tests {
    use ground::Role;

    use super::*;

    #[test]
    fn the_address_is_shown_only_when_it_is_there_to_be_shown() {
        for language in Language::ALL {
            let ui = Ui::sample(language, Some(Role::Member));
            let page = |made_at, address| FeedPage { ui: ui.clone(), zone: "UTC".into(), made_at, address }.render().unwrap();
            let html = page(None, None);
            assert!(!html.contains("/account/calendar/removal"));
            let html = page(Some(Moment(0)), None);
            assert!(html.contains("/account/calendar/removal") && !html.contains(".ics"));
            let html = page(Some(Moment(0)), Some("https://hearth.example/feeds/abc.ics".into()));
            assert!(html.contains("https://hearth.example/feeds/abc.ics"));
        }
    }
}
