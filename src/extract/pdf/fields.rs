//! What somebody typed or ticked in a PDF form (ISO 32000-1, 12.7): the values of its fields stand beside the page, not on it.

use crate::extract::encoding;
use pdf_oxide::PdfDocument;
use pdf_oxide::annotation_types::{AnnotationSubtype, WidgetFieldType};
use pdf_oxide::annotations::Annotation;
use pdf_oxide::geometry::Rect;
use pdf_oxide::object::Object;

/// In the flags of a text field (table 228): what is typed there is shown to nobody.
const PASSWORD: u32 = 1 << 13;
/// How far above a field what it inherits may stand.
const DEPTH: usize = 10;

/// What a field shows, and where.
pub struct Field {
    /// Its frame on the page.
    pub frame: Rect,
    /// Its lines; a box is ☑ or ☐.
    pub text: String,
}

impl Field {
    /// Whether it stands in that part of the page.
    pub fn is_in(&self, part: &Rect) -> bool {
        let (x, y) = (self.frame.x + self.frame.width / 2.0, self.middle());
        x >= part.x && x <= part.x + part.width && y >= part.y && y <= part.y + part.height
    }

    /// Halfway between its upper and lower border.
    pub fn middle(&self) -> f32 {
        self.frame.y + self.frame.height / 2.0
    }
}

/// The fields of a page that show something; none where they cannot be listed.
pub fn fields(pdf: &PdfDocument, at: usize) -> Vec<Field> {
    let all = pdf.get_annotations(at).unwrap_or_default();
    let widgets = all.iter().filter(|a| a.subtype_enum == AnnotationSubtype::Widget && !a.flags.is_hidden());
    let shown = widgets.filter_map(|widget| {
        let [left, bottom, right, top] = widget.rect?.map(|c| c as f32);
        let frame = Rect::new(left.min(right), bottom.min(top), (right - left).abs(), (top - bottom).abs());
        let is_on = widget.appearance_state.as_deref().is_some_and(|state| state != "Off");
        let text = match widget.field_type.as_ref()? {
            WidgetFieldType::Text if widget.field_flags.is_some_and(|flags| flags & PASSWORD != 0) => return None,
            WidgetFieldType::Text | WidgetFieldType::Choice { .. } => value(pdf, widget)?,
            WidgetFieldType::Checkbox { .. } | WidgetFieldType::Radio { .. } => {
                if is_on { "☑" } else { "☐" }.to_string()
            }
            _ => return None,
        };
        let text = text.replace("\r\n", "\n").replace('\r', "\n").trim().to_string();
        (!text.is_empty()).then_some(Field { frame, text })
    });
    shown.collect()
}

/// The value of a text or a choice, its own or of the field that it is one of several places of (12.7.3.1). What is chosen
/// is shown by its name in the list, where the list has names.
fn value(pdf: &PdfDocument, widget: &Annotation) -> Option<String> {
    let mut above = widget.raw_dict.clone()?;
    let names = above.get("Opt").and_then(|o| resolved(pdf, o)).unwrap_or(Object::Null);
    for _ in 0..DEPTH {
        if let Some(value) = above.get("V").and_then(|v| resolved(pdf, v)) {
            let chosen: Vec<String> = match &value {
                Object::Array(several) => several.iter().filter_map(string).collect(),
                one => string(one).into_iter().collect(),
            };
            return Some(chosen.into_iter().map(|c| name(&names, &c).unwrap_or(c)).collect::<Vec<_>>().join("\n"));
        }
        above = resolved(pdf, above.get("Parent")?)?.as_dict()?.clone();
    }
    None
}

fn resolved(pdf: &PdfDocument, object: &Object) -> Option<Object> {
    object.as_reference().map_or_else(|| Some(object.clone()), |reference| pdf.load_object(reference).ok())
}

/// The name in a list of choices, each a name or a pair of value and name (table 231).
fn name(list: &Object, chosen: &str) -> Option<String> {
    list.as_array()?.iter().find_map(|each| match each.as_array()?.as_slice() {
        [value, name] if string(value)? == chosen => string(name),
        _ => None,
    })
}

/// A text string (7.9.2.2): UTF-16 or UTF-8 by its mark, else what its bytes look like, for programs write GBK there too.
fn string(object: &Object) -> Option<String> {
    match object {
        Object::String(bytes) => Some(encoding::decode(bytes, None).0),
        Object::Name(name) => Some(name.clone()),
        Object::Integer(n) => Some(n.to_string()),
        _ => None,
    }
}
