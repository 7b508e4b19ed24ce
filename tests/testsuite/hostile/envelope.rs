//! Envelopes of Outlook (`winmail.dat`) that lie about what is in them.

use super::Night;

const TEXT: u32 = 0x0002_800C;
const PROPERTIES: u32 = 0x0006_9003;

fn attribute(id: u32, len: u32, data: &[u8]) -> Vec<u8> {
    let sum = data.iter().fold(0, |sum: u16, b| sum.wrapping_add(u16::from(*b)));
    [&[1][..], &id.to_le_bytes(), &len.to_le_bytes(), data, &sum.to_le_bytes()].concat()
}

fn envelope(second: &[u8]) -> Vec<u8> {
    let text = "荆山镇中心校召开了扶贫专题会议。".as_bytes();
    let first = attribute(TEXT, u32::try_from(text.len()).unwrap(), text);
    [&[0x78, 0x9F, 0x3E, 0x22, 7, 0][..], &first, second].concat()
}

#[test]
fn an_envelope_with_absurd_lengths_is_read_as_far_as_it_goes_and_says_so() {
    // Longer than the file; more properties, more values, a longer value than there are bytes.
    let long = attribute(TEXT, u32::MAX, b"x");
    let many = attribute(PROPERTIES, 4, &u32::MAX.to_le_bytes());
    let values = [1_u32.to_le_bytes(), 0x1000_001F_u32.to_le_bytes(), u32::MAX.to_le_bytes()].concat();
    let values = attribute(PROPERTIES, 12, &values);
    let night = Night::ending(
        0,
        &[
            ("甲.dat", envelope(&long)),
            ("乙.dat", envelope(&many)),
            ("丙.dat", envelope(&values)),
            ("winmail.dat", envelope(&[])),
        ],
    );
    for name in ["甲.dat", "乙.dat", "丙.dat"] {
        night.says(name, "winmail.dat 信封有损坏");
    }
    night.takes("winmail.dat");
}
