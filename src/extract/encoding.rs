//! Bytes → text, for the formats that do not say (or say wrongly) how they are encoded.
//!
//! Office programs in China write GBK by default, newer ones UTF-8 with a BOM, Excel's "Unicode text" UTF-16. A declared
//! charset is only a hint: pages saved again by another program keep the old declaration.

use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

/// Decodes `bytes`. `hint` is a charset label that the file declares, if any. The second value says whether characters
/// were lost, that is, replaced by U+FFFD.
pub fn decode(bytes: &[u8], hint: Option<&str>) -> (String, bool) {
    if let Some((encoding, bom)) = Encoding::for_bom(bytes) {
        let (text, lossy) = encoding.decode_without_bom_handling(bytes.get(bom..).unwrap_or_default());
        return (text.into_owned(), lossy);
    }
    let mut best: Option<(usize, String)> = None;
    for encoding in candidates(bytes, hint) {
        let (text, lossy) = encoding.decode_without_bom_handling(bytes);
        if !lossy {
            return (text.into_owned(), false);
        }
        let lost = lost_chars(&text);
        if best.as_ref().is_none_or(|(least, _)| lost < *least) {
            best = Some((lost, text.into_owned()));
        }
    }
    let (lost, text) = best.unwrap_or_default();
    (text, lost > 0)
}

/// Whether the bytes, the beginning of a file, read as text at all.
pub fn is_text(head: &[u8]) -> bool {
    let (text, _) = decode(head, None);
    let (mut total, mut strange) = (0usize, 0usize);
    for c in text.chars() {
        total += 1;
        strange += usize::from(!is_plausible(c));
    }
    // The cut at the end of the sample may cost two characters.
    total > 0 && strange.saturating_sub(2) * 50 <= total && (total > 4 || strange == 0)
}

/// The encodings worth trying, the likeliest first.
fn candidates(bytes: &[u8], hint: Option<&str>) -> Vec<&'static Encoding> {
    let mut all = Vec::with_capacity(4);
    if let Some(wide) = wide_without_bom(bytes) {
        all.push(wide);
    }
    if let Some(declared) = hint.and_then(|h| Encoding::for_label(h.trim().as_bytes())) {
        // "gb2312" in the wild means whatever the office program could write; "utf-16" in an 8-bit file is a slip.
        if declared == GBK {
            all.push(GB18030);
        } else if declared.is_ascii_compatible() && std::str::from_utf8(bytes).is_err() {
            all.push(declared);
        }
    }
    // A declared GBK does not stand against bytes that are valid UTF-8: that does not happen by chance.
    if std::str::from_utf8(bytes).is_ok() {
        all.insert(usize::from(wide_without_bom(bytes).is_some()), UTF_8);
    }
    all.push(UTF_8);
    all.push(GB18030);
    all
}

/// UTF-16 without a byte order mark, told by what the characters would be in either order.
fn wide_without_bom(bytes: &[u8]) -> Option<&'static Encoding> {
    /// Enough to be sure, little enough to be quick.
    const SAMPLE: usize = 4096;
    let head = bytes.get(..SAMPLE.min(bytes.len() & !1))?;
    if bytes.len() < 4 {
        return None;
    }
    let share = |unit: fn([u8; 2]) -> u16| {
        let good = head.as_chunks::<2>().0.iter().filter(|pair| {
            char::from_u32(u32::from(unit(**pair)))
                .is_some_and(|c| is_plausible(c) && (c.is_ascii() || is_east_asian(c)))
        });
        good.count() * 2
    };
    let (little, big) = (share(u16::from_le_bytes), share(u16::from_be_bytes));
    let (most, least, encoding) = if little > big { (little, big, UTF_16LE) } else { (big, little, UTF_16BE) };
    // GBK pairs fall outside of the Chinese block in either order, and ASCII pairs fall inside it in both.
    let sure = most * 20 >= head.len() * 19 && least * 2 < most;
    (sure && (bytes.contains(&0) || std::str::from_utf8(bytes).is_err())).then_some(encoding)
}

/// Characters of Chinese text beyond ASCII.
fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303F}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF5E}' | '\u{2010}'..='\u{203B}' | '\u{2460}'..='\u{249B}')
}

/// Whether a person may have typed this.
fn is_plausible(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' | '\u{c}' => true,
        '\u{FFFD}' | '\u{FFFE}' | '\u{FFFF}' => false,
        // GB18030 maps stray bytes here; real text seldom has private characters.
        '\u{E000}'..='\u{F8FF}' => false,
        _ => !c.is_control(),
    }
}

fn lost_chars(text: &str) -> usize {
    text.chars().filter(|c| *c == '\u{FFFD}').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "龙池镇中心校:10月12日召开了专题会议。\r\n参会45人\r\n";

    fn wide(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn every_encoding_of_the_office_gives_the_same_text() {
        let gbk = GB18030.encode(TEXT).0.into_owned();
        let with_bom = [b"\xEF\xBB\xBF", TEXT.as_bytes()].concat();
        for bytes in
            [TEXT.as_bytes().to_vec(), with_bom, gbk, wide(TEXT, u16::to_le_bytes), wide(TEXT, u16::to_be_bytes)]
        {
            assert_eq!(decode(&bytes, None), (TEXT.to_string(), false));
            assert!(is_text(&bytes));
        }
    }

    #[test]
    fn a_wrong_declaration_does_not_garble() {
        assert_eq!(decode(TEXT.as_bytes(), Some("gb2312")).0, TEXT);
        assert_eq!(decode(&GB18030.encode(TEXT).0, Some("utf-8")).0, TEXT);
        assert_eq!(decode(&wide("a,b\n1,2\n", u16::to_le_bytes), None).0, "a,b\n1,2\n");
    }

    #[test]
    fn a_character_cut_in_half_is_a_loss_and_nothing_more() {
        let bytes = &TEXT.as_bytes()[..TEXT.len() - 4];
        let (text, lossy) = decode(bytes, None);
        assert!(lossy && text.starts_with("龙池镇中心校"));
    }

    #[test]
    fn binary_is_no_text() {
        assert!(!is_text(&[0x7f, b'E', b'L', b'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0x3e, 0, 1, 0, 0, 0]));
        assert!(!is_text(&(0u8..=255).cycle().take(4096).collect::<Vec<_>>()));
    }
}
