//! How long a worksheet of 100,000 rows takes: Sheet → the bytes of a workbook.
//!
//! ```text
//! cargo bench --bench workbook
//! ```
#![allow(clippy::expect_used, reason = "a benchmark that makes nothing has nothing to say")]

use chrono::NaiveDate;
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use shouqi::model::sheet::{Blocks, Cell, Column, Link, Sheet, Tone};
use shouqi::report::xlsx::{Imprint, workbook_bytes};

const ROWS: u32 = 100_000;

/// Rows that are made at a time.
const BLOCK: u32 = 1_000;

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn evidence(bencher: Bencher<'_, '_>) {
    let day = NaiveDate::from_ymd_opt(2020, 10, 17);
    let row = |n: u32| {
        let file = format!("inbox/澄水县第{}小学/扶贫日活动总结.docx", n / 20);
        vec![
            Cell::text(format!("澄水县第{}小学", n / 20)),
            Cell::text(["专题会议", "政策宣讲", "上门送教", "包联入户"][n as usize % 4]),
            Cell::text("✔ 已做 ●").tone(Tone::Good),
            Cell::text(format!("10月17日，我校组织{}名教师走访贫困户{}户，宣讲资助政策。", n % 60, n % 200)),
            Cell::date(day),
            Cell::number(n % 200),
            Cell::text("扶贫日活动总结.docx").to(Some(Link::File(file))),
            Cell::text(format!("第{}段", n % 12)),
        ]
    };
    let columns = ["学校", "活动", "判断", "原文", "日期", "数量", "文件", "位置"].map(|name| Column::new(name, 12.0));
    let block = move |n: usize| (n as u32 * BLOCK..(n as u32 + 1) * BLOCK).map(row).collect();
    let sheet = || Sheet {
        name: "证据明细".into(),
        columns: columns.clone().into(),
        more: Blocks::new(ROWS, (ROWS / BLOCK) as usize, block),
        filter: ROWS,
        ..Sheet::default()
    };
    let made = day.and_then(|d| d.and_hms_opt(8, 0, 0)).expect("a time");
    let imprint = Imprint { title: "活动".into(), made, pages: "&P/&N".into() };
    bencher.counter(ItemsCount::new(ROWS)).with_inputs(sheet).bench_local_values(|sheet| {
        black_box(workbook_bytes(vec![sheet], &imprint).expect("a workbook"));
    });
}
