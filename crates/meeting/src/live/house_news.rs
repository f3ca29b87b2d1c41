//! What a page changed under an open room: the room reads the record again, as a whole.

use room::{HouseNews, Input, Part, Stored};

use super::{
    queries,
    task::{Ask, RoomTask},
};

impl RoomTask {
    /// What the pages say by now, if they may say something new. Whoever comes to watch makes unsure, too: a no may have come while they were
    /// on the way in.
    pub async fn house_news(&mut self, batch: &[Ask]) -> Option<HouseNews> {
        let comes = |ask: &Ask| matches!(ask, Ask::HouseNews) || matches!(ask, Ask::Arrived { guest, .. } if guest.part == Part::Observer);
        self.unsure |= batch.iter().any(comes);
        if !self.unsure {
            return None;
        }
        match queries::house_news(&self.house.db, self.session, self.group).await {
            Ok(news) => {
                self.unsure = false;
                Some(news)
            }
            Err(fault) => {
                tracing::error!(session = self.session, reason = %fault, "the room could not read what changed and asks again");
                None
            }
        }
    }

    pub fn hear_house(&mut self, news: Option<&HouseNews>, fresh: &mut Vec<Stored>) {
        if let Some(news) = news {
            let _ = self.input(&Input::HouseNews(news.clone()), fresh);
        }
    }
}
