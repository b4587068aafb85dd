import Testing

@testable import TerminalCore

@Suite("The states of a payment")
struct PaymentStateTests {
    /// The contract's table, written out: state, whether the payer was told yes, what may follow.
    private static let contract: [(String, isApproved: Bool, next: Set<String>)] = [
        ("awaiting_card", false, ["pending", "cancelled", "accepted", "refused"]),
        ("cancelled", false, []),
        ("pending", false, ["settled", "accepted", "refused", "reversing"]),
        ("settled", true, ["reversing"]),
        ("accepted", true, ["settled", "rejected", "held", "reversing"]),
        ("refused", false, ["reversing"]),
        ("held", true, ["accepted", "settled", "written_off", "reversing"]),
        ("rejected", true, ["accepted", "settled", "written_off"]),
        ("reversing", false, ["reversed", "written_off"]),
        ("reversed", false, ["reversing"]),
        ("written_off", true, ["settled", "reversing"]),
    ]

    private static func row(_ state: PaymentState) throws -> (isApproved: Bool, next: Set<String>) {
        let row = try #require(contract.first { $0.0 == state.rawValue })
        return (row.isApproved, row.next)
    }

    @Test("the states are the contract's, by name")
    func names() {
        #expect(PaymentState.allCases.map(\.rawValue).sorted() == Self.contract.map(\.0).sorted())
    }

    @Test(
        "a state follows another exactly when the contract says so",
        arguments: PaymentState.allCases, PaymentState.allCases)
    func pairs(from: PaymentState, to: PaymentState) throws {
        let isLegal = try Self.row(from).next.contains(to.rawValue)
        #expect(from.successors.contains(to) == isLegal, "\(from) -> \(to)")
    }

    @Test("what the payer was told is the contract's", arguments: PaymentState.allCases)
    func approved(state: PaymentState) throws {
        #expect(state.isApproved == (try Self.row(state).isApproved))
    }

    @Test("only waiting and pending payments have no decision", arguments: PaymentState.allCases)
    func decided(state: PaymentState) {
        #expect(state.isDecided == !["awaiting_card", "pending"].contains(state.rawValue))
    }

    @Test("a payment is written first as waiting, pending, or decided at its tap")
    func initial() {
        #expect(
            Set(PaymentState.initial.map(\.rawValue))
                == ["awaiting_card", "pending", "accepted", "refused"])
    }

    @Test("the reasons are the contract's, by name")
    func reasons() {
        let contract: Set = [
            "card_lost", "card_unknown", "card_not_normal", "card_unreadable", "balance_too_low",
            "platform_refused", "platform_unreachable", "platform_processing",
            "platform_conflict", "platform_changed", "platform_forgot", "seq_collision",
            "offline_disabled", "offline_payment_limit", "offline_card_limit",
            "offline_total_limit", "offline_too_old", "offline_card_unknown",
            "offline_list_too_old", "period_limit", "code_needs_platform", "interrupted",
            "storage_failed", "cancelled",
        ]
        #expect(Set(Reason.allCases.map(\.rawValue)) == contract)
    }
}
