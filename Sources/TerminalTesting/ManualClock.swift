internal import Synchronization
public import TerminalCore

/// A clock that moves only when a test says so.
///
/// Sleepers wake in the order of their moments.
public final class ManualClock: TerminalClock {
    private struct Sleeper {
        var id: Int
        var due: Duration
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct Watcher {
        var count: Int
        var within: Duration
        var continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var wall: Timestamp
        var uptime = Duration.zero
        var boots = 1
        var isSynchronised = true
        var nextID = 0
        var sleepers: [Sleeper] = []
        var cancelled: Set<Int> = []
        var watchers: [Watcher] = []

        func isSatisfied(_ count: Int, _ within: Duration) -> Bool {
            sleepers.count { $0.due - uptime <= within } >= count
        }
    }

    private let state: Mutex<State>

    /// The wall clock starts at `wall`, the uptime at zero.
    public init(_ wall: Timestamp = Sample.start) { state = Mutex(State(wall: wall)) }

    public func now() -> Timestamp { state.withLock { $0.wall } }

    public func uptime() -> Duration { state.withLock { $0.uptime } }

    /// `boot-1`, and the next one after each ``reboot()``.
    public var bootID: String { state.withLock { "boot-\($0.boots)" } }

    public var isSynchronised: Bool { state.withLock { $0.isSynchronised } }

    /// Says whether a time server keeps the wall clock right.
    public func setSynchronised(_ isSynchronised: Bool) {
        state.withLock { $0.isSynchronised = isSynchronised }
    }

    /// The machine starts anew: the uptime begins at zero under another name. Nobody may sleep.
    public func reboot() {
        state.withLock { state in
            precondition(state.sleepers.isEmpty)
            state.uptime = .zero
            state.boots += 1
        }
    }

    /// How many tasks sleep now.
    public var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    /// The uptime at which the next task wakes; nil when nobody sleeps.
    public var nextDue: Duration? { state.withLock { $0.sleepers.map(\.due).min() } }

    /// Makes the wall clock jump; nobody wakes, since waits follow the uptime.
    public func setWall(_ wall: Timestamp) { state.withLock { $0.wall = wall } }

    public func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        guard duration > .zero else { return }
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                add(continuation, id: id, for: duration)
            }
        } onCancel: {
            cancel(id)
        }
    }

    /// Moves both clocks and wakes whose moment has come, the earliest first.
    public func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.uptime += duration
            state.wall = state.wall + duration
            let due = state.sleepers.filter { $0.due <= state.uptime }
            state.sleepers.removeAll { $0.due <= state.uptime }
            return due.sorted { ($0.due, $0.id) < ($1.due, $1.id) }
        }
        for sleeper in due { sleeper.continuation.resume() }
    }

    /// Moves to the moment of the earliest sleeper; false when nobody sleeps.
    @discardableResult
    public func advanceToNext() -> Bool {
        let wait = state.withLock { state in
            state.sleepers.map(\.due).min().map { $0 - state.uptime }
        }
        guard let wait else { return false }
        advance(by: wait)
        return true
    }

    /// Returns once at least `count` tasks sleep whose moments come within this time.
    public func waitForSleepers(_ count: Int, within: Duration = .seconds(1_000_000_000)) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.isSatisfied(count, within) { return true }
                state.watchers.append(
                    Watcher(count: count, within: within, continuation: continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    private func add(
        _ continuation: CheckedContinuation<Void, any Error>, id: Int, for duration: Duration
    ) {
        let watchers: [Watcher]? = state.withLock { state in
            if state.cancelled.remove(id) != nil { return nil }
            state.sleepers.append(
                Sleeper(id: id, due: state.uptime + duration, continuation: continuation))
            let ready = state.watchers.filter { state.isSatisfied($0.count, $0.within) }
            let rest = state.watchers.filter { !state.isSatisfied($0.count, $0.within) }
            state.watchers = rest
            return ready
        }
        guard let watchers else { return continuation.resume(throwing: CancellationError()) }
        for watcher in watchers { watcher.continuation.resume() }
    }

    private func cancel(_ id: Int) {
        let sleeper = state.withLock { state -> Sleeper? in
            guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
                state.cancelled.insert(id)
                return nil
            }
            return state.sleepers.remove(at: index)
        }
        sleeper?.continuation.resume(throwing: CancellationError())
    }
}
