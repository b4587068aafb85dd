import OAuth

/// An HTTP client that sends an order once more after an error, as many do by themselves.
struct RepeatingWire: Wire {
    let wire: any Wire

    func send(
        _ request: WireRequest, timeout: Duration
    ) async throws(WireFailure) -> WireResponse {
        if case .post = Call(request) {
            let first = try? await wire.send(request, timeout: timeout)
            if let first, first.status < 500 { return first }
        }
        return try await wire.send(request, timeout: timeout)
    }
}
