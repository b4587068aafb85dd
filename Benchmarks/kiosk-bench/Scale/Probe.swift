internal import AsyncHTTPClient
internal import Glibc
internal import Ledger
internal import NIOCore
internal import NIOHTTP1

/// What an agent costs over one ledger file.
struct Probe {
    private static let taps = 200
    private static let warmUpTaps = 20
    private static let starts = 3
    private static let calls = 20
    private static let settleSeconds: UInt32 = 2
    private static let bodyMax = 1 << 20

    /// To record one, in microseconds.
    private let tap: Double
    /// From its start to its first answer, in milliseconds.
    private let firstAnswer: Double
    /// In MB.
    private let memory: Double
    /// To answer `GET /v1/status`, in milliseconds.
    private let status: Double

    /// Taps cards from number `first` on, then starts agents.
    init(
        _ path: String, _ program: String, platformPort: UInt16? = nil, fromCard first: Int = 0
    ) async throws {
        tap = try await Self.record(path, fromCard: first)
        firstAnswer = try (0..<Self.starts).map { _ in
            try RunningAgent(program, ledger: path, platformPort: platformPort).answeredAfter
        }.median
        let agent = try RunningAgent(program, ledger: path, platformPort: platformPort)
        sleep(Self.settleSeconds)
        memory = try ProcessUsage.memory(agent.pid).own
        status = try await Self.ask(agent.port)
        agent.end()
    }

    /// One line for each figure; `sizes` are what the probes differ in.
    static func lines(_ probes: [Probe], _ along: String, _ sizes: [Int]) -> [Line] {
        [
            Line(
                "scale: a tap \(along)", growth: probes.map(\.tap), at: sizes, unit: " µs"),
            Line(
                "scale: first answer \(along)", growth: probes.map(\.firstAnswer), at: sizes,
                unit: " ms"),
            Line(
                "scale: private memory \(along)", growth: probes.map(\.memory), at: sizes,
                unit: " MB"),
            Line(
                "scale: status \(along)", growth: probes.map(\.status), at: sizes, unit: " ms"),
        ]
    }

    private static func record(_ path: String, fromCard first: Int) async throws -> Double {
        let ledger = try Ledger.forBench(path)
        let all = Tap.some(warmUpTaps + taps, fromCard: first)
        _ = try await ledger.record(Array(all.prefix(warmUpTaps)))
        let time = try await ledger.record(Array(all.dropFirst(warmUpTaps)))
        return time.microseconds / Double(taps)
    }

    private static func ask(_ port: UInt16) async throws -> Double {
        var times: [Double] = []
        for _ in 0..<calls {
            let start = ContinuousClock.now
            let answer = try await OnlinePlatform.http.execute(
                HTTPClientRequest(url: "http://127.0.0.1:\(port)/v1/status"),
                timeout: .seconds(5))
            _ = try await answer.body.collect(upTo: bodyMax)
            guard answer.status == .ok else {
                throw BenchFailure("the agent answers \(answer.status.code) for its status")
            }
            times.append((ContinuousClock.now - start).microseconds / 1_000)
        }
        return times.median
    }
}
