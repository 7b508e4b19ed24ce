//! Running text of a page: white space as a browser shows it, and the numbers of list items.

/// Stands for `<br>` in raw text until the paragraph ends.
pub const BREAK: char = '\u{b}';

/// The text as shown: runs of white space are one space, a source line break between Chinese characters is none, and
/// [`BREAK`] is a line break.
pub fn shown(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let (mut space, mut wrapped) = (false, false);
    for c in raw.chars() {
        if c == BREAK {
            (space, wrapped) = (false, false);
            out.push('\n');
        } else if c.is_ascii_whitespace() || c == '\u{a0}' {
            space = true;
            wrapped |= c == '\n';
        } else if c != '\u{feff}' && c != '\u{200b}' && !c.is_control() {
            let before = out.chars().next_back();
            // Exporters wrap their lines anywhere; Chinese has no spaces between words to lose.
            let swallowed = wrapped && (is_wide(c) || before.is_some_and(is_wide));
            if space && !swallowed && before.is_some_and(|b| b != '\n') {
                out.push(' ');
            }
            (space, wrapped) = (false, false);
            out.push(c);
        }
    }
    out.trim_matches(['\n', ' ', '\u{3000}']).to_string()
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}')
}

/// A list and the number that its next item carries.
#[derive(Debug)]
pub struct List {
    /// The `type` of an ordered list (`1`, `a`, `A`, `i`, `I`); None where items carry no number.
    pub kind: Option<char>,
    /// The next item's number.
    pub next: i64,
}

impl List {
    /// What stands before the next item, and counts on.
    pub fn mark(&mut self, value: Option<i64>) -> String {
        let Some(kind) = self.kind else {
            return String::new();
        };
        let number = value.unwrap_or(self.next);
        self.next = number.saturating_add(1);
        let text = match kind {
            'a' | 'A' if (1..=26).contains(&number) => {
                let letter = char::from(b'a' + (number - 1) as u8);
                if kind == 'A' { letter.to_ascii_uppercase() } else { letter }.to_string()
            }
            'i' if (1..=39).contains(&number) => roman(number),
            'I' if (1..=39).contains(&number) => roman(number).to_ascii_uppercase(),
            _ => number.to_string(),
        };
        format!("{text}. ")
    }
}

fn roman(mut number: i64) -> String {
    let mut out = String::new();
    for (value, letters) in [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")] {
        while number >= value {
            out.push_str(letters);
            number -= value;
        }
    }
    out
}
