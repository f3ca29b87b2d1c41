//! The accept loop: timeouts for slow headers, a cap on connections, TLS with certificates that are read again when they change.

use std::{io, net::SocketAddr, path::Path, sync::Arc, time::Duration};

use axum::{Extension, Router, body::Body, http::Request};
use ground::web::{HEADER_TIMEOUT, Peer};
use hyper::body::Incoming;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto::Builder,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::{RwLock, Semaphore, watch},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        self,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    },
};
use tower::ServiceExt;

use crate::config::Tls;

const CONNECTIONS: usize = 10_000;
const HANDSHAKE: Duration = Duration::from_secs(10);
/// How often certificate files are read again.
const CERTIFICATES_EVERY: Duration = Duration::from_secs(3_600);

/// Serves until `stop` turns true.
pub async fn listen(listener: TcpListener, tls: Option<Tls>, router: Router, mut stop: watch::Receiver<bool>) -> io::Result<()> {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let acceptor = match tls {
        Some(tls) => Some(reloading(tls)?),
        None => None,
    };
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                // Out of file handles, or a client that went away in between: breathe and go on.
                Err(_) => {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            _ = stop.changed() => return Ok(()),
        };
        let Ok(place) = places.clone().try_acquire_owned() else { continue };
        let (router, acceptor) = (router.clone(), acceptor.clone());
        tokio::spawn(async move {
            let _place = place;
            connection(stream, peer, acceptor, router).await;
        });
    }
}

async fn connection(stream: TcpStream, peer: SocketAddr, acceptor: Option<Arc<RwLock<TlsAcceptor>>>, router: Router) {
    let _ = stream.set_nodelay(true);
    match acceptor {
        None => talk(stream, peer, router).await,
        Some(acceptor) => {
            let acceptor = acceptor.read().await.clone();
            if let Ok(Ok(stream)) = tokio::time::timeout(HANDSHAKE, acceptor.accept(stream)).await {
                talk(stream, peer, router).await;
            }
        }
    }
}

async fn talk(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, peer: SocketAddr, router: Router) {
    let router = router.layer(Extension(Peer(peer)));
    let service = hyper::service::service_fn(move |request: Request<Incoming>| router.clone().oneshot(request.map(Body::new)));
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEADER_TIMEOUT);
    builder.http2().timer(TokioTimer::new()).keep_alive_interval(Some(Duration::from_secs(30))).max_concurrent_streams(64);
    // A browser that goes away in the middle of an answer is no event.
    let _ = builder.serve_connection_with_upgrades(TokioIo::new(stream), service).await;
}

fn reloading(tls: Tls) -> io::Result<Arc<RwLock<TlsAcceptor>>> {
    let acceptor = Arc::new(RwLock::new(acceptor(&tls.certificate, &tls.key)?));
    let shared = acceptor.clone();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(CERTIFICATES_EVERY).await;
            match self::acceptor(&tls.certificate, &tls.key) {
                Ok(fresh) => *shared.write().await = fresh,
                Err(error) => tracing::warn!(%error, "the certificate files could not be read again; the old ones stay"),
            }
        }
    });
    Ok(acceptor)
}

fn acceptor(certificate: &Path, key: &Path) -> io::Result<TlsAcceptor> {
    let broken = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(certificate)
        .map_err(|_| broken("tls.certificate cannot be read"))?
        .collect::<Result<_, _>>()
        .map_err(|_| broken("tls.certificate is not PEM"))?;
    let key = PrivateKeyDer::from_pem_file(key).map_err(|_| broken("tls.key cannot be read"))?;
    let mut config = rustls::ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(|_| broken("certificate and key do not belong together"))?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
