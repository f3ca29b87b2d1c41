//! The catalogue for machines: schema.org, a feed that other finders can show, a map for search engines.

use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use ground::{Fault, House, Ui};
use serde_json::{Value, json};

use super::{
    pages::{Card, cards},
    queries,
};

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// One group as a schema.org Event with its weekly Schedule.
pub fn event(house: &House, ui: &Ui, card: &Card) -> Value {
    let listed = &card.listed;
    let url = format!("{}/find/{}", house.config.public_url, listed.id);
    let day = DAYS[usize::try_from(listed.weekday - 1).unwrap_or(0) % 7];
    let mode = match listed.place.as_str() {
        "in_person" => "https://schema.org/OfflineEventAttendanceMode",
        "hybrid" => "https://schema.org/MixedEventAttendanceMode",
        _ => "https://schema.org/OnlineEventAttendanceMode",
    };
    json!({
        "@context": "https://schema.org",
        "@type": "Event",
        "name": listed.name,
        "description": if ui.lang() == "es" && !listed.about_es.is_empty() { &listed.about_es } else { &listed.about_en },
        "url": url,
        "inLanguage": listed.language,
        "startDate": card.next.map(|next| next.to_string()),
        "duration": format!("PT{}M", listed.minutes),
        "eventAttendanceMode": mode,
        "eventStatus": "https://schema.org/EventScheduled",
        "location": { "@type": "VirtualLocation", "url": url },
        "organizer": { "@type": "Organization", "name": ui.practice.name, "url": house.config.public_url, "telephone": ui.practice.phone },
        "performer": { "@type": "Person", "name": card.leaders },
        "maximumAttendeeCapacity": listed.capacity,
        "remainingAttendeeCapacity": (listed.capacity - listed.taken).max(0),
        "eventSchedule": {
            "@type": "Schedule",
            "byDay": format!("https://schema.org/{day}"),
            "repeatFrequency": "P1W",
            "startTime": care::times::write(listed.minute_of_day),
            "scheduleTimezone": listed.zone,
        },
    })
}

/// Every shown group, for finders that want to show them too.
pub async fn feed(State(house): State<House>, ui: Ui) -> Result<Json<Value>, Fault> {
    let cards = cards(&house, queries::shown(&house.db).await?, "").await?;
    let events: Vec<Value> = cards.iter().map(|card| event(&house, &ui, card)).collect();
    Ok(Json(json!({ "@context": "https://schema.org", "@type": "ItemList", "itemListElement": events })))
}

pub async fn sitemap(State(house): State<House>) -> Result<Response, Fault> {
    let base = &house.config.public_url;
    let mut map =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    let mut add = |path: String, changed: String| map.push_str(&format!("<url><loc>{base}{path}</loc>{changed}</url>\n"));
    for page in ["/", "/find", "/how-it-works", "/therapists", "/contact"] {
        add(page.into(), String::new());
    }
    for listed in queries::shown(&house.db).await? {
        add(format!("/find/{}", listed.id), format!("<lastmod>{}</lastmod>", listed.changed_at.in_zone("UTC").date()));
    }
    map.push_str("</urlset>\n");
    Ok(([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], map).into_response())
}

/// Only what is public may be indexed.
pub async fn robots(State(house): State<House>) -> Response {
    let text = format!(
        "User-agent: *\nAllow: /$\nAllow: /find\nAllow: /how-it-works\nAllow: /therapists\nAllow: /contact\nAllow: /notes\nAllow: /assets/\nAllow: /share/\nDisallow: /\nSitemap: {}/sitemap.xml\n",
        house.config.public_url
    );
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}
