//! A click in the workbook opens the file.

use crate::folder::Folder;
use std::io::{Cursor, Read};

/// The external targets of a workbook's sheets, decoded.
fn targets(workbook: Vec<u8>) -> Vec<String> {
    let mut package = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut targets = Vec::new();
    for i in 0..package.len() {
        let mut part = package.by_index(i).unwrap();
        if !part.name().unwrap().starts_with("xl/worksheets/_rels/") {
            continue;
        }
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        for relation in text.split("<Relationship ").filter(|r| r.contains("TargetMode=\"External\"")) {
            let target = relation.split("Target=\"").nth(1).and_then(|t| t.split('"').next()).unwrap();
            targets.push(decoded(&target.replace("&amp;", "&").replace("&apos;", "'")));
        }
    }
    targets
}

/// Percent-encoding undone.
fn decoded(target: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = target.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = (first == b'%').then(|| std::str::from_utf8(&after[..2]).unwrap());
        bytes.push(code.map_or(first, |c| u8::from_str_radix(c, 16).unwrap()));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn every_link_to_a_file_leads_to_one_that_is_there() {
    let folder = Folder::new();
    folder.write("inbox/清泉镇中心校/总结 #1 & 50%（定稿）'s.txt", "10月12日，清泉镇中心校召开扶贫推进会。".as_bytes());
    folder.write("inbox/清泉镇中心校/50%25.txt", b"");
    folder.replace(
        "campaign.toml",
        "issuer =",
        "inboxes = [\"inbox\", { path = \"别处/邮 件\", name = \"邮箱\" }]\nissuer =",
    );
    folder.write("别处/邮 件/清泉镇中心校#2.txt", "10月12日，清泉镇中心校召开扶贫推进会。".as_bytes());
    for (arguments, results) in [(&["run"][..], "output"), (&["run", "--out", "结果/今 夜"][..], "结果/今 夜")]
    {
        let done = folder.shouqi(arguments);
        assert!(matches!(done.status(), 0 | 3), "{}", done.complained());
        let targets = targets(folder.read(&format!("{results}/汇总表.xlsx")));
        assert!(targets.len() >= 6, "{targets:?}");
        assert!(targets.iter().any(|t| t.ends_with("别处/邮 件/清泉镇中心校#2.txt")), "{targets:?}");
        for target in targets {
            assert!(folder.path().join(results).join(&target).is_file(), "{target} from {results}");
        }
    }
}
