import Foundation
import Synchronization
import Testing

/// One call of the mirror fails, or all from it on; then the medium works again.
///
/// Quick by default: every few calls. `SOAK=n` fails each one.
@Suite("A failing medium never has the mirror say more than it holds", .timeLimit(.minutes(30)))
struct MirrorFaultTests {
    /// How the medium fails.
    struct Fault: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var calls: Set<PlannedCalls.Call>
        var answer: PlannedCalls.Answer
        var lasting: Bool
    }

    /// What needs room.
    private static let growing: Set<PlannedCalls.Call> = [
        .make, .write, .sync, .rename, .syncDirectory,
    ]
    private static let all = Set(PlannedCalls.Call.allCases)
    static let faults = [
        Fault(
            testDescription: "ENOSPC once", calls: growing, answer: .error(ENOSPC), lasting: false),
        Fault(
            testDescription: "ENOSPC from then on", calls: growing, answer: .error(ENOSPC),
            lasting: true),
        Fault(testDescription: "EIO once", calls: all, answer: .error(EIO), lasting: false),
        Fault(testDescription: "EIO from then on", calls: all, answer: .error(EIO), lasting: true),
        Fault(
            testDescription: "removals fail from then on", calls: [.unlink], answer: .error(EIO),
            lasting: true),
        Fault(testDescription: "half a write once", calls: [.write], answer: .half, lasting: false),
        Fault(
            testDescription: "half a write from then on", calls: [.write], answer: .half,
            lasting: true),
    ]
    private static let isSoak = ProcessInfo.processInfo.environment["SOAK"] != nil

    /// One of so many calls fails; of one kind there are few.
    private static func stride(_ fault: Fault) -> Int {
        isSoak || fault.calls.count == 1 ? 1 : 3
    }

    @Test("each call of a day fails in its turn", arguments: faults, [false, true])
    func everyCall(fault: Fault, required: Bool) async throws {
        var (after, points) = (0, 0)
        while true {
            var day = try FaultyMirrorDay(FaultPlan(fault, after: after), required: required)
            guard try await day.live() else { break }
            points += 1
            after += Self.stride(fault)
        }
        #expect(points > 0)
        let need = required ? "required" : "optional"
        print("mirror faults, \(need): \(fault.testDescription): \(points) points")
    }
}

/// When a call fails: after so many of the fault's kinds, until the medium is mended.
final class FaultPlan: Sendable {
    private struct State {
        var seen = 0
        var failures = 0
        var isMended = false
    }

    let fault: MirrorFaultTests.Fault
    /// How many calls succeed before the fault.
    let after: Int
    private let state = Mutex(State())

    init(_ fault: MirrorFaultTests.Fault, after: Int) {
        (self.fault, self.after) = (fault, after)
    }

    func answer(_ call: PlannedCalls.Call) -> PlannedCalls.Answer {
        guard fault.calls.contains(call) else { return .honest }
        return state.withLock { state in
            state.seen += 1
            guard !state.isMended, state.seen > after, fault.lasting || state.failures == 0 else {
                return .honest
            }
            state.failures += 1
            return fault.answer
        }
    }

    func mend() { state.withLock { $0.isMended = true } }

    var failures: Int { state.withLock(\.failures) }
}
