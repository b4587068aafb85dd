#!/usr/bin/env bash
# Builds and runs all tests; any failure makes it end with another code than 0.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scripts/setup.sh
flags=(--explicit-target-dependency-import-check error)
filter=()
if [[ -n ${FILTER:-} ]]; then
    filter=(--filter "$FILTER")
    echo "only the tests that match $FILTER"
fi

swift build --build-tests "${flags[@]}"
if [[ ${#filter[@]} -gt 0 ]]; then
    swift test --skip-build "${flags[@]}" "${filter[@]}"
else
    # Apart: the second half starts many programs, which would starve the first.
    swift test --skip-build "${flags[@]}" --skip EndToEndTests
    swift test --skip-build "${flags[@]}" --filter EndToEndTests
fi
