internal import Foundation

/// The built agent as a process: how soon it answers, and what it costs while nothing happens.
///
/// It has a simulated reader and a platform whose port is dead, so it probes all the time.
enum StartBench {
    private static let starts = 5
    private static let settleSeconds: UInt32 = 3
    private static let idleSeconds: UInt32 = 5

    static func run(agent: String?) throws -> [Line] {
        let program = try RunningAgent.program(agent)
        var times: [Double] = []
        for _ in 1..<starts { times.append(try RunningAgent(program).answeredAfter) }
        let running = try RunningAgent(program)
        times.append(running.answeredAfter)
        return [
            Line(
                "start: first answer", times.median, unit: " ms", Threshold.startMilliseconds)
        ] + (try idle(running))
    }

    private static func idle(_ agent: RunningAgent) throws -> [Line] {
        sleep(settleSeconds)
        let memory = try ProcessUsage.memory(agent.pid)
        let percent = try ProcessUsage.processorPercent(agent.pid, seconds: idleSeconds)
        return [
            Line("start: resident memory", memory.resident, unit: " MB", Threshold.residentMB),
            Line("start: private memory", memory.own, unit: " MB", Threshold.privateMB),
            Line("start: idle processor", percent, unit: " %", Threshold.idlePercent),
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
