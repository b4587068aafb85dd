# Checks udev rules as `udevadm verify` does, which systemd 252 does not have yet, and what it does
# not see: a reversed match on any parent, numbers in a spelling that sysfs does not use.
# awk -f scripts/check-udev-rules.awk FILE...: each fault is a line; ends with 1 when there is one.

BEGIN {
    split("ACTION DEVPATH KERNEL KERNELS SUBSYSTEM SUBSYSTEMS DRIVER DRIVERS TAGS RESULT CONST", a)
    for (i in a) matches[a[i]] = 1
    split("ATTRS SYSCTL TEST", a)
    for (i in a) matches[a[i]] = 1
    split("OWNER GROUP MODE RUN LABEL GOTO OPTIONS SECLABEL", a)
    for (i in a) assigns[a[i]] = 1
    split("NAME SYMLINK ENV TAG ATTR PROGRAM IMPORT", a)
    for (i in a) both[a[i]] = 1
    split("ATTR ATTRS ENV SYSCTL SECLABEL IMPORT CONST", a)
    for (i in a) braced[a[i]] = 1
    split("KERNELS SUBSYSTEMS DRIVERS ATTRS TAGS", a)
    for (i in a) parental[a[i]] = 1
}

function fault(text) {
    printf "%s:%d: %s\n", file, line, text
    faults++
}

function endOfFile(   name) {
    for (name in wanted) if (!(name in labels)) {
        line = wanted[name]
        fault("GOTO=\"" name "\" has no LABEL after it")
    }
    for (name in labels) if (!(name in used)) {
        line = labels[name]
        fault("LABEL=\"" name "\" is never gone to")
    }
    if (pending != "") fault("the last line ends with \\")
    pending = ""
    split("", wanted); split("", labels); split("", used)
}

# One KEY{attribute}OPERATOR"value".
function part(key, attribute, operator, value) {
    isMatch = operator == "==" || operator == "!="
    if (!(key in matches) && !(key in assigns) && !(key in both))
        return fault("the key " key " is unknown")
    if (key in matches && !isMatch) return fault(key " can only be compared")
    if (key in assigns && isMatch) return fault(key " can only be set")
    if (key in braced && attribute == "") return fault(key " needs a name in braces")
    if (key in parental && operator == "!=")
        return fault(key " with != is met by any parent, such as a hub")
    if (attribute ~ /^(idVendor|idProduct|ID_VENDOR_ID|ID_MODEL_ID)$/ && isMatch \
            && value !~ /^[0-9a-f][0-9a-f][0-9a-f][0-9a-f]([|][0-9a-f][0-9a-f][0-9a-f][0-9a-f])*$/)
        return fault("\"" value "\" is no list of four lower-case hex digits")
    if (key == "MODE" && value !~ /^0?[0-7][0-7][0-7]$/) return fault("MODE is no octal mode")
    if (key == "GOTO") {
        wanted[value] = line
        used[value] = 1
    }
    if (key == "LABEL") {
        if (value in labels) fault("LABEL=\"" value "\" stands twice")
        if (!(value in used)) fault("LABEL=\"" value "\" is not after its GOTO")
        labels[value] = line
    }
    if (!isMatch) does = 1
}

function rule(text,   key, attribute, operator, value) {
    does = 0
    while (text != "") {
        if (!match(text, /^[A-Z]+/)) return fault("a key was expected at: " text)
        key = substr(text, 1, RLENGTH)
        text = substr(text, RLENGTH + 1)
        attribute = ""
        if (match(text, /^[{][^}]*[}]/)) {
            attribute = substr(text, 2, RLENGTH - 2)
            text = substr(text, RLENGTH + 1)
        }
        if (!match(text, /^(==|!=|[+]=|-=|:=|=)/))
            return fault("an operator was expected after " key)
        operator = substr(text, 1, RLENGTH)
        text = substr(text, RLENGTH + 1)
        if (!match(text, /^"[^"]*"/)) return fault("the quotes after " key " do not match")
        value = substr(text, 2, RLENGTH - 2)
        text = substr(text, RLENGTH + 1)
        part(key, attribute, operator, value)
        if (text == "") break
        if (!match(text, /^[ \t]*,[ \t]*/)) return fault("a comma was expected after " key)
        text = substr(text, RLENGTH + 1)
        if (text == "") return fault("the rule ends with a comma")
    }
    if (!does) fault("the rule does nothing")
}

FNR == 1 {
    if (file != "") endOfFile()
    file = FILENAME
}

{
    line = FNR
    text = $0
    sub(/^[ \t]+/, "", text)
    sub(/[ \t]+$/, "", text)
    if (pending == "" && (text == "" || text ~ /^#/)) next
    text = pending text
    pending = ""
    if (sub(/\\$/, "", text)) {
        pending = text
        next
    }
    rules++
    rule(text)
}

END {
    if (file != "") endOfFile()
    if (rules == 0) {
        print "no rule was found"
        faults++
    }
    exit faults > 0
}
