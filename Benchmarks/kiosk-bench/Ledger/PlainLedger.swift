internal import CYardstick
internal import Ledger
internal import TerminalCore

/// Owns the C side's connection to a ledger file.
final class PlainLedger {
    private let ledger: OpaquePointer

    init(path: String) throws {
        guard let ledger = yardstick_ledger_open(path) else {
            throw BenchFailure("the yardstick cannot open \(path) — it may be out of date")
        }
        self.ledger = ledger
    }

    deinit { yardstick_ledger_close(ledger) }

    /// Adds payments to the platform at `host`, one a millisecond, the last of them just now.
    func fill(_ count: Int, host: String = YARDSTICK_HOST, settles: Bool) throws {
        let start = SystemTerminalClock().now() + .milliseconds(-count)
        try check(
            yardstick_ledger_fill(ledger, host, Int64(count), start.milliseconds, settles ? 1 : 0))
    }

    /// Settles what is accepted.
    func settle() throws { try check(yardstick_ledger_settle(ledger)) }

    /// Whether the card is on the lost list, by the lookups of a tap.
    func isLost(_ card: CardNumber) -> Bool {
        yardstick_ledger_is_lost(ledger, card.exposed) != 0
    }

    /// Records the taps one after the other; how long it took.
    func record(_ taps: [Tap]) throws -> Duration {
        try elapsed {
            for tap in taps {
                try check(
                    yardstick_ledger_record(ledger, tap.card.exposed, tap.now.milliseconds))
            }
        }
    }

    private func check(_ code: Int32) throws {
        guard code == 0 else { throw BenchFailure("the yardstick: SQLite code \(code)") }
    }
}

extension Ledger {
    /// A ledger of the terminal that the yardstick knows too.
    static func forBench(_ path: String) throws -> Ledger {
        try Ledger(
            LedgerSettings(
                path: path, sequence: SeqGenerator(terminal: YARDSTICK_TERMINAL),
                platform: .forBench,
                auditKey: AuditKey(Array(YARDSTICK_AUDIT_KEY.utf8))))
    }
}

extension PlatformIdentity {
    static let forBench = PlatformIdentity(host: YARDSTICK_HOST, clientID: YARDSTICK_CLIENT)
}

extension CardNumber {
    /// The card with this number, as long as the common identifiers of 7 bytes are in hex.
    static func forBench(_ number: Int) -> CardNumber {
        guard let card = try? CardNumber(String(10_000_000_000_000 + number)) else {
            preconditionFailure("\(number)")
        }
        return card
    }
}
