//! The passwords of the list, tried on one member of an archive after the other: an office packs what schools sent it, each with
//! a password of its own.

use crate::model::limits::WRONG_PASSWORDS;

/// Which passwords to try next on the members of one archive.
pub struct Tries<'b> {
    passwords: Vec<&'b str>,
    /// How many of these, the first, have opened a member.
    known: usize,
    /// Wrong ones that may still be tried: each costs the making of a key.
    left: usize,
}

impl<'b> Tries<'b> {
    /// None tried yet.
    pub fn new(passwords: &'b [String]) -> Self {
        Tries { passwords: passwords.iter().map(String::as_str).collect(), known: 0, left: WRONG_PASSWORDS }
    }

    /// The password that opens a member, those first that opened one before. Where too many were wrong, no others are tried.
    pub fn find(&mut self, mut opens: impl FnMut(&'b str) -> bool) -> Option<&'b str> {
        for at in 0..self.passwords.len() {
            if at >= self.known && self.left == 0 {
                return None;
            }
            let password = *self.passwords.get(at)?;
            if opens(password) {
                if at >= self.known {
                    self.passwords.swap(at, self.known);
                    self.known += 1;
                }
                return Some(password);
            }
            self.left = self.left.saturating_sub(1);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_opened_before_is_tried_first_and_wrong_ones_have_an_end() {
        let list: Vec<String> = (0..50).map(|n| n.to_string()).collect();
        let mut tries = Tries::new(&list);
        let mut asked = Vec::new();
        assert_eq!(tries.find(|p| p == "7"), Some("7"));
        assert_eq!(tries.find(|p| p == "9"), Some("9"));
        tries.find(|p| {
            asked.push(p);
            p == "9"
        });
        assert_eq!(asked, ["7", "9"]);
        let mut wrong = 0;
        for _ in 0..WRONG_PASSWORDS {
            tries.find(|_| {
                wrong += 1;
                false
            });
        }
        assert!(wrong < WRONG_PASSWORDS * 3, "{wrong}");
        assert_eq!(tries.find(|p| p == "9"), Some("9"));
        assert_eq!(tries.find(|p| p == "11"), None);
    }
}
