//! The form of a message as it comes: its words, and what it carries, looked at before it is kept.

use axum::{
    Form,
    extract::{DefaultBodyLimit, FromRequest, Multipart, Request, multipart::Field},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use care::messages::{
    self, CHARS, Trouble,
    file::{self, Kind, START},
};
use ground::{Fault, House, Owner};

use super::queries::{New, spot};
use crate::{messages::pages::Typed, parts, pictures};

/// Bytes of a text of this form: the longest message in the widest letters, and more, so that who wrote too much gets it back.
const TEXT_BYTES: usize = 16 * CHARS;

/// What came: what was typed, and a file or why there is none.
pub struct Came {
    pub typed: Typed,
    pub file: Option<Result<(Kind, Vec<u8>), Trouble>>,
}

/// Without a file it may come as any other form does.
pub async fn read(house: &House, mut request: Request) -> Result<Came, Response> {
    if !is_in_parts(request.headers()) {
        let Form(typed) = Form::<Typed>::from_request(request, house).await.map_err(IntoResponse::into_response)?;
        return Ok(Came { typed, file: None });
    }
    DefaultBodyLimit::max(parts::READ_BYTES).apply(&mut request);
    let mut parts = Multipart::from_request(request, house).await.map_err(IntoResponse::into_response)?;
    let mut came = Came { typed: Typed::default(), file: None };
    while let Ok(Some(mut field)) = parts.next_field().await {
        if field.name() == Some("file") {
            // One file for a message: what comes after it is left out.
            let taken = taken(&mut field).await;
            came.file = came.file.or(taken);
            continue;
        }
        let text = match field.name().unwrap_or_default() {
            "text" => &mut came.typed.text,
            "once" => &mut came.typed.once,
            "reply" => &mut came.typed.reply,
            "as_leaders" => &mut came.typed.as_leaders,
            "description" => &mut came.typed.description,
            "link" => &mut came.typed.link,
            _ => continue,
        };
        match parts::short(&mut field, TEXT_BYTES).await {
            Ok(read) => *text = read,
            Err(_) => break,
        }
    }
    Ok(came)
}

fn is_in_parts(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(|kind| kind.starts_with("multipart/form-data"))
}

/// Nothing where no file was chosen. What is too large is read to its end and not kept.
async fn taken(field: &mut Field<'_>) -> Option<Result<(Kind, Vec<u8>), Trouble>> {
    let (mut bytes, mut kind, mut trouble) = (Vec::new(), None, None);
    loop {
        match field.chunk().await {
            Ok(None) => break,
            Err(_) => return Some(Err(trouble.unwrap_or(Trouble::FileBrokeOff))),
            Ok(Some(_)) if trouble.is_some() => {}
            Ok(Some(chunk)) => {
                bytes.extend_from_slice(&chunk);
                if kind.is_none() && bytes.len() >= START {
                    match file::look(&bytes) {
                        Ok(found) => kind = Some(found),
                        Err(unfit) => trouble = Some(unfit),
                    }
                }
                trouble = trouble.or(kind.filter(|kind| bytes.len() > kind.most_bytes()).map(Kind::too_large));
                if trouble.is_some() {
                    bytes = Vec::new();
                }
            }
        }
    }
    match (trouble, kind) {
        (Some(trouble), _) => Some(Err(trouble)),
        (None, Some(kind)) => Some(Ok((kind, bytes))),
        (None, None) if bytes.is_empty() => None,
        (None, None) => Some(file::look(&bytes).map(|kind| (kind, bytes))),
    }
}

/// A message that may be kept.
pub struct Ready {
    pub text: String,
    pub description: String,
    file: Option<Fit>,
}

struct Fit {
    kind: Kind,
    width: i64,
    height: i64,
    bytes: Vec<u8>,
}

/// A picture may come without words. A link from the library is part of the words, as if it had been typed.
pub async fn ready(typed: &Typed, link: &str, file: Option<Result<(Kind, Vec<u8>), Trouble>>) -> Result<Result<Ready, Trouble>, Fault> {
    let words = match messages::read(&format!("{}\n{link}", typed.text)) {
        Err(Trouble::Empty) if file.is_some() => Ok(String::new()),
        read => read,
    };
    let (text, description) = match (words, file::description(&typed.description)) {
        (Ok(text), Ok(description)) => (text, description),
        (Err(trouble), _) | (_, Err(trouble)) => return Ok(Err(trouble)),
    };
    let fit = match file {
        None => Ok(None),
        Some(Err(trouble)) => Err(trouble),
        Some(Ok((kind, bytes))) => fit(kind, bytes).await?.map(Some),
    };
    Ok(fit.map(|file| Ready { text, description, file }))
}

async fn fit(kind: Kind, bytes: Vec<u8>) -> Result<Result<Fit, Trouble>, Fault> {
    if kind == Kind::Picture {
        let remade = pictures::remade(bytes).await?;
        return Ok(remade.map(|picture| Fit {
            kind,
            width: i64::from(picture.width),
            height: i64::from(picture.height),
            bytes: picture.bytes,
        }));
    }
    // Unpacking takes long enough that a live room on the same thread would notice.
    let looked = tokio::task::spawn_blocking(move || file::pages(&bytes).map(|_| bytes)).await;
    let looked = looked.map_err(|_| Fault::Other("a PDF could not be looked into"))?;
    Ok(looked.map(|bytes| Fit { kind, width: 0, height: 0, bytes }))
}

impl Ready {
    /// The file as the tables keep it, sealed for whoever sends it; before the transaction begins.
    pub async fn sealed(&mut self, house: &House, author: i64, message: i64) -> Result<Option<New>, Fault> {
        let Some(Fit { kind, width, height, bytes }) = self.file.take() else { return Ok(None) };
        let (owner, row) = (Owner::Person(author), message.to_string());
        let description = house.keys.seal(owner, spot("description", &row), &self.description).await?;
        let file = house.keys.seal_bytes(owner, spot("file", &row), &bytes).await?;
        let bytes = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        Ok(Some(New { kind: kind.word(), width, height, bytes, description, file }))
    }

    /// All that was typed, for words that signal danger.
    pub fn words(&self) -> String {
        format!("{}\n{}", self.text, self.description)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_picture_may_come_without_words_and_words_without_a_picture() {
        let typed = |text: &str| Typed { text: text.into(), ..Typed::default() };
        let alone = ready(&typed("  "), "", None).await.unwrap();
        assert_eq!(alone.err(), Some(Trouble::Empty));
        let with = ready(&typed(" Hello "), "https://example.org/library/x", None).await.unwrap().ok().unwrap();
        assert_eq!(with.text, "Hello \nhttps://example.org/library/x");
        assert_eq!(ready(&typed(""), "", Some(Err(Trouble::PdfLocked))).await.unwrap().err(), Some(Trouble::PdfLocked));
        let long = Typed { description: "x".repeat(301), ..typed("Hello") };
        assert_eq!(ready(&long, "", None).await.unwrap().err(), Some(Trouble::DescriptionTooLong));
        let broken = ready(&typed("Hello"), "", Some(Ok((Kind::Picture, b"\xff\xd8\xff".to_vec())))).await.unwrap();
        assert_eq!(broken.err(), Some(Trouble::PictureBroken));
    }
}
