//! The numbers of list items, as the program shows them (ODF 1.2 part 1, 16.30): 一、 (1) a.

use crate::extract::numerals::numeral;
use crate::extract::xml_text::attribute;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;

/// List styles by name.
#[derive(Debug, Default)]
pub struct ListStyles(BTreeMap<String, BTreeMap<usize, Level>>);

/// How a level of a list is numbered.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Level {
    format: &'static str,
    prefix: String,
    suffix: String,
    start: u32,
}

impl ListStyles {
    /// The list styles of some parts of a package.
    pub fn of(parts: &[&str]) -> Self {
        let mut styles = ListStyles::default();
        for xml in parts {
            let mut reader = Reader::from_str(xml);
            reader.config_mut().check_end_names = false;
            let mut name = None;
            loop {
                match reader.read_event() {
                    Ok(Event::Start(e) | Event::Empty(e)) => match e.local_name().as_ref() {
                        "list-style" => name = attribute(&e, "name"),
                        "list-level-style-number" => styles.add(name.as_deref(), &e),
                        _ => {}
                    },
                    Ok(Event::Eof) | Err(_) => break,
                    Ok(_) => {}
                }
            }
        }
        styles
    }

    fn add(&mut self, style: Option<&str>, e: &BytesStart<'_>) {
        let level = attribute(e, "level").and_then(|l| l.parse::<usize>().ok());
        let format = attribute(e, "num-format").and_then(|f| format(&f));
        if let (Some(style), Some(level), Some(format)) = (style, level, format) {
            let text = |name| attribute(e, name).unwrap_or_default();
            let start = attribute(e, "start-value").and_then(|s| s.parse().ok()).unwrap_or(1);
            let level_style = Level { format, prefix: text("num-prefix"), suffix: text("num-suffix"), start };
            self.0.entry(style.to_string()).or_default().insert(level, level_style);
        }
    }

    fn level(&self, style: &str, level: usize) -> Option<&Level> {
        self.0.get(style)?.get(&level)
    }
}

/// The format's name in Office Open XML; none where the level shows no number.
fn format(odf: &str) -> Option<&'static str> {
    match odf {
        "1" => Some("decimal"),
        "a" => Some("lowerLetter"),
        "A" => Some("upperLetter"),
        "i" => Some("lowerRoman"),
        "I" => Some("upperRoman"),
        f if f.starts_with("一, 十") => Some("chineseCounting"),
        f if f.starts_with("一, 二") => Some("chineseCounting"),
        f if f.starts_with("壹") => Some("chineseLegalSimplified"),
        f if f.starts_with("①") => Some("decimalEnclosedCircle"),
        f if f.starts_with("甲") => Some("ideographTraditional"),
        _ => None,
    }
}

/// The lists that the reader stands in, the outermost first, and how far those before them had counted.
#[derive(Debug, Default)]
pub struct OpenLists {
    open: Vec<(String, u32)>,
    counted: BTreeMap<(String, usize), u32>,
}

impl OpenLists {
    /// A list begins; an inner one has the style of the one around it unless it names its own.
    pub fn start(&mut self, e: &BytesStart<'_>) {
        let around = || self.open.last().map(|(style, _)| style.clone());
        let style = attribute(e, "style-name").or_else(around).unwrap_or_default();
        let goes_on =
            attribute(e, "continue-numbering").as_deref() == Some("true") || attribute(e, "continue-list").is_some();
        let counted = self.counted.get(&(style.clone(), self.open.len())).copied();
        self.open.push((style, counted.filter(|_| goes_on).unwrap_or(0)));
    }

    /// A list ends.
    pub fn end(&mut self) {
        if let Some((style, count)) = self.open.pop() {
            self.counted.insert((style, self.open.len()), count);
        }
    }

    /// The number of the next item, as it is shown.
    pub fn next(&mut self, styles: &ListStyles) -> Option<String> {
        let depth = self.open.len();
        let (style, count) = self.open.last_mut()?;
        *count = count.saturating_add(1);
        let level = styles.level(style, depth)?;
        let number = numeral((level.start + *count).saturating_sub(1), level.format);
        Some(format!("{}{number}{}", level.prefix, level.suffix))
    }
}
