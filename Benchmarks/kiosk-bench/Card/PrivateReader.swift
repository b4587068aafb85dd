internal import CYardstick
internal import Foundation

/// A pcscd of our own with virtual readers, which this process's libpcsclite talks to.
///
/// One at a time on a machine, as the pid file is shared: a lock file keeps tests and `make run`
/// waiting. It needs root, or a sudo that does not ask.
final class PrivateReader {
    private static let lockFile = "/tmp/kiosk-agent-pcscd.lock"
    /// How long to wait for the lock, and for pcscd and its reader.
    private static let lockSecondsMax = 20.0
    private static let startSecondsMax = 10.0

    /// One for the whole process: libpcsclite remembers it from its first call on.
    private static let socket = FileManager.default.temporaryDirectory
        .appending(path: "kiosk-bench-\(getpid()).comm").path
    /// vpcd gives each of its ports two readers, at the port and at the next one.
    private static let readersEach = 2

    /// The first reader's port: a card that connects there lies on it.
    let port: UInt16

    private let scratch: Scratch
    private let lock: Int32
    private let daemon: Child

    /// With `readers` readers, or with the next even number.
    init(readers: Int = 1) throws {
        lock = try Self.takeLock()
        do {
            scratch = try Scratch()
            let pairs = (readers + Self.readersEach - 1) / Self.readersEach
            port = try FreePort.find(inARow: UInt16(pairs * Self.readersEach))
            daemon = try Self.start(scratch, port, pairs)
        } catch {
            close(lock)
            throw error
        }
        setenv("PCSCLITE_CSOCK_NAME", Self.socket, 1)
    }

    /// Ends pcscd, then lets others in.
    func stop() {
        daemon.end(signal: false)
        close(lock)
    }

    /// Waits until pcscd, which the first client starts, has its reader.
    func waitForReader() throws -> yardstick_card {
        var card = yardstick_card()
        try wait { yardstick_card_open(&card) }
        return card
    }

    /// Waits until pcscd has seen the card and `yardstick` could read it.
    func waitForCard(_ yardstick: yardstick_card) throws {
        var yardstick = yardstick
        try wait { yardstick_card_read(&yardstick) }
    }

    private func wait(_ call: () -> Int) throws {
        let end = Date() + Self.startSecondsMax
        var code = call()
        while code != 0 {
            guard Date() < end, daemon.isRunning else {
                throw BenchFailure(
                    "no virtual card — \(BenchFailure.pcsc(code))\n\(daemon.lastWords)")
            }
            usleep(50_000)
            code = call()
        }
    }

    private static func takeLock() throws -> Int32 {
        // Opened for reading when it is there: it may belong to another user.
        var lock = open(lockFile, O_RDONLY | O_CLOEXEC)
        if lock < 0 { lock = open(lockFile, O_CREAT | O_RDWR | O_CLOEXEC, 0o666) }
        let end = Date() + lockSecondsMax
        while flock(lock, LOCK_EX | LOCK_NB) != 0 {
            guard lock >= 0, Date() < end else {
                throw BenchFailure("\(lockFile) is held — a test run or make run — wait for it")
            }
            usleep(100_000)
        }
        return lock
    }

    private static func start(
        _ scratch: Scratch, _ port: UInt16, _ pairs: Int
    ) throws -> Child {
        let readers = scratch.path("readers")
        try FileManager.default.createDirectory(
            atPath: readers, withIntermediateDirectories: false)
        let text = try (0..<pairs).map { pair in
            // A driver that is loaded once knows the ports of one pair only.
            let driver = scratch.path("driver-\(pair).so")
            try FileManager.default.copyItem(atPath: Self.driver.path, toPath: driver)
            return block(port + UInt16(pair * readersEach), pair, driver)
        }
        _ = try scratch.write(text.joined(), to: "readers/vpcd")
        let root = geteuid() == 0 ? [] : ["/usr/bin/sudo", "-n"]
        let script = repository.appending(path: "scripts/private-pcscd.sh").path
        let daemon = try Child(
            root + ["/bin/bash", script, socket, readers, String(getuid())],
            log: scratch.path("pcscd.log"))
        let end = Date() + startSecondsMax
        while access(socket, R_OK | W_OK) != 0 {
            guard daemon.isRunning, Date() < end else {
                throw BenchFailure("pcscd did not start — it needs root\n\(daemon.lastWords)")
            }
            usleep(20_000)
        }
        return daemon
    }

    private static let driver = URL(filePath: "/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
        .resolvingSymlinksInPath()

    private static func block(_ port: UInt16, _ number: Int, _ driver: String) -> String {
        let hex = "0x" + String(port, radix: 16, uppercase: true)
        return """
            FRIENDLYNAME "Kiosk Virtual Reader \(number)"
            DEVICENAME /dev/null:\(hex)
            LIBPATH \(driver)
            CHANNELID \(hex)

            """
    }

    private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}
