"""Turns Ogg Opus and IVF into one plain list of frames: for each a u8 (the level of a voice, 1 for a key frame of a face), a u16 length, the bytes."""
import math
import struct
import sys

# In dB below full scale, and in frames of 20 ms.
QUIET, LONGEST_PAUSE = 40, 12


def ogg_packets(data):
    packets, partial, at = [], b"", 0
    while at < len(data):
        assert data[at:at + 4] == b"OggS"
        count = data[at + 26]
        table = data[at + 27:at + 27 + count]
        at += 27 + count
        for length in table:
            partial += data[at:at + length]
            at += length
            if length < 255:
                packets.append(partial)
                partial = b""
    return packets[2:]


def level(samples):
    power = sum(s * s for s in samples) / max(1, len(samples))
    return 127 if power < 1 else min(127, max(0, round(-10 * math.log10(power / 32768 ** 2))))


def voice(ogg, pcm):
    raw = open(pcm, "rb").read()
    samples = struct.unpack(f"<{len(raw) // 2}h", raw[:len(raw) // 2 * 2])
    for n, packet in enumerate(ogg_packets(open(ogg, "rb").read())):
        yield level(samples[n * 960:(n + 1) * 960]), packet


def brisk(frames):
    """Leaves out what is long in a pause. A turn of 20 s in the script has then 20 s of speech, as talk time counts it: pauses of half a second end speech."""
    pause = 0
    for mark, frame in frames:
        pause = pause + 1 if mark > QUIET else 0
        if pause <= LONGEST_PAUSE:
            yield mark, frame


def face(ivf):
    data = open(ivf, "rb").read()
    at = struct.unpack_from("<H", data, 6)[0]
    while at < len(data):
        length = struct.unpack_from("<I", data, at)[0]
        frame = data[at + 12:at + 12 + length]
        yield int(frame[0] & 1 == 0), frame
        at += 12 + length


kind, *sources, target = sys.argv[1:]
with open(target, "wb") as out:
    for mark, frame in (brisk(voice(*sources)) if kind == "voice" else face(*sources)):
        out.write(struct.pack("<BH", mark, len(frame)) + frame)
