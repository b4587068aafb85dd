#!/usr/bin/env bash
# Tries the Debian package in a clean root made for it: one line for each check, and another exit
# code than 0 when one fails.
#
# test-deb.sh [DEB]; without one it is built. SUITE=bookworm chooses the release of the root.
# Without systemd as process 1 no unit is started: the agent runs as its unit's user instead.
# shellcheck disable=SC2317 # what check and traps call looks unreachable
# shellcheck disable=SC2016 # what other shells and dpkg-query are to expand
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# shellcheck source=scripts/common.sh
source scripts/common.sh

suite=${SUITE:-bookworm}
deb=${1:-$(scripts/deb.sh)}
scripts/setup.sh deb
if [[ $EUID -ne 0 ]]; then
    unlock_sudo || fail "the package cannot be tried" "a clean root needs root" "run it as root"
    exec sudo SUITE="$suite" "$0" "$deb"
fi

root=$(mktemp -d /tmp/kiosk-deb.XXXXXX)
work=$(mktemp -d)
agent=''

end_agent() {
    [[ -n $agent ]] || return 0
    local pid=$agent
    agent=''
    kill -TERM "$pid" 2>/dev/null || true
    wait "$pid"
}

end() {
    trap - EXIT
    end_agent || true
    umount "$root/proc" 2>/dev/null || true
    # A mount that stayed must not be emptied.
    if ! grep -q " $root/" /proc/self/mounts; then rm -rf --one-file-system "$root"; fi
    rm -rf "$work"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# ---------------------------------------------------------------- checks

failed=0

# check WHAT COMMAND...: the command's words are shown only when it fails.
check() {
    local what=$1
    shift
    # Not as a condition: in one, nothing ends at its first error.
    set +e
    (
        set -e
        "$@"
    ) >"$work/log" 2>&1
    local status=$?
    set -e
    if [[ $status -eq 0 ]]; then
        say "ok      $what"
    else
        say "FAILED  $what"
        sed 's/^/        /' "$work/log" | tail -n 30
        failed=$((failed + 1))
    fi
}

# must WHAT COMMAND...: nothing after it means anything without it.
must() {
    local before=$failed
    check "$@"
    [[ $failed -eq $before ]] || exit 1
}

# equals WANTED COMMAND...: its output.
equals() {
    local wanted=$1 found
    shift
    found=$("$@")
    [[ $found == "$wanted" ]] || { printf 'wanted: %s\nfound:  %s\n' "$wanted" "$found"; return 1; }
}

# refused WORDS COMMAND...: it must fail, and say so.
refused() {
    local words=$1 text
    shift
    if text=$("$@" 2>&1); then
        printf '%s\nit was not refused\n' "$text"
        return 1
    fi
    printf '%s\n' "$text"
    grep -qF -- "$words" <<<"$text"
}

# ---------------------------------------------------------------- the clean root

in_root() {
    chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/ LC_ALL=C.UTF-8 \
        DEBIAN_FRONTEND=noninteractive "$@"
}

# This machine's mirrors of the suite and its proxy.
make_root() {
    local sources=() options=() file
    for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.{list,sources}; do
        if grep -qs "^[^#]*$suite" "$file"; then sources+=("$file"); fi
    done
    while read -r file; do options+=("--aptopt=$file"); done < <(
        apt-config dump --format '%f "%v";%n' | grep -E '^Acquire::https?::Proxy')
    mmdebstrap --quiet --mode=root --variant=minbase --skip=cleanup/apt/lists \
        "${options[@]}" "$suite" "$root" "${sources[@]}"
    mount -t proc proc "$root/proc"
    cp -L /etc/resolv.conf "$root/etc/resolv.conf"
    # Nothing is started in here.
    printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
    chmod 0755 "$root/usr/sbin/policy-rc.d"
    mkdir "$root/debs"
}

get() { in_root apt-get -qq -y --no-install-recommends "$@"; }

installed_version() { in_root dpkg-query -W -f '${Version}' kiosk-agent; }

# ---------------------------------------------------------------- the agent in it

configure() {
    cat >"$root/etc/kiosk-agent/config.yaml" <<'EOF'
# No platform listens there: every payment is approved offline and waits.
terminal: {id: K001, language: en}
platform: {base_url: "http://127.0.0.1:9", client_id: B-8onb81TPCog2YBhSsQaA, client_secret: q1LQuI8C4CI}
reader: {source: simulated}
api: {listen: "127.0.0.1:0", operator_token: operator}
EOF
}

call() {
    curl --noproxy '*' -sS --fail-with-body -m 40 --unix-socket "$root/run/kiosk-agent/api.sock" \
        -H 'Authorization: Bearer operator' -H 'Content-Type: application/json' \
        "http://localhost$1" "${@:2}"
}

# With the user, the group and the directory that its unit gives it.
start_agent() {
    install -d -m 0750 -o "$(id_of passwd kiosk-agent)" -g "$(id_of group kiosk)" \
        "$root/run/kiosk-agent"
    chroot --userspec=kiosk-agent:kiosk "$root" \
        env -i PATH=/usr/bin:/bin HOME=/ /usr/bin/kiosk-agent run >>"$work/agent.log" 2>&1 &
    agent=$!
    local i
    for ((i = 0; i < 100; i++)); do
        if call /healthz >/dev/null 2>&1; then return; fi
        kill -0 "$agent" 2>/dev/null || break
        sleep 0.2
    done
    return 1
}

# Of the root's own users and groups.
id_of() { awk -F : -v name="$2" '$1 == name { print $3 }' "$root/etc/$1"; }

agent_is_ready() {
    if kill -0 "$agent" && call /healthz; then return; fi
    tail -n 20 "$work/agent.log"
    return 1
}

# pay FEN CARD: the state in which it ends.
pay() {
    local seq
    seq=$(call /v1/payments -d "{\"amount\": $1}" | sed -n 's/.*"seq":"\([^"]*\)".*/\1/p')
    call /v1/taps -d "{\"card\": \"$2\"}" >/dev/null
    call "/v1/payments/$seq?wait=30" | sed -n 's/.*"state":"\([a-z_]*\)".*/\1/p'
}

two='{"count":2,"fen":2050,"states":{"accepted":{"count":2,"fen":2050}}}'

# waiting WANTED [ARGUMENT...]: its JSON.
waiting() {
    local wanted=$1
    shift
    equals "$wanted" in_root sh -c 'kiosk-agent waiting --json "$@" || [ $? = 1 ]' sh "$@"
}

# ---------------------------------------------------------------- the package by itself

program=$work/deb/usr/bin/kiosk-agent
dpkg-deb -x "$deb" "$work/deb"
older=$(VERSION=0.0.9 XZ_LEVEL=0 PROGRAM=$program scripts/deb.sh)

manual_is_clean() {
    local page
    for page in "$work/deb"/usr/share/man/man*/*; do
        equals '' env LC_ALL=C.UTF-8 MANROFFSEQ='' MANWIDTH=80 \
            sh -c 'man --warnings -E UTF-8 -l -Tutf8 -Z "$1" 2>&1 >/dev/null' sh "$page"
        grep -q kiosk-agent <(man -l "$page")
    done
}

is_small() {
    local packed unpacked
    packed=$(stat -c %s "$deb")
    unpacked=$(dpkg-deb -f "$deb" Installed-Size)
    say "packed $packed bytes, unpacked $unpacked KiB"
    [[ $packed -le $((25 * 1024 * 1024)) && $unpacked -le $((100 * 1024)) ]]
}

needs_no_toolchain() {
    local libraries
    libraries=$(objdump -p "$program" | sed -n 's/^ *NEEDED *//p')
    say "$libraries"
    ! grep -qiE 'swift|foundation|dispatch|blocksruntime' <<<"$libraries"
}

completes() {
    bash -n "$work/deb/usr/share/bash-completion/completions/kiosk-agent"
    grep -q '^#compdef kiosk-agent' "$work/deb/usr/share/zsh/vendor-completions/_kiosk-agent"
    grep -q '^complete ' "$work/deb/usr/share/fish/vendor_completions.d/kiosk-agent.fish"
}

# Pictures and sources are not shipped, the other documents are.
documents_are_whole() {
    local file link count=0
    cd "$work/deb/usr/share/doc/kiosk-agent"
    while IFS=: read -r file link; do
        [[ -f $(dirname "$file")/$link ]] || { say "$file: $link is missing"; return 1; }
        count=$((count + 1))
    done < <(grep -oE '\]\([^):#]+\.md' ./*.md decisions/*.md | sed 's/\](//')
    [[ $count -gt 10 ]]
}

say "$deb"
lintian_is_content() { lintian --allow-root --fail-on error --tag-display-limit 0 "$deb"; }
check "lintian finds no error" lintian_is_content
sed -n 's/^\([WEI]: \)/        \1/p' "$work/log" # warnings are told, and are no failure
check "at most 25 MiB packed and 100 MiB installed" is_small
check "the Swift runtime is in the program" needs_no_toolchain
check "both manual pages are clean" manual_is_clean
check "completions for bash, zsh and fish" completes
check "a document leads to no document that is missing" documents_are_whole

# ---------------------------------------------------------------- installed on a plain Debian

must "a clean root is made ($suite)" make_root
cp "$deb" "$root/debs/new.deb"
cp "$older" "$root/debs/older.deb"
rm "$older"

install_older() {
    # A first try without: the lists may be older than the mirror's files.
    get install /debs/older.deb || { get update && get install /debs/older.deb; }
}
must "it installs, with what it depends on" install_older
check "no library is missing" refused '' in_root sh -c 'ldd /usr/bin/kiosk-agent | grep "not found"'
check "the program starts" equals "$("$program" --version)" in_root kiosk-agent --version

users() {
    equals kiosk-agent:/var/lib/kiosk-agent:/usr/sbin/nologin \
        sh -c 'in=$(grep ^kiosk-agent: "$1"); echo "$in" | cut -d : -f 1,6,7' sh "$root/etc/passwd"
    in_root id -nG kiosk-agent | grep -qw kiosk
    in_root id -nG kiosk-browser | grep -qw kiosk
    in_root getent group kiosk-operators
    [[ $(in_root id -u kiosk-agent) -lt 1000 ]]
}
check "the service's users and groups are there" users

# modes: name, owner, group, mode.
modes() {
    equals "/var/lib/kiosk-agent kiosk-agent kiosk 700
/etc/kiosk-agent root root 755
/etc/credstore root root 700" \
        in_root stat -c '%n %U %G %a' /var/lib/kiosk-agent /etc/kiosk-agent /etc/credstore
}
check "the directories have their owners and modes" modes

files() {
    local file
    for file in lib/systemd/system/kiosk-{agent,browser}.service \
        usr/lib/{sysusers.d,tmpfiles.d}/kiosk-agent.conf lib/udev/rules.d/70-kiosk-agent.rules \
        usr/share/polkit-1/rules.d/50-kiosk-agent.rules lib/modprobe.d/kiosk-agent.conf \
        usr/lib/kiosk-agent/kiosk-browser usr/share/doc/kiosk-agent/examples/config.yaml; do
        [[ -f $root/$file ]] || { say "$file is missing"; return 1; }
    done
    [[ -x $root/usr/lib/kiosk-agent/kiosk-browser && -x $root/usr/lib/kiosk-agent/as-service ]]
    # The operator's files are nobody's conffiles: a purge could not refuse to delete them.
    [[ ! -e $root/var/lib/dpkg/info/kiosk-agent.conffiles ]]
}
check "units, rules and the example are there, and no conffile" files
check "systemd takes the units" equals '' \
    in_root sh -c 'systemd-analyze verify --man=no kiosk-agent.service kiosk-browser.service 2>&1'
check "only the agent starts by itself" in_root sh -c \
    'test -L /etc/systemd/system/multi-user.target.wants/kiosk-agent.service &&
     ! find /etc/systemd/system -name kiosk-browser.service | grep .'
check "without a configuration nothing waits" \
    waiting '{"count":0,"fen":0,"states":{}}' --stopped

configure
check "config check is content" in_root kiosk-agent config check
start_agent || true
must "the agent runs as its user and is healthy" agent_is_ready
check "a payment is approved offline" equals accepted pay 1250 04A23B1C5D6E80
check "and another one" equals accepted pay 800 04D1E2F3A4B580
check "both wait" waiting "$two"

# ---------------------------------------------------------------- upgrade and downgrade

new_version=$(dpkg-deb -f "$deb" Version)
check "an upgrade while money waits" get install /debs/new.deb
check "it is the new version" equals "$new_version" installed_version
check "the agent was not disturbed" agent_is_ready
status=0
end_agent || status=$?
check "it ends in order" test "$status" -eq 0
start_agent || true
must "the new one starts on the same ledger" agent_is_ready
check "both still wait" waiting "$two"
check "a downgrade is refused" refused "kiosk-agent 0.0.9 does not replace $new_version" \
    get --allow-downgrades install /debs/older.deb
# What the package would do in the place of another one; it changes nothing.
replaces() { in_root sh /var/lib/dpkg/info/kiosk-agent.preinst upgrade "$1"; }
release=${new_version%%+*}
check "it does not replace what was built later" refused "does not replace" \
    replaces "$release+99991231.235959"
check "it replaces another release with the same tables" replaces "${release%.*}.99"
check "the new version is still there" equals "$new_version" installed_version
check "and its agent was not disturbed" agent_is_ready
in_root dpkg --configure -a >/dev/null 2>&1 || true

# ---------------------------------------------------------------- removal and purge

end_agent || true
removal_warns() {
    local text
    text=$(get remove kiosk-agent 2>&1)
    printf '%s\n' "$text"
    grep -qF 'warning: 2 payments, 20.50 yuan, are not settled' <<<"$text"
}
ledger=$root/var/lib/kiosk-agent/ledger.sqlite
check "a removal warns of what waits" removal_warns
check "it keeps ledger and configuration" test -s "$ledger" -a -s "$root/etc/kiosk-agent/config.yaml"
check "a purge is refused while money waits" refused '2 payments, 20.50 yuan, are not settled' \
    get purge kiosk-agent
touch "$root/var/lib/kiosk-agent/changed"
check "and when something changed since the removal" refused 'nobody can tell' \
    get purge kiosk-agent
rm "$root/var/lib/kiosk-agent/changed"
check "the ledger is still there" test -s "$ledger"
check "an older version is refused also after a removal" refused 'does not replace' \
    get --allow-downgrades install /debs/older.deb
check "the package installs again" get install /debs/new.deb
check "and still knows what waits" waiting "$two" --stopped

start_agent || true
removal_is_careful() {
    get remove kiosk-agent 2>&1 | tee "$work/removal"
    grep -qF 'nobody can tell how much money waits' "$work/removal"
}
check "a removal under a running agent does not guess" removal_is_careful
end_agent || true
check "and its purge is refused" refused 'nobody can tell' get purge kiosk-agent

touch "$root/etc/kiosk-agent/purge-with-money-waiting"
check "a purge that is forced goes through" get purge kiosk-agent
nothing_is_left() {
    equals '' find "$root"/etc "$root"/usr "$root"/lib/ "$root"/var/lib -xdev -name '*kiosk-agent*' \
        -not -path '*/apt/*'
}
check "nothing is left of it" nothing_is_left

unused() {
    get install /debs/new.deb
    get purge kiosk-agent
    nothing_is_left
}
check "a package that was never used is purged at once" unused

# setup_says WANTED [ARGUMENT...]: after it the unit is told of these sealed credentials.
setup_says() {
    local wanted=$1
    shift
    in_root kiosk-agent setup --answers /srv/answers.yaml --offline "$@"
    equals "$wanted" sed -n 's/^LoadCredentialEncrypted=\([a-z_]*\):kiosk-agent\.\1$/\1/p' \
        "$root/etc/systemd/system/kiosk-agent.service.d/credentials.conf"
}

# On a machine with a key of its own.
first_start() {
    local name
    get install /debs/new.deb
    printf 'hush\n' >"$root/srv/secret"
    cat >"$root/srv/answers.yaml" <<'EOF'
client_secret_file: /srv/secret
terminal: {id: K001, language: en}
platform: {client_id: demo}
reader: {source: simulated}
EOF
    in_root systemd-creds setup
    setup_says 'client_secret
operator_token
data_key'
    equals '' in_root sh -c 'systemd-analyze verify --man=no kiosk-agent.service 2>&1'
    for name in client_secret operator_token data_key; do
        in_root systemd-creds decrypt --name=$name "/etc/credstore.encrypted/kiosk-agent.$name" -
        [[ ! -e $root/etc/credstore/kiosk-agent.$name ]]
    done
    # The key of the card numbers is never made anew.
    setup_says data_key --plain-credentials
    equals hush cat "$root/etc/credstore/kiosk-agent.client_secret"
    in_root kiosk-agent config check
    get purge kiosk-agent
    nothing_is_left
}
check "setup writes what the unit finds, sealed where the machine has a key; a purge takes it" \
    first_start

[[ $failed -eq 0 ]] || fail "$failed checks of $(basename "$deb") failed" "they are named above" "mend them"
say "all checks of $(basename "$deb") passed"
