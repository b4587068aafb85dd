#!/usr/bin/env bash
# The whole thing on one machine: pcscd with a virtual reader, the sandbox, the agent.
#
# Variables: FRESH=1 forgets the last run; READER=auto|virtual|system; RUN_DIR, API_PORT and
# SANDBOX_PORT move what would be in the way. Ends with Ctrl-C or SIGTERM, and ends all it started.
# shellcheck disable=SC2317 # what traps and spawn call looks unreachable
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# shellcheck source=scripts/common.sh
source scripts/common.sh

api_port=${API_PORT:-7717}
sandbox_port=${SANDBOX_PORT:-7718}
reader=${READER:-auto}
run_dir=$(realpath -m "${RUN_DIR:-.run}")
config=$run_dir/config.yaml
lock_file=/tmp/kiosk-agent-pcscd.lock

# The test client that the platform publishes; the sandbox knows it too.
client_id=B-8onb81TPCog2YBhSsQaA
client_secret=q1LQuI8C4CI

# What Debian's package gives the system's own pcscd.
system_socket=/run/pcscd/pcscd.comm
system_virtual_conf=/etc/reader.conf.d/vpcd
system_virtual_port=35963

# ---------------------------------------------------------------- starting and ending children

names=() pids=() # in the order they were started; each leads a process group of its own

# spawn NAME COMMAND...: in a process group of its own, so that Ctrl-C reaches only this script,
# which then ends the children in order.
spawn() {
    local name=$1
    shift
    set -m
    "$@" </dev/null {life}>&- {lock}>&- &
    set +m
    names+=("$name") pids+=($!)
}

# Waits for the child that was started last, and forgets it.
await_last() {
    local status=0
    wait "${pids[-1]}" || status=$?
    unset 'pids[-1]' 'names[-1]'
    return "$status"
}

# The agent finishes what is in flight; a hanging child is killed after 15 s.
end_child() {
    local pid=$1 i
    kill -TERM -- "-$pid" 2>/dev/null || return 0
    for ((i = 0; i < 150; i++)); do
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
    done
    kill -KILL -- "-$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
}

life='' lock='' pcscd_pid=''
exec {life}</dev/null {lock}</dev/null # so that there is something to close until they are real

end() {
    local status=$? i
    trap - EXIT
    trap '' INT TERM HUP
    for ((i = ${#pids[@]} - 1; i >= 0; i--)); do end_child "${pids[i]}"; done
    exec {life}>&- # pcscd ends with it
    if [[ -n $pcscd_pid ]]; then wait "$pcscd_pid" 2>/dev/null || true; fi
    rm -f "$run_dir/pcscd.life"
    exit "$status"
}

stop() {
    [[ ${is_running:-} ]] && { printf '\nending\n'; exit 0; }
    exit "$1"
}
trap end EXIT
trap 'stop 130' INT
trap 'stop 143' TERM HUP

# ---------------------------------------------------------------- checks before the long build

check_port() {
    ! is_listening "$1" ||
        fail "port $1 is in use" "another program, perhaps another make run, listens there" \
            "end it, or choose another port: make run $2=..." 75
}

case $reader in
auto | virtual | system) ;;
*) fail "READER=$reader is unknown" "allowed: auto, virtual, system" "leave it out" 64 ;;
esac
# A Unix socket's address holds 107 bytes.
[[ $(printf '%s' "$run_dir/pcscd.comm" | wc -c) -le 107 ]] ||
    fail "$run_dir is too long a path" "sockets in it would not fit" \
        "choose a shorter one: make run RUN_DIR=/tmp/kiosk" 64
case $run_dir in
*[\'\"\\]* | *$'\n'*)
    fail "$run_dir holds a quote or backslash" "it is written into a configuration" \
        "choose another: make run RUN_DIR=/tmp/kiosk" 64
    ;;
esac
check_port "$api_port" API_PORT
check_port "$sandbox_port" SANDBOX_PORT

scripts/setup.sh # not a child in the background: sudo may have to ask

# ---------------------------------------------------------------- building

build() {
    swift build -c debug --explicit-target-dependency-import-check error --product "$1"
}

for product in kiosk-agent kiosk-sandbox; do
    say "building $product"
    spawn build build "$product"
    await_last
done
bin=$(swift build -c debug --show-bin-path)

# ---------------------------------------------------------------- state directory

umask 077
mkdir -p "$run_dir"
if [[ -n ${FRESH:-} && ${FRESH:-} != 0 ]]; then
    rm -rf "$run_dir"/ledger*
fi
rm -f "$run_dir"/{agent,sandbox,pcscd}.log "$run_dir/pcscd.life"

# ---------------------------------------------------------------- the reader

# A USB interface of class 0B is a smart card reader.
has_real_reader() {
    grep -qsix 0b /sys/bus/usb/devices/*/bInterfaceClass
}

# One pcscd at a time: they share a pid file.
running_pcscd() {
    local pid
    pid=$(tr -d '\0' </run/pcscd/pcscd.pid 2>/dev/null) || return 1
    [[ -n $pid && $(cat "/proc/$pid/comm" 2>/dev/null) == pcscd ]]
}

take_lock() {
    # Opened for reading when it is there: it may belong to another user.
    [[ -e $lock_file ]] || (umask 0 && : >>"$lock_file") 2>/dev/null || true
    exec {lock}>&-
    exec {lock}<"$lock_file"
    flock --nonblock "$lock" ||
        fail "the virtual reader is taken" \
            "another make run or a test run on this machine has a pcscd of its own" \
            "wait until it ends ($lock_file)" 75
}

# vpcd listens on a port and on the next one, a slot each.
free_reader_port() {
    local port i
    for ((i = 0; i < 100; i++)); do
        port=$((20000 + (RANDOM % 5000) * 2))
        if ! is_listening "$port" && ! is_listening $((port + 1)); then
            echo "$port"
            return
        fi
    done
    fail "no free port for the virtual reader" "20000 to 29999 are in use" "end some program" 75
}

start_private_pcscd() {
    may_become_root ||
        fail "pcscd cannot be started" "it needs root and there is no sudo" \
            "run make run as root, or plug a reader in and start the system's pcscd" 73
    unlock_sudo ||
        fail "pcscd cannot be started" "it needs root and sudo asks for a password" \
            "run make run in a terminal, or as root" 73
    reader_port=$(free_reader_port)
    local hex
    hex=$(printf '0x%X' "$reader_port")
    mkdir -p "$run_dir/readers"
    cat >"$run_dir/readers/vpcd" <<EOF
FRIENDLYNAME "Kiosk Virtual Reader"
DEVICENAME   /dev/null:$hex
LIBPATH      /usr/lib/pcsc/drivers/serial/libifdvpcd.so
CHANNELID    $hex
EOF
    export PCSCLITE_CSOCK_NAME=$run_dir/pcscd.comm
    mkfifo "$run_dir/pcscd.life"
    # It keeps the lock (as far as sudo passes it on), and lives as long as the pipe is open.
    as_root scripts/private-pcscd.sh "$PCSCLITE_CSOCK_NAME" "$run_dir/readers" "$(id -u)" \
        <"$run_dir/pcscd.life" >"$run_dir/pcscd.log" 2>&1 &
    pcscd_pid=$!
    exec {life}>&-
    exec {life}>"$run_dir/pcscd.life"
    local i
    for ((i = 0; i < 100; i++)); do
        [[ -S $PCSCLITE_CSOCK_NAME && -w $PCSCLITE_CSOCK_NAME ]] && return
        kill -0 "$pcscd_pid" 2>/dev/null || break
        sleep 0.1
    done
    cat "$run_dir/pcscd.log" >&2
    fail "pcscd did not start" "its log is above" "see $run_dir/pcscd.log"
}

use_system_pcscd() {
    unset PCSCLITE_CSOCK_NAME
    reader_port=''
    if [[ -e $system_virtual_conf ]]; then reader_port=$system_virtual_port; fi
}

choose_reader() {
    if [[ $reader == auto ]]; then
        if has_real_reader && [[ -S $system_socket ]]; then reader=system; else reader=virtual; fi
    fi
    if [[ $reader == system ]]; then
        use_system_pcscd
        return
    fi
    take_lock
    if running_pcscd; then
        [[ ${READER:-auto} == auto && -S $system_socket && -e $system_virtual_conf ]] ||
            fail "a virtual reader cannot be added" "this machine's own pcscd runs" \
                "stop it: sudo systemctl stop pcscd.socket pcscd.service" 75
        say "this machine's own pcscd runs; using it"
        reader=system
        use_system_pcscd
        return
    fi
    start_private_pcscd
}

choose_reader

# ---------------------------------------------------------------- sandbox and agent

# wait_for NAME URL: until it answers, at most 20 s.
wait_for() {
    local i
    for ((i = 0; i < 100; i++)); do
        kill -0 "${pids[-1]}" 2>/dev/null || break
        if curl --noproxy '*' -fsS -m 2 -o /dev/null "$2" 2>/dev/null; then return; fi
        sleep 0.2
    done
    tail -n 20 "$run_dir/$1.log" >&2
    fail "$1 did not start" "its last words are above" "see $run_dir/$1.log"
}

write_config() {
    local token
    token=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')
    printf '%s\n' "$token" >"$run_dir/operator_token"
    cat >"$config" <<EOF
# Written anew by each make run.
terminal:
  id: DEV1
  name: Demo counter
  language: en
platform:
  base_url: http://127.0.0.1:$sandbox_port
  client_id: $client_id
  client_secret: $client_secret
ledger:
  path: '$run_dir/ledger.sqlite'
api:
  listen: 127.0.0.1:$api_port
  socket: '$run_dir/api.sock'
  operator_token: '$token'
  operator_token_file: '$run_dir/operator_token'
EOF
}

write_config
sandbox_arguments=(serve --listen "127.0.0.1:$sandbox_port")
if [[ -n $reader_port ]]; then sandbox_arguments+=(--virtual-reader "$reader_port"); fi
# Should this script be killed outright, the kernel ends them.
tied=(setpriv --pdeathsig TERM --)
spawn sandbox "${tied[@]}" "$bin/kiosk-sandbox" "${sandbox_arguments[@]}" >"$run_dir/sandbox.log" 2>&1
wait_for sandbox "http://127.0.0.1:$sandbox_port/admin/cards"
spawn agent "${tied[@]}" "$bin/kiosk-agent" run --config "$config" >"$run_dir/agent.log" 2>&1
wait_for agent "http://127.0.0.1:$api_port/healthz"

# ---------------------------------------------------------------- what to do now

relative() { realpath --relative-base="$PWD" "$1"; }
agent=$(relative "$bin")/kiosk-agent
shown_config=$(relative "$config")
socket_prefix=''
if [[ $reader == virtual ]]; then
    socket_prefix="PCSCLITE_CSOCK_NAME=$(relative "$PCSCLITE_CSOCK_NAME") "
fi

cat <<EOF

Running. Open in a browser:
  http://127.0.0.1:$api_port/         what the payer sees
  http://127.0.0.1:$sandbox_port/admin/   the sandbox: Tap buttons, the network switch, faults

In a second terminal:
  $agent pay 12.50 --config $shown_config       then press Tap on a card
  $agent status --config $shown_config
  $agent payments --config $shown_config
  $agent sync --wait --config $shown_config
  $socket_prefix$agent doctor --config $shown_config

Switch the network off in the sandbox, pay again, switch it on, and see it forwarded.
EOF
if [[ $reader == system ]]; then say "Cards: the readers of this machine's own pcscd."; fi
say "Logs: $(relative "$run_dir")/agent.log, sandbox.log, pcscd.log. Ctrl-C ends everything."
is_running=yes

status=0
wait -n -p ended "${pids[@]}" ${pcscd_pid:+"$pcscd_pid"} || status=$?
is_running=''
name=pcscd
for i in "${!pids[@]}"; do [[ ${pids[i]} != "${ended:-}" ]] || name=${names[i]}; done
tail -n 20 "$run_dir/$name.log" >&2
fail "$name ended by itself (exit $status)" "its last words are above" "see $run_dir/$name.log"
