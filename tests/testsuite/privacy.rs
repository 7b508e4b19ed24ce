//! Nothing personal leaves the house: a whole night over documents full of it, and every output searched.

use crate::folder::Folder;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use docx_rs::{Docx, Paragraph, Run, Table, TableCell, TableRow};
use flate2::read::ZlibDecoder;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

/// What must not be found: numbers without their middle digits, given names.
const RAW: [&str; 14] = [
    "610524201001011234",
    "11010519491231002X",
    "610524800101123",
    "６１０５２４２０１２０３０４１１２３",
    "13900001234",
    "139 0000 5678",
    "0913-8212345",
    "6217000000001234567",
    "270501010123456",
    "张铁柱",
    "王小明",
    "李红梅",
    "孟小军",
    "赵大海",
];

const REPORT: &str = "龙池镇中心校扶贫日活动总结\n\
    联系人：周校长，电话13900001234\n\
    10月12日，我校召开扶贫专题会议，45人参加，户主张铁柱（身份证号610524201001011234，电话139 0000 5678）到会发言。\n\
    专题会议：10月13日再次召开，贫困学生王小明、李红梅的家长打入账户6217000000001234567，座机0913-8212345。\n\
    下一步拟召开扶贫推进会，请残疾学生赵大海（证号６１０５２４２０１２０３０４１１２３）的家长参加，旧证610524800101123。\n\
    去年召开过扶贫推进会，11010519491231002X一并登记。\n\
    龙池镇中心校\n2020年10月18日\n";

const TABLE: &str = "学校名称,专题会议,户主,身份证号,银行账号,电话\n\
    龙池镇中心校,已召开,孟小军,610524201001011234,270501010123456,13900001234\n";

fn word_file() -> Vec<u8> {
    let paragraph = |text: &str| Paragraph::new().add_run(Run::new().add_text(text));
    let row =
        |cells: &[&str]| TableRow::new(cells.iter().map(|c| TableCell::new().add_paragraph(paragraph(c))).collect());
    let mut docx = Docx::new();
    for line in REPORT.lines() {
        docx = docx.add_paragraph(paragraph(line));
    }
    let rows = vec![
        row(&["项目", "时间", "户主", "证件号码", "结果"]),
        row(&["专题会议", "10月14日", "孟小军", "610524201001011234", "已召开，贫困户张铁柱、王小明参加"]),
    ];
    let mut bytes = Cursor::new(Vec::new());
    docx.add_table(Table::new(rows)).build().pack(&mut bytes).unwrap();
    bytes.into_inner()
}

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("inbox/龙池镇中心校/总结.txt", REPORT.as_bytes());
    folder.write("inbox/龙池镇中心校/统计 (1).csv", TABLE.as_bytes());
    folder.write("inbox/荆山镇中心校/总结.docx", &word_file());
    // Nobody's, so that what it says is shown as such.
    folder.write("inbox/散件.txt", REPORT.replace("龙池镇中心校", "我校").as_bytes());
    folder
}

/// Every text below a folder, the members of workbooks included.
fn texts(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.display().to_string();
        if path.is_dir() {
            found.extend(texts(&path));
        } else if path.extension().is_some_and(|e| e == "xlsx") {
            let mut book = zip::ZipArchive::new(fs::File::open(&path).unwrap()).unwrap();
            for n in 0..book.len() {
                let mut member = book.by_index(n).unwrap();
                let (mut text, member_name) = (String::new(), member.name().unwrap().into_owned());
                if member.read_to_string(&mut text).is_ok() {
                    found.push((format!("{name}!/{member_name}"), text));
                }
            }
        } else {
            let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            found.extend(packed(&text).into_iter().map(|block| (format!("{name}!/block"), block)));
            found.push((name, text));
        }
    }
    found
}

/// What stands packed in the page.
fn packed(page: &str) -> Vec<String> {
    let blocks = page.split("type=\"application/octet-stream\">").skip(1);
    let unpacked = |block: &str| {
        let bytes = STANDARD.decode(block.split_once('<').unwrap().0).unwrap();
        let mut text = String::new();
        ZlibDecoder::new(bytes.as_slice()).read_to_string(&mut text).unwrap();
        text
    };
    blocks.map(unpacked).collect()
}

fn leaks(texts: &[(String, String)]) -> Vec<String> {
    let held = |text: &str| RAW.iter().filter(|raw| text.contains(*raw)).copied().collect::<Vec<_>>();
    texts.iter().filter(|(_, t)| !held(t).is_empty()).map(|(name, t)| format!("{name}: {:?}", held(t))).collect()
}

/// Everything that a night and the commands about files say.
fn everything(folder: &Folder, more: &[&str]) -> Vec<(String, String)> {
    let night = folder.shouqi(&[&["run"], more].concat());
    let mut all = vec![("run".to_string(), night.said() + &night.complained())];
    all.extend(texts(&folder.path().join("output")));
    let files = ["inbox/龙池镇中心校/总结.txt", "inbox/龙池镇中心校/统计 (1).csv", "inbox/荆山镇中心校/总结.docx"];
    for arguments in [&["explain"][..], &["explain", "--json"]] {
        let done = folder.shouqi(&[arguments, &files, more].concat());
        all.push((arguments.join(" "), done.said() + &done.complained()));
    }
    let paths = files.join("\n") + "\ninbox/散件.txt\n";
    let examined = folder.shouqi_given(&[&["examine", "--campaign", "."], more].concat(), paths.as_bytes());
    all.push(("examine".to_string(), examined.said() + &examined.complained()));
    all
}

#[test]
fn no_output_carries_what_is_personal() {
    let folder = folder();
    let all = everything(&folder, &[]);
    let leaks = leaks(&all);
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
    // The quotes are there all the same, masked.
    let verdicts = &all.iter().find(|(name, _)| name.ends_with("verdicts.jsonl")).unwrap().1;
    assert!(verdicts.contains("户主张*（身份证号6105**********1234"), "{verdicts}");
    // So are the texts, and what no rule finds in them.
    let page = &all.iter().find(|(name, _)| name.ends_with("html!/block")).unwrap().1;
    assert!(page.contains("联系人：周校长，电话139****1234"), "{page}");
}

#[test]
fn who_asks_for_it_sees_everything() {
    let all = everything(&folder(), &["--no-mask"]);
    let shown = |raw: &str| all.iter().any(|(name, text)| name.ends_with("verdicts.jsonl") && text.contains(raw));
    assert!(shown("610524201001011234") && shown("张铁柱"));
    assert!(all.iter().any(|(name, text)| name.ends_with("html!/block") && text.contains("电话13900001234")));
}
