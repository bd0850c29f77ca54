//! Every word that a person reads, in one place.

use std::path::Path;

use feedback_sdk::{FeedbackError, Gap, WaitReason};

use crate::about::About;

pub(crate) const BUTTON: &str = "Write to us…";
pub(crate) const TITLE: &str = "Write to us";
pub(crate) const MESSAGE: &str = "Your message";
pub(crate) const LONG_TEXT: &str = "Long text";
pub(crate) const IS_LONG: &str =
    "This text is long, so it stands below the field. It is sent after your message, as it is.";
pub(crate) const IS_FULL: &str = "This field is full. Please put the rest into a file and attach it.";
pub(crate) const MESSAGE_HINT: &str = "What happened? What did you expect?";
pub(crate) const REPLY_TO: &str = "Your e-mail, if you want an answer";
pub(crate) const NO_ADDRESS: &str =
    "This does not look like an e-mail address, so our answer could not reach you.";
pub(crate) const NOTHING_YET: &str = "Write something, or add a picture or file.";

pub(crate) const ATTACH: &str = "Attach a file…";
pub(crate) const CAPTURE: &str = "Add a picture of this window";
pub(crate) const NO_PICTURE: &str = "The picture could not be taken. Try again, or attach a picture file.";
pub(crate) const CHECKING: &str = "…";
pub(crate) const PATH: &str = "Path of the file";
pub(crate) const PATH_ADD: &str = "Add";
pub(crate) const PATH_SAVE: &str = "Save";
pub(crate) const PATH_CANCEL: &str = "Cancel";

pub(crate) const CONTENTS: &str = "What will be sent";
pub(crate) const COLLECTING: &str = "Collecting…";

pub(crate) const SEND: &str = "Send";
pub(crate) const DONT_SEND: &str = "Don’t send";
pub(crate) const CLOSE: &str = "Close";
pub(crate) const RETRY: &str = "Try again";
pub(crate) const BACK: &str = "Back to my message";
pub(crate) const COPY_TEXT: &str = "Copy my text";
pub(crate) const COPIED: &str = "Your text is copied.";
pub(crate) const SAVE: &str = "Save as a file…";
pub(crate) const SAVE_NAME: &str = "report.zip";

pub(crate) const SENDING: &str = "Sending…";
pub(crate) const TAKING_BACK: &str = "Cancelling…";
pub(crate) const ALL_OUT: &str = "Waiting for the answer…";
pub(crate) const GOES_ON: &str = "You can go on working; it is sent while this app is open.";

pub(crate) const SENT: &str = "Thank you";
pub(crate) const GONE: &str = "Sent";
pub(crate) const ARRIVED: &str = "Your report has arrived.";
pub(crate) const ELSEWHERE: &str = "Your report was sent by another window of this app.";
pub(crate) const ALREADY: &str = "It has been sent already.";
pub(crate) const NUMBER: &str = "Your report has the number";
pub(crate) const COPY: &str = "Copy";
pub(crate) const WAITING: &str = "Saved";
pub(crate) const REFUSED: &str = "Not delivered";
pub(crate) const DAMAGED: &str = "The stored report is damaged, so it was not sent.";
pub(crate) const TOO_OLD: &str = "Your report has waited for so long that it is not sent by itself any more.";
pub(crate) const KEPT: &str = "It is kept on this computer, and your message is still here.";
pub(crate) const SENDING_UNKEPT: &str =
    "It could not be kept on this computer. It is being sent now; please keep this app open.";
pub(crate) const NOT_SENT: &str = "Not sent yet";
pub(crate) const UNKEPT: &str = "It is not kept on this computer, and is lost when this app ends.";
pub(crate) const REFUSED_UNKEPT: &str =
    "It could not be kept on this computer, but your message is still here.";

pub(crate) const EARLIER_SENDING: &str = "Your earlier report is still on its way.";
pub(crate) const EARLIER_REFUSED: &str =
    "Your earlier report was not delivered. You can go on with it once this message is sent.";
pub(crate) const SHOW: &str = "Show it";

pub(crate) const EARLIER: &str = "Earlier reports";
pub(crate) const LEAVE_LIST: &str = "Back";
pub(crate) const NONE_WAITS: &str = "No report waits any more.";
pub(crate) const SEND_NOW: &str = "Send now";
pub(crate) const DELETE: &str = "Delete";
pub(crate) const DELETE_QUESTION: &str = "Delete this report, with what you wrote? It has not arrived.";
pub(crate) const DELETE_FOR_GOOD: &str = "Delete for good";
pub(crate) const KEEP: &str = "Keep";

/// The button that puts a likely address in the place of what was typed.
pub(crate) fn did_you_mean(address: &str) -> String {
    format!("Did you mean {address}?")
}

/// The name of a button that takes a file or picture out again.
pub(crate) fn remove(name: &str) -> String {
    format!("Remove {name}")
}

/// The name of a picture. `number` counts from 1.
pub(crate) fn picture(number: usize) -> String {
    format!("Picture {number}")
}

/// A picture's size in pixels.
pub(crate) fn pixels([width, height]: [u32; 2]) -> String {
    format!("{width} × {height}")
}

/// The name of a button that copies a number.
pub(crate) fn copy(number: &str) -> String {
    format!("{COPY} {number}")
}

/// The name of a file that is called as another one is. `number` counts from 2.
pub(crate) fn another(name: &str, number: usize) -> String {
    format!("{name} ({number})")
}

/// The name of a long text that was pasted. `number` counts from 1.
pub(crate) fn long_text(number: usize) -> String {
    format!("{LONG_TEXT} {number}")
}

/// Why a report waits, and that nothing need be done.
pub(crate) fn waiting(why: Option<WaitReason>) -> &'static str {
    let Some(why) = why else {
        return "It has not been tried yet, and will be sent by itself.";
    };
    match why {
        WaitReason::Timeout => "Our server has stopped answering. Your report will be sent by itself later.",
        WaitReason::NoReceipt => {
            "Something between you and us answered instead, perhaps a log-in page. \
             Your report will be sent by itself once the way is free."
        }
        WaitReason::Held => "It is kept on this computer, and will be sent by itself later.",
        WaitReason::Server(407) => {
            "Your network asks for a password before it lets anything out. \
             Your report will be sent by itself once the way is free."
        }
        WaitReason::Server(413) => {
            "It is too large for our server, and could not be made smaller yet. It will be tried again later."
        }
        WaitReason::Server(_) => "Our server is busy. Your report will be sent by itself later.",
        // `Offline`, and what a later SDK may add.
        _ => "It will be sent when you are online.",
    }
}

/// Why a report was neither sent nor kept, and what to do.
pub(crate) fn waiting_unkept(why: Option<WaitReason>) -> String {
    let why = why.map(|why| format!(" ({why})")).unwrap_or_default();
    format!(
        "It could not be sent{why} and could not be kept on this computer. Save it as a file or copy your text, \
         so that nothing is lost when this app ends."
    )
}

/// Why a report could not be kept.
pub(crate) fn no_disk(why: &str) -> String {
    format!("(It could not be kept: {why}.)")
}

/// When a report that waits is tried again.
pub(crate) fn next_try(left: About) -> String {
    let soon = match left {
        About::Moment => "in less than a minute".to_owned(),
        left => format!("in about {}", length(left)),
    };
    format!("Next try {soon}, while this app is open.")
}

/// When a report was written.
pub(crate) fn written(ago: About) -> String {
    match ago {
        About::Moment => "Written just now".to_owned(),
        ago => format!("Written {} ago", length(ago)),
    }
}

fn length(about: About) -> String {
    match about {
        About::Moment => "a moment".to_owned(),
        About::Minutes(minutes) => counted(minutes, "minute", "minutes"),
        About::Hours(hours) => counted(hours, "hour", "hours"),
        About::Days(days) => counted(days, "day", "days"),
    }
}

fn counted(count: u64, one: &str, many: &str) -> String {
    let unit = if count == 1 { one } else { many };
    format!("{count} {unit}")
}

/// A report of before that has arrived, by its number where it has one.
pub(crate) fn earlier_sent(number: Option<&str>) -> String {
    arrived("Your earlier report", number)
}

/// The same, where the report stands above it.
pub(crate) fn it_has_arrived(number: Option<&str>) -> String {
    arrived("It", number)
}

fn arrived(what: &str, number: Option<&str>) -> String {
    match number {
        Some(number) => format!("{what} has arrived. Its number is {number}."),
        None => format!("{what} has arrived."),
    }
}

/// The way to the list of reports that wait.
pub(crate) fn earlier(count: usize) -> String {
    format!("{EARLIER} ({count})")
}

/// The name of a button that is about one of several reports. `number` counts from 1.
pub(crate) fn of_report(button: &str, number: usize) -> String {
    format!("{button}, report {number}")
}

/// What a person wrote.
pub(crate) fn quoted(words: &str) -> String {
    format!("“{words}”")
}

/// What a report that was too large went without.
pub(crate) fn fitted(left_out: &[Gap]) -> String {
    let each = left_out.iter().map(|gap| {
        let why = gap.why.trim_end_matches(" to fit what the server takes");
        format!("{} ({why})", gap.what)
    });
    let all: Vec<String> = each.collect();
    format!(
        "It was too large for our server, so it goes with less: {}.",
        all.join(", ")
    )
}

/// Why the server said no and what to do, with its own words if it gave any.
pub(crate) fn refused(status: u16, detail: Option<&str>) -> String {
    let why = match status {
        401 | 403 => {
            "Our server does not accept reports from this version of the app. An update of the app may help."
        }
        404 | 410 => "The address this app sends reports to no longer exists. An update of the app may help.",
        413 => {
            "Your report is too large for our server. Write again with less attached, or save it as a file."
        }
        _ => "Our server did not accept your report. Try again later, or save it as a file.",
    };
    match detail {
        Some(detail) => format!("{why} It says: {detail}"),
        None => format!("{why} (HTTP {status})"),
    }
}

/// The server said no to what stands in the form again.
pub(crate) fn not_delivered(why: &str) -> String {
    format!("Your report was not delivered. {why}")
}

/// A stored report could not be tried again.
pub(crate) fn not_retried(error: &FeedbackError) -> String {
    match error {
        FeedbackError::Stopped => format!("It could not be tried again, because {STOPPED}"),
        _ => format!("It could not be tried again. ({error})"),
    }
}

/// A stored report could not be deleted.
pub(crate) fn not_deleted(error: &FeedbackError) -> String {
    format!("It could not be deleted. ({error})")
}

/// Storing failed. The person's words are still in the form.
pub(crate) fn not_stored(error: &FeedbackError) -> String {
    match error {
        FeedbackError::Stopped => format!("Your report could not be stored, because {STOPPED}"),
        FeedbackError::SpoolFull { reports, .. } => format!(
            "{reports} of your reports wait to be sent, and there is no room for one more. Your text is still \
             here. Go online so that they can leave, or save this one as a file."
        ),
        _ => {
            format!("Your report could not be stored, so it was not sent. Your text is still here. ({error})")
        }
    }
}

/// Collecting failed. The person's words are still in the form.
pub(crate) fn not_collected(error: &FeedbackError) -> String {
    match error {
        FeedbackError::Stopped => format!("Your report could not be put together, because {STOPPED}"),
        _ => format!(
            "Your report could not be put together, so it was not sent. Your text is still here. ({error})"
        ),
    }
}

/// What to do when nothing can be stored or saved any more.
const STOPPED: &str = "a part of this app has stopped. Your text is still here. Copy it and keep it \
                       somewhere, so that it is not lost when the app is closed.";

pub(crate) fn saved(path: &Path) -> String {
    format!("Saved as {}.", path.display())
}

/// Saving failed; the error says what to do.
pub(crate) fn not_saved(error: &FeedbackError) -> String {
    match error {
        FeedbackError::Stopped => format!("It was not saved, because {STOPPED}"),
        _ => format!("It was not saved. ({error})"),
    }
}

/// What could not be collected.
pub(crate) fn gap(gap: &Gap) -> String {
    format!("Missing: {} – {}", gap.what, gap.why)
}

/// What a masking rule hid.
pub(crate) fn masked(rule: &str, count: u64) -> String {
    let (one, many) = match rule {
        "email" => ("e-mail address", "e-mail addresses"),
        "token" => ("access key", "access keys"),
        "user" => ("user name", "user names"),
        "ip" => ("network address", "network addresses"),
        "phone" => ("phone number", "phone numbers"),
        "card" => ("card number", "card numbers"),
        _ if count == 1 => return format!("1 private value was hidden ({rule})"),
        _ => return format!("{count} private values were hidden ({rule})"),
    };
    let verb = if count == 1 { "was" } else { "were" };
    format!("{} {verb} hidden", counted(count, one, many))
}

/// How much leaves in all. It is compressed, and the last words are not typed yet: "about".
pub(crate) fn total(bytes: u64) -> String {
    format!("about {} when compressed", size(bytes))
}

/// "1.2 of 3.4 MB".
pub(crate) fn progress(sent: u64, total: u64) -> String {
    let (number, unit) = number_and_unit(total);
    let (factor, _) = scale(total);
    if factor == 1 {
        return format!("{sent} of {number} {unit}");
    }
    format!("{:.1} of {number} {unit}", sent as f64 / factor as f64)
}

/// "812 bytes", "14.0 kB", "1.2 MB".
pub(crate) fn size(bytes: u64) -> String {
    let (number, unit) = number_and_unit(bytes);
    format!("{number} {unit}")
}

fn number_and_unit(bytes: u64) -> (String, &'static str) {
    let (factor, unit) = scale(bytes);
    if factor == 1 {
        (bytes.to_string(), unit)
    } else {
        (format!("{:.1}", bytes as f64 / factor as f64), unit)
    }
}

fn scale(bytes: u64) -> (u64, &'static str) {
    match bytes {
        ..1_000 => (1, "bytes"),
        1_000..1_000_000 => (1_000, "kB"),
        1_000_000..1_000_000_000 => (1_000_000, "MB"),
        _ => (1_000_000_000, "GB"),
    }
}

pub(crate) const SAVE_COPY: &str = "Save a copy…";
pub(crate) const FINGERPRINT: &str = "Fingerprint";
pub(crate) const NOT_TEXT: &str = "This file is sent as it is. It cannot be shown here.";

/// The name of a switch: whether a file goes along.
pub(crate) fn send_file(path: &str) -> String {
    format!("{SEND} {path}")
}

/// The name of the region with the text of a file.
pub(crate) fn text_of(path: &str) -> String {
    format!("Text of {path}")
}

/// A file of which only a part goes along.
pub(crate) fn shortened(original_bytes: u64) -> String {
    format!("shortened from {}", size(original_bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_well() {
        assert_eq!(size(0), "0 bytes");
        assert_eq!(size(999), "999 bytes");
        assert_eq!(size(1_000), "1.0 kB");
        assert_eq!(size(1_234_567), "1.2 MB");
        assert_eq!(size(5_000_000_000), "5.0 GB");
        assert_eq!(progress(1_200_000, 3_400_000), "1.2 of 3.4 MB");
        assert_eq!(progress(0, 3_400_000), "0.0 of 3.4 MB");
        assert_eq!(progress(5, 800), "5 of 800 bytes");
    }

    #[test]
    fn nobody_is_told_to_restart_while_their_text_is_only_here() {
        let stopped = FeedbackError::Stopped;
        for sentence in [not_stored(&stopped), not_collected(&stopped), not_saved(&stopped)] {
            assert!(!sentence.contains("estart"), "{sentence}");
            assert!(sentence.contains("Copy it"), "{sentence}");
        }
    }

    #[test]
    fn what_was_left_out_is_told_in_plain_words() {
        let gap = |what: &str, why: &str| Gap {
            what: what.to_owned(),
            why: why.to_owned(),
        };
        let left_out = [
            gap(
                "logs/app.log",
                "its older lines were left out to fit what the server takes",
            ),
            gap("screenshots/1.png", "made smaller to fit what the server takes"),
        ];
        assert_eq!(
            fitted(&left_out),
            "It was too large for our server, so it goes with less: logs/app.log (its older lines were left \
             out), screenshots/1.png (made smaller)."
        );
    }

    #[test]
    fn a_proxy_that_wants_a_password_is_not_a_busy_server() {
        assert!(!waiting(Some(WaitReason::Server(407))).contains("busy"));
        assert!(!waiting(Some(WaitReason::Held)).contains("online"));
    }

    #[test]
    fn times_read_well() {
        assert_eq!(
            next_try(About::Moment),
            "Next try in less than a minute, while this app is open."
        );
        assert_eq!(
            next_try(About::Minutes(5)),
            "Next try in about 5 minutes, while this app is open."
        );
        assert_eq!(written(About::Moment), "Written just now");
        assert_eq!(written(About::Hours(1)), "Written 1 hour ago");
        assert_eq!(written(About::Days(3)), "Written 3 days ago");
    }

    #[test]
    fn one_is_singular() {
        assert_eq!(masked("email", 1), "1 e-mail address was hidden");
        assert_eq!(masked("email", 2), "2 e-mail addresses were hidden");
        assert_eq!(masked("iban", 2), "2 private values were hidden (iban)");
    }
}
