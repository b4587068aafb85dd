internal import Foundation

/// The built agent as a process: how soon it answers, and what it costs while nothing happens.
///
/// Its reader is simulated. Its platform is there, and then a dead port, which it probes all the
/// time.
enum StartBench {
    private static let starts = 7
    private static let settleSeconds: UInt32 = 3
    private static let idleSeconds: UInt32 = 30

    static func run(_ effort: Effort, agent: String?, _ large: LargeLedger) throws -> [Line] {
        let program = try RunningAgent.program(agent)
        let path = try large.path()
        // Brings what the file needs once, and its pages into memory.
        _ = try RunningAgent(program, ledger: path)
        var (empty, full): ([Double], [Double]) = ([], [])
        for _ in 0..<starts {
            empty.append(try RunningAgent(program).answeredAfter)
            full.append(try RunningAgent(program, ledger: path).answeredAfter)
        }
        return [
            Line("start: first answer", empty, unit: " ms", Threshold.startMilliseconds),
            Line(
                "start: with \(large.rows.grouped) payments", full, unit: " ms",
                Threshold.largeStartMilliseconds),
        ] + (try idle(program, effort))
    }

    private static func idle(_ program: String, _ effort: Effort) throws -> [Line] {
        let platform = try PlainPlatform()
        let agent = try RunningAgent(program, platformPort: platform.port)
        let lonely = try RunningAgent(program)
        sleep(settleSeconds)
        let memory = try ProcessUsage.memory(agent.pid)
        let idle = try ProcessUsage.idle(agent.pid, seconds: effort.seconds(idleSeconds))
        let probing = try ProcessUsage.idle(lonely.pid, seconds: effort.seconds(idleSeconds))
        for each in [agent, lonely] { each.end() }
        guard platform.orders == 0 else { throw BenchFailure("an idle agent posted an order") }
        return [
            Line("start: resident memory", memory.resident, unit: " MB", Threshold.residentMB),
            Line("start: private memory", memory.own, unit: " MB", Threshold.idlePrivateMB),
            Line(
                "start: idle processor", [idle.percent], unit: " %", places: 3,
                Threshold.idlePercent),
            Line("start: wake-ups a second", idle.wakeUps, unit: "", Threshold.idleWakeUps),
            Line(
                "start: idle, dead platform", [probing.percent], unit: " %", places: 3,
                Threshold.deadIdlePercent),
        ]
    }
}

extension RunningAgent {
    /// The program at `path`, otherwise the one that was built together with this one.
    static func program(_ path: String?, _ name: String = "kiosk-agent") throws -> String {
        let program = try path ?? beside(name)
        guard access(program, X_OK) == 0 else {
            throw BenchFailure("no program at \(program) — build \(name), or give its path")
        }
        return program
    }

    private static func beside(_ name: String) throws -> String {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(filePath: own).deletingLastPathComponent().appending(path: name).path
    }
}
