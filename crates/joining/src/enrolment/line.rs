//! Who has a seat kept, who waits, who is next. All of it inside the caller's transaction, so that a seat is never kept twice and never forgotten.

use care::{
    enrolment::{self, Admission, Ended, Overdue, Place, Step},
    programmes,
};
use ground::{
    Deed, Fault, House, Moment, Tx,
    facts::{self, GroupPlace},
    mail::{self, Mail},
    random_id,
};

use super::queries::{self, Application, NewApplication, Open};
use crate::{
    guardian,
    seats::{self, NoSeat, Sitting},
};

/// Keeps a seat for this application if one is free and nobody is in front of it, else it stands in the line. What it has already lasts longer.
pub async fn keep_place(house: &House, tx: &Tx, application: &Application) -> Result<Place, Fault> {
    let now = house.clock.now();
    let (place, length) = enrolment::hold(application.step());
    let has = application.place().counts();
    // Who has told us nothing yet does not stand in the line, and so gets a seat only when nobody does.
    let nobody_waits = queries::next_in_line(tx, application.group_id, 0).await?.is_none();
    if has || (nobody_waits && seats::take_place(tx, application.group_id).await?) {
        keep_until(house, tx, application, place, now.plus(length)).await?;
        return Ok(place);
    }
    queries::set_place(tx, application.id, Place::Waiting, None).await?;
    offer_free_seats(house, tx, application.group_id, Except { offer: 0, mail: application.person_id }).await?;
    Ok(queries::in_group(tx, application.group_id, application.id).await?.map_or(Place::None, |kept| kept.place()))
}

/// Keeps a seat until `end`, and while a guardian is being asked for as long as that takes: its time begins when they have answered.
pub async fn keep_until(house: &House, tx: &Tx, application: &Application, place: Place, end: Moment) -> Result<(), Fault> {
    let now = house.clock.now();
    let link = guardian::link_ends(tx, application.person_id).await?.map(|end| end.since(now));
    let kept = care::guardian::kept_for(end.since(now), enrolment::hold(application.step()).1, link);
    queries::set_place(tx, application.id, place, Some(now.plus(kept))).await
}

/// A guardian has been asked: what is kept for this person waits for them.
pub async fn guardian_asked(house: &House, tx: &Tx, person: i64) -> Result<(), Fault> {
    for application in queries::kept_for(tx, person).await? {
        let end = application.hold_ends_at.unwrap_or_else(|| house.clock.now());
        keep_until(house, tx, &application, application.place(), end).await?;
    }
    Ok(())
}

/// The guardian has answered, or none is needed: from now on it is the young person's turn, and the clock of what is kept for them starts.
pub async fn guardian_settled(house: &House, tx: &Tx, person: i64) -> Result<(), Fault> {
    let now = house.clock.now();
    for application in queries::kept_for(tx, person).await? {
        let whole = now.plus(enrolment::hold(application.step()).1);
        // A call that is arranged is waited for, whoever answers when.
        let end = application.call_at.map_or(whole, |call| whole.max(call.plus(enrolment::AFTER_CALL)));
        keep_until(house, tx, &application, application.place(), end).await?;
    }
    Ok(())
}

/// Ends an application and gives its seat to the next in the line.
pub async fn end(house: &House, tx: &Tx, application: &Application, ended: Ended) -> Result<(), Fault> {
    queries::close(tx, application.id, ended, house.clock.now()).await?;
    if application.place().counts() && ended != Ended::Seated {
        seats::give_back(tx, application.group_id).await?;
        pass_on(house, tx, application.group_id).await?;
    }
    Ok(())
}

/// Offers every free seat to whoever is next.
pub async fn pass_on(house: &House, tx: &Tx, group: i64) -> Result<(), Fault> {
    offer_free_seats(house, tx, group, Except { offer: 0, mail: 0 }).await
}

/// Who is left out: an application that has just let a seat go, a person who is told on the page already. Zero is nobody.
#[derive(Clone, Copy)]
struct Except {
    offer: i64,
    mail: i64,
}

async fn offer_free_seats(house: &House, tx: &Tx, group: i64, except: Except) -> Result<(), Fault> {
    let now = house.clock.now();
    // A cohort that has begun takes nobody any more, whoever leaves it.
    if queries::group(tx, group).await?.is_none_or(|group| first_session(&group).is_none()) {
        return Ok(());
    }
    while let Some(next) = queries::next_in_line(tx, group, except.offer).await? {
        if !seats::take_place(tx, group).await? {
            return Ok(());
        }
        let (place, length) = enrolment::hold(next.step());
        keep_until(house, tx, &next, place, now.plus(length)).await?;
        if next.person_id != except.mail {
            tell(house, tx, next.person_id, if place == Place::Offered { "seat-offer" } else { "seat-news" }).await?;
        }
    }
    Ok(())
}

/// A mail without any content of its own: what there is to know is said after signing in.
pub async fn tell(house: &House, tx: &Tx, person: i64, kind: &str) -> Result<(), Fault> {
    let mail = Mail { to: person, kind: kind.into(), path: "/applications".into() };
    mail::later(house, tx, &format!("{kind}/{}", random_id()), &mail, house.clock.now()).await
}

/// The same for staff, whose page is the board.
pub async fn tell_staff(house: &House, tx: &Tx, person: i64, kind: &str) -> Result<(), Fault> {
    let mail = Mail { to: person, kind: kind.into(), path: "/applicants".into() };
    mail::later(house, tx, &format!("{kind}/{}", random_id()), &mail, house.clock.now()).await
}

/// The number of a newcomer's first session; `None` if the group takes nobody any more.
pub fn first_session(group: &Open) -> Option<i64> {
    let cycle = programmes::length(&group.programme).max(1);
    Admission::parse(&group.admission, &group.admission_weeks, cycle).first_session(group.next_number)
}

/// Sits an accepted person down. Their place is counted already.
pub async fn seat(house: &House, tx: &Tx, application: &Application, first_number: i64) -> Result<Result<(), NoSeat>, Fault> {
    let first_name = application.name.split_whitespace().next().unwrap_or(&application.name);
    let who = Sitting { group: application.group_id, person: application.person_id, part: "member", name: first_name, first_number };
    let sat = seats::sit(tx, who, house.clock.now()).await?;
    if sat.is_ok() {
        queries::close(tx, application.id, Ended::Seated, house.clock.now()).await?;
        tell(house, tx, application.person_id, "seat-news").await?;
    }
    Ok(sat)
}

/// Moves people from the line of one group into another one, each at the step where they are and with a seat kept.
/// False, and nothing may be committed, if one of them is no longer waiting, may not join from where they live, or finds no seat.
pub async fn move_all(house: &House, tx: &Tx, applications: &[i64], to: i64) -> Result<bool, Fault> {
    let Some(group) = queries::group(tx, to).await? else { return Ok(false) };
    for id in applications {
        let waits = |application: &Application| application.place() == Place::Waiting && application.step() != Step::Closed;
        let Some(application) = queries::any_one(tx, *id).await?.filter(waits) else { return Ok(false) };
        let place = GroupPlace { id: to, kind: &group.kind, zone: &group.zone };
        if !facts::verdict_in(house, tx, &place, application.person_id, &application.residence).await?.opens() {
            return Ok(false);
        }
        let new = NewApplication { person: application.person_id, group: to, residence: &application.residence, step: application.step() };
        let Some(made) = queries::make(tx, new, house.clock.now()).await? else { return Ok(false) };
        queries::move_call(tx, application.id, made).await?;
        end(house, tx, &application, Ended::OtherGroup).await?;
        let Some(next) = queries::in_group(tx, to, made).await? else { return Ok(false) };
        if !keep_place(house, tx, &next).await?.counts() {
            return Ok(false);
        }
        tell(house, tx, application.person_id, if next.step() == Step::Accepted { "seat-offer" } else { "seat-news" }).await?;
    }
    Ok(true)
}

/// Looks after holds that are over. Safe to run as often as one likes, from two programs at once.
pub async fn tend(house: &House) -> Result<(), Fault> {
    let now = house.clock.now();
    for seen in queries::overdue(&house.db, now, now.minus(enrolment::SILENCE)).await? {
        let tx = house.db.write().await?;
        // Read again under the lock: they may have answered in this very moment.
        let Some(application) = queries::in_group(&tx, seen.group_id, seen.id).await? else { continue };
        let left = application.hold_ends_at.map(|end| end.since(now)).unwrap_or_default();
        // While a guardian may still answer, it is not this person who is silent.
        let link = guardian::link_ends(&tx, application.person_id).await?.unwrap_or_default();
        match enrolment::overdue(application.step(), application.place(), left, now.since(application.step_at.max(link))) {
            Overdue::Nothing => continue,
            Overdue::BackInLine => {
                queries::set_last_in_line(&tx, application.id, now).await?;
                seats::give_back(&tx, application.group_id).await?;
                // Not to themselves again at once: somebody who does not answer would be written to every other day.
                offer_free_seats(house, &tx, application.group_id, Except { offer: application.id, mail: 0 }).await?;
                tell(house, &tx, application.person_id, "seat-news").await?;
            }
            Overdue::Lapse => {
                end(house, &tx, &application, Ended::Lapsed).await?;
                tell(house, &tx, application.person_id, "seat-news").await?;
            }
        }
        tx.commit(Deed::new(0, "application.overdue", format!("application/{}", application.id))).await?;
    }
    Ok(())
}

/// Whom a risk task about an applicant goes to: the first who leads the group, else the office.
pub async fn looks_after(house: &House, application: &Application) -> Result<i64, Fault> {
    for leader in queries::leaders(&house.db, application.group_id).await? {
        if facts::reach(&house.db, leader).await?.is_some() {
            return Ok(leader);
        }
    }
    Ok(0)
}
