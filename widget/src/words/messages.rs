//! Every message there is: the ids of `languages/*.ftl`, and what each is told.
//!
//! An id that no language has is found by the tests; one that no code uses, by the compiler, since each
//! is a field or a method.

use fluent_bundle::{FluentArgs, FluentValue};

use super::{Bundle, Words, format};

/// A message that is told something: its id, and the names of what it is told.
pub(super) struct Sentence {
    pub(super) id: &'static str,
    pub(super) arguments: &'static [Argument],
}

pub(super) struct Argument {
    pub(super) name: &'static str,
    /// Whether it decides the plural.
    pub(super) is_count: bool,
}

trait Told {
    const IS_COUNT: bool;
}

impl Told for &str {
    const IS_COUNT: bool = false;
}

impl Told for u64 {
    const IS_COUNT: bool = true;
}

macro_rules! messages {
    (texts { $($text:ident)* } sentences { $($sentence:ident($($argument:ident: $kind:ty),+))* }) => {
        /// The messages that are always the same.
        pub(crate) struct Texts {
            $(pub(crate) $text: String,)*
        }

        impl Texts {
            pub(super) fn of(bundle: &Bundle) -> Self {
                Self {
                    $($text: format(bundle, stringify!($text), None),)*
                }
            }
        }

        impl Words {
            $(pub(crate) fn $sentence(&self, $($argument: $kind),+) -> String {
                let mut arguments = FluentArgs::new();
                $(arguments.set(stringify!($argument), FluentValue::from($argument));)+
                format(&self.bundle, stringify!($sentence), Some(&arguments))
            })*
        }

        pub(super) const TEXTS: &[&str] = &[$(stringify!($text)),*];

        pub(super) const SENTENCES: &[Sentence] = &[
            $(Sentence {
                id: stringify!($sentence),
                arguments: &[
                    $(Argument { name: stringify!($argument), is_count: <$kind as Told>::IS_COUNT }),+
                ],
            },)*
        ];
    };
}

messages! {
    texts {
        button title message message_hint is_long is_full reply_to no_address nothing_yet attach capture capture_screen capture_screens capturing
        no_picture no_screen_refused no_screen_blank no_screen_gone no_screen_here
        crash_ended crash_went_on crash
        drop_here for_next added
        attachment_gone attachment_not_a_file attachment_no_room
        path path_add path_save path_cancel path_taken path_replace
        edit canvas describe_instead tool_arrow tool_box tool_line tool_text tool_crop tool_black_out tool_pixelate pixelate_hint
        text_mark undo redo zoom_out zoom_fit zoom_in done discard_question discard keep_editing picture_unreadable picture_too_large not_changed
        contents untouched bare hide_nothing collecting save_copy fingerprint not_text
        gap_not_found gap_forbidden gap_not_a_file gap_elsewhere gap_slow gap_no_files gap_no_room gap_no_disk
        gap_nothing_logged gap_failed gap_partly gap_encoding fit_left_out fit_older fit_smaller
        send dont_send close retry back copy_text copied copied_this save
        leave_question leave_loss leave_again leave_anyway
        sending taking_back all_out goes_on
        sent arrived copy
        waiting waiting_new waiting_held waiting_offline
        why_timeout why_no_receipt why_password why_too_large why_busy why_trouble why_local why_offline
        next_try_moment
        sending_unkept not_sent unkept refused_unkept
        refused refused_version refused_address refused_size refused_other damaged vanished too_old set_aside kept
        cause_stopped cause_no_folder
        earlier earlier_sending earlier_refused earlier_arrived show leave_list none_waits it_arrived
        written_moment send_now words_again delete delete_question delete_for_good keep
        decimal_mark
    }
    sentences {
        button_news(button: &str, count: u64)
        characters_left(count: u64)
        did_you_mean(address: &str)
        screen(number: u64, facts: &str)
        attach_named(name: &str)
        attach_all_named(count: u64)
        picture(number: u64)
        long_text(number: u64)
        remove(name: &str)
        removed(name: &str)
        no_font(font: &str)
        edit_picture(name: &str)
        files_full(limit: &str)
        attachment_too_large(size: &str, limit: &str)
        attachment_unreadable(why: &str)
        total(size: &str)
        over_limit(limit: &str)
        send_file(path: &str)
        hide_nothing_in(path: &str)
        text_of(path: &str)
        shortened(size: &str)
        gap(what: &str, why: &str)
        gap_only(count: u64)
        gap_names(count: u64)
        gap_more(count: u64)
        gap_by_app(why: &str)
        masked_email(count: u64)
        masked_token(count: u64)
        masked_user(count: u64)
        masked_ip(count: u64)
        masked_phone(count: u64)
        masked_card(count: u64)
        masked_secret(count: u64)
        masked_cookie(count: u64)
        masked_login(count: u64)
        masked_account(count: u64)
        masked_computer(count: u64)
        masked_other(count: u64, rule: &str)
        progress(sent: &str, total: &str)
        time_left_seconds(count: u64)
        time_left_minutes(count: u64)
        time_left_hours(count: u64)
        number(number: &str)
        copy_number(number: &str)
        waiting_later(why: &str)
        waiting_free(why: &str)
        next_try_minutes(count: u64)
        next_try_hours(count: u64)
        next_try_days(count: u64)
        fitted(list: &str)
        fitted_file(what: &str, why: &str)
        waiting_unkept(why: &str)
        no_disk(why: &str)
        refused_says(why: &str, detail: &str)
        refused_status(why: &str, status: &str)
        not_delivered(why: &str)
        not_stored(why: &str)
        not_collected(why: &str)
        not_retried(why: &str)
        not_deleted(why: &str)
        not_saved(why: &str)
        saved(path: &str)
        cause_full(count: u64)
        cause_memory_full(count: u64)
        cause_disk(path: &str, why: &str)
        cause_unsafe(path: &str)
        cause_save(path: &str, why: &str)
        cause_withheld(why: &str)
        earlier_number(number: &str)
        earlier_count(count: u64)
        its_number(number: &str)
        quoted(words: &str)
        written_minutes(count: u64)
        written_hours(count: u64)
        written_days(count: u64)
        of_report(button: &str, number: u64)
        bytes(count: u64)
        kilobytes(number: &str)
        megabytes(number: &str)
        gigabytes(number: &str)
    }
}
