//! A TOML file read key by key, so that everything wrong with it is found in one go and each complaint has its line.

use crate::campaign::error::CampaignError;
use crate::model::message::Message;
use crate::model::moments;
use crate::model::place::Place;
use crate::msg;
use chrono::NaiveDate;
use std::cell::RefCell;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The text of a TOML file and what was found wrong with it.
pub struct TomlText<'t> {
    file: &'t str,
    text: &'t str,
    /// Where its lines end.
    ends: Vec<usize>,
    errors: RefCell<Vec<CampaignError>>,
}

impl<'t> TomlText<'t> {
    /// Starts without complaints.
    pub fn new(file: &'t str, text: &'t str) -> Self {
        TomlText { file, text, ends: text.match_indices('\n').map(|(at, _)| at).collect(), errors: RefCell::default() }
    }

    /// The line that holds a byte offset.
    pub fn line(&self, offset: usize) -> Place {
        Place::Line(self.line_number(offset))
    }

    /// The number of that line, from 1.
    pub fn line_number(&self, offset: usize) -> u32 {
        let before = self.ends.partition_point(|end| *end < offset);
        u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// Whether anything was complained of.
    pub fn is_wrong(&self) -> bool {
        !self.errors.borrow().is_empty()
    }

    /// Adds a complaint about the line at `offset`.
    pub fn complain(&self, offset: usize, what: Message, remedy: Message) {
        let error = CampaignError { file: self.file.to_string(), place: self.line(offset), what, remedy };
        self.errors.borrow_mut().push(error);
    }

    /// The file's table. What does not parse is complained of, all of it, and the rest is read on.
    pub fn parse(&self) -> Spanned<DeTable<'t>> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            let offset = error.span().map_or(0, |s| s.start);
            // A path of Windows between double quotation marks: each of its backslashes is complained of.
            let remedy = match error.message().contains("escape") {
                true => msg!("campaign.backslash_remedy"),
                false => msg!("campaign.not_toml_remedy"),
            };
            let what = msg!("campaign.not_toml", error.message());
            if self.errors.borrow().last().is_none_or(|e| (&e.place, &e.what) != (&self.line(offset), &what)) {
                self.complain(offset, what, remedy);
            }
        }
        table
    }

    /// Everything that was found wrong, in the order of the file.
    pub fn into_errors(self) -> Vec<CampaignError> {
        let mut errors = self.errors.into_inner();
        errors.sort_by(|a, b| a.place.cmp(&b.place));
        errors
    }
}

/// A table of the file. Keys that nobody asked for are refused at the end.
pub struct Fields<'t> {
    text: &'t TomlText<'t>,
    table: &'t DeTable<'t>,
    offset: usize,
    asked: RefCell<Vec<&'static str>>,
}

impl<'t> Fields<'t> {
    /// The fields of a table that begins at `offset`.
    pub fn new(text: &'t TomlText<'t>, table: &'t DeTable<'t>, offset: usize) -> Self {
        Fields { text, table, offset, asked: RefCell::default() }
    }

    /// A key that may be left out.
    pub fn optional(&self, key: &'static str) -> Option<Field<'t>> {
        self.asked.borrow_mut().push(key);
        let (_, value) = self.table.iter().find(|(k, _)| k.get_ref().as_ref() == key)?;
        Some(Field { text: self.text, key, value })
    }

    /// A key that must be there.
    pub fn required(&self, key: &'static str) -> Option<Field<'t>> {
        let field = self.optional(key);
        if field.is_none() {
            self.complain(msg!("campaign.key_missing", key), msg!("campaign.key_missing_remedy", key));
        }
        field
    }

    /// Adds a complaint about the table as a whole.
    pub fn complain(&self, what: Message, remedy: Message) {
        self.text.complain(self.offset, what, remedy);
    }

    /// Where the table begins.
    pub fn place(&self) -> Place {
        self.text.line(self.offset)
    }

    /// All keys with their values, for tables whose keys are data.
    pub fn all(&self) -> Vec<(String, &'t Spanned<DeValue<'t>>, Place)> {
        let place = |k: &Spanned<_>| self.text.line(k.span().start);
        self.table.iter().map(|(k, v)| (k.get_ref().to_string(), v, place(k))).collect()
    }

    /// Refuses every key that was not asked for.
    pub fn refuse_others(&self) {
        let asked = self.asked.borrow();
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if !asked.contains(&name) {
                let (what, remedy) =
                    (msg!("campaign.key_unknown", name), msg!("campaign.key_unknown_remedy", asked.join(", ")));
                self.text.complain(key.span().start, what, remedy);
            }
        }
    }
}

/// A key and its value. A value of another type than asked for is complained of and then missing.
#[derive(Clone, Copy)]
pub struct Field<'t> {
    text: &'t TomlText<'t>,
    key: &'static str,
    value: &'t Spanned<DeValue<'t>>,
}

impl<'t> Field<'t> {
    /// Adds a complaint about this value.
    pub fn complain(&self, what: Message, remedy: Message) {
        self.text.complain(self.value.span().start, what, remedy);
    }

    /// The line of the value.
    pub fn place(&self) -> Place {
        self.text.line(self.value.span().start)
    }

    /// The value as TOML has it.
    pub fn value(&self) -> &'t DeValue<'t> {
        self.value.get_ref()
    }

    /// Text that says something.
    pub fn text(&self) -> Option<String> {
        let text = self.value().as_str().map(str::trim).filter(|t| !t.is_empty()).map(str::to_string);
        self.or_wrong(text, msg!("campaign.type_text"))
    }

    /// An id: lower-case letters, digits, `-` and `_`.
    pub fn identifier(&self) -> Option<String> {
        let id = self.text()?;
        let plain = id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-'));
        if !plain {
            self.complain(msg!("campaign.id_form", &id), msg!("campaign.id_form_remedy"));
        }
        plain.then_some(id)
    }

    /// A whole number from `least` to `most`.
    pub fn whole(&self, least: i64, most: i64) -> Option<i64> {
        let number = self.value().as_integer().and_then(|n| i64::from_str_radix(n.as_str(), n.radix()).ok());
        self.or_wrong(number.filter(|n| (least..=most).contains(n)), msg!("campaign.type_whole", least, most))
    }

    /// `true` or `false`.
    pub fn flag(&self) -> Option<bool> {
        self.or_wrong(self.value().as_bool(), msg!("campaign.type_flag"))
    }

    /// A day, `2020-10-19` with or without quotes.
    pub fn date(&self) -> Option<NaiveDate> {
        self.or_wrong(self.day(), msg!("campaign.type_date"))
    }

    /// A day, or `None` inside for the word `none`.
    pub fn date_or_none(&self) -> Option<Option<NaiveDate>> {
        let found = if self.value().as_str() == Some("none") { Some(None) } else { self.day().map(Some) };
        self.or_wrong(found, msg!("campaign.type_date_or_none"))
    }

    fn day(&self) -> Option<NaiveDate> {
        match self.value() {
            DeValue::Datetime(d) if d.time.is_none() => moments::date(&d.to_string(), None),
            DeValue::String(s) => moments::date(s, None),
            _ => None,
        }
    }

    /// A list of texts.
    pub fn texts(&self) -> Option<Vec<String>> {
        let texts =
            self.value().as_array().and_then(|a| a.iter().map(|v| v.get_ref().as_str().map(str::to_string)).collect());
        self.or_wrong(texts, msg!("campaign.type_texts"))
    }

    /// A list, each value a field of its own.
    pub fn list(&self) -> Option<Vec<Field<'t>>> {
        let field = |value| Field { text: self.text, key: self.key, value };
        let fields = self.value().as_array().map(|a| a.iter().map(field).collect());
        self.or_wrong(fields, msg!("campaign.type_list"))
    }

    /// A table.
    pub fn fields(&self) -> Option<Fields<'t>> {
        let table = self.value().as_table().map(|t| Fields::new(self.text, t, self.value.span().start));
        self.or_wrong(table, msg!("campaign.type_table"))
    }

    /// A list of tables, `[[key]]` or `[{…}, {…}]`.
    pub fn each(&self) -> Option<Vec<Fields<'t>>> {
        let tables = self.value().as_array().and_then(|a| {
            a.iter().map(|v| v.get_ref().as_table().map(|t| Fields::new(self.text, t, v.span().start))).collect()
        });
        self.or_wrong(tables, msg!("campaign.type_tables", self.key))
    }

    fn or_wrong<T>(&self, found: Option<T>, wanted: Message) -> Option<T> {
        if found.is_none() {
            self.complain(
                msg!("campaign.type_wrong", self.key, &wanted),
                msg!("campaign.type_wrong_remedy", self.key, &wanted),
            );
        }
        found
    }
}
