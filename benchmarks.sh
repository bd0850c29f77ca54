#!/usr/bin/env bash
# Makes the tables of BENCHMARKS.md anew: all that stands below its line. On a machine with nothing else to do.
set -euo pipefail
cd "$(dirname "$0")"

# A heading, and the arguments of `cargo bench` that print its table.
benches=(
    "Masking:-p feedback-sdk --bench masking"
    "Zip:-p feedback-sdk --bench zip"
    "Pictures:-p feedback-sdk --bench png"
    "From the files to the spool:-p feedback-sdk --bench pipeline"
    "Sending:-p feedback-sdk --bench submit"
    "Opening the spool:-p feedback-sdk --bench spool"
    "Uploading:-p feedback-sdk --bench upload"
    "Recent log lines in memory:-p feedback-sdk --bench log_ring"
    "System facts:-p feedback-sdk --bench facts"
    "The window's frames:-p feedback-widget --bench frames"
    "The server's intake:-p server-stub --bench intake"
    "What it adds to an app:-p feedback-widget --bench size"
)

missed=0
tables=$(mktemp)
trap 'rm -f "$tables"' EXIT
sed '/^---$/q' BENCHMARKS.md >"$tables"
for bench in "${benches[@]}"; do
    echo "${bench%%:*}" >&2
    # shellcheck disable=SC2086 # the arguments are words
    table=$(cargo bench --quiet ${bench#*:}) || { echo "  a goal is missed, or it failed" >&2; missed=1; }
    printf '\n## %s\n\n`cargo bench %s`\n\n%s\n' "${bench%%:*}" "${bench#*:}" "$table" >>"$tables"
done
cat "$tables" >BENCHMARKS.md
exit "$missed"
