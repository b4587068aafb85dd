internal import FoundationEssentials

/// The ChainUp open platform: what is asked and answered is sealed within a plain envelope.
public struct ChainUpOAuth: OAuthPlatform {
    /// How `time` is written: the platform's page calls it a text, its demo sends a number.
    public enum TimeFormat: Hashable, Sendable { case number, text }

    public let redirectURI: String?
    private let base: String
    private let appID: String
    private let seal: RSASeal
    private let timeFormat: TimeFormat
    private let now: @Sendable () -> Int64

    /// The code of a refusal for a wrong `time`. The platform lists no codes; this one is the
    /// sandbox's choice.
    private static let timeRefusal = "10002"

    /// `baseURL` has no slash at its end; `now` is the wall clock in Unix milliseconds.
    public init(
        baseURL: String, appID: String, seal: RSASeal, redirectURI: String?,
        timeFormat: TimeFormat = .number, now: @escaping @Sendable () -> Int64
    ) {
        base = baseURL
        self.appID = appID
        self.seal = seal
        self.redirectURI = redirectURI
        self.timeFormat = timeFormat
        self.now = now
    }

    public var names: PlatformNames {
        PlatformNames(
            platform: "ChainUp", address: "other_platforms.chainup.base_url",
            client: "other_platforms.chainup.app_id, platform_public_key and private_key")
    }

    public var refreshTakesToken: Bool { true }

    public var identity: String { "chainup \(base) \(appID)" }

    public func request(for grant: Grant) throws(TokenError) -> WireRequest {
        switch grant {
        case .code(let code, _): return try request("token", ["code": code.exposed])
        case .refresh(let refresh, let token, let openID):
            guard let token else { throw .missing("the old token, the second line") }
            guard let openID else { throw .missing("the option --open-id") }
            return try request(
                "refreshToken",
                ["refreshToken": refresh.exposed, "token": token.exposed, "openId": openID])
        case .terminal, .card, .password: throw .unsupported(grant.way)
        }
    }

    public func token(in response: WireResponse) throws(TokenError) -> Token {
        let envelope = try response.success(Answer.self, "a token")
        guard let code = envelope.code?.text else { throw .malformed("it has no code") }
        guard code == "0" else {
            let said = code + (envelope.msg.map { " \($0)" } ?? "")
            if code == Self.timeRefusal { throw .timeRefused(saying: said) }
            throw .refused(saying: said)
        }
        guard let data = envelope.data, let sign = envelope.sign else {
            throw .malformed("it has no data and sign")
        }
        let plain = try seal.open(RSASeal.Sealed(data: data, sign: sign))
        guard let inner = try? JSONDecoder().decode(Inner.self, from: Data(plain)) else {
            throw .malformed("what was sealed is not the JSON of a token")
        }
        return try TokenAnswer(
            access: inner.token, refresh: inner.refreshToken,
            life: inner.expireIn.map { Self.life(until: $0.value, now: now()) },
            subject: inner.openId,
            spelling: TokenAnswer.Spelling(access: "token", life: "expireIn")
        ).token()
    }

    public func authorizeURL(state: String, answer: BrowserAnswer) throws(TokenError) -> String {
        guard answer == .code else { throw .unsupported("a token in the callback") }
        guard let redirectURI else { throw .missing("the option --redirect-uri") }
        let query = Form([("appKey", appID), ("redirectUrl", redirectURI), ("state", state)])
        return base + "/platform/login.html?" + query.encoded
    }

    private func request(
        _ call: String, _ inner: [String: String]
    ) throws(TokenError) -> WireRequest {
        let sealed = try seal.seal(Self.json(inner))
        let time: Envelope.Time = timeFormat == .text ? .text("\(now())") : .number(now())
        let body = Envelope(app_id: appID, time: time, data: sealed.data, sign: sealed.sign)
        return WireRequest(
            .post, base + "/platformapi/chainup/open/auth/" + call,
            headers: [.init("Content-Type", "application/json"), .acceptJSON],
            body: Self.json(body))
    }

    /// How many seconds are left until `moment`, in Unix seconds; 0 for a moment that is no moment.
    private static func life(until moment: Int64, now: Int64) -> Int64 {
        let (left, isTooFar) = moment.subtractingReportingOverflow(now / 1_000)
        return isTooFar ? 0 : left
    }

    private static func json(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else {
            preconditionFailure("texts and numbers are always JSON")
        }
        return Array(data)
    }

    private struct Envelope: Encodable {
        /// Unix milliseconds.
        enum Time: Encodable {
            case number(Int64)
            case text(String)

            func encode(to encoder: any Encoder) throws {
                var value = encoder.singleValueContainer()
                switch self {
                case .number(let number): try value.encode(number)
                case .text(let text): try value.encode(text)
                }
            }
        }

        var app_id: String
        var time: Time
        var data: String
        var sign: String
    }

    private struct Answer: Decodable {
        var code: LooseText?
        var msg: String?
        var data: String?
        var sign: String?
    }

    /// What is sealed in an answer. `expireIn` is a moment, in Unix seconds.
    private struct Inner: Decodable {
        var openId: String?
        var expireIn: LooseNumber?
        var refreshToken: String?
        var token: String?
    }
}
