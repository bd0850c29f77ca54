//! Every word that a person reads, in one place.

use std::path::Path;

use feedback_sdk::{FeedbackError, Gap, WaitReason};

pub(crate) const BUTTON: &str = "Write to us…";
pub(crate) const TITLE: &str = "Write to us";
pub(crate) const MESSAGE: &str = "Your message";
pub(crate) const MESSAGE_HINT: &str = "What happened? What did you expect?";
pub(crate) const REPLY_TO: &str = "Your e-mail, if you want an answer";
pub(crate) const NOTHING_YET: &str = "Write a few words or add a picture first.";

pub(crate) const ATTACH: &str = "Attach a file…";
pub(crate) const CAPTURE: &str = "Add a picture of this window";
pub(crate) const NO_PICTURE: &str = "The picture could not be taken.";
pub(crate) const CHECKING: &str = "…";
pub(crate) const PATH: &str = "Path of the file";
pub(crate) const PATH_ADD: &str = "Add";
pub(crate) const PATH_SAVE: &str = "Save";

pub(crate) const CONTENTS: &str = "What will be sent";
pub(crate) const COLLECTING: &str = "Collecting…";
pub(crate) const MANIFEST: &str = "and report.json, the list of all this";

pub(crate) const SEND: &str = "Send";
pub(crate) const CANCEL: &str = "Cancel";
pub(crate) const CLOSE: &str = "Close";
pub(crate) const RETRY: &str = "Try again";
pub(crate) const SAVE: &str = "Save as a file…";
pub(crate) const SAVE_NAME: &str = "report.zip";

pub(crate) const SENDING: &str = "Sending…";
pub(crate) const TAKING_BACK: &str = "Cancelling…";
pub(crate) const ALL_OUT: &str = "Waiting for the answer…";
pub(crate) const GOES_ON: &str = "You may close this window; sending goes on.";

pub(crate) const SENT: &str = "Thank you";
pub(crate) const ARRIVED: &str = "Your report has arrived.";
pub(crate) const NUMBER: &str = "Your report has the number";
pub(crate) const COPY: &str = "Copy";
pub(crate) const WAITING: &str = "Saved";
pub(crate) const REFUSED: &str = "Not delivered";
pub(crate) const DAMAGED: &str = "The stored report is damaged, so it was not sent.";
pub(crate) const KEPT: &str = "It is kept on this computer.";

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

/// Why a report waits, and that nothing need be done.
pub(crate) fn waiting(why: WaitReason) -> &'static str {
    match why {
        WaitReason::Timeout => "Our server has stopped answering. Your report will be sent by itself later.",
        WaitReason::NoReceipt => {
            "Something between you and us answered instead, perhaps a log-in page. \
             Your report will be sent by itself once the way is free."
        }
        WaitReason::Server(_) => "Our server is busy. Your report will be sent by itself later.",
        // `Offline`, and what a later SDK may add.
        _ => "It will be sent when you are online.",
    }
}

/// Why the server said no, with its own words if it gave any.
pub(crate) fn refused(status: u16, detail: Option<&str>) -> String {
    let why = match status {
        401 | 403 => "Our server does not accept reports from this version of the app.",
        404 | 410 => "The address this app sends reports to no longer exists.",
        413 => "Your report is too large for our server.",
        _ => "Our server did not accept your report.",
    };
    match detail {
        Some(detail) => format!("{why} It says: {detail}"),
        None => format!("{why} (HTTP {status})"),
    }
}

/// Storing failed. The person's words are still in the form.
pub(crate) fn not_stored(error: &FeedbackError) -> String {
    format!("Your report could not be stored, so it was not sent. Your text is still here. ({error})")
}

pub(crate) fn saved(path: &Path) -> String {
    format!("Saved as {}.", path.display())
}

/// Saving failed; the error says what to do.
pub(crate) fn not_saved(error: &FeedbackError) -> String {
    format!("It was not saved. ({error})")
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
    if count == 1 {
        format!("1 {one} was hidden")
    } else {
        format!("{count} {many} were hidden")
    }
}

/// How much leaves in all. It is compressed, and the last words are not typed yet: "about".
pub(crate) fn total(bytes: u64) -> String {
    format!("about {} in all", size(bytes))
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
    fn one_is_singular() {
        assert_eq!(masked("email", 1), "1 e-mail address was hidden");
        assert_eq!(masked("email", 2), "2 e-mail addresses were hidden");
        assert_eq!(masked("iban", 2), "2 private values were hidden (iban)");
    }
}
