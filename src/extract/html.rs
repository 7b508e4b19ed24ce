//! HTML, whatever its name: pages saved under `.doc` or `.xls`, exports of Word, Excel, WPS and of office systems.

mod paragraphs;
mod picture;
mod table;
mod walk;

use crate::extract::encoding;
use crate::extract::reader::{Failure, Format, Reader};
use crate::model::document::Body;
use crate::model::limits::TEXT_CHARS;
use crate::model::place::Place;
use crate::model::problem::Problem;
use crate::msg;

/// Reads HTML.
pub const READER: Reader = Reader { name: "html", version: 1, formats: &[Format::Html], read };

fn read(bytes: &[u8], _format: Format) -> Result<Body, Failure> {
    let (text, lossy) = encoding::decode(bytes, charset(bytes).as_deref());
    let mut body = page(&text)?;
    if lossy {
        body.losses.push(Problem::LostText(msg!("extract.txt_lossy"), Place::Whole));
    }
    Ok(body)
}

/// Reads a page that is text already: the body of an e-mail, a part of a web page archive.
///
/// # Errors
/// [`Failure::TooLarge`] for one that nests too deep.
pub fn page(text: &str) -> Result<Body, Failure> {
    if depth(text) > NESTING_IN_SOURCE {
        return Err(Failure::TooLarge(msg!("extract.html_nested_too_deep", NESTING_IN_SOURCE)));
    }
    // The parser keeps a whole page's tree in memory.
    let end = text.char_indices().nth(TEXT_CHARS * 4).map(|(at, _)| at);
    let page = scraper::Html::parse_document(end.and_then(|at| text.get(..at)).unwrap_or(text));
    let (mut body, whole) = walk::body(&page);
    if end.is_some() || !whole {
        body.losses.push(Problem::LostText(msg!("extract.html_too_long", TEXT_CHARS), Place::Whole));
    }
    Ok(body)
}

/// How deep a page may nest. Our walk would not mind; the parser looks through all open elements at every new one.
const NESTING_IN_SOURCE: usize = 5_000;

/// How many elements are open at once, at most, as far as the tags tell: those that close by themselves left out.
fn depth(text: &str) -> usize {
    const CLOSING_THEMSELVES: &[&str] = &[
        "p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "dt", "dd", "html", "head", "body", "br",
        "img", "hr", "meta", "input", "link", "col", "colgroup", "base", "area", "wbr", "param", "source", "b", "i",
        "u", "font", "a", "strong", "em",
    ];
    let (mut open, mut deepest) = (0usize, 0);
    for tag in text.split('<').skip(1) {
        let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |rest| (true, rest));
        let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).take(12).collect();
        if name.is_empty() || CLOSING_THEMSELVES.iter().any(|n| n.eq_ignore_ascii_case(&name)) {
            continue;
        }
        open = if closes { open.saturating_sub(1) } else { open + 1 };
        deepest = deepest.max(open);
    }
    deepest
}

/// The charset that the page declares, in `<meta charset>`, `<meta http-equiv>` or an XML declaration.
fn charset(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..4096).unwrap_or(bytes)).to_ascii_lowercase();
    let after = head.split_once("charset=").or_else(|| head.split_once("encoding="))?.1;
    let name: String = after
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests;
