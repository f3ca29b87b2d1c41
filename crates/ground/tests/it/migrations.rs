//! A database that people live in moves on: what was there before is there afterwards, and the new rules hold for it.

use ground::{Ask, Clock, Db, migrate, values};
use testkit::{TestDatabase, data_dir};

/// A practice as it was before enrolment: one person who is in a group and one who left, a risk task, signed ground rules.
const INHABITANTS: &str = "
    INSERT INTO practice (id, name, phone, zone, country) VALUES (1, 'Old', '555', 'America/New_York', 'US');
    INSERT INTO person (id, email, name, role, zone, created_at) VALUES (1, 'lead@example.org', 'Lead', 'clinician', 'UTC', 1);
    INSERT INTO person (id, email, name, role, zone, created_at) VALUES (2, 'here@example.org', 'Here', 'member', 'UTC', 2);
    INSERT INTO person (id, email, name, role, zone, created_at) VALUES (3, 'gone@example.org', 'Gone', 'member', 'UTC', 3);
    INSERT INTO groups (id, name, topic, kind, weekday, minute_of_day, zone, minutes, capacity, taken, programme, created_at)
        VALUES (9, 'Lanterns', 'grief', 'process', 3, 1110, 'UTC', 90, 8, 1, 'steady-weeks', 7);
    INSERT INTO membership (id, group_id, person_id, part, display_name, seat, joined_at) VALUES (11, 9, 1, 'facilitator', 'Lead', 0, 7);
    INSERT INTO membership (id, group_id, person_id, part, display_name, seat, joined_at) VALUES (12, 9, 2, 'member', 'Here', 1, 8);
    INSERT INTO membership (id, group_id, person_id, part, display_name, seat, joined_at, left_at) VALUES (13, 9, 3, 'member', 'Gone', 2, 8, 9);
    INSERT INTO session (id, group_id, number, starts_at, minutes, agenda) VALUES (21, 9, 1, 100, 90, '{}');
    INSERT INTO risk_task (id, person_id, source, occasion, owner_id, opened_at, due_at) VALUES (31, 2, 'asked_for_help', '31', 1, 5, 6);
    INSERT INTO job (id, kind, occasion, payload, due_at) VALUES (41, 'mail', 'reset/1', 'sealed', 5);
";

async fn lived_in(name: &str) -> Db {
    let dir = data_dir(name);
    let db = Db::connect(&TestDatabase::fresh(&dir).await.url, Clock::System).await.unwrap();
    let applied = migrate::migrate_up_to(&db, &Clock::System, "0002_listing").await.unwrap();
    assert_eq!(applied, ["0001_house", "0002_listing"]);
    db.script(INHABITANTS).await.unwrap();
    let tx = db.write().await.unwrap();
    let sql = "INSERT INTO ground_rules_signature (person_id, version_hash, signed_name_sealed, signed_at) VALUES (2, 'abc', $1, 4)";
    tx.run(sql, values![vec![1u8, 2]]).await.unwrap();
    let sql = "INSERT INTO homework (id, person_id, session_id, given_by, text_sealed, given_at, due_at) VALUES (51, 2, 21, 1, $1, 5, 6)";
    tx.run(sql, values![vec![3u8]]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    db
}

#[tokio::test]
async fn whoever_lived_there_lives_there_still() {
    let db = lived_in("migrate-lived-in").await;
    assert!(!migrate::is_current(&db).await.unwrap());
    let applied = migrate::migrate(&db, &Clock::System).await.unwrap();
    assert!(applied.first() == Some(&"0003_enrolment") && migrate::is_current(&db).await.unwrap());
    assert!(migrate::migrate(&db, &Clock::System).await.unwrap().is_empty(), "a second time there is nothing to do");
    for (expected, sql) in [
        (3, "SELECT COUNT(*) AS n FROM membership"),
        (1, "SELECT COUNT(*) AS n FROM membership WHERE left_at IS NOT NULL"),
        (1, "SELECT COUNT(*) AS n FROM risk_task WHERE person_id = 2 AND owner_id = 1"),
        (4, "SELECT signed_at AS n FROM document_signature WHERE person_id = 2 AND kind = 'ground-rules'"),
        (7, "SELECT started_at AS n FROM groups WHERE id = 9"),
        (1, "SELECT COUNT(*) AS n FROM session WHERE cancelled_at IS NULL AND changes = 0"),
        (1, "SELECT COUNT(*) AS n FROM job WHERE claimed_at IS NULL"),
        (1, "SELECT COUNT(*) AS n FROM practice WHERE class_decided_by = ''"),
        (0, "SELECT COUNT(*) AS n FROM measure"),
        (0, "SELECT COUNT(*) AS n FROM outcome_figure"),
        (0, "SELECT COUNT(*) AS n FROM outcome_shown"),
        (9, "SELECT group_id AS n FROM homework WHERE id = 51 AND kind = 'free'"),
        (0, "SELECT COUNT(*) AS n FROM homework_entry"),
    ] {
        assert_eq!(db.number(sql, []).await.unwrap(), expected, "{sql}");
    }
}

/// A seat is one person's while they are there; who left may come back, and their chair may be given on.
#[tokio::test]
async fn the_new_rules_hold_for_those_who_were_there_before() {
    let db = lived_in("migrate-rules").await;
    migrate::migrate(&db, &Clock::System).await.unwrap();
    let sit = async |id: i64, person: i64, seat: i64| {
        let tx = db.write().await.unwrap();
        let sql = "INSERT INTO membership (id, group_id, person_id, part, display_name, seat, joined_at)
            VALUES ($1, 9, $2, 'member', 'x', $3, 10) ON CONFLICT DO NOTHING";
        let sat = tx.run(sql, values![id, person, seat]).await.unwrap();
        tx.commit_unaudited().await.unwrap();
        sat
    };
    assert_eq!(sit(51, 2, 5).await, 0, "nobody sits twice");
    assert_eq!(sit(52, 3, 1).await, 0, "nobody sits on somebody");
    assert_eq!(sit(53, 3, 2).await, 1, "who left comes back");
}

/// A task may come from a measure now; one person is asked the same on one occasion once.
#[tokio::test]
async fn a_measure_is_asked_once_and_may_open_a_task() {
    let db = lived_in("migrate-measures").await;
    migrate::migrate(&db, &Clock::System).await.unwrap();
    let tx = db.write().await.unwrap();
    let task =
        "INSERT INTO risk_task (id, person_id, source, occasion, owner_id, opened_at, due_at) VALUES (32, 2, 'measure', '32', 1, 5, 6)";
    assert_eq!(tx.run(task, []).await.unwrap(), 1);
    let ask = async |id: i64, person: i64, occasion: &str| {
        let sql = "INSERT INTO measure (id, person_id, group_id, slug, version, occasion, asked_at, asked_by, due_at)
            VALUES ($1, $2, 9, 'phq-9', '1', $3, 5, 0, 6) ON CONFLICT DO NOTHING";
        tx.run(sql, values![id, person, occasion]).await.unwrap()
    };
    assert_eq!((ask(1, 2, "first/12").await, ask(2, 2, "first/12").await), (1, 0));
    assert_eq!((ask(3, 3, "first/12").await, ask(4, 2, "week-4/12").await), (1, 1));
    tx.commit_unaudited().await.unwrap();
    let tx = db.write().await.unwrap();
    for weeks in [-1, 27] {
        let sql = "INSERT INTO measure_schedule (group_id, slug, before_first, every_weeks, at_end, tell_change, changed_at) VALUES (9, 'k6', 0, $1, 0, 0, 5)";
        assert!(db.is_sqlite() && tx.run(sql, values![weeks]).await.is_err() || !db.is_sqlite(), "{weeks} weeks");
    }
}

/// Nothing about fewer than ten people can be stored, whatever the program thinks.
#[tokio::test]
async fn a_figure_of_a_few_cannot_be_kept() {
    let db = lived_in("migrate-outcomes").await;
    migrate::migrate(&db, &Clock::System).await.unwrap();
    let keep = async |about: &str, hidden: &str, counts: [i64; 5]| {
        let tx = db.write().await.unwrap();
        let sql = "INSERT INTO outcome_figure (slug, part, about, hidden, starters, completers, improved, unmeasured, below)
            VALUES ('phq-9', 'group', $1, $2, $3, $4, $5, $6, $7)";
        let [starters, completers, improved, unmeasured, below] = counts;
        let kept = tx.run(sql, values![about, hidden, starters, completers, improved, unmeasured, below]).await.is_ok();
        if kept {
            tx.commit_unaudited().await.unwrap();
        }
        kept
    };
    assert!(keep("1", "", [10, 9, 9, 0, 3]).await && keep("2", "few", [0; 5]).await && keep("3", "neighbour", [0; 5]).await);
    for (hidden, counts) in [
        ("", [9, 9, 9, 0, 0]),
        ("few", [3, 0, 0, 0, 0]),
        ("few", [0, 0, 0, 1, 0]),
        ("neighbour", [12, 10, 4, 0, 0]),
        ("shy", [0; 5]),
        ("", [12, 13, 4, 0, 0]),
        ("", [12, 10, 11, 0, 0]),
    ] {
        assert!(!keep("4", hidden, counts).await, "{hidden} {counts:?}");
    }
    assert!(!keep("1", "", [11, 9, 9, 0, 3]).await, "one figure for one group");
}

/// The same form gives once, a sheet arrives once, a task may come from a diary card.
#[tokio::test]
async fn homework_is_given_and_arrives_once() {
    let db = lived_in("migrate-homework").await;
    migrate::migrate(&db, &Clock::System).await.unwrap();
    let tx = db.write().await.unwrap();
    let give = async |id: i64, person: i64, once: Option<String>| {
        let sql = "INSERT INTO homework (id, person_id, group_id, given_by, kind, text_sealed, given_at, due_at, once)
            VALUES ($1, $2, 9, 1, 'ladder', $3, 5, 6, $4) ON CONFLICT DO NOTHING";
        tx.run(sql, values![id, person, vec![1u8], once]).await.unwrap()
    };
    let form = || Some("form-1".to_owned());
    assert_eq!((give(61, 2, form()).await, give(62, 2, form()).await, give(63, 3, form()).await), (1, 0, 1), "once for each person");
    assert_eq!((give(64, 2, None).await, give(65, 2, None).await), (1, 1), "what was given in the room has no form");
    let arrive = async |homework: i64, once: &str| {
        let sql = "INSERT INTO homework_arrival (homework_id, once, arrived_at) VALUES ($1, $2, 5) ON CONFLICT DO NOTHING";
        tx.run(sql, values![homework, once]).await.unwrap()
    };
    assert_eq!((arrive(61, "a").await, arrive(61, "a").await, arrive(61, "b").await, arrive(63, "a").await), (1, 0, 1, 1));
    let task =
        "INSERT INTO risk_task (id, person_id, source, occasion, owner_id, opened_at, due_at) VALUES (71, 2, 'diary_card', '71', 1, 5, 6)";
    assert_eq!(tx.run(task, []).await.unwrap(), 1);
    tx.commit_unaudited().await.unwrap();
    assert_eq!(db.number("SELECT COUNT(*) AS n FROM risk_task", []).await.unwrap(), 2, "the old task is still there");
    let tx = db.write().await.unwrap();
    let late = tx.run("UPDATE homework SET remind_minute = 1440 WHERE id = 61", []).await;
    assert!(late.is_err(), "no day has such a minute");
}
