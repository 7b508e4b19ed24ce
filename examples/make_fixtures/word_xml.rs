//! Word files by hand, for what docx-rs does not write: text boxes (twice, as Word writes them for old programs), tracked
//! changes, footnotes, content controls, runs cut in the middle of a word. Another hand also makes another XML.

use crate::text::{Block, Manner, Text, columns_joined, rows_joined};
use crate::{archive, photo, word};
use anyhow::Result;
use std::fmt::Write;

const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\" \
    xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:v=\"urn:schemas-microsoft-com:vml\"";
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// What gathers while the document is written.
#[derive(Default)]
struct Parts {
    relations: String,
    media: Vec<(String, Vec<u8>)>,
    notes: Vec<String>,
    header: String,
    footer: String,
    /// Drawings so far; each wants a number of its own.
    drawings: usize,
}

/// The .docx of a text.
pub fn docx(text: &Text) -> Result<Vec<u8>> {
    let mut parts = Parts::default();
    let mut body = String::new();
    for block in &text.blocks {
        parts.block(&mut body, block)?;
    }
    let mut section = String::new();
    for (kind, part) in [("header", &parts.header), ("footer", &parts.footer)] {
        if !part.is_empty() {
            write!(section, "<w:{kind}Reference w:type=\"default\" r:id=\"{kind}\"/>")?;
        }
    }
    let document = format!(
        "{DECLARATION}<w:document {NAMESPACES} mc:Ignorable=\"wps\"><w:body>{body}<w:sectPr>{section}\
         <w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\" \
         w:header=\"851\" w:footer=\"992\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    );
    let style = |id: &str, name: &str, more: &str| {
        format!("<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{more}</w:style>")
    };
    let styles = format!(
        "{DECLARATION}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsia=\"仿宋_GB2312\"/>\
         <w:sz w:val=\"32\"/></w:rPr></w:rPrDefault></w:docDefaults>{}{}{}{}</w:styles>",
        style("a", "Normal", ""),
        style("1", "heading 1", "<w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:rPr><w:b/></w:rPr>"),
        style("2", "heading 2", "<w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr>"),
        style("a5", "caption", "<w:pPr><w:jc w:val=\"center\"/></w:pPr><w:rPr><w:sz w:val=\"21\"/></w:rPr>"),
    );
    let numbering = format!(
        "{DECLARATION}<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
         <w:numFmt w:val=\"chineseCountingThousand\"/><w:lvlText w:val=\"%1、\"/></w:lvl></w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
    );
    let mut more = vec![("styles", styles), ("numbering", numbering)];
    for (kind, tag, part) in [("header", "hdr", &parts.header), ("footer", "ftr", &parts.footer)] {
        if !part.is_empty() {
            more.push((
                kind,
                format!("{DECLARATION}<w:{tag} {NAMESPACES}>{}</w:{tag}>", paragraph("", &runs(part, &mut Vec::new()))),
            ));
        }
    }
    if !parts.notes.is_empty() {
        let notes: String = parts
            .notes
            .iter()
            .enumerate()
            .map(|(i, note)| {
                format!("<w:footnote w:id=\"{}\">{}</w:footnote>", i + 1, paragraph("", &runs(note, &mut Vec::new())))
            })
            .collect();
        more.push(("footnotes", format!("{DECLARATION}<w:footnotes {NAMESPACES}>{notes}</w:footnotes>")));
    }
    let mut types = format!(
        "{DECLARATION}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"jpeg\" ContentType=\"image/jpeg\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{TYPE}.document.main+xml\"/>\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>"
    );
    for (name, _) in &more {
        write!(types, "<Override PartName=\"/word/{name}.xml\" ContentType=\"{TYPE}.{name}+xml\"/>")?;
        write!(parts.relations, "<Relationship Id=\"{name}\" Type=\"{KIND}/{name}\" Target=\"{name}.xml\"/>")?;
    }
    types.push_str("</Types>");
    let relations = |list: &str| {
        format!(
            "{DECLARATION}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{list}</Relationships>"
        )
    };
    let top = format!(
        "<Relationship Id=\"rId1\" Type=\"{KIND}/officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"rId2\" \
         Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>"
    );
    let mut files = vec![
        ("[Content_Types].xml".to_string(), types.into_bytes()),
        ("_rels/.rels".to_string(), relations(&top).into_bytes()),
        ("docProps/core.xml".to_string(), word::core_properties(text).into_bytes()),
        ("word/document.xml".to_string(), document.into_bytes()),
        ("word/_rels/document.xml.rels".to_string(), relations(&parts.relations).into_bytes()),
    ];
    files.extend(more.into_iter().map(|(name, content)| (format!("word/{name}.xml"), content.into_bytes())));
    files.extend(parts.media);
    archive::pack(&files)
}

impl Parts {
    fn block(&mut self, body: &mut String, block: &Block) -> Result<()> {
        let style = |id: &str| format!("<w:pStyle w:val=\"{id}\"/>");
        match block {
            Block::Title(t) => {
                // The title is a content control, as templates have it.
                let title = paragraph("<w:jc w:val=\"center\"/>", &runs(t, &mut self.notes));
                write!(
                    body,
                    "<w:sdt><w:sdtPr><w:alias w:val=\"标题\"/></w:sdtPr><w:sdtContent>{title}</w:sdtContent></w:sdt>"
                )?;
            }
            Block::Heading(level, t) => {
                body.push_str(&paragraph(&style(&level.to_string()), &runs(t, &mut self.notes)))
            }
            Block::Paragraph(manner, t) => {
                let properties = match manner {
                    Manner::Indented => "<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>",
                    Manner::Flush => "",
                    Manner::Right => "<w:jc w:val=\"right\"/>",
                    Manner::Numbered => "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>",
                };
                body.push_str(&paragraph(properties, &runs(t, &mut self.notes)));
            }
            Block::Table(rows) => body.push_str(&table(rows)),
            Block::TextBox(t) => {
                let drawn = self.text_box(t);
                body.push_str(&paragraph("", &drawn));
            }
            Block::Picture { photo, caption } => {
                let drawn = self.picture(photo, caption)?;
                body.push_str(&paragraph("<w:jc w:val=\"center\"/>", &drawn));
                if !caption.is_empty() {
                    body.push_str(&paragraph(&style("a5"), &runs(caption, &mut self.notes)));
                }
            }
            Block::Header(t) => self.header = t.clone(),
            Block::Footer(t) => self.footer = t.clone(),
        }
        Ok(())
    }

    /// A text box in DrawingML and, for old programs, once more in VML: a reader must take it once.
    fn text_box(&mut self, text: &str) -> String {
        self.drawings += 1;
        let n = self.drawings;
        let inside = paragraph("", &runs(text, &mut self.notes));
        format!(
            "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" \
             distR=\"0\"><wp:extent cx=\"5040000\" cy=\"1080000\"/><wp:docPr id=\"{n}\" name=\"文本框 {n}\"/><a:graphic>\
             <a:graphicData uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"><wps:wsp>\
             <wps:cNvSpPr txBox=\"1\"/><wps:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"5040000\" cy=\"1080000\"/></a:xfrm>\
             <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:ln w=\"9525\"><a:solidFill><a:srgbClr val=\"000000\"/></a:solidFill></a:ln></wps:spPr>\
             <wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>\
             </wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape id=\"box{n}\" style=\"width:397pt;height:85pt\">\
             <v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    }

    fn picture(&mut self, photo: &str, caption: &str) -> Result<String> {
        self.drawings += 1;
        let n = self.drawings;
        let (cx, cy) = (photo::SIZE.0 * 9525, photo::SIZE.1 * 9525);
        self.media.push((format!("word/media/image{n}.jpeg"), photo::jpeg(photo)?));
        write!(
            self.relations,
            "<Relationship Id=\"picture{n}\" Type=\"{KIND}/image\" Target=\"media/image{n}.jpeg\"/>"
        )?;
        Ok(format!(
            "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{cx}\" cy=\"{cy}\"/>\
             <wp:docPr id=\"{n}\" name=\"图片 {n}\" descr=\"{caption}\"/><a:graphic><a:graphicData \
             uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr><pic:cNvPr id=\"{n}\" \
             name=\"image{n}.jpeg\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"picture{n}\"/><a:stretch>\
             <a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{cx}\" cy=\"{cy}\"/>\
             </a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>\
             </wp:inline></w:drawing></w:r>"
        ))
    }
}

fn paragraph(properties: &str, content: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>")
}

/// The runs of a text with `{-gone-}`, `{+new+}` and `{^note^}`. Plain text is cut into runs of seven characters, as Word
/// does it after much editing: a date or a name seldom lies in one run.
fn runs(text: &str, notes: &mut Vec<String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(&plain_runs(before));
        let Some((marked, tail)) = after.split_once('}') else {
            break;
        };
        let inner = marked.get(1..marked.len().saturating_sub(1)).unwrap_or_default();
        let by = "w:id=\"1\" w:author=\"审核人\" w:date=\"2020-10-18T15:00:00Z\"";
        out.push_str(&match marked.chars().next() {
            Some('-') => format!(
                "<w:del {by}><w:r><w:delText xml:space=\"preserve\">{}</w:delText></w:r></w:del>",
                escaped(inner)
            ),
            Some('+') => format!("<w:ins {by}>{}</w:ins>", plain_runs(inner)),
            _ => {
                notes.push(inner.to_string());
                format!("<w:r><w:footnoteReference w:id=\"{}\"/></w:r>", notes.len())
            }
        });
        rest = tail;
    }
    out.push_str(&plain_runs(rest));
    out
}

fn plain_runs(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    letters
        .chunks(7)
        .map(|run| format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(&run.iter().collect::<String>())))
        .collect()
}

/// Text as XML and HTML want it.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(1);
    let mut out = String::from("<w:tbl><w:tblPr><w:tblBorders>");
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        out += &format!("<w:{side} w:val=\"single\" w:sz=\"4\"/>");
    }
    out += "</w:tblBorders></w:tblPr><w:tblGrid>";
    out += &format!("<w:gridCol w:w=\"{}\"/>", 8800 / columns).repeat(columns);
    out += "</w:tblGrid>";
    for (r, row) in rows.iter().enumerate() {
        out += "<w:tr>";
        for (c, text) in row.iter().enumerate().filter(|(_, text)| *text != "<") {
            out += "<w:tc><w:tcPr>";
            if columns_joined(row, c) > 1 {
                out += &format!("<w:gridSpan w:val=\"{}\"/>", columns_joined(row, c));
            }
            if text == "^" {
                out += "<w:vMerge/></w:tcPr><w:p/></w:tc>";
                continue;
            }
            if rows_joined(rows, r, c) > 1 {
                out += "<w:vMerge w:val=\"restart\"/>";
            }
            out += &format!("</w:tcPr>{}</w:tc>", paragraph("", &runs(text, &mut Vec::new())));
        }
        out += "</w:tr>";
    }
    out + "</w:tbl>"
}
