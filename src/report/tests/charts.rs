//! Charts, and colours that follow what a person types.

use super::*;
use crate::model::sheet::Bars;

/// The charts of 报送情况.
fn charts(findings: &Findings) -> Vec<crate::model::sheet::Chart> {
    sheets(findings, &layout())[3].charts.clone()
}

#[test]
fn townships_and_days_are_drawn_over_rows_of_their_own() {
    let findings = sample::findings();
    let sheet = &sheets(&findings, &layout())[3];
    let [townships, days] = sheet.charts.as_slice() else { panic!("{:?}", sheet.charts) };
    assert_eq!((townships.bars, days.bars), (Bars::Lying, Bars::Upright));
    let cell = |row: u32, column: u16| &sheet.rows[row as usize][usize::from(column)].value;
    let number = |row, column| match cell(row, column) {
        Value::Number(n) => *n,
        other => panic!("{other:?}"),
    };
    // All that is asked of a township is in one of the bars.
    for row in townships.rows.0..=townships.rows.1 {
        let bars: f64 = townships.series.iter().map(|s| number(row, s.column)).sum();
        assert_eq!(bars, number(row, 1), "{:?}", sheet.rows[row as usize]);
    }
    // Every report that came stands on its day, in the colour of its side of the deadline.
    let of =
        |series: usize| (days.rows.0..=days.rows.1).map(|row| number(row, days.series[series].column)).sum::<f64>();
    assert_eq!((of(0), of(1)), (4.0, 2.0));
    let marked = (days.rows.0..=days.rows.1).filter(|&row| *cell(row, 0) == Value::Text("10月19日（截止）".into()));
    assert_eq!(marked.count(), 1);
    // Nothing stands under a chart.
    for chart in [townships, days] {
        assert!(
            (chart.over.0..=chart.over.1).all(|row| sheet.rows[row as usize].iter().all(|c| c.value == Value::Empty))
        );
    }
}

#[test]
fn a_chart_holds_its_numbers_so_that_every_program_draws_it() {
    let bytes = bytes();
    for n in 1..=3 {
        let chart = part(&bytes, &format!("xl/charts/chart{n}.xml"));
        assert!(chart.contains("<c:numCache>") && chart.contains("<c:strCache>"), "{chart}");
        assert!(chart.contains("微软雅黑") && !chart.contains("#REF!"), "{chart}");
    }
    assert!(part(&bytes, "xl/charts/chart2.xml").contains("<c:v>龙池镇</c:v>"));
}

#[test]
fn nothing_is_drawn_where_there_is_nothing() {
    let mut findings = sample::findings();
    findings.schools.retain(|s| s.school.township == "南原镇");
    assert!(charts(&findings).is_empty());
    findings.schools.clear();
    assert!(charts(&findings).is_empty());
}

#[test]
fn what_is_typed_colours_its_row_and_what_a_conclusion_asks_for() {
    let review = part(&bytes(), "xl/worksheets/sheet2.xml");
    for (range, formula) in [
        ("N4", "AND($M4=\"同意延期\",$N4=\"\")"),
        ("O4", "AND($M4<>\"\",$M4<>\"同意机器\",$O4=\"\")"),
        ("A4", "AND($M4<>\"\",$R4=\"\")"),
    ] {
        let formula = formula.replace('<', "&lt;").replace('>', "&gt;");
        assert!(review.contains(&format!("<formula>{formula}</formula>")), "{formula} in {review}");
        assert!(review.contains(&format!("<conditionalFormatting sqref=\"{range}:")), "{range}");
    }
    // The list of a drop-down may hold so many characters; with more, programs call the file damaged.
    let choices = crate::model::ruling::Conclusion::ALL.map(|(_, words)| words).join(",");
    assert!(choices.chars().count() <= 255);
}
