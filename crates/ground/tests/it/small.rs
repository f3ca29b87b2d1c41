//! The small things: moments, clocks, roles, crisis lines, migrations, transactions.

use std::time::Duration;

use ground::{Ask, Clock, Db, Language, Moment, Role, crisis::Crisis, facts, migrate, values, when};
use testkit::{TestDatabase, data_dir};

use crate::home::{NOW, house, meddle, person};

#[test]
fn moments_go_on_and_back_and_never_run_over() {
    let second = Duration::from_secs(1);
    assert_eq!(NOW.plus(second).since(NOW), second);
    assert_eq!(NOW.since(NOW.plus(second)), Duration::ZERO, "never less than nothing");
    assert_eq!(NOW.plus(second).minus(second), NOW);
    assert_eq!(Moment(i64::MAX).plus(second), Moment(i64::MAX));
    assert_eq!(Moment(i64::MIN).minus(Duration::MAX), Moment(i64::MIN));
    assert_eq!((Moment(-1).millis(), Moment(1_999).millis(), Moment::from_millis(7)), (-1, 1, Moment(7_000)));
    assert_eq!(Moment::from_millis(i64::MAX), Moment(i64::MAX));
}

#[test]
fn a_moment_is_shown_as_the_clock_on_the_wall_has_it() {
    let moment = Moment::from("2026-11-01T05:30:00Z".parse::<jiff::Timestamp>().unwrap());
    for (zone, shown) in [
        ("America/New_York", "2026-11-01 01:30"),
        ("Asia/Kolkata", "2026-11-01 11:00"),
        ("Pacific/Auckland", "2026-11-01 18:30"),
        ("Moon/Base", "2026-11-01 05:30"),
        ("", "2026-11-01 05:30"),
    ] {
        assert_eq!(moment.in_zone(zone).strftime("%Y-%m-%d %H:%M").to_string(), shown, "{zone}");
    }
    assert_eq!(Moment(i64::MAX).timestamp(), jiff::Timestamp::UNIX_EPOCH, "what cannot be a time is the beginning of it");
}

#[test]
fn minutes_and_dates_are_read_as_people_write_them() {
    let both = |minute: i32| Language::ALL.map(|language| when::minute(language, minute));
    for (minute, wanted) in [
        (0, ["12:00 am", "0:00"]),
        (5, ["12:05 am", "0:05"]),
        (11 * 60 + 59, ["11:59 am", "11:59"]),
        (12 * 60, ["12:00 pm", "12:00"]),
        (13 * 60 + 7, ["1:07 pm", "13:07"]),
        (23 * 60 + 59, ["11:59 pm", "23:59"]),
    ] {
        assert_eq!(both(minute), wanted);
    }
    let date = jiff::civil::date(2026, 3, 17);
    let at = Moment::from("2026-03-17T22:30:00Z".parse::<jiff::Timestamp>().unwrap());
    for language in Language::ALL {
        assert_eq!(when::on(language, date), when::day(language, at, "UTC"), "a date and its day are called the same");
        assert!(when::on(language, date).contains("17"));
    }
    assert_ne!(when::day(Language::English, at, "Asia/Kolkata"), when::on(Language::English, date), "there it is tomorrow");
}

#[test]
fn a_set_clock_stands_still_and_moves_for_everybody_who_shares_it() {
    let clock = Clock::set_to(NOW);
    let shared = clock.clone();
    assert_eq!((clock.now(), clock.now()), (NOW, NOW));
    clock.advance(Duration::from_secs(5));
    assert_eq!(shared.now(), NOW.plus(Duration::from_secs(5)));
}

#[test]
fn roles_are_read_by_their_word_and_told_apart() {
    for role in Role::ALL {
        assert_eq!(Role::parse(role.word()), Some(role));
        let (idle, absolute) = role.limits_minutes();
        assert!(idle < absolute && (!role.is_office() || role.is_staff()), "{role:?}");
    }
    for word in ["", "Member", "admin", "member "] {
        assert_eq!(Role::parse(word), None, "{word:?}");
    }
}

#[test]
fn a_greeting_uses_the_first_name_and_no_title() {
    for (name, first) in
        [("Dr. Amara Osei", "Amara"), ("Maya", "Maya"), ("Dr. Prof. Ito", "Ito"), ("Dr.", "Dr."), ("", ""), ("  Lucía  R. ", "Lucía")]
    {
        let me = ground::Me {
            id: 1,
            name: name.into(),
            role: Role::Member,
            language: ground::Language::English,
            zone: String::new(),
            sign_in: 1,
        };
        assert_eq!(me.first_name(), first, "{name:?}");
    }
}

#[test]
fn crisis_lines_can_be_dialled_and_say_where_they_come_from() {
    let crisis = Crisis::shipped().unwrap();
    assert!(crisis.as_of.parse::<jiff::civil::Date>().is_ok());
    for country in &crisis.country {
        assert!(!country.source.is_empty() && !country.line.is_empty(), "{}", country.code);
        for line in &country.line {
            assert!(line.dial.chars().all(|c| c.is_ascii_digit() || c == '+') && !line.dial.is_empty(), "{}", line.dial);
            assert!(ground::Language::ALL.iter().all(|language| language.knows(&line.name)), "{}", line.name);
        }
    }
    assert!(
        crisis.of("US", ground::Language::Spanish).iter().any(|line| line.dial == "988")
            && crisis.of("Atlantis", ground::Language::English).is_empty()
    );
}

#[tokio::test]
async fn migrating_twice_does_nothing_the_second_time() {
    let clock = Clock::set_to(NOW);
    let db = Db::connect(&TestDatabase::fresh(&data_dir("migrate")).await.url, clock.clone()).await.unwrap();
    assert!(migrate::is_current(&db).await.is_err(), "an empty database has no book of migrations");
    assert!(!migrate::migrate(&db, &clock).await.unwrap().is_empty());
    assert!(migrate::migrate(&db, &clock).await.unwrap().is_empty());
    assert!(migrate::is_current(&db).await.unwrap());
    db.takes_writes().await.unwrap();
}

/// What two at once must not pass stands in the database itself.
#[tokio::test]
async fn the_database_refuses_what_must_never_be() {
    let house = house("checks").await;
    let maya = person(&house, "Maya", Role::Member, "en").await;
    for (what, sql) in [
        ("an address twice in other letters", format!("UPDATE person SET email = 'A@B.org' WHERE id = {maya}")),
        ("a role that nobody knows", format!("UPDATE person SET role = 'king' WHERE id = {maya}")),
        ("a language that nobody speaks here", format!("UPDATE person SET language = 'xx' WHERE id = {maya}")),
        ("a second practice", "INSERT INTO practice VALUES (2, '', '', '', '')".into()),
        ("a seat in no group", format!("INSERT INTO membership VALUES (1, 9, {maya}, 'member', 'x', 1, 0, NULL)")),
        ("a sign-in of nobody", "INSERT INTO sign_in VALUES (1, CAST('a' AS BLOB), 9, '', 0, 0, 0, NULL)".into()),
        ("more taken than there are places", "INSERT INTO groups VALUES (1, 'g', 't', 'k', 1, 0, 'UTC', 90, 8, 9, 'en', '', 0)".into()),
        ("a session of five minutes", "INSERT INTO groups VALUES (1, 'g', 't', 'k', 1, 0, 'UTC', 5, 8, 0, 'en', '', 0)".into()),
    ] {
        let tx = house.db.write().await.unwrap();
        assert!(tx.run(&sql, []).await.is_err(), "{what}");
    }
    assert_eq!(house.db.number("SELECT COUNT(*) AS n FROM person", []).await.unwrap(), 1);
}

/// A task that goes to an account that was closed is a task that nobody sees.
#[tokio::test]
async fn the_office_is_asked_in_order_and_without_those_who_have_gone() {
    let house = house("office").await;
    let anders = person(&house, "Anders", Role::Administrator, "en").await;
    let carol = person(&house, "Carol", Role::Coordinator, "en").await;
    person(&house, "Amara", Role::Clinician, "en").await;
    let office = facts::office(&house.db).await.unwrap();
    assert_eq!(office.iter().map(|reach| reach.id).collect::<Vec<_>>(), [carol, anders]);
    meddle(&house, "UPDATE person SET disabled_at = 1 WHERE role = 'coordinator'").await;
    assert_eq!(facts::office(&house.db).await.unwrap().len(), 1);
    assert!(facts::reach(&house.db, carol).await.unwrap().is_none());
    assert_eq!(
        (facts::name_of(&house.db, anders).await.unwrap(), facts::name_of(&house.db, 1).await.unwrap()),
        ("Anders".into(), String::new())
    );
}

/// Statement 36.
#[tokio::test]
async fn a_value_is_bound_and_never_part_of_the_question() {
    let house = house("bound").await;
    let id = person(&house, "Maya", Role::Member, "en").await;
    let tx = house.db.write().await.unwrap();
    let name = "'; DROP TABLE person; --";
    tx.run("UPDATE person SET name = $1 WHERE id = $2", values![name, id]).await.unwrap();
    tx.commit_unaudited().await.unwrap();
    assert_eq!(facts::name_of(&house.db, id).await.unwrap(), name);
    assert_eq!(house.db.number("SELECT COUNT(*) AS n FROM person WHERE name = $1", values!["x' OR '1'='1"]).await.unwrap(), 0);
}

/// PostgreSQL knows no NUL in a text: without care a form made by hand is a fault there and a success on SQLite.
#[tokio::test]
async fn a_nul_finds_nothing_and_breaks_nothing_on_either_database() {
    let house = house("nul").await;
    let id = person(&house, "Maya", Role::Member, "en").await;
    for text in ["\u{0}", "Maya\u{0}", "\u{0}Maya"] {
        assert_eq!(house.db.number("SELECT COUNT(*) AS n FROM person WHERE name = $1", values![text]).await.unwrap(), 0);
        let tx = house.db.write().await.unwrap();
        assert_eq!(tx.run("UPDATE person SET name = $1 WHERE id = $2", values![text, id]).await.unwrap(), 1);
        tx.commit_unaudited().await.unwrap();
        assert_eq!(facts::name_of(&house.db, id).await.unwrap(), text.replace('\0', "\u{fffd}"));
    }
}

/// What a practice wrote in one language is shown in the other, and nothing is shown where nothing was written.
#[test]
fn one_language_of_the_practice_is_better_than_none() {
    use ground::{Language, Practice};
    let practice = |en: &str, es: &str| Practice {
        welcome_en: en.into(),
        welcome_es: es.into(),
        hours_en: es.into(),
        hours_es: en.into(),
        ..Practice::default()
    };
    for (en, es, english, spanish) in
        [("hello", "hola", "hello", "hola"), ("hello", "", "hello", "hello"), ("", "hola", "hola", "hola"), ("", "", "", "")]
    {
        let practice = practice(en, es);
        assert_eq!(practice.welcome(Language::English), english);
        assert_eq!(practice.welcome(Language::Spanish), spanish);
        assert_eq!(practice.hours(Language::English), spanish, "each text by itself");
        assert_eq!(practice.hours(Language::Spanish), english);
    }
}
