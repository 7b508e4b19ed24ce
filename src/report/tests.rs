//! What a clerk and a script rely on.

mod album;
mod asked;
mod charts;
mod crowded;
mod dressed;
mod figures;
mod page;
mod reported;
mod sample;
mod shelf;
mod speed;

use super::*;
use crate::model::findings::{Cited, Status};
use crate::model::flag::FlagKind;
use crate::model::message::Lang;
use crate::model::reading::Evidence;
use crate::model::sheet::{Cell, Link, Tone, Value};
use crate::report::measure::held;
use calamine::{Data, Reader, Xlsx};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use std::io::{Cursor, Read};

fn layout() -> Layout {
    let roots = vec![("inbox".into(), "../fixtures/澄水 2020/inbox/".into())];
    Layout { lang: Lang::Zh, roots, ..Layout::default() }
}

fn sheets(findings: &Findings, layout: &Layout) -> Vec<Sheet<'static>> {
    let view = View::new(findings, layout);
    SHEETS.iter().map(|(name, make)| Sheet { name: name.to_string(), ..make(&view) }.whole()).collect()
}

fn workbook(findings: &Findings, layout: &Layout) -> Result<Vec<u8>, ReportError> {
    Ok(written(super::workbook(&View::new(findings, layout), None)?))
}

/// The bytes of a workbook.
fn written(workbook: Package) -> Vec<u8> {
    let mut bytes = Vec::new();
    workbook.write(&mut bytes).unwrap();
    bytes
}

fn bytes() -> Vec<u8> {
    workbook(&sample::findings(), &layout()).unwrap()
}

/// A part of the package as text.
fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    zip::ZipArchive::new(Cursor::new(bytes)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Days since the spreadsheet's day 0.
fn serial(time: NaiveDateTime) -> f64 {
    let zero = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap().and_time(NaiveTime::MIN);
    (time - zero).num_seconds() as f64 / 86_400.0
}

/// The kind of a flag by its word in JSON: the words for people are another room's to choose.
fn words_of_kind(text: &str) -> Option<String> {
    let kinds = [
        FlagKind::NoSubmission,
        FlagKind::Late,
        FlagKind::UnreadableFile,
        FlagKind::UnclaimedFile,
        FlagKind::Missing,
        FlagKind::NotDone,
        FlagKind::PlannedOnly,
        FlagKind::Weak,
        FlagKind::SimilarText,
        FlagKind::SamePicture,
    ];
    let (number, rest) = text.split_once(' ').filter(|(n, _)| n.parse::<u32>().is_ok()).unwrap_or(("", text));
    let kind = kinds.into_iter().find(|k| k.message().text(Lang::Zh) == rest)?;
    Some(format!("{number} <{}>", kind.word()).trim().to_string())
}

/// A sheet as lines of text: value, tone and link of every cell that has any.
fn as_text(sheet: &Sheet) -> String {
    let cell = |c: &Cell| {
        let value = match &c.value {
            Value::Empty => String::new(),
            Value::Text(t) if t.chars().count() > 60 => {
                format!("{}…", t.chars().take(60).collect::<String>().escape_debug())
            }
            Value::Text(t) => words_of_kind(t).unwrap_or_else(|| t.escape_debug().to_string()),
            Value::Number(n) => n.to_string(),
            Value::Share(s) => format!("{:.0}%", s * 100.0),
            Value::Date(d) => d.to_string(),
            Value::Time(t) => t.to_string(),
            Value::Picture(p) => format!("<{}>", p.of.name),
        };
        let tone = if matches!(c.tone, Tone::Plain | Tone::Muted | Tone::Strong | Tone::Head) {
            String::new()
        } else {
            format!("[{:?}]", c.tone)
        };
        let link = match &c.link {
            None => String::new(),
            Some(Link::File(path)) => format!("→{path}"),
            Some(Link::Row(sheet, row, _)) => format!("→{sheet}#{row}"),
        };
        format!("{value}{tone}{link}")
    };
    let line = |cells: &Vec<Cell>| {
        cells.iter().map(cell).collect::<Vec<_>>().join(" | ").trim_end_matches([' ', '|']).to_string()
    };
    let heads = sheet.columns.iter().map(|c| c.name.as_str()).collect::<Vec<_>>().join(" | ");
    let lines = sheet.heading.iter().map(line).chain([heads]).chain(sheet.rows.iter().map(line));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn no_row_of_any_sheet_is_written_twice() {
    let bytes = workbook(&sample::findings(), &layout()).unwrap();
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let row = regex::Regex::new(r#"<row r="(\d+)""#).unwrap();
    let mut sheets = 0;
    for n in 0..package.len() {
        let mut part = package.by_index(n).unwrap();
        let mut xml = String::new();
        if part.read_to_string(&mut xml).is_err() || !xml.contains("<sheetData") {
            continue;
        }
        sheets += 1;
        let rows: Vec<u32> = row.captures_iter(&xml).map(|c| c[1].parse().unwrap()).collect();
        assert!(rows.windows(2).all(|w| w[0] < w[1]), "sheet {sheets}: {rows:?}");
    }
    assert_eq!(sheets, SHEETS.len());
}

#[test]
fn sentences_of_one_paragraph_that_say_the_same_are_one_row() {
    let rows = |findings: &Findings| -> Vec<String> {
        let sheets = sheets(findings, &layout());
        let evidence = sheets.iter().find(|s| s.name == "证据明细").unwrap();
        evidence.rows.iter().map(|row| format!("{:?}", row[3].value)).collect()
    };
    let mut findings = sample::findings();
    let before = rows(&findings);
    let told = findings.schools.iter_mut().map(|s| &mut s.handed_in).find(|all| !all.is_empty()).unwrap();
    let Cited { file, evidence: first } = told[0].clone();
    let more = ["会后分头走访。", "会后再次走访。"].map(|quote| Evidence { quote: quote.into(), ..first.clone() });
    told.extend(more.into_iter().chain([first.clone()]).map(|evidence| Cited { file: file.clone(), evidence }));
    let after = rows(&findings);
    assert_eq!(after.len(), before.len());
    let whole = format!("{} … 会后分头走访。 … 会后再次走访。\"", first.quote);
    assert!(after.iter().any(|quote| quote.contains(&whole)), "{after:?}");
}

#[test]
fn every_sheet_says_what_it_should() {
    let files = ["start", "gaps", "matrix", "submissions", "evidence", "figures", "files", "hints", "rules", "records"];
    for (sheet, file) in sheets(&sample::findings(), &layout()).iter().zip(files) {
        insta::assert_snapshot!(file, as_text(sheet));
    }
}

#[test]
fn verdicts_and_files_keep_the_contract() {
    let (mut verdicts, mut files) = (Vec::new(), Vec::new());
    jsonl::verdicts(&View::new(&sample::findings(), &layout()), &mut verdicts).unwrap();
    jsonl::files(&sample::findings(), Lang::Zh, &mut files).unwrap();
    insta::assert_snapshot!("verdicts.jsonl", String::from_utf8(verdicts).unwrap());
    insta::assert_snapshot!("files.jsonl", String::from_utf8(files).unwrap());
}

#[test]
fn the_names_of_sheets_and_of_human_columns_stay_chinese_in_english() {
    let chinese = sheets(&sample::findings(), &layout());
    let english = sheets(&sample::findings(), &Layout { lang: Lang::En, ..layout() });
    let names = |sheets: &[Sheet]| sheets.iter().map(|s| s.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&chinese), names(&english));
    let human =
        |sheets: &[Sheet]| sheets[1].columns.iter().filter(|c| c.human).map(|c| c.name.clone()).collect::<Vec<_>>();
    assert_eq!(human(&chinese), ["人工结论▼", "新期限", "说明", "核对人", "日期"]);
    assert_eq!(human(&chinese), human(&english));
    assert_eq!(english[1].columns[3].name, "School");
}

#[test]
fn the_written_workbook_holds_every_cell_of_the_sheets() {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes())).unwrap();
    let sheets = sheets(&sample::findings(), &layout());
    assert_eq!(book.sheet_names(), sheets.iter().map(|s| s.name.clone()).collect::<Vec<_>>());
    for sheet in &sheets {
        let range = book.worksheet_range(&sheet.name).unwrap();
        let heads: Vec<Cell> = sheet.columns.iter().map(|c| Cell::text(&c.name)).collect();
        let heads = heads.iter().any(|c| c.value != Value::Empty).then_some(heads);
        let empty = vec![Cell::text(&sheet.if_empty)];
        let empty = sheet.rows.is_empty().then_some(&empty);
        for (row, cells) in (0..).zip(sheet.heading.iter().chain(&heads).chain(&sheet.rows).chain(empty)) {
            let mut column = 0;
            for cell in cells {
                let read = range.get_value((row, column)).unwrap_or(&Data::Empty);
                let at = format!("{} row {row} column {column}: {cell:?} read as {read:?}", sheet.name);
                match &cell.value {
                    Value::Empty | Value::Picture(_) => assert_eq!(read, &Data::Empty, "{at}"),
                    Value::Text(text) => assert_eq!(read, &Data::String(held(text).into_owned()), "{at}"),
                    Value::Number(n) | Value::Share(n) => assert_eq!(read, &Data::Float(*n), "{at}"),
                    Value::Date(date) => assert!(
                        matches!(read, Data::DateTime(d) if d.as_f64() == serial(date.and_time(NaiveTime::MIN))),
                        "{at}"
                    ),
                    Value::Time(time) => {
                        assert!(matches!(read, Data::DateTime(d) if (d.as_f64() - serial(*time)).abs() < 1e-6), "{at}")
                    }
                }
                column += u32::from(cell.across.max(1));
            }
        }
        // A sign that leads somewhere is a formula that yields it; nobody's words ever are one.
        let signs = Status::ALL.map(|s| format!("\"{}\"", s.symbol()));
        for formula in book.worksheet_formula(&sheet.name).unwrap().used_cells().map(|(.., f)| f) {
            assert!(sheet.name == names::MATRIX && signs.contains(formula), "{}: {formula}", sheet.name);
        }
    }
}

#[test]
fn the_same_findings_give_the_same_bytes() {
    assert_eq!(bytes(), bytes());
}

#[test]
fn links_to_files_are_relative_and_encoded_once() {
    let bytes = bytes();
    let ledger = part(&bytes, "xl/worksheets/_rels/sheet7.xml.rels");
    for target in [
        "../fixtures/澄水%202020/inbox/龙池中心校/扶贫日活动总结%20(终稿).docx",
        "../fixtures/澄水%202020/inbox/特教/总结%231.docx",
        "../fixtures/澄水%202020/inbox/城关一小.zip",
        "../fixtures/澄水%202020/inbox/+洛滨中学.docx",
    ] {
        assert!(ledger.contains(&format!("Target=\"{target}\" TargetMode=\"External\"")), "{target} in {ledger}");
    }
    for n in 1..=9 {
        let name = format!("xl/worksheets/_rels/sheet{n}.xml.rels");
        let mut zip = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
        let Ok(mut file) = zip.by_name(&name) else { continue };
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        assert!(!text.contains("file:") && !text.contains('\u{F023}'), "{name}: {text}");
    }
}

#[test]
fn a_path_with_a_number_sign_alone_is_encoded_too() {
    let plain = Layout { roots: vec![("inbox".into(), "../a/inbox/".into())], ..layout() };
    let bytes = workbook(&sample::findings(), &plain).unwrap();
    let hints = part(&bytes, "xl/worksheets/_rels/sheet8.xml.rels");
    assert!(hints.contains("Target=\"../a/inbox/特教/总结%231.docx\""), "{hints}");
}

#[test]
fn a_file_on_another_drive_or_share_is_linked_by_its_absolute_path() {
    for (way, wanted) in [
        ("D:/收件 夹/", r#"Target="file:///D:\收件%20夹\特教\总结%231.docx""#),
        ("//nas/报送/", r#"Target="file:///\\nas\报送\特教\总结%231.docx""#),
    ] {
        let elsewhere = Layout { roots: vec![("inbox".into(), way.into())], ..layout() };
        let bytes = workbook(&sample::findings(), &elsewhere).unwrap();
        let hints = part(&bytes, "xl/worksheets/_rels/sheet8.xml.rels");
        assert!(hints.contains(wanted), "{hints}");
    }
}

#[test]
fn what_people_fill_in_has_drop_downs_and_date_checks_on_every_row() {
    let findings = sample::findings();
    let last = 3 + findings.flags.iter().filter(|f| !f.kind.is_hint()).count();
    let review = part(&bytes(), "xl/worksheets/sheet2.xml");
    assert!(review.contains(&format!("sqref=\"M4:M{last}\"")), "drop-down");
    assert!(review.contains("同意机器,已做(证据在别处),不适用,零上报,同意延期,退回补报,认错学校,存疑"));
    assert!(review.contains(&format!(
        "type=\"date\" allowBlank=\"1\" showInputMessage=\"1\" showErrorMessage=\"1\" sqref=\"N4:N{last}\""
    )));
    // A list that stands in the sheet itself, and is no longer than every program takes, WPS among them.
    let list = review.split_once("<formula1>\"").unwrap().1.split_once("\"</formula1>").unwrap().0;
    assert!(list.chars().count() <= 255 && !review.contains("x14:dataValidation"), "{list}");
    assert!(review.contains("<pane xSplit=\"4\" ySplit=\"3\" topLeftCell=\"E4\""));
}

#[test]
fn what_awaits_a_person_is_as_many_in_the_matrix_as_there_are_rows_to_decide() {
    let findings = sample::findings();
    let made = sheets(&findings, &layout());
    let at = made[2].columns.iter().position(|c| c.name == "待核").unwrap();
    let name = |cells: &[Cell]| match &cells[1].value {
        Value::Text(name) => name.clone(),
        _ => String::new(),
    };
    for school in &findings.schools {
        let code = &school.school.code;
        let wanted = findings.open_gaps().filter(|f| f.school == *code).count() as f64;
        let row = made[2].rows.iter().find(|cells| name(cells) == school.school.name).unwrap();
        let shown = if wanted > 0.0 { Value::Number(wanted) } else { Value::Empty };
        assert_eq!(row[at].value, shown, "{}", school.school.name);
    }
    let whole = findings.open_gaps().filter(|f| !f.school.is_empty()).count() as f64;
    assert_eq!(made[2].rows[0][at].value, Value::Number(whole));
}

#[test]
fn nothing_of_a_school_with_an_unreadable_file_is_red() {
    let findings = sample::findings();
    let sheets = sheets(&findings, &layout());
    for sheet in &sheets {
        for row in &sheet.rows {
            let about = row.iter().any(|c| c.value == Value::Text("澄水县第一小学".into()));
            assert!(!about || row.iter().all(|c| c.tone != Tone::Bad), "{}: {row:?}", sheet.name);
        }
    }
}

#[test]
fn a_symbol_of_the_matrix_leads_to_its_own_evidence() {
    let findings = sample::findings();
    let sheets = sheets(&findings, &layout());
    let (matrix, evidence) = (&sheets[2], &sheets[4]);
    let mut links = 0;
    for row in &matrix.rows {
        for (cell, column) in row.iter().zip(&matrix.columns) {
            if let Some(Link::Row(sheet, to, _)) =
                cell.link.as_ref().filter(|l| matches!(l, Link::Row(s, ..) if s == names::EVIDENCE))
            {
                let target = &evidence.rows[*to as usize];
                assert_eq!(
                    (&target[0].value, &target[1].value),
                    (&row[1].value, &Value::Text(column.name.clone())),
                    "{sheet}"
                );
                links += 1;
            }
        }
    }
    assert!(links > 30);
}

#[test]
fn an_empty_night_makes_a_workbook_that_says_so() {
    let findings = Findings::default();
    let sheets = sheets(&findings, &layout());
    assert!(sheets.iter().all(|s| !s.rows.is_empty() || !s.if_empty.is_empty()));
    assert!(workbook(&findings, &layout()).is_ok());
}

#[test]
fn results_are_put_in_place_together_and_a_copy_is_dated() {
    let folder = tempfile::tempdir().unwrap();
    let ready = stage(&sample::findings(), &layout(), None, &BTreeMap::new(), folder.path(), None, None).unwrap();
    let written = ready.place().unwrap();
    assert_eq!(written.workbook, folder.path().join("汇总表.xlsx"));
    assert_eq!(written.copy, folder.path().join("history/汇总表-20201024-0800.xlsx"));
    assert!(!written.beside && written.copy.exists());
    let mut names: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["files.jsonl", "history", "verdicts.jsonl", "汇总表.html", "汇总表.xlsx"]);
}
