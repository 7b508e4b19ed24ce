//! What comes inside something else: under a password, attached to an e-mail.

use crate::folder::Folder;
use std::io::{Cursor, Write};
use zip::unstable::write::FileOptionsExt;
use zip::write::SimpleFileOptions;

const REPORT: &str =
    "清泉镇中心校扶贫日活动总结\n10月12日,我校召开扶贫专题会议,全体教师45人参加。\n清泉镇中心校\n2020年10月18日\n";
const PASSWORD: &str = "qq2020密码";

fn locked(name: &str, content: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().with_deprecated_encryption(PASSWORD.as_bytes()).unwrap();
    zip.start_file(name, options).unwrap();
    zip.write_all(content.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

/// The line of a school or a file in a list of results.
fn line(folder: &Folder, list: &str, of: &str) -> serde_json::Value {
    let lines = String::from_utf8(folder.read(&format!("output/{list}"))).unwrap();
    let line = lines.lines().find(|l| l.contains(of)).unwrap_or_else(|| panic!("{of} in {lines}"));
    serde_json::from_str(line).unwrap()
}

#[test]
fn a_password_that_the_office_was_told_opens_the_file_and_is_shown_nowhere() {
    let folder = Folder::new();
    folder.write("inbox/清泉镇中心校/材料.zip", &locked("总结.txt", REPORT));
    folder.shouqi(&["run"]).ends(3);
    assert_eq!(line(&folder, "verdicts.jsonl", "1003")["items"][0]["status"], "unreadable");
    let member = line(&folder, "files.jsonl", "总结.txt\"");
    assert!(line(&folder, "files.jsonl", "材料.zip!/总结.txt").to_string().contains("passwords.txt"), "{member}");

    folder.write("passwords.txt", format!("wrong\r\n{PASSWORD}\r\n").as_bytes());
    let said = folder.shouqi(&["run"]).ends(0);
    assert_eq!(line(&folder, "verdicts.jsonl", "1003")["items"][0]["status"], "done");
    let written = ["verdicts.jsonl", "files.jsonl", "run.json"]
        .map(|name| String::from_utf8(folder.read(&format!("output/{name}"))).unwrap());
    for text in written.iter().chain([&said.said(), &said.complained()]) {
        assert!(!text.contains(PASSWORD), "{text}");
    }
    // Whoever looks at the one file needs the list too.
    let explained = folder.shouqi(&["explain", "inbox/清泉镇中心校/材料.zip"]).ends(0).said();
    assert!(explained.contains("召开扶贫专题会议") && !explained.contains(PASSWORD), "{explained}");
}

#[test]
fn a_list_of_passwords_that_cannot_be_used_is_told_before_anything_is_read() {
    let folder = Folder::new();
    folder.write(
        "passwords.txt",
        "密".repeat(3).encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>().as_slice(),
    );
    let complained = folder.shouqi(&["run"]).ends(2).complained();
    assert!(complained.contains("passwords.txt"), "{complained}");
    folder.write("passwords.txt", (0..51).map(|n| format!("p{n}\n")).collect::<String>().as_bytes());
    let complained = folder.shouqi(&["run"]).ends(2).complained();
    assert!(complained.contains("passwords.txt") && complained.contains("50"), "{complained}");
}

#[test]
fn an_e_mail_is_dated_by_itself_and_its_attachment_is_the_schools() {
    let folder = Folder::new();
    let attached: String = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, REPORT);
    let mail = format!(
        "From: a@school.example\r\nTo: b@bureau.example\r\nDate: Sat, 17 Oct 2020 20:30:00 +0800\r\nSubject: 清泉镇中心校扶贫日材料\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
         请查收。\r\n--x\r\nContent-Type: text/plain; name=\"总结.txt\"\r\nContent-Disposition: attachment; filename=\"总结.txt\"\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{attached}\r\n--x--\r\n"
    );
    folder.write("inbox/0001.eml", mail.as_bytes());
    folder.shouqi(&["run"]).ends(0);
    for path in ["inbox/0001.eml\"", "inbox/0001.eml!/总结.txt"] {
        let file = line(&folder, "files.jsonl", path);
        assert_eq!(
            (&file["received_by"], &file["received_at"]),
            (&"mail".into(), &"2020-10-17T20:30:00+08:00".into()),
            "{file}"
        );
        assert_eq!((&file["status"], &file["schools"][0]), (&"used".into(), &"1003".into()), "{file}");
    }
    let verdict = line(&folder, "verdicts.jsonl", "1003");
    assert_eq!(
        (&verdict["items"][0]["status"], &verdict["submission"]["received_by"]),
        (&"done".into(), &"mail".into())
    );
    let text = folder.shouqi(&["text", "inbox/0001.eml"]).ends(0).said();
    assert!(text.contains("0001.eml!/总结.txt") && text.contains("请查收。"), "{text}");
}
