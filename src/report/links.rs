//! Links to files, in the form that Excel, WPS and LibreOffice follow: a percent-encoded relative path as target of an
//! external relationship; to another drive or a share of Windows an absolute one. Chinese letters stay as they are, as Excel
//! itself writes them.

/// The longest link that Excel accepts, in UTF-16 units.
const UNITS: usize = 2_000;

/// The target of a link to a file by its path, none where no program would follow it.
pub fn target(path: &str) -> Option<String> {
    let absolute = is_absolute(path);
    let mut out = String::with_capacity(path.len() + 16);
    out.push_str(if absolute { "file:///" } else { "" });
    for c in path.chars() {
        match c {
            // As Excel writes paths of Windows, whose names hold no backslash.
            '/' if absolute => out.push('\\'),
            ' ' => out.push_str("%20"),
            '%' => out.push_str("%25"),
            '#' => out.push_str("%23"),
            '?' => out.push_str("%3F"),
            '\\' => out.push_str("%5C"),
            '"' => out.push_str("%22"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '[' => out.push_str("%5B"),
            ']' => out.push_str("%5D"),
            '^' => out.push_str("%5E"),
            '`' => out.push_str("%60"),
            '{' => out.push_str("%7B"),
            '}' => out.push_str("%7D"),
            c if c.is_control() || ('\u{F000}'..='\u{F0FF}').contains(&c) || c == '\u{FFFD}' => return None,
            c => out.push(c),
        }
    }
    (out.encode_utf16().count() <= UNITS).then_some(out)
}

/// The same target as an address in a page. Everything but plain letters is encoded, so that no name of a file can be taken
/// for anything else.
pub fn address(path: &str) -> String {
    let mut address = match path {
        p if p.starts_with("//") => "file:".to_string(),
        p if p.starts_with('/') => "file://".to_string(),
        p if is_absolute(p) => "file:///".to_string(),
        p if p.starts_with("./") || p.starts_with("../") => String::new(),
        _ => "./".to_string(),
    };
    for (byte, at) in path.bytes().zip(0..) {
        let drive = byte == b':' && at == 1 && is_absolute(path);
        if drive || byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    address
}

/// Whether the path begins at a drive or a share of Windows.
fn is_absolute(path: &str) -> bool {
    let mut signs = path.chars();
    path.starts_with("//") || signs.next().is_some_and(|c| c.is_ascii_alphabetic()) && signs.as_str().starts_with(":/")
}

#[cfg(test)]
mod tests {
    use super::{address, target};

    #[test]
    fn an_address_leads_to_the_file_and_nowhere_else() {
        assert_eq!(address("../inbox/总#1?.docx"), "../inbox/%E6%80%BB%231%3F.docx");
        assert_eq!(address("javascript:alert(1)"), "./javascript%3Aalert%281%29");
        assert_eq!(address("D:/a b.doc"), "file:///D:/a%20b.doc");
        assert_eq!(address("//nas/报/a.doc"), "file://nas/%E6%8A%A5/a.doc");
    }

    #[test]
    fn only_what_must_be_is_encoded() {
        assert_eq!(target("../澄水/inbox/总结(1).docx").as_deref(), Some("../澄水/inbox/总结(1).docx"));
        assert_eq!(target("inbox/50% 完成.docx").as_deref(), Some("inbox/50%25%20完成.docx"));
        assert_eq!(target("inbox/1#楼?.docx").as_deref(), Some("inbox/1%23楼%3F.docx"));
        assert_eq!(target("inbox/a\u{1}.docx"), None);
        assert_eq!(target("D:/收件 夹/a.docx").as_deref(), Some(r"file:///D:\收件%20夹\a.docx"));
        assert_eq!(target("//nas/报送/a.docx").as_deref(), Some(r"file:///\\nas\报送\a.docx"));
    }
}
