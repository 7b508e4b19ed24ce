//! The way from one folder to another, as a link goes.

use std::path::Path;

/// The relative way between two absolute folders, `/` between names and at the end. Between two drives or shares of Windows
/// there is none; then it is the absolute one, `D:/…/` or `//server/share/…/`.
pub fn way(from: &Path, to: &Path) -> String {
    between(&written(from), &written(to))
}

/// The path with `/` between names.
fn written(path: &Path) -> String {
    let text = path.to_string_lossy();
    // Elsewhere a backslash is part of a name.
    if cfg!(windows) { without_backslashes(&text) } else { text.into_owned() }
}

/// A path of Windows with `/` between names, and without the mark (`\\?\`) of one that Windows itself resolved.
fn without_backslashes(path: &str) -> String {
    without_mark(path).replace('\\', "/")
}

/// A path of Windows without the mark (`\\?\`) of one that Windows itself resolved, which few programs understand.
pub fn without_mark(path: &str) -> String {
    let share = path.strip_prefix(r"\\?\UNC\").map(|rest| format!(r"\\{rest}"));
    share.unwrap_or_else(|| path.strip_prefix(r"\\?\").unwrap_or(path).to_string())
}

fn between(from: &str, to: &str) -> String {
    let ((from_root, from), (to_root, to_names)) = (parts(from), parts(to));
    if !from_root.eq_ignore_ascii_case(&to_root) {
        return format!("{}/", to.trim_end_matches('/'));
    }
    let shared = from.iter().zip(&to_names).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - shared);
    up.chain(to_names.into_iter().skip(shared)).map(|name| format!("{name}/")).collect()
}

/// Drive, or server and share, and the names after it.
fn parts(path: &str) -> (String, Vec<&str>) {
    let mut names = path.split('/').filter(|n| !n.is_empty());
    let root = match (path.strip_prefix("//"), path.split_once(":/")) {
        (Some(_), _) => format!("//{}/{}", names.next().unwrap_or_default(), names.next().unwrap_or_default()),
        (None, Some((drive, _))) if drive.len() == 1 => {
            names.next();
            format!("{drive}:")
        }
        _ => String::new(),
    };
    (root, names.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_from_the_workbook_to_an_inbox() {
        assert_eq!(between("/a/output", "/a/inbox"), "../inbox/");
        assert_eq!(between("/a/output", "/mnt/收件 夹"), "../../mnt/收件 夹/");
        assert_eq!(between("/a", "/a"), "");
        assert_eq!(between("/a", "/"), "../");
    }

    #[test]
    fn the_way_on_windows_to_the_same_drive_another_drive_and_a_share() {
        let way = |from: &str, to: &str| between(&without_backslashes(from), &without_backslashes(to));
        assert_eq!(way(r"\\?\C:\活动\output", r"\\?\C:\活动\inbox"), "../inbox/");
        assert_eq!(way(r"\\?\C:\活动\output", r"c:\收件"), "../../收件/");
        assert_eq!(way(r"\\?\C:\活动\output", r"\\?\D:\收件 夹"), "D:/收件 夹/");
        assert_eq!(way(r"\\?\C:\活动\output", r"\\?\UNC\文件服务器\报送\2020"), "//文件服务器/报送/2020/");
        assert_eq!(way(r"\\?\UNC\nas\报送\output", r"\\nas\报送\inbox"), "../inbox/");
        assert_eq!(way(r"\\?\UNC\nas\报送\output", r"\\nas\邮箱"), "//nas/邮箱/");
        assert_eq!(way(r"C:\a", r"Z:\"), "Z:/");
    }
}
