//! How many bytes of Chinese text a second one core reads for evidence: Document → Reading, by the demonstration's rules.
//!
//! ```text
//! cargo bench --bench detect
//! ```
//!
//! The text is that of the demonstration's reports, their paragraphs mixed anew and their numbers changed, in documents as
//! long as schools write them. Bytes are those of the text in UTF-8, three a Chinese character.
#![allow(clippy::panic, clippy::expect_used, reason = "a benchmark without its fixtures has nothing to say")]

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use shouqi::campaign::{self, CampaignFiles};
use shouqi::detect::{self, engine::Engine};
use shouqi::extract;
use shouqi::model::document::{Block, Body, Content, Document};
use shouqi::model::place::Place;
use shouqi::model::source::SourceFile;
use std::path::Path;

/// Bytes of text in all documents.
const CORPUS: usize = 8 << 20;
/// The least and the most bytes of a document.
const LENGTHS: [usize; 2] = [2 << 10, 6 << 10];

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn reports(bencher: Bencher<'_, '_>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/chengshui-2020");
    let campaign = campaign::load(&folder, &CampaignFiles::default(), &extract::read)
        .unwrap_or_else(|errors| panic!("{errors:#?}"));
    let engine = Engine::new(&campaign).expect("the demonstration's rules compile");
    let corpus = corpus(&paragraphs(&folder.join("inbox")));
    let bytes: usize = corpus.iter().map(|d| d.body.plain_text().len()).sum();
    bencher.counter(BytesCount::new(bytes)).with_inputs(|| corpus.clone()).bench_local_values(|documents| {
        for document in documents {
            black_box(detect::detect(SourceFile::default(), document, &engine, true));
        }
    });
}

/// The blocks of every document of the inbox that has running text, file by file.
fn paragraphs(inbox: &Path) -> Vec<Vec<Content>> {
    let files = walkdir::WalkDir::new(inbox).sort_by_file_name().into_iter().flatten();
    let read = files.filter_map(|file| std::fs::read(file.path()).ok()).map(|bytes| extract::read(&bytes));
    read.map(|document| document.body.blocks.into_iter().map(|b| b.content).filter(is_told).collect::<Vec<_>>())
        .filter(|told| told.len() >= 4)
        .collect()
}

fn is_told(content: &Content) -> bool {
    !matches!(content, Content::Table(_))
}

/// Documents made of the reports: the head of one, paragraphs of any, the signature of the first.
fn corpus(reports: &[Vec<Content>]) -> Vec<Document> {
    assert!(reports.len() >= 20, "the demonstration's inbox is not here");
    let mut dice = Dice(1);
    let (mut documents, mut bytes) = (Vec::new(), 0);
    while bytes < CORPUS {
        let frame = dice.one_of(reports);
        let [head, .., unit, date] = frame.as_slice() else { continue };
        let wanted = LENGTHS[0] + dice.below(LENGTHS[1] - LENGTHS[0]);
        let mut contents = vec![head.clone()];
        let mut length = 0;
        while length < wanted {
            let told = dice.one_of(reports);
            let content = varied(dice.one_of(&told[1..told.len() - 2]), &mut dice);
            length += text_of(&content).len();
            contents.push(content);
        }
        contents.extend([unit.clone(), date.clone()]);
        bytes += length;
        documents.push(document(contents));
    }
    documents
}

fn document(contents: Vec<Content>) -> Document {
    let blocks =
        contents.into_iter().zip(1..).map(|(content, n)| Block { place: Place::Paragraph(n), content }).collect();
    Document { body: Body { blocks, ..Body::default() }, ..Document::default() }
}

/// The same words with other counts; dates stay dates.
fn varied(content: &Content, dice: &mut Dice) -> Content {
    let counts = |text: &str, dice: &mut Dice| {
        let mut out = String::with_capacity(text.len());
        for piece in text.split_inclusive(['人', '名', '户', '份']) {
            let end = piece.trim_end_matches(['人', '名', '户', '份']);
            let before = end.trim_end_matches(|c: char| c.is_ascii_digit());
            out.push_str(before);
            if before.len() < end.len() {
                out.push_str(&(2 + dice.below(998)).to_string());
            }
            out.push_str(&piece[end.len()..]);
        }
        out
    };
    match content {
        Content::Caption(text) => Content::Caption(counts(text, dice)),
        Content::Paragraph(text) => Content::Paragraph(counts(text, dice)),
        other => other.clone(),
    }
}

fn text_of(content: &Content) -> &str {
    match content {
        Content::Heading(_, text) | Content::Caption(text) | Content::Paragraph(text) => text,
        Content::Table(_) => "",
    }
}

/// Throws that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn one_of<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.below(of.len())]
    }
}
