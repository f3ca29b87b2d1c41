//! The audit book: who did what to which object, how it ended. No content. Each line carries the hash of the one before.

use aws_lc_rs::digest;
use sea_orm::FromQueryResult;

use crate::{
    clock::Moment,
    db::{Ask, Db, Tx},
    fault::Fault,
    values,
};

/// One line to be written together with the act itself.
#[derive(Debug, Clone, Default)]
pub struct Deed<'a> {
    /// Person id; 0 for the program itself.
    pub actor: i64,
    /// A dotted verb, for example `note.sign`.
    pub action: &'static str,
    /// What it was done to, for example `session/42`.
    pub object: String,
    pub outcome: Outcome,
    pub address: Option<&'a str>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Outcome {
    #[default]
    Done,
    Denied,
}

impl Outcome {
    fn word(self) -> &'static str {
        match self {
            Outcome::Done => "done",
            Outcome::Denied => "denied",
        }
    }
}

impl Deed<'_> {
    pub fn new(actor: i64, action: &'static str, object: impl Into<String>) -> Deed<'static> {
        Deed { actor, action, object: object.into(), outcome: Outcome::Done, address: None }
    }
}

#[derive(FromQueryResult)]
struct Head {
    seq: i64,
    hash: Vec<u8>,
}

/// The number of the last line. Whoever keeps something in memory sees from it whether anything was written since.
pub async fn last(db: &Db) -> Result<i64, Fault> {
    db.number("SELECT seq AS n FROM audit_head WHERE id = 1", []).await
}

pub(crate) async fn write(tx: &Tx, deed: &Deed<'_>, now: Moment) -> Result<(), Fault> {
    // The update takes the head's lock on PostgreSQL too: one line after another.
    let head: Head = tx
        .row("UPDATE audit_head SET seq = seq + 1 WHERE id = 1 RETURNING seq, hash", [])
        .await?
        .ok_or(Fault::Other("the audit book has no head"))?;
    let address = deed.address.unwrap_or_default();
    let line = line(head.seq, now, deed.actor, deed.action, &deed.object, deed.outcome.word(), address);
    let hash = chain(&head.hash, &line);
    let sql = "INSERT INTO audit (seq, at, actor, action, object, outcome, address, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let values = values![head.seq, now, deed.actor, deed.action, deed.object.clone(), deed.outcome.word(), address, hash.clone()];
    tx.run(sql, values).await?;
    tx.run("UPDATE audit_head SET hash = $1 WHERE id = 1", values![hash]).await?;
    Ok(())
}

fn line(seq: i64, at: Moment, actor: i64, action: &str, object: &str, outcome: &str, address: &str) -> String {
    format!("{seq}\u{1f}{}\u{1f}{actor}\u{1f}{action}\u{1f}{object}\u{1f}{outcome}\u{1f}{address}", at.0)
}

fn chain(before: &[u8], line: &str) -> Vec<u8> {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(before);
    context.update(line.as_bytes());
    context.finish().as_ref().to_vec()
}

#[derive(FromQueryResult)]
struct Line {
    seq: i64,
    at: Moment,
    actor: i64,
    action: String,
    object: String,
    outcome: String,
    address: String,
    hash: Vec<u8>,
}

/// What `doctor` says of the audit book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Whole {
        lines: i64,
    },
    /// The first line that does not follow from the one before it.
    BrokenAt {
        seq: i64,
    },
}

/// Reads the whole book and follows the chain from its first line to its head.
pub async fn verify(db: &Db) -> Result<Verdict, Fault> {
    const PAGE: i64 = 5_000;
    let (mut before, mut last) = (Vec::new(), 0);
    loop {
        let sql = "SELECT seq, at, actor, action, object, outcome, address, hash FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2";
        let lines: Vec<Line> = db.rows(sql, values![last, PAGE]).await?;
        if lines.is_empty() {
            break;
        }
        for l in lines {
            let text = line(l.seq, l.at, l.actor, &l.action, &l.object, &l.outcome, &l.address);
            if l.seq != last + 1 || chain(&before, &text) != l.hash {
                return Ok(Verdict::BrokenAt { seq: l.seq });
            }
            (before, last) = (l.hash, l.seq);
        }
    }
    let head: Option<Head> = db.row("SELECT seq, hash FROM audit_head WHERE id = 1", []).await?;
    let whole = head.is_some_and(|head| head.seq == last && head.hash == before);
    Ok(if whole { Verdict::Whole { lines: last } } else { Verdict::BrokenAt { seq: last + 1 } })
}
