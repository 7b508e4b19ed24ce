//! RC4 as binary files use it: with a key of 40 bits made by MD5 ([MS-OFFCRYPTO] 2.3.6), or by SHA-1 with one of up to 128
//! bits, which the standard calls CryptoAPI (2.3.5). A stream is encrypted in blocks, each with a key of its own.

use crate::extract::le::{slice_at, u32_at};
use crate::extract::locked::cipher::{Hash, rc4, utf16};
use crate::extract::locked::header::Header;

/// The keys of a file under a password that is the right one.
pub struct Keys {
    hash: Hash,
    /// What the key of each block is made of.
    base: Vec<u8>,
    /// The bytes of a key; what it lacks of `filled` is zero.
    key_bytes: usize,
    filled: usize,
}

impl Keys {
    /// The keys that this header and password make; `None` where the password is wrong.
    pub fn new(header: &[u8], password: &str) -> Option<Self> {
        match u32_at(header, 0)? {
            0x0001_0001 => Keys::of_40_bits(header, password),
            0x0002_0002..=0x0002_0004 => Keys::of_crypto_api(header, password),
            _ => None,
        }
    }

    /// Salt, verifier and its hash, 16 bytes each (2.3.6.1).
    fn of_40_bits(header: &[u8], password: &str) -> Option<Self> {
        const SHORT: usize = 5;
        let hash = |bytes: &[u8]| Hash::Md5.of(bytes, &[]);
        let salted = [hash(&utf16(password)).get(..SHORT)?, slice_at(header, 4, 16)?].concat();
        let base = hash(&salted.repeat(16)).get(..SHORT)?.to_vec();
        let keys = Keys { hash: Hash::Md5, base, key_bytes: 16, filled: 16 };
        keys.fits(slice_at(header, 20, 16)?, slice_at(header, 36, 16)?).then_some(keys)
    }

    fn of_crypto_api(header: &[u8], password: &str) -> Option<Self> {
        const RC4: [u32; 2] = [0x6801, 0];
        let header = Header::read(header).filter(|h| RC4.contains(&h.algorithm))?;
        // No length means the shortest (2.3.2), and that one is filled up with zeros (2.3.5.2).
        let key_bytes = if header.key_bytes == 0 { 5 } else { header.key_bytes };
        let filled = if key_bytes == 5 { 16 } else { key_bytes };
        let base = Hash::Sha1.of(header.salt, &utf16(password));
        let keys = Keys { hash: Hash::Sha1, base, key_bytes, filled };
        keys.fits(header.verifier, header.hash.get(..header.hash_len)?).then_some(keys)
    }

    /// Whether the verifier has that hash (2.3.5.6, 2.3.6.4).
    fn fits(&self, verifier: &[u8], hash: &[u8]) -> bool {
        let both = self.key(0).and_then(|key| rc4(&key, &[verifier, hash].concat()));
        both.is_some_and(|both| {
            let (verifier, hash) = both.split_at(verifier.len());
            self.hash.of(verifier, &[]) == hash
        })
    }

    fn key(&self, block: u32) -> Option<Vec<u8>> {
        let mut key = self.hash.of(&self.base, &block.to_le_bytes()).get(..self.key_bytes)?.to_vec();
        key.resize(self.filled, 0);
        Some(key)
    }

    /// A stream in clear that was encrypted in blocks of so many bytes. The cipher runs over what is not encrypted, too.
    pub fn decrypt(&self, stream: &[u8], block: usize) -> Option<Vec<u8>> {
        let mut plain = Vec::with_capacity(stream.len());
        for (content, n) in stream.chunks(block).zip(0u32..) {
            plain.extend(rc4(&self.key(n)?, content)?);
        }
        Some(plain)
    }
}
