//! Formats that are text inside: .txt, .csv, RTF, and the HTML that passes for .doc and .xls.

use crate::text::{Block, Manner, Text, columns_joined};
use crate::word_xml::escaped;
use anyhow::{Result, bail};
use chrono::{Datelike, Timelike};
use encoding_rs::GBK;

/// Lines ended by CR LF, in GBK.
pub fn txt_gbk(text: &Text) -> Result<Vec<u8>> {
    gbk(&text.blocks.iter().flat_map(lines).map(|line| line + "\r\n").collect::<String>())
}

/// The tables as comma-separated values.
pub fn csv(text: &Text) -> Result<String> {
    let mut writer = csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for block in &text.blocks {
        match block {
            Block::Table(rows) => {
                for row in rows {
                    writer.write_record(row.iter().map(|c| if c == "<" { "" } else { c }))?;
                }
            }
            other => {
                for line in lines(other) {
                    writer.write_record([line])?;
                }
            }
        }
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// Bytes in GBK; a letter that GBK lacks is a mistake in the text.
pub fn gbk(text: &str) -> Result<Vec<u8>> {
    let (bytes, _, lossy) = GBK.encode(text);
    if lossy {
        bail!("a letter that GBK does not have");
    }
    Ok(bytes.into_owned())
}

fn lines(block: &Block) -> Vec<String> {
    match block {
        Block::Title(t) | Block::Heading(_, t) | Block::TextBox(t) | Block::Header(t) | Block::Footer(t) => {
            vec![t.clone()]
        }
        Block::Paragraph(Manner::Indented, t) => vec![format!("\u{3000}\u{3000}{t}")],
        Block::Paragraph(Manner::Right, t) => vec![format!("{}{t}", " ".repeat(40))],
        Block::Paragraph(_, t) => vec![t.clone()],
        Block::Table(rows) => rows.iter().map(|row| row.join("\t")).collect(),
        Block::Picture { caption, .. } => vec![caption.clone()],
    }
}

/// A web page as an office program saves it, in GBK and calling itself gb2312.
pub fn html(text: &Text) -> Result<Vec<u8>> {
    let mut page = String::from(
        "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\">\r\n<head>\r\n<meta http-equiv=\"Content-Type\" \
         content=\"text/html; charset=gb2312\">\r\n<style>\r\np.MsoNormal {text-indent:32.0pt; font-family:仿宋_GB2312}\r\n\
         </style>\r\n</head>\r\n<body lang=ZH-CN>\r\n",
    );
    for block in &text.blocks {
        page += &match block {
            Block::Title(t) => format!(
                "<p class=MsoNormal align=center><b><span style='font-size:18.0pt'>{}<o:p></o:p></span></b></p>\r\n",
                escaped(t)
            ),
            Block::Heading(level, t) => format!("<h{level}>{}</h{level}>\r\n", escaped(t)),
            Block::Paragraph(Manner::Right, t) => format!("<p align=right>{}</p>\r\n", escaped(t)),
            Block::Table(rows) => html_table(rows),
            other => lines(other)
                .iter()
                .map(|l| format!("<p class=MsoNormal>{}<o:p></o:p></p>\r\n", escaped(l.trim())))
                .collect(),
        };
    }
    gbk(&(page + "</body>\r\n</html>\r\n"))
}

fn html_table(rows: &[Vec<String>]) -> String {
    let mut table = String::from("<table border=1>\r\n");
    for row in rows {
        table += "<tr>";
        for (c, cell) in row.iter().enumerate().filter(|(_, cell)| *cell != "<") {
            let span = columns_joined(row, c);
            table += &if span > 1 {
                format!("<td colspan={span}>{}</td>", escaped(cell))
            } else {
                format!("<td>{}</td>", escaped(cell))
            };
        }
        table += "</tr>\r\n";
    }
    table + "</table>\r\n"
}

/// RTF as WordPad and old WPS write it: code page 936, every byte of a Chinese letter escaped.
pub fn rtf(text: &Text) -> Result<Vec<u8>> {
    let time = |name: &str, t: chrono::NaiveDateTime| {
        format!("{{\\{name}\\yr{}\\mo{}\\dy{}\\hr{}\\min{}}}", t.year(), t.month(), t.day(), t.hour(), t.minute())
    };
    let mut out = format!(
        "{{\\rtf1\\ansi\\ansicpg936\\deff0{{\\fonttbl{{\\f0\\fnil\\fcharset134 {};}}}}\r\n{{\\info{{\\author {}}}{}{}}}\r\n\\viewkind4\\uc1\\pard\\lang2052\\f0\\fs32\r\n",
        rtf_text("仿宋")?,
        rtf_text(&text.author)?,
        time("creatim", text.created),
        time("revtim", text.modified),
    );
    for block in &text.blocks {
        match block {
            Block::Title(t) => out += &format!("\\pard\\qc\\b {}\\b0\\par\r\n", rtf_text(t)?),
            Block::Paragraph(Manner::Right, t) => out += &format!("\\pard\\qr {}\\par\r\n", rtf_text(t)?),
            Block::Table(rows) => {
                for row in rows {
                    let edges: String = (1..=row.len()).map(|i| format!("\\cellx{}", i * 1800)).collect();
                    let cells: String =
                        row.iter().map(|c| Ok(format!("{}\\cell ", rtf_text(c)?))).collect::<Result<_>>()?;
                    out += &format!("\\trowd{edges}\\pard\\intbl {cells}\\row\r\n");
                }
            }
            other => {
                for line in lines(other) {
                    out += &format!("\\pard\\fi640 {}\\par\r\n", rtf_text(line.trim())?);
                }
            }
        }
    }
    Ok((out + "}\r\n").into_bytes())
}

fn rtf_text(text: &str) -> Result<String> {
    Ok(gbk(text)?
        .iter()
        .map(|byte| match byte {
            b'\\' | b'{' | b'}' => format!("\\{}", char::from(*byte)),
            0x20..0x7f => char::from(*byte).to_string(),
            _ => format!("\\'{byte:02x}"),
        })
        .collect())
}
