//! The states of one automaton for many patterns, each of which brings its own.

use std::cell::LazyCell;
use std::error::Error;
use std::iter;

use flate2::{Decompress, FlushDecompress};
use regex_automata::nfa::thompson::{Builder, NFA, SparseTransitions, State, Transition};
use regex_automata::util::look::Look;
use regex_automata::util::primitives::{PatternID, StateID};

use super::pattern::{Pattern, Ways};

/// Why there is no automaton for a pattern.
pub(super) type NoStates = Box<dyn Error + Send + Sync>;

/// The states of one pattern, by which it is found from its first byte on, and the one to start with.
#[derive(Debug, Clone)]
struct States {
    all: Vec<State>,
    first: StateID,
}

/// The automaton of all patterns. `largest` is what it may take, in bytes.
pub(super) fn of<'p>(
    patterns: impl IntoIterator<Item = &'p Pattern>,
    largest: usize,
) -> Result<NFA, NoStates> {
    let table = LazyCell::new(table);
    let mut builder = Builder::new();
    builder.set_utf8(true);
    builder.set_size_limit(Some(largest))?;
    let mut starts = Vec::new();
    for pattern in patterns {
        let own;
        let states = match pattern {
            Pattern::BuiltIn(line) => table.get(*line),
            Pattern::Texts(texts) => {
                own = of_texts(texts)?;
                Some(&own)
            }
            #[cfg(feature = "own-masks")]
            Pattern::Own { text, is_whole } => {
                own = of_own(text, *is_whole, largest)?;
                Some(&own)
            }
        };
        let states = states.ok_or("the table of the masks cannot be read")?;
        starts.push(add(&mut builder, states)?);
    }
    let any = builder.add_union(starts)?;
    Ok(builder.build(any, any)?)
}

/// Adds the states of the next pattern, and answers where it starts.
fn add(builder: &mut Builder, states: &States) -> Result<StateID, NoStates> {
    builder.start_pattern()?;
    // Leads to the first one; those of the pattern stand behind it.
    let start = builder.add_empty()?;
    let base = start.as_usize() + 1;
    let moved = |state: &StateID| StateID::new(base + state.as_usize());
    let moved_all = |states: &[StateID]| states.iter().map(moved).collect::<Result<Vec<_>, _>>();
    let led = |transition: &Transition| {
        Ok::<_, NoStates>(Transition {
            next: moved(&transition.next)?,
            ..*transition
        })
    };
    for state in &states.all {
        match state {
            State::ByteRange { trans } => builder.add_range(led(trans)?)?,
            State::Sparse(sparse) => {
                builder.add_sparse(sparse.transitions.iter().map(led).collect::<Result<_, _>>()?)?
            }
            State::Look { look, next } => builder.add_look(moved(next)?, *look)?,
            State::Union { alternates } => builder.add_union(moved_all(alternates)?)?,
            State::BinaryUnion { alt1, alt2 } => builder.add_union(moved_all(&[*alt1, *alt2])?)?,
            State::Capture { next, .. } => builder.add_union(vec![moved(next)?])?,
            State::Fail => builder.add_fail()?,
            State::Match { .. } => builder.add_match()?,
            State::Dense(_) => return Err("nothing makes a dense state".into()),
        };
    }
    builder.patch(start, moved(&states.first)?)?;
    builder.finish_pattern(start)?;
    Ok(start)
}

/// One of the ways of each part, behind one of those of the part before it.
fn of_texts(texts: &[Ways]) -> Result<States, NoStates> {
    let mut all = Vec::new();
    for ways in texts {
        let mut behind = all.len() + 1;
        let starts = ways.iter().map(|way| {
            let start = StateID::new(behind);
            behind += way.len();
            start
        });
        let alternates = starts.collect::<Result<_, _>>()?;
        all.push(State::Union { alternates });
        for way in ways {
            for (at, byte) in (1..).zip(way.bytes()) {
                let next = if at == way.len() { behind } else { all.len() + 1 };
                let trans = Transition {
                    start: byte,
                    end: byte,
                    next: StateID::new(next)?,
                };
                all.push(State::ByteRange { trans });
            }
        }
    }
    all.push(END);
    let first = StateID::ZERO;
    Ok(States { all, first })
}

const END: State = State::Match {
    pattern_id: PatternID::ZERO,
};

/// Those of a pattern in the syntax of the `regex` crate.
#[cfg(feature = "own-masks")]
fn of_own(pattern: &str, is_whole: bool, largest: usize) -> Result<States, NoStates> {
    use std::borrow::Cow;

    use regex_automata::nfa::thompson::{Compiler, Config, WhichCaptures};

    let pattern = if is_whole {
        Cow::Owned(format!(r"(?:{pattern})\z"))
    } else {
        Cow::Borrowed(pattern)
    };
    let config = Config::new()
        .which_captures(WhichCaptures::None)
        .nfa_size_limit(Some(largest));
    let nfa = Compiler::new().configure(config).build(&pattern)?;
    Ok(States {
        all: nfa.states().to_vec(),
        first: nfa.start_anchored(),
    })
}

/// Those of our own rules, in the order of the table: what `build.rs` has written.
fn table() -> Vec<States> {
    let mut bytes = Vec::with_capacity(LARGEST_TABLE);
    let packed = include_bytes!(concat!(env!("OUT_DIR"), "/states"));
    // The tests tell that there is no error.
    let _ = Decompress::new(false).decompress_vec(packed, &mut bytes, FlushDecompress::Finish);
    let mut rest = bytes.as_slice();
    iter::from_fn(|| read(&mut rest)).collect()
}

/// In bytes, when unpacked.
const LARGEST_TABLE: usize = 128 << 10;

/// The states of the next pattern, as `build.rs` writes them.
fn read(bytes: &mut &[u8]) -> Option<States> {
    let count = u16::from_le_bytes(take(bytes)?);
    let first = StateID::must(u16::from_le_bytes(take(bytes)?).into());
    let state = |here| {
        let [kind, count] = take(bytes)?;
        let each = 0..count;
        Some(match kind {
            b'm' => END,
            b'u' => State::Union {
                alternates: each.map(|_| next(bytes, here)).collect::<Option<_>>()?,
            },
            b'b' => State::Sparse(SparseTransitions {
                transitions: each.map(|_| by_bytes(bytes, here)).collect::<Option<_>>()?,
            }),
            look => State::Look {
                look: Look::from_repr(1_u32.checked_shl(look.into())?)?,
                next: next(bytes, here)?,
            },
        })
    };
    let all = (0..count).map(state).collect::<Option<_>>()?;
    Some(States { all, first })
}

fn by_bytes(bytes: &mut &[u8], here: u16) -> Option<Transition> {
    let [start, end] = take(bytes)?;
    let next = next(bytes, here)?;
    Some(Transition { start, end, next })
}

/// Where the state leads that is `here`.
fn next(bytes: &mut &[u8], here: u16) -> Option<StateID> {
    let way = i16::from_le_bytes(take(bytes)?);
    StateID::new(here.checked_add_signed(way)?.into()).ok()
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(*taken)
}
