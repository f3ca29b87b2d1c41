//! The ways to a client: UDP, or TCP where a network lets nothing else through.

use std::net::SocketAddr;

use str0m::net::TcpType;
use str0m::{Candidate, Rtc};

use crate::Refusal;

pub use str0m::net::Protocol;

/// One way to a client: a UDP address, or a TCP connection whose frames are datagrams (RFC 4571).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Path {
    pub protocol: Protocol,
    pub address: SocketAddr,
}

impl Path {
    pub fn udp(address: SocketAddr) -> Path {
        Path { protocol: Protocol::Udp, address }
    }

    pub fn tcp(address: SocketAddr) -> Path {
        Path { protocol: Protocol::Tcp, address }
    }
}

/// Where clients are told to send to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Addresses {
    pub udp: SocketAddr,
    pub tcp: SocketAddr,
}

impl Addresses {
    /// Our end of a path.
    pub(crate) fn own(&self, path: Path) -> SocketAddr {
        if path.protocol == Protocol::Tcp { self.tcp } else { self.udp }
    }

    /// Names both addresses in the answer that `rtc` will give. Browsers prefer UDP by themselves.
    ///
    /// # Errors
    /// `Refusal::Offer` when an address is of no use to anybody, such as an unspecified one.
    pub(crate) fn tell(&self, rtc: &mut Rtc) -> Result<(), Refusal> {
        let unusable = |_| Refusal::Offer("no address to offer");
        let tcp = Candidate::builder().tcp().host(self.tcp).tcptype(TcpType::Passive).build();
        rtc.add_local_candidate(Candidate::host(self.udp, Protocol::Udp).map_err(unusable)?);
        rtc.add_local_candidate(tcp.map_err(unusable)?);
        Ok(())
    }
}
