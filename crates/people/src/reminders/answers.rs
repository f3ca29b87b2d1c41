//! What comes back about texts. No cookie counts here: the signature is the sign-in.

use axum::{
    Form,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use care::reminders::{self as rules, Answer};
use ground::{Fault, House, reminders::choices, texts};

/// Twilio's code for a number whose person has written STOP to it. <https://www.twilio.com/docs/api/errors/21610>
const STOPPED: &str = "21610";

type Fields = Vec<(String, String)>;

/// Whether a webhook may be believed. One that may not is told nothing more.
fn believed(house: &House, path: &str, headers: &HeaderMap, fields: &Fields) -> bool {
    let signature = headers.get("x-twilio-signature").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let believed = texts::is_signed(house, path, fields, signature);
    if !believed {
        tracing::warn!(path, "a webhook without a good signature was refused");
    }
    believed
}

fn field<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
}

/// What became of a text. Only that nobody wants texts at a number changes anything here; the rest is for the log.
pub async fn status(State(house): State<House>, headers: HeaderMap, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    if !believed(&house, texts::STATUS, &headers, &fields) {
        return Ok(StatusCode::FORBIDDEN.into_response());
    }
    let (status, code) = (field(&fields, "MessageStatus"), field(&fields, "ErrorCode"));
    let plain = |word: &str| word.len() <= 20 && word.chars().all(|c| c.is_ascii_alphanumeric());
    if plain(status) && plain(code) && matches!(status, "failed" | "undelivered") {
        tracing::warn!(status, code, "a text did not arrive");
    }
    if code == STOPPED {
        choices::answered(&house, field(&fields, "To"), Answer::Stop).await?;
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// What somebody wrote back. Only the words that end and begin texts are understood; anything else is neither kept nor logged.
pub async fn incoming(State(house): State<House>, headers: HeaderMap, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    if !believed(&house, texts::INCOMING, &headers, &fields) {
        return Ok(StatusCode::FORBIDDEN.into_response());
    }
    if let Some(answer) = rules::answer(field(&fields, "Body")) {
        choices::answered(&house, field(&fields, "From"), answer).await?;
    }
    // An empty answer: the carrier confirms STOP and START itself.
    Ok(([(header::CONTENT_TYPE, "text/xml")], "<Response></Response>").into_response())
}
