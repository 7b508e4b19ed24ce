//! What lies in a workbook's package beside the cells: pictures, text boxes, comments, properties.

use crate::extract::encoding;
use crate::extract::properties::properties;
use crate::extract::reader::Failure;
use crate::extract::xml_text::push_text;
use crate::model::document::{Block, Body, Content, Picture, picture_fingerprint};
use crate::model::limits::{ARCHIVE_BYTES, ARCHIVE_MEMBERS, INFLATE_RATIO, MEMBER_BYTES};
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::msg;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// A zip package whose members' declared sizes are within the limits.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    members: Vec<Member>,
}

struct Member {
    name: String,
    crc32: u32,
    len: u64,
}

impl<'a> Package<'a> {
    /// Opens the package and refuses one that would inflate beyond the limits.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Failure> {
        let broken = || Failure::Damaged(msg!("extract.sheet_broken_package"));
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
        let mut members = Vec::new();
        let mut total = 0u64;
        for index in 0..archive.len().min(ARCHIVE_MEMBERS) {
            let file = archive.by_index_raw(index).map_err(|_| broken())?;
            let name = String::from_utf8_lossy(file.name_raw()).replace('\\', "/");
            let (len, stored) = (file.size(), file.compressed_size());
            total = total.saturating_add(len);
            let bomb = len > 1 << 20 && len / stored.max(1) > INFLATE_RATIO;
            if len > MEMBER_BYTES || total > ARCHIVE_BYTES || bomb {
                return Err(Failure::TooLarge(msg!("extract.sheet_member_too_large", name)));
            }
            members.push(Member { name, crc32: file.crc32(), len });
        }
        Ok(Package { archive, members })
    }

    /// A member's bytes; None where there is none or it cannot be inflated.
    pub(super) fn member(&mut self, name: &str) -> Option<Vec<u8>> {
        let index = self.members.iter().position(|m| m.name.eq_ignore_ascii_case(name))?;
        let mut bytes = Vec::new();
        self.archive.by_index(index).ok()?.take(MEMBER_BYTES).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// The pictures under a folder, known by the directory alone.
    pub(super) fn pictures(&self, folder: &str) -> Vec<Picture> {
        const SUFFIXES: &[&str] =
            &[".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic", ".emf", ".wmf"];
        let is_picture = |m: &&Member| {
            let name = m.name.to_ascii_lowercase();
            m.len > 0 && name.starts_with(folder) && SUFFIXES.iter().any(|s| name.ends_with(s))
        };
        self.members
            .iter()
            .filter(is_picture)
            .zip(1u32..)
            .map(|(m, n)| Picture {
                name: m.name.rsplit('/').next().unwrap_or_default().to_string(),
                fingerprint: picture_fingerprint(m.crc32, m.len),
                len: m.len,
                caption: None,
                place: Some(Place::Picture(n)),
            })
            .collect()
    }

    /// Adds what Office Open XML keeps beside the cells, xlsx and xlsb alike.
    pub(super) fn add_office_parts(&mut self, body: &mut Body) {
        body.pictures = self.pictures("xl/media/");
        let (core, app) = (self.member("docProps/core.xml"), self.member("docProps/app.xml"));
        body.properties = properties(core.as_deref(), app.as_deref());
        let boxes = self.texts(body, |n| n.starts_with("xl/drawings/") && !n.contains("/_rels/"), "txBody");
        let comments = self.texts(body, |n| n.starts_with("xl/comments"), "comment");
        add_paragraphs(body, boxes, Place::TextBox);
        add_paragraphs(body, comments, Place::Comment);
    }

    /// The texts of all elements `holder` in the XML members whose lower-case names are `wanted`.
    fn texts(&mut self, body: &mut Body, wanted: impl Fn(&str) -> bool, holder: &str) -> Vec<String> {
        let mut names: Vec<String> = self.members.iter().map(|m| m.name.clone()).collect();
        names.retain(|n| n.ends_with(".xml") && wanted(&n.to_ascii_lowercase()));
        // drawing2 before drawing10.
        names.sort_by_key(|n| (n.len(), n.clone()));
        let mut all = Vec::new();
        for name in names {
            let read = self.member(&name).map(|bytes| texts_in(&bytes, holder));
            let (texts, whole) = read.unwrap_or_default();
            all.extend(texts);
            if !whole {
                body.losses.push(Problem::LostText(msg!("extract.sheet_part_lost", name), Place::Whole));
            }
        }
        all
    }
}

/// Adds each text as a paragraph at its numbered place.
pub(super) fn add_paragraphs(body: &mut Body, texts: Vec<String>, place: fn(u32) -> Place) {
    let blocks =
        texts.into_iter().zip(1u32..).map(|(text, n)| Block { place: place(n), content: Content::Paragraph(text) });
    body.blocks.extend(blocks);
}

/// The text of each element `holder`, paragraphs parted by line breaks, and whether the XML was whole. What an older
/// program would show instead (`mc:Fallback`) is the same text again, and left out.
fn texts_in(bytes: &[u8], holder: &str) -> (Vec<String>, bool) {
    let (xml, _) = encoding::decode(bytes, None);
    let mut reader = Reader::from_str(&xml);
    let (mut texts, mut text) = (Vec::new(), String::new());
    let (mut inside, mut in_text, mut fallback, mut phonetic) = (false, false, 0u32, false);
    loop {
        match reader.read_event() {
            Ok(Event::Start(e)) => match e.local_name().as_ref() {
                "Fallback" => fallback += 1,
                "rPh" => phonetic = true,
                "t" => in_text = true,
                name if name == holder => (inside, text) = (true, String::new()),
                _ => {}
            },
            Ok(Event::End(e)) => match e.local_name().as_ref() {
                "Fallback" => fallback = fallback.saturating_sub(1),
                "rPh" => phonetic = false,
                "t" => in_text = false,
                "p" if inside => text.push('\n'),
                name if name == holder => {
                    inside = false;
                    if !text.trim().is_empty() && fallback == 0 {
                        texts.push(text.trim().to_string());
                    }
                }
                _ => {}
            },
            Ok(Event::Empty(e)) if inside && e.local_name().as_ref() == "br" => text.push('\n'),
            Ok(Event::Eof) => return (texts, true),
            Err(_) => return (texts, false),
            Ok(event) if inside && in_text && !phonetic => push_text(&mut text, &event),
            Ok(_) => {}
        }
    }
}
