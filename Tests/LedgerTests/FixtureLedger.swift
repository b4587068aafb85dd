import Foundation
import GRDB
import TerminalTesting

/// Ledgers as earlier programs left them, from their texts in `Tests/Fixtures/ledger`.
enum FixtureLedger {
    /// The text of a released schema with its rows.
    static func sql(_ version: String) throws -> String {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../Fixtures/ledger/\(version).sql")
        return try String(contentsOf: file, encoding: .utf8)
    }

    /// A file made of the text, after `changes`, in a directory of its own.
    static func make(_ version: String, changes: String = "") throws -> TemporaryLedger {
        let files = try TemporaryLedger()
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        let queue = try DatabaseQueue(path: files.path, configuration: configuration)
        let text = try sql(version)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: text)
            try db.execute(sql: changes)
        }
        try queue.close()
        return files
    }
}
