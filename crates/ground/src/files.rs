//! The files of the practice: decks and films that it shows. They lie in a folder beside the database or in a bucket, and hold nothing about anybody;
//! what is about a person is sealed in the database, and answered from memory by the same rules.

use std::{
    fmt,
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use axum::{
    body::Body,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use care::materials;
use object_store::{
    GetOptions, GetRange, ObjectStore, ObjectStoreExt, RetryConfig, WriteMultipart,
    aws::{AmazonS3, AmazonS3Builder},
    local::LocalFileSystem,
    path::Path as Name,
};
use serde::Deserialize;

use crate::fault::Fault;

/// Parts of a file that wait to be written at once; a slow disk slows the sender instead of filling the memory.
const WAITING_PARTS: usize = 2;

/// A bucket that does not answer is asked again, and given up before the person who waits for a page is.
const ASKED_AGAIN: usize = 3;
const GIVEN_UP: Duration = Duration::from_secs(20);

/// Where they lie.
#[derive(Debug, Clone)]
pub enum Store {
    Folder(PathBuf),
    Bucket(Bucket),
}

/// A bucket of a service that speaks as Amazon S3 does.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bucket {
    pub bucket: String,
    /// Only HTTPS, or a server on this machine.
    pub endpoint: String,
    #[serde(default = "region")]
    pub region: String,
    pub access_key: String,
    pub secret_key: String,
}

fn region() -> String {
    "us-east-1".to_owned()
}

/// Without its keys.
impl fmt::Debug for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {} ({})", self.bucket, self.endpoint, self.region)
    }
}

impl Bucket {
    /// Keys in clear text go no further than this machine.
    pub fn is_safe(&self) -> bool {
        let plain = self.endpoint.strip_prefix("http://").map(|rest| rest.split(['/', ':']).next().unwrap_or_default());
        self.endpoint.starts_with("https://") || matches!(plain, Some("127.0.0.1" | "localhost"))
    }

    fn open(&self) -> Result<AmazonS3, Fault> {
        let retry = RetryConfig { max_retries: ASKED_AGAIN, retry_timeout: GIVEN_UP, ..RetryConfig::default() };
        AmazonS3Builder::new()
            .with_bucket_name(&self.bucket)
            .with_endpoint(&self.endpoint)
            .with_region(&self.region)
            .with_access_key_id(&self.access_key)
            .with_secret_access_key(&self.secret_key)
            .with_allow_http(self.is_safe())
            // Not every service that speaks S3 takes away many at once.
            .with_disable_bulk_delete(true)
            .with_retry(retry)
            .build()
            .map_err(lost)
    }
}

#[derive(Debug, Clone)]
pub struct Files(Arc<dyn ObjectStore>);

/// A file that is on its way in. Dropped without `keep`, it leaves nothing that anybody can read.
pub struct Incoming(WriteMultipart);

/// What a browser is told of a file besides its bytes.
#[derive(Debug, Clone)]
pub struct Kept {
    pub name: String,
    pub media_type: String,
    pub bytes: u64,
    /// Opened by a page of ours only, never by itself: a browser asked for the address alone saves it.
    pub never_inline: bool,
}

impl Files {
    /// A bucket is not asked before it is needed: Hearth starts while it is away, and only decks and films are missing.
    pub fn open(store: &Store) -> Result<Files, Fault> {
        match store {
            Store::Folder(folder) => Files::folder(folder),
            Store::Bucket(bucket) => Ok(Files(Arc::new(bucket.open()?))),
        }
    }

    /// Makes it if it is not there.
    fn folder(folder: &Path) -> Result<Files, Fault> {
        std::fs::create_dir_all(folder).map_err(|_| Fault::Other("the folder for files cannot be made"))?;
        let store = LocalFileSystem::new_with_prefix(folder).map_err(lost)?;
        Ok(Files(Arc::new(store.with_fsync(true))))
    }

    pub async fn begin(&self, name: &str) -> Result<Incoming, Fault> {
        let upload = self.0.put_multipart(&Name::from(name)).await.map_err(lost)?;
        Ok(Incoming(WriteMultipart::new(upload)))
    }

    pub async fn remove(&self, name: &str) -> Result<(), Fault> {
        self.0.delete(&Name::from(name)).await.map_err(lost)
    }

    /// The whole file or the part that was asked for (RFC 9110, 14): films are seeked, and a phone loads no more than it shows.
    pub async fn answer(&self, file: &Kept, asked: &HeaderMap) -> Result<Response, Fault> {
        match wanted(file, asked) {
            None => Ok(reply(StatusCode::OK, file, None, self.read(file, 0..file.bytes).await?)),
            Some(Ok((from, to))) => Ok(reply(StatusCode::PARTIAL_CONTENT, file, Some((from, to)), self.read(file, from..to + 1).await?)),
            Some(Err(())) => Ok(outside(file)),
        }
    }

    async fn read(&self, file: &Kept, range: Range<u64>) -> Result<Body, Fault> {
        let options = GetOptions { range: Some(GetRange::Bounded(range)), ..GetOptions::default() };
        let found = self.0.get_opts(&Name::from(file.name.as_str()), options).await.map_err(lost)?;
        Ok(Body::from_stream(found.into_stream()))
    }
}

/// A file that was sealed and is open in memory now. Who may read it can change any minute, so no browser keeps it.
pub fn held(file: &Kept, bytes: Vec<u8>, asked: &HeaderMap) -> Response {
    let (bytes, place) = (Bytes::from(bytes), |at: u64| usize::try_from(at).unwrap_or(usize::MAX));
    let mut response = match wanted(file, asked) {
        None => reply(StatusCode::OK, file, None, Body::from(bytes)),
        Some(Ok((from, to))) => {
            let part = bytes.slice(place(from).min(bytes.len())..place(to + 1).min(bytes.len()));
            reply(StatusCode::PARTIAL_CONTENT, file, Some((from, to)), Body::from(part))
        }
        Some(Err(())) => outside(file),
    };
    response.headers_mut().remove(header::CACHE_CONTROL);
    response
}

fn wanted(file: &Kept, asked: &HeaderMap) -> Option<Result<(u64, u64), ()>> {
    asked.get(header::RANGE).and_then(|value| value.to_str().ok()).and_then(|text| materials::range(text, file.bytes))
}

fn outside(file: &Kept) -> Response {
    let whole = [(header::CONTENT_RANGE, format!("bytes */{}", file.bytes))];
    (StatusCode::RANGE_NOT_SATISFIABLE, whole).into_response()
}

/// Marks what somebody brought. The outermost layer lets nothing in it run, load or call, if a browser opens it by itself.
#[derive(Debug, Clone, Copy)]
pub struct Brought;

impl Incoming {
    pub async fn add(&mut self, bytes: Bytes) -> Result<(), Fault> {
        self.0.wait_for_capacity(WAITING_PARTS).await.map_err(lost)?;
        self.0.put(bytes);
        Ok(())
    }

    /// From now on it can be read; on the disk before this returns.
    pub async fn keep(self) -> Result<(), Fault> {
        self.0.finish().await.map(drop).map_err(lost)
    }

    pub async fn drop_it(self) -> Result<(), Fault> {
        self.0.abort().await.map_err(lost)
    }
}

fn reply(status: StatusCode, file: &Kept, range: Option<(u64, u64)>, body: Body) -> Response {
    let (from, to) = range.unwrap_or((0, file.bytes.saturating_sub(1)));
    let mut response = (status, body).into_response();
    response.extensions_mut().insert(Brought);
    let mut say = |name: header::HeaderName, value: String| {
        if let Ok(value) = value.parse() {
            response.headers_mut().insert(name, value);
        }
    };
    say(header::CONTENT_TYPE, file.media_type.clone());
    say(header::CONTENT_LENGTH, (to + 1 - from).to_string());
    say(header::ACCEPT_RANGES, "bytes".into());
    // Its bytes never change; who may see it can, so nobody but this browser keeps it, and not for long.
    say(header::CACHE_CONTROL, "private, max-age=3600".into());
    if range.is_some() {
        say(header::CONTENT_RANGE, format!("bytes {from}-{to}/{}", file.bytes));
    }
    if file.never_inline {
        say(header::CONTENT_DISPOSITION, "attachment".into());
    }
    response
}

fn lost(error: object_store::Error) -> Fault {
    tracing::error!(reason = %error, "a file cannot be read or written");
    Fault::Other("a file cannot be read or written")
}
