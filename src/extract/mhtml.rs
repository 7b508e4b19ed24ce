//! Web page archives (MHTML, RFC 2557): what browsers save as `.mht`, and Word and Excel as a page in one file, often under
//! the name `.doc` or `.xls`. The pages of the archive in order, pictures by their bytes.

use crate::extract::html;
use crate::extract::letter::{is_called, resolve};
use crate::extract::mime::{self, Kind};
use crate::extract::reader::{Failure, Format, Reader};
use crate::model::document::{Block, Body};
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::msg;

/// Reads `.mht`.
pub const READER: Reader = Reader { name: "mhtml", version: 1, formats: &[Format::Mhtml], read };

/// The page of Word's headers and footers, in every language of Word.
const HEADER_PAGE: &str = "header.htm";

fn read(bytes: &[u8], _format: Format) -> Result<Body, Failure> {
    let mime = mime::parse(bytes).ok_or_else(|| Failure::Damaged(msg!("extract.mail_broken")))?;
    let mut body = Body::default();
    let mut headers = Vec::new();
    for part in mime.parts.iter().filter(|p| matches!(p.kind, Kind::Html | Kind::Plain)) {
        let (text, lossy) = part.text();
        if lossy || part.bytes.is_none() {
            body.losses.push(Problem::LostText(msg!("extract.txt_lossy"), Place::Whole));
        }
        // Style sheets and lists of files are plain text or XML under other names.
        if part.kind == Kind::Plain && mime.parts.len() > 1 {
            continue;
        }
        let page = html::page(&text)?;
        if part.known_as.iter().any(|name| name.ends_with(HEADER_PAGE)) {
            headers.extend(page.blocks);
        } else {
            append(&mut body, page);
        }
    }
    let header = |(block, n): (Block, u32)| Block { place: Place::Header(n), ..block };
    let headers: Vec<Block> = headers.into_iter().zip(1u32..).map(header).collect();
    body.blocks.splice(0..0, headers);
    resolve(&mut body.pictures, |name| {
        mime.parts.iter().find(|p| is_called(&p.known_as, name)).and_then(|p| p.bytes.as_deref())
    });
    if mime.cut {
        body.losses.push(Problem::LostText(msg!("extract.text_too_long"), Place::Whole));
    }
    Ok(body)
}

/// A further page: its paragraphs, tables and pictures are counted on from those of the pages before.
fn append(body: &mut Body, page: Body) {
    let last = |of: fn(&Place) -> Option<u32>| body.blocks.iter().filter_map(|b| of(&b.place)).max().unwrap_or(0);
    let paragraphs = last(|p| if let Place::Paragraph(n) = p { Some(*n) } else { None });
    let tables = last(|p| if let Place::Table(n) = p { Some(*n) } else { None });
    let pictures = u32::try_from(body.pictures.len()).unwrap_or(u32::MAX);
    let moved = |place: Place| match place {
        Place::Paragraph(n) => Place::Paragraph(n.saturating_add(paragraphs)),
        Place::Table(n) => Place::Table(n.saturating_add(tables)),
        Place::Picture(n) => Place::Picture(n.saturating_add(pictures)),
        other => other,
    };
    body.blocks.extend(page.blocks.into_iter().map(|b| Block { place: moved(b.place), ..b }));
    body.pictures.extend(page.pictures.into_iter().map(|mut p| {
        p.place = p.place.map(moved);
        p
    }));
    body.losses.extend(page.losses);
}

#[cfg(test)]
mod tests {
    use crate::extract;
    use crate::model::message::Lang;

    /// As Word writes it: quoted-printable in GBK, pictures beside, headers on a page of their own.
    fn word() -> String {
        let quoted = |text: &str| -> String {
            let bytes = encoding_rs::GB18030.encode(text).0.into_owned();
            let code = |b: &u8| {
                if b.is_ascii_alphanumeric() || b"<>/ .:".contains(b) {
                    char::from(*b).to_string()
                } else {
                    format!("={b:02X}")
                }
            };
            bytes.iter().map(code).collect::<Vec<_>>().chunks(20).map(|line| line.concat() + "=\r\n").collect()
        };
        let part = |place: &str, kind: &str, encoding: &str, content: &str| {
            format!(
                "--xx\r\nContent-Location: file:///C:/8D/{place}\r\nContent-Transfer-Encoding: {encoding}\r\nContent-Type: {kind}\r\n\r\n{content}\r\n\r\n"
            )
        };
        let page = "<html><body><p>龙池镇中心校</p><p>10月12日召开专题会议。</p><table><tr><td>人数</td><td>45</td></tr></table><img src=\"x.files/image001.jpg\"></body></html>";
        let sheet = "<html><body><p>附表</p><table><tr><td>户数</td><td>12</td></tr></table></body></html>";
        [
            "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"xx\"\r\n\r\n\u{feff}preamble\r\n\r\n"
                .to_string(),
            part("x.htm", "text/html; charset=\"gb2312\"", "quoted-printable", &quoted(page)),
            part("x.files/sheet002.htm", "text/html; charset=\"gb2312\"", "quoted-printable", &quoted(sheet)),
            part("x.files/header.htm", "text/html; charset=\"gb2312\"", "quoted-printable", &quoted("<p>澄水县</p>")),
            part("x.files/image001.jpg", "image/jpeg", "base64", "/9j/"),
            part("x.files/filelist.xml", "text/xml; charset=\"utf-8\"", "quoted-printable", "<xml>not=20text</xml>"),
            "--xx--\r\n".to_string(),
        ]
        .concat()
    }

    #[test]
    fn a_page_that_word_saved_in_one_file_is_read_with_places_and_pictures() {
        let document = extract::read(word().as_bytes());
        assert_eq!((document.format.as_str(), document.problems.as_slice()), ("mhtml", [].as_slice()));
        let places: Vec<String> = document.body.blocks.iter().map(|b| b.place.text(Lang::Zh)).collect();
        assert_eq!(places, ["页眉1", "第1段", "第2段", "表1", "第3段", "表2"]);
        assert_eq!(
            document.body.plain_text(),
            "澄水县\n龙池镇中心校\n10月12日召开专题会议。\n人数\t45\n附表\n户数\t12\n"
        );
        let pictures: Vec<(u64, bool)> =
            document.body.pictures.iter().map(|p| (p.len, p.fingerprint.is_empty())).collect();
        assert_eq!(pictures, [(3, false)]);
        assert!(document.body.losses.is_empty());
    }

    #[test]
    fn a_page_that_a_browser_saved_is_no_e_mail() {
        let page = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://school.example/\r\nSubject: =?utf-8?Q?=E7=AE=80=E6=8A=A5?=\r\nDate: Mon, 19 Oct 2020 09:12:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----x\"\r\n\r\n------x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: binary\r\n\r\n<html><p>走访了贫困户。</p></html>\r\n------x--\r\n";
        let document = extract::read(page.as_bytes());
        assert_eq!((document.format.as_str(), document.body.plain_text().as_str()), ("mhtml", "走访了贫困户。\n"));
    }
}
