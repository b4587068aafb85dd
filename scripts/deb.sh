#!/usr/bin/env bash
# Builds the Debian package and prints where it is: .build/kiosk-agent_<version>_<arch>.deb
#
# Variables: VERSION names another version than the program's own; PROGRAM=FILE packages a program
# that was built before; XZ_LEVEL=0 packs fast, for a package that is only tried.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# shellcheck source=scripts/common.sh
source scripts/common.sh

scripts/setup.sh deb >&2 # what this prints is the package's name
architecture=$(dpkg --print-architecture)
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree=$work/tree

# ---------------------------------------------------------------- the program

program=${PROGRAM:-$(scripts/release.sh)}

# The program's own version; what was changed since that release sorts behind it.
own_version() {
    local version
    version=$("$program" --version)
    if awk '/^## / { n++ } n == 1 && /^- / { found = 1 } END { exit !found }' CHANGELOG.md; then
        version+=+$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y%m%d.%H%M%S)
    fi
    printf '%s\n' "$version"
}

version=${VERSION:-$(own_version)}
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+([+~.a-z0-9]*)$ ]] ||
    fail "VERSION=$version is no version" "it must begin with three numbers" \
        "leave it out, or choose the likes of 0.2.1" 64

# ---------------------------------------------------------------- what it may ship

# Whatever is linked in has its licence told.
check_licences() {
    local name missing=()
    [[ -e Package.resolved ]] || return 0
    while read -r name; do
        grep -qi -- "\b$name\b" packaging/copyright || missing+=("$name")
    done < <(sed -n 's/.*"identity" *: *"\([^"]*\)".*/\1/p' Package.resolved)
    [[ ${#missing[@]} -eq 0 ]] ||
        fail "packaging/copyright does not name ${missing[*]}" "the program is linked with it" \
            "look its licence up and add it"
}
check_licences

# ---------------------------------------------------------------- the files

# place MODE TARGET SOURCE...: into a directory when TARGET ends with a slash.
place() {
    local mode=$1 target=$tree/$2
    shift 2
    if [[ $target == */ ]]; then
        mkdir -p "$target"
    else
        mkdir -p "$(dirname "$target")"
    fi
    install -m "$mode" "$@" "$target"
}

packed() {
    mkdir -p "$tree/$(dirname "$1")"
    gzip -9n >"$tree/$1"
    chmod 0644 "$tree/$1"
}

umask 022
place 0755 usr/bin/kiosk-agent "$program"
strip --strip-unneeded --remove-section=.comment --remove-section=.note "$tree/usr/bin/kiosk-agent"
place 0755 usr/lib/kiosk-agent/kiosk-browser deploy/browser/kiosk-browser
place 0755 usr/lib/kiosk-agent/as-service deploy/command/as-service
place 0644 lib/systemd/system/ deploy/systemd/*.service
place 0644 usr/lib/sysusers.d/ deploy/sysusers.d/kiosk-agent.conf
place 0644 usr/lib/tmpfiles.d/ deploy/tmpfiles.d/kiosk-agent.conf
place 0644 lib/udev/rules.d/ deploy/udev/*.rules
place 0644 lib/modprobe.d/ deploy/modprobe.d/kiosk-agent.conf
place 0644 usr/share/polkit-1/rules.d/ deploy/polkit/50-kiosk-agent.rules

place 0644 usr/share/lintian/overrides/kiosk-agent packaging/lintian-overrides

doc=usr/share/doc/kiosk-agent
place 0644 $doc/ packaging/copyright docs/*.md
place 0644 $doc/decisions/ docs/decisions/*.md
place 0644 $doc/examples/ examples/config.yaml deploy/systemd/*.conf deploy/monitoring/*

maintainer=$(sed -n 's/^Maintainer: //p' packaging/control.in)
packaging/changelog.py "$version" "$maintainer" "$SOURCE_DATE_EPOCH" <CHANGELOG.md |
    packed $doc/changelog.gz

"$program" --experimental-dump-help >"$work/help.json"
"$program" config keys --json >"$work/keys.json"
packaging/manual.py "$work/help.json" "$work/keys.json" "$work" "$version" \
    "$(date -u -d "@$SOURCE_DATE_EPOCH" +%F)"
packed usr/share/man/man1/kiosk-agent.1.gz <"$work/kiosk-agent.1"
packed usr/share/man/man5/kiosk-agent.yaml.5.gz <"$work/kiosk-agent.yaml.5"

# completion SHELL FILE: bash's is sourced and needs no interpreter line.
completion() {
    "$program" --generate-completion-script "$1" | sed '1{/^#!/d}' >"$work/$1"
    place 0644 "$2" "$work/$1"
}
completion bash usr/share/bash-completion/completions/kiosk-agent
completion zsh usr/share/zsh/vendor-completions/_kiosk-agent
completion fish usr/share/fish/vendor_completions.d/kiosk-agent.fish

# ---------------------------------------------------------------- what dpkg wants to know

# dpkg-shlibdeps asks for a source tree with a package in it.
library_dependencies() (
    mkdir -p "$work/shlibs/debian"
    cd "$work/shlibs"
    printf 'Source: kiosk-agent\n\nPackage: kiosk-agent\nArchitecture: any\n' >debian/control
    mkdir -p debian/kiosk-agent/DEBIAN debian/kiosk-agent/usr/bin
    cp "$tree/usr/bin/kiosk-agent" debian/kiosk-agent/usr/bin
    dpkg-shlibdeps -O debian/kiosk-agent/usr/bin/kiosk-agent | sed -n 's/^shlibs:Depends=//p'
)

depends=$(library_dependencies)
[[ -n $depends ]] || fail "the program's libraries are not known" \
    "dpkg-shlibdeps found none" "see its words above"
mkdir "$tree/DEBIAN"
sed -e "s|@VERSION@|$version|" -e "s|@ARCHITECTURE@|$architecture|" -e "s|@DEPENDS@|$depends|" \
    -e "s|@SIZE@|$(du -sk --apparent-size --exclude=DEBIAN "$tree" | cut -f 1)|" \
    packaging/control.in >"$tree/DEBIAN/control"
for script in preinst postinst prerm postrm; do
    sed -e '/^# @left.sh@$/{r packaging/left.sh' -e 'd}' -e '/^# shellcheck /d' \
        -e "s|@VERSION@|$version|" "packaging/$script" >"$tree/DEBIAN/$script"
    chmod 0755 "$tree/DEBIAN/$script"
done
(cd "$tree" && find . -path ./DEBIAN -prune -o -type f -printf '%P\0' | LC_ALL=C sort -z |
    xargs -0 md5sum) >"$tree/DEBIAN/md5sums"
find "$tree" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +

# One thread: with more, the packed bytes depend on the machine.
deb=.build/kiosk-agent_${version}_$architecture.deb
mkdir -p .build
dpkg-deb --root-owner-group -Zxz "-z${XZ_LEVEL:-9}" -Sextreme --threads-max=1 \
    --build "$tree" "$deb" >/dev/null
printf '%s\n' "$deb"
