import Foundation
import Sandbox
import Testing

/// What a hostile program on the same machine gets out of the local API: nothing that stops payers.
@Suite("a hostile client") struct HostileClientTests {
    private func withKiosk(
        _ work: (Kiosk, SandboxServer, Program, _ port: Int) async throws -> Void
    ) async throws {
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(platform: url, yaml: "payment: {repeat_window: 0s}")
            let agent = try await kiosk.start()
            try await work(kiosk, sandbox, agent, kiosk.port(of: agent))
        }
    }

    private static let paymentsMin = 10
    /// Both doors with all that they accept, and what the agent has open besides.
    private static let filesMax = 512
    /// From the tap to the outcome: the deadline of 2 s, and what a busy machine takes beside it.
    private static let patience = Duration.seconds(10)

    @Test("payments go on under slow heads, endless heads, 10,000 connections and noise")
    func siege() async throws {
        try await withKiosk { kiosk, sandbox, agent, port in
            let before = Footprint(of: agent)
            let client = HostileClient(port: port, socket: kiosk.socket)
            async let attack: Void = client.attack()
            var (paid, filesMax) = (0, 0)
            // A payment in each wave at most, of three calls: fewer than a door takes at once.
            for await _ in client.waves {
                try await pay(at: kiosk)
                paid += 1
                filesMax = max(filesMax, Footprint(of: agent).files ?? 0)
            }
            try await attack
            #expect(filesMax <= Self.filesMax)
            while paid < Self.paymentsMin {
                try await pay(at: kiosk)
                paid += 1
            }
            #expect(client.connections > HostileClient.flood * 9 / 10)
            #expect(agent.isRunning)
            let alive = try await rawRequest(
                port, "GET", "/healthz", headers: ["Host: localhost"])
            #expect(alive.status == 200)
            try await kiosk.waitUntilNothingIsOpen()
            #expect(await sandbox.money(of: Cards.normal) == (paid, 0))
            try await expectRecovery(of: agent, since: before)
        }
    }

    private func pay(at kiosk: Kiosk) async throws {
        let seq = try await kiosk.request(100)
        let tapped = ContinuousClock.now
        try await kiosk.tap(Cards.normal)
        let outcome = try await kiosk.outcome(seq)
        #expect(["settled", "accepted"].contains(outcome.state), "\(outcome)")
        #expect(ContinuousClock.now - tapped < Self.patience)
    }

    private func expectRecovery(of agent: Program, since before: Footprint) async throws {
        try await eventually {
            (Footprint(of: agent).files ?? 0) <= (before.files ?? 0) + 10
        }
        let after = Footprint(of: agent)
        #expect(after.peakKiB - before.peakKiB < 128 * 1_024)
        // Room that whoever started it had is inherited.
        #expect(after.descriptorsMax <= max(Self.filesMax, before.descriptorsMax))
    }

    @Test("a head has bounds: a long header, a long line and too many headers end the connection")
    func heads() async throws {
        try await withKiosk { _, _, _, port in
            func ask(_ path: String, _ headers: [String]) async throws -> Int? {
                let connection = try await RawConnection(port: port)
                let lines = ["GET \(path) HTTP/1.1", "Host: localhost"] + headers
                try await connection.write(lines.joined(separator: "\r\n") + "\r\n\r\n")
                return try await connection.read(seconds: 5).status
            }
            let long = String(repeating: "x", count: 15_000)
            let many = (0..<90).map { "X-\($0): 1" }
            #expect(try await ask("/healthz", ["X-Long: \(long)"]) == 200)
            #expect(try await ask("/healthz", many) == 200)
            let refused: [Int?] = [
                try await ask("/healthz", ["X-Long: \(long)xxxxxxxxxx\(long)"]),
                try await ask("/healthz", ["X-One: \(long)", "X-Two: \(long)"]),
                try await ask("/healthz?\(long)\(long)", []),
                try await ask("/healthz", many + many),
            ]
            // An answer may be lost when the connection ends while its request still arrives.
            #expect(refused.allSatisfy { $0 == nil || $0 == 400 }, "\(refused)")
            #expect(try await ask("/healthz", []) == 200)
        }
    }

    @Test("streams and waits take up most of a door, never all of it")
    func held() async throws {
        try await withKiosk { kiosk, _, _, port in
            func listen() async throws -> (connection: RawConnection, status: Int?) {
                let connection = try await RawConnection(port: port)
                try await connection.write("GET /v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
                return (connection, try await connection.readHead().status)
            }
            var listeners: [RawConnection] = []
            // APILimits.heldMax
            for _ in 0..<48 {
                let listener = try await listen()
                #expect(listener.status == 200)
                listeners.append(listener.connection)
            }
            #expect(try await listen().status == 429)
            let seq = try await kiosk.request(100)
            let waited = try await rawRequest(
                port, "GET", "/v1/payments/\(seq)?wait=60", headers: ["Host: localhost"])
            #expect(waited.status == 200)
            #expect(waited.body.contains("\"awaiting_card\""))
            try await kiosk.tap(Cards.normal)
            #expect(try await kiosk.outcome(seq).state == "settled")
            withExtendedLifetime(listeners) {}
        }
    }

    private static let tricks = [
        "//", "//etc/passwd", "/..", "/../../../../etc/passwd", "/./payer.css", "/payer.css/",
        "//payer.css", "/v1//status", "/v1/status/", "/v1/./status", "/v1/x/../status",
        "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd", "/v1/%73tatus",
        "/v1/payments/%00", "/v1/payments/K1%0d%0aX:1", "/v1/payments/..", "/v1/status%00.css",
        "/etc/passwd", "/proc/self/environ", "/v1\\status", "http:///etc/passwd", "/\u{e9}",
        "/v1/payments/\u{202e}1",
    ]

    @Test("a path that plays tricks finds nothing")
    func paths() async throws {
        try await withKiosk { _, _, _, port in
            for path in Self.tricks {
                let answer = try await rawRequest(
                    port, "GET", path, headers: ["Host: localhost"])
                #expect([400, 404].contains(answer.status), "\(path)")
                #expect(!answer.text.contains("root:"), "\(path)")
            }
        }
    }

    @Test("a path that is no text, or has no end, finds nothing")
    func pathOfBytes() async throws {
        try await withKiosk { _, _, _, port in
            for path in [[0x2F, 0xFF, 0xFE], Array(repeating: UInt8(0x2F), count: 20_000)] {
                let connection = try await RawConnection(port: port)
                let rest = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                try await connection.write(Array("GET ".utf8) + path + Array(rest.utf8))
                let status = try await connection.read(seconds: 5).status
                #expect([nil, 400, 404].contains(status), "\(path.prefix(3))")
            }
            let alive = try await rawRequest(
                port, "GET", "/healthz", headers: ["Host: localhost"])
            #expect(alive.status == 200)
        }
    }
}

/// What a process uses, as `/proc` tells it.
private struct Footprint {
    /// The most memory that it ever had, in KiB.
    let peakKiB: Int
    /// Room for so many descriptors was needed at some time, rounded up to a power of two.
    let descriptorsMax: Int
    /// Open now; nil for whoever may not look, which is everybody but root.
    let files: Int?

    init(of program: Program) {
        let data = FileManager.default.contents(atPath: "/proc/\(program.pid)/status")
        let text = String(decoding: data ?? Data(), as: UTF8.self)
        peakKiB = text.firstMatch(of: /VmHWM:\s+(\d+)/).flatMap { Int($0.1) } ?? .max
        descriptorsMax = text.firstMatch(of: /FDSize:\s+(\d+)/).flatMap { Int($0.1) } ?? .max
        let directory = "/proc/\(program.pid)/fd"
        files = try? FileManager.default.contentsOfDirectory(atPath: directory).count
    }
}
