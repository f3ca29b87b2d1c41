//! Devices that are told, and the key by which push services know a practice.

use axum::http::{HeaderMap, HeaderValue, header};
use ground::{Ask, House, Me, Role, push, sign_in, values};

use crate::home::{house, house_and_master, meddle, person, settings};

const APPLE: &str = "https://web.push.apple.com";

/// This person at one more browser.
async fn at_a_browser(house: &House, person: i64) -> Me {
    let tx = house.db.write().await.unwrap();
    let cookie = sign_in::begin(house, &tx, person, Role::Member, "a browser").await.unwrap();
    tx.commit_unaudited().await.unwrap();
    let mut headers = HeaderMap::new();
    headers.insert(header::COOKIE, HeaderValue::from_str(cookie.to_str().unwrap().split(';').next().unwrap()).unwrap());
    sign_in::recognise(house, &headers).await.unwrap().unwrap()
}

async fn count(house: &House, sql: &str) -> i64 {
    house.db.number(sql, values![]).await.unwrap()
}

const DEVICES: &str = "SELECT COUNT(*) AS n FROM push_device";

#[tokio::test]
async fn the_key_is_made_once_whoever_opens_the_database() {
    let (first, master) = house_and_master("push-key", settings()).await;
    assert_eq!(first.push.public().len(), 87, "65 bytes in base64");
    // As if it had never been made, and two programs open at once.
    meddle(&first, "DELETE FROM push_key").await;
    let again = || House::open(first.db.clone(), first.clock.clone(), master.clone(), settings());
    let (one, two) = tokio::join!(again(), again());
    let (one, two) = (one.unwrap().push.public(), two.unwrap().push.public());
    assert_eq!((&one, count(&first, "SELECT COUNT(*) AS n FROM push_key").await), (&two, 1));
    assert_ne!(one, first.push.public());
    assert_eq!(again().await.unwrap().push.public(), one, "and it stays");
}

#[tokio::test]
async fn a_person_has_ten_devices_at_most_and_the_first_one_makes_room() {
    let house = house("push-most").await;
    let maya = person(&house, "Maya", Role::Member, "en").await;
    let mut first = 0;
    for at in 0..push::MOST + 2 {
        let me = at_a_browser(&house, maya).await;
        assert!(push::begin(&house, &me, &format!("{APPLE}/{at}")).await.unwrap());
        first = if at == 0 { me.sign_in } else { first };
        house.clock.advance(std::time::Duration::from_secs(1));
    }
    let all = push::devices(&house.db, maya, house.clock.now()).await.unwrap();
    assert_eq!(i64::try_from(all.len()).unwrap(), push::MOST);
    assert!(all.iter().all(|one| one.sign_in_id != first) && all.windows(2).all(|two| two[0].made_at > two[1].made_at), "newest first");
}

#[tokio::test]
async fn what_is_kept_is_sealed_for_its_row_and_goes_with_its_sign_in() {
    let house = house("push-sealed").await;
    let (maya, theo) = (person(&house, "Maya", Role::Member, "en").await, person(&house, "Theo", Role::Member, "en").await);
    let (me, other) = (at_a_browser(&house, maya).await, at_a_browser(&house, theo).await);
    assert!(!push::begin(&house, &me, "https://example.org/x").await.unwrap());
    assert!(push::begin(&house, &me, &format!("{APPLE}/canary")).await.unwrap());
    assert!(push::begin(&house, &other, &format!("{APPLE}/other")).await.unwrap());
    assert!(push::begin(&house, &me, &format!("{APPLE}/canary")).await.unwrap(), "twice is once");
    assert_eq!(count(&house, DEVICES).await, 2);
    assert!(!push::end(&house, theo, push::devices(&house.db, maya, house.clock.now()).await.unwrap()[0].id).await.unwrap());
    let tx = house.db.write().await.unwrap();
    assert!(sign_in::revoke(&tx, me.sign_in, maya, house.clock.now()).await.unwrap());
    tx.commit_unaudited().await.unwrap();
    assert_eq!(count(&house, DEVICES).await, 1, "hers alone");
    let tx = house.db.write().await.unwrap();
    sign_in::revoke_all(&tx, theo, house.clock.now()).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    assert_eq!(count(&house, DEVICES).await, 0);
}

#[tokio::test]
async fn a_glance_counts_as_no_activity_and_sees_whoever_is_signed_in() {
    let house = house("push-glance").await;
    let maya = person(&house, "Maya", Role::Member, "en").await;
    let tx = house.db.write().await.unwrap();
    let cookie = sign_in::begin(&house, &tx, maya, Role::Member, "a browser").await.unwrap();
    tx.commit_unaudited().await.unwrap();
    let mut headers = HeaderMap::new();
    headers.insert(header::COOKIE, HeaderValue::from_str(cookie.to_str().unwrap().split(';').next().unwrap()).unwrap());
    let hour = std::time::Duration::from_secs(3_600);
    for _ in 0..11 {
        house.clock.advance(hour);
        assert_eq!(sign_in::glance(&house, &headers).await.unwrap().map(|me| me.id), Some(maya));
    }
    house.clock.advance(hour);
    assert!(sign_in::glance(&house, &headers).await.unwrap().is_none(), "twelve hours of nobody there");
}
