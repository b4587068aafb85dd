# shellcheck shell=bash
# What the scripts share; sourced, never run.

say() { printf '%s\n' "$*"; }

# fail WHAT WHY REMEDY [EXIT CODE]
fail() {
    printf 'error: %s — %s — %s\n' "$1" "$2" "$3" >&2
    exit "${4:-1}"
}

may_become_root() { [[ $EUID -eq 0 ]] || command -v sudo >/dev/null; }

# Asks for a password only when there is no other way and somebody is there to type it.
unlock_sudo() {
    [[ $EUID -eq 0 ]] && return
    sudo -n true 2>/dev/null && return
    [[ -t 2 ]] && sudo -v -p 'sudo password for %u (packages and pcscd need root): '
}

as_root() {
    if [[ $EUID -eq 0 ]]; then
        "$@"
    else
        unlock_sudo && sudo "$@"
    fi
}

# Whether some process listens on this TCP port. Read from the kernel instead of connecting, as to
# connect to a virtual reader is to insert a card.
is_listening() {
    local port
    port=$(printf ':%04X' "$1")
    awk -v port="$port" '$4 == "0A" && substr($2, length($2) - 4) == port { found = 1 }
        END { exit !found }' /proc/net/tcp /proc/net/tcp6 2>/dev/null
}
