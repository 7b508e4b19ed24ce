#![allow(
    missing_docs,
    clippy::all,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "scratch"
)]
use serde::Deserialize;
use shouqi::detect::{self, engine::Engine};
use shouqi::model::{campaign::Campaign, document::*, place::Place, rules::*, source::SourceFile};
use std::collections::BTreeMap;
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct F {
    item: String,
    version: u32,
    names: Vec<String>,
    not_names: Vec<String>,
    topics: Vec<String>,
    words: BTreeMap<String, Vec<String>>,
    rule: Vec<Rule>,
    example: Vec<Example>,
    cue: Vec<Cue>,
    mood: Vec<Mood>,
    context: Context,
}
fn main() {
    let mut r = Rules::default();
    let mut files: Vec<_> =
        std::fs::read_dir("fixtures/chengshui-2020/rules").unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files.insert(0, "src/campaign/language.toml".into());
    for f in files {
        let t: F = toml::from_str(&std::fs::read_to_string(&f).unwrap()).unwrap_or_else(|e| {
            println!("{f:?}: {e}");
            std::process::exit(1)
        });
        if t.item.is_empty() {
            r.words.extend(t.words);
            r.cues.extend(t.cue);
            r.moods.extend(t.mood);
            if !t.context.own.is_empty() {
                r.context = t.context;
            }
        } else {
            r.items.push(ItemRules {
                item: t.item,
                file: f.display().to_string(),
                version: t.version,
                names: t.names,
                not_names: t.not_names,
                topics: t.topics,
                words: t.words,
                rules: t.rule,
                examples: t.example,
            });
        }
    }
    let c = Campaign { year: 2020, rules: r, ..Default::default() };
    let e = Engine::new(&c).unwrap();
    for i in &c.rules.items {
        for x in &i.examples {
            let l = detect::label_of(&x.text, &i.item, &e);
            if l != x.label {
                println!("EX {} want {} got {}: {}", i.item, x.label, l, x.text);
            }
        }
    }
    let args: Vec<String> = std::env::args().skip(1).collect();
    let mut out = String::new();
    for f in &args {
        let text = std::fs::read_to_string(f).unwrap();
        let id = std::path::Path::new(f).file_stem().unwrap().to_string_lossy().to_string();
        let (mut blocks, mut rows, mut n, mut t) = (vec![], vec![], 0, 0);
        let mut name = id.clone();
        for line in text.lines().chain([""]) {
            let l = line.trim();
            if let Some(x) = l.strip_prefix("<!-- file:") {
                name = x.trim_end_matches("-->").trim().to_string();
                continue;
            }
            if l.starts_with('|') {
                if !l.starts_with("|--") {
                    rows.push(l.trim_matches('|').split('|').map(|s| s.trim().to_string()).collect::<Vec<_>>());
                }
                continue;
            }
            if !rows.is_empty() {
                t += 1;
                blocks.push(Block {
                    place: Place::Table(t),
                    content: Content::Table(Table {
                        hidden: false,
                        rows: rows
                            .drain(..)
                            .enumerate()
                            .map(|(i, r)| Row {
                                number: i as u32 + 1,
                                cells: r
                                    .into_iter()
                                    .enumerate()
                                    .map(|(c, text)| Cell { column: c as u32, columns: 1, rows: 1, text })
                                    .collect(),
                            })
                            .collect(),
                    }),
                });
            }
            if l.is_empty() {
                continue;
            }
            n += 1;
            blocks.push(Block {
                place: Place::Paragraph(n),
                content: if let Some(h) = l.strip_prefix("## ") {
                    Content::Heading(2, h.into())
                } else {
                    Content::Paragraph(l.into())
                },
            });
        }
        let d = Document { body: Body { blocks, ..Default::default() }, ..Default::default() };
        let rd = detect::detect(SourceFile { path: name, ..Default::default() }, d, &e, false);
        let labels = detect::labels(&rd.evidence);
        let acts: BTreeMap<_, _> = c
            .rules
            .items
            .iter()
            .map(|i| (i.item.clone(), labels.get(&i.item).map_or("absent", |a| a.word())))
            .collect();
        out += &format!("{}\n", serde_json::json!({"id": id, "activities": acts}));
        std::fs::write(format!("/tmp/dev/{id}.json"), serde_json::to_string_pretty(&rd).unwrap()).unwrap();
    }
    std::fs::write("/tmp/dev/pred.jsonl", out).unwrap();
}
