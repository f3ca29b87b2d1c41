//! The circle of tonight as the bench knows it: who has a way in, and the sockets they sit at.

use futures_util::{SinkExt, StreamExt};
use ground::{Ask, Clock, Db, random_id, sea_orm::FromQueryResult, values};
use rehearsal::{AtDoor, Way};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{WebSocketStream, tungstenite::Message};

use crate::{Outcome, Server};

#[derive(FromQueryResult)]
struct Somebody {
    person_id: i64,
    part: String,
}

#[derive(FromQueryResult)]
pub struct Tonight {
    pub id: i64,
    pub group_id: i64,
    pub agenda: String,
}

/// What the bench knows of the practice: the circle with tonight's session, each with a way in, the leader first.
pub struct Circle {
    pub db: Db,
    pub tonight: Tonight,
    pub ways: Vec<(Way, bool)>,
}

impl Circle {
    /// With so many in it.
    pub async fn find(server: &Server, people: u8) -> Outcome<Circle> {
        let db = Db::connect(&format!("sqlite:{}", server.data.join("hearth.db").display()), Clock::System).await?;
        let sql = "SELECT s.id, s.group_id, s.agenda FROM session s JOIN groups g ON g.id = s.group_id
            WHERE g.name = 'Steady Ground' AND s.state <> 'ended' ORDER BY s.starts_at LIMIT 1";
        let tonight: Tonight = db.row(sql, []).await?.ok_or("no session tonight")?;
        fill(&db, tonight.group_id, people).await?;
        // Whoever watches comes only after everybody's yes.
        let sql = "SELECT person_id, part FROM membership WHERE group_id = $1 AND left_at IS NULL AND part <> 'observer' ORDER BY seat";
        let mut ways = Vec::new();
        for somebody in db.rows::<Somebody>(sql, values![tonight.group_id]).await? {
            let mut way = Way::new(server.address, tonight.id)?;
            way.demo_sign_in(somebody.person_id).await?;
            ways.push((way, somebody.part == "facilitator"));
        }
        Ok(Circle { db, tonight, ways })
    }

    /// Sessions of the same group that could begin now.
    pub async fn more_sessions(&self, count: usize) -> Outcome<Vec<i64>> {
        let last = self.db.number("SELECT MAX(number) AS n FROM session WHERE group_id = $1", values![self.tonight.group_id]).await?;
        let (ids, tx): (Vec<i64>, _) = ((0..count).map(|_| random_id()).collect(), self.db.write().await?);
        for (index, id) in ids.iter().enumerate() {
            let sql = "INSERT INTO session (id, group_id, number, starts_at, minutes, agenda) VALUES ($1, $2, $3, $4, 90, $5)";
            let number = last.max(999) + 1 + index as i64;
            tx.run(sql, values![*id, self.tonight.group_id, number, Clock::System.now(), self.tonight.agenda.clone()]).await?;
        }
        tx.commit_unaudited().await?;
        Ok(ids)
    }

    /// Everybody passes the door of a session, is let in and opens the room's socket.
    pub async fn gather(&self, session: i64) -> Outcome<Vec<Line>> {
        let mut lines: Vec<Line> = Vec::new();
        let mut doors = Vec::new();
        for (way, leads) in &self.ways {
            let way = at(way, session);
            way.pass_door(&AtDoor { jurisdiction: "NY".into(), stance: "open", signed_name: "A bench".into() }).await?;
            if *leads {
                lines.push(Line::open(&way).await?);
            } else {
                doors.push(Line::wait(&way).await?);
            }
        }
        let lead = lines.first_mut().ok_or("nobody leads")?;
        lead.act(1, json!({"do": "admit_all"})).await?;
        for (way, _) in self.ways.iter().filter(|(_, leads)| !leads) {
            lines.push(Line::open(&at(way, session)).await?);
        }
        Ok(lines)
    }
}

/// Fills the group up to so many who lead or take part, with members of other groups.
async fn fill(db: &Db, group: i64, people: u8) -> Outcome<()> {
    let sql = "INSERT INTO membership (id, group_id, person_id, part, display_name, seat, joined_at)
        SELECT p.id, $1, p.id, 'member', p.name, 12 + ROW_NUMBER() OVER (ORDER BY p.id), $2 FROM person p
        WHERE p.role = 'member' AND p.id NOT IN (SELECT person_id FROM membership WHERE group_id = $1) ORDER BY p.id
        LIMIT $3 - (SELECT COUNT(*) FROM membership WHERE group_id = $1 AND left_at IS NULL AND part <> 'observer')";
    let tx = db.write().await?;
    tx.run(sql, values![group, Clock::System.now(), i64::from(people)]).await?;
    tx.commit_unaudited().await?;
    Ok(())
}

pub fn at(way: &Way, session: i64) -> Way {
    let mut way = way.clone();
    way.session = session;
    way
}

/// An open socket of a room.
pub struct Line(pub WebSocketStream<TcpStream>);

impl Line {
    /// Opens it and waits for the first view.
    pub async fn open(way: &Way) -> Outcome<Line> {
        let (socket, ticket) = way.socket("room").await?;
        let mut line = Line(socket);
        line.say(&json!({"is": "hello", "ticket": ticket, "since": null})).await?;
        line.until("view").await?;
        Ok(line)
    }

    /// The door's socket, until it has said something.
    pub async fn wait(way: &Way) -> Outcome<Line> {
        let (socket, ticket) = way.socket("door").await?;
        let mut line = Line(socket);
        line.say(&json!({"is": "hello", "ticket": ticket})).await?;
        line.until("waiting").await?;
        Ok(line)
    }

    pub async fn say(&mut self, message: &Value) -> Outcome<()> {
        Ok(self.0.send(Message::Text(message.to_string().into())).await?)
    }

    pub async fn until(&mut self, word: &str) -> Outcome<()> {
        let wanted = format!("{{\"is\":\"{word}\"");
        while let Some(message) = self.0.next().await {
            if matches!(message?, Message::Text(text) if text.as_str().starts_with(&wanted)) {
                return Ok(());
            }
        }
        Err(format!("the socket closed before {word}").into())
    }

    pub async fn act(&mut self, id: u32, command: Value) -> Outcome<()> {
        self.say(&json!({"is": "do", "id": id, "command": command})).await?;
        self.until("done").await
    }
}
