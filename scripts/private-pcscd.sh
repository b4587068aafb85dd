#!/usr/bin/env bash
# private-pcscd.sh SOCKET READERS_DIR OWNER
#
# As root: a pcscd of its own on SOCKET, with the readers that READERS_DIR describes, for the user
# OWNER. It ends when its standard input closes, so that it never outlives whoever started it, even
# when that one is killed. Started by run.sh.
# shellcheck disable=SC2317 # what a trap calls looks unreachable
set -euo pipefail
socket=$1 readers=$2 owner=$3

# Ctrl-C belongs to whoever started us: pcscd must outlive the agent.
trap '' INT QUIT

arguments=(--foreground --config "$readers")
# Newer releases ask polkit about every client; the socket's own permissions are enough here.
if /usr/sbin/pcscd --help 2>&1 | grep -q -- --disable-polkit; then
    arguments+=(--disable-polkit)
fi

rm -f "$socket"
# Binds the socket at once and becomes pcscd when the first client comes; the process id stays.
setsid systemd-socket-activate --listen="$socket" \
    /usr/sbin/pcscd "${arguments[@]}" </dev/null &
pid=$!

end() {
    trap - EXIT
    kill "$pid" 2>/dev/null || true
    # 5 s, then without asking: a driver that hangs must not keep us.
    for ((i = 0; i < 50; i++)); do
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
    done
    kill -KILL "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    rm -f "$socket"
}
trap end EXIT
trap 'exit 0' TERM HUP

for ((i = 0; i < 50; i++)); do
    [[ -S $socket ]] && break
    sleep 0.1
done
chown "$owner" "$socket"
chmod 0600 "$socket"

while kill -0 "$pid" 2>/dev/null; do
    status=0
    read -r -t 1 _ || status=$?
    # More than 128 is the second that passed; anything else is the end of standard input.
    if [[ $status -gt 0 && $status -le 128 ]]; then exit 0; fi
done
echo "pcscd ended by itself" >&2
exit 1
