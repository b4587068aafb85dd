#!/usr/bin/env python3
"""Writes the manual pages from what the program says of itself, so that they stay true.

manual.py HELP KEYS DIRECTORY VERSION DATE

HELP is the output of kiosk-agent --experimental-dump-help, KEYS that of kiosk-agent config keys --json.
"""

import json
import sys
import textwrap
from pathlib import Path

EXIT_CODES = [
    ("0", "done"),
    ("1", "the answer is no: refused, or a problem was found"),
    ("64", "the command line is not understood"),
    ("65", "a file holds what it should not"),
    ("69", "the agent or the platform cannot be reached"),
    ("73", "something cannot be written"),
    ("75", "not now; try again later"),
    ("78", "the configuration is not in order"),
]

VARIABLES = [
    (("LC_ALL", "LC_MESSAGES", "LANG"), "the language of what people read while terminal.language cannot be read"),
    (("NO_COLOR", "TERM"), "no colours when the one is set or the other is dumb; a pipe never gets any"),
    (("COLUMNS",), "how wide the terminal is, where it should not be asked"),
]

FILES = [
    ("/etc/kiosk-agent/config.yaml", "the configuration, see kiosk-agent.yaml(5)"),
    ("/etc/credstore/kiosk-agent.client_secret", "the service's secrets, and likewise operator_token and data_key"),
    ("/etc/kiosk-agent/operator_token", "what the commands prove themselves with"),
    ("/var/lib/kiosk-agent/ledger.sqlite", "every payment"),
    ("/run/kiosk-agent/api.sock", "the local interface"),
    ("/usr/lib/kiosk-agent/as-service", "runs a command as the service runs, with its secrets"),
]


def plain(text):
    """Text that troff takes as it is."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga")
    return "\n".join("\\&" + line if line.startswith(".") else line for line in text.split("\n"))


def paragraphs(text):
    """Paragraphs of prose; in lists each line stays one."""
    out = []
    for part in text.strip().split("\n\n"):
        lines = part.split("\n")
        if lines[0] == "EXAMPLES:":
            out += ["Examples:", ".PP", ".nf", ".RS 4"]
            out += [plain(line.strip()) for line in lines[1:]] + [".RE", ".fi"]
        elif any(line.startswith((" ", "-", "*")) for line in lines):
            out += [".nf", *map(plain, lines), ".fi"]
        else:
            out += [plain(" ".join(lines))]
        out.append(".PP")
    return out[:-1]


def spelled(argument):
    """-o, --option <value>"""
    if argument["kind"] == "positional":
        return "\\fI" + plain(argument["valueName"]) + "\\fR"
    names = [
        ("\\-" if name["kind"] == "short" else "\\-\\-") + plain(name["name"])
        for name in sorted(argument["names"], key=lambda name: name["kind"] != "short")
    ]
    value = " \\fI" + plain(argument["valueName"]) + "\\fR" if argument["kind"] == "option" else ""
    return ", ".join("\\fB" + name + "\\fR" for name in names) + value


def visible(command):
    """Every argument but those that are the same for all commands."""
    general = {"help", "version"}
    return [
        argument
        for argument in command.get("arguments", [])
        if argument["shouldDisplay"] and argument["valueName"] not in general
    ]


def usage(path, command):
    words = ["\\fB" + plain(" ".join(path)) + "\\fR"]
    for argument in visible(command):
        names = [name for name in argument.get("names", []) if name["kind"] != "short"]
        if argument["kind"] == "positional":
            word = spelled(argument)
        else:
            word = spelled(argument | {"names": names or argument["names"]})
        if argument["isOptional"]:
            word = "[" + word + "]"
        words.append(word + (" ..." if argument["isRepeating"] else ""))
    if command.get("subcommands"):
        words.append("\\fIcommand\\fR" if not command.get("defaultSubcommand") else "[\\fIcommand\\fR]")
    return " ".join(words)


def section(path, command):
    out = [f'.SS "{plain(" ".join(path[1:]))}"', usage(path, command), ".PP", plain(command["abstract"])]
    if command.get("defaultSubcommand"):
        out += [".PP", f"Without a command: {plain(command['defaultSubcommand'])}."]
    if command.get("discussion"):
        out += [".PP", *paragraphs(command["discussion"])]
    for argument in visible(command):
        about = plain(argument.get("abstract", ""))
        if argument.get("allValues"):
            about += " One of " + plain(", ".join(argument["allValues"])) + "."
        if argument.get("defaultValue"):
            about += " Default: " + plain(argument["defaultValue"]) + "."
        if about:
            out += [".TP", spelled(argument), about.strip()]
    for child in command.get("subcommands", []):
        out += section([*path, child["commandName"]], child)
    return out


def head(name, number, version, date, manual, about):
    return [
        '.\\" Made by packaging/manual.py from the program\'s own words.',
        f'.TH "{plain(name).upper()}" {number} {date} "kiosk\\-agent {plain(version)}" "{manual}"',
        ".nh",
        ".ad l",
        ".SH NAME",
        f"{plain(name)} \\- {plain(about)}",
    ]


def program_page(tool, version, date):
    command = tool["command"]
    out = head("kiosk-agent", 1, version, date, "User Commands", "a payment terminal in one program")
    out += [".SH SYNOPSIS", "\\fBkiosk\\-agent\\fR \\fIcommand\\fR [\\fIoption\\fR ...]", ".br"]
    out += ["\\fBkiosk\\-agent\\fR \\fB\\-\\-help\\fR | \\fB\\-\\-version\\fR"]
    out += [".SH DESCRIPTION", plain(command["abstract"])]
    out += [
        plain(
            "A card is held to a PC/SC reader, and kiosk-agent has the amount charged on the platform."
            " While the network is away it takes payments within limits, and forwards them later, each"
            " exactly once."
        ),
        ".PP",
        plain("Errors are one line each: what happened, why, what to do. --json is for programs."),
        ".SH COMMANDS",
    ]
    for child in command["subcommands"]:
        if child["shouldDisplay"] and child["commandName"] != "help":
            out += section(["kiosk-agent", child["commandName"]], child)
    out += [".SH EXIT STATUS"]
    for code, meaning in EXIT_CODES:
        out += [".TP", code, plain(meaning)]
    out += [".SH ENVIRONMENT", ".TP", "\\fBKIOSK_\\fR\\fIKEY\\fR"]
    out += [plain("overrides a key of the configuration; see kiosk-agent.yaml(5)")]
    out += [".TP", "\\fBCREDENTIALS_DIRECTORY\\fR", "where the secrets are; the service manager sets it"]
    for names, about in VARIABLES:
        out += [".TP", ", ".join("\\fB" + name + "\\fR" for name in names), plain(about)]
    out += [".SH FILES"]
    for path, about in FILES:
        out += [".TP", "\\fI" + plain(path) + "\\fR", plain(about)]
    out += [".SH SEE ALSO", ".BR kiosk\\-agent.yaml (5),", ".BR pcscd (8)"]
    out += [".PP", plain("/usr/share/doc/kiosk-agent/operating.md")]
    return out


def configuration_page(keys, version, date):
    name = "kiosk-agent.yaml"
    out = head(name, 5, version, date, "File Formats", "configuration of kiosk-agent")
    out += [".SH SYNOPSIS", "\\fI/etc/kiosk\\-agent/config.yaml\\fR", ".SH DESCRIPTION"]
    prose = """
        One YAML file. A key that is left out has its default; an unknown key or a value that is not
        allowed is an error, and nothing starts half-configured: kiosk-agent config check says all
        that is wrong at once, kiosk-agent config show where each value came from.

        Durations are an integer with ms, s, m, h or d. Money is an integer number of fen, 1/100 yuan.

        A variable overrides a key. Secrets come from files in $CREDENTIALS_DIRECTORY; in the file or
        in a variable they are allowed only while platform.base_url is a loopback address.

        The agent reads the file when it starts, and what may change meanwhile at SIGHUP (systemctl
        reload kiosk-agent).
        """
    out += paragraphs(textwrap.dedent(prose))
    section = None
    for key in keys:
        if key["key"].rsplit(".", 1)[0] != section:
            section = key["key"].rsplit(".", 1)[0]
            out += [f".SH {plain(section).upper()}"]
        default = "must be set" if key.get("default") is None else f"default {key['default']}"
        out += [".TP", "\\fB" + plain(key["key"]) + "\\fR", plain(key["about"]) + ".", ".br"]
        out += [plain(f"Allowed: {key['allowed']}; {default}."), ".br"]
        places = [key["variable"]] if key.get("variable") else []
        if key.get("credential"):
            places.append(f"credential {key['credential']}")
        out += ["Also: " + plain(", ".join(places)) + "."] if places else ["Only in the file."]
    out += [".SH FILES", ".TP", "\\fI/usr/share/doc/kiosk\\-agent/examples/config.yaml\\fR"]
    out += ["every key with its default and a comment", ".SH SEE ALSO", ".BR kiosk\\-agent (1)"]
    return out


def main():
    help_file, keys_file, directory, version, date = sys.argv[1:]
    tool = json.loads(Path(help_file).read_text())
    keys = json.loads(Path(keys_file).read_text())
    if tool["serializationVersion"] != 0:
        sys.exit("error: the program's help has an unknown form — its argument parser is newer — see manual.py")
    for page, lines in {
        "kiosk-agent.1": program_page(tool, version, date),
        "kiosk-agent.yaml.5": configuration_page(keys, version, date),
    }.items():
        (Path(directory) / page).write_text("\n".join(lines) + "\n")


main()
