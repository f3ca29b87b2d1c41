use care::goals::{
    Entry, Goal, Seen, State,
    progress::Entries,
    workshop::{self, Answers, Question, Step},
};
use ground::{Ask, Db, Fault, House, Moment, Owner, Spot, Tx, random_id, sea_orm::FromQueryResult, values};
use jiff::civil::Date;

pub fn spot<'a>(table: &'static str, column: &'static str, row: &'a str) -> Spot<'a> {
    Spot { table, column, row }
}

/// A goal with what stands beside its sealed text.
#[derive(Debug, Clone)]
pub struct Kept {
    pub id: i64,
    pub person: i64,
    pub state: State,
    pub goal: Goal,
    pub seen: Seen,
    /// Minutes of the day in its person's zone.
    pub remind: Option<i16>,
    pub begun_at: Option<Moment>,
    pub ended_at: Option<Moment>,
    version: i64,
}

impl Kept {
    pub fn is_going(&self) -> bool {
        self.state == State::Going
    }

    pub fn is_draft(&self) -> bool {
        self.state == State::Draft
    }

    pub fn has_ended(&self) -> bool {
        matches!(self.state, State::Reached | State::PutDown)
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    person_id: i64,
    state: String,
    goal_sealed: Vec<u8>,
    version: i64,
    remind_minute: Option<i64>,
    therapist: i64,
    group_id: Option<i64>,
    begun_at: Option<Moment>,
    ended_at: Option<Moment>,
}

const FIELDS: &str =
    "g.id, g.person_id, g.state, g.goal_sealed, g.version, g.remind_minute, g.therapist, g.group_id, g.begun_at, g.ended_at";

async fn opened(house: &House, row: Row) -> Result<Kept, Fault> {
    let place = row.id.to_string();
    let text = house.keys.open(Owner::Person(row.person_id), spot("goal", "goal", &place), &row.goal_sealed).await?;
    Ok(Kept {
        id: row.id,
        person: row.person_id,
        state: State::parse(&row.state).ok_or(Fault::Other("a goal stands in no known way"))?,
        goal: serde_json::from_str(&text)?,
        seen: Seen { therapist: row.therapist == 1, group: row.group_id },
        remind: row.remind_minute.and_then(|minute| i16::try_from(minute).ok()),
        begun_at: row.begun_at,
        ended_at: row.ended_at,
        version: row.version,
    })
}

async fn all_opened(house: &House, rows: Vec<Row>) -> Result<Vec<Kept>, Fault> {
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        all.push(opened(house, row).await?);
    }
    Ok(all)
}

/// One's own, the newest first.
pub async fn of(house: &House, person: i64) -> Result<Vec<Kept>, Fault> {
    let sql = format!("SELECT {FIELDS} FROM goal g WHERE g.person_id = $1 ORDER BY g.made_at DESC LIMIT 100");
    all_opened(house, house.db.rows(&sql, values![person]).await?).await
}

pub async fn goal(house: &House, person: i64, goal: i64) -> Result<Option<Kept>, Fault> {
    let row: Option<Row> =
        house.db.row(&format!("SELECT {FIELDS} FROM goal g WHERE g.id = $1 AND g.person_id = $2"), values![goal, person]).await?;
    Ok(match row {
        Some(row) => Some(opened(house, row).await?),
        None => None,
    })
}

/// Goals whose person lets this group's leaders see them: all that are shown to the therapist or to this very group, drafts never.
pub async fn for_leaders(house: &House, group: i64) -> Result<Vec<Kept>, Fault> {
    let sql = format!(
        "SELECT {FIELDS} FROM goal g JOIN membership m ON m.person_id = g.person_id AND m.group_id = $1 AND m.left_at IS NULL AND m.part = 'member'
        WHERE g.state <> 'draft' AND (g.therapist = 1 OR g.group_id = $1) ORDER BY m.seat, g.made_at"
    );
    all_opened(house, house.db.rows(&sql, values![group]).await?).await
}

/// Goals that somebody may see as a member of the group that they are shown to, or as a partner; never one's own.
pub async fn shared_with(house: &House, person: i64) -> Result<Vec<Kept>, Fault> {
    let sql = format!(
        "SELECT {FIELDS} FROM goal g WHERE g.person_id <> $1 AND g.state IN ('going', 'reached') AND (
            EXISTS (SELECT 1 FROM membership mine JOIN membership theirs ON theirs.group_id = mine.group_id
                WHERE mine.person_id = $1 AND mine.left_at IS NULL AND mine.part IN ('member', 'facilitator') AND mine.group_id = g.group_id
                AND theirs.person_id = g.person_id AND theirs.left_at IS NULL)
            OR EXISTS (SELECT 1 FROM goal_partner p WHERE p.goal_id = g.id AND p.partner_id = $1 AND p.accepted_at IS NOT NULL AND p.ended_at IS NULL))
        ORDER BY g.made_at DESC LIMIT 100"
    );
    all_opened(house, house.db.rows(&sql, values![person]).await?).await
}

pub async fn sealed(house: &House, kept: &Kept) -> Result<Vec<u8>, Fault> {
    let place = kept.id.to_string();
    house.keys.seal(Owner::Person(kept.person), spot("goal", "goal", &place), &serde_json::to_string(&kept.goal)?).await
}

/// A new draft, not stored yet.
pub fn draft(person: i64, goal: Goal) -> Kept {
    Kept {
        id: random_id(),
        person,
        state: State::Draft,
        goal,
        seen: Seen::default(),
        remind: None,
        begun_at: None,
        ended_at: None,
        version: 1,
    }
}

fn until_day(goal: &Goal) -> String {
    goal.until.map_or_else(String::new, |day| day.to_string())
}

pub async fn add(tx: &Tx, kept: &Kept, sealed: Vec<u8>, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO goal (id, person_id, state, goal_sealed, days, until_day, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let days = i64::from(kept.goal.days.0);
    tx.run(sql, values![kept.id, kept.person, kept.state.word(), sealed, days, until_day(&kept.goal), now]).await?;
    Ok(())
}

/// False when somebody has changed it since it was read.
pub async fn store(tx: &Tx, kept: &Kept, sealed: Vec<u8>) -> Result<bool, Fault> {
    let sql = "UPDATE goal SET state = $1, goal_sealed = $2, version = version + 1, days = $3, until_day = $4, remind_minute = $5, therapist = $6,
            group_id = $7, begun_at = $8, ended_at = $9
        WHERE id = $10 AND person_id = $11 AND version = $12";
    let (state, days, until) = (kept.state.word(), i64::from(kept.goal.days.0), until_day(&kept.goal));
    let (remind, therapist) = (kept.remind.map(i64::from), i64::from(kept.seen.therapist));
    let (begun, ended) = (kept.begun_at.map(|at| at.0), kept.ended_at.map(|at| at.0));
    let values = values![state, sealed, days, until, remind, therapist, kept.seen.group, begun, ended, kept.id, kept.person, kept.version];
    Ok(tx.run(sql, values).await? == 1)
}

#[derive(FromQueryResult)]
struct DayRow {
    day: String,
    entry_sealed: Vec<u8>,
}

fn day_place(goal: i64, day: &str) -> String {
    format!("{goal}/{day}")
}

/// What was written down since `from`.
pub async fn entries(house: &House, kept: &Kept, from: Date) -> Result<Entries, Fault> {
    let sql = "SELECT day, entry_sealed FROM goal_day WHERE goal_id = $1 AND day >= $2 ORDER BY day";
    let rows: Vec<DayRow> = house.db.rows(sql, values![kept.id, from.to_string()]).await?;
    let mut all = Entries::new();
    for row in rows {
        let place = day_place(kept.id, &row.day);
        let text = house.keys.open(Owner::Person(kept.person), spot("goal_day", "entry", &place), &row.entry_sealed).await?;
        if let Ok(day) = row.day.parse() {
            all.insert(day, serde_json::from_str(&text)?);
        }
    }
    Ok(all)
}

pub async fn seal_entry(house: &House, kept: &Kept, day: Date, entry: &Entry) -> Result<Vec<u8>, Fault> {
    let place = day_place(kept.id, &day.to_string());
    house.keys.seal(Owner::Person(kept.person), spot("goal_day", "entry", &place), &serde_json::to_string(entry)?).await
}

/// A day has one entry: the last word counts.
pub async fn keep_entry(tx: &Tx, goal: i64, day: Date, sealed: Vec<u8>, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO goal_day (goal_id, day, entry_sealed, changed_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (goal_id, day) DO UPDATE SET entry_sealed = excluded.entry_sealed, changed_at = excluded.changed_at";
    tx.run(sql, values![goal, day.to_string(), sealed, now]).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct AnswersRow {
    answers_sealed: Vec<u8>,
    version: i64,
}

/// What somebody wrote in the workshop, with the version that it was read in; 0 if they have not begun.
pub async fn answers(house: &House, person: i64) -> Result<(Answers, i64), Fault> {
    let row: Option<AnswersRow> =
        house.db.row("SELECT answers_sealed, version FROM workshop WHERE person_id = $1", values![person]).await?;
    let Some(row) = row else { return Ok(Default::default()) };
    let place = person.to_string();
    let text = house.keys.open(Owner::Person(person), spot("workshop", "answers", &place), &row.answers_sealed).await?;
    Ok((serde_json::from_str(&text)?, row.version))
}

pub async fn seal_answers(house: &House, person: i64, answers: &Answers) -> Result<Vec<u8>, Fault> {
    let place = person.to_string();
    house.keys.seal(Owner::Person(person), spot("workshop", "answers", &place), &serde_json::to_string(answers)?).await
}

/// False when another tab has written since `version` was read.
pub async fn keep_answers(tx: &Tx, person: i64, sealed: Vec<u8>, version: i64) -> Result<bool, Fault> {
    let changed = if version == 0 {
        let sql = "INSERT INTO workshop (person_id, answers_sealed) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        tx.run(sql, values![person, sealed]).await?
    } else {
        let sql = "UPDATE workshop SET answers_sealed = $1, version = version + 1 WHERE person_id = $2 AND version = $3";
        tx.run(sql, values![sealed, person, version]).await?
    };
    Ok(changed == 1)
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct BankRow {
    pub slug: String,
    step: String,
    text_en: String,
    text_es: String,
    place: i64,
    hidden: i64,
}

/// A question as the office sees it.
#[derive(Debug, Clone)]
pub struct Banked {
    pub question: Question,
    pub place: i64,
    pub hidden: bool,
}

/// The practice's bank: what ships, with the practice's own words over it, and its own questions; story before theme, then by place.
pub async fn bank(db: &Db) -> Result<Vec<Banked>, Fault> {
    let rows: Vec<BankRow> = db.rows("SELECT slug, step, text_en, text_es, place, hidden FROM workshop_question", []).await?;
    let shipped = workshop::shipped()?.into_iter().zip(1i64..);
    let mut all: Vec<Banked> = shipped.map(|(question, place)| Banked { question, place: place * 10, hidden: false }).collect();
    for row in rows {
        let question = Question { step: Step::parse(&row.step).unwrap_or(Step::Story), slug: row.slug, en: row.text_en, es: row.text_es };
        let banked = Banked { question, place: row.place, hidden: row.hidden == 1 };
        match all.iter_mut().find(|one| one.question.slug == banked.question.slug) {
            Some(one) => *one = banked,
            None => all.push(banked),
        }
    }
    all.sort_by_key(|one| (one.question.step, one.place));
    Ok(all)
}

/// The questions that are asked.
pub async fn asked(db: &Db) -> Result<Vec<Question>, Fault> {
    Ok(bank(db).await?.into_iter().filter(|one| !one.hidden).map(|one| one.question).collect())
}

pub async fn keep_question(tx: &Tx, banked: &Banked, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO workshop_question (slug, step, text_en, text_es, place, hidden, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (slug) DO UPDATE SET text_en = excluded.text_en, text_es = excluded.text_es, place = excluded.place,
            hidden = excluded.hidden, changed_at = excluded.changed_at";
    let question = &banked.question;
    let texts = (question.en.clone(), question.es.clone());
    let values = values![question.slug.clone(), question.step.word(), texts.0, texts.1, banked.place, i64::from(banked.hidden), now];
    tx.run(sql, values).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Topic {
    topic: String,
}

/// What somebody's groups are about: their examples come first.
pub async fn topics(db: &Db, person: i64) -> Result<Vec<String>, Fault> {
    let sql = "SELECT DISTINCT g.topic FROM groups g JOIN membership m ON m.group_id = g.id WHERE m.person_id = $1 AND m.left_at IS NULL";
    Ok(db.rows::<Topic>(sql, values![person]).await?.into_iter().map(|row| row.topic).collect())
}

#[derive(FromQueryResult)]
struct PatternRow {
    id: i64,
    note_sealed: Vec<u8>,
    noticed_at: Moment,
}

/// The same pattern, noticed in another place (G6).
#[derive(Debug, Clone)]
pub struct Pattern {
    pub id: i64,
    pub text: String,
    pub noticed_at: Moment,
}

pub async fn patterns(house: &House, person: i64) -> Result<Vec<Pattern>, Fault> {
    let sql = "SELECT id, note_sealed, noticed_at FROM pattern_note WHERE person_id = $1 ORDER BY noticed_at DESC LIMIT 100";
    let rows: Vec<PatternRow> = house.db.rows(sql, values![person]).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let place = row.id.to_string();
        let text = house.keys.open(Owner::Person(person), spot("pattern_note", "note", &place), &row.note_sealed).await?;
        all.push(Pattern { id: row.id, text, noticed_at: row.noticed_at });
    }
    Ok(all)
}

pub async fn add_pattern(tx: &Tx, id: i64, person: i64, sealed: Vec<u8>, now: Moment) -> Result<(), Fault> {
    let sql = "INSERT INTO pattern_note (id, person_id, note_sealed, noticed_at) VALUES ($1, $2, $3, $4)";
    tx.run(sql, values![id, person, sealed, now]).await?;
    Ok(())
}

pub async fn remove_pattern(tx: &Tx, id: i64, person: i64) -> Result<bool, Fault> {
    Ok(tx.run("DELETE FROM pattern_note WHERE id = $1 AND person_id = $2", values![id, person]).await? == 1)
}
