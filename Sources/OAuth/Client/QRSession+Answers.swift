extension QRSession {
    /// The code of a new session in the platform's answer; nil when its name is taken.
    static func code(in response: WireResponse) throws(TokenError) -> Secret? {
        struct Answer: Decodable { var code: String? }
        if response.status == 409 { return nil }
        let answer = try response.success(Answer.self, "a session")
        guard let code = answer.code, !code.isEmpty else {
            throw .malformed("the session has no code")
        }
        return Secret(code)
    }
}

extension QRSession.State {
    /// What the platform says of a session; one that it does not know any more has expired.
    static func state(in response: WireResponse) throws(TokenError) -> Self {
        struct Answer: Decodable { var code: String }
        if response.status == 404 || response.status == 410 { return .expired }
        let answer = try response.success(Answer.self, "a session's state")
        guard let state = Self(rawValue: answer.code) else {
            throw .malformed("the session's state is unknown")
        }
        return state
    }
}
