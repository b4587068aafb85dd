internal import Foundation
internal import Glibc
internal import Logging
internal import ServiceLifecycle
internal import SyncEngine
internal import Synchronization
internal import Systemd
internal import TerminalCore

/// Tells the service manager when the agent is ready, that its loops turn, when it reads its
/// configuration again, and that it stops.
///
/// Without `NOTIFY_SOCKET` it does nothing.
final class ServiceNotifier: Service {
    let engine: SyncEngine
    /// How often the reader loop came round; nil when there is none.
    let readerTurns: @Sendable () -> UInt64?
    let clock: any TerminalClock
    let logger: Logger
    private let socket: NotifySocket?
    /// Between two beats; nil when nobody waits for them.
    private let pause: Duration?
    /// Whether the manager was told that the agent is ready.
    private let isReady = Mutex(false)

    /// Between two tries to say that the agent is ready.
    private static let retry = Duration.milliseconds(100)
    /// How often that is tried.
    private static let triesMax = 50

    init(
        engine: SyncEngine, readerTurns: @escaping @Sendable () -> UInt64?,
        clock: any TerminalClock, logger: Logger
    ) {
        self.engine = engine
        self.readerTurns = readerTurns
        self.clock = clock
        self.logger = logger
        let environment = ProcessInfo.processInfo.environment
        socket = NotifySocket(environment: environment)
        pause = Watchdog.pause(environment: environment, process: getpid())
    }

    /// The local interface is open.
    func ready() async {
        await sayReady()
        isReady.withLock { $0 = true }
    }

    /// The configuration is about to be read again, or that has ended: with a refused one, too, the
    /// agent goes on.
    ///
    /// Before the agent is ready, and once it stops, this is nobody's business.
    func tell(_ step: ReloadService.Step) async {
        guard let socket, isReady.withLock({ $0 }), !Task.isCancelled else { return }
        switch step {
        case .begins: _ = socket.send(ReloadNotice.begins(at: ReloadNotice.monotonic()))
        case .ended: await sayReady()
        }
    }

    /// Tried again for a while, as the manager gives up on an agent that it does not hear from.
    private func sayReady() async {
        guard let socket else { return }
        for _ in 0..<Self.triesMax {
            let words = await status()
            if socket.send("READY=1\nSTATUS=\(words)") { return }
            guard (try? await clock.sleep(for: Self.retry)) != nil else { return }
        }
        logger.warning("the service manager does not hear that the agent is ready")
    }

    func run() async throws {
        if let socket, let pause {
            await cancelWhenGracefulShutdown { await self.beat(to: socket, every: pause) }
        }
        try? await gracefulShutdown()
        _ = socket?.send("STOPPING=1\nSTATUS=finishing what is in flight")
    }

    private func beat(to socket: NotifySocket, every pause: Duration) async {
        var heartbeat = Heartbeat(await turns())
        while (try? await clock.sleep(for: pause)) != nil {
            switch heartbeat.beatIsDue(await turns()) {
            case .beat:
                let words = await status()
                _ = socket.send("WATCHDOG=1\nSTATUS=\(words)")
            case .withhold(let loops):
                logger.error(
                    "watchdog",
                    metadata: ["problem": "it stands still: \(loops.joined(separator: ", "))"])
            }
        }
    }

    /// Where the loops stand. The engine is woken, so that it comes round before the next beat
    /// even when nothing is owed; the reader loop does so by itself.
    private func turns() async -> Heartbeat.Turns {
        var turns: Heartbeat.Turns = ["sync": await engine.turns]
        if let reader = readerTurns() { turns["reader"] = reader }
        await engine.wake()
        return turns
    }

    private func status() async -> String {
        let status = await engine.status
        return "platform \(status.platform.rawValue), \(status.inHand) being forwarded"
    }
}
