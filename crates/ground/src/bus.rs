//! That something happened in a channel, told to every open page at once: in this process, and on PostgreSQL in every other one. What is told
//! is two numbers; whoever hears them reads the rest where it stands, under their own rights.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use sea_orm::sqlx::postgres::PgListener;
use tokio::sync::{OnceCell, broadcast};

use crate::{
    db::{Db, Tx},
    fault::Fault,
    values,
};

/// The name under which PostgreSQL passes it on.
const NAME: &str = "hearth_channel";
/// So much may wait for one slow page. Who misses some is told to look again.
const WAITING: usize = 256;
/// After the line to the database broke.
const PAUSE: Duration = Duration::from_secs(1);
/// Open pages of one person. A browser over HTTP/1.1 has six lines to one house, and needs some for everything else.
const STREAMS: usize = 4;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// In this channel the last change has this number.
    Change { channel: i64, change: i64 },
    /// Something may have been missed: look again.
    Unsure,
}

#[derive(Debug, Clone)]
pub struct Bus {
    sender: broadcast::Sender<News>,
    /// Filled once somebody listens, so that a command line that only migrates opens no line.
    listening: Arc<OnceCell<()>>,
    streams: Arc<Mutex<HashMap<i64, usize>>>,
}

/// News that must not go out before its transaction is true.
#[must_use = "nobody hears it before `send`"]
#[derive(Debug)]
pub struct Told(Option<(broadcast::Sender<News>, News)>);

/// One open page of somebody; dropping it makes room for another.
#[derive(Debug)]
pub struct OneStream {
    streams: Arc<Mutex<HashMap<i64, usize>>>,
    person: i64,
}

impl Default for Bus {
    fn default() -> Bus {
        Bus { sender: broadcast::channel(WAITING).0, listening: Arc::default(), streams: Arc::default() }
    }
}

impl Bus {
    /// Says in the transaction of the change that it happened. PostgreSQL passes it on with the commit; else `send` does, after it.
    pub async fn tell(&self, db: &Db, tx: &Tx, channel: i64, change: i64) -> Result<Told, Fault> {
        if db.is_sqlite() {
            return Ok(Told(Some((self.sender.clone(), News::Change { channel, change }))));
        }
        tx.run("SELECT pg_notify($1, $2)", values![NAME, format!("{channel} {change}")]).await?;
        Ok(Told(None))
    }

    /// From now on everything is heard that is told, whichever process tells it.
    pub async fn hear(&self, db: &Db) -> Result<broadcast::Receiver<News>, Fault> {
        if let Some(pool) = db.postgres() {
            self.listening
                .get_or_try_init(|| async {
                    let mut listener = PgListener::connect_with(pool).await.map_err(lost)?;
                    listener.listen(NAME).await.map_err(lost)?;
                    tokio::spawn(pass_on(listener, self.sender.clone()));
                    Ok::<(), Fault>(())
                })
                .await?;
        }
        Ok(self.sender.subscribe())
    }

    /// Room for one more open page of this person; `None` when there are enough.
    pub fn stream(&self, person: i64) -> Option<OneStream> {
        let mut streams = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        let count = streams.entry(person).or_default();
        if *count >= STREAMS {
            return None;
        }
        *count += 1;
        Some(OneStream { streams: self.streams.clone(), person })
    }
}

impl Told {
    /// After the commit.
    pub fn send(self) {
        if let Some((sender, news)) = self.0 {
            // Nobody listens: nobody misses it.
            let _ = sender.send(news);
        }
    }
}

impl Drop for OneStream {
    fn drop(&mut self) {
        let mut streams = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = streams.get_mut(&self.person) {
            *count -= 1;
            if *count == 0 {
                streams.remove(&self.person);
            }
        }
    }
}

/// Runs for as long as the program does. While the line was broken something may have happened that nobody told us.
async fn pass_on(mut listener: PgListener, sender: broadcast::Sender<News>) {
    loop {
        let news = match listener.try_recv().await {
            Ok(Some(told)) => read(told.payload()).unwrap_or(News::Unsure),
            Ok(None) => News::Unsure,
            Err(_) => {
                tokio::time::sleep(PAUSE).await;
                News::Unsure
            }
        };
        let _ = sender.send(news);
    }
}

fn read(payload: &str) -> Option<News> {
    let (channel, change) = payload.split_once(' ')?;
    Some(News::Change { channel: channel.parse().ok()?, change: change.parse().ok()? })
}

fn lost(error: sea_orm::sqlx::Error) -> Fault {
    tracing::error!(reason = %error, "news of other processes cannot be heard");
    Fault::Other("news of other processes cannot be heard")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_has_so_many_open_pages_and_closing_one_makes_room() {
        let bus = Bus::default();
        let mut open: Vec<OneStream> = (0..STREAMS).map_while(|_| bus.stream(1)).collect();
        assert_eq!(open.len(), STREAMS);
        assert!(bus.stream(1).is_none() && bus.stream(2).is_some(), "each has their own");
        open.pop();
        assert!(bus.stream(1).is_some());
        drop(open);
        assert!(bus.streams.lock().unwrap().is_empty(), "who left is forgotten");
    }

    #[test]
    fn what_another_process_tells_is_two_numbers_or_nothing_that_counts() {
        assert_eq!(read("12 7"), Some(News::Change { channel: 12, change: 7 }));
        for odd in ["", "12", "12 x", "x 7", "12 7 9"] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }
}
