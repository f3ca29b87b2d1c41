use ground::{Ask, Db, Fault, House, Moment, Owner, Spot, Tx, random_id, sea_orm::FromQueryResult, values};

/// A note as it stands: the group's (`about` 0) or one member's.
#[derive(Debug, Clone, FromQueryResult)]
struct NoteRow {
    id: i64,
    author_id: i64,
    text_sealed: Vec<u8>,
    signed_at: Option<Moment>,
}

#[derive(Debug, Clone)]
pub struct Note {
    pub id: i64,
    pub author_id: i64,
    pub text: String,
    pub signed_at: Option<Moment>,
}

fn place(session: i64, about: i64) -> String {
    format!("{session}.{about}")
}

/// A member's note is under the member's key; the group's under its author's.
fn owner(about: i64, author: i64) -> Owner {
    Owner::Person(if about == 0 { author } else { about })
}

fn kind(about: i64) -> &'static str {
    if about == 0 { "group" } else { "member" }
}

pub async fn note(house: &House, session: i64, about: i64) -> Result<Option<Note>, Fault> {
    let sql = "SELECT id, author_id, text_sealed, signed_at FROM note WHERE session_id = $1 AND kind = $2 AND about_id = $3";
    let Some(row) = house.db.row::<NoteRow>(sql, values![session, kind(about), about]).await? else { return Ok(None) };
    let place = place(session, about);
    let spot = Spot { table: "note", column: "text", row: &place };
    let text = house.keys.open(owner(about, row.author_id), spot, &row.text_sealed).await?;
    Ok(Some(Note { id: row.id, author_id: row.author_id, text, signed_at: row.signed_at }))
}

pub async fn sealed(house: &House, session: i64, about: i64, author: i64, text: &str) -> Result<Vec<u8>, Fault> {
    let place = place(session, about);
    house.keys.seal(owner(about, author), Spot { table: "note", column: "text", row: &place }, text).await
}

pub struct Draft {
    pub session: i64,
    pub about: i64,
    pub author: i64,
    pub sealed: Vec<u8>,
    pub signed_at: Option<Moment>,
}

/// Keeps a draft or signs it. A signed note does not change any more: then nothing is written and false comes back.
pub async fn keep(tx: &Tx, draft: Draft, now: Moment) -> Result<bool, Fault> {
    let signed = draft.signed_at.map(|at| at.0);
    let sql = "INSERT INTO note (id, session_id, kind, about_id, author_id, text_sealed, changed_at, signed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (session_id, kind, about_id) DO UPDATE SET author_id = $5, text_sealed = $6, changed_at = $7, signed_at = $8 WHERE note.signed_at IS NULL";
    let values = values![random_id(), draft.session, kind(draft.about), draft.about, draft.author, draft.sealed, now, signed];
    Ok(tx.run(sql, values).await? == 1)
}

#[derive(FromQueryResult)]
struct AddendumRow {
    id: i64,
    author_id: i64,
    text_sealed: Vec<u8>,
    written_at: Moment,
}

pub struct Addendum {
    pub text: String,
    pub written_at: Moment,
}

pub async fn addenda(house: &House, note: i64) -> Result<Vec<Addendum>, Fault> {
    let sql = "SELECT id, author_id, text_sealed, written_at FROM note_addendum WHERE note_id = $1 ORDER BY written_at";
    let rows: Vec<AddendumRow> = house.db.rows(sql, values![note]).await?;
    let mut addenda = Vec::new();
    for row in rows {
        let place = row.id.to_string();
        let spot = Spot { table: "note_addendum", column: "text", row: &place };
        addenda.push(Addendum {
            text: house.keys.open(Owner::Person(row.author_id), spot, &row.text_sealed).await?,
            written_at: row.written_at,
        });
    }
    Ok(addenda)
}

pub async fn sealed_addendum(house: &House, author: i64, text: &str) -> Result<(i64, Vec<u8>), Fault> {
    let id = random_id();
    let place = id.to_string();
    let sealed = house.keys.seal(Owner::Person(author), Spot { table: "note_addendum", column: "text", row: &place }, text).await?;
    Ok((id, sealed))
}

pub async fn keep_addendum(tx: &Tx, id: i64, note: i64, author: i64, sealed: Vec<u8>, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO note_addendum (id, note_id, author_id, text_sealed, written_at) VALUES ($1, $2, $3, $4, $5)";
    tx.run(sql, values![id, note, author, sealed, now]).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct ProcessRow {
    text_sealed: Vec<u8>,
}

/// Only the author's own: another author's is not even asked for.
pub async fn process_note(house: &House, session: i64, author: i64) -> Result<String, Fault> {
    let sql = "SELECT text_sealed FROM process_note WHERE session_id = $1 AND author_id = $2";
    let Some(row) = house.db.row::<ProcessRow>(sql, values![session, author]).await? else { return Ok(String::new()) };
    let place = place(session, author);
    house.keys.open(Owner::ProcessNotes(author), Spot { table: "process_note", column: "text", row: &place }, &row.text_sealed).await
}

pub async fn sealed_process_note(house: &House, session: i64, author: i64, text: &str) -> Result<Vec<u8>, Fault> {
    let place = place(session, author);
    house.keys.seal(Owner::ProcessNotes(author), Spot { table: "process_note", column: "text", row: &place }, text).await
}

pub async fn keep_process_note(tx: &Tx, session: i64, author: i64, sealed: Vec<u8>, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO process_note (session_id, author_id, text_sealed, changed_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (session_id, author_id) DO UPDATE SET text_sealed = $3, changed_at = $4";
    tx.run(sql, values![session, author, sealed, now]).await?;
    Ok(())
}

pub async fn is_member(db: &Db, group: i64, person: i64) -> Result<bool, Fault> {
    let sql = "SELECT COUNT(*) AS n FROM membership WHERE group_id = $1 AND person_id = $2 AND part = 'member'";
    Ok(db.number(sql, values![group, person]).await? == 1)
}
