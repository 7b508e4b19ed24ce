//! The passwords that an office was told, to be tried on files under one. They are never shown: no message, sheet, log or
//! digest has them.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Passwords in the order in which they are tried.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Passwords(Vec<String>);

impl Passwords {
    /// One a line; empty lines and repetitions are left out. A password may begin or end with a blank: only the line's end
    /// is taken off.
    pub fn of_lines(text: &str) -> Self {
        let mut all: Vec<String> = Vec::new();
        for line in text.trim_start_matches('\u{feff}').lines() {
            if !line.trim().is_empty() && !all.iter().any(|known| known == line) {
                all.push(line.to_string());
            }
        }
        Passwords(all)
    }

    /// All of them, for the rooms that open files.
    pub fn all(&self) -> &[String] {
        &self.0
    }
}

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passwords", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_a_line_and_none_of_them_shown() {
        let passwords = Passwords::of_lines("\u{feff}lc2020\r\n\r\n 密码 1\nlc2020\n");
        assert_eq!(passwords.all(), ["lc2020", " 密码 1"]);
        assert_eq!(format!("{passwords:?}"), "2 passwords");
    }
}
