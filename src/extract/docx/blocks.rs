//! The grammar between paragraphs: paragraphs, tables, and what wraps them.

use crate::extract::docx::flow::{Paragraph, Piece};
use crate::extract::docx::grammar::{Grammar, Run};
use crate::extract::xml::Ns;
use crate::msg;
use std::mem;

impl Grammar<'_> {
    /// Reads the rest of the open element as a sequence of paragraphs and tables.
    pub fn blocks(&mut self, out: &mut Vec<Piece>) {
        while let Some(e) = self.xml.child() {
            match (e.ns, e.name()) {
                (Ns::W, "p" | "tbl") if !self.afford(1) => self.xml.skip(),
                (Ns::W, "p") => out.push(Piece::Paragraph(self.paragraph())),
                (Ns::W, "tbl") => out.push(Piece::Table(self.table())),
                (Ns::W, "sdt") => self.within_control(|g| g.blocks(out)),
                (Ns::W, "sdtPr") => self.control_properties(),
                (Ns::W, "tcPr") => self.cell_properties(),
                (Ns::W, "sectPr") => self.section(),
                (Ns::W, "altChunk") => {
                    let lost = vec![msg!("extract.docx_chunk")];
                    out.push(Piece::Paragraph(Paragraph { lost, ..Paragraph::default() }));
                    self.xml.skip();
                }
                // Text outside any paragraph, as careless programs write it.
                (Ns::W, "r") | (Ns::M, _) => {
                    let mut paragraph = Paragraph::default();
                    self.run(&mut paragraph);
                    out.push(Piece::Paragraph(paragraph));
                }
                (Ns::Mc, "AlternateContent") => self.alternative_blocks(out),
                _ if Self::is_silent(&e) => self.xml.skip(),
                _ => self.blocks(out),
            }
        }
    }

    /// A paragraph whose element has just opened.
    fn paragraph(&mut self) -> Paragraph {
        let mut paragraph = Paragraph::default();
        let look = self.styles.look(self.styles.paragraph_style(None));
        let hidden = look.and_then(|l| l.hidden).unwrap_or(false);
        let outer_hidden = mem::replace(&mut self.hidden_by_style, hidden);
        let outer_run = mem::take(&mut self.run);
        let outer_drawing = mem::take(&mut self.drawing);
        self.inline(&mut paragraph);
        self.drawing = outer_drawing;
        self.run = outer_run;
        self.hidden_by_style = outer_hidden;
        paragraph
    }

    /// A run, or what stands for one, whose element has just opened.
    pub fn run(&mut self, paragraph: &mut Paragraph) {
        let plain = Run { hidden: self.hidden_by_style, ..Run::default() };
        let outer = mem::replace(&mut self.run, plain);
        self.inline(paragraph);
        self.run = outer;
    }

    /// Reads `w:pPr`.
    pub fn paragraph_properties(&mut self, paragraph: &mut Paragraph) {
        while let Some(e) = self.xml.child() {
            match (e.ns, e.name()) {
                (Ns::W, "pStyle") => paragraph.style = e.val(),
                (Ns::W, "outlineLvl") => paragraph.outline = e.number().map(|l| l.min(9) as u8),
                (Ns::W, "jc") => paragraph.centred = Some(e.val().as_deref() == Some("center")),
                (Ns::W, "numPr") => {
                    while let Some(e) = self.xml.child() {
                        match (e.ns, e.name()) {
                            (Ns::W, "numId") => paragraph.listing.list = e.number(),
                            (Ns::W, "ilvl") => paragraph.listing.level = e.number().map(|l| l.min(8) as u8),
                            _ => {}
                        }
                        self.xml.skip();
                    }
                    continue;
                }
                // Of the paragraph mark's own properties, whether it is still there.
                (Ns::W, "rPr") => {
                    while let Some(e) = self.xml.child() {
                        paragraph.runs_on |= e.ns == Ns::W && matches!(e.name(), "del" | "moveFrom");
                        self.xml.skip();
                    }
                    continue;
                }
                (Ns::W, "sectPr") => {
                    self.section();
                    continue;
                }
                _ => {}
            }
            self.xml.skip();
        }
        let look = self.styles.look(self.styles.paragraph_style(paragraph.style.as_deref()));
        self.hidden_by_style = look.and_then(|l| l.hidden).unwrap_or(false);
    }

    /// Reads `w:sectPr`: which headers and footers a section shows.
    fn section(&mut self) {
        while let Some(e) = self.xml.child() {
            if e.ns == Ns::W && matches!(e.name(), "headerReference" | "footerReference") {
                self.sections.extend(self.xml.relation(&e, "id"));
            }
            self.xml.skip();
        }
    }

    /// The first alternative that shows something.
    fn alternative_blocks(&mut self, out: &mut Vec<Piece>) {
        let mut taken: Vec<Piece> = Vec::new();
        while self.xml.child().is_some() {
            let mut pieces = Vec::new();
            self.blocks(&mut pieces);
            if !taken.iter().any(|p| p.has_words() || p.has_pictures()) {
                taken = pieces;
            }
        }
        out.append(&mut taken);
    }
}
