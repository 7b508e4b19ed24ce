//! The old binary formats, which LibreOffice makes from files of ours: WPS saves the same bytes under `.wps` and `.et`.

use crate::plan::{Make, Plan};
use anyhow::{Result, bail};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Makes what is absent, or everything anew. Without LibreOffice the committed files stay; an absent one is an error.
pub fn make(campaign: &Path, plan: &Plan, anew: bool) -> Result<()> {
    let wanted: Vec<_> = plan.legacy().filter(|f| anew || !campaign.join(f.below()).is_file()).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let there = Command::new("soffice").arg("--version").output().is_ok_and(|o| o.status.success());
    if !there {
        if wanted.iter().all(|f| campaign.join(f.below()).is_file()) {
            println!(
                "LibreOffice (soffice) is not here: the committed .doc, .xls, .wps and .et files stay as they are"
            );
            return Ok(());
        }
        bail!(
            "LibreOffice (soffice) is not here, and these are missing: {:?}",
            wanted.iter().map(|f| f.below()).collect::<Vec<_>>()
        );
    }
    let folder = tempfile::tempdir()?;
    for (make, from, to, filter) in
        [(Make::LegacyWord, "docx", "doc", "doc:MS Word 97"), (Make::LegacySheet, "xlsx", "xls", "xls:MS Excel 97")]
    {
        let these: Vec<_> = wanted.iter().filter(|f| f.make == make).collect();
        let mut command = Command::new("soffice");
        command.arg(format!("-env:UserInstallation=file://{}/profile", folder.path().display()));
        command.args(["--headless", "--convert-to", filter, "--outdir"]).arg(folder.path());
        for (i, file) in these.iter().enumerate() {
            let source = folder.path().join(format!("{i}.{from}"));
            fs::write(&source, plan.content(file)?)?;
            command.arg(source);
        }
        if !these.is_empty() && !command.output()?.status.success() {
            bail!("soffice failed to make .{to} files");
        }
        for (i, file) in these.iter().enumerate() {
            crate::write_if_new(&campaign.join(file.below()), &fs::read(folder.path().join(format!("{i}.{to}")))?)?;
        }
    }
    Ok(())
}
