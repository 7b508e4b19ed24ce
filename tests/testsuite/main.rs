//! The product as its users meet it: one binary, a module a subject.

mod broken;
mod commands;
mod evidence;
mod folder;
