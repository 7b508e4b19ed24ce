#![no_main]

use shouqi::extract::reader::Format;

libfuzzer_sys::fuzz_target!(|parts: &[u8]| shouqi_fuzz::format("spreadsheet", Format::Ods, &shouqi_fuzz::package(parts)));
