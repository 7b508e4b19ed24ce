//! From a part's XML to the pieces of its stories: what the walk through it must remember.
//!
//! Elements that nobody knows are walked through, so that text in a wrapper of tomorrow is still read; only what is known
//! not to be text (properties, deletions, field codes) is passed over. `blocks.rs`, `grid.rs` and `inline.rs` say what
//! each element means between paragraphs, between cells, and inside a paragraph.

use crate::extract::docx::flow::{Paragraph, Piece};
use crate::extract::docx::styles::Styles;
use crate::extract::xml::{Element, Ns, Xml};
use crate::model::limits::{NESTING, TEXT_CHARS};
use std::mem;

/// A walk through one part.
pub struct Grammar<'x> {
    pub xml: Xml<'x>,
    pub styles: &'x Styles,
    /// Headers and footers in the order in which sections name them, by relationship.
    pub sections: Vec<String>,
    /// Fields that have begun and not ended; for each whether the walk is in its code.
    pub fields: Vec<bool>,
    pub run: Run,
    pub control: Control,
    pub cell: CellLook,
    pub drawing: DrawingLook,
    /// Whether the present paragraph's style hides its text.
    pub hidden_by_style: bool,
    /// Characters that may still be kept.
    left: usize,
    cut: bool,
}

/// What a run's properties say.
#[derive(Debug, Default)]
pub struct Run {
    pub hidden: bool,
    /// Its style is that of prompts.
    pub prompt: bool,
    /// A font in which letters are signs.
    pub symbols: Option<String>,
}

/// What a content control's properties say.
#[derive(Debug, Default)]
pub struct Control {
    /// It says that its content is the prompt to fill it in. Some programs leave that standing when a person has
    /// filled it, but then the text has not the style of prompts.
    is_unfilled: bool,
    /// It is a check box: its sign, until that has been said.
    pub tick: Option<Option<&'static str>>,
}

/// What a cell's properties say.
#[derive(Debug, Default)]
pub struct CellLook {
    pub span: Option<u32>,
    pub continues: bool,
    pub continues_left: bool,
    pub deleted: bool,
}

/// What a drawing says of the pictures in it.
#[derive(Debug, Default)]
pub struct DrawingLook {
    pub alt: Option<String>,
    pub floating: bool,
}

impl<'x> Grammar<'x> {
    /// Begins the walk through a part's text.
    pub fn new(text: &'x str, styles: &'x Styles) -> Self {
        Self {
            xml: Xml::new(text),
            styles,
            sections: Vec::new(),
            fields: Vec::new(),
            run: Run::default(),
            control: Control::default(),
            cell: CellLook::default(),
            drawing: DrawingLook::default(),
            hidden_by_style: false,
            left: TEXT_CHARS,
            cut: false,
        }
    }

    /// The one story of a main part, a header or a footer.
    pub fn story(&mut self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        if self.xml.child().is_some() {
            self.blocks(&mut pieces);
        }
        pieces
    }

    /// The stories of a part of many: each element of that name, in order. The lines that part notes from the text are
    /// stored as notes too, with a type of their own, and are none.
    pub fn stories(&mut self, name: &str) -> Vec<Vec<Piece>> {
        let mut stories = Vec::new();
        if self.xml.child().is_some() {
            while let Some(e) = self.xml.child() {
                let kind = e.attr("type");
                if e.ns != Ns::W || e.name() != name || kind.is_some_and(|k| k != "normal") {
                    self.xml.skip();
                    continue;
                }
                self.fields.clear();
                let mut pieces = Vec::new();
                self.blocks(&mut pieces);
                stories.push(pieces);
            }
        }
        stories
    }

    /// Relationships to headers and footers in the order in which sections name them.
    pub fn take_sections(&mut self) -> Vec<String> {
        mem::take(&mut self.sections)
    }

    /// Whether the part broke off somewhere.
    pub fn is_broken(&self) -> bool {
        self.xml.is_broken()
    }

    /// Whether something was left out because a limit of depth or length was reached.
    pub fn was_cut(&self) -> bool {
        self.cut || self.xml.was_too_deep()
    }

    /// Adds text to the paragraph, if a reader would see it.
    pub fn say(&mut self, paragraph: &mut Paragraph, text: &str) {
        // Text directly in a code was meant as text by a program that forgot to end the field; text of a field within
        // another's code is that code's business.
        let in_code = self.fields.iter().rev().skip(1).any(|code| *code);
        let is_prompt = self.control.is_unfilled && self.run.prompt;
        if self.run.hidden || is_prompt || in_code {
            return;
        }
        let text = match &mut self.control.tick {
            Some(sign) => sign.take().unwrap_or_default(),
            None => text,
        };
        if self.afford(text.chars().count()) {
            paragraph.text.push_str(text);
        }
    }

    /// Takes so many characters from what may still be kept. Paragraphs and drawings cost one each: empty ones by the
    /// million take memory too.
    pub fn afford(&mut self, chars: usize) -> bool {
        self.cut |= chars > self.left;
        self.left = if self.cut { 0 } else { self.left - chars };
        !self.cut
    }

    /// A field's code begins, its result begins, or it ends.
    pub fn field(&mut self, kind: &str) {
        match kind {
            "begin" if self.fields.len() < NESTING => self.fields.push(true),
            "separate" => {
                if let Some(code) = self.fields.last_mut() {
                    *code = false;
                }
            }
            "end" => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    /// Walks through a content control, whose properties hold up to its end.
    pub fn within_control(&mut self, walk: impl FnOnce(&mut Self)) {
        let outer = mem::take(&mut self.control);
        walk(self);
        self.control = outer;
    }

    /// Reads `w:sdtPr`.
    pub fn control_properties(&mut self) {
        while let Some(e) = self.xml.child() {
            match (e.ns, e.name()) {
                (Ns::W, "showingPlcHdr") => self.control.is_unfilled = e.is_on(),
                (Ns::W14, "checkbox") => {
                    let mut checked = false;
                    while let Some(state) = self.xml.child() {
                        if state.name() == "checked" {
                            checked = state.is_on();
                        }
                        self.xml.skip();
                    }
                    self.control.tick = Some(Some(tick(checked)));
                    continue;
                }
                _ => {}
            }
            self.xml.skip();
        }
    }

    /// Whether the element never holds text to be shown, wherever it stands.
    pub fn is_silent(e: &Element<'_>) -> bool {
        e.ns == Ns::W
            && matches!(
                e.name(),
                "del"
                    | "moveFrom"
                    | "delText"
                    | "instrText"
                    | "delInstrText"
                    | "rt"
                    | "rubyPr"
                    | "sdtEndPr"
                    | "tblPr"
                    | "tblPrEx"
                    | "tblGrid"
                    | "customXmlPr"
                    | "smartTagPr"
            )
    }
}

/// A check box as a sign.
pub fn tick(checked: bool) -> &'static str {
    if checked { "☑" } else { "☐" }
}
