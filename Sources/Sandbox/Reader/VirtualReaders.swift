internal import ServiceLifecycle
internal import VirtualCard

/// The virtual readers of this sandbox and the cards in them; as a service it takes them out again.
actor VirtualReaders: Service {
    /// The longest a card stays in, in seconds.
    static let secondsMax = 600.0
    /// How long to wait for pcscd to listen, in milliseconds.
    static let insertMilliseconds = 1_000

    /// A card that is in, to be taken out later.
    private struct Stay: Sendable {
        let card: VirtualCard
        let port: UInt16
        let seconds: Double
    }

    nonisolated let ports: [UInt16]
    private(set) var busyPorts: Set<UInt16> = []
    private let stays: AsyncStream<Stay>
    private let begin: AsyncStream<Stay>.Continuation
    private let changed: @Sendable () async -> Void

    init(ports: [UInt16], changed: @escaping @Sendable () async -> Void) {
        self.ports = ports
        self.changed = changed
        (stays, begin) = AsyncStream.makeStream(of: Stay.self)
    }

    /// Puts a card with this identifier into `port`, or into the first free reader, for `seconds`;
    /// returns the reader it is in.
    func tap(
        uid: [UInt8], seconds: Double, port: UInt16? = nil
    ) async throws(SandboxError) -> UInt16 {
        guard (0...Self.secondsMax).contains(seconds) else {
            throw .invalid("seconds is 0 to \(Int(Self.secondsMax))")
        }
        let candidates = ports.filter { port == nil || $0 == port }
        guard !candidates.isEmpty else { throw .noReader }
        guard let reader = candidates.first(where: { !busyPorts.contains($0) }) else {
            throw .readerBusy
        }
        busyPorts.insert(reader)
        let card = VirtualCard(
            port: reader, uid: uid, insertMilliseconds: Self.insertMilliseconds)
        do throws(VirtualCardError) {
            try await card.insert()
        } catch {
            busyPorts.remove(reader)
            throw .readerFailed(error.description)
        }
        begin.yield(Stay(card: card, port: reader, seconds: seconds))
        await changed()
        return reader
    }

    /// Takes each card out when its time is over, and all of them when the sandbox ends.
    func run() async throws {
        await withDiscardingTaskGroup { group in
            for await stay in stays.cancelOnGracefulShutdown() {
                group.addTask {
                    try? await cancelWhenGracefulShutdown {
                        try await Task.sleep(for: .milliseconds(Int(stay.seconds * 1_000)))
                    }
                    await stay.card.remove()
                    await self.left(stay.port)
                }
            }
        }
    }

    private func left(_ port: UInt16) async {
        busyPorts.remove(port)
        await changed()
    }
}
