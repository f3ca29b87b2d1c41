//! The week between: how fast answers are scored, and the first page of a member under load.

use std::time::{Duration, Instant};

use care::measures::{score::score, shipped};

use super::{Circle, Outcome, Server, pages::at_rate, row};

const SCORING: Duration = Duration::from_secs(2);

/// Every instrument that ships, with answers that change from one to the next.
pub fn scoring() -> Outcome<()> {
    let all = shipped().map_err(|wrong| format!("{wrong:?}"))?;
    let (started, mut scored, mut answered) = (Instant::now(), 0u64, 0u64);
    while started.elapsed() < SCORING {
        for instrument in &all {
            let answers: Vec<Option<i64>> = (0..instrument.items.len())
                .map(|item| {
                    let values = instrument.values(item);
                    values.get((scored as usize + item * 7) % values.len().max(1)).copied()
                })
                .collect();
            std::hint::black_box(score(instrument, std::hint::black_box(&answers)));
            scored += 1;
            answered += answers.len() as u64;
        }
    }
    let seconds = started.elapsed().as_secs_f64();
    row("questionnaires scored a second, on one core", format!("{:.0}", scored as f64 / seconds));
    row("answers scored a second, on one core", format!("{:.0}", answered as f64 / seconds));
    Ok(())
}

/// What a member opens first, and what they open between sessions.
pub async fn measure(server: &Server, circle: &Circle) -> Outcome<()> {
    let member = circle.ways.iter().find(|(_, leads)| !leads).map(|(way, _)| way.cookie.clone()).ok_or("no member")?;
    for path in ["/today", "/goals", "/homework", "/my-picture"] {
        at_rate(server, path, path, &member, 200).await?;
    }
    Ok(())
}
