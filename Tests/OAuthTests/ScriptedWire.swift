import OAuth

/// Answers from a script, in order, and keeps what was asked.
actor ScriptedWire: Wire {
    private var script: [Result<WireResponse, WireFailure>]
    private(set) var requests: [WireRequest] = []
    private(set) var timeouts: [Duration] = []

    init(_ script: [Result<WireResponse, WireFailure>]) { self.script = script }

    func send(
        _ request: WireRequest, timeout: Duration
    ) async throws(WireFailure) -> WireResponse {
        requests.append(request)
        timeouts.append(timeout)
        guard !script.isEmpty else { throw .unknown("the script has ended") }
        return try script.removeFirst().get()
    }
}
