//! Where an agenda stands: in a session that is still to come, or in a week of the group's programme.

use care::agenda::Agenda;
use ground::{Deed, Fault, House, facts};

use crate::{before, programme};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Session(i64),
    Week { group: i64, index: usize },
}

impl Place {
    /// The address of the tools of one phase.
    pub fn path(self, phase: usize) -> String {
        match self {
            Place::Session(session) => format!("/sessions/{session}/prepared/{phase}"),
            Place::Week { group, index } => format!("/groups/{group}/programme/{index}/prepared/{phase}"),
        }
    }

    /// Where the agenda itself is edited.
    pub fn back(self) -> String {
        match self {
            Place::Session(session) => format!("/sessions/{session}/before"),
            Place::Week { group, index } => format!("/groups/{group}/programme/{index}"),
        }
    }

    /// Whose sessions these are.
    pub async fn group(self, house: &House) -> Result<Option<i64>, Fault> {
        match self {
            Place::Session(session) => Ok(facts::session(&house.db, session).await?.map(|session| session.group_id)),
            Place::Week { group, .. } => Ok(Some(group)),
        }
    }

    /// The agenda and the language of its group; `None` where there is none.
    pub async fn read(self, house: &House) -> Result<Option<(Agenda, String)>, Fault> {
        match self {
            Place::Session(session) => match facts::session(&house.db, session).await? {
                Some(session) => Ok(Some((serde_json::from_str(&session.agenda)?, session.language))),
                None => Ok(None),
            },
            Place::Week { group, index } => programme::week(house, group, index).await,
        }
    }

    /// Keeps the agenda if it is still as it was read; false if it has begun or somebody else was quicker.
    pub async fn keep(self, house: &House, by: i64, read: &Agenda, agenda: Agenda) -> Result<bool, Fault> {
        let tx = house.db.write().await?;
        let (kept, deed) = match self {
            Place::Session(session) => {
                (before::keep_changed(&tx, session, read, &agenda).await?, Deed::new(by, "agenda.change", format!("session/{session}")))
            }
            Place::Week { group, index } => {
                let now = house.clock.now();
                (
                    programme::keep_week(&tx, group, index, read, agenda, now).await?,
                    Deed::new(by, "programme.change", format!("group/{group}")),
                )
            }
        };
        if kept {
            tx.commit(deed).await?;
        }
        Ok(kept)
    }
}
