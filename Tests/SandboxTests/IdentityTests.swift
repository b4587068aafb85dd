import Sandbox
import Testing

@Suite("What the sandbox tells about a token", .timeLimit(.minutes(1)))
struct IdentityTests {
    @Test("check_token tells whom it speaks for and when it ends", arguments: ["GET", "POST"])
    func check(_ method: String) async throws {
        let now: Int64 = 1_700_000_000_000
        try await withSandbox(now: { now }) { sandbox async throws in
            let token = try await sandbox.cardToken(Harness.lostCard)
            let field = "token=" + token
            let answer = try await sandbox.client.send(
                method, "/oauth/v2/check_token" + (method == "GET" ? "?" + field : ""),
                body: method == "GET" ? "" : field)
            #expect(answer.status == 200)
            let told = try answer.json()
            #expect(told["active"] == .flag(true))
            #expect(told["client_id"] == .text(SandboxServer.testClientID))
            #expect(told["exp"] == .number(1_700_007_199))
            #expect(told["card"] == .text(Harness.lostCard))
            #expect(told["st"] == .text("lost"))
        }
    }

    @Test("check_token refuses what is no token of its own")
    func checkRefusals() async throws {
        try await withSandbox { sandbox async throws in
            let path = "/oauth/v2/check_token"
            let unknown = try await sandbox.client.send("GET", path + "?token=x")
            #expect(unknown.status == 400)
            #expect(try unknown.json()["error"] == .text("invalid_token"))
            let none = try await sandbox.client.send("GET", path)
            #expect(try none.json()["error"] == .text("invalid_request"))
            let token = try await sandbox.cardToken()
            await sandbox.server.forgetTokens()
            #expect(try await sandbox.client.send("GET", path + "?token=" + token).status == 400)
        }
    }

    @Test("userinfo names the holder to whom the token belongs")
    func userInfo() async throws {
        try await withSandbox { sandbox async throws in
            let path = "/oauth/v2/userinfo"
            let card = try await sandbox.get(path, token: try await sandbox.cardToken()).json()
            #expect(card["name"] == .text("Li Lei"))
            #expect(card["phone"] == .text(Harness.phone))
            #expect(card["card"] == .text(Harness.card))
            let terminal = try await sandbox.get(
                path, token: try await sandbox.terminalToken()
            ).json()
            #expect(terminal["sub"] == .text(SandboxServer.testClientID))
            #expect(terminal["name"] == nil)
            #expect(try await sandbox.get(path, token: "nonsense").status == 401)
        }
    }

    @Test("accounts are texts, one for each card that the token may see")
    func accounts() async throws {
        try await withSandbox { sandbox async throws in
            let path = "/sovellpay/v2/accounts"
            let own = try await sandbox.get(path, token: try await sandbox.cardToken())
            #expect(own.header("x-total-count") == "1")
            let account = try #require(try own.value().list.first)
            let names = ["name", "group_id", "id", "account_id", "status"]
            #expect(Set(account.object.keys) == Set(names))
            #expect(account.object.values.allSatisfy { $0.text != nil })
            let all = try await sandbox.get(path, token: try await sandbox.terminalToken())
            #expect(try all.value().list.count == 3)
            #expect(try await sandbox.get(path, token: "nonsense").status == 401)
        }
    }

    @Test(
        "props page with skip and limit, and count them all in a header",
        arguments: [
            ("", 6), ("?skip=4", 2), ("?limit=5", 5), ("?skip=5&limit=5", 1), ("?skip=9", 0),
        ])
    func vouchers(_ query: String, _ count: Int) async throws {
        try await withSandbox { sandbox async throws in
            let answer = try await sandbox.get(
                "/sovellpay/v2/props" + query, token: try await sandbox.terminalToken())
            #expect(answer.status == 200)
            #expect(answer.header("x-total-count") == "6")
            let list = try answer.value().list
            #expect(list.count == count)
            let names: Set = [
                "_id", "_rev", "_exp", "realname", "amount", "name", "effect_day", "remark",
                "where",
            ]
            #expect(list.allSatisfy { Set($0.object.keys) == names })
        }
    }

    @Test("props refuse pages that cannot be", arguments: ["skip=-1", "limit=x", "limit=-1"])
    func pages(_ query: String) async throws {
        try await withSandbox { sandbox async throws in
            let token = try await sandbox.terminalToken()
            let answer = try await sandbox.get("/sovellpay/v2/props?" + query, token: token)
            #expect(answer.status == 400)
        }
    }

    @Test("a voucher says from which amount, when and where it counts")
    func condition() async throws {
        let now: Int64 = 1_700_000_000_000
        try await withSandbox(now: { now }) { sandbox async throws in
            let answer = try await sandbox.get(
                "/sovellpay/v2/props?limit=1", token: try await sandbox.cardToken())
            let voucher = try #require(try answer.value().list.first?.object)
            #expect(voucher["amount"] == .number(200))
            #expect(
                voucher["where"]
                    == .object([
                        "amount": .object(["$ge": .number(400)]),
                        "date": .object([
                            "$gt": .number(now), "$lt": .number(now + 30 * 86_400_000),
                        ]),
                        "group_id": .object(["$in": .list([.text("canteen")])]),
                    ]))
        }
    }
}
