//! XOR obfuscation of workbooks ([MS-OFFCRYPTO] 2.3.7, method 1): what Excel 95 did, and later ones where they were told to.

/// The longest password.
const LONGEST: usize = 15;
/// What fills up a shorter one (2.3.7.2).
const PAD: [u8; LONGEST] = [0xBB, 0xFF, 0xFF, 0xBA, 0xFF, 0xFF, 0xB9, 0x80, 0, 0xBE, 0x0F, 0, 0xBF, 0x0F, 0];

/// What bytes are combined with, by their place.
pub struct Mask([u8; 16]);

impl Mask {
    /// The mask of a password, if its key and verifier are these.
    pub fn new(password: &str, key: u16, verifier: u16) -> Option<Self> {
        // Excel takes the bytes of the system's code page: in China that is GBK.
        let (bytes, _, unknown) = encoding_rs::GBK.encode(password);
        let bytes: Vec<u8> = bytes.iter().copied().take(LONGEST).collect();
        if unknown || bytes.is_empty() || key_of(&bytes) != key || verifier_of(&bytes) != verifier {
            return None;
        }
        let [low, high] = key.to_le_bytes();
        let mut mask = [0; 16];
        let filled = bytes.iter().chain(&PAD);
        for ((place, byte), half) in mask.iter_mut().zip(filled).zip([low, high].into_iter().cycle()) {
            *place = (byte ^ half).rotate_right(1);
        }
        Some(Mask(mask))
    }

    /// Makes the data of a record clear that stands at `at` of the stream (2.3.7.3).
    pub fn clear(&self, data: &mut [u8], at: usize) {
        let start = at.wrapping_add(data.len());
        for (n, byte) in data.iter_mut().enumerate() {
            let place = self.0.get(start.wrapping_add(n) % 16);
            *byte = (*byte ^ place.copied().unwrap_or_default()).rotate_right(5);
        }
    }
}

/// CreatePasswordVerifier_Method1 (2.3.7.1).
fn verifier_of(password: &[u8]) -> u16 {
    let length = u16::try_from(password.len()).unwrap_or_default();
    let bytes = password.iter().rev().map(|b| u16::from(*b)).chain([length]);
    bytes.fold(0, |sum: u16, byte| ((sum >> 14 & 1) | (sum << 1 & 0x7FFF)) ^ byte) ^ 0xCE4B
}

/// CreateXorKey_Method1 (2.3.7.2). The tables of the standard are the states of a shift register.
fn key_of(password: &[u8]) -> u16 {
    let shifted = |state: u16| {
        let state = state.rotate_left(1);
        if state & 1 == 1 { state ^ 0x1020 } else { state }
    };
    let (mut key, mut matrix, mut initial) = (0, 0x8000, 0xFFFF);
    for byte in password.iter().rev() {
        for bit in 0..8 {
            (matrix, initial) = (shifted(matrix), shifted(initial));
            if byte & 0x7F & (1 << bit) != 0 {
                key ^= matrix;
            }
        }
    }
    key ^ initial
}
