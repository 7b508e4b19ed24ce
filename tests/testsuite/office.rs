//! Other programs that people open and save workbooks with: openpyxl, which edits cells, and LibreOffice, which writes the
//! whole file anew. Where they are not installed the tests make do without; with `SHOUQI_REQUIRE_OFFICE` in the
//! environment their absence fails the tests.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

fn answers(program: &str, arguments: &[&str]) -> bool {
    let asked = Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let found = asked.is_ok_and(|status| status.success());
    assert!(found || std::env::var_os("SHOUQI_REQUIRE_OFFICE").is_none(), "{program} {arguments:?} is not here");
    found
}

/// Whether openpyxl can be asked.
pub fn has_openpyxl() -> bool {
    static FOUND: OnceLock<bool> = OnceLock::new();
    *FOUND.get_or_init(|| answers("python3", &["-c", "import openpyxl"]))
}

/// Whether LibreOffice can be asked.
pub fn has_libreoffice() -> bool {
    static FOUND: OnceLock<bool> = OnceLock::new();
    *FOUND.get_or_init(|| answers("soffice", &["--version"]))
}

/// What is done to 待核清单.
#[derive(Default)]
pub struct Orders {
    /// Row, head of the column, text; an empty text clears the cell.
    pub puts: Vec<(u32, String, String)>,
    /// Rows that change places, whole.
    pub swaps: Vec<(u32, u32)>,
}

/// Has openpyxl carry out orders on a workbook and save it under another path, or the same.
pub fn by_openpyxl(book: &Path, to: &Path, orders: &Orders) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/openpyxl/hand.py");
    let orders = serde_json::json!({
        "book": book, "to": to, "sheet": "待核清单", "head": "编号", "puts": orders.puts, "swaps": orders.swaps,
    });
    let mut python = Command::new("python3").arg(script).stdin(Stdio::piped()).spawn().unwrap();
    python.stdin.take().unwrap().write_all(orders.to_string().as_bytes()).unwrap();
    assert!(python.wait().unwrap().success());
}

/// Has LibreOffice open a file and save it in a format; the path of what it saved, in `folder`.
pub fn by_libreoffice(file: &Path, format: &str, folder: &Path) -> PathBuf {
    let profile = tempfile::tempdir().unwrap();
    let status = Command::new("soffice")
        .arg("--headless")
        .arg(format!("-env:UserInstallation=file://{}", profile.path().display()))
        .args(["--convert-to", format, "--outdir"])
        .args([folder, file])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
    folder.join(file.file_name().unwrap()).with_extension(format)
}
