//! Small builders: a county of a few schools, and papers as schools send them.

use crate::model::campaign::{Activity, Campaign, Deadline, Material, Receipt};
use crate::model::document::Picture;
use crate::model::findings::{FileFindings, Findings, SchoolFindings, Status, Verdict};
use crate::model::flag::{Flag, FlagKind};
use crate::model::message::Lang;
use crate::model::place::{Line, Place};
use crate::model::problem::Problem;
use crate::model::reading::{Assertion, Evidence, Reading, Strength};
use crate::model::recognition::Recognised;
use crate::model::school::{School, Wanted};
use crate::model::source::SourceFile;
use chrono::{DateTime, FixedOffset, NaiveDate};
use std::sync::Arc;

/// A day of October 2020.
pub fn day(d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 10, d).unwrap()
}

/// A moment of October 2020, Chinese time.
pub fn at(d: u32, h: u32) -> DateTime<FixedOffset> {
    day(d).and_hms_opt(h, 0, 0).unwrap().and_local_timezone(FixedOffset::east_opt(8 * 3600).unwrap()).unwrap()
}

/// Name, aliases, township, category, home teaching duty, who reports for it.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static str, Option<&'static str>);

const SCHOOLS: &[Row] = &[
    ("龙池镇中心校", "", "龙池镇", "中心校", "否", None),
    ("龙池镇初级中学", "龙池中学", "龙池镇", "县直学校", "是", None),
    ("龙池镇王庄小学", "", "龙池镇", "村小", "否", Some("龙池镇中心校")),
    ("龙池镇李庄小学", "", "龙池镇", "村小", "否", Some("龙池镇中心校")),
    ("澄水县第一小学", "县一小", "城关镇", "县直学校", "否", None),
    ("城关镇第一小学", "", "城关镇", "县直学校", "否", None),
    ("石桥镇初级中学", "", "石桥镇", "县直学校", "否", None),
    ("澄水县育才小学", "育才小学", "城关镇", "民办学校", "否", None),
];

/// The county's campaign: meeting and home teaching due on the 19th, publicity within October.
pub fn county() -> Campaign {
    let only = |column: &str, wanted: Wanted| vec![[(column.to_string(), wanted)].into()];
    let activity = |id: &str, name: &str, due: u32, must_do| Activity {
        id: id.into(),
        number: String::new(),
        name: name.into(),
        criterion: format!("开展一次{name}"),
        must_do,
        window: (day(9), day(31)),
        due: day(due),
    };
    let reporters = || only("category", Wanted::AnyOf(vec!["中心校".into(), "县直学校".into()]));
    let material = |id: &str, name: &str, min_chars, min_pictures| Material {
        id: id.into(),
        name: name.into(),
        criterion: format!("报送{name}"),
        must_report: reporters(),
        min_chars,
        min_pictures,
    };
    Campaign {
        id: "chengshui-2020".into(),
        year: 2020,
        utc_offset_hours: 8,
        notice_date: Some(day(9)),
        name_prefixes: vec!["澄水县".into(), "县".into()],
        deadline: Deadline { date: day(19), includes_day: true, shifted_to: day(19) },
        period: (day(9), day(31)),
        activities: vec![
            activity("meeting", "专题会议", 19, vec![]),
            activity("publicity", "成效宣传", 31, vec![]),
            activity("home_teaching", "上门送教", 19, only("home_teaching_duty", Wanted::Yes(true))),
        ],
        materials: vec![material("written_report", "书面汇报材料", 300, 0), material("pictures", "图文资料", 0, 2)],
        schools: SCHOOLS
            .iter()
            .map(|(name, aliases, township, category, duty, via)| School {
                code: code(name).into(),
                name: (*name).into(),
                aliases: aliases.split(';').filter(|a| !a.is_empty()).map(Into::into).collect(),
                township: (*township).into(),
                category: (*category).into(),
                reports_via: via.map(|via| code(via).into()),
                columns: [("category", *category), ("home_teaching_duty", *duty)]
                    .map(|(k, v)| (k.into(), v.into()))
                    .into(),
                ..School::default()
            })
            .map(Arc::new)
            .collect(),
        ..Campaign::default()
    }
}

/// The code of a school of the county.
pub fn code(name: &str) -> String {
    format!("C{}", SCHOOLS.iter().position(|s| s.0 == name).unwrap())
}

/// A line of the register.
pub fn receipt(school: &str, material: &str, received: DateTime<FixedOffset>, channel: &str) -> Receipt {
    Receipt { school: code(school), material: material.into(), received, channel: channel.into(), row: 2 }
}

/// A paper under construction.
#[derive(Debug, Clone)]
pub struct Sheet(pub Reading);

/// A report in sentences, 800 characters, last written on the 18th.
pub fn report(path: &str) -> Sheet {
    let reading = Reading {
        source: SourceFile {
            path: path.into(),
            len: 1000,
            digest: format!("digest of {path}"),
            ..SourceFile::default()
        },
        format: "docx".into(),
        reader: "docx/1".into(),
        chars: 800,
        prose: true,
        ..Reading::default()
    };
    Sheet(reading).modified(18, 9)
}

/// A spreadsheet.
pub fn table(path: &str) -> Sheet {
    let mut sheet = report(path);
    (sheet.0.format, sheet.0.prose, sheet.0.chars) = ("xlsx".into(), false, 90);
    sheet
}

/// A photograph.
pub fn photo(path: &str) -> Sheet {
    let mut sheet = report(path).picture(path, 90_000);
    (sheet.0.format, sheet.0.prose, sheet.0.chars) = ("jpeg".into(), false, 0);
    sheet
}

/// An archive with its members.
pub fn archive(path: &str, members: Vec<Reading>) -> Sheet {
    let mut sheet = report(path);
    (sheet.0.format, sheet.0.prose, sheet.0.chars, sheet.0.members) = ("zip".into(), false, 0, members);
    sheet
}

/// An e-mail of a few lines with what is attached, sent at that time in China.
pub fn mail(path: &str, sent: DateTime<FixedOffset>, members: Vec<Reading>) -> Sheet {
    let mut sheet = report(path).chars(40);
    (sheet.0.format, sheet.0.members) = ("eml".into(), members);
    sheet.0.properties.sent = Some(sent.naive_utc());
    sheet
}

fn line(text: &str) -> Line {
    Line { place: Place::Paragraph(1), text: text.into() }
}

impl Sheet {
    pub fn title(mut self, text: &str) -> Self {
        self.0.masthead.titles.push(line(text));
        self
    }

    pub fn signed(mut self, text: &str) -> Self {
        self.0.masthead.signatures.push(line(text));
        self
    }

    pub fn unit(mut self, text: &str) -> Self {
        self.0.masthead.units.push(line(text));
        self
    }

    pub fn signed_on(mut self, date: NaiveDate) -> Self {
        self.0.signed = Some(date);
        self
    }

    pub fn modified(mut self, d: u32, h: u32) -> Self {
        self.0.source.stamps.modified = Some(at(d, h));
        self
    }

    pub fn created(mut self, d: u32, h: u32) -> Self {
        self.0.source.stamps.created = Some(at(d, h));
        self
    }

    pub fn digest(mut self, digest: &str) -> Self {
        self.0.source.digest = digest.into();
        self
    }

    pub fn chars(mut self, chars: u32) -> Self {
        self.0.chars = chars;
        self
    }

    pub fn print(mut self, seed: u32) -> Self {
        self.0.text_print = (seed * 1000..seed * 1000 + 64).collect();
        self
    }

    pub fn broken(mut self) -> Self {
        self.0.problems.push(Problem::Encrypted);
        (self.0.chars, self.0.prose) = (0, false);
        self
    }

    /// All of it recognised in a picture; evidence that follows is, too.
    pub fn recognised(mut self, confidence: u8) -> Self {
        self.0.recognised.push(Recognised { place: Place::Page(1), confidence });
        self
    }

    pub fn picture(mut self, fingerprint: &str, len: u64) -> Self {
        self.0.pictures.push(Picture { fingerprint: fingerprint.into(), len, ..Picture::default() });
        self
    }

    /// Evidence with strong words and without a date.
    pub fn says(self, item: &str, assertion: Assertion) -> Self {
        self.says_of(item, assertion, Strength::Strong, None, None)
    }

    /// Evidence in words that no rule knows.
    pub fn resembles(mut self, item: &str) -> Self {
        let quote = format!("{item} like others");
        let rule = format!("{item}.{}", crate::model::learned::RULE);
        self.0.evidence.open_mut().push(Evidence {
            strength: Strength::Weak,
            ..Evidence::new(item, Assertion::Done, Place::Paragraph(4), quote, rule)
        });
        self
    }

    pub fn says_of(
        mut self,
        item: &str,
        assertion: Assertion,
        strength: Strength,
        date: Option<NaiveDate>,
        unit: Option<&str>,
    ) -> Self {
        let quote = format!("{item} {}", assertion.word());
        self.0.evidence.open_mut().push(Evidence {
            strength,
            date,
            dates: date.into_iter().collect(),
            unit: unit.map(str::to_string),
            ocr: self.0.recognised.first().map(|r| r.confidence),
            ..Evidence::new(item, assertion, Place::Paragraph(3), quote, format!("{item}.held"))
        });
        self
    }
}

/// Judged as of the 20th at two in the morning.
pub fn judged(sheets: Vec<Sheet>) -> Findings {
    judged_in(&county(), sheets)
}

/// Judged in a campaign of one's own.
pub fn judged_in(campaign: &Campaign, sheets: Vec<Sheet>) -> Findings {
    let found = crate::judge::judge(sheets.into_iter().map(|s| s.0).collect(), campaign, &[], at(20, 2));
    assert!(found.balance.holds() && found.balance.received as usize == found.files.len());
    found
}

/// A school's findings.
pub fn school<'f>(found: &'f Findings, name: &str) -> &'f SchoolFindings {
    found.schools.iter().find(|s| s.school.name == name).unwrap()
}

/// A school's verdict on an item.
pub fn verdict<'f>(found: &'f Findings, name: &str, item: &str) -> &'f Verdict {
    school(found, name).verdicts.iter().find(|v| v.item == item).unwrap()
}

/// The word of it.
pub fn status(found: &Findings, name: &str, item: &str) -> Status {
    verdict(found, name, item).status
}

/// What became of a file.
pub fn file<'f>(found: &'f Findings, path: &str) -> &'f FileFindings {
    found.files.iter().find(|f| f.path == path).unwrap()
}

/// The names of the schools that a file was taken for.
pub fn owners(found: &Findings, path: &str) -> Vec<String> {
    let f = file(found, path);
    found.schools.iter().filter(|s| f.schools.contains(&s.school.code)).map(|s| s.school.name.to_string()).collect()
}

/// The flags of a kind.
pub fn flags(found: &Findings, kind: FlagKind) -> Vec<&Flag> {
    found.flags.iter().filter(|f| f.kind == kind).collect()
}

/// A file's reason in Chinese.
pub fn reason(found: &Findings, path: &str) -> String {
    file(found, path).why.text(Lang::Zh)
}
