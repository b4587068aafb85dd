#!/usr/bin/env bash
# Builds the agent as it is shipped and prints where it is: optimised, with the Swift runtime in it.
#
# All of it is compiled anew, apart from the other builds. What the linker is told keeps the program
# small in memory: packed relocations, and no table of names for libraries that would call into it.
# The system needs glibc 2.36 for the former, which Debian 12 has.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

flags=(
    -c release --product kiosk-agent --scratch-path .build/static --static-swift-stdlib
    --explicit-target-dependency-import-check error
    -Xswiftc -use-ld=lld -Xlinker -z -Xlinker pack-relative-relocs -Xlinker --no-export-dynamic
)
swift build "${flags[@]}" >&2
printf '%s/kiosk-agent\n' "$(swift build "${flags[@]}" --show-bin-path)"
