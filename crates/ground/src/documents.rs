//! What somebody has to sign, and what they signed. The practice publishes, its people sign on a page or at the door.

use care::documents::{self, Kind, Text};
use sea_orm::FromQueryResult;

use crate::{
    clock::Moment,
    db::{Ask, Tx},
    family,
    fault::Fault,
    house::House,
    roles::{Me, Role},
    seal::{self, Owner, Spot, random_id},
    values,
};

/// A text that is in force, and the hash that names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub kind: Kind,
    pub text: Text,
    pub hash: String,
    /// Missing for a text that ships.
    pub published_at: Option<Moment>,
}

impl Version {
    fn of(kind: Kind, text: Text, published_at: Option<Moment>) -> Version {
        Version { hash: hash(&text), kind, text, published_at }
    }

    /// As this reader sees it.
    pub fn paragraphs(&self, house: &House, language: &str) -> Vec<String> {
        let practice = house.practice();
        documents::paragraphs(self.text.in_language(language), &practice.name, &practice.phone)
    }
}

/// 64 hexadecimal digits.
pub fn hash(text: &Text) -> String {
    seal::hash(&text.both()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[derive(FromQueryResult)]
struct Row {
    text_en: String,
    text_es: String,
    published_at: Moment,
}

/// What holds today; `None` for a draft that nobody has published.
pub async fn in_force(db: &(impl Ask + Sync), kind: Kind) -> Result<Option<Version>, Fault> {
    let sql = "SELECT text_en, text_es, published_at FROM document WHERE kind = $1 ORDER BY published_at DESC, id DESC LIMIT 1";
    Ok(match db.row::<Row>(sql, values![kind.word()]).await? {
        Some(row) => Some(Version::of(kind, Text { en: row.text_en, es: row.text_es }, Some(row.published_at))),
        None if kind.holds_as_shipped() => Some(Version::of(kind, documents::shipped(kind), None)),
        None => None,
    })
}

pub async fn publish(tx: &Tx, kind: Kind, text: &Text, by: i64, now: Moment) -> Result<(), Fault> {
    let sql =
        "INSERT INTO document (id, kind, text_en, text_es, version_hash, published_at, published_by) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    tx.run(sql, values![random_id(), kind.word(), text.en.clone(), text.es.clone(), hash(text), now, by]).await?;
    Ok(())
}

/// Whether this person is asked for documents of this kind at all.
async fn is_asked(db: &(impl Ask + Sync), me: &Me, kind: Kind) -> Result<bool, Fault> {
    match kind {
        Kind::Family => family::meets(db, me.id).await,
        kind => Ok(kind.is_for_staff_too() || me.role == Role::Member),
    }
}

/// Everything in force that this person has not signed in this version.
pub async fn to_sign(db: &(impl Ask + Sync), me: &Me) -> Result<Vec<Version>, Fault> {
    let mut open = Vec::new();
    for kind in Kind::ALL {
        if is_asked(db, me, kind).await?
            && let Some(version) = in_force(db, kind).await?
            && signed_at(db, me.id, &version.hash).await?.is_none()
        {
            open.push(version);
        }
    }
    Ok(open)
}

/// What somebody is reminded of. The ground rules are not among them: they are signed at the door.
pub const REMINDED: [Kind; 3] = [Kind::Telehealth, Kind::Privacy, Kind::PartTwo];

/// Whether a member still has to sign one of those.
pub async fn is_waited_for(db: &(impl Ask + Sync), person: i64) -> Result<bool, Fault> {
    let member = db.number("SELECT COUNT(*) AS n FROM person WHERE id = $1 AND role = 'member'", values![person]).await?;
    for kind in REMINDED.into_iter().filter(|_| member == 1) {
        if let Some(version) = in_force(db, kind).await?
            && signed_at(db, person, &version.hash).await?.is_none()
        {
            return Ok(true);
        }
    }
    Ok(false)
}

pub async fn signed_at(db: &(impl Ask + Sync), person: i64, hash: &str) -> Result<Option<Moment>, Fault> {
    let sql = "SELECT signed_at AS n FROM document_signature WHERE person_id = $1 AND version_hash = $2";
    let n = db.number(sql, values![person, hash]).await?;
    Ok((n != 0).then_some(Moment(n)))
}

/// How many of the members in groups have signed this version, and how many there are.
pub async fn signed_by(db: &(impl Ask + Sync), hash: &str) -> Result<(i64, i64), Fault> {
    const MEMBERS: &str = "SELECT DISTINCT m.person_id FROM membership m WHERE m.part = 'member' AND m.left_at IS NULL";
    let all = db.number(&format!("SELECT COUNT(*) AS n FROM ({MEMBERS}) AS p"), []).await?;
    let sql = format!("SELECT COUNT(*) AS n FROM document_signature d WHERE d.version_hash = $1 AND d.person_id IN ({MEMBERS})");
    Ok((db.number(&sql, values![hash]).await?, all))
}

/// Whoever is a member of a group and has not signed this version; of what holds in family sessions, whoever sits in some.
pub async fn members_to_ask(db: &(impl Ask + Sync), kind: Kind, hash: &str) -> Result<Vec<i64>, Fault> {
    #[derive(FromQueryResult)]
    struct Id {
        id: i64,
    }
    let sql = "SELECT DISTINCT m.person_id AS id FROM membership m JOIN person p ON p.id = m.person_id
        WHERE m.part = 'member' AND m.left_at IS NULL AND p.disabled_at IS NULL AND NOT EXISTS
            (SELECT 1 FROM document_signature d WHERE d.person_id = m.person_id AND d.version_hash = $1)
            AND ($2 = 0 OR EXISTS (SELECT 1 FROM family_group f WHERE f.group_id = m.group_id))";
    let rows: Vec<Id> = db.rows(sql, values![hash, i64::from(kind == Kind::Family)]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// A name that is ready to stand under a version.
pub struct Signature {
    person: i64,
    kind: Kind,
    hash: String,
    sealed: Vec<u8>,
}

/// The spot keeps the name of the table that once held only ground rules: signatures of that time must still open.
pub async fn seal_name(house: &House, person: i64, version: &Version, name: &str) -> Result<Signature, Fault> {
    let row = format!("{person}.{}", version.hash);
    let spot = Spot { table: "ground_rules_signature", column: "signed_name", row: &row };
    let sealed = house.keys.seal(Owner::Person(person), spot, name.trim()).await?;
    Ok(Signature { person, kind: version.kind, hash: version.hash.clone(), sealed })
}

pub async fn sign(tx: &Tx, signature: Signature, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO document_signature (person_id, version_hash, kind, signed_name_sealed, signed_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT DO NOTHING";
    tx.run(sql, values![signature.person, signature.hash, signature.kind.word(), signature.sealed, now]).await?;
    Ok(())
}
