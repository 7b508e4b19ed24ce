//! The tokens of RTF (Word 2007 RTF specification 1.9.1, "RTF syntax").

/// A token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// A control word and its number.
    Word(&'a str, Option<i32>),
    /// A control symbol: `\~`, `\*`.
    Symbol(u8),
    /// `\'hh`
    Hex(u8),
    /// Plain bytes.
    Text(&'a [u8]),
    /// The bytes of `\bin`.
    Binary(&'a [u8]),
}

/// Cuts bytes into tokens. Never fails: what is no token is text.
#[derive(Debug)]
pub struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Whether plain bytes may be the halves of double-byte characters, whose second half can look like a brace.
    pub double_bytes: bool,
}

impl<'a> Tokens<'a> {
    /// The tokens of a file.
    pub fn new(bytes: &'a [u8]) -> Self {
        Tokens { bytes, at: 0, double_bytes: false }
    }

    /// What has not been cut yet.
    pub fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take(&mut self, len: usize) -> &'a [u8] {
        let end = self.at.saturating_add(len).min(self.bytes.len());
        let taken = self.bytes.get(self.at..end).unwrap_or_default();
        self.at = end;
        taken
    }

    fn take_while(&mut self, most: usize, of: impl Fn(u8) -> bool) -> &'a str {
        let len = self.rest().iter().take(most).take_while(|b| of(**b)).count();
        std::str::from_utf8(self.take(len)).unwrap_or_default()
    }

    fn control(&mut self) -> Token<'a> {
        match self.peek() {
            None => Token::Text(&[]),
            Some(b'\'') => {
                self.at += 1;
                let digits = self.take_while(2, |b| b.is_ascii_hexdigit());
                u8::from_str_radix(digits, 16).map_or(Token::Text(&[]), Token::Hex)
            }
            Some(b) if b.is_ascii_alphabetic() => {
                const LONGEST: usize = 32;
                let name = self.take_while(LONGEST, |b| b.is_ascii_alphabetic());
                let digits = {
                    let sign = usize::from(self.peek() == Some(b'-'));
                    let count = self.rest().iter().skip(sign).take(11).take_while(|b| b.is_ascii_digit()).count();
                    if count == 0 { &[] } else { self.take(sign + count) }
                };
                let number: Option<i64> = std::str::from_utf8(digits).ok().and_then(|d| d.parse().ok());
                if self.peek() == Some(b' ') {
                    self.at += 1;
                }
                let number = number.map(|n| i32::try_from(n).unwrap_or(0));
                match (name, number) {
                    ("bin", n) => Token::Binary(self.take(usize::try_from(n.unwrap_or(0)).unwrap_or(0))),
                    (name, number) => Token::Word(name, number),
                }
            }
            // A backslash before a line's end is a paragraph mark.
            Some(b'\r' | b'\n') => {
                self.at += 1;
                Token::Word("par", None)
            }
            Some(b) => {
                self.at += 1;
                Token::Symbol(b)
            }
        }
    }

    fn text(&mut self) -> Token<'a> {
        let start = self.at;
        while let Some(b) = self.peek() {
            match b {
                b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0 => break,
                0x81..=0xFE if self.double_bytes => self.at = (self.at + 2).min(self.bytes.len()),
                _ => self.at += 1,
            }
        }
        Token::Text(self.bytes.get(start..self.at).unwrap_or_default())
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            match self.peek()? {
                b'\r' | b'\n' | 0 => self.at += 1,
                b'{' => {
                    self.at += 1;
                    return Some(Token::Open);
                }
                b'}' => {
                    self.at += 1;
                    return Some(Token::Close);
                }
                b'\\' => {
                    self.at += 1;
                    return Some(self.control());
                }
                _ => return Some(self.text()),
            }
        }
    }
}
