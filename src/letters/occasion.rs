//! What is the same in every letter of a day: who writes, on what notice, until when.

use crate::letters::official;
use crate::letters::phrases::zh;
use crate::letters::record::Matter;
use crate::letters::template::{Value, Values};
use crate::msg;
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// Days that a school has for what is missing, where the campaign names no day.
const REPLY_DAYS: u64 = 3;

/// Until when what is missing shall come: the campaign's own day; before the deadline the deadline; else three days on, and
/// never on a weekend.
pub fn reply_by(matter: &Matter<'_>) -> NaiveDate {
    let campaign = matter.campaign;
    if let Some(day) = campaign.sender.reply_by {
        return day;
    }
    let today = matter.as_of.date();
    if !matter.is_past_deadline() {
        return campaign.deadline.shifted_to;
    }
    let later = today.checked_add_days(Days::new(REPLY_DAYS)).unwrap_or(today);
    let to_monday = match later.weekday() {
        Weekday::Sat => 2,
        Weekday::Sun => 1,
        _ => 0,
    };
    later.checked_add_days(Days::new(to_monday)).unwrap_or(later)
}

/// The same, as letters write it.
pub fn reply_by_day(matter: &Matter<'_>) -> String {
    official::day(reply_by(matter))
}

/// The issuer's name at the letter's end.
pub fn signature<'m>(matter: &Matter<'m>) -> &'m str {
    let campaign = matter.campaign;
    if campaign.sender.signature.is_empty() { &campaign.issuer } else { &campaign.sender.signature }
}

/// What stands for the words that every form has.
pub fn values(matter: &Matter<'_>) -> Values {
    let (campaign, sender) = (matter.campaign, &matter.campaign.sender);
    let notice = match (sender.notice.trim_matches(['《', '》']), campaign.notice_date) {
        ("", Some(day)) => msg!("letters.of_notice_untitled", official::day(day), &campaign.title),
        ("", None) => msg!("letters.of_notice_unknown", &campaign.title),
        (title, Some(day)) => msg!("letters.of_notice", title, official::day(day)),
        (title, None) => msg!("letters.of_notice_undated", title),
    };
    let contact = match (sender.contact.as_str(), sender.phone.as_str()) {
        ("", "") => String::new(),
        (name, "") => zh(&msg!("letters.contact_name", name)),
        ("", phone) => zh(&msg!("letters.contact_phone", phone)),
        (name, phone) => zh(&msg!("letters.contact_both", name, phone)),
    };
    let texts = [
        ("活动", campaign.title.clone()),
        ("发文机关", campaign.issuer.clone()),
        ("发文字号", sender.number.clone()),
        ("署名", signature(matter).to_string()),
        ("成文日期", official::day(matter.as_of.date())),
        ("通知", zh(&notice)),
        ("报送期限", official::day(campaign.deadline.shifted_to)),
        ("补报期限", official::day(reply_by(matter))),
        ("截至", official::moment(matter.as_of)),
        ("联系人", sender.contact.clone()),
        ("电话", sender.phone.clone()),
        ("联系方式", contact),
    ];
    texts.into_iter().map(|(word, text)| (word, Value::Text(text))).collect()
}
