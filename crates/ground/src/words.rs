//! Every sentence a person reads, in their language.

use std::collections::HashMap;

use fluent_templates::{Loader, fluent_bundle::FluentValue, static_loader};

static_loader! {
    static WORDS = {
        locales: "../../content/locales",
        fallback_language: "en",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Language {
    #[default]
    English,
    Spanish,
}

impl Language {
    pub const ALL: [Language; 2] = [Language::English, Language::Spanish];

    /// "en" or "es"; English for anything else.
    pub fn parse(code: &str) -> Language {
        if code.trim().to_ascii_lowercase().starts_with("es") { Language::Spanish } else { Language::English }
    }

    /// From an Accept-Language header: the first of ours that is named.
    pub fn preferred(header: &str) -> Language {
        let named = header.split(',').map(|part| part.trim().to_ascii_lowercase());
        named
            .filter_map(|part| match part.get(..2) {
                Some("es") => Some(Language::Spanish),
                Some("en") => Some(Language::English),
                _ => None,
            })
            .next()
            .unwrap_or_default()
    }

    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Spanish => "es",
        }
    }

    pub fn t(self, key: &str) -> String {
        self.say(key, &[])
    }

    /// The sentence with its parts filled in. A key that does not exist comes back as itself; a test sees to it that none is used.
    pub fn say(self, key: &str, parts: &[(&'static str, String)]) -> String {
        let parts: HashMap<_, FluentValue<'_>> =
            parts.iter().map(|(name, value)| (std::borrow::Cow::Borrowed(*name), FluentValue::try_number(value))).collect();
        self.find(key, &parts).unwrap_or_else(|| key.to_owned())
    }

    pub fn knows(self, key: &str) -> bool {
        self.find(key, &HashMap::new()).is_some()
    }

    fn find(self, key: &str, parts: &HashMap<std::borrow::Cow<'static, str>, FluentValue<'_>>) -> Option<String> {
        let language = self.code().parse().ok()?;
        WORDS.try_lookup_with_args(&language, key, parts)
    }
}

const ROOM_EN: &str = include_str!("../../../content/locales/en/room.ftl");
const ROOM_ES: &str = include_str!("../../../content/locales/es/room.ftl");

/// The patterns of the live room as the browser needs them: one line each, placeholders as `{$name}`.
pub fn room_patterns(language: Language) -> impl Iterator<Item = (&'static str, String)> {
    let text = if language == Language::Spanish { ROOM_ES } else { ROOM_EN };
    text.lines().filter(|line| !line.starts_with(['#', ' '])).filter_map(|line| {
        let (key, pattern) = line.split_once(" = ")?;
        Some((key.trim(), pattern.trim().replace("{ $", "{$").replace(" }", "}")))
    })
}
