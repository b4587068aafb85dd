internal import Glibc
internal import Synchronization

/// One stay of a card in its reader: a socket, the thread that serves it, and who waits for it.
///
/// The thread alone opens, reads and closes the socket; others only shut it down, which wakes the
/// thread from a blocking read.
final class Connection: Sendable {
    /// The time between two tries to reach a reader that does not listen yet, in milliseconds.
    static let retryMilliseconds = 20

    let port: UInt16
    private let atr: [UInt8]
    private let answer: @Sendable ([UInt8]) -> VirtualCard.Reply

    private struct State {
        /// The open socket; nil before it is connected and after it is closed.
        var socket: Int32?
        var isHungUp = false
        var hasEnded = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }
    private let state = Mutex(State())

    init(port: UInt16, atr: [UInt8], answer: @escaping @Sendable ([UInt8]) -> VirtualCard.Reply) {
        self.port = port
        self.atr = atr
        self.answer = answer
    }

    /// Whether the thread is over.
    var hasEnded: Bool { state.withLock { $0.hasEnded } }

    /// Starts the thread; returns when it is connected or has given up.
    func open(waitingMilliseconds: Int) async -> Result<Void, VirtualCardError> {
        await withCheckedContinuation { opened in
            let failure = startThread { [self] in
                run(waitingMilliseconds: waitingMilliseconds, opened: opened)
            }
            if failure != 0 {
                end()
                opened.resume(
                    returning: .failure(.init(.threadFailed, port: port, systemError: failure)))
            }
        }
    }

    /// Ends the conversation as soon as possible; may be called from anywhere, more than once.
    func hangUp() {
        state.withLock { state in
            state.isHungUp = true
            if let socket = state.socket { _ = shutdown(socket, Int32(SHUT_RDWR)) }
        }
    }

    /// Returns when the thread is over.
    func ended() async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if !state.hasEnded { state.waiters.append(continuation) }
                return state.hasEnded
            }
            if isOver { continuation.resume() }
        }
    }

    private var isHungUp: Bool { state.withLock { $0.isHungUp } }
}

extension Connection {
    /// The life of the thread.
    private func run(
        waitingMilliseconds: Int,
        opened: CheckedContinuation<Result<Void, VirtualCardError>, Never>
    ) {
        switch connect(waitingMilliseconds: waitingMilliseconds) {
        case .failure(let error):
            end()
            opened.resume(returning: .failure(error))
        case .success(let stream):
            opened.resume(returning: .success(()))
            serve(stream)
            end()
        }
    }

    /// Connects, trying again until the reader listens, the time is over or somebody hangs up.
    private func connect(waitingMilliseconds: Int) -> Result<ByteStream, VirtualCardError> {
        let clock = ContinuousClock()
        let deadline = clock.now.advanced(by: .milliseconds(waitingMilliseconds))
        while !isHungUp {
            switch ByteStream.connect(port: port) {
            case .success(let stream):
                let isWanted = state.withLock { state in
                    if !state.isHungUp { state.socket = stream.socket }
                    return !state.isHungUp
                }
                if isWanted { return .success(stream) }
                _ = close(stream.socket)
            case .failure(let failure):
                if clock.now >= deadline {
                    return .failure(.init(.noReader, port: port, systemError: failure.code))
                }
                _ = usleep(UInt32(Self.retryMilliseconds * 1_000))
            }
        }
        return .failure(.init(.cancelled, port: port))
    }

    /// Answers the reader until either side hangs up.
    private func serve(_ stream: ByteStream) {
        while let message = stream.readMessage() {
            switch ReaderMessage(message) {
            case .powerOff, .powerOn, .reset: continue
            case .getATR:
                guard stream.write(message: atr) else { return }
            case .command(let command):
                guard case .data(let data) = answer(command), stream.write(message: data) else {
                    return
                }
            }
        }
    }

    /// Closes the socket and wakes all who wait for the end.
    private func end() {
        let waiters = state.withLock { state in
            if let socket = state.socket { _ = close(socket) }
            state.socket = nil
            state.hasEnded = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }
}
