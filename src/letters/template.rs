//! Templates: lines of text with words in braces. A template of the campaign folder is any document that a reader can read;
//! only its text counts, the look is the standard's.

use crate::letters::error::TemplateError;
use crate::letters::form::{Form, SHARED};
use crate::letters::letter::Table;
use crate::model::document::{Block, Content, Document};
use crate::model::message::Message;
use crate::model::place::Place;
use crate::msg;
use std::collections::BTreeMap;

/// What stands for a word in braces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Words within a line.
    Text(String),
    /// Paragraphs, where the word has a line of its own.
    Lines(Vec<String>),
    /// A table, where the word has a line of its own.
    Table(Table),
}

/// What stands for each word.
pub type Values = BTreeMap<&'static str, Value>;

/// A line that has been filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A paragraph.
    Text(String),
    /// A word that had a line of its own, and is an element by itself: 署名, 附表.
    Element(&'static str, Value),
}

/// A template that holds together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    lines: Vec<Vec<Part>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Word(&'static str),
}

/// Words that are elements by themselves where they have a line of their own.
const ELEMENTS: [&str; 5] = ["发文字号", "署名", "成文日期", "名单", "附表"];

impl Template {
    /// The form's own template.
    pub fn built_in(form: &Form) -> Template {
        let lines = form.built_in.lines().zip(1..).map(|(line, n)| (line.to_string(), Place::Line(n)));
        // The forms' own templates hold together; the tests read each.
        read(form, form.name, lines).unwrap_or_else(|_| Template { lines: Vec::new() })
    }

    /// A template of the campaign folder.
    ///
    /// # Errors
    /// Everything that is wrong with it, line by line.
    pub fn of(form: &Form, file: &str, document: &Document) -> Result<Template, Vec<TemplateError>> {
        if let Some(problem) = document.problems.iter().find(|p| p.is_unreadable()) {
            let (what, remedy) = (problem.message(), msg!("letters.not_read_remedy"));
            return Err(vec![TemplateError { file: file.to_string(), place: Place::Whole, what, remedy }]);
        }
        let text = |block: &Block| match &block.content {
            Content::Heading(_, text) | Content::Paragraph(text) | Content::Caption(text) => {
                Some((text.clone(), block.place.clone()))
            }
            Content::Table(_) => None,
        };
        read(form, file, document.body.blocks.iter().filter_map(text))
    }

    /// Whether a word stands anywhere in it.
    pub fn says(&self, word: &str) -> bool {
        self.lines.iter().flatten().any(|part| matches!(part, Part::Word(w) if *w == word))
    }

    /// The lines with their words filled in. A line all of whose words are empty is left out.
    pub fn fill(&self, values: &Values) -> Vec<Line> {
        self.lines.iter().flat_map(|parts| fill(parts, values)).collect()
    }

    /// The lines as one text.
    pub fn text(&self, values: &Values) -> String {
        let text = |line| match line {
            Line::Text(text) => Some(text),
            Line::Element(_, Value::Text(text)) => Some(text),
            Line::Element(..) => None,
        };
        self.fill(values).into_iter().filter_map(text).collect::<Vec<_>>().join("\n")
    }
}

fn fill(parts: &[Part], values: &Values) -> Vec<Line> {
    let words: Vec<&Value> = parts
        .iter()
        .filter_map(|p| match p {
            Part::Word(word) => values.get(word),
            Part::Text(_) => None,
        })
        .collect();
    let has_words = parts.iter().any(|p| matches!(p, Part::Word(_)));
    if has_words && words.iter().all(|v| is_empty(v)) {
        return Vec::new();
    }
    if let [Part::Word(word)] = parts
        && let Some(value) = values.get(word)
    {
        return match value {
            value if ELEMENTS.contains(word) => vec![Line::Element(word, value.clone())],
            Value::Lines(lines) => lines.iter().cloned().map(Line::Text).collect(),
            Value::Text(text) => vec![Line::Text(text.clone())],
            Value::Table(_) => vec![Line::Element(word, value.clone())],
        };
    }
    let text = parts.iter().map(|part| match part {
        Part::Text(text) => text.clone(),
        Part::Word(word) => match values.get(word) {
            Some(Value::Text(text)) => text.clone(),
            Some(Value::Lines(lines)) => lines.concat(),
            Some(Value::Table(_)) | None => String::new(),
        },
    });
    vec![Line::Text(text.collect())]
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Text(text) => text.is_empty(),
        Value::Lines(lines) => lines.is_empty(),
        Value::Table(table) => table.rows.is_empty(),
    }
}

fn read(form: &Form, file: &str, lines: impl Iterator<Item = (String, Place)>) -> Result<Template, Vec<TemplateError>> {
    let (mut template, mut errors) = (Template { lines: Vec::new() }, Vec::new());
    let mut wrong = |place: &Place, what: Message, remedy: Message| {
        errors.push(TemplateError { file: file.to_string(), place: place.clone(), what, remedy });
    };
    for (line, place) in
        lines.filter(|(line, _)| !line.trim().is_empty() && !line.trim_start().starts_with(['#', '＃']))
    {
        let mut parts = Vec::new();
        let line = line.trim().replace('｛', "{").replace('｝', "}");
        let mut rest = line.as_str();
        while let Some(open) = rest.find(['{', '}']) {
            if open > 0 {
                parts.push(Part::Text(rest[..open].to_string()));
            }
            let inside = rest[open..].strip_prefix('{').and_then(|tail| tail.split_once('}'));
            let Some((word, tail)) = inside.filter(|(word, _)| !word.contains('{')) else {
                wrong(&place, msg!("letters.brace"), msg!("letters.brace_remedy"));
                rest = "";
                break;
            };
            let word = word.trim();
            match form.own.iter().chain(SHARED).find(|known| **known == word) {
                Some(known) => parts.push(Part::Word(known)),
                None => wrong(&place, msg!("letters.word_unknown", word), known_words(form)),
            }
            rest = tail;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_string()));
        }
        template.lines.push(parts);
    }
    for word in form.needed {
        if !template.lines.iter().flatten().any(|p| matches!(p, Part::Word(w) if w == word)) {
            wrong(&Place::Whole, msg!("letters.word_missing", *word), msg!("letters.word_missing_remedy", *word));
        }
    }
    if errors.is_empty() { Ok(template) } else { Err(errors) }
}

fn known_words(form: &Form) -> Message {
    let words: Vec<String> = form.own.iter().chain(SHARED).map(|word| format!("{{{word}}}")).collect();
    msg!("letters.word_unknown_remedy", words.join(" "))
}
