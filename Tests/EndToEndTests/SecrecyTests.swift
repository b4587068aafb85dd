import Foundation
import Sandbox
import Testing

/// What others on the machine can see of a running agent.
@Suite("what others can see of a running agent") struct SecrecyTests {
    private static let token = "tok-5d1f0c7a93b2"
    private static let secrets = [token, SandboxServer.testClientSecret]

    /// The secrets come as variables, which is allowed beside a sandbox alone.
    private static let environment = [
        "KIOSK_API_OPERATOR_TOKEN": token,
        "KIOSK_PLATFORM_CLIENT_SECRET": SandboxServer.testClientSecret,
        "KIOSK_LOG_LEVEL": "trace",
    ]

    private func found(in data: Data, _ texts: [String]) -> [String] {
        texts.filter { data.range(of: Data($0.utf8)) != nil }
    }

    @Test("no secret stands in arguments, environment, log, ledger or journal, no card in the log")
    func secrets() async throws {
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(platform: url, environment: Self.environment)
            let agent = try await kiosk.start()
            let settled = try await kiosk.request(500)
            try await kiosk.tap(Cards.normal)
            #expect(try await kiosk.outcome(settled).state == "settled")
            let texts = Self.secrets + (try await payByCode(kiosk, sandbox))
            await sandbox.setNetwork(up: false)
            let accepted = try await kiosk.request(500)
            try await kiosk.tap(Cards.other)
            #expect(try await kiosk.outcome(accepted).state == "accepted")
            let journal = kiosk.directory.appending(path: "export.journal").path
            #expect(try await kiosk.command("export", journal).code == 0)
            #expect(try await kiosk.command("payments", "show", settled).code == 0)

            await agent.wait { lines in lines.contains { $0.contains(accepted) } }
            let log = Data(agent.output.joined(separator: "\n").utf8)
            #expect(found(in: log, [settled, accepted]) == [settled, accepted])
            #expect(found(in: log, texts + [Cards.normal, Cards.other]) == [])
            try expectCleanProcess(agent)
            for name in try FileManager.default.contentsOfDirectory(atPath: kiosk.directory.path)
            where name != "config.yaml" {
                let file = kiosk.directory.appending(path: name).path
                let data = FileManager.default.contents(atPath: file) ?? Data()
                #expect(found(in: data, texts) == [], "\(name)")
            }
            agent.signal(SIGTERM)
            #expect(await agent.end() == 0)
        }
    }

    /// Has a code sent to a phone, and pays with a scanned one; returns the phone and that code.
    private func payByCode(_ kiosk: Kiosk, _ sandbox: SandboxServer) async throws -> [String] {
        let phone = "13800000001"
        await sandbox.setCard(
            SandboxCard(number: Cards.normal, balance: Cards.balance, phone: phone))
        let sent = try await kiosk.call("POST", "/v1/sms-codes", ["phone": phone])
        #expect(sent.status == 204)
        // Not the message's: six digits may stand anywhere.
        let code = try await sandbox.showCode(of: Cards.normal).code
        let seq = try await kiosk.request(500)
        _ = try await kiosk.call("POST", "/v1/payments/\(seq)/code", ["kind": "qr", "code": code])
        #expect(try await kiosk.outcome(seq).state == "settled")
        return [phone, code]
    }

    /// Others than root cannot read the environment at all.
    private func expectCleanProcess(_ agent: Program) throws {
        let arguments = try #require(
            FileManager.default.contents(atPath: "/proc/\(agent.pid)/cmdline"))
        #expect(found(in: arguments, ["--config"]) == ["--config"])
        #expect(found(in: arguments, Self.secrets) == [])
        let environment = FileManager.default.contents(atPath: "/proc/\(agent.pid)/environ")
        if geteuid() == 0 || environment?.isEmpty == false {
            let names = ["KIOSK_API_OPERATOR_TOKEN", "KIOSK_LOG_LEVEL"]
            #expect(found(in: environment ?? Data(), names) == names)
        }
        #expect(found(in: environment ?? Data(), Self.secrets) == [])
    }

    @Test("the memory of the agent goes into no core file, and to no debugger of its user")
    func cores() async throws {
        try await withSandbox { _, url in
            let kiosk = try Kiosk(platform: url)
            let agent = try await kiosk.start()
            let data = FileManager.default.contents(atPath: "/proc/\(agent.pid)/limits")
            let limits = String(decoding: data ?? Data(), as: UTF8.self)
            #expect(limits.contains(/Max core file size +0 +0\b/))
            // The kernel gives the files of a process that must not be looked at to root.
            let attributes = try FileManager.default.attributesOfItem(
                atPath: "/proc/\(agent.pid)/environ")
            #expect((attributes[.ownerAccountID] as? NSNumber)?.intValue == 0)
            #expect(!agent.output.contains { $0.contains("may dump") }, "\(agent.output)")
        }
    }
}
