//! What was assumed where notice and inbox leave it open, as sentences for the workbook.

use crate::judge::paper::Paper;
use crate::model::campaign::Campaign;
use crate::model::findings::ReceivedBy;
use crate::model::message::Message;
use crate::msg;

/// The campaign's assumptions, the deadline's, and how times of arrival are known.
pub fn assumptions(campaign: &Campaign, papers: &[Paper], of_arrival: Vec<Message>) -> Vec<Message> {
    let deadline = &campaign.deadline;
    let mut all: Vec<Message> = campaign.assumptions.iter().map(|a| msg!("judge.as_is", a)).collect();
    all.push(if deadline.includes_day {
        msg!("judge.assume_day_included", deadline.date)
    } else {
        msg!("judge.assume_day_excluded", deadline.date)
    });
    if deadline.shifted_to != deadline.date {
        all.push(msg!("judge.assume_shifted", deadline.date, deadline.shifted_to));
    }
    let count = |by: Option<ReceivedBy>| papers.iter().filter(|p| !p.is_litter() && p.arrival.by == by).count();
    all.push(msg!(
        "judge.assume_arrival",
        count(Some(ReceivedBy::Receipt)),
        count(Some(ReceivedBy::FirstSeen)),
        count(Some(ReceivedBy::Created)),
        count(Some(ReceivedBy::Modified)),
        count(None)
    ));
    let by_mail = count(Some(ReceivedBy::Mail));
    if by_mail > 0 {
        all.push(msg!("judge.assume_mail", by_mail));
    }
    all.extend(of_arrival);
    all
}
