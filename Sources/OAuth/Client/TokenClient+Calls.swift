/// The calls beside the exchange of tokens.
extension TokenClient {
    /// Has the platform send a code to a phone. It is good once, as ``Grant/code(_:state:)``.
    ///
    /// `title` is what the message is about.
    public func sendCode(to phone: Secret, title: String) async throws(TokenError) {
        let response = try await callAsTerminal(
            try platform.smsRequest(phone: phone, title: title))
        guard response.status == 200 else { throw TokenError(response) }
    }

    /// What the platform says of a token, as its own JSON.
    public func inspect(_ token: Secret) async throws(TokenError) -> WireResponse {
        try Self.checked(try await send(try platform.inspectRequest(token)))
    }

    /// Whose a token is, as the platform's own JSON.
    public func user(of token: Secret) async throws(TokenError) -> WireResponse {
        try await call(try platform.userRequest(), with: token)
    }

    /// A call with somebody's token. What comes back is a success and JSON.
    public func call(
        _ request: WireRequest, with token: Secret
    ) async throws(TokenError) -> WireResponse {
        try Self.checked(try await send(platform.authorised(request, by: token)))
    }

    /// Calls with the terminal's token, and once more with a fresh one after a 401.
    func callAsTerminal(_ request: WireRequest) async throws(TokenError) -> WireResponse {
        let token = try await terminalToken()
        let response = try await send(platform.authorised(request, by: token.access))
        guard response.status == 401 else { return response }
        let fresh = try await renewTerminalToken()
        return try await send(platform.authorised(request, by: fresh.access))
    }

    private static func checked(_ response: WireResponse) throws(TokenError) -> WireResponse {
        struct Anything: Decodable { init(from decoder: any Decoder) throws {} }
        _ = try response.success(Anything.self, "an answer")
        return response
    }
}
