use std::collections::HashSet;

use ground::{
    Ask, Fault, House, Owner, Spot,
    sea_orm::FromQueryResult,
    seal::{self, Keys, MasterKey, SealError},
    values,
};

use crate::home::{house, house_and_master, meddle, settings};

const HERE: Spot<'static> = Spot { table: "note", column: "text", row: "1" };
const OWNER: Owner = Owner::Person(5);

fn why<T: std::fmt::Debug>(told: Result<T, Fault>) -> SealError {
    match told {
        Err(Fault::Seal(error)) => error,
        other => panic!("not a no of the seal: {other:?}"),
    }
}

/// Statement 30: a row copied over another by whoever holds the database must not speak with that row's voice.
#[tokio::test]
async fn a_text_opens_in_its_place_under_its_key_and_nowhere_else() {
    let keys = house("seal-place").await.keys;
    for owner in [Owner::Practice, Owner::Person(5), Owner::Person(6), Owner::ProcessNotes(5)] {
        keys.make(owner).await.unwrap();
    }
    let sealed = keys.seal(OWNER, HERE, "canary").await.unwrap();
    assert_eq!(keys.open(OWNER, HERE, &sealed).await.unwrap(), "canary");
    for (owner, spot) in [
        (OWNER, Spot { row: "2", ..HERE }),
        (OWNER, Spot { row: "", ..HERE }),
        (OWNER, Spot { row: "1/", ..HERE }),
        (OWNER, Spot { column: "word", ..HERE }),
        (OWNER, Spot { table: "note_addendum", ..HERE }),
        (Owner::Person(6), HERE),
        (Owner::ProcessNotes(5), HERE),
        (Owner::Practice, HERE),
    ] {
        assert_eq!(why(keys.open(owner, spot, &sealed).await), SealError::Broken, "{owner:?} {spot:?}");
    }
}

/// S6: a disk that turns a bit must not turn a note into another note.
#[tokio::test]
async fn one_bit_anywhere_is_noticed_and_so_is_one_byte_less() {
    let keys = house("seal-bits").await.keys;
    let sealed = keys.seal(OWNER, HERE, "canary").await.unwrap();
    for at in 0..sealed.len() {
        for bit in 0..8 {
            let mut bent = sealed.clone();
            bent[at] ^= 1 << bit;
            assert_eq!(why(keys.open(OWNER, HERE, &bent).await), SealError::Broken, "bit {bit} of byte {at}");
        }
        assert_eq!(why(keys.open(OWNER, HERE, &sealed[..at]).await), SealError::Broken, "the first {at} bytes");
    }
    let longer = [sealed.as_slice(), &[0]].concat();
    assert_eq!(why(keys.open(OWNER, HERE, &longer).await), SealError::Broken);
}

/// Two texts under one nonce would give both away. A hundred thousand evenings of one person stay apart.
#[tokio::test]
async fn no_nonce_comes_twice() {
    let keys = house("seal-nonce").await.keys;
    let mut nonces = HashSet::new();
    for _ in 0..100_000 {
        let sealed = keys.seal(OWNER, HERE, "").await.unwrap();
        assert!(nonces.insert(sealed[..12].to_vec()), "after {}", nonces.len());
    }
}

#[tokio::test]
async fn every_text_comes_back_and_never_looks_the_same_twice() {
    let keys = house("seal-texts").await.keys;
    let long = "ñ".repeat(20_000);
    for text in ["", " ", "canary", "a\u{0}b", "🕯 שלום \u{202e}", long.as_str()] {
        let (one, two) = (keys.seal(OWNER, HERE, text).await.unwrap(), keys.seal(OWNER, HERE, text).await.unwrap());
        assert_eq!(keys.open(OWNER, HERE, &one).await.unwrap(), text);
        assert!(one != two, "{text:?}");
        // A letter or two can stand in a sealed text by chance.
        assert!(text.len() < 5 || !one.windows(text.len()).any(|window| window == text.as_bytes()), "{text:?} can be read");
    }
}

/// Statement 30: deleting the key is how a person is forgotten, also in copies that nobody can reach any more.
#[tokio::test]
async fn a_deleted_key_takes_its_texts_along() {
    let (house, master) = house_and_master("seal-erase", settings()).await;
    let (sealed, other) =
        (house.keys.seal(OWNER, HERE, "canary").await.unwrap(), house.keys.seal(Owner::Person(6), HERE, "stays").await.unwrap());
    let keys = Keys::new(master, house.db.clone());
    assert_eq!(meddle(&house, "DELETE FROM data_key WHERE person_id = 5").await, 1);
    assert_eq!(why(keys.open(OWNER, HERE, &sealed).await), SealError::NoKey);
    keys.make(OWNER).await.unwrap();
    assert_eq!(why(keys.open(OWNER, HERE, &sealed).await), SealError::Broken, "a new key opens nothing old");
    assert_eq!(house.keys.open(Owner::Person(6), HERE, &other).await.unwrap(), "stays");
}

/// What was unwrapped in memory goes with the rows, at once and for this person alone.
#[tokio::test]
async fn a_forgotten_person_is_forgotten_in_memory_too() {
    let house = house("seal-forget").await;
    let sealed = house.keys.seal(OWNER, HERE, "canary").await.unwrap();
    let notes = house.keys.seal(Owner::ProcessNotes(5), HERE, "canary").await.unwrap();
    let other = house.keys.seal(Owner::Person(6), HERE, "stays").await.unwrap();
    meddle(&house, "DELETE FROM data_key WHERE person_id IN (5, 6)").await;
    assert_eq!(house.keys.open(OWNER, HERE, &sealed).await.unwrap(), "canary", "still known to the running program");
    house.keys.forget(5);
    assert_eq!(why(house.keys.open(OWNER, HERE, &sealed).await), SealError::NoKey);
    assert_eq!(why(house.keys.open(Owner::ProcessNotes(5), HERE, &notes).await), SealError::NoKey, "every key of theirs");
    assert_eq!(house.keys.open(Owner::Person(6), HERE, &other).await.unwrap(), "stays", "nobody else's");
    house.keys.forget(5);
}

/// Somebody who still has the page open must not bring back what was destroyed while they wrote.
#[tokio::test]
async fn a_destroyed_record_gets_no_new_key() {
    let house = house("seal-destroyed").await;
    house.keys.make(OWNER).await.unwrap();
    meddle(&house, "DELETE FROM data_key WHERE person_id = 5").await;
    meddle(
        &house,
        "INSERT INTO person (id, email, name, role, zone, created_at) VALUES (1, 'a@example.org', 'A', 'administrator', 'UTC', 1), (5, 'b@example.org', 'B', 'member', 'UTC', 1)",
    )
    .await;
    let line = "INSERT INTO destruction (id, person_id, destroyed_at, destroyed_by, last_entry_day, rule, decided) VALUES (1, 5, 0, 1, '2026-11-26', '', '')";
    assert_eq!(meddle(&house, line).await, 1);
    house.keys.forget(5);
    assert_eq!(why(house.keys.seal(OWNER, HERE, "late").await), SealError::NoKey);
    assert_eq!(why(house.keys.seal(Owner::ProcessNotes(5), HERE, "late").await), SealError::NoKey);
    assert_eq!(house.db.number("SELECT COUNT(*) AS n FROM data_key WHERE person_id = 5", []).await.unwrap(), 0);
    house.keys.make(Owner::Person(6)).await.unwrap();
}

/// A stolen database without the master key, or with one of another practice, is not worth anything.
#[tokio::test]
async fn another_master_key_opens_nothing() {
    let house = house("seal-master").await;
    let sealed = house.keys.seal(OWNER, HERE, "canary").await.unwrap();
    let thief = Keys::new(MasterKey::generate(), house.db.clone());
    assert_eq!(why(thief.open(OWNER, HERE, &sealed).await), SealError::Broken);
    assert_eq!(why(thief.seal(OWNER, HERE, "mine").await), SealError::Broken, "nor does it seal under what it cannot open");
}

#[tokio::test]
async fn a_wrapped_key_is_good_in_its_own_row_only() {
    let (house, master) = house_and_master("seal-wrapped", settings()).await;
    let sealed = house.keys.seal(Owner::ProcessNotes(5), HERE, "canary").await.unwrap();
    house.keys.make(Owner::ProcessNotes(6)).await.unwrap();
    let moved = "UPDATE data_key SET wrapped = (SELECT wrapped FROM data_key WHERE person_id = 5) WHERE person_id = 6";
    assert_eq!(meddle(&house, moved).await, 1);
    #[derive(FromQueryResult)]
    struct Wrapped {
        wrapped: Vec<u8>,
    }
    let rows: Vec<Wrapped> = house.db.rows("SELECT wrapped FROM data_key WHERE purpose = 'process_notes'", []).await.unwrap();
    assert_eq!(rows[0].wrapped, rows[1].wrapped);
    let after_restart = Keys::new(master, house.db.clone());
    assert_eq!(why(after_restart.open(Owner::ProcessNotes(6), HERE, &sealed).await), SealError::Broken);
}

/// If the second key won, what the first one sealed a moment earlier would be lost.
#[tokio::test(flavor = "multi_thread")]
async fn two_who_make_the_same_key_at_once_share_it() {
    let house = house("seal-race").await;
    for person in 100..110 {
        let owner = Owner::Person(person);
        let (one, two) = tokio::join!(house.keys.seal(owner, HERE, "one"), house.keys.seal(owner, HERE, "two"));
        assert_eq!(house.keys.open(owner, HERE, &one.unwrap()).await.unwrap(), "one");
        assert_eq!(house.keys.open(owner, HERE, &two.unwrap()).await.unwrap(), "two");
        let kept = house.db.number("SELECT COUNT(*) AS n FROM data_key WHERE person_id = $1", values![person]).await.unwrap();
        assert_eq!(kept, 1);
    }
}

/// Statements 31 and 34: a key that is printed once lies in a log for ever.
#[test]
fn a_master_key_is_thirty_two_bytes_in_base64_and_shows_itself_to_nobody() {
    let key = MasterKey::generate();
    let text = key.to_text();
    assert_eq!(MasterKey::parse(&format!("  {text}\n")).unwrap().to_text(), text);
    assert!(!format!("{key:?}").contains(&text[..8]));
    for broken in ["", "secret", &text[1..], &format!("{text}{text}"), &text.replace('=', ""), "AAAA"] {
        assert!(MasterKey::parse(broken).is_none(), "{broken:?}");
    }
}

#[test]
fn ids_fit_every_browser_and_secrets_fit_a_link() {
    let (mut ids, mut tokens) = (HashSet::new(), HashSet::new());
    for _ in 0..10_000 {
        let (id, token) = (seal::random_id(), seal::random_token());
        assert!((1..1 << 53).contains(&id), "{id}");
        assert!(token.len() == 43 && token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)), "{token}");
        assert!(ids.insert(id) && tokens.insert(token));
    }
    assert_eq!((seal::hash("a"), seal::hash("a").len()), (seal::hash("a"), 32));
    assert_ne!(seal::hash("a"), seal::hash("A"));
}

/// A row is found by a number that nobody can read off it, nor try numbers against.
#[tokio::test]
async fn a_mark_is_the_same_for_the_same_and_another_elsewhere() {
    let (one, other) = (house("mark-one").await, house("mark-other").await);
    let mark = |house: &House, purpose, text: &'static str| {
        let keys = house.keys.clone();
        async move { keys.mark(purpose, text).await.unwrap() }
    };
    let phone = mark(&one, "phone", "+15550100142").await;
    assert_eq!(phone, mark(&one, "phone", "+15550100142").await);
    for another in [
        mark(&one, "phone", "+15550100143").await,
        mark(&one, "address", "+15550100142").await,
        mark(&other, "phone", "+15550100142").await,
    ] {
        assert_ne!(phone, another);
    }
    assert_eq!(phone.len(), 32);
}
