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

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::time::Instant;

    use super::*;

    fn addresses(udp: &str, tcp: &str) -> Addresses {
        Addresses { udp: udp.parse().unwrap(), tcp: tcp.parse().unwrap() }
    }

    #[test]
    fn the_same_numbers_on_two_transports_are_two_paths() {
        let address = "10.1.0.1:4000".parse().unwrap();
        let paths = HashSet::from([Path::udp(address), Path::tcp(address), Path::udp(address)]);
        assert_eq!(paths.len(), 2);
        let ours = addresses("10.0.0.1:5000", "10.0.0.1:5001");
        assert_eq!(paths.iter().map(|path| ours.own(*path)).collect::<HashSet<_>>(), HashSet::from([ours.udp, ours.tcp]));
        assert_eq!(ours.own(Path::tcp(address)), ours.tcp);
    }

    #[test]
    fn an_address_that_nobody_can_reach_is_not_offered() {
        let told = |ours: Addresses| ours.tell(&mut Rtc::builder().build(Instant::now()));
        assert_eq!(told(addresses("10.0.0.1:5000", "10.0.0.1:5001")), Ok(()));
        for useless in [addresses("0.0.0.0:5000", "10.0.0.1:5001"), addresses("10.0.0.1:5000", "0.0.0.0:5001")] {
            assert!(matches!(told(useless), Err(Refusal::Offer(_))), "{useless:?}");
        }
    }
}
