#!/usr/bin/env bash
# Fetches axe-core, the rules of accessibility as a script, for the tests of the pages: .build/axe.
# It comes out of a Python package, as Debian has none of it; silent when it is there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# shellcheck source=scripts/common.sh
source scripts/common.sh

wheel=axe-playwright-python==0.1.8
sum=fdd263c998388f1a8e67cad02677e612d946248bd44d163be5e8650ea31f95f8
folder=.build/axe

[[ $(cat "$folder/from" 2>/dev/null) != "$wheel $sum" ]] || exit 0

say "fetching axe-core ($wheel)"
rm -rf "$folder"
mkdir -p "$folder"
echo "$wheel --hash=sha256:$sum" >"$folder/requirements.txt"
python3 -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes \
    --dest "$folder" --requirement "$folder/requirements.txt" ||
    fail "axe-core was not fetched" "pip's words are above" \
        "make sure that pip reaches a package index, then try again"
python3 -m zipfile -e "$folder"/*.whl "$folder/wheel"
mv "$folder/wheel/axe_playwright_python/axe.min.js" "$folder/axe.min.js"
rm -r "$folder/wheel"
echo "$wheel $sum" >"$folder/from"
