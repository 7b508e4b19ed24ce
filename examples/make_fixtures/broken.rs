//! Files that are not what they seem: encrypted, cut short, left behind by programs.

use crate::photo::Dice;
use anyhow::Result;
use std::io::{Cursor, Write};

/// A password-protected Word file as Office 2010 and later write it: a compound file with `EncryptionInfo` (agile,
/// version 4.4; MS-OFFCRYPTO 2.3.4.10) and `EncryptedPackage` (its length, then cipher text). There is no text under it.
pub fn encrypted() -> Result<Vec<u8>> {
    let mut dice = Dice(2020);
    let mut noise = |n: usize| -> Vec<u8> { (0..n).map(|_| dice.next() as u8).collect() };
    let mut base64 = |n: usize| -> String {
        const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        noise(n).iter().map(|b| char::from(LETTERS[usize::from(b % 64)])).chain("==".chars()).collect()
    };
    let key = "saltSize=\"16\" blockSize=\"16\" keyBits=\"256\" hashSize=\"64\" cipherAlgorithm=\"AES\" \
               cipherChaining=\"ChainingModeCBC\" hashAlgorithm=\"SHA512\"";
    let info = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<encryption \
         xmlns=\"http://schemas.microsoft.com/office/2006/encryption\" \
         xmlns:p=\"http://schemas.microsoft.com/office/2006/keyEncryptor/password\"><keyData {key} saltValue=\"{}\"/>\
         <dataIntegrity encryptedHmacKey=\"{}\" encryptedHmacValue=\"{}\"/><keyEncryptors><keyEncryptor \
         uri=\"http://schemas.microsoft.com/office/2006/keyEncryptor/password\"><p:encryptedKey spinCount=\"100000\" {key} \
         saltValue=\"{}\" encryptedVerifierHashInput=\"{}\" encryptedVerifierHashValue=\"{}\" encryptedKeyValue=\"{}\"/>\
         </keyEncryptor></keyEncryptors></encryption>",
        base64(22),
        base64(86),
        base64(86),
        base64(22),
        base64(22),
        base64(86),
        base64(42),
    );
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new()))?;
    let mut stream = file.create_stream("EncryptionInfo")?;
    stream.write_all(&[4, 0, 4, 0, 0x40, 0, 0, 0])?;
    stream.write_all(info.as_bytes())?;
    stream.flush()?;
    drop(stream);
    let mut stream = file.create_stream("EncryptedPackage")?;
    stream.write_all(&11_806_u64.to_le_bytes())?;
    stream.write_all(&noise(11_808))?;
    stream.flush()?;
    drop(stream);
    file.flush()?;
    Ok(file.into_inner().into_inner())
}

/// The first three fifths of a file: an upload that broke off.
pub fn truncated(whole: &[u8]) -> Vec<u8> {
    whole[..whole.len() * 3 / 5].to_vec()
}

/// What offices and systems leave behind, by the file's name.
pub fn litter(name: &str) -> Vec<u8> {
    match name {
        "desktop.ini" => b"[ViewState]\r\nMode=\r\nVid=\r\nFolderType=Documents\r\n".to_vec(),
        ".DS_Store" => [b"\0\0\0\x01Bud1\0\0\x10\0".as_slice(), &[0; 300]].concat(),
        "Thumbs.db" => [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 1016]].concat(),
        _ if name.starts_with("~$") => {
            // The owner file: length of the user's name, the name, padding; 162 bytes (as Word leaves it).
            let mut owner = b"\x0dAdministrator".to_vec();
            owner.resize(162, b' ');
            owner
        }
        _ => vec![0; 512],
    }
}
