//! What a person with sound and pictures takes of the server's memory.

use std::time::Duration;

use rehearsal::{AtDoor, Evening, Lead, Lost, Member, Way, attend, cast, wait_at_door};
use serde_json::json;

use super::{Circle, Line, Outcome, Server, at, row};

/// So many sit in the room with sound and pictures, and so long until their memory is read.
const WITH_MEDIA: usize = 8;
const FLOWS: Duration = Duration::from_secs(25);

/// Everybody with camera and microphone on, seeing and hearing everybody; the clients are in this process, the memory is the server's.
pub async fn memory(server: &Server, circle: &Circle) -> Outcome<()> {
    let session = *circle.more_sessions(1).await?.first().ok_or("no session")?;
    let before = server.memory()?;
    let mut visits = Vec::new();
    for (number, (way, leads)) in circle.ways.iter().filter(|(_, leads)| !leads).take(WITH_MEDIA - 1).enumerate() {
        visits.push(tokio::spawn(visit(at(way, session), number + 1, *leads)));
    }
    let lead = circle.ways.first().map(|(way, _)| at(way, session)).ok_or("nobody leads")?;
    tokio::spawn(visit(lead.clone(), 0, true));
    tokio::time::sleep(FLOWS).await;
    let with = server.memory()?;
    // The facilitator comes by another socket and ends it; then the others tell what they saw.
    let mut line = Line::open(&lead).await?;
    line.act(1, json!({"do": "begin"})).await?;
    line.act(2, json!({"do": "end"})).await?;
    for task in visits {
        let seen = task.await??.received.iter().filter(|from| from.frames > 50).count();
        if seen < WITH_MEDIA - 1 {
            return Err(format!("somebody saw {seen} others").into());
        }
    }
    let each = (with - before) as f64 / 1_024.0 / WITH_MEDIA as f64;
    row(&format!("memory per person with media flowing ({WITH_MEDIA} in one room)"), format!("{each:.0} kB"));
    Ok(())
}

async fn visit(way: Way, number: usize, leads: bool) -> Result<Evening, Lost> {
    way.pass_door(&AtDoor { jurisdiction: "NY".into(), stance: "open", signed_name: "A bench".into() }).await?;
    if !leads {
        wait_at_door(&way).await?;
    }
    let lead = leads.then_some(Lead { phase: Duration::from_secs(3_600) });
    attend(&way, Member::new(cast(number), lead), number).await
}
