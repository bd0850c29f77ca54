//! Guards promise 1 against power cuts: over a disk that loses all it may lose, no report that was accepted is
//! lost, and no torn one is offered. On a disk that only pretends to sync, the same runs must lose reports.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};

use fastrand::Rng;

use super::claim::Claim;
use super::disk::model::{Lies, Model};
use super::*;

const SEEDS: u64 = 3000;
/// A disk that lies is found out sooner.
const FEW_SEEDS: u64 = 300;
/// Of each seed: so many cuts, with so many deeds at most before each.
const CUTS: usize = 4;
const DEEDS: usize = 12;
/// Processes that share the spool.
const SPOOLS: usize = 3;

/// One report, as the one who wrote it knows it.
#[derive(Default)]
struct Told {
    /// Every form of it that was handed to the spool, the newest last.
    written: Vec<Vec<u8>>,
    /// The newest form that was accepted.
    promised: Option<usize>,
    fate: Fate,
}

#[derive(Default, PartialEq)]
enum Fate {
    #[default]
    Waits,
    /// The power failed while it was removed.
    Leaving,
    Gone,
}

#[derive(Debug, Default)]
struct Tally {
    accepted: usize,
    removed: usize,
    /// Accepted reports that were there whole after a cut.
    kept: usize,
    lost: usize,
    /// Entries under their own name with other bytes than were written. Their checksum tells.
    damaged: usize,
    torn: usize,
    risen: usize,
}

struct World<'a> {
    model: Model,
    dice: Rng,
    spools: Vec<Spool>,
    claims: Vec<Claim>,
    told: BTreeMap<ReportId, Told>,
    tally: &'a mut Tally,
}

impl World<'_> {
    fn open_spools(&mut self) {
        self.claims.clear();
        let open = |_| {
            let folder = Some(PathBuf::from("/home/state/spool"));
            Spool::on(Arc::new(self.model.clone()), folder, Limits::DEFAULT)
        };
        self.spools = (0..SPOOLS).map(open).collect();
    }

    fn spool(&mut self) -> &mut Spool {
        let index = self.dice.usize(..SPOOLS);
        &mut self.spools[index]
    }

    /// Writes a report, or another form of one that waits.
    fn write(&mut self) {
        let waits = self.told.iter().filter(|(_, told)| told.fate == Fate::Waits);
        let known: Vec<ReportId> = waits.map(|(id, _)| *id).collect();
        let id = match self.dice.usize(..known.len() + 2) {
            index if index < known.len() => known[index],
            _ => ReportId::new(),
        };
        let length = 1 + self.dice.usize(..300);
        let bytes: Vec<u8> = (0..length).map(|_| self.dice.u8(..)).collect();
        let stored = self
            .spool()
            .store(id, EntryState::New, length as u64, &mut |out| {
                out.write_all(&bytes)
            });
        let told = self.told.entry(id).or_default();
        told.written.push(bytes);
        if stored.is_ok() {
            told.promised = Some(told.written.len() - 1);
            self.tally.accepted += 1;
        }
    }

    fn any_entry(&mut self) -> Option<Entry> {
        let mut entries = self.spool().entries().ok()?;
        (!entries.is_empty()).then(|| entries.swap_remove(self.dice.usize(..entries.len())))
    }

    fn claim(&mut self) {
        if let Some(claim) = self.any_entry().and_then(|entry| entry.claim().ok()) {
            self.claims.push(claim);
        }
    }

    fn mark(&mut self) {
        let state = [
            EntryState::Waiting(layout::WaitReason::Offline),
            EntryState::Refused(401),
            EntryState::New,
        ][self.dice.usize(..3)];
        if let Some(mut entry) = self.any_entry() {
            let _ = entry.set_state(state);
        }
    }

    /// A receipt has come, or the person deletes it.
    fn remove(&mut self) {
        let Some(id) = self.any_entry().map(|entry| entry.name.id) else {
            return;
        };
        let Ok(entries) = self.spool().entries() else {
            return;
        };
        let told = self.told.get_mut(&id).unwrap();
        told.fate = Fate::Leaving;
        let mut all_of_it = entries.iter().filter(|entry| entry.name.id == id);
        if all_of_it.all(|entry| entry.remove().is_ok()) {
            told.fate = Fate::Gone;
            self.tally.removed += 1;
        }
    }

    /// What the spool offers for sending: claimed, and with the right checksum. The first one goes first.
    fn offers(&mut self) -> Vec<(ReportId, Vec<u8>)> {
        let claims = self.spool().entries().unwrap().into_iter().map(Entry::claim);
        let read = claims.map(|claim| {
            let Claim { entry, mut bundle } = claim.unwrap();
            let mut bytes = Vec::new();
            bundle.read_to_end(&mut bytes).unwrap();
            (entry.name, bytes)
        });
        let all: Vec<_> = read.collect();
        let (whole, damaged): (Vec<_>, Vec<_>) = all
            .into_iter()
            .partition(|(name, bytes)| crc32fast::hash(bytes) == name.crc32);
        self.tally.damaged += damaged.len();
        whole.into_iter().map(|(name, bytes)| (name.id, bytes)).collect()
    }

    /// Holds what is there after a cut against what was said before it.
    fn check(&mut self) {
        let offers = self.offers();
        for (id, told) in &mut self.told {
            let forms = offers.iter().filter(|(of, _)| of == id);
            let forms: Vec<_> = forms
                .map(|(_, bytes)| told.written.iter().position(|form| form == bytes))
                .collect();
            self.tally.torn += forms.iter().filter(|form| form.is_none()).count();
            let first = forms.first().copied().flatten();
            match told.fate {
                Fate::Waits if told.promised.is_some() => {
                    if first >= told.promised {
                        self.tally.kept += 1;
                    } else {
                        self.tally.lost += 1;
                        told.fate = Fate::Gone;
                        told.promised = None;
                    }
                }
                Fate::Gone if told.promised.is_some() => self.tally.risen += forms.len(),
                // It has not left after all, or it has left now.
                Fate::Leaving if first.is_some() => (told.fate, told.promised) = (Fate::Waits, first),
                Fate::Leaving => told.fate = Fate::Gone,
                Fate::Waits | Fate::Gone => {}
            }
        }
    }
}

fn run(lies: Lies, seeds: u64) -> Tally {
    let mut tally = Tally::default();
    for seed in 0..seeds {
        let mut world = World {
            model: Model::new(seed, lies),
            dice: Rng::with_seed(!seed),
            spools: Vec::new(),
            claims: Vec::new(),
            told: BTreeMap::new(),
            tally: &mut tally,
        };
        for _ in 0..CUTS {
            world.open_spools();
            world.model.cut_after(1 + world.dice.usize(..250) as u64);
            for _ in 0..DEEDS {
                match world.dice.usize(..8) {
                    0..4 => world.write(),
                    4 => world.claim(),
                    5 => world.claims.truncate(1),
                    6 => world.mark(),
                    _ => world.remove(),
                }
                if !world.model.has_power() {
                    break;
                }
            }
            world.model.restart();
            world.open_spools();
            world.check();
        }
    }
    // `println!` would show it only when the test fails.
    let _ = writeln!(
        io::stdout(),
        "\n{seeds} seeds of {CUTS} cuts, {lies:?}: {tally:?}"
    );
    tally
}

#[test]
fn no_power_cut_takes_an_accepted_report_or_offers_a_torn_one() {
    let tally = run(Lies::None, SEEDS);
    assert_eq!((tally.lost, tally.torn, tally.risen), (0, 0, 0), "{tally:?}");
    assert_eq!(
        tally.damaged, 0,
        "nothing has its name before its bytes: {tally:?}"
    );
    assert!(tally.kept > 10_000 && tally.removed > 1_000, "{tally:?}");
}

#[test]
fn a_disk_that_does_not_sync_bytes_loses_reports_and_still_none_is_offered_torn() {
    let tally = run(Lies::Bytes, FEW_SEEDS);
    assert!(tally.lost > 100 && tally.damaged > 100, "{tally:?}");
    assert_eq!(tally.torn, 0, "{tally:?}");
}

#[test]
fn a_disk_that_does_not_sync_names_loses_reports() {
    let tally = run(Lies::Names, FEW_SEEDS);
    assert!(tally.lost > 100, "{tally:?}");
}

#[test]
fn a_disk_that_does_not_sync_new_folders_loses_reports() {
    let tally = run(Lies::Folders, FEW_SEEDS);
    assert!(tally.lost > 100, "{tally:?}");
}

#[test]
fn looking_at_fifty_reports_opens_none() {
    let model = Model::new(0, Lies::None);
    let spool = || Spool::on(Arc::new(model.clone()), Some("/spool".into()), Limits::DEFAULT);
    for _ in 0..50 {
        let mut spool = spool();
        spool
            .store(ReportId::new(), EntryState::New, 1, &mut |out| {
                out.write_all(&[7; 1000])
            })
            .unwrap();
    }
    let before = model.opened();
    let entries = spool().entries().unwrap();
    assert_eq!(entries.len(), 50);
    assert!(entries.iter().all(|entry| entry.bytes == 1000));
    assert_eq!(model.opened(), before);
    entries[0].clone().claim().unwrap();
    assert_eq!(model.opened(), before + 1);
}
