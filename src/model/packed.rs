//! Many things in little room. What files say is a hundred kilobytes a school and looked at one school at a time, so it
//! travels and waits deflated.

use crate::model::limits;
use crate::model::spool::{Bytes, Spool};
use libdeflater::{CompressionLvl, Compressor, Crc, Decompressor};
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::cell::RefCell;
use std::io::{BufReader, Read, Write};
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// The lowest level at which anything is deflated: what waits is looked at once or twice.
const LEVEL: i32 = 1;

/// A value in bytes, as it travels and is kept.
///
/// # Errors
/// What is too large for it.
pub fn to_bytes<T: Serialize>(value: &T) -> std::io::Result<Vec<u8>> {
    rmp_serde::to_vec_named(value).map_err(std::io::Error::other)
}

/// Writes the same bytes piece by piece.
///
/// # Errors
/// The writer's own; what is too large.
pub fn write_to<T: Serialize + ?Sized>(mut out: &mut dyn Write, value: &T) -> std::io::Result<()> {
    rmp_serde::encode::write_named(&mut out, value).map_err(std::io::Error::other)
}

/// The value that such bytes are; none where they are damaged, or another version's.
pub fn from_bytes<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    rmp_serde::from_slice(bytes).ok()
}

/// The value that such bytes are, while they come: of a large one they need not stand in memory beside it.
pub fn from_stream<T: DeserializeOwned>(bytes: &mut dyn Read) -> Option<T> {
    rmp_serde::from_read(BufReader::new(bytes)).ok()
}

thread_local! {
    // Either takes more room than most of what it is asked to pack, and is made once a thread.
    static COMPRESSOR: RefCell<Option<Compressor>> =
        RefCell::new(CompressionLvl::new(LEVEL).ok().map(Compressor::new));
    static DECOMPRESSOR: RefCell<Decompressor> = RefCell::new(Decompressor::new());
}

/// Bytes in less room (RFC 1951).
pub fn deflated(bytes: &[u8]) -> Option<Vec<u8>> {
    COMPRESSOR.with_borrow_mut(|compressor| {
        let compressor = compressor.as_mut()?;
        let mut deflated = vec![0; compressor.deflate_compress_bound(bytes.len())];
        let len = compressor.deflate_compress(bytes, &mut deflated).ok()?;
        deflated.truncate(len);
        deflated.shrink_to_fit();
        Some(deflated)
    })
}

/// The `len` bytes that were deflated; none where it is not so many.
pub fn inflated(deflated: &[u8], len: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0; len];
    let written = DECOMPRESSOR.with_borrow_mut(|d| d.deflate_decompress(deflated, &mut bytes)).ok()?;
    (written == len).then_some(bytes)
}

/// Bytes in less room: their length, and what deflating makes of them.
pub fn shrunk(bytes: &[u8]) -> Option<Vec<u8>> {
    let len = u64::try_from(bytes.len()).ok()?.to_le_bytes();
    Some([len.as_slice(), &deflated(bytes)?].concat())
}

/// The bytes that were shrunk; nothing where they are none.
pub fn grown(shrunk: &[u8]) -> Option<Vec<u8>> {
    let (len, deflated) = shrunk.split_first_chunk::<8>()?;
    let len = usize::try_from(u64::from_le_bytes(*len)).ok()?;
    // Far more than is ever kept; what says otherwise is not ours.
    inflated(deflated, Some(len).filter(|len| *len <= limits::WORKER_BYTES as usize)?)
}

/// A list, open or packed. Who looks at all of it, or looks often, takes it as a list, and it stays open from then on; who
/// looks at many once uses [`Packed::open`]. In texts (JSON) it stands as a list; in bytes (MessagePack) packed, with a checksum: bytes that
/// were damaged are an error when they come in, and never half a list.
#[derive(Debug, Clone)]
pub struct Packed<T>(Kept<T>);

#[derive(Debug)]
enum Kept<T> {
    Open(Vec<T>),
    /// Shared by all copies of the list.
    Packed(Arc<Pack>, OnceLock<Vec<T>>),
}

/// What a list is in bytes.
#[derive(Debug, Serialize, Deserialize)]
struct Pack {
    /// How many things.
    count: u32,
    /// Length of their bytes before they were deflated.
    len: u32,
    /// CRC-32 of the deflated bytes.
    crc: u32,
    deflated: Bytes,
}

impl<T: Clone> Clone for Kept<T> {
    fn clone(&self) -> Self {
        match self {
            Kept::Open(list) => Kept::Open(list.clone()),
            // Whoever has opened the one may never look at the other.
            Kept::Packed(pack, _) => Kept::Packed(Arc::clone(pack), OnceLock::new()),
        }
    }
}

impl<T> Default for Packed<T> {
    fn default() -> Self {
        Packed(Kept::Open(Vec::new()))
    }
}

impl<T> From<Vec<T>> for Packed<T> {
    fn from(list: Vec<T>) -> Self {
        Packed(Kept::Open(list))
    }
}

impl<T> Packed<T> {
    /// How many things are in it.
    pub fn len(&self) -> usize {
        match &self.0 {
            Kept::Open(list) => list.len(),
            Kept::Packed(pack, _) => pack.count as usize,
        }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Puts a packed list that nobody shares outside memory; wherever it is, it is the same list.
    pub fn put_away(&mut self, spool: &Arc<dyn Spool>) {
        let Kept::Packed(pack, _) = &mut self.0 else { return };
        if let Some(pack) = Arc::get_mut(pack) {
            pack.deflated.put_away(spool);
        }
    }
}

impl<T: Serialize + DeserializeOwned + Clone> Packed<T> {
    /// The things themselves, for one look: a packed list stays packed.
    pub fn open(&self) -> Cow<'_, [T]> {
        match &self.0 {
            Kept::Open(list) => Cow::Borrowed(list),
            // It was whole when it came in, and nothing changes it.
            Kept::Packed(pack, _) => Cow::Owned(pack.open().unwrap_or_default()),
        }
    }

    /// The things themselves, to be changed.
    pub fn open_mut(&mut self) -> &mut Vec<T> {
        if let Kept::Packed(..) = &self.0 {
            self.0 = Kept::Open(self.open().into_owned());
        }
        match &mut self.0 {
            Kept::Open(list) => list,
            Kept::Packed(..) => unreachable!("it was opened"),
        }
    }

    /// The same in little room. A list too long for it stays open.
    pub fn packed(self) -> Self {
        match self.0 {
            Kept::Open(list) => match Pack::of(&list) {
                Some(pack) => Packed(Kept::Packed(Arc::new(pack), OnceLock::new())),
                None => list.into(),
            },
            packed => Packed(packed),
        }
    }
}

impl<T: Serialize + DeserializeOwned + Clone> Deref for Packed<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match &self.0 {
            Kept::Open(list) => list,
            Kept::Packed(pack, opened) => opened.get_or_init(|| pack.open().unwrap_or_default()),
        }
    }
}

impl<'a, T: Serialize + DeserializeOwned + Clone> IntoIterator for &'a Packed<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Pack {
    fn of<T: Serialize>(list: &[T]) -> Option<Self> {
        let bytes = to_bytes(&list).ok()?;
        let deflated = deflated(&bytes)?;
        Some(Pack {
            count: u32::try_from(list.len()).ok()?,
            len: u32::try_from(bytes.len()).ok()?,
            crc: checksum(&deflated),
            deflated: Bytes::Here(deflated),
        })
    }

    fn open<T: DeserializeOwned>(&self) -> Option<Vec<T>> {
        from_bytes(&inflated(&self.deflated.get().ok()?, self.len as usize)?)
    }
}

fn checksum(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

impl<T: Serialize + DeserializeOwned + Clone + PartialEq> PartialEq for Packed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.open() == other.open()
    }
}

impl<T: Serialize + DeserializeOwned + Clone> Serialize for Packed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return self.open().serialize(serializer);
        }
        let too_long = || serde::ser::Error::custom("too long a list");
        match &self.0 {
            Kept::Open(list) => Pack::of(list).ok_or_else(too_long)?.serialize(serializer),
            Kept::Packed(pack, _) => pack.serialize(serializer),
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Packed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return Ok(Vec::deserialize(deserializer)?.into());
        }
        let pack = Pack::deserialize(deserializer)?;
        if pack.count == 0 {
            return Ok(Packed::default());
        }
        if pack.deflated.get().map_or(true, |bytes| checksum(&bytes) != pack.crc) {
            return Err(D::Error::custom("damaged bytes"));
        }
        Ok(Packed(Kept::Packed(Arc::new(pack), OnceLock::new())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> Packed<String> {
        vec!["开了会".to_string(), "入了户".to_string(), "开了会".to_string()].into()
    }

    #[test]
    fn a_packed_list_is_the_same_list() {
        let packed = list().packed();
        assert_eq!((packed.len(), packed.open().into_owned()), (3, list().open().into_owned()));
        assert_eq!(packed, list());
        assert!(Packed::<String>::default().packed().open().is_empty());
    }

    #[test]
    fn it_is_a_list_in_texts_and_small_in_bytes() {
        let json = serde_json::to_string(&list().packed()).unwrap();
        assert_eq!(json, r#"["开了会","入了户","开了会"]"#);
        assert_eq!(serde_json::from_str::<Packed<String>>(&json).unwrap(), list());
        let many: Packed<String> = vec!["同一句话".to_string(); 1_000].into();
        let bytes = to_bytes(&many).unwrap();
        assert!(bytes.len() < 200, "{}", bytes.len());
        assert_eq!(from_bytes::<Packed<String>>(&bytes), Some(many));
    }

    #[test]
    fn damaged_bytes_do_not_come_in() {
        let bytes = to_bytes(&list()).unwrap();
        let at = bytes.len() - 3;
        let damaged: Vec<u8> = bytes.iter().enumerate().map(|(i, b)| if i == at { b ^ 1 } else { *b }).collect();
        assert!(from_bytes::<Packed<String>>(&damaged).is_none());
    }
}
