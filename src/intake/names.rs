//! Names of an archive's members: in whatever encoding they were written, and wherever they want to lead.

use encoding_rs::GB18030;
use std::collections::BTreeSet;

/// The name as its writer saw it. Chinese versions of Windows write GBK without saying so; bytes that are UTF-8 all the
/// same are hardly ever anything else.
pub fn decoded(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_string(),
        Err(_) => GB18030.decode_without_bom_handling(raw).0.into_owned(),
    }
}

/// The name as it is shown: `/` between folders, nothing that leads out of the archive (`..`, drives, a leading `/`), no
/// control characters. Empty where nothing is left.
pub fn inside(name: &str) -> String {
    let visible = |c: char| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c };
    let is_drive = |part: &str| part.len() == 2 && part.ends_with(':');
    let parts = name.split(['/', '\\']).filter(|p| !matches!(p.trim(), "" | "." | "..") && !is_drive(p));
    parts.map(|p| p.chars().map(visible).collect::<String>()).collect::<Vec<_>>().join("/")
}

/// Whether a name is that of a volume of a split archive: `a.z01`, `a.r00`, `a.7z.002`, `a.part2.rar`. Nothing in the bytes
/// of a later volume says so.
pub fn is_volume(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let Some((stem, suffix)) = name.rsplit_once('.') else { return false };
    let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match suffix.split_at_checked(1) {
        Some(("z" | "r", n)) if number(n) && n.len() == 2 => true,
        _ if suffix == "rar" => stem.rsplit_once(".part").is_some_and(|(_, n)| number(n)),
        _ => suffix.len() == 3 && number(suffix) && [".7z", ".zip", ".rar", ".tar"].iter().any(|s| stem.ends_with(s)),
    }
}

/// Keeps paths apart that are shown alike: the second `a.docx` becomes `a(2).docx`.
#[derive(Default)]
pub struct Distinct(BTreeSet<String>);

impl Distinct {
    /// The path itself, or the path with the first number that sets it apart.
    pub fn take(&mut self, path: String) -> String {
        let name_at = path.rfind('/').map_or(0, |at| at + 1);
        let dot = path.rfind('.').filter(|dot| *dot > name_at).unwrap_or(path.len());
        let (stem, suffix) = path.split_at(dot);
        let mut numbered = path.clone();
        for n in 2.. {
            if !self.0.contains(&numbered) {
                break;
            }
            numbered = format!("{stem}({n}){suffix}");
        }
        self.0.insert(numbered.clone());
        numbered
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_read_in_utf_8_and_gbk_and_lead_nowhere_else() {
        assert_eq!(decoded("龙池/总结.docx".as_bytes()), "龙池/总结.docx");
        assert_eq!(decoded(&GB18030.encode("龙池中心校/总结.docx").0), "龙池中心校/总结.docx");
        // 昞's second byte in GBK is a backslash: it is no separator.
        assert_eq!(inside(&decoded(&GB18030.encode("昞昞.docx").0)), "昞昞.docx");
        let cases = [
            ("../../etc/passwd", "etc/passwd"),
            ("/a.docx", "a.docx"),
            ("C:\\报送\\a.docx", "报送/a.docx"),
            ("a/./b//c", "a/b/c"),
            ("a\nb.docx", "a\u{fffd}b.docx"),
            ("..", ""),
            (" .. /x", "x"),
            ("..a/x", "..a/x"),
        ];
        for (name, expected) in cases {
            assert_eq!(inside(name), expected, "{name}");
        }
    }

    #[test]
    fn volumes_are_known_by_their_names() {
        for name in ["a.z01", "a.R12", "甲.7z.002", "甲.zip.001", "甲.part2.rar"] {
            assert!(is_volume(&format!("inbox/{name}")), "{name}");
        }
        for name in ["a.zip", "a.rar", "总结10.17", "a.2020", "a.7z", "a.part.rar", "a.docx.001", "z01"] {
            assert!(!is_volume(&format!("inbox/{name}")), "{name}");
        }
    }

    #[test]
    fn members_that_would_be_shown_alike_are_kept_apart() {
        let mut distinct = Distinct::default();
        let taken = ["a.docx", "a.docx", "b.c/d", "b.c/d", "a.docx"].map(|p| distinct.take(p.to_string()));
        assert_eq!(taken, ["a.docx", "a(2).docx", "b.c/d", "b.c/d(2)", "a(3).docx"]);
    }

    proptest! {
        #[test]
        fn no_name_leads_out(raw in proptest::collection::vec(any::<u8>(), 0..40)) {
            let shown = inside(&decoded(&raw));
            prop_assert!(!shown.starts_with('/') && shown.split('/').all(|p| p != ".."));
        }
    }
}
