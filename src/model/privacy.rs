//! Personal data are masked before they leave the house.

use regex::Regex;
use std::borrow::Cow;
use std::sync::OnceLock;

/// Masks ID numbers, bank accounts and mobile phones: `6105**********1234`. Everything else stays as it is.
pub fn mask(text: &str) -> Cow<'_, str> {
    static NUMBERS: OnceLock<Option<Regex>> = OnceLock::new();
    let numbers = NUMBERS.get_or_init(|| Regex::new(r"\d{15,19}[\dXx]?|1[3-9]\d{9}").ok());
    let Some(numbers) = numbers else { return Cow::Borrowed(text) };
    numbers.replace_all(text, |c: &regex::Captures<'_>| {
        let digits = &c[0];
        let keep = if digits.len() > 11 { 4 } else { 3 };
        let tail = 4;
        format!("{}{}{}", &digits[..keep], "*".repeat(digits.len() - keep - tail), &digits[digits.len() - tail..])
    })
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn numbers_of_persons_are_masked_and_others_are_not() {
        assert_eq!(mask("身份证610524201001011234,电话13912345678"), "身份证6105**********1234,电话139****5678");
        assert_eq!(mask("发放宣传单2000份,2020年10月17日"), "发放宣传单2000份,2020年10月17日");
    }
}
