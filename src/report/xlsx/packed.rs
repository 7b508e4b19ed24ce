//! Deflated text in pieces (RFC 1951): each piece ends on a byte, so that pieces are made side by side and joined.

use crate::model::spool::{Bytes, Spool};
use crc32fast::Hasher;
use flate2::{Compress, Compression, FlushCompress, Status};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::slice::Chunks;
use std::sync::Arc;

/// How hard texts are compressed, 1 to 9.
const LEVEL: u32 = 4;

thread_local! {
    // It takes more room than what it packs, and is made once a thread.
    static DEFLATER: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(LEVEL), false));
}

/// A deflated text that more can be added to.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Packed {
    /// The deflated bytes, piece by piece: one stretch that grows would be copied again and again, and twice as large in the end.
    pub pieces: Vec<Bytes>,
    /// CRC-32 of the text.
    pub crc: u32,
    /// Length of the text in bytes.
    pub len: u64,
}

impl Packed {
    /// Adds texts, each packed by itself, in their order.
    pub fn add<T: AsRef<[u8]> + Sync>(&mut self, texts: &[T]) {
        let packed: Vec<Packed> = texts.par_iter().map(|text| Packed::of(text.as_ref(), FlushCompress::Sync)).collect();
        packed.into_iter().for_each(|piece| self.join(piece));
    }

    /// Adds the texts that are made of some things, a few side by side, so that few stand in memory at a time.
    pub fn make<T: Sync>(&mut self, of: Chunks<'_, T>, text: impl Fn(&[T]) -> String + Sync) {
        let chunks: Vec<&[T]> = of.collect();
        for few in chunks.chunks(rayon::current_num_threads()) {
            let texts: Vec<String> = few.par_iter().map(|things| text(things)).collect();
            self.add(&texts);
        }
    }

    /// Joins what was packed elsewhere.
    pub fn join(&mut self, piece: Packed) {
        self.pieces.extend(piece.pieces);
        let mut crc = Hasher::new_with_initial_len(self.crc, self.len);
        crc.combine(&Hasher::new_with_initial_len(piece.crc, piece.len));
        (self.crc, self.len) = (crc.finalize(), self.len + piece.len);
    }

    /// Packs a last text and ends the stream.
    pub fn end(&mut self, text: &[u8]) {
        self.join(Packed::of(text, FlushCompress::Finish));
    }

    /// Lets the deflated bytes wait outside memory.
    pub fn put_away(&mut self, spool: &Arc<dyn Spool>) {
        self.pieces.iter_mut().for_each(|piece| piece.put_away(spool));
    }

    /// Length of the deflated bytes.
    pub fn size(&self) -> usize {
        self.pieces.iter().map(Bytes::len).sum()
    }

    fn of(text: &[u8], flush: FlushCompress) -> Packed {
        DEFLATER.with_borrow_mut(|deflater| Packed::by(deflater, text, flush))
    }

    fn by(deflater: &mut Compress, text: &[u8], flush: FlushCompress) -> Packed {
        deflater.reset();
        let mut bytes = Vec::with_capacity(text.len() / 4 + 64);
        loop {
            let done = usize::try_from(deflater.total_in()).unwrap_or(usize::MAX);
            let rest = text.get(done..).unwrap_or_default();
            // A compressor that is given room and input has nothing to complain of.
            let status = deflater.compress_vec(rest, &mut bytes, flush).unwrap_or(Status::StreamEnd);
            let all = deflater.total_in() as usize >= text.len();
            let over = match flush {
                FlushCompress::Finish => status == Status::StreamEnd,
                // Room that is left over says that the flush is complete.
                _ => all && bytes.len() < bytes.capacity(),
            };
            if over {
                bytes.shrink_to_fit();
                let pieces = vec![Bytes::Here(bytes)];
                return Packed { pieces, crc: crc32fast::hash(text), len: text.len() as u64 };
            }
            bytes.reserve(bytes.capacity().max(64));
        }
    }
}

/// Bytes of text that are packed at a time.
const CHUNK: usize = 256 << 10;

/// A text that is packed while it is written.
#[derive(Debug, Default)]
pub struct Growing {
    /// What is written and not packed yet.
    pub text: String,
    waiting: Vec<String>,
    packed: Packed,
    spool: Option<Arc<dyn Spool>>,
}

impl Growing {
    /// One whose packed pieces wait in a spool, where there is one.
    pub fn over(spool: Option<Arc<dyn Spool>>) -> Self {
        Growing { spool, ..Growing::default() }
    }

    /// Packs what is much by now; a few pieces side by side.
    pub fn turn(&mut self) {
        if self.text.len() >= CHUNK {
            self.waiting.push(std::mem::take(&mut self.text));
            if self.waiting.len() >= rayon::current_num_threads() {
                self.pack();
            }
        }
    }

    /// All of it, packed.
    pub fn finish(mut self) -> Packed {
        self.waiting.push(std::mem::take(&mut self.text));
        self.pack();
        self.packed
    }

    fn pack(&mut self) {
        let mut packed = Packed::default();
        packed.add(&std::mem::take(&mut self.waiting));
        if let Some(spool) = &self.spool {
            packed.put_away(spool);
        }
        self.packed.join(packed);
    }
}

#[cfg(test)]
impl Packed {
    /// The deflated bytes in one stretch.
    pub fn bytes(&self) -> Vec<u8> {
        self.pieces.iter().flat_map(|piece| piece.get().unwrap().into_owned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn pieces_make_one_text() {
        let texts: Vec<String> = (0..50).map(|n| format!("第{n}行，{}", "收齐".repeat(n * 97))).collect();
        let mut packed = Packed::default();
        packed.add(&texts);
        packed.add(&[String::new()]);
        packed.end("完".as_bytes());
        let mut text = String::new();
        assert_eq!(packed.size(), packed.bytes().len());
        flate2::read::DeflateDecoder::new(packed.bytes().as_slice()).read_to_string(&mut text).unwrap();
        assert_eq!(text, format!("{}完", texts.concat()));
        assert_eq!((packed.crc, packed.len), (crc32fast::hash(text.as_bytes()), text.len() as u64));
    }
}
