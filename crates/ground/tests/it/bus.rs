//! News of channels: heard once it is true, by every process of one database, and not before.

use std::time::Duration;

use ground::{
    Ask, House, Ui,
    bus::{Bus, News},
    values, watch,
};
use tokio::sync::broadcast::Receiver;

use crate::home::{house, meddle, person};

async fn tell(house: &House, change: i64, commits: bool) {
    let tx = house.db.write().await.unwrap();
    tx.run("UPDATE audit_head SET seq = seq WHERE id = 1", []).await.unwrap();
    let told = house.bus.tell(&house.db, &tx, 12, change).await.unwrap();
    if commits {
        tx.commit_unaudited().await.unwrap();
        told.send();
    }
}

async fn heard(news: &mut Receiver<News>) -> Option<News> {
    tokio::time::timeout(Duration::from_secs(5), news.recv()).await.ok().and_then(Result::ok)
}

#[tokio::test]
async fn what_was_taken_back_is_not_told() {
    let house = house("bus").await;
    let mut news = house.bus.hear(&house.db).await.unwrap();
    tell(&house, 1, false).await;
    tell(&house, 2, true).await;
    assert_eq!(heard(&mut news).await, Some(News::Change { channel: 12, change: 2 }));
    // Whoever begins to listen later hears what comes later.
    let mut late = house.bus.hear(&house.db).await.unwrap();
    tell(&house, 3, true).await;
    assert_eq!(heard(&mut late).await, Some(News::Change { channel: 12, change: 3 }));
    assert_eq!(heard(&mut news).await, Some(News::Change { channel: 12, change: 3 }));
}

/// On SQLite there is one process; on PostgreSQL another one hears the same.
#[tokio::test]
async fn another_process_hears_it() {
    let house = house("bus-two").await;
    let elsewhere = Bus::default();
    let mut news = elsewhere.hear(&house.db).await.unwrap();
    tell(&house, 7, true).await;
    if house.db.is_sqlite() {
        assert!(news.try_recv().is_err(), "a process of its own");
    } else {
        assert_eq!(heard(&mut news).await, Some(News::Change { channel: 12, change: 7 }));
    }
}

#[tokio::test]
async fn nobody_is_told_that_somebody_watches_who_does_not() {
    let house = house("watch").await;
    let words = async |house: &House| watch::words(house, &Ui::sample(ground::Language::English, None)).await.unwrap();
    let unknown = words(&house).await;
    let amara = person(&house, "Amara", ground::Role::Clinician, "en").await;
    let now = watch::now(&house);
    let tx = house.db.write().await.unwrap();
    let sql = "INSERT INTO on_call (id, person_id, weekday, from_minute, to_minute) VALUES (1, $1, $2, 0, 1440)";
    tx.run(sql, values![amara, i64::from(now.weekday)]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    assert_eq!(watch::shifts(&house.db).await.unwrap().len(), 1);
    let today = words(&house).await;
    assert_ne!(today, unknown);
    house.clock.advance(Duration::from_secs(86_400));
    assert_ne!(words(&house).await, today, "tomorrow nobody is");
    meddle(&house, "UPDATE person SET disabled_at = 5").await;
    assert_eq!(words(&house).await, unknown, "an account that is closed watches nobody");
    assert_eq!(house.db.number("SELECT COUNT(*) AS n FROM on_call", []).await.unwrap(), 1);
}
