//! Office files under a password ([MS-OFFCRYPTO]). What comes out is the file as it was before: of 2007 and later the
//! package that a compound file holds encrypted (2.3.4), of the older ones the same compound file with its streams in clear
//! (2.3.5 to 2.3.7). Presentations of before 2007 stay closed.

mod agile;
mod cipher;
mod header;
mod rc4;
mod standard;
mod word;
mod workbook;
mod xor;

use crate::extract::le::u32_at;
use crate::extract::ole::{Compound, Kind};
use crate::model::passwords::Passwords;

/// The password of a workbook that is protected against changes only and opens without being asked ([MS-XLS] 2.4.117).
const DEFAULT: &str = "VelvetSweatshop";

/// The file that lies under one of the passwords; `None` where none of them opens it, or nothing that is known can.
pub fn unlock(bytes: &[u8], passwords: &Passwords) -> Option<Vec<u8>> {
    let mut all = passwords.all().iter().map(String::as_str).chain([DEFAULT]);
    let Ok(file) = Compound::open(bytes) else {
        return all.find_map(|password| workbook::decrypt_bare(bytes, password));
    };
    match file.kind() {
        Kind::Encrypted => {
            let (info, package) = (file.read("EncryptionInfo")?, file.read("EncryptedPackage")?);
            all.find_map(|password| package_of(&info, &package, password))
        }
        Kind::Word => all.find_map(|password| word::decrypt(&file, password)),
        Kind::Workbook => all.find_map(|password| workbook::decrypt(&file, password)),
        Kind::Slides | Kind::Message | Kind::Other => None,
    }
}

fn package_of(info: &[u8], package: &[u8], password: &str) -> Option<Vec<u8>> {
    let password = cipher::utf16(password);
    // EncryptionVersionInfo: major and minor version, then flags.
    match u32_at(info, 0)? {
        0x0004_0004 => agile::decrypt(info.get(8..)?, package, &password),
        0x0002_0002..=0x0002_0004 => standard::decrypt(info, package, &password),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
