import OAuth

/// Answers from a script, in order, and keeps what was asked.
actor ScriptedWire: Wire {
    private var script: [Result<WireResponse, WireFailure>]
    private(set) var requests: [WireRequest] = []

    init(_ script: [Result<WireResponse, WireFailure>]) { self.script = script }

    func send(
        _ request: WireRequest, timeout: Duration
    ) async throws(WireFailure) -> WireResponse {
        requests.append(request)
        guard !script.isEmpty else { throw .unknown("the script has ended") }
        return try script.removeFirst().get()
    }

    /// Method and URL of each request, for a short comparison.
    var lines: [String] { requests.map { "\($0.method.rawValue) \($0.url)" } }
}

extension Result<WireResponse, WireFailure> {
    /// An answer with a text as its body.
    static func answer(_ status: Int, _ body: String = "", after: Duration? = nil) -> Self {
        .success(WireResponse(status, body, after: after))
    }

    /// A successful exchange.
    static func token(_ access: String, st: String? = nil) -> Self {
        let state = st.map { #","st":"\#($0)""# } ?? ""
        return .answer(200, #"{"access_token":"\#(access)","expires_in":7199\#(state)}"#)
    }

    /// A paid order that is ours.
    static var paid: Self { .answer(200, Bodies.trade("normal")) }
}

extension WireResponse {
    init(_ status: Int, _ body: String = "", after: Duration? = nil) {
        self.init(status: status, body: Array(body.utf8), retryAfter: after)
    }
}
