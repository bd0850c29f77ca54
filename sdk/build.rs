//! Compiles the masks' patterns: an app carries the states of their automaton, and not what reads patterns.

use std::env;
use std::error::Error;
use std::fs;
use std::path::PathBuf;

use flate2::{Compress, Compression, FlushCompress};
use regex_automata::nfa::thompson::{Compiler, Config, NFA, State, Transition, WhichCaptures};
use regex_automata::util::primitives::StateID;

#[expect(
    dead_code,
    unused_imports,
    reason = "of the rules it takes the patterns alone"
)]
#[path = "src/redact"]
mod redact {
    pub(crate) mod effort;
    pub(crate) mod pattern;
    pub(crate) mod rule;
    pub(crate) mod rules;

    /// The patterns of the table, in its order.
    pub(crate) fn patterns() -> impl Iterator<Item = &'static str> {
        rules::TABLES.iter().copied().flatten().map(|entry| entry.pattern)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    for read in [
        "build.rs",
        "src/redact/effort.rs",
        "src/redact/pattern.rs",
        "src/redact/rule.rs",
        "src/redact/rules.rs",
        "src/redact/rules",
    ] {
        println!("cargo::rerun-if-changed={read}");
    }
    let config = Config::new().which_captures(WhichCaptures::None);
    let compiled = |pattern| {
        Compiler::new()
            .configure(config.clone())
            .build(pattern)
            .map_err(Box::new)
    };
    // What each automaton begins with to search from any place on, and no mask needs; then the end of this one.
    let prefix = compiled("")?.states().len() - 1;
    let mut table = Vec::new();
    for pattern in redact::patterns() {
        write(&compiled(pattern)?, prefix, &mut table)
            .ok_or_else(|| format!("no way to write this pattern: {pattern}"))?;
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("states"), pack(&table)?)?;
    Ok(())
}

/// Adds the states of one pattern, as `redact/states.rs` reads them: how many there are and the first, then of each what it is
/// and where it leads, counted from its own place.
fn write(nfa: &NFA, prefix: usize, out: &mut Vec<u8>) -> Option<()> {
    let number = |number: usize| Some(u16::try_from(number.checked_sub(prefix)?).ok()?.to_le_bytes());
    out.extend(number(nfa.states().len())?);
    out.extend(number(nfa.start_anchored().as_usize())?);
    for (here, state) in nfa.states().iter().enumerate().skip(prefix) {
        let (kind, leads) = match state {
            State::Match { .. } => (b'm', vec![]),
            State::Fail => (b'u', vec![]),
            State::Union { alternates } => (b'u', alternates.iter().copied().map(at_once).collect()),
            State::BinaryUnion { alt1, alt2 } => (b'u', vec![at_once(*alt1), at_once(*alt2)]),
            State::ByteRange { trans } => (b'b', vec![by_bytes(*trans)]),
            State::Sparse(sparse) => (b'b', sparse.transitions.iter().copied().map(by_bytes).collect()),
            State::Look { look, next } => (u8::try_from(look.as_repr().ilog2()).ok()?, vec![at_once(*next)]),
            State::Dense(_) | State::Capture { .. } => return None,
        };
        out.extend([kind, u8::try_from(leads.len()).ok()?]);
        for (bytes, next) in leads {
            out.extend(bytes.into_iter().flatten());
            let way = next.as_usize().checked_signed_diff(here)?;
            out.extend(i16::try_from(way).ok()?.to_le_bytes());
        }
    }
    Some(())
}

/// The first and the last byte by which a state leads somewhere, and where.
type Lead = (Option<[u8; 2]>, StateID);

fn at_once(next: StateID) -> Lead {
    (None, next)
}

fn by_bytes(transition: Transition) -> Lead {
    (Some([transition.start, transition.end]), transition.next)
}

fn pack(bytes: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut packed = Vec::with_capacity(bytes.len());
    Compress::new(Compression::best(), false).compress_vec(bytes, &mut packed, FlushCompress::Finish)?;
    Ok(packed)
}
