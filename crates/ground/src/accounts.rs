//! New accounts and the links that let people in. The office invites, a visitor asks for a seat, a list is read in: one way for all.

use std::time::Duration;

use care::names;

use crate::{
    Language, Role,
    clock::Moment,
    db::{Ask, Db, Tx},
    fault::Fault,
    house::House,
    mail::{self, Mail},
    seal::{self, random_id},
    values,
};

const NAME_CHARS: usize = 100;
const EMAIL_CHARS: usize = 254;

/// Somebody who gets an account. Address and name have passed `email` and `names::fits`.
pub struct New<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub role: Role,
    pub zone: &'a str,
    pub language: Language,
}

/// The address as it is kept, if it can be read as one.
pub fn email(typed: &str) -> Option<String> {
    let email = typed.trim().to_lowercase();
    let readable = email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'));
    let plain = !email.chars().any(|c| c.is_whitespace() || c.is_control());
    (readable && plain && email.chars().count() <= EMAIL_CHARS).then_some(email)
}

/// A full name of 1 to 100 characters without anything unseen in it.
pub fn name(typed: &str) -> Option<&str> {
    let name = typed.trim();
    names::fits(name, NAME_CHARS).then_some(name)
}

/// `None` if somebody has this address already.
pub async fn add(tx: &Tx, new: &New<'_>, now: Moment) -> Result<Option<i64>, Fault> {
    let id = random_id();
    let sql =
        "INSERT INTO person (id, email, name, role, zone, language, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    let added = tx.run(sql, values![id, new.email, new.name, new.role.word(), new.zone, new.language.code(), now]).await?;
    Ok((added == 1).then_some(id))
}

/// Whoever has this address and is not disabled.
pub async fn find(db: &(impl Ask + Sync), email: &str) -> Result<Option<i64>, Fault> {
    let id = db.number("SELECT id AS n FROM person WHERE email = $1 AND disabled_at IS NULL", values![email]).await?;
    Ok((id != 0).then_some(id))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    Invitation,
    Reset,
}

impl LinkKind {
    pub fn word(self) -> &'static str {
        match self {
            LinkKind::Invitation => "invitation",
            LinkKind::Reset => "reset",
        }
    }

    fn lasts(self) -> Duration {
        match self {
            LinkKind::Invitation => Duration::from_secs(24 * 3_600),
            LinkKind::Reset => Duration::from_secs(3_600),
        }
    }
}

/// Makes a link for this person and returns its path. Only its hash is kept.
pub async fn make_link(house: &House, tx: &Tx, person: i64, kind: LinkKind) -> Result<String, Fault> {
    let token = seal::random_token();
    let ends_at = house.clock.now().plus(kind.lasts());
    let sql = "INSERT INTO link (token_hash, person_id, kind, ends_at) VALUES ($1, $2, $3, $4)";
    tx.run(sql, values![seal::hash(&token), person, kind.word(), ends_at]).await?;
    Ok(format!("/welcome/{token}"))
}

/// Puts the mail with a new invitation link on the list. `kind` chooses its words.
pub async fn invite(house: &House, tx: &Tx, person: i64, kind: &str) -> Result<(), Fault> {
    let path = make_link(house, tx, person, LinkKind::Invitation).await?;
    let mail = Mail { to: person, kind: kind.into(), path };
    mail::later(house, tx, &format!("invitation/{}", random_id()), &mail, house.clock.now()).await
}

/// So many tries within the window, then a pause. A stranger can slow somebody down, never lock them out.
const MOST_TRIES: i64 = 10;
const WINDOW: Duration = Duration::from_secs(15 * 60);

/// Whether one of these subjects (an address, a client) has tried too often.
pub async fn too_many_tries(db: &Db, subjects: &[String], now: Moment) -> Result<bool, Fault> {
    for subject in subjects {
        let sql = "SELECT COUNT(*) AS n FROM sign_in_failure WHERE subject = $1 AND at > $2";
        if db.number(sql, values![subject.clone(), now.minus(WINDOW)]).await? >= MOST_TRIES {
            return Ok(true);
        }
    }
    Ok(false)
}

pub async fn note_try(tx: &Tx, subjects: &[String], now: Moment) -> Result<(), Fault> {
    for subject in subjects {
        tx.run("INSERT INTO sign_in_failure (subject, at) VALUES ($1, $2)", values![subject.clone(), now]).await?;
    }
    tx.run("DELETE FROM sign_in_failure WHERE at < $1", values![now.minus(WINDOW)]).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_small_and_whole() {
        assert_eq!(email(" Maya@Example.org ").as_deref(), Some("maya@example.org"));
        for odd in ["", "maya", "@example.org", "maya@example", "a b@example.org", "a@b@c.org", "a@b.c\r\nBcc: x@y.z"] {
            assert_eq!(email(odd), None, "{odd:?}");
        }
        assert_eq!(email(&format!("{}@example.org", "x".repeat(250))), None);
    }

    #[test]
    fn a_name_is_seen() {
        assert_eq!(name("  Maya Lindqvist "), Some("Maya Lindqvist"));
        assert_eq!(name("\u{200b}"), None);
    }
}
