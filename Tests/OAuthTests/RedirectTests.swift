import OAuth
import Testing

@Suite("Where a redirect leads")
struct RedirectTests {
    private static let places: [(String?, String?)] = [
        ("https://Pay.example.com/oauth?client_secret=s", "https://pay.example.com"),
        ("http://10.0.0.1:8080", "http://10.0.0.1:8080"), ("HTTP://[::1]:80/x", "http://[::1]:80"),
        ("//portal.example/login", "portal.example"), ("https://a?x=//b", "https://a"),
        ("https://a#//b", "https://a"), ("https://user:secret@a/", "https://a"),
        ("https://a@b@c/", "https://c"), ("https://a\\@b", "https://a"),
        (nil, nil), ("", nil), ("/elsewhere", nil), ("elsewhere?to=//b", nil), ("/a//b", nil),
        ("ftp://a/", nil), ("javascript://a/", nil), ("https://", nil), ("https:///a", nil),
        ("https://a b/", nil), ("https://餐.example/", nil), ("https://a\u{1B}[2J/", nil),
        ("https://" + String(repeating: "a", count: 129), nil),
    ]

    @Test("scheme and host are told, what they carry is not", arguments: places)
    func place(location: String?, place: String?) {
        let response = WireResponse(status: 302, location: location)
        #expect(response.redirectPlace == place)
    }

    @Test("only a redirect leads anywhere", arguments: [200, 201, 299, 400, 503])
    func others(status: Int) {
        let response = WireResponse(status: status, location: "https://a/")
        #expect(!response.isRedirect && response.redirectPlace == nil)
    }

    @Test("a token call that is sent elsewhere says where")
    func tokenCall() throws {
        let platform = SovellOAuth(baseURL: "https://p", clientID: "id", clientSecret: Secret("s"))
        let response = WireResponse(status: 307, location: "https://q:8443/oauth?code=c")
        let error = TokenError.redirected(status: 307, to: "https://q:8443")
        #expect(throws: error) { try platform.token(in: response) }
        #expect(
            error.description
                == "the platform sends us elsewhere — it answered 307 and names https://q:8443, "
                + "which is not followed — set platform.base_url to where it really is")
    }
}
