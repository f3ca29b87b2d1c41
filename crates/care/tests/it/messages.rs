//! What a message may be, how it is shown, and which words bring help at once.

use std::time::Duration;

use care::{
    messages::{
        CHARS, Danger, IN_A_MINUTE, IN_AN_HOUR, OWN_MOST, Own, Piece, Reaction, Rules, Shipped, Trouble, WordTrouble,
        file::{self, Kind},
        floods, folded, matches, own, own_words, pieces, read, short,
    },
    reminders::Quiet,
};
use proptest::prelude::*;

#[test]
fn a_text_is_kept_as_it_is_meant_and_without_what_nobody_sees() {
    for (typed, kept) in [
        ("  Hello\r\nyou \n", "Hello\nyou"),
        ("a\u{202e}evil\u{202c}b", "aevilb"),
        ("pass\u{200b}word\u{feff}", "password"),
        ("one\n\n\n\n\ntwo", "one\n\ntwo"),
        ("tab\there", "tab here"),
        ("z\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}", "z\u{301}\u{302}\u{303}"),
        ("null\0byte\u{7}", "nullbyte"),
        ("👩\u{200d}🌾 in the field", "👩\u{200d}🌾 in the field"),
        ("Lucía — ñandú, 心美, أمينة", "Lucía — ñandú, 心美, أمينة"),
        ("<b>bold</b> & \"quoted\"", "<b>bold</b> & \"quoted\""),
    ] {
        assert_eq!(read(typed).as_deref(), Ok(kept), "{typed:?}");
    }
    for nothing in ["", "  \n ", "\u{200b}\u{202e}", "\u{200d}\u{200c} \u{200d}", "\u{3164}"] {
        assert_eq!(read(nothing), Err(Trouble::Empty), "{nothing:?}");
    }
    assert!(read(&"ñ".repeat(CHARS)).is_ok(), "letters are counted, not bytes");
    assert_eq!(read(&"x".repeat(CHARS + 1)), Err(Trouble::TooLong));
}

fn links(text: &str) -> Vec<&str> {
    pieces(text)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Link(address) => Some(address),
            Piece::Words(_) => None,
        })
        .collect()
}

#[test]
fn a_link_is_what_it_says_and_nothing_else_is_one() {
    for (text, found) in [
        ("See https://example.org/a?b=c#d.", vec!["https://example.org/a?b=c#d"]),
        ("(http://example.org)", vec!["http://example.org"]),
        ("https://one.example.org, https://two.example.org!", vec!["https://one.example.org", "https://two.example.org"]),
        ("https://example.org:8080/x", vec!["https://example.org:8080/x"]),
        ("javascript:alert(1) data:text/html,x ftp://example.org", vec![]),
        ("https://bank.example@evil.example/", vec![]),
        ("https://exаmple.org", vec![]),
        ("https://localhost/x https:// http://", vec![]),
        ("xhttps://example.org", vec![]),
        ("https://example.org\"onmouseover=\"alert(1)", vec!["https://example.org"]),
        ("https://example.org<script>", vec!["https://example.org"]),
        ("https://example.org\\@evil.example", vec![]),
        ("httphttps://example.org", vec![]),
    ] {
        assert_eq!(links(text), found, "{text}");
    }
}

#[test]
fn a_beginning_is_one_line() {
    assert_eq!(short("one\n two"), "one two");
    let long = short(&"word ".repeat(60));
    assert!(long.chars().count() <= 91 && long.ends_with('…'));
}

#[test]
fn what_was_written_can_be_changed_for_so_long_and_no_longer() {
    let rules = |edit_minutes| Rules { edit_minutes, quiet: Quiet::NONE };
    assert!(rules(15).may_change(Duration::from_secs(899)) && !rules(15).may_change(Duration::from_secs(900)));
    assert!(!rules(0).may_change(Duration::ZERO), "a practice may want that nothing is changed");
}

#[test]
fn a_flood_stops_and_a_person_who_types_does_not() {
    assert!(!floods(IN_A_MINUTE - 1, IN_AN_HOUR - 1));
    assert!(floods(IN_A_MINUTE, 0) && floods(0, IN_AN_HOUR));
}

#[test]
fn each_quiet_answer_and_each_trouble_has_its_own_word() {
    assert!(Reaction::ALL.into_iter().all(|one| Reaction::parse(one.word()) == Some(one)));
    assert_eq!(Reaction::parse("like"), None);
    let all = [
        Trouble::Empty,
        Trouble::TooLong,
        Trouble::Paused,
        Trouble::Ended,
        Trouble::TooMany,
        Trouble::ReplyTakenBack,
        Trouble::ReplyGone,
        Trouble::TooLate,
        Trouble::FileType,
        Trouble::PictureHeic,
        Trouble::PictureTooLarge,
        Trouble::PictureTooMany,
        Trouble::PictureBroken,
        Trouble::PdfTooLarge,
        Trouble::PdfActive,
        Trouble::PdfLocked,
        Trouble::PdfBroken,
        Trouble::FileBrokeOff,
        Trouble::DescriptionTooLong,
    ];
    let keys: std::collections::BTreeSet<&str> = all.into_iter().map(Trouble::key).collect();
    assert_eq!(keys.len(), all.len());
}

#[test]
fn a_text_is_found_by_its_words_whatever_the_accents() {
    assert!(matches("Mañana caminé al RÍO", &folded("rio MANANA")));
    assert!(!matches("Mañana caminé al río", &folded("rio montaña")));
}

fn shipped() -> Danger {
    Danger::new(Shipped::read().unwrap().words.iter().map(|word| word.word.as_str()))
}

#[test]
fn words_that_signal_danger_are_heard_in_both_languages() {
    let danger = shipped();
    for text in [
        "I want to die.",
        "sometimes I just WANT  TO\nDIE",
        "thinking about suicide again",
        "i'd rather kill myself",
        "They would be better off without me, all of them",
        "I wish I were dead",
        "Quiero morirme",
        "pienso en quitarme la vida",
        "PIENSO EN QUITARME LA VIDA!!!",
        "estaria mejor muerta",
        "Todos estarían mejor sin mi",
        "quiero hacerme daño",
        "quiero hacerme dan\u{303}o",
        "no quiero vivir así",
    ] {
        assert!(danger.is_in(text), "{text}");
    }
}

#[test]
fn near_misses_and_silence_call_nobody() {
    let danger = shipped();
    for text in [
        "",
        "I am dying to see the film",
        "That joke killed me",
        "I could kill for a coffee",
        "skill myself up",
        "I had to cut myself some slack",
        "we want to diet together",
        "I want today to end",
        "this is so hard and I feel so low",
        "Me muero de risa",
        "voy a matar el tiempo leyendo",
        "quiero cortarme el pelo",
        "acabar con todo el trabajo",
        "la vida es un regalo que no quiero perder",
        "suicidal-ish is one word here, suicidality another",
    ] {
        let expected = text.starts_with("suicidal-ish");
        assert_eq!(danger.is_in(text), expected, "{text}");
    }
    assert!(!Danger::new([]).is_in("I want to die"), "a practice that switched everything off is not called");
    assert!(!Danger::new(["", " ?! "]).is_in("anything"), "an empty word stands in no sentence");
}

#[test]
fn every_shipped_word_has_a_source_and_is_heard_alone() {
    let list = Shipped::read().unwrap();
    let danger = shipped();
    for word in &list.words {
        assert!(!list.source(word).is_empty(), "{} has no source", word.word);
        assert!(["en", "es"].contains(&word.language.as_str()));
        assert!(danger.is_in(&word.word), "{}", word.word);
        assert!(own_words(&word.word).is_ok_and(|own| own.len() == 1), "{} could be typed, too", word.word);
    }
    assert!(list.words.iter().any(|word| word.language == "en") && list.words.iter().any(|word| word.language == "es"));
    assert!(list.words.len() <= 40, "a short list");
}

#[test]
fn own_words_are_read_line_by_line() {
    assert_eq!(
        own_words(" the grey  room \n\nThe Grey Room\nel cuarto gris\n"),
        Ok(vec!["the grey room".to_owned(), "el cuarto gris".to_owned()])
    );
    assert_eq!(own_words(""), Ok(vec![]));
    assert_eq!(own_words("a b"), Err(WordTrouble::TooShort));
    assert_eq!(own_words("?!"), Err(WordTrouble::TooShort));
    assert_eq!(own_words(&"x".repeat(61)), Err(WordTrouble::TooLong));
    let many: Vec<String> = (0..=OWN_MOST).map(|number| format!("word{number}")).collect();
    assert_eq!(own_words(&many.join("\n")), Err(WordTrouble::TooMany));
}

proptest! {
    #[test]
    fn whatever_is_typed_is_read_without_what_nobody_sees_and_a_second_time_the_same(typed in any::<String>()) {
        if let Ok(text) = read(&typed) {
            prop_assert!(text.chars().count() <= CHARS);
            let unseen = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}');
            let is_clean = !text.chars().any(unseen);
            prop_assert!(is_clean);
            prop_assert_eq!(read(&text), Ok(text.clone()));
        }
    }

    #[test]
    fn pieces_together_are_the_text_and_every_link_is_of_the_web(text in "(https?://|[a-z.@/<>\" é\\\\]|javascript:){0,12}") {
        let all = pieces(&text);
        let together: String = all.iter().map(|piece| match piece { Piece::Words(part) | Piece::Link(part) => *part }).collect();
        prop_assert_eq!(together, text.clone());
        for link in links(&text) {
            prop_assert!(link.starts_with("https://") || link.starts_with("http://"));
            let host = link.split("://").nth(1).unwrap().split('/').next().unwrap();
            let is_clean = !link.contains(['"', '<', '>', '\'', ' ', '\\']) && !host.contains('@');
            prop_assert!(is_clean);
        }
    }

    /// Danger words never hear inside of other words.
    #[test]
    fn a_word_inside_another_is_not_that_word(before in "[a-z]{1,5}", after in "[a-z]{1,5}") {
        let around = format!("{before}suicidio{after}");
        prop_assert!(!Danger::new(["suicidio"]).is_in(&around));
        let sentence = format!("{before}, Suicidio. {after}");
        prop_assert!(Danger::new(["suicidio"]).is_in(&sentence));
    }
}

#[test]
fn an_address_of_this_house_is_what_it_leads_to_and_no_other_address_is_one() {
    let base = "https://hearth.example.org";
    for (address, leads) in [
        ("https://hearth.example.org/library/what-grief-does", Some(Own::Item("what-grief-does"))),
        ("https://hearth.example.org/library/what-grief-does/?x=1#y", Some(Own::Item("what-grief-does"))),
        ("https://hearth.example.org/materials/42", Some(Own::Material(42))),
        ("https://hearth.example.org/materials/42/file", Some(Own::Material(42))),
        ("https://hearth.example.org/library/", None),
        ("https://hearth.example.org/library/a/edit", None),
        ("https://hearth.example.org/library/%3Cb%3E", None),
        ("https://hearth.example.org/materials/x", None),
        ("https://hearth.example.org/materials/99999999999999999999", None),
        ("https://hearth.example.org/materials/", None),
        ("https://hearth.example.org/today", None),
        ("https://hearth.example.org.evil.example/library/x", None),
        ("https://evil.example/https://hearth.example.org/library/x", None),
    ] {
        assert_eq!(own(address, base), leads, "{address}");
    }
}

#[test]
fn a_file_is_what_its_first_bytes_say() {
    for (start, kind) in [
        (&b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"[..], Ok(Kind::Picture)),
        (b"\xff\xd8\xff\xe1", Ok(Kind::Picture)),
        (b"RIFF\x10\0\0\0WEBPVP8 ", Ok(Kind::Picture)),
        (b"%PDF-1.7", Ok(Kind::Pdf)),
        (b"\0\0\0\x18ftypheic\0\0", Err(Trouble::PictureHeic)),
        (b"\0\0\0\x18ftypavif\0\0", Err(Trouble::PictureHeic)),
        (b"\0\0\0\x18ftypisom\0\0", Err(Trouble::FileType)),
        (b"RIFF\x10\0\0\0WAVEfmt ", Err(Trouble::FileType)),
        (b"GIF89a", Err(Trouble::FileType)),
        (b"<svg xmlns", Err(Trouble::FileType)),
        (b" %PDF-1.7", Err(Trouble::FileType)),
        (b"", Err(Trouble::FileType)),
    ] {
        assert_eq!(file::look(start), kind, "{start:?}");
    }
    for kind in [Kind::Picture, Kind::Pdf] {
        assert_eq!(Kind::parse(kind.word()), Some(kind));
        assert!(kind.most_bytes() >= 10 << 20);
    }
    assert_eq!((Kind::Picture.too_large(), Kind::Pdf.too_large()), (Trouble::PictureTooLarge, Trouble::PdfTooLarge));
    assert_eq!(Kind::parse("film"), None);
}

#[test]
fn a_picture_is_measured_before_it_is_opened() {
    assert_eq!(file::measured(8_064, 6_048), Ok(()), "the largest that a telephone takes");
    assert_eq!(file::measured(60_000, 60_000), Err(Trouble::PictureTooMany));
    assert_eq!(file::measured(u32::MAX, u32::MAX), Err(Trouble::PictureTooMany));
    assert_eq!(file::measured(0, 40), Err(Trouble::PictureBroken));
    assert_eq!(file::sized(4_032, 3_024), (1_600, 1_200));
    assert_eq!(file::sized(3_024, 4_032), (1_200, 1_600));
    assert_eq!(file::sized(640, 480), (640, 480), "nothing is blown up");
    assert_eq!(file::sized(1, 50_000), (1, 1_600));
}

#[test]
fn a_description_is_one_line_and_may_be_nothing() {
    assert_eq!(file::description(" A river\n at  night \u{202e}").as_deref(), Ok("A river at night"));
    assert_eq!(file::description(" \u{200b}").as_deref(), Ok(""));
    assert!(file::description(&"ñ".repeat(300)).is_ok());
    for long in [301, 2_001] {
        assert_eq!(file::description(&"x".repeat(long)), Err(Trouble::DescriptionTooLong));
    }
}

#[test]
fn a_pdf_is_looked_into_and_its_refusal_is_said_in_the_words_of_messages() {
    let page = "%PDF-1.7\n1 0 obj\n<< /Type /Page >>\nendobj\n";
    assert_eq!(file::pages(page.as_bytes()), Ok(1));
    for (extra, why) in
        [("/S /JavaScript", Trouble::PdfActive), ("/EmbeddedFile", Trouble::PdfActive), ("/Encrypt 9 0 R", Trouble::PdfLocked)]
    {
        assert_eq!(file::pages(format!("{page}2 0 obj\n<< {extra} >>\nendobj\n").as_bytes()), Err(why), "{extra}");
    }
    assert_eq!(file::pages(b"%PDF-1.7 nothing"), Err(Trouble::PdfBroken));
}

proptest! {
    #[test]
    fn a_kept_picture_has_points_and_no_side_too_long(width in 1_u32..200_000, height in 1_u32..200_000) {
        let (kept_width, kept_height) = file::sized(width, height);
        prop_assert!((1..=file::SIDE).contains(&kept_width) && (1..=file::SIDE).contains(&kept_height));
        prop_assert!(kept_width <= width && kept_height <= height);
    }

    #[test]
    fn whatever_the_bytes_nobody_falls_over_them(bytes in prop::collection::vec(any::<u8>(), 0..64), text in ".{0,400}") {
        let _ = (file::look(&bytes), file::pages(&bytes));
        let line = file::description(&text);
        prop_assert!(line.is_ok_and(|line| line.chars().count() <= file::DESCRIPTION_CHARS && !line.contains('\n')) || text.chars().count() > file::DESCRIPTION_CHARS);
        let _ = own(&text, "https://hearth.example.org");
    }
}
