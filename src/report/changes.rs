//! What is different from the night before, in a few lines.

use crate::model::changes::{Change, Gap};
use crate::model::flag::Flag;
use crate::model::message::{Arg, Message};
use crate::msg;
use crate::report::view::View;

/// How many names a line holds.
const NAMES: usize = 8;

/// The lines: the sum, who has reported since, what is gone.
pub fn lines(view: &View<'_>) -> Vec<Message> {
    let changes = &view.findings.changes;
    let Some(since) = &changes.since else { return vec![msg!("report.changes_first_run")] };
    let standing = |change: Change| {
        let so = |f: &&&Flag| changes.standing.get(f.id.as_str()).is_some_and(|s| s.change == change);
        view.gaps.iter().filter(so).count()
    };
    let gone: Vec<_> = changes.gone.iter().filter(|g| !g.kind.is_hint()).collect();
    let came: Vec<&str> = changes.turned.iter().filter(|t| t.has_come()).map(|t| view.school_name(&t.school)).collect();
    let mut lines = vec![msg!(
        "report.changes_since",
        view.local(since).format("%Y-%m-%d %H:%M").to_string(),
        standing(Change::New),
        standing(Change::Altered),
        standing(Change::Still),
        gone.len(),
        came.len()
    )];
    if !came.is_empty() {
        lines.push(msg!("report.changes_came", named(came.iter().map(ToString::to_string).collect(), "、")));
    }
    if !gone.is_empty() {
        let one = |g: &&Gap| {
            let school = if g.school.is_empty() { "" } else { view.school_name(&g.school) };
            format!("{school} {}", view.say(&g.kind.message()))
        };
        lines.push(msg!("report.changes_gone", named(gone.iter().map(one).collect(), "；")));
    }
    let oldest =
        view.gaps.iter().filter_map(|f| changes.standing.get(f.id.as_str())).map(|s| s.nights).max().unwrap_or(0);
    if oldest > 1 {
        lines.push(msg!("report.changes_oldest", oldest));
    }
    lines
}

/// The first of the names, and how many there are where that is not all.
fn named(names: Vec<String>, between: &str) -> Arg {
    let first = names.iter().take(NAMES).cloned().collect::<Vec<_>>().join(between);
    match names.len() {
        n if n > NAMES => msg!("report.changes_more", first, n).into(),
        _ => first.into(),
    }
}
