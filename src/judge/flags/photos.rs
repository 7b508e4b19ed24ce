//! Hints on photographs: taken on days in which no deed of the campaign counts. A camera's clock may be wrong, so that it is
//! never more than a hint.

use crate::judge::flags::flag::Draft;
use crate::judge::paper::{Paper, Standing};
use crate::judge::paths;
use crate::judge::roster::Roster;
use crate::model::campaign::Campaign;
use crate::model::flag::{Flag, FlagKind, Severity};
use crate::msg;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// One flag for all such photographs of a school.
pub fn taken_outside(papers: &[Paper], campaign: &Campaign, roster: &Roster<'_>) -> Vec<Flag> {
    let (first, last) = campaign.period;
    let mut of: BTreeMap<usize, Vec<(&Paper, NaiveDate)>> = BTreeMap::new();
    for paper in papers.iter().filter(|p| p.standing == Standing::Used) {
        let days = paper.reading.pictures.iter().filter_map(|p| p.taken).map(|t| t.date());
        let outside = days.filter(|day| *day < first || *day > last).min();
        for (school, day) in paper.claim.schools.iter().zip(outside) {
            of.entry(*school).or_default().push((paper, day));
        }
    }
    let flag = |(school, photos): (usize, Vec<(&Paper, NaiveDate)>)| {
        let (earliest, latest) = (photos.iter().map(|p| p.1).min()?, photos.iter().map(|p| p.1).max()?);
        let message = match photos.as_slice() {
            [(photo, day)] => msg!("judge.hint_photo_date", paths::file_name(photo.path()), *day, first, last),
            all => msg!("judge.hint_photo_dates", all.len(), earliest, latest, first, last),
        };
        let draft = Draft {
            kind: FlagKind::PhotoDate,
            severity: Severity::Low,
            school: roster.code(school),
            item: None,
            subject: "photos",
            message,
            files: photos.iter().map(|(photo, _)| photo.path().clone()).collect(),
            said: photos.iter().map(|(photo, _)| photo.reading.source.digest.as_str()).collect(),
        };
        Some(draft.raise(&campaign.id, papers))
    };
    of.into_iter().filter_map(flag).collect()
}
