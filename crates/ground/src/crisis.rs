//! Crisis lines by country, as dated data with their source.

use serde::Deserialize;

use crate::fault::Fault;

#[derive(Debug, Clone, Deserialize)]
pub struct Crisis {
    /// The day the table was read, as YYYY-MM-DD.
    pub as_of: String,
    pub country: Vec<Country>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Country {
    pub code: String,
    pub source: String,
    pub line: Vec<Line>,
}

#[derive(Debug, Clone, Deserialize, serde::Serialize)]
pub struct Line {
    /// Key of the sentence that names the line.
    pub name: String,
    pub number: String,
    /// As a telephone link wants it.
    pub dial: String,
}

impl Crisis {
    pub fn shipped() -> Result<Crisis, Fault> {
        serde_json::from_str(include_str!("../../../content/crisis.json")).map_err(Fault::from)
    }

    /// The lines of a country; none if nobody has entered them yet.
    pub fn of(&self, country: &str) -> &[Line] {
        self.country.iter().find(|known| known.code == country).map_or(&[], |known| &known.line)
    }
}
