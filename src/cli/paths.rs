//! Paths as a person types them on Windows: with backslashes, with stars, which no shell there replaces, and on drives that are
//! shares.

use crate::pipeline::way::without_mark;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// The path with `/` between names: what a script is told is the same on every system.
pub fn told(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

/// The files that are meant: on Windows, where no name holds a `*` or `?`, those whose names these fit, in order; where none
/// does, what was typed.
pub fn meant(given: PathBuf) -> Vec<PathBuf> {
    let pattern = given.file_name().map(|name| name.to_string_lossy().to_lowercase());
    let Some(pattern) = pattern.filter(|name| cfg!(windows) && name.contains(['*', '?'])) else { return vec![given] };
    let folder = given.parent().unwrap_or(Path::new(""));
    let entries = fs::read_dir(if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    let files = entries.into_iter().flatten().flatten().filter(|entry| entry.path().is_file());
    let names = files.map(|entry| entry.file_name());
    let mut fitting: Vec<PathBuf> = names
        .filter(|name| fits(&name.to_string_lossy().to_lowercase(), &pattern))
        .map(|name| folder.join(name))
        .collect();
    fitting.sort();
    if fitting.is_empty() { vec![given] } else { fitting }
}

/// The drive that the path lies on and the share behind it, where a person connected one to a letter. Only they have it, and
/// only while they are logged on.
pub fn connected(path: &Path) -> Option<(String, String)> {
    let absolute = std::path::absolute(path).ok()?;
    // No path has a drive elsewhere.
    let Some(Component::Prefix(drive)) = absolute.components().next() else { return None };
    let drive = drive.as_os_str().to_str()?;
    let real = fs::canonicalize(format!(r"{drive}\")).ok()?;
    let share = without_mark(real.to_str()?);
    (!drive.starts_with('\\') && share.starts_with(r"\\")).then(|| (drive.to_string(), share))
}

/// Whether the name is what the pattern says: `?` is one character, `*` any, and none.
fn fits(name: &str, pattern: &str) -> bool {
    let (name, pattern): (Vec<char>, Vec<char>) = (name.chars().collect(), pattern.chars().collect());
    let (mut at, mut asked) = (0, 0);
    // Where the last star stood, and where in the name what follows it was last tried.
    let mut star = None;
    while let Some(c) = name.get(at) {
        match (pattern.get(asked), star) {
            (Some('*'), _) => {
                star = Some((asked, at));
                asked += 1;
            }
            (Some(p), _) if *p == '?' || p == c => (at, asked) = (at + 1, asked + 1),
            (_, Some((stood, tried))) => {
                star = Some((stood, tried + 1));
                (at, asked) = (tried + 1, stood + 1);
            }
            _ => return false,
        }
    }
    pattern.iter().skip(asked).all(|p| *p == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_anything_and_question_marks_for_one_character() {
        for (name, pattern) in
            [("总结.docx", "*.docx"), ("总结.docx", "总?.d*x"), ("a", "*"), ("aab", "*ab"), ("总结.docx", "总结.docx*")]
        {
            assert!(fits(name, pattern), "{name} {pattern}");
        }
        for (name, pattern) in [("总结.doc", "*.docx"), ("总结.docx", "?.docx"), ("", "?"), ("ab", "*a")] {
            assert!(!fits(name, pattern), "{name} {pattern}");
        }
    }

    #[test]
    fn stars_are_replaced_where_no_shell_does() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.DOCX", "a.docx", "c.txt"] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        let typed = folder.path().join("*.docx");
        let wanted = if cfg!(windows) {
            ["a.docx", "b.DOCX"].map(|n| folder.path().join(n)).to_vec()
        } else {
            vec![typed.clone()]
        };
        assert_eq!(meant(typed), wanted);
        let nothing = folder.path().join("*.pdf");
        assert_eq!(meant(nothing.clone()), [nothing]);
    }

    #[test]
    fn a_script_is_told_paths_with_the_same_slash_on_every_system() {
        assert_eq!(told(Path::new("./活动/收件")), "./活动/收件");
        assert_eq!(told(Path::new(r"活动\收件")), if cfg!(windows) { "活动/收件" } else { r"活动\收件" });
    }
}
