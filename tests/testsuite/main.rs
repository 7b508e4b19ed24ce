//! The product as its users meet it: one binary, a module a subject.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test panics to say that something is wrong"
)]

mod broken;
mod commands;
mod damage;
mod demonstration;
mod evidence;
mod folder;
mod links;
