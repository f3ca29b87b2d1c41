use ground::{
    Ask, Deed, House,
    audit::{self, Outcome, Verdict},
};

use crate::home::{house, meddle};

async fn act(house: &House, actor: i64, action: &'static str) {
    house.db.write().await.unwrap().commit(Deed::new(actor, action, format!("person/{actor}"))).await.unwrap();
}

async fn verdict(house: &House) -> Verdict {
    audit::verify(&house.db).await.unwrap()
}

/// A book of nine lines.
async fn book(name: &str) -> House {
    let house = house(name).await;
    for actor in 1..=9 {
        act(&house, actor, "note.sign").await;
    }
    assert_eq!(verdict(&house).await, Verdict::Whole { lines: 9 });
    house
}

#[tokio::test]
async fn an_empty_book_is_whole() {
    assert_eq!(verdict(&house("audit-empty").await).await, Verdict::Whole { lines: 0 });
}

/// Statement 26: the book is there for the day when somebody would like it to say something else.
#[tokio::test]
async fn whoever_changes_a_line_is_found_at_that_line() {
    for column in [
        "at = at + 1",
        "actor = 1",
        "action = 'note.read'",
        "object = 'person/1'",
        "outcome = 'denied'",
        "address = '127.0.0.1'",
        "hash = (SELECT hash FROM audit WHERE seq = 4)",
    ] {
        let house = book("audit-line").await;
        assert_eq!(meddle(&house, &format!("UPDATE audit SET {column} WHERE seq = 5")).await, 1);
        assert_eq!(verdict(&house).await, Verdict::BrokenAt { seq: 5 }, "{column}");
    }
}

#[tokio::test]
async fn lines_cannot_be_taken_out_put_in_or_moved() {
    for (what, sql, seq) in [
        ("the first is gone", "DELETE FROM audit WHERE seq = 1", 2),
        ("one in the middle is gone", "DELETE FROM audit WHERE seq = 5", 6),
        ("the last is gone", "DELETE FROM audit WHERE seq = 9", 9),
        ("the end is gone", "DELETE FROM audit WHERE seq > 6", 7),
        ("all of it is gone", "DELETE FROM audit", 1),
        ("one is added", "INSERT INTO audit SELECT 10, at, actor, action, object, outcome, address, hash FROM audit WHERE seq = 9", 10),
        ("the head says less", "UPDATE audit_head SET seq = 8", 10),
        ("the head is another's", "UPDATE audit_head SET hash = (SELECT hash FROM audit WHERE seq = 8)", 10),
    ] {
        let house = book("audit-lines").await;
        assert!(meddle(&house, sql).await > 0, "{what}");
        assert_eq!(verdict(&house).await, Verdict::BrokenAt { seq }, "{what}");
    }
}

/// Cutting the end off and setting the head back to it would hide the newest lines from `doctor` alone; the next line then tells.
#[tokio::test]
async fn a_number_is_never_used_again() {
    let house = book("audit-numbers").await;
    meddle(&house, "DELETE FROM audit WHERE seq = 9").await;
    act(&house, 10, "note.sign").await;
    assert_eq!(verdict(&house).await, Verdict::BrokenAt { seq: 10 });
}

/// Statement 26: the line and the act are one transaction.
#[tokio::test]
async fn what_was_not_done_is_not_in_the_book() {
    let house = book("audit-rollback").await;
    let tx = house.db.write().await.unwrap();
    tx.run("INSERT INTO sign_in_failure (subject, at) VALUES ('x', 1)", []).await.unwrap();
    drop(tx);
    assert_eq!(verdict(&house).await, Verdict::Whole { lines: 9 });
    assert_eq!(house.db.number("SELECT COUNT(*) AS n FROM sign_in_failure", []).await.unwrap(), 0);
}

#[tokio::test]
async fn a_denial_stands_there_with_the_address_it_came_from() {
    let house = house("audit-denied").await;
    let deed = Deed { outcome: Outcome::Denied, address: Some("192.0.2.7"), ..Deed::new(0, "sign_in", "person") };
    house.db.write().await.unwrap().commit(deed).await.unwrap();
    let found =
        house.db.number("SELECT COUNT(*) AS n FROM audit WHERE outcome = 'denied' AND address = '192.0.2.7' AND actor = 0", []).await;
    assert_eq!((found.unwrap(), verdict(&house).await), (1, Verdict::Whole { lines: 1 }));
}

/// Statement 25: who has read a record is part of that record.
#[tokio::test]
async fn reading_a_record_is_written_down_before_it_is_shown() {
    let house = house("audit-reading").await;
    house.shows(7, "note.read", "session/1/note/2".into()).await.unwrap();
    let read = house.db.number("SELECT actor AS n FROM audit WHERE action = 'note.read' AND object = 'session/1/note/2'", []).await;
    assert_eq!(read.unwrap(), 7);
    meddle(&house, "DELETE FROM audit_head").await;
    assert!(house.shows(7, "note.read", "session/1/note/2".into()).await.is_err(), "no line, no page");
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_are_one_line_after_another() {
    let house = house("audit-many").await;
    let all: Vec<_> = (1..=24)
        .map(|actor| {
            let house = house.clone();
            tokio::spawn(async move { act(&house, actor, "homework.done").await })
        })
        .collect();
    for one in all {
        one.await.unwrap();
    }
    assert_eq!(verdict(&house).await, Verdict::Whole { lines: 24 });
    assert_eq!(house.db.number("SELECT COUNT(DISTINCT actor) AS n FROM audit", []).await.unwrap(), 24);
}
