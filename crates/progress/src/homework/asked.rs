//! The part of a form that belongs to its kind: read as it was typed, and typed again from what was kept.

use care::homework::{Asked, Kind};

use super::get;

/// One of a line each; empty ones are no lines.
pub fn read(kind: Kind, typed: &[(String, String)]) -> Asked {
    let lines = |name| get(typed, name).lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    let (link, text) = (get(typed, "link").to_owned(), get(typed, "reading").to_owned());
    Asked { link, text, own: lines("own"), steps: lines("steps"), prompts: lines("prompts") }.of(kind)
}

/// The fields as somebody would have typed them.
pub fn typed(text: &str, asked: &Asked) -> Vec<(String, String)> {
    let lines = |all: &[String]| all.join("\n");
    let fields = [
        ("text", text.to_owned()),
        ("link", asked.link.clone()),
        ("reading", asked.text.clone()),
        ("own", lines(&asked.own)),
        ("steps", lines(&asked.steps)),
        ("prompts", lines(&asked.prompts)),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_typed_again_and_read_the_same() {
        let lines = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        let all = Asked {
            link: "https://example.org/a".into(),
            text: "One.\n\nTwo.".into(),
            own: lines(&["Checking"]),
            steps: lines(&["Look up", "Ask"]),
            prompts: lines(&["What <helped>?", "What not?"]),
        };
        for kind in Kind::ALL {
            let asked = all.clone().of(kind);
            let fields = typed("Do it", &asked);
            assert_eq!(read(kind, &fields), asked, "{}", kind.word());
            assert_eq!(get(&fields, "text"), "Do it");
        }
        let gaps = [("prompts".to_owned(), " a \n\n  \r\n b".to_owned())];
        assert_eq!(read(Kind::Worksheet, &gaps).prompts, ["a", "b"]);
        assert_eq!(read(Kind::Free, &typed("x", &all)), Asked::default(), "only the kind's own part");
    }
}
