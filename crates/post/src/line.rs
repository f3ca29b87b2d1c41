//! One request to one host, over TLS or to a server on this machine, and its answer. No redirect is followed, so what is sent goes there or nowhere.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, RootCertStore, crypto, pki_types::ServerName},
};

use crate::Failed;

/// An answer is a few lines of JSON; what is longer is not read.
const ANSWER_BYTES: usize = 64 * 1024;

#[derive(Clone)]
pub struct Line {
    pub host: String,
    pub port: u16,
    /// `None` for a server on this machine.
    pub tls: Option<TlsConnector>,
}

/// Whether a host is this machine, where nobody needs TLS.
pub fn is_own(host: &str) -> bool {
    matches!(host, "127.0.0.1" | "localhost" | "[::1]")
}

/// Trusts whom the system trusts.
pub fn connector() -> Result<TlsConnector, String> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let config = ClientConfig::builder_with_provider(Arc::new(crypto::aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    Ok(TlsConnector::from(Arc::new(config.with_root_certificates(roots).with_no_client_auth())))
}

impl Line {
    /// One clock over the whole talk. What ended before the request was on its way may be tried again; after that nobody knows whether it arrived.
    pub async fn ask(&self, request: Request<Full<Bytes>>, patience: Duration) -> Result<(StatusCode, Bytes), Failed> {
        let begun = AtomicBool::new(false);
        match tokio::time::timeout(patience, self.talk(request, &begun)).await {
            Ok(answered) => answered,
            Err(_) if begun.load(Ordering::Relaxed) => Err(Failed::Unsure),
            Err(_) => Err(Failed::Later),
        }
    }

    /// `begun` is set once the request itself is on its way.
    async fn talk(&self, request: Request<Full<Bytes>>, begun: &AtomicBool) -> Result<(StatusCode, Bytes), Failed> {
        let stream = TcpStream::connect((self.host.as_str(), self.port)).await.map_err(|_| Failed::Later)?;
        match &self.tls {
            None => answer(stream, request, begun).await,
            Some(tls) => {
                let name = ServerName::try_from(self.host.clone()).map_err(|_| Failed::Later)?;
                answer(tls.connect(name, stream).await.map_err(|_| Failed::Later)?, request, begun).await
            }
        }
    }
}

async fn answer<S>(stream: S, request: Request<Full<Bytes>>, begun: &AtomicBool) -> Result<(StatusCode, Bytes), Failed>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, line) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(|_| Failed::Later)?;
    let driver = tokio::spawn(line);
    // From here on it may have been taken, whatever becomes of the line.
    begun.store(true, Ordering::Relaxed);
    let answered = async {
        let (head, body) = sender.send_request(request).await.map_err(|_| Failed::Unsure)?.into_parts();
        let body = Limited::new(body, ANSWER_BYTES).collect().await.map(|body| body.to_bytes()).unwrap_or_default();
        Ok((head.status, body))
    };
    let answered = answered.await;
    driver.abort();
    answered
}
