//! What is wrong with the arguments, in the person's language: the parser's own words are English only.

use crate::model::message::Message;
use crate::msg;
use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// What is wrong, with the argument that it is about.
pub fn message(error: &Error) -> Message {
    let said = |kind| error.get(kind).map(words).unwrap_or_default();
    let (argument, value) = (said(ContextKind::InvalidArg), said(ContextKind::InvalidValue));
    match error.kind() {
        ErrorKind::UnknownArgument => msg!("cli.unknown_argument", argument),
        ErrorKind::InvalidSubcommand => msg!("cli.unknown_command", said(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => msg!("cli.missing_argument", argument),
        ErrorKind::MissingSubcommand => msg!("cli.missing_command"),
        ErrorKind::InvalidValue if value.is_empty() => msg!("cli.missing_value", argument),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => match said(ContextKind::ValidValue).as_str() {
            "" if argument.contains("--as-of") => msg!("cli.wrong_time", value),
            "" => msg!("cli.wrong_value", argument, value),
            valid => msg!("cli.wrong_choice", argument, value, valid),
        },
        ErrorKind::ArgumentConflict => msg!("cli.argument_twice", argument),
        ErrorKind::TooManyValues => msg!("cli.too_many_values", argument, value),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues | ErrorKind::NoEquals => {
            msg!("cli.missing_value", argument)
        }
        ErrorKind::InvalidUtf8 => msg!("cli.not_unicode"),
        _ => msg!("cli.wrong_arguments", error.kind().to_string()),
    }
}

/// What to do: the argument that was probably meant, or the help.
pub fn hint(error: &Error) -> Message {
    let meant = error.get(ContextKind::SuggestedArg).or_else(|| error.get(ContextKind::SuggestedSubcommand)).map(words);
    meant.filter(|m| !m.is_empty()).map_or(msg!("cli.see_help"), |meant| msg!("cli.did_you_mean", meant))
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(one) => one.clone(),
        ContextValue::Strings(all) => all.join(", "),
        ContextValue::StyledStr(one) => one.to_string(),
        ContextValue::Number(n) => n.to_string(),
        _ => String::new(),
    }
}
