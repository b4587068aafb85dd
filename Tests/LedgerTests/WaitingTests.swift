import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

@Suite("The money that waits in a ledger file")
struct WaitingTests {
    /// Written out: a state that is new must be thought about.
    private static let waiting = ["pending", "accepted", "held", "rejected", "reversing"]

    @Test(
        "money waits in a payment until it is settled, undone, declined or closed",
        arguments: PaymentState.allCases)
    func states(state: PaymentState) async throws {
        let bench = try LedgerBench()
        let payment = try await bench.payment(in: state)
        let copy = try LedgerCopy(of: bench.files.path, acceptsMissingWAL: false)
        let found = try await copy.reader.waiting()
        let waits = Self.waiting.contains(state.rawValue)
        #expect(found.mapValues(\.count) == (waits ? [state: 1] : [:]))
        #expect(found[state]?.amount == (waits ? payment.amount : nil))
    }
}
