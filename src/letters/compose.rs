//! The door: all letters of a kind, as files.

use crate::letters::bulletin;
use crate::letters::error::TemplateError;
use crate::letters::file_name::safe;
use crate::letters::form::{self, FORMS, Form};
use crate::letters::letter::Letter;
use crate::letters::occasion;
use crate::letters::official;
use crate::letters::phrases::zh;
use crate::letters::record::{Matter, Record, WANTING};
use crate::letters::reminder;
use crate::letters::template::Template;
use crate::letters::upcoming;
use crate::letters::wechat::{self, LONGEST, TooLong};
use crate::letters::word;
use crate::model::document::Document;
use crate::model::flag::FlagKind;
use crate::model::message::Message;
use crate::model::place::Place;
use crate::model::sheet::{Cell, Column, Link, Sheet, Tone};
use crate::msg;
use std::collections::{BTreeMap, BTreeSet};

/// The kinds of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A letter to each school of which something is missing.
    Reminder,
    /// Before the deadline: who is still expected.
    Upcoming,
    /// How the reports stand.
    Bulletin,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 3] = [Kind::Reminder, Kind::Upcoming, Kind::Bulletin];

    /// The word on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Reminder => "reminder",
            Kind::Upcoming => "upcoming",
            Kind::Bulletin => "bulletin",
        }
    }

    /// The folder of its files.
    pub fn folder(self) -> &'static str {
        match self {
            Kind::Reminder => "催报函",
            Kind::Upcoming => "预催",
            Kind::Bulletin => "通报",
        }
    }
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// All letters of a kind.
#[derive(Debug, Default)]
pub struct Set {
    /// The files.
    pub pieces: Vec<Piece>,
    /// A workbook of texts, and of schools that get no letter: its name, its sheets.
    pub workbook: Option<(String, Vec<Sheet<'static>>)>,
    /// How many Word letters there are.
    pub letters: usize,
    /// How many schools have something open that nobody has confirmed.
    pub held: usize,
    /// Why nothing is written, if so.
    pub none: Option<Message>,
}

/// The templates: the campaign's own, and the built-in ones where it has none.
#[derive(Debug, Clone, Default)]
pub struct Templates(BTreeMap<&'static str, (String, Template)>);

impl Templates {
    /// Reads the campaign's templates: path as people see it, and what a reader made of the file.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub fn of(files: &[(String, Document)]) -> Result<Templates, Vec<TemplateError>> {
        let (mut templates, mut errors) = (Templates::default(), Vec::new());
        for (file, document) in files {
            let name = file.rsplit('/').next().unwrap_or(file);
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            let whole = |what, remedy| TemplateError { file: file.clone(), place: Place::Whole, what, remedy };
            let Some(form) = FORMS.iter().find(|f| f.name == stem) else {
                let names: Vec<&str> = FORMS.iter().map(|f| f.name).collect();
                let remedy = msg!("letters.template_unknown_remedy", names.join("、"));
                errors.push(whole(msg!("letters.template_unknown"), remedy));
                continue;
            };
            if let Some((other, _)) = templates.0.get(form.name) {
                errors.push(whole(msg!("letters.template_twice", other), msg!("letters.template_twice_remedy")));
                continue;
            }
            match Template::of(form, file, document) {
                Ok(template) => drop(templates.0.insert(form.name, (file.clone(), template))),
                Err(wrong) => errors.extend(wrong),
            }
        }
        if errors.is_empty() { Ok(templates) } else { Err(errors) }
    }

    fn get(&self, form: &Form) -> Template {
        self.0.get(form.name).map_or_else(|| Template::built_in(form), |(_, template)| template.clone())
    }

    fn too_long(&self, form: &Form, TooLong(to, length): TooLong) -> Vec<Message> {
        let file = self.0.get(form.name).map_or(form.name, |(file, _)| file.as_str()).to_string();
        let (what, remedy) = (msg!("letters.too_long", to, LONGEST, length), msg!("letters.too_long_remedy"));
        vec![TemplateError { file, place: Place::Whole, what, remedy }.message()]
    }
}

/// All letters of a kind.
///
/// # Errors
/// What a person must put right before letters can be written.
pub fn compose(kind: Kind, matter: &Matter<'_>, templates: &Templates) -> Result<Set, Vec<Message>> {
    let today = matter.as_of.date();
    if let Some(day) = matter.campaign.sender.reply_by.filter(|day| *day < today) {
        return Err(vec![msg!("letters.reply_past", day, today)]);
    }
    match kind {
        Kind::Reminder => reminders(matter, templates),
        Kind::Upcoming => expected(matter, templates),
        Kind::Bulletin => bulletins(matter, templates),
    }
}

fn reminders(matter: &Matter<'_>, templates: &Templates) -> Result<Set, Vec<Message>> {
    let (reminder, resend) = (templates.get(&form::REMINDER), templates.get(&form::RESEND));
    let mut set = Set::default();
    let (mut rows, mut held, mut texts) = (Vec::new(), Vec::new(), String::new());
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for record in &matter.records {
        let Some(form) = reminder::form_of(matter, record) else {
            held.extend(open(record).map(|why| held_row(record, &why)));
            continue;
        };
        let is_reminder = form.name == form::REMINDER.name;
        let letter = reminder::letter(matter, record, if is_reminder { &reminder } else { &resend });
        let mut name = format!("{}-{}.docx", form.name, safe(&record.school.name));
        if !taken.insert(name.to_lowercase()) {
            name = format!("{}-{}-{}.docx", form.name, safe(&record.school.name), safe(&record.school.code));
        }
        let text_form = if is_reminder { &form::WECHAT_REMINDER } else { &form::WECHAT_RESEND };
        let text = wechat::to_school(matter, record, text_form, &templates.get(text_form));
        let text = text.map_err(|long| templates.too_long(text_form, long))?;
        texts.push_str(&format!("{}\r\n{text}\r\n\r\n", receiver(record)));
        rows.push(text_row(record, &text, &name));
        set.pieces.push(packed(matter, name, &letter)?);
    }
    set.letters = set.pieces.len();
    set.held = held.len();
    if set.letters == 0 {
        set.none = Some(msg!("letters.none_wanting"));
    }
    if set.letters > 0 {
        set.pieces.push(Piece { name: "微信催报.txt".to_string(), bytes: plain(&texts) });
    }
    // Before the deadline nobody waits for a list of who gets no letter.
    if set.letters > 0 || (set.held > 0 && matter.is_past_deadline()) {
        set.workbook = Some(("微信催报.xlsx".to_string(), vec![text_sheet(matter, rows), held_sheet(matter, held)]));
    }
    Ok(set)
}

fn expected(matter: &Matter<'_>, templates: &Templates) -> Result<Set, Vec<Message>> {
    if matter.is_past_deadline() {
        let day = matter.campaign.deadline.shifted_to;
        return Ok(Set { none: Some(msg!("letters.none_after_deadline", day)), ..Set::default() });
    }
    if upcoming::waiting(matter).is_empty() {
        return Ok(Set { none: Some(msg!("letters.none_expected")), ..Set::default() });
    }
    let letter = upcoming::letter(matter, &templates.get(&form::UPCOMING));
    let texts = wechat::to_townships(matter, &templates.get(&form::WECHAT_UPCOMING));
    let texts = texts.map_err(|long| templates.too_long(&form::WECHAT_UPCOMING, long))?;
    let texts: String = texts.iter().map(|(township, text)| format!("{township}\r\n{text}\r\n\r\n")).collect();
    let mut pieces = vec![packed(matter, "预催名单.docx".to_string(), &letter)?];
    if !texts.is_empty() {
        pieces.push(Piece { name: "微信预催.txt".to_string(), bytes: plain(&texts) });
    }
    Ok(Set { pieces, letters: 1, ..Set::default() })
}

fn bulletins(matter: &Matter<'_>, templates: &Templates) -> Result<Set, Vec<Message>> {
    if !matter.is_past_deadline() {
        let day = matter.campaign.deadline.shifted_to;
        return Ok(Set { none: Some(msg!("letters.none_before_deadline", day)), ..Set::default() });
    }
    let letter = bulletin::letter(matter, &templates.get(&form::BULLETIN));
    Ok(Set { pieces: vec![packed(matter, "通报稿.docx".to_string(), &letter)?], letters: 1, ..Set::default() })
}

fn packed(matter: &Matter<'_>, name: String, letter: &Letter) -> Result<Piece, Vec<Message>> {
    let bytes = word::bytes(letter, occasion::signature(matter), matter.as_of);
    let bytes = bytes.map_err(|e| vec![msg!("letters.not_packed", &name, e)])?;
    Ok(Piece { name, bytes })
}

/// A text file that Windows' own editor reads as what it is.
fn plain(text: &str) -> Vec<u8> {
    [b"\xEF\xBB\xBF".as_slice(), text.as_bytes()].concat()
}

/// Why a school with something open gets no letter.
fn open(record: &Record<'_>) -> Option<Message> {
    let unread: Vec<&str> = record.unread.iter().map(|(path, _)| path.rsplit('/').next().unwrap_or(path)).collect();
    if !unread.is_empty() {
        return Some(msg!("letters.held_unread", unread.join("、")));
    }
    let open: Vec<FlagKind> = record.gaps.iter().filter(|g| g.ruling.is_none()).map(|g| g.kind).collect();
    if let Some(doubt) = record.doubt.as_ref().filter(|_| open.iter().any(|k| WANTING.contains(k))) {
        return Some(doubt.clone());
    }
    let wanting = open.iter().filter(|k| WANTING.contains(k)).count();
    match wanting {
        0 => record.unreadable.then(|| msg!("letters.held_hidden")),
        n => Some(msg!("letters.held_open", n)),
    }
}

fn receiver(record: &Record<'_>) -> String {
    let school = record.school;
    [school.name.as_str(), &school.contact, &school.phone]
        .into_iter()
        .filter(|t| !t.is_empty())
        .collect::<Vec<_>>()
        .join("  ")
}

fn text_row(record: &Record<'_>, text: &str, letter: &str) -> Vec<Cell> {
    let school = record.school;
    vec![
        Cell::text(&school.name).tone(Tone::Strong),
        Cell::text(&school.township),
        Cell::text(&school.contact),
        Cell::text(&school.phone),
        Cell::text(text),
        Cell::number(text.chars().count() as u32),
        Cell::text(letter).to(Some(Link::File(letter.to_string()))),
    ]
}

fn text_sheet(matter: &Matter<'_>, rows: Vec<Vec<Cell>>) -> Sheet<'static> {
    let title = msg!("letters.sheet_texts_title", &matter.campaign.title, official::moment(matter.as_of));
    Sheet {
        name: "微信催报".to_string(),
        heading: heading(&title, &msg!("letters.sheet_texts_note")),
        columns: vec![
            Column::new(zh(&msg!("letters.col_unit")), 14.0),
            Column::new(zh(&msg!("letters.col_township")), 6.0),
            Column::new(zh(&msg!("letters.col_contact")), 5.0),
            Column::new(zh(&msg!("letters.col_phone")), 8.0),
            Column::new(zh(&msg!("letters.col_text")), 40.0),
            Column::centred(zh(&msg!("letters.col_length")), 4.0),
            Column::new(zh(&msg!("letters.col_letter")), 18.0),
        ],
        filter: rows.len() as u32,
        if_empty: zh(&msg!("letters.sheet_held_none")),
        frozen_columns: 1,
        rows,
        ..Sheet::default()
    }
}

fn held_row(record: &Record<'_>, why: &Message) -> Vec<Cell> {
    vec![
        Cell::text(&record.school.name).tone(Tone::Strong),
        Cell::text(&record.school.township),
        Cell::text(&record.school.contact),
        Cell::text(&record.school.phone),
        Cell::text(zh(why)),
    ]
}

fn held_sheet(matter: &Matter<'_>, rows: Vec<Vec<Cell>>) -> Sheet<'static> {
    let title = msg!("letters.sheet_held_title", official::moment(matter.as_of));
    Sheet {
        name: "暂不发函".to_string(),
        heading: heading(&title, &msg!("letters.sheet_held_note")),
        columns: vec![
            Column::new(zh(&msg!("letters.col_unit")), 14.0),
            Column::new(zh(&msg!("letters.col_township")), 6.0),
            Column::new(zh(&msg!("letters.col_contact")), 5.0),
            Column::new(zh(&msg!("letters.col_phone")), 8.0),
            Column::new(zh(&msg!("letters.col_reason")), 40.0),
        ],
        filter: rows.len() as u32,
        if_empty: zh(&msg!("letters.sheet_held_none")),
        frozen_columns: 1,
        rows,
        ..Sheet::default()
    }
}

fn heading(title: &Message, note: &Message) -> Vec<Vec<Cell>> {
    vec![vec![Cell::text(zh(title)).tone(Tone::Title)], vec![Cell::text(zh(note)).tone(Tone::Note)]]
}
