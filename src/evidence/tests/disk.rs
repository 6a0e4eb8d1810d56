//! Bundles on disk: links, single files, attachments.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use super::{errors, reader};
use crate::evidence::{AttachmentState, ReadOptions, ReadOutcome};
use crate::host::DiskFolder;

const YAML: &str = "abide: 1\nentity: { id: E, kind: airport }\npeople:\n  - id: p\n    attachments:\n      - { file: a.txt, sha256: 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824 }\n      - { file: b.txt, sha256: 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824 }\n      - { file: a.txt }\n      - { file: gone.txt }\n";

/// A folder that is gone when the test is over.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("abide-evidence-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join("bundle")).expect("a folder");
        Self(path)
    }

    fn bundle(&self) -> PathBuf {
        self.0.join("bundle")
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.0.join(path), text).expect("a file");
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn read(path: &Path) -> ReadOutcome {
    let folder = DiskFolder::open(path, 1 << 20).expect("a folder");
    reader().read(&folder, &ReadOptions::default())
}

#[test]
fn attachments_are_compared() {
    let scratch = Scratch::new("attachments");
    scratch.write("bundle/bundle.yaml", YAML);
    scratch.write("bundle/a.txt", "hello");
    scratch.write("bundle/b.txt", "hello!");
    for path in [scratch.bundle(), scratch.bundle().join("bundle.yaml")] {
        let bundle = read(&path).bundle.expect("a bundle");
        let states: Vec<AttachmentState> = bundle.attachments.iter().map(|a| a.state).collect();
        use AttachmentState::{Altered, Intact, Missing, Unsealed};
        assert_eq!(states, [Intact, Altered, Unsealed, Missing]);
    }
}

#[test]
fn a_single_file_is_read_alone() {
    let scratch = Scratch::new("single");
    scratch.write("bundle/bundle.yaml", "abide: 1\nentity: { id: E, kind: airport }\n");
    scratch.write("bundle/other.yaml", "nonsense: [");
    assert!(read(&scratch.bundle()).bundle.is_none());
    assert!(read(&scratch.bundle().join("bundle.yaml")).bundle.is_some());
}

#[test]
fn links_out_of_the_folder_are_refused() {
    let scratch = Scratch::new("links");
    scratch.write("secret.yaml", "people: []");
    scratch.write("bundle/bundle.yaml", "abide: 1\nentity: { id: E, kind: airport }\n");
    symlink(scratch.0.join("secret.yaml"), scratch.bundle().join("link.yaml")).expect("a link");
    symlink(scratch.bundle(), scratch.bundle().join("round")).expect("a link");
    symlink("self", scratch.bundle().join("self")).expect("a link");
    assert_eq!(
        errors(&read(&scratch.bundle())),
        [
            "link-outside - the link `link.yaml` leads out of the folder",
            "link-outside - the link `round` leads back to a folder above it",
            "link-outside - the link `self` leads back to a folder above it",
        ]
    );
}

#[test]
fn a_refused_link_hides_nothing_else() {
    let scratch = Scratch::new("link-and-more");
    scratch.write("secret.txt", "x");
    scratch.write(
        "bundle/bundle.yaml",
        "abide: 1\nentity: { id: E, kind: airprot }\npeople: [{ id: p, attachments: [{ file: a.txt }] }]\n",
    );
    symlink(scratch.0.join("secret.txt"), scratch.bundle().join("a.txt")).expect("a link");
    symlink(scratch.0.join("secret.txt"), scratch.bundle().join("b.yaml")).expect("a link");
    assert_eq!(
        errors(&read(&scratch.bundle())),
        [
            "link-outside - the link `b.yaml` leads out of the folder",
            "no-such-term bundle.yaml:2:24 `airprot` is not a term of `entity-kind`",
            "link-outside bundle.yaml:3:41 the link `a.txt` leads out of the folder",
        ]
    );
}

#[test]
fn an_attachment_behind_a_link_out_is_refused() {
    let scratch = Scratch::new("attached-link");
    scratch.write("secret.txt", "x");
    scratch.write(
        "bundle/bundle.yaml",
        "abide: 1\nentity: { id: E, kind: airport }\npeople: [{ id: p, attachments: [{ file: a.txt }] }]\n",
    );
    symlink(scratch.0.join("secret.txt"), scratch.bundle().join("a.txt")).expect("a link");
    let outcome = read(&scratch.bundle().join("bundle.yaml"));
    assert_eq!(errors(&outcome), ["link-outside bundle.yaml:3:41 the link `a.txt` leads out of the folder"]);
}

#[test]
fn what_cannot_be_read_is_named() {
    let scratch = Scratch::new("unreadable");
    assert!(DiskFolder::open(&scratch.0.join("nothing"), 1).is_err());
    scratch.write("bundle/bundle.yaml", "abide: 1\nentity: { id: E, kind: airport }\n");
    scratch.write("bundle/large.yaml", &"# comment\n".repeat(200_000));
    fs::set_permissions(scratch.bundle().join("bundle.yaml"), fs::Permissions::from_mode(0o000)).expect("permissions");
    let told = errors(&read(&scratch.bundle()));
    // Whoever may read everything can read this file too.
    let privileged = fs::read(scratch.bundle().join("bundle.yaml")).is_ok();
    if !privileged {
        assert!(told.iter().any(|t| t.contains("`bundle.yaml` cannot be read: permission denied")), "{told:?}");
    }
    assert!(told.iter().any(|t| t.contains("`large.yaml` has 2000000 bytes, and at most 1048576 are read")), "{told:?}");
}
