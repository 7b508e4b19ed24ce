use super::{in_turn, things};
use crate::model::flag::{Flag, FlagKind, Severity};
use crate::model::message::Message;
use ecow::EcoString;

fn flag(kind: FlagKind, school: &str) -> Flag {
    Flag {
        id: EcoString::new(),
        kind,
        severity: Severity::High,
        school: school.into(),
        item: None,
        message: Message::default(),
        files: Vec::new(),
        fingerprint: EcoString::new(),
        shared: Vec::new(),
    }
}

#[test]
fn ten_things_of_one_kind_do_not_hide_another_and_a_school_stands_once() {
    use FlagKind::{Missing, NoSubmission, UnclaimedFile};
    let silent: Vec<String> = (0..12).map(|n| format!("silent{n}")).collect();
    let mut flags: Vec<Flag> = silent.iter().map(|school| flag(NoSubmission, school)).collect();
    flags.extend([flag(Missing, "a"), flag(Missing, "a"), flag(Missing, "b"), flag(UnclaimedFile, "")]);
    flags.push(flag(UnclaimedFile, ""));

    let all = things(&flags.iter().collect::<Vec<_>>());
    assert_eq!(all.len(), 12 + 2 + 2);
    let today = in_turn(all, 10);
    let shown: Vec<(FlagKind, &str, u32)> =
        today.iter().map(|t| (t.flag.kind, t.flag.school.as_str(), t.others)).collect();
    assert!(shown[..6].iter().zip(&silent).all(|(s, name)| *s == (NoSubmission, name.as_str(), 0)), "{shown:?}");
    assert_eq!(shown[6..], [(Missing, "a", 1), (Missing, "b", 0), (UnclaimedFile, "", 0), (UnclaimedFile, "", 0)]);
    assert_eq!(today.iter().map(|t| t.row).collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5, 12, 14, 15, 16]);
}
