use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use jiff::{Timestamp, Zoned, tz::TimeZone};
use sea_orm::{
    TryGetError, TryGetable, Value,
    sea_query::{self, ArrayType, ColumnType, ValueTypeErr},
};
use serde::{Deserialize, Serialize};

/// A point in time as it is stored: whole microseconds since 1970-01-01 UTC.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Moment(pub i64);

impl Moment {
    pub fn plus(self, length: Duration) -> Moment {
        Moment(self.0.saturating_add(i64::try_from(length.as_micros()).unwrap_or(i64::MAX)))
    }

    pub fn minus(self, length: Duration) -> Moment {
        Moment(self.0.saturating_sub(i64::try_from(length.as_micros()).unwrap_or(i64::MAX)))
    }

    /// How much later this is than `earlier`; zero if it is not.
    pub fn since(self, earlier: Moment) -> Duration {
        Duration::from_micros(u64::try_from(self.0 - earlier.0).unwrap_or(0))
    }

    pub fn millis(self) -> i64 {
        self.0.div_euclid(1_000)
    }

    pub fn from_millis(millis: i64) -> Moment {
        Moment(millis.saturating_mul(1_000))
    }

    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_microsecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// As the clock on the wall shows it in that zone; in UTC if nobody knows the zone.
    /// The date in UTC, as columns of days are compared.
    pub fn utc_day(self) -> String {
        self.in_zone("UTC").date().to_string()
    }

    pub fn in_zone(self, zone: &str) -> Zoned {
        self.timestamp().to_zoned(TimeZone::get(zone).unwrap_or(TimeZone::UTC))
    }
}

impl From<Timestamp> for Moment {
    fn from(timestamp: Timestamp) -> Moment {
        Moment(timestamp.as_microsecond())
    }
}

impl From<Moment> for Value {
    fn from(moment: Moment) -> Value {
        Value::BigInt(Some(moment.0))
    }
}

impl TryGetable for Moment {
    fn try_get_by<I: sea_orm::ColIdx>(row: &sea_orm::QueryResult, index: I) -> Result<Self, TryGetError> {
        i64::try_get_by(row, index).map(Moment)
    }
}

impl sea_query::Nullable for Moment {
    fn null() -> Value {
        Value::BigInt(None)
    }
}

impl sea_query::ValueType for Moment {
    fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
        <i64 as sea_query::ValueType>::try_from(value).map(Moment)
    }
    fn type_name() -> String {
        "Moment".to_owned()
    }
    fn array_type() -> ArrayType {
        ArrayType::BigInt
    }
    fn column_type() -> ColumnType {
        ColumnType::BigInteger
    }
}

/// The one place that knows what time it is. Tests set it.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    #[default]
    System,
    /// The system's, so much later: a demo shows what a practice looks like some days on.
    Ahead(Duration),
    Set(Arc<AtomicI64>),
}

impl Clock {
    pub fn set_to(moment: Moment) -> Clock {
        Clock::Set(Arc::new(AtomicI64::new(moment.0)))
    }

    #[allow(clippy::disallowed_methods)]
    pub fn now(&self) -> Moment {
        match self {
            Clock::System => Timestamp::now().into(),
            Clock::Ahead(by) => Moment::from(Timestamp::now()).plus(*by),
            Clock::Set(micros) => Moment(micros.load(Ordering::SeqCst)),
        }
    }

    /// Moves a set clock on; the system's clock takes no orders.
    pub fn advance(&self, length: Duration) {
        if let Clock::Set(micros) = self {
            micros.fetch_add(i64::try_from(length.as_micros()).unwrap_or(0), Ordering::SeqCst);
        }
    }
}
