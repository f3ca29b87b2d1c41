//! A bucket on loopback that speaks as much of Amazon S3 as decks and films need: parts, ranges, taking away. It keeps what it is sent in memory.

use std::{
    collections::BTreeMap,
    convert::Infallible,
    sync::{Arc, Mutex},
};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{
    Method, Request, Response, StatusCode,
    body::Incoming,
    header::{AUTHORIZATION, ETAG, LAST_MODIFIED, RANGE},
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

type Parts = BTreeMap<u32, Bytes>;

#[derive(Debug, Default)]
struct Held {
    objects: BTreeMap<String, Bytes>,
    uploads: BTreeMap<String, Parts>,
    /// Answers nothing but this.
    refuses: Option<StatusCode>,
}

#[derive(Debug, Clone)]
pub struct TestBucket {
    pub endpoint: String,
    held: Arc<Mutex<Held>>,
}

impl TestBucket {
    /// Whoever signs with this key may do everything.
    pub const KEY: &str = "test-key";

    pub async fn start() -> TestBucket {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let held: Arc<Mutex<Held>> = Arc::default();
        let kept = held.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let held = kept.clone();
                let service = service_fn(move |request| answer(held.clone(), request));
                tokio::spawn(hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service));
            }
        });
        TestBucket { endpoint, held }
    }

    pub fn refuses(&self, status: Option<StatusCode>) {
        self.held.lock().unwrap().refuses = status;
    }

    /// Names and sizes of what can be read.
    pub fn objects(&self) -> Vec<(String, usize)> {
        self.held.lock().unwrap().objects.iter().map(|(name, bytes)| (name.clone(), bytes.len())).collect()
    }

    /// How many uploads were begun and neither finished nor ended.
    pub fn open_uploads(&self) -> usize {
        self.held.lock().unwrap().uploads.len()
    }
}

async fn answer(held: Arc<Mutex<Held>>, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map(|body| body.to_bytes()).unwrap_or_default();
    let signed = head.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut held = held.lock().unwrap();
    if let Some(status) = held.refuses {
        return Ok(plain(status, ""));
    }
    if !signed.starts_with(&format!("AWS4-HMAC-SHA256 Credential={}/", TestBucket::KEY)) {
        return Ok(plain(StatusCode::FORBIDDEN, "<Error><Code>AccessDenied</Code></Error>"));
    }
    let (name, query) = (head.uri.path().to_owned(), head.uri.query().unwrap_or_default().to_owned());
    let said = |key: &str| query.split('&').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('=')).unwrap_or_default().to_owned();
    let upload = said("uploadId");
    Ok(match head.method {
        Method::POST if query.split('&').any(|word| word == "uploads" || word == "uploads=") => {
            let id = format!("u{}", held.uploads.len() + held.objects.len());
            held.uploads.insert(id.clone(), Parts::new());
            plain(StatusCode::OK, &format!("<InitiateMultipartUploadResult><UploadId>{id}</UploadId></InitiateMultipartUploadResult>"))
        }
        Method::PUT if !upload.is_empty() => match (held.uploads.get_mut(&upload), said("partNumber").parse()) {
            (Some(parts), Ok(number)) => {
                parts.insert(number, body);
                etag(plain(StatusCode::OK, ""))
            }
            _ => plain(StatusCode::NOT_FOUND, ""),
        },
        Method::POST if !upload.is_empty() => match held.uploads.remove(&upload) {
            Some(parts) => {
                held.objects.insert(name, parts.into_values().flatten().collect());
                plain(StatusCode::OK, "<CompleteMultipartUploadResult><ETag>\"e\"</ETag></CompleteMultipartUploadResult>")
            }
            None => plain(StatusCode::NOT_FOUND, ""),
        },
        Method::DELETE if !upload.is_empty() => {
            held.uploads.remove(&upload);
            plain(StatusCode::NO_CONTENT, "")
        }
        Method::DELETE => {
            held.objects.remove(&name);
            plain(StatusCode::NO_CONTENT, "")
        }
        Method::GET => match held.objects.get(&name) {
            Some(bytes) => part(bytes, head.headers.get(RANGE).and_then(|value| value.to_str().ok())),
            None => plain(StatusCode::NOT_FOUND, "<Error><Code>NoSuchKey</Code></Error>"),
        },
        _ => plain(StatusCode::NOT_IMPLEMENTED, ""),
    })
}

fn plain(status: StatusCode, body: &str) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(body.to_owned())));
    *response.status_mut() = status;
    response
}

fn etag(mut response: Response<Full<Bytes>>) -> Response<Full<Bytes>> {
    response.headers_mut().insert(ETAG, "\"e\"".parse().unwrap());
    response.headers_mut().insert(LAST_MODIFIED, "Tue, 24 Nov 2026 10:00:00 GMT".parse().unwrap());
    response
}

fn part(bytes: &Bytes, range: Option<&str>) -> Response<Full<Bytes>> {
    let asked = range.and_then(|range| range.strip_prefix("bytes=")?.split_once('-'));
    let Some((from, to)) = asked.and_then(|(from, to)| Some((from.parse::<usize>().ok()?, to.parse::<usize>().ok()?))) else {
        return etag(Response::new(Full::new(bytes.clone())));
    };
    let to = to.min(bytes.len().saturating_sub(1));
    let mut response = etag(Response::new(Full::new(bytes.slice(from..to + 1))));
    *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    response.headers_mut().insert("content-range", format!("bytes {from}-{to}/{}", bytes.len()).parse().unwrap());
    response
}
