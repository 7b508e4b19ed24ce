#![no_main]

libfuzzer_sys::fuzz_target!(|parts: &[u8]| shouqi_fuzz::reader("slides", &shouqi_fuzz::package(parts)));
