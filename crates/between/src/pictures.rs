//! A picture as it is kept: opened, turned upright, made smaller and written again. What a camera wrote beside the picture (the place, the
//! hour, the telephone) is not carried over, because nothing but its points is.

use std::io::Cursor;

use care::messages::{
    Trouble,
    file::{measured, sized},
};
use ground::Fault;
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageError, ImageReader, Limits, RgbImage, codecs::jpeg::JpegEncoder,
    metadata::Orientation,
};
use tokio::sync::Semaphore;

/// What one picture may need while it is open: fifty million points of three bytes, and what its decoder holds besides.
const MEMORY: u64 = 256 * 1024 * 1024;
/// So many are opened at once: a hundred people who send one together wait for each other instead of filling the memory.
static AT_ONCE: Semaphore = Semaphore::const_new(2);
const QUALITY: u8 = 82;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub width: u32,
    pub height: u32,
    /// A JPEG without anything but the picture.
    pub bytes: Vec<u8>,
}

/// On a thread of its own: a live room on the same one would notice.
pub async fn remade(file: Vec<u8>) -> Result<Result<Picture, Trouble>, Fault> {
    let _turn = AT_ONCE.acquire().await.map_err(|_| Fault::Other("no picture can be opened"))?;
    // A decoder that gives up on a poisoned file is the file's fault.
    Ok(tokio::task::spawn_blocking(move || again(&file)).await.unwrap_or(Err(Trouble::PictureBroken)))
}

fn trouble(error: ImageError) -> Trouble {
    if matches!(error, ImageError::Limits(_)) { Trouble::PictureTooMany } else { Trouble::PictureBroken }
}

fn again(file: &[u8]) -> Result<Picture, Trouble> {
    let mut reader = ImageReader::new(Cursor::new(file)).with_guessed_format().map_err(|_| Trouble::PictureBroken)?;
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(trouble)?;
    let (width, height) = decoder.dimensions();
    // Its own word is believed before a single point is unpacked.
    measured(width, height)?;
    if decoder.total_bytes() > MEMORY {
        return Err(Trouble::PictureTooMany);
    }
    let turned = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(trouble)?;
    let (kept_width, kept_height) = sized(width, height);
    if (kept_width, kept_height) != (width, height) {
        picture = picture.thumbnail_exact(kept_width, kept_height);
    }
    picture.apply_orientation(turned);
    written(&on_white(picture))
}

/// What shines through shows white, as paper would.
fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [red, green, blue, seen] = picture.get_pixel(x, y).0;
        let mixed = |part: u8| u8::try_from((u16::from(part) * u16::from(seen) + 255 * u16::from(255 - seen)) / 255).unwrap_or(255);
        image::Rgb([mixed(red), mixed(green), mixed(blue)])
    })
}

fn written(picture: &RgbImage) -> Result<Picture, Trouble> {
    let mut bytes = Vec::new();
    let (width, height) = picture.dimensions();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY)
        .encode(picture, width, height, ExtendedColorType::Rgb8)
        .map_err(|_| Trouble::PictureBroken)?;
    Ok(Picture { width, height, bytes })
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, Rgb, Rgba, RgbaImage};

    use super::*;

    /// Red on the left, blue on the right.
    fn halves(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([250, 10, 10]) } else { Rgb([10, 10, 250]) })
    }

    fn file(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.into().write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    /// A JPEG as a telephone makes one: lying on its side (6), with a place in it.
    fn from_a_telephone() -> Vec<u8> {
        let plain = file(halves(64, 32), ImageFormat::Jpeg);
        let mut exif =
            b"Exif\0\0MM\0*\0\0\0\x08\0\x02\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\x82\x98\0\x02\0\0\0\x0c\0\0\0\x26\0\0\0\0".to_vec();
        exif.extend(b"GPS-canary\0\0");
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        [&plain[..2], &[0xff, 0xe1], &length, &exif, &plain[2..]].concat()
    }

    #[test]
    fn only_the_points_of_a_picture_are_kept_and_it_stands_upright() {
        let brought = from_a_telephone();
        assert!(brought.windows(10).any(|part| part == b"GPS-canary"));
        let kept = again(&brought).unwrap();
        assert_eq!((kept.width, kept.height), (32, 64), "turned as its camera said");
        assert!(!kept.bytes.windows(4).any(|part| part == b"Exif" || part == b"GPS-"));
        let shown = image::load_from_memory(&kept.bytes).unwrap().into_rgb8();
        assert!(shown.get_pixel(16, 4)[0] > 200 && shown.get_pixel(16, 60)[2] > 200, "what lay on the left is on top");
    }

    #[test]
    fn each_format_is_read_and_becomes_one_and_what_shines_through_is_white() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let kept = again(&file(halves(40, 20), format)).unwrap();
            assert_eq!((kept.width, kept.height, &kept.bytes[..3]), (40, 20, &[0xff, 0xd8, 0xff][..]), "{format:?}");
        }
        let glass = RgbaImage::from_pixel(16, 16, Rgba([0, 0, 0, 0]));
        let kept = again(&file(glass, ImageFormat::Png)).unwrap();
        assert!(image::load_from_memory(&kept.bytes).unwrap().into_rgb8().get_pixel(8, 8)[1] > 250);
        let deep = DynamicImage::ImageRgba16(image::ImageBuffer::from_pixel(8, 8, Rgba([65_535, 0, 0, 65_535])));
        assert!(again(&file(deep, ImageFormat::Png)).is_ok());
        let large = again(&file(halves(2_000, 500), ImageFormat::Png)).unwrap();
        assert_eq!((large.width, large.height), (1_600, 400));
    }

    /// A head of a few bytes that claims to be a wall of points.
    #[test]
    fn what_claims_to_be_enormous_is_refused_by_its_own_word_and_what_is_damaged_is_no_fault_of_ours() {
        let mut bomb = file(halves(8, 8), ImageFormat::Png);
        bomb[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
        let sum = checksum(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&sum.to_be_bytes());
        assert_eq!(again(&bomb), Err(Trouble::PictureTooMany));
        for format in [ImageFormat::Png, ImageFormat::WebP] {
            let whole = file(halves(64, 64), format);
            assert_eq!(again(&whole[..whole.len() / 2]), Err(Trouble::PictureBroken), "{format:?}");
        }
        for start in [&b"\x89PNG\r\n\x1a\n"[..], b"\xff\xd8\xff\xe0", b"RIFF\0\0\0\0WEBPVP8 ", b"", b"GIF89a"] {
            assert_eq!(again(start), Err(Trouble::PictureBroken), "{start:?}");
        }
    }

    /// CRC-32 as PNG has it (ISO 15948, annex D).
    fn checksum(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 })
        })
    }

    #[tokio::test]
    async fn many_at_once_wait_for_each_other_and_all_come_through() {
        let one = file(halves(64, 64), ImageFormat::Png);
        let all = (0..12).map(|_| tokio::spawn(remade(one.clone())));
        for done in all.collect::<Vec<_>>() {
            assert!(done.await.unwrap().unwrap().is_ok());
        }
    }
}
