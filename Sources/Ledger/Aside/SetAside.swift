internal import FoundationEssentials
internal import GRDB
internal import Glibc
internal import TerminalCore

/// A damaged ledger on its way to another name, as a note beside it says.
///
/// The note is on the disk before the first file is renamed. While it is there each start does the
/// rest: so SQLite never meets a log beside a ledger that is not its own, which it would delete
/// with the payments in it, and no new ledger is used before it knows the old order numbers.
struct SetAside {
    private struct Note: Codable {
        /// The last part of the new name.
        var name: String
        /// The highest order number that was found, in milliseconds; nil for none.
        var mark: Int64?
    }

    /// The files may have either name; there is no new ledger.
    private static let moving = ".set-aside"
    /// The files have their new names; the new ledger may be there.
    private static let moved = ".set-aside-moved"
    /// The log first: what is cut needs no more than the order in which it was done.
    private static let suffixes = ["-wal", "-shm", ""]
    private static let noteBytesMax = 4_096

    private let path: String
    private let calls: any DirectoryCalls
    private let note: Note

    /// What the damaged ledger is called from now on.
    var name: String { Self.directory(of: path) + note.name }

    /// The one that was begun for this ledger and is not done; nil when there is none.
    static func unfinished(_ settings: LedgerSettings) throws(LedgerError) -> SetAside? {
        let notes = [moving, moved].map { settings.path + $0 }
        guard let file = notes.first(where: exists) else { return nil }
        let text = Data(try FileCopy.head(of: file, count: noteBytesMax))
        guard let note = try? JSONDecoder().decode(Note.self, from: text) else {
            throw .unusable("\(file): this is no note of kiosk-agent set-aside")
        }
        return SetAside(path: settings.path, calls: settings.directoryCalls, note: note)
    }

    /// Notes that the ledger is to get another name, which no file has yet.
    static func begin(
        _ settings: LedgerSettings, mark: Int64?, now: Timestamp
    ) throws(LedgerError) -> SetAside {
        let (path, calls) = (settings.path, settings.directoryCalls)
        let name = freeName(path, now).dropFirst(directory(of: path).count)
        let note = Note(name: String(name), mark: mark)
        guard let text = try? JSONEncoder().encode(note) else {
            throw .unusable("\(path)\(moving): no note can be made")
        }
        try calls.write(Array(text), to: path + moving + ".part")
        try calls.rename(path + moving + ".part", path + moving)
        try calls.syncDirectory(of: path)
        return SetAside(path: path, calls: calls, note: note)
    }

    /// Before the ledger is opened: the damaged files get their new names, unless they have them.
    func move() throws(LedgerError) {
        guard Self.exists(path + Self.moving) else { return }
        for suffix in Self.suffixes where Self.exists(path + suffix) {
            try calls.rename(path + suffix, name + suffix)
        }
        try calls.syncDirectory(of: path)
        // From here on a file of the old name is a new one.
        try calls.rename(path + Self.moving, path + Self.moved)
        try calls.syncDirectory(of: path)
    }

    /// After it was opened: it goes on above the old order numbers, and the note has done its work.
    func end(_ pool: DatabasePool) throws(LedgerError) {
        do {
            if let mark = note.mark {
                try pool.write { db in try Marks.raise("sequence", to: mark, db) }
            }
        } catch {
            throw LedgerError(error)
        }
        try calls.syncDirectory(of: path)
        try calls.unlink(path + Self.moved)
        try calls.syncDirectory(of: path)
    }

    /// No file is ever replaced: the clock may have jumped back to an older one's moment.
    private static func freeName(_ path: String, _ now: Timestamp) -> String {
        var second = now.milliseconds / 1_000
        while true {
            let name = "\(path).corrupt-\(second)"
            if !suffixes.contains(where: { exists(name + $0) }) { return name }
            second += 1
        }
    }

    private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// With its slash; empty for the working directory.
    private static func directory(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }
}
