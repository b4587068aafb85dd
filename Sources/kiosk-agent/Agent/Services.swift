internal import CardReader
internal import ServiceLifecycle
internal import Settings
internal import SyncEngine
internal import TerminalAgent

/// Works off the backlog; at the shutdown it finishes what is in flight.
struct SyncService: Service {
    let engine: SyncEngine

    func run() async throws {
        await withGracefulShutdownHandler {
            await engine.run()
        } onGracefulShutdown: {
            Task { await engine.stop() }
        }
    }
}

/// Serves taps; at the shutdown each payer still gets an outcome.
struct AgentService: Service {
    let agent: TerminalAgent
    let taps: AsyncStream<CardEvent>

    func run() async throws {
        await withGracefulShutdownHandler {
            await agent.run(taps)
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

    func run() async throws {
        if let reader {
            await cancelWhenGracefulShutdown { await reader.run() }
        } else {
            try? await gracefulShutdown()
        }
    }
}
