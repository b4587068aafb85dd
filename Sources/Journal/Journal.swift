internal import Glibc
public import Sealing
public import TerminalCore

/// A journal that was read and checked: each payment as its last line has it.
public struct Journal: Sendable {
    public var header: JournalHeader
    /// In the order in which they first appear.
    public var payments: [Payment]
    /// The line at which the file breaks off; only a mirror may have one, after a loss of power.
    public var tornLine: Int?
    /// Why the cards of some payments are left out; nil when none is. Such a journal is to be
    /// looked at, never to be acted on.
    public var cardProblem: CardKeyError?

    /// Reads the file at `path`; nothing of it is given out unless every line is sound. `cards`
    /// opens what is sealed.
    public static func read(
        _ path: String, key: JournalKey, cards: CardKeys = CardKeys()
    ) throws(JournalError) -> Journal {
        try read(path, verifier: JournalVerifier(key: key, cards: cards))
    }

    /// The same without looking at the signatures: to see what is there, never to act on it.
    public static func inspect(_ path: String) throws(JournalError) -> Journal {
        try read(path, verifier: JournalVerifier(key: nil))
    }

    /// The numbers of the payments that are open.
    var openSeqs: [String] {
        payments.filter { PaymentState.open.contains($0.state) }.map(\.seq)
    }

    private static func read(
        _ path: String, verifier: JournalVerifier
    ) throws(JournalError) -> Journal {
        var (verifier, latest, order) = (verifier, [String: Payment](), [String]())
        try forEachLine(path) { bytes, isWhole throws(JournalError) in
            let line = try verifier.take(bytes, isWhole: isWhole)
            guard case .payment(let payment, _, _)? = line else { return }
            if latest.updateValue(payment, forKey: payment.seq) == nil { order.append(payment.seq) }
        }
        try verifier.finish()
        guard let header = verifier.header else { throw .notAJournal }
        return Journal(
            header: header, payments: order.compactMap { latest[$0] }, tornLine: verifier.tornLine,
            cardProblem: verifier.cardProblem)
    }

    /// Calls `body` for each line; `isWhole` is false for a last one without its line feed, and for
    /// one that is too long.
    private static func forEachLine(
        _ path: String, _ body: (ArraySlice<UInt8>, _ isWhole: Bool) throws(JournalError) -> Void
    ) throws(JournalError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var rest: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            guard count >= 0 else { throw .unreadable(String(cString: strerror(errno))) }
            if count == 0 { break }
            var start = 0
            while let end = chunk[start..<count].firstIndex(of: UInt8(ascii: "\n")) {
                rest += chunk[start..<end]
                try body(rest[...], rest.count < SignedLine.bytesMax)
                rest.removeAll(keepingCapacity: true)
                start = end + 1
            }
            rest += chunk[start..<count]
            guard rest.count < SignedLine.bytesMax else { return try body([], false) }
        }
        if !rest.isEmpty { try body(rest[...], false) }
    }
}
