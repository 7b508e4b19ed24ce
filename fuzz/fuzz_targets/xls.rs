#![no_main]

use shouqi::extract::reader::Format;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| shouqi_fuzz::format("spreadsheet", Format::Xls, bytes));
