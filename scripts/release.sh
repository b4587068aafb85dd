#!/usr/bin/env bash
# Builds the agent as it is shipped and prints where it is: optimised, with the Swift runtime in it.
# scripts/release.sh PRODUCT: another program so, that what it measures is what is shipped.
#
# All of it is compiled anew, apart from the other builds. What the linker is told keeps the program
# small in memory: packed relocations, and no table of names for libraries that would call into it.
# The system needs glibc 2.36 for the former, which Debian 12 has.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

product=${1:-kiosk-agent}
flags=(
    -c release --product "$product" --scratch-path .build/static --static-swift-stdlib
    --explicit-target-dependency-import-check error
    -Xswiftc -use-ld=lld -Xlinker -z -Xlinker pack-relative-relocs -Xlinker --no-export-dynamic
)
swift build "${flags[@]}" >&2
printf '%s/%s\n' "$(swift build "${flags[@]}" --show-bin-path)" "$product"
