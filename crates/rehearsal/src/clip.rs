//! The recorded voices and faces. `assets/make.sh` says how they were made.

use std::sync::Arc;

/// One frame of a recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The level of a voice in dB below full scale, or 1 for a key frame of a face.
    pub mark: u8,
    pub bytes: Arc<[u8]>,
}

/// Opus at 48 kHz, 20 ms a frame.
#[derive(Debug, Clone)]
pub struct Voice {
    pub frames: Arc<[Frame]>,
}

/// VP8 at 15 frames a second, in three sizes; each starts with its only key frame.
#[derive(Debug, Clone)]
pub struct Face {
    /// Smallest first.
    pub layers: [Arc<[Frame]>; 3],
}

macro_rules! asset {
    ($name:literal) => {
        include_bytes!(concat!("../assets/", $name))
    };
}

const VOICES: [(&[u8], &[u8]); 6] = [
    (asset!("lead-1.voice"), asset!("lead-2.voice")),
    (asset!("ada-1.voice"), asset!("ada-2.voice")),
    (asset!("ben-1.voice"), asset!("ben-2.voice")),
    (asset!("cleo-1.voice"), asset!("cleo-2.voice")),
    (asset!("dan-1.voice"), asset!("dan-2.voice")),
    (asset!("eve-1.voice"), asset!("eve-2.voice")),
];

const FACES: [[&[u8]; 3]; 4] = [
    [asset!("meadow-q.face"), asset!("meadow-h.face"), asset!("meadow-f.face")],
    [asset!("dusk-q.face"), asset!("dusk-h.face"), asset!("dusk-f.face")],
    [asset!("clay-q.face"), asset!("clay-h.face"), asset!("clay-f.face")],
    [asset!("sea-q.face"), asset!("sea-h.face"), asset!("sea-f.face")],
];

const SILENCE: &[u8] = asset!("silence.voice");

impl Voice {
    /// The two recordings of one of the speakers; 0 leads, the others repeat after 5.
    pub fn of(speaker: usize) -> [Voice; 2] {
        let index = if speaker == 0 { 0 } else { 1 + (speaker - 1) % (VOICES.len() - 1) };
        let (first, second) = VOICES[index];
        [Voice { frames: frames(first) }, Voice { frames: frames(second) }]
    }

    pub fn silence() -> Voice {
        Voice { frames: frames(SILENCE) }
    }
}

impl Face {
    /// One of the pictures; they repeat after 4.
    pub fn of(person: usize) -> Face {
        Face { layers: FACES[person % FACES.len()].map(frames) }
    }
}

/// A file is frames one after the other: mark, length in two bytes, bytes. A cut-off end is dropped.
fn frames(mut file: &[u8]) -> Arc<[Frame]> {
    let mut frames = Vec::new();
    while let [mark, low, high, rest @ ..] = file {
        let Some((bytes, rest)) = rest.split_at_checked(usize::from(u16::from_le_bytes([*low, *high]))) else { break };
        frames.push(Frame { mark: *mark, bytes: bytes.into() });
        file = rest;
    }
    frames.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn voices_are_speech_with_pauses() {
        for speaker in 0..6 {
            for voice in Voice::of(speaker) {
                let seconds = voice.frames.len() as f32 / 50.0;
                assert!((4.0..14.0).contains(&seconds), "speaker {speaker}: {seconds} s");
                let loud = voice.frames.iter().filter(|frame| frame.mark < 40).count();
                assert!(loud * 2 > voice.frames.len(), "speaker {speaker} is too quiet");
                assert!(voice.frames.iter().all(|frame| !frame.bytes.is_empty() && frame.bytes.len() < 400));
            }
        }
        assert!(Voice::silence().frames.iter().all(|frame| frame.mark == 127));
    }

    /// Half a second of quiet ends speech where talk time is measured; a scripted turn must not lose time to that, even when packets come late.
    #[test]
    fn a_turn_of_speech_is_speech_throughout() {
        for speaker in 0..6 {
            let [first, second] = Voice::of(speaker);
            // The recordings follow each other in turn.
            let turn = first.frames.iter().chain(second.frames.iter()).chain(first.frames.iter());
            let longest = turn.fold((0, 0), |(pause, longest): (u32, u32), frame| {
                let pause = if frame.mark > 40 { pause + 1 } else { 0 };
                (pause, longest.max(pause))
            });
            assert!(longest.1 * 20 <= 400, "speaker {speaker} pauses for {} ms", longest.1 * 20);
        }
    }

    #[test]
    fn faces_loop_at_their_key_frame() {
        for person in 0..4 {
            let sizes = Face::of(person).layers.map(|layer| {
                assert!(layer[0].mark == 1 && layer[1..].iter().all(|frame| frame.mark == 0) && layer.len() == 60);
                layer.iter().map(|frame| frame.bytes.len()).sum::<usize>()
            });
            assert!(sizes.is_sorted());
        }
    }

    #[test]
    fn a_broken_file_ends_early() {
        assert_eq!(frames(&[1, 2, 0, 7, 8, 0, 9, 0, 1]).len(), 1);
        assert!(frames(&[1, 2]).is_empty());
    }
}
