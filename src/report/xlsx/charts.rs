//! Charts: stacked bars in the colours of the workbook, over rows of the sheet that they stand on.

use crate::model::sheet::{Bars, Chart, Sheet};
use crate::report::look;
use crate::report::measure::pixels;
use crate::report::xlsx::dress::FONT;
use crate::report::xlsx::rows::LEAST_HEIGHT;
use rust_xlsxwriter as xl;
use rust_xlsxwriter::{Worksheet, XlsxError};

/// Puts a chart on a sheet whose table begins in row `first`.
pub fn insert(page: &mut Worksheet, sheet: &Sheet<'_>, chart: &Chart, first: u32) -> Result<(), XlsxError> {
    let (from, to) = (first + chart.rows.0, first + chart.rows.1);
    let font = |size: f64| xl::ChartFont::new().set_name(FONT).set_size(size).set_color(look::INK).to_owned();
    let kind = match chart.bars {
        Bars::Lying => xl::ChartType::BarStacked,
        Bars::Upright => xl::ChartType::ColumnStacked,
    };
    let mut picture = xl::Chart::new(kind);
    picture.title().set_name(&chart.title).set_font(font(11.0).set_bold());
    for series in &chart.series {
        let line = xl::ChartLine::new().set_color(0xFFFFFF).set_width(0.5).to_owned();
        let fill = xl::ChartSolidFill::new().set_color(look::bar(series.tone)).to_owned();
        picture
            .add_series()
            .set_name(series.name.as_str())
            .set_categories((sheet.name.as_str(), from, chart.categories, to, chart.categories))
            .set_values((sheet.name.as_str(), from, series.column, to, series.column))
            .set_format(xl::ChartFormat::new().set_solid_fill(&fill).set_border(&line))
            .set_gap(45);
    }
    let rule = xl::ChartLine::new().set_color(look::RULE).to_owned();
    let none = xl::ChartLine::new().set_hidden(true).to_owned();
    let names = |axis: &mut xl::ChartAxis| {
        axis.set_font(&font(9.0)).set_label_interval(1);
    };
    let counts = |axis: &mut xl::ChartAxis| {
        axis.set_font(&font(8.0)).set_num_format("0").set_major_gridlines(true).set_major_gridlines_line(&rule);
        axis.set_major_tick_type(xl::ChartAxisTickType::None).set_format(xl::ChartFormat::new().set_line(&none));
    };
    match chart.bars {
        Bars::Lying => {
            names(picture.y_axis().set_reverse());
            counts(picture.x_axis().set_label_position(xl::ChartAxisLabelPosition::High));
        }
        Bars::Upright => {
            names(picture.x_axis());
            counts(picture.y_axis());
        }
    }
    picture.legend().set_position(xl::ChartLegendPosition::Bottom).set_font(&font(9.0));
    picture.chart_area().set_format(xl::ChartFormat::new().set_border(&rule));
    // A row of LEAST_HEIGHT points has 4/3 as many pixels.
    let width: f64 = sheet.columns.iter().map(|c| pixels(c.width)).sum();
    let rows = f64::from(chart.over.1 - chart.over.0 + 1);
    picture.set_width(width as u32 - 4).set_height((rows * LEAST_HEIGHT * 4.0 / 3.0) as u32 - 8);
    page.insert_chart_with_offset(first + chart.over.0, 0, &picture, 0, 0)?;
    Ok(())
}
