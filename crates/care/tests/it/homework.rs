//! Homework: every kind reads what it shows, half is fine, nonsense is named, and what matters is heard.

use care::homework::{
    Answers, Ask, Asked, Form, Kind, Label, Misfit, Rhythm, Value,
    fields::inputs_of,
    review::{self, Line, Sum},
};
use proptest::prelude::*;

fn words(all: &[&str]) -> Vec<String> {
    all.iter().map(|one| (*one).to_owned()).collect()
}

fn typed(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn taught() -> Vec<String> {
    words(&["Noticing", "The long breath out"])
}

fn asked() -> Asked {
    Asked {
        link: "https://example.org/a/page?of=it".into(),
        text: "Read <this>.".into(),
        own: words(&["Checking the phone", "Skipping meals"]),
        steps: words(&["Say good morning", "Ask a question", "Speak in the meeting"]),
        prompts: words(&["What helped?", "What got in the way?"]),
    }
}

fn form(kind: Kind) -> Form {
    asked().form(kind, &taught())
}

/// Something readable for each input.
fn full(form: &Form) -> Vec<(String, String)> {
    let value = |ask: &Ask| match ask {
        Ask::Text { .. } => "Some <words>",
        Ask::Number { .. } | Ask::Scale { .. } => "3",
        Ask::YesNo => "no",
        Ask::Time => "9:30 pm",
        Ask::Choice(words) => words[0],
        Ask::Ticks(_) => "Noticing",
        Ask::Rows { .. } => unreachable!("rows are not inputs"),
    };
    form.inputs().iter().map(|input| (input.name(), value(&input.field.ask).to_owned())).collect()
}

#[test]
fn kinds_have_words_of_their_own_and_what_is_unknown_is_free() {
    for kind in Kind::ALL {
        assert_eq!(Kind::known(kind.word()), Some(kind));
        assert!(!kind.word().contains('_'), "words stand in addresses and in keys of sentences");
    }
    assert_eq!((Kind::parse("nonsense"), Kind::known("nonsense")), (Kind::Free, None));
    let rhythm = |kind: Kind| kind.rhythm();
    assert_eq!(Kind::ALL.map(rhythm).iter().filter(|one| **one == Rhythm::Log).count(), 2);
    assert_eq!(Kind::DiaryCard.rhythm(), Rhythm::Day);
}

#[test]
fn no_two_inputs_of_a_form_have_the_same_name() {
    for kind in Kind::ALL {
        let mut names: Vec<String> = form(kind).inputs().iter().map(|input| input.name()).collect();
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all, "{}", kind.word());
        assert!(all > 0);
        for reserved in ["once", "slot", "seen", "day", "then"] {
            assert!(!names.iter().any(|name| name == reserved), "{} takes {reserved}, which the page needs", kind.word());
        }
    }
}

#[test]
fn every_kind_reads_what_it_shows_empty_and_full() {
    for kind in Kind::ALL {
        let form = form(kind);
        let (answers, trouble) = form.read(&full(&form));
        assert_eq!(trouble, None, "{}", kind.word());
        assert_eq!(answers.0.len(), form.inputs().len(), "{}", kind.word());
        assert_eq!(form.read(&form.write(&answers)), (answers.clone(), None), "{}", kind.word());
        let kept = serde_json::to_string(&answers).unwrap();
        assert_eq!(serde_json::from_str::<Answers>(&kept).unwrap(), answers, "{kept}");
        let all = review::filled(&form, &answers);
        assert_eq!((all.filled, all.key()), (all.of, "homework-filled-all"));

        let (nothing, trouble) = form.read(&[]);
        assert!(nothing.is_empty() && trouble.is_none(), "an empty sheet is no mistake");
        assert_eq!(review::filled(&form, &nothing).key(), "homework-filled-none");
    }
}

/// The fields of clinical.md section 5.
#[test]
fn a_diary_card_asks_what_it_should_and_nothing_that_was_not_taught() {
    let names = |form: &Form| form.inputs().iter().map(|input| input.name()).collect::<Vec<_>>();
    let card = form(Kind::DiaryCard);
    let all = names(&card);
    for urge in ["self-harm", "suicide", "substance", "quit", "own-0", "own-1"] {
        assert!(all.contains(&format!("urge-{urge}")) && all.contains(&format!("acted-{urge}")), "{urge}, and apart from it acting on it");
    }
    let ask = |name: &str| card.fields().find(|field| field.name == name).map(|field| field.ask.clone());
    assert_eq!(ask("feeling-fear"), Some(Ask::Scale { most: 5 }));
    assert_eq!(ask("urge-suicide"), Some(Ask::Scale { most: 5 }));
    assert_eq!(ask("skill-rating"), Some(Ask::Scale { most: 7 }));
    assert_eq!(ask("distress"), Some(Ask::Scale { most: 10 }));
    assert_eq!(ask("medication"), Some(Ask::YesNo));
    assert_eq!(ask("skills"), Some(Ask::Ticks(taught())));
    let early = Asked::default().form(Kind::DiaryCard, &[]);
    assert!(!names(&early).contains(&"skills".to_owned()), "nothing was taught yet");
    assert!(!names(&early).iter().any(|name| name.contains("own")));
    let (_, trouble) = card.read(&typed(&[("skills", "Something never taught")]));
    assert_eq!(trouble.map(|trouble| trouble.key), Some("homework-choose"));
    let optional: Vec<&str> = card.fields().filter(|field| field.optional).map(|field| field.name.as_str()).collect();
    assert_eq!(optional, ["distress", "note"]);
}

#[test]
fn half_a_card_is_a_card() {
    let card = form(Kind::DiaryCard);
    let (answers, trouble) = card.read(&typed(&[("feeling-fear", "4"), ("urge-quit", " 0 "), ("note", "  ")]));
    assert_eq!(trouble, None);
    assert_eq!((answers.number("feeling-fear"), answers.number("urge-quit"), answers.0.len()), (Some(4), Some(0), 2));
    let half = review::filled(&card, &answers);
    assert_eq!((half.filled, half.key()), (2, "homework-filled-some"));
    assert!(half.of > 2);
}

#[test]
fn what_cannot_be_is_named_and_the_rest_is_kept() {
    for (kind, input, value, key) in [
        (Kind::DiaryCard, "feeling-fear", "6", "homework-number"),
        (Kind::DiaryCard, "feeling-fear", "-1", "homework-number"),
        (Kind::DiaryCard, "distress", "11", "homework-number"),
        (Kind::DiaryCard, "skill-rating", "8", "homework-number"),
        (Kind::DiaryCard, "medication", "maybe", "homework-choose"),
        (Kind::DiaryCard, "urge-suicide", "99999999999999999999999", "homework-number"),
        (Kind::PracticeLog, "time", "25:00", "homework-time"),
        (Kind::PracticeLog, "time", "soon", "homework-time"),
        (Kind::PracticeLog, "minutes", "601", "homework-number"),
        (Kind::PracticeLog, "minutes", "a few", "homework-number"),
        (Kind::EmotionLog, "did", "fought", "homework-choose"),
        (Kind::Ladder, "step-1-after", "101", "homework-number"),
        (Kind::ThoughtRecord, "feelings-2-before", "x", "homework-number"),
        (Kind::Reading, "far", "none", "homework-choose"),
        (Kind::Worksheet, "answer-1", &"a".repeat(2_001), "homework-too-long"),
        (Kind::Free, "note", &"a".repeat(2_001), "homework-too-long"),
    ] {
        let form = form(kind);
        let mut fields: Vec<(String, String)> = full(&form).into_iter().filter(|(name, _)| name != input).collect();
        fields.push((input.to_owned(), value.to_owned()));
        let (answers, trouble) = form.read(&fields);
        let trouble = trouble.unwrap();
        assert_eq!((trouble.input.as_str(), trouble.key), (input, key), "{}", kind.word());
        assert_eq!(answers.0.len(), form.inputs().len() - 1, "what could be read is there");
    }
}

#[test]
fn a_ladder_has_the_steps_that_were_given_or_room_for_ones_own() {
    let given = form(Kind::Ladder);
    let titles: Vec<_> =
        given.inputs().iter().filter(|input| input.field.name == "before").map(|input| input.title().map(str::to_owned)).collect();
    assert_eq!(titles, [Some("Say good morning".to_owned()), Some("Ask a question".into()), Some("Speak in the meeting".into())]);
    let own = Asked::default().form(Kind::Ladder, &[]);
    assert!(own.inputs().iter().any(|input| input.name() == "step-0-step" && input.title().is_none()));
    let (answers, _) = given.read(&typed(&[("step-0-before", "60"), ("step-0-after", "25"), ("step-1-before", "80")]));
    let changes: Vec<Line> = review::summary(&given, &[&answers]);
    let expected = Line { label: Label::Own("Say good morning".into()), of: None, sum: Sum::Change { before: 60, after: 25 } };
    assert_eq!(changes, [expected], "a step that has no after yet has no change");
    let (mine, _) = own.read(&typed(&[
        ("step-0-step", "Look up"),
        ("step-0-before", "9"),
        ("step-0-after", "9"),
        ("step-1-before", "1"),
        ("step-1-after", "0"),
    ]));
    let labels: Vec<Label> = review::summary(&own, &[&mine]).into_iter().map(|line| line.label).collect();
    assert_eq!(labels, [Label::Own("Look up".into()), Label::Own("2".into())]);
}

#[test]
fn several_days_come_to_numbers_yeses_and_ticks() {
    let card = form(Kind::DiaryCard);
    let day = |fields: &[(&str, &str)]| card.read(&typed(fields)).0;
    let days = [
        day(&[("feeling-fear", "2"), ("urge-quit", "1"), ("acted-quit", "no"), ("skills", "Noticing")]),
        day(&[("feeling-fear", "5"), ("acted-quit", "yes"), ("skills", "The long breath out"), ("skills", "Noticing")]),
        day(&[("feeling-fear", "3"), ("note", "not added up")]),
    ];
    let lines = review::summary(&card, &days.iter().collect::<Vec<_>>());
    let of = |key: &'static str| lines.iter().find(|line| line.label == Label::Key(key)).cloned().unwrap();
    assert_eq!(of("homework-feeling-fear").sum, Sum::Numbers { low: 2, high: 5, latest: 3, times: 3 });
    let acted = of("homework-field-acted");
    assert_eq!((acted.sum, acted.of), (Sum::Yes { yes: 1, times: 2 }, Some(Label::Key("homework-urge-quit"))));
    let used = vec![("Noticing".to_owned(), 2), ("The long breath out".to_owned(), 1)];
    assert_eq!(of("homework-field-skills").sum, Sum::Ticked(used));
    assert!(!lines.iter().any(|line| line.label == Label::Key("homework-field-note")));
    assert!(review::summary(&card, &[]).is_empty());
}

#[test]
fn what_was_told_comes_in_the_order_of_the_form() {
    let card = form(Kind::DiaryCard);
    let (answers, _) = card.read(&typed(&[("note", "last"), ("feeling-anger", "1"), ("medication", "yes")]));
    let told: Vec<String> = review::told(&card, &answers).iter().map(|(input, _)| input.name()).collect();
    assert_eq!(told, ["feeling-anger", "medication", "note"]);
}

#[test]
fn a_signal_is_heard_on_a_diary_card_and_nowhere_else() {
    let card = form(Kind::DiaryCard);
    let heard = |fields: &[(&str, &str)]| review::signal(Kind::DiaryCard, &card.read(&typed(fields)).0).map(review::Signal::mark);
    for (fields, mark) in [
        (vec![("acted-self-harm", "yes")], Some("100")),
        (vec![("acted-suicide", "yes")], Some("010")),
        (vec![("urge-suicide", "5")], Some("001")),
        (vec![("acted-self-harm", "yes"), ("acted-suicide", "yes"), ("urge-suicide", "5")], Some("111")),
        (vec![("urge-suicide", "4"), ("urge-self-harm", "5"), ("acted-self-harm", "no"), ("acted-substance", "yes")], None),
        (vec![], None),
        // Something else on the sheet cannot be read: it is heard all the same.
        (vec![("urge-suicide", "5"), ("distress", "many")], Some("001")),
    ] {
        assert_eq!(heard(&fields).as_deref(), mark, "{fields:?}");
    }
    let (answers, _) = card.read(&typed(&[("acted-suicide", "yes")]));
    let summary = review::signal(Kind::DiaryCard, &answers).unwrap().summary();
    assert!(summary.contains("suicide [yes]") && summary.contains("self-harm [no]"), "{summary}");
    assert_eq!(review::signal(Kind::Free, &answers), None);
}

#[test]
fn what_is_given_has_to_be_something_one_can_do() {
    let check = |kind, asked: Asked| asked.of(kind).check(kind, "Try it");
    for kind in Kind::ALL {
        assert_eq!(check(kind, asked()), Ok(()), "{}", kind.word());
        assert_eq!(asked().of(kind).check(kind, " \n"), Err(Misfit::Instructions));
        assert_eq!(asked().of(kind).check(kind, &"a".repeat(2_001)), Err(Misfit::TooLong));
    }
    for (kind, asked, misfit) in [
        (Kind::Worksheet, Asked { prompts: vec![], ..asked() }, Misfit::Prompts),
        (Kind::Worksheet, Asked { prompts: words(&["a"; 13]), ..asked() }, Misfit::Lines),
        (Kind::DiaryCard, Asked { own: words(&["a"; 6]), ..asked() }, Misfit::Lines),
        (Kind::DiaryCard, Asked { own: vec!["a".repeat(201)], ..asked() }, Misfit::Lines),
        (Kind::Ladder, Asked { steps: words(&[""]), ..asked() }, Misfit::Lines),
        (Kind::Reading, Asked { link: String::new(), text: " ".into(), ..asked() }, Misfit::Reading),
        (Kind::Reading, Asked { text: "a".repeat(20_001), ..asked() }, Misfit::TooLong),
    ] {
        assert_eq!(check(kind, asked), Err(misfit), "{}", kind.word());
    }
    assert_eq!(check(Kind::Ladder, Asked::default()), Ok(()), "the member names the steps");
    assert_eq!(check(Kind::DiaryCard, Asked { prompts: words(&["a"; 99]), ..Asked::default() }), Ok(()), "only its own part counts");
}

#[test]
fn a_link_is_encrypted_and_leads_somewhere() {
    let check = |link: &str| Asked { link: link.into(), ..Asked::default() }.check(Kind::Reading, "Read it").is_ok();
    for link in ["https://example.org", "https://example.org/a?b=c#d", "https://videos.example.org/watch/1"] {
        assert!(check(link), "{link}");
    }
    let long = format!("https://example.org/{}", "a".repeat(500));
    for link in [
        "http://example.org",
        "javascript:alert(1)",
        "https://",
        "https:///x",
        "https://host",
        "https://you@example.org",
        "https://a.b/\"x",
        "https://a.b/ c",
        &long,
    ] {
        assert!(!check(link), "{link}");
    }
}

#[test]
fn rows_know_their_inputs() {
    let form = form(Kind::Ladder);
    let rows = form.fields().next().unwrap();
    let names: Vec<String> = inputs_of(rows).iter().map(|input| input.name()).collect();
    assert_eq!(names.len(), 3 * 3);
    assert_eq!(&names[..3], ["step-0-before", "step-0-after", "step-0-note"]);
}

proptest! {
    /// Whatever is sent: nothing breaks, what is kept lies within its limits, and it reads back as itself.
    #[test]
    fn whatever_is_sent_is_within_its_limits(kind in 0usize..8, sent in prop::collection::vec((0usize..40, ".{0,12}"), 0..60)) {
        let form = form(Kind::ALL[kind]);
        let names: Vec<String> = form.inputs().iter().map(|input| input.name()).collect();
        let fields: Vec<(String, String)> = sent.into_iter().map(|(at, value)| (names[at % names.len()].clone(), value)).collect();
        let (answers, _) = form.read(&fields);
        prop_assert_eq!(form.read(&form.write(&answers)), (answers.clone(), None));
        for (input, value) in review::told(&form, &answers) {
            let within = match (&input.field.ask, value) {
                (Ask::Text { most }, Value::Words(words)) => !words.is_empty() && words.chars().count() <= *most,
                (Ask::Number { from, to }, Value::Number(number)) => (*from..=*to).contains(number),
                (Ask::Scale { most }, Value::Number(number)) => (0..=i64::from(*most)).contains(number),
                (Ask::Time, Value::Number(minute)) => (0..1_440).contains(minute),
                (Ask::YesNo, Value::YesNo(_)) => true,
                (Ask::Choice(words), Value::Words(word)) => words.contains(&word.as_str()),
                (Ask::Ticks(known), Value::Ticked(all)) => all.iter().all(|one| known.contains(one)),
                _ => false,
            };
            prop_assert!(within, "{} {:?}", input.name(), value);
        }
        let far = review::filled(&form, &answers);
        prop_assert!(far.filled <= far.of);
        review::summary(&form, &[&answers, &answers]);
    }

    /// A number outside is never taken for one inside.
    #[test]
    fn no_number_outside_is_taken(number in any::<i64>()) {
        let form = form(Kind::DiaryCard);
        let (answers, trouble) = form.read(&typed(&[("feeling-joy", &number.to_string())]));
        prop_assert_eq!(answers.number("feeling-joy").is_some(), (0..=5).contains(&number));
        prop_assert_eq!(trouble.is_none(), (0..=5).contains(&number));
    }
}
