internal import NIOCore
internal import Synchronization

/// One way into the local API, TCP or the socket, with bounds of its own: whoever floods the one
/// does not shut the other.
final class Door: Sendable {
    private struct State {
        var machine = StateMachine(visitorsMax: APILimits.connectionsMax)
        var channels: [Int: any Channel] = [:]
        var newest = 0
        var rate = CallRate(
            perSecond: APILimits.callsPerSecond, burst: APILimits.callsBurst)
        var held = 0
    }

    private let state = Mutex(State())

    /// How many are connected.
    var visitors: Int { state.withLock { $0.machine.count } }

    /// A connection is open: gives it a number, and closes the one that must leave for it.
    func came(_ channel: any Channel) -> Int {
        let (visitor, leaving) = state.withLock { state -> (Int, (any Channel)?) in
            state.newest += 1
            let visitor = state.newest
            state.channels[visitor] = channel
            guard let leaving = state.machine.came(visitor) else { return (visitor, nil) }
            return (visitor, state.channels.removeValue(forKey: leaving))
        }
        leaving?.close(mode: .all, promise: nil)
        return visitor
    }

    /// The head of a request has arrived.
    func asked(_ visitor: Int) { state.withLock { $0.machine.asked(visitor) } }

    /// The visitor waits for no answer any more.
    func answered(_ visitor: Int) { state.withLock { $0.machine.answered(visitor) } }

    /// The connection is closed.
    func left(_ visitor: Int) {
        state.withLock { state in
            state.machine.left(visitor)
            state.channels[visitor] = nil
        }
    }

    /// Whether one more call is taken at `uptime`.
    func admits(at uptime: Duration) -> Bool { state.withLock { $0.rate.take(at: uptime) } }

    /// A place for a stream or a wait, as long as the object lives; nil when all are taken.
    func hold() -> HeldPlace? {
        let isFree = state.withLock { state in
            guard state.held < APILimits.heldMax else { return false }
            state.held += 1
            return true
        }
        return isFree ? HeldPlace(self) : nil
    }

    fileprivate func letGo() { state.withLock { $0.held -= 1 } }
}

/// The place of a call that is held open; given back when the last one forgets it.
final class HeldPlace: Sendable {
    private let door: Door

    fileprivate init(_ door: Door) { self.door = door }

    deinit { door.letGo() }
}
