import HTTPTypes
import HummingbirdCore
import NIOCore
import Testing

@testable import LocalAPI

@Suite("Who may call") struct GuardTests {
    @Test(
        "only a loopback name is a host of this machine",
        arguments: [
            ("localhost", true), ("LocalHost", true), ("localhost:7717", true),
            ("127.0.0.1", true), ("127.0.0.1:7717", true), ("127.0.0.1:65535", true),
            ("[::1]", true), ("[::1]:7717", true), ("", false), (":7717", false),
            ("localhost:", false), ("localhost:x", false), ("localhost:65536", false),
            ("localhost:-1", false), ("localhost:80:80", false), ("localhost.", false),
            ("localhost.evil.com", false), ("localhost@evil.com", false),
            ("localhost:80@evil.com", false), ("evil.com", false), ("evil.com:7717", false),
            ("127.0.0.1.evil.com", false), ("127.0.0.1.", false), ("127.0.0.2", false),
            ("127.1", false), ("0.0.0.0", false), ("2130706433", false), ("0x7f.1", false),
            (" localhost", false), ("localhost ", false), ("localhost/", false),
            ("127.0.0.1#", false), ("::1", false), ("[::1", false), ("[::1]:", false),
            ("[::1].evil.com", false), ("[::1]:80:80", false), ("[::1]@80", false),
            ("[::1]x80", false), ("[::2]", false), ("[::ffff:127.0.0.1]", false),
            ("[0:0:0:0:0:0:0:1]", false),
        ])
    func loopback(_ authority: String, _ isOurs: Bool) {
        #expect(OriginGuard.isLoopback(authority) == isOurs)
    }

    @Test(
        "a port is digits alone",
        arguments: ["localhost:+80", "127.0.0.1:+80", "[::1]:+80"])
    func signedPort(_ authority: String) { #expect(!OriginGuard.isLoopback(authority)) }

    private func request(_ authorization: String?) -> Request {
        var head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/v1/payments")
        head.headerFields[.authorization] = authorization
        return Request(head: head, body: RequestBody(buffer: ByteBuffer()))
    }

    @Test(
        "the operator's token lets in, and nothing that is only like it",
        arguments: [
            (String?.none, false), ("Bearer hunter2", true), ("Bearer hunter", false),
            ("Bearer hunter22", false), ("Bearer Hunter2", false), ("Bearer ", false),
            ("Bearer", false), ("", false), ("hunter2", false), ("Basic hunter2", false),
            ("Bearer  hunter2", false),
        ])
    func token(_ authorization: String?, _ isOperator: Bool) {
        let guarded = OperatorGuard(token: "hunter2")
        #expect(guarded.isOperator(request(authorization)) == isOperator)
        #expect(guarded.isWrong(request(authorization)) == (authorization != nil && !isOperator))
        let problem = Result { try guarded.check(request(authorization)) }.problem
        #expect(problem?.status.code == (isOperator ? nil : 401))
        #expect(problem?.kind == (isOperator ? nil : "forbidden"))
        #expect(problem?.detail.contains("hunter") != true)
    }

    @Test(
        "without a configured token nobody is an operator",
        arguments: [String?.none, "Bearer ", "Bearer null", "Bearer hunter2"])
    func noToken(_ authorization: String?) {
        let guarded = OperatorGuard(token: nil)
        #expect(!guarded.isOperator(request(authorization)))
        #expect(!guarded.isWrong(request(authorization)))
        let problem = Result { try guarded.check(request(authorization)) }.problem
        #expect(problem?.status.code == 403)
        #expect(problem?.kind == "forbidden")
    }

    @Test(
        "two texts are equal when all of their bytes are",
        arguments: [
            ("", "", true), ("a", "a", true), ("abc", "abc", true), ("abc", "abd", false),
            ("abc", "bbc", false), ("abc", "ab", false), ("", "a", false), ("abc", "abcd", false),
        ])
    func equal(_ left: String, _ right: String, _ isEqual: Bool) {
        #expect(OperatorGuard.equal(Array(left.utf8), Array(right.utf8)) == isEqual)
        #expect(OperatorGuard.equal(Array(right.utf8), Array(left.utf8)) == isEqual)
    }

    @Test(
        "a list of lost cards and a journal may be long, every other body is short",
        arguments: [
            ("/v1/lost-cards/import", 64 * 1024 * 1024), ("/v1/replay", 64 * 1024 * 1024),
            ("/v1/lost-cards/add", 65_536), ("/v1/replay/", 65_536),
            ("/v1/payments", 65_536), ("/v1/lost-cards/import/", 65_536), ("/", 65_536),
        ])
    func bodyMax(_ path: String, _ bytes: Int) { #expect(APILimits.bodyMax(for: path) == bytes) }

    @Test("the bounds are those of the contract")
    func bounds() {
        #expect(APILimits.expirySeconds == 1...600)
        #expect(APILimits.waitMax == .seconds(60))
        #expect(APILimits.idleMax > APILimits.waitMax + APILimits.arrivalMax)
        #expect(APILimits.heldMax < APILimits.connectionsMax)
    }
}

extension Result where Failure == any Error {
    /// What a guard threw.
    var problem: Problem? {
        if case .failure(let error) = self { error as? Problem } else { nil }
    }
}
