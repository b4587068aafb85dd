import Foundation
import Glibc
import TerminalTesting
import Testing

/// The built agent under something that takes the service manager's part.
@Suite("what the service manager hears") struct ServiceTests {
    /// The manager's patience in microseconds: a beat is due every 0.7 s. Without pcscd the reader
    /// loop comes round every 0.5 s.
    private static let patience = "2100000"

    /// The manager, with all that it has heard.
    private struct Manager {
        private let socket: ManagerStandIn
        private(set) var heard: [String] = []

        init() throws {
            let place = FileManager.default.temporaryDirectory
                .appending(path: "notify-\(UUID().uuidString.prefix(8))")
            socket = try ManagerStandIn(place.path)
        }

        /// What the agent finds in its environment, beside `more`.
        func environment(_ more: [String: String] = [:]) -> [String: String] {
            ["NOTIFY_SOCKET": socket.name, "WATCHDOG_USEC": patience].merging(more) { $1 }
        }

        mutating func listen() {
            while let message = socket.next() { heard.append(message) }
        }

        /// How many messages begin with `line`.
        func count(_ line: String) -> Int { heard.count { $0.hasPrefix(line + "\n") } }

        /// The first lines of all messages but the beats.
        var steps: [String] {
            heard.compactMap { $0.split(separator: "\n").first.map(String.init) }
                .filter { $0 != "WATCHDOG=1" }
        }

        /// The moments at which reloads began, in microseconds.
        var reloads: [Int] {
            heard.compactMap { message in
                message.wholeMatch(of: /RELOADING=1\nMONOTONIC_USEC=(\d+)/).flatMap { Int($0.1) }
            }
        }

        mutating func wait(for line: String, times: Int) async throws {
            try await eventually {
                listen()
                return count(line) >= times
            }
        }
    }

    @Test("READY when the API is open, beats while the loops turn, STOPPING at SIGTERM")
    func life() async throws {
        try await withSandbox { _, url in
            var manager = try Manager()
            let kiosk = try Kiosk(platform: url, environment: manager.environment())
            let agent = try await kiosk.start()
            try await manager.wait(for: "WATCHDOG=1", times: 2)
            agent.signal(SIGTERM)
            #expect(await agent.end() == 0)
            manager.listen()
            #expect(manager.heard.first?.hasPrefix("READY=1\nSTATUS=platform ") == true)
            #expect(manager.heard.last?.hasPrefix("STOPPING=1\n") == true)
            #expect(manager.count("READY=1") == 1 && manager.count("STOPPING=1") == 1)
        }
    }

    @Test("a reload begins and ends in order, whether the configuration is taken up or refused")
    func reload() async throws {
        try await withSandbox { _, url in
            var manager = try Manager()
            let kiosk = try Kiosk(platform: url, environment: manager.environment())
            let agent = try await kiosk.start()
            try await manager.wait(for: "READY=1", times: 1)
            let began = Self.microseconds()
            for (done, yaml) in ["offline: {payment_limit: 1000}", "nonsense: 1"].enumerated() {
                try kiosk.configure(platform: url, yaml: yaml)
                agent.signal(SIGHUP)
                try await manager.wait(for: "READY=1", times: done + 2)
            }
            let once = ["RELOADING=1", "READY=1"]
            #expect(manager.steps == ["READY=1"] + once + once)
            for word in ["the configuration was read again", "the configuration stays as it was"] {
                await agent.wait { lines in lines.contains { $0.contains(word) } }
            }
            #expect(agent.isRunning, "\(agent.output)")
            let moments = manager.reloads
            #expect(moments.count == 2 && moments == moments.sorted(), "\(moments)")
            #expect(moments.allSatisfy { (began...Self.microseconds()).contains($0) })
            agent.signal(SIGTERM)
            #expect(await agent.end() == 0)
        }
    }

    /// The manager's own count.
    private static func microseconds() -> Int {
        Int(ProcessInfo.processInfo.systemUptime * 1_000_000)
    }

    @Test("without pcscd the reader loop turns all the same, so the agent is not killed for it")
    func withoutPCSCD() async throws {
        try await withSandbox { _, url in
            var manager = try Manager()
            let kiosk = try Kiosk(
                platform: url, yaml: "reader: {source: pcsc}",
                environment: manager.environment(
                    ["PCSCLITE_CSOCK_NAME": "/nonexistent/pcscd.comm"]))
            let agent = try await kiosk.start()
            try await manager.wait(for: "WATCHDOG=1", times: 3)
            agent.signal(SIGTERM)
            #expect(await agent.end() == 0)
        }
    }

    @Test("a reader loop that hangs in pcscd gets no beat")
    func hanging() async throws {
        try await withSandbox { _, url in
            var manager = try Manager()
            let pcscd = try DeafSocket(listens: true)
            let kiosk = try Kiosk(
                platform: url, yaml: "reader: {source: pcsc}",
                environment: manager.environment(["PCSCLITE_CSOCK_NAME": pcscd.path]))
            let agent = try await kiosk.start()
            await agent.wait { lines in
                lines.count { $0.contains("it stands still: reader") } >= 2
            }
            agent.signal(SIGTERM)
            #expect(await agent.end() == 0)
            manager.listen()
            #expect(manager.count("READY=1") == 1)
            // One at most: the loop may have begun after the first look at it.
            #expect(manager.count("WATCHDOG=1") <= 1)
        }
    }

    @Test("a manager that is gone does not disturb the agent")
    func deaf() async throws {
        try await withSandbox { _, url in
            let kiosk = try Kiosk(
                platform: url,
                environment: [
                    "NOTIFY_SOCKET": "/nonexistent/notify", "WATCHDOG_USEC": Self.patience,
                ])
            let agent = try await kiosk.start()
            let seq = try await kiosk.request(1_250)
            try await kiosk.tap(Cards.normal)
            #expect(try await kiosk.outcome(seq).state == "settled")
            agent.signal(SIGTERM)
            #expect(await agent.end() == 0)
        }
    }
}
