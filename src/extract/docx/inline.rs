//! The grammar inside a paragraph: text, fields, symbols, drawings.

use crate::extract::docx::captions;
use crate::extract::docx::flow::{Drawing, Paragraph, Piece, Shown};
use crate::extract::docx::grammar::{DrawingLook, Grammar, tick};
use crate::extract::docx::shapes;
use crate::extract::symbols::{is_symbol_font, symbol};
use crate::extract::xml::{Element, Ns};
use crate::msg;

impl Grammar<'_> {
    /// Reads the rest of the open element into the paragraph.
    pub fn inline(&mut self, p: &mut Paragraph) {
        while let Some(e) = self.xml.child() {
            match (e.ns, e.name()) {
                (Ns::W | Ns::M, "t") => self.text(p, &e),
                (Ns::W | Ns::M, "r") => self.run(p),
                (Ns::W, "pPr") => self.paragraph_properties(p),
                (Ns::W, "rPr") => self.run_properties(),
                (Ns::W, "sdt") => self.within_control(|g| g.inline(p)),
                (Ns::W, "sdtPr") => self.control_properties(),
                (Ns::W, "tab" | "ptab") => self.sign(p, "\t"),
                (Ns::W, "br" | "cr") => self.sign(p, "\n"),
                (Ns::W, "noBreakHyphen") => self.sign(p, "-"),
                (Ns::W, "sym") => self.symbol(p, &e),
                (Ns::W, "fldChar") => self.field_character(p, &e),
                (Ns::W, "txbxContent") => {
                    let mut pieces = Vec::new();
                    self.blocks(&mut pieces);
                    p.drawings.push(Drawing::Box(pieces));
                }
                (Ns::W, "object") => self.object(p),
                // A paragraph within a paragraph is against the rules, but its text is text.
                (Ns::W, "p") => {
                    if !p.text.is_empty() {
                        self.say(p, "\n");
                    }
                    self.inline(p);
                }
                (Ns::Mc, "AlternateContent") => self.alternatives(p),
                (Ns::M, "den") => {
                    self.say(p, "/");
                    self.inline(p);
                }
                (Ns::Wp, "inline" | "anchor") => {
                    self.drawing(p, DrawingLook { alt: None, floating: e.name() == "anchor" })
                }
                (Ns::V, "shape" | "rect" | "group") => {
                    let floating = e.attr("style").is_some_and(|s| s.contains("position:absolute"));
                    self.drawing(p, DrawingLook { alt: captions::alt_text(e.attr("alt")), floating });
                }
                (Ns::Wp, "docPr") | (Ns::Pic, "cNvPr") => {
                    let alt = captions::alt_text(e.attr("descr")).or_else(|| captions::alt_text(e.attr("title")));
                    self.drawing.alt = alt.or_else(|| self.drawing.alt.take());
                    self.xml.skip();
                }
                (Ns::A, "blip") | (Ns::V, "imagedata") if !self.afford(1) => self.xml.skip(),
                (Ns::A, "blip") | (Ns::V, "imagedata") => self.picture(p, &e),
                // Word art of old programs keeps its words in an attribute.
                (Ns::V, "textpath") => {
                    let words = Paragraph { text: e.attr("string").unwrap_or_default(), ..Paragraph::default() };
                    p.drawings.push(Drawing::Box(vec![Piece::Paragraph(words)]));
                    self.xml.skip();
                }
                (Ns::A, "txBody") => {
                    let words = shapes::words(&mut self.xml);
                    let pieces = words.into_iter().map(|text| Paragraph { text, ..Paragraph::default() });
                    p.drawings.push(Drawing::Box(pieces.map(Piece::Paragraph).collect()));
                }
                (Ns::Dgm, "relIds") => self.part(p, &e, "dm"),
                (Ns::Chart, "chart") => self.part(p, &e, "id"),
                _ if Self::is_silent(&e) => self.xml.skip(),
                _ => self.inline(p),
            }
        }
    }

    fn sign(&mut self, p: &mut Paragraph, sign: &str) {
        self.say(p, sign);
        self.xml.skip();
    }

    fn text(&mut self, p: &mut Paragraph, e: &Element<'_>) {
        // Space at the ends counts only where it is said to; a line end in the file is a space to the reader.
        let keep = e.attr("space").is_some_and(|s| s == "preserve");
        let text = self.xml.text().replace('\n', " ");
        let text = if keep { text.as_str() } else { text.trim_matches([' ', '\t']) };
        let Some(font) = self.run.symbols.clone() else {
            self.say(p, text);
            return;
        };
        let signs = text.chars().map(|c| match u32::from(c) {
            code @ (0..=0xff | 0xf000..=0xf0ff) => symbol(&font, code).unwrap_or(c),
            _ => c,
        });
        let signs: String = signs.collect();
        self.say(p, &signs);
    }

    fn run_properties(&mut self) {
        let (mut own, mut by_style) = (None, None);
        while let Some(e) = self.xml.child() {
            match (e.ns, e.name()) {
                (Ns::W, "vanish") => own = Some(e.is_on()),
                (Ns::W, "rStyle") => {
                    let look = self.styles.look(e.val().as_deref());
                    by_style = look.and_then(|l| l.hidden);
                    self.run.prompt = look.is_some_and(|l| l.prompt);
                }
                (Ns::W, "rFonts") => self.run.symbols = e.attr("ascii").filter(|f| is_symbol_font(f)),
                _ => {}
            }
            self.xml.skip();
        }
        self.run.hidden = own.or(by_style).unwrap_or(self.hidden_by_style);
    }

    fn symbol(&mut self, p: &mut Paragraph, e: &Element<'_>) {
        let font = e.attr("font").unwrap_or_default();
        let char = e.attr("char").unwrap_or_default();
        match u32::from_str_radix(char.trim(), 16).ok().and_then(|code| symbol(&font, code)) {
            Some(sign) => self.say(p, sign.encode_utf8(&mut [0; 4])),
            None => p.lost.push(msg!("extract.docx_symbol", char, font)),
        }
        self.xml.skip();
    }

    /// A field begins, turns to its result, or ends. Old form fields keep their state in its beginning.
    fn field_character(&mut self, p: &mut Paragraph, e: &Element<'_>) {
        let mut state = None;
        while let Some(form) = self.xml.child() {
            if (form.ns, form.name()) == (Ns::W, "ffData") {
                state = self.form_field();
            } else {
                self.xml.skip();
            }
        }
        if let Some(state) = state {
            self.say(p, &state);
        }
        self.field(&e.attr("fldCharType").unwrap_or_default());
    }

    /// What a check box or a drop-down list of `w:ffData` shows.
    fn form_field(&mut self) -> Option<String> {
        let mut shown = None;
        while let Some(e) = self.xml.child() {
            let is_box = e.name() == "checkBox";
            if e.ns != Ns::W || !is_box && e.name() != "ddList" {
                self.xml.skip();
                continue;
            }
            let (mut checked, mut chosen, mut entries) = (false, 0, Vec::new());
            while let Some(e) = self.xml.child() {
                match e.name() {
                    // The default stands before the present state, which overrules it.
                    "default" | "checked" if is_box => checked = e.is_on(),
                    "default" | "result" => chosen = e.number().unwrap_or(0) as usize,
                    "listEntry" => entries.extend(e.val()),
                    _ => {}
                }
                self.xml.skip();
            }
            shown = if is_box { Some(tick(checked).to_string()) } else { entries.into_iter().nth(chosen) };
        }
        shown
    }

    /// An embedded object shows a picture of itself that is none of the document's; its content is another program's.
    fn object(&mut self, p: &mut Paragraph) {
        while let Some(e) = self.xml.child() {
            let program = e.attr("ProgID").filter(|_| (e.ns, e.name()) == (Ns::O, "OLEObject"));
            if let Some(program) = program.filter(|p| !p.starts_with("Equation")) {
                p.lost.push(msg!("extract.docx_object", program));
            }
            self.xml.skip();
        }
    }

    fn drawing(&mut self, p: &mut Paragraph, look: DrawingLook) {
        let outer = std::mem::replace(&mut self.drawing, look);
        self.inline(p);
        self.drawing = outer;
    }

    fn picture(&mut self, p: &mut Paragraph, e: &Element<'_>) {
        let inside = self.xml.relation(e, "embed").or_else(|| self.xml.relation(e, "id"));
        let alt = captions::alt_text(e.attr("title")).or_else(|| self.drawing.alt.clone());
        let floating = self.drawing.floating;
        match inside.filter(|id| !id.is_empty()) {
            Some(relation) => p.drawings.push(Drawing::Picture(Shown { relation, alt, floating })),
            None if self.xml.relation(e, "link").is_some() || self.xml.relation(e, "href").is_some() => {
                p.lost.push(msg!("extract.docx_picture_outside"));
            }
            None => {}
        }
        self.xml.skip();
    }

    fn part(&mut self, p: &mut Paragraph, e: &Element<'_>, attribute: &str) {
        p.drawings.extend(self.xml.relation(e, attribute).map(Drawing::Part));
        self.xml.skip();
    }

    /// The same drawing said for programs of different age: each kind of content is taken once.
    fn alternatives(&mut self, p: &mut Paragraph) {
        let mut taken = Paragraph::default();
        while self.xml.child().is_some() {
            let mut other = Paragraph::default();
            self.inline(&mut other);
            taken.fill_from(other);
        }
        p.text.push_str(&taken.text);
        p.drawings.append(&mut taken.drawings);
        p.lost.append(&mut taken.lost);
    }
}
