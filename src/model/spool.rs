//! What is needed again but not now waits outside memory.

use std::fmt::Debug;

/// A place outside memory.
pub trait Spool: Debug + Send + Sync {
    /// Puts bytes there, and says where they are; nothing where there is no room, and whoever has them keeps them.
    fn keep(&self, bytes: &[u8]) -> Option<u64>;
    /// Bytes that were put there. Where they cannot be had back the spool remembers that something is lost, and nothing that is
    /// made from then on counts.
    fn bytes(&self, at: u64, len: usize) -> Option<Vec<u8>>;
}
