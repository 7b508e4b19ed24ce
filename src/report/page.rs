//! 汇总表.html: the matrix and the words behind every verdict, for those who would rather look than open a workbook.
//!
//! The matrix is plain data; what stands behind it is packed, some schools a block, and a browser unpacks a block when one of
//! its schools is opened. So a county with the texts of its reports is still a page that opens at once.
//!
//! One file that asks nothing of any network: style, script and data stand in it, and its policy forbids all else. What
//! schools wrote reaches it as data only; the script makes text of it, never markup.

mod block;
mod data;
mod desk;
mod document;
mod frame;
mod plan;

use crate::model::message::Lang;
use crate::model::sheet::{Tone, names};
use crate::model::shelf::{Closed, whole};
use crate::msg;
use crate::report::look;
use crate::report::view::View;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use block::Block;
use data::Data;
use frame::class;
use libdeflater::{CompressionLvl, Compressor};
use plan::{BLOCK, Plan};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use sha2::{Digest, Sha256};
use std::io::{self, Write};

const HTML: &str = include_str!("page/page.html");
const CSS: &str = include_str!("page/page.css");
const SCRIPT: &str = include_str!("page/page.js");

/// So many blocks are made at a time.
const AT_ONCE: usize = 4;
/// The tones that the page shows.
const TONES: [Tone; 7] =
    [Tone::Plain, Tone::Good, Tone::Doubtful, Tone::Bad, Tone::Unreadable, Tone::Muted, Tone::Human];

/// Writes the page: a function of the view. The texts of a few schools at a time are in memory; blocks are kept, for nothing of
/// the night itself stands in them.
///
/// # Errors
/// The writer's own.
pub fn write(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let plan = Plan::new(view);
    let (before, after) = HTML.split_once("{{blocks}}").unwrap_or((HTML, ""));
    out.write_all(head(&plan, before).as_bytes())?;
    let blocks: Vec<_> = plan.schools.chunks(BLOCK).enumerate().collect();
    for some in blocks.chunks(AT_ONCE) {
        let block = |(number, schools): &(usize, &[_])| {
            let name = format!("{}/{number}", names::PAGE);
            let make = || packed(&Block::new(&plan, schools));
            view.kept.schools.or_make(
                &name,
                |packed| whole(packed).map(Ok),
                make,
                |made| made.as_ref().ok().map(Closed::bytes),
            )
        };
        let packed: Vec<io::Result<Vec<u8>>> = some.par_iter().map(block).collect();
        for ((number, _), block) in some.iter().zip(packed) {
            let text = STANDARD.encode(block?);
            writeln!(out, "<script id=\"block-{number}\" type=\"application/octet-stream\">{text}</script>")?;
        }
    }
    out.write_all(filled(after, &[("script", SCRIPT)]).as_bytes())
}

/// All that comes before the blocks.
fn head(plan: &Plan<'_, '_>, template: &str) -> String {
    let view = plan.view;
    let data = Data::new(plan);
    let style = format!("{CSS}{}", tones());
    let policy = format!(
        "default-src 'none'; img-src data:; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
        digest(&style),
        digest(SCRIPT)
    );
    let lang = match view.layout.lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    // Serialising into memory cannot fail: no map keys but texts, no foreign writer.
    let json = in_script(&serde_json::to_string(&data).unwrap_or_default());
    let (title, without) = (escaped(&data.title), escaped(&view.say(&msg!("report.page_no_script"))));
    let values = [
        ("lang", lang),
        ("policy", &policy),
        ("title", &title),
        ("style", &style),
        ("without", &without),
        ("data", &json),
    ];
    filled(template, &values)
}

/// A block as the script unpacks it, but for the base64 around it: JSON, deflated (zlib, RFC 1950).
fn packed(block: &Block) -> io::Result<Vec<u8>> {
    let json = serde_json::to_vec(block)?;
    let mut compressor = Compressor::new(CompressionLvl::default());
    let mut deflated = vec![0; compressor.zlib_compress_bound(json.len())];
    let len = compressor.zlib_compress(&json, &mut deflated).map_err(io::Error::other)?;
    deflated.truncate(len);
    Ok(deflated)
}

/// The colours of the workbook.
fn tones() -> String {
    let rule = |tone: Tone| {
        let look = look::of(tone);
        let ground = look.ground.map(|g| format!(" background: #{g:06X};")).unwrap_or_default();
        let frame = look.frame.map(|f| format!(" box-shadow: inset 0 0 0 2px #{f:06X};")).unwrap_or_default();
        let weight = if look.bold { " font-weight: bold;" } else { "" };
        format!(".{} {{ color: #{:06X};{ground}{frame}{weight} }}\n", class(tone), look.ink)
    };
    TONES.into_iter().map(rule).collect()
}

/// What the policy knows an inline style or script by.
fn digest(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

/// JSON that ends no script and begins no comment.
fn in_script(json: &str) -> String {
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Puts values in their places in one pass, so that what stands in a value stays as it is.
fn filled(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() + values.iter().map(|(_, v)| v.len()).sum::<usize>());
    let mut rest = template;
    while let Some((before, tail)) = rest.split_once("{{") {
        out.push_str(before);
        let (name, after) = tail.split_once("}}").unwrap_or((tail, ""));
        out.push_str(values.iter().find(|(n, _)| *n == name).map_or("", |(_, value)| value));
        rest = after;
    }
    out.push_str(rest);
    out
}
