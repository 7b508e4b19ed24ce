//! Scenes that a clerk would recognise, and what must hold whatever comes.

mod always;
mod copies;
mod desk;
mod done;
mod when;
mod whose;
