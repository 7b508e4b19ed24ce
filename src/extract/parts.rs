//! The parts of a package beside its main text or its sheets: pictures, text boxes, comments, properties.

use crate::extract::encoding;
use crate::extract::package::{Member, Package};
use crate::extract::picture;
use crate::extract::properties::properties;
use crate::extract::xml_text::push_text;
use crate::model::document::{Block, Body, Content, Picture};
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::msg;
use quick_xml::Reader;
use quick_xml::events::Event;

/// The pictures under a folder, known by the directory alone.
pub fn pictures(package: &Package<'_>, folder: &str) -> Vec<Picture> {
    package
        .members()
        .iter()
        .filter(|m| is_picture(m, folder))
        .zip(1u32..)
        .map(|(m, n)| Picture {
            name: m.name.rsplit('/').next().unwrap_or_default().to_string(),
            place: Some(Place::Picture(n)),
            ..picture::of_member(m)
        })
        .collect()
}

/// Whether a member is a picture under a folder, which is named in lower case.
pub fn is_picture(member: &Member, folder: &str) -> bool {
    const SUFFIXES: &[&str] =
        &[".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic", ".emf", ".wmf"];
    let name = member.name.to_ascii_lowercase();
    member.len > 0 && name.starts_with(folder) && SUFFIXES.iter().any(|s| name.ends_with(s))
}

/// Adds what Office Open XML keeps beside the cells, xlsx and xlsb alike.
pub fn add_office_parts(package: &Package<'_>, body: &mut Body) {
    body.pictures = pictures(package, "xl/media/");
    let (core, app) = (package.read("docProps/core.xml").ok(), package.read("docProps/app.xml").ok());
    body.properties = properties(core.as_deref(), app.as_deref());
    let boxes = texts(package, body, |n| n.starts_with("xl/drawings/") && !n.contains("/_rels/"), "txBody");
    let comments = texts(package, body, |n| n.starts_with("xl/comments"), "comment");
    add_paragraphs(body, boxes, Place::TextBox);
    add_paragraphs(body, comments, Place::Comment);
}

/// The texts of all elements `holder` in the XML members whose lower-case names are `wanted`.
fn texts(package: &Package<'_>, body: &mut Body, wanted: impl Fn(&str) -> bool, holder: &str) -> Vec<String> {
    let mut names: Vec<&str> = package.members().iter().map(|m| m.name.as_str()).collect();
    names.retain(|n| n.ends_with(".xml") && wanted(&n.to_ascii_lowercase()));
    // drawing2 before drawing10.
    names.sort_by_key(|n| (n.len(), *n));
    let mut all = Vec::new();
    for name in names {
        let read = package.read(name).map(|bytes| texts_in(&bytes, holder));
        let (texts, whole) = read.unwrap_or_default();
        all.extend(texts);
        if !whole {
            body.losses.push(Problem::LostText(msg!("extract.sheet_part_lost", name), Place::Whole));
        }
    }
    all
}

/// Adds each text as a paragraph at its numbered place.
pub fn add_paragraphs(body: &mut Body, texts: Vec<String>, place: fn(u32) -> Place) {
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
