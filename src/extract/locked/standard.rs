//! Standard encryption ([MS-OFFCRYPTO] 2.3.4.5 to 2.3.4.9): Office 2007, and WPS and LibreOffice for its sake. AES and SHA-1
//! only, as the standard has it.

use crate::extract::le::u64_at;
use crate::extract::locked::cipher::{Hash, aes};
use crate::extract::locked::header::Header;

/// Rounds of hashing.
const SPINS: u32 = 50_000;

/// The package, if the password is right.
pub fn decrypt(info: &[u8], package: &[u8], password: &[u8]) -> Option<Vec<u8>> {
    let header = Header::read(info)?;
    let key = key(header.salt, password, header.key_bytes)?;
    let made = Hash::Sha1.of(&aes(&key, None, header.verifier)?, &[]);
    let wanted = aes(&key, None, header.hash.get(..header.hash.len().min(32))?)?;
    if header.hash_len != made.len() || wanted.get(..header.hash_len)? != made {
        return None;
    }
    let len = usize::try_from(u64_at(package, 0)?).ok()?;
    let mut out = aes(&key, None, package.get(8..)?)?;
    out.truncate(len);
    (out.len() == len).then_some(out)
}

/// The key of a password (2.3.4.7).
fn key(salt: &[u8], password: &[u8], len: usize) -> Option<Vec<u8>> {
    let hash = Hash::Sha1.of(&Hash::Sha1.spun(salt, password, SPINS), &0u32.to_le_bytes());
    let half = |fill: u8| {
        let mut buffer = [fill; 64];
        buffer.iter_mut().zip(&hash).for_each(|(b, h)| *b ^= h);
        Hash::Sha1.of(&buffer, &[])
    };
    let both = [half(0x36), half(0x5C)].concat();
    both.get(..len).map(<[u8]>::to_vec)
}
