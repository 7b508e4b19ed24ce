//! The product as its users meet it: one binary, a module a subject.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test panics to say that something is wrong"
)]

mod book;
mod broken;
mod commands;
mod copies;
mod damage;
mod dates_and_counts;
mod demonstration;
mod enclosed;
mod evidence;
mod explained;
mod faults;
mod folder;
mod gold;
mod health;
mod hostile;
mod inboxes;
mod killed;
mod learned;
mod letters;
mod links;
mod nights;
mod notice;
mod office;
mod packages;
mod page;
mod phenomena;
mod privacy;
mod review;
mod rules;
mod scans;
mod schedule;
mod second_campaign;
mod why;
