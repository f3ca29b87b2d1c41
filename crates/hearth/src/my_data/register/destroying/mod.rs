//! How a record is destroyed.

mod queries;

pub use queries::DESTROY;
