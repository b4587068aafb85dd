#!/usr/bin/env bash
# Breaks the rules of Tests/Mutations.txt, one at a time, and prints which test notices.
# scripts/mutate.sh [REGEX]: only the rules whose names match. Works in this checkout, which must
# have no changes, and leaves it as it was.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/common.sh
source scripts/common.sh

table=Tests/Mutations.txt
tests=.build/debug/kiosk-agentPackageTests.xctest
log=$(mktemp /tmp/kiosk-agent-mutate.XXXXXX)
rule= file= text= replacement= suites=
restore() {
    # shellcheck disable=SC2046
    kill $(jobs -p) 2>/dev/null || true
    [[ -z $file ]] || git checkout -q -- "$file"
    rm -f "$log"
}
trap restore EXIT

# Sets rule, file, text, replacement and suites from a line of the table.
parse() {
    local rest=$1 name
    for name in rule file text replacement suites; do
        printf -v "$name" '%s' "${rest%%" | "*}"
        rest=${rest#*" | "}
    done
    text=${text//'\n'/$'\n'}
    replacement=${replacement//'\n'/$'\n'}
}

build() {
    timeout 900 swift build --build-tests --explicit-target-dependency-import-check error \
        >"$log" 2>&1
}

# Runs the tests of the suites, named with spaces between them, until one fails.
run() {
    timeout -s KILL 480 "$tests" --testing-library swift-testing --filter "^(${1// /|})\." \
        >"$log" 2>&1 &
    local process=$!
    if grep -qm1 '^✘ Test .* recorded an issue' < <(tail -n +1 -f --pid=$process "$log" 2>/dev/null); then
        kill "$process" 2>/dev/null
    fi
    wait "$process" 2>/dev/null
}

# The test that failed first; without one, how the run ended.
witness() {
    local failed
    failed=$(sed -nE 's/^✘ Test (.+) recorded an issue.* at ([^ ]+\.swift):[0-9].*/\2: \1/p' \
        "$log" | sed -n 1p)
    if [[ -n $failed ]]; then
        say "$failed"
    elif [[ $1 -eq 137 ]]; then
        say "the tests do not end"
    else
        say "the tests stop: $(sed -nE 's/.*Fatal error: *//p' "$log" | sed -n 1p)"
    fi
}

row() {
    printf '| %s | `%s` | `%s` | %s |' "$1" "${2//|/\\|}" "${3//|/\\|}" "$4" | tr -s '\n ' ' '
    echo
}

[[ -z $(git status --porcelain) ]] ||
    fail "will not break the rules" "the checkout has changes" "commit or stash them" 73

mutants=()
all_suites=
while IFS= read -r line; do
    [[ -n $line && $line != '#'* ]] || continue
    parse "$line"
    [[ $rule =~ ${1:-} ]] || continue
    content=$(<"$file")
    rest=${content#*"$text"}
    [[ $rest != "$content" && $rest != *"$text"* ]] ||
        fail "cannot break “$rule”" "its text must stand once in $file" "mend $table" 65
    mutants+=("$line")
    all_suites+="$suites "
done <"$table"
file=
[[ ${#mutants[@]} -gt 0 ]] || fail "nothing to do" "no rule matches “${1:-}”" "see $table" 64

build || fail "cannot build" "see the errors of swift build" "mend them first"
run "$(tr ' ' '\n' <<<"$all_suites" | sed '/^$/d' | sort -u | paste -sd ' ')" ||
    fail "the tests fail unbroken" "$(witness $?)" "mend that first"

say "| rule | was | broken as | caught by |"
say "|---|---|---|---|"
survivors=0
for line in "${mutants[@]}"; do
    parse "$line"
    content=$(<"$file")
    printf '%s\n' "${content/"$text"/"$replacement"}" >"$file"
    if ! build; then
        caught="**does not build**"
        survivors=$((survivors + 1))
    elif run "$suites"; then
        caught="**SURVIVED**"
        survivors=$((survivors + 1))
    else
        caught=$(witness $?)
    fi
    git checkout -q -- "$file"
    file=
    row "$rule" "$text" "$replacement" "$caught"
done
say
say "${#mutants[@]} rules broken, $((${#mutants[@]} - survivors)) caught, $survivors not"
[[ $survivors -eq 0 ]]
