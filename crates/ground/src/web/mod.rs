//! What every response has in common: headers, the check against foreign forms, error pages, assets.

pub mod assets;
mod guards;
mod ui;

pub use assets::{AssetFile, asset, font, hashed};
pub use guards::{HEADER_TIMEOUT, Peer, ScriptNonce, around, client_address, same_origin};
pub use ui::{ErrorPage, Nav, Ui, UiParts, in_script, render, render_status};
