import TerminalCore
import TerminalTesting
import Testing

@testable import SyncEngine

@Suite("The pace of asking: breaker, backoff and the guard against refusals")
struct PaceTests {
    /// `.` answered, `f` failed, `u` unconnected, `s` silent; then whether the breaker is open.
    @Test(
        "three network failures in a row open the breaker",
        arguments: [
            ("", false), ("u", false), ("uu", false), ("uuu", true), ("sss", true), ("usu", true),
            ("uu.u", false), ("uufuu", false), ("uufuuu", true), ("fffff", false),
            ("uuu.", false), ("uuuf", true), ("uuuu", true), ("uuu.uu", false),
        ])
    func breaker(calls: String, isOpen: Bool) {
        var breaker = Breaker()
        for (second, call) in calls.enumerated() {
            _ = breaker.note(Self.result(call), at: .seconds(second))
        }
        #expect(breaker.isOpen == isOpen)
    }

    private static func result(_ letter: Character) -> Breaker.Result {
        switch letter {
        case ".": .answered
        case "f": .failed
        case "u": .unconnected
        default: .silent
        }
    }

    @Test("closing is reported once, and the state has a colour and a beginning")
    func closing() {
        var breaker = Breaker()
        #expect(breaker.state(at: .zero) == .online)
        let results: [Breaker.Result] = [.answered, .silent, .silent, .silent]
        let early = results.enumerated().map { breaker.note($1, at: .seconds($0 + 1)) }
        #expect(early == [false, false, false, false])
        #expect(breaker.state(at: .seconds(4)) == .offline)
        #expect(breaker.changedAt(at: .seconds(4)) == .seconds(4))
        let late = [9, 10].map { breaker.note(.answered, at: .seconds($0)) }
        #expect(late == [true, false])
        #expect(breaker.changedAt(at: .seconds(10)) == .seconds(9))
        #expect(breaker.state(at: .seconds(63)) == .degraded)
        #expect(breaker.state(at: .seconds(64)) == .online)
    }

    /// Failures at these seconds, then when the state of the last second began.
    @Test(
        "a state is as old as its first failure, and online again a minute after the last",
        arguments: [
            ([], 9, 0), ([100], 100, 100), ([100, 130], 159, 100), ([100, 130], 189, 100),
            ([100, 130], 190, 190), ([100, 130], 500, 190), ([100, 300], 310, 300),
        ])
    func since(failures: [Int], now: Int, began: Int) {
        var breaker = Breaker()
        for second in failures { _ = breaker.note(.failed, at: .seconds(second)) }
        #expect(breaker.changedAt(at: .seconds(now)) == .seconds(began))
    }

    @Test("a probe without a connection is repeated at the pace of retry_min")
    func cheapProbes() {
        var breaker = Breaker()
        for _ in 0..<9 { _ = breaker.note(.unconnected, at: .zero) }
        let delay = breaker.probeDelay(retryMin: .seconds(1)) { $0.upperBound }
        #expect(delay == .seconds(1))
    }

    @Test("a probe that reached the platform backs off, between retry_min and 30 s")
    func dearProbes() {
        for seed in 0..<100 as Range<UInt64> {
            let random = SeededGenerator.draws(seed: seed)
            var breaker = Breaker()
            for _ in 0..<30 {
                _ = breaker.note(.silent, at: .zero)
                let delay = breaker.probeDelay(retryMin: .seconds(1), random: random)
                #expect(delay >= .seconds(1) && delay <= Breaker.probeMax)
            }
        }
        var breaker = Breaker()
        _ = breaker.note(.silent, at: .zero)
        let delays = (0..<6).map { _ in
            breaker.probeDelay(retryMin: .seconds(1)) { $0.upperBound }.components.seconds
        }
        #expect(delays == [2, 4, 8, 16, 30, 30])
    }

    @Test("a retry_min above 30 s is kept")
    func slowProbes() {
        var breaker = Breaker()
        _ = breaker.note(.silent, at: .zero)
        let delay = breaker.probeDelay(retryMin: .seconds(60)) { $0.upperBound }
        #expect(delay == .seconds(60))
    }

    @Test("over 1000 seeds a wait is never longer than it may be, and the waits grow")
    func backoff() {
        for seed in 0..<1_000 as Range<UInt64> {
            let random = SeededGenerator.draws(seed: seed)
            var backoff = Backoff()
            for tries in 0..<30 {
                let ceiling = min(Duration.seconds(300), .seconds(1) * (1 << min(tries, 20)))
                backoff.failed(
                    at: .seconds(50), rules: Sample.rules, patience: nil, random: random)
                #expect(backoff.dueAt >= .seconds(50))
                #expect(backoff.dueAt - .seconds(50) <= ceiling)
            }
        }
    }

    @Test(
        "the platform's own wish is honoured up to retry_max",
        arguments: [(0, 0), (5, 5), (300, 300), (301, 300), (86_400, 300)])
    func patience(wish: Int, wait: Int) {
        var backoff = Backoff()
        backoff.failed(at: .zero, rules: Sample.rules, patience: .seconds(wish)) { $0.lowerBound }
        #expect(backoff.dueAt == .seconds(wait))
    }

    @Test("the third different card refused in a row stops the drain")
    func refusals() {
        var guarding = RefusalGuard()
        let admitted = [1, 1, 2, 3, 1].map { guarding.admits(refusalOf: Sample.card($0)) }
        #expect(admitted == [true, true, true, false, false])
        #expect(guarding.isTripped)
        guarding.released()
        let again = guarding.admits(refusalOf: Sample.card(3))
        #expect(again)
    }

    @Test("what was refused before a restart counts, and stops nothing by itself")
    func recalled() {
        var guarding = RefusalGuard()
        guarding.recall([Sample.card(2), Sample.card(1)])
        #expect(!guarding.isTripped)
        let admitted = [2, 1, 3].map { guarding.admits(refusalOf: Sample.card($0)) }
        #expect(admitted == [true, true, false])
    }

    @Test("a charge in between begins the count anew")
    func chargeBetween() {
        var guarding = RefusalGuard()
        let before = [1, 2].map { guarding.admits(refusalOf: Sample.card($0)) }
        guarding.charged()
        let after = guarding.admits(refusalOf: Sample.card(3))
        #expect(before == [true, true] && after)
        #expect(!guarding.isTripped)
    }
}
