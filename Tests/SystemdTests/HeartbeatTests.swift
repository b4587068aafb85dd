import Testing

@testable import Systemd

@Suite("The beats of the watchdog")
struct HeartbeatTests {
    /// The turns of reader and sync loop at each beat that is due, `+` a beat, else who stands.
    @Test(
        "a beat is told only when every loop came round since the last one",
        arguments: [
            ([(1, 1), (2, 2), (9, 3)], ["+", "+", "+"]),
            ([(1, 1), (1, 2)], ["+", "reader"]),
            ([(1, 1), (2, 1)], ["+", "sync"]),
            ([(1, 1), (1, 1), (1, 1)], ["+", "reader sync", "reader sync"]),
            // Each came round, though not in the same pause.
            ([(1, 1), (2, 1), (2, 2)], ["+", "sync", "+"]),
            ([(1, 1), (1, 2), (2, 2), (2, 3), (3, 3)], ["+", "reader", "+", "reader", "+"]),
            // Nothing happened since the start.
            ([(0, 0), (0, 1)], ["reader sync", "reader"]),
        ] as [([(UInt64, UInt64)], [String])])
    func beats(turns: [(UInt64, UInt64)], expected: [String]) {
        var heart = Heartbeat(["reader": 0, "sync": 0])
        let actions = turns.map { heart.beatIsDue(["reader": $0.0, "sync": $0.1]) }
        #expect(actions.map(Self.word) == expected)
    }

    private static func word(_ action: Heartbeat.Action) -> String {
        switch action {
        case .beat: "+"
        case .withhold(let names): names.joined(separator: " ")
        }
    }

    @Test("without a reader the sync loop alone decides")
    func alone() {
        var heart = Heartbeat(["sync": 4])
        #expect(heart.beatIsDue(["sync": 4]) == .withhold(["sync"]))
        #expect(heart.beatIsDue(["sync": 5]) == .beat)
    }

    @Test(
        "a third of the manager's time passes between two beats, if they are asked of this process",
        arguments: [
            (["WATCHDOG_USEC": "90000000"], .seconds(30)),
            (["WATCHDOG_USEC": "90000000", "WATCHDOG_PID": "77"], .seconds(30)),
            (["WATCHDOG_USEC": "90000000", "WATCHDOG_PID": "78"], nil),
            (["WATCHDOG_USEC": "90000000", "WATCHDOG_PID": "me"], nil),
            (["WATCHDOG_USEC": "3"], .microseconds(1)),
            (["WATCHDOG_USEC": "0"], nil), (["WATCHDOG_USEC": "-1"], nil),
            (["WATCHDOG_USEC": "soon"], nil), (["WATCHDOG_PID": "77"], nil), ([:], nil),
        ] as [([String: String], Duration?)])
    func pause(environment: [String: String], expected: Duration?) {
        #expect(Watchdog.pause(environment: environment, process: 77) == expected)
    }
}
