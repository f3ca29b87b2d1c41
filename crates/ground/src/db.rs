//! One way to the database, the same on SQLite and PostgreSQL.

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, FromQueryResult,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait, Value,
};

use crate::{
    audit::{self, Deed},
    clock::Clock,
    fault::Fault,
};

/// How long a writer waits for another one on SQLite.
const BUSY: std::time::Duration = std::time::Duration::from_secs(10);

/// The database of one practice. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Db {
    connection: DatabaseConnection,
    clock: Clock,
}

/// An open transaction that may write. Dropped without `commit`, it never happened.
#[must_use = "a transaction that is not committed never happened"]
pub struct Tx {
    transaction: DatabaseTransaction,
    clock: Clock,
}

/// Anything a statement can be run on.
pub trait Ask {
    fn connection(&self) -> &impl ConnectionTrait;

    fn rows<T: FromQueryResult + Send>(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = Value> + Send,
    ) -> impl Future<Output = Result<Vec<T>, Fault>> + Send
    where
        Self: Sync,
    {
        let values = bound(values);
        let sql = sql.to_owned();
        async move {
            let statement = Statement::from_sql_and_values(self.connection().get_database_backend(), sql, values);
            Ok(T::find_by_statement(statement).all(self.connection()).await?)
        }
    }

    fn row<T: FromQueryResult + Send>(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = Value> + Send,
    ) -> impl Future<Output = Result<Option<T>, Fault>> + Send
    where
        Self: Sync,
    {
        let rows = self.rows::<T>(sql, values);
        async move { Ok(rows.await?.into_iter().next()) }
    }

    /// The first column, named `n`, of the first row; zero if there is none.
    fn number(&self, sql: &str, values: impl IntoIterator<Item = Value> + Send) -> impl Future<Output = Result<i64, Fault>> + Send
    where
        Self: Sync,
    {
        #[derive(FromQueryResult)]
        struct Number {
            n: i64,
        }
        let row = self.row::<Number>(sql, values);
        async move { Ok(row.await?.map_or(0, |row| row.n)) }
    }
}

/// PostgreSQL refuses a NUL in a text and SQLite keeps it. No person can type one: it is bound as the sign for an unreadable letter,
/// so that a form made by hand finds nothing instead of failing on one of the two.
fn bound(values: impl IntoIterator<Item = Value>) -> Vec<Value> {
    let readable = |value| match value {
        Value::String(Some(text)) if text.contains('\0') => Value::from(text.replace('\0', "\u{fffd}")),
        other => other,
    };
    values.into_iter().map(readable).collect()
}

impl Ask for Db {
    fn connection(&self) -> &impl ConnectionTrait {
        &self.connection
    }
}

impl Ask for Tx {
    fn connection(&self) -> &impl ConnectionTrait {
        &self.transaction
    }
}

impl Db {
    /// `sqlite:/path/file.db` or `postgres://…`. Nothing is created but the SQLite file itself.
    pub async fn connect(url: &str, clock: Clock) -> Result<Db, DbErr> {
        let sqlite = url.starts_with("sqlite:");
        let mut options = ConnectOptions::new(if sqlite && !url.contains('?') { format!("{url}?mode=rwc") } else { url.to_owned() });
        // One of PostgreSQL's listens for what other processes tell.
        options.max_connections(if sqlite { 8 } else { 17 }).sqlx_logging(false);
        options.map_sqlx_sqlite_opts(|options| {
            use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
            options.journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full).foreign_keys(true).busy_timeout(BUSY)
        });
        Ok(Db { connection: Database::connect(options).await?, clock })
    }

    pub fn is_sqlite(&self) -> bool {
        self.connection.get_database_backend() == DbBackend::Sqlite
    }

    /// The connections themselves, for what only PostgreSQL can do.
    pub(crate) fn postgres(&self) -> Option<&sea_orm::sqlx::PgPool> {
        (!self.is_sqlite()).then(|| self.connection.get_postgres_connection_pool())
    }

    /// Begins a transaction that takes the write lock at once.
    #[allow(clippy::disallowed_methods)]
    pub async fn write(&self) -> Result<Tx, Fault> {
        let options = TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
        Ok(Tx { transaction: self.connection.begin_with_options(options).await?, clock: self.clock.clone() })
    }

    /// Whether a write reaches the disk: changes a row into itself.
    pub async fn takes_writes(&self) -> Result<(), Fault> {
        let tx = self.write().await?;
        tx.run("UPDATE audit_head SET seq = seq WHERE id = 1", []).await?;
        tx.commit_unaudited().await
    }

    /// Several statements without values, for migrations and checks.
    pub async fn script(&self, sql: &str) -> Result<(), Fault> {
        self.connection.execute_unprepared(sql).await?;
        Ok(())
    }
}

impl Tx {
    /// Runs a statement and says how many rows it changed.
    pub async fn run(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<u64, Fault> {
        let statement = Statement::from_sql_and_values(self.transaction.get_database_backend(), sql, bound(values));
        Ok(self.transaction.execute_raw(statement).await?.rows_affected())
    }

    pub async fn script(&self, sql: &str) -> Result<(), Fault> {
        self.transaction.execute_unprepared(sql).await?;
        Ok(())
    }

    /// Makes it true, together with the line in the audit book that says who did it.
    pub async fn commit(self, deed: Deed<'_>) -> Result<(), Fault> {
        let now = self.clock.now();
        audit::write(&self, &deed, now).await?;
        self.commit_unaudited().await
    }

    /// For what nobody did to anybody: counters, leases, room events (the room keeps its own book).
    pub async fn commit_unaudited(self) -> Result<(), Fault> {
        self.transaction.commit().await?;
        Ok(())
    }
}

/// `values![a, b]`: the values bound to `$1`, `$2` …
#[macro_export]
macro_rules! values {
    ($($value:expr),* $(,)?) => { [$($crate::sea_orm::Value::from($value)),*] };
}
