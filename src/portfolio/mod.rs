//! Many assessments, and the findings of inspectors beside them: where risk is across entities, which self-assessments can be trusted, what gets worse, whom
//! to visit next. No files, no clock, no floating point.
//!
//! A bundle becomes a [`line`] (made in the report layer, which has the sentences; [`extract`] has the rest). Lines are gathered in any order ([`gather`])
//! into an [`overview`]. Series are tested by [`trend`] and [`together`], records of inspectors compared with self-assessments in [`blind`], legal minimum
//! frequencies stand in [`floors`], the order of visits in [`priority`].

pub mod blind;
pub mod extract;
pub mod floors;
pub mod gather;
pub mod line;
pub mod overview;
pub mod priority;
pub mod record;
pub mod series;
pub mod together;
pub mod trend;

pub use gather::Gathering;
pub use line::Line;
pub use overview::Overview;
pub use record::Record;
