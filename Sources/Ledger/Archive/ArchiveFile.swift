internal import FoundationEssentials
internal import GRDB

/// A file beside the ledger with the payments that were created in one year, as `payments` and
/// `history` with the ledger's own columns.
///
/// It is closed after each use and has no `-wal`: it can be copied away as it is.
struct ArchiveFile {
    private static let suffix = ".sqlite"

    let queue: DatabaseQueue

    /// Opens or creates the file of `year`, with a sync of file and directory for each commit.
    init(year: String, beside ledger: String) throws {
        let path = Self.path(year: year, beside: ledger)
        try LedgerFile.makePrivate(path)
        var configuration = Configuration()
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA synchronous = EXTRA")
            // A number that was copied before it was sealed does not stay in a free page.
            try db.execute(sql: "PRAGMA secure_delete = ON")
        }
        queue = try DatabaseQueue(path: path, configuration: configuration)
    }

    /// All archives beside `ledger`, for reading.
    static func all(beside ledger: String) throws -> [DatabaseQueue] {
        try paths(beside: ledger).map(reader)
    }

    /// The archive at `path`, for reading; waits while the archiver writes it.
    static func reader(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(LedgerFile.busySeconds)
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Where the archive of `year` is, or would be.
    static func path(year: String, beside ledger: String) -> String {
        stem(ledger) + "-" + year + suffix
    }

    static func paths(beside ledger: String) throws -> [String] {
        let stem = stem(ledger)
        let parts = stem.split(separator: "/", omittingEmptySubsequences: false)
        let directory = parts.dropLast().joined(separator: "/")
        let prefix = (parts.last ?? "") + "-"
        let names = try FileManager.default.contentsOfDirectory(
            atPath: parts.count > 1 ? directory + "/" : ".")
        return names.filter { name in
            guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return false }
            let year = name.dropFirst(prefix.count).dropLast(suffix.count)
            return year.count == 4 && year.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }.sorted().map { parts.count > 1 ? directory + "/" + $0 : $0 }
    }

    private static func stem(_ ledger: String) -> String {
        ledger.hasSuffix(suffix) ? String(ledger.dropLast(suffix.count)) : ledger
    }

    /// Writes `entries`, over what a stopped attempt may have left, in one synced transaction.
    func write(_ entries: [ArchiveEntry], _ tables: [ArchiveTable]) throws {
        try queue.write { db in
            for table in tables { try table.prepare(db) }
            for entry in entries {
                for (table, rows) in zip(tables, [[entry.payment], entry.lines.map(\.values)]) {
                    let insert = try db.cachedStatement(sql: table.insertStatement)
                    for row in rows { try insert.execute(arguments: StatementArguments(row)) }
                }
            }
        }
    }
}

/// A table of the archive: the columns that the ledger's own has now.
struct ArchiveTable {
    let name: String
    private let columns: [(name: String, type: String)]

    init(_ name: String, _ ledger: Database) throws {
        self.name = name
        columns = try ledger.columns(in: name).map { ($0.name, $0.type) }
    }

    var insertStatement: String {
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let names = columns.map(\.name).joined(separator: ", ")
        return "INSERT OR REPLACE INTO \(name) (\(names)) VALUES (\(marks))"
    }

    /// Makes the table, or gives an older one the columns it lacks.
    func prepare(_ db: Database) throws {
        let list = columns.map { column in
            column.name == "id" ? "id INTEGER PRIMARY KEY" : "\(column.name) \(column.type)"
        }
        try db.execute(
            sql: """
                CREATE TABLE IF NOT EXISTS \(name) (\(list.joined(separator: ", "))) STRICT
                """)
        let present = Set(try db.columns(in: name).map(\.name))
        for column in columns where !present.contains(column.name) {
            try db.execute(sql: "ALTER TABLE \(name) ADD COLUMN \(column.name) \(column.type)")
        }
    }
}
