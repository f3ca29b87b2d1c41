//! The shelf of homework: what may lie on it, how it is found, what a line names, and what ships.

use std::{collections::BTreeSet, fs, path::Path};

use care::{
    homework::{
        Asked, Kind, Misfit,
        shelf::{self, Entry, Key, Template, Wanted},
    },
    topics,
};
use proptest::prelude::*;

fn template(title: &str) -> Template {
    Template {
        title: title.into(),
        kind: Kind::Worksheet,
        text: "Answer when it is quiet".into(),
        asked: Asked { prompts: vec!["¿Qué ayudó mañana?".into()], ..Asked::default() },
        language: "en".into(),
        days: 7,
        topics: vec!["grief".into()],
    }
}

fn own(id: i64, title: &str, language: &str) -> Entry {
    Entry { key: Key::Own(id), template: Template { language: language.into(), ..template(title) }, away: false }
}

fn ships(slug: &str, title: &str) -> Entry {
    Entry { key: Key::Starter { slug: slug.into(), language: "en".into() }, template: template(title), away: false }
}

#[test]
fn what_cannot_be_kept_is_named() {
    assert_eq!(template("One <thing>").check(), Ok(()));
    let with = |change: fn(&mut Template)| {
        let mut one = template("One thing");
        change(&mut one);
        one.check()
    };
    assert_eq!(with(|one| one.title = "  ".into()), Err(Misfit::Title));
    assert_eq!(with(|one| one.title = "a".repeat(81)), Err(Misfit::Title));
    assert_eq!(with(|one| one.title = "two\nlines".into()), Err(Misfit::Title));
    assert_eq!(with(|one| one.title = "á".repeat(80)), Ok(()), "letters count, not bytes");
    assert_eq!(with(|one| one.text = " ".into()), Err(Misfit::Instructions));
    assert_eq!(with(|one| one.asked.prompts.clear()), Err(Misfit::Prompts));
    assert_eq!(with(|one| one.days = 0), Err(Misfit::Days));
    assert_eq!(with(|one| one.days = 181), Err(Misfit::Days));
    assert_eq!((with(|one| one.days = 1), with(|one| one.days = 180)), (Ok(()), Ok(())));
    crate::words::in_both_languages([Misfit::Title.key(), Misfit::Days.key()]);
}

#[test]
fn it_is_found_by_topic_kind_language_and_words() {
    let one = template("Una <cosa> pequeña");
    let fits = |change: fn(&mut Wanted)| {
        let mut wanted = Wanted::default();
        change(&mut wanted);
        wanted.fits(&one)
    };
    assert!(fits(|_| {}), "who asks for nothing sees everything");
    assert!(fits(|wanted| wanted.topic = "grief".into()) && !fits(|wanted| wanted.topic = "ocd".into()));
    assert!(fits(|wanted| wanted.kind = Some(Kind::Worksheet)) && !fits(|wanted| wanted.kind = Some(Kind::Free)));
    assert!(fits(|wanted| wanted.language = "en".into()) && !fits(|wanted| wanted.language = "es".into()));
    for words in ["PEQUENA", "  quiet \n pequeña ", "manana", "ayudo", "<cosa>"] {
        assert!(Wanted { words: words.into(), ..Wanted::default() }.fits(&one), "{words}");
    }
    for words in ["grande", "quiet grande", "smallquiet"] {
        assert!(!Wanted { words: words.into(), ..Wanted::default() }.fits(&one), "{words}");
    }
    let both = Wanted { topic: "grief".into(), words: "grande".into(), ..Wanted::default() };
    assert!(!both.fits(&one), "all of it has to fit");
}

#[test]
fn one_s_own_come_first_and_each_by_its_title() {
    let all = vec![ships("b", "Aaa"), own(2, "Último", "es"), own(1, "zebra", "en"), ships("a", "Bbb")];
    let titles: Vec<String> = shelf::sorted(all).into_iter().map(|entry| entry.template.title).collect();
    assert_eq!(titles, ["Último", "zebra", "Aaa", "Bbb"]);
}

#[test]
fn a_line_names_by_title_in_the_group_s_language_first_and_never_what_is_put_away() {
    let away = Entry { away: true, ..own(9, "Away", "en") };
    let all = [ships("x", "Una cosa"), own(1, "Una cosa", "en"), own(2, "Una cosa", "es"), away];
    let named = |line, language| shelf::named(line, &all, language).map(|entry| entry.key.clone());
    assert_eq!(named("  UNA   cosa", "es"), Some(Key::Own(2)));
    assert_eq!(named("una cosa", "en"), Some(Key::Own(1)), "one's own before what ships");
    assert_eq!((named("una", "en"), named("una cosa más", "en"), named("", "en"), named("Away", "en")), (None, None, None, None));
    let only_ships = [ships("x", "Una cosa")];
    assert!(shelf::named("Una cosa", &only_ships, "es").is_some(), "better in another language than not at all");

    assert!(shelf::is_taken("una COSA", "es", &all, None) && shelf::is_taken("Una cosa", "en", &all, Some(&Key::Own(2))));
    assert!(!shelf::is_taken("Una cosa", "es", &all, Some(&Key::Own(2))), "it may keep its own title");
    assert!(!shelf::is_taken("Away", "en", &all, None) && !shelf::is_taken("Una cosa", "en", &only_ships, None));
}

#[test]
fn whoever_was_given_it_by_name_reads_name_and_instruction() {
    assert_eq!(template("One thing").told(), "One thing. Answer when it is quiet");
    assert_eq!(template(" What helps? ").told(), "What helps? Answer when it is quiet");
}

#[test]
fn a_key_is_read_as_it_is_written_and_nothing_else_is_one() {
    for text in ["17", "-3", "en.longer-breath", "es.small-steps"] {
        assert_eq!(Key::read(text).map(|key| key.to_string()).as_deref(), Some(text));
    }
    let long = format!("en.{}", "a".repeat(41));
    for text in ["", "en", "en.", "fr.longer-breath", "en.../x", "en.Longer", "1.5", "99999999999999999999", "en.a b", &long] {
        assert_eq!(Key::read(text), None, "{text}");
    }
}

/// The registry: each file of the folder ships, in both languages, and fits the forms that there are.
#[test]
fn every_starter_fits_in_both_languages() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let files = ["homework", "library/worksheets"].into_iter().flat_map(|folder| fs::read_dir(content.join(folder)).unwrap());
    let files: BTreeSet<String> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    let all = shelf::starters(&[]).unwrap();
    let slugs: BTreeSet<String> = all.iter().map(|entry| format!("{}.json", entry.key.to_string().split_off(3))).collect();
    assert_eq!(slugs, files, "a file that nobody reads, or a word that is not its file's");
    assert_eq!(all.len(), files.len() * 2);
    let mut titles = BTreeSet::new();
    for pair in all.chunks(2) {
        let [english, spanish] = [&pair[0].template, &pair[1].template];
        assert_eq!((english.language.as_str(), spanish.language.as_str()), ("en", "es"));
        assert_eq!((english.kind, english.days, &english.topics), (spanish.kind, spanish.days, &spanish.topics));
        let lines = |one: &Template| (one.asked.prompts.len(), one.asked.steps.len(), one.asked.own.len(), one.asked.text.lines().count());
        assert_eq!(lines(english), lines(spanish), "{}", english.title);
        for one in [english, spanish] {
            assert_eq!(one.check(), Ok(()), "{}", one.title);
            assert_eq!(one.asked.clone().of(one.kind), one.asked, "{} has a part that its kind does not show", one.title);
            assert!(titles.insert(one.title.clone()), "{} is there twice: a line could not name it", one.title);
            assert!(!one.topics.is_empty() && one.topics.iter().all(|topic| topics::TOPICS.contains(&topic.as_str())), "{}", one.title);
            let said = format!("{} {} {} {}", one.title, one.text, one.asked.text, one.asked.prompts.join(" "));
            assert!(!said.contains(['!', '¡']), "{} shouts", one.title);
        }
        let polite = format!(" {} {} ", spanish.text, spanish.asked.text).to_lowercase();
        assert!(![" usted ", " ustedes ", " vosotros "].iter().any(|word| polite.contains(word)), "{}", spanish.title);
        assert_ne!((&english.title, &english.text), (&spanish.title, &spanish.text));
    }
}

#[test]
fn there_is_a_starter_of_every_kind_and_for_every_topic() {
    let all = shelf::starters(&[]).unwrap();
    for kind in Kind::ALL {
        assert!(all.iter().any(|entry| entry.template.kind == kind), "{}", kind.word());
    }
    for topic in topics::TOPICS {
        assert!(all.iter().any(|entry| entry.template.topics.iter().any(|one| one == topic)), "{topic}");
    }
}

#[test]
fn a_starter_is_put_away_in_one_language_at_a_time() {
    let all = shelf::starters(&["en.longer-breath".into(), "en.gone-since".into()]).unwrap();
    let away: Vec<String> = all.iter().filter(|entry| entry.away).map(|entry| entry.key.to_string()).collect();
    assert_eq!(away, ["en.longer-breath"]);
}

proptest! {
    /// Whatever an address has: it is no key, or it is written as it was read.
    #[test]
    fn no_address_breaks_a_key(text in "[a-z0-9.\\-]{0,24}|.{0,12}") {
        if let Some(key) = Key::read(&text) {
            prop_assert_eq!(Key::read(&key.to_string()), Some(key));
        }
    }

    /// A title finds its own template, typed in any case and with any spaces, and a line names it.
    #[test]
    fn a_title_is_found_again(title in "[A-Za-zÁÉÍÓÚÑáéíóúñ ]{1,30}", spaces in 1usize..4) {
        prop_assume!(!title.trim().is_empty());
        let typed = title.to_uppercase().replace(' ', &" ".repeat(spaces));
        let one = own(5, &title, "es");
        let wanted = Wanted { words: typed.clone(), ..Wanted::default() };
        prop_assert!(wanted.fits(&one.template));
        let shelf = [one];
        prop_assert!(shelf::named(&typed, &shelf, "en").is_some());
    }

    /// What fits what is wanted still fits when less is wanted.
    #[test]
    fn to_ask_for_less_never_finds_less(words in "[a-z ]{0,12}", topic in 0usize..3, kind in 0usize..9) {
        let topic = ["", "grief", "ocd"][topic];
        let wanted = Wanted { topic: topic.into(), kind: Kind::ALL.get(kind).copied(), words, language: "en".into() };
        for entry in shelf::starters(&[]).unwrap() {
            let less = [
                Wanted { words: String::new(), ..wanted.clone() },
                Wanted { kind: None, ..wanted.clone() },
                Wanted { topic: String::new(), language: String::new(), ..wanted.clone() },
            ];
            let fits = wanted.fits(&entry.template);
            prop_assert!(!fits || less.iter().all(|less| less.fits(&entry.template)));
        }
    }
}
