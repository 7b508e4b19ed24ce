//! Agile encryption ([MS-OFFCRYPTO] 2.3.4.10 to 2.3.4.15): what Office writes since 2010.

use crate::extract::le::u64_at;
use crate::extract::locked::cipher::{BLOCK, Hash, aes};
use crate::extract::xml_text::attribute;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The most rounds of hashing; Office does 100,000.
const SPINS: u32 = 10_000_000;
/// The package is encrypted in segments of so many bytes.
const SEGMENT: usize = 4096;

const VERIFIER_INPUT: [u8; 8] = [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79];
const VERIFIER_HASH: [u8; 8] = [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E];
const KEY_VALUE: [u8; 8] = [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6];

/// How something is encrypted.
struct Scheme {
    hash: Hash,
    salt: Vec<u8>,
    key_bytes: usize,
}

/// The key of the package, itself encrypted with the password.
struct Locked {
    scheme: Scheme,
    spins: u32,
    verifier_input: Vec<u8>,
    verifier_hash: Vec<u8>,
    key: Vec<u8>,
}

/// The package, if the password is right.
pub fn decrypt(info: &[u8], package: &[u8], password: &[u8]) -> Option<Vec<u8>> {
    let (data, locked) = described(info)?;
    let Scheme { hash, salt, key_bytes } = &locked.scheme;
    let spun = hash.spun(salt, password, locked.spins);
    let open = |purpose: &[u8], content: &[u8]| {
        aes(&sized(hash.of(&spun, purpose), *key_bytes), Some(&start(salt.clone())), content)
    };
    let input = open(&VERIFIER_INPUT, &locked.verifier_input)?;
    let wanted = open(&VERIFIER_HASH, &locked.verifier_hash)?;
    let made = hash.of(&input, &[]);
    if wanted.get(..made.len())? != made {
        return None;
    }
    let key = sized(open(&KEY_VALUE, &locked.key)?, data.key_bytes);
    let len = usize::try_from(u64_at(package, 0)?).ok()?;
    let mut out = Vec::with_capacity(package.len());
    for (segment, n) in package.get(8..)?.chunks(SEGMENT).zip(0u32..) {
        out.extend(aes(&key, Some(&start(data.hash.of(&data.salt, &n.to_le_bytes()))), segment)?);
    }
    out.truncate(len);
    (out.len() == len).then_some(out)
}

/// Cut, or filled up with 36h.
fn sized(mut bytes: Vec<u8>, len: usize) -> Vec<u8> {
    bytes.resize(len, 0x36);
    bytes
}

fn start(bytes: Vec<u8>) -> [u8; BLOCK] {
    sized(bytes, BLOCK).try_into().unwrap_or_default()
}

/// What the description says of the package and of its key.
fn described(info: &[u8]) -> Option<(Scheme, Locked)> {
    let mut reader = Reader::from_str(std::str::from_utf8(info).ok()?);
    let (mut data, mut locked) = (None, None);
    loop {
        match reader.read_event().ok()? {
            Event::Start(e) | Event::Empty(e) => match e.local_name().as_ref() {
                "keyData" => data = scheme(&e),
                "encryptedKey" if locked.is_none() => {
                    locked = Some(Locked {
                        scheme: scheme(&e)?,
                        spins: attribute(&e, "spinCount")?.parse().ok().filter(|n| *n <= SPINS)?,
                        verifier_input: binary(&e, "encryptedVerifierHashInput")?,
                        verifier_hash: binary(&e, "encryptedVerifierHashValue")?,
                        key: binary(&e, "encryptedKeyValue")?,
                    })
                }
                _ => {}
            },
            Event::Eof => return data.zip(locked),
            _ => {}
        }
    }
}

fn scheme(e: &BytesStart<'_>) -> Option<Scheme> {
    let aes = attribute(e, "cipherAlgorithm")? == "AES" && attribute(e, "cipherChaining")? == "ChainingModeCBC";
    aes.then_some(())?;
    Some(Scheme {
        hash: Hash::named(&attribute(e, "hashAlgorithm")?)?,
        salt: binary(e, "saltValue")?,
        key_bytes: attribute(e, "keyBits")?.parse::<usize>().ok()? / 8,
    })
}

fn binary(e: &BytesStart<'_>, name: &str) -> Option<Vec<u8>> {
    STANDARD.decode(attribute(e, name)?).ok()
}
