//! The vocabularies, as enums.

use serde::Deserialize;

macro_rules! vocabulary {
    ($($name:ident { $($variant:ident $word:literal),* $(,)? })*) => {
        $(
            /// A vocabulary; the terms in their order.
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
            pub(crate) enum $name { $(#[serde(rename = $word)] $variant),* }

            impl $name {
                /// All terms.
                pub(crate) const ALL: [Self; [$($word),*].len()] = [$(Self::$variant),*];

                /// The term as it is written.
                pub(crate) const fn word(self) -> &'static str {
                    match self { $(Self::$variant => $word),* }
                }
            }
        )*
    };
}

vocabulary! {
    EntityKind { Airport "airport", AirCarrier "air-carrier", RegulatedAgent "regulated-agent" }
    Role { Screener "screener", Guard "guard", Engineer "engineer", Manager "manager" }
    Course { Awareness "awareness", Screening "screening", Threat "threat", Cyber "cyber" }
    Grade { Pass "pass", Fail "fail" }
    Check { Standard "standard", Enhanced "enhanced" }
    Zone { Airside "airside", Critical "critical", Cargo "cargo" }
    Severity { Minor "minor", Serious "serious", Major "major" }
    Category { Access "access", Screened "screened", Insider "insider", Digital "digital" }
    Status { Open "open", Closed "closed", Verified "verified" }
    Area { Perimeter "perimeter", Screens "screens", Freight "freight", Staff "staff" }
    Scenario { Intruder "intruder", Threatcall "threat-call", Outage "outage" }
    Forum { Committee "committee", Operations "operations", Board "board", Review "review" }
    Indicator { Detection "detection", Reporting "reporting", Culture "culture", Closure "closure" }
    Asset { Terminal "terminal", Apron "apron", Control "control", Fuel "fuel", Catering "catering", Network "network" }
    Topic {
        Policy "policy", Access "access", Training "training", Incidents "incidents", Cyber "cyber", Insiders "insiders", Suppliers "suppliers",
        Quality "quality", Culture "culture", Records "records",
    }
    Stage { Draft "draft", Approved "approved", Withdrawn "withdrawn" }
    Supplier {
        Cleaning "cleaning", Catering "catering", Guarding "guarding", Fuel "fuel", Handling "handling", Software "software",
        Works "works", Retail "retail",
    }
}
