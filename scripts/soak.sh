#!/usr/bin/env bash
# The long proofs: the power is cut and the disk fails at every operation. SOAK=n lives n days.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/common.sh
source scripts/common.sh

scripts/setup.sh
small=$(mktemp -d /tmp/kiosk-agent-small.XXXXXX)
as_root mount -t tmpfs -o size=32m,mode=0777 tmpfs "$small"
trap 'as_root umount "$small"; rmdir "$small"' EXIT

export SOAK=${SOAK:-2} SMALL_DISK=$small
say "a soak of $SOAK days, some three minutes each"
flags=(--explicit-target-dependency-import-check error)
swift build --build-tests "${flags[@]}"
swift test --skip-build "${flags[@]}" --filter '^StorageTests\.'
