#!/usr/bin/env python3
"""Prints CHANGELOG.md in Debian's form, the version that is packaged first.

changelog.py VERSION MAINTAINER EPOCH < CHANGELOG.md
"""

import re
import sys
import textwrap
from datetime import datetime, timezone

STAMP = "%a, %d %b %Y %H:%M:%S +0000"


def releases(text):
    """Version, date and entries of each heading; an entry has no line feeds."""
    for part in re.split(r"^## ", text, flags=re.M)[1:]:
        heading, _, body = part.partition("\n")
        version, _, date = heading.partition(" - ")
        entries = [
            " ".join(entry.split())
            for entry in re.split(r"^- ", re.sub(r"^### .*$", "", body, flags=re.M), flags=re.M)[1:]
        ]
        yield version.strip("[]"), date.strip(), entries


def stanza(version, entries, maintainer, moment):
    lines = [f"kiosk-agent ({version}) stable; urgency=medium", ""]
    for entry in entries:
        lines += textwrap.wrap(
            entry, 78, initial_indent="  * ", subsequent_indent="    ", break_long_words=False,
            break_on_hyphens=False)
    return "\n".join([*lines, "", f" -- {maintainer}  {moment.strftime(STAMP)}", ""])


def main():
    version, maintainer, epoch = sys.argv[1:]
    now = datetime.fromtimestamp(int(epoch), timezone.utc)
    stanzas = []
    for name, date, entries in releases(sys.stdin.read()):
        if name == "Unreleased":
            if entries:
                stanzas.append(stanza(version, entries, maintainer, now))
        elif not stanzas and name != version:
            stanzas.append(stanza(version, ["See the entries below."], maintainer, now))
        if name != "Unreleased":
            moment = datetime.fromisoformat(date).replace(tzinfo=timezone.utc)
            stanzas.append(stanza(name, entries, maintainer, moment))
    print("\n".join(stanzas), end="")


main()
