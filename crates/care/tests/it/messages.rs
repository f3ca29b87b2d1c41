//! What a message may be, how it is shown, and which words bring help at once.

use std::time::Duration;

use care::{
    messages::{
        CHARS, Danger, IN_A_MINUTE, IN_AN_HOUR, OWN_MOST, Piece, Reaction, Rules, Shipped, Trouble, WordTrouble, floods, folded, matches,
        own_words, pieces, read, short,
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
