internal import TerminalCore

/// The newest file of a mirror. Confined to the mirror's own thread.
///
/// A file begins with everything that was open at one moment and goes on with every change since.
/// It gets its name once that beginning is on the medium; only then is the one before it removed.
struct MirrorFile {
    private let calls: any FileCalls
    private let file: SyncedFile
    private let path: String
    private var writer: JournalWriter
    /// What the beginning took, in bytes.
    private let startSize: Int

    static let ending = ".journal"
    private static let unfinished = ".part"

    /// Writes a new file with what is open now. Leaves nothing behind when it cannot: a retry needs
    /// the room.
    init(
        in directory: String, signer: JournalSigner, now: Timestamp, open: any OpenPayments,
        _ calls: any FileCalls
    ) throws {
        let header = signer.header(.mirror, at: now)
        (self.calls, path) = (calls, Self.freePath(in: directory, header))
        var made = path + Self.unfinished
        do {
            (file, writer) = try Self.write(made, signer, header, open, calls)
            try SyncedFile.rename(made, to: path, calls)
            made = path
            try SyncedFile.sync(directory: directory, calls)
        } catch {
            SyncedFile.remove(made, calls)
            throw error
        }
        startSize = file.size
    }

    private static func write(
        _ path: String, _ signer: JournalSigner, _ header: JournalHeader,
        _ open: any OpenPayments, _ calls: any FileCalls
    ) throws -> (SyncedFile, JournalWriter) {
        let file = try SyncedFile(new: path, calls)
        var bytes: [UInt8] = []
        var writer = try JournalWriter(
            key: signer.key, header: header, seal: signer.seal, head: &bytes)
        try open.forEach { payment, change in
            bytes += try writer.payment(payment, change: change)
            guard bytes.count > 64 * 1024 else { return }
            try file.append(bytes)
            bytes.removeAll(keepingCapacity: true)
        }
        try file.append(bytes)
        try file.sync()
        return (file, writer)
    }

    /// No file is ever replaced: the clock may have jumped back to an older one's moment.
    private static func freePath(in directory: String, _ header: JournalHeader) -> String {
        var moment = header.createdAt.milliseconds
        while true {
            let path = "\(directory)/\(header.terminal)-\(moment)\(ending)"
            if !SyncedFile.exists(path) { return path }
            moment += 1
        }
    }

    /// Appends `lines` in one write and syncs once.
    mutating func append(_ lines: [(payment: Payment, change: Int64?)]) throws {
        var bytes: [UInt8] = []
        for line in lines { bytes += try writer.payment(line.payment, change: line.change) }
        try file.append(bytes)
        try file.sync()
    }

    /// Whether it has grown so much that beginning anew pays: 1 MiB, or four times its beginning.
    func isFull(minimum: Int) -> Bool { file.size > max(minimum, 4 * startSize) }

    /// The files of this terminal, after what was left unfinished was removed.
    static func names(
        in directory: String, terminal: String, _ calls: any FileCalls
    ) throws(MirrorError) -> [String] {
        let names = try SyncedFile.names(in: directory, calls).filter {
            $0.hasPrefix(terminal + "-")
        }
        for name in names where name.hasSuffix(ending + unfinished) {
            SyncedFile.remove("\(directory)/\(name)", calls)
        }
        return names.filter { $0.hasSuffix(ending) }.map { "\(directory)/\($0)" }
    }

    /// Removes `older` files, but for those with an open payment that the ledger does not know;
    /// returns their paths.
    ///
    /// After the ledger was lost they are the only place where its payments still are.
    func remove(_ older: [String], open: any OpenPayments) throws -> [String] {
        try older.filter { path in
            guard let seqs = try? Journal.inspect(path).openSeqs, try seqs.allSatisfy(open.knows)
            else {
                return true
            }
            SyncedFile.remove(path, calls)
            return false
        }
    }
}
