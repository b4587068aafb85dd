/// The port that was bound, for those who wait for it.
actor BoundPort {
    private enum State {
        case waiting([CheckedContinuation<Int?, Never>])
        case known(Int?)
    }
    private var state = State.waiting([])

    /// The port; nil when there will be none.
    ///
    /// The first word counts.
    func set(_ port: Int?) {
        guard case .waiting(let waiters) = state else { return }
        state = .known(port)
        for waiter in waiters { waiter.resume(returning: port) }
    }

    /// The server is over: whoever asks from now on gets no port.
    func end() {
        set(nil)
        state = .known(nil)
    }

    var port: Int? {
        get async {
            await withCheckedContinuation { continuation in
                switch state {
                case .known(let port): continuation.resume(returning: port)
                case .waiting(let waiters): state = .waiting(waiters + [continuation])
                }
            }
        }
    }
}
