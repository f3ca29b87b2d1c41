//! The way in, as a browser goes it: sign in, pass the door, fetch a ticket, open the socket.

use std::net::SocketAddr;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, SET_COOKIE};
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use crate::home::{NotHome, at_home};

pub type Socket = WebSocketStream<TcpStream>;

/// Why the way in ended.
#[derive(Debug)]
pub enum Lost {
    NotHome(NotHome),
    Io(std::io::Error),
    Http(String),
    /// The server said no: the status and where it sent us instead.
    Turned {
        status: u16,
        to: String,
    },
}

impl std::fmt::Display for Lost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Lost::NotHome(away) => away.fmt(f),
            Lost::Io(error) => error.fmt(f),
            Lost::Http(error) => f.write_str(error),
            Lost::Turned { status, to } => write!(f, "turned away with {status} to {to:?}"),
        }
    }
}

impl std::error::Error for Lost {}

/// One signed-in person on the way to one session.
#[derive(Debug, Clone)]
pub struct Way {
    address: SocketAddr,
    /// `name=value` of the sign-in.
    pub cookie: String,
    pub session: i64,
}

/// What the server answered.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub location: String,
    pub cookie: Option<String>,
    pub body: Bytes,
}

/// What is typed at the door.
#[derive(Debug, Clone)]
pub struct AtDoor {
    /// A code from the list of places, for example `CA`.
    pub jurisdiction: String,
    pub stance: &'static str,
    pub signed_name: String,
}

impl Way {
    /// # Errors
    /// `Lost::NotHome` when the server is not on this machine.
    pub fn new(address: SocketAddr, session: i64) -> Result<Way, Lost> {
        let address = at_home(address).map_err(Lost::NotHome)?;
        Ok(Way { address, cookie: String::new(), session })
    }

    /// # Errors
    /// `Lost::Turned` when the password is wrong.
    pub async fn sign_in(&mut self, email: &str, password: &str) -> Result<(), Lost> {
        self.enter("/sign-in", &[("email", email), ("password", password)]).await
    }

    /// Signs in as a person of the demo.
    ///
    /// # Errors
    /// `Lost::Turned` when the server is not a demo.
    pub async fn demo_sign_in(&mut self, person: i64) -> Result<(), Lost> {
        self.enter("/demo/sign-in", &[("person", &person.to_string())]).await
    }

    async fn enter(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<(), Lost> {
        let reply = self.post(path, fields).await?;
        match reply.cookie {
            Some(cookie) if reply.status.is_redirection() => {
                self.cookie = cookie;
                Ok(())
            }
            _ => Err(Lost::Turned { status: reply.status.as_u16(), to: reply.location }),
        }
    }

    /// Fills in the door form; true when the person is let in at once, false when they wait.
    ///
    /// # Errors
    /// `Lost::Turned` when something is missing or the door is shut.
    pub async fn pass_door(&self, at_door: &AtDoor) -> Result<bool, Lost> {
        let fields = [
            ("jurisdiction", at_door.jurisdiction.as_str()),
            ("location", "12 Rehearsal Lane"),
            ("callback", "555 010 0100"),
            ("contact_name", "Somebody Close"),
            ("contact_phone", "555 010 0101"),
            ("alone", "on"),
            ("stance", at_door.stance),
            ("signed_name", at_door.signed_name.as_str()),
            ("agree", "on"),
        ];
        let reply = self.post(&format!("/sessions/{}/door", self.session), &fields).await?;
        match reply.location.rsplit('/').next() {
            Some("room") => Ok(true),
            Some("waiting") => Ok(false),
            _ => Err(Lost::Turned { status: reply.status.as_u16(), to: reply.location }),
        }
    }

    /// Opens the socket of the `door` or of the `room`; the ticket for its first message comes along.
    ///
    /// # Errors
    /// `Lost::Turned` when there is no ticket, `Lost::Http` when the socket does not open.
    pub async fn socket(&self, place: &str) -> Result<(Socket, String), Lost> {
        let path = format!("/sessions/{}/{place}", self.session);
        let reply = self.post(&format!("{path}/ticket"), &[]).await?;
        let ticket = serde_json::from_slice::<serde_json::Value>(&reply.body).ok();
        let ticket = ticket.and_then(|body| body.get("ticket")?.as_str().map(str::to_owned));
        let Some(ticket) = ticket else { return Err(Lost::Turned { status: reply.status.as_u16(), to: reply.location }) };
        let stream = TcpStream::connect(self.address).await.map_err(Lost::Io)?;
        let mut request = format!("ws://{}{path}/socket", self.address).into_client_request().map_err(http)?;
        let cookie = self.cookie.parse().map_err(http)?;
        request.headers_mut().insert("cookie", cookie);
        let (socket, _) = tokio_tungstenite::client_async(request, stream).await.map_err(http)?;
        Ok((socket, ticket))
    }

    /// # Errors
    /// `Lost::Io` or `Lost::Http` when there is no answer.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Result<Reply, Lost> {
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(HOST, self.address.to_string())
            .header(COOKIE, &self.cookie)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Full::new(Bytes::from(body.join("&"))))
            .map_err(http)?;
        let stream = TcpStream::connect(self.address).await.map_err(Lost::Io)?;
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(http)?;
        let driver = tokio::spawn(connection);
        let response = sender.send_request(request).await.map_err(http)?;
        let header = |name| response.headers().get(name).and_then(|value: &hyper::header::HeaderValue| value.to_str().ok());
        let location = header(LOCATION).unwrap_or_default().to_owned();
        let cookie = header(SET_COOKIE).and_then(|cookie| cookie.split(';').next()).map(str::to_owned);
        let status = response.status();
        let body = response.into_body().collect().await.map_err(http)?.to_bytes();
        driver.abort();
        Ok(Reply { status, location, cookie, body })
    }
}

fn http(error: impl std::fmt::Display) -> Lost {
    Lost::Http(error.to_string())
}

/// A form value, percent-encoded.
fn encoded(value: &str) -> String {
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    value.bytes().map(|byte| if safe(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn form_values_are_encoded() {
        assert_eq!(encoded("a b&c=é~"), "a%20b%26c%3D%C3%A9~");
    }

    #[test]
    fn other_machines_are_refused() {
        assert!(matches!(Way::new("10.0.0.1:80".parse().unwrap(), 1), Err(Lost::NotHome(_))));
        assert!(Way::new("127.0.0.1:80".parse().unwrap(), 1).is_ok());
    }
}
