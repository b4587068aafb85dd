internal import Glibc
internal import Ledger
internal import Settings
internal import TerminalCore

/// The doctor's look at the ledger, its mirror and the agent that holds them.
///
/// With a running agent its own word counts; nobody else may open the file for writing.
struct LedgerCheck {
    let settings: Settings

    func run() async -> [Finding] {
        let status = try? await AgentClient(settings.api).call("GET", "/v1/status")
            .decode(StatusAnswer.self)
        let mirror = MirrorCheck(settings: settings.ledger, agents: status?.storage.mirror).run()
        let doubt = status?.inDoubt.flatMap { doubtful($0) }
        let cards = status?.cards.map { Finding("cards", note: $0.text) }
        return [
            agent(status),
            Finding("ledger", status.map(\.storage.problem) ?? unusable()),
        ] + [mirror, cards, doubt].compactMap { $0 }
    }

    /// Nil while nothing is in doubt.
    private func doubtful(_ doubt: StatusAnswer.Doubt) -> Finding? {
        guard doubt.count > 0 else { return nil }
        return Finding(
            "in doubt",
            "declined payments that may be paid: \(doubt.count), \(Money(fen: doubt.fen)) yuan — "
                + "whose orders stand under their numbers could not be told — run "
                + "kiosk-agent reconcile for their days; what is ours to undo: "
                + "kiosk-agent payments reverse SEQ --why TEXT")
    }

    /// What a running agent says of the platform: its payments go other ways than a check.
    private func agent(_ status: StatusAnswer?) -> Finding {
        guard let status else {
            return Finding("agent", note: "none answers on \(settings.api.socket)")
        }
        if let problem = status.platform.problem { return Finding("agent", problem) }
        return Finding("agent", note: "running")
    }

    /// Why an agent that starts now could not use the ledger.
    private func unusable() -> String? {
        let path = settings.ledger.path
        if let problem = unwritable(settings.ledger.directory, R_OK | W_OK | X_OK) {
            return problem
        }
        guard access(path, F_OK) == 0 else { return nil }
        return unwritable(path, R_OK | W_OK) ?? unreadable(path)
    }

    private func unwritable(_ path: String, _ mode: Int32) -> String? {
        guard access(path, mode) != 0 else { return nil }
        return "\(path) cannot be written by this user (\(String(cString: strerror(errno)))) — "
            + "payments would be refused — run doctor as the agent's user, or mend its owner"
    }

    private func unreadable(_ path: String) -> String? {
        do {
            _ = try LedgerCopy(of: path, acceptsMissingWAL: true)
            return nil
        } catch {
            return error.description
        }
    }
}
