import Ledger
import NIOHTTP1
import TerminalAgent
import TerminalCore
import TerminalTesting
import Testing

@testable import LocalAPI

@Suite("The check of the ledger over the API") struct VerifyRouteTests {
    @Test("it is for operators, runs aside, and its result is given once")
    func route() async throws {
        try await withAPI { api in
            #expect(try await api.call(.POST, "/v1/verify").status == 401)
            _ = try await api.ledger.open(Sample.draft(), now: Sample.start)
            var answer = try await api.asOperator(.POST, "/v1/verify")
            #expect(answer.status == 202)
            #expect(answer.text == #"{"done":0,"total":0}"#)
            while answer.status == 202 { answer = try await api.asOperator(.POST, "/v1/verify") }
            #expect(answer.status == 200)
            #expect(
                answer.text == """
                    {"absent_lines":0,"archived_lines":0,"lines":1,"payments":1,\
                    "problem_count":0,"problems":[],"sealed_lines":0,"sound":true,\
                    "totals":{"awaiting_card":{"count":1,"fen":1500}},"unchecked_lines":0}
                    """)
            #expect(try await api.asOperator(.POST, "/v1/verify").status == 202)
        }
    }

    @Test("its beginning and its end are events, after which the result can be fetched")
    func events() async throws {
        try await withAPI { api in
            _ = try await api.ledger.open(Sample.draft(), now: Sample.start)
            let events = api.agent.events()
            #expect(try await api.asOperator(.POST, "/v1/verify").status == 202)
            var told: [AgentEvent] = []
            for await event in events {
                guard case .verifying(_, let isOver) = event else { continue }
                told.append(event)
                if isOver { break }
            }
            let begin = VerificationProgress(done: 0, total: 0)
            let end = VerificationProgress(done: 1, total: 1)
            #expect(told == [.verifying(begin, isOver: false), .verifying(end, isOver: true)])
            #expect(try await api.asOperator(.POST, "/v1/verify").status == 200)
        }
    }

    @Test("each hundredth is told once")
    func hundredths() {
        var state = VerificationJob.State.running(VerificationProgress(done: 0, total: 0))
        let told = (1...4).map { step in
            state.advance(to: VerificationProgress(done: Int64(step) * 1_000, total: 200_000))
        }
        #expect(told == [false, true, false, true])
    }

    @Test("a result that nobody fetched is not given to somebody who asks much later")
    func stale() {
        for (later, isGiven) in [(Duration.seconds(9), true), (.seconds(10), false)] {
            var state = VerificationJob.State.done(.failure(.notFound), at: .seconds(5))
            let (answer, starts) = state.ask(.seconds(5) + later)
            #expect(starts == !isGiven)
            if case .done = answer { #expect(isGiven) } else { #expect(!isGiven) }
        }
    }
}
