//! What every area stands on. No product pages live here.

pub mod accounts;
pub mod audit;
pub mod clock;
pub mod crisis;
pub mod db;
pub mod documents;
pub mod facts;
pub mod fault;
pub mod handover;
pub mod house;
pub mod jobs;
pub mod mail;
pub mod migrate;
pub mod outcome;
pub mod passwords;
pub mod policy;
pub mod reminders;
pub mod roles;
pub mod seal;
pub mod sign_in;
pub mod texts;
pub mod topics;
pub mod web;
pub mod when;
pub mod words;

pub use audit::Deed;
pub use clock::{Clock, Moment};
pub use db::{Ask, Db, Tx};
pub use fault::{Fault, not_found};
pub use house::{House, PALETTES, Practice, Settings};
pub use policy::{Routes, Row, Rule, Stand};
pub use roles::{Me, Role};
pub use sea_orm;
pub use seal::{Owner, Spot, random_id, random_token};
pub use web::{Ui, render};
pub use words::Language;
