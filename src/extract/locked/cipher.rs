//! The ciphers and hashes that both kinds of encryption use.

use aes::cipher::{BlockCipherDecrypt, KeyInit};
use aes::{Aes128, Aes192, Aes256};
use md5::Md5;
use rc4::Rc4;
use rc4::cipher::StreamCipher;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

/// The length of an AES block.
pub const BLOCK: usize = 16;

/// A hash function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hash {
    /// MD5.
    Md5,
    /// SHA-1.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl Hash {
    /// By its name in the description of the encryption.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "SHA1" | "SHA-1" => Hash::Sha1,
            "SHA256" => Hash::Sha256,
            "SHA384" => Hash::Sha384,
            "SHA512" => Hash::Sha512,
            _ => return None,
        })
    }

    /// The hash of two parts, one after the other.
    pub fn of(self, first: &[u8], second: &[u8]) -> Vec<u8> {
        fn with<D: Digest>(first: &[u8], second: &[u8]) -> Vec<u8> {
            D::new().chain_update(first).chain_update(second).finalize().as_slice().to_vec()
        }
        match self {
            Hash::Md5 => with::<Md5>(first, second),
            Hash::Sha1 => with::<Sha1>(first, second),
            Hash::Sha256 => with::<Sha256>(first, second),
            Hash::Sha384 => with::<Sha384>(first, second),
            Hash::Sha512 => with::<Sha512>(first, second),
        }
    }

    /// The hash of a salted password, hashed over again so many times with a counter.
    pub fn spun(self, salt: &[u8], password: &[u8], times: u32) -> Vec<u8> {
        (0..times).fold(self.of(salt, password), |hash, n| self.of(&n.to_le_bytes(), &hash))
    }
}

/// A password as the hashes get it: UTF-16.
pub fn utf16(password: &str) -> Vec<u8> {
    password.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// RC4, which undoes itself. `None` for a key of no bytes, or of more than 256.
pub fn rc4(key: &[u8], content: &[u8]) -> Option<Vec<u8>> {
    let mut out = content.to_vec();
    Rc4::new_from_slice(key).ok()?.apply_keystream(&mut out);
    Some(out)
}

/// Decrypts whole blocks of AES with a key of 128, 192 or 256 bits: chained from `start`, or each by itself (ECB). What is
/// left over at the end is no block and falls away.
pub fn aes(key: &[u8], start: Option<&[u8; BLOCK]>, content: &[u8]) -> Option<Vec<u8>> {
    match key.len() {
        16 => Some(blocks(&Aes128::new_from_slice(key).ok()?, start, content)),
        24 => Some(blocks(&Aes192::new_from_slice(key).ok()?, start, content)),
        32 => Some(blocks(&Aes256::new_from_slice(key).ok()?, start, content)),
        _ => None,
    }
}

fn blocks<C>(cipher: &C, start: Option<&[u8; BLOCK]>, content: &[u8]) -> Vec<u8>
where
    C: BlockCipherDecrypt<BlockSize = aes::cipher::consts::U16>,
{
    let mut out = Vec::with_capacity(content.len());
    let mut before = start.copied();
    for block in content.as_chunks::<BLOCK>().0 {
        let mut plain = *block;
        cipher.decrypt_block((&mut plain).into());
        if let Some(before) = &mut before {
            plain.iter_mut().zip(before.iter()).for_each(|(p, b)| *p ^= b);
            *before = *block;
        }
        out.extend(plain);
    }
    out
}
