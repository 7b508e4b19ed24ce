//! What is needed again but not now waits outside memory.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt::Debug;
use std::io;
use std::sync::Arc;

/// A place outside memory.
pub trait Spool: Debug + Send + Sync {
    /// Puts bytes there, and says where they are; nothing where there is no room, and whoever has them keeps them.
    fn keep(&self, bytes: &[u8]) -> Option<u64>;
    /// Bytes that were put there. Where they cannot be had back the spool remembers that something is lost, and nothing that is
    /// made from then on counts.
    fn bytes(&self, at: u64, len: usize) -> Option<Vec<u8>>;
}

/// Bytes at hand, or put away.
#[derive(Debug)]
pub enum Bytes {
    /// In memory.
    Here(Vec<u8>),
    /// Where they are, and how many.
    Away(Arc<dyn Spool>, u64, u32),
}

impl Bytes {
    /// The bytes.
    ///
    /// # Errors
    /// Where what was put away cannot be had back.
    pub fn get(&self) -> io::Result<Cow<'_, [u8]>> {
        match self {
            Bytes::Here(bytes) => Ok(Cow::Borrowed(bytes)),
            Bytes::Away(spool, at, len) => {
                let bytes = spool.bytes(*at, *len as usize);
                bytes.map(Cow::Owned).ok_or_else(|| io::Error::other("lost outside memory"))
            }
        }
    }

    /// How many they are.
    pub fn len(&self) -> usize {
        match self {
            Bytes::Here(bytes) => bytes.len(),
            Bytes::Away(.., len) => *len as usize,
        }
    }

    /// Whether they are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Puts them away; where there is no room they stay.
    pub fn put_away(&mut self, spool: &Arc<dyn Spool>) {
        if let Bytes::Here(bytes) = self
            && let Ok(len) = u32::try_from(bytes.len())
            && let Some(at) = spool.keep(bytes)
        {
            *self = Bytes::Away(Arc::clone(spool), at, len);
        }
    }
}

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.get().map_err(serde::ser::Error::custom)?)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde_bytes::deserialize(deserializer).map(Bytes::Here)
    }
}
