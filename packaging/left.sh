# What the agent left, and the note about it that outlives the program.
state=/var/lib/kiosk-agent
note=/var/lib/kiosk-agent.removed # not in $state, where the agent's user could write it

# Changes with any file of $state.
fingerprint() {
    find "$state" -xdev -type f -printf '%p %i %s %T@ %C@\n' 2>/dev/null |
        LC_ALL=C sort | sha256sum | cut -c 1-64
}

yuan() { printf '%d.%02d yuan' "$(($1 / 100))" "$(($1 % 100))"; }
