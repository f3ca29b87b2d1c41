use ground::{Ask, Db, Fault, Spot, Tx, sea_orm::FromQueryResult, values};

pub fn spot<'a>(column: &'static str, row: &'a str) -> Spot<'a> {
    Spot { table: "message_file", column, row }
}

/// One file on its way into the tables.
pub struct New {
    pub kind: &'static str,
    pub width: i64,
    pub height: i64,
    pub bytes: i64,
    pub description: Vec<u8>,
    pub file: Vec<u8>,
}

pub async fn keep(tx: &Tx, message: i64, new: New) -> Result<(), Fault> {
    let sql = "INSERT INTO message_file (message_id, kind, width, height, bytes, description_sealed, file_sealed) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    tx.run(sql, values![message, new.kind, new.width, new.height, new.bytes, new.description, new.file]).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Sealed {
    file_sealed: Vec<u8>,
}

pub async fn sealed(db: &Db, message: i64) -> Result<Option<Vec<u8>>, Fault> {
    let row: Option<Sealed> = db.row("SELECT file_sealed FROM message_file WHERE message_id = $1", values![message]).await?;
    Ok(row.map(|row| row.file_sealed))
}

/// With its message, unless somebody reported it: then staff still have to see what it was about, and nobody else does.
pub async fn take_back(tx: &Tx, message: i64) -> Result<(), Fault> {
    let sql = "DELETE FROM message_file WHERE message_id = $1 AND NOT EXISTS (SELECT 1 FROM message_report x WHERE x.message_id = $1)";
    tx.run(sql, values![message]).await?;
    Ok(())
}

/// What staff who look at a report are told of it.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Of {
    pub kind: String,
    pub width: i64,
    pub height: i64,
    pub bytes: i64,
    pub description_sealed: Vec<u8>,
}

pub async fn of(db: &Db, message: i64) -> Result<Option<Of>, Fault> {
    db.row("SELECT kind, width, height, bytes, description_sealed FROM message_file WHERE message_id = $1", values![message]).await
}
