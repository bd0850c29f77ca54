//! From facts to sentences.

use feedback_sdk::{
    AttachmentProblem, Crash, Gap, GapReason, MaskCounts, PictureError, ScreenError, WaitReason,
};

use super::Words;
use crate::about::About;
use crate::phase::{Cause, Proof, Refusal, TimeLeft, Trouble};

impl Words {
    /// Why a report waits, and that nothing need be done.
    pub(crate) fn waits(&self, why: Option<WaitReason>) -> String {
        match why {
            None => self.waiting_new.clone(),
            Some(WaitReason::Held | WaitReason::Unknown) => self.waiting_held.clone(),
            Some(why @ (WaitReason::NoReceipt | WaitReason::Server(407 | 511))) => {
                self.waiting_free(self.why(why))
            }
            Some(why @ (WaitReason::Timeout | WaitReason::Local | WaitReason::Server(_))) => {
                self.waiting_later(self.why(why))
            }
            // `Offline`, and what a later SDK may add.
            Some(_) => self.waiting_offline.clone(),
        }
    }

    /// Why a report was neither sent nor kept, and what to do.
    pub(crate) fn waits_unkept(&self, why: Option<WaitReason>) -> String {
        let why = why.map(|why| self.why(why)).unwrap_or_default();
        self.waiting_unkept(why).trim_start().to_owned()
    }

    fn why(&self, why: WaitReason) -> &str {
        match why {
            WaitReason::Timeout => &self.why_timeout,
            WaitReason::Local => &self.why_local,
            WaitReason::NoReceipt => &self.why_no_receipt,
            WaitReason::Server(407 | 511) => &self.why_password,
            WaitReason::Server(413) => &self.why_too_large,
            WaitReason::Server(408 | 423 | 425 | 429 | 503) => &self.why_busy,
            WaitReason::Server(_) => &self.why_trouble,
            _ => &self.why_offline,
        }
    }

    /// When a report that waits is tried again.
    pub(crate) fn next_try(&self, left: About) -> String {
        match left {
            About::Moment => self.next_try_moment.clone(),
            About::Minutes(minutes) => self.next_try_minutes(minutes),
            About::Hours(hours) => self.next_try_hours(hours),
            About::Days(days) => self.next_try_days(days),
        }
    }

    /// When a report was written.
    pub(crate) fn written(&self, ago: About) -> String {
        match ago {
            About::Moment => self.written_moment.clone(),
            About::Minutes(minutes) => self.written_minutes(minutes),
            About::Hours(hours) => self.written_hours(hours),
            About::Days(days) => self.written_days(days),
        }
    }

    /// A report of before that has arrived, by its number where it has one.
    pub(crate) fn earlier_sent(&self, proof: &Proof) -> String {
        match (proof, proof.number()) {
            (Proof::File(path), _) => self.saved(&path.to_string_lossy()),
            (_, Some(number)) => self.earlier_number(number),
            (_, None) => self.earlier_arrived.clone(),
        }
    }

    /// The same, where the report stands above it.
    pub(crate) fn it_has_arrived(&self, proof: &Proof) -> String {
        match (proof, proof.number()) {
            (Proof::File(path), _) => self.saved(&path.to_string_lossy()),
            (_, Some(number)) => self.its_number(number),
            (_, None) => self.it_arrived.clone(),
        }
    }

    /// What a report that was too large went without.
    pub(crate) fn goes_with_less(&self, left_out: &[Gap]) -> String {
        let each = left_out
            .iter()
            .map(|gap| self.fitted_file(&gap.what, &self.gap_reason(&gap.why)));
        let all: Vec<String> = each.collect();
        self.fitted(&all.join(", "))
    }

    /// Why something is missing from a report, or less than it was.
    pub(crate) fn gap_reason(&self, why: &GapReason) -> String {
        let words = match why {
            GapReason::NotFound => &self.gap_not_found,
            GapReason::Forbidden => &self.gap_forbidden,
            GapReason::NotAFile | GapReason::NotOnDisk | GapReason::Subfolder => &self.gap_not_a_file,
            GapReason::LinkedElsewhere => &self.gap_elsewhere,
            GapReason::EmptyFolder | GapReason::NoMatch => &self.gap_no_files,
            GapReason::TooSlow { .. }
            | GapReason::SlowSearch { .. }
            | GapReason::SlowLogs
            | GapReason::SlowSystem
            | GapReason::NotDone
            | GapReason::Busy(_)
            | GapReason::BusyDisk(_) => &self.gap_slow,
            GapReason::NotLookedFor(why) => return self.gap_reason(why),
            GapReason::NoRoom => &self.gap_no_room,
            GapReason::NoDisk => &self.gap_no_disk,
            GapReason::TooManyFiles { newest: most, .. } | GapReason::TooManyFacts { most } => {
                return self.gap_only(*most as u64);
            }
            GapReason::TooManyNames { names } => return self.gap_names(*names as u64),
            GapReason::MoreUntaken { more } => return self.gap_more(*more as u64),
            GapReason::NothingLogged => &self.gap_nothing_logged,
            GapReason::Panicked | GapReason::NoThread | GapReason::Compressed => &self.gap_failed,
            GapReason::Damaged | GapReason::TooMuchPacked => &self.gap_partly,
            GapReason::NotUtf8 => &self.gap_encoding,
            GapReason::Attachment(problem) => return self.attachment(problem),
            GapReason::LeftOutByApp(why) => return self.gap_by_app(why),
            GapReason::LeftOut | GapReason::DoesNotFit => &self.fit_left_out,
            GapReason::Shortened => &self.fit_older,
            GapReason::MadeSmaller => &self.fit_smaller,
            // The system's or the app's own words, what is the makers' business, and what a later SDK may add.
            other => return other.to_string(),
        };
        words.clone()
    }

    /// Why a report is kept and not sent by itself, and what to do, with the server's own words if it gave any.
    pub(crate) fn refusal(&self, refusal: &Refusal) -> String {
        let (status, detail) = match refusal {
            Refusal::Server { status, detail } => (*status, detail),
            Refusal::Damaged => return self.damaged.clone(),
            Refusal::Vanished => return self.vanished.clone(),
            Refusal::TooOld => return self.too_old.clone(),
            Refusal::SetAside => return self.set_aside.clone(),
            Refusal::NotRetried(cause) => return self.not_retried(&self.cause(cause)),
        };
        let why = match status {
            401 | 403 => &self.refused_version,
            404 | 410 => &self.refused_address,
            413 => &self.refused_size,
            _ => &self.refused_other,
        };
        match detail {
            Some(detail) => self.refused_says(why, detail),
            None => self.refused_status(why, &status.to_string()),
        }
    }

    /// What went wrong with the last attempt to send what stands in the form.
    pub(crate) fn trouble(&self, trouble: &Trouble) -> String {
        match trouble {
            Trouble::Storing(cause) => self.not_stored(&self.cause(cause)),
            Trouble::Collecting(cause) => self.not_collected(&self.cause(cause)),
            Trouble::Saving(cause) => self.not_saved(&self.cause(cause)),
            Trouble::Delivering(refusal) => self.not_delivered(&self.refusal(refusal)),
        }
    }

    /// What the SDK could not do, and what to do about it.
    pub(crate) fn cause(&self, cause: &Cause) -> String {
        match cause {
            Cause::Stopped => self.cause_stopped.clone(),
            Cause::Full(reports) => self.cause_full(*reports),
            Cause::MemoryFull(reports) => self.cause_memory_full(*reports),
            Cause::Disk { path, why } => self.cause_disk(&path.to_string_lossy(), why),
            Cause::Unsafe(path) => self.cause_unsafe(&path.to_string_lossy()),
            Cause::NoFolder => self.cause_no_folder.clone(),
            Cause::Save { path, why } => self.cause_save(&path.to_string_lossy(), why),
            Cause::Withheld(why) => self.cause_withheld(why),
            Cause::Other(words) => words.clone(),
        }
    }

    /// The name of one of several screens. `number` counts from 1.
    pub(crate) fn screen_name(&self, number: u64, name: &str, size: Option<[u32; 2]>) -> String {
        let size = size.map(|[width, height]| format!("{width} × {height}"));
        let mut facts = vec![name, size.as_deref().unwrap_or_default()];
        facts.retain(|fact| !fact.is_empty());
        self.screen(number, &facts.join(", "))
    }

    /// Why there is no picture of the screen, and what to do instead.
    pub(crate) fn no_screen(&self, why: &ScreenError) -> &str {
        match why {
            ScreenError::Refused => &self.no_screen_refused,
            ScreenError::Blank => &self.no_screen_blank,
            ScreenError::Gone => &self.no_screen_gone,
            ScreenError::NotSupported | ScreenError::NoDisplay(_) => &self.no_screen_here,
            _ => &self.no_picture,
        }
    }

    /// Why a picture is not sent.
    pub(crate) fn lost_picture(&self, error: &PictureError) -> &str {
        match error {
            PictureError::TooLarge | PictureError::File(AttachmentProblem::TooLarge { .. }) => {
                &self.picture_too_large
            }
            _ => &self.picture_unreadable,
        }
    }

    /// Why a file cannot be attached.
    pub(crate) fn attachment(&self, problem: &AttachmentProblem) -> String {
        let megabytes = |count: u64| self.megabytes(&count.to_string());
        match problem {
            AttachmentProblem::Gone => self.attachment_gone.clone(),
            AttachmentProblem::NotAFile => self.attachment_not_a_file.clone(),
            AttachmentProblem::NoRoom => self.attachment_no_room.clone(),
            AttachmentProblem::TooLarge { bytes, limit } => self.attachment_too_large(
                &megabytes(bytes.div_ceil(1_000_000)),
                &megabytes(limit / 1_000_000),
            ),
            AttachmentProblem::Unreadable(why) => self.attachment_unreadable(why),
            // What a later SDK may add, in its own words.
            other => other.to_string(),
        }
    }

    /// How the last run of the app ended.
    pub(crate) fn crashed(&self, crash: &Crash) -> &str {
        if crash.went_on {
            &self.crash_went_on
        } else {
            &self.crash_ended
        }
    }

    /// What the masking rules hid. What is one thing to a reader is counted together.
    pub(crate) fn masked(&self, counts: &MaskCounts) -> Vec<String> {
        let mut things = MaskCounts::new();
        for (rule, count) in counts {
            let thing = match rule.as_str() {
                "jwt" | "vendor_key" | "private_key" | "key" | "reply_key" => "token",
                "mac" => "ip",
                other => other,
            };
            *things.entry(thing.to_owned()).or_default() += count;
        }
        let told = things.into_iter().map(|(thing, count)| self.hid(&thing, count));
        told.collect()
    }

    fn hid(&self, rule: &str, count: u64) -> String {
        match rule {
            "email" => self.masked_email(count),
            "token" => self.masked_token(count),
            "user" => self.masked_user(count),
            "ip" => self.masked_ip(count),
            "phone" => self.masked_phone(count),
            "card" => self.masked_card(count),
            "secret" => self.masked_secret(count),
            "cookie" => self.masked_cookie(count),
            "login" => self.masked_login(count),
            "iban" => self.masked_account(count),
            "host" => self.masked_computer(count),
            // A rule of the app's makers, in their words.
            _ => self.masked_other(count, rule),
        }
    }

    /// "1.2 of 3.4 MB".
    pub(crate) fn uploaded(&self, sent: u64, total: u64) -> String {
        let (factor, _) = scale(total);
        self.progress(&self.count(sent, factor), &self.size(total))
    }

    /// How long an upload takes still.
    pub(crate) fn time_left(&self, left: TimeLeft) -> String {
        match left {
            TimeLeft::Seconds(seconds) => self.time_left_seconds(seconds),
            TimeLeft::Minutes(minutes) => self.time_left_minutes(minutes),
            TimeLeft::Hours(hours) => self.time_left_hours(hours),
        }
    }

    /// "812 bytes", "14.0 kB", "1.2 MB".
    pub(crate) fn size(&self, bytes: u64) -> String {
        let (factor, unit) = scale(bytes);
        match unit {
            Unit::Byte => self.bytes(bytes),
            Unit::Kilo => self.kilobytes(&self.count(bytes, factor)),
            Unit::Mega => self.megabytes(&self.count(bytes, factor)),
            Unit::Giga => self.gigabytes(&self.count(bytes, factor)),
        }
    }

    /// How many times `factor` goes into `bytes`, with one decimal.
    fn count(&self, bytes: u64, factor: u64) -> String {
        if factor == 1 {
            return bytes.to_string();
        }
        let number = format!("{:.1}", bytes as f64 / factor as f64);
        number.replace('.', &self.decimal_mark)
    }
}

enum Unit {
    Byte,
    Kilo,
    Mega,
    Giga,
}

fn scale(bytes: u64) -> (u64, Unit) {
    match bytes {
        ..1_000 => (1, Unit::Byte),
        1_000..1_000_000 => (1_000, Unit::Kilo),
        1_000_000..1_000_000_000 => (1_000_000, Unit::Mega),
        _ => (1_000_000_000, Unit::Giga),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_log_that_is_in_the_report_nobody_is_told_that_it_could_not_be_collected() {
        for language in super::super::LANGUAGES {
            let language = language.tag;
            let words = Words::in_language(language);
            for why in [GapReason::Damaged, GapReason::TooMuchPacked, GapReason::NotUtf8] {
                let told = words.gap_reason(&why);
                assert!(
                    told != why.to_string() && told != words.gap_failed,
                    "{language}: {told}"
                );
            }
        }
    }

    #[test]
    fn sizes_read_well() {
        let words = Words::in_language("en");
        let size = |bytes| words.size(bytes);
        assert_eq!(size(0), "0 bytes");
        assert_eq!(size(1), "1 byte");
        assert_eq!(size(999), "999 bytes");
        assert_eq!(size(1_000), "1.0 kB");
        assert_eq!(size(1_234_567), "1.2 MB");
        assert_eq!(size(5_000_000_000), "5.0 GB");
        let uploaded = |sent, total| words.uploaded(sent, total);
        assert_eq!(uploaded(1_200_000, 3_400_000), "1.2 of 3.4 MB");
        assert_eq!(uploaded(0, 3_400_000), "0.0 of 3.4 MB");
        assert_eq!(uploaded(5, 800), "5 of 800 bytes");
        assert_eq!(Words::in_language("de").size(1_234_567), "1,2\u{a0}MB");
    }

    #[test]
    fn nobody_is_told_to_restart_while_their_text_is_only_here() {
        let words = Words::in_language("en");
        for trouble in [Trouble::Storing, Trouble::Collecting, Trouble::Saving] {
            let sentence = words.trouble(&trouble(Cause::Stopped));
            assert!(!sentence.contains("estart"), "{sentence}");
            assert!(sentence.contains("Copy your text"), "{sentence}");
        }
    }

    #[test]
    fn what_was_left_out_is_told_in_plain_words() {
        let gap = |what: &str, why: GapReason| Gap::new(what, why);
        let left_out = [
            gap("logs/app.log", GapReason::Shortened),
            gap("screenshots/1.png", GapReason::MadeSmaller),
        ];
        assert_eq!(
            Words::in_language("en").goes_with_less(&left_out),
            "It was too large for our server, so not all of it is sent: logs/app.log (older lines left out), \
             screenshots/1.png (made smaller)."
        );
    }

    #[test]
    fn only_the_words_of_others_are_told_as_they_are() {
        let words = Words::in_language("ja");
        let is_ours = |why: GapReason| words.gap_reason(&why) != why.to_string();
        for why in [
            GapReason::NotFound,
            GapReason::NotDone,
            GapReason::Damaged,
            GapReason::NoDisk,
            GapReason::TooManyNames { names: 3 },
            GapReason::MoreUntaken { more: 3 },
            GapReason::Subfolder,
        ] {
            assert!(is_ours(why));
        }
        assert!(is_ours(GapReason::Attachment(AttachmentProblem::Gone)));
        assert!(!is_ours(GapReason::Other("disk on fire".to_owned())));
        let by_app = words.gap_reason(&GapReason::LeftOutByApp("secret".to_owned()));
        assert_eq!(by_app, "アプリが除外: secret");
    }

    #[test]
    fn a_proxy_that_wants_a_password_is_not_a_busy_server() {
        let words = Words::in_language("en");
        let busy = |status| words.waits(Some(WaitReason::Server(status))).contains("busy");
        assert!(busy(429) && busy(503));
        for status in [407, 500, 502, 507, 511] {
            assert!(!busy(status), "{status}");
        }
        let network = words.waits(Some(WaitReason::Server(511)));
        assert!(network.starts_with("Your network asks for a password"));
        assert!(!words.waits(Some(WaitReason::Held)).contains("online"));
        let local = words.waits(Some(WaitReason::Local));
        assert!(
            local.contains("this computer") && local.contains("later"),
            "{local}"
        );
        assert!(words.waits_unkept(None).starts_with("Your report"));
    }

    #[test]
    fn times_read_well() {
        let words = Words::in_language("en");
        assert_eq!(
            words.next_try(About::Moment),
            "Next try in less than a minute, while this app is open."
        );
        assert_eq!(
            words.next_try(About::Minutes(5)),
            "Next try in about 5 minutes, while this app is open."
        );
        assert_eq!(words.written(About::Moment), "Written just now");
        assert_eq!(words.written(About::Hours(1)), "Written 1 hour ago");
        assert_eq!(words.written(About::Days(3)), "Written 3 days ago");
    }

    #[test]
    fn keys_are_counted_together_and_rules_of_the_makers_by_name() {
        let counts = [
            ("badge", 2),
            ("jwt", 1),
            ("token", 2),
            ("vendor_key", 1),
            ("iban", 1),
        ];
        let counts = counts.map(|(rule, count)| (rule.to_owned(), count));
        assert_eq!(
            Words::in_language("en").masked(&counts.into()),
            [
                "2 private values were hidden (badge)",
                "1 bank account number was hidden",
                "4 access keys were hidden"
            ]
        );
    }

    #[test]
    fn every_rule_of_the_sdk_has_words() {
        // The SDK's tests tell that this table names all.
        let page = include_str!("../../../sdk/src/redact/masking.rs");
        let rows = page.lines().filter_map(|line| line.strip_prefix("/// | `"));
        let names = rows
            .filter_map(|row| row.split_once("` |"))
            .flat_map(|(names, _)| names.split("`, `"));
        let names: Vec<&str> = names.collect();
        assert!(names.len() >= 15, "{names:?}");
        for rule in names {
            let told = Words::in_language("en").masked(&[(rule.to_owned(), 1)].into());
            assert!(
                told.iter().all(|told| told.ends_with(" was hidden")),
                "{rule}: {told:?}"
            );
        }
    }

    #[test]
    fn plurals_are_those_of_the_language() {
        let english = Words::in_language("en");
        assert_eq!(english.hid("email", 1), "1 e-mail address was hidden");
        assert_eq!(english.hid("email", 2), "2 e-mail addresses were hidden");
        let russian = Words::in_language("ru");
        for (minutes, words) in [
            (1, "1 минуту"),
            (2, "2 минуты"),
            (5, "5 минут"),
            (21, "21 минуту"),
        ] {
            let sentence = russian.written(About::Minutes(minutes));
            assert!(sentence.contains(words), "{sentence}");
        }
        for (left, words) in [
            (TimeLeft::Seconds(50), "осталось около 50 секунд"),
            (TimeLeft::Minutes(21), "осталось около 21 минуты"),
            (TimeLeft::Hours(2), "осталось около 2 часов"),
        ] {
            assert_eq!(russian.time_left(left), words);
        }
    }
}
