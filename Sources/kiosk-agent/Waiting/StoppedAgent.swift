internal import FoundationEssentials
internal import Glibc
internal import Ledger
internal import Settings
internal import TerminalCore

/// What the stopped agent of this machine left: its ledger, and those of its replays.
struct StoppedAgent {
    /// Where the ledger is.
    private let path: String

    /// Where a ledger is that nobody configured.
    private static let standardPath = KeyTable.key("ledger.path")?.defaultValue ?? ""

    init(_ config: ConfigOption) throws {
        path = try config.isAbsent ? Self.standardPath : config.settings().ledger.path
    }

    /// Throws whenever some money might be missing from the sum.
    func waiting() async throws -> WaitingMoney {
        guard !Ledger.isInUse(path) else {
            throw CommandFailure(
                .tryLater,
                Phrase(
                    en: "nobody can tell what will wait — an agent runs and holds \(path) — stop "
                        + "it, or ask it without --stopped",
                    zh: "无法确定还有多少款项待处理 — 终端程序正在运行并占用 \(path) — "
                        + "请停止它，或去掉 --stopped 询问它"))
        }
        try refuseDamaged()
        var money = WaitingMoney()
        for file in try files() {
            try await money.add(try copy(of: file))
        }
        return money
    }

    /// In its own place a ledger without a -wal was closed cleanly.
    private func copy(of file: String) throws -> LedgerCopy {
        do {
            return try LedgerCopy(of: file, acceptsMissingWAL: true)
        } catch {
            throw error.failure
        }
    }

    private func files() throws -> [String] {
        let replays = path + ".replay"
        let replayed = try names(in: replays).filter { $0.hasSuffix(".sqlite") }
            .map { "\(replays)/\($0)" }
        if !isMissing(path) { return [path] + replayed }
        // A configured place may be a medium that is not mounted.
        guard path == Self.standardPath, isMissing(path + "-wal") else {
            throw CommandFailure(
                .data,
                Phrase(
                    en: "nobody can tell what waits — \(path) is not there — mount its medium, or "
                        + "check ledger.path",
                    zh: "无法确定还有多少款项待处理 — \(path) 不存在 — "
                        + "请挂载其介质，或检查 ledger.path"))
        }
        return replayed
    }

    /// What a ledger that was set aside still owed may have been delivered, or not.
    private func refuseDamaged() throws {
        let end = path.lastIndex(of: "/") ?? path.startIndex
        let mark = String(path[end...].drop { $0 == "/" }) + ".corrupt-"
        let directory = String(path[..<end])
        guard let name = try names(in: directory).first(where: { $0.hasPrefix(mark) }) else {
            return
        }
        throw CommandFailure(
            .data,
            Phrase(
                en: "nobody can tell what waits — \(directory)/\(name) is a damaged ledger that "
                    + "was set aside — move it elsewhere once its payments are delivered; see "
                    + "replay",
                zh: "无法确定还有多少款项待处理 — \(directory)/\(name) 是移开的损坏账本 — "
                    + "其交易上传后请移到别处；参见 replay"))
    }

    /// The names in a directory, none when it is not there.
    private func names(in directory: String) throws -> [String] {
        if isMissing(directory) { return [] }
        do {
            return try FileManager.default.contentsOfDirectory(atPath: directory)
        } catch {
            throw CommandFailure(
                .data,
                Phrase(
                    en: "nobody can tell what waits — \(directory) cannot be read — run the "
                        + "command as root or as the agent's user",
                    zh: "无法确定还有多少款项待处理 — 无法读取 \(directory) — "
                        + "请以 root 或终端程序的用户运行"))
        }
    }

    /// Only what is surely not there is missing, not what this user may not see.
    private func isMissing(_ path: String) -> Bool { access(path, F_OK) != 0 && errno == ENOENT }
}
