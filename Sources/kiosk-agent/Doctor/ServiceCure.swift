internal import CardReader
internal import TerminalCore

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
        user = Operator.processUser
        socket = ServiceTrouble.socketPath
    }

    var phrase: Phrase {
        switch trouble {
        case .absent, .failing:
            ServiceWords.failing(error.phrase, cure: error.cure ?? ServiceWords.restart)
        case .notListening: ServiceWords.notListening(socket, name)
        case .forbidden: ServiceWords.forbidden(user, socket, name)
        case .refusedByPolkit: ServiceWords.refusedByPolkit(user, name, rule: rule)
        }
    }

    private var name: String { error.name ?? error.description }

    /// What the package brings for the service's own user.
    private var rule: String {
        "polkit.addRule(function (action, subject) { "
            + "if (subject.user === \"\(user)\" && action.id.indexOf(\"org.debian.pcsc-lite.\") "
            + "=== 0) { return polkit.Result.YES; } });"
    }
}
