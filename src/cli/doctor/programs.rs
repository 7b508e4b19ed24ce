//! Other programs and fonts that offices need.

use crate::cli::doctor::check::{Case, Line, good, watch};
use crate::cli::outside;
use crate::msg;

/// The language that scans are read in.
const LANGUAGE: &str = "chi_sim";

/// Tesseract, with simplified Chinese.
pub fn ocr(_: &Case<'_>) -> Vec<Line> {
    let program = outside::tesseract().unwrap_or_else(|| "tesseract".into());
    vec![match outside::run(program, &["--list-langs"], b"") {
        Err(error) => watch(msg!("doctor.ocr_none", error.to_string()), msg!("doctor.ocr_remedy")),
        Ok(ended) => {
            // Older versions list them on standard error.
            let listed = String::from_utf8_lossy(&ended.out).into_owned() + &ended.said;
            if listed.split_whitespace().any(|word| word.trim_matches(';') == LANGUAGE) {
                good(msg!("doctor.ocr", LANGUAGE))
            } else {
                watch(msg!("doctor.ocr_language", LANGUAGE), msg!("doctor.ocr_remedy"))
            }
        }
    }]
}

/// Chinese fonts, which LibreOffice and WPS need to show the workbook. Windows and macOS bring theirs.
pub fn fonts(_: &Case<'_>) -> Vec<Line> {
    if !cfg!(target_os = "linux") {
        return Vec::new();
    }
    vec![match outside::run("fc-list", &[":lang=zh-cn", "family"], b"") {
        Ok(ended) if ended.good && !ended.out.trim_ascii().is_empty() => {
            let text = String::from_utf8_lossy(&ended.out).into_owned();
            let mut families: Vec<&str> = text.lines().filter_map(|l| l.split(',').next()).map(str::trim).collect();
            families.sort_unstable();
            families.dedup();
            good(msg!("doctor.fonts", families.len(), families.first().copied().unwrap_or_default()))
        }
        Ok(_) => watch(msg!("doctor.fonts_none"), msg!("doctor.fonts_remedy")),
        // A server without office programs needs no fonts.
        Err(_) => good(msg!("doctor.fonts_unknown")),
    }]
}
