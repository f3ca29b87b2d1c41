//! Crisis lines by country: dated data with their source that ships, and what the practice entered itself.

use care::crisis::{self as rules, Typed};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};

use crate::{
    clock::Moment,
    db::{Ask, Db, Tx},
    fault::Fault,
    values,
    words::Language,
};

#[derive(Debug, Clone, Deserialize)]
pub struct Crisis {
    /// The day the shipped table was read, as YYYY-MM-DD.
    pub as_of: String,
    /// What ships.
    pub country: Vec<Country>,
    /// What the practice entered; for its countries it stands instead of what ships.
    #[serde(skip)]
    entered: Vec<Entered>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Country {
    pub code: String,
    pub source: String,
    pub line: Vec<Shipped>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Shipped {
    /// Key of the sentence that names the line.
    pub name: String,
    pub number: String,
    /// As a telephone link wants it.
    pub dial: String,
}

#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Entered {
    pub country: String,
    pub name_en: String,
    pub name_es: String,
    pub number: String,
    pub hours: String,
    pub source: String,
    pub read_on: String,
}

/// A line as a page shows it, in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    pub name: String,
    pub number: String,
    pub dial: String,
}

impl Crisis {
    pub fn shipped() -> Result<Crisis, Fault> {
        serde_json::from_str(include_str!("../../../content/crisis.json")).map_err(Fault::from)
    }

    /// Everything that stands today.
    pub async fn read(db: &Db) -> Result<Crisis, Fault> {
        let sql = "SELECT country, name_en, name_es, number, hours, source, read_on FROM crisis_line ORDER BY country, position";
        Ok(Crisis { entered: db.rows(sql, []).await?, ..Crisis::shipped()? })
    }

    /// The lines of a country; none if nobody has entered them yet.
    pub fn of(&self, country: &str, language: Language) -> Vec<Line> {
        self.typed(country).into_iter().map(|line| self.line(country, line, language)).collect()
    }

    /// The same as somebody would type them, each with its source.
    pub fn typed(&self, country: &str) -> Vec<Typed> {
        let mine: Vec<Typed> = self.entered.iter().filter(|line| line.country == country).map(Entered::typed).collect();
        if mine.is_empty() { self.typed_as_shipped(country) } else { mine }
    }

    fn typed_as_shipped(&self, country: &str) -> Vec<Typed> {
        let Some(known) = self.country.iter().find(|known| known.code == country) else { return Vec::new() };
        let typed = |line: &Shipped| Typed {
            name_en: Language::English.t(&line.name),
            name_es: Language::Spanish.t(&line.name),
            number: line.number.clone(),
            hours: String::new(),
            source: known.source.clone(),
            read_on: self.as_of.clone(),
        };
        known.line.iter().map(typed).collect()
    }

    fn line(&self, country: &str, line: Typed, language: Language) -> Line {
        let name = if language == Language::Spanish { line.name_es } else { line.name_en };
        let name = if line.hours.is_empty() { name } else { format!("{name} ({})", line.hours) };
        let shipped = self.country.iter().filter(|known| known.code == country).flat_map(|known| &known.line);
        let known = shipped.into_iter().find(|shipped| shipped.number == line.number).map(|shipped| shipped.dial.clone());
        Line { name, dial: known.or_else(|| rules::dial(&line.number)).unwrap_or_default(), number: line.number }
    }

    pub fn has_shipped(&self, country: &str) -> bool {
        self.country.iter().any(|known| known.code == country)
    }

    pub fn has_entered(&self, country: &str) -> bool {
        self.entered.iter().any(|line| line.country == country)
    }

    /// Every country with lines, by its code.
    pub fn countries(&self) -> Vec<&str> {
        let all = self.country.iter().map(|known| known.code.as_str()).chain(self.entered.iter().map(|line| line.country.as_str()));
        let mut all: Vec<&str> = all.collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

impl Entered {
    fn typed(&self) -> Typed {
        Typed {
            name_en: self.name_en.clone(),
            name_es: self.name_es.clone(),
            number: self.number.clone(),
            hours: self.hours.clone(),
            source: self.source.clone(),
            read_on: self.read_on.clone(),
        }
    }
}

/// Puts these lines in the place of those that the practice had entered for the country; with none, what ships stands again.
pub async fn replace(tx: &Tx, country: &str, lines: &[Typed], by: i64, now: Moment) -> Result<(), Fault> {
    tx.run("DELETE FROM crisis_line WHERE country = $1", values![country]).await?;
    for (position, line) in (0i64..).zip(lines) {
        let sql = "INSERT INTO crisis_line (country, position, name_en, name_es, number, hours, source, read_on, entered_by, entered_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        let text = |text: &String| text.clone();
        let (en, es, number) = (text(&line.name_en), text(&line.name_es), text(&line.number));
        let (hours, source, read_on) = (text(&line.hours), text(&line.source), text(&line.read_on));
        tx.run(sql, values![country, position, en, es, number, hours, source, read_on, by, now]).await?;
    }
    Ok(())
}

/// Name of a country by its ISO 3166 code; `None` for a code that is none.
pub fn country_name(code: &str, language: Language) -> Result<Option<String>, Fault> {
    Ok(countries(language)?.into_iter().find(|(known, _)| known == code).map(|(_, name)| name))
}

/// All countries as code and name, in the order in which a reader looks for them.
pub fn countries(language: Language) -> Result<Vec<(String, String)>, Fault> {
    #[derive(Deserialize)]
    struct Named {
        code: String,
        en: String,
        es: String,
    }
    let all: Vec<Named> = serde_json::from_str(include_str!("../../../content/countries.json"))?;
    let named = |named: Named| (named.code, if language == Language::Spanish { named.es } else { named.en });
    let mut all: Vec<(String, String)> = all.into_iter().map(named).collect();
    all.sort_by_key(|(_, name)| plain(name));
    Ok(all)
}

/// Without the accents, so that Åland and África stand where they are looked for.
fn plain(name: &str) -> String {
    let bare = |c: char| match c {
        'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        c => c,
    };
    name.to_lowercase().chars().map(bare).collect()
}
