mod vectors;

use super::*;
use crate::extract;
use crate::model::problem::Problem;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::io::{Cursor, Write};
use vectors::*;

fn container(info: &str, package: &str) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, encoded) in [("EncryptionInfo", info), ("EncryptedPackage", package)] {
        file.create_stream(name).unwrap().write_all(&STANDARD.decode(encoded).unwrap()).unwrap();
    }
    file.into_inner().into_inner()
}

#[test]
fn an_office_file_opens_with_a_password_of_the_list_and_with_no_other() {
    for (info, package) in [(AGILE_INFO, AGILE_PACKAGE), (STANDARD_INFO, STANDARD_PACKAGE)] {
        let bytes = container(info, package);
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
    for (info, package) in [(AGILE_INFO, AGILE_PACKAGE), (STANDARD_INFO, STANDARD_PACKAGE)] {
        for cut in [0, 4, 60, 200] {
            assert_eq!(unlock(&container(&info[..cut], package), &list), None);
        }
        assert_eq!(unlock(&container(info, &package[..16]), &list), None);
    }
}
