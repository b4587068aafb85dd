import OAuth
import Testing

@Suite("The RealShark platform's OAuth2")
struct RealSharkOAuthTests {
    private static func platform(
        _ method: RealSharkOAuth.TokenMethod = .post
    ) -> RealSharkOAuth {
        RealSharkOAuth(
            baseURL: "https://oauth.realshark.com", appKey: "key", appSecret: Secret("s&"),
            redirectURI: "https://k/cb", method: method, makeState: { "fresh" })
    }

    private static let codeForm =
        "code=c&grant_type=authorization_code&app_key=key&app_secret=s%26"
        + "&redirect_uri=https%3A%2F%2Fk%2Fcb&state="

    @Test("a code is redeemed by POST, or by GET where that is configured")
    func code() throws {
        let post = try Self.platform().request(for: .code(Secret("c"), state: "s1"))
        #expect(post.method == .post)
        #expect(post.url == "https://oauth.realshark.com/token")
        #expect(post.text == Self.codeForm + "s1")
        let get = try Self.platform(.get).request(for: .code(Secret("c"), state: "s2"))
        #expect(get.method == .get)
        #expect(get.url == "https://oauth.realshark.com/token?" + Self.codeForm + "s2")
        #expect(get.body == nil)
        #expect(throws: TokenError.missing("the option --state")) {
            try Self.platform().request(for: .code(Secret("c")))
        }
    }

    @Test(
        "a refresh is a POST in any case", arguments: [RealSharkOAuth.TokenMethod.post, .get])
    func refresh(method: RealSharkOAuth.TokenMethod) throws {
        let request = try Self.platform(method).request(for: .refresh(Secret("r")))
        #expect(request.method == .post)
        #expect(
            request.text == "grant_type=refresh_token&app_key=key&app_secret=s%26"
                + "&refresh_token=r&state=fresh")
    }

    @Test("other ways are none", arguments: [Grant.terminal, .card(Secret("1"))])
    func unsupported(grant: Grant) {
        #expect(throws: TokenError.unsupported(grant.way)) {
            try Self.platform().request(for: grant)
        }
    }

    @Test("both lives are read")
    func answer() throws {
        let body = try fixture("token.json", of: "realshark")
        let token = try Self.platform().token(in: WireResponse(status: 200, body: body))
        #expect(token.access.exposed == "rs-access")
        #expect(token.refresh?.exposed == "rs-refresh")
        #expect(token.expiresIn == .seconds(7_200))
        #expect(token.refreshExpiresIn == .seconds(2_592_000))
        #expect(token.subject == "10017")
    }

    @Test(
        "either life may be over",
        arguments: [
            (#"{"access_token":"t","access_expires_in":0}"#, "access_expires_in"),
            (#"{"access_token":"t","refresh_expires_in":-1}"#, "refresh_expires_in"),
        ])
    func past(body: String, name: String) {
        #expect(throws: TokenError.malformed("its \(name) is in the past")) {
            try Self.platform().token(in: WireResponse(200, body))
        }
    }

    @Test("the page to log in at, for a code and for a token")
    func authorizeURL() throws {
        let base = "https://oauth.realshark.com/authorize?response_type="
        let rest = "&app_key=key&redirect_uri=https%3A%2F%2Fk%2Fcb&state=s"
        let platform = Self.platform()
        #expect(
            try platform.authorizeURL(state: "s", answer: .code) == base + "code" + rest)
        #expect(
            try platform.authorizeURL(state: "s", answer: .token) == base + "token" + rest)
    }

    @Test(
        "a token comes in the fragment; its state in the fragment or in the query",
        arguments: [
            "https://k/cb#access_token=t%2F1&access_expires_in=7200&userid=7&state=s",
            "https://k/cb?state=s#access_token=t%2F1&access_expires_in=7200&userid=7",
        ])
    func fragment(url: String) throws {
        let token = Token(access: Secret("t/1"), expiresIn: .seconds(7_200), subject: "7")
        #expect(try Self.platform().callback(url, state: "s") == .token(token))
    }

    @Test(
        "a fragment is checked as an answer is",
        arguments: [
            ("#access_token=t&state=x", TokenError.stateDiffers),
            ("#access_token=t", .stateDiffers),
            ("#access_token=&state=s", .badCallback("it has neither a code nor a token")),
            ("?access_token=t&state=s", .badCallback("it has neither a code nor a token")),
            (
                "#access_token=t&access_expires_in=0&state=s",
                .malformed("its access_expires_in is in the past")
            ),
            (
                "#access_token=t&access_expires_in=x&state=s",
                .badCallback("its access_expires_in is no number")
            ),
        ])
    func badFragment(rest: String, error: TokenError) {
        #expect(throws: error) {
            try Self.platform().callback("https://k/cb" + rest, state: "s")
        }
    }
}
