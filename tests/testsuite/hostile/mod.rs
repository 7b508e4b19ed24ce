//! Files that mean harm or are badly broken, each through a whole night: the run ends, within its time limit; the file stands
//! on the sheet with what is wrong with it; and nobody else's report is touched.

mod archives;
mod compound;
mod envelope;
mod inbox;
mod limits;
mod markup;
mod pages;
mod sheets;
mod zip;

use crate::folder::Folder;
use calamine::{Reader, Xlsx};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Cursor;

/// The folder that hostile files come from.
const SCHOOL: &str = "inbox/荆山镇中心校";

/// A night that is over.
pub struct Night {
    folder: Folder,
    files: BTreeMap<String, Value>,
}

impl Night {
    /// A night over these files of one school, beside the good ones of another. Some could not be read.
    #[track_caller]
    pub fn over(files: &[(&str, Vec<u8>)]) -> Night {
        Night::ending(3, files)
    }

    /// The same with that exit status: 0 where everything could be read.
    #[track_caller]
    pub fn ending(status: i32, files: &[(&str, Vec<u8>)]) -> Night {
        let folder = Folder::new();
        for (name, bytes) in files {
            folder.write(&format!("{SCHOOL}/{name}"), bytes);
        }
        Night::of(folder, status)
    }

    /// A night over what lies there, and what must hold after any night.
    #[track_caller]
    pub fn of(folder: Folder, status: i32) -> Night {
        folder.shouqi(&["run", "--jobs", "2", "--timeout", "600"]).ends(status);
        let lines = |name: &str| -> Vec<Value> {
            let text = String::from_utf8(folder.read(name)).unwrap();
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
        };
        let files: BTreeMap<String, Value> = lines("output/files.jsonl")
            .into_iter()
            .map(|file| (file["path"].as_str().unwrap().to_string(), file))
            .collect();
        let good = &lines("output/verdicts.jsonl")[0];
        assert_eq!(good["school"]["name"], "龙池镇中心校");
        assert_eq!(good["items"][0]["status"], "done", "another school's report is untouched: {good}");
        assert_eq!(good["items"][0]["evidence"][0]["file"], "inbox/龙池镇中心校/总结.txt");
        let night = Night { folder, files };
        night.is_on_the_sheet();
        night
    }

    /// 文件台账 has a row for each line of files.jsonl, with its problem.
    #[track_caller]
    fn is_on_the_sheet(&self) {
        let mut book = Xlsx::new(Cursor::new(self.folder.read("output/汇总表.xlsx"))).expect("a workbook that opens");
        let sheet = book.worksheet_range("文件台账").expect("the sheet");
        let rows: Vec<Vec<String>> = sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
        for file in self.files.values() {
            let problem = file["problem"].as_str().unwrap_or_default();
            let name = file["path"].as_str().unwrap().rsplit('/').next().unwrap();
            let name: String = name.chars().take_while(|c| !c.is_control()).collect();
            let first = problem.split("; ").next().unwrap_or_default();
            let row = rows
                .iter()
                .find(|row| row.iter().any(|c| c.contains(&name)) && row.iter().any(|c| c.starts_with(first)));
            assert!(row.is_some(), "no row for {file}");
        }
    }

    #[track_caller]
    fn file(&self, name: &str) -> &Value {
        let path = format!("{SCHOOL}/{name}");
        self.files.get(&path).unwrap_or_else(|| panic!("no {path} in {:?}", self.files.keys()))
    }

    /// Asserts that a file is set aside for a person, and that its problem says so.
    #[track_caller]
    pub fn refuses(&self, name: &str, said: &str) {
        let file = self.file(name);
        assert_eq!(file["status"], "quarantined", "{file}");
        self.says(name, said);
    }

    /// Asserts that a file's problem says so, whether it is set aside or only partly lost.
    #[track_caller]
    pub fn says(&self, name: &str, said: &str) {
        let file = self.file(name);
        let problem = file["problem"].as_str().unwrap_or_default();
        assert!(!problem.is_empty() && problem.contains(said), "{said} is not what is said: {file}");
        assert!(file["advice"].as_str().is_some_and(|a| !a.is_empty()), "{file}");
    }

    /// Asserts that a file is read and nothing is wrong with it.
    #[track_caller]
    pub fn takes(&self, name: &str) {
        let file = self.file(name);
        assert!(file["status"] == "used" && file["problem"].is_null(), "{file}");
    }

    /// Everything that was written, the workbook's parts unpacked.
    pub fn written(&self) -> String {
        let mut all = String::new();
        for entry in walkdir::WalkDir::new(self.folder.path().join("output")) {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                let bytes = std::fs::read(entry.path()).unwrap();
                let parts = zip::unpacked(&bytes).unwrap_or_else(|| vec![bytes]);
                parts.iter().for_each(|part| all += &String::from_utf8_lossy(part));
            }
        }
        all
    }
}

/// A report that a school might have written; what is hostile is put around it.
pub const SENTENCE: &str = "10月12日我校召开扶贫专题会议。";
