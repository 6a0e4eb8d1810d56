#![expect(clippy::unwrap_used, reason = "tests may stop")]

use super::format;

#[test]
fn show() {
    for e in include_str!("../../docs/language/README.md").split("```").skip(1).step_by(2) {
        let once = format(e).unwrap();
        println!("{once}");
        assert_eq!(format(&once).unwrap(), once);
    }
}
