//! What a person who reads a document relies on, a test per oddity; packages are made in memory.

mod drawings;
mod hostile;
mod lists;
mod parts;
mod tables;
mod text;

use crate::extract::docx::READER;
use crate::extract::reader::{Failure, Format};
use crate::model::document::{Body, Content};
use crate::model::message::Lang;
use crate::model::place::Place;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Declarations as Word writes them.
pub const NAMES: &str = concat!(
    r#" xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#,
    r#" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#,
    r#" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006""#,
    r#" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing""#,
    r#" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main""#,
    r#" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture""#,
    r#" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape""#,
    r#" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml""#,
    r#" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office""#,
    r#" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math""#,
    r#" xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram""#,
    r#" xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart""#,
);

/// A package in the making.
pub struct Made {
    parts: Vec<(String, Vec<u8>)>,
    relations: String,
}

impl Made {
    /// A document with that inside `w:body`.
    pub fn new(body: &str) -> Self {
        Self::raw(&format!("<w:document{NAMES}><w:body>{body}</w:body></w:document>"))
    }

    /// A document whose main part is just that.
    pub fn raw(main: &str) -> Self {
        let root = r#"<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>"#;
        let parts = vec![("_rels/.rels".into(), root.into()), ("word/document.xml".into(), main.into())];
        Self { parts, relations: String::new() }
    }

    /// Adds a part that the document refers to by that id; the part's root is given its declarations.
    pub fn part(mut self, id: &str, kind: &str, target: &str, root: &str, inside: &str) -> Self {
        let text = format!("<{root}{NAMES}>{inside}</{root}>");
        self.parts.push((format!("word/{target}"), text.into_bytes()));
        self.related(id, kind, target)
    }

    pub fn styles(self, inside: &str) -> Self {
        self.part("rIdS", "styles", "styles.xml", "w:styles", inside)
    }

    pub fn numbering(self, inside: &str) -> Self {
        self.part("rIdN", "numbering", "numbering.xml", "w:numbering", inside)
    }

    pub fn picture(mut self, id: &str, target: &str, bytes: &[u8]) -> Self {
        self.parts.push((format!("word/{target}"), bytes.to_vec()));
        self.related(id, "image", target)
    }

    pub fn related(mut self, id: &str, kind: &str, target: &str) -> Self {
        self.relations += &format!(r#"<Relationship Id="{id}" Type="http://x/{kind}" Target="{target}"/>"#);
        self
    }

    pub fn outside(mut self, id: &str, kind: &str, target: &str) -> Self {
        let external = r#"TargetMode="External""#;
        self.relations += &format!(r#"<Relationship Id="{id}" Type="http://x/{kind}" Target="{target}" {external}/>"#);
        self
    }

    pub fn member(mut self, name: &str, bytes: &[u8]) -> Self {
        self.parts.push((name.to_string(), bytes.to_vec()));
        self
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let relations = format!("<Relationships>{}</Relationships>", self.relations).into_bytes();
        let own = ("word/_rels/document.xml.rels".to_string(), relations);
        for (name, bytes) in self.parts.iter().chain([&own]) {
            zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    pub fn try_read(&self) -> Result<Body, Failure> {
        (READER.read)(&self.bytes(), Format::Docx)
    }

    pub fn read(&self) -> Body {
        self.try_read().unwrap()
    }
}

/// The text of a document with that body.
pub fn text(body: &str) -> String {
    Made::new(body).read().plain_text()
}

/// A paragraph of one run.
pub fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

/// A run.
pub fn r(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// Places and texts of all blocks that are no tables, with a mark for headings and captions.
pub fn lines(body: &Body) -> Vec<String> {
    let shown = |place: &Place| place.text(Lang::Zh);
    let line = |place: &Place, content: &Content| match content {
        Content::Heading(level, text) => format!("{} H{level} {text}", shown(place)),
        Content::Paragraph(text) => format!("{} {text}", shown(place)),
        Content::Caption(text) => format!("{} C {text}", shown(place)),
        Content::Table(_) => shown(place),
    };
    body.blocks.iter().map(|b| line(&b.place, &b.content)).collect()
}

/// The losses in words.
pub fn losses(body: &Body) -> Vec<String> {
    body.losses.iter().map(|l| l.message().text(Lang::Zh)).collect()
}
