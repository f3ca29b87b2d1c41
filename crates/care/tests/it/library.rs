//! The library: what ships is whole in both languages and names its sources; what a practice writes has no power over a page.

use std::{collections::BTreeSet, fs, path::Path};

use care::{
    homework::{Answered, Ask, Kind, question, shelf},
    library::{
        self, Article, Audience, BlankKind, Item, PARTS, SKILLS, Unfit, Wanted, Words, Written, articles, cited, is_slug, sorted,
        text::{self, Block, Style},
        worksheets,
    },
    topics::TOPICS,
};
use proptest::prelude::*;

fn folder(name: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/library").join(name);
    let name = |file: fs::DirEntry| file.file_name().into_string().unwrap().rsplit_once('.').unwrap().0.to_owned();
    fs::read_dir(folder).unwrap().map(|file| name(file.unwrap())).collect()
}

fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count()
}

/// What kind of block stands where: a translation has the same.
fn shape(written: &Written) -> Vec<(usize, bool)> {
    let one = |block: &Block| match block {
        Block::Heading(_) => (0, false),
        Block::Paragraph(_) => (1, false),
        Block::List { numbered, items } => (1 + items.len(), *numbered),
    };
    text::read(&written.body).iter().map(one).collect()
}

#[test]
fn every_article_is_whole_in_both_languages_and_names_its_sources() {
    let files = folder("articles");
    let slugs: BTreeSet<String> = articles().iter().map(|one| one.slug.clone()).collect();
    assert_eq!(slugs, files, "a file that nobody reads, or that cannot be read");
    assert!(articles().len() >= 24);
    let mut titles = BTreeSet::new();
    for one in articles() {
        let slug = &one.slug;
        assert_eq!(one.check(|topic| TOPICS.contains(&topic)), Ok(()), "{slug}");
        assert!(!one.topics.is_empty() && !one.skills.is_empty() && !one.sources.is_empty(), "{slug}");
        let numbers: Vec<usize> = (1..=one.sources.len()).collect();
        for written in [&one.en, &one.es] {
            assert_eq!(cited(&written.body), numbers, "{slug}: each source is named, in both languages");
            let said = format!("{} {} {}", written.title, written.lead, written.body);
            assert!(!said.contains(['!', '¡']), "{slug} shouts");
            let count = words(&written.lead) + words(&written.body);
            assert!((250..=500).contains(&count), "{slug} has {count} words");
            assert!(titles.insert(written.title.clone()), "{slug}: its title is there twice, no line could name it");
            assert!(shelf::Key::read(&format!("en.{slug}")).is_some(), "{slug} can be given");
        }
        assert_eq!(shape(&one.en), shape(&one.es), "{slug} is made alike in both languages");
        for source in &one.sources {
            let year =
                source.split(['(', ')']).any(|part| part.len() == 4 && part.parse::<u16>().is_ok_and(|year| (1950..2027).contains(&year)));
            assert!(year && source.contains(". "), "{slug}: {source}");
        }
        let polite = format!(" {} ", one.es.body.to_lowercase());
        assert!(![" usted ", " ustedes ", " vosotros ", " os "].iter().any(|word| polite.contains(word)), "{slug}");
    }
}

#[test]
fn topics_skills_and_families_all_find_something() {
    let sheets = worksheets().unwrap();
    assert_eq!(sheets.iter().map(|sheet| sheet.slug.clone()).collect::<BTreeSet<_>>(), folder("worksheets"));
    assert!(sheets.len() >= 12);
    for topic in TOPICS {
        assert!(articles().iter().any(|one| one.topics.iter().any(|other| other == topic)), "{topic}");
        assert!(sheets.iter().any(|one| one.template("es").topics.iter().any(|other| other == topic)), "{topic}");
    }
    for skill in SKILLS {
        assert!(articles().iter().any(|one| one.skills.iter().any(|other| other == skill)), "{skill}");
        assert!(sheets.iter().any(|one| one.skills.iter().any(|other| other == skill)), "{skill}");
        crate::words::in_both_languages([&*format!("skill-{skill}")]);
    }
    assert!(articles().iter().any(|one| one.audience == Audience::Supporters));
    assert!(articles().iter().filter(|one| one.audience.is_for(true)).count() > 10 && !Audience::Members.is_for(true));
    for audience in Audience::ALL {
        assert_eq!(Audience::parse(audience.word()), Some(audience));
        assert!(audience.is_for(false));
        crate::words::in_both_languages([&*format!("readings-for-{}", audience.word())]);
    }
}

/// A worksheet is homework: its questions are answered in the same kind of way in both languages, and by the form that there is.
#[test]
fn a_worksheet_asks_the_same_in_both_languages() {
    let mut ways = BTreeSet::new();
    for sheet in worksheets().unwrap() {
        let [english, spanish] = ["en", "es"].map(|language| sheet.template(language));
        assert_eq!((english.kind, english.check(), spanish.check()), (Kind::Worksheet, Ok(()), Ok(())), "{}", sheet.slug);
        let answered = |one: &shelf::Template| one.asked.prompts.iter().map(|prompt| question(prompt).1).collect::<Vec<_>>();
        assert_eq!(answered(english), answered(spanish), "{}", sheet.slug);
        ways.extend(answered(english).into_iter().map(|way| format!("{way:?}")));
        let form = spanish.asked.form(Kind::Worksheet, &[]);
        assert!(form.fields().all(|field| !format!("{:?}", field.label).contains(['[', ']'])), "{}: no mark is shown", sheet.slug);
    }
    assert_eq!(ways.len(), 4, "text, line, scale and list are all used");
}

#[test]
fn a_mark_says_how_a_question_is_answered() {
    for (prompt, shown, answered) in [
        ("How was it?", "How was it?", Answered::Text),
        ("How heavy? [0-10]", "How heavy?", Answered::Scale),
        ("One word [line] ", "One word", Answered::Line),
        ("Ideas [list]", "Ideas", Answered::List),
        ("[list]", "[list]", Answered::Text),
        ("[line] first", "[line] first", Answered::Text),
        ("Odd [0-11]", "Odd [0-11]", Answered::Text),
    ] {
        assert_eq!(question(prompt), (shown, answered), "{prompt}");
    }
    let asked = care::homework::Asked { prompts: vec!["A [list]".into(), "B [0-10]".into(), "C".into()], ..Default::default() };
    let form = asked.form(Kind::Worksheet, &[]);
    let names: Vec<&str> = form.fields().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["answer-0", "answer-0-1", "answer-0-2", "answer-0-3", "answer-1", "answer-2"]);
    assert_eq!(form.fields().filter(|field| field.optional).count(), 3, "one line of a list is enough");
    assert!(form.fields().any(|field| field.ask == Ask::Scale { most: 10 }));
}

fn written(title: &str) -> Written {
    Written { title: title.into(), lead: "About it.".into(), body: "Ayudó [1].".into() }
}

fn article() -> Article {
    Article {
        slug: "one-thing".into(),
        topics: vec!["grief".into()],
        skills: vec!["stress".into()],
        audience: Audience::Everybody,
        sources: vec!["Somebody (2001). A book.".into()],
        en: written("One thing"),
        es: written("Una cosa pequeña"),
    }
}

#[test]
fn what_cannot_be_kept_is_named() {
    let with = |change: &dyn Fn(&mut Article)| {
        let mut one = article();
        change(&mut one);
        one.check(|topic| TOPICS.contains(&topic))
    };
    assert_eq!(with(&|_| {}), Ok(()));
    assert_eq!(with(&|one| one.en.title = " ".into()), Err(Unfit::Title));
    assert_eq!(with(&|one| one.es.title = "a".repeat(81)), Err(Unfit::Title));
    assert_eq!(with(&|one| one.es.title = "Ma\u{202e}ya".into()), Err(Unfit::Title));
    assert_eq!(with(&|one| one.es.lead = String::new()), Err(Unfit::Lead));
    assert_eq!(with(&|one| one.en.lead = "á".repeat(301)), Err(Unfit::Lead));
    assert_eq!(with(&|one| one.en.body = " \n ".into()), Err(Unfit::Body));
    assert_eq!(with(&|one| one.en.body = "á".repeat(8_001)), Err(Unfit::TooLong));
    assert_eq!(with(&|one| one.en.body = "á".repeat(8_000)), Ok(()), "letters count, not bytes");
    assert_eq!(with(&|one| one.sources = vec!["x".into(); 13]), Err(Unfit::Sources));
    assert_eq!(with(&|one| one.sources[0] = "x".repeat(401)), Err(Unfit::Sources));
    assert_eq!(with(&|one| one.sources.clear()), Err(Unfit::Unsourced));
    assert_eq!(with(&|one| one.es.body = "As [2] says".into()), Err(Unfit::Unsourced));
    assert_eq!(with(&|one| one.topics[0] = "unknown".into()), Err(Unfit::Topics));
    assert_eq!(with(&|one| one.skills[0] = "juggling".into()), Err(Unfit::Topics));
    let all = [Unfit::Title, Unfit::Lead, Unfit::Body, Unfit::TooLong, Unfit::Sources, Unfit::Unsourced, Unfit::Audience];
    crate::words::in_both_languages(all.into_iter().chain([Unfit::Topics, Unfit::Taken, Unfit::Full]).map(Unfit::key));
}

#[test]
fn it_is_found_by_words_topic_and_skill_and_titles_come_first() {
    let one = Item::of_article(&article(), "es");
    let fits = |words: &str, topic: &str, skill: &str| Wanted { words: words.into(), topic: topic.into(), skill: skill.into() }.fits(&one);
    assert!(fits("", "", "") && fits("PEQUENA  ayudo", "grief", "stress") && fits("about", "", ""));
    assert!(!fits("grande", "", "") && !fits("", "ocd", "") && !fits("pequeña", "", "empathy"));
    assert!(!Wanted::default().is_narrow());
    let all: Vec<Item> = articles().iter().map(|one| Item::of_article(one, "en")).collect();
    let wanted = Wanted { words: "grief".into(), ..Wanted::default() };
    let found = sorted(all.into_iter().filter(|item| wanted.fits(item)).collect(), &wanted);
    assert!(found.len() > 1 && found[0].slug == "what-grief-does", "{found:?}");
    let reading = articles()[0].reading("es");
    assert_eq!((reading.kind, reading.check()), (Kind::Reading, Ok(())));
    assert!(!reading.asked.text.contains("##") && !reading.asked.text.contains("**"));
}

#[test]
fn a_word_for_addresses_is_nobody_else_s() {
    let free = |title: &str| library::slug(title, |_| false);
    assert_eq!(free("Una cosa pequeña, ¿y ahora?"), "una-cosa-pequena-y-ahora");
    assert_eq!((free("New").as_str(), free("¿…?").as_str()), ("new-a", "article"));
    assert_eq!(library::slug("One", |slug| ["one", "one-a"].contains(&slug)), "one-b");
    assert!(free(&"long word ".repeat(20)).len() <= 32);
}

#[test]
fn a_text_keeps_its_form_and_loses_nothing() {
    let blocks = text::read("# Big\n\nOne **strong** and *soft*\nword.\n\n- a\n- b\n  - c\n\n1. x\n2. y\n\n> said\n\n---\n\n`code`");
    let kinds: Vec<String> = blocks
        .iter()
        .map(|block| match block {
            Block::Heading(_) => "h".into(),
            Block::Paragraph(_) => "p".into(),
            Block::List { numbered, items } => format!("{numbered}{}", items.len()),
        })
        .collect();
    assert_eq!(kinds, ["h", "p", "false3", "true2", "p", "p"]);
    let Block::Paragraph(line) = &blocks[1] else { panic!("{blocks:?}") };
    assert!(line[1].is_strong() && line[3].is_stressed() && line[4].words == " word.");
    assert_eq!((text::sections(&blocks), text::plain(&blocks).contains("– c")), (1, true));
    assert_eq!(
        text::plain(&text::read("Said so. [1] And [x] too [2]")),
        "Said so.\u{a0}[1] And [x] too\u{a0}[2]",
        "a number stays on its line"
    );
}

#[test]
fn links_lead_to_encrypted_pages_or_nowhere() {
    let link = |text: &str| match &text::read(text)[0] {
        Block::Paragraph(line) => line[0].link().map(str::to_owned),
        other => panic!("{other:?}"),
    };
    assert_eq!(link("[a](https://example.org/b)").as_deref(), Some("https://example.org/b"));
    for bad in [
        "javascript:alert(1)",
        "data:text/html,x",
        "http://example.org",
        "//example.org",
        "https://a@example.org",
        "/groups/1",
        "&#106;avascript:x",
    ] {
        assert_eq!(link(&format!("[a]({bad})")), None, "{bad}");
    }
    let html = text::read("<b onclick=x>hi</b>\n\n<script>alert(1)</script>");
    assert!(text::plain(&html).contains("<b onclick=x>hi</b>") && text::plain(&html).contains("<script>"), "shown as it was typed");
}

proptest! {
    /// Whatever is typed: it is read, no link leads anywhere odd, and no letter of a word is lost.
    #[test]
    fn no_text_breaks_the_reading(typed in "([a-z<>*_#\\[\\]()!`~ \n-]|https://|&amp;){0,80}") {
        let blocks = text::read(&typed);
        let lines = blocks.iter().flat_map(|block| match block {
            Block::Heading(line) | Block::Paragraph(line) => vec![line.clone()],
            Block::List { items, .. } => items.clone(),
        });
        for span in lines.flatten() {
            if let Style::Link(to) = &span.style {
                prop_assert!(to.starts_with("https://") && !to.contains(['<', '>', '"', '\'']));
            }
        }
    }

    #[test]
    fn plain_words_stay_as_they_are(typed in "[a-zñ]{1,8}( [a-zñ]{1,8}){0,9}") {
        prop_assert_eq!(text::plain(&text::read(&typed)), typed);
    }

    #[test]
    fn to_ask_for_less_never_finds_less(words in "[a-z ]{0,10}", topic in 0usize..3, skill in 0usize..3) {
        let wanted = Wanted { words, topic: ["", "grief", "ocd"][topic].into(), skill: ["", "stress", "empathy"][skill].into() };
        for one in articles() {
            let item = Item::of_article(one, "en");
            let less = [Wanted { words: String::new(), ..wanted.clone() }, Wanted { topic: String::new(), ..wanted.clone() }, Wanted { skill: String::new(), ..wanted.clone() }];
            prop_assert!(!wanted.fits(&item) || less.iter().all(|less| less.fits(&item)));
        }
    }
}

/// A group is at one place: it has to be the same one for whoever reads the other language.
#[test]
fn what_is_read_in_a_room_has_the_same_parts_in_both_languages() {
    for article in articles() {
        let [en, es] = ["en", "es"].map(|language| Words::of_article(article, language));
        assert_eq!((en.parts.len(), en.is_worksheet), (es.parts.len(), false), "{}", article.slug);
        assert!(en.parts[0].title.is_empty() && en.parts.len() < usize::from(PARTS), "{}", article.slug);
        assert!(en.parts[1..].iter().all(|part| !part.title.is_empty() && part.blanks.is_empty()), "{}", article.slug);
        assert_eq!(en.page, article.reading("en").asked.text, "what is taken along is what was read");
    }
    for sheet in worksheets().unwrap() {
        let [en, es] = ["en", "es"].map(|language| Words::of_worksheet(&sheet, language));
        let shape = |words: &Words| words.parts.iter().map(|part| part.blanks.clone()).collect::<Vec<_>>();
        assert_eq!(shape(&en), shape(&es), "{}", sheet.slug);
        assert_eq!(en.parts.len(), en.prompts.len(), "{}: a part for each question", sheet.slug);
        // The names are those that the sheet of homework reads.
        let form = sheet.template("en").asked.form(Kind::Worksheet, &[]);
        let names: Vec<&String> = form.sections.iter().flat_map(|section| &section.fields).map(|field| &field.name).collect();
        let blanks: Vec<&String> = en.parts.iter().flat_map(|part| &part.blanks).map(|blank| &blank.name).collect();
        assert_eq!(blanks, names, "{}", sheet.slug);
        for (part, prompt) in en.parts.iter().zip(&en.prompts) {
            let (words, answered) = question(prompt);
            let kind = match answered {
                Answered::Text => (BlankKind::Long, 1),
                Answered::Line => (BlankKind::Line, 1),
                Answered::Scale => (BlankKind::Scale, 1),
                Answered::List => (BlankKind::Line, 4),
            };
            assert_eq!((part.title[0].words.as_str(), part.blanks[0].kind, part.blanks.len()), (words, kind.0, kind.1));
        }
    }
}

#[test]
fn a_text_with_more_headings_than_a_room_counts_ends_in_its_last_part() {
    let body = (0..200).map(|at| format!("## H{at}\n\nText {at}.\n\n")).collect::<String>();
    let mut article = articles()[0].clone();
    (article.en.body, article.es.body) = (format!("Before.\n\n{body}"), "Only words.".into());
    let long = Words::of_article(&article, "en");
    assert_eq!(long.parts.len(), usize::from(PARTS));
    let last = &long.parts.last().unwrap().blocks;
    assert!(last.iter().any(|block| matches!(block, Block::Heading(_))) && long.page.contains("Text 199."), "nothing is left out");
    assert_eq!(Words::of_article(&article, "es").parts.len(), 1);
}

#[test]
fn words_in_addresses_are_small_letters_with_hyphens_between_them() {
    let all = articles().iter().map(|one| one.slug.clone()).chain(worksheets().unwrap().into_iter().map(|one| one.slug));
    for slug in all {
        assert!(is_slug(&slug), "{slug}");
    }
    for odd in ["", "a--b", "-a", "a-", "A", "a/b", "..", "a b", "á", "a1"] {
        assert!(!is_slug(odd), "{odd}");
    }
}

proptest! {
    /// Whatever a practice calls an article: its word can be opened in a room.
    #[test]
    fn every_word_that_is_made_of_a_title_can_be_opened(title in "\\PC{0,90}", taken in 0usize..40) {
        let asked = std::cell::Cell::new(0);
        let made = library::slug(&title, |_| { asked.set(asked.get() + 1); asked.get() <= taken });
        prop_assert!(is_slug(&made), "{}", made);
    }
}
