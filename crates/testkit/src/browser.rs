use std::net::SocketAddr;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{
    Method, Request, StatusCode,
    header::{CONTENT_TYPE, COOKIE, HOST, HeaderMap, LOCATION, SET_COOKIE},
};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// Between the parts of a form that carries a file.
const EDGE: &str = "edge-of-a-part-4f1c";

/// Sends requests as a person's browser does, with their cookie, and follows nothing by itself.
#[derive(Debug, Clone)]
pub struct Browser {
    pub address: SocketAddr,
    pub cookie: String,
    /// More headers for every request.
    pub headers: Vec<(&'static str, String)>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Page {
    pub status: StatusCode,
    pub location: String,
    pub headers: HeaderMap,
    pub text: String,
    /// Just as it came, for what is no text.
    pub bytes: Bytes,
}

impl Browser {
    pub fn new(address: SocketAddr) -> Browser {
        Browser { address, cookie: String::new(), headers: Vec::new() }
    }

    pub async fn get(&mut self, path: &str) -> Page {
        self.send(Method::GET, path, String::new()).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        self.send(Method::POST, path, body.join("&")).await
    }

    /// A form with a file in it.
    pub async fn upload(&mut self, path: &str, fields: &[(&str, &str)], file: (&str, &[u8])) -> Page {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
        }
        let head = format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"../a.bin\"\r\n\r\n", file.0);
        body.extend(head.into_bytes());
        body.extend(file.1);
        body.extend(format!("\r\n--{EDGE}--\r\n").into_bytes());
        self.request(Method::POST, path, &format!("multipart/form-data; boundary={EDGE}"), body).await
    }

    pub async fn send(&mut self, method: Method, path: &str, body: String) -> Page {
        self.request(method, path, "application/x-www-form-urlencoded", body.into_bytes()).await
    }

    async fn request(&mut self, method: Method, path: &str, kind: &str, body: Vec<u8>) -> Page {
        let mut request = Request::builder().method(method).uri(path).header(HOST, self.address.to_string()).header(COOKIE, &self.cookie);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let request = request.header(CONTENT_TYPE, kind).body(Full::new(Bytes::from(body))).unwrap();
        let stream = TcpStream::connect(self.address).await.unwrap();
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.unwrap();
        let driver = tokio::spawn(connection);
        let response = sender.send_request(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        driver.abort();
        for cookie in parts.headers.get_all(SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            if pair.starts_with("hearth=") {
                self.cookie = pair.to_owned();
            }
        }
        let location = parts.headers.get(LOCATION).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
        Page { status: parts.status, location, headers: parts.headers, text, bytes }
    }
}

fn encoded(value: &str) -> String {
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    value.bytes().map(|byte| if safe(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
