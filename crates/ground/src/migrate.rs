//! Migrations: plain SQL in PostgreSQL's words, put into SQLite's where that is the engine. Each is applied whole or not at all.

use sea_orm::FromQueryResult;

use crate::{
    clock::Clock,
    db::{Ask, Db},
    fault::Fault,
    values,
};

const MIGRATIONS: &[(&str, &str)] = &[
    ("0001_house", include_str!("../../../migrations/0001_house.sql")),
    ("0002_listing", include_str!("../../../migrations/0002_listing.sql")),
    ("0003_enrolment", include_str!("../../../migrations/0003_enrolment.sql")),
    ("0004_reminders", include_str!("../../../migrations/0004_reminders.sql")),
    ("0005_calendar", include_str!("../../../migrations/0005_calendar.sql")),
    ("0006_digest", include_str!("../../../migrations/0006_digest.sql")),
    ("0007_documents", include_str!("../../../migrations/0007_documents.sql")),
    ("0008_money", include_str!("../../../migrations/0008_money.sql")),
    ("0009_public", include_str!("../../../migrations/0009_public.sql")),
    ("0010_safety", include_str!("../../../migrations/0010_safety.sql")),
    ("0011_guardian", include_str!("../../../migrations/0011_guardian.sql")),
    ("0012_measures", include_str!("../../../migrations/0012_measures.sql")),
    ("0013_goals", include_str!("../../../migrations/0013_goals.sql")),
    ("0014_safety_plan", include_str!("../../../migrations/0014_safety_plan.sql")),
    ("0015_homework", include_str!("../../../migrations/0015_homework.sql")),
    ("0016_outcomes", include_str!("../../../migrations/0016_outcomes.sql")),
    ("0017_my_data", include_str!("../../../migrations/0017_my_data.sql")),
    ("0018_homework_back", include_str!("../../../migrations/0018_homework_back.sql")),
    ("0019_apart", include_str!("../../../migrations/0019_apart.sql")),
    ("0022_watching", include_str!("../../../migrations/0022_watching.sql")),
    ("0023_topics", include_str!("../../../migrations/0023_topics.sql")),
    ("0024_packs", include_str!("../../../migrations/0024_packs.sql")),
    ("0025_bounces", include_str!("../../../migrations/0025_bounces.sql")),
    ("0026_materials", include_str!("../../../migrations/0026_materials.sql")),
    ("0027_board", include_str!("../../../migrations/0027_board.sql")),
    ("0028_homework_shelf", include_str!("../../../migrations/0028_homework_shelf.sql")),
    ("0029_board_table", include_str!("../../../migrations/0029_board_table.sql")),
    ("0030_messages", include_str!("../../../migrations/0030_messages.sql")),
    ("0031_reports", include_str!("../../../migrations/0031_reports.sql")),
    ("0032_check_ins", include_str!("../../../migrations/0032_check_ins.sql")),
    ("0033_circles", include_str!("../../../migrations/0033_circles.sql")),
    ("0034_library", include_str!("../../../migrations/0034_library.sql")),
    ("0035_series", include_str!("../../../migrations/0035_series.sql")),
    ("0036_strategies", include_str!("../../../migrations/0036_strategies.sql")),
    ("0038_family", include_str!("../../../migrations/0038_family.sql")),
    ("0039_letters", include_str!("../../../migrations/0039_letters.sql")),
    ("0040_notices", include_str!("../../../migrations/0040_notices.sql")),
    ("0041_push", include_str!("../../../migrations/0041_push.sql")),
    ("0042_message_file", include_str!("../../../migrations/0042_message_file.sql")),
    ("0043_peer", include_str!("../../../migrations/0043_peer.sql")),
    ("0044_measures_afterwards", include_str!("../../../migrations/0044_measures_afterwards.sql")),
    ("0045_alumni", include_str!("../../../migrations/0045_alumni.sql")),
    ("0046_reading", include_str!("../../../migrations/0046_reading.sql")),
];

#[derive(FromQueryResult)]
struct Applied {
    name: String,
}

/// Brings the database to today's shape; returns what was applied now.
pub async fn migrate(db: &Db, clock: &Clock) -> Result<Vec<&'static str>, Fault> {
    apply(db, clock, MIGRATIONS).await
}

/// The shape of an earlier day: everything up to the migration of this name. For tests of what moves into today's.
pub async fn migrate_up_to(db: &Db, clock: &Clock, last: &str) -> Result<Vec<&'static str>, Fault> {
    let count = MIGRATIONS.iter().position(|(name, _)| *name == last).map_or(0, |at| at + 1);
    apply(db, clock, &MIGRATIONS[..count]).await
}

async fn apply(db: &Db, clock: &Clock, migrations: &[(&'static str, &str)]) -> Result<Vec<&'static str>, Fault> {
    db.script("CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)").await?;
    let done: Vec<Applied> = db.rows("SELECT name FROM migration", []).await?;
    let mut fresh = Vec::new();
    for (name, sql) in migrations {
        if done.iter().any(|applied| applied.name == *name) {
            continue;
        }
        let tx = db.write().await?;
        tx.script(&dialect(sql, db.is_sqlite())).await?;
        tx.run("INSERT INTO migration (name, applied_at) VALUES ($1, $2)", values![*name, clock.now()]).await?;
        tx.commit_unaudited().await?;
        fresh.push(*name);
    }
    Ok(fresh)
}

/// What `hearth doctor` and `/readyz` want to know.
pub async fn is_current(db: &Db) -> Result<bool, Fault> {
    let n = db.number("SELECT COUNT(*) AS n FROM migration", []).await?;
    Ok(n == MIGRATIONS.len() as i64)
}

fn dialect(sql: &str, sqlite: bool) -> String {
    if !sqlite {
        return sql.to_owned();
    }
    // STRICT, because SQLite would otherwise take a text in a column of numbers.
    sql.replace("BIGINT", "INTEGER").replace("BOOLEAN", "INTEGER").replace("BYTEA", "BLOB").replace("\n);", "\n) STRICT;")
}
