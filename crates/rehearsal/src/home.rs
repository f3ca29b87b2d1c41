//! Load and rehearsals are for this machine. Against anybody else they would be an attack.

use std::net::{IpAddr, SocketAddr};

/// The target is not on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotHome(pub String);

impl std::fmt::Display for NotHome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} is not in 127.0.0.0/8, and this tool goes nowhere else", self.0)
    }
}

impl std::error::Error for NotHome {}

/// Only 127.0.0.0/8 is let through.
///
/// # Errors
/// `NotHome` for every other address, IPv6 and its mapped forms included.
pub fn at_home(address: SocketAddr) -> Result<SocketAddr, NotHome> {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_loopback() => Ok(address),
        _ => Err(NotHome(address.to_string())),
    }
}

/// Checks every address that an SDP names.
///
/// # Errors
/// `NotHome` for the first candidate elsewhere, or when a candidate is not an address.
pub(crate) fn sdp_at_home(sdp: &str) -> Result<(), NotHome> {
    for line in sdp.lines().filter_map(|line| line.trim().strip_prefix("a=candidate:")) {
        let mut words = line.split_whitespace().skip(4);
        let ip: Option<IpAddr> = words.next().and_then(|ip| ip.parse().ok());
        let port: Option<u16> = words.next().and_then(|port| port.parse().ok());
        match (ip, port) {
            (Some(ip), Some(port)) => at_home(SocketAddr::new(ip, port))?,
            _ => return Err(NotHome(line.to_owned())),
        };
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine() {
        for home in ["127.0.0.1:1", "127.9.8.7:65535"] {
            assert!(at_home(home.parse().unwrap()).is_ok());
        }
        for away in ["10.0.0.1:80", "128.0.0.1:80", "192.168.1.1:1", "0.0.0.0:80", "[::1]:80", "[::ffff:127.0.0.1]:80", "8.8.8.8:53"] {
            assert!(at_home(away.parse().unwrap()).is_err(), "{away}");
        }
    }

    #[test]
    fn every_candidate_counts() {
        let line = |ip: &str| format!("v=0\r\na=candidate:1 1 udp 2130706175 {ip} 4000 typ host\r\n");
        assert!(sdp_at_home(&line("127.0.0.1")).is_ok());
        assert!(sdp_at_home(&(line("127.0.0.1") + &line("203.0.113.1"))).is_err());
        assert!(sdp_at_home(&line("example.org")).is_err());
    }
}
