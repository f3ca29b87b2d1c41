//! The instruments of this practice: those that ship and its own, each in every version that somebody may still be answering.

use std::sync::LazyLock;

use care::measures::{self, Instrument, Use};
use ground::{Ask, Fault};

use super::queries;

static SHIPPED: LazyLock<Result<Vec<Instrument>, measures::Wrong>> = LazyLock::new(measures::shipped);

pub fn shipped() -> Result<&'static [Instrument], Fault> {
    SHIPPED.as_deref().map_err(|wrong| Fault::from(*wrong))
}

/// The newest version of each that may be asked outside the room.
pub async fn askable(db: &(impl Ask + Sync)) -> Result<Vec<Instrument>, Fault> {
    let mut all: Vec<Instrument> = shipped()?.iter().filter(|one| one.used != Use::Room).cloned().collect();
    for body in queries::own_newest(db).await? {
        all.push(measures::parse(&body)?);
    }
    Ok(all)
}

pub async fn find(db: &(impl Ask + Sync), slug: &str, version: &str) -> Result<Option<Instrument>, Fault> {
    let found = shipped()?.iter().find(|one| one.id == slug && one.version == version);
    if let Some(found) = found {
        return Ok(Some(found.clone()));
    }
    let body = queries::own_body(db, slug, version).await?;
    Ok(body.map(|body| measures::parse(&body)).transpose()?)
}
