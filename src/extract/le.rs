//! Little-endian numbers out of hostile bytes: what lies past the end is `None`, never a panic.

/// The bytes of `len` from `at`, if they are all there.
pub fn slice_at(bytes: &[u8], at: usize, len: usize) -> Option<&[u8]> {
    bytes.get(at..at.checked_add(len)?)
}

/// The byte at `at`.
pub fn u8_at(bytes: &[u8], at: usize) -> Option<u8> {
    bytes.get(at).copied()
}

/// The 16-bit number at `at`.
pub fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(slice_at(bytes, at, 2)?.try_into().ok()?))
}

/// The signed 16-bit number at `at`.
pub fn i16_at(bytes: &[u8], at: usize) -> Option<i16> {
    Some(i16::from_le_bytes(slice_at(bytes, at, 2)?.try_into().ok()?))
}

/// The 32-bit number at `at`.
pub fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(slice_at(bytes, at, 4)?.try_into().ok()?))
}

/// The signed 32-bit number at `at`.
pub fn i32_at(bytes: &[u8], at: usize) -> Option<i32> {
    Some(i32::from_le_bytes(slice_at(bytes, at, 4)?.try_into().ok()?))
}

/// The 64-bit number at `at`.
pub fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(slice_at(bytes, at, 8)?.try_into().ok()?))
}

/// The IEEE double at `at`.
pub fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(slice_at(bytes, at, 8)?.try_into().ok()?))
}

/// The 32-bit number at `at` as an offset or a count.
pub fn usize_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(bytes, at)?).ok()
}

/// `chars` UTF-16 units from `at`, lone surrogates replaced.
pub fn utf16_at(bytes: &[u8], at: usize, chars: usize) -> Option<String> {
    let units = slice_at(bytes, at, chars.checked_mul(2)?)?.chunks_exact(2).map(|c| u16::from_le_bytes([c[0], c[1]]));
    Some(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}
