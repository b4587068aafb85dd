import Foundation
import Testing

@testable import OAuth

@Suite("The ChainUp platform")
struct ChainUpOAuthTests {
    private static func platform(now: Int64 = 1_700_000_000_000) throws -> ChainUpOAuth {
        ChainUpOAuth(
            baseURL: "https://c", appID: "app 1", seal: try ChainUpKeys.seal(),
            redirectURI: "https://k/cb", now: { now })
    }

    private struct Envelope: Decodable {
        var app_id: String
        var time: Int64
        var data: String
        var sign: String
    }

    /// What the platform reads in a request.
    private static func opened(_ request: WireRequest) throws -> String {
        let body = Data(try #require(request.body))
        let envelope = try JSONDecoder().decode(Envelope.self, from: body)
        #expect(envelope.app_id == "app 1")
        #expect(envelope.time == 1_700_000_000_000)
        let plain = try ChainUpKeys.platform().open(
            .init(data: envelope.data, sign: envelope.sign))
        return String(decoding: plain, as: UTF8.self)
    }

    /// An answer of the platform around `inner`.
    private static func answer(_ inner: String, code: String = #""0""#) throws -> WireResponse {
        let sealed = try ChainUpKeys.platform().seal(Array(inner.utf8))
        return WireResponse(
            200, #"{"code":\#(code),"data":"\#(sealed.data)","sign":"\#(sealed.sign)"}"#)
    }

    @Test("a code is sealed for the platform")
    func code() throws {
        let request = try Self.platform().request(for: .code(Secret("码/1")))
        #expect(request.method == .post)
        #expect(request.url == "https://c/platformapi/chainup/open/auth/token")
        #expect(try Self.opened(request) == #"{"code":"码/1"}"#)
    }

    @Test(
        "the time is a number or a text, as configured",
        arguments: [
            (ChainUpOAuth.TimeFormat.number, #""time":1700000000000}"#),
            (.text, #""time":"1700000000000"}"#),
        ])
    func time(format: ChainUpOAuth.TimeFormat, text: String) throws {
        let platform = ChainUpOAuth(
            baseURL: "https://c", appID: "app 1", seal: try ChainUpKeys.seal(), redirectURI: nil,
            timeFormat: format, now: { 1_700_000_000_000 })
        // The members are sorted, so the time comes last.
        #expect(try platform.request(for: .code(Secret("c"))).text.hasSuffix(text))
    }

    @Test("a refresh takes the old token and the open id")
    func refresh() throws {
        let grant = Grant.refresh(Secret("r"), token: Secret("t"), openID: "o")
        let request = try Self.platform().request(for: grant)
        #expect(request.url == "https://c/platformapi/chainup/open/auth/refreshToken")
        #expect(
            try Self.opened(request) == #"{"openId":"o","refreshToken":"r","token":"t"}"#)
        #expect(try Self.platform().refreshTakesToken)
        for incomplete in [Grant.refresh(Secret("r")), .refresh(Secret("r"), token: Secret("t"))] {
            #expect(throws: TokenError.self) { try Self.platform().request(for: incomplete) }
        }
    }

    @Test("the documented answer is read; its expiry is a moment")
    func sample() throws {
        let body = try fixture("token.json", of: "chainup")
        let token = try Self.platform().token(in: WireResponse(status: 200, body: body))
        #expect(
            token
                == Token(
                    access: Secret("t-1"), refresh: Secret("r-1"), expiresIn: .seconds(7_200),
                    subject: "o-17"))
    }

    @Test("a documented refusal is told with its code and its words")
    func refusal() throws {
        let body = try fixture("error.json", of: "chainup")
        let platform = try Self.platform()
        #expect(throws: TokenError.refused("10017 the sign does not match")) {
            try platform.token(in: WireResponse(status: 200, body: body))
        }
    }

    @Test("success is the text 0 or the number 0", arguments: [#""0""#, "0"])
    func success(code: String) throws {
        let answer = try Self.answer(#"{"token":"t"}"#, code: code)
        #expect(try Self.platform().token(in: answer) == Token(access: Secret("t")))
    }

    @Test(
        "what was sealed is checked as any answer is",
        arguments: [
            ("{}", "it has no token"), (#"{"token":""}"#, "it has no token"),
            (#"{"token":"t","expireIn":"1700000000"}"#, "its expireIn is in the past"),
            (#"{"token":"t","expireIn":"-9223372036854775808"}"#, "its expireIn is in the past"),
            (#"{"token":"t","expireIn":""}"#, "what was sealed is not the JSON of a token"),
            ("[]", "what was sealed is not the JSON of a token"),
        ])
    func malformed(inner: String, what: String) throws {
        let answer = try Self.answer(inner)
        #expect(throws: TokenError.malformed(what)) { try Self.platform().token(in: answer) }
    }

    @Test(
        "an answer that is none says why",
        arguments: [
            (200, #"{"code":"10017","msg":"bad\nsign"}"#, TokenError.refused("10017 badsign")),
            (200, #"{"code":5}"#, .refused("5")),
            (200, #"{"code":"10002","msg":"time\n"}"#, .timeRefused("10002 time")),
            (200, #"{"code":10002}"#, .timeRefused("10002")),
            (200, "{}", .malformed("it has no code")),
            (200, #"{"code":"0","data":"AAAA"}"#, .malformed("it has no data and sign")),
            (200, #"{"code":"0","data":"AAAA","sign":"AAAA"}"#, .badSignature),
            (200, "<html>", .malformed("it is not the JSON of a token")),
            (302, "", .redirected(status: 302)), (503, "", .later(status: 503, after: nil)),
        ])
    func failures(status: Int, body: String, error: TokenError) throws {
        let platform = try Self.platform()
        #expect(throws: error) { try platform.token(in: WireResponse(status, body)) }
    }

    @Test("an answer that was signed with our own key is not the platform's")
    func ownSignature() throws {
        let ours = try ChainUpKeys.seal(theirs: "ours-public").seal(Array(#"{"token":"t"}"#.utf8))
        let body = #"{"code":"0","data":"\#(ours.data)","sign":"\#(ours.sign)"}"#
        let platform = try Self.platform()
        #expect(throws: TokenError.badSignature) { try platform.token(in: WireResponse(200, body)) }
    }

    @Test("the page to log in at")
    func authorizeURL() throws {
        #expect(
            try Self.platform().authorizeURL(state: "s&", answer: .code)
                == "https://c/platform/login.html?appKey=app%201"
                + "&redirectUrl=https%3A%2F%2Fk%2Fcb&state=s%26")
    }
}
