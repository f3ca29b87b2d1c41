use ground::{Ask, Db, Fault, Moment, Owner, Spot, Tx, sea_orm::FromQueryResult, seal, values};

pub async fn keep_practice(db: &Db) -> Result<(), Fault> {
    let tx = db.write().await?;
    let sql = "INSERT INTO practice (id, name, phone, zone, country, class_decided_by, class_decided_on, class_direct)
        VALUES (1, 'Hearth', '+1 555 010 0199', 'America/New_York', 'US', 'Dr. Amara Osei', '2026-09-01', 1) ON CONFLICT DO NOTHING";
    tx.run(sql, []).await?;
    tx.commit_unaudited().await
}

pub async fn is_furnished(db: &Db) -> Result<bool, Fault> {
    Ok(db.number("SELECT COUNT(*) AS n FROM groups", []).await? > 0)
}

pub struct Person<'a> {
    pub id: i64,
    pub email: String,
    pub name: &'a str,
    pub role: &'a str,
    pub language: &'a str,
    pub password_hash: &'a str,
    pub created_at: Moment,
}

pub async fn keep_person(tx: &Tx, p: Person<'_>) -> Result<(), Fault> {
    let sql = "INSERT INTO person (id, email, name, role, password_hash, language, zone, created_at) VALUES ($1, $2, $3, $4, $5, $6, 'America/New_York', $7)";
    tx.run(sql, values![p.id, p.email, p.name, p.role, p.password_hash, p.language, p.created_at]).await?;
    Ok(())
}

pub async fn keep_authority(tx: &Tx, person: i64, kind: &str, jurisdiction: &str) -> Result<(), Fault> {
    let sql = "INSERT INTO authority (id, person_id, profession, jurisdiction, kind, number, valid_from, valid_to, verified_on, source)
        VALUES ($1, $2, 'psychologist', $3, $4, 'DEMO-0001', '2024-01-01', '2099-12-31', '2026-11-01', 'made up for the demo')";
    tx.run(sql, values![seal::random_id(), person, jurisdiction, kind]).await?;
    Ok(())
}

pub async fn keep_group(tx: &Tx, id: i64, group: &super::people::MadeGroup, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO groups (id, name, topic, kind, weekday, minute_of_day, zone, minutes, capacity, taken, language, programme, created_at, started_at)
        VALUES ($1, $2, $3, $4, $5, $6, 'America/New_York', $7, $8, $9, $10, $11, $12, $12)";
    let values = values![
        id,
        group.name,
        group.topic,
        group.kind,
        group.weekday,
        group.minute,
        group.minutes,
        group.capacity,
        group.taken as i64,
        group.language,
        group.programme,
        now
    ];
    tx.run(sql, values).await?;
    Ok(())
}

pub async fn keep_listing(tx: &Tx, group: i64, listing: &(&str, &str, &str, i64), now: Moment) -> Result<(), Fault> {
    let (about_en, about_es, price, pets) = *listing;
    let sql = "INSERT INTO listing (group_id, shown, about_en, about_es, price, place, pets, changed_at) VALUES ($1, 1, $2, $3, $4, 'online', $5, $6)";
    tx.run(sql, values![group, about_en, about_es, price, pets, now]).await?;
    Ok(())
}

pub struct Membership<'a> {
    pub group: i64,
    pub person: i64,
    pub part: &'a str,
    pub display_name: &'a str,
    pub seat: usize,
}

pub async fn keep_membership(tx: &Tx, m: Membership<'_>, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO membership (id, group_id, person_id, part, display_name, seat, joined_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    tx.run(sql, values![seal::random_id(), m.group, m.person, m.part, m.display_name, m.seat as i64, now]).await?;
    Ok(())
}

pub struct Session<'a> {
    pub id: i64,
    pub group: i64,
    pub number: i64,
    pub starts_at: Moment,
    pub minutes: i64,
    pub state: &'a str,
    pub agenda: String,
}

pub async fn keep_session(tx: &Tx, s: Session<'_>) -> Result<(), Fault> {
    let ended = (s.state == "ended").then(|| s.starts_at.0 + s.minutes * 60_000_000);
    let begun = (s.state == "ended").then_some(s.starts_at.0);
    let sql = "INSERT INTO session (id, group_id, number, starts_at, minutes, state, agenda, begun_at, ended_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    tx.run(sql, values![s.id, s.group, s.number, s.starts_at, s.minutes, s.state, s.agenda, begun, ended]).await?;
    Ok(())
}

pub struct Attended {
    pub session: i64,
    pub person: i64,
    pub seat: i64,
    pub late_seconds: i64,
    pub seconds: i64,
    pub talk_seconds: i64,
}

pub async fn keep_attendance(tx: &Tx, a: &Attended) -> Result<(), Fault> {
    let sql = "INSERT INTO attendance (session_id, person_id, seat, seconds, late_seconds, left_early_seconds, talk_seconds) VALUES ($1, $2, $3, $4, $5, 0, $6)";
    tx.run(sql, values![a.session, a.person, a.seat, a.seconds, a.late_seconds, a.talk_seconds]).await?;
    Ok(())
}

/// A sealed text on its way into the row it was sealed for.
pub struct Sealed {
    pub table: Table,
    pub session: i64,
    pub key: i64,
    pub person: i64,
    pub bytes: Vec<u8>,
    pub at: Moment,
}

pub enum Table {
    Answer,
    Takeaway,
    Homework { due_at: Moment, done_at: Option<Moment>, given_by: i64 },
}

impl Table {
    /// The place that the text is sealed for.
    pub fn spot<'a>(&self, row: &'a str) -> Spot<'a> {
        match self {
            Table::Answer => Spot { table: "session_answer", column: "answer", row },
            Table::Takeaway => Spot { table: "takeaway", column: "text", row },
            Table::Homework { .. } => Spot { table: "homework", column: "text", row },
        }
    }
}

pub fn owner(person: i64) -> Owner {
    Owner::Person(person)
}

pub async fn keep_sealed(tx: &Tx, s: &Sealed) -> Result<(), Fault> {
    match &s.table {
        Table::Answer => {
            let sql = "INSERT INTO session_answer (session_id, person_id, answer_sealed) VALUES ($1, $2, $3)";
            tx.run(sql, values![s.session, s.person, s.bytes.clone()]).await?;
        }
        Table::Takeaway => {
            let sql = "INSERT INTO takeaway (session_id, position, person_id, text_sealed) VALUES ($1, $2, $3, $4)";
            tx.run(sql, values![s.session, s.key, s.person, s.bytes.clone()]).await?;
        }
        Table::Homework { due_at, done_at, given_by } => {
            let sql = "INSERT INTO homework (id, person_id, session_id, given_by, text_sealed, given_at, due_at, done_at, group_id)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, (SELECT group_id FROM session WHERE id = $3))";
            tx.run(sql, values![s.key, s.person, s.session, *given_by, s.bytes.clone(), s.at, *due_at, done_at.map(|at| at.0)]).await?;
        }
    }
    Ok(())
}

/// The group that meets tonight, and its first leader.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Tonight {
    pub group_id: i64,
    pub leader: i64,
}

pub async fn tonight(db: &Db) -> Result<Option<Tonight>, Fault> {
    let sql =
        "SELECT g.id AS group_id, m.person_id AS leader FROM groups g JOIN membership m ON m.group_id = g.id AND m.part = 'facilitator'
        WHERE g.name = $1 ORDER BY m.seat LIMIT 1";
    db.row(sql, values![super::people::GROUPS[0].name]).await
}

/// A session of this group that can be gone to now.
pub async fn open_session(db: &Db, group: i64, now: Moment) -> Result<Option<i64>, Fault> {
    let sql = "SELECT id AS n FROM session WHERE group_id = $1 AND state <> 'ended' AND cancelled_at IS NULL AND starts_at BETWEEN $2 AND $3 ORDER BY starts_at LIMIT 1";
    let (from, to) = (now.minus(std::time::Duration::from_secs(3 * 3_600)), now.plus(std::time::Duration::from_secs(1_800)));
    let id = db.number(sql, values![group, from, to]).await?;
    Ok((id != 0).then_some(id))
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Actor {
    pub person_id: i64,
}

pub async fn members(db: &Db, group: i64) -> Result<Vec<Actor>, Fault> {
    let sql = "SELECT person_id FROM membership WHERE group_id = $1 AND part = 'member' AND left_at IS NULL ORDER BY seat";
    db.rows(sql, values![group]).await
}

/// The highest number of all sessions, and of those that are not still to come.
pub async fn last_numbers(db: &Db, group: i64, now: Moment) -> Result<(i64, i64), Fault> {
    let highest = db.number("SELECT COALESCE(MAX(number), 0) AS n FROM session WHERE group_id = $1", values![group]).await?;
    let sql = "SELECT COALESCE(MAX(number), 0) AS n FROM session WHERE group_id = $1 AND (state <> 'planned' OR starts_at < $2)";
    Ok((highest, db.number(sql, values![group, now]).await?))
}

pub async fn is_lively(db: &Db) -> Result<bool, Fault> {
    Ok(db
        .number("SELECT COUNT(*) AS n FROM (SELECT id FROM application UNION ALL SELECT person_id FROM public_profile) AS made", [])
        .await?
        > 0)
}

/// What somebody of the staff shows of themselves: English, Spanish, languages.
pub async fn keep_profile(tx: &Tx, name: &str, said: [&&str; 3], now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO public_profile (person_id, shown, about_en, about_es, languages, changed_at)
        SELECT id, 1, $2, $3, $4, $5 FROM person WHERE name = $1 ON CONFLICT DO NOTHING";
    tx.run(sql, values![name, *said[0], *said[1], *said[2], now]).await?;
    Ok(())
}

pub async fn keep_call(tx: &Tx, clinician: &str, starts_at: Moment, application: Option<i64>) -> Result<(), Fault> {
    let sql = "INSERT INTO call_slot (id, clinician_id, starts_at, minutes, application_id)
        SELECT $1, id, $3, 20, $4 FROM person WHERE name = $2 ON CONFLICT DO NOTHING";
    tx.run(sql, values![seal::random_id(), clinician, starts_at, application]).await?;
    Ok(())
}

pub struct Applied<'a> {
    pub id: i64,
    pub person: i64,
    pub group: &'a str,
    pub step: &'a str,
    pub place: &'a str,
    pub asked_at: Moment,
    pub hold_ends_at: Option<Moment>,
}

/// A place that is kept is counted, as everywhere.
pub async fn keep_application(tx: &Tx, a: Applied<'_>) -> Result<(), Fault> {
    let sql = "INSERT INTO application (id, person_id, group_id, step, place, residence, asked_at, in_line_at, step_at, hold_ends_at)
        SELECT $1, $2, id, $4, $5, 'NY', $6, $6, $6, $7 FROM groups WHERE name = $3";
    let made = tx.run(sql, values![a.id, a.person, a.group, a.step, a.place, a.asked_at, a.hold_ends_at.map(|at| at.0)]).await?;
    if made == 1 && a.place == "held" {
        tx.run("UPDATE groups SET taken = taken + 1 WHERE name = $1 AND taken < capacity", values![a.group]).await?;
    }
    Ok(())
}

pub async fn keep_screening(tx: &Tx, id: i64, person: i64, sealed: Vec<u8>, at: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO screening (id, person_id, answers_sealed, sent_at) VALUES ($1, $2, $3, $4)";
    tx.run(sql, values![id, person, sealed, at]).await?;
    Ok(())
}

/// A deck of the library whose file already lies in its folder.
pub struct Deck {
    pub id: i64,
    pub title: &'static str,
    pub notes: &'static str,
    pub bytes: i64,
    pub pages: i64,
}

pub async fn keep_deck(tx: &Tx, deck: &Deck, by: i64, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO material (id, kind, title, media_type, bytes, pages, notes, captions, captions_language, added_by, added_at)
        VALUES ($1, 'slides', $2, 'application/pdf', $3, $4, $5, '', '', $6, $7)";
    tx.run(sql, values![deck.id, deck.title, deck.bytes, deck.pages, deck.notes, by, now]).await?;
    Ok(())
}
