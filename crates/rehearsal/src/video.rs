//! Cuts VP8 frames into RTP payloads.

/// Fits a datagram on every network with room for headers and seal.
const LONGEST: usize = 1_100;

/// The payloads of one frame, each with its VP8 descriptor (RFC 7741) and a picture number of 15 bits.
pub(crate) fn payloads(frame: &[u8], picture: u16) -> Vec<Vec<u8>> {
    let parts = frame.chunks(LONGEST).enumerate();
    parts
        .map(|(n, part)| {
            let start = if n == 0 { 0x90 } else { 0x80 };
            let mut payload = vec![start, 0x80, 0x80 | (picture >> 8) as u8, picture as u8];
            payload.extend_from_slice(part);
            payload
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use str0m::rtp::Vp8Descriptor;

    #[test]
    fn a_frame_in_parts() {
        let key = vec![0u8; 2500];
        let parts = payloads(&key, 300);
        assert_eq!(parts.iter().map(Vec::len).collect::<Vec<_>>(), [1104, 1104, 304]);
        let descriptors: Vec<Vp8Descriptor> = parts.iter().map(|part| Vp8Descriptor::parse(part).unwrap()).collect();
        assert!(descriptors.iter().all(|d| d.picture_id() == Some(300)));
        assert!(descriptors[0].starts_keyframe(&parts[0]) && !descriptors[1].starts_keyframe(&parts[1]));
    }
}
