//! Formats that are text: RTF, HTML, e-mails, web page archives, XML of 2003, separated values, and plain text itself.

use crate::extract::encoding;
use crate::extract::reader::Format;

/// How much of a file is looked at.
const SAMPLE: usize = 64 * 1024;

/// The format of a file that has no binary mark.
pub fn sniff(bytes: &[u8]) -> Format {
    let head = bytes.get(..SAMPLE).unwrap_or(bytes);
    let (text, _) = encoding::decode(head, None);
    let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n', '\0']);
    let lower: String = start.chars().take(4096).collect::<String>().to_ascii_lowercase();
    if lower.starts_with("{\\rtf") {
        Format::Rtf
    } else if lower.starts_with("%pdf-") {
        Format::Pdf
    } else if let Some(format) = message(start) {
        format
    } else if lower.starts_with('<') {
        markup(&lower).unwrap_or(Format::Unknown)
    } else if !encoding::is_text(head) {
        Format::Unknown
    } else if is_separated(start, head.len() < bytes.len()) {
        Format::Csv
    } else {
        Format::Txt
    }
}

/// A message (RFC 5322): lines of headers up to an empty one. A web page archive is one that nobody sent.
fn message(start: &str) -> Option<Format> {
    const SENT: [&str; 8] =
        ["to", "cc", "received", "message-id", "return-path", "delivered-to", "reply-to", "x-mailer"];
    const COMMON: [&str; 5] = ["from", "subject", "date", "mime-version", "content-type"];
    let mut names = Vec::new();
    for line in start.lines().skip(usize::from(start.starts_with("From "))).take_while(|line| !line.is_empty()) {
        if !line.starts_with([' ', '\t']) {
            let name = line.split_once(':')?.0.trim_end();
            let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_graphic());
            names.push(is_name.then(|| name.to_ascii_lowercase())?);
        }
    }
    let has = |name: &&str| names.iter().any(|n| n == name);
    let (sent, common) = (SENT.iter().filter(|n| has(n)).count(), COMMON.iter().filter(|n| has(n)).count());
    if has(&"mime-version") && has(&"content-type") && sent == 0 {
        let archive = start.to_ascii_lowercase();
        let web = ["multipart/related", "content-location:", "<html"].iter().any(|w| archive.contains(w));
        return web.then_some(Format::Mhtml).or((common > 3).then_some(Format::Mail));
    }
    (sent + common > 2 && (sent > 0 || has(&"from"))).then_some(Format::Mail)
}

/// Something that begins with `<`.
fn markup(lower: &str) -> Option<Format> {
    if lower.starts_with("<?xml") || lower.contains("<workbook") {
        if lower.contains("urn:schemas-microsoft-com:office:spreadsheet") && !lower.contains("<html")
            || lower.contains("progid=\"excel.sheet\"")
        {
            return Some(Format::SheetXml);
        }
        if lower.contains("progid=\"word.document\"") || lower.contains("/office/word/2003/wordml") {
            return None;
        }
    }
    let content = after_prolog(lower)?;
    let Some(tag) = content.strip_prefix('<') else {
        // Plain text under a comment of its author's.
        return (!content.is_empty() && !lower.starts_with("<?xml")).then_some(Format::Txt);
    };
    const TAGS: &[&str] = &[
        "!doctype html",
        "html",
        "head",
        "body",
        "meta",
        "title",
        "table",
        "div",
        "p",
        "style",
        "script",
        "span",
        "font",
        "center",
        "h1",
        "h2",
        "h3",
        "h4",
        "br",
        "ul",
        "ol",
        "b",
        "strong",
        "a",
        "img",
        "link",
        "tr",
        "td",
    ];
    let is_tag = TAGS.iter().any(|t| {
        tag.strip_prefix(t)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '>', '/', '\r', '\n', '\t', ':']))
    });
    if is_tag {
        return Some(Format::Html);
    }
    // Text that begins with a bracket of the author's own.
    (!lower.starts_with("<?xml") && !lower.contains("</") && !lower.is_ascii()).then_some(Format::Txt)
}

/// What follows declarations and comments: the first element or doctype, or text.
fn after_prolog(lower: &str) -> Option<&str> {
    let mut rest = lower;
    loop {
        rest = rest.trim_start();
        rest = if let Some(comment) = rest.strip_prefix("<!--") {
            comment.split_once("-->")?.1
        } else if let Some(instruction) = rest.strip_prefix("<?") {
            instruction.split_once('>')?.1
        } else if let Some(conditional) = rest.strip_prefix("<![") {
            conditional.split_once('>')?.1
        } else {
            return Some(rest);
        };
    }
}

/// Whether lines fall into the same number of short fields: a table, not prose with commas in it.
fn is_separated(text: &str, cut: bool) -> bool {
    let mut lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).take(200).collect();
    if cut && lines.len() > 2 {
        lines.pop();
    }
    lines.len() >= 2 && [b'\t', b','].iter().any(|delimiter| is_separated_by(&lines, *delimiter))
}

fn is_separated_by(lines: &[&str], delimiter: u8) -> bool {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(std::io::Cursor::new(lines.join("\n")));
    let records: Vec<csv::StringRecord> = reader.records().map_while(Result::ok).collect();
    let mut counts: Vec<usize> = records.iter().map(csv::StringRecord::len).collect();
    counts.sort_unstable();
    let usual = counts.get(counts.len() / 2).copied().unwrap_or_default();
    // A title or a note above or below the table has one field.
    let same = counts.iter().filter(|n| **n == usual).count();
    let fields: Vec<&str> = records.iter().filter(|r| r.len() == usual).flatten().collect();
    let chars: usize = fields.iter().map(|f| f.chars().count()).sum();
    let sentences = fields.iter().filter(|f| f.contains(['。', ';', ':']) && f.chars().count() > 20).count();
    records.len() >= 2
        && usual >= 2
        && same * 10 >= records.len() * 8
        && chars <= fields.len() * if usual == 2 && delimiter == b',' { 12 } else { 24 }
        && sentences * 4 <= fields.len()
}
