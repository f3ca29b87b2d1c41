//! The accept loop: limits on slow headers, slow bodies and connections, TLS with certificates that are read again when they change.

use std::{
    collections::HashMap,
    io,
    net::{IpAddr, SocketAddr},
    path::Path,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes, HttpBody},
    http::Request,
};
use ground::web::{HEADER_TIMEOUT, Peer};
use hyper::body::{Frame, Incoming, SizeHint};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto::Builder,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::{RwLock, Semaphore, watch},
    time::Sleep,
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
/// Connections from one address: a whole practice may sit behind one, with several to each browser.
const FROM_ONE_ADDRESS: usize = 256;
/// A request must have come whole within this. A form has at most 64 kB, which the slowest phone manages.
const BODY: Duration = Duration::from_secs(60);
/// Bytes a second of the slowest line that a film may come over.
const SLOWEST: u64 = 64 * 1024;
const HANDSHAKE: Duration = Duration::from_secs(10);
/// How often certificate files are read again.
const CERTIFICATES_EVERY: Duration = Duration::from_secs(3_600);

/// Serves until `stop` turns true. `proxies` stand for many people each, so they have no cap of their own.
pub async fn listen(
    listener: TcpListener,
    tls: Option<Tls>,
    proxies: Vec<IpAddr>,
    router: Router,
    mut stop: watch::Receiver<bool>,
) -> io::Result<()> {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let crowd = Crowd::default();
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
        let address = peer.ip().to_canonical();
        let most = if proxies.contains(&address) { CONNECTIONS } else { FROM_ONE_ADDRESS };
        let Some(seat) = crowd.enter(address, most) else { continue };
        let (router, acceptor) = (router.clone(), acceptor.clone());
        tokio::spawn(async move {
            let _places = (place, seat);
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
    // Said in each request: as a layer it would make every route anew for every line, 800 kB of them.
    let service = hyper::service::service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(in_time);
        request.extensions_mut().insert(Peer(peer));
        router.clone().oneshot(request)
    });
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEADER_TIMEOUT);
    builder.http2().timer(TokioTimer::new()).keep_alive_interval(Some(Duration::from_secs(30))).max_concurrent_streams(64);
    // A browser that goes away in the middle of an answer is no event.
    let _ = builder.serve_connection_with_upgrades(TokioIo::new(stream), service).await;
}

/// How many connections each address has.
#[derive(Clone, Default)]
struct Crowd(Arc<Mutex<HashMap<IpAddr, usize>>>);

/// One connection; dropping it makes room for another.
struct OneOf {
    crowd: Crowd,
    address: IpAddr,
}

impl Crowd {
    fn enter(&self, address: IpAddr, most: usize) -> Option<OneOf> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(address).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(OneOf { crowd: self.clone(), address })
    }
}

impl Drop for OneOf {
    fn drop(&mut self) {
        let mut counts = self.crowd.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.address) {
            *count -= 1;
        }
        counts.retain(|_, count| *count > 0);
    }
}

/// A body that must have come whole in time: one that drips in byte by byte would hold its place for hours.
struct InTime {
    body: Body,
    late: Pin<Box<Sleep>>,
}

fn in_time(incoming: Incoming) -> Body {
    if incoming.is_end_stream() {
        return Body::empty();
    }
    // A film takes its time on a slow line; whoever says how long it is gets more.
    let more = incoming.size_hint().exact().map_or(0, |bytes| bytes / SLOWEST);
    Body::new(InTime::new(Body::new(incoming), BODY + Duration::from_secs(more)))
}

impl InTime {
    fn new(body: Body, within: Duration) -> InTime {
        InTime { body, late: Box::pin(tokio::time::sleep(within)) }
    }
}

impl HttpBody for InTime {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if self.late.as_mut().poll(cx).is_ready() {
            return Poll::Ready(Some(Err(axum::Error::new(io::Error::from(io::ErrorKind::TimedOut)))));
        }
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_body_that_does_not_come_ends() {
        let never = futures_util::stream::pending::<Result<Bytes, io::Error>>();
        let body = Body::new(InTime::new(Body::from_stream(never), Duration::from_millis(20)));
        assert!(axum::body::to_bytes(body, 10).await.is_err());
        let body = Body::new(InTime::new(Body::from("all of it"), Duration::from_secs(600)));
        assert_eq!(axum::body::to_bytes(body, 10).await.unwrap(), "all of it");
    }

    #[test]
    fn one_address_cannot_take_every_place() {
        let crowd = Crowd::default();
        let (here, there) = (IpAddr::from([127, 0, 0, 1]), IpAddr::from([127, 0, 0, 2]));
        let mut inside: Vec<OneOf> = (0..3).map_while(|_| crowd.enter(here, 3)).collect();
        assert_eq!(inside.len(), 3);
        assert!(crowd.enter(here, 3).is_none());
        assert!(crowd.enter(there, 3).is_some());
        inside.pop();
        assert!(crowd.enter(here, 3).is_some());
        drop(inside);
        assert!(crowd.0.lock().unwrap().is_empty(), "addresses are forgotten");
    }
}
