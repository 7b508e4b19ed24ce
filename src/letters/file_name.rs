//! A school's name as part of a file's name, on every system.

/// The longest name that is kept, in characters: paths on Windows are short.
const LONGEST: usize = 60;

/// The name without what Windows, Linux or macOS refuse in a file's name.
pub fn safe(name: &str) -> String {
    let fits = |c: char| if c.is_control() || "/\\:*?\"<>|".contains(c) { '＿' } else { c };
    let kept: String = name.trim().chars().map(fits).take(LONGEST).collect();
    let kept = kept.trim_end_matches(['.', ' ']);
    if kept.is_empty() { "＿".to_string() } else { kept.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_makes_a_file_on_every_system() {
        assert_eq!(safe("澄水县第一/第二小学:东区 "), "澄水县第一＿第二小学＿东区");
        assert_eq!(safe("..."), "＿");
        assert_eq!(safe(&"长".repeat(200)).chars().count(), LONGEST);
    }
}
