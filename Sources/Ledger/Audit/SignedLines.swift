internal import FoundationEssentials
internal import GRDB

/// A line of history with its hash, as a file has it.
struct SignedLine {
    enum Content {
        case whole(AuditLine)
        /// Its payment is missing.
        case orphaned
        /// The key of its card is not at hand.
        case sealed
        /// A column holds what the agent never writes there.
        case unreadable
    }

    var id: Int64
    /// Of its payment, where it can be read.
    var seq: String?
    var content: Content
    var hash: Data?
    var isArchived: Bool

    fileprivate init(_ row: Row, _ cards: CardColumn, isArchived: Bool) throws {
        id = try row.value(0)
        seq = try? row.value(2)
        do {
            content = .whole(try AuditLine(row, cards))
        } catch LedgerError.cardsSealed {
            content = .sealed
        } catch {
            content = row.hasNull(atIndex: 17) ? .orphaned : .unreadable
        }
        hash = try? row.value(16)
        self.isArchived = isArchived
    }
}

/// The lines of one file in the order of their numbers, a page in memory at a time.
struct SignedLines {
    private static let pageLength = 1_000
    private static let statement = """
        SELECT \(AuditLine.columns), history.hash, payments.id FROM history
        LEFT JOIN payments ON payments.id = history.payment
        WHERE history.id > ? ORDER BY history.id LIMIT ?
        """

    private let file: any DatabaseReader
    private let cards: CardColumn
    private let isArchive: Bool
    private var page: ArraySlice<SignedLine> = []
    private var last: Int64 = 0
    private var isAtEnd = false

    init(_ file: any DatabaseReader, _ cards: CardColumn, isArchive: Bool) {
        self.file = file
        self.cards = cards
        self.isArchive = isArchive
    }

    /// The next line, without taking it.
    mutating func peek() throws -> SignedLine? {
        if page.isEmpty, !isAtEnd { try turn() }
        return page.first
    }

    mutating func take() { page.removeFirst() }

    private mutating func turn() throws {
        let (last, cards, isArchive) = (last, cards, isArchive)
        let lines = try file.read { db in
            let statement = try db.cachedStatement(sql: Self.statement)
            return try Row.fetchAll(statement, arguments: [last, Self.pageLength])
                .map { try SignedLine($0, cards, isArchived: isArchive) }
        }
        self.last = lines.last?.id ?? last
        isAtEnd = lines.count < Self.pageLength
        page = lines[...]
    }
}

/// The lines of a ledger and its archives as one row of numbers.
struct MergedLines {
    /// The ledger's own come first: a line that is in both is still the ledger's.
    private var files: [SignedLines]

    init(ledger: any DatabaseReader, archives: [any DatabaseReader], cards: CardColumn) {
        files =
            [SignedLines(ledger, cards, isArchive: false)]
            + archives.map { SignedLines($0, cards, isArchive: true) }
    }

    mutating func next() throws -> SignedLine? {
        var found: SignedLine?
        for index in files.indices {
            guard let line = try files[index].peek() else { continue }
            if line.id < found?.id ?? .max { found = line }
        }
        guard let found else { return nil }
        for index in files.indices {
            if try files[index].peek()?.id == found.id { files[index].take() }
        }
        return found
    }
}
