use crate::generate::*;
use abide::base::FileId;
#[test]
fn probe() {
    let lib = crate::workload::rules::library(&crate::workload::requirements());
    let p = abide::syntax::parse(FileId(0), &lib);
    for d in p.diagnostics.iter().take(10) {
        println!("{d:#?}\n{}", &lib[d.at.as_ref().unwrap().span.start as usize..][..120]);
    }
    assert!(p.diagnostics.is_empty());
    println!("{} bytes", lib.len());
    let mut rng = crate::workload::random::Random::new(7);
    let mut total = 0;
    let mut bad = 0;
    let mut len = 0;
    let p = abide::syntax::parse(FileId(0), DECLARATIONS);
    assert!(p.diagnostics.is_empty(), "{:#?}", p.diagnostics);
    for _ in 0..3000 {
        let tape: Vec<u16> = (0..rng.between(0, 60)).map(|_| rng.next() as u16).collect();
        let c = condition(&mut Choices(&tape), Wanted { presence: true });
        let text = requirement("x", &c);
        let p = abide::syntax::parse(FileId(0), &text);
        total += 1;
        len += c.len();
        if !p.diagnostics.is_empty() {
            bad += 1;
            if bad < 6 {
                println!("{c}\n{:#?}", p.diagnostics[0]);
            }
        }
    }
    println!("{bad} of {total} bad, mean {}", len / total);
    assert_eq!(bad, 0);
}
