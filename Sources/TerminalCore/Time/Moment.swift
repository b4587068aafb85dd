/// How long after which start of the machine: a clock that never jumps.
public struct BootTime: Hashable, Sendable {
    /// The ledger's number of the start.
    public let boot: Int64
    public let uptime: Duration

    public init(boot: Int64, uptime: Duration) {
        self.boot = boot
        self.uptime = uptime
    }
}

/// When something happened, by both clocks of the terminal.
public struct Moment: Hashable, Sendable {
    /// What the wall clock said, right or wrong.
    public var wall: Timestamp
    /// Nil for what was recorded before the ledger kept it.
    public var bootTime: BootTime?
    /// Whether a time server kept the wall clock right.
    public var isSynchronised: Bool

    public init(wall: Timestamp, bootTime: BootTime? = nil, isSynchronised: Bool = false) {
        self.wall = wall
        self.bootTime = bootTime
        self.isSynchronised = isSynchronised
    }
}

/// How much time has passed, as far as it is known.
public struct Age: Hashable, Sendable {
    /// Surely so long.
    public var atLeast: Duration
    /// Surely not longer; nil when nobody knows.
    public var atMost: Duration?
    /// The wall clock's word where nothing better is known.
    public var likely: Duration

    public init(atLeast: Duration, atMost: Duration?, likely: Duration) {
        self.atLeast = atLeast
        self.atMost = atMost
        self.likely = likely
    }
}

extension Moment {
    /// The age of what happened at `then`, seen from this later moment. A clock that jumped is not
    /// believed.
    ///
    /// Within one start of the machine its own count tells. Over a restart the time since the
    /// restart has passed at least, and the difference of the wall clocks is the most only when
    /// both were synchronised.
    public func age(since then: Moment) -> Age {
        guard let bootTime, let earlier = then.bootTime else { return wallAge(since: then, .zero) }
        guard bootTime.boot == earlier.boot else {
            return wallAge(since: then, bootTime.uptime)
        }
        let exact = max(.zero, bootTime.uptime - earlier.uptime)
        return Age(atLeast: exact, atMost: exact, likely: exact)
    }

    private func wallAge(since then: Moment, _ surely: Duration) -> Age {
        let likely = max(surely, wall - then.wall)
        let isKnown = isSynchronised && then.isSynchronised
        return Age(atLeast: surely, atMost: isKnown ? likely : nil, likely: likely)
    }
}
