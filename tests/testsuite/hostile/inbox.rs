//! What lies in an inbox and is no file that anybody should open, and names that no program expects.

use super::{Night, SCHOOL, SENTENCE};
use crate::folder::Folder;

#[test]
fn a_file_without_a_byte_is_named_empty() {
    Night::over(&[("总结.docx", Vec::new())]).refuses("总结.docx", "空文件");
}

#[test]
fn a_file_beyond_the_limit_is_not_opened() {
    let folder = Folder::new();
    let path = folder.write(&format!("{SCHOOL}/录像.docx"), b"");
    std::fs::File::options().write(true).open(path).unwrap().set_len((512 << 20) + 1).unwrap();
    Night::of(folder, 3).refuses("录像.docx", "文件大于 512 MB");
}

#[test]
fn a_file_that_is_still_being_written_is_left_for_the_next_night() {
    use std::io::Write;
    use std::sync::atomic::{AtomicBool, Ordering};
    let folder = Folder::new();
    let path = folder.write(&format!("{SCHOOL}/总结.txt"), SENTENCE.as_bytes());
    let mut file = std::fs::File::options().append(true).open(path).unwrap();
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let over = &over;
        scope.spawn(move || {
            while !over.load(Ordering::Relaxed) {
                file.write_all(b".").and_then(|()| file.sync_all()).unwrap();
            }
        });
        let done = folder.shouqi(&["run"]);
        over.store(true, Ordering::Relaxed);
        assert_eq!(done.status(), 0, "{}", done.complained());
    });
    let files = String::from_utf8(folder.read("output/files.jsonl")).unwrap();
    let line = files.lines().find(|line| line.contains(&format!("{SCHOOL}/总结.txt"))).unwrap();
    assert!(line.contains("正在"), "{line}");
}

#[test]
fn a_file_that_has_gone_meanwhile_is_said_to_have_gone() {
    let folder = Folder::new();
    let said = folder.shouqi_given(&["examine"], format!("{SCHOOL}/总结.docx\n").as_bytes()).ends(0).said();
    assert!(said.contains("not_opened") && said.contains("intake.gone"), "{said}");
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::net::UnixListener;
    use std::process::Command;

    #[test]
    fn links_pipes_sockets_and_devices_are_not_opened() {
        let folder = Folder::new();
        let school = folder.path().join(SCHOOL);
        symlink("..", school.join("环")).unwrap();
        symlink("环2", school.join("环1")).unwrap();
        symlink("环1", school.join("环2")).unwrap();
        symlink("/dev/zero", school.join("零.docx")).unwrap();
        symlink("/etc/passwd", school.join("外.txt")).unwrap();
        assert!(Command::new("mkfifo").arg(school.join("管道.docx")).status().unwrap().success());
        // A socket's path may be no longer than a hundred bytes: it is made elsewhere and moved.
        let socket = folder.path().join("s");
        let _listener = UnixListener::bind(&socket).unwrap();
        std::fs::rename(socket, school.join("套接字.docx")).unwrap();
        // Only root may make devices.
        let device = Command::new("mknod").arg(school.join("设备.docx")).args(["c", "1", "5"]).output().unwrap();
        let night = Night::of(folder, 3);
        for name in ["环", "环1", "环2", "零.docx", "外.txt"] {
            night.refuses(name, "链接");
        }
        for name in ["管道.docx", "套接字.docx"] {
            night.refuses(name, "这不是普通文件");
        }
        if device.status.success() {
            night.refuses("设备.docx", "这不是普通文件");
        }
        assert!(!night.written().contains("root:"));
    }

    #[test]
    fn names_with_control_characters_and_without_unicode_are_read_or_refused_by_name() {
        let folder = Folder::new();
        let school = folder.path().join(SCHOOL);
        let write = |name: &[u8]| {
            let text = format!("{SENTENCE}{}", name.len());
            std::fs::write(school.join(OsStr::from_bytes(name)), text)
        };
        write("a\u{1}\u{1b}[31m\r.txt".as_bytes()).unwrap();
        write("b\n.txt".as_bytes()).unwrap();
        write(&["校".repeat(83).as_bytes(), b"12.txt"].concat()).unwrap();
        // Some file systems take Unicode only.
        let raw = write(b"\xff\xfe.txt").is_ok();
        let night = Night::of(folder, 3);
        night.takes("a\u{1}\u{1b}[31m\r.txt");
        night.refuses("b\n.txt", "文件名里有换行");
        night.takes(&format!("{}12.txt", "校".repeat(83)));
        if raw {
            night.takes("\u{fffd}\u{fffd}.txt");
        }
    }

    #[test]
    fn a_folder_or_file_that_is_closed_to_us_stands_on_the_sheet() {
        let folder = Folder::new();
        let closed = folder.path().join(SCHOOL).join("内部");
        std::fs::create_dir(&closed).unwrap();
        let file = folder.write(&format!("{SCHOOL}/锁.txt"), SENTENCE.as_bytes());
        let close = |mode| {
            std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(mode)).unwrap();
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
        };
        close(0o000);
        // Nothing is closed to root.
        if std::fs::read_dir(&closed).is_ok() {
            return close(0o755);
        }
        let night = Night::of(folder, 3);
        night.refuses("内部", "没有读取权限");
        night.refuses("锁.txt", "没有读取权限");
    }
}

#[cfg(windows)]
#[test]
fn a_name_with_half_a_surrogate_pair_is_refused_by_name() {
    use std::os::windows::ffi::OsStringExt;
    let folder = Folder::new();
    let name =
        std::ffi::OsString::from_wide(&[0xD800, u16::from(b'.'), u16::from(b't'), u16::from(b'x'), u16::from(b't')]);
    if std::fs::write(folder.path().join(SCHOOL).join(name), SENTENCE).is_err() {
        println!("skipped: this machine knows no such names");
        return;
    }
    Night::of(folder, 3).refuses("\u{fffd}.txt", "文件名里有换行或无法识别的字符");
}
