//! Forms that carry a file, part by part as they come.

use axum::extract::multipart::{Field, MultipartError};

/// What comes beyond the largest film is read and thrown away, so that the browser waits for our sentence instead of showing a broken line.
pub const READ_BYTES: usize = 1024 * 1024 * 1024;

/// A part that is text; what is longer than anything we show is cut off.
pub async fn short(field: &mut Field<'_>, most: usize) -> Result<String, MultipartError> {
    let mut text = Vec::new();
    while let Some(chunk) = field.chunk().await? {
        let room = most.saturating_sub(text.len());
        text.extend_from_slice(&chunk[..chunk.len().min(room)]);
    }
    Ok(String::from_utf8_lossy(&text).into_owned())
}
