import OAuth
import Testing

@Suite("The platform's other ways to authorise")
struct SovellGrantTests {
    private static func platform(redirect: String? = nil) -> SovellOAuth {
        SovellOAuth(
            baseURL: "https://pre.sovell.com", clientID: "id", clientSecret: Secret("secret"),
            redirectURI: redirect)
    }

    private static let client = "&client_id=id&client_secret=secret"

    @Test(
        "each grant is one form",
        arguments: [
            (Grant.code(Secret("8+1")), "grant_type=authorization_code&code=8%2B1"),
            (.refresh(Secret("r/1")), "grant_type=refresh_token&refresh_token=r%2F1"),
            (
                .refresh(Secret("r"), token: Secret("t"), openID: "o"),
                "grant_type=refresh_token&refresh_token=r"
            ),
        ])
    func forms(grant: Grant, form: String) throws {
        let request = try Self.platform().request(for: grant)
        #expect(request.method == .post)
        #expect(request.url == "https://pre.sovell.com/oauth/v2/token")
        #expect(request.text == form + Self.client)
    }

    @Test("a code that a browser brought is redeemed with the address it came to")
    func browserCode() throws {
        let request = try Self.platform(redirect: "https://kiosk/cb").request(
            for: .code(Secret("c")))
        #expect(
            request.text == "grant_type=authorization_code&code=c"
                + "&redirect_uri=https%3A%2F%2Fkiosk%2Fcb" + Self.client)
    }

    @Test("a password is no way here")
    func password() {
        #expect(throws: TokenError.unsupported("password")) {
            try Self.platform().request(for: .password(user: "u", Secret("p")))
        }
    }

    @Test("the page to log in at")
    func authorizeURL() throws {
        let base = "https://pre.sovell.com/oauth/v2/authorize?response_type=code&client_id=id"
        #expect(
            try Self.platform().authorizeURL(state: "a b", answer: .code)
                == base + "&state=a%20b")
        #expect(
            try Self.platform(redirect: "https://k/").authorizeURL(state: "s", answer: .code)
                == base + "&state=s&redirect_uri=https%3A%2F%2Fk%2F")
        #expect(throws: TokenError.unsupported("a token in the callback")) {
            try Self.platform().authorizeURL(state: "s", answer: .token)
        }
    }

    @Test("a token is inspected in the body of a POST, never in an address")
    func inspect() throws {
        let request = try Self.platform().inspectRequest(Secret("t"))
        #expect(request.method == .post)
        #expect(request.url == "https://pre.sovell.com/oauth/v2/check_token")
        #expect(request.text == "token=t" + Self.client)
    }
}

@Suite("The calls beside the exchange")
struct TokenCallTests {
    private static func client(_ wire: ScriptedWire) -> TokenClient {
        TokenClient(
            platform: SovellOAuth(
                baseURL: "https://p", clientID: "id", clientSecret: Secret("secret")),
            wire: wire, timeout: .seconds(3), uptime: { .seconds(1) })
    }

    private static func terminal(_ access: String) -> Result<WireResponse, WireFailure> {
        .success(WireResponse(200, #"{"access_token":"\#(access)","expires_in":7199}"#))
    }

    private static func bearer(_ token: String) -> WireRequest.Header {
        .init("Authorization", "Bearer " + token)
    }

    @Test("a code is sent to a phone by the terminal; a success has no body")
    func sms() async throws {
        let wire = ScriptedWire([Self.terminal("t1"), .success(WireResponse(200))])
        try await Self.client(wire).sendCode(to: Secret("13800000000"), title: "午餐 1")
        let request = try #require(await wire.requests.last)
        #expect(request.method == .get)
        #expect(
            request.url == "https://p/oauth/v2/code?phone=13800000000"
                + "&title=%E5%8D%88%E9%A4%90%201")
        #expect(request.headers == [Self.bearer("t1")])
    }

    @Test("after a 401 the terminal's token is renewed, once")
    func renewal() async throws {
        let wire = ScriptedWire([
            Self.terminal("t1"), .success(WireResponse(401)), Self.terminal("t2"),
            .success(WireResponse(200)),
        ])
        try await Self.client(wire).sendCode(to: Secret("1"), title: "x")
        let headers = await wire.requests.map(\.headers)
        #expect(headers[1] == [Self.bearer("t1")])
        #expect(headers[3] == [Self.bearer("t2")])
    }

    @Test(
        "a code that was not sent says why",
        arguments: [
            (WireResponse(302), TokenError.redirected(status: 302)),
            (WireResponse(400, #"{"error":"bad_phone"}"#), .refused("bad_phone")),
            (WireResponse(429), .later(status: 429, after: nil)),
            (WireResponse(204), .later(status: 204, after: nil)),
        ])
    func notSent(response: WireResponse, error: TokenError) async {
        let wire = ScriptedWire([Self.terminal("t1"), .success(response)])
        await #expect(throws: error) {
            try await Self.client(wire).sendCode(to: Secret("1"), title: "x")
        }
    }

    @Test("whose a token is, is asked with that token")
    func user() async throws {
        let wire = ScriptedWire([.success(WireResponse(200, #"{"sub":"1"}"#))])
        let answer = try await Self.client(wire).user(of: Secret("card"))
        #expect(answer.body == Array(#"{"sub":"1"}"#.utf8))
        let request = try #require(await wire.requests.last)
        #expect(request.url == "https://p/oauth/v2/userinfo")
        #expect(request.headers == [Self.bearer("card")])
    }

    @Test("what is no JSON is no answer")
    func portal() async {
        let wire = ScriptedWire([.success(WireResponse(200, "<html>"))])
        await #expect(throws: TokenError.malformed("it is not the JSON of an answer")) {
            try await Self.client(wire).inspect(Secret("t"))
        }
    }
}
