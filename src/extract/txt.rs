//! Plain text: a paragraph a line, placed as an editor numbers lines.

use crate::extract::encoding;
use crate::extract::reader::{Failure, Format, Reader};
use crate::model::document::{Block, Body, Content};
use crate::model::limits::TEXT_CHARS;
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::msg;

/// Reads plain text.
pub const READER: Reader = Reader { name: "txt", version: 2, formats: &[Format::Txt], read };

fn read(bytes: &[u8], _format: Format) -> Result<Body, Failure> {
    let (text, lossy) = encoding::decode(bytes, None);
    let mut body = Body::default();
    let mut left = TEXT_CHARS;
    for (line, number) in text.replace("\r\n", "\n").split(['\n', '\r']).zip(1u32..) {
        let line = line.trim_matches([' ', '\t', '\0', '\u{c}', '\u{1a}', '\u{3000}']);
        if line.is_empty() {
            continue;
        }
        let (line, rest) = line.split_at(line.char_indices().nth(left).map_or(line.len(), |(at, _)| at));
        left -= line.chars().count();
        if !line.is_empty() {
            body.blocks.push(Block { place: Place::Line(number), content: Content::Paragraph(line.to_string()) });
        }
        if !rest.is_empty() {
            body.losses.push(Problem::LostText(msg!("extract.txt_too_long", TEXT_CHARS), Place::Line(number)));
            break;
        }
    }
    if lossy {
        let first = body.blocks.iter().find(|b| matches!(&b.content, Content::Paragraph(t) if t.contains('\u{FFFD}')));
        let place = first.map_or(Place::Whole, |b| b.place.clone());
        body.losses.push(Problem::LostText(msg!("extract.txt_lossy"), place));
    }
    Ok(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_numbered_as_an_editor_shows_them() {
        let gbk = encoding_rs::GB18030.encode("标题\r\n\r\n\u{3000}\u{3000}召开了专题会议。\r\n").0.into_owned();
        let body = read(&gbk, Format::Txt).expect("text");
        let line = |n, t: &str| Block { place: Place::Line(n), content: Content::Paragraph(t.into()) };
        assert_eq!(body.blocks, [line(1, "标题"), line(3, "召开了专题会议。")]);
        assert!(body.losses.is_empty());
    }

    #[test]
    fn what_is_beyond_the_limit_is_cut_off_and_told() {
        let body = read("字".repeat(TEXT_CHARS + 1).as_bytes(), Format::Txt).expect("text");
        assert_eq!(body.plain_text().chars().filter(|c| *c == '字').count(), TEXT_CHARS);
        assert_eq!(body.losses, [Problem::LostText(msg!("extract.txt_too_long", TEXT_CHARS), Place::Line(1))]);
    }

    #[test]
    fn a_lossy_decode_is_a_loss_with_its_line() {
        let bytes = [b"\xEF\xBB\xBF".as_slice(), "一\n二".as_bytes(), b"\xFF"].concat();
        let body = read(&bytes, Format::Txt).expect("text");
        assert_eq!(body.losses, [Problem::LostText(msg!("extract.txt_lossy"), Place::Line(2))]);
    }
}
