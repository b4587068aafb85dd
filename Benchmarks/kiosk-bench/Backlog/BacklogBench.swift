internal import CYardstick
internal import Glibc
internal import Ledger

/// The built agent with 100,000 unforwarded payments: how soon it answers, what it costs while the
/// platform stays dead, and how long a tap takes to record beside them.
enum BacklogBench {
    private static let payments = 100_000
    private static let starts = 3
    private static let settleSeconds: UInt32 = 3
    private static let idleSeconds: UInt32 = 5
    private static let taps = 200

    static func run(_ effort: Effort, agent: String?) async throws -> [Line] {
        let program = try RunningAgent.program(agent)
        let scratch = try Scratch()
        let path = scratch.path("ledger.sqlite")
        let port = try FreePort.find()
        _ = try Ledger.forBench(path)
        try PlainLedger(path: path).fill(
            effort.count(payments), host: "127.0.0.1:\(port)", settles: false)
        let lines = try start(program, path, port)
        return lines + [try await recordTaps(path)]
    }

    private static func start(
        _ program: String, _ path: String, _ port: UInt16
    ) throws -> [Line] {
        var times: [Double] = []
        for _ in 1..<starts {
            let running = try RunningAgent(program, ledger: path, platformPort: port)
            times.append(running.answeredAfter)
        }
        let running = try RunningAgent(program, ledger: path, platformPort: port)
        times.append(running.answeredAfter)
        sleep(settleSeconds)
        let memory = try ProcessUsage.memory(running.pid)
        let idle = try ProcessUsage.idle(running.pid, seconds: idleSeconds)
        return [
            Line(
                "backlog: first answer", times, unit: " ms",
                Threshold.backlogStartMilliseconds),
            Line(
                "backlog: resident memory", memory.resident, unit: " MB",
                Threshold.backlogResidentMB),
            Line("backlog: private memory", memory.own, unit: " MB", Threshold.privateMB),
            Line("backlog: idle processor", idle.percent, unit: " %", Threshold.deadIdlePercent),
        ]
    }

    /// Taps of cards that have nothing unforwarded, while the platform is known to be down.
    private static func recordTaps(_ path: String) async throws -> Line {
        let ledger = try Ledger.forBench(path)
        var times: [Double] = []
        for tap in Tap.some(taps, fromCard: Int(YARDSTICK_CARDS)) {
            times.append(try await ledger.record([tap]).microseconds / 1_000)
        }
        return Line(
            "backlog: a tap, p99", times.p99, unit: " ms", Threshold.backlogTapMilliseconds)
    }
}
