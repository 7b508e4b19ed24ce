//! What befalls words when they are typed or read by machines, and an index of what is left of them.

/// What befell words, by what the characters that are left are like: the first three by a hash, the next two as they are.
#[derive(Debug)]
pub struct Index {
    /// Whether anything has such a hash: a bit each.
    bits: Vec<u64>,
    /// For each 64 hashes: how many before them anything has.
    before: Vec<u32>,
    /// For each hash that anything has: where in `accidents` its own begin.
    starts: Vec<u32>,
    /// In the order of their hashes, each with what its fourth and fifth character are like; 0 where there is none.
    accidents: Vec<([u16; 2], Accident)>,
}

/// What the first five characters are like that are left of a word; 0 where there is none.
pub type Likeness = [u16; 5];

impl Index {
    /// Hashes are below this.
    const HASHES: u32 = 1 << 18;

    /// Enters accidents with what is left.
    pub fn new(all: impl Iterator<Item = (Accident, Likeness)>) -> Self {
        let entry = |(accident, [a, b, c, d, e]): (Accident, Likeness)| (Index::hash([a, b, c]), [d, e], accident);
        let mut accidents: Vec<(u32, [u16; 2], Accident)> = all.map(entry).collect();
        accidents.sort_by_key(|(hash, _, a)| (*hash, a.word, a.at));
        let mut bits = vec![0u64; (Index::HASHES / 64) as usize];
        let mut starts = Vec::new();
        for (at, (hash, ..)) in accidents.iter().enumerate() {
            let (word, bit) = ((hash / 64) as usize, 1 << (hash % 64));
            if bits[word] & bit == 0 {
                bits[word] |= bit;
                starts.push(at as u32);
            }
        }
        starts.push(accidents.len() as u32);
        let sum = |sum: &mut u32, bits: &u64| Some(std::mem::replace(sum, *sum + bits.count_ones()));
        let before = bits.iter().scan(0, sum).collect();
        Index { bits, before, starts, accidents: accidents.into_iter().map(|(_, next, a)| (next, a)).collect() }
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

    /// The accidents that may leave what is like this; each must be looked at again.
    pub fn of(&self, [a, b, c, d, e]: Likeness) -> impl Iterator<Item = &Accident> {
        let hash = Index::hash([a, b, c]);
        let (bits, bit) = (self.bits[(hash / 64) as usize], 1u64 << (hash % 64));
        let rank = self.before[(hash / 64) as usize] + (bits & (bit - 1)).count_ones();
        let border = |rank: u32| self.starts.get(rank as usize).map_or(0, |at| *at as usize);
        let own = if bits & bit == 0 { 0..0 } else { border(rank)..border(rank + 1) };
        let goes_on = move |next: &[u16; 2]| (next[0] == 0 || next[0] == d) && (next[1] == 0 || next[1] == e);
        self.accidents[own].iter().filter(move |(next, _)| goes_on(next)).map(|(_, accident)| accident)
    }
}

/// What befell a word.
#[derive(Debug, Clone, Copy)]
pub struct Accident {
    /// The word.
    pub word: u32,
    /// The character that it befell.
    pub at: u16,
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
