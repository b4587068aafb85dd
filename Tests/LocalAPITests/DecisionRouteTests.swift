import Ledger
import NIOHTTP1
import SyncEngine
import TerminalAgent
import TerminalCore
import TerminalTesting
import Testing

@testable import LocalAPI

@Suite("The operator's calls") struct DecisionRouteTests {
    /// A payment that was approved offline and went on to `state` by the platform's word.
    private func payment(_ api: APIBench, _ state: PaymentState) async throws -> String {
        if state == .held { await api.platform.lose(Sample.card()) }
        if state == .rejected { await api.platform.impoverish(Sample.card()) }
        let changes = api.ledger.changes()
        let payment = try await api.ledger.recordTap(
            Sample.draft(), card: Sample.card(), rules: Sample.tapRules(up: false),
            now: api.clock.now())
        await api.engine.wake()
        for await change in changes where change.payment.state == state { break }
        return payment.seq
    }

    @Test("a held payment is submitted, with who and why in its history")
    func submit() async throws {
        try await withAPI { api in
            let seq = try await payment(api, .held)
            await api.platform.hold(.deliver)
            let answer = try await api.asOperator(
                .POST, "/v1/payments/\(seq)/submit", #"{"why":"seen him pay","by":"chen"}"#)
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.json["state"] as? String == "accepted")
            #expect(answer.text.contains(#""by":"chen""#))
            #expect(answer.text.contains(#""note":"seen him pay""#))
            let again = try await api.asOperator(.POST, "/v1/payments/\(seq)/submit", "{}")
            #expect(again.status == 409 && again.problem == "busy")
            await api.platform.release(.deliver)
        }
    }

    @Test("a payment is written off with a reason; who is an operator when nobody is named")
    func writeOff() async throws {
        try await withAPI { api in
            let seq = try await payment(api, .held)
            let path = "/v1/payments/\(seq)/write-off"
            let silent = try await api.asOperator(.POST, path, #"{"by":"chen"}"#)
            #expect(silent.status == 400 && silent.text.contains("why is missing"))
            let answer = try await api.asOperator(.POST, path, #"{"why":"a stolen card"}"#)
            #expect(answer.status == 200)
            #expect(answer.json["state"] as? String == "written_off")
            #expect(answer.text.contains(#""by":"operator""#))
            let again = try await api.asOperator(.POST, path, #"{"why":"a stolen card"}"#)
            #expect(again.status == 409 && again.problem == "busy")
        }
    }

    @Test("a reversal names who and why, when it is told")
    func reverse() async throws {
        try await withAPI { api in
            for (body, by) in [(#"{"by":"chen","why":"wrong meal"}"#, "chen"), (nil, "operator")] {
                let seq = try await api.paid()
                let answer = try await api.asOperator(.DELETE, "/v1/payments/\(seq)", body)
                #expect(answer.status == 202, "\(answer.text)")
                #expect(answer.text.contains(#""by":"\#(by)""#))
                #expect(answer.text.contains(#""note":"wrong meal""#) == (by == "chen"))
                api.clock.advance(by: .seconds(60))
            }
        }
    }

    @Test("a declined payment whose order is in doubt is undone by an operator's word, no other")
    func inDoubt() async throws {
        try await withAPI { api in
            for (answer, state) in [
                (PlatformAnswer.conflict(), PaymentState.reversed),
                (.refused(.balanceTooLow), .refused),
            ] {
                await api.platform.script(.deliver, .answer(answer))
                let seq = try await api.request()
                _ = try await api.tap()
                let told = try await api.call(.GET, "/v1/payments/\(seq)?wait=30")
                #expect(told.json["state"] as? String == "refused", "\(told.text)")
                await api.platform.charge(try #require(try await api.ledger.payment(seq)))
                let changes = api.ledger.changes()
                let word = try await api.asOperator(.DELETE, "/v1/payments/\(seq)")
                #expect(word.status == (state == .reversed ? 202 : 409), "\(word.text)")
                if state == .refused { continue }
                for await change in changes where change.payment.state == state { break }
                #expect(await api.platform.charged(seq) == .zero)
                api.clock.advance(by: .seconds(60))
            }
        }
    }

    @Test(
        "a reason and a name are one line of bounded length",
        arguments: [
            #"{"why":""}"#, #"{"why":"  "}"#, #"{"why":"a\nb"}"#, #"{"why":"a\u001bb"}"#,
            #"{"why":7}"#, #"{"why":"x","by":""}"#, #"{"why":"x","by":"a\tb"}"#,
            #"{"why":"x","by":"agent"}"#, #"{"why":"x","by":"pos"}"#, "[]",
            #"{"why":"\#(String(repeating: "x", count: 129))"}"#,
        ])
    func wrongWords(body: String) async throws {
        try await withAPI { api in
            let seq = try await payment(api, .held)
            for verb in ["submit", "write-off"] {
                let answer = try await api.asOperator(.POST, "/v1/payments/\(seq)/\(verb)", body)
                #expect(answer.status == 400 && answer.problem == "invalid", "\(answer.text)")
            }
            #expect(try await api.ledger.payment(seq)?.state == .held)
        }
    }

    @Test("without the platform's word: try again later")
    func unreachable() async throws {
        try await withAPI { api in
            let seq = try await payment(api, .rejected)
            await api.platform.reachable(false)
            for verb in ["submit", "write-off"] {
                let answer = try await api.asOperator(
                    .POST, "/v1/payments/\(seq)/\(verb)", #"{"why":"x"}"#)
                #expect(answer.status == 503 && answer.problem == "unavailable")
            }
        }
    }

    static let calls: [(method: HTTPMethod, path: String)] = [
        (.POST, "/v1/payments/K0011767614400000/submit"),
        (.POST, "/v1/payments/K0011767614400000/write-off"),
        (.POST, "/v1/reconcile"), (.GET, "/v1/reconcile"),
    ]

    @Test("these calls are for operators, and an unknown payment is not found")
    func guarded() async throws {
        try await withAPI { api in
            for call in Self.calls {
                for token in [nil, "wrong"] {
                    let answer = try await api.call(
                        call.method, call.path, #"{"why":"x"}"#, token: token)
                    #expect(answer.status == 401 && answer.problem == "forbidden", "\(call.path)")
                }
            }
            for call in Self.calls[..<2] {
                let answer = try await api.asOperator(.POST, call.path, #"{"why":"x"}"#)
                #expect(answer.status == 404 && answer.problem == "not_found")
            }
        }
    }

    @Test("a reconciliation is begun, tells how far it is, and is read as a whole")
    func reconcile() async throws {
        try await withAPI { api in
            let none = try await api.asOperator(.GET, "/v1/reconcile")
            #expect(none.status == 404 && none.problem == "not_found")
            let seq = try await api.paid()
            await api.platform.close(order: seq)
            await api.platform.hold(.ask)
            let events = api.agent.events()
            let date = LocalDate(api.clock.now()).description
            let begun = try await api.asOperator(.POST, "/v1/reconcile", #"{"date":"\#(date)"}"#)
            #expect(begun.status == 202 && begun.json["running"] as? Bool == true)
            let second = try await api.asOperator(.POST, "/v1/reconcile", "{}")
            #expect(second.status == 409 && second.problem == "busy")
            await api.platform.waitForCalls(1, of: .ask)
            await api.platform.release(.ask)
            for await event in events {
                if case .reconciling(let job) = event, job.isOver { break }
            }
            let whole = try await api.asOperator(.GET, "/v1/reconcile")
            #expect(whole.status == 200)
            for part in [
                #""running":false"#, #""done":1"#, #""open":1"#, #""ours":1500"#, #""platform":0"#,
                #""kind":"settled_but_dead""#, #""date":"\#(date)""#, #""archived":0"#,
                #""archived":false"#,
            ] {
                #expect(whole.text.contains(part), "\(part) in \(whole.text)")
            }
        }
    }

    @Test("a date is a day of the calendar", arguments: ["today", "2026-02-30", "2026-1-1", ""])
    func dates(date: String) async throws {
        try await withAPI { api in
            let answer = try await api.asOperator(
                .POST, "/v1/reconcile", #"{"date":"\#(date)"}"#)
            #expect(answer.status == 400 && answer.problem == "invalid")
        }
    }
}
