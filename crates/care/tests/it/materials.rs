//! What a practice may keep in its library, and what is refused before anybody opens it.

use std::io::Write;

use care::materials::{self, CAPTIONS_CHARS, DECK_PAGES, Kind, NOTES_CHARS, Unfit};
use flate2::{Compression, write::ZlibEncoder};
use proptest::prelude::*;

fn packed(objects: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(objects).unwrap();
    encoder.finish().unwrap()
}

/// A file with its objects written plainly, and one whose pages are packed as newer programs do.
fn plain(pages: usize, extra: &str) -> Vec<u8> {
    let page = "3 0 obj\n<< /Type /Page /Parent 2 0 R >>\nendobj\n".repeat(pages);
    let kids = "1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 1 >>\nendobj\n";
    format!("%PDF-1.7\n{kids}{page}{extra}trailer\n<< /Root 1 0 R >>\n%%EOF").into_bytes()
}

fn with_stream(dictionary: &str, body: &[u8]) -> Vec<u8> {
    let mut file = plain(1, "");
    file.extend_from_slice(format!("9 0 obj\n<< {dictionary} >>\nstream\r\n").as_bytes());
    file.extend_from_slice(body);
    file.extend_from_slice(b"\nendstream\nendobj\n");
    file
}

#[test]
fn pages_are_counted_whether_they_stand_plainly_or_packed() {
    assert_eq!(materials::pages(&plain(1, "")), Ok(1));
    assert_eq!(materials::pages(&plain(7, "")), Ok(7), "a tree of pages is no page");
    assert_eq!(materials::pages(&with_stream("/Type /ObjStm /Filter /FlateDecode", &packed(b"<</Type/Page>><</Type /Page/A 1>>"))), Ok(3));
    assert_eq!(materials::pages(&plain(0, "")), Err(Unfit::NoPage));
    assert_eq!(materials::pages(&plain(DECK_PAGES, "")), Ok(DECK_PAGES));
    assert_eq!(materials::pages(&plain(DECK_PAGES + 1, "")), Err(Unfit::TooManyPages));
    assert_eq!(materials::pages(b"%PDF-1.4 and nothing behind"), Err(Unfit::NoPage));
}

#[test]
fn what_acts_by_itself_is_refused_however_it_is_spelled_or_packed() {
    for name in ["JavaScript", "JS", "Launch", "SubmitForm", "ImportData", "EmbeddedFile", "RichMedia", "Movie", "XFA", "GoToR", "GoToE"] {
        let objects = format!("8 0 obj\n<< /S /{name} /X (y) >>\nendobj\n");
        assert_eq!(materials::pages(&plain(1, &objects)), Err(Unfit::Active), "{name}");
        let hidden = format!("8 0 obj\n<< /S /#{:02x}{} >>\nendobj\n", name.as_bytes()[0], &name[1..]);
        assert_eq!(materials::pages(&plain(1, &hidden)), Err(Unfit::Active), "{hidden}");
        let stream = with_stream("/Type/ObjStm/Filter/FlateDecode", &packed(objects.as_bytes()));
        assert_eq!(materials::pages(&stream), Err(Unfit::Active), "{name}, packed");
    }
    assert_eq!(materials::pages(&plain(1, "<< /Encrypt 4 0 R >>")), Err(Unfit::Locked));
    // Where a deck opens is no act, and a picture may hold any letters.
    assert_eq!(materials::pages(&plain(1, "<< /OpenAction [3 0 R /Fit] /JSON 1 /LaunchPad 2 >>")), Ok(1));
    assert_eq!(materials::pages(&with_stream("/Subtype /Image", b"\x00 /JS /Launch \xff")), Ok(1));
}

#[test]
fn what_cannot_be_looked_into_is_refused_and_a_bomb_is_not_unpacked() {
    assert_eq!(materials::pages(&with_stream("/Type /ObjStm", b"not packed at all")), Err(Unfit::Opaque));
    let bomb = packed(&vec![b' '; 80 * 1024 * 1024]);
    assert!(bomb.len() < 200_000);
    assert_eq!(materials::pages(&with_stream("/Type /ObjStm", &bomb)), Err(Unfit::Opaque));
}

#[test]
fn a_file_is_what_its_first_bytes_say() {
    let look = |start: &[u8]| materials::look(start).map(|found| (found.kind, found.media_type));
    assert_eq!(look(b"%PDF-1.7 ..."), Ok((Kind::Slides, "application/pdf")));
    assert_eq!(look(b"\0\0\0\x20ftypisom\0\0\0\0"), Ok((Kind::Video, "video/mp4")));
    assert_eq!(look(b"\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x1f\x42\x82\x84webm"), Ok((Kind::Video, "video/webm")));
    for wrong in [
        &b"\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x1f\x42\x82\x88matroska"[..],
        b"\0\0\0\x20ftypheic\0\0\0\0",
        b"<html><script>",
        b"GIF89a",
        b"MZ\x90",
        b" %PDF-1.7",
    ] {
        assert_eq!(look(wrong), Err(Unfit::WrongType), "{wrong:?}");
    }
    assert_eq!(look(b""), Err(Unfit::NoFile));
}

#[test]
fn captions_titles_and_notes_are_held_to_their_form() {
    assert_eq!(materials::captions("\u{feff}WEBVTT\n\n00:01.000 --> 00:02.000\nHello"), Ok("WEBVTT\n\n00:01.000 --> 00:02.000\nHello"));
    assert_eq!((materials::captions(" \n"), materials::captions("WEBVTT")), (Ok(""), Ok("WEBVTT")));
    for wrong in ["1\n00:00:01,000 --> 00:00:02,000", "WEBVTTX\n", "WEBVTT\n\0"] {
        assert_eq!(materials::captions(wrong), Err(Unfit::NotCaptions), "{wrong}");
    }
    assert_eq!(materials::captions(&format!("WEBVTT\n{}", "x".repeat(CAPTIONS_CHARS))), Err(Unfit::CaptionsTooLong));
    assert_eq!((materials::title("  Waves "), materials::title(" ")), (Ok("Waves"), Err(Unfit::NoTitle)));
    assert_eq!(materials::title(&"é".repeat(121)), Err(Unfit::TitleTooLong));
    assert_eq!(materials::notes("One.\nMore.\n---\n\n---\nThree.").unwrap(), ["One.\nMore.", "", "Three."]);
    assert_eq!(materials::notes("").unwrap(), [""]);
    assert_eq!(materials::notes(&"x".repeat(NOTES_CHARS + 1)), Err(Unfit::NotesTooLong));
}

#[test]
fn every_no_has_a_sentence_of_its_own() {
    use Unfit::*;
    let all = [
        NoFile,
        WrongType,
        DeckTooLarge,
        FilmTooLarge,
        TooManyPages,
        NoPage,
        Locked,
        Active,
        Opaque,
        NoTitle,
        TitleTooLong,
        NotesTooLong,
        NotCaptions,
        CaptionsTooLong,
    ];
    let keys: std::collections::BTreeSet<&str> = all.iter().map(|unfit| unfit.key()).collect();
    assert_eq!(keys.len(), all.len());
    assert_eq!((Unfit::too_large(Kind::Slides), Unfit::too_large(Kind::Video)), (DeckTooLarge, FilmTooLarge));
    for kind in [Kind::Slides, Kind::Video] {
        assert_eq!(Kind::parse(kind.word()), Some(kind));
    }
}

#[test]
fn a_part_of_a_file_is_read_as_browsers_ask_for_it() {
    let range = |header| materials::range(header, 1_000);
    assert_eq!(range("bytes=0-"), Some(Ok((0, 999))));
    assert_eq!(range("bytes=200-299"), Some(Ok((200, 299))));
    assert_eq!(range("bytes=990-5000"), Some(Ok((990, 999))));
    assert_eq!(range("bytes=-100"), Some(Ok((900, 999))));
    assert_eq!(range("bytes=-5000"), Some(Ok((0, 999))));
    for outside in ["bytes=1000-", "bytes=1000-1001", "bytes=-0"] {
        assert_eq!(range(outside), Some(Err(())), "{outside}");
    }
    for whole in ["bytes=5-2", "bytes=a-b", "bytes=0-1,3-4", "items=0-1", "bytes=+1-2", "", "bytes=99999999999999999999-"] {
        assert_eq!(range(whole), None, "{whole}");
    }
    assert_eq!(materials::range("bytes=0-", 0), Some(Err(())));
}

proptest! {
    #[test]
    fn no_file_makes_the_look_stumble(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = (materials::look(&bytes), materials::pages(&bytes));
        let mut file = b"%PDF-1.7\n1 0 obj\n<< /Type /ObjStm >>\nstream\n".to_vec();
        file.extend_from_slice(&bytes);
        let _ = materials::pages(&file);
        file.extend_from_slice(b"endstream");
        let _ = materials::pages(&file);
    }

    #[test]
    fn a_range_lies_within_the_file(header in "bytes=[0-9]{0,4}-[0-9]{0,4}", total in 0u64..5_000) {
        if let Some(Ok((from, to))) = materials::range(&header, total) {
            prop_assert!(from <= to && to < total);
        }
    }
}
