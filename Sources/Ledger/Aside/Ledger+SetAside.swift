internal import GRDB
internal import Glibc
public import TerminalCore

extension Ledger {
    /// Renames a damaged ledger and its log and makes a new one; nothing is deleted. Returns the
    /// old one's new name.
    ///
    /// The new ledger goes on above every order number that can still be found: in the old files,
    /// however damaged, and in the directory `mirror`. Cut at any point, the next start or the next
    /// call finishes it. Throws ``LedgerError/whole(_:)`` for a file without damage,
    /// ``LedgerError/locked(_:)`` while an agent runs, ``LedgerError/mirrorMissing(_:)`` when the
    /// mirror cannot be read.
    public static func setAside(
        _ settings: LedgerSettings, mirror: String? = nil, now: Timestamp
    ) throws(LedgerError) -> String {
        let name = try noteAside(settings, mirror: mirror, now: now)
        _ = try Ledger(settings)
        return name
    }

    /// Notes what is to be done, or finds that it is noted; every start then does it.
    private static func noteAside(
        _ settings: LedgerSettings, mirror: String?, now: Timestamp
    ) throws(LedgerError) -> String {
        let path = settings.path
        let lock = try LedgerLock(path: path + ".lock")
        defer { withExtendedLifetime(lock) {} }
        if let begun = try SetAside.unfinished(settings) { return begun.name }
        guard access(path, F_OK) == 0 else { throw LedgerError(errno: errno, path) }
        let (isWhole, mark) = inspect(path)
        if isWhole { throw .whole(path) }
        let numbers = OrderNumbers(of: settings.sequence)
        var found = [mark, try numbers.highest(ofLedger: path)]
        if let mirror { found.append(try numbers.highest(ofMirror: mirror)) }
        let aside = try SetAside.begin(settings, mark: found.compactMap { $0 }.max(), now: now)
        return aside.name
    }

    /// Looks at the whole file without writing to it or to its log.
    private static func inspect(_ path: String) -> (isWhole: Bool, mark: Int64?) {
        var configuration = Configuration()
        configuration.readonly = true
        guard let queue = try? DatabaseQueue(path: path, configuration: configuration) else {
            return (false, nil)
        }
        let mark = try? queue.read { db in try Marks.read("sequence", db) }
        let words = try? queue.read { db in
            try String.fetchAll(db, sql: "PRAGMA integrity_check(1)")
        }
        return (words == ["ok"] && mark != nil, mark ?? nil)
    }
}
