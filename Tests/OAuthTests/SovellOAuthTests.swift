import OAuth
import Testing

@Suite("The platform's OAuth2")
struct SovellOAuthTests {
    private static func platform(
        _ authentication: SovellOAuth.ClientAuthentication = .body, secret: String = "q1LQuI8C4CI"
    ) -> SovellOAuth {
        SovellOAuth(
            baseURL: "https://pre.sovell.com", clientID: "B-8onb81TPCog2YBhSsQaA",
            clientSecret: Secret(secret), authentication: authentication)
    }

    private static let plainHeaders = [
        WireRequest.Header("Content-Type", "application/x-www-form-urlencoded"),
        WireRequest.Header("Accept", "application/json"),
    ]

    private static func body(_ request: WireRequest) throws -> String {
        String(decoding: try #require(request.body), as: UTF8.self)
    }

    @Test("the terminal asks with its credentials in the body")
    func terminalInBody() throws {
        let request = try Self.platform().request(for: .terminal)
        #expect(request.method == .post)
        #expect(request.url == "https://pre.sovell.com/oauth/v2/token")
        #expect(request.headers == Self.plainHeaders)
        #expect(
            try Self.body(request) == "grant_type=client_credentials"
                + "&client_id=B-8onb81TPCog2YBhSsQaA&client_secret=q1LQuI8C4CI")
    }

    @Test("a card is exchanged as card/<number>")
    func cardInBody() throws {
        let request = try Self.platform().request(for: .card(Secret("001")))
        #expect(request.url == "https://pre.sovell.com/oauth/v2/token")
        #expect(
            try Self.body(request) == "grant_type=offline_cert&code=card%2F001"
                + "&client_id=B-8onb81TPCog2YBhSsQaA&client_secret=q1LQuI8C4CI")
    }

    @Test("with Basic the body holds only the grant")
    func basic() throws {
        let request = try Self.platform(.basic).request(for: .card(Secret("001")))
        let credentials = "Basic Qi04b25iODFUUENvZzJZQmhTc1FhQTpxMUxRdUk4QzRDSQ=="
        #expect(
            request.headers == Self.plainHeaders + [.init("Authorization", credentials)])
        #expect(try Self.body(request) == "grant_type=offline_cert&code=card%2F001")
    }

    @Test("both parts of Basic are form-encoded before they are joined")
    func basicEncoding() throws {
        let request = try Self.platform(.basic, secret: "a:b 密").request(for: .terminal)
        let credentials = "Basic Qi04b25iODFUUENvZzJZQmhTc1FhQTphJTNBYiUyMCVFNSVBRiU4Ng=="
        #expect(request.headers.last == .init("Authorization", credentials))
    }

    @Test("the platform's documented sample is read field by field")
    func sample() throws {
        let body = try fixture("token-card-lost.json")
        let token = try Self.platform().token(in: WireResponse(status: 200, body: body))
        #expect(token.access.exposed == "271952ee-a0b6-4360-9edd-e9052bb494d7")
        #expect(token.refresh?.exposed == "7abbd5ba-7704-4ba8-bc63-484997ce0659")
        #expect(token.expiresIn == .seconds(7_199))
        #expect(token.scope == ["pass:payment", "openid"])
        #expect(token.subject == "6aeca60613e949f0a16e721faf9f1082")
        #expect(token.roles == ["root", "card"])
        #expect(token.card?.exposed == "001")
        #expect(token.cardState == "lost")
    }

    @Test(
        "only st tells the state of a card",
        arguments: [
            (#"{"access_token":"t","st":"lost"}"#, "lost"),
            (#"{"access_token":"t","st":"locked"}"#, "locked"),
            (#"{"access_token":"t","st":""}"#, ""), (#"{"access_token":"t","st":null}"#, nil),
            (#"{"access_token":"t"}"#, nil),
        ] as [(String, String?)])
    func cardState(body: String, state: String?) throws {
        #expect(try Self.platform().token(in: WireResponse(200, body)).cardState == state)
    }

    @Test("a token needs nothing but itself; unknown members are ignored")
    func sparse() throws {
        let body = #"{"access_token":"t","jti":"x","more":{"deep":[1]}}"#
        let token = try Self.platform().token(in: WireResponse(200, body))
        #expect(token == Token(access: Secret("t")))
    }

    private static let failures: [(Int, String, TokenError)] = [
        (400, #"{"error":"invalid_grant","error_description":"?"}"#, .invalidGrant),
        (401, #"{"error":"invalid_grant"}"#, .invalidGrant),
        (400, #"{"error":"invalid_client"}"#, .invalidClient),
        (401, #"{"error":"invalid_client"}"#, .invalidClient),
        (403, #"{"error":"unauthorized_client"}"#, .invalidClient),
        (400, #"{"error":"invalid_scope"}"#, .refused("invalid_scope")),
        (400, #"{"error":"unsupported_grant_type"}"#, .refused("unsupported_grant_type")),
        (408, #"{"error":"slow"}"#, .later(status: 408, after: nil)),
        (425, #"{"error":"early"}"#, .later(status: 425, after: nil)),
        (429, #"{"error":"busy"}"#, .later(status: 429, after: nil)),
        (400, "", .later(status: 400, after: nil)),
        (400, "<html>", .later(status: 400, after: nil)),
        (401, "{}", .later(status: 401, after: nil)),
        (403, "<html>sign in to the WiFi</html>", .later(status: 403, after: nil)),
        (404, "Not Found", .later(status: 404, after: nil)),
        (500, #"{"error":"invalid_grant"}"#, .later(status: 500, after: nil)),
        (503, "", .later(status: 503, after: nil)),
        (301, "", .redirected(status: 301)),
        (302, #"{"access_token":"t"}"#, .redirected(status: 302)),
        (307, #"{"error":"invalid_grant"}"#, .redirected(status: 307)),
        (204, "", .later(status: 204, after: nil)),
        (200, "", .malformed("it is not the JSON of a token")),
        (200, "<html>Welcome to the WiFi</html>", .malformed("it is not the JSON of a token")),
        (200, #"{"access_token":"t""#, .malformed("it is not the JSON of a token")),
        (200, #"[{"access_token":"t"}]"#, .malformed("it is not the JSON of a token")),
        (200, #"{"access_token":1}"#, .malformed("it is not the JSON of a token")),
        (200, "{}", .malformed("it has no access_token")),
        (200, #"{"access_token":""}"#, .malformed("it has no access_token")),
        (200, #"{"error":"invalid_grant"}"#, .malformed("it has no access_token")),
        (
            200, #"{"access_token":"t","expires_in":0}"#,
            .malformed("its expires_in is in the past")
        ),
        (
            200, #"{"access_token":"t","expires_in":-1}"#,
            .malformed("its expires_in is in the past")
        ),
    ]

    @Test("every failure has one meaning", arguments: failures)
    func classification(status: Int, body: String, error: TokenError) {
        #expect(throws: error) { try Self.platform().token(in: WireResponse(status, body)) }
    }

    @Test("the platform's wish for patience is kept", arguments: [408, 425, 429, 500, 503])
    func patience(status: Int) {
        #expect(throws: TokenError.later(status: status, after: .seconds(7))) {
            try Self.platform().token(
                in: WireResponse(status, "{}", retryAfter: .seconds(7)))
        }
    }

    @Test("a long error code is cut, since it goes to the log")
    func longCode() {
        let code = String(repeating: "x", count: 500)
        #expect(throws: TokenError.refused(String(repeating: "x", count: 64))) {
            try Self.platform().token(in: WireResponse(400, #"{"error":"\#(code)"}"#))
        }
    }

    @Test(
        "each error says what, why and what to do",
        arguments: [
            TokenError.unreachable("refused"), .invalidGrant, .invalidClient, .refused("x"),
            .later(status: 503, after: nil), .malformed("it has no access_token"),
            .redirected(status: 302), .badSignature, .stateDiffers, .otherPath,
            .badCallback("it is not UTF-8"), .unsupported("sms"), .missing("the code"),
            .badKey("other_platforms.chainup.private_key"), .namesTaken,
            .timeRefused("10002 the time is off"),
        ])
    func threeParts(error: TokenError) {
        #expect("\(error)".split(separator: " — ").count == 3, "\(error)")
    }
}
