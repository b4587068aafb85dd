#!/usr/bin/env bash
# Checks everything under deploy/, one line for each check; ends with 1 when one fails. Nothing of it
# is installed, and nothing of this machine is changed.
# shellcheck disable=SC2317 # what check calls looks unreachable
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/common.sh
source scripts/common.sh

# Users and groups of a root of its own are root's to make.
if [[ $EUID -ne 0 ]]; then
    may_become_root || fail "deploy/ cannot be checked" "that needs root" "install sudo" 73
    as_root "$PWD/scripts/check-deploy.sh"
    exit
fi

# In tenths: what an exposure of 1.5 is for systemd-analyze.
agent_exposure=15
# A scanner is a special device.
scanner_exposure=19
# Chromium brings a sandbox of its own, which needs what these figures would take away.
browser_exposure=50

scratch=$(mktemp -d /tmp/kiosk-agent-deploy.XXXXXX)
trap 'rm -rf "$scratch"' EXIT
failures=0

# check NAME COMMAND...: good when the command succeeds and says nothing.
check() {
    local name=$1
    shift
    if "$@" >"$scratch/said" 2>&1 && [[ ! -s $scratch/said ]]; then
        say "ok       $name"
    else
        say "FAILED   $name"
        sed 's/^/         /' "$scratch/said"
        failures=$((failures + 1))
    fi
}

# systemd-analyze ends with 0 for an unknown key, so what it says counts too. The programs are not
# installed here, and the manual pages need not be.
units() {
    mkdir -p "$scratch/units"
    local unit
    for unit in deploy/systemd/*.service; do
        sed -E 's#^(ExecStart=)[^ ]+#\1/bin/true#' "$unit" >"$scratch/units/${unit##*/}"
    done
    systemd-analyze verify --man=no "$scratch"/units/*.service
}

# exposure UNIT LIMIT [DROP-IN]
exposure() {
    mkdir -p "$scratch/exposed"
    cat "$1" "${3:-/dev/null}" >"$scratch/exposed/${1##*/}"
    systemd-analyze security --offline=yes --no-pager --threshold="$2" \
        "$scratch/exposed/${1##*/}" >"$scratch/exposure" 2>&1 || tail -n 1 "$scratch/exposure"
}

# What would take from the agent, without a word, what it knows of time: ProtectClock= refuses to say
# whether the clock is synchronised, ProcSubset= hides the name of this start of the machine.
clock() {
    grep -nE '^(ProtectClock|ProcSubset)=' deploy/systemd/kiosk-agent.service || true
    grep -qE '^SystemCallFilter=adjtimex clock_adjtime ' deploy/systemd/kiosk-agent.service ||
        echo "SystemCallFilter= does not allow adjtimex"
}

# What systemctl reload runs, with the variable that systemd sets, reaches the process as SIGHUP.
reload() {
    local line pid status=0
    line=$(sed -n 's/^ExecReload=//p' deploy/systemd/kiosk-agent.service)
    # Whoever runs this under nohup has the signal ignored.
    env --default-signal=HUP sleep 60 &
    pid=$!
    # Bash would tell of its end.
    {
        MAINPID=$pid bash -c "$line"
        wait "$pid" || status=$?
    } 2>/dev/null
    [[ $status -eq $((128 + $(kill -l HUP))) ]] || echo "the process ended with $status"
}

# Users, groups and directories as the package's scripts would make them, in a root of their own.
accounts() {
    local root=$scratch/root file
    mkdir -p "$root/etc/kiosk-agent" "$root/etc/credstore" "$root/var/lib" "$root/run"
    file=$root/etc/kiosk-agent/operator_token
    touch "$file" "$root/etc/credstore/kiosk-agent.client_secret"
    systemd-sysusers --root="$root" "$PWD/deploy/sysusers.d/kiosk-agent.conf" >"$scratch/log" 2>&1 ||
        cat "$scratch/log"
    systemd-tmpfiles --root="$root" --create "$PWD/deploy/tmpfiles.d/kiosk-agent.conf"
    diff <(cd "$root" && stat -c '%n %a %u:%g' etc/kiosk-agent/operator_token etc/credstore \
        etc/credstore/* var/lib/kiosk-agent) <(cat <<END
etc/kiosk-agent/operator_token 640 0:$(id_of "$root/etc/group" kiosk-operators)
etc/credstore 700 0:0
etc/credstore/kiosk-agent.client_secret 600 0:0
var/lib/kiosk-agent 700 $(id_of "$root/etc/passwd" kiosk-agent):$(id_of "$root/etc/group" kiosk)
END
    )
}

id_of() { awk -F : -v name="$2" '$1 == name { print $3 }' "$1"; }

# udev itself on a USB bus that umockdev plays, beside the rules of this system. Its own directory
# for local rules is out of reach, so it gets a /run of its own.
udev() {
    local rules=$scratch/rules
    mkdir -p "$rules"
    cp deploy/udev/*.rules Tests/Fixtures/udev/92-libccid.rules "$rules"
    bwrap --ro-bind / / --dev-bind /dev /dev --tmpfs /run --ro-bind "$rules" /run/udev/rules.d \
        --tmpfs /tmp --ro-bind "$PWD/Tests/Fixtures/udev" /mnt -- \
        umockdev-run --device /mnt/devices.umockdev -- bash -c "$(declare -f plug_in trim); plug_in"
}

trim() { sed 's/^ *//; s/ *$//' <<<"$1"; }

# Within the bus: each device of the table is plugged in, and what udev says is compared.
plug_in() {
    local bus=/devices/pci0000:00/0000:00:14.0/usb1 device line power said
    while IFS='|' read -r device line power; do
        [[ $device != '#'* ]] || continue
        device=$bus/$(trim "$device") line=$(trim "$line") power=$(trim "$power")
        said=$(udevadm test --action=add "$device" 2>/dev/null)
        if [[ $line == - ]]; then
            ! grep -i kiosk <<<"$said" || echo "$device is none of ours"
        else
            grep -qxF "$line" <<<"$said" || echo "$device: no line $line"
        fi
        # A file of the mock keeps what is behind the new text, which sysfs would not.
        [[ -z $power || $(cat "$UMOCKDEV_DIR/sys$device/power/control") == "$power"* ]] ||
            echo "$device: power/control is $(cat "$UMOCKDEV_DIR/sys$device/power/control")"
    done </mnt/expected.txt
}

polkit() {
    cat Tests/Fixtures/polkit/subjects.js deploy/polkit/50-kiosk-agent.rules - \
        <<<'askAll();' >"$scratch/polkit.js"
    duk "$scratch/polkit.js"
}

# As Prometheus itself reads them; each alarm is tried on a terminal in trouble beside a well one.
monitoring() {
    local tool place=$scratch/monitoring
    tool=$(scripts/promtool.sh) || return
    mkdir -p "$place"
    cp deploy/monitoring/*.yaml Tests/Fixtures/monitoring/alerts-test.yaml "$place"
    promtool_says check rules "$place/alerts.yaml"
    promtool_says check config --agent --syntax-only "$place/prometheus.yaml"
    promtool_says test rules "$place/alerts-test.yaml"
}

promtool_says() { "$tool" "$@" >"$scratch/log" 2>&1 || cat "$scratch/log"; }

# Every line is a comment or a blacklisted module.
modules() { ! grep -nvE '^(#.*|blacklist [a-z0-9_]+)?$' deploy/modprobe.d/*.conf; }

shells() {
    local script
    for script in deploy/browser/* deploy/command/*; do sh -n "$script"; done
    for script in scripts/*.sh; do bash -n "$script"; done
}

# The launcher with programs that only say how they were called.
browser() {
    local bin=$scratch/bin program
    mkdir -p "$bin"
    for program in cage chromium; do
        # shellcheck disable=SC2016 # the stand-in expands it
        printf '#!/bin/sh\necho "$XDG_RUNTIME_DIR" >%s\nprintf "%%s " %s "$@"\n' \
            "$scratch/runtime" "$program" >"$bin/$program"
        chmod +x "$bin/$program"
    done
    launch DISPLAY= XDG_RUNTIME_DIR=/run/user/1 |
        grep -qE '^cage -d -- chromium --ozone-platform=wayland --kiosk .*7717/ $' ||
        echo "without a display it does not start cage"
    [[ $(<"$scratch/runtime") == "$scratch/session" ]] ||
        echo "cage works in a directory that ProtectHome= hides"
    launch DISPLAY=:0 | grep -qE '^chromium --kiosk .*7717/ $' ||
        echo "with a display it does not start Chromium"
    launch DISPLAY=:0 PAYER_PAGE=http://pos.local/ | grep -qE 'http://pos.local/ $' ||
        echo "PAYER_PAGE does not choose the page"
    launch DISPLAY=:0 | grep -q -- '--hide-crash-restore-bubble' || echo "the bubble is not hidden"
    # What the last power cut left behind.
    [[ ! -e $scratch/session/profile/Crashed ]] || echo "the profile is not new"
    ! launch DISPLAY=:0 BROWSER=no-such-browser 2>/dev/null || echo "a missing browser is no error"
}

launch() {
    mkdir -p "$scratch/session/profile"
    touch "$scratch/session/profile/Crashed"
    env -u WAYLAND_DISPLAY PATH="$scratch/bin:$PATH" RUNTIME_DIRECTORY="$scratch/session" "$@" \
        deploy/browser/kiosk-browser
}

# With a systemd that only says how it was called. The unit's secrets come, and what a drop-in makes
# of one after it.
as_service() {
    local bin=$scratch/service
    mkdir -p "$bin"
    cp deploy/systemd/kiosk-agent.service "$bin/unit"
    printf '# drop-in\n[Service]\nLoadCredentialEncrypted=data_key:sealed\n' >>"$bin/unit"
    printf '#!/bin/sh\ncat %s\n' "$bin/unit" >"$bin/systemctl"
    printf '#!/bin/sh\nprintf "%%s\\n" "$@" >%s\n' "$bin/said" >"$bin/systemd-run"
    chmod +x "$bin/systemctl" "$bin/systemd-run"
    PATH=$bin:$PATH deploy/command/as-service replay 'a file' --dry-run
    diff <(grep -vE '^--(quiet|collect|wait|pipe|same-dir)$' "$bin/said") - <<'END'
--property=User=kiosk-agent
--property=Group=kiosk
--property=UMask=0077
--property=LoadCredential=client_secret:kiosk-agent.client_secret
--property=LoadCredential=operator_token:kiosk-agent.operator_token
--property=LoadCredential=data_key:kiosk-agent.data_key
--property=LoadCredentialEncrypted=data_key:sealed
/usr/bin/kiosk-agent
replay
a file
--dry-run
END
}

check "units: systemd-analyze verify" units
check "kiosk-agent.service: exposure at most 1.5" \
    exposure deploy/systemd/kiosk-agent.service "$agent_exposure"
check "kiosk-agent.service with a scanner: exposure at most 1.9" \
    exposure deploy/systemd/kiosk-agent.service "$scanner_exposure" \
    deploy/systemd/kiosk-agent-scanner.conf
check "kiosk-browser.service: exposure at most 5.0" \
    exposure deploy/systemd/kiosk-browser.service "$browser_exposure"
check "kiosk-agent.service: clock and boot id can be read" clock
check "kiosk-agent.service: a reload is a SIGHUP" reload
check "sysusers.d, tmpfiles.d: users, groups, modes" accounts
check "udev: syntax of the rules" awk -f scripts/check-udev-rules.awk deploy/udev/*.rules
check "udev: readers and scanners on a mock bus" udev
check "polkit: the service's user and nobody else" polkit
check "modprobe.d: only names" modules
check "monitoring: rules, what each alarm is raised by, scrape example" monitoring
check "shell scripts: syntax" shells
check "kiosk-browser: what it starts" browser
check "as-service: whom it runs as, and with which secrets" as_service

[[ $failures -eq 0 ]] || fail "$failures of the checks failed" "see above" "mend deploy/" 1
