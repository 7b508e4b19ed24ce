//! Paths as people file things: folders, archives, and file names with their copy marks.

/// The names above the file, the innermost first; an archive counts as a folder and loses its suffix. The inbox itself
/// (the first name) is left out, for it says nothing.
pub fn folders(path: &str) -> Vec<&str> {
    let mut names: Vec<&str> = path.split('/').collect();
    names.pop();
    if !names.is_empty() {
        names.remove(0);
    }
    names.reverse();
    names.into_iter().map(|n| n.strip_suffix('!').map_or(n, without_suffix)).collect()
}

/// The path of the folder or archive (`a.zip!`) that the file lies in.
pub fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The file's own name.
pub fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// The path of the archive that a member lies in, the innermost one.
pub fn archive_of(path: &str) -> Option<&str> {
    path.rfind("!/").and_then(|at| path.get(..at))
}

/// The path of the outermost archive that a member lies in.
pub fn outermost_archive(path: &str) -> Option<&str> {
    path.find("!/").and_then(|at| path.get(..at))
}

/// A file name without its suffix: up to five letters or digits after the last full stop, one letter at least.
pub fn without_suffix(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, suffix))
            if !stem.is_empty()
                && (1..=5).contains(&suffix.len())
                && suffix.bytes().all(|b| b.is_ascii_alphanumeric())
                && suffix.bytes().any(|b| b.is_ascii_alphabetic()) =>
        {
            stem
        }
        _ => name,
    }
}

/// The suffix in lower case.
pub fn suffix(name: &str) -> String {
    name.get(without_suffix(name).len()..).map(|s| s.trim_start_matches('.').to_lowercase()).unwrap_or_default()
}

/// Whether the suffix says the same as the content. What could not be told gets the benefit.
pub fn suffix_fits(path: &str, format: &str) -> bool {
    let fitting: &[&str] = match format {
        "docx" => &["docx", "docm", "dotx", "dotm"],
        "doc" | "doc95" => &["doc", "wps", "dot", "wpt"],
        "xlsx" => &["xlsx", "xlsm", "xltx", "xltm"],
        "xls" => &["xls", "et", "xlt", "ett"],
        "xml" => &["xml"],
        "jpeg" => &["jpg", "jpeg", "jpe"],
        "tiff" => &["tif", "tiff"],
        "html" => &["htm", "html"],
        "csv" => &["csv", "tsv"],
        "txt" => &["txt", "md", "text"],
        "pptx" => &["pptx", "pptm", "ppsx", "ppt", "dps"],
        "ppt" => &["ppt", "pps", "dps"],
        "mhtml" => &["mht", "mhtml"],
        "heic" => &["heic", "heif"],
        "gz" => &["gz", "tgz"],
        "" | "encrypted" | "ole" | "empty" | "unknown" => return true,
        same => return suffix(file_name(path)) == same,
    };
    fitting.contains(&suffix(file_name(path)).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_is_a_folder_and_the_inbox_says_nothing() {
        assert_eq!(folders("inbox/城关镇/县一小.zip!/图片/1.jpg"), ["图片", "县一小", "城关镇"]);
        assert!(folders("inbox/1.jpg").is_empty());
        assert_eq!(archive_of("inbox/a.zip!/b.zip!/c.doc"), Some("inbox/a.zip!/b.zip"));
        assert_eq!(outermost_archive("inbox/a.zip!/b.zip!/c.doc"), Some("inbox/a.zip"));
    }

    #[test]
    fn a_date_is_no_suffix() {
        assert_eq!(without_suffix("总结10.17"), "总结10.17");
        assert_eq!(without_suffix("10.17总结.docx"), "10.17总结");
        assert!(suffix_fits("a/b.wps", "doc") && !suffix_fits("a/b.doc", "docx"));
    }
}
