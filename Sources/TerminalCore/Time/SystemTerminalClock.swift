internal import CClock
internal import Glibc

/// The clocks of the machine.
public struct SystemTerminalClock: TerminalClock {
    private static let thisBoot = readBootID()

    public init() {}

    public func now() -> Timestamp {
        let time = Self.read(CLOCK_REALTIME)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// Counts on while the machine sleeps.
    public func uptime() -> Duration {
        let time = Self.read(CLOCK_BOOTTIME)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    /// What the kernel calls this start of the machine; empty where it does not say.
    public var bootID: String { Self.thisBoot }

    /// As the kernel has it from whichever program keeps the clock.
    public var isSynchronised: Bool { CClock_isSynchronised() != 0 }

    public func sleep(for duration: Duration) async throws {
        try await Task.sleep(for: duration, clock: .continuous)
    }

    private static func read(_ clock: clockid_t) -> timespec {
        var time = timespec()
        clock_gettime(clock, &time)
        return time
    }

    private static func readBootID() -> String {
        let descriptor = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { buffer in
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            let bytes = buffer.prefix(max(0, count)).prefix { $0 > 0x20 }
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}
