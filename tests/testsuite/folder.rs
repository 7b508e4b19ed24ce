//! A small campaign, made for each test in a folder of its own, and the program run on it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, SystemTime};

const NOTICE: &str = r#"id = "small-2020"
title = "小活动"
issuer = "澄水县教育局"
notice_date = 2020-10-09
name_prefixes = ["澄水县"]
as_of = 2020-10-20T08:00:00+08:00

[deadline]
date = 2020-10-19

[period]
from = 2020-10-09
to = 2020-10-31

[[activity]]
id = "meeting"
name = "专题会议"
criterion = "开过一次专题会"
must_do = "all"

[[material]]
id = "written_report"
name = "书面汇报材料"
criterion = "一份书面汇报"
must_report = [{ category = ["中心校"] }]
min_chars = 10
"#;

const RULES: &str = r#"item = "meeting"
version = 1
names = ["专题会议"]

[words]
"会" = ["专题会议", "推进会"]
"开" = ["召开", "举行"]
"事" = ["扶贫", "脱贫"]

[[rule]]
id = "meeting.held"
needs = ["开", "会", "事@sentence"]
must_match = ["召开扶贫专题会议。"]
must_not_match = ["召开防火专题会议。"]

[[example]]
text = "10月12日,我校召开扶贫专题会议。"
label = "done"

[[example]]
text = "我校拟于下周召开扶贫专题会议。"
label = "planned"
"#;

const ROSTER: &str = "学校代码,学校名称,简称,乡镇,类别,学段\n\
    1001,龙池镇中心校,龙池中心校,龙池镇,中心校,小学\n\
    1002,荆山镇中心校,荆山中心校,荆山镇,中心校,小学\n\
    1003,清泉镇中心校,,清泉镇,中心校,小学\n";

const REPORT: &str =
    "龙池镇中心校扶贫日活动总结\n10月12日,我校召开扶贫专题会议,全体教师45人参加。\n龙池镇中心校\n2020年10月18日\n";
const PLAN: &str = "荆山镇中心校扶贫日活动安排\n我校拟于10月25日召开扶贫专题会议。\n荆山镇中心校\n2020年10月18日\n";
const TABLE: &str = "学校名称,专题会议\n龙池镇中心校,已召开\n";

/// A campaign folder; it goes with the value.
pub struct Folder(tempfile::TempDir);

impl Folder {
    /// Three schools, of which two reported; a report, a plan, a table, a form nobody can read, litter.
    pub fn new() -> Self {
        let folder = Folder::empty();
        folder.write("campaign.toml", NOTICE.as_bytes());
        folder.write("rules/meeting.toml", RULES.as_bytes());
        folder.write("roster.csv", ROSTER.as_bytes());
        folder.write("inbox/龙池镇中心校/总结.txt", REPORT.as_bytes());
        folder.write("inbox/龙池镇中心校/统计 (1).csv", TABLE.as_bytes());
        folder.write("inbox/荆山镇中心校/安排.txt", PLAN.as_bytes());
        folder.write("inbox/荆山镇中心校/~$安排.docx", b"owner");
        folder
    }

    /// Nothing at all.
    pub fn empty() -> Self {
        Folder(tempfile::tempdir().unwrap())
    }

    /// Writes a file whose last change was long before any run.
    pub fn write(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        // 2020-10-18T09:12:00+08:00
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_602_983_520);
        fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
        path
    }

    /// Replaces words in a file.
    pub fn replace(&self, name: &str, old: &str, new: &str) {
        let text = fs::read_to_string(self.path().join(name)).unwrap();
        assert!(text.contains(old), "{name} does not say {old}");
        let before = fs::metadata(self.path().join(name)).unwrap().modified().unwrap();
        let path = self.write(name, text.replace(old, new).as_bytes());
        // Not every system says when anything but the content of a file changed.
        let after = before + Duration::from_secs(1);
        fs::File::options().write(true).open(path).unwrap().set_modified(after).unwrap();
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// A file's bytes.
    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// All files under a folder, by their paths in it.
    pub fn files(&self, under: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let root = self.path().join(under);
        let mut waiting = vec![root.clone()];
        let mut found = BTreeMap::new();
        while let Some(path) = waiting.pop() {
            for entry in fs::read_dir(&path).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    waiting.push(path);
                } else {
                    found.insert(path.strip_prefix(&root).unwrap().to_path_buf(), fs::read(&path).unwrap());
                }
            }
        }
        found
    }

    /// Runs the program in the folder.
    pub fn shouqi(&self, arguments: &[&str]) -> Done {
        self.shouqi_given(arguments, b"")
    }

    /// Runs the program in the folder with something on its standard input.
    pub fn shouqi_given(&self, arguments: &[&str], input: &[u8]) -> Done {
        self.done(Command::new(env!("CARGO_BIN_EXE_shouqi")).args(arguments), input)
    }

    /// Runs the program in the folder where other programs are looked for in that folder first.
    pub fn shouqi_on(&self, folder: &Path, arguments: &[&str]) -> Done {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path =
            std::env::join_paths([folder.to_path_buf()].into_iter().chain(std::env::split_paths(&path))).unwrap();
        self.done(Command::new(env!("CARGO_BIN_EXE_shouqi")).args(arguments).env("PATH", path), b"")
    }

    /// Runs the program in the folder where other programs are looked for in that folder alone.
    pub fn shouqi_at(&self, folder: &Path, arguments: &[&str]) -> Done {
        self.done(Command::new(env!("CARGO_BIN_EXE_shouqi")).args(arguments).env("PATH", folder), b"")
    }

    fn done(&self, command: &mut Command, input: &[u8]) -> Done {
        let given = self.0.path().join(".input");
        fs::write(&given, input).unwrap();
        let input = Stdio::from(fs::File::open(given).unwrap());
        Done(command.current_dir(self.path()).stdin(input).output().unwrap())
    }
}

/// What a run of the program left.
pub struct Done(Output);

impl Done {
    /// The exit status.
    pub fn status(&self) -> i32 {
        self.0.status.code().expect("an exit status, no signal")
    }

    /// Standard output.
    pub fn said(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).unwrap()
    }

    /// Standard error.
    pub fn complained(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).unwrap()
    }

    /// Asserts the exit status, showing what was said otherwise.
    #[track_caller]
    pub fn ends(self, status: i32) -> Self {
        assert_eq!(self.status(), status, "\n{}\n{}", self.said(), self.complained());
        self
    }
}
