//! `inbox.toml`: every file of the inbox, how it is made, whose it is and what must become of it.

use crate::text::Text;
use crate::{Files, archive, broken, photo, plain, sheet, text, word, word_xml};
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// The plan and the texts it names.
pub struct Plan {
    items: Vec<String>,
    files: Vec<File>,
    texts: BTreeMap<String, Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    /// The activities, in the order of the texts' labels.
    items: Vec<String>,
    file: Vec<File>,
}

/// A file of the inbox, or `archive.zip!/member`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Path below the inbox.
    pub path: String,
    pub make: Make,
    /// A text of `texts/`, a photo's name, or the path of the file that is copied or cut.
    #[serde(default)]
    from: String,
    /// Codes of the schools it belongs to.
    #[serde(default)]
    schools: Vec<String>,
    /// used, superseded, duplicate, quarantined, ignored.
    status: Status,
    /// The path of the file that it repeats or that replaces it.
    other: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Used,
    Superseded,
    Duplicate,
    Quarantined,
    Ignored,
}

/// How a file is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Make {
    /// .docx by docx-rs.
    Word,
    /// .docx by hand.
    WordXml,
    Sheet,
    TxtGbk,
    CsvGbk,
    CsvUtf8,
    Html,
    Rtf,
    Photo,
    /// A .docx that LibreOffice turns into .doc.
    LegacyWord,
    /// An .xlsx that LibreOffice turns into .xls.
    LegacySheet,
    /// The same bytes as another file.
    Copy,
    Truncated,
    Encrypted,
    Empty,
    Litter,
}

impl File {
    /// Its path below the campaign folder.
    pub fn below(&self) -> String {
        format!("inbox/{}", self.path)
    }

    fn is_legacy(&self) -> bool {
        matches!(self.make, Make::LegacyWord | Make::LegacySheet)
    }
}

pub fn read(sources: &Path) -> Result<Plan> {
    let path = sources.join("inbox.toml");
    let Listed { items, file: files } =
        toml::from_str(&std::fs::read_to_string(&path)?).with_context(|| path.display().to_string())?;
    let mut texts = BTreeMap::new();
    for file in files.iter().filter(|f| f.from.ends_with(".txt") && f.make != Make::Copy) {
        texts.insert(file.from.clone(), text::read(&sources.join("texts").join(&file.from), &items)?);
    }
    Ok(Plan { items, files, texts })
}

impl Plan {
    /// The files that LibreOffice makes.
    pub fn legacy(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|f| f.is_legacy())
    }

    /// The bytes of a file; of a legacy file those that LibreOffice is given.
    pub fn content(&self, file: &File) -> Result<Vec<u8>> {
        let text = || self.texts.get(&file.from).with_context(|| format!("{}: no text", file.path));
        let other =
            || self.files.iter().find(|f| f.path == file.from).with_context(|| format!("no file {}", file.from));
        Ok(match file.make {
            Make::Word | Make::LegacyWord => word::docx(text()?)?,
            Make::WordXml => word_xml::docx(text()?)?,
            Make::Sheet | Make::LegacySheet => sheet::xlsx(text()?)?,
            Make::TxtGbk => plain::txt_gbk(text()?)?,
            Make::CsvGbk => plain::gbk(&plain::csv(text()?)?)?,
            Make::CsvUtf8 => format!("\u{feff}{}", plain::csv(text()?)?).into_bytes(),
            Make::Html => plain::html(text()?)?,
            Make::Rtf => plain::rtf(text()?)?,
            Make::Photo => photo::jpeg(&file.from)?,
            Make::Copy => self.content(other()?)?,
            Make::Truncated => broken::truncated(&word::docx(text()?)?),
            Make::Encrypted => broken::encrypted()?,
            Make::Empty => Vec::new(),
            Make::Litter => broken::litter(file.path.rsplit('/').next().unwrap_or_default()),
        })
    }
}

/// Every file but the legacy ones, archives packed.
pub fn build(plan: &Plan) -> Result<Files> {
    let mut files = Files::new();
    let mut archives: BTreeMap<&str, Vec<(String, Vec<u8>)>> = BTreeMap::new();
    for file in plan.files.iter().filter(|f| !f.is_legacy()) {
        let content = plan.content(file).with_context(|| file.path.clone())?;
        match file.path.rsplit_once("!/") {
            Some((archive, member)) => archives.entry(archive).or_default().push((member.to_string(), content)),
            None if files.insert(file.below(), content).is_some() => {
                bail!("{} is listed twice", file.path)
            }
            None => {}
        }
    }
    // The longest path first: an archive inside another is packed before the other.
    let mut inner_first: Vec<_> = archives.keys().copied().collect();
    inner_first.sort_by_key(|path| std::cmp::Reverse(path.len()));
    for path in inner_first {
        let packed = archive::pack_gbk(&archives.remove(path).unwrap_or_default())?;
        match path.rsplit_once("!/") {
            Some((outer, member)) => archives.entry(outer).or_default().push((member.to_string(), packed)),
            None => drop(files.insert(format!("inbox/{path}"), packed)),
        }
    }
    Ok(files)
}

/// `expected.jsonl`: a line a file in the order of paths, archives themselves left out; activities where the text is a
/// report.
pub fn expected(plan: &Plan) -> Result<String> {
    #[derive(serde::Serialize)]
    struct Line<'a> {
        file: String,
        schools: &'a [String],
        status: Status,
        #[serde(skip_serializing_if = "Option::is_none")]
        other: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        activities: Option<serde_json::Value>,
    }
    let mut sorted: Vec<&File> = plan.files.iter().collect();
    sorted.sort_by(|a, b| a.path.cmp(&b.path));
    let mut out = String::new();
    for file in sorted {
        let source = if file.make == Make::Copy { plan.files.iter().find(|f| f.path == file.from) } else { Some(file) };
        let labels = source
            .filter(|f| !matches!(f.make, Make::Truncated))
            .and_then(|f| plan.texts.get(&f.from)?.labels.as_ref());
        let line = Line {
            file: file.below(),
            schools: &file.schools,
            status: file.status,
            other: file.other.as_ref().map(|o| format!("inbox/{o}")),
            activities: labels.map(|l| {
                plan.items
                    .iter()
                    .zip(l)
                    .map(|(item, label)| (item.clone(), serde_json::Value::from(label.as_str())))
                    .collect()
            }),
        };
        out += &serde_json::to_string(&line)?;
        out.push('\n');
    }
    Ok(out)
}
