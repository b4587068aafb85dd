#!/usr/bin/env bash
# Installs what building, running and testing need and is not there yet; silent when all is there.
# setup.sh test: also what the tests of the pages need: Chromium, Chinese letters, axe-core.
# setup.sh deb: also what building and trying the Debian package needs.
# setup.sh bench: also what the yardsticks in Python need.
set -euo pipefail

# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

packages=(
    pcscd libpcsclite-dev vsmartcard-vpcd # card readers, real and virtual
    libsqlite3-dev zlib1g-dev             # what the dependencies link to
    libqrencode-dev                       # QR codes
    curl ca-certificates openssl          # fetching; the tests make certificates
    python3 nodejs                        # the tests run the guide's programs
    strace # the tests kill the agent at its commits with it
    bubblewrap umockdev udev duktape      # the unit's walls, udev and polkit without installing
)
if [[ ${1:-} == test ]]; then
    packages+=(
        chromium chromium-driver fonts-noto-cjk # the pages, in both languages
        python3-pip                             # fetches axe-core, for scripts/axe.sh
    )
fi
if [[ ${1:-} == deb ]]; then
    packages+=(
        dpkg-dev binutils           # its libraries, its size
        lintian man-db mmdebstrap   # its form, its pages, a clean root to install it into
    )
fi

if [[ ${1:-} == bench ]]; then
    packages+=(python3 python3-pyscard python3-requests)
fi

is_installed() {
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

install() {
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$@" </dev/null >"$log" 2>&1
}

command -v swift >/dev/null ||
    fail "swift is not installed" "it builds this project" "see https://www.swift.org/install"
command -v dpkg-query >/dev/null ||
    fail "packages cannot be installed" "this is no Debian or Ubuntu" \
        "install the likes of: ${packages[*]}"

missing=()
for package in "${packages[@]}"; do
    is_installed "$package" || missing+=("$package")
done
command -v systemd-socket-activate >/dev/null || missing+=(systemd)
[[ ${#missing[@]} -gt 0 ]] || exit 0

say "installing ${missing[*]}"
may_become_root ||
    fail "packages are missing: ${missing[*]}" "this user is not root and has no sudo" \
        "install them as root: apt-get install ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! install "${missing[@]}"; then
    as_root apt-get update -qq </dev/null >>"$log" 2>&1 || true
    if ! install "${missing[@]}"; then
        tail -n 20 "$log" >&2
        fail "apt-get could not install ${missing[*]}" "its last words are above" \
            "install them by hand, then try again"
    fi
fi
