//! The walls of the house, held by reading the source: who imports whom, how long a file is, and that every sentence for
//! a person stands in the catalogue. What is said here in words stands in ARCHITECTURE.md.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test panics to say that something is wrong"
)]

use regex::Regex;
use shouqi::model::message::catalogue;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Stages import `model` and themselves.
const STAGES: [&str; 10] =
    ["intake", "extract", "ocr", "campaign", "detect", "judge", "report", "store", "review", "letters"];
/// Beside `pipeline`, `cli` names the registers that a person may give.
const CLI_NEEDS: [&str; 3] = ["pipeline", "model", "campaign"];
/// A file past this wants to be two rooms.
const LINES: usize = 400;

/// A source file that is not a test.
struct Source {
    /// Path from `src`.
    name: String,
    /// The module that it is: `detect`, `detect::engine`; empty for `lib.rs`.
    module: String,
    /// The text without comments and without the tests at its end.
    code: String,
    /// Lines of the whole file.
    lines: usize,
}

impl Source {
    fn room(&self) -> &str {
        self.module.split("::").next().unwrap_or_default()
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut waiting = vec![root.clone()];
    let mut paths: Vec<PathBuf> = Vec::new();
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let is_test = path.file_stem().is_some_and(|s| s == "tests");
            match path.is_dir() {
                _ if is_test => {}
                true => waiting.push(path),
                false if path.extension().is_some_and(|e| e == "rs") => paths.push(path),
                false => {}
            }
        }
    }
    paths.sort();
    paths.iter().map(|path| source(&root, path)).collect()
}

fn source(root: &Path, path: &Path) -> Source {
    let names: Vec<String> =
        path.strip_prefix(root).unwrap().iter().map(|n| n.to_string_lossy().into_owned()).collect();
    let name = names.join("/");
    let module = name.trim_end_matches(".rs").trim_end_matches("/mod").replace('/', "::");
    let text = fs::read_to_string(path).unwrap();
    let begins_tests = Regex::new(r"(?m)^#\[cfg\((all\()?test[^\]]*\]\s*mod \w+ \{").unwrap();
    let body = begins_tests.find(&text).map_or(text.as_str(), |tests| &text[..tests.start()]);
    let code = body.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    Source { name, module: if module == "lib" { String::new() } else { module }, code, lines: text.lines().count() }
}

/// Every path that begins with `crate::`, braces taken apart, `self` left out.
fn imports(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (start, _) in code.match_indices("crate::").filter(|(at, _)| *at == 0 || !code[..*at].ends_with('$')) {
        expand(&code[start + "crate::".len()..], "", &mut found);
    }
    found
}

/// Reads one path or one braced list; gives how far it reached.
fn expand(text: &str, before: &str, found: &mut BTreeSet<String>) -> usize {
    let word = |t: &str| t.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(t.len());
    let mut at = 0;
    let mut path = before.to_string();
    loop {
        if text[at..].starts_with('{') {
            at += 1;
            loop {
                at += text[at..].len() - text[at..].trim_start_matches([' ', '\n', ',']).len();
                if text[at..].starts_with('}') {
                    return at + 1;
                }
                let reached = expand(&text[at..], &path, found);
                if reached == 0 {
                    return at;
                }
                at += reached;
            }
        }
        let end = at + word(&text[at..]);
        let name = &text[at..end];
        if name != "self" && !name.is_empty() {
            path = if path.is_empty() { name.to_string() } else { format!("{path}::{name}") };
        }
        at = end;
        if !text[at..].starts_with("::") {
            found.insert(path);
            return at;
        }
        at += 2;
    }
}

/// The module that a path leads into: the longest beginning that is one.
fn module_of<'m>(path: &str, modules: &'m BTreeSet<String>) -> Option<&'m str> {
    let mut path = path;
    loop {
        if let Some(module) = modules.get(path) {
            return Some(module);
        }
        path = &path[..path.rfind("::")?];
    }
}

fn graph(sources: &[Source]) -> BTreeMap<&str, BTreeSet<String>> {
    let modules: BTreeSet<String> =
        sources.iter().map(|s| s.module.clone()).filter(|m| !m.is_empty() && m != "main").collect();
    let child = Regex::new(r"(?m)^\s*(?:pub(?:\([a-z]+\))? )?mod (\w+);").unwrap();
    let edges = |s: &Source| {
        let used =
            imports(&s.code).iter().filter_map(|p| module_of(p, &modules)).map(str::to_string).collect::<Vec<_>>();
        let children = child.captures_iter(&s.code).map(|c| format!("{}::{}", s.module, &c[1]));
        let children = children.filter(|c| modules.contains(c)).collect::<Vec<_>>();
        used.into_iter().chain(children).filter(|m| *m != s.module).collect()
    };
    sources.iter().filter(|s| modules.contains(&s.module)).map(|s| (s.module.as_str(), edges(s))).collect()
}

#[test]
fn each_room_imports_what_it_may() {
    let mut wrong = Vec::new();
    for source in sources() {
        let room = source.room().to_string();
        let may = |other: &str| match room.as_str() {
            own if own == other => true,
            "" => true,
            "main" => other == "cli",
            "model" => false,
            "cli" => CLI_NEEDS.contains(&other),
            "pipeline" => other == "model" || STAGES.contains(&other),
            stage if STAGES.contains(&stage) => other == "model",
            unknown => panic!("{}: {unknown} is no room of the house", source.name),
        };
        for path in imports(&source.code) {
            let other = path.split("::").next().unwrap_or_default();
            if other != "msg" && !may(other) {
                wrong.push(format!("{} imports crate::{path}", source.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_module_is_imported_by_what_lies_inside_it() {
    let sources = sources();
    let graph = graph(&sources);
    let inside = |module: &str, other: &str| module.strip_prefix(other).is_some_and(|rest| rest.starts_with("::"));
    let wrong: Vec<String> = graph
        .iter()
        .flat_map(|(module, used)| {
            used.iter().filter(|u| inside(module, u)).map(move |u| format!("{module} imports {u}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_two_modules_need_each_other_whatever_the_way_round() {
    let sources = sources();
    let graph = graph(&sources);
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for start in graph.keys() {
        let mut way: Vec<&str> = Vec::new();
        if let Some(circle) = circle(start, &graph, &mut way, &mut done) {
            panic!("a circle: {circle}");
        }
    }
}

fn circle<'g>(
    module: &'g str,
    graph: &'g BTreeMap<&str, BTreeSet<String>>,
    way: &mut Vec<&'g str>,
    done: &mut BTreeSet<&'g str>,
) -> Option<String> {
    if let Some(at) = way.iter().position(|m| *m == module) {
        return Some([&way[at..], &[module]].concat().join(" → "));
    }
    if done.contains(module) {
        return None;
    }
    way.push(module);
    let found = graph.get(module).into_iter().flatten().find_map(|next| circle(next, graph, way, done));
    way.pop();
    done.insert(module);
    found
}

#[test]
fn no_file_wants_to_be_two() {
    let long: Vec<String> =
        sources().iter().filter(|s| s.lines > LINES).map(|s| format!("{}: {} lines", s.name, s.lines)).collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn every_sentence_stands_in_the_catalogue_and_every_entry_is_used() {
    let all: String = sources().into_iter().map(|s| s.code + "\n").collect();
    let named = |pattern: &str| -> BTreeSet<String> {
        Regex::new(pattern).unwrap().captures_iter(&all).map(|c| c[1].to_string()).collect()
    };
    let said = named(r#"msg!\(\s*"([a-z_0-9.]+)""#);
    let missing: Vec<&String> = said.iter().filter(|k| !catalogue().contains_key(*k)).collect();
    assert!(missing.is_empty(), "not in the catalogue: {missing:?}");

    // Keys that are handed on as text, and those that are made of a beginning and a word at run time.
    let literal = named(r#""([a-z]+\.[a-z_0-9]+)""#);
    let made = named(r#"format!\(\s*"([a-z]+\.[a-z_]+)\{"#);
    let is_used = |key: &str| literal.contains(key) || made.iter().any(|beginning| key.starts_with(beginning.as_str()));
    let unused: Vec<&String> = catalogue().keys().filter(|k| !is_used(k)).collect();
    assert!(unused.is_empty(), "never said: {unused:?}");
}

#[test]
fn imports_are_read_as_they_are_meant() {
    let code = "use crate::a::{self, b::{C, d},\n    E};\nlet x = crate::f::g(1);\n$crate::h::i";
    let wanted = ["a", "a::E", "a::b::C", "a::b::d", "f::g"];
    assert_eq!(imports(code), wanted.iter().map(ToString::to_string).collect());
}
