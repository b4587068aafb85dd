internal import CardReader
internal import Scanner
internal import ServiceLifecycle
internal import Settings
internal import SyncEngine
internal import TerminalAgent

/// Works off the backlog; at the shutdown it finishes what is in flight.
struct SyncService: Service {
    let engine: SyncEngine
    let executor: LoopExecutor

    func run() async throws {
        await withGracefulShutdownHandler {
            await withTaskExecutorPreference(executor) { await engine.run() }
        } onGracefulShutdown: {
            Task { await engine.stop() }
        }
    }
}

/// Serves taps; at the shutdown each payer still gets an outcome.
struct AgentService: Service {
    let agent: TerminalAgent
    let taps: AsyncStream<CardEvent>
    let scans: TerminalAgent.Scans

    func run() async throws {
        await withGracefulShutdownHandler {
            await agent.run(taps, scans: scans)
        } onGracefulShutdown: {
            Task { await agent.stop() }
        }
    }
}

/// The source of taps: the readers, or nothing when taps come by the API.
struct TapService: Service {
    let events: AsyncStream<CardEvent>
    private let reader: CardReader?

    init(settings: Settings) {
        guard settings.reader.source == .pcsc else {
            (events, reader) = (AsyncStream { _ in }, nil)
            return
        }
        let reader = CardReader(
            settings: ReaderSettings(
                namePattern: settings.reader.name, reading: settings.cardReading))
        (events, self.reader) = (reader.events, reader)
    }

    /// How often the reader loop came round; nil without one.
    var turns: UInt64? { reader?.turns }

    func run() async throws {
        if let reader {
            await cancelWhenGracefulShutdown { await reader.run() }
        } else {
            try? await gracefulShutdown()
        }
    }
}

/// The barcode scanners that are configured; none is no trouble.
struct ScanService: Service {
    let events: TerminalAgent.Scans
    private let scanners: [BarcodeScanner]

    init(settings: Settings) {
        let scanners = settings.scanner.sources.map { ($0.path, BarcodeScanner(source: $0)) }
        events = Dictionary(scanners.map { ($0, $1.events) }) { first, _ in first }
        self.scanners = scanners.map(\.1)
    }

    func run() async throws {
        guard !scanners.isEmpty else {
            try? await gracefulShutdown()
            return
        }
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                for scanner in scanners { group.addTask { await scanner.run() } }
            }
        }
    }
}
