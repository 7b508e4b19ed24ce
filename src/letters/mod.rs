//! What stands about schools, confirmed → Word letters to them: reminders (催报函), the list of who is still expected
//! (预催名单), a bulletin (通报), and short texts for WeChat.
//!
//! [`compose()`] is the door. A letter's words come from a template (a registry in [`form`], each overridable by the campaign
//! folder), are laid out as plain data by the shape of each line (`layout`) and become a file in `word`, which alone
//! knows the writer and the form of GB/T 9704—2012. What may be held against a school is decided in one place:
//! [`record::Record::stands`]. Letters are Chinese in every language of the console.

mod bulletin;
mod compose;
pub mod error;
mod figures;
mod file_name;
pub mod form;
mod layout;
pub mod letter;
mod occasion;
mod official;
mod phrases;
pub mod record;
mod reminder;
mod template;
#[cfg(test)]
mod tests;
mod title;
mod upcoming;
mod wechat;
mod word;

pub use compose::{Kind, Piece, Set, Templates, compose};
pub use occasion::reply_by_day as reply_by;
