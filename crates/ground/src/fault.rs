use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

/// Something of ours went wrong. Logged once, at the edge, under an id that the person is told; never shown in detail.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("database: {0}")]
    Database(#[from] sea_orm::DbErr),
    #[error("seal: {0}")]
    Seal(#[from] crate::seal::SealError),
    #[error("template: {0}")]
    Template(#[from] askama::Error),
    #[error("stored text is not readable: {0}")]
    Json(#[from] serde_json::Error),
    #[error("an instrument does not fit together: {0}")]
    Measure(#[from] care::measures::Wrong),
    #[error("{0}")]
    Other(&'static str),
}

/// Marks a response that the outermost layer must turn into an error page in the person's language.
#[derive(Debug, Clone, Copy)]
pub struct NeedsPage(pub StatusCode);

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let id = crate::seal::random_id();
        tracing::error!(fault = %id, reason = %self, "a request failed");
        plain(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// An answer with only a status; the page around it is made by `web::pages`.
pub fn plain(status: StatusCode) -> Response {
    let mut response = status.into_response();
    response.extensions_mut().insert(NeedsPage(status));
    response
}

/// The same for what is not there and what is not yours.
pub fn not_found() -> Response {
    plain(StatusCode::NOT_FOUND)
}
