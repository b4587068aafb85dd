import HTTPTypes
import Ledger
import TerminalAgent
import Testing

@testable import LocalAPI

@Suite("What an error is to a caller") struct ProblemTests {
    /// An error of the ledger, its status, its type and the payment in the way.
    static let ledger: [(error: LedgerError, status: Int, kind: String, seq: String?)] = [
        (.notFound, 404, "not_found", nil),
        (.referenceConflict("K0011"), 409, "reference_conflict", "K0011"),
        (.wrongState("settled"), 409, "busy", nil),
        (.cardIsPaying, 409, "busy", nil),
        (.storage(code: 13, "database or disk is full"), 503, "unavailable", nil),
        (.locked("ledger.sqlite.lock"), 503, "unavailable", nil),
        (.unusable("permission denied"), 503, "unavailable", nil),
        (.notDurable(1), 503, "unavailable", nil),
        (.tooNew, 503, "unavailable", nil),
        (.whole("ledger.sqlite"), 503, "unavailable", nil),
        (.cardsSealed, 503, "unavailable", nil),
        (.otherDataKey, 503, "unavailable", nil),
    ]

    @Test("each error of the ledger has its status and its type", arguments: ledger)
    func ledgerError(_ row: (error: LedgerError, status: Int, kind: String, seq: String?)) {
        for problem in [Problem(row.error), Problem(RequestError.ledger(row.error))] {
            #expect(problem.status.code == row.status)
            #expect(problem.kind == row.kind)
            #expect(problem.seq == row.seq)
            #expect(!problem.detail.isEmpty)
        }
    }

    @Test(
        "a busy terminal names the payment that waits",
        arguments: [String?.none, "K0011767614400000"])
    func busy(_ seq: String?) {
        let problem = Problem(RequestError.busy(seq))
        #expect(problem.status.code == 409)
        #expect(problem.kind == "busy")
        #expect(problem.seq == seq)
    }

    @Test("a POS is told that each tap pays")
    func fixedMode() {
        let problem = Problem(RequestError.fixedMode)
        #expect(problem.status.code == 409)
        #expect(problem.kind == "fixed_mode")
    }

    @Test("what is wrong with a body, and who may not call")
    func shorthands() {
        let invalid = Problem.invalid("x")
        #expect((invalid.status, invalid.kind) == (.badRequest, "invalid"))
        #expect(Problem.invalid("amount is 0").detail.contains("amount is 0"))
        #expect(Problem.forbidden("no") == Problem(.forbidden, "forbidden", "no"))
        #expect(Problem.notFound.status.code == 404)
    }
}
