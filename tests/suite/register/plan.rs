//! Who is in the invented register, and what is planted where. Everything a test looks for stands here; the rest is noise.

/// Seed of all noise.
pub(super) const SEED: u64 = 20_260_930;

/// Kinds: prefix of ids, kind, how many, what their names end with.
pub(super) const KINDS: [(&str, &str, usize, &str); 5] = [
    ("AP", "airport", 12, "Airport"),
    ("AC", "air-carrier", 14, "Air"),
    ("RA", "regulated-agent", 14, "Cargo"),
    ("KC", "known-consignor", 14, "Components"),
    ("RS", "regulated-supplier", 6, "Catering"),
];

/// Names, invented; the first ones go to the first entities.
pub(super) const NAMES: [&str; 60] = [
    "Alderwick",
    "Ashmarsh",
    "Barrowfen",
    "Birchholt",
    "Blackwater Down",
    "Bramblecote",
    "Brindlehurst",
    "Calderhope",
    "Cinderford Vale",
    "Cobblestead",
    "Coldmere",
    "Copperbeck",
    "Crowhurst Fell",
    "Dapplewood",
    "Deepdale",
    "Driftmoor",
    "Dunmarrow",
    "Eaglescar",
    "Eastwold",
    "Elmshadow",
    "Fallowmere",
    "Farrowby",
    "Fennelbrook",
    "Flintcombe",
    "Foxhollow",
    "Garrowdale",
    "Glimmerwater",
    "Goldenacre",
    "Gorsefield",
    "Greyfold",
    "Hallowmoor",
    "Harebeck",
    "Hawthorn Reach",
    "Hazelgarth",
    "Heronsgate",
    "Hollowbridge",
    "Ironmere",
    "Ivydown",
    "Juniper Hill",
    "Kestrelford",
    "Kingsparrow",
    "Larchmont Vale",
    "Ledgerwood",
    "Lindenshaw",
    "Longfallow",
    "Marlstone",
    "Meadowgarth",
    "Millrace",
    "Mosswater",
    "Netherwold",
    "Oakenshaw",
    "Otterburn Side",
    "Pebblewick",
    "Quarryhope",
    "Rookhaven",
    "Saltmarsh",
    "Silverbeck",
    "Thornaby Moor",
    "Underhay",
    "Willowfold",
];

/// Figures on people and on systems get worse together. `true`: neither alone is bad enough to be called a trend.
pub(super) const TOGETHER: [(&str, usize, usize, bool); 4] =
    [("AP03", 0, 2, false), ("AC05", 1, 3, false), ("RA07", 0, 3, false), ("KC02", 0, 2, true)];

/// One figure gets worse by itself, by its place in the list of figures.
pub(super) const ALONE: [(&str, usize); 5] = [("AP09", 3), ("AC11", 0), ("RA02", 2), ("KC10", 1), ("RS03", 0)];

/// A component of which less and less is met: records that are gone from an assessment on.
pub(super) const FADING: [&str; 1] = ["AP08"];

/// The provisions that inspectors look at: what the entity's bundle needs for its own verdict to be `met`.
pub(super) const RETENTION: &str = "uk-2015-1998#11.3.5";
pub(super) const MANAGERS: &str = "uk-2015-1998#11.2.5";
pub(super) const TASKS: &str = "uk-2015-1998#11.2.3";

/// Entities whose own assessment does not meet a provision, in all their bundles.
pub(super) const NOT_MET: [(&str, &str); 8] = [
    ("AP02", RETENTION),
    ("AP06", TASKS),
    ("AC01", MANAGERS),
    ("AC08", RETENTION),
    ("RA03", TASKS),
    ("RA11", MANAGERS),
    ("KC05", RETENTION),
    ("RS01", TASKS),
];

/// The entity says met, an inspector finds a deficiency: entity, provision, day.
pub(super) const BLIND: [(&str, &str, &str); 7] = [
    ("AP05", MANAGERS, "2025-02-11"),
    ("AP05", RETENTION, "2025-11-04"),
    ("AC03", RETENTION, "2024-10-22"),
    ("RA09", RETENTION, "2026-03-17"),
    ("RA09", MANAGERS, "2026-03-17"),
    ("KC12", MANAGERS, "2025-06-10"),
    ("RS04", RETENTION, "2026-02-24"),
];

/// The entity says not met, an inspector finds it in order.
pub(super) const OVER: [(&str, &str, &str); 2] = [("AC08", RETENTION, "2025-05-13"), ("RS01", TASKS, "2025-09-16")];

/// A finding that repeats an earlier one: entity, provision, first day, second day.
pub(super) const REPEATS: [(&str, &str, &str, &str); 3] = [
    ("AC01", MANAGERS, "2024-06-18", "2025-07-08"),
    ("RA03", TASKS, "2024-11-12", "2026-01-20"),
    ("KC05", RETENTION, "2025-03-25", "2026-05-19"),
];

/// Airports with more than two million passengers (millions), and the day of the last inspection. Above ten million there is an audit too.
pub(super) const BUSY: [(&str, i64, &str, Option<&str>); 4] = [
    ("AP01", 24, "2026-04-14", Some("2024-05-21")),
    ("AP04", 6, "2025-08-12", None),
    ("AP07", 12, "2026-06-02", Some("2022-07-19")),
    ("AP10", 3, "2026-08-25", None),
];

/// Agents, consignors and suppliers whose last validation is further back than the law allows.
pub(super) const OVERDUE_VALIDATION: [(&str, &str); 2] = [("RA13", "2021-05-18"), ("KC07", "2021-07-06")];

/// The bundle that cannot be read.
pub(super) const BAD: &str = "entities/RS05/2025-03-31.yaml";
