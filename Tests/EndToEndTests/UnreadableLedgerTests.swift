import Foundation
import GRDB
import Testing

/// A ledger that cannot be used stops the start, with one line for people, and stays as it is.
@Suite("a ledger that cannot be used", .timeLimit(.minutes(1))) struct UnreadableLedgerTests {
    enum Damage: String, CaseIterable, Sendable {
        case withoutItsLastPage, cutInTheMiddle, cutInItsHeader, randomBytes, directory
        case newerSchema, readOnlyDisk

        /// What the line says; the rest is the system's.
        var words: String {
            switch self {
            case .withoutItsLastPage, .cutInTheMiddle, .cutInItsHeader: "malformed"
            case .randomBytes: "not a database"
            case .directory: "Is a directory"
            case .newerSchema: "newer agent"
            case .readOnlyDisk: "Read-only file system"
            }
        }
    }

    @Test("it is refused with exit code 73 and left untouched", arguments: Damage.allCases)
    func refused(damage: Damage) async throws {
        let disk = try OwnDisk(.readOnly)
        // Nothing is sent anywhere: the agent ends before it has a platform.
        let kiosk = try Kiosk(platform: "http://127.0.0.1:9", environment: disk.environment)
        let first = try await kiosk.start()
        first.signal(SIGTERM)
        #expect(await first.end() == 0)
        try harm(disk.ledger, damage)
        let before = content(disk.ledger, damage)
        let wrapper = damage == .readOnlyDisk ? disk.wrapper : []
        let (code, lines) = try await kiosk.run(under: wrapper)
        #expect(code == 73)
        #expect(lines.count == 1 && lines[0].hasPrefix("error: "), "\(lines)")
        #expect(lines[0].components(separatedBy: " — ").count == 3, "\(lines)")
        #expect(lines[0].contains(damage.words), "\(lines)")
        #expect(content(disk.ledger, damage) == before)
        #expect((before == nil) == (damage == .directory))
    }

    private func harm(_ file: URL, _ damage: Damage) throws {
        switch damage {
        case .withoutItsLastPage: try cut(file) { $0 - 4_096 }
        case .cutInTheMiddle: try cut(file) { $0 / 2 }
        case .cutInItsHeader: try cut(file) { _ in 60 }
        case .randomBytes:
            try Data((0..<20_000).map { _ in UInt8.random(in: 0...255) }).write(to: file)
        case .directory:
            try FileManager.default.removeItem(at: file)
            try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
        case .newerSchema:
            let queue = try DatabaseQueue(path: file.path)
            try queue.inDatabase { db in
                try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('9.9')")
            }
            try queue.close()
        case .readOnlyDisk: break
        }
    }

    /// The bytes; for a newer agent's, which SQLite may open, what is in its tables.
    private func content(_ file: URL, _ damage: Damage) -> Data? {
        guard damage == .newerSchema else { return try? Data(contentsOf: file) }
        let names = try? DatabaseQueue(path: file.path).read { db in
            try String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations ORDER BY 1")
                + String.fetchAll(db, sql: "SELECT sql FROM sqlite_master WHERE sql NOT NULL")
        }
        return names.map { Data($0.joined().utf8) }
    }

    private func cut(_ file: URL, to size: (Int) -> Int) throws {
        let whole = try Data(contentsOf: file)
        try whole.prefix(size(whole.count)).write(to: file)
    }
}

extension Kiosk {
    /// Runs an agent that is to end by itself; its lines without those of the log.
    fileprivate func run(under wrapper: [String]) async throws -> (code: Int32, lines: [String]) {
        let agent = Program.products.appending(path: "kiosk-agent").path
        let line = wrapper + [agent, "run", "--config", configuration.path]
        let program = try Program(
            URL(filePath: line[0]), Array(line.dropFirst()), environment: environment)
        let code = await program.end()
        return (code, program.output.filter { !$0.isEmpty })
    }
}
