//! Decks and films in a folder and in a bucket: the same bytes either way, whole or in part, and nothing of what was never finished.

use axum::http::{HeaderMap, StatusCode, header};
use bytes::Bytes;
use ground::files::{Bucket, Files, Kept, Store};
use http_body_util::BodyExt;
use testkit::{TestBucket, data_dir};

/// More than one part of a bucket's upload.
const MIB: usize = 1024 * 1024;
const PIECES: usize = 12;

fn bucket(endpoint: &str) -> Bucket {
    let text = |text: &str| text.to_owned();
    Bucket {
        bucket: text("films"),
        endpoint: text(endpoint),
        region: text("eu-central-1"),
        access_key: text(TestBucket::KEY),
        secret_key: text("s"),
    }
}

fn film() -> Kept {
    Kept { name: "a-film.webm".into(), media_type: "video/webm".into(), bytes: (MIB * PIECES) as u64, never_inline: false }
}

/// Each piece is filled with its own number.
async fn lay(files: &Files, name: &str) -> ground::files::Incoming {
    let mut incoming = files.begin(name).await.unwrap();
    for piece in 0..PIECES {
        incoming.add(Bytes::from(vec![piece as u8; MIB])).await.unwrap();
    }
    incoming
}

async fn read(files: &Files, range: Option<&str>) -> (StatusCode, Bytes) {
    let mut asked = HeaderMap::new();
    if let Some(range) = range {
        asked.insert(header::RANGE, range.parse().unwrap());
    }
    let response = files.answer(&film(), &asked).await.unwrap();
    (response.status(), response.into_body().collect().await.unwrap().to_bytes())
}

async fn keeps_and_gives_back(files: &Files) {
    lay(files, &film().name).await.keep().await.unwrap();
    let (status, whole) = read(files, None).await;
    assert_eq!((status, whole.len()), (StatusCode::OK, MIB * PIECES));
    assert!((0..PIECES).all(|piece| whole[piece * MIB..(piece + 1) * MIB].iter().all(|byte| usize::from(*byte) == piece)));
    let seam = 6 * MIB;
    let (status, part) = read(files, Some(&format!("bytes={}-{}", seam - 2, seam + 1))).await;
    assert_eq!((status, &part[..]), (StatusCode::PARTIAL_CONTENT, &[5, 5, 6, 6][..]));
    let (status, end) = read(files, Some("bytes=-3")).await;
    assert_eq!((status, &end[..]), (StatusCode::PARTIAL_CONTENT, &[11, 11, 11][..]));
    assert_eq!(read(files, Some(&format!("bytes={}-", MIB * PIECES))).await.0, StatusCode::RANGE_NOT_SATISFIABLE);
    files.remove(&film().name).await.unwrap();
    assert!(files.answer(&film(), &HeaderMap::new()).await.is_err(), "taken away is gone");
}

#[tokio::test]
async fn a_folder_keeps_a_film_and_gives_it_back_in_parts() {
    let folder = data_dir("files-folder");
    let files = Files::open(&Store::Folder(folder.clone())).unwrap();
    keeps_and_gives_back(&files).await;
    lay(&files, "never.webm").await.drop_it().await.unwrap();
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0, "nothing is left of what was not kept");
}

#[tokio::test]
async fn a_bucket_does_the_same() {
    let server = TestBucket::start().await;
    let files = Files::open(&Store::Bucket(bucket(&server.endpoint))).unwrap();
    lay(&files, "other.webm").await.keep().await.unwrap();
    assert_eq!(server.objects(), [("/films/other.webm".to_owned(), MIB * PIECES)]);
    keeps_and_gives_back(&files).await;
    lay(&files, "never.webm").await.drop_it().await.unwrap();
    assert_eq!((server.objects().len(), server.open_uploads()), (1, 0), "nothing is left of what was not kept");
}

#[tokio::test]
async fn a_bucket_that_says_no_is_a_fault_and_no_panic() {
    let server = TestBucket::start().await;
    let files = Files::open(&Store::Bucket(Bucket { access_key: "another".into(), ..bucket(&server.endpoint) })).unwrap();
    assert!(files.begin("a.webm").await.is_err(), "a key that is not known");
    let files = Files::open(&Store::Bucket(bucket(&server.endpoint))).unwrap();
    let mut incoming = files.begin("a.webm").await.unwrap();
    server.refuses(Some(StatusCode::FORBIDDEN));
    incoming.add(Bytes::from(vec![1; 6 * MIB])).await.unwrap();
    assert!(incoming.keep().await.is_err(), "what was not kept is not said to be");
    assert!(files.answer(&film(), &HeaderMap::new()).await.is_err());
    server.refuses(None);
    assert!(server.objects().is_empty());
}

#[test]
fn keys_go_nowhere_in_clear_text_and_into_no_log() {
    let at = |endpoint: &str| bucket(endpoint).is_safe();
    for safe in ["https://s3.example.org", "http://127.0.0.1:9000", "http://localhost:9000/"] {
        assert!(at(safe), "{safe}");
    }
    for open in ["http://s3.example.org", "http://127.0.0.1.example.org", "http://10.0.0.4:9000", "ftp://127.0.0.1", ""] {
        assert!(!at(open), "{open}");
    }
    let shown = format!("{:?}", Bucket { secret_key: "canary-secret".into(), ..bucket("https://s3.example.org") });
    assert!(shown.contains("films") && !shown.contains("canary-secret") && !shown.contains(TestBucket::KEY));
}
