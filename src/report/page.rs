//! 汇总表.html: the matrix and the words behind every verdict, for those who would rather look than open a workbook.
//!
//! One file that asks nothing of any network: style, script and data stand in it, and its policy forbids all else. What
//! schools wrote reaches it as data only; the script makes text of it, never markup.

mod data;
mod frame;

use crate::model::message::Lang;
use crate::model::sheet::Tone;
use crate::msg;
use crate::report::look;
use crate::report::view::View;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use data::Data;
use frame::class;
use sha2::{Digest, Sha256};

const HTML: &str = include_str!("page/page.html");
const CSS: &str = include_str!("page/page.css");
const SCRIPT: &str = include_str!("page/page.js");

/// The tones that the page shows.
const TONES: [Tone; 7] =
    [Tone::Plain, Tone::Good, Tone::Doubtful, Tone::Bad, Tone::Unreadable, Tone::Muted, Tone::Human];

/// The page, a pure function of the view.
pub fn page(view: &View<'_>) -> String {
    let data = Data::new(view);
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
        ("script", SCRIPT),
    ];
    filled(HTML, &values)
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
