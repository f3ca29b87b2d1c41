//! Pages under a steady load, and what they weigh.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use super::{Circle, Outcome, Server, fetch, ms, quantile, row};

/// How long each page is asked for.
const SECONDS: u32 = 5;

pub async fn measure(server: &Server, circle: &Circle) -> Outcome<()> {
    let member = circle.ways.iter().find(|(_, leads)| !leads).map(|(way, _)| way.cookie.clone()).ok_or("no member")?;
    let door = format!("/sessions/{}/door", circle.tonight.id);
    for (name, path, cookie) in [
        ("/today", "/today", &*member),
        ("/sessions/{id}/door", &*door, &member),
        ("/groups", "/groups", &member),
        ("/sign-in", "/sign-in", ""),
    ] {
        at_rate(server, name, path, cookie, 100).await?;
    }
    Ok(())
}

/// So many requests a second, each on a connection of its own, timed from the moment when it was due, so that a queue shows.
pub async fn at_rate(server: &Server, name: &str, path: &str, cookie: &str, rate: u32) -> Outcome<()> {
    for _ in 0..20 {
        fetch(server.address, path, cookie, true).await?;
    }
    let start = Instant::now();
    let mut tasks = Vec::new();
    for number in 0..rate * SECONDS {
        let (due, address, path, cookie) =
            (start + Duration::from_secs(1) * number / rate, server.address, path.to_owned(), cookie.to_owned());
        tasks.push(tokio::spawn(async move {
            tokio::time::sleep_until(due.into()).await;
            let (status, _) = fetch(address, &path, &cookie, true).await?;
            if status == 200 { Ok(due.elapsed()) } else { Err(format!("{path} answers {status}").into()) }
        }));
    }
    let mut lengths = Vec::new();
    for task in tasks {
        let length: Outcome<Duration> = task.await?;
        lengths.push(length?);
    }
    let (half, most) = (quantile(&mut lengths, 0.5), quantile(&mut lengths, 0.99));
    row(&format!("{name} at {rate} requests/s for {SECONDS} s: p50, p99"), format!("{}, {}", ms(half), ms(most)));
    weigh(server.address, name, path, cookie).await
}

/// The page with the styles and scripts that it names, as they come over the wire.
async fn weigh(address: SocketAddr, name: &str, path: &str, cookie: &str) -> Outcome<()> {
    let (_, plain) = fetch(address, path, cookie, false).await?;
    let text = String::from_utf8_lossy(&plain).into_owned();
    let (_, page) = fetch(address, path, cookie, true).await?;
    let mut sum = page.len();
    let parts = text.split('"').filter(|part| part.starts_with("/assets/") && (part.contains(".css") || part.contains(".js")));
    for part in parts {
        sum += fetch(address, part, "", true).await?.1.len();
    }
    row(&format!("{name}: page, with its styles and scripts, gzipped"), format!("{} B, {sum} B", page.len()));
    Ok(())
}
