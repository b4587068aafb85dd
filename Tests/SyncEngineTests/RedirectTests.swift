import TerminalCore
import TerminalTesting
import Testing

@testable import SyncEngine

@Suite("A platform that sends us elsewhere", .timeLimit(.minutes(1)))
struct RedirectTests {
    private static let portal = Redirect(to: "http://portal.example")
    private static let answers: [PlatformAnswer] = [
        .later(after: nil, redirect: portal), .notSent(.redirected(portal)),
    ]

    @Test("is named with the place it sends us to, until it answers", arguments: answers)
    func named(answer: PlatformAnswer) async throws {
        let bench = try EngineBench()
        await bench.platform.script(.deliver, .answer(answer))
        let payment = try await bench.pending()
        await bench.engine.pay(payment)
        #expect(try await bench.state(payment) == .accepted)
        let status = await bench.engine.status
        #expect(status.platform == .degraded)
        #expect(
            status.problems == [
                "the platform sends us elsewhere — it redirects to http://portal.example, which is "
                    + "not followed — set platform.base_url to where it really is"
            ])
        try await bench.running { try await bench.wait(for: payment.seq, in: .settled) }
        let problems = await bench.engine.status.problems
        #expect(problems == [])
    }

    /// What came last, and whether the redirect before it is still what staff must mend.
    private static let later: [(PlatformAnswer, Bool)] = [
        (.unknown, true), (.notSent(.network), true), (.notSent(.withdrawn), true),
        (.later(after: nil), false), (.notSent(.platform(after: nil)), false),
        (.notSent(.credentials), false), (.absent, false), (.charged(Trade()), false),
    ]

    @Test("silence does not end it, any other answer does", arguments: later)
    func ended(answer: PlatformAnswer, isLasting: Bool) async throws {
        let bench = try EngineBench()
        await bench.engine.note(.later(after: nil, redirect: Redirect()))
        await bench.engine.note(answer)
        let redirect = await bench.engine.status.redirect
        #expect(redirect == (isLasting ? Redirect() : nil))
    }

    @Test("one that stays at its host is named, too")
    func sameHost() async throws {
        let bench = try EngineBench()
        await bench.engine.note(.notSent(.redirected(Redirect())))
        let problem = await bench.engine.status.platformProblem
        #expect(problem?.contains(" — it redirects to another address, which is not ") == true)
    }

    @Test("a new place is news")
    func news() async throws {
        let bench = try EngineBench()
        var news = await bench.engine.news.makeAsyncIterator()
        for place in ["a", "b"] {
            await bench.engine.note(.later(after: nil, redirect: Redirect(to: place)))
        }
        let newest = await news.next()?.redirect
        #expect(newest == Redirect(to: "b"))
    }
}
