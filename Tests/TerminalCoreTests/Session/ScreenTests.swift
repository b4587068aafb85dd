import Testing

@testable import TerminalCore

@Suite("What the payer sees")
struct ScreenTests {
    private static let seq = "K0011700000000000"
    private static let approved = Screen.approved(
        seq: seq, amount: Money(fen: 1_250), balance: Money(fen: 900), offline: true)
    private static let declined = Screen.declined(seq: seq, reason: .cardLost)
    private static let returning = Screen.declined(
        seq: seq, reason: .cardLost, isReturning: true)

    private static let table: [(PaymentState, Screen?)] = [
        (.awaitingCard, nil), (.pending, nil), (.cancelled, .cancelled(seq: seq)),
        (.settled, approved), (.accepted, approved), (.held, approved), (.rejected, approved),
        (.writtenOff, approved), (.refused, declined), (.reversing, returning),
        (.reversed, returning),
    ]

    @Test("each state has its outcome, or none yet", arguments: table)
    func outcomes(state: PaymentState, screen: Screen?) throws {
        let payment = try Payment.sample(
            state, reason: .cardLost, offline: true, trade: Trade(balance: Money(fen: 900)))
        #expect(Screen(outcomeOf: payment) == screen)
    }

    @Test("the table above has every state")
    func complete() {
        #expect(Set(Self.table.map(\.0)) == Set(PaymentState.allCases))
    }

    @Test("a state that is decided has a screen, and only such a one", arguments: table)
    func decided(state: PaymentState, screen: Screen?) {
        #expect(state.isDecided == (screen != nil))
    }

    @Test("an online approval is not called offline; a decline without a reason is the platform's")
    func details() throws {
        #expect(
            Screen(outcomeOf: try .sample(.settled))
                == .approved(
                    seq: Self.seq, amount: Money(fen: 1_250), balance: nil, offline: false))
        #expect(
            Screen(outcomeOf: try .sample(.refused))
                == .declined(seq: Self.seq, reason: .platformRefused))
    }

    @Test("a decline has time to be read; what is short, and what still waits, has less")
    func outcomeTime() {
        #expect(Self.declined.outcomeTime == .seconds(8))
        #expect(Self.returning.outcomeTime == .seconds(8))
        #expect(Self.approved.outcomeTime == .seconds(4))
        #expect(Screen.cancelled(seq: Self.seq).outcomeTime == .seconds(4))
        #expect(Screen.declined(seq: nil, reason: .cardUnreadable).outcomeTime == .seconds(4))
    }

    @Test("what an operator must look at first is not told to come back by itself")
    func doubt() throws {
        for state in [PaymentState.refused, .reversed] {
            #expect(
                Screen(outcomeOf: try .sample(state, reason: .platformConflict))
                    == .declined(seq: Self.seq, reason: .platformConflict))
        }
    }
}
