import Sandbox
import Testing

@Suite("The sandbox's tf56", .timeLimit(.minutes(1)))
struct TF56Tests {
    private static let path = "/tf56/openGateway/oauth/token?"
    private static let callback = "http://127.0.0.1:9/back"

    private func ask(_ sandbox: Harness, _ fields: String) async throws -> RawAnswer {
        try await sandbox.client.send("POST", Self.path + fields + "&" + Harness.clientForm)
    }

    @Test("answers in two spellings, which take turns")
    func spellings() async throws {
        try await withSandbox { sandbox async throws in
            let first = try await ask(sandbox, "grant_type=client_credentials").json()
            let second = try await ask(sandbox, "grant_type=client_credentials").json()
            let names = ["access_token", "refresh_token", "token_type", "expires_in"]
            #expect(Set(first.keys) == Set(names + ["scope"]))
            #expect(Set(second.keys) == Set(names.map { $0.replacing("_", with: "") } + ["scope"]))
            #expect(first["token_type"] == .text("uuid"))
            #expect(second["tokentype"] == .text("uuid"))
            #expect((7_139...7_199).contains(first["expires_in"]?.number ?? 0))
            #expect((7_139...7_199).contains(second["expiresin"]?.number ?? 0))
            #expect(first["scope"] == .text("运单 查询"))
        }
    }

    @Test("takes the token in the query of its calls, in both spellings, and nowhere else")
    func call() async throws {
        try await withSandbox { sandbox async throws in
            let answer = try await ask(sandbox, "grant_type=client_credentials").json()
            let token = try #require(answer["access_token"]?.text)
            let path = "/tf56/openGateway/api/user"
            for name in ["access_token", "AccessToken"] {
                let told = try await sandbox.client.send("GET", path + "?\(name)=\(token)")
                #expect(told.status == 200)
                #expect(try told.json()["userid"] == .text(SandboxServer.testClientID))
            }
            #expect(try await sandbox.get(path, token: token).status == 401)
            await sandbox.server.forgetTokens()
            let late = try await sandbox.client.send("GET", path + "?access_token=" + token)
            #expect(late.status == 401)
        }
    }

    @Test("redeems a browser's code once and a refresh token once")
    func code() async throws {
        try await withSandbox { sandbox async throws in
            let code = try await sandbox.browserCode(
                "/tf56/openGateway/oauth/?response_type=code&redirect_uri=\(Self.callback)"
                    + "&state=s&scope=all&client_id=" + SandboxServer.testClientID)
            let form = "grant_type=authorization_code&code=\(code)&redirect_uri=" + Self.callback
            let answer = try await ask(sandbox, form)
            #expect(answer.status == 200)
            #expect(try await ask(sandbox, form).status == 400)
            let refresh = try #require(try answer.json()["refresh_token"]?.text)
            let again = "grant_type=refresh_token&refresh_token=" + refresh
            #expect(try await ask(sandbox, again).status == 200)
            #expect(try await ask(sandbox, again).status == 400)
        }
    }

    @Test("knows a user by phone and password")
    func password() async throws {
        try await withSandbox { sandbox async throws in
            let form = "grant_type=password&username=\(Harness.phone)&password="
            let answer = try await ask(sandbox, form + SandboxServer.testPassword)
            #expect(answer.status == 200)
            #expect(try await ask(sandbox, form + "wrong").status == 400)
        }
    }

    @Test(
        "refuses in the manner of RFC 6749",
        arguments: [
            ("grant_type=client_credentials&client_id=x", 401, "invalid_client"),
            ("grant_type=magic", 400, "unsupported_grant_type"),
            ("scope=x", 400, "invalid_request"),
            ("grant_type=authorization_code", 400, "invalid_request"),
            ("grant_type=authorization_code&code=x", 400, "invalid_grant"),
            ("grant_type=password&username=0&password=sandbox", 400, "invalid_grant"),
            ("grant_type=refresh_token&refresh_token=x", 400, "invalid_grant"),
        ])
    func refusals(_ fields: String, _ status: Int, _ error: String) async throws {
        try await withSandbox { sandbox async throws in
            let answer = try await ask(sandbox, fields)
            #expect(answer.status == status)
            #expect(try answer.json()["error"] == .text(error))
        }
    }

    @Test("does not read a body")
    func body() async throws {
        try await withSandbox { sandbox async throws in
            let answer = try await sandbox.client.send(
                "POST", "/tf56/openGateway/oauth/token",
                body: "grant_type=client_credentials&" + Harness.clientForm)
            #expect(answer.status == 401)
        }
    }

    @Test("meets faults like any other call")
    func fault() async throws {
        try await withSandbox { sandbox async throws in
            await sandbox.server.setFaults([SandboxFault(.broken, path: "/tf56/")])
            let answer = try await ask(sandbox, "grant_type=client_credentials")
            #expect(answer.status == 200)
            #expect(throws: (any Error).self) { try answer.value() }
            #expect(try await sandbox.terminalToken() != "")
        }
    }
}
