import Foundation
import TerminalTesting
import Testing

@testable import Ledger

/// The power is cut at an operation of the disk; what was not synced is kept, dropped or torn.
///
/// Quick by default: every few operations of a few days. `SOAK=n` cuts at every operation of n
/// days.
@Suite("A power cut loses nothing", .timeLimit(.minutes(60)))
struct PowerCutTests {
    /// Where the power is cut.
    struct Cuts {
        /// At one of so many operations of the day.
        var stride: Int
        /// One of so many survivors has its power cut again while it starts,
        var secondEvery = Int.max
        /// at one of so many operations of that start.
        var secondStride = 1
    }

    static let soakDays = ProcessInfo.processInfo.environment["SOAK"].flatMap { UInt64($0) }
    static let days = Array(1...(soakDays ?? 2))
    static let callsPerDay = 150
    static let cuts =
        soakDays == nil
        ? Cuts(stride: 23, secondEvery: 25, secondStride: 13)
        : Cuts(stride: 1, secondEvery: 50, secondStride: 3)

    @Test("cut anywhere in a day, and anywhere in the start that follows", arguments: days)
    func everywhere(seed: UInt64) async throws {
        let began = ContinuousClock.now
        let day = try await Day(seed: seed, calls: Self.callsPerDay)
        let (points, problems) = await Self.cut(day, Self.cuts)
        #expect(problems == [])
        #expect(points > day.trace.count / Self.cuts.stride)
        print(
            "power cuts: seed \(seed), \(day.trace.count) operations, \(points) crash points, "
                + "\(problems.count) problems, \(ContinuousClock.now - began)")
    }

    @Test("a disk that answers syncs without doing them is found out")
    func lyingDisk() async throws {
        let day = try await Day(seed: 1, calls: 60)
        let (_, problems) = await Self.cut(day, Cuts(stride: 7), lies: true)
        #expect(problems.contains { $0.contains("told approved, now") })
        #expect(problems.contains { $0.contains("neither the ledger") })
    }

    @Test("a ledger that does not sync its commits is found out")
    func noSync() async throws {
        let day = try await Day(seed: 1, calls: 60) { ledger in try ledger.syncNever() }
        let (_, problems) = await Self.cut(day, Cuts(stride: 7))
        #expect(problems.contains { $0.contains("told approved, now") })
    }

    /// Cuts the power of `day` again and again; returns how often, and what was lost.
    static func cut(
        _ day: Day, _ cuts: Cuts, lies: Bool = false
    ) async -> (points: Int, problems: [String]) {
        var (points, problems) = (0, [String]())
        var medium = Medium(lies: lies)
        for position in 0...day.trace.count {
            if position > 0 { medium.take(day.trace[position - 1]) }
            guard position % cuts.stride == Int(day.seed) % cuts.stride else { continue }
            points += 1
            let step = day.lastStep(at: position)
            let promises = step.map { day.steps[$0].promises } ?? Promises()
            let contents = day.steps[(step ?? 0)...].prefix(2).map(\.content)
            var generator = SeededGenerator(seed: day.seed << 32 | UInt64(position))
            let survivor = Survivor(
                place: "seed \(day.seed), cut at operation \(position)",
                image: medium.afterPowerCut(&generator))
            guard points % cuts.secondEvery == 0 else {
                problems += await survivor.problems(promises, contents: contents)
                continue
            }
            var start: [DiskUnderTest.Operation] = []
            problems += await survivor.problems(promises, contents: contents) { start = $0 }
            let (more, found) = await cutAgain(
                survivor, start, promises, cuts.secondStride, &generator)
            points += more
            problems += found
        }
        return (points, problems)
    }

    /// Cuts the power of the survivor's own start.
    private static func cutAgain(
        _ survivor: Survivor, _ start: [DiskUnderTest.Operation], _ promises: Promises,
        _ stride: Int, _ generator: inout SeededGenerator
    ) async -> (points: Int, problems: [String]) {
        var (points, problems) = (0, [String]())
        var medium = Medium(survivor.image)
        for (index, operation) in start.enumerated() {
            medium.take(operation)
            guard index % stride == 0 else { continue }
            points += 1
            let again = Survivor(
                place: "\(survivor.place), again at \(index + 1) of the start",
                image: medium.afterPowerCut(&generator))
            problems += await again.problems(promises, contents: nil)
        }
        return (points, problems)
    }
}
