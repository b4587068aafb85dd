#!/usr/bin/env bash
# Builds and runs all tests; any failure makes it end with another code than 0, and what failed
# stands once more at the end of the output.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

log=$(mktemp /tmp/kiosk-agent-test.XXXXXX)
trap 'rm -f "$log"' EXIT
flags=(--explicit-target-dependency-import-check error)

# Many ledgers are open at once: the 1,024 descriptors of a usual login are too few.
room=$(ulimit -Hn)
if [[ $room == unlimited || $room -gt 16384 ]]; then room=16384; fi
ulimit -Sn "$room"

# The tests that have started and not ended, one a line.
unended() {
    comm -23 \
        <(sed -nE 's/^◇ Test (".*"|[^ ]+\(.*\)).* started\.$/\1/p' "$log" | sort -u) \
        <(sed -nE 's/^[✔✘] Test (".*"|[^ ]+\(.*\)).* after .*$/\1/p' "$log" | sort -u)
}

# Runs the tests that the arguments of swift test select, for at most 20 minutes.
run() {
    timeout 1200 swift test --skip-build "${flags[@]}" "$@" 2>&1 | tee "$log" && return
    local code=$?
    printf '\nWhat failed in swift test %s:\n' "$*" >&2
    if [[ $code -eq 124 ]]; then
        echo "it took more than 20 minutes; begun and not ended:" >&2
        unended >&2
    fi
    grep -aE -A4 '^✘ (Test|Suite) |Fatal error|error:' "$log" | tail -n 60 >&2 ||
        tail -n 20 "$log" >&2
    exit "$code"
}

scripts/setup.sh test
scripts/axe.sh
swift build --build-tests "${flags[@]}"
if [[ -n ${FILTER:-} ]]; then
    echo "only the tests that match $FILTER"
    run --filter "$FILTER"
else
    # Apart: the long proofs keep every core busy and the end-to-end tests start many programs;
    # either would starve the tests that wait for something to happen in time.
    run --skip '^(StorageTests|SimulationTests|EndToEndTests)\.'
    run --filter '^(StorageTests|SimulationTests)\.'
    run --filter '^EndToEndTests\.'
fi
