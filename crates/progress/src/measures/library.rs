//! The instruments of this practice: those that ship, those of the packs it installed and its own, each in every version that somebody may still be answering.

use std::sync::LazyLock;

use care::measures::{
    self, Instrument, Use,
    packs::{self, Pack},
};
use ground::{Ask, Fault};

use super::queries;

static SHIPPED: LazyLock<Result<Vec<Instrument>, measures::Wrong>> = LazyLock::new(measures::shipped);

pub fn shipped() -> Result<&'static [Instrument], Fault> {
    SHIPPED.as_deref().map_err(|wrong| Fault::from(*wrong))
}

static PACKS: LazyLock<Result<Vec<Pack>, measures::Wrong>> = LazyLock::new(packs::packs);

pub fn packs() -> Result<&'static [Pack], Fault> {
    PACKS.as_deref().map_err(|wrong| Fault::from(*wrong))
}

/// 64 hexadecimal digits of everything that is accepted with a pack.
pub fn terms_hash(pack: &Pack) -> String {
    ground::seal::hash(&pack.accepted_text()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The packs whose terms of today somebody has accepted.
async fn installed(db: &(impl Ask + Sync)) -> Result<Vec<&'static Pack>, Fault> {
    let kept = queries::installed(db).await?;
    let holds = |pack: &&Pack| kept.iter().any(|one| one.pack == pack.id && one.terms_hash == terms_hash(pack));
    Ok(packs()?.iter().filter(holds).collect())
}

/// The newest version of each that may be asked outside the room.
pub async fn askable(db: &(impl Ask + Sync)) -> Result<Vec<Instrument>, Fault> {
    let mut all: Vec<Instrument> = shipped()?.iter().filter(|one| one.used != Use::Room).cloned().collect();
    all.extend(installed(db).await?.iter().flat_map(|pack| pack.instruments.iter().cloned()));
    for body in queries::own_newest(db).await? {
        all.push(measures::parse(&body)?);
    }
    Ok(all)
}

/// Whatever somebody was once asked. A pack that was taken out again is still read here, so that old answers keep their questions and their score.
pub async fn find(db: &(impl Ask + Sync), slug: &str, version: &str) -> Result<Option<Instrument>, Fault> {
    let of_packs = packs()?.iter().flat_map(|pack| &pack.instruments);
    let found = shipped()?.iter().chain(of_packs).find(|one| one.id == slug && one.version == version);
    if let Some(found) = found {
        return Ok(Some(found.clone()));
    }
    let body = queries::own_body(db, slug, version).await?;
    Ok(body.map(|body| measures::parse(&body)).transpose()?)
}
