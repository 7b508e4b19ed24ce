//! What normalising takes, character by character: most have one form and need no more; the table says which.

use crate::detect::glyph::{is_blank, is_invisible, spell};
use crate::detect::pinyin;
use crate::detect::settle::is_confused;
use std::sync::OnceLock;

/// What normalising a character takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// It has one form and nothing else to it.
    Plain,
    /// One form, which its neighbours may show to stand for another character (`settle`).
    Doubtful,
    /// One form, an opening bracket: pinyin may follow.
    Bracket,
    /// It only sets others apart.
    Blank,
    /// Anything else: several forms or none, letters of pinyin, the end of a line.
    Other,
}

/// The class of a character, and its form.
pub fn class_of(c: char) -> (Class, char) {
    classes()(c)
}

/// Gives the class of a character and its form, for texts of many characters.
pub fn classes() -> impl Fn(char) -> (Class, char) {
    /// Characters of the basic plane.
    const PLANE: u32 = 0x1_0000;
    static CLASSES: OnceLock<Vec<(Class, u16)>> = OnceLock::new();
    let classes = CLASSES.get_or_init(|| {
        let of = |n: u32| {
            char::from_u32(n).map_or((Class::Other, 0), |c| {
                let (class, form) = classified(c);
                (class, u32::from(form) as u16)
            })
        };
        (0..PLANE).map(of).collect()
    });
    |c| match classes.get(c as usize) {
        Some(&(class, form)) if class != Class::Other => (class, char::from_u32(u32::from(form)).unwrap_or(c)),
        _ => (Class::Other, c),
    }
}

fn classified(c: char) -> (Class, char) {
    let (mut form, mut forms) = (c, 0);
    spell(c, |f| (form, forms) = (f, forms + 1));
    if forms != 1 || is_invisible(c) {
        return (Class::Other, c);
    }
    let class = match form {
        '\n' => Class::Other,
        _ if is_blank(form) => Class::Blank,
        '(' | '[' => Class::Bracket,
        // Letters that look like digits; letters with tones below.
        'O' | 'o' | 'l' | 'I' => Class::Other,
        _ if is_confused(form) => Class::Doubtful,
        _ if form > '\u{7f}' && pinyin::is_part(form) => Class::Other,
        _ => Class::Plain,
    };
    if u32::from(form) > 0xffff { (Class::Other, c) } else { (class, form) }
}
