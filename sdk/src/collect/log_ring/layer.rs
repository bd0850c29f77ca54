//! The ring as a layer of a `tracing` subscriber.

use std::fmt::{self, Write as _};

use tracing_core::field::{Field, Visit};
use tracing_core::span::{Attributes, Id, Record};
use tracing_core::{Event, Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::{LookupSpan, Scope, SpanRef};

use super::LogRing;
use super::line::Line;
use crate::collect::words::shortened;

/// Takes the events of a `tracing` subscriber into a [`LogRing`], each with the spans it is in.
///
/// Made by [`LogRing::layer`].
#[derive(Debug, Clone)]
pub struct LogRingLayer {
    ring: LogRing,
}

impl LogRingLayer {
    pub(super) fn new(ring: LogRing) -> Self {
        Self { ring }
    }
}

/// A span's fields as text, kept with the span: its events come later and its values do not.
struct SpanFields(String);

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for LogRingLayer {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if let Some(span) = context.span(id) {
            add_fields(&span, |fields| attributes.record(fields));
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        if let Some(span) = context.span(id) {
            add_fields(&span, |fields| values.record(fields));
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        self.ring.write(|line| {
            let metadata = event.metadata();
            line.write_str(level(*metadata.level()))?;
            for span in context.event_scope(event).into_iter().flat_map(Scope::from_root) {
                line.write_str(span.name())?;
                // Only copied under the span's lock: no value is formatted here.
                if let Some(SpanFields(fields)) = span.extensions().get() {
                    for part in ["{", fields, "}"] {
                        line.write_str(part)?;
                    }
                }
                line.write_str(": ")?;
            }
            line.write_str(metadata.target())?;
            line.write_str(":")?;
            let mut fields = Fields::after(" ", line);
            event.record(&mut fields);
            fields.result
        });
    }
}

/// The finest level that any subscriber of this process takes now.
pub(super) fn finest() -> log::LevelFilter {
    let level = tracing_core::LevelFilter::current().into_level();
    level.map_or(log::LevelFilter::Off, |level| match level {
        Level::TRACE => log::LevelFilter::Trace,
        Level::DEBUG => log::LevelFilter::Debug,
        Level::INFO => log::LevelFilter::Info,
        Level::WARN => log::LevelFilter::Warn,
        Level::ERROR => log::LevelFilter::Error,
    })
}

/// All of one width, for the eye.
fn level(level: Level) -> &'static str {
    match level {
        Level::TRACE => "TRACE ",
        Level::DEBUG => "DEBUG ",
        Level::INFO => "INFO  ",
        Level::WARN => "WARN  ",
        Level::ERROR => "ERROR ",
    }
}

/// Formats fields before the span's lock is taken, and puts them behind those it has.
fn add_fields<'a, S: LookupSpan<'a>>(span: &SpanRef<'a, S>, record: impl FnOnce(&mut Fields<'_>)) {
    Line::formatted(
        |line| {
            let mut fields = Fields::after("", line);
            record(&mut fields);
            fields.result
        },
        |text| {
            if text.is_empty() {
                return;
            }
            // More would leave no room for the words of the span's events.
            let text = shortened(text, MOST_FIELDS);
            let mut extensions = span.extensions_mut();
            match extensions.get_mut() {
                // A span that lives as long as the app must not grow with each value it is given.
                Some(SpanFields(fields)) if fields.len() + text.len() <= MOST_FIELDS => {
                    fields.push(' ');
                    fields.push_str(&text);
                }
                Some(SpanFields(fields)) => *fields = text,
                None => extensions.insert(SpanFields(text)),
            }
        },
    );
}

/// Bytes of fields that a span keeps; beyond that the newest take the older ones' place.
const MOST_FIELDS: usize = 1 << 10;

/// Writes fields as ` key=value`, and the message as it is.
struct Fields<'l> {
    line: &'l mut Line,
    /// Stands before the next field.
    gap: &'static str,
    result: fmt::Result,
}

impl<'l> Fields<'l> {
    fn after(gap: &'static str, line: &'l mut Line) -> Self {
        Self {
            line,
            gap,
            result: Ok(()),
        }
    }
}

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        // What `tracing-log` adds to a record of the crate `log`; its target is told by its maker.
        let is_noise = matches!(field.name(), "log.module_path" | "log.file" | "log.line");
        if self.result.is_ok() && !is_noise {
            self.result = self.write(field.name(), value);
        }
    }
}

impl Fields<'_> {
    fn write(&mut self, name: &str, value: &dyn fmt::Debug) -> fmt::Result {
        self.line.write_str(std::mem::replace(&mut self.gap, " "))?;
        if name != "message" {
            self.line.write_str(name)?;
            self.line.write_str("=")?;
        }
        write!(self.line, "{value:?}")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Mutex, PoisonError};

    use tracing_subscriber::filter::LevelFilter;
    use tracing_subscriber::prelude::*;

    use super::*;

    /// One after another: what subscribers let through is known of all together.
    fn with_default<T>(subscriber: impl Subscriber + Send + Sync + 'static, run: impl FnOnce() -> T) -> T {
        static ALONE: Mutex<()> = Mutex::new(());
        let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        tracing::subscriber::with_default(subscriber, run)
    }

    fn lines(ring: &LogRing) -> Vec<String> {
        let text = ring.recent(usize::MAX).text;
        text.lines().map(|line| line[25..].to_owned()).collect()
    }

    const TARGET: &str = module_path!();

    #[test]
    fn an_event_has_its_level_its_spans_its_place_and_its_values() {
        let ring = LogRing::new();
        with_default(tracing_subscriber::registry().with(ring.layer()), || {
            let open = tracing::info_span!("open", kind = "note", size = tracing::field::Empty);
            let _entered = open.enter();
            open.record("size", 7);
            tracing::trace_span!("parse").in_scope(|| tracing::warn!(line = 3, "odd {}", "header"));
            tracing::trace!(done = true);
        });
        assert_eq!(
            lines(&ring),
            [
                format!("WARN  open{{kind=\"note\" size=7}}: parse: {TARGET}: odd header line=3"),
                format!("TRACE open{{kind=\"note\" size=7}}: {TARGET}: done=true"),
            ]
        );
    }

    #[test]
    fn the_apps_own_filter_does_not_thin_the_ring_out_and_the_rings_own_does() {
        let (ring, app) = (LogRing::new(), LogRing::new());
        let subscriber = tracing_subscriber::registry()
            .with(app.layer().with_filter(LevelFilter::WARN))
            .with(ring.layer().with_filter(LevelFilter::DEBUG));
        with_default(subscriber, || {
            tracing::warn!("both");
            tracing::debug!("a detail");
            tracing::trace!("none");
        });
        assert_eq!(lines(&app).len(), 1);
        assert_eq!(
            lines(&ring),
            [
                format!("WARN  {TARGET}: both"),
                format!("DEBUG {TARGET}: a detail")
            ]
        );
    }

    #[test]
    fn what_is_known_of_the_level_is_what_all_subscribers_let_through() {
        let ring = LogRing::new();
        let info = tracing_subscriber::registry().with(ring.layer().with_filter(LevelFilter::INFO));
        assert_eq!(with_default(info, finest), log::LevelFilter::Info);
        let with_details = tracing_subscriber::registry()
            .with(ring.layer().with_filter(LevelFilter::INFO))
            .with(LogRing::new().layer().with_filter(LevelFilter::DEBUG));
        assert_eq!(with_default(with_details, finest), log::LevelFilter::Debug);
    }

    struct Logs;

    impl fmt::Debug for Logs {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            tracing::info!("from inside a value");
            f.write_str("logged")
        }
    }

    #[test]
    fn a_value_that_logs_while_it_is_formatted_does_not_hang_or_spoil_the_line() {
        let ring = LogRing::new();
        with_default(tracing_subscriber::registry().with(ring.layer()), || {
            tracing::info_span!("span", value = ?Logs).in_scope(|| tracing::info!(value = ?Logs, "outer"));
        });
        // What the value itself says is tracing's choice: a scoped subscriber is not asked while it is busy.
        assert_eq!(
            lines(&ring).last().map(String::as_str),
            Some(&*format!(
                "INFO  span{{value=logged}}: {TARGET}: outer value=logged"
            ))
        );
    }

    #[test]
    fn a_span_that_is_given_values_for_ever_does_not_grow() {
        let ring = LogRing::new();
        with_default(tracing_subscriber::registry().with(ring.layer()), || {
            let span = tracing::info_span!("frame", number = 0);
            for number in 0..10_000 {
                span.record("number", number);
            }
            span.in_scope(|| tracing::info!("end"));
        });
        let line = &lines(&ring)[0];
        assert!(
            line.len() < 2 * MOST_FIELDS && line.contains("number=9999"),
            "{line}"
        );
    }

    #[test]
    fn a_long_value_of_a_span_leaves_room_for_the_words_of_its_events() {
        let ring = LogRing::new();
        with_default(tracing_subscriber::registry().with(ring.layer()), || {
            let body = "letters ".repeat(5000);
            let span = tracing::info_span!("request", body);
            span.in_scope(|| tracing::info!("the words"));
        });
        let line = &lines(&ring)[0];
        assert!(
            line.len() < 2 * MOST_FIELDS && line.ends_with("the words"),
            "{line}"
        );
    }
}
