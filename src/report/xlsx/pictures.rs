//! Photographs in cells. Each lies within its cell, so that it goes where its row goes: away when the row is filtered out.

use crate::report::xlsx::rows::{PICTURE_MARGIN, Rows};
use rust_xlsxwriter::{Image, ObjectMovement, Worksheet, XlsxError};

/// Puts the photographs of a sheet where its rows have them. The library holds equal ones once.
pub fn insert(page: &mut Worksheet, rows: &Rows) -> Result<(), XlsxError> {
    for (row, column, picture) in &rows.pictures {
        let Ok(small) = &picture.small else { continue };
        if let Some(height) = rows.heights.get(*row as usize) {
            page.set_row_height(*row, f64::from(*height))?;
        }
        let image = Image::new_from_buffer(&small.jpeg)?
            .set_alt_text(picture.of.caption.as_deref().unwrap_or(&picture.of.name))
            .set_object_movement(ObjectMovement::MoveAndSizeWithCells);
        page.insert_image_with_offset(*row, *column, &image, PICTURE_MARGIN, PICTURE_MARGIN)?;
    }
    Ok(())
}
