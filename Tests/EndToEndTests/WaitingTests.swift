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
