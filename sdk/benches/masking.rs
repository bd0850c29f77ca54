//! How fast masking is: one pass over a log against the same rules one after another, against presidio
//! and scrubadub, and on the slowest text that a search finds. Medians of alternating rounds, as the
//! tables in BENCHMARKS.md. And how much of what is private it finds. Fails where a goal is missed.

#![expect(clippy::print_stdout, reason = "a benchmark is a program of its own")]

#[path = "../tests/it/benign.rs"]
mod benign;
#[path = "masking/peers.rs"]
mod peers;
#[path = "../tests/it/seeded.rs"]
mod seeded;
#[path = "masking/slowest.rs"]
mod slowest;

use std::process::ExitCode;

use feedback_sdk::Masking;
use feedback_sdk::testing::masking::{Dice, Masker, fill};
use seeded::Tally;

const ROUNDS: usize = 9;

fn main() -> ExitCode {
    let log = log(8 << 20);
    let start = cpu();
    let masker = Masker::new(&Masking::default());
    let compiled = cpu() - start;
    let mut once = String::new();
    let first = rate(&log, || once = masker.mask(&log).0);
    assert_eq!(once, masker.mask_rule_by_rule(&log), "the same bytes");

    let (mut pass, mut each) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        pass.push(rate(&log, || masker.mask(&log)));
        each.push(rate(&log, || masker.mask_rule_by_rule(&log)));
    }
    let (pass, each) = (median(pass), median(each));
    println!("| Masking, on one core | MB/s | of one pass | goal |");
    println!("|---|---:|---:|---:|");
    println!("| one pass with all default rules | {pass:.0} | 1 | |");
    println!(
        "| the first {} MB of a client | {first:.0} | {:.2} | |",
        log.len() / 1_000_000,
        first / pass
    );
    println!(
        "| the same rules one after another, the same bytes out | {each:.0} | {:.2} | at most 0.4 |",
        each / pass
    );
    let Some(slowest) = slowest::search(&masker) else {
        return ExitCode::FAILURE;
    };
    println!(
        "| the slowest text of a search, 1 MB of {} | {:.0} | {:.2} | at least 0.1 |",
        slowest.piece,
        slowest.rate,
        slowest.rate / pass
    );
    println!(
        "| as the first text of a client | {:.0} | {:.2} | |",
        slowest.first,
        slowest.first / pass
    );
    let mut all_met = each / pass <= 0.4 && slowest.rate / pass >= 0.1;
    all_met &= peers::measure(&log, pass);
    println!(
        "\nCompiling the rules, together and each alone, takes {:.0} ms, once per client.",
        compiled * 1e3
    );
    all_met &= found();
    ExitCode::from(u8::from(!all_met))
}

/// Shares of what masking is there for, with the rule for phone numbers, as in the tests. Returns whether they are enough.
fn found() -> bool {
    let masker = Masker::new(&Masking::default().with("phone"));
    let kinds = seeded::examples(&masker);
    let (secrets, keys) = (Tally::sum(kinds.values()), seeded::own_keys(&masker));
    let [first, second] =
        seeded::HELD_OUT.map(|(set, _)| Tally::sum(seeded::held_out(&masker, set).values()));
    let lines = seeded::benign_lines(&masker);
    let others = seeded::held_out_benign_lines(&masker);
    println!("\n| What masking finds | share | goal | texts |");
    println!("|---|---:|---:|---:|");
    let percent = |part: usize, all: usize| part as f64 / all as f64 * 100.0;
    let recall = percent(secrets.right, secrets.all);
    let own = percent(keys.right, keys.all);
    let of_others = percent(first.right, first.all);
    let of_more = percent(second.right, second.all);
    let changed = percent(lines.all - lines.right, lines.all);
    let others_changed = percent(others.all - others.right, others.all);
    for (what, share, goal, all) in [
        ("recall on seeded secrets", recall, "99.5 %", secrets.all),
        ("recall on held-out lines", of_others, "95 %", first.all),
        ("recall on a second set of them", of_more, "90 %", second.all),
        ("own keys", own, "100 %", keys.all),
        ("benign lines changed", changed, "below 0.5 %", lines.all),
        (
            "benign held-out lines changed",
            others_changed,
            "below 0.5 %",
            others.all,
        ),
    ] {
        println!("| {what} | {share:.2} % | {goal} | {all} |");
    }
    recall >= 99.5
        && of_others >= 95.0
        && of_more >= 90.0
        && keys.right == keys.all
        && changed < 0.5
        && others_changed < 0.5
}

/// Lines of many kinds; every twentieth has a secret.
fn log(bytes: usize) -> String {
    let mut dice = Dice::new(1);
    let examples = Masker::examples();
    let mut log = String::new();
    while log.len() < bytes {
        if dice.roll(20) == 0 {
            log.push_str(&fill(examples[dice.roll(examples.len())].1, &mut dice).0);
        } else {
            log.push_str(&benign::line(&mut dice));
        }
        log.push('\n');
    }
    log
}

/// MB of `text` per second of work.
fn rate<T>(text: &str, work: impl FnOnce() -> T) -> f64 {
    let start = cpu();
    std::hint::black_box(work());
    text.len() as f64 / 1e6 / (cpu() - start)
}

/// The seconds that this thread has worked, to the nanosecond, so that a busy machine does not count.
#[cfg(unix)]
fn cpu() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// The seconds by the clock: Windows counts a thread's work in ticks.
#[cfg(not(unix))]
fn cpu() -> f64 {
    use std::{sync::LazyLock, time::Instant};
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed().as_secs_f64()
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}
