//! Where a cell stands, as the format writes it (ECMA-376 part 1, 18.18.7 `ST_CellRef`).

/// Where a cell stands, as the format names it: A1.
pub fn place(row: u32, column: u16) -> String {
    let mut name = String::new();
    put_place(&mut name, row, column);
    name
}

/// Writes where a cell stands.
pub fn put_place(out: &mut String, row: u32, column: u16) {
    let mut letters = [0u8; 4];
    let (mut at, mut rest) = (letters.len(), u32::from(column) + 1);
    while rest > 0 && at > 0 {
        at -= 1;
        letters[at] = b'A' + ((rest - 1) % 26) as u8;
        rest = (rest - 1) / 26;
    }
    out.extend(letters.iter().skip(at).map(|l| char::from(*l)));
    put_number(out, row + 1);
}

/// Writes a whole number, as every cell has two of them.
pub fn put_number(out: &mut String, n: u32) {
    if n >= 10 {
        put_number(out, n / 10);
    }
    out.push(char::from(b'0' + (n % 10) as u8));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_called_by_their_letters() {
        let names = [(0, 0), (1, 25), (2, 26), (9, 701), (9, 702)].map(|(row, column)| place(row, column));
        assert_eq!(names, ["A1", "Z2", "AA3", "ZZ10", "AAA10"]);
    }
}
