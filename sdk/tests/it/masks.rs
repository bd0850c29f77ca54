//! Guards what masking is trusted for: secrets of every kind are hidden wherever they stand, and logs
//! without any stay as they are.

use feedback_sdk::testing::masking::{Dice, Masker, fill};
use feedback_sdk::testing::{Receiver, Reply};
use feedback_sdk::{Attachment, Masking, Picture, ReportDraft, ReportFile, Treatment};

use super::benign;
use super::seeded::{self, Tally};
use super::support::App;

fn masker() -> Masker {
    Masker::new(&Masking::default().with("phone"))
}

#[test]
fn seeded_secrets_of_every_kind_are_hidden_at_all_offsets() {
    let kinds = seeded::examples(&masker());
    let sum = Tally::sum(kinds.values());
    println!(
        "{} of {} seeded secrets hidden, {} kinds",
        sum.right,
        sum.all,
        kinds.len()
    );
    let missed: Vec<_> = kinds.values().flat_map(|tally| &tally.wrong).take(5).collect();
    assert!(sum.right * 1000 >= sum.all * 995, "{}: {missed:#?}", sum.right);
    for (name, Tally { right, all, wrong }) in &kinds {
        assert!(right * 100 >= all * 98, "{name}: {right} of {all}: {wrong:#?}");
    }
}

#[test]
fn most_secrets_are_hidden_in_lines_that_the_rules_were_not_made_from() {
    for (set, goal) in seeded::HELD_OUT {
        let kinds = seeded::held_out(&masker(), set);
        let sum = Tally::sum(kinds.values());
        println!("{} of {} held-out lines hidden", sum.right, sum.all);
        let missed: Vec<_> = kinds.values().flat_map(|tally| &tally.wrong).collect();
        println!("{missed:#?}");
        assert!(sum.right * 100 >= sum.all * goal, "{}: {missed:#?}", sum.right);
    }
}

#[test]
fn our_own_key_is_hidden_wherever_it_stands() {
    let keys = seeded::own_keys(&masker());
    assert_eq!(keys.right, keys.all, "{:?}", keys.wrong);
}

#[test]
fn logs_without_secrets_stay_as_they_are() {
    let masker = masker();
    for lines in [
        seeded::benign_lines(&masker),
        seeded::held_out_benign_lines(&masker),
    ] {
        let changed = lines.all - lines.right;
        println!("{changed} of {} benign lines changed", lines.all);
        let some: Vec<_> = lines.wrong.iter().take(10).collect();
        assert!(changed * 1000 < lines.all * 5, "{changed}: {some:#?}");
    }
}

#[test]
fn one_pass_over_a_log_gives_the_bytes_of_rule_after_rule() {
    let (masker, mut dice) = (masker(), Dice::new(13));
    let examples = Masker::examples();
    for _ in 0..20 {
        let log: String = (0..300)
            .map(|_| match dice.roll(5) {
                0 => fill(examples[dice.roll(examples.len())].1, &mut dice).0,
                _ => benign::line(&mut dice) + "\n",
            })
            .collect();
        assert_eq!(masker.mask(&log).0, masker.mask_rule_by_rule(&log));
    }
}

#[test]
fn a_chosen_text_is_masked_unless_its_person_says_no() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let app = App::new(&receiver.url());
    let file = |name: &str, content: &[u8]| {
        let path = app.spool.with_file_name(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    let text = b"gr\xfc\xdfe\r\npassword=hunter2\n";
    let binary = b"\x89PNG\0\x01password=hunter2";
    let mut draft = ReportDraft::new("x");
    draft.pictures = vec![Picture::from_rgba(1, 1, vec![9; 4]).unwrap()];
    draft.attachments = vec![
        file("notes of anna@example.org.txt", text).into(),
        Attachment::as_it_is(file("mine.txt", text)),
        file("picture.png", binary).into(),
    ];
    let report = app.client.prepare(draft).wait().unwrap();
    let [_, screenshot, masked, as_it_is, picture] = report.evidence() else {
        panic!("{:?}", report.gaps());
    };
    assert_eq!(masked.path(), "attachments/notes of [email-1].txt");
    assert_eq!(masked.content().unwrap(), b"gr\xfc\xdfe\r\npassword=[secret-1]\n");
    assert_eq!(
        (masked.masked()["secret"], masked.original_bytes()),
        (1, text.len() as u64)
    );
    assert_eq!(as_it_is.content().unwrap(), text);
    assert_eq!(picture.content().unwrap(), binary);
    let treatments = [screenshot, masked, as_it_is, picture].map(ReportFile::treatment);
    assert_eq!(
        treatments,
        [
            Treatment::NoText,
            Treatment::Masked,
            Treatment::AsItIs,
            Treatment::NoText
        ]
    );
    assert_eq!(report.masked()["secret"], 1);
}

#[test]
fn the_makers_rules_hold_for_logs_context_and_names() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("ORDER-1.log");
    std::fs::write(&log, "ORDER-1 and ORDER-22 of a@b.example at 8.8.8.8\n").unwrap();
    let app = App::with(&receiver.url(), |config| {
        let masking = Masking::default()
            .add("order", "ORDER-[0-9]+")
            .without("ip")
            .keep("a@b.example");
        config.masking(masking).log(&log).context("open", "ORDER-22")
    });
    let report = app.prepare("ORDER-1 is my own word");
    assert_eq!(report.message(), "ORDER-1 is my own word");
    let log = &report.evidence()[1];
    assert_eq!(log.path(), "logs/[order-1].log");
    assert_eq!(
        log.content().unwrap(),
        b"[order-1] and [order-2] of a@b.example at 8.8.8.8\n"
    );
    assert_eq!(report.context()["open"], "[order-2]");
    assert_eq!(log.masked()["order"], 2);
}

#[test]
fn where_a_maker_has_switched_every_rule_off_no_file_is_called_masked() {
    let receiver = Receiver::start(|_| Reply::RECEIPT).unwrap();
    let app = App::with(&receiver.url(), |config| {
        let names = Masker::examples().into_iter().map(|(name, _)| name);
        let off = names
            .chain(["host".to_owned()])
            .fold(Masking::default(), Masking::without);
        config.masking(off).breadcrumbs(3)
    });
    app.client.breadcrumb("password=hunter2");
    let path = app.spool.with_file_name("notes.txt");
    std::fs::write(&path, "password=hunter2").unwrap();
    let mut draft = ReportDraft::new("x");
    draft.attachments = vec![path.into()];
    let report = app.client.prepare(draft).wait().unwrap();
    assert_eq!(report.evidence().len(), 3);
    for file in report.evidence() {
        assert_eq!(file.treatment(), Treatment::NoRules, "{}", file.path());
    }
}
