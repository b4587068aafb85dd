internal import FoundationEssentials
internal import Glibc
internal import Ledger
internal import Machine
internal import Settings
internal import TerminalCore

/// The doctor's look at the ledger, its mirror and the agent that holds them.
///
/// With a running agent its own word counts; nobody else may open the file for writing.
struct LedgerCheck {
    let settings: Settings
    var machine = Machine()

    func run() async -> [Finding] {
        let status = try? await AgentClient(settings.api).call("GET", "/v1/status")
            .decode(StatusAnswer.self)
        let mirror = MirrorCheck(settings: settings.ledger, agents: status?.storage.mirror).run()
        let doubt = status?.inDoubt.flatMap { doubtful($0) }
        let cards = status?.cards.map { Finding(.cards, note: $0.phrase) }
        return [
            agent(status),
            Finding(.ledger, ledger(status)),
        ] + [mirror, cards, doubt, status.flatMap(lostList), operatorToken].compactMap { $0 }
    }

    private func ledger(_ status: StatusAnswer?) -> Phrase? {
        guard let status else { return unusable() }
        return status.storage.problem.map { Phrase(verbatim: $0) }
    }

    /// Nil while nothing is in doubt.
    private func doubtful(_ doubt: StatusAnswer.Doubt) -> Finding? {
        guard doubt.count > 0 else { return nil }
        return Finding(
            .inDoubt, LedgerWords.inDoubt(doubt.count, Money(fen: doubt.fen).description))
    }

    /// What a running agent says of the platform: its payments go other ways than a check.
    private func agent(_ status: StatusAnswer?) -> Finding {
        guard let status else { return noAgent }
        if let problem = status.platform.problem {
            return Finding(.agent, Phrase(verbatim: problem))
        }
        return Finding(.agent, note: LedgerWords.running)
    }

    /// That no agent runs is no trouble by itself; one that runs and cannot be asked is.
    private var noAgent: Finding {
        let socket = settings.api.socket
        if access(socket, R_OK | W_OK) != 0, errno == EACCES {
            return Finding(.agent, LedgerWords.forbidden(Operator.processUser, socket))
        }
        guard Ledger.isInUse(settings.ledger.path) else {
            return Finding(.agent, note: LedgerWords.noAgent(socket))
        }
        return Finding(.agent, silent(socket))
    }

    private func silent(_ socket: String) -> Phrase {
        let lock = settings.ledger.path + ".lock"
        let inode = try? FileManager.default.attributesOfItem(atPath: lock)[.systemFileNumber]
        let holder = inode.flatMap { machine.holder(ofLockOn: "\($0)") }
        let cure =
            holder.map { "sudo systemctl restart kiosk-agent || sudo kill \($0.pid)" }
            ?? "sudo fuser -v \(lock)"
        let name = holder.map { Phrase(verbatim: $0.description) } ?? LedgerWords.unknownHolder
        return LedgerWords.silent(name, socket, cure)
    }

    /// Only where the configuration wants a young list.
    private func lostList(_ status: StatusAnswer) -> Finding? {
        guard settings.offline.lostListMaxAge != nil else { return nil }
        guard let list = status.lostList else { return Finding(.lostList, LedgerWords.noList) }
        return Finding(
            .lostList, list.tooOld ? LedgerWords.listTooOld(Moments.age(list.ageMs)) : nil)
    }

    /// Nil while the token may be read, or there is none.
    private var operatorToken: Finding? {
        let path = settings.api.operatorTokenFile
        guard settings.api.operatorToken == nil, access(path, R_OK) != 0, errno == EACCES else {
            return nil
        }
        return Finding(
            .operatorToken, warning: LedgerWords.noToken(path, Operator.processUser))
    }

    /// Why an agent that starts now could not use the ledger.
    private func unusable() -> Phrase? {
        let path = settings.ledger.path
        if let problem = unwritable(settings.ledger.directory, R_OK | W_OK | X_OK) {
            return problem
        }
        guard access(path, F_OK) == 0 else { return nil }
        return unwritable(path, R_OK | W_OK) ?? unreadable(path)
    }

    private func unwritable(_ path: String, _ mode: Int32) -> Phrase? {
        guard access(path, mode) != 0 else { return nil }
        let code = errno
        let why = String(cString: strerror(code))
        return code == ENOENT
            ? LedgerWords.noDirectory(path, why)
            : LedgerWords.unwritable(path, Operator.processUser, why)
    }

    private func unreadable(_ path: String) -> Phrase? {
        do {
            _ = try LedgerCopy(of: path, acceptsMissingWAL: true)
            return nil
        } catch {
            return error.phrase
        }
    }
}
