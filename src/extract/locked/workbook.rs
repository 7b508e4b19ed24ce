//! Workbooks of before 2007 under a password ([MS-XLS] 2.2.10): the records keep their heads, their data is encrypted.

use crate::extract::le::u16_at;
use crate::extract::locked::rc4::Keys;
use crate::extract::locked::xor::Mask;
use crate::extract::ole::Compound;
use std::ops::Range;

/// FilePass ([MS-XLS] 2.4.117): what the encryption is.
const FILE_PASS: u16 = 0x002F;
/// Nobody's number.
const NOTHING: u16 = 0xFFFF;
/// Each so many bytes of a stream have a key of their own.
const BLOCK: usize = 1024;
/// BoundSheet8: where its sheet begins stands there in clear.
const SHEET: u16 = 0x0085;
/// Records that are never encrypted: BOF of all versions, FilePass, UsrExcl, FileLock, InterfaceHdr, RRDInfo, RRDHead.
const CLEAR: [u16; 10] = [0x0009, 0x0209, 0x0409, 0x0809, FILE_PASS, 0x0194, 0x0195, 0x00E1, 0x0196, 0x0138];

/// The file in clear, if the password is right.
pub fn decrypt(file: &Compound<'_>, password: &str) -> Option<Vec<u8>> {
    let plain = |name: &'static str| Some((name, decrypt_bare(&file.read(name)?, password)?));
    let streams: Vec<(&str, Vec<u8>)> = ["Workbook", "Book"].into_iter().filter_map(plain).collect();
    (!streams.is_empty()).then(|| file.with(&streams))
}

/// The same for a stream of records by itself.
pub fn decrypt_bare(stream: &[u8], password: &str) -> Option<Vec<u8>> {
    let (_, pass) = records(stream).take_while(|(id, _)| *id != 0x000A).find(|(id, _)| *id == FILE_PASS)?;
    let mut plain = match method(stream.get(pass.clone())?, password)? {
        Method::Rc4(keys) => keys.decrypt(stream, BLOCK)?,
        Method::Xor(mask) => {
            let mut plain = stream.to_vec();
            for (_, data) in records(stream) {
                mask.clear(plain.get_mut(data.clone())?, data.start);
            }
            plain
        }
    };
    // What was in clear stays as it was: the heads, and the data of some records.
    for (id, data) in records(stream) {
        let clear = match id {
            SHEET => data.start + data.len().min(4),
            _ if CLEAR.contains(&id) => data.end,
            _ => data.start,
        };
        let kept = data.start.checked_sub(4)?..clear;
        plain.get_mut(kept.clone())?.copy_from_slice(stream.get(kept)?);
    }
    plain.get_mut(pass.start.checked_sub(4)?..)?.first_chunk_mut::<2>()?.copy_from_slice(&NOTHING.to_le_bytes());
    Some(plain)
}

enum Method {
    Rc4(Keys),
    Xor(Mask),
}

fn method(pass: &[u8], password: &str) -> Option<Method> {
    let xor = |at: usize| Mask::new(password, u16_at(pass, at)?, u16_at(pass, at + 2)?).map(Method::Xor);
    match u16_at(pass, 0)? {
        // Before Excel 97 there was one method, and so no word for it.
        _ if pass.len() == 4 => xor(0),
        0 => xor(2),
        1 => Keys::new(pass.get(2..)?, password).map(Method::Rc4),
        _ => None,
    }
}

/// The records, each by its number and where its data stands.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, Range<usize>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (id, len) = (u16_at(stream, at)?, usize::from(u16_at(stream, at + 2)?));
        let data = at + 4..at + 4 + len;
        at = data.end;
        (at <= stream.len()).then_some((id, data))
    })
}
