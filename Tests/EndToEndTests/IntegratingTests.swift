import Foundation
import Sandbox
import Testing
import VirtualCard

/// What the guide for POS developers tells them to type, typed.
@Suite("the guide for POS developers", .serialized) struct IntegratingTests {
    private static let guide = Guide("docs/integrating.md")

    /// What `make run` starts.
    private struct Demonstration {
        var sandbox: SandboxServer
        /// The port of the card reader.
        var reader: UInt16
        /// What the guide's commands and programs find in their environment.
        var environment: [String: String]
        var directory: URL

        /// Holds a card to the reader until the payment under way has its payer.
        func tap(_ uid: [UInt8]) async throws -> VirtualCard {
            let card = VirtualCard(port: reader, uid: uid)
            try await card.insert()
            return card
        }
    }

    /// One reader, as otherwise the same card could lie on two.
    private func withDemonstration(_ work: (Demonstration) async throws -> Void) async throws {
        let pcscd = try await PrivatePCSCD.start()
        do {
            let reader = pcscd.ports[0]
            try await withSandbox(cards: SandboxCard.demonstration, readers: [reader]) {
                sandbox, url in
                let kiosk = try Kiosk(
                    platform: url,
                    yaml: """
                        reader: {source: pcsc}
                        payment: {repeat_window: 0s}
                        sync: {retry_min: 100ms, retry_max: 1s}
                        """,
                    environment: pcscd.environment.merging(Self.names) { $1 })
                let agent = try await kiosk.start()
                try await eventually { try await kiosk.call("GET", "/readyz").status == 200 }
                let environment = [
                    "AGENT": "http://127.0.0.1:\(kiosk.port(of: agent))", "SANDBOX": url,
                    "TOKEN": "operator", "no_proxy": "*", "NO_PROXY": "*",
                ]
                try await work(
                    Demonstration(
                        sandbox: sandbox, reader: reader, environment: environment,
                        directory: kiosk.directory))
                #expect(agent.isRunning)
            }
        } catch {
            await pcscd.stop()
            throw error
        }
        await pcscd.stop()
    }

    /// The terminal of `make run`.
    private static let names = [
        "KIOSK_TERMINAL_ID": "DEV1", "KIOSK_TERMINAL_NAME": "Demo counter",
    ]

    private static let mark = "=== the output of block"

    /// All commands of the guide as one session, each after a mark.
    private static var script: String {
        guide.typed.enumerated().map { number, typed in
            "printf '\\n\(mark) %d\\n' \(number)\n\(typed.command)"
        }.joined(separator: "\n")
    }

    @Test("each command prints what the guide shows after it")
    func commands() async throws {
        try await withDemonstration { demonstration in
            let script = demonstration.directory.appending(path: "guide.sh")
            try Self.script.write(to: script, atomically: true, encoding: .utf8)
            let session = try Program(
                URL(filePath: "/bin/bash"), [script.path],
                environment: demonstration.environment)
            await session.end()
            let parts = session.output.joined(separator: "\n").split(separator: Self.mark)
                .map { $0.split(separator: "\n").dropFirst().joined(separator: "\n") }
            let typed = Self.guide.typed
            try #require(parts.count == typed.count)
            for (part, typed) in zip(parts, typed) {
                let shown = typed.shown?.steady ?? ""
                #expect(Guide.Block.steady(part) == shown, "\(typed.command)\n\(part)")
            }
            let charges = await demonstration.sandbox.trades().map(\.charges)
            #expect(charges == [1, 1, 1, 1])
        }
    }

    private static let rich: [UInt8] = [0x04, 0xA2, 0x3B, 0x1C, 0x5D, 0x6E, 0x80]
    private static let poor: [UInt8] = [0x04, 0xC1, 0xD2, 0xE3, 0xF4, 0xA5, 0x80]

    @Test(
        "a program that is killed at the tap goes on with the same payment, and charges once",
        arguments: [("python", "python3", "pay.py"), ("js", "node", "pay.mjs")])
    func program(_ language: String, _ interpreter: String, _ name: String) async throws {
        let source = try #require(Self.guide.program(language))
        try await withDemonstration { demonstration in
            let file = demonstration.directory.appending(path: name)
            try source.write(to: file, atomically: true, encoding: .utf8)
            func start(_ fen: String, _ reference: String) throws -> Program {
                try Program(
                    URL(filePath: "/usr/bin/env"), [interpreter, file.path, fen, reference],
                    environment: demonstration.environment)
            }
            let killed = try start("1250", "sale-1")
            await killed.wait { $0.contains { $0.hasSuffix(": please tap") } }
            killed.signal(SIGKILL)
            await killed.end()
            let seq = try #require(killed.output.last?.prefix { $0 != ":" })
            let card = try await demonstration.tap(Self.rich)
            let second = try start("1250", "sale-1")
            #expect(await second.end() == 0)
            await card.remove()
            #expect(second.output.contains("            APPROVED"), "\(second.output)")
            #expect(second.output.last?.hasSuffix(String(seq)) == true, "\(second.output)")
            let refused = try start("500", "sale-2")
            await refused.wait { $0.contains { $0.hasSuffix(": please tap") } }
            let poor = try await demonstration.tap(Self.poor)
            #expect(await refused.end() == 1)
            await poor.remove()
            #expect(refused.output.contains("            DECLINED"), "\(refused.output)")
            #expect(refused.output.contains("Reason           balance too low"))
            let conflict = try start("700", "sale-1")
            #expect(await conflict.end() == 1)
            #expect(conflict.output.last?.contains("reference") == true, "\(conflict.output)")
            #expect(await demonstration.sandbox.trades().map(\.charges) == [1])
        }
    }

    @Test("the guide is read")
    func read() {
        #expect(Self.guide.typed.count > 10)
        #expect(Self.guide.typed.count { $0.shown != nil } > 10)
    }
}
