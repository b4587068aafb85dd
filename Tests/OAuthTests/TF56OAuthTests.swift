import OAuth
import Testing

@Suite("The tf56 platform's OAuth2")
struct TF56OAuthTests {
    private static let platform = TF56OAuth(
        baseURL: "https://open.tf56.com/openGateway", clientID: "a&b", clientSecret: Secret("s+1"),
        redirectURI: "https://k/cb")

    private static let address = "https://open.tf56.com/openGateway/oauth"

    @Test(
        "each grant is an empty POST with everything in the query",
        arguments: [
            (Grant.terminal, "grant_type=client_credentials"),
            (
                .code(Secret("c/1"), state: "s"),
                "grant_type=authorization_code&code=c%2F1&redirect_uri=https%3A%2F%2Fk%2Fcb"
            ),
            (
                .password(user: "张 三", Secret("p=")),
                "grant_type=password&username=%E5%BC%A0%20%E4%B8%89&password=p%3D"
            ),
            (.refresh(Secret("r")), "grant_type=refresh_token&refresh_token=r"),
        ])
    func requests(grant: Grant, query: String) throws {
        let request = try Self.platform.request(for: grant)
        #expect(request.method == .post)
        #expect(request.body == nil)
        #expect(
            request.url == Self.address + "/token?" + query
                + "&client_id=a%26b&client_secret=s%2B1")
    }

    @Test("a card is no way here")
    func card() {
        #expect(throws: TokenError.unsupported("card")) {
            try Self.platform.request(for: .card(Secret("001")))
        }
    }

    @Test("both spellings of the answer are read", arguments: ["token.json", "token-joined.json"])
    func spellings(name: String) throws {
        let body = try fixture(name, of: "tf56")
        let token = try Self.platform.token(in: WireResponse(status: 200, body: body))
        #expect(token.access.exposed == "tf-access")
        #expect(token.refresh?.exposed == "tf-refresh")
        #expect(token.expiresIn == .seconds(43_199))
        #expect(token.scope == ["基本信息", "account"])
    }

    @Test(
        "an answer without a token, or with one that has ended, is none",
        arguments: [
            ("{}", "it has no access_token"), (#"{"accesstoken":""}"#, "it has no access_token"),
            (#"{"accesstoken":"t","expiresin":0}"#, "its expires_in is in the past"),
            (#"{"accesstoken":"t","expiresin":"-5"}"#, "its expires_in is in the past"),
            (#"{"accesstoken":"t","expiresin":"soon"}"#, "it is not the JSON of a token"),
            ("<html>", "it is not the JSON of a token"),
        ])
    func malformed(body: String, what: String) {
        #expect(throws: TokenError.malformed(what)) {
            try Self.platform.token(in: WireResponse(200, body))
        }
    }

    @Test("a life may be a text, and has a bound")
    func looseLife() throws {
        let body = #"{"accesstoken":"t","expiresin":"\#(Int64.max)"}"#
        let token = try Self.platform.token(in: WireResponse(200, body))
        #expect(token.expiresIn == .seconds(315_360_000))
    }

    @Test("its calls carry the token in the query")
    func authorised() {
        let bare = WireRequest(.get, "https://t/x")
        let asked = WireRequest(.get, "https://t/x?a=1")
        let token = Secret("a b")
        #expect(
            Self.platform.authorised(bare, by: token)
                == WireRequest(.get, "https://t/x?access_token=a%20b"))
        #expect(
            Self.platform.authorised(asked, by: token)
                == WireRequest(.get, "https://t/x?a=1&access_token=a%20b"))
    }

    @Test("the page to log in at")
    func authorizeURL() throws {
        #expect(
            try Self.platform.authorizeURL(state: "s", answer: .code) == Self.address
                + "/?response_type=code&client_id=a%26b&redirect_uri=https%3A%2F%2Fk%2Fcb&state=s")
    }

    @Test("a browser needs somewhere to return to")
    func noRedirect() {
        let platform = TF56OAuth(
            baseURL: "https://t", clientID: "a", clientSecret: Secret("s"), redirectURI: nil)
        #expect(throws: TokenError.missing("other_platforms.tf56.redirect_uri")) {
            try platform.authorizeURL(state: "s", answer: .code)
        }
        #expect(throws: TokenError.missing("other_platforms.tf56.redirect_uri")) {
            try platform.request(for: .code(Secret("c")))
        }
    }
}
