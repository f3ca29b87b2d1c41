//! What is done to messages: each in one transaction with its audit line, and told to open pages after it.

use std::time::Duration;

use axum::{
    Form,
    extract::{Path, Request, State},
    response::{IntoResponse, Redirect, Response},
};
use care::{
    messages::{self, Reaction, Trouble, floods},
    risk::Source,
};
use ground::{
    Deed, Fault, House, Me, Owner, Role, Tx, Ui,
    handover::{self, Risk},
    jobs, not_found, random_id, random_token,
};
use serde::Deserialize;

use super::{
    carried::{self, Came, Ready},
    pages::{Sheet, Typed, show},
    queries::{self, New, Row, Standing},
    standing,
};

/// A token is made by our page; what is longer was not.
const ONCE_CHARS: usize = 64;

fn to(channel: i64) -> Response {
    Redirect::to(&format!("/channels/{channel}#write")).into_response()
}

/// Commits, and tells every open page after it.
async fn done(house: &House, tx: Tx, of: &Standing, change: i64, deed: Deed<'_>) -> Result<(), Fault> {
    let told = house.bus.tell(&house.db, &tx, of.id, change).await?;
    tx.commit(deed).await?;
    told.send();
    Ok(())
}

pub async fn send(State(house): State<House>, ui: Ui, me: Me, Path(channel): Path<i64>, request: Request) -> Result<Response, Fault> {
    let Some(of) = standing(&house, &me, channel).await? else { return Ok(not_found()) };
    let Came { typed, file } = match carried::read(&house, request).await {
        Ok(came) => came,
        Err(refused) => return Ok(refused),
    };
    let (reply, file_again) = (typed.reply.parse().ok(), file.is_some());
    let sent = if of.paused_at.is_some() && !of.leads(&me) {
        Err(Trouble::Paused)
    } else if of.is_over(house.clock.now()) {
        Err(Trouble::Ended)
    } else {
        match carried::ready(&typed, &link(&house, &me, &typed.link).await?, file).await? {
            Ok(ready) => write(&house, &me, &of, ready, &typed).await?,
            Err(trouble) => Err(trouble),
        }
    };
    match sent {
        // Where help is stands in the same answer, whatever else happens.
        Ok(true) => show(&house, ui, &me, of, Sheet { danger: true, ..Sheet::default() }).await,
        Ok(false) => Ok(to(channel)),
        Err(trouble) => show(&house, ui, &me, of, Sheet { typed, reply, trouble: Some(trouble), file_again, ..Sheet::default() }).await,
    }
}

/// The address of something that was chosen from the library. What is not in it for this person adds nothing.
async fn link(house: &House, me: &Me, slug: &str) -> Result<String, Fault> {
    if slug.is_empty() || !ground::library::named(&house.db, me.role, me.language).await?.iter().any(|one| one.slug == slug) {
        return Ok(String::new());
    }
    Ok(format!("{}/library/{slug}", house.config.public_url))
}

/// Writes it down; true if it has a word that signals danger.
async fn write(house: &House, me: &Me, of: &Standing, mut ready: Ready, typed: &Typed) -> Result<Result<bool, Trouble>, Fault> {
    let (id, now) = (random_id(), house.clock.now());
    let once =
        Some(typed.once.trim()).filter(|once| !once.is_empty()).map_or_else(random_token, |once| once.chars().take(ONCE_CHARS).collect());
    let sealed = house.keys.seal(Owner::Person(me.id), queries::spot(&id.to_string()), &ready.text).await?;
    let (words, file) = (ready.words(), ready.sealed(house, me.id, id).await?);
    let danger = is_danger(house, me, &words).await?;
    let tx = house.db.write().await?;
    let next = queries::next(&tx, of.id, 1).await?;
    if queries::is_sent(&tx, of.id, me.id, &once).await? {
        return Ok(Ok(danger));
    }
    let ago = |length: u64| now.minus(Duration::from_secs(length));
    if floods(queries::count_since(&tx, me.id, ago(60)).await?, queries::count_since(&tx, me.id, ago(3_600)).await?) {
        return Ok(Err(Trouble::TooMany));
    }
    let reply_to = match answered(&tx, of, &typed.reply).await? {
        Ok(number) => number,
        Err(trouble) => return Ok(Err(trouble)),
    };
    let as_leaders = !typed.as_leaders.is_empty() && of.is_group() && of.leads(me);
    let new = New { id, channel: of.id, author: me.id, once: &once, reply_to, as_leaders, sealed, at: now };
    queries::keep(&tx, new, next).await?;
    if let Some(file) = file {
        carried::queries::keep(&tx, id, file).await?;
    }
    queries::mark_read(&tx, of.id, me.id, next.last_number).await?;
    if of.is_staff() {
        queries::wait(&tx, of.id, (!of.leads(me)).then_some(now)).await?;
    }
    if danger {
        ask_somebody_to_look(house, &tx, me, &format!("message/{id}"), &words).await?;
    }
    done(house, tx, of, next.last_change, Deed::new(me.id, "message.send", format!("channel/{}", of.id))).await?;
    Ok(Ok(danger))
}

/// The number of what it answers, which must still be there.
async fn answered(tx: &Tx, of: &Standing, reply: &str) -> Result<Result<Option<i64>, Trouble>, Fault> {
    if reply.is_empty() {
        return Ok(Ok(None));
    }
    Ok(match queries::one(tx, of, reply.parse().unwrap_or(0)).await? {
        Some(Row { taken_back_at: Some(_), .. }) => Err(Trouble::ReplyTakenBack),
        Some(row) if row.hidden_at.is_none() => Ok(Some(row.number)),
        _ => Err(Trouble::ReplyGone),
    })
}

/// Only of what members write: staff speak of these things as their work.
pub async fn is_danger(house: &House, me: &Me, text: &str) -> Result<bool, Fault> {
    Ok(me.role == Role::Member && queries::danger(&house.db).await?.is_in(text))
}

/// In the transaction of what was written: whoever is asked to look is asked, or it was not sent. Asked once about each thing.
pub async fn ask_somebody_to_look(house: &House, tx: &Tx, me: &Me, about: &str, text: &str) -> Result<(), Fault> {
    let now = house.clock.now();
    let risk = Risk { source: Source::Message.word().into(), person: me.id, session: 0, owner: 0, opened_at: now.0, detail: text.into() };
    jobs::later_sealed(house, tx, handover::RISK, about, &risk, now).await
}

/// A message of this channel, if this person may read it.
async fn found(house: &House, me: &Me, channel: i64, message: i64) -> Result<Option<(Standing, Row)>, Fault> {
    let Some(of) = standing(house, me, channel).await? else { return Ok(None) };
    Ok(queries::one(&house.db, &of, message).await?.map(|row| (of, row)))
}

/// One's own, still there, and not too old to be changed.
async fn may_change(house: &House, me: &Me, of: &Standing, row: &Row) -> Result<Option<Trouble>, Fault> {
    let rules = queries::rules(&house.db).await?.rules();
    let stands = row.author_id == me.id && row.taken_back_at.is_none() && row.hidden_at.is_none();
    let in_time = !of.is_over(house.clock.now()) && rules.may_change(house.clock.now().since(row.sent_at));
    Ok((!stands || !in_time).then_some(Trouble::TooLate))
}

pub async fn edit(
    State(house): State<House>,
    ui: Ui,
    me: Me,
    Path((channel, message)): Path<(i64, i64)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Fault> {
    let Some((of, row)) = found(&house, &me, channel, message).await? else { return Ok(not_found()) };
    if row.author_id != me.id {
        return Ok(not_found());
    }
    let trouble = may_change(&house, &me, &of, &row).await?;
    let text = match (messages::read(&typed.text), trouble) {
        (Ok(text), None) => text,
        (Err(trouble), None) | (_, Some(trouble)) => {
            let edit = (trouble != Trouble::TooLate).then_some(message);
            return show(&house, ui, &me, of, Sheet { typed, edit, trouble: Some(trouble), ..Sheet::default() }).await;
        }
    };
    let sealed = house.keys.seal(Owner::Person(me.id), queries::spot(&message.to_string()), &text).await?;
    let danger = is_danger(&house, &me, &text).await?;
    let tx = house.db.write().await?;
    let next = queries::next(&tx, channel, 0).await?;
    queries::edit(&tx, message, sealed, house.clock.now(), next).await?;
    if danger {
        ask_somebody_to_look(&house, &tx, &me, &format!("message/{message}"), &text).await?;
    }
    done(&house, tx, &of, next.last_change, Deed::new(me.id, "message.edit", format!("message/{message}"))).await?;
    if danger { show(&house, ui, &me, of, Sheet { danger, ..Sheet::default() }).await } else { Ok(to(channel)) }
}

pub async fn take_back(State(house): State<House>, ui: Ui, me: Me, Path((channel, message)): Path<(i64, i64)>) -> Result<Response, Fault> {
    let Some((of, row)) = found(&house, &me, channel, message).await? else { return Ok(not_found()) };
    if row.author_id != me.id {
        return Ok(not_found());
    }
    if row.taken_back_at.is_some() {
        return Ok(to(channel));
    }
    if let Some(trouble) = may_change(&house, &me, &of, &row).await? {
        return show(&house, ui, &me, of, Sheet { trouble: Some(trouble), ..Sheet::default() }).await;
    }
    let tx = house.db.write().await?;
    let next = queries::next(&tx, channel, 0).await?;
    queries::take_back(&tx, message, house.clock.now(), next).await?;
    carried::queries::take_back(&tx, message).await?;
    done(&house, tx, &of, next.last_change, Deed::new(me.id, "message.take_back", format!("message/{message}"))).await?;
    Ok(to(channel))
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Hiding {
    hide: String,
}

/// Leaders alone, and never without a trace: the page says that it was hidden, the book by whom.
pub async fn hide(
    State(house): State<House>,
    me: Me,
    Path((channel, message)): Path<(i64, i64)>,
    Form(form): Form<Hiding>,
) -> Result<Response, Fault> {
    let Some((of, row)) = found(&house, &me, channel, message).await? else { return Ok(not_found()) };
    if !of.is_group() || !of.leads(&me) || row.taken_back_at.is_some() {
        return Ok(not_found());
    }
    let by = (!form.hide.is_empty()).then(|| (me.id, house.clock.now()));
    if by.is_some() != row.hidden_at.is_some() {
        let tx = house.db.write().await?;
        let next = queries::next(&tx, channel, 0).await?;
        queries::hide(&tx, message, by, next).await?;
        let action = if by.is_some() { "message.hide" } else { "message.show" };
        done(&house, tx, &of, next.last_change, Deed::new(me.id, action, format!("message/{message}"))).await?;
    }
    Ok(to(channel))
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Quietly {
    kind: String,
}

pub async fn react(
    State(house): State<House>,
    me: Me,
    Path((channel, message)): Path<(i64, i64)>,
    Form(form): Form<Quietly>,
) -> Result<Response, Fault> {
    let Some((of, row)) = found(&house, &me, channel, message).await? else { return Ok(not_found()) };
    let is_there = row.taken_back_at.is_none() && row.hidden_at.is_none();
    let Some(kind) =
        Reaction::parse(&form.kind).filter(|_| is_there && !of.is_over(house.clock.now()) && (of.paused_at.is_none() || of.leads(&me)))
    else {
        return Ok(to(channel));
    };
    let tx = house.db.write().await?;
    let next = queries::next(&tx, channel, 0).await?;
    queries::react(&tx, message, me.id, kind.word(), next).await?;
    done(&house, tx, &of, next.last_change, Deed::new(me.id, "message.react", format!("message/{message}"))).await?;
    Ok(to(channel))
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Pausing {
    pause: String,
}

pub async fn pause(State(house): State<House>, me: Me, Path(channel): Path<i64>, Form(form): Form<Pausing>) -> Result<Response, Fault> {
    let Some(of) = standing(&house, &me, channel).await?.filter(|of| of.is_group() && of.leads(&me)) else {
        return Ok(not_found());
    };
    let by = (!form.pause.is_empty()).then(|| (me.id, house.clock.now()));
    let tx = house.db.write().await?;
    queries::pause(&tx, of.id, by).await?;
    let action = if by.is_some() { "channel.pause" } else { "channel.resume" };
    tx.commit(Deed::new(me.id, action, format!("channel/{channel}"))).await?;
    Ok(to(channel))
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Reading {
    number: i64,
}

/// From the page that is open: so far it was shown.
pub async fn read(State(house): State<House>, me: Me, Path(channel): Path<i64>, Form(form): Form<Reading>) -> Result<Response, Fault> {
    let Some(of) = standing(&house, &me, channel).await? else { return Ok(not_found()) };
    if form.number > of.read && form.number <= of.last_number {
        let tx = house.db.write().await?;
        queries::mark_read(&tx, of.id, me.id, form.number).await?;
        tx.commit_unaudited().await?;
    }
    Ok(to(channel))
}
