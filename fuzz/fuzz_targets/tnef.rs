#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    shouqi_fuzz::reader("tnef", bytes);
    std::hint::black_box(shouqi::extract::enclosed(bytes));
});
