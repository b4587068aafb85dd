import Sandbox
import Testing

@Suite("The sandbox's ChainUp", .timeLimit(.minutes(1)))
struct ChainUpTests {
    /// Made once: it takes a while.
    private static let keys = try? ChainUpKeys.made()
    private static let now: Int64 = 1_700_000_000_000
    private static let time = "1700000000000"

    private func withChainUp(
        _ body: (Harness, ChainUpClient) async throws -> Void
    ) async throws {
        let keys = try #require(Self.keys)
        let client = try ChainUpClient(keys)
        try await withSandbox(chainUpKeys: keys, now: { Self.now }) { sandbox async throws in
            try await body(sandbox, client)
        }
    }

    private func ask(_ sandbox: Harness, _ call: String, _ body: String) async throws -> RawAnswer {
        let path = "/chainup/platformapi/chainup/open/auth/" + call
        return try await sandbox.client.send("POST", path, body: body)
    }

    private func code(_ sandbox: Harness) async throws -> String {
        try await sandbox.browserCode(
            "/chainup/platform/login.html?redirectUrl=http://127.0.0.1:9/back&state=s&appKey="
                + SandboxServer.testClientID)
    }

    /// What the platform says no with; nil for a yes.
    private func refusal(_ answer: RawAnswer) throws -> String? {
        let outer = try answer.json()
        #expect(answer.status == 200)
        #expect(outer["msg"]?.text != "")
        if outer["code"] == .text("0") { return nil }
        #expect(outer["data"] == nil)
        return outer["code"]?.text
    }

    @Test("seals a token for a code, once, and says the moment when it ends")
    func token() async throws {
        try await withChainUp { sandbox, client async throws in
            let inner = #"{"code":"\#(try await code(sandbox))"}"#
            let answer = try await ask(
                sandbox, "token", try client.body(inner, time: Self.time))
            #expect(answer.status == 200)
            #expect(try answer.json()["code"] == .text("0"))
            let grant = try client.opened(answer)
            #expect(Set(grant.keys) == ["openId", "expireIn", "refreshToken", "token"])
            #expect(grant["expireIn"] == .text("1700007199"))
            #expect(grant["openId"]?.text?.utf8.count == 32)
            let again = try await ask(
                sandbox, "token", try client.body(inner, time: Self.time))
            #expect(try refusal(again) == "10006")
        }
    }

    @Test("refreshes once, for the token and the person that the refresh token belongs to")
    func refresh() async throws {
        try await withChainUp { sandbox, client async throws in
            for (openID, token) in [(nil, nil), ("x", nil), (nil, "x")] as [(String?, String?)] {
                let order = #"{"code":"\#(try await code(sandbox))"}"#
                let grant = try client.opened(
                    try await ask(sandbox, "token", try client.body(order, time: Self.time)))
                let inner = try refreshOrder(grant, openID: openID, token: token)
                let body = try client.body(inner, time: Self.time)
                let answer = try await ask(sandbox, "refreshToken", body)
                if openID == nil, token == nil {
                    #expect(try answer.json()["code"] == .number(0))
                    let next = try client.opened(answer)
                    #expect(next["openId"] == grant["openId"])
                    #expect(next["token"] != grant["token"])
                } else {
                    #expect(try refusal(answer) == "10007")
                }
                let again = try await ask(sandbox, "refreshToken", body)
                #expect(try refusal(again) == "10007")
            }
        }
    }

    private func refreshOrder(
        _ grant: [String: JSONValue], openID: String?, token: String?
    ) throws -> String {
        let refresh = try #require(grant["refreshToken"]?.text)
        let openID = try #require(openID ?? grant["openId"]?.text)
        let token = try #require(token ?? grant["token"]?.text)
        return #"{"refreshToken":"\#(refresh)","token":"\#(token)","openId":"\#(openID)"}"#
    }

    @Test("takes the time as a number and as text, five minutes off at most")
    func clock() async throws {
        try await withChainUp { sandbox, client async throws in
            for (time, no) in [
                ("1699999700000", nil), ("\"1700000300000\"", nil), ("1699999699999", "10002"),
                ("1700000300001", "10002"), ("-9223372036854775808", "10002"),
                ("\"soon\"", "10005"),
            ] as [(String, String?)] {
                let inner = #"{"code":"\#(try await code(sandbox))"}"#
                let answer = try await ask(sandbox, "token", try client.body(inner, time: time))
                #expect(try refusal(answer) == no)
            }
        }
    }

    @Test("refuses another client, another sign, what is not sealed for it, and half a request")
    func refusals() async throws {
        try await withChainUp { sandbox, client async throws in
            let inner = #"{"code":"\#(try await code(sandbox))"}"#
            let right = try client.body(inner, time: Self.time)
            let other = try ChainUpClient(
                try #require(Self.keys), signing: try ChainUpKeys.made())
            for (body, no) in [
                (try client.body(inner, time: Self.time, app: "x"), "10001"),
                (try client.body(inner, time: Self.time, sign: "AAAA"), "10004"),
                (try client.body(inner, time: Self.time, sign: "*"), "10004"),
                (try other.body(inner, time: Self.time), "10004"),
                (right.replacing(#""data":""#, with: #""data":"AAAA"#), "10003"),
                (right.replacing(#""data""#, with: #""date""#), "10005"),
                (right.replacing(#""time""#, with: #""date""#), "10002"),
                (try client.body("{}", time: Self.time), "10005"),
                (try client.body("code", time: Self.time), "10005"),
                (try client.body(#"{"code":"x"}"#, time: Self.time), "10006"), ("{", "10005"),
            ] {
                let answer = try await ask(sandbox, "token", body)
                #expect(try refusal(answer) == no)
            }
            let answer = try await ask(sandbox, "token", right)
            #expect(try refusal(answer) == nil)
        }
    }

    @Test("opens what OpenSSL sealed and signed, in one block and in several")
    func vectors() throws {
        let fixture = try JSONValue.fixture("sandbox-openssl.json", of: "chainup").object
        for form in ["", "_base64url"] {
            let keys = try ChainUpKeys(
                platformPrivateKey: try #require(fixture["platform_private_key" + form]?.text),
                clientPublicKey: try #require(fixture["client_public_key" + form]?.text))
            #expect(keys.clientPrivateKey == nil)
            let cases = try #require(fixture["cases"]).list.map(\.object)
            #expect(cases.count == 6)
            for sample in cases {
                let data = try #require(sample["data"]?.text)
                let sign = try #require(sample["sign"]?.text)
                let plain = String(decoding: try keys.open(data: data, sign: sign), as: UTF8.self)
                #expect(plain == sample["plain"]?.text)
                let padded = data.replacing("-", with: "+").replacing("_", with: "/")
                #expect(throws: Never.self) { try keys.open(data: padded, sign: sign) }
                let other = cases.compactMap { $0["sign"]?.text }.filter { $0 != sign }
                #expect(throws: ChainUpKeys.Trouble.wrongSign) {
                    try keys.open(data: data, sign: other[0])
                }
                #expect(throws: ChainUpKeys.Trouble.unreadable) {
                    try keys.open(data: String(data.dropLast(4)), sign: sign)
                }
            }
        }
    }

    @Test("says which key it cannot read")
    func badKeys() throws {
        let fixture = try JSONValue.fixture("sandbox-openssl.json", of: "chainup").object
        let secret = try #require(fixture["platform_private_key"]?.text)
        let open = try #require(fixture["client_public_key"]?.text)
        for (first, second, word) in [
            (open, open, "private"), ("", open, "private"), (secret, secret, "public"),
            (secret, "AAAA", "public"),
        ] {
            do throws(SandboxError) {
                _ = try ChainUpKeys(platformPrivateKey: first, clientPublicKey: second)
                Issue.record("a \(word) key was read that is none")
            } catch {
                #expect(error.description.contains("\(word) key cannot be read"))
            }
        }
    }

    @Test("and the others are told to the agent in the words of its settings")
    func settings() async throws {
        try await withChainUp { sandbox, _ async throws in
            let told = try await sandbox.admin("GET", "platforms").json()
            let base = "http://127.0.0.1:\(sandbox.client.port)"
            let keys = try #require(Self.keys)
            let secret = try #require(keys.clientPrivateKey)
            #expect(
                told["chainup"]
                    == .object([
                        "base_url": .text(base + "/chainup"),
                        "app_id": .text(SandboxServer.testClientID),
                        "platform_public_key": .text(keys.platformPublicKey),
                        "private_key": .text(secret),
                    ]))
            #expect(told["tf56"]?.object["base_url"] == .text(base + "/tf56/openGateway"))
            #expect(told["realshark"]?.object["base_url"] == .text(base + "/realshark"))
        }
    }
}
