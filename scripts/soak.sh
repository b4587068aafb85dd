#!/usr/bin/env bash
# The long proofs: power cuts and disk faults at every operation, kill -9 at random moments, and
# simulated scenarios. SOAK=days, SOAK_KILLS=kills, SEEDS=scenarios FROM=seed MINUTES=at most.
# PEAK=1 instead: the built agent at a canteen's peak with faults for MINUTES (120), FROM=seed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/common.sh
source scripts/common.sh

scripts/setup.sh
export SOAK=${SOAK:-2} SOAK_KILLS=${SOAK_KILLS:-200}
flags=(--explicit-target-dependency-import-check error)
if [[ ${PEAK:-0} != 0 ]]; then
    agent=$(scripts/release.sh)
    sandbox=$(scripts/release.sh kiosk-sandbox)
    bench=$(scripts/release.sh kiosk-bench)
    say "a canteen's peak with faults, ${MINUTES:-120} minutes and up to ten more"
    exec "$bench" peak --agent "$agent" --sandbox "$sandbox" \
        --minutes "${MINUTES:-120}" --seed "${FROM:-1}"
fi
swift build --build-tests "${flags[@]}"
say "power cuts and disk faults in $SOAK days, some three minutes each"
swift test --skip-build "${flags[@]}" --filter '^(StorageTests\.|JournalTests\.MirrorFault)'
say "$SOAK_KILLS kills at random moments"
swift test --skip-build "${flags[@]}" --filter KillLoopTests
say "${SEEDS:-100000} simulated scenarios, at most ${MINUTES:-60} minutes"
swift run -c release "${flags[@]}" kiosk-simulator \
    --from "${FROM:-1}" --count "${SEEDS:-100000}" --minutes "${MINUTES:-60}"
