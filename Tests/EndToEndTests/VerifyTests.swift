import Foundation
import Sandbox
import Testing

/// `verify` of the built agent, over the running agent and on a file.
@Suite("the check of the ledger") struct VerifyTests {
    @Test("it is sound with the agent running, and on a copy of the file after it ended")
    func sound() async throws {
        try await withSandbox { _, url in
            let kiosk = try Kiosk(platform: url)
            let agent = try await kiosk.start()
            let running = try await kiosk.command("verify")
            #expect(running.code == 0)
            #expect(running.text.contains("result"))
            #expect(running.text.contains("sound"))
            agent.signal(SIGTERM)
            #expect(await agent.end() == 0)
            let ledger = kiosk.directory.appending(path: "ledger.sqlite").path
            let file = try await kiosk.command("verify", "--ledger", ledger, "--no-wal", "--json")
            #expect(file.code == 0)
            #expect(file.text.contains(#""sound":true"#))
        }
    }
}
