internal import CardReader
internal import Glibc

/// What the doctor says about a pcscd that cannot be used, and what mends it.
struct ServiceCure {
    let error: PCSCError
    let trouble: ServiceTrouble
    let user: String
    let socket: String

    /// As this process meets it.
    init(_ error: PCSCError) {
        self.error = error
        trouble = ServiceTrouble(error)
        user = Self.userName
        socket = ServiceTrouble.socketPath
    }

    /// What happened — why — what to do.
    var text: String {
        let what = "no card can be read"
        switch trouble {
        case .absent, .failing:
            let advice = error.advice ?? "restart it: systemctl restart pcscd.socket pcscd"
            return "\(error.description) — \(what) — \(advice)"
        case .notListening:
            return "nobody listens behind \(socket) (\(name)) — \(what) — "
                + "restart it: systemctl restart pcscd.socket"
        case .forbidden:
            return "\(user) may not open \(socket) (\(name)) — its mode keeps this user out; "
                + "pcscd.socket makes it 0666 — see what changes it: systemctl cat pcscd.socket"
        case .refusedByPolkit:
            return "polkit does not let \(user) use card readers (\(name)) — a user without a "
                + "session needs a rule — write this line into "
                + "/etc/polkit-1/rules.d/50-pcsc-\(user).rules: \(rule)"
        }
    }

    private var name: String { error.name ?? error.description }

    /// What the package brings for the service's own user.
    private var rule: String {
        "polkit.addRule(function (action, subject) { "
            + "if (subject.user === \"\(user)\" && action.id.indexOf(\"org.debian.pcsc-lite.\") "
            + "=== 0) { return polkit.Result.YES; } });"
    }

    private static var userName: String {
        guard let entry = getpwuid(geteuid()) else { return "uid \(geteuid())" }
        return String(cString: entry.pointee.pw_name)
    }
}
