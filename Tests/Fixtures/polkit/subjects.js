// A stand-in for polkit: asks the rule about subjects, and prints what was not answered as it should
// be. Run by scripts/check-deploy.sh in duktape, which is Debian's polkit's own engine.
var rule;
var polkit = {
    Result: { YES: "yes", NO: "no", NOT_HANDLED: "not handled" },
    addRule: function (added) { rule = added; }
};
function ask(user, action, wanted) {
    var answer = rule({ id: action, lookup: function () {} }, { user: user, local: false });
    if (answer !== wanted) { print(user + " " + action + ": " + answer + ", not " + wanted); }
}
function askAll() {
    var card = "org.debian.pcsc-lite.access_card", pcsc = "org.debian.pcsc-lite.access_pcsc";
    ask("kiosk-agent", pcsc, "yes");
    ask("kiosk-agent", card, "yes");
    ask("kiosk-agent", "org.freedesktop.login1.power-off", "not handled");
    ask("kiosk-agent", "org.debian.pcsc-lite.access_cards", "not handled");
    ask("kiosk-browser", pcsc, "not handled");
    ask("nobody", card, "not handled");
}
