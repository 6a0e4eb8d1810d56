//! The command `abide`. Everything is in the library.

fn main() -> std::process::ExitCode {
    abide::cli::main()
}
