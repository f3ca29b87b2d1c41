//! The door's connection test: a short connection without tracks that sends every message back.

use std::time::{Duration, Instant};

use str0m::change::SdpOffer;
use str0m::config::DtlsCert;
use str0m::net::Receive;
use str0m::{Event, Input, Output, Rtc, RtcConfig};

use crate::engine::Wire;
use crate::paths::{Addresses, Path};
use crate::{Refusal, sdp};

/// Every test ends after this.
const LIFE: Duration = Duration::from_secs(15);
/// A test message has a few bytes; more is not echoed, so that nobody uses the door as a relay.
const LONGEST: usize = 1_200;
/// Messages echoed per test: 15 s at 100 a second.
const MOST: u32 = 1_500;
const MOST_OUTPUTS: usize = 1_000;

pub(crate) struct Probe {
    rtc: Rtc,
    pub until: Instant,
    timeout: Instant,
    echoed: u32,
}

impl Probe {
    /// # Errors
    /// `Refusal::Offer` when the offer has anything but one data channel.
    pub fn answer(now: Instant, offer: &str, addresses: Addresses, cert: Option<&DtlsCert>) -> Result<(Probe, String), Refusal> {
        sdp::probe_offer(offer)?;
        let offer = SdpOffer::from_sdp_string(offer).map_err(|_| Refusal::Offer("not SDP"))?;
        let mut config = RtcConfig::new().set_ice_lite(true);
        if let Some(cert) = cert {
            config = config.set_dtls_cert(cert.clone());
        }
        let mut rtc = config.build(now);
        addresses.tell(&mut rtc)?;
        let answer = rtc.sdp_api().accept_offer(offer).map_err(|_| Refusal::Offer("not acceptable"))?;
        Ok((Probe { rtc, until: now + LIFE, timeout: now, echoed: 0 }, answer.to_sdp_string()))
    }

    pub fn ufrag(&mut self) -> String {
        self.rtc.direct_api().local_ice_credentials().ufrag
    }

    pub fn accepts(&self, input: &Input<'_>) -> bool {
        self.rtc.accepts(input)
    }

    pub fn alive(&self, now: Instant) -> bool {
        self.rtc.is_alive() && now < self.until
    }

    pub fn timeout(&self) -> Instant {
        self.timeout.min(self.until)
    }

    pub fn receive(&mut self, now: Instant, packet: Receive<'_>, wire: &mut dyn Wire) {
        if self.rtc.handle_input(Input::Receive(now, packet)).is_err() {
            self.rtc.disconnect();
        }
        self.drain(now, wire);
    }

    pub fn flush(&mut self, now: Instant, wire: &mut dyn Wire) {
        if self.rtc.handle_input(Input::Timeout(now)).is_err() {
            self.rtc.disconnect();
        }
        self.drain(now, wire);
    }

    pub fn close(&mut self, now: Instant, wire: &mut dyn Wire) {
        if self.rtc.close().is_ok() {
            self.drain(now, wire);
        }
    }

    fn drain(&mut self, now: Instant, wire: &mut dyn Wire) {
        for _ in 0..MOST_OUTPUTS {
            match self.rtc.poll_output() {
                Ok(Output::Transmit(packet)) => wire.send(Path { protocol: packet.proto, address: packet.destination }, &packet.contents),
                Ok(Output::Event(Event::ChannelData(message))) => {
                    if self.echoed >= MOST || message.data.len() > LONGEST {
                        continue;
                    }
                    self.echoed += 1;
                    // A full buffer loses the echo, which the client counts as loss: that is what it measures.
                    let _lost = self.rtc.channel(message.id).map(|mut channel| channel.write(message.binary, &message.data));
                }
                Ok(Output::Event(_)) => {}
                Ok(Output::Timeout(at)) if at <= now && self.rtc.is_alive() => {
                    if self.rtc.handle_input(Input::Timeout(now)).is_err() {
                        self.rtc.disconnect();
                    }
                }
                Ok(Output::Timeout(at)) => {
                    self.timeout = at;
                    return;
                }
                Err(_) => self.rtc.disconnect(),
            }
        }
        self.rtc.disconnect();
    }
}
