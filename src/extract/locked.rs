//! Office files of 2007 and later under a password ([MS-OFFCRYPTO] 2.3.4): a compound file with the encrypted package and
//! what its key is made of. What comes out is the file as it was before.

mod agile;
mod cipher;
mod standard;

use crate::extract::le::u32_at;
use crate::extract::ole::Compound;
use crate::model::passwords::Passwords;

/// The file that lies under one of the passwords; `None` where none of them opens it, or nothing that is known can.
pub fn unlock(bytes: &[u8], passwords: &Passwords) -> Option<Vec<u8>> {
    let file = Compound::open(bytes).ok()?;
    let (info, package) = (file.read("EncryptionInfo")?, file.read("EncryptedPackage")?);
    // EncryptionVersionInfo: major and minor version, then flags.
    let version = u32_at(&info, 0)?;
    let body = info.get(8..)?;
    passwords.all().iter().find_map(|password| {
        let password: Vec<u8> = password.encode_utf16().flat_map(u16::to_le_bytes).collect();
        match version {
            0x0004_0004 => agile::decrypt(body, &package, &password),
            0x0002_0002..=0x0002_0004 => standard::decrypt(body, &package, &password),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests;
