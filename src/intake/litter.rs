//! What offices and systems leave behind, told by its name.

use crate::model::source::Litter;

/// Folders that a system makes for itself; everything in them is its own.
const SYSTEM_FOLDERS: [&str; 9] = [
    "__macosx",
    "$recycle.bin",
    "system volume information",
    ".trashes",
    ".spotlight-v100",
    ".fseventsd",
    "@eadir",
    "#recycle",
    ".git",
];
const SYSTEM_FILES: [&str; 6] = ["thumbs.db", "ehthumbs.db", "desktop.ini", ".ds_store", "folder.htt", ".localized"];
/// Shortcuts and half-done downloads of browsers and of Xunlei, Baidu and QQ.
const POINTERS: [&str; 10] =
    ["lnk", "url", "crdownload", "part", "partial", "download", "downloading", "opdownload", "td", "xltd"];

/// Why a path with `/` between its names is no submission; `None` for what may be one.
pub fn litter(path: &str) -> Option<Litter> {
    let path = path.to_lowercase();
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", &path));
    if folders.split('/').any(|f| SYSTEM_FOLDERS.contains(&f)) || SYSTEM_FILES.contains(&name) || name.starts_with("._")
    {
        return Some(Litter::System);
    }
    if name.starts_with("~$") || (name.starts_with(".~lock.") && name.ends_with('#')) || name.starts_with(".~") {
        return Some(Litter::OwnerFile);
    }
    let suffix = name.rsplit_once('.').map_or("", |(_, suffix)| suffix);
    if suffix == "tmp" || (name.starts_with("~wr") && suffix.is_empty()) || name.starts_with("~df") {
        return Some(Litter::Scratch);
    }
    POINTERS.contains(&suffix).then_some(Litter::Pointer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn litter_is_told_by_its_name_and_submissions_are_not_litter() {
        let cases = [
            ("inbox/~$总结.docx", Some(Litter::OwnerFile)),
            ("inbox/.~lock.总结.docx#", Some(Litter::OwnerFile)),
            ("inbox/.~总结.doc", Some(Litter::OwnerFile)),
            ("inbox/~WRL0001.tmp", Some(Litter::Scratch)),
            ("inbox/A1B2.TMP", Some(Litter::Scratch)),
            ("inbox/Thumbs.db", Some(Litter::System)),
            ("inbox/龙池/desktop.ini", Some(Litter::System)),
            ("inbox/.DS_Store", Some(Litter::System)),
            ("inbox/._总结.docx", Some(Litter::System)),
            ("inbox/a.zip!/__MACOSX/b/._c.docx", Some(Litter::System)),
            ("inbox/总结 - 快捷方式.lnk", Some(Litter::Pointer)),
            ("inbox/总结.docx.crdownload", Some(Litter::Pointer)),
            ("inbox/总结.docx", None),
            ("inbox/~总结.docx", None),
            ("inbox/总结", None),
            ("inbox/.总结.docx", None),
            ("inbox/tmp/总结.docx", None),
        ];
        for (path, expected) in cases {
            assert_eq!(litter(path), expected, "{path}");
        }
    }
}
