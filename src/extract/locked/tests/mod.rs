mod vectors;

use super::*;
use crate::extract;
use crate::model::problem::Problem;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::io::{Cursor, Write};
use vectors::*;

fn container(streams: &[(&str, &str)]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, encoded) in streams {
        file.create_stream(name).unwrap().write_all(&STANDARD.decode(encoded).unwrap()).unwrap();
    }
    file.into_inner().into_inner()
}

fn package(info: &str, package: &str) -> Vec<u8> {
    container(&[("EncryptionInfo", info), ("EncryptedPackage", package)])
}

/// Word files and workbooks of before 2007, by what they are under.
fn binary() -> Vec<(&'static str, Vec<u8>)> {
    let word = |word, table| container(&[("WordDocument", word), ("1Table", table)]);
    let sheet = |sheet| container(&[("Workbook", sheet)]);
    vec![
        ("doc", word(WORD_40, WORD_40_TABLE)),
        ("doc", word(WORD_API, WORD_API_TABLE)),
        ("xls", sheet(SHEET_40)),
        ("xls", sheet(SHEET_API)),
        ("xls", sheet(SHEET_XOR)),
        // A stream of records that was never wrapped.
        ("xls", STANDARD.decode(SHEET_API).unwrap()),
    ]
}

fn text_of(format: &str) -> &'static str {
    if format == "doc" {
        "已召开专题会议。\n第二段：十九户。\n"
    } else {
        "专题会议\t已召开\n人数四十五\n"
    }
}

#[test]
fn an_office_file_opens_with_a_password_of_the_list_and_with_no_other() {
    for (info, sealed) in [(AGILE_INFO, AGILE_PACKAGE), (STANDARD_INFO, STANDARD_PACKAGE)] {
        let bytes = package(info, sealed);
        let read = |list: &str| extract::read_with(&bytes, &Passwords::of_lines(list));
        for list in ["", "密码2021\n"] {
            let closed = read(list);
            assert_eq!(
                (closed.format.as_str(), closed.problems.as_slice()),
                ("encrypted", [Problem::Encrypted].as_slice())
            );
        }
        let open = read("密码2021\n密码2020\n");
        assert_eq!((open.format.as_str(), open.problems.as_slice()), ("docx", [].as_slice()), "{}", info.len());
        assert_eq!(open.body.plain_text(), "已召开专题会议。\n");
    }
}

#[test]
fn what_is_broken_opens_with_no_password() {
    let list = Passwords::of_lines("密码2020");
    for (info, sealed) in [(AGILE_INFO, AGILE_PACKAGE), (STANDARD_INFO, STANDARD_PACKAGE)] {
        for cut in [0, 4, 60, 200] {
            assert_eq!(unlock(&package(&info[..cut], sealed), &list), None);
        }
        assert_eq!(unlock(&package(info, &sealed[..16]), &list), None);
    }
}

#[test]
fn files_of_before_2007_open_with_a_password_of_the_list_and_with_no_other() {
    for (format, bytes) in binary() {
        for list in ["", "密码2021\nlc2021\n"] {
            let closed = extract::read_with(&bytes, &Passwords::of_lines(list));
            assert_eq!((closed.format.as_str(), closed.problems.as_slice()), (format, [Problem::Encrypted].as_slice()));
        }
        let open = extract::read_with(&bytes, &Passwords::of_lines("密码2021\n密码2020\nlc2020\n"));
        assert_eq!((open.format.as_str(), open.problems.as_slice()), (format, [].as_slice()));
        assert_eq!(open.body.losses, [], "{format}");
        assert!(open.body.plain_text().contains(text_of(format)), "{:?}", open.body.plain_text());
    }
}

#[test]
fn no_damage_to_a_locked_file_makes_it_panic() {
    let list = Passwords::of_lines("密码2020\nlc2020");
    for (_, bytes) in binary() {
        for at in (0..bytes.len()).step_by(41) {
            let mut broken = bytes.clone();
            broken[at] ^= 0xFF;
            extract::read_with(&broken, &list);
        }
        for cut in (0..bytes.len()).step_by(331) {
            extract::read_with(&bytes[..cut], &list);
        }
    }
}
