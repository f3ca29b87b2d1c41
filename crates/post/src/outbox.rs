use std::sync::{Arc, Mutex};

use crate::{Address, Channel, Failed, Letter};

/// A letter that went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    pub to: Address,
    pub letter: Letter,
}

/// The newest are kept; the demo does not run for years.
const MOST: usize = 500;

#[derive(Debug, Clone, Default)]
pub struct Outbox(Arc<Mutex<Vec<Posted>>>);

impl Outbox {
    pub fn posted(&self) -> Vec<Posted> {
        self.0.lock().map(|posted| posted.clone()).unwrap_or_default()
    }
}

impl Channel for Outbox {
    async fn send(&self, to: &Address, letter: &Letter) -> Result<(), Failed> {
        let mut posted = self.0.lock().map_err(|_| Failed::Later)?;
        if posted.len() >= MOST {
            posted.remove(0);
        }
        posted.push(Posted { to: to.clone(), letter: letter.clone() });
        Ok(())
    }
}
