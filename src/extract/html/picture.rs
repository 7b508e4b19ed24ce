//! Pictures of a page: those inside it by their bytes, links counted and never followed.

use crate::extract::picture;
use crate::model::document::Picture;
use crate::model::place::Place;
use scraper::node::Element;

/// The picture of an `<img>`, number `n`. One that lies elsewhere has no bytes here: its fingerprint is empty and its
/// length 0, for nothing can be said of its being equal to another.
pub fn picture(img: &Element, n: u32) -> Option<Picture> {
    // Dots that count visitors, and spacers.
    if ["width", "height"].iter().any(|side| matches!(img.attr(side), Some("0" | "1" | "0px" | "1px"))) {
        return None;
    }
    let source = img.attr("src")?.trim();
    let caption =
        img.attr("alt").or_else(|| img.attr("title")).map(str::trim).filter(|t| !t.is_empty()).map(str::to_string);
    let place = Some(Place::Picture(n));
    if let Some(data) = source.strip_prefix("data:") {
        let (kind, encoded) = data.split_once(',')?;
        let bytes = if kind.ends_with(";base64") { base64(encoded) } else { encoded.as_bytes().to_vec() };
        let name = kind.split(';').next().unwrap_or_default().to_string();
        return Some(Picture { name, caption, place, ..picture::of_bytes(&bytes) });
    }
    let path = source.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default().to_string();
    Some(Picture { name, caption, place, ..Picture::default() })
}

/// RFC 4648, section 4, up to the first padding; characters outside of the alphabet (line breaks) are passed over.
fn base64(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for c in text.bytes() {
        let six = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = bits << 6 | u32::from(six);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count & 0xFF) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_of_every_length() {
        for (text, bytes) in [("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v\r\nYmFy", "foobar")] {
            assert_eq!(base64(text), bytes.as_bytes());
        }
    }
}
