//! The check of a row of 待核清单: what the row is about and what it showed, sealed.
//!
//! It stands in a hidden column to the right of everything that people type. There it goes with the yellow columns when
//! only these are sorted, while the number at the left stays: the two then disagree, and the row is refused instead of being
//! taken for another school's. It is hidden because it says nothing to a person, and it does not stand among the yellow
//! columns because a block that is pasted over them would overwrite it.

use crate::model::ruling::Typed;
use sha2::{Digest, Sha256};

/// What a check says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Check {
    /// Id of the flag.
    pub flag: String,
    /// Fingerprint of what the machine said.
    pub fingerprint: String,
    /// Number of the last record of the journal about the flag, 0 for none.
    pub base: u32,
    /// Seal of what stood in the human columns when the row was written.
    pub written: String,
    /// The word of the flag's kind.
    pub kind: String,
    /// Id of the item, empty for none.
    pub item: String,
    /// Code of the school, empty for none.
    pub school: String,
}

/// What parts the fields; no id and no code holds it.
const BAR: char = '|';

impl Check {
    /// The text of the cell. `shown` is what the row says of school and item in words: a row whose words went elsewhere
    /// does not fit its check.
    pub fn text(&self, campaign: &str, shown: &[&str]) -> String {
        let fields = self.fields();
        format!("{}{BAR}{}", fields.join("|"), seal(campaign, &fields, shown))
    }

    /// Reads a cell back, whether or not it fits its row. `None` where it is no check.
    pub fn read(text: &str) -> Option<Check> {
        let (fields, _) = text.trim().rsplit_once(BAR)?;
        let fields: Vec<String> = fields.split(BAR).map(str::to_string).collect();
        let [flag, fingerprint, base, written, kind, item, school] = <[String; 7]>::try_from(fields).ok()?;
        Some(Check { flag, fingerprint, base: base.parse().ok()?, written, kind, item, school })
    }

    /// Whether the cell is this check as it was written, for a row with these words.
    pub fn fits(&self, text: &str, campaign: &str, shown: &[&str]) -> bool {
        self.text(campaign, shown) == text.trim()
    }

    fn fields(&self) -> Vec<String> {
        let base = self.base.to_string();
        let fields = [&self.flag, &self.fingerprint, &base, &self.written, &self.kind, &self.item, &self.school];
        fields.map(|f| f.replace(BAR, "/")).into()
    }
}

/// Seal of what stands in the human columns; white space, which programs change when they save, counts for nothing.
pub fn seal_of(typed: &Typed) -> String {
    if typed.is_empty() { String::new() } else { hash(typed.cells().into_iter()) }
}

fn seal(campaign: &str, fields: &[String], shown: &[&str]) -> String {
    hash(std::iter::once(campaign).chain(fields.iter().map(String::as_str)).chain(shown.iter().copied()))
}

/// The first bytes of the SHA-256 of the parts.
fn hash<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        let visible: String = part.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        hash.update(visible.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(4).map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_is_read_back_and_fits_only_its_own_row() {
        let check = Check {
            flag: "F-1a2b3c4d".into(),
            fingerprint: "0011".into(),
            base: 12,
            written: seal_of(&Typed::default()),
            kind: "missing".into(),
            item: "meeting".into(),
            school: "6105000001".into(),
        };
        let shown = ["龙池镇中心校", "专题会议（活动 1）"];
        let text = check.text("chengshui-2020", &shown);
        assert_eq!(Check::read(&text), Some(check.clone()));
        assert!(check.fits(&text, "chengshui-2020", &["龙池镇 中心校\n", shown[1]]));
        assert!(!check.fits(&text, "luting-2024", &shown));
        assert!(!check.fits(&text, "chengshui-2020", &["石桥镇中心校", shown[1]]));
        let other = text.replace("meeting", "talk");
        assert!(!Check::read(&other).unwrap().fits(&other, "chengshui-2020", &shown));
    }
}
