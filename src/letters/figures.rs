//! Who reported, who did not, and of whom it is not certain: the sums of a bulletin, which must come out.

use crate::letters::record::{Matter, Record};
use crate::model::findings::SubmissionStatus;
use crate::model::flag::FlagKind;
use ecow::EcoString;

/// How a school that must report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// It reported in time.
    OnTime,
    /// It reported late, confirmed.
    Late,
    /// It reported; whether in time is being checked.
    TimeInDoubt,
    /// It did not report, confirmed.
    Missing,
    /// Whether it reported is being checked, or it was given more time.
    ReportInDoubt,
}

/// How a school stands; none where it need not report.
pub fn stand(record: &Record<'_>) -> Option<Stand> {
    let confirmed = |kind| !record.standing(&[kind]).is_empty();
    record.must_report.then(|| match record.status {
        SubmissionStatus::OnTime => Stand::OnTime,
        SubmissionStatus::Late if confirmed(FlagKind::Late) => Stand::Late,
        SubmissionStatus::Late => Stand::TimeInDoubt,
        SubmissionStatus::Missing if confirmed(FlagKind::NoSubmission) => Stand::Missing,
        SubmissionStatus::Missing | SubmissionStatus::NotRequired => Stand::ReportInDoubt,
    })
}

/// The schools that must report, by how they stand.
pub struct Figures<'m, 'a> {
    stands: Vec<(Stand, &'m Record<'a>)>,
}

impl<'m, 'a> Figures<'m, 'a> {
    /// Looks over the records once.
    pub fn of(matter: &'m Matter<'a>) -> Self {
        Figures { stands: matter.records.iter().filter_map(|r| Some((stand(r)?, r))).collect() }
    }

    /// All that must report.
    pub fn due(&self) -> usize {
        self.stands.len()
    }

    /// Those that stand so, in the roster's order.
    pub fn that(&self, stand: Stand) -> Vec<&'m Record<'a>> {
        self.stands.iter().filter(|(s, _)| *s == stand).map(|(_, r)| *r).collect()
    }

    /// How many reported at all.
    pub fn came(&self) -> usize {
        self.stands.iter().filter(|(s, _)| matches!(s, Stand::OnTime | Stand::Late | Stand::TimeInDoubt)).count()
    }
}

/// Schools by township, both in the roster's order; schools for which a 中心校 reports stand behind it.
pub fn by_township<'m, 'a>(records: impl Iterator<Item = &'m Record<'a>>) -> Vec<(&'m str, Vec<&'m Record<'a>>)>
where
    'a: 'm,
{
    let mut groups: Vec<(&str, Vec<&Record<'_>>)> = Vec::new();
    for record in records {
        let name = record.school.township.as_str();
        match groups.iter_mut().find(|(n, _)| *n == name) {
            Some((_, of_it)) => of_it.push(record),
            None => groups.push((name, vec![record])),
        }
    }
    for (_, of_it) in &mut groups {
        let order: Vec<EcoString> = of_it.iter().map(|r| r.school.code.clone()).collect();
        let head = |r: &Record<'_>| r.school.reports_via.clone().unwrap_or_else(|| r.school.code.clone());
        let place = |code: &str| order.iter().position(|c| c == code).unwrap_or(order.len());
        of_it.sort_by_key(|r| (place(&head(r)), r.school.reports_via.is_some()));
    }
    groups
}
