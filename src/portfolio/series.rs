//! The series of one entity, over all its dated assessments, and what the tests say of them.
//!
//! Two sorts: figures on performance, by the last day of their period (a value that stands in several bundles is taken from the latest); and, for each
//! component, the share of its requirements that are not met, by the assessment date.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::together::{self, Together};
use super::trend::{self, FEWEST, Tested, WINDOWS};
use crate::base::{Date, Decimal};

/// What a series is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// How people perform.
    People,
    /// How systems and equipment perform.
    Systems,
    /// Both at once, or it is not said.
    Other,
    /// How much of a component is not met.
    Component,
}

impl About {
    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Systems => "systems",
            Self::Other => "other",
            Self::Component => "component",
        }
    }
}

/// A value of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// A figure.
    Number(Decimal),
    /// So many of so many.
    Share(u32, u32),
}

impl Value {
    fn compare(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.cmp(&b),
            (Self::Share(a, of_a), Self::Share(b, of_b)) => {
                (u64::from(a) * u64::from(of_b)).cmp(&(u64::from(b) * u64::from(of_a)))
            }
            (Self::Number(_), Self::Share(..)) => Ordering::Less,
            (Self::Share(..), Self::Number(_)) => Ordering::Greater,
        }
    }

    /// As it is shown.
    #[must_use]
    pub fn shown(self) -> String {
        match self {
            Self::Number(n) => n.normalize().to_string(),
            Self::Share(a, of) => format!("{a} of {of}"),
        }
    }
}

/// Values by day, and which way is worse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// What is measured.
    pub name: String,
    /// What it is about.
    pub about: About,
    /// Whether larger is worse; `None` when nobody said.
    pub larger_is_worse: Option<bool>,
    /// The values.
    pub values: BTreeMap<Date, Value>,
}

/// A series that gets worse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trend {
    /// What is measured.
    pub name: String,
    /// What it is about.
    pub about: About,
    /// The first day of the window, and its value.
    pub from: (Date, Value),
    /// The last day, and its value.
    pub to: (Date, Value),
    /// What the test says.
    pub tested: Tested,
}

/// A figure on people and one on systems that get worse together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joint {
    /// The figure on people.
    pub people: Trend,
    /// The figure on systems.
    pub systems: Trend,
}

/// What the series of an entity come to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// Series that get worse, each by itself.
    pub trends: Vec<Trend>,
    /// Figures on people and on systems that get worse together.
    pub joint: Vec<Joint>,
    /// How many series were tested.
    pub tested: usize,
    /// How many have too few values.
    pub short: usize,
    /// Figures of which nobody said which way is worse.
    pub undirected: Vec<String>,
}

impl Series {
    /// Values with their days, once it is known which way is worse and there are enough.
    fn testable(&self) -> Option<Vec<(Date, Value)>> {
        self.larger_is_worse.filter(|_| self.values.len() >= FEWEST)?;
        Some(self.values.iter().map(|(day, value)| (*day, *value)).collect())
    }

    fn ranks(&self, values: &[(Date, Value)]) -> Vec<usize> {
        let worse = |a: &(Date, Value), b: &(Date, Value)| match self.larger_is_worse {
            Some(false) => b.1.compare(a.1),
            Some(true) | None => a.1.compare(b.1),
        };
        trend::ranks(values, worse)
    }

    fn window(&self, values: &[(Date, Value)], tested: Tested) -> Option<Trend> {
        let window = values.get(values.len().checked_sub(tested.points)?..)?;
        let (from, to) = (*window.first()?, *window.last()?);
        Some(Trend { name: self.name.clone(), about: self.about, from, to, tested })
    }
}

/// Reads all series of an entity.
#[must_use]
pub fn read(series: &[Series]) -> Reading {
    let mut reading = Reading::default();
    for one in series {
        match one.testable() {
            Some(values) => {
                reading.tested += 1;
                let found = trend::adverse(&longest(&one.ranks(&values)));
                reading.trends.extend(found.and_then(|tested| one.window(&values, tested)));
            }
            None if one.larger_is_worse.is_none() => reading.undirected.push(one.name.clone()),
            None => reading.short += 1,
        }
    }
    let side = |about| series.iter().filter(|s| s.about == about && s.testable().is_some()).collect::<Vec<_>>();
    let (people, systems) = (side(About::People), side(About::Systems));
    for a in &people {
        reading.joint.extend(systems.iter().filter_map(|b| joint(a, b, (people.len(), systems.len()))));
    }
    reading
}

/// The part that windows reach.
fn longest(ranks: &[usize]) -> Vec<usize> {
    let most = WINDOWS.iter().copied().max().unwrap_or(0).min(ranks.len());
    // Ranks of a part are the ranks of the whole with gaps, which the test does not mind, but its tables would grow.
    let part = ranks.get(ranks.len() - most..).unwrap_or(ranks);
    trend::ranks(part, Ord::cmp)
}

/// Two figures on the days they share.
fn joint(people: &Series, systems: &Series, sides: (usize, usize)) -> Option<Joint> {
    let shared = |of: &Series, other: &Series| {
        let both = of.values.iter().filter(|(day, _)| other.values.contains_key(day));
        both.map(|(day, value)| (*day, *value)).collect::<Vec<_>>()
    };
    let (a, b) = (shared(people, systems), shared(systems, people));
    let Together { people: of_people, systems: of_systems } =
        together::adverse(&longest(&people.ranks(&a)), &longest(&systems.ranks(&b)), sides)?;
    Some(Joint { people: people.window(&a, of_people)?, systems: systems.window(&b, of_systems)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Noise from a seed.
    struct Noise(u64);

    impl Noise {
        fn next(&mut self) -> u64 {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = self.0;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ (z >> 31)
        }

        fn values(&mut self, points: usize, steps: u64) -> Vec<i64> {
            (0..points).map(|_| (self.next() % steps) as i64).collect()
        }
    }

    fn series(name: &str, about: About, values: &[i64]) -> Series {
        let days = (0i32..).map(|i| Date::from_day_number(19_000 + 30 * i).unwrap());
        let values = days.zip(values).map(|(day, v)| (day, Value::Number(Decimal::from(*v)))).collect();
        Series { name: name.to_owned(), about, larger_is_worse: Some(true), values }
    }

    /// How many of so many series of noise are called a trend: alone, and two by two.
    fn alarms(runs: usize, points: usize, steps: u64, shared: u64) -> (usize, usize) {
        let mut noise = Noise(7 + points as u64 * 1000 + steps);
        let (mut alone, mut together) = (0, 0);
        for _ in 0..runs {
            let common = noise.values(points, steps);
            let mut own = || {
                let own = noise.values(points, steps);
                own.iter().zip(&common).map(|(a, b)| (4 - shared as i64) * a + shared as i64 * b).collect::<Vec<_>>()
            };
            let reading = read(&[
                series("a", About::People, &own()),
                series("b", About::People, &own()),
                series("c", About::Systems, &own()),
                series("d", About::Systems, &own()),
            ]);
            alone += reading.trends.len();
            together += usize::from(!reading.joint.is_empty());
        }
        (alone, together)
    }

    /// Noise is seldom called a trend: at most once in a thousand by itself, and two by two about as seldom when they have nothing to do with each other.
    /// Rates of longer runs stand in `docs/portfolio.md`.
    #[test]
    fn false_alarms_are_as_rare_as_promised() {
        for (points, steps) in [(8, 1000), (12, 4), (12, 1000), (24, 6), (36, 1000)] {
            let (alone, together) = alarms(500, points, steps, 0);
            // 2,000 series: two alarms are expected at most; more than eight come once in ten thousand times.
            assert!(alone <= 8, "{points} values of {steps}: {alone} of 2,000");
            assert!(together <= 5, "{points} values of {steps}: {together} of 500 together");
        }
        let (_, shared) = alarms(500, 24, 1000, 4);
        assert!(shared <= 15, "one noise for all: {shared} of 500");
    }

    #[test]
    #[ignore = "for the figures in docs/portfolio.md; takes minutes"]
    fn false_alarm_rates() {
        for (points, steps, shared) in [
            (8, 1000, 0),
            (12, 1000, 0),
            (12, 4, 0),
            (18, 1000, 0),
            (24, 1000, 0),
            (36, 1000, 0),
            (36, 4, 0),
            (24, 1000, 2),
            (24, 1000, 4),
        ] {
            let (alone, together) = alarms(100_000, points, steps, shared);
            note(&format!(
                "{points} values, {steps} steps, shared {shared}/4: alone {alone} of 400,000; together {together} of 100,000"
            ));
        }
    }

    fn note(text: &str) {
        use std::io::Write;
        let _ = writeln!(std::io::stderr(), "{text}");
    }

    #[test]
    fn which_way_is_worse_is_never_guessed() {
        let mut rising = series("x", About::People, &(0..20).collect::<Vec<_>>());
        assert_eq!(read(std::slice::from_ref(&rising)).trends.len(), 1);
        rising.larger_is_worse = Some(false);
        assert_eq!(read(std::slice::from_ref(&rising)).trends.len(), 0);
        rising.larger_is_worse = None;
        let reading = read(&[rising]);
        assert_eq!((reading.tested, reading.undirected), (0, vec!["x".to_owned()]));
    }

    #[test]
    fn shares_are_compared_without_rounding() {
        let days = (0i32..).map(|i| Date::from_day_number(19_000 + 91 * i).unwrap());
        let values = days.zip(1..=12).map(|(day, i)| (day, Value::Share(i, 3 * i - 1))).collect();
        // 1/2, 2/5, 3/8 … falls towards a third.
        let falling = Series { name: "c".into(), about: About::Component, larger_is_worse: Some(false), values };
        assert_eq!(read(&[falling]).trends.len(), 1);
    }
}
