//! The register of what was received (收件登记): paper and e-mail included.

use crate::campaign::columns::{self, Entry};
use crate::campaign::error::CampaignError;
use crate::campaign::meant::Meant;
use crate::model::campaign::Receipt;
use crate::model::document::Document;
use crate::model::message::Message;
use crate::model::moments;
use crate::model::school::School;
use crate::msg;
use chrono::FixedOffset;
use std::sync::Arc;

/// What a time without year or offset is taken to mean.
#[derive(Debug, Clone, Copy)]
pub struct Calendar {
    /// The campaign's year.
    pub year: i32,
    /// The campaign's time zone.
    pub offset: FixedOffset,
}

/// Reads the register. A receipt names its school by code, name or alias, exactly; a day without a time counts from its
/// first moment, in the school's favour.
pub fn read(
    file: &str,
    document: &Document,
    schools: &[Arc<School>],
    calendar: Calendar,
) -> (Vec<Receipt>, Vec<CampaignError>) {
    let register = match columns::read(file, document, columns::RECEIPTS, "school", &["school", "material", "received"])
    {
        Ok(register) => register,
        Err(errors) => return (Vec::new(), errors),
    };
    let meant = Meant::new(schools.iter().map(Arc::as_ref));
    let (mut receipts, mut errors) = (Vec::new(), Vec::new());
    for entry in register.entries.iter().filter(|e| !is_blank(e)) {
        let mut complain = |what: Message, remedy: Message| {
            errors.push(CampaignError { file: file.to_string(), place: entry.place.clone(), what, remedy });
        };
        // Without a roster every school would be unknown: the roster's own errors say enough.
        let school = match meant.find(entry.get("school")) {
            Err(_) if entry.get("school").is_empty() => {
                complain(msg!("campaign.receipt_no_school"), msg!("campaign.receipt_school_remedy"));
                None
            }
            Ok(school) => Some(school.code.clone()),
            Err(what) => {
                if !schools.is_empty() {
                    complain(what, msg!("campaign.receipt_school_remedy"));
                }
                None
            }
        };
        let time = entry.get("received");
        let received = moments::moment(time, calendar.year, calendar.offset);
        if received.is_none() {
            complain(msg!("campaign.no_time", time), msg!("campaign.no_time_remedy"));
        }
        if let (Some(school), Some(received)) = (school, received) {
            let text = |column| entry.get(column).to_string();
            receipts.push(Receipt {
                school: school.into(),
                material: text("material"),
                received,
                channel: text("channel"),
                row: entry.row,
            });
        }
    }
    (receipts, errors)
}

/// A row prepared but not filled in, though it may have a number before it or 微信 behind it.
fn is_blank(entry: &Entry) -> bool {
    ["school", "material", "received"].iter().all(|c| entry.get(c).is_empty())
}
