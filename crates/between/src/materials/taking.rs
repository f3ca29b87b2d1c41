//! A file on its way in: looked at by its first bytes, measured as it comes, kept only if all of it fits.

use axum::{
    body::Bytes,
    extract::{DefaultBodyLimit, FromRequest, Multipart, Request, multipart::Field},
};
use care::materials::{self, Found, Kind, Unfit};
use ground::{Fault, House, files::Incoming};

use crate::parts::{READ_BYTES, short};

/// So many first bytes tell what a file is.
const START: usize = 64;
/// Bytes of a text that stands beside a file; captions are the longest.
const TEXT_BYTES: usize = 4 * materials::CAPTIONS_CHARS;

/// The form of a file: what was typed, and what became of the file.
#[derive(Default)]
pub struct Form {
    pub title: String,
    pub language: String,
    pub captions: String,
    pub file: Option<Result<Taken, Unfit>>,
}

/// A file that lies in the folder under the name it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    pub found: Found,
    pub bytes: u64,
    pub pages: usize,
}

/// Reads the form; a line that broke off is an `Unfit::NoFile` and leaves nothing behind. Without a `name` no file is taken.
pub async fn read(house: &House, name: Option<&str>, mut request: Request) -> Result<Form, Fault> {
    DefaultBodyLimit::max(READ_BYTES).apply(&mut request);
    let Ok(mut parts) = Multipart::from_request(request, house).await else { return Ok(Form::default()) };
    let mut form = Form::default();
    while let Ok(Some(mut field)) = parts.next_field().await {
        if let Some(name) = name.filter(|_| field.name() == Some("file") && form.file.is_none()) {
            form.file = Some(Taking::new(name).all(house, &mut field).await?);
            continue;
        }
        let text = match field.name().unwrap_or_default() {
            "title" => &mut form.title,
            "language" => &mut form.language,
            "captions" => &mut form.captions,
            _ => continue,
        };
        match short(&mut field, TEXT_BYTES).await {
            Ok(read) => *text = read,
            Err(_) => break,
        }
    }
    Ok(form)
}

struct Taking<'a> {
    name: &'a str,
    /// All of a deck, since it is looked into; of a film only the beginning.
    held: Vec<u8>,
    found: Option<Found>,
    bytes: u64,
    incoming: Option<Incoming>,
}

impl<'a> Taking<'a> {
    fn new(name: &'a str) -> Taking<'a> {
        Taking { name, held: Vec::new(), found: None, bytes: 0, incoming: None }
    }

    async fn all(mut self, house: &House, field: &mut Field<'_>) -> Result<Result<Taken, Unfit>, Fault> {
        let mut trouble = None;
        loop {
            match field.chunk().await {
                Ok(None) => break,
                Ok(Some(_)) if trouble.is_some() => {}
                Ok(Some(chunk)) => trouble = self.add(house, chunk).await?.err(),
                Err(_) => {
                    trouble = trouble.or(Some(if self.bytes > 0 { Unfit::too_large(self.kind()) } else { Unfit::NoFile }));
                    break;
                }
            }
        }
        match trouble {
            Some(unfit) => self.leave(unfit).await,
            None => self.end(house).await,
        }
    }

    fn kind(&self) -> Kind {
        self.found.map_or(Kind::Video, |found| found.kind)
    }

    async fn add(&mut self, house: &House, chunk: Bytes) -> Result<Result<(), Unfit>, Fault> {
        self.bytes += chunk.len() as u64;
        let Some(found) = self.found else {
            self.held.extend_from_slice(&chunk);
            return if self.held.len() < START { Ok(Ok(())) } else { self.begin(house).await };
        };
        if self.bytes > found.kind.most_bytes() {
            return Ok(Err(Unfit::too_large(found.kind)));
        }
        if found.kind == Kind::Slides {
            self.held.extend_from_slice(&chunk);
        }
        self.write(chunk).await.map(Ok)
    }

    async fn begin(&mut self, house: &House) -> Result<Result<(), Unfit>, Fault> {
        match materials::look(&self.held) {
            Err(unfit) => Ok(Err(unfit)),
            Ok(found) => {
                self.found = Some(found);
                self.incoming = Some(house.files.begin(self.name).await?);
                self.write(Bytes::copy_from_slice(&self.held)).await.map(Ok)
            }
        }
    }

    async fn write(&mut self, chunk: Bytes) -> Result<(), Fault> {
        match &mut self.incoming {
            Some(incoming) => incoming.add(chunk).await,
            None => Ok(()),
        }
    }

    async fn end(mut self, house: &House) -> Result<Result<Taken, Unfit>, Fault> {
        if self.found.is_none()
            && let Err(unfit) = self.begin(house).await?
        {
            return self.leave(unfit).await;
        }
        let Some(found) = self.found else { return Ok(Err(Unfit::NoFile)) };
        let pages = match found.kind {
            Kind::Video => 0,
            Kind::Slides => match looked_into(std::mem::take(&mut self.held)).await? {
                Ok(pages) => pages,
                Err(unfit) => return self.leave(unfit).await,
            },
        };
        if let Some(incoming) = self.incoming {
            incoming.keep().await?;
        }
        Ok(Ok(Taken { found, bytes: self.bytes, pages }))
    }

    async fn leave(self, unfit: Unfit) -> Result<Result<Taken, Unfit>, Fault> {
        if let Some(incoming) = self.incoming {
            incoming.drop_it().await?;
        }
        Ok(Err(unfit))
    }
}

/// Unpacking takes long enough that a live room on the same thread would notice.
async fn looked_into(deck: Vec<u8>) -> Result<Result<usize, Unfit>, Fault> {
    tokio::task::spawn_blocking(move || materials::pages(&deck)).await.map_err(|_| Fault::Other("a deck could not be looked into"))
}
