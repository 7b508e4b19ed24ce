//! Makes the binary files of the campaigns in `fixtures/` from readable sources, a folder a campaign: `inbox.toml` (what
//! lies in the inbox, whose it is, what must become of it), `texts/` (what the schools wrote, with the gold label of each
//! activity), and `roster.csv` and `receipts.csv` where the campaign's registers are workbooks.
//!
//! ```text
//! cargo run --example make_fixtures             writes what differs; makes legacy files only where they are absent
//! cargo run --example make_fixtures -- --office  has LibreOffice make the legacy files (.doc .xls .wps .et) anew
//! cargo run --example make_fixtures -- --check   writes nothing; says whether the committed files are what it makes
//! ```
//!
//! The same sources give the same bytes; the files that LibreOffice makes are the exception, so they are kept.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program that talks to its developer, not a room"
)]

mod archive;
mod broken;
mod office;
mod photo;
mod plain;
mod plan;
mod sheet;
mod text;
mod word;
mod word_xml;

use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The campaigns, by folder here and in `fixtures/`.
const CAMPAIGNS: [&str; 2] = ["chengshui-2020", "luting-2024"];

/// Registers that are made, with the names of their sheets.
const REGISTERS: [(&str, &str); 2] = [("roster", "学校名册"), ("receipts", "收件登记")];

/// Content by path below the campaign folder.
type Files = BTreeMap<String, Vec<u8>>;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (check, office) = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => (false, false),
        ["--check"] => (true, false),
        ["--office"] => (false, true),
        _ => bail!("usage: make_fixtures [--check | --office]"),
    };
    for name in CAMPAIGNS {
        make(name, check, office).with_context(|| name)?;
    }
    Ok(())
}

fn make(name: &str, check: bool, office: bool) -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = root.join("examples/make_fixtures").join(name);
    let campaign = root.join("fixtures").join(name);

    let plan = plan::read(&sources)?;
    let mut files = plan::build(&plan)?;
    for (register, sheet) in REGISTERS {
        let source = sources.join(format!("{register}.csv"));
        if source.is_file() {
            files.insert(format!("{register}.xlsx"), sheet::register(&source, sheet)?);
        }
    }
    files.insert("expected.jsonl".into(), plan::expected(&plan)?.into_bytes());

    let strays = strays(&campaign, &plan, &files)?;
    if check {
        return compare(name, &campaign, &plan, &files, &strays);
    }
    for (name, bytes) in &files {
        write_if_new(&campaign.join(name), bytes)?;
    }
    office::make(&campaign, &plan, office)?;
    for stray in strays {
        println!("not of this program's making, left alone: {}", stray);
    }
    println!("{name}: {} files, and {} made by LibreOffice", files.len(), plan.legacy().count());
    Ok(())
}

fn write_if_new(path: &Path, bytes: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes).with_context(|| path.display().to_string())?;
    println!("written: {}", path.display());
    Ok(())
}

/// Files of the inbox that no source accounts for: they would change what a run finds.
fn strays(campaign: &Path, plan: &plan::Plan, files: &Files) -> Result<Vec<String>> {
    let inbox = campaign.join("inbox");
    let mut strays = Vec::new();
    for entry in
        walkdir::WalkDir::new(&inbox).sort_by_file_name().into_iter().flatten().filter(|e| e.file_type().is_file())
    {
        let below = entry.path().strip_prefix(campaign)?.to_string_lossy().replace('\\', "/");
        if !files.contains_key(&below) && !plan.legacy().any(|f| f.below() == below) {
            strays.push(below);
        }
    }
    Ok(strays)
}

fn compare(name: &str, campaign: &Path, plan: &plan::Plan, files: &Files, strays: &[String]) -> Result<()> {
    let differing = files
        .iter()
        .filter(|(name, bytes)| fs::read(campaign.join(name)).ok().as_ref() != Some(*bytes))
        .map(|(name, _)| name.clone());
    let absent = plan.legacy().map(|f| f.below()).filter(|name| !campaign.join(name).is_file());
    let wrong: Vec<String> = differing.chain(absent).chain(strays.iter().cloned()).collect();
    if !wrong.is_empty() {
        bail!("not what the sources make:\n{}", wrong.join("\n"));
    }
    println!(
        "{name}: {} files are what the sources make; {} made by LibreOffice are there",
        files.len(),
        plan.legacy().count()
    );
    Ok(())
}
