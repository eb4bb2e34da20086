//! Where the programs under test are.

use std::env;
use std::path::PathBuf;

/// The path of the program `name`: what the environment variable `variable` says, or the build that
/// lies beside this test (`target/<profile>/name`, next to `deps`).
///
/// # Panics
/// When there is no such file, with the command that builds it. The tests do not build it
/// themselves: that would need cargo, and time that nobody sees.
pub fn binary(name: &str, variable: &str) -> PathBuf {
    let path = env::var_os(variable).map_or_else(|| beside_this_test(name), PathBuf::from);
    assert!(
        path.is_file(),
        "there is no {name} at {}: build it with `cargo build -p {name}`, or say in {variable} \
         where it is",
        path.display()
    );
    path
}

fn beside_this_test(name: &str) -> PathBuf {
    let test = env::current_exe().expect("a test knows its own path");
    let profile = test.ancestors().nth(2).expect("a test lies in target/<profile>/deps");
    profile.join(format!("{name}{}", env::consts::EXE_SUFFIX))
}
