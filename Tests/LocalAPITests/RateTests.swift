import NIOHTTP1
import TerminalTesting
import Testing

@testable import LocalAPI

@Suite("How often one may call") struct RateTests {
    @Test("a burst is taken at once, then so many a second, and quiet time is not saved up")
    func rate() {
        var rate = CallRate(perSecond: 10, burst: 3)
        func taken(at time: Duration, of calls: Int) -> Int {
            (0..<calls).count { _ in rate.take(at: time) }
        }
        #expect(taken(at: .zero, of: 5) == 3)
        #expect(taken(at: .milliseconds(99), of: 5) == 0)
        #expect(taken(at: .milliseconds(100), of: 5) == 1)
        #expect(taken(at: .milliseconds(350), of: 5) == 2)
        #expect(taken(at: .seconds(3_600), of: 5) == 3)
    }

    @Test("a POS that asks every 20 ms is never refused, whatever a page asked at the start")
    func polling() {
        var rate = CallRate(
            perSecond: APILimits.callsPerSecond, burst: APILimits.callsBurst)
        let atOnce = (0..<APILimits.callsBurst / 2).allSatisfy { _ in rate.take(at: .zero) }
        let polled = (1...10_000).allSatisfy { rate.take(at: .milliseconds(20 * $0)) }
        #expect(atOnce && polled)
    }

    @Test("who calls too often is told to wait, except by healthz; later calls are taken again")
    func flood() async throws {
        try await withAPI { api in
            var refused: Answer?
            for _ in 0...APILimits.callsBurst where refused == nil {
                let answer = try await api.call(.GET, "/payer.css")
                if answer.status != 200 { refused = answer }
            }
            let answer = try #require(refused)
            #expect(answer.status == 429 && answer.problem == "busy")
            #expect(answer.headers.first(name: "retry-after") == "1")
            #expect(try await api.call(.GET, "/healthz").status == 200)
            let foreign = try await api.call(.GET, "/", headers: ["Origin": "http://evil.com"])
            #expect(foreign.status == 403)
            api.clock.advance(by: .milliseconds(1_000 / APILimits.callsPerSecond))
            #expect(try await api.call(.GET, "/payer.css").status == 200)
        }
    }

    @Test("some mistakes are free, then each waits longer, and quiet time forgets them")
    func guesses() {
        var count = GuessCount()
        func next(at time: Duration = .zero) -> GuessCount.Answer {
            let answer = count.came(at: time)
            if case .after = answer { count.waited() }
            return answer
        }
        #expect((0..<5).map { _ in next() } == Array(repeating: .now, count: 5))
        let waits: [GuessCount.Answer] = [
            .after(.milliseconds(250), isFirst: true), .after(.milliseconds(500), isFirst: false),
            .after(.seconds(1), isFirst: false), .after(.seconds(2), isFirst: false),
        ]
        #expect(waits.map { _ in next() } == waits)
        #expect((0..<99).map { _ in next() } == Array(repeating: waits[3], count: 99))
        #expect(next(at: .seconds(119)) == .now)
    }

    @Test("only so many guesses wait at once, so that they take up no more")
    func waiting() {
        var count = GuessCount()
        let answers = (0..<20).map { _ in count.came(at: .zero) }
        #expect(answers.prefix(5).allSatisfy { $0 == .now })
        #expect(answers.dropFirst(13).allSatisfy { $0 == .refused })
        count.waited()
        #expect(count.came(at: .zero) == .after(.seconds(2), isFirst: false))
        #expect(count.came(at: .zero) == .refused)
    }

    @Test("after many wrong tokens the next one waits, the right one and calls without one do not")
    func rightToken() async throws {
        try await withAPI { api in
            for _ in 0..<GuessCount.freeMax {
                let wrong = try await api.call(.GET, "/v1/payments", token: "wrong")
                #expect(wrong.status == 401)
            }
            let began = ContinuousClock.now
            let late = try await api.call(.GET, "/v1/payments", token: "wrong")
            #expect(late.status == 401)
            #expect(ContinuousClock.now - began >= GuessCount.waitMin)
            // If each of them waited, they would take more than a minute.
            for _ in 0..<20 {
                #expect(try await api.asOperator(.GET, "/v1/payments").status == 200)
                #expect(try await api.call(.GET, "/v1/status").status == 200)
            }
            #expect(ContinuousClock.now - began < .seconds(30))
        }
    }

    @Test(
        "a call has one spelling",
        arguments: [
            ("/", true), ("/v1/status", true), ("/payer.css", true), ("/v1/payments/K1", true),
            ("/v1/lost-cards/import", true), ("", false), ("*", false), ("v1/status", false),
            ("//", false), ("//v1/status", false), ("/v1//status", false), ("/v1/status/", false),
            ("/v1/./status", false), ("/v1/../status", false), ("/..", false), ("/.", false),
            ("/v1/%73tatus", false), ("/v1/payments/%2e%2e", false), ("/v1/payments/%00", false),
            ("/v1/payments/..%2F..", false), ("/v1/st\u{e4}tus", false), ("/v1/status#a", false),
            ("/v1/status;a", false), ("/v1\\status", false), ("/v1/sta tus", false),
            ("/a/b/c/d/e/f/g/h", true), ("/a/b/c/d/e/f/g/h/i", false),
        ])
    func path(_ path: String, _ isPlain: Bool) { #expect(PathGuard.isPlain(path) == isPlain) }

    @Test("a part of a path is of bounded length")
    func longPath() {
        #expect(PathGuard.isPlain("/" + String(repeating: "a", count: 64)))
        #expect(!PathGuard.isPlain("/" + String(repeating: "a", count: 65)))
    }
}
