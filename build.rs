//! Rebuilds when a rule file comes or goes: the compiler itself only notices changes inside files it already knows.

fn main() {
    println!("cargo:rerun-if-changed=regulations");
}
