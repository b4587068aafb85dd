import Dispatch
import Synchronization

/// Works through many seeds on several threads.
public final class Soak: Sendable {
    private struct State {
        var next: UInt64
        var result = Result()
    }

    /// What came of it.
    public struct Result: Sendable {
        public var done: UInt64 = 0
        /// The outcomes in which a rule did not hold.
        public var failed: [Outcome] = []
        /// Why a scenario could not be run at all.
        public var trouble: String?
        /// The sum of all digests: equal for equal scenarios, in whatever order they end.
        public var digest: UInt64 = 0
        public var tally: [String: Int] = [:]

        public var isClean: Bool { failed.isEmpty && trouble == nil }
    }

    private let state: Mutex<State>
    private let last: UInt64
    private let failuresMax: Int
    private let end: ContinuousClock.Instant
    private let progress: @Sendable (UInt64) -> Void

    /// Begins no scenario after `end` or after `failuresMax` failures; `progress` is told after
    /// each scenario how many are done.
    public init(
        seeds: ClosedRange<UInt64>, failuresMax: Int, end: ContinuousClock.Instant,
        progress: @escaping @Sendable (UInt64) -> Void = { _ in }
    ) {
        state = Mutex(State(next: seeds.lowerBound))
        last = seeds.upperBound
        self.failuresMax = failuresMax
        self.end = end
        self.progress = progress
    }

    /// Holds the calling thread until all is done.
    public func run(threads: Int) -> Result {
        DispatchQueue.concurrentPerform(iterations: threads) { _ in work() }
        return state.withLock { $0.result }
    }

    /// Runs seed after seed until there is none left.
    private func work() {
        while let seed = take() {
            do {
                note(try Simulation.run(seed: seed))
            } catch {
                state.withLock { $0.result.trouble = "seed \(seed) could not be run: \(error)" }
            }
        }
    }

    private func take() -> UInt64? {
        guard ContinuousClock.now < end else { return nil }
        return state.withLock { state in
            guard state.next <= last, state.result.failed.count < failuresMax,
                state.result.trouble == nil
            else { return nil }
            defer { state.next += 1 }
            return state.next
        }
    }

    private func note(_ outcome: Outcome) {
        let done = state.withLock { state in
            state.result.done += 1
            state.result.digest &+= outcome.digest
            state.result.tally.merge(outcome.tally, uniquingKeysWith: +)
            if !outcome.violations.isEmpty { state.result.failed.append(outcome) }
            return state.result.done
        }
        progress(done)
    }
}
