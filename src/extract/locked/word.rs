//! Word 97 to 2003 and WPS text under RC4 ([MS-DOC] 2.2.6.2, 2.2.6.3). What Word 95 did, XOR obfuscation (2.2.6.1), stays closed.

use crate::extract::le::{u16_at, usize_at};
use crate::extract::locked::rc4::Keys;
use crate::extract::ole::Compound;

/// Each so many bytes of a stream have a key of their own.
const BLOCK: usize = 512;
/// What of the stream `WordDocument` is never encrypted.
const CLEAR: usize = 68;

// In the flags of FibBase ([MS-DOC] 2.5.2).
const FLAGS: usize = 10;
const ENCRYPTED: u16 = 1 << 8;
const TABLE_1: u16 = 1 << 9;
const OBFUSCATED: u16 = 1 << 15;
/// The length of the header of the encryption, which stands at the beginning of the table stream.
const HEADER: usize = 14;

/// The file in clear, if the password is right.
pub fn decrypt(file: &Compound<'_>, password: &str) -> Option<Vec<u8>> {
    let word = file.read("WordDocument")?;
    let flags = u16_at(&word, FLAGS)?;
    if flags & (ENCRYPTED | OBFUSCATED) != ENCRYPTED {
        return None;
    }
    let table_name = if flags & TABLE_1 != 0 { "1Table" } else { "0Table" };
    let table = file.read(table_name)?;
    let keys = Keys::new(table.get(..usize_at(&word, HEADER)?)?, password)?;
    let mut plain = keys.decrypt(&word, BLOCK)?;
    plain.get_mut(..CLEAR)?.copy_from_slice(word.get(..CLEAR)?);
    plain.get_mut(FLAGS..FLAGS + 2)?.copy_from_slice(&(flags & !ENCRYPTED).to_le_bytes());
    let mut streams = vec![("WordDocument", plain), (table_name, keys.decrypt(&table, BLOCK)?)];
    if let Some(data) = file.read("Data") {
        streams.push(("Data", keys.decrypt(&data, BLOCK)?));
    }
    Some(file.with(&streams))
}
