//! Archives that inflate beyond measure, lie in each other, share bytes or lead elsewhere.

use super::zip::{Entry, archive, docx_of, entry, packed, paragraph, word, xlsx_of};
use super::{Night, SENTENCE};

/// Packs a thousand times and more.
fn zeros(megabytes: usize) -> Vec<u8> {
    vec![0; megabytes << 20]
}

#[test]
fn a_bomb_by_its_ratio_costs_itself_and_not_its_neighbour() {
    let bomb = archive(&[packed("炸弹.txt", zeros(4)), entry("总结.txt", SENTENCE)]);
    let night = Night::over(&[("材料.zip", bomb)]);
    night.refuses("材料.zip!/炸弹.txt", "解压后大了 1000 倍以上");
    night.takes("材料.zip!/总结.txt");
}

#[test]
fn a_bomb_that_lies_about_its_length_is_a_bomb() {
    let liar = Entry { declared: Some(10), ..packed("炸弹.txt", zeros(4)) };
    Night::over(&[("材料.zip", archive(&[liar]))]).refuses("材料.zip!/炸弹.txt", "解压");
}

#[test]
fn a_member_beyond_its_limit_is_not_inflated() {
    let giant = Entry { declared: Some(257 << 20), ..packed("大.txt", "x".repeat(4_000_000)) };
    Night::over(&[("材料.zip", archive(&[giant]))]).refuses("材料.zip!/大.txt", "解压后大于 256 MB");
}

#[test]
fn more_members_than_anybody_sends_are_told_and_the_first_are_read() {
    let mut many = vec![entry("0总结.txt", SENTENCE)];
    many.extend((0..10_001).map(|n| entry(format!("{n:05}/~$a.docx"), "")));
    let night = Night::over(&[("材料.zip", archive(&many))]);
    night.refuses("材料.zip", "压缩包里的文件多于 10000 个，其余没有读");
}

#[test]
fn archives_in_archives_end_at_a_depth() {
    let mut inner = archive(&[entry("总结.txt", SENTENCE)]);
    for _ in 0..5 {
        inner = archive(&[entry("内.zip", inner)]);
    }
    Night::over(&[("外.zip", inner)]).refuses("外.zip!/内.zip!/内.zip!/内.zip!/内.zip", "压缩包套了 4 层以上");
}

#[test]
fn members_that_share_their_bytes_are_refused() {
    let kernel = packed("0.txt", "好".repeat(60_000));
    let shared = |n: usize| Entry { same_as: Some(0), name: format!("{n}.txt").into_bytes(), ..kernel.clone() };
    let quilt: Vec<Entry> = std::iter::once(kernel.clone()).chain((1..9_000).map(shared)).collect();
    let night = Night::over(&[("材料.zip", archive(&quilt))]);
    night.refuses("材料.zip", "共用");
}

#[test]
fn names_that_lead_out_of_the_archive_stay_inside() {
    let escaping = archive(&[
        entry("../../../../总结.txt", SENTENCE),
        entry("/etc/cron.d/总结.txt", SENTENCE),
        entry("C:\\Windows\\总结.txt", SENTENCE),
        Entry { mode: 0o120_777, ..entry("链接.txt", "/etc/passwd") },
    ]);
    let night = Night::over(&[("材料.zip", escaping)]);
    night.refuses("材料.zip!/链接.txt", "链接");
    assert!(night.files.keys().all(|path| path.starts_with("inbox/") && !path.contains("..")), "{:?}", night.files);
    assert_eq!(night.files.keys().filter(|path| path.contains("材料.zip!/")).count(), 4);
}

#[test]
fn a_member_with_a_name_of_300_bytes_and_control_characters_is_read() {
    let name = format!("{}\u{1b}[31m\r\n.txt", "校".repeat(100));
    let night = Night::ending(0, &[("材料.zip", archive(&[entry(&name, SENTENCE)]))]);
    let shown = night.files.keys().find(|path| path.contains("!/")).unwrap();
    assert!(!shown.contains(char::is_control) && shown.contains(&"校".repeat(100)), "{shown}");
}

#[test]
fn a_word_file_that_inflates_beyond_measure_is_refused() {
    let bomb = word("", &paragraph(&"0".repeat(16 << 20)));
    Night::over(&[("总结.docx", docx_of(&bomb, Vec::new()))]).refuses("总结.docx", "超出限额");
}

#[test]
fn a_workbook_whose_members_together_inflate_beyond_measure_is_refused() {
    let part =
        |n: usize| Entry { declared: Some(250 << 20), ..entry(format!("xl/media/{n}.bin"), vec![b'x'; 256 << 10]) };
    let sheet = "<sheetData/>";
    Night::over(&[("统计.xlsx", xlsx_of(sheet, (0..9).map(part).collect()))]).refuses("统计.xlsx", "超出限额");
}

#[test]
fn a_word_file_whose_parts_share_their_bytes_or_are_too_many_is_refused() {
    let main = word("", &paragraph(SENTENCE));
    let shared = Entry { same_as: Some(2), ..entry("word/header1.xml", "") };
    let many = (0..10_001).map(|n| entry(format!("word/media/{n}.png"), "")).collect();
    let night = Night::over(&[("甲.docx", docx_of(&main, vec![shared])), ("乙.docx", docx_of(&main, many))]);
    night.refuses("甲.docx", "损坏");
    night.refuses("乙.docx", "超出限额");
}
