//! `campaign.toml`: what the notice asks, of whom, and until when.

use crate::campaign::columns;
use crate::campaign::fields::{Field, Fields, TomlText};
use crate::campaign::indicators;
use crate::model::campaign::{Activity, Campaign, Deadline, Material, NamedFolder, Sender};
use crate::model::message::Message;
use crate::model::place::Place;
use crate::model::school::{Condition, Wanted};
use crate::msg;
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};
use std::collections::BTreeMap;
use toml::de::DeValue;

/// What `campaign.toml` says, and where it says what must be compared with the other files.
#[derive(Debug, Default)]
pub struct Notice {
    /// The campaign without schools, receipts, rules and digests.
    pub campaign: Campaign,
    /// Columns of the roster that conditions ask for.
    pub columns: Vec<(String, Place)>,
    /// The file that holds the notice's text, and where it is named.
    pub text_file: Option<(String, Place)>,
    /// Where each activity begins.
    pub activities: BTreeMap<String, Place>,
}

/// Reads the text and complains to it of whatever is wrong. What could not be read has its default in the result,
/// which is of use for finding more errors only.
pub fn read(text: &TomlText<'_>) -> Notice {
    let table = text.parse();
    let top = Fields::new(text, table.get_ref(), 0);
    let mut notice = Notice::default();

    let id = top.required("id").and_then(|f| f.identifier());
    let title = top.required("title").and_then(|f| f.text());
    let issuer = top.required("issuer").and_then(|f| f.text());
    let notice_date = top.required("notice_date").and_then(|f| f.date());
    let year = top.optional("year").and_then(|f| f.whole(2000, 2999)).and_then(|y| i32::try_from(y).ok());
    let hours = top.optional("utc_offset_hours").and_then(|f| f.whole(-12, 14)).and_then(|h| i32::try_from(h).ok());
    let name_prefixes = top.optional("name_prefixes").and_then(|f| f.texts());
    let assumptions = top.optional("assumptions").and_then(|f| f.texts());
    let (deadline, last_day) = deadline(&top, notice_date);
    let period_field = top.required("period");
    let period = period_field.and_then(|f| days(&f));
    let materials_field = top.optional("material");
    let activities_field = top.optional("activity");
    let indicators_field = top.optional("indicator");
    notice.text_file = top.optional("notice").and_then(|f| Some((f.text()?, f.place())));

    let campaign = &mut notice.campaign;
    campaign.id = id.unwrap_or_default();
    campaign.title = title.unwrap_or_default();
    campaign.issuer = issuer.unwrap_or_default();
    campaign.notice_date = notice_date;
    campaign.year = year.or(notice_date.map(|d| d.year())).unwrap_or_default();
    campaign.utc_offset_hours = hours.unwrap_or(8);
    campaign.inboxes = top.optional("inboxes").map(|f| inboxes(&f)).unwrap_or_default();
    campaign.name_prefixes = name_prefixes.unwrap_or_default();
    campaign.assumptions = assumptions.unwrap_or_default();
    campaign.deadline = deadline;
    campaign.period = period.unwrap_or_default();
    campaign.sender = top.optional("letters").and_then(|f| f.fields()).map(|f| sender(&f)).unwrap_or_default();
    campaign.as_of = top.optional("as_of").and_then(|f| as_of(&f, campaign.utc_offset_hours, notice_date));
    top.refuse_others();

    let mut ids = Ids::default();
    let defaults = Defaults { window: period, due: last_day };
    let activities = match activities_field {
        Some(field) => field.each(),
        None => Some(Vec::new()),
    };
    if activities.as_ref().is_some_and(Vec::is_empty) {
        top.complain(msg!("campaign.no_activity"), msg!("campaign.no_activity_remedy"));
    }
    for fields in activities.unwrap_or_default() {
        let activity = activity(&fields, &defaults, &mut ids, &mut notice.columns);
        notice.activities.insert(activity.id.to_string(), fields.place());
        notice.campaign.activities.push(activity);
    }
    let known = notice.campaign.activities.iter().map(|a| a.id.as_str()).collect();
    notice.campaign.indicators = indicators_field.map(|f| indicators::read(&f, &known)).unwrap_or_default();
    for fields in materials_field.and_then(|f| f.each()).unwrap_or_default() {
        notice.campaign.materials.push(material(&fields, &mut ids, &mut notice.columns));
    }
    notice
}

/// Folders that files come into, each a path, or `{ path = …, name = … }`. A name begins the paths of its files, so it must
/// be one name of a path.
fn inboxes(field: &Field<'_>) -> Vec<NamedFolder> {
    let mut folders: Vec<NamedFolder> = Vec::new();
    for each in field.list().unwrap_or_default() {
        let folder = match each.value() {
            DeValue::Table(_) => each.fields().and_then(|fields| {
                let path = fields.required("path").and_then(|f| f.text());
                let name = fields.optional("name").and_then(|f| inbox_name(&f));
                fields.refuse_others();
                Some(NamedFolder { path: path?, name })
            }),
            _ => each.text().map(|path| NamedFolder { path, name: None }),
        };
        let Some(folder) = folder else { continue };
        let is_twice =
            |other: &NamedFolder| other.path == folder.path || other.name.is_some() && other.name == folder.name;
        if folders.iter().any(is_twice) {
            each.complain(msg!("campaign.inbox_twice"), msg!("campaign.inbox_twice_remedy"));
        }
        folders.push(folder);
    }
    if field.value().as_array().is_some_and(|a| a.is_empty()) {
        field.complain(msg!("campaign.no_inbox"), msg!("campaign.no_inbox_remedy"));
    }
    folders
}

fn inbox_name(field: &Field<'_>) -> Option<String> {
    let name = field.text()?;
    let is_one = !name.contains(['/', '\\', '!']) && !name.chars().any(char::is_control);
    if !is_one {
        field.complain(msg!("campaign.inbox_name"), msg!("campaign.inbox_name_remedy"));
    }
    is_one.then_some(name)
}

/// What an activity gets that says nothing of its own.
struct Defaults {
    window: Option<(NaiveDate, NaiveDate)>,
    due: Option<NaiveDate>,
}

/// Ids of activities and materials, with the line of each.
#[derive(Default)]
struct Ids(BTreeMap<String, Place>);

impl Ids {
    fn take(&mut self, fields: &Fields<'_>) -> String {
        let Some(field) = fields.required("id") else { return String::new() };
        let Some(id) = field.identifier() else { return String::new() };
        match self.0.get(&id) {
            Some(first) => {
                field.complain(msg!("campaign.id_twice", &id, first.message()), msg!("campaign.id_twice_remedy"))
            }
            None => drop(self.0.insert(id.clone(), field.place())),
        }
        id
    }
}

fn as_of(field: &Field<'_>, offset_hours: i32, notice_date: Option<NaiveDate>) -> Option<DateTime<FixedOffset>> {
    let offset = FixedOffset::east_opt(offset_hours.saturating_mul(3600))?;
    let text = match field.value() {
        DeValue::Datetime(d) if d.time.is_some() => d.to_string(),
        other => other.as_str().unwrap_or_default().to_string(),
    };
    let moment = DateTime::parse_from_rfc3339(&text).ok();
    let moment = moment.or_else(|| text.parse::<chrono::NaiveDateTime>().ok()?.and_local_timezone(offset).single());
    let Some(moment) = moment else {
        field.complain(msg!("campaign.as_of_wrong"), msg!("campaign.as_of_wrong_remedy"));
        return None;
    };
    if notice_date.is_some_and(|d| moment.with_timezone(&offset).date_naive() < d) {
        field.complain(msg!("campaign.as_of_early"), msg!("campaign.as_of_wrong_remedy"));
    }
    Some(moment)
}

/// The deadline, and its last day where one could be read.
fn deadline(top: &Fields<'_>, notice_date: Option<NaiveDate>) -> (Deadline, Option<NaiveDate>) {
    let Some(fields) = top.required("deadline").and_then(|f| f.fields()) else { return Default::default() };
    let date_field = fields.required("date");
    let date = date_field.and_then(|f| f.date());
    let includes_day = fields.optional("includes_day").and_then(|f| f.flag()).unwrap_or(true);
    let shift_field = fields.optional("shift");
    let shift = shift_field.and_then(|f| f.date_or_none()).flatten();
    fields.refuse_others();
    let shifted_to = shift.or(date);
    for (field, day) in [(date_field, date), (shift_field, shift)] {
        if let (Some(field), Some(day), Some(notice)) = (field, day, notice_date)
            && day < notice
        {
            field.complain(msg!("campaign.deadline_early", day, notice), msg!("campaign.deadline_early_remedy"));
        }
    }
    let deadline =
        Deadline { date: date.unwrap_or_default(), includes_day, shifted_to: shifted_to.unwrap_or_default() };
    (deadline, shifted_to)
}

/// `[letters]`: each key may be left out.
fn sender(fields: &Fields<'_>) -> Sender {
    let text = |key| fields.optional(key).and_then(|f| f.text()).unwrap_or_default();
    let sender = Sender {
        signature: text("signature"),
        number: text("number"),
        notice: text("notice"),
        addressees: text("addressees"),
        contact: text("contact"),
        phone: text("phone"),
        reply_by: fields.optional("reply_by").and_then(|f| f.date()),
    };
    fields.refuse_others();
    sender
}

/// `{ from = …, to = … }`, first and last day.
fn days(field: &Field<'_>) -> Option<(NaiveDate, NaiveDate)> {
    let fields = field.fields()?;
    let from = fields.required("from").and_then(|f| f.date());
    let to = fields.required("to").and_then(|f| f.date());
    fields.refuse_others();
    let (from, to) = from.zip(to)?;
    if to < from {
        field.complain(msg!("campaign.days_reversed", from, to), msg!("campaign.days_reversed_remedy"));
    }
    Some((from, to))
}

fn activity(fields: &Fields<'_>, defaults: &Defaults, ids: &mut Ids, columns: &mut Vec<(String, Place)>) -> Activity {
    let id = ids.take(fields);
    let number = fields.optional("number").and_then(|f| f.text()).unwrap_or_default();
    let name = fields.required("name").and_then(|f| f.text()).unwrap_or_default();
    let criterion = fields.required("criterion").and_then(|f| f.text()).unwrap_or_default();
    let must_do = fields.required("must_do").map(|f| conditions(&f, columns)).unwrap_or_default();
    let window = fields.optional("window").and_then(|f| days(&f)).or(defaults.window);
    let due_field = fields.optional("due");
    let due = due_field.and_then(|f| f.date()).or(defaults.due);
    fields.refuse_others();
    if let (Some((from, _)), Some(due)) = (window, due)
        && due < from
    {
        let (what, remedy): (Message, Message) =
            (msg!("campaign.due_early", due, from), msg!("campaign.due_early_remedy"));
        match due_field {
            Some(field) => field.complain(what, remedy),
            None => fields.complain(what, remedy),
        }
    }
    Activity {
        id: id.into(),
        number,
        name,
        criterion,
        must_do,
        window: window.unwrap_or_default(),
        due: due.unwrap_or_default(),
    }
}

fn material(fields: &Fields<'_>, ids: &mut Ids, columns: &mut Vec<(String, Place)>) -> Material {
    let least =
        |key| fields.optional(key).and_then(|f| f.whole(0, 1_000_000)).and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
    let material = Material {
        id: ids.take(fields).into(),
        name: fields.required("name").and_then(|f| f.text()).unwrap_or_default(),
        criterion: fields.required("criterion").and_then(|f| f.text()).unwrap_or_default(),
        must_report: fields.required("must_report").map(|f| conditions(&f, columns)).unwrap_or_default(),
        min_chars: least("min_chars"),
        min_pictures: least("min_pictures"),
    };
    fields.refuse_others();
    material
}

/// `"all"`, or a list of conditions of which one must hold. An empty list is refused: it would mean every school, which
/// its writer hardly had in mind.
fn conditions(field: &Field<'_>, columns: &mut Vec<(String, Place)>) -> Vec<Condition> {
    if field.value().as_str() == Some("all") {
        return Vec::new();
    }
    let each = match field.value() {
        DeValue::Array(_) => field.each().unwrap_or_default(),
        _ => Vec::new(),
    };
    if each.is_empty() || each.iter().any(|c| c.all().is_empty()) {
        field.complain(msg!("campaign.conditions_wrong"), msg!("campaign.conditions_wrong_remedy"));
    }
    each.iter().map(|c| condition(field, c, columns)).collect()
}

fn condition(field: &Field<'_>, fields: &Fields<'_>, columns: &mut Vec<(String, Place)>) -> Condition {
    let mut condition = Condition::new();
    for (heading, value, place) in fields.all() {
        let column = columns::of_roster(&heading).map_or(heading, str::to_string);
        columns.push((column.clone(), place));
        match wanted(value.get_ref()) {
            Some(wanted) => drop(condition.insert(column, wanted)),
            None => {
                field.complain(msg!("campaign.wanted_wrong", &column), msg!("campaign.wanted_wrong_remedy", &column))
            }
        }
    }
    condition
}

fn wanted(value: &DeValue<'_>) -> Option<Wanted> {
    match value {
        DeValue::Boolean(yes) => Some(Wanted::Yes(*yes)),
        DeValue::String(one) => Some(Wanted::One(one.trim().to_string())),
        DeValue::Array(any) if !any.is_empty() => any
            .iter()
            .map(|v| v.get_ref().as_str().map(|s| s.trim().to_string()))
            .collect::<Option<Vec<_>>>()
            .map(Wanted::AnyOf),
        _ => None,
    }
}
