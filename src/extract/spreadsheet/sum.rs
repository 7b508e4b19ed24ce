//! What a sum comes to that was never calculated: programs that make workbooks leave it to Excel, which a person then sees
//! it in. Sums, differences and numbers of the own sheet only; whatever else a formula asks for is not guessed.

use std::collections::{BTreeMap, BTreeSet};

/// A cell, row and column from 0.
pub type At = (u32, u32);

/// The results of formulas (without `=`) that only add up; cells that are not in `numbers` are empty or words, which Excel's
/// SUM passes over. A formula that rests on one without a result has none either.
pub fn results(formulas: &[(At, String)], mut numbers: BTreeMap<At, f64>) -> BTreeMap<At, f64> {
    let mut open: BTreeMap<At, &str> = formulas.iter().map(|(at, formula)| (*at, formula.as_str())).collect();
    let mut found = BTreeMap::new();
    loop {
        let waiting: BTreeSet<At> = open.keys().copied().collect();
        let sheet = Sheet { numbers: &numbers, waiting: &waiting };
        let now: Vec<(At, f64)> = open.iter().filter_map(|(at, f)| Some((*at, Sum::of(f, &sheet)?))).collect();
        if now.is_empty() {
            return found;
        }
        for (at, n) in now {
            open.remove(&at);
            numbers.insert(at, n);
            found.insert(at, n);
        }
    }
}

struct Sheet<'s> {
    numbers: &'s BTreeMap<At, f64>,
    waiting: &'s BTreeSet<At>,
}

impl Sheet<'_> {
    /// The sum of a block; none where one of its cells has no result yet.
    fn sum(&self, (top, left): At, (bottom, right): At) -> Option<f64> {
        let is_within = |(row, column): &At| (top..=bottom).contains(row) && (left..=right).contains(column);
        let rows = (top, 0)..=(bottom, u32::MAX);
        let ends = top <= bottom && left <= right;
        (ends && !self.waiting.range(rows.clone()).any(is_within))
            .then(|| self.numbers.range(rows).filter(|(at, _)| is_within(at)).map(|(_, n)| n).sum())
    }
}

/// Reads a formula from left to right.
struct Sum<'f, 's> {
    rest: &'f str,
    sheet: &'s Sheet<'s>,
}

impl<'f, 's> Sum<'f, 's> {
    fn of(formula: &'f str, sheet: &'s Sheet<'s>) -> Option<f64> {
        let mut sum = Sum { rest: formula.trim(), sheet };
        let n = sum.terms()?;
        sum.rest.is_empty().then_some(n).filter(|n| n.is_finite())
    }

    fn terms(&mut self) -> Option<f64> {
        let mut n = self.term()?;
        loop {
            n = match self.rest.chars().next() {
                Some('+') => n + self.after(1)?.term()?,
                Some('-') => n - self.after(1)?.term()?,
                _ => return Some(n),
            };
        }
    }

    fn term(&mut self) -> Option<f64> {
        let is_sum = self.rest.get(..4).is_some_and(|f| f.eq_ignore_ascii_case("SUM("));
        if is_sum {
            self.after(4)?;
            let mut n = self.part()?;
            while self.rest.starts_with(',') {
                n += self.after(1)?.part()?;
            }
            return self.rest.starts_with(')').then(|| self.after(1))?.map(|_| n);
        }
        let digits = self.rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(self.rest.len());
        if digits > 0 {
            let n = self.rest.get(..digits)?.parse().ok()?;
            self.after(digits)?;
            return Some(n);
        }
        let at = self.cell()?;
        self.sheet.sum(at, at)
    }

    /// A block, or anything that a term may be.
    fn part(&mut self) -> Option<f64> {
        let whole = self.rest;
        if let Some(from) = self.cell()
            && self.rest.starts_with(':')
        {
            let to = self.after(1)?.cell()?;
            return self.sheet.sum(from, to);
        }
        self.rest = whole;
        self.terms()
    }

    /// `B7`, `$B$7`.
    fn cell(&mut self) -> Option<At> {
        let mut at = self.rest;
        let mut next = |is: fn(char) -> bool| {
            at = at.strip_prefix('$').unwrap_or(at);
            let end = at.find(|c| !is(c)).unwrap_or(at.len());
            let (part, rest) = at.split_at(end);
            at = rest;
            part
        };
        let letters = next(|c| c.is_ascii_alphabetic());
        let digits = next(|c| c.is_ascii_digit());
        let column = letters
            .bytes()
            .try_fold(0u32, |n, b| n.checked_mul(26)?.checked_add(u32::from(b.to_ascii_uppercase() - b'A') + 1))?;
        let row: u32 = digits.parse().ok()?;
        self.rest = at;
        Some((row.checked_sub(1)?, column.checked_sub(1)?))
    }

    fn after(&mut self, bytes: usize) -> Option<&mut Self> {
        self.rest = self.rest.get(bytes..)?.trim_start();
        Some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result(formulas: &[(At, &str)]) -> Vec<f64> {
        let numbers = BTreeMap::from([((4, 3), 10.0), ((5, 3), 2.5), ((5, 4), 100.0), ((7, 3), 1.0)]);
        let formulas: Vec<(At, String)> = formulas.iter().map(|(at, f)| (*at, f.to_string())).collect();
        results(&formulas, numbers).into_values().collect()
    }

    #[test]
    fn what_only_adds_up_is_added_up() {
        assert_eq!(result(&[((8, 3), "SUM(D5:D8)")]), [13.5]);
        assert_eq!(result(&[((8, 3), "sum($D$5:$E$6, D8) - 1.5 + d5")]), [122.0]);
        assert_eq!(result(&[((8, 3), "D5+D6")]), [12.5]);
        assert_eq!(result(&[((8, 3), "SUM(D5:D8)"), ((9, 3), "SUM(D9,D5)")]), [13.5, 23.5]);
    }

    #[test]
    fn nothing_else_is_guessed() {
        for formula in [
            "SUM(Sheet2!D5:D8)",
            "AVERAGE(D5:D8)",
            "D5*2",
            "SUM(D5:D9)",
            "IF(D5>1,2,3)",
            "SUM(D5:D8",
            "",
            "D",
            "A0",
            "SUM()",
        ] {
            assert_eq!(result(&[((8, 3), formula)]), [0.0; 0], "{formula}");
        }
    }
}
