use super::*;
use crate::intake::{Found, IntakeError, scan, settle};
use crate::model::source::Litter;
use std::path::Path;
use std::time::{Duration, SystemTime};

fn inbox(files: &[&str]) -> TempDir {
    let dir = TempDir::new().unwrap();
    for name in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, name).unwrap();
    }
    dir
}

fn written(path: &Path, at: SystemTime) {
    fs::File::options().write(true).open(path).unwrap().set_modified(at).unwrap();
}

fn shown(found: &[Found]) -> Vec<&str> {
    found.iter().map(|f| f.shown.as_str()).collect()
}

#[test]
fn every_layout_is_found_in_one_order_with_its_litter() {
    let names =
        ["平铺.docx", "龙池镇/龙池中心校/总结.docx", "龙池镇/~$总结.docx", "龙池镇.docx", "b/Thumbs.db", "a.zip"];
    let expected = [
        "inbox/a.zip",
        "inbox/b/Thumbs.db",
        "inbox/平铺.docx",
        "inbox/龙池镇.docx",
        "inbox/龙池镇/~$总结.docx",
        "inbox/龙池镇/龙池中心校/总结.docx",
    ];
    let mut backwards = names;
    backwards.reverse();
    for order in [names, backwards] {
        let dir = inbox(&order);
        let found = scan(dir.path(), "inbox").unwrap();
        assert_eq!(shown(&found), expected);
        let litter: Vec<_> = found.iter().filter_map(|f| f.litter).collect();
        assert_eq!(litter, [Litter::System, Litter::OwnerFile]);
        assert!(found.iter().all(|f| f.problem.is_none() && f.len > 0 && f.modified.is_some()));
    }
}

#[test]
fn names_may_be_as_long_as_the_system_lets_them() {
    let long = format!("{}.docx", "校".repeat(83));
    let deep = [long.as_str(); 4].join("/");
    let dir = inbox(&[&deep]);
    let found = scan(dir.path(), "inbox").unwrap();
    assert_eq!(shown(&found), [format!("inbox/{deep}")]);
    assert_eq!(opened(&found[0].path, &found[0].shown).bytes.as_deref(), Some(deep.as_bytes()));
}

#[test]
fn an_inbox_that_is_none_is_an_error() {
    let dir = inbox(&["file"]);
    assert_eq!(scan(&dir.path().join("nowhere"), "inbox"), Err(IntakeError::NoInbox));
    assert_eq!(scan(&dir.path().join("file"), "inbox"), Err(IntakeError::NotAFolder));
    assert_eq!(IntakeError::NoInbox.message().text(Lang::Zh), "找不到收件夹；检查路径，或用 --inbox 指明");
    assert_eq!(scan(inbox(&[]).path(), "inbox"), Ok(Vec::new()));
}

#[test]
fn a_file_that_grows_between_two_looks_is_left_for_the_next_run() {
    let dir = inbox(&["growing.docx", "going.docx", "touched.docx", "still.docx", "old.docx"]);
    let at = |name: &str| dir.path().join(name);
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_602_983_520);
    for (name, age) in
        [("growing.docx", 1), ("going.docx", 9), ("touched.docx", 2), ("still.docx", 3), ("old.docx", 60)]
    {
        written(&at(name), now - Duration::from_secs(age));
    }
    let mut found = scan(dir.path(), "inbox").unwrap();
    let mut pauses = 0;
    settle(&mut found, now, &mut || {
        pauses += 1;
        fs::write(at("growing.docx"), "longer than it was").unwrap();
        written(&at("growing.docx"), now - Duration::from_secs(1));
        written(&at("touched.docx"), now);
        fs::write(at("old.docx"), "changed, but nobody looks at an old file twice").unwrap();
        fs::remove_file(at("going.docx")).unwrap();
    });
    let changing: Vec<_> =
        found.iter().filter(|f| f.problem == Some(Problem::StillChanging)).map(|f| f.shown.as_str()).collect();
    assert_eq!((changing, pauses), (vec!["inbox/going.docx", "inbox/growing.docx", "inbox/touched.docx"], 1));
}

#[test]
fn an_inbox_at_rest_costs_no_pause() {
    let dir = inbox(&["a.docx"]);
    let mut found = scan(dir.path(), "inbox").unwrap();
    let later = found[0].modified.unwrap() + Duration::from_secs(3600);
    settle(&mut found, later, &mut || panic!("nothing is fresh"));
    assert_eq!(found[0].problem, None);
}

#[test]
fn a_file_is_opened_with_its_digest_length_and_times_in_the_campaigns_zone() {
    let dir = inbox(&["a.docx", "~$a.docx"]);
    let path = dir.path().join("a.docx");
    fs::write(&path, "abc").unwrap();
    written(&path, SystemTime::UNIX_EPOCH + Duration::from_secs(1_602_983_520));
    let node = opened(&path, "inbox/a.docx");
    // The example of FIPS 180-2, appendix B.1.
    assert_eq!(node.source.digest, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_eq!((node.source.len, node.bytes.as_deref(), node.archive), (3, Some(b"abc".as_slice()), None));
    assert_eq!(node.source.stamps.modified.unwrap().to_rfc3339(), "2020-10-18T09:12:00+08:00");
    let litter = opened(&dir.path().join("~$a.docx"), "inbox/~$a.docx");
    assert_eq!((litter.source.litter, litter.bytes, litter.problems), (Some(Litter::OwnerFile), None, Vec::new()));
}

#[test]
fn what_cannot_be_opened_is_a_problem_and_no_error() {
    let dir = inbox(&["folder/x"]);
    assert_eq!(opened(&dir.path().join("gone"), "inbox/gone").lines(), ["inbox/gone: 打不开：读的时候文件已不在了"]);
    assert_eq!(opened(&dir.path().join("folder"), "inbox/folder").lines(), ["inbox/folder: 打不开：这不是普通文件"]);
}

#[test]
fn a_file_over_the_limit_is_not_read() {
    let dir = inbox(&["a.docx"]);
    let path = dir.path().join("a.docx");
    fs::File::options().write(true).open(&path).unwrap().set_len((512 << 20) + 1).unwrap();
    let node = opened(&path, "inbox/a.docx");
    assert_eq!(node.lines(), ["inbox/a.docx: 超出限额：文件大于 512 MB"]);
    assert_eq!((node.source.len, node.source.digest.as_str()), ((512 << 20) + 1, ""));
}

/// Links, pipes, names and permissions as only Unix has them.
#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn problem(found: &Found) -> String {
        found.problem.as_ref().map(|p| p.message().text(Lang::Zh)).unwrap_or_default()
    }

    #[test]
    fn links_are_not_followed_and_pipes_not_opened() {
        let outside = inbox(&["secret.docx"]);
        let dir = inbox(&["folder/a.docx"]);
        symlink("..", dir.path().join("folder/loop")).unwrap();
        symlink(outside.path(), dir.path().join("out")).unwrap();
        symlink(outside.path().join("secret.docx"), dir.path().join("secret.docx")).unwrap();
        symlink("nowhere", dir.path().join("dangling")).unwrap();
        let pipe = dir.path().join("pipe.docx");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let found = scan(dir.path(), "inbox").unwrap();
        assert_eq!(
            shown(&found),
            [
                "inbox/dangling",
                "inbox/folder/a.docx",
                "inbox/folder/loop",
                "inbox/out",
                "inbox/pipe.docx",
                "inbox/secret.docx"
            ]
        );
        let link = "打不开：这是链接（快捷方式），不是文件；请放入文件本身";
        assert_eq!(
            found.iter().map(problem).collect::<Vec<_>>(),
            [link, "", link, link, "打不开：这不是普通文件", link]
        );
        assert_eq!(opened(&pipe, "inbox/pipe.docx").lines(), ["inbox/pipe.docx: 打不开：这不是普通文件"]);
    }

    #[test]
    fn names_that_are_no_unicode_are_shown_and_can_be_opened() {
        let dir = inbox(&[]);
        let name = Path::new(std::ffi::OsStr::from_bytes(b"\xff\xfe.docx")).to_path_buf();
        if fs::write(dir.path().join(name), "x").is_err() {
            return; // a file system that takes Unicode only
        }
        let found = scan(dir.path(), "inbox").unwrap();
        assert_eq!(shown(&found), ["inbox/\u{fffd}\u{fffd}.docx"]);
        assert!(opened(&found[0].path, &found[0].shown).problems.is_empty());
    }

    #[test]
    fn a_folder_that_is_closed_is_found_with_its_problem() {
        let dir = inbox(&["closed/a.docx", "b.docx"]);
        let closed = dir.path().join("closed");
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
        let is_root = fs::read_dir(&closed).is_ok();
        let found = scan(dir.path(), "inbox").unwrap();
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
        if !is_root {
            assert_eq!(shown(&found), ["inbox/b.docx", "inbox/closed"]);
            assert_eq!(problem(&found[1]), "打不开：没有读取权限");
        }
    }
}

/// Files and links as only Windows has them.
#[cfg(windows)]
mod windows {
    use super::*;
    use std::os::windows::fs::OpenOptionsExt;
    use std::process::Command;

    #[test]
    fn a_file_that_a_program_shares_with_nobody_says_so() {
        let dir = inbox(&["a.docx"]);
        let path = dir.path().join("a.docx");
        let _program = fs::File::options().read(true).share_mode(0).open(&path).unwrap();
        assert_eq!(opened(&path, "inbox/a.docx").lines(), ["inbox/a.docx: 打不开：正被别的程序打开，别人读不了"]);
    }

    #[test]
    fn junctions_are_not_followed() {
        let outside = inbox(&["secret.docx"]);
        let dir = inbox(&["a.docx"]);
        let junction = dir.path().join("out");
        let made = Command::new("cmd").args(["/C", "mklink", "/J"]).arg(&junction).arg(outside.path()).output();
        if junction.symlink_metadata().is_err() {
            println!("skipped: this system makes no junctions: {made:?}");
            return;
        }
        let found = scan(dir.path(), "inbox").unwrap();
        assert_eq!(shown(&found), ["inbox/a.docx", "inbox/out"]);
        assert!(found[1].problem.is_some());
    }
}
