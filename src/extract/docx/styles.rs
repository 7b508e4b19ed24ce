//! The styles of a document (`styles.xml`), as far as they say what a paragraph is or whether text is shown.

use crate::extract::docx::flow::Listing;
use crate::extract::xml::{Ns, Xml};
use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

/// How many styles deep `basedOn` is followed; Word itself stops at ten.
const ANCESTORS: usize = 12;
/// So many different parts are remembered.
const TEMPLATES: usize = 4;
/// Longer parts are not.
const TEMPLATE_BYTES: usize = 256 * 1024;

/// All styles, each with what it inherits.
#[derive(Debug, Default)]
pub struct Styles {
    by_id: BTreeMap<String, Look>,
    /// The style of paragraphs that name none.
    default: Option<String>,
}

/// What a style says of its paragraphs or runs. By default, nothing.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// Heading level from 1, by outline level or by name.
    pub heading: Option<u8>,
    /// It is the style of captions.
    pub caption: bool,
    /// It is the style of prompts to fill in a control.
    pub prompt: bool,
    /// Its list.
    pub listing: Listing,
    /// Its text is hidden.
    pub hidden: Option<bool>,
    /// It is centred.
    pub centred: Option<bool>,
}

/// A style as written, with its parent.
#[derive(Default)]
struct Written {
    look: Look,
    /// Explicitly body text, whatever an ancestor says.
    body_text: bool,
    parent: Option<String>,
}

thread_local! {
    /// The parts read last, each with its styles: most documents have one of a few templates, and styles are a fifth of what
    /// there is to read in a document.
    static READ: RefCell<VecDeque<(String, Rc<Styles>)>> = const { RefCell::new(VecDeque::new()) };
}

impl Styles {
    /// Reads the part's text, or remembers what it said.
    pub fn of(text: String) -> Rc<Self> {
        READ.with_borrow_mut(|read| {
            if let Some(at) = read.iter().position(|(known, _)| *known == text) {
                // What is asked for often stays.
                read.swap(0, at);
            } else {
                let styles = Rc::new(Styles::read(&text));
                if text.len() > TEMPLATE_BYTES {
                    return styles;
                }
                read.truncate(TEMPLATES - 1);
                read.push_front((text, styles));
            }
            read.front().map(|(_, styles)| styles.clone()).unwrap_or_default()
        })
    }

    /// Reads the part's text.
    pub fn read(text: &str) -> Self {
        let mut xml = Xml::new(text);
        let mut written: BTreeMap<String, Written> = BTreeMap::new();
        let mut default = None;
        if xml.child().is_some() {
            while let Some(e) = xml.child() {
                let (true, Some(id)) = (e.ns == Ns::W && e.name() == "style", e.attr("styleId")) else {
                    xml.skip();
                    continue;
                };
                let is_default = e.attr("default").is_some_and(|d| matches!(d.as_str(), "1" | "true" | "on"));
                if is_default && e.attr("type").as_deref() == Some("paragraph") {
                    default = Some(id.clone());
                }
                let mut style = Written::default();
                style.read(&mut xml);
                written.insert(id, style);
            }
        }
        let by_id = written.keys().map(|id| (id.clone(), inherited(&written, id))).collect();
        Self { by_id, default }
    }

    /// The id that a paragraph's style has in effect.
    pub fn paragraph_style<'s>(&'s self, id: Option<&'s str>) -> Option<&'s str> {
        id.or(self.default.as_deref())
    }

    /// What the style of that id says.
    pub fn look(&self, id: Option<&str>) -> Option<&Look> {
        self.by_id.get(id?)
    }
}

impl Written {
    /// Reads inside `w:style`, and inside the properties in it.
    fn read(&mut self, xml: &mut Xml<'_>) {
        while let Some(e) = xml.child() {
            match (e.ns, e.name()) {
                (Ns::W, "name") => {
                    let name = e.val().unwrap_or_default().trim().to_lowercase();
                    self.look.heading = self.look.heading.or_else(|| heading_by_name(&name));
                    self.look.caption = matches!(name.as_str(), "caption" | "题注" | "图题" | "图注");
                    self.look.prompt = matches!(name.as_str(), "placeholder text" | "占位符文本");
                }
                (Ns::W, "basedOn") => self.parent = e.val(),
                (Ns::W, "outlineLvl") => match e.number() {
                    Some(level @ 0..=8) => self.look.heading = Some(level as u8 + 1),
                    _ => self.body_text = true,
                },
                (Ns::W, "numId") => self.look.listing.list = e.number(),
                (Ns::W, "ilvl") => self.look.listing.level = e.number().map(|l| l.min(8) as u8),
                (Ns::W, "vanish") => self.look.hidden = Some(e.is_on()),
                (Ns::W, "jc") => self.look.centred = Some(e.val().as_deref() == Some("center")),
                // A paragraph style's run properties hold for its text, so both kinds of properties are looked into.
                (Ns::W, "pPr" | "rPr" | "numPr") => {
                    self.read(xml);
                    continue;
                }
                _ => {}
            }
            xml.skip();
        }
    }
}

/// `heading 2` and `标题 2`: Word and WPS keep the English name in any language, other programs do not.
fn heading_by_name(name: &str) -> Option<u8> {
    let level = name.strip_prefix("heading").or_else(|| name.strip_prefix("标题"))?;
    level.trim().parse().ok().filter(|l| (1..=9).contains(l))
}

/// What a style says with what its ancestors say where it is silent.
fn inherited(written: &BTreeMap<String, Written>, id: &str) -> Look {
    let mut look = Look::default();
    let mut heading_said = false;
    let mut next = Some(id);
    for _ in 0..ANCESTORS {
        let Some(style) = next.and_then(|id| written.get(id)) else { break };
        if !heading_said {
            heading_said = style.body_text || style.look.heading.is_some();
            look.heading = style.look.heading.filter(|_| !style.body_text);
        }
        look.caption |= style.look.caption;
        look.prompt |= style.look.prompt;
        look.listing.list = look.listing.list.or(style.look.listing.list);
        look.listing.level = look.listing.level.or(style.look.listing.level);
        look.hidden = look.hidden.or(style.look.hidden);
        look.centred = look.centred.or(style.look.centred);
        next = style.parent.as_deref();
    }
    look
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(styles: &str, id: &str) -> Option<u8> {
        Styles::read(&format!("<w:styles>{styles}</w:styles>")).look(Some(id)).and_then(|l| l.heading)
    }

    #[test]
    fn headings_are_known_by_name_or_outline_level_through_their_ancestors() {
        let styles = r#"<w:style w:styleId="2"><w:name w:val="heading 2"/></w:style>
            <w:style w:styleId="x"><w:name w:val="我的小标题"/><w:basedOn w:val="2"/></w:style>
            <w:style w:styleId="y"><w:name w:val="正文二"/><w:basedOn w:val="2"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
            <w:style w:styleId="z"><w:name w:val="标题 3"/></w:style>
            <w:style w:styleId="o"><w:name w:val="一级"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>"#;
        assert_eq!(["2", "x", "y", "z", "o"].map(|id| heading(styles, id)), [Some(2), Some(2), None, Some(3), Some(1)]);
    }

    #[test]
    fn styles_based_on_each_other_in_a_circle_come_to_an_end() {
        let styles = r#"<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style>
            <w:style w:styleId="b"><w:basedOn w:val="a"/><w:rPr><w:vanish/></w:rPr></w:style>"#;
        let styles = Styles::read(&format!("<w:styles>{styles}</w:styles>"));
        assert_eq!(styles.look(Some("a")).and_then(|l| l.hidden), Some(true));
    }

    #[test]
    fn every_document_has_its_own_styles() {
        let of = |level: usize| {
            let style = format!(r#"<w:style w:styleId="a"><w:name w:val="heading {level}"/></w:style>"#);
            Styles::of(format!("<w:styles>{style}</w:styles>")).look(Some("a")).and_then(|l| l.heading)
        };
        for level in [1, 2, 1, 3, 4, 5, 6, 2, 1, 6, 6] {
            assert_eq!(of(level), Some(level as u8));
        }
    }
}
