//! Which characters may come next, told roughly and at once: what something may begin with, and classes of characters.

use regex_syntax::hir::ClassUnicode;

/// The most characters that a class names, or leaves out, one by one.
const FEW: usize = 48;

/// Characters, some of them told apart: more may be in it than were put there, and never fewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rough([u64; 4]);

/// How something may begin, together with what comes after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lead {
    /// Its first characters.
    pub first: Rough,
    /// Those after the first.
    pub second: Rough,
}

/// What stands some characters behind the beginning of every match.
#[derive(Debug)]
pub struct Ahead {
    /// How it, together with what comes after it, begins.
    pub lead: Lead,
    /// The fewest characters before it.
    pub min: usize,
    /// The most characters before it.
    pub max: usize,
    /// The fewest characters from there to the end of a match.
    pub least: usize,
}

/// How one of several ways begins.
#[derive(Debug)]
pub enum Begin {
    /// With these two characters.
    With([char; 2]),
    /// Roughly so.
    Like(Box<Lead>),
}

/// A class of characters.
#[derive(Debug)]
pub enum Chars {
    /// A few characters.
    Few(Rough, Box<[char]>),
    /// All but a few.
    AllBut(Rough, Box<[char]>),
    /// Any other.
    Ranges(ClassUnicode),
}

impl Rough {
    /// No character.
    pub const NONE: Rough = Rough([0; 4]);
    /// Any character.
    pub const ANY: Rough = Rough([u64::MAX; 4]);

    /// Some characters.
    pub fn of(chars: impl IntoIterator<Item = char>) -> Self {
        chars.into_iter().fold(Rough::NONE, |mut all, c| {
            let (at, bit) = Rough::place(c);
            all.0[at] |= bit;
            all
        })
    }

    /// Characters of a script stand side by side: their last bits tell most of them apart.
    #[inline]
    fn place(c: char) -> (usize, u64) {
        (c as usize >> 6 & 3, 1 << (c as u32 & 63))
    }

    /// What is in either.
    pub fn or(self, other: Rough) -> Self {
        Rough(std::array::from_fn(|at| self.0[at] | other.0[at]))
    }

    /// Whether a character may be in it.
    #[inline]
    pub fn has(&self, c: char) -> bool {
        let (at, bit) = Rough::place(c);
        self.0[at] & bit != 0
    }

    /// Whether a character is in it, or the text ends.
    #[inline]
    pub fn may_be(&self, next: Option<&char>) -> bool {
        next.is_none_or(|c| self.has(*c))
    }
}

impl Lead {
    /// It begins with nothing, as the end of a text does.
    pub const NONE: Lead = Lead { first: Rough::NONE, second: Rough::NONE };
    /// It begins with anything.
    pub const ANY: Lead = Lead { first: Rough::ANY, second: Rough::ANY };

    /// How one of some characters begins that this comes after.
    pub fn after(self, chars: Rough) -> Self {
        Lead { first: chars, second: self.first }
    }

    /// How either begins.
    pub fn or(self, other: Lead) -> Self {
        Lead { first: self.first.or(other.first), second: self.second.or(other.second) }
    }

    /// Whether something that begins so may begin with two characters, as far as the text has any.
    #[inline]
    pub fn may_be(&self, first: Option<&char>, second: Option<&char>) -> bool {
        self.first.may_be(first) && self.second.may_be(second)
    }

    /// How much it tells: how many pairs of characters it rules out.
    pub fn worth(&self) -> u32 {
        let pairs = |of: &Rough| of.0.iter().map(|bits| bits.count_ones()).sum::<u32>();
        u32::MAX - pairs(&self.first) * pairs(&self.second)
    }
}

impl Ahead {
    /// The first place from `at` on where a match may begin; `seen` is how far the text has been looked through.
    #[inline]
    pub fn next_start(&self, text: &[char], at: usize, seen: &mut usize) -> Option<usize> {
        let last = text.len().checked_sub(self.least)?;
        let from = (*seen).max(at + self.min);
        let stands = |place: &usize| self.lead.may_be(text.get(*place), text.get(*place + 1));
        *seen = (from..=last).find(stands)?;
        Some(at.max(seen.saturating_sub(self.max)))
    }
}

impl Begin {
    /// Whether something that begins so may begin with two characters, as far as the text has any.
    #[inline]
    pub fn may_be(&self, first: Option<&char>, second: Option<&char>) -> bool {
        match self {
            Begin::With([one, two]) => first == Some(one) && second == Some(two),
            Begin::Like(lead) => lead.may_be(first, second),
        }
    }
}

impl Chars {
    /// Takes over a class of an expression.
    pub fn new(class: &ClassUnicode) -> Self {
        let few = |class: &ClassUnicode| {
            let ranges = || class.iter().map(|r| r.start()..=r.end());
            let is_few = ranges().map(|r| r.size_hint().0).fold(0, usize::saturating_add) <= FEW;
            is_few.then(|| ranges().flatten().collect::<Box<[char]>>())
        };
        let mut others = class.clone();
        others.negate();
        match (few(class), few(&others)) {
            (Some(chars), _) => Chars::Few(Rough::of(chars.iter().copied()), chars),
            (None, Some(chars)) => Chars::AllBut(Rough::of(chars.iter().copied()), chars),
            (None, None) => Chars::Ranges(class.clone()),
        }
    }

    /// Its characters, roughly.
    pub fn some(&self) -> Rough {
        match self {
            Chars::Few(some, _) => *some,
            _ => Rough::ANY,
        }
    }

    /// Whether a character is in it.
    #[inline]
    pub fn has(&self, c: char) -> bool {
        match self {
            Chars::Few(some, chars) => some.has(c) && chars.contains(&c),
            Chars::AllBut(some, chars) => !some.has(c) || !chars.contains(&c),
            Chars::Ranges(class) => {
                let at = class.ranges().partition_point(|r| r.end() < c);
                class.ranges().get(at).is_some_and(|r| r.start() <= c)
            }
        }
    }
}
