//! XML as the readers of parts see it: elements that open and close, text, and never an error.
//!
//! Where a part breaks off or is malformed, every open element is closed in turn, so that whoever was reading keeps what
//! came before without a word about errors in between; [`Xml::is_broken`] tells afterwards. Namespaces are resolved
//! to the few that matter, in their transitional and strict forms alike, whatever prefixes a program has chosen.

use crate::model::limits::NESTING;
use quick_xml::XmlVersion;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Prefix, PrefixDeclaration};
use quick_xml::reader::Reader;
use std::borrow::Cow;

/// The vocabularies whose names must be told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ns {
    /// WordprocessingML.
    W,
    /// Word 2010's additions to it.
    W14,
    /// Markup compatibility: alternatives for older programs.
    Mc,
    /// DrawingML.
    A,
    /// DrawingML, where a drawing stands in a text.
    Wp,
    /// DrawingML pictures.
    Pic,
    /// DrawingML diagrams (SmartArt).
    Dgm,
    /// DrawingML charts.
    Chart,
    /// VML, the drawings of Word 2007 and before.
    V,
    /// VML's additions of Office.
    O,
    /// Formulas.
    M,
    /// Relationships between parts.
    R,
    /// Any other.
    Other,
}

impl Ns {
    /// The vocabulary of a namespace name. Transitional and strict names end alike.
    fn of(uri: &str) -> Self {
        let tail = |s: &str| uri.ends_with(s);
        match () {
            () if tail("/wordprocessingml/main") || tail("/wordprocessingml/2006/main") => Ns::W,
            () if tail("/word/2010/wordml") => Ns::W14,
            () if tail("/markup-compatibility/2006") => Ns::Mc,
            () if tail("/drawingml/main") || tail("/drawingml/2006/main") => Ns::A,
            () if tail("/wordprocessingDrawing") => Ns::Wp,
            () if tail("/picture") => Ns::Pic,
            () if tail("/diagram") => Ns::Dgm,
            () if tail("/chart") => Ns::Chart,
            () if tail(":vml") => Ns::V,
            () if tail(":office:office") => Ns::O,
            () if tail("/math") => Ns::M,
            () if tail("/relationships") => Ns::R,
            () => Ns::Other,
        }
    }

    /// The vocabulary of a prefix that nobody declared, as careless programs write it.
    fn by_habit(prefix: &str) -> Self {
        match prefix {
            "w" => Ns::W,
            "w14" => Ns::W14,
            "mc" => Ns::Mc,
            "a" => Ns::A,
            "wp" => Ns::Wp,
            "pic" => Ns::Pic,
            "dgm" => Ns::Dgm,
            "c" => Ns::Chart,
            "v" => Ns::V,
            "o" => Ns::O,
            "m" => Ns::M,
            "r" => Ns::R,
            _ => Ns::Other,
        }
    }
}

/// What comes next in a part.
#[derive(Debug)]
pub enum Node<'a> {
    /// An element opens; all up to its [`Node::Close`] lies in it.
    Open(Element<'a>),
    /// Text between tags.
    Text(Cow<'a, str>),
    /// The innermost open element closes; also for ever after the end.
    Close,
}

/// An element that has opened.
#[derive(Debug)]
pub struct Element<'a> {
    /// Its vocabulary.
    pub ns: Ns,
    start: BytesStart<'a>,
}

impl Element<'_> {
    /// Its name without prefix.
    pub fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// The value of the attribute of that name, whatever its prefix.
    pub fn attr(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        let mut all = attributes.with_checks(false).flatten();
        all.find(|a| a.key.local_name().into_inner() == name).map(|a| value(&a))
    }

    /// The attribute `val`, which says most of what properties say.
    pub fn val(&self) -> Option<String> {
        self.attr("val")
    }

    /// `val` as a number.
    pub fn number(&self) -> Option<u32> {
        self.val()?.trim().parse().ok()
    }

    /// Whether a property that can be on or off is on (ECMA-376-1, 17.17.4): its mere presence says so.
    pub fn is_on(&self) -> bool {
        !matches!(self.val().as_deref().map(str::trim), Some("0" | "false" | "off" | "none"))
    }
}

fn value(attribute: &Attribute<'_>) -> String {
    match attribute.normalized_value(XmlVersion::Implicit1_0) {
        Ok(value) => value.into_owned(),
        Err(_) => attribute.value.to_string(),
    }
}

/// A part that is being read.
pub struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    /// Prefix (empty: the default), what it stands for, and the depth at which that was declared.
    bindings: Vec<(String, Ns, usize)>,
    depth: usize,
    over: bool,
    broken: bool,
    too_deep: bool,
}

impl<'a> Xml<'a> {
    /// Begins to read a part's text.
    pub fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self { reader, bindings: Vec::new(), depth: 0, over: false, broken: false, too_deep: false }
    }

    /// Whether the part broke off or was malformed somewhere: what came before has been given out.
    pub fn is_broken(&self) -> bool {
        self.broken
    }

    /// Whether elements were left out because they lay deeper than [`NESTING`].
    pub fn was_too_deep(&self) -> bool {
        self.too_deep
    }

    /// What comes next.
    pub fn next(&mut self) -> Node<'a> {
        while !self.over {
            match self.reader.read_event() {
                Ok(Event::Start(start)) => {
                    self.depth += 1;
                    if self.depth <= NESTING {
                        return Node::Open(self.open(start));
                    }
                    self.too_deep = true;
                }
                Ok(Event::End(_)) => {
                    let depth = self.depth;
                    self.depth = depth.saturating_sub(1);
                    if depth <= NESTING {
                        while self.bindings.pop_if(|b| b.2 >= depth).is_some() {}
                        return Node::Close;
                    }
                }
                Ok(Event::Eof) => {
                    self.over = true;
                    self.broken = self.depth > 0;
                }
                Err(_) => {
                    self.over = true;
                    self.broken = true;
                }
                Ok(_) if self.depth > NESTING => {}
                Ok(Event::Text(text)) => return Node::Text(text.xml10_content()),
                Ok(Event::CData(text)) => return Node::Text(text.xml10_content()),
                Ok(Event::GeneralRef(reference)) => return Node::Text(character(&reference)),
                Ok(_) => {}
            }
        }
        Node::Close
    }

    /// The next element inside the innermost open one; none when that closes. Whoever takes it reads it to its end.
    pub fn child(&mut self) -> Option<Element<'a>> {
        loop {
            match self.next() {
                Node::Open(element) => return Some(element),
                Node::Text(_) => {}
                Node::Close => return None,
            }
        }
    }

    /// Passes over the rest of the innermost open element.
    pub fn skip(&mut self) {
        self.text_into(None);
    }

    /// All text in the rest of the innermost open element.
    pub fn text(&mut self) -> String {
        let mut text = String::new();
        self.text_into(Some(&mut text));
        text
    }

    fn text_into(&mut self, mut out: Option<&mut String>) {
        let floor = self.depth;
        while !self.over && self.depth >= floor {
            if let (Node::Text(t), Some(out)) = (self.next(), out.as_mut()) {
                out.push_str(&t);
            }
        }
    }

    /// The value of a relationship attribute, `r:embed` for example, which must not be taken for a plain one.
    pub fn relation(&self, element: &Element<'_>, name: &str) -> Option<String> {
        let mut attributes = element.start.attributes();
        let mut all = attributes.with_checks(false).flatten();
        let is_it = |a: &Attribute<'_>| {
            a.key.local_name().into_inner() == name && a.key.prefix().is_some_and(|p| self.resolve(Some(p)) == Ns::R)
        };
        all.find(is_it).map(|a| value(&a))
    }

    fn open(&mut self, start: BytesStart<'a>) -> Element<'a> {
        // Few elements declare anything, and looking for it in all of them would cost more than the rest.
        // Most elements have few attributes, and none with this letter.
        let attributes = start.attributes_raw();
        if attributes.contains('x') && attributes.contains("xmlns") {
            for attribute in start.attributes().with_checks(false).flatten() {
                let prefix = match attribute.key.as_namespace_binding() {
                    Some(PrefixDeclaration::Named(prefix)) => prefix,
                    Some(PrefixDeclaration::Default) => "",
                    None => continue,
                };
                // As many as a part of a real program never has; each costs time at every element.
                if self.bindings.len() < 256 {
                    self.bindings.push((prefix.to_string(), Ns::of(&attribute.value), self.depth));
                }
            }
        }
        Element { ns: self.resolve(start.name().prefix()), start }
    }

    fn resolve(&self, prefix: Option<Prefix<'_>>) -> Ns {
        let prefix = prefix.map_or("", |p| p.into_inner());
        let bound = self.bindings.iter().rev().find(|b| b.0 == prefix);
        bound.map_or_else(|| Ns::by_habit(prefix), |b| b.1)
    }
}

/// The character of a reference; an entity that XML does not know stays as it is written, so that nothing is lost.
fn character<'a>(reference: &quick_xml::events::BytesRef<'a>) -> Cow<'a, str> {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return Cow::Owned(c.to_string());
    }
    match quick_xml::escape::resolve_predefined_entity(reference) {
        Some(known) => Cow::Borrowed(known),
        None => Cow::Owned(format!("&{};", &**reference)),
    }
}

/// A part's bytes as text: UTF-8 as nearly always, UTF-16 by its mark or pattern, or what the declaration says.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let encoding = match bytes {
        [0xff, 0xfe, ..] | [b'<', 0, ..] => encoding_rs::UTF_16LE,
        [0xfe, 0xff, ..] | [0, b'<', ..] => encoding_rs::UTF_16BE,
        _ => declared(bytes).unwrap_or(encoding_rs::UTF_8),
    };
    encoding.decode(bytes).0
}

fn declared(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = std::str::from_utf8(bytes.get(..bytes.len().min(128))?.split(|&b| b == b'>').next()?).ok()?;
    let (_, rest) = head.strip_prefix("<?xml")?.split_once("encoding")?;
    let label = rest.split(['"', '\'']).nth(1)?;
    // A text that says UTF-16 of itself in single bytes is mistaken.
    encoding_rs::Encoding::for_label(label.as_bytes()).filter(|e| e.is_ascii_compatible())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> (Vec<(Ns, String)>, bool) {
        let mut xml = Xml::new(text);
        let mut seen = Vec::new();
        let mut open = 0;
        loop {
            match xml.next() {
                Node::Open(e) => {
                    open += 1;
                    seen.push((e.ns, e.name().to_string()));
                }
                Node::Text(_) => {}
                Node::Close if open > 1 => open -= 1,
                Node::Close => return (seen, xml.is_broken()),
            }
        }
    }

    #[test]
    fn a_vocabulary_is_known_by_its_name_not_by_its_prefix() {
        let text = r#"<q:t xmlns:q="http://purl.oclc.org/ooxml/wordprocessingml/main"><t xmlns="urn:x"/><w:t/></q:t>"#;
        let (seen, broken) = names(text);
        assert_eq!(seen, [(Ns::W, "t".into()), (Ns::Other, "t".into()), (Ns::W, "t".into())]);
        assert!(!broken);
    }

    #[test]
    fn what_breaks_off_closes_all_that_was_open() {
        let mut xml = Xml::new("<a><b>一<c>二");
        let _ = xml.child();
        assert_eq!(xml.text(), "一二");
        assert!(xml.is_broken());
        assert!(matches!(xml.next(), Node::Close));
    }

    #[test]
    fn what_lies_too_deep_is_left_out_and_reported() {
        let text = format!("<a>{}x{}<b>y</b></a>", "<d>".repeat(400), "</d>".repeat(400));
        let mut xml = Xml::new(&text);
        let _ = xml.child();
        assert_eq!(xml.text(), "y");
        assert!(xml.was_too_deep() && !xml.is_broken());
    }

    #[test]
    fn references_become_their_characters() {
        let mut xml = Xml::new("<a>甲&amp;乙&#20013;&#x4e2d;&lt;&odd; & 丙</a>");
        let _ = xml.child();
        assert_eq!(xml.text(), "甲&乙中中<&odd; & 丙");
    }

    #[test]
    fn parts_in_utf_16_and_gbk_are_read() {
        let utf16: Vec<u8> = "\u{feff}<a>中</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&utf16), "<a>中</a>");
        let (gbk, ..) = encoding_rs::GBK.encode("<?xml version=\"1.0\" encoding=\"GBK\"?><a>中</a>");
        assert!(decode(&gbk).ends_with("<a>中</a>"));
    }
}
