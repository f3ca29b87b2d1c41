//! An open page: what happens in a channel goes to it as it happens, and from where it was when it comes back.

use std::{convert::Infallible, time::Duration};

use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures_util::stream;
use ground::{
    Fault, House, Me, Ui,
    bus::{News, OneStream},
    not_found, render, sign_in,
};
use serde::Deserialize;
use tokio::sync::broadcast::{Receiver, error::RecvError};

use super::{
    queries::{self, Standing},
    shown::{Eye, Lines, Shown},
    standing,
};

/// So many lines go at once; a page that was away longer gets several.
const BATCH: i64 = 100;
/// How often it is asked whether this person is still signed in and still has their seat, when nothing else happens.
const STILL: Duration = Duration::from_secs(10);

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    after: i64,
}

/// The lines after a change, how far that goes, and whether there may be more. Some of what was looked at may not be for this person.
async fn lines(house: &House, ui: &Ui, me: &Me, of: &Standing, after: i64) -> Result<(Vec<Shown>, i64, bool), Fault> {
    let rows = queries::after(&house.db, of, after, BATCH).await?;
    let last = rows.last().map_or(after, |row| row.change);
    let rules = queries::rules(&house.db).await?.rules();
    let more = rows.len() as i64 == BATCH;
    Ok((Eye { house, ui, me, of, rules }.see(rows).await?, last, more))
}

/// For a page that cannot hold a line open.
pub async fn changes(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(channel): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let Some(of) = standing(&house, &me, channel).await? else { return Ok(not_found()) };
    let (shown, ..) = lines(&house, &ui, &me, &of, asked.after).await?;
    render(&Lines { ui: &ui, of: &of, shown: &shown })
}

struct Open {
    house: House,
    ui: Ui,
    me: Me,
    channel: i64,
    after: i64,
    news: Receiver<News>,
    /// Something may be there that this page has not got.
    behind: bool,
    _place: OneStream,
}

pub async fn stream(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path(channel): Path<i64>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    if standing(&house, &me, channel).await?.is_none() {
        return Ok(not_found());
    }
    let Some(place) = house.bus.stream(me.id) else { return Ok(StatusCode::TOO_MANY_REQUESTS.into_response()) };
    // What a browser that lost its line has seen last counts more than where the page began.
    let seen = headers.get("last-event-id").and_then(|value| value.to_str().ok()).and_then(|text| text.parse().ok());
    // Heard from before it is looked: what comes in between is told twice at most, and skipped by its number.
    let news = house.bus.hear(&house.db).await?;
    let open = Open { house, ui, me, channel, after: seen.unwrap_or(asked.after), news, behind: true, _place: place };
    let events = stream::unfold(Some(open), |open| async move {
        let mut open = open?;
        match open.next().await {
            Ok(Some(event)) => Some((Ok::<_, Infallible>(event), Some(open))),
            // Signed out, out of the group, or the house is not well: the browser asks again, and is told.
            Ok(None) | Err(_) => None,
        }
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))).into_response())
}

impl Open {
    /// The next lines for this page; nothing once it has to end.
    async fn next(&mut self) -> Result<Option<Event>, Fault> {
        loop {
            let Some(of) = self.standing().await? else { return Ok(None) };
            if self.behind {
                let (shown, last, more) = lines(&self.house, &self.ui, &self.me, &of, self.after).await?;
                (self.behind, self.after) = (more, last);
                if shown.is_empty() && more {
                    continue;
                }
                if !shown.is_empty() {
                    let html = Lines { ui: &self.ui, of: &of, shown: &shown }.render()?.replace('\r', "");
                    return Ok(Some(Event::default().event("lines").id(last.to_string()).data(html)));
                }
            }
            self.hear().await;
        }
    }

    async fn standing(&self) -> Result<Option<Standing>, Fault> {
        if !sign_in::lasts(&self.house, &self.me).await? {
            return Ok(None);
        }
        standing(&self.house, &self.me, self.channel).await
    }

    /// Waits until something concerns this page, or for a while.
    async fn hear(&mut self) {
        let heard = tokio::time::timeout(STILL, async {
            loop {
                match self.news.recv().await {
                    Ok(News::Change { channel, change }) if channel != self.channel || change <= self.after => {}
                    Ok(_) | Err(RecvError::Lagged(_)) => return true,
                    Err(RecvError::Closed) => return false,
                }
            }
        });
        self.behind |= heard.await.unwrap_or(false);
    }
}
