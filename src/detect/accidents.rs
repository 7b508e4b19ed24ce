//! What befalls words when they are typed or read by machines, and an index of what is left of them.

/// What befell words, by what the first three characters that are left are like.
#[derive(Debug)]
pub struct Index {
    /// Whether anything has such a hash: a bit each.
    bits: Vec<u64>,
    /// In the order of their hashes.
    accidents: Vec<(u32, Accident)>,
}

impl Index {
    /// Hashes are below this.
    const HASHES: u32 = 1 << 18;

    /// Enters accidents with what their first three characters are like.
    pub fn new(all: impl Iterator<Item = (Accident, [u16; 3])>) -> Self {
        let mut accidents: Vec<(u32, Accident)> = all.map(|(accident, like)| (Index::hash(like), accident)).collect();
        accidents.sort_by_key(|(hash, a)| (*hash, a.word, a.at));
        let mut bits = vec![0u64; (Index::HASHES / 64) as usize];
        for (hash, _) in &accidents {
            bits[(hash / 64) as usize] |= 1 << (hash % 64);
        }
        Index { bits, accidents }
    }

    fn hash([a, b, c]: [u16; 3]) -> u32 {
        let three = u32::from(a) | u32::from(b) << 10 | u32::from(c) << 20;
        three.wrapping_mul(0x9e37_79b1) >> (32 - Index::HASHES.trailing_zeros())
    }

    /// Whether anything may be left that begins like this.
    pub fn has(&self, like: [u16; 3]) -> bool {
        let hash = Index::hash(like);
        self.bits[(hash / 64) as usize] & 1 << (hash % 64) != 0
    }

    /// The accidents that may leave what begins like this; each must be looked at again.
    pub fn of(&self, like: [u16; 3]) -> impl Iterator<Item = &Accident> {
        let hash = Index::hash(like);
        let from = self.accidents.partition_point(|(h, _)| *h < hash);
        self.accidents[from..].iter().take_while(move |(h, _)| *h == hash).map(|(_, accident)| accident)
    }
}

/// What befell a word.
#[derive(Debug, Clone, Copy)]
pub struct Accident {
    /// The word.
    pub word: usize,
    /// The character that it befell.
    pub at: usize,
    /// What befell it.
    pub kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Something else stands in its place.
    Replaced,
    /// It is not there.
    Lost,
    /// It is there twice.
    Doubled,
}
