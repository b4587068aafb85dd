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

    /// Records the taps one after the other; how long it took.
    func record(_ taps: [Tap]) throws -> Duration {
        try elapsed {
            for tap in taps {
                let code = yardstick_ledger_record(ledger, tap.card.exposed, tap.now.milliseconds)
                guard code == 0 else { throw BenchFailure("the yardstick: SQLite code \(code)") }
            }
        }
    }
}

extension Ledger {
    /// A ledger of the terminal that the yardstick knows too.
    static func forBench(_ path: String) throws -> Ledger {
        try Ledger(
            LedgerSettings(
                path: path, sequence: Sequence(terminal: YARDSTICK_TERMINAL), platform: .forBench,
                auditKey: AuditKey(Array("not a secret, for the benchmark".utf8))))
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
