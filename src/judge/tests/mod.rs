//! Scenes that a clerk would recognise, and what must hold whatever comes.

mod always;
mod copies;
mod desk;
mod done;
mod numbers;
mod when;
mod whose;
