#!/usr/bin/env bash
# Says where promtool is, and gets it first when it is not there: out of Debian's package, without
# installing that, because the package brings a server and starts it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/common.sh
source scripts/common.sh

tool=$PWD/.build/tools/promtool
if command -v promtool >/dev/null; then
    tool=$(command -v promtool)
elif [[ ! -x $tool ]]; then
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    cd "$scratch"
    apt-get download -qq prometheus >log 2>&1 || {
        as_root apt-get update -qq </dev/null >log 2>&1 || true
        apt-get download -qq prometheus >log 2>&1 ||
            fail "promtool is missing" "$(tail -n 1 log)" "install it: apt-get install prometheus"
    }
    mkdir -p "${tool%/*}"
    dpkg-deb --fsys-tarfile prometheus_*.deb | tar -x -O ./usr/bin/promtool >promtool
    chmod +x promtool
    # In one step, so that a half one is never found.
    mv promtool "$tool.new"
    mv "$tool.new" "$tool"
fi
echo "$tool"
