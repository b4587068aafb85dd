import FoundationEssentials
import Logging
import Sandbox

/// A running sandbox and a client for it.
struct Harness: Sendable {
    static let card = "04A23B1C5D6E80"
    static let lostCard = "04B7C2D3E4F580"
    static let poorCard = "04C1D2E3F4A580"
    /// Of the holder of ``card``.
    static let phone = "13800000001"
    static let seq = "K0011700000000000"

    let server: SandboxServer
    let client: RawClient

    /// The access token in the answer to this form.
    func token(_ form: String) async throws -> String {
        try await tokenAnswer(form).json()["access_token"]?.text ?? ""
    }

    func cardToken(_ card: String = Harness.card) async throws -> String {
        try await token("grant_type=offline_cert&code=card/\(card)&" + Self.clientForm)
    }

    func terminalToken() async throws -> String {
        try await token("grant_type=client_credentials&" + Self.clientForm)
    }

    func tokenAnswer(_ form: String, headers: [String: String] = [:]) async throws -> RawAnswer {
        try await client.send("POST", "/oauth/v2/token", headers: headers, body: form)
    }

    /// Redeems a one-time code; `redirect` is for a browser's.
    func redeem(_ code: String, redirect: String? = nil) async throws -> RawAnswer {
        let address = redirect.map { "&redirect_uri=" + $0 } ?? ""
        return try await tokenAnswer(
            "grant_type=authorization_code&code=\(code)\(address)&" + Self.clientForm)
    }

    func get(_ path: String, token: String) async throws -> RawAnswer {
        try await client.send("GET", path, headers: ["Authorization": "Bearer \(token)"])
    }

    func sendCode(to phone: String) async throws -> RawAnswer {
        try await get(
            "/oauth/v2/code?phone=\(phone)&title=Lunch", token: try await terminalToken())
    }

    /// The code of a new QR session.
    func openSession(_ name: String, token: String) async throws -> String? {
        try await get("/oauth/v2/session/\(name)/code", token: token).json()["code"]?.text
    }

    func sessionState(_ name: String, token: String) async throws -> String? {
        try await get("/oauth/v2/session/\(name)/state", token: token).json()["code"]?.text
    }

    /// Signs in as the holder of ``card`` and gives the code that the browser comes back with.
    func browserCode(_ address: String) async throws -> String {
        let answer = try await client.send("GET", address + "&login=" + Self.card)
        let query = (answer.header("location") ?? "").split(separator: "?").last ?? ""
        let fields = query.split(separator: "&")
        return fields.first { $0.hasPrefix("code=") }.map { String($0.dropFirst(5)) } ?? ""
    }

    static let clientForm =
        "client_id=\(SandboxServer.testClientID)&client_secret=\(SandboxServer.testClientSecret)"

    /// Pays as the agent does; `sign` nil is the right one.
    func pay(
        _ amount: Int64, seq: String = Harness.seq, token: String, sign: String? = nil,
        milliseconds: Int = 10_000, enough: Int = .max
    ) async throws -> RawAnswer {
        var fields = [
            "seq": seq, "title": "Lunch", "app": "wallet", "intent": "pay \(amount)",
            "expire": "60s",
        ]
        fields["sign"] =
            sign ?? RequestSign.make(fields, secret: SandboxServer.testClientSecret)
        let body = String(decoding: try JSONEncoder().encode(fields), as: UTF8.self)
        return try await client.send(
            "POST", "/sovellpay/v2/trade", headers: ["Authorization": "Bearer \(token)"],
            body: body, milliseconds: milliseconds, enough: enough)
    }

    func query(_ seq: String = Harness.seq, token: String) async throws -> RawAnswer {
        try await client.send(
            "GET", "/sovellpay/v2/trade/\(seq)?timeout=5s",
            headers: ["Authorization": "Bearer \(token)"])
    }

    func reverse(
        _ seq: String = Harness.seq, token: String, sign: String? = nil
    ) async throws -> RawAnswer {
        let secret = SandboxServer.testClientSecret
        let sign = sign ?? RequestSign.make(["seq": seq], secret: secret)
        return try await client.send(
            "DELETE", "/sovellpay/v2/trade/\(seq)?sign=\(sign)",
            headers: ["Authorization": "Bearer \(token)"])
    }

    func admin(_ method: String, _ path: String, _ body: String = "") async throws -> RawAnswer {
        try await client.send(method, "/admin/" + path, body: body)
    }
}

/// Runs `body` with a sandbox of its own on a free port, and ends the sandbox.
func withSandbox(
    cards: [SandboxCard] = SandboxCard.demonstration,
    readers: [UInt16] = [],
    chainUpKeys: ChainUpKeys? = nil,
    now: (@Sendable () -> Int64)? = nil,
    _ body: (Harness) async throws -> Void
) async throws {
    let logger = Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() }
    let server = try SandboxServer(
        cards: cards, virtualReaderPorts: readers, chainUpKeys: chainUpKeys, seed: 7, now: now,
        logger: logger)
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await server.run() }
        do {
            let port = try await server.port
            try await body(Harness(server: server, client: RawClient(port: port)))
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
        try await group.waitForAll()
    }
}
