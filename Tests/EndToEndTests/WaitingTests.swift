import Foundation
import Sandbox
import Testing

/// `waiting` of the built agent, which decides whether a machine may forget its ledger.
@Suite("the count of what waits") struct WaitingTests {
    private static let one =
        #"{"count":1,"fen":1250,"states":{"accepted":{"count":1,"fen":1250}}}"#

    @Test("it is the same from the running agent, from its file, and once it has stopped")
    func counts() async throws {
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(platform: url)
            let agent = try await kiosk.start()
            #expect(try await kiosk.command("waiting") == (0, "no money waits"))
            await sandbox.setNetwork(up: false)
            let seq = try await kiosk.request(1_250)
            try await kiosk.tap(Cards.normal)
            #expect(try await kiosk.outcome(seq).state == "accepted")
            #expect(try await kiosk.command("waiting", "--json") == (1, Self.one))
            let file = ["waiting", "--json", "--ledger", kiosk.ledger]
            #expect(try await kiosk.command(file) == (1, Self.one))
            #expect(try await kiosk.command("waiting", "--stopped").code == 75)
            agent.signal(SIGTERM)
            #expect(await agent.end() == 0)
            #expect(try await kiosk.command("waiting", "--stopped", "--json") == (1, Self.one))
            #expect(try await kiosk.command(file + ["--no-wal"]) == (1, Self.one))
        }
    }

    /// What `GET /v1/status` of 0.2.0 answers while a payment waits.
    private static let statusOf0_2 = """
        {"limits":{"offline_enabled":true,"total_limit":500000,"total_used":1250},\
        "now":1767614400000,\
        "platform":{"credentials_refused":false,"since_ms":5,"state":"offline"},\
        "queue":{"accepted":{"count":1,"fen":1250,"oldest_age_ms":5}},\
        "reader":{"names":["simulated"],"ready":true,"simulated":true},"screen":{"kind":"idle"},\
        "storage":{"ok":true},"sync":{"delivering":0,"stopped":false,"waiting":1},\
        "terminal":{"id":"K001","language":"en","mode":"requested","name":"Canteen",\
        "version":"0.2.0"}}
        """

    /// An upgrade that is not restarted yet leaves the old agent running.
    @Test("an agent of the release before is understood, too")
    func olderAgent() async throws {
        let kiosk = try Kiosk(platform: "http://127.0.0.1:1")
        let agent = try await PlainServer(socket: kiosk.socket, body: Self.statusOf0_2)
        #expect(try await kiosk.command("waiting", "--json") == (1, Self.one))
        let status = try await kiosk.command("status")
        #expect(status.code == 0 && status.text.contains("0.2.0"), "\(status.text)")
        withExtendedLifetime(agent) {}
    }

    @Test("a ledger that is missing, or that was set aside, is no ledger without money")
    func unknown() async throws {
        let kiosk = try Kiosk(platform: "http://127.0.0.1:1")
        let missing = try await kiosk.command("waiting", "--stopped")
        #expect(missing.code == 65 && missing.text.contains("is not there"), "\(missing.text)")
        try Data().write(to: URL(filePath: kiosk.ledger + ".corrupt-1767614400"))
        let damaged = try await kiosk.command("waiting", "--stopped")
        #expect(damaged.code == 65 && damaged.text.contains("set aside"), "\(damaged.text)")
    }

    @Test("two places to look at are a usage error")
    func usage() async throws {
        let kiosk = try Kiosk(platform: "http://127.0.0.1:1")
        let end = try await kiosk.command("waiting", "--stopped", "--ledger", kiosk.ledger)
        #expect(end.code == 64)
    }
}

extension Kiosk {
    fileprivate var ledger: String { directory.appending(path: "ledger.sqlite").path }
}
