//! The binary description of an encryption: EncryptionVersionInfo, flags, EncryptionHeader and EncryptionVerifier
//! ([MS-OFFCRYPTO] 2.3.2, 2.3.3), the same before packages (2.3.4.5) and in binary files (2.3.5.1).

use crate::extract::le::{slice_at, u32_at, usize_at};

/// What a key is made of, and known by.
pub struct Header<'a> {
    /// AlgID.
    pub algorithm: u32,
    /// The length of the key.
    pub key_bytes: usize,
    /// What the password is salted with.
    pub salt: &'a [u8],
    /// Sixteen random bytes, encrypted.
    pub verifier: &'a [u8],
    /// The length of their hash.
    pub hash_len: usize,
    /// Their hash, encrypted; whatever stands behind it as well.
    pub hash: &'a [u8],
}

impl<'a> Header<'a> {
    /// The description that stands at the beginning of `info`.
    pub fn read(info: &'a [u8]) -> Option<Self> {
        const BEGIN: usize = 12;
        let at = BEGIN.checked_add(usize_at(info, 8)?)?;
        let salt = slice_at(info, at.checked_add(4)?, usize_at(info, at)?.min(64))?;
        let verifier = at.checked_add(4)?.checked_add(salt.len())?;
        Some(Header {
            algorithm: u32_at(info, BEGIN + 8)?,
            key_bytes: usize_at(info, BEGIN + 16)? / 8,
            salt,
            verifier: slice_at(info, verifier, 16)?,
            hash_len: usize_at(info, verifier.checked_add(16)?)?,
            hash: info.get(verifier.checked_add(20)?..)?,
        })
    }
}
