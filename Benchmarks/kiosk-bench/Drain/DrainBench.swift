internal import Foundation
internal import Ledger

/// The built agent delivers a long backlog, a token and an order for each payment, and the Python
/// agent does so before and after it, over one platform in plain C that answers at once.
enum DrainBench {
    private static let payments = 100_000
    /// Python is measured twice with so many: its rate does not depend on the number.
    private static let pythonPayments = 5_000
    private static let clientPairs = 20_000
    private static let settleSeconds: UInt32 = 3
    /// After this the drain is given up.
    private static let drainMax = Duration.seconds(900)

    /// What one drain was like.
    private struct Drain {
        /// Payments a second in each tenth.
        var rates: [Double]
        /// Of the processors for each payment.
        var microseconds: Double
        var memory: ProcessUsage.Memory
        /// Of the ledger's file for each payment.
        var bytes: Double
    }

    static func run(_ effort: Effort, agent: String?) async throws -> [Line] {
        let program = try RunningAgent.program(agent)
        let scratch = try Scratch()
        let platform = try PlainPlatform()
        let client = try await ClientAlone.microseconds(
            platform, pairs: effort.count(clientPairs))
        let fewer = effort.count(pythonPayments)
        var python = try drainInPython(platform, scratch.path("before.sqlite"), fewer)
        let ours = try drain(
            program, platform, scratch.path("ledger.sqlite"), effort.count(payments))
        python += try drainInPython(platform, scratch.path("after.sqlite"), fewer)
        return lines(ours, python, client)
    }

    private static func lines(_ ours: Drain, _ python: [Double], _ client: Double) -> [Line] {
        let pairs = zip(ours.rates, python).map { Pair(ours: $0, yardstick: $1) }
        let (first, last) = (ours.rates[0], ours.rates[ours.rates.count - 1])
        return [
            Line("drain: payments, to Python's", pairs, unit: "/s", Threshold.drainRatio),
            Line(
                "drain: last tenth to first", [Pair(ours: last, yardstick: first)], unit: "/s",
                Threshold.drainFlat),
            Line("drain: HTTP client alone", told: client, unit: " µs"),
            Line(
                "drain: processor beyond it", ours.microseconds - client, unit: " µs",
                Threshold.drainMicroseconds),
            Line(
                "drain: resident memory after", ours.memory.resident, unit: " MB",
                Threshold.fullResidentMB),
            Line(
                "drain: private memory after", ours.memory.own, unit: " MB",
                Threshold.fullPrivateMB),
            Line(
                "drain: ledger, each payment", ours.bytes, unit: " B", Threshold.paymentBytes),
        ]
    }

    private static func drain(
        _ program: String, _ platform: PlainPlatform, _ path: String, _ count: Int
    ) throws -> Drain {
        _ = try Ledger.forBench(path)
        try PlainLedger(path: path).fill(
            count, host: "127.0.0.1:\(platform.port)", settles: false)
        let orders = platform.orders..<platform.orders + count
        let agent = try RunningAgent(program, ledger: path, platformPort: platform.port)
        let before = try ProcessUsage.processorSeconds(agent.pid)
        let delivered = platform.orders - orders.lowerBound
        try wait(for: orders.upperBound, platform, agent)
        sleep(settleSeconds)
        let spent = try ProcessUsage.processorSeconds(agent.pid) - before
        let memory = try ProcessUsage.memory(agent.pid)
        agent.end()
        return Drain(
            rates: platform.rates(orders, parts: 10),
            microseconds: spent * 1_000_000 / Double(count - delivered), memory: memory,
            bytes: Double(try bytes(path)) / Double(count))
    }

    private static func wait(
        for orders: Int, _ platform: PlainPlatform, _ agent: RunningAgent
    ) throws {
        let end = ContinuousClock.now + drainMax
        while platform.orders < orders {
            guard agent.isRunning, ContinuousClock.now < end else {
                throw BenchFailure(
                    "\(orders - platform.orders) payments were not drained\n\(agent.lastWords)")
            }
            usleep(50_000)
        }
    }

    /// Payments a second, in each of five parts.
    private static func drainInPython(
        _ platform: PlainPlatform, _ path: String, _ count: Int
    ) throws -> [Double] {
        let first = platform.orders
        _ = try PythonAgent.run([
            "drain", "--url", platform.address, "--payments", "\(count)", "--file", path,
        ])
        return platform.rates(first..<first + count, parts: 5)
    }

    /// Of the file and its log.
    private static func bytes(_ path: String) throws -> Int {
        guard let file = FileFacts(path) else { throw BenchFailure("no ledger at \(path)") }
        return file.bytes + (FileFacts(path + "-wal")?.bytes ?? 0)
    }
}
