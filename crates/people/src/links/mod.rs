//! Links in mails: an invitation, a new password. Hashed, single use, consumed by POST, and they never sign anyone in by themselves.

mod pages;
mod queries;

use ground::{
    Deed, Fault, House, Role, Routes, Rule, Tx,
    accounts::{LinkKind, make_link},
    mail::{self, Mail},
};

pub fn routes(house: &House) -> Routes {
    Routes::new(house)
        .get("/forgotten", Rule::Everyone, pages::forgotten)
        .post("/forgotten", Rule::Everyone, pages::ask_for_link)
        .get("/welcome/{token}", Rule::Everyone, pages::choose)
        .post("/welcome/{token}", Rule::Everyone, pages::consume)
}

/// The first way into a new Hearth: an administrator and a link that works once, for 24 hours.
/// `None` if somebody with another role has this address.
pub async fn invite_administrator(house: &House, email: &str) -> Result<Option<String>, Fault> {
    let email = &email.trim().to_lowercase();
    let known = queries::role_by_email(&house.db, email).await?;
    if known.as_ref().is_some_and(|(_, role)| *role != Role::Administrator.word()) {
        return Ok(None);
    }
    let tx = house.db.write().await?;
    let person = match known {
        Some((person, _)) => person,
        None => queries::make_administrator(&tx, email, &house.practice().zone, house.clock.now()).await?,
    };
    let path = make_link(house, &tx, person, LinkKind::Invitation).await?;
    tx.commit(Deed::new(0, "administrator.invite", format!("person/{person}"))).await?;
    Ok(Some(path))
}

pub(crate) use pages::trouble as password_trouble;

pub(crate) async fn send_reset(house: &House, tx: &Tx, person: i64) -> Result<(), Fault> {
    let path = make_link(house, tx, person, LinkKind::Reset).await?;
    let occasion = format!("reset/{path}");
    mail::later(
        house,
        tx,
        &ground::seal::hash(&occasion).iter().map(|b| format!("{b:02x}")).collect::<String>(),
        &Mail { to: person, kind: "reset".into(), path },
        house.clock.now(),
    )
    .await
}
