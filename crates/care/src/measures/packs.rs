//! Instruments that an owner lets others use under terms of their own: a folder each, with its own licence. Nothing of them is offered before
//! a practice has read and accepted those terms; that is why they do not stand among what ships.

use serde::Deserialize;

use super::{
    check::{Wrong, is_plain},
    instrument::{Instrument, Words},
    parse,
};

struct Folder {
    pack: &'static str,
    licence: &'static str,
    instruments: &'static [&'static str],
}

/// The files of one folder of `content/packs`.
macro_rules! folder {
    ($name:literal: $($instrument:literal),+) => {
        Folder {
            pack: include_str!(concat!("../../../../content/packs/", $name, "/pack.json")),
            licence: include_str!(concat!("../../../../content/packs/", $name, "/LICENCE")),
            instruments: &[$(include_str!(concat!("../../../../content/packs/", $name, "/", $instrument, ".json"))),+],
        }
    };
}

const FOLDERS: &[Folder] = &[folder!("who-5": "who-5"), folder!("core-10": "core-10"), folder!("audit": "audit")];

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    pub id: String,
    pub name: String,
    pub owner: String,
    /// In one line, and where its text is.
    pub licence: String,
    pub licence_at: String,
    /// The owner's conditions, paragraph by paragraph, in their language.
    pub terms: Vec<String>,
    pub terms_are: Terms,
    pub source: String,
    /// The day the terms were read, as YYYY-MM-DD.
    pub read_on: String,
    /// What whoever installs it has to say of their practice; each is ticked.
    pub statements: Vec<Words>,
    #[serde(skip)]
    pub licence_text: String,
    #[serde(skip)]
    pub instruments: Vec<Instrument>,
}

/// Whether the terms are the owner's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Terms {
    Quotation,
    Summary,
}

impl Pack {
    fn read(folder: &Folder) -> Result<Pack, Wrong> {
        let mut pack: Pack = serde_json::from_str(folder.pack).map_err(|_| Wrong::Unreadable)?;
        pack.licence_text = folder.licence.trim().to_owned();
        pack.instruments = folder.instruments.iter().map(|text| parse(text)).collect::<Result<_, _>>()?;
        pack.check()?;
        Ok(pack)
    }

    fn check(&self) -> Result<(), Wrong> {
        let told = [&self.id, &self.name, &self.owner, &self.licence, &self.licence_at, &self.source, &self.licence_text];
        let said = |words: &Words| ["en", "es"].iter().all(|code| words.get(*code).is_some_and(|text| !text.is_empty() && is_plain(text)));
        let sure = told.iter().all(|text| !text.trim().is_empty())
            && self.read_on.parse::<jiff::civil::Date>().is_ok()
            && !self.terms.is_empty()
            && self.terms.iter().all(|text| !text.trim().is_empty() && is_plain(text))
            && !self.statements.is_empty()
            && self.statements.iter().all(said);
        if sure { Ok(()) } else { Err(Wrong::Provenance) }
    }

    pub fn statement(&self, index: usize, language: &str) -> &str {
        self.statements.get(index).and_then(|words| words.get(language).or_else(|| words.get("en"))).map_or("", String::as_str)
    }

    /// Everything that is accepted, in one text: its hash tells whether the terms are still those that somebody read.
    pub fn accepted_text(&self) -> String {
        let statements = self.statements.iter().flat_map(|words| words.values().map(String::as_str));
        let lines = [self.licence.as_str(), &self.licence_at, &self.licence_text].into_iter();
        lines.chain(self.terms.iter().map(String::as_str)).chain(statements).collect::<Vec<_>>().join("\n")
    }

    /// What is missing in the form by which it would be installed: every statement is ticked, none is taken for granted.
    pub fn may_install(&self, fields: &[(String, String)]) -> bool {
        let ticked = |index: usize| fields.iter().any(|(name, _)| *name == format!("statement-{index}"));
        fields.iter().any(|(name, _)| name == "read") && (0..self.statements.len()).all(ticked)
    }
}

/// Every pack that ships, read and checked; installed nowhere.
pub fn packs() -> Result<Vec<Pack>, Wrong> {
    FOLDERS.iter().map(Pack::read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pack() -> Pack {
        packs().unwrap().remove(0)
    }

    #[test]
    fn every_statement_has_to_be_ticked() {
        let pack = pack();
        let field = |name: &str| (name.to_owned(), "on".to_owned());
        let whole: Vec<_> = ["read", "statement-0", "statement-1"].into_iter().map(field).collect();
        assert!(pack.may_install(&whole));
        for left_out in 0..whole.len() {
            let mut fields = whole.clone();
            fields.remove(left_out);
            assert!(!pack.may_install(&fields), "{left_out}");
        }
        assert!(!pack.may_install(&[]));
    }

    #[test]
    fn any_change_of_the_terms_is_seen() {
        let before = pack().accepted_text();
        let other = |change: fn(&mut Pack)| {
            let mut pack = pack();
            change(&mut pack);
            pack.accepted_text()
        };
        assert_eq!(other(|_| ()), before);
        assert_ne!(other(|pack| pack.terms[0].push('.')), before);
        assert_ne!(other(|pack| pack.licence_text.push('.')), before);
        assert_ne!(other(|pack| pack.licence.push('.')), before);
        assert_ne!(other(|pack| pack.statements.truncate(1)), before);
    }

    #[test]
    fn a_pack_without_terms_owner_or_licence_is_none() {
        let wrong = |change: fn(&mut Pack)| {
            let mut pack = pack();
            change(&mut pack);
            pack.check()
        };
        assert_eq!(wrong(|_| ()), Ok(()));
        for change in [
            (|pack| pack.terms.clear()) as fn(&mut Pack),
            |pack| pack.owner.clear(),
            |pack| pack.licence_text = " ".into(),
            |pack| pack.read_on = "lately".into(),
            |pack| pack.statements.clear(),
            |pack| pack.terms[0] = "<b>".into(),
            |pack| {
                pack.statements[0].remove("es");
            },
        ] {
            assert_eq!(wrong(change), Err(Wrong::Provenance));
        }
        assert_eq!(pack().statement(0, "fr"), pack().statement(0, "en"));
        assert_eq!(pack().statement(9, "en"), "");
    }
}
